// Package paper is a document for people to read, file and send: headings,
// paragraphs and tables, and nothing else. It is written as an accessible web page
// by itself ([Document.HTML]), which a browser also prints, and as a Word document
// ([Document.DOCX]). It knows nothing of plans or children.
//
// Start reading at [Document].
package paper

import (
	"html"
	"io"
	"strings"
)

// A Document is a document in British English.
type Document struct {
	Title  string
	Blocks []Block
}

// A Block is a heading, a paragraph or a table: one of them is set.
type Block struct {
	Heading int    // its level, from 2: the title is the first
	Text    string // of a heading or paragraph
	Small   bool   // of a paragraph: about what stands above
	Lead    string // bold words before a paragraph's
	Table   *Table
}

// A Table has a heading over each column. Its first column names the row.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// H adds a heading.
func (d *Document) H(level int, text string) {
	d.Blocks = append(d.Blocks, Block{Heading: level, Text: text})
}

// P adds a paragraph, unless it is empty.
func (d *Document) P(text string) {
	if text != "" {
		d.Blocks = append(d.Blocks, Block{Text: text})
	}
}

// Note adds a small paragraph about what stands above, unless it is empty.
func (d *Document) Note(text string) {
	if text != "" {
		d.Blocks = append(d.Blocks, Block{Text: text, Small: true})
	}
}

// Lead adds a paragraph that begins with bold words.
func (d *Document) Lead(lead, text string) {
	d.Blocks = append(d.Blocks, Block{Lead: lead, Text: text})
}

// T adds a table, unless it has no rows.
func (d *Document) T(t Table) {
	if len(t.Rows) > 0 {
		d.Blocks = append(d.Blocks, Block{Table: &t})
	}
}

// style is that of the web page by itself.
const style = `@page{size:A4;margin:20mm}
body{font:12pt/1.45 Arial,"Liberation Sans","Open Sans",sans-serif;color:#0b0c0c;max-width:50em;margin:2em auto;padding:0 1em}
@media print{body{margin:0;padding:0;max-width:none}}
h1{font-size:20pt;line-height:1.2}h2{font-size:15pt;line-height:1.25;margin-top:1.6em;border-top:1px solid #b1b4b6;padding-top:.6em}h3{font-size:12.5pt;margin-bottom:.3em}
h2,h3{break-after:avoid}p{margin:.3em 0 .7em;white-space:pre-line;overflow-wrap:anywhere}
.small{font-size:10.5pt;color:#505a5f}
table{border-collapse:collapse;width:100%;margin:.5em 0 1em;font-size:10.5pt}caption{text-align:left;font-weight:bold;padding-bottom:.3em}
th,td{border:1px solid #b1b4b6;padding:.3em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere;white-space:pre-line}tr{break-inside:avoid}thead{display:table-header-group}`

// HTML writes the document as a web page by itself. It needs nothing from
// elsewhere, and lets nothing be loaded or run.
func (d *Document) HTML(w io.Writer) error {
	var b strings.Builder
	text := func(s string) { b.WriteString(html.EscapeString(s)) }
	b.WriteString(`<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>`)
	text(d.Title)
	b.WriteString(`</title><style>` + style + `</style></head><body><main><h1>`)
	text(d.Title)
	b.WriteString("</h1>\n")
	for i := range d.Blocks {
		k := &d.Blocks[i]
		switch {
		case k.Table != nil:
			k.Table.html(&b)
		case k.Heading > 0:
			level := string(rune('0' + min(6, max(2, k.Heading))))
			b.WriteString("<h" + level + ">")
			text(k.Text)
			b.WriteString("</h" + level + ">\n")
		default:
			if k.Small {
				b.WriteString(`<p class="small">`)
			} else {
				b.WriteString("<p>")
			}
			if k.Lead != "" {
				b.WriteString("<strong>")
				text(k.Lead)
				b.WriteString("</strong> ")
			}
			text(k.Text)
			b.WriteString("</p>\n")
		}
	}
	b.WriteString("</main></body></html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *Table) html(b *strings.Builder) {
	b.WriteString("<table>")
	if t.Caption != "" {
		b.WriteString("<caption>" + html.EscapeString(t.Caption) + "</caption>")
	}
	b.WriteString("<thead><tr>")
	for _, h := range t.Head {
		b.WriteString(`<th scope="col">` + html.EscapeString(h) + "</th>")
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, c := range row {
			if i == 0 {
				b.WriteString(`<th scope="row">` + html.EscapeString(c) + "</th>")
			} else {
				b.WriteString("<td>" + html.EscapeString(c) + "</td>")
			}
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>\n")
}
