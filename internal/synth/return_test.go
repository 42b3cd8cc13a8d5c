package synth

import (
	"bytes"
	"testing"

	"weald/domain/sen2"
)

// The return that is measured is one that somebody might send: read without a
// note, with few findings and the same bytes each time.
func TestWriteReturn(t *testing.T) {
	var a, b bytes.Buffer
	if err := WriteReturn(&a, 2000, 7); err != nil {
		t.Fatal(err)
	}
	if err := WriteReturn(&b, 2000, 7); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Errorf("the same seed writes other bytes, %v", err)
	}
	if each := a.Len() / 2000; each < 1200 || each > 1450 {
		t.Errorf("%d bytes a person", each)
	}
	report, err := sen2.CheckFile(&a, sen2.Options{}, func(f sen2.Finding) {
		if f.Check[0] == 'R' || f.Check != "U-002" && f.Severity == sen2.Fault {
			t.Errorf("%+v", f)
		}
	})
	if n := report.Errors + report.Query; err != nil || report.People != 2000 || n < 20 || n > 400 {
		t.Errorf("%+v, %v", report, err)
	}
}
