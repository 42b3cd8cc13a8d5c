package sen2

import (
	"bytes"
	"strings"
	"testing"
)

// Whatever a file holds, checking it reads what reading it reads and refuses what
// that refuses, and every finding names a place that is in the file and holds
// what it says.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(SoundReturn()))
	f.Add([]byte(strings.ReplaceAll(SoundReturn(), "\n", "\r\n")))
	f.Add([]byte(strings.ReplaceAll(strings.ReplaceAll(SoundReturn(), ">Ida<", ">\nZoë &amp; Ida\n<!-- é\n -->é<"), ">F<", ">X<")))
	for _, h := range hostile {
		if len(h.file) < 1000 {
			f.Add([]byte(h.file))
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		people := 0
		_, _, want := Read(bytes.NewReader(file), func(*Person) error { people++; return nil })
		lines := bytes.Count(file, []byte("\n")) + 1
		report, err := CheckFile(bytes.NewReader(file), Options{}, func(f Finding) {
			if f.Line < 0 || f.Line > lines || f.Column < 0 || f.Person > 0 && f.Line == 0 {
				t.Errorf("%+v in a file of %d lines", f, lines)
			}
			if CheckNamed(f.Check) == nil || f.What == "" || severityNamed(string(f.Severity)) == "" {
				t.Errorf("%+v", f)
			}
		})
		if (err == nil) != (want == nil) || err != nil && err.Error() != want.Error() || report.People != people {
			t.Errorf("checked: %v, %d people; read: %v, %d people", err, report.People, want, people)
		}
	})
}
