package govuk

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"
)

// A Writer writes markup straight to a page. Most components are templates; this
// is for the few that stand in every row of a long list, where a template's
// closures and attribute maps cost more than everything else on the page. The
// first error stops all that follows.
type Writer struct {
	ctx context.Context
	to  io.Writer
	err error
}

// Write makes a component of a function that writes markup.
func Write(write func(*Writer)) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, to io.Writer) error {
		w := Writer{ctx: ctx, to: to}
		write(&w)
		return w.err
	})
}

// Raw writes markup as it is. It is for markup that stands in the program, never
// for what somebody typed.
func (w *Writer) Raw(markup string) *Writer {
	if w.err == nil {
		_, w.err = io.WriteString(w.to, markup)
	}
	return w
}

// Text writes text, escaped for an element or for an attribute in quotes.
func (w *Writer) Text(text string) *Writer { return w.Raw(templ.EscapeString(text)) }

// Number writes a whole number as digits.
func (w *Writer) Number(n int) *Writer {
	var digits [20]byte
	if w.err == nil {
		_, w.err = w.to.Write(strconv.AppendInt(digits[:0], int64(n), 10))
	}
	return w
}

// Link writes a link to an address within the service.
func (w *Writer) Link(path, text string) *Writer {
	return w.Raw(`<a class="govuk-link" href="`).Text(string(templ.URL(path))).Raw(`">`).Text(text).Raw(`</a>`)
}

// Add writes another component.
func (w *Writer) Add(c templ.Component) *Writer {
	if w.err == nil {
		w.err = c.Render(w.ctx, w.to)
	}
	return w
}

// body writes the rows of a table.
func (t Table) body(ctx context.Context, to io.Writer) error {
	w := Writer{ctx: ctx, to: to}
	w.Raw(`<tbody class="govuk-table__body">`)
	for _, row := range t.Rows {
		w.Raw(`<tr class="govuk-table__row">`)
		for i := range row {
			c, end := &row[i], `</td>`
			switch {
			case i == 0 && t.RowHeadings:
				w.Raw(`<th scope="row" class="govuk-table__header"`)
				end = `</th>`
			case c.Numeric:
				w.Raw(`<td class="govuk-table__cell govuk-table__cell--numeric"`)
			default:
				w.Raw(`<td class="govuk-table__cell"`)
			}
			if c.ColSpan != 0 {
				w.Raw(` colspan="`).Number(c.ColSpan).Raw(`"`)
			}
			if c.SortValue != "" {
				w.Raw(` data-sort-value="`).Text(c.SortValue).Raw(`"`)
			}
			if c.RowSpan != 0 {
				w.Raw(` rowspan="`).Number(c.RowSpan).Raw(`"`)
			}
			w.Raw(`>`)
			if c.Content != nil {
				w.Add(c.Content)
			} else {
				w.Text(c.Text)
			}
			w.Raw(end)
		}
		w.Raw(`</tr>`)
	}
	w.Raw(`</tbody>`)
	return w.err
}
