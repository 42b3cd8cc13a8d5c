package sheet

import (
	"archive/zip"
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ods makes an OpenDocument spreadsheet around its sheets.
func ods(t testing.TB, sheets string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>` +
			sheets + `</office:spreadsheet></office:body></office:document-content>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpenDocumentIsRead(t *testing.T) {
	file := ods(t, `<table:table table:name="Rules">
<table:table-row><table:table-cell><text:p>No</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>Message</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>
<table:table-cell><office:annotation><text:p>a comment</text:p></office:annotation><text:p>One<text:s text:c="2"/>two</text:p><text:p>and <text:span>three</text:span></text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-01-15"><text:p>15/01/26</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table><table:table table:name="Notes"/>`)
	got, err := Read("rules.ods", bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	want := []Table{{"Rules", [][]string{{"No", "Message", "Message"}, nil, nil, {"12", "One  two\nand three", "2026-01-15"}}}, {"Notes", nil}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A small file may not fill the memory by saying how often a cell is there.
func TestRepeatedCellsAreBounded(t *testing.T) {
	for _, sheets := range []string{
		`<table:table><table:table-row><table:table-cell table:number-columns-repeated="2000000000"><text:p>a</text:p></table:table-cell></table:table-row></table:table>`,
		`<table:table><table:table-row table:number-rows-repeated="2000000000"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>`,
	} {
		file := ods(t, sheets)
		if _, err := Read("bomb.ods", bytes.NewReader(file), int64(len(file))); err == nil {
			t.Error("it was read")
		}
	}
}
