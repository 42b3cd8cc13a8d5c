package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every measure is listed with its number or with what it waits for; one is
// shown month by month; and a past day is counted as it was known then.
func TestMeasures(t *testing.T) {
	record := filepath.Join(t.TempDir(), "area.db")
	if status, out, log := run(t, "", "demo", "--record", record, "--scale", "300"); status != 0 {
		t.Fatal(out, log)
	}
	status, out, log := run(t, "", "measures", "--record", record)
	if n := len(regexp.MustCompile(`(?m)^I\d{3} `).FindAllString(out, -1)); status != 0 || n != 122 || !strings.Contains(out, "it waits for") {
		t.Errorf("status %d, %d measures, %s", status, n, log)
	}
	status, out, _ = run(t, "", "measures", "--record", record, "--months", "6", "i023")
	if n := strings.Count(out, " children"); status != 0 || n < 6 || !strings.Contains(out, "Reviews overdue") {
		t.Errorf("status %d: %s", status, out)
	}
	if status, out, _ = run(t, "", "measures", "--record", record, "--known", "2016-01-01", "I120"); status != 0 || !strings.Contains(out, "no cases") {
		t.Errorf("before anything was recorded: %d %s", status, out)
	}
	if status, _, log := run(t, "", "measures", "--record", record, "I999"); status == 0 || !strings.Contains(log, "I999 is no measure") {
		t.Errorf("status %d: %s", status, log)
	}
}

// Every event is asked at once, of the record and of what it exports, with the
// same answer.
func TestLedger(t *testing.T) {
	record := filepath.Join(t.TempDir(), "area.db")
	if status, out, log := run(t, "", "demo", "--record", record, "--scale", "300"); status != 0 {
		t.Fatal(out, log)
	}
	status, own, log := run(t, "", "ledger", "--record", record)
	if status != 0 || !strings.Contains(own, "plan-finalised") || !regexp.MustCompile(`(?m)^2025-\d\d +\d+ `).MatchString(own) {
		t.Fatalf("status %d: %s %s", status, own, log)
	}
	_, cases, _ := run(t, "", "export", "cases", "--record", record)
	file := filepath.Join(t.TempDir(), "cases")
	if err := os.WriteFile(file, []byte(cases), 0o600); err != nil {
		t.Fatal(err)
	}
	status, exported, log := run(t, "", "ledger", file)
	before, _, _ := strings.Cut(own, "Events, by team")
	if again, _, _ := strings.Cut(exported, "Events, by team"); status != 0 || again != before {
		t.Errorf("status %d %s: what is exported says\n%s\nand the record\n%s", status, log, again, before)
	}
	if status, _, log := run(t, "", "ledger", record); status == 0 || !strings.Contains(log, "is no line of a case file") {
		t.Errorf("a file that is no log: %d %s", status, log)
	}
}
