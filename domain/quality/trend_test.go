package quality

import (
	"fmt"
	"testing"

	"weald/calendar"
)

// No rate or mean is given under ten audits, and the same audits are counted
// however they are sorted.
func TestTrends(t *testing.T) {
	var results []Result
	for i := range 15 {
		r := Result{On: calendar.On(2026, 11, 1+i), Group: "East", Grade: Good, Sheet: all(Sound)}
		if i >= 9 {
			r.Group = "West"
		}
		if i%5 == 0 {
			r.Grade, r.Sheet = Improve, all(Sound).With(Sheet{24: Absent, 25: NotAsked})
		}
		results = append(results, r)
	}
	groups := ByGroup(results)
	if got := fmt.Sprintf("%d %s %d %d", len(groups), groups[0].Name, groups[0].Audits, groups[1].Audits); got != "2 East 9 6" {
		t.Fatalf("%+v", groups)
	}
	if _, ok := groups[0].Rate(); ok {
		t.Error("a rate of nine audits is given")
	}
	if _, ok := groups[0].Mean(); ok {
		t.Error("a mean of nine audits is given")
	}
	months := ByMonth(results, calendar.On(2026, 11, 30), 12)
	if rate, ok := months[11].Rate(); len(months) != 12 || months[0].Name != "2025-12" || months[0].Audits != 0 || !ok || rate != 80 {
		t.Errorf("%+v", months)
	}
	questions := ByQuestion(results)
	if rate, ok := questions[23].Rate(); !ok || rate != 80 {
		t.Errorf("question 24: %v", rate)
	}
	if q := questions[24]; q.Audits != 12 || q.Sound != 12 {
		t.Errorf("question 25 does not apply to three: %+v", q)
	}
	parts := ByPart(results)
	if p := parts[3]; p.Name != "Outcomes" || p.Audits != 15 || p.Sound != 12 {
		t.Errorf("%+v", p)
	}
}
