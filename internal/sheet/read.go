package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// Bounds on what a file may make the reader keep.
const (
	MaxFile   = 128 << 20 // bytes of a file
	maxParts  = 2_000     // files in a workbook
	maxUnzip  = 512 << 20 // bytes of a workbook's parts, unzipped
	maxRatio  = 400       // of a part unzipped to its size in the file
	maxCells  = 20_000_000
	maxSheets = 200
)

// A Table is what was read of a sheet or of a CSV file. Rows[0] is row 1. A cell
// is text as the person sees it, but for a day, which is 2006-01-02 whatever its
// format, and a day with a time, 2006-01-02T15:04:05.
type Table struct {
	Name string
	Rows [][]string
}

// A Refused is a file that is not read, with the reason in words.
type Refused struct{ Why string }

// Error gives the reason.
func (r *Refused) Error() string { return r.Why }

func refuse(format string, args ...any) error { return &Refused{fmt.Sprintf(format, args...)} }

// Read reads every sheet of an XLSX workbook or an OpenDocument spreadsheet, in
// order, or a CSV file, which is one table, named by the name of the file. The kind is told by the first bytes.
// An older Excel file, a file that unzips to far more than its size, and one of
// more cells than a return could have are a [*Refused].
func Read(name string, in io.ReaderAt, size int64) ([]Table, error) {
	if size > MaxFile {
		return nil, refuse("the file is larger than %d MB", MaxFile>>20)
	}
	head := make([]byte, 8)
	n, err := in.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		z, err := zip.NewReader(in, size)
		if err != nil {
			return nil, refuse("the workbook is damaged: %v", err)
		}
		return readBook(z)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return nil, refuse("this is an old Excel file, or one with a password: save it as an Excel workbook (.xlsx) without one")
	case len(head) == 0:
		return nil, refuse("the file is empty")
	}
	rows, err := readCSV(io.NewSectionReader(in, 0, size))
	if err != nil {
		return nil, err
	}
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return []Table{{strings.TrimSuffix(base, path.Ext(base)), rows}}, nil
}

// A bookReader reads the parts of a workbook.
type bookReader struct {
	parts    map[string]*zip.File
	unzipped int64 // so far
	strings  []string
	dates    []bool // by the number of a cell's format
	from1904 bool
	cells    int
}

