package app

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/store"
)

// final takes the plan from its draft to a final plan issued on 10 December 2026.
func (w *writer) final() {
	w.t.Helper()
	w.fill()
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 1, Kind: casework.DraftSent, On: w.plans.today(), Served: true}); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.plans.Begin(ctx, officer, w.id); err != nil {
		w.t.Fatal(err)
	}
	on := w.day("2026-12-10")
	w.save(w.open(Latest), "I", func(p *plan.Plan) {
		p.Section("I").Lines = []plan.Line{{ID: "i-1", Kind: plan.Placement, Text: "Larkfield Primary School"}}
	})
	if err := w.plans.Issue(ctx, officer, w.id, Issue{Version: 2, Kind: casework.PlanFinalised, On: on}); err != nil {
		w.t.Fatal(err)
	}
}

// looks counts the audit entries of a child of which the act is one.
func (w *writer) looks(act string) (details []string) {
	w.t.Helper()
	err := w.plans.db.Read(ctx, func(tx *store.Tx) error {
		entries, err := tx.AuditOf(ctx, string(w.id), 1000, 0)
		for _, e := range entries {
			if e.Act == act {
				details = append(details, e.Detail)
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return details
}

// Final plans are listed by the day on which the journal says that they were
// issued, and one that is taken out is kept in the audit.
func TestFinalPlansAreTakenOut(t *testing.T) {
	w := drafted(t)
	w.fill()
	if all, err := w.plans.FinalsInForce(ctx, program); len(all) > 0 || err != nil {
		t.Errorf("a draft is in force: %+v, %v", all, err)
	}
	if _, err := w.plans.TakeOut(ctx, program, w.id, 1, "PDF"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a draft is taken out: %v", err)
	}
	w = drafted(t)
	w.final()
	listed := func(from, until calendar.Date) (all string) {
		t.Helper()
		found, err := w.plans.Finals(ctx, program, from, until)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			all += fmt.Sprintf("%s v%d %s %s %v\n", f.Child.Name(), f.Version, f.On, f.IssuedAs, f.InForce)
		}
		return all
	}
	first, last := calendar.On(2026, time.January, 1), calendar.On(2026, time.December, 31)
	if got := listed(first, last); got != "Ffion Hughes v2 2026-12-10 Final plan issued true\n" {
		t.Errorf("issued in 2026: %q", got)
	}
	for _, day := range []calendar.Date{calendar.On(2026, 12, 10), calendar.On(2026, 12, 9), calendar.On(2026, 12, 11)} {
		if got := listed(day, day); (got != "") != (day == calendar.On(2026, 12, 10)) {
			t.Errorf("issued on %s: %q", day, got)
		}
	}
	f, err := w.plans.TakeOut(ctx, program, w.id, 2, "PDF")
	if err != nil || f.Plan.Line("f-1") == nil {
		t.Fatalf("%+v, %v", f, err)
	}
	if got := w.looks("took the plan out"); len(got) != 1 || got[0] != "version 2, as PDF" {
		t.Errorf("kept: %q", got)
	}
	for name, version := range map[string]int{"the draft before it": 1, "one that is not there": 9} {
		if _, err := w.plans.TakeOut(ctx, program, w.id, version, "PDF"); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := w.looks("took the plan out"); len(got) != 1 {
		t.Errorf("a refusal is kept as a taking out: %q", got)
	}

	// Put right to another year, it is of that year; ceased, it is in force no more,
	// and was issued all the same.
	for _, e := range w.journal() {
		if e.Event.Kind == casework.PlanFinalised {
			w.day("2027-02-01")
			if err := (&Casework{w.plans.Core}).Record(ctx, officer, w.id, Recording{Event: event(t, "2027-01-11 plan-finalised"), Replaces: e.Entry.Seq, Reason: "typing mistake", Seen: Unseen}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := listed(first, last); got != "" {
		t.Errorf("issued in 2026 after the correction: %q", got)
	}
	if got := listed(last.AddDays(1), last.AddDays(365)); !strings.Contains(got, "v2 2027-01-11") {
		t.Errorf("issued in 2027 after the correction: %q", got)
	}
	record(t, w.plans.Core, w.id, "2027-01-25 plan-ceased reason=2")
	if all, err := w.plans.FinalsInForce(ctx, program); len(all) > 0 || err != nil {
		t.Errorf("a plan that ceased is in force: %+v, %v", all, err)
	}
	if got := listed(last.AddDays(1), last.AddDays(365)); !strings.Contains(got, "false") {
		t.Errorf("a plan that ceased was not issued: %q", got)
	}
}

// Who may not see plans lists and takes out none.
func TestTakingPlansOutIsGuarded(t *testing.T) {
	w := drafted(t)
	w.final()
	if _, err := w.plans.Finals(ctx, data, 0, w.plans.today()); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("list: %v", err)
	}
	if _, err := w.plans.FinalsInForce(ctx, data); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("list in force: %v", err)
	}
	if _, err := w.plans.TakeOut(ctx, data, w.id, 2, "PDF"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("take out: %v", err)
	}
	if got := w.looks("took the plan out"); len(got) != 0 {
		t.Errorf("kept: %q", got)
	}
	err := w.plans.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(tx.SealCase(ctx, w.id, "court order"), tx.Audit(ctx, "restricted the case", string(w.id), ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	if all, err := w.plans.FinalsInForce(ctx, officer); len(all) > 0 || err != nil {
		t.Errorf("a restricted case is listed for somebody who is not named: %+v, %v", all, err)
	}
}
