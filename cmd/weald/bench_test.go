package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every page that is measured answers without an error, to people signed in, and
// the record measured is as it was.
func TestBenchWeb(t *testing.T) {
	record := filepath.Join(t.TempDir(), "record.db")
	if status, _, log := run(t, "", "sen2", "load", "--record", record, "../../domain/sen2/testdata/return-2026-500.xml"); status != 0 {
		t.Fatal(log)
	}
	_, before, _ := run(t, "", "export", "cases", "--record", record)
	profiles := filepath.Join(t.TempDir(), "profiles")
	status, out, log := run(t, "", "bench", "web", "--record", record, "--for", "300ms", "--warm", "50ms", "--connections", "4", "--profile", profiles)
	if status != 0 {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	for _, want := range []string{"| Cases ", "| Cases: 50 rows, filtered and sorted ", "| Case ", "| Record an event ", "| Record an event, then read the case ", "| All of these together ", "the limit of HTTP", "The disk takes", "The service held at most"} {
		if !strings.Contains(out, want) {
			t.Errorf("the table has no %q:\n%s", want, out)
		}
	}
	if _, after, _ := run(t, "", "export", "cases", "--record", record); after != before {
		t.Error("the record was changed")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(record), "weald-bench-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if made, err := os.ReadDir(profiles); err != nil || len(made) < 5 {
		t.Errorf("%d profiles: %v", len(made), err)
	}
	if status, _, log := run(t, "", "bench", "web", "--record", record, "--mix", "nothing"); status == 0 || !strings.Contains(log, "there are asset, rules") {
		t.Errorf("a thing that cannot be measured: %d: %s", status, log)
	}
	if status, _, log := run(t, "", "bench", "web", "--record", record, "--as", "nobody"); status == 0 || !strings.Contains(log, `signing in as "nobody"`) {
		t.Errorf("a persona who does not exist: %d: %s", status, log)
	}
}
