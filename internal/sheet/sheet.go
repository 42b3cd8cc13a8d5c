// Package sheet writes a table for a spreadsheet, as CSV or XLSX, row by row in
// constant memory however many rows there are. It knows nothing of what the
// table is about. It reads what spreadsheet programs write, cell by cell, and
// refuses what would take more memory than its size warrants ([Read]).
//
// Start reading at [New], [NewWorkbook] and [Read].
package sheet

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"weald/calendar"
)

// A Kind is a sort of file.
type Kind string

// The sorts of file, by the ending of their names.
const (
	CSV  Kind = "csv"
	XLSX Kind = "xlsx"
)

// ContentType returns the media type of files of the kind.
func (k Kind) ContentType() string {
	if k == CSV {
		return "text/csv; charset=utf-8; header=present"
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// Header sets the headers with which a file of the kind is sent: it is kept as a
// file, named name and the kind's ending, and in no cache.
func (k Kind) Header(h http.Header, name string) {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, strings.ToValidUTF8(name, "-"))
	h.Set("Content-Type", k.ContentType())
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + "." + string(k)}))
	h.Set("Cache-Control", "no-store")
}

// A Column is one column of a table.
type Column struct {
	Title string
	Width int // in characters, for XLSX; 0: as wide as the title needs
}

// What a spreadsheet program can hold, from "Excel specifications and limits".
const (
	MaxRows = 1_048_576 // the row of titles included
	MaxText = 32_767    // UTF-16 units in a cell
)

// ErrTooMany is returned for a row beyond [MaxRows] of an XLSX file. A CSV file
// has no limit.
var ErrTooMany = errors.New("sheet: a spreadsheet holds 1,048,576 rows and no more: write CSV, or choose fewer")

// A Writer writes one table. It is not safe for concurrent use.
type Writer struct {
	kind    Kind
	columns []Column
	plain   bool // rows only: no titles
	out     *bufio.Writer
	buf     []byte // the row being written
	book    *book  // XLSX only
	rows    int    // written, the titles included
	err     error  // the first; all that follows returns it
}

// New returns a writer of a table to w, with its titles written. The title names
// the sheet in XLSX. [Writer.Close] finishes the file and leaves w open.
func New(w io.Writer, kind Kind, title string, columns ...Column) (*Writer, error) {
	switch kind {
	case CSV:
		s := Bare(w, columns...)
		_, s.err = s.out.WriteString("\uFEFF") // so that Excel reads it as UTF-8
		return s, s.titles()
	case XLSX:
		return newBook(w).table(title, columns)
	}
	return nil, fmt.Errorf("sheet: no kind %q", kind)
}

// Bare returns a writer of CSV for programs: without titles, and without the mark
// of UTF-8 that Excel needs.
func Bare(w io.Writer, columns ...Column) *Writer {
	return &Writer{kind: CSV, columns: columns, out: bufio.NewWriterSize(w, 64<<10)}
}

// table begins a sheet with titles.
func (b *book) table(title string, columns []Column) (*Writer, error) {
	if len(columns) == 0 || len(columns) > maxColumns {
		return nil, fmt.Errorf("sheet: %d columns: there must be from 1 to %d", len(columns), maxColumns)
	}
	if err := b.open(title); err != nil {
		return nil, err
	}
	s := &Writer{kind: XLSX, columns: columns, book: b, out: bufio.NewWriterSize(b.sheet, 64<<10)}
	s.begin()
	return s, s.titles()
}

// titles writes the first row.
func (s *Writer) titles() error {
	if len(s.columns) == 0 || len(s.columns) > maxColumns {
		return fmt.Errorf("sheet: %d columns: there must be from 1 to %d", len(s.columns), maxColumns)
	}
	titles := make([]any, len(s.columns))
	for i, c := range s.columns {
		titles[i] = c.Title
	}
	return s.Row(titles...)
}

