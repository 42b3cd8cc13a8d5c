package app

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/law"

	"github.com/google/go-cmp/cmp"
)

var (
	ctx       = context.Background()
	officer   = access.User{ID: "u1", Name: "Amina Yusuf", Role: access.Officer}
	inspector = access.User{ID: "u2", Name: "Jane Reid", Role: access.Inspector}
	data      = access.User{ID: "u3", Name: "Priya Shah", Role: access.DataTeam}
	program   = access.User{ID: "weald", Name: "Weald", Role: access.Program}
)

// fresh opens an empty record on [testkit.Today].
func fresh(t testing.TB) *Core {
	t.Helper()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return New(db, casework.DefaultPractice(), func() calendar.Date { return testkit.Today })
}

// Ffion Hughes is six. Her parents asked for an assessment on 7 September 2026.
func ffion(t testing.TB, c *Core) ChildID {
	t.Helper()
	const id = ChildID("ffion")
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddChild(ctx, &store.Child{ID: id, Surname: "Hughes", Forename: "Ffion", Born: calendar.On(2020, 3, 2)}),
			tx.Audit(ctx, "added", string(id), ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	record(t, c, id, "2026-09-07 request-received source=parent")
	return id
}

func event(t testing.TB, line string) casework.Event {
	t.Helper()
	e, err := casework.ParseEvent(line)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func record(t testing.TB, c *Core, id ChildID, line string) {
	t.Helper()
	if err := (&Casework{c}).Record(ctx, officer, id, Recording{Event: event(t, line), Seen: Unseen}); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
}

func duty(t testing.TB, c *Core, id ChildID, code string) string {
	t.Helper()
	f, err := (&Casework{c}).Case(ctx, officer, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.Reading.Duties {
		if d := &f.Reading.Duties[i]; d.Rule.Code == code {
			return d.Line()
		}
	}
	return "none"
}

// Recording an event changes the case, the worklist and the audit together.
func TestRecordingMovesTheCaseOn(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	if got := duty(t, c, id, "A02"); got != "A02 tell-whether-to-assess overdue, due 2026-10-19, 35 days late" {
		t.Error(got)
	}
	record(t, c, id, "2026-10-19 decision-to-assess-sent decision=yes")
	if got := duty(t, c, id, "A02"); got != "A02 tell-whether-to-assess met, due 2026-10-19" {
		t.Error(got)
	}
	work, err := (&Casework{c}).Cases(ctx, officer, CaseFilter{}, SortDue, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(work.Rows) != 1 || work.Rows[0].Next.Rule != "L01" || work.Rows[0].Next.Due != calendar.On(2026, 12, 14) {
		t.Errorf("worklist: %+v", work.Rows)
	}
	f, err := (&Casework{c}).Case(ctx, officer, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	var acts []string
	for _, s := range f.Seen {
		acts = append(acts, s.Act)
	}
	if !strings.Contains(strings.Join(acts, ","), "recorded decision-to-assess-sent") {
		t.Errorf("audit: %v", acts)
	}
}

// What the law forbids is refused with its citation, and changes nothing.
func TestRefusedEventChangesNothing(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-11-20 draft-served")
	err := (&Casework{c}).Record(ctx, officer, id, Recording{Event: event(t, "2026-11-23 plan-finalised"), Seen: Unseen})
	var no *law.Refusal
	if !errors.As(err, &no) || no.Source.Provision != "regulation 13(1)" {
		t.Fatalf("got %v", err)
	}
	f, err := (&Casework{c}).Case(ctx, officer, id, 0)
	if err != nil || len(f.Entries) != 2 {
		t.Errorf("%d entries, %v", len(f.Entries), err)
	}
	if err := (&Casework{c}).Record(ctx, officer, id, Recording{Event: event(t, "2026-11-24 advice-requested body=GP"), Seen: Unseen}); err == nil {
		t.Error("tomorrow was recorded today")
	}
}

// A correction leaves the record as if the mistake had never been made, and the
// mistake can still be seen.
func TestCorrection(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-11-19 decision-to-assess-sent decision=yes") // typed the wrong day
	acts := &Casework{c}
	if err := acts.Record(ctx, officer, id, Recording{Event: event(t, "2026-10-19 decision-to-assess-sent decision=yes"), Replaces: 2, Seen: Unseen}); err != nil {
		t.Fatal(err)
	}
	if got := duty(t, c, id, "A02"); got != "A02 tell-whether-to-assess met, due 2026-10-19" {
		t.Error(got)
	}
	f, err := acts.Case(ctx, officer, id, 0)
	if err != nil || len(f.Entries) != 3 || Journal(f.Entries).Live(2) {
		t.Errorf("the mistake must stay, no longer in effect: %v", err)
	}
	if err := acts.Record(ctx, officer, id, Recording{Event: event(t, "2026-10-12 decision-to-assess-sent decision=yes"), Replaces: 2, Seen: Unseen}); err == nil {
		t.Error("the same entry was corrected twice")
	}
	if err := acts.Record(ctx, officer, id, Recording{Event: event(t, "2026-10-19 decision-to-assess-sent decision=yes"), Replaces: 3, Struck: true, Seen: Unseen}); err != nil {
		t.Fatal(err)
	}
	if got := duty(t, c, id, "A02"); !strings.Contains(got, "overdue") {
		t.Errorf("struck out: %s", got)
	}
}

// Any past day can be looked at again.
func TestCaseOnAPastDay(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-10-19 decision-to-assess-sent decision=no")
	f, err := (&Casework{c}).Case(ctx, officer, id, calendar.On(2026, 9, 30))
	if err != nil {
		t.Fatal(err)
	}
	if s := f.Reading.State("assessment"); s != casework.Requested {
		t.Errorf("on 30 September the assessment stood at %s", s)
	}
	if len(f.Reading.Rights) != 0 {
		t.Errorf("rights before the decision: %v", f.Reading.Rights)
	}
}

// Working everything out again changes nothing.
func TestRebuildingChangesNothing(t *testing.T) {
	c := fresh(t)
	load(t, c)
	ffion(t, c)
	before, lines := everyDuty(t, c), everyLine(t, c)
	n, err := (&Casework{c}).Rebuild(ctx, program)
	if err != nil || n != 501 {
		t.Fatalf("%d children, %v", n, err)
	}
	if d := cmp.Diff(before, everyDuty(t, c)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(lines, everyLine(t, c)); d != "" {
		t.Error(d)
	}
	if len(before) < 400 {
		t.Errorf("only %d children have duties", len(before))
	}
}

// everyLine is where every case stands, with what measures count of it.
func everyLine(t *testing.T, c *Core) map[ChildID]casework.Standing {
	t.Helper()
	all := map[ChildID]casework.Standing{}
	err := c.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Lines(ctx, 0, func(l *store.Line) error { all[l.ID] = l.Standing; return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func everyDuty(t *testing.T, c *Core) map[ChildID][]store.Duty {
	t.Helper()
	all := map[ChildID][]store.Duty{}
	err := c.db.Read(ctx, func(tx *store.Tx) error {
		var ids []ChildID
		if err := tx.Children(ctx, func(k *store.Child) error { ids = append(ids, k.ID); return nil }); err != nil {
			return err
		}
		for _, id := range ids {
			duties, err := tx.Duties(ctx, id)
			if err != nil {
				return err
			}
			if duties != nil {
				all[id] = duties
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Nobody does what their role does not allow.
func TestActsAskPermission(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	acts, returns := &Casework{c}, &Returns{Core: c}
	nobody := access.User{ID: "x", Name: "X"}
	for name, err := range map[string]error{
		"nobody sees what is due": func() error { _, err := acts.Cases(ctx, nobody, CaseFilter{}, SortDue, ""); return err }(),
		"nobody opens a case":     func() error { _, err := acts.Case(ctx, nobody, id, 0); return err }(),
		"nobody exports cases":    func() error { _, err := acts.CaseFile(ctx, nobody); return err }(),
		"an inspector records":    acts.Record(ctx, inspector, id, Recording{Event: event(t, "2026-10-19 request-withdrawn"), Seen: Unseen}),
		"an inspector corrects":   acts.Record(ctx, inspector, id, Recording{Event: event(t, "2026-10-19 request-withdrawn"), Replaces: 1, Seen: Unseen}),
		"an officer rebuilds":     func() error { _, err := acts.Rebuild(ctx, officer); return err }(),
		"an officer loads":        func() error { _, err := returns.Load(ctx, officer, "x", bytes.NewReader(nil), nil); return err }(),
	} {
		if !errors.Is(err, ErrNotAllowed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := acts.Record(ctx, officer, "nobody", Recording{Event: event(t, "2026-10-19 request-received"), Seen: Unseen}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an unknown child: %v", err)
	}
}

// What was worked out today by the same program with the same choices is not
// worked out again; anything else is.
func TestRebuildsOnlyWhatIsOld(t *testing.T) {
	c := fresh(t)
	ffion(t, c)
	today := c.Today()
	rebuilt := func(build string, day calendar.Date, choices string) bool {
		t.Helper()
		practice := casework.DefaultPractice()
		if err := practice.Choose(choices); err != nil {
			t.Fatal(err)
		}
		again := New(c.db, practice, func() calendar.Date { return day })
		again.Program = build
		done, err := (&Casework{again}).RebuildIfOld(ctx, program)
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	for i, v := range []struct {
		program string
		day     calendar.Date
		choices string
		want    bool
	}{
		{"a", today, "", true}, {"a", today, "", false}, {"b", today, "", true}, {"b", today + 1, "", true}, {"b", today + 1, "", false},
		{"b", today + 1, "draft-days=working", true}, {"", today + 1, "draft-days=working", true}, {"", today + 1, "draft-days=working", true},
	} {
		if got := rebuilt(v.program, v.day, v.choices); got != v.want {
			t.Errorf("%d: rebuilt %v, want %v", i, got, v.want)
		}
	}
}
