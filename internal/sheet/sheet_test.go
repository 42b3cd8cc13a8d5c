package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"weald/calendar"
)

// sample is a table with everything that a cell may hold.
func sample(t *testing.T, kind Kind) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := New(&b, kind, "Cases: East/Mid", Column{Title: "Child", Width: 30}, Column{Title: "Born"}, Column{Title: "Duties"}, Column{Title: "Share"}, Column{Title: "Late"})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]any{
		{"O'Neil, \"Zoë\" <&>", calendar.On(2012, 2, 29), 3, 0.125, true},
		{"=HYPERLINK(\"http://example.org\")", calendar.Date(0), int64(-5), nil, false},
		{" two\r\nlines ", calendar.On(1899, 12, 31), int32(0), -1.5e-7, nil},
		{"\x00\uFFFF𝔘", calendar.On(1900, 3, 1), 1, 2.0, true},
	} {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSVReadsBackAndRunsNothing(t *testing.T) {
	text := sample(t, CSV)
	rest, ok := bytes.CutPrefix(text, []byte("\uFEFF"))
	if !ok {
		t.Error("no byte order mark")
	}
	if bytes.Count(rest, []byte("\r\n")) != 6 { // five rows, and one within a cell
		t.Errorf("line ends: %q", rest)
	}
	rows, err := csv.NewReader(bytes.NewReader(rest)).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if got := strings.Join(rows[1], "|"); got != `O'Neil, "Zoë" <&>|2012-02-29|3|0.125|Yes` {
		t.Error(got)
	}
	if got := strings.Join(rows[2], "|"); got != `'=HYPERLINK("http://example.org")||-5||No` {
		t.Error(got)
	}
	for _, bad := range []string{"=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1"} {
		if got := string(csvText(nil, bad)); !strings.HasPrefix(got, `"'`) {
			t.Errorf("%q is written %s", bad, got)
		}
	}
}

func TestXLSXReadsBack(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(sample(t, XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const name = "Cases  East Mid"
	if got := f.GetSheetName(0); got != name {
		t.Fatalf("the sheet is called %q", got)
	}
	for place, want := range map[string]string{
		"A1": "Child", "A2": "O'Neil, \"Zoë\" <&>", "B2": "29/02/2012", "C2": "3", "D2": "0.125", "E2": "Yes",
		"A3": "=HYPERLINK(\"http://example.org\")", "B3": "", "C3": "-5", "D3": "", "E3": "No",
		"A4": " two\r\nlines ", "B4": "1899-12-31", "C4": "0", "A5": "\uFFFD\uFFFD𝔘", "B5": "01/03/1900",
	} {
		if got, err := f.GetCellValue(name, place); err != nil || got != want {
			t.Errorf("%s holds %q, want %q (%v)", place, got, want, err)
		}
	}
	if formula, _ := f.GetCellFormula(name, "A3"); formula != "" {
		t.Errorf("a text became a formula: %s", formula)
	}
	if kind, _ := f.GetCellType(name, "C2"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number is kept as %v", kind)
	}
	if raw, _ := f.GetCellValue(name, "B2", excelize.Options{RawCellValue: true}); raw != "40968" {
		t.Errorf("a date is kept as %s", raw)
	}
	if style, _ := f.GetCellStyle(name, "A1"); style != 1 {
		t.Errorf("the titles have style %d", style)
	}
	if panes, err := f.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the titles are not frozen: %+v %v", panes, err)
	}
	if width, _ := f.GetColWidth(name, "A"); width != 30 {
		t.Errorf("the first column is %v wide", width)
	}
}

// Every part is well-formed XML, and the filter covers the whole table.
func TestXLSXPartsAreWhole(t *testing.T) {
	text := sample(t, XLSX)
	z, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(bytes.NewReader(part)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", f.Name, err)
				break
			}
		}
		if f.Name == "xl/worksheets/sheet1.xml" && !bytes.Contains(part, []byte(`<autoFilter ref="A1:E5"/>`)) {
			t.Error("the filter does not cover the table")
		}
	}
}

// LibreOffice, where it is installed, reads the file as it was meant.
func TestXLSXInLibreOffice(t *testing.T) {
	const office = "/usr/bin/soffice"
	if _, err := os.Stat(office); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "table.xlsx")
	if err := os.WriteFile(path, sample(t, XLSX), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(office, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "csv", "--outdir", dir, path)
	run.WaitDelay = time.Minute
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "table.csv"))
	if err != nil || !bytes.Contains(got, []byte(`"O'Neil, ""Zoë"" <&>",29/02/2012,3,0.125,Yes`)) {
		t.Errorf("%v: %s", err, got)
	}
}

func TestPlaces(t *testing.T) {
	for column, want := range map[int]string{0: "A1", 25: "Z1", 26: "AA1", 51: "AZ1", 52: "BA1", 701: "ZZ1", 702: "AAA1", 16_383: "XFD1"} {
		if got := string(appendPlace(nil, column, 1)); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
}

func TestSheetNames(t *testing.T) {
	for title, want := range map[string]string{
		"": "Sheet1", "''": "Sheet1", "History": "Sheet1", "a/b": "a b", "'quoted'": "quoted",
		strings.Repeat("x", 40): strings.Repeat("x", 31), strings.Repeat("𝔘", 40): strings.Repeat("𝔘", 15),
	} {
		if got := sheetName(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	if _, err := New(io.Discard, "ods", "", Column{Title: "A"}); err == nil {
		t.Error("a kind that is none")
	}
	if _, err := New(io.Discard, CSV, ""); err == nil {
		t.Error("no columns")
	}
	for _, kind := range []Kind{CSV, XLSX} {
		for name, row := range map[string][]any{"too few": {"a"}, "too many": {"a", "b", "c"}, "no such cell": {"a", struct{}{}}, "infinite": {"a", math.Inf(1)}} {
			w, err := New(io.Discard, kind, "", Column{Title: "A"}, Column{Title: "B"})
			if err != nil {
				t.Fatal(err)
			}
			if w.Row(row...) == nil {
				t.Errorf("%s: %s was written", kind, name)
			}
		}
	}
	w, _ := New(io.Discard, XLSX, "", Column{Title: "A"})
	if err := w.Row(strings.Repeat("é", MaxText)); err != nil {
		t.Errorf("the longest text: %v", err)
	}
	if w.Row(strings.Repeat("x", MaxText+1)) == nil {
		t.Error("a text was cut, or written too long")
	}
	w, _ = New(io.Discard, XLSX, "", Column{Title: "A"})
	w.rows = MaxRows
	if err := w.Row("x"); err != ErrTooMany {
		t.Errorf("one row too many: %v", err)
	}
}

func TestHeaders(t *testing.T) {
	h := http.Header{}
	XLSX.Header(h, "Cases\r\nof: Zoë/1")
	if got := h.Get("Content-Disposition"); got != "attachment; filename*=utf-8''Cases--of-%20Zo%C3%AB-1.xlsx" {
		t.Error(got)
	}
	CSV.Header(h, "cases")
	if got := h.Get("Content-Disposition"); got != "attachment; filename=cases.csv" || !strings.HasPrefix(h.Get("Content-Type"), "text/csv") {
		t.Error(got, h)
	}
}
