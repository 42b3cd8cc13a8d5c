package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A pretend area goes into an empty record, comes out as cases in which the
// clock refuses nothing, and is made only once.
func TestDemo(t *testing.T) {
	record := filepath.Join(t.TempDir(), "record.db")
	demo := []string{"demo", "--record", record, "--scale", "200", "--seed", "3", "--today", "2026-11-23"}
	status, out, log := run(t, "", demo...)
	if status != 0 || !strings.Contains(out, "200 of them with a plan in force") {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	status, cases, _ := run(t, "", "export", "cases", "--record", record)
	if status != 0 || len(cases) < 10_000 {
		t.Fatalf("export: %d: %d characters", status, len(cases))
	}
	if status, out, log := run(t, cases, "clock", "-"); status != 0 || !strings.Contains(out, "overdue") || strings.Contains(log, "refused") {
		t.Errorf("clock: %d: %s", status, log)
	}
	if status, _, log := run(t, "", demo...); status == 0 || !strings.Contains(log, "not empty") || !strings.Contains(log, "--record") {
		t.Errorf("made again: %d: %s", status, log)
	}
	for _, args := range [][]string{{"--scale", "3"}, {"--today", "someday"}, {"--today", "1999-01-01"}} {
		if status, _, log := run(t, "", append([]string{"demo", "--record", record + ".not"}, args...)...); status == 0 || log == "" {
			t.Errorf("%v: %d: %s", args, status, log)
		}
	}
	status, out, _ = run(t, "", "demo", "--stories")
	_, path, found := strings.Cut(out, "Leo Marchant, East team: /cases/")
	if id, _, _ := strings.Cut(path, "\n"); status != 0 || !found || !strings.Contains(cases, "= "+id+"\n") {
		t.Errorf("stories: %d: %s", status, out)
	}
	if status, out, _ := run(t, "", "demo", "--rates", "--scale", "200", "--today", "2026-11-23"); status != 0 || !strings.Contains(out, "in-twenty-weeks") || !strings.Contains(out, "DfE") {
		t.Errorf("rates: %d: %s", status, out)
	}
}
