package app

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"weald/calendar"
	"weald/domain/sen2"
	"weald/internal/sheet"
)

// A FormFile is a file in which a return, or a part of it, came.
type FormFile struct {
	Name string
	In   io.ReaderAt
	Size int64
}

// ReadForm reads a return out of files that are not XML: one workbook, or one CSV
// file for each table. Year is the return's, for forms that do not say. A file
// that cannot be read is a [*sheet.Refused]; files that are no form, a
// [*sen2.UnknownForm].
func ReadForm(files []FormFile, year int) (*sen2.Form, sen2.Header, []*sen2.Person, []sen2.FormFinding, error) {
	var sheets []sen2.FormSheet
	for _, f := range files {
		tables, err := sheet.Read(f.Name, f.In, f.Size)
		if err != nil {
			return nil, sen2.Header{}, nil, nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		for _, t := range tables {
			sheets = append(sheets, sen2.FormSheet(t))
		}
	}
	return sen2.ReadForm(sheets, year)
}

// A People is a return's people, one after another; an error from each ends it.
type People func(each func(*sen2.Person) error) error

// WriteFormFiles writes a return as the CSV files of a form, row by row. create
// makes a file of a name.
func WriteFormFiles(f *sen2.Form, h *sen2.Header, on calendar.Date, people People, create func(name string) (io.WriteCloser, error)) (err error) {
	writers := make([]*sheet.Writer, len(f.Tables))
	for i := range f.Tables {
		t := &f.Tables[i]
		file, err := create(formFileName(f, t, on))
		if err != nil {
			return err
		}
		out := bufio.NewWriter(file)
		defer func() { err = errors.Join(err, out.Flush(), file.Close()) }()
		writers[i] = sheet.Bare(out, make([]sheet.Column, len(t.Columns))...)
		if err := writers[i].Row(anyCells(t.Titles())...); err != nil {
			return err
		}
	}
	w := sen2.NewFormWriter(f, h, func(table int, cells []string) error { return writers[table].Row(anyCells(cells)...) })
	if err := people(w.Person); err != nil {
		return err
	}
	for _, one := range writers {
		if err := one.Close(); err != nil {
			return err
		}
	}
	return nil
}

// formFileName is what the files of a form are called.
func formFileName(f *sen2.Form, t *sen2.FormTable, on calendar.Date) string {
	if f == sen2.Export {
		return fmt.Sprintf("Blade-Export_%02d-%02d-%04d_%s.csv", on.Day(), int(on.Month()), on.Year(), t.Name)
	}
	return t.Name + ".csv"
}

// WriteFormBook writes a return as a workbook: the department's template, or one
// sheet for each table of another form. It holds the rows until it has them all.
func WriteFormBook(f *sen2.Form, h *sen2.Header, people People, to io.Writer) error {
	rows := make([][][]string, len(f.Tables))
	for i := range f.Tables {
		rows[i] = [][]string{f.Tables[i].Titles()}
	}
	w := sen2.NewFormWriter(f, h, func(table int, cells []string) error {
		rows[table] = append(rows[table], cells)
		return nil
	})
	if err := people(w.Person); err != nil {
		return err
	}
	book := sheet.NewWorkbook(to)
	if f == sen2.Template {
		if err := stack(book, f, rows); err != nil {
			return err
		}
		return book.Close()
	}
	for i := range f.Tables {
		out, err := book.Plain(f.Tables[i].Name, len(f.Tables[i].Columns))
		if err != nil {
			return err
		}
		for _, cells := range rows[i] {
			if err := out.Row(anyCells(cells)...); err != nil {
				return err
			}
		}
	}
	return book.Close()
}

// stack writes tables below one another, two empty rows between, as the
// department's template has them.
func stack(book *sheet.Workbook, f *sen2.Form, rows [][][]string) error {
	width := 0
	for i := range f.Tables {
		width = max(width, len(f.Tables[i].Columns))
	}
	out, err := book.Plain(sen2.TemplateSheet, width)
	if err != nil {
		return err
	}
	write := func(cells ...string) error {
		row := make([]any, width)
		copy(row, anyCells(cells))
		return out.Row(row...)
	}
	for i := range f.Tables {
		if err := write(f.Tables[i].Name); err != nil {
			return err
		}
		for _, cells := range rows[i] {
			if err := write(cells...); err != nil {
				return err
			}
		}
		if err := errors.Join(write(), write()); err != nil {
			return err
		}
	}
	return nil
}

func anyCells(cells []string) []any {
	row := make([]any, len(cells))
	for i, c := range cells {
		row[i] = c
	}
	return row
}