// Row writes a row: as many cells as there are columns, each a string, a whole
// number (int, int32, int64), a float64, a bool ("Yes" or "No"), a
// [calendar.Date] or nil; the zero date and nil are empty cells. Text longer
// than [MaxText] is an error in XLSX, not cut.
//
// In CSV, text that begins with = + - @ a tab or a line break gets an apostrophe
// before it, because spreadsheet programs would otherwise run it as a formula
// (OWASP, "CSV Injection"). Numbers and dates need none. In XLSX text is marked
// as text and is never a formula, so it is kept as it is.
func (s *Writer) Row(cells ...any) error {
	if s.err != nil {
		return s.err
	}
	if len(cells) != len(s.columns) {
		return fmt.Errorf("sheet: a row has %d cells and the table %d columns", len(cells), len(s.columns))
	}
	if s.kind == CSV {
		s.buf, s.err = csvRow(s.buf[:0], cells)
	} else {
		if s.rows == MaxRows {
			return ErrTooMany
		}
		s.buf, s.err = xlsxRow(s.buf[:0], cells, s.rows+1, !s.plain && s.rows == 0)
	}
	if s.err == nil {
		_, s.err = s.out.Write(s.buf)
	}
	if s.err == nil {
		s.rows++
	}
	return s.err
}

// Close finishes the file. What was written before it is no whole XLSX file.
func (s *Writer) Close() error {
	if s.err != nil {
		return s.err
	}
	if err := s.finish(); err != nil {
		return err
	}
	if s.book != nil {
		return s.book.close()
	}
	return nil
}

// finish ends the table, and leaves a workbook open for more.
func (s *Writer) finish() error {
	if s.err != nil {
		return s.err
	}
	if s.book != nil {
		s.end()
	}
	if s.err = s.out.Flush(); s.err != nil {
		return s.err
	}
	s.err = errors.New("sheet: closed")
	return nil
}

func csvRow(b []byte, cells []any) ([]byte, error) {
	for i, cell := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		switch v := cell.(type) {
		case nil:
		case string:
			b = csvText(b, v)
		case bool:
			b = append(b, yesNo(v)...)
		case calendar.Date:
			if !v.IsZero() {
				b = append(b, v.String()...)
			}
		default:
			var err error
			if b, err = appendNumber(b, cell); err != nil {
				return b, err
			}
		}
	}
	return append(b, "\r\n"...), nil
}

func csvText(b []byte, s string) []byte {
	if s == "" {
		return b
	}
	guard := guarded(s)
	if !guard && !strings.ContainsAny(s, ",\"\r\n") {
		return append(b, s...)
	}
	b = append(b, '"')
	if guard {
		b = append(b, '\'')
	}
	for i := range len(s) {
		if s[i] == '"' {
			b = append(b, '"')
		}
		b = append(b, s[i])
	}
	return append(b, '"')
}

// guarded reports whether a text needs an apostrophe before it in CSV: because a
// spreadsheet would run it, or because it looks as if it had one already.
func guarded(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexByte("=+-@\t\r\n", s[0]) >= 0
}

func yesNo(yes bool) string {
	if yes {
		return "Yes"
	}
	return "No"
}

// appendNumber writes a number so that it reads back as the same.
func appendNumber(b []byte, cell any) ([]byte, error) {
	switch v := cell.(type) {
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case int32:
		return strconv.AppendInt(b, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case float64:
		if v-v != 0 {
			return b, fmt.Errorf("sheet: %v is no number to a spreadsheet", v)
		}
		return strconv.AppendFloat(b, v, 'g', -1, 64), nil
	}
	return b, fmt.Errorf("sheet: a cell cannot hold a %T", cell)
}

// units counts the UTF-16 units of a text.
func units(s string) int {
	if len(s) <= MaxText {
		return len(s) // at most
	}
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// letters is how wide a text is, in characters.
func letters(s string) int { return utf8.RuneCountInString(s) }
