package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
	"weald/domain/measure"
	"weald/domain/published"
)

// The pretend area's return has no error; loaded into an empty record it is the
// same return again, byte for byte; and it says the numbers that the record's
// own measures say.
func TestTheReturnComesRound(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	must := func(args ...string) (out string) {
		t.Helper()
		status, out, log := run(t, "", args...)
		if status != 0 {
			t.Fatalf("weald %s: exit status %d\n%s%s", strings.Join(args, " "), status, out, log)
		}
		return out
	}
	must("demo", "--record", at("area.db"), "--scale", "1500", "--today", "2026-11-23")
	build := []string{"sen2", "build", "--year", "2026", "--at", "2026-02-02T09:00:00"}
	must(append(build, "--record", at("area.db"), "-o", at("one.xml"))...)
	must("sen2", "check", at("one.xml"))
	if out := must("sen2", "load", "--record", at("area.db"), "--dry-run", at("one.xml")); strings.Contains(out, "to be added") || strings.Contains(out, "contradicts") || strings.Contains(out, "wait for somebody") || !strings.Contains(out, " 0 events") {
		t.Errorf("its own return tells a record something new:\n%s", out)
	}
	must("sen2", "load", "--record", at("empty.db"), at("one.xml"))
	must(append(build, "--record", at("empty.db"), "-o", at("two.xml"))...)
	one, err := os.ReadFile(at("one.xml"))
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(at("two.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if string(one) != string(two) {
		t.Error("loaded and built again, the return is another")
	}

	cases, err := casework.ReadCaseFile("area", must("export", "cases", "--record", at("area.db")))
	if err != nil {
		t.Fatal(err)
	}
	book, clock := measure.NewBook(), casework.NewClock(casework.DefaultPractice())
	for i := range cases {
		reading := clock.Read(&cases[i].Case, calendar.On(2026, 11, 23))
		book.Put(i, reading.Marks(&cases[i].Case, nil))
	}
	file, err := os.Open(at("one.xml"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	figures, _, _, err := published.Count(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	year := calendar.Period{First: calendar.On(2025, 1, 1), Last: calendar.On(2025, 12, 31)}
	census := calendar.Period{First: calendar.On(2026, 1, 15), Last: calendar.On(2026, 1, 15)}
	growth := book.Value(measure.PlanGrowth, census)
	for _, c := range []struct {
		column string
		own    int
	}{
		{"caseload.ehcplans", growth.Num + growth.Den},
		{"requests.requests_received_in_year", book.Value(measure.RequestsRefused, year).Den},
		{"assessments.assess_issued", book.Value(measure.PlansInTimeAll, year).Den},
		{"timeliness_20_week.plans_issued_within_20_weeks", book.Value(measure.PlansInTimeAll, year).Num},
		{"timeliness_20_week.plans_issued_gt_1_year", book.Value(measure.PlansOverAYear, year).Num},
		{"timeliness_20_week.plans_issued_20_weeks_ex", book.Value(measure.PlansInTime, year).Num},
		{"timeliness_20_week.plans_issued_den_ex", book.Value(measure.PlansInTime, year).Den},
		{"assessments.assess_not_issued", book.Value(measure.NoPlanTold, year).Den},
	} {
		if got, ok := figures.Column(c.column); !ok || got != c.own || got == 0 {
			t.Errorf("%s: the return says %d, the record's own measure %d", c.column, got, c.own)
		}
	}
}
