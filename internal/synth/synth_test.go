package synth_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/synth"
)

var (
	today   = calendar.On(2026, 11, 23)
	program = access.User{ID: "weald", Name: "Weald", Role: access.Program}
)

func area(t testing.TB, o synth.Options) *synth.Area {
	t.Helper()
	if o.Today.IsZero() {
		o.Today = today
	}
	a, err := synth.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// begin makes an area in a new record.
func begin(t testing.TB, where string, a *synth.Area) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	core := app.New(db, a.Practice, func() calendar.Date { return a.Today })
	err = (&app.Beginnings{Core: core}).Begin(context.Background(), program, a.Beginning(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// digest sums up everything in a record that the seed decides: all but who made
// it when.
func digest(t testing.TB, db *store.DB) string {
	t.Helper()
	sum := sha256.New()
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		ctx := context.Background()
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintln(sum, people, settings)
		return tx.Lines(ctx, 0, func(l *store.Line) error {
			entries, err := tx.Journal(ctx, l.ID)
			if err != nil {
				return err
			}
			facts, err := tx.Facts(ctx, l.ID)
			if err != nil {
				return err
			}
			contacts, err := tx.Contacts(ctx, l.ID)
			fmt.Fprintln(sum, *l, entries, facts, contacts)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

func TestOneSeedMakesOneArea(t *testing.T) {
	sqlite := func() string { return filepath.Join(t.TempDir(), "record.db") }
	first := digest(t, begin(t, sqlite(), area(t, synth.Options{Seed: 7, Plans: 300})))
	if again := digest(t, begin(t, sqlite(), area(t, synth.Options{Seed: 7, Plans: 300}))); again != first {
		t.Error("the same seed made another area")
	}
	if other := digest(t, begin(t, sqlite(), area(t, synth.Options{Seed: 8, Plans: 300}))); other == first {
		t.Error("another seed made the same area")
	}
}

// Every event is one that the law allows where it stands, of every child, on
// days of different kinds.
func TestEveryEventIsLawful(t *testing.T) {
	for _, on := range []calendar.Date{today, calendar.On(2026, 1, 2), calendar.On(2027, 2, 28), calendar.On(2027, 8, 30)} {
		a := area(t, synth.Options{Seed: 1, Plans: 1500, Today: on})
		clock := casework.NewClock(a.Practice)
		inForce := 0
		for i := range a.Children() {
			n := a.Child(i)
			journal := store.Events(n.Entries)
			k := casework.Case{Born: n.Child.Born, Events: journal.Events(0)}
			reading := clock.Read(&k, on)
			for _, r := range reading.Refused {
				t.Errorf("%s: %s of %s: %s", on, r.Event.String(), n.Child.Name(), r.Why.Because)
			}
			if len(k.Events) == 0 {
				t.Errorf("%s: nothing happened to %s", on, n.Child.Name())
			}
			for j, e := range n.Entries {
				if e.Event.On > on || e.Recorded > on || e.Recorded < e.Event.On || j > 0 && e.At < n.Entries[j-1].At {
					t.Errorf("%s: %s of %s recorded %s at %s", on, e.Event.String(), n.Child.Name(), e.Recorded, e.At)
				}
			}
			switch reading.State("plan") {
			case casework.InForce, casework.PlanAmending, casework.CeaseConsult, casework.KeptInDetention:
				inForce++
			}
		}
		if inForce != 1500 {
			t.Errorf("%s: %d plans are in force, not 1500", on, inForce)
		}
	}
}