func readBook(z *zip.Reader) ([]Table, error) {
	if len(z.File) > maxParts {
		return nil, refuse("the workbook has more than %d parts", maxParts)
	}
	b := &bookReader{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		b.parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	if b.parts["content.xml"] != nil && b.parts["xl/workbook.xml"] == nil {
		return b.readODS()
	}
	if b.parts["xl/workbook.xml"] == nil {
		return nil, refuse("this is a zip file and neither an Excel workbook (.xlsx) nor an OpenDocument spreadsheet (.ods)")
	}
	sheets, err := b.sheets()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(b.readStyles(), b.readStrings()); err != nil {
		return nil, err
	}
	tables := make([]Table, 0, len(sheets))
	for _, s := range sheets {
		t := Table{Name: s.name}
		if err := b.readSheet(s.part, &t); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", s.name, err)
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// each calls start for every element of a part, and text for what stands in it.
func (b *bookReader) each(name string, start func(xml.StartElement) error, text func([]byte), end func(string) error) error {
	f := b.parts[name]
	if f == nil {
		return nil // a workbook may lack it
	}
	if f.UncompressedSize64 > maxUnzip || f.UncompressedSize64 > 1<<20 && f.UncompressedSize64 > maxRatio*max(f.CompressedSize64, 1) {
		return refuse("the workbook unzips to far more than its size, as no real one does")
	}
	r, err := f.Open()
	if err != nil {
		return refuse("the workbook is damaged: %v", err)
	}
	defer r.Close()
	d := xml.NewDecoder(&counted{r, b})
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var no *Refused
		if errors.As(err, &no) {
			return no
		} else if err != nil {
			return refuse("the workbook is damaged: %s: %v", name, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = start(t)
		case xml.EndElement:
			err = end(t.Name.Local)
		case xml.CharData:
			text(t)
		case xml.Directive:
			return refuse("the workbook declares types or entities, which none need")
		}
		if err != nil {
			return err
		}
	}
}

// counted refuses a part that unzips to more than its directory says it does.
type counted struct {
	r io.Reader
	b *bookReader
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.b.unzipped += int64(n); c.b.unzipped > maxUnzip {
		return n, refuse("the workbook unzips to more than %d MB", maxUnzip>>20)
	}
	return n, err
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func nothing([]byte)       {}
func nowhere(string) error { return nil }

type sheetPart struct{ name, part string }

// sheets lists the sheets of a workbook in order, with the part that holds each.
func (b *bookReader) sheets() (list []sheetPart, err error) {
	targets := map[string]string{}
	err = b.each("xl/_rels/workbook.xml.rels", func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attr(e, "Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	}, nothing, nowhere)
	if err != nil {
		return nil, err
	}
	err = b.each("xl/workbook.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			on := attr(e, "date1904")
			b.from1904 = on == "1" || on == "true"
		case "sheet":
			if len(list) == maxSheets {
				return refuse("the workbook has more than %d sheets", maxSheets)
			}
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			list = append(list, sheetPart{attr(e, "name"), targets[id]})
		}
		return nil
	}, nothing, nowhere)
	return list, err
}

// readStyles finds which formats show a number as a day.
func (b *bookReader) readStyles() error {
	custom := map[string]bool{}
	inCells := false
	return b.each("xl/styles.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = showsDay(attr(e, "formatCode"))
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				id := attr(e, "numFmtId")
				n, err := strconv.Atoi(id)
				b.dates = append(b.dates, custom[id] || err == nil && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58))
			}
		}
		return nil
	}, nothing, func(name string) error {
		if name == "cellXfs" {
			inCells = false
		}
		return nil
	})
}

// readStrings reads the texts that cells share.
func (b *bookReader) readStrings() error {
	var s strings.Builder
	in, phonetic := false, false
	return b.each("xl/sharedStrings.xml", func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			in = !phonetic
		case "rPh":
			phonetic = true
		}
		return nil
	}, func(text []byte) {
		if in {
			s.Write(text)
		}
	}, func(name string) error {
		switch name {
		case "t":
			in = false
		case "rPh":
			phonetic = false
		case "si":
			if b.strings = append(b.strings, s.String()); len(b.strings) > maxCells {
				return refuse("the workbook has more than %d texts", maxCells)
			}
			s.Reset()
		}
		return nil
	})
}

// readSheet reads the cells of a sheet.
func (b *bookReader) readSheet(part string, t *Table) error {
	var kind string
	var style, row, column int
	var value []byte
	in := false
	return b.each(part, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row, column = len(t.Rows)+1, 0
			if r := attr(e, "r"); r != "" {
				n, err := strconv.Atoi(r)
				if err != nil || n < row || n > MaxRows {
					return refuse("the rows of the sheet are out of order at %q", r)
				}
				row = n
			}
			for len(t.Rows) < row {
				t.Rows = append(t.Rows, nil)
			}
		case "c":
			if row == 0 {
				return refuse("a cell stands in no row")
			}
			kind, style, value = attr(e, "t"), 0, value[:0]
			if n, err := strconv.Atoi(attr(e, "s")); err == nil {
				style = n
			}
			if at := columnOf(attr(e, "r")); at >= 0 {
				column = at
			}
			if column >= maxColumns {
				return refuse("a cell stands beyond the last column")
			}
		case "v", "t":
			in = true
		}
		return nil
	}, func(text []byte) {
		if in {
			value = append(value, text...)
		}
	}, func(name string) error {
		switch name {
		case "v", "t":
			in = false
		case "c":
			if len(value) > 0 {
				cells := &t.Rows[row-1]
				if b.cells += column + 1 - len(*cells); b.cells > maxCells {
					return refuse("the workbook has more than %d cells", maxCells)
				}
				for len(*cells) <= column {
					*cells = append(*cells, "")
				}
				(*cells)[column] = b.cell(kind, style, value)
			}
			column++
		}
		return nil
	})
}
