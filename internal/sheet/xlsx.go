package sheet

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"weald/calendar"
)

const maxColumns = 16_384 // Excel's

// A book is an XLSX file being written: Office Open XML as ECMA-376 has it, with
// its text beside each cell, so that nothing need be remembered. Its sheets come
// first and the parts that name them last.
type book struct {
	zip    *zip.Writer
	sheet  io.Writer // the one being written
	titles []string  // of the sheets
}

const (
	xmlHead   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relations = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
)

const contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
	`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`

const packageRels = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`

// styles gives cells three formats: 0 plain, 1 bold, 2 a date.
const styles = xmlHead + `<styleSheet ` + mainSpace + `>` +
	`<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Arial"/><family val="2"/></font><font><b/><sz val="11"/><name val="Arial"/><family val="2"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

func newBook(w io.Writer) *book {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	return &book{zip: z}
}

// open begins a sheet.
func (b *book) open(title string) (err error) {
	name := sheetName(title)
	for _, other := range b.titles {
		if strings.EqualFold(other, name) {
			return fmt.Errorf("sheet: two sheets are called %q", name)
		}
	}
	b.titles = append(b.titles, name)
	b.sheet, err = b.zip.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.titles)))
	return err
}

// close writes the parts that name the sheets, and ends the file.
func (b *book) close() error {
	types, sheets, rels := contentTypes, "", ""
	for i, title := range b.titles {
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		sheets += fmt.Sprintf(`<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, appendText(nil, title), i+1, i+1)
		rels += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relations, i+1)
	}
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", types + `</Types>`}, {"_rels/.rels", packageRels},
		{"xl/workbook.xml", xmlHead + `<workbook ` + mainSpace + ` xmlns:r="` + relations + `"><sheets>` + sheets + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + rels +
			fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(b.titles)+1, relations)},
		{"xl/styles.xml", styles},
	} {
		f, err := b.zip.Create(part.name)
		if err == nil {
			_, err = io.WriteString(f, part.text)
		}
		if err != nil {
			return err
		}
	}
	return b.zip.Close()
}

// sheetName makes a title into a name that Excel accepts: 1 to 31 characters,
// none of []:*?/\ and no apostrophe at either end.
func sheetName(title string) string {
	title = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, title)
	long := 0
	for i, r := range title {
		if long += max(1, utf16.RuneLen(r)); long > 31 {
			title = title[:i]
			break
		}
	}
	if title = strings.Trim(title, " '"); title == "" || strings.EqualFold(title, "history") { // a name Excel keeps for itself
		return "Sheet1"
	}
	return title
}

// begin writes what comes before the rows. Errors stay in the buffered writer
// until it is flushed. The first sheet is the one that a reader sees.
func (s *Writer) begin() {
	_, _ = s.out.WriteString(xmlHead + `<worksheet ` + mainSpace + `>`)
	selected := ""
	if len(s.book.titles) == 1 {
		selected = ` tabSelected="1"`
	}
	if s.plain {
		_, _ = s.out.WriteString(`<sheetViews><sheetView` + selected + ` workbookViewId="0"/></sheetViews><sheetData>`)
		return
	}
	_, _ = s.out.WriteString(`<sheetViews><sheetView` + selected + ` workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i, c := range s.columns {
		width := c.Width
		if width <= 0 {
			width = letters(c.Title) + 4 // room for the filter's arrow
		}
		fmt.Fprintf(s.out, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, min(width, 255))
	}
	_, _ = s.out.WriteString(`</cols><sheetData>`)
}

// end writes what comes after the rows.
func (s *Writer) end() {
	_, _ = s.out.WriteString(`</sheetData>`)
	if !s.plain {
		_, _ = s.out.WriteString(`<autoFilter ref="A1:`)
		_, _ = s.out.Write(appendPlace(nil, len(s.columns)-1, s.rows))
		_, _ = s.out.WriteString(`"/>`)
	}
	_, _ = s.out.WriteString(`</worksheet>`)
}

// appendPlace writes a cell's place as a spreadsheet does: column 0 of row 1 is
// A1.
func appendPlace(b []byte, column, row int) []byte {
	switch {
	case column < 26:
	case column < 26+26*26:
		b = append(b, byte('A'+column/26-1))
	default:
		column -= 26
		b = append(b, byte('A'+column/676-1), byte('A'+column/26%26))
	}
	return strconv.AppendInt(append(b, byte('A'+column%26)), int64(row), 10)
}

// dayZero is the day that a spreadsheet counts from, and firstDay the first that
// every one of them counts alike: Excel has a 29 February 1900.
var (
	dayZero  = calendar.On(1899, 12, 30)
	firstDay = calendar.On(1900, 3, 1)
)

func xlsxRow(b []byte, cells []any, row int, bold bool) ([]byte, error) {
	b = append(b, `<row r="`...)
	b = append(strconv.AppendInt(b, int64(row), 10), `">`...)
	for i, cell := range cells {
		switch v := cell.(type) {
		case nil:
			continue
		case string:
			if v == "" {
				continue
			}
			if units(v) > MaxText {
				return b, fmt.Errorf("sheet: a cell of %d characters: a spreadsheet's holds %d", units(v), MaxText)
			}
			b = appendTextCell(b, i, row, v, bold)
		case bool:
			b = appendTextCell(b, i, row, yesNo(v), false)
		case calendar.Date:
			switch {
			case v.IsZero():
			case v < firstDay:
				b = appendTextCell(b, i, row, v.String(), false)
			default:
				b = appendPlace(append(b, `<c r="`...), i, row)
				b = append(b, `" s="2"><v>`...)
				b = append(strconv.AppendInt(b, int64(dayZero.DaysUntil(v)), 10), `</v></c>`...)
			}
		default:
			b = appendPlace(append(b, `<c r="`...), i, row)
			b = append(b, `"><v>`...)
			var err error
			if b, err = appendNumber(b, cell); err != nil {
				return b, err
			}
			b = append(b, `</v></c>`...)
		}
	}
	return append(b, `</row>`...), nil
}

func appendTextCell(b []byte, column, row int, s string, bold bool) []byte {
	b = appendPlace(append(b, `<c r="`...), column, row)
	if bold {
		b = append(b, `" s="1`...)
	}
	b = append(b, `" t="inlineStr"><is><t`...)
	if s[0] <= ' ' || s[len(s)-1] <= ' ' || strings.Contains(s, "\n") {
		b = append(b, ` xml:space="preserve"`...)
	}
	b = appendText(append(b, '>'), s)
	return append(b, `</t></is></c>`...)
}

// appendText writes a text within XML. A character that XML 1.0 cannot hold
// becomes U+FFFD, as does what is not UTF-8.
func appendText(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '"':
			b = append(b, "&quot;"...)
		case c == '\r':
			b = append(b, "&#13;"...)
		case c < ' ' && c != '\t' && c != '\n':
			b = append(b, "\uFFFD"...)
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == 0xFFFE || r == 0xFFFF {
				r = utf8.RuneError
			}
			b = utf8.AppendRune(b, r)
			i += size
			continue
		}
		i++
	}
	return b
}
