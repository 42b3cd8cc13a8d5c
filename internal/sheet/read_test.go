package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"weald/calendar"
)

func read(t *testing.T, name string, file []byte) []Table {
	t.Helper()
	tables, err := Read(name, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return tables
}

// What is written is read back: several sheets, with titles and without.
func TestWorkbookReadsBack(t *testing.T) {
	var b bytes.Buffer
	w := NewWorkbook(&b)
	for _, name := range []string{"List_1", "List_2"} {
		s, err := w.Table(name, Column{Title: "Text"}, Column{Title: "Day"}, Column{Title: "Number"})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.Row("=1+1 "+name, calendar.On(2012, 2, 29), 7), s.Row("", nil, 0.25), s.Row("last\nline", calendar.On(1899, 1, 1), 100001)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := w.Plain("Stacked", 3)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Row("Header Record", nil, nil), s.Row(nil, nil, nil), s.Row("a", "b", "c"), w.Close()); err != nil {
		t.Fatal(err)
	}
	tables := read(t, "x.xlsx", b.Bytes())
	if len(tables) != 3 || tables[1].Name != "List_2" {
		t.Fatalf("%+v", tables)
	}
	want := [][]string{{"Text", "Day", "Number"}, {"=1+1 List_2", "2012-02-29", "7"}, {"", "", "0.25"}, {"last\nline", "1899-01-01", "100001"}}
	if !slices.EqualFunc(tables[1].Rows, want, slices.Equal[[]string]) {
		t.Errorf("%q", tables[1].Rows)
	}
	if got := tables[2].Rows; len(got) != 3 || got[2][2] != "c" || got[0][0] != "Header Record" {
		t.Errorf("%q", got)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"List_1", "List_2", "Stacked"}) {
		t.Errorf("another program reads the sheets %q", got)
	}
	if got, err := f.GetCellValue("List_2", "A4"); got != "last\nline" || err != nil {
		t.Errorf("another program reads %q, %v", got, err)
	}
}

// Another program's workbook is read: shared texts, formats of days, numbers.
func TestOthersWorkbookIsRead(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	money, err := f.NewStyle(&excelize.Style{CustomNumFmt: new(`[Red]"day "#,##0.00`)})
	if err != nil {
		t.Fatal(err)
	}
	for place, v := range map[string]any{"A1": "Zoë & co", "B1": "Zoë & co", "A2": 41000, "B2": 41000, "C2": 41000.5, "D2": true, "E4": 1e5, "B4": 41000} {
		if err := f.SetCellValue("Sheet1", place, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(f.SetCellStyle("Sheet1", "B2", "C2", day), f.SetCellStyle("Sheet1", "B4", "B4", money)); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Zoë & co", "Zoë & co"}, {"41000", "2012-04-01", "2012-04-01T12:00:00", "1"}, nil, {"", "41000", "", "", "100000"}}
	if got := read(t, "x.xlsx", b.Bytes())[0].Rows; !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("%q", got)
	}
}

func TestCSVIsRead(t *testing.T) {
	want := [][]string{{"A", "Zoë"}, {"=1", "a\nb"}}
	for name, text := range map[string]string{
		"UTF-8":        "A,Zoë\r\n'=1,\"a\nb\"\r\n",
		"with a mark":  "\uFEFFA,Zoë\n'=1,\"a\nb\"",
		"Windows-1252": "A,Zo\xEB\r\n'=1,\"a\nb\"\r\n",
	} {
		got := read(t, "folder/m1.csv", []byte(text))
		if got[0].Name != "m1" || !slices.EqualFunc(got[0].Rows, want, slices.Equal[[]string]) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// zipped makes a zip file of parts.
func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func parts(sheet string) map[string]string {
	return map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
}

func TestBadFilesAreRefusedInWords(t *testing.T) {
	for name, file := range map[string][]byte{
		"far more than its size":    zipped(t, parts(`<worksheet><sheetData>`+strings.Repeat(`<row><c><v>1</v></c></row>`, 400_000)+`</sheetData></worksheet>`)),
		"entities":                  zipped(t, parts(`<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>`)),
		"damaged":                   zipped(t, parts(`<worksheet><sheetData><row`)),
		"out of order":              zipped(t, parts(`<worksheet><sheetData><row r="5"/><row r="2"/></sheetData></worksheet>`)),
		"last column":               zipped(t, parts(`<worksheet><sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>`)),
		"neither an Excel workbook": zipped(t, map[string]string{"a.txt": "b"}),
		"old Excel":                 []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"),
		"empty":                     {},
		"not text":                  []byte("a\x00b"),
		"line 2":                    []byte("a,b\n\"c,d\n"),
	} {
		_, err := Read("f", bytes.NewReader(file), int64(len(file)))
		var refused *Refused
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read("f", bytes.NewReader(nil), MaxFile+1); err == nil {
		t.Error("a file of any size was read")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, file []byte) {
		tables, err := Read("f", bytes.NewReader(file), int64(len(file)))
		if err == nil {
			_ = fmt.Sprint(len(tables))
		}
	})
}
