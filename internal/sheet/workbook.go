package sheet

import (
	"bufio"
	"errors"
	"io"
)

// A Workbook is an XLSX file of several sheets, written one after another in
// constant memory. It is not safe for concurrent use.
type Workbook struct {
	book *book
	open *Writer // the sheet being written
}

// NewWorkbook begins a workbook to w. [Workbook.Close] finishes the file.
func NewWorkbook(w io.Writer) *Workbook { return &Workbook{book: newBook(w)} }

// Table begins a sheet with a row of titles, and ends the one before. Its writer
// is not closed: the workbook is.
func (b *Workbook) Table(title string, columns ...Column) (*Writer, error) {
	if err := b.next(); err != nil {
		return nil, err
	}
	s, err := b.book.table(title, columns)
	b.open = s
	return s, err
}

// Plain begins a sheet of rows of so many cells, with no titles, and ends the
// sheet before.
func (b *Workbook) Plain(title string, width int) (*Writer, error) {
	if err := b.next(); err != nil {
		return nil, err
	}
	if err := b.book.open(title); err != nil {
		return nil, err
	}
	b.open = &Writer{kind: XLSX, columns: make([]Column, width), plain: true, book: b.book, out: bufio.NewWriterSize(b.book.sheet, 64<<10)}
	b.open.begin()
	return b.open, nil
}

func (b *Workbook) next() error {
	if b.open == nil {
		return nil
	}
	return b.open.finish()
}

// Close finishes the file and leaves what it was written to open.
func (b *Workbook) Close() error {
	if b.open == nil {
		return errors.New("sheet: a workbook needs a sheet")
	}
	if err := b.open.finish(); err != nil {
		return err
	}
	return b.book.close()
}
