package app

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"weald/internal/store"
)

func entriesOf(t testing.TB, c *Core, id ChildID) (entries []Entry, audit []store.AuditEntry) {
	t.Helper()
	f, err := (&Casework{c}).Case(ctx, officer, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f.Entries, f.Seen
}

// A form sent many times at once is recorded once, and each sender is told that
// it was.
func TestFormIsRecordedOnce(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	r := Recording{Event: event(t, "2026-10-19 decision-to-assess-sent decision=yes"), Form: "F1", Seen: 1}
	errs := make([]error, 8)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = (&Casework{c}).Record(ctx, officer, id, r) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if entries, _ := entriesOf(t, c, id); len(entries) != 2 {
		t.Errorf("%d entries", len(entries))
	}
	// A form that comes back with other words on it is not taken for the same.
	r.Event = event(t, "2026-10-20 decision-to-assess-sent decision=yes")
	var o *Overtaken
	if err := (&Casework{c}).Record(ctx, officer, id, r); !errors.As(err, &o) || len(o.Since) != 1 {
		t.Errorf("got %v", err)
	}
	r.Seen = 2 // made again from the same form, after the case was looked at
	if err := (&Casework{c}).Record(ctx, officer, id, r); !errors.As(err, &o) || len(o.Since) != 1 {
		t.Errorf("got %v", err)
	}
}

// Two people who record from the same page do not overwrite each other: the
// second is shown what the first recorded.
func TestOvertakenFormIsNotRecorded(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-10-19 decision-to-assess-sent decision=yes")
	r := Recording{Event: event(t, "2026-10-20 decision-to-assess-sent decision=no"), Form: "F2", Seen: 1}
	var o *Overtaken
	err := (&Casework{c}).Record(ctx, officer, id, r)
	if !errors.As(err, &o) || len(o.Since) != 1 || o.Since[0].Event.Kind.String() != "decision-to-assess-sent" || !strings.Contains(err.Error(), "since the form was made") {
		t.Fatalf("got %v", err)
	}
	if entries, _ := entriesOf(t, c, id); len(entries) != 2 {
		t.Errorf("%d entries", len(entries))
	}
}

// Why an entry was corrected is kept in the audit, and a struck entry is kept as
// it was.
func TestReasonOfACorrectionIsKept(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-10-19 decision-to-assess-sent decision=yes")
	if err := (&Casework{c}).Record(ctx, officer, id, Recording{Replaces: 2, Struck: true, Reason: "Wrong child", Form: "F3", Seen: 2}); err != nil {
		t.Fatal(err)
	}
	entries, audit := entriesOf(t, c, id)
	if len(entries) != 3 || !entries[2].Struck || entries[2].Event != entries[1].Event {
		t.Errorf("%+v", entries)
	}
	found := false
	for _, a := range audit {
		found = found || a.Act == "struck out entry 2" && strings.HasSuffix(a.Detail, ": Wrong child")
	}
	if !found {
		t.Errorf("%+v", audit)
	}
	if err := (&Casework{c}).Record(ctx, officer, id, Recording{Replaces: 9, Struck: true, Seen: 3}); err == nil {
		t.Error("an entry that is not there was struck out")
	}
}
