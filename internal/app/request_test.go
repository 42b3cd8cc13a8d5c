package app

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/child"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/postgres"
	"weald/law"
)

// county is a record in which the North has Ada (two children), Bo (one) and Cy,
// who has none and is away; the South has Di, who has none.
func county(t testing.TB, where string) *Core {
	t.Helper()
	db, err := store.Open(ctx, where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	c := New(db, casework.DefaultPractice(), func() calendar.Date { return testkit.Today })
	err = db.Write(ctx, program, func(tx *store.Tx) error {
		for _, team := range []string{"North", "South"} {
			if err := tx.AddTeam(ctx, team, team); err != nil {
				return err
			}
		}
		for _, p := range []store.Person{
			{ID: "ada", Name: "Ada", Role: string(access.Officer), Team: "North"}, {ID: "bo", Name: "Bo", Role: string(access.Officer), Team: "North"},
			{ID: "cy", Name: "Cy", Role: string(access.Officer), Team: "North", AwayFrom: testkit.Today, AwayTo: testkit.Today + 7, Cover: "ada"},
			{ID: "di", Name: "Di", Role: string(access.Officer), Team: "South"}, {ID: "mo", Name: "Mo", Role: string(access.Manager), Team: "North"},
		} {
			if err := tx.SetPerson(ctx, &p); err != nil {
				return err
			}
		}
		if err := tx.SetSetting(ctx, &store.Setting{ID: "school", Name: "School", District: "Upper"}); err != nil {
			return err
		}
		for i, officer := range []string{"ada", "ada", "bo"} {
			id := store.ChildID(fmt.Sprintf("old-%d", i))
			if err := errors.Join(
				tx.AddChild(ctx, &store.Child{ID: id, Surname: fmt.Sprintf("Old%d", i), Forename: "Child", Born: calendar.On(2010, 1, 1) + calendar.Date(500*i), Reference: fmt.Sprintf("WM-%04d", 98+i), Postcode: "ZZ1 1AA", District: "Upper", Team: "North", Officer: officer}),
				tx.SetCase(ctx, id, &casework.Standing{}, nil)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "began", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func aRequest(form string) *Request {
	return &Request{Child: store.Child{Surname: "Newbury", Forename: "Nell", Born: calendar.On(2019, 5, 6)}, Received: testkit.Today - 3, Source: "school", Channel: Channels[2], Form: form}
}

func TestANewCaseGoesToWhoeverHasFewestAndIsNotAway(t *testing.T) {
	acts := &Casework{county(t, filepath.Join(t.TempDir(), "record.db"))}
	for _, v := range []struct {
		name                    string
		child                   store.Child
		district, team, officer string
	}{
		{"by district", store.Child{District: "Upper"}, "Upper", "North", "bo"},
		{"by postcode", store.Child{Postcode: "ZZ1 1ZZ"}, "Upper", "North", "bo"},
		{"by setting", store.Child{Setting: "school"}, "Upper", "North", "bo"},
		{"by nothing", store.Child{}, "", "South", "di"},
		{"by a postcode of nobody", store.Child{Postcode: "ZZ1 2ZZ"}, "", "South", "di"},
	} {
		r := aRequest("a form")
		r.Child.District, r.Child.Postcode, r.Child.Setting = v.child.District, v.child.Postcode, v.child.Setting
		got, err := acts.Consider(ctx, officer, r)
		if err != nil {
			t.Fatal(err)
		}
		if a := got.Allotment; a.District != v.district || a.Team != v.team || a.Officer != v.officer {
			t.Errorf("%s: %q, %q, %q: %s", v.name, a.District, a.Team, a.Officer, a.Why)
		}
	}
}

func TestTakeMakesOneCaseByTheLaw(t *testing.T) {
	acts := &Casework{county(t, filepath.Join(t.TempDir(), "record.db"))}
	r := aRequest("a form")
	r.Child.Officer = "ada"
	if _, err := acts.Take(ctx, inspector, r); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an inspector: %v", err)
	}
	var no *law.Refusal
	wrong := *r
	wrong.Received = testkit.Today + 1
	if _, err := acts.Take(ctx, officer, &wrong); !errors.As(err, &no) {
		t.Errorf("a day to come: %v", err)
	}
	wrong = *r
	wrong.Child.Officer = "nobody"
	if _, err := acts.Take(ctx, officer, &wrong); !errors.As(err, &no) {
		t.Errorf("a person who is none: %v", err)
	}
	id, err := acts.Take(ctx, officer, r)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := acts.Take(ctx, officer, r); err != nil || again != id {
		t.Errorf("sent again: %s, %v", again, err)
	}
	f, err := acts.Case(ctx, officer, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	if f.Child.Reference != "WM-0101" || f.Child.Officer != "ada" || f.Child.Team != "North" || len(f.Entries) != 1 || f.Entries[0].Event.On != testkit.Today-3 || len(f.Seen) == 0 {
		t.Errorf("%+v %+v", f.Child, f.Entries)
	}
	list, err := acts.Cases(ctx, officer, CaseFilter{Search: "nell newbury"}, SortDue, "")
	if err != nil || len(list.Rows) != 1 || list.Rows[0].Rule != casework.TellWhetherToAssess {
		t.Errorf("not found at once with its next duty: %+v, %v", list.Rows, err)
	}
}

// Of two people who send the same child at once, on either engine, one makes the
// case and the other is told of it.
func TestTwoMakeTheSameChildAtOnce(t *testing.T) {
	for engine, where := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "record.db") },
		"postgres": func(t *testing.T) string { return postgres.Fresh(t) },
	} {
		t.Run(engine, func(t *testing.T) {
			acts := &Casework{county(t, where(t))}
			const people = 6
			errs := make([]error, people)
			var wait sync.WaitGroup
			for i := range people {
				wait.Go(func() { _, errs[i] = acts.Take(ctx, officer, aRequest(fmt.Sprint("form ", i))) })
			}
			wait.Wait()
			made := 0
			for _, err := range errs {
				var met *AlreadyMade
				switch {
				case err == nil:
					made++
				case !errors.As(err, &met):
					t.Error(err)
				}
			}
			if made != 1 {
				t.Errorf("%d cases were made", made)
			}
		})
	}
}

func TestConsiderSaysWhoAndWhyAndKeepsThatItLooked(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	acts := &Casework{c}
	r := aRequest("a form")
	r.Child = store.Child{Surname: "Hughs", Forename: "Ffion", Born: calendar.On(2020, 2, 3)}
	if _, err := acts.Consider(ctx, officer, r); err != nil {
		t.Fatal(err)
	}
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddChild(ctx, &store.Child{ID: "half", Surname: "Price", Forename: "Gwen", Born: calendar.On(2015, 8, 9)}), tx.SetCase(ctx, "half", &casework.Standing{}, nil),
			tx.SetContacts(ctx, "half", []store.Contact{{Name: "M Price", Phone: "01632 960001"}}), tx.Audit(ctx, "added", "half", ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	r.Contacts = []Contact{{Name: "Mair Hughes", Phone: "01632 960 001"}}
	got, err := acts.Consider(ctx, officer, r)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Family) != 1 || got.Family[0].ID != "half" {
		t.Errorf("a child of the same contact: %+v", got.Family)
	}
	if len(got.Candidates) != 1 || got.Candidates[0].ID != id || got.Candidates[0].Relation != child.SameChild || !strings.Contains(got.Candidates[0].Note, "7 September 2026 is under way") {
		t.Errorf("%+v", got.Candidates)
	}
	f, err := acts.Case(ctx, officer, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(fmt.Sprint(f.Seen), "looked at whether a new request is for this child") {
		t.Errorf("%+v", f.Seen)
	}
	// A second request joins the first and is told of its dates.
	r.Of = id
	if _, err := acts.Take(ctx, officer, r); err != nil {
		t.Fatal(err)
	}
	k, err := acts.Acknowledge(ctx, officer, id)
	if err != nil || k.Received != testkit.Today-3 || k.Decision == nil || k.Decision.Due != calendar.On(2026, 10, 19) || k.Plan == nil || k.Plan.Due != calendar.On(2027, 1, 25) {
		t.Errorf("%+v, %v", k, err)
	}
}

func TestReferencesCountOnInTheirOwnForm(t *testing.T) {
	for last, next := range map[string]string{"": "SEND-000001", "WM-000099": "WM-000100", "WM-999": "WM-1000", "no digits": "SEND-000001", "7": "8"} {
		if got := nextReference(last); got != next {
			t.Errorf("after %q comes %q, want %q", last, got, next)
		}
	}
}
