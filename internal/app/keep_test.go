package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
)

// A record is begun with all of a beginning or with nothing, once, by whoever
// keeps it up.
func TestBegin(t *testing.T) {
	c := fresh(t)
	ctx := context.Background()
	event, err := casework.ParseEvent("2026-09-07 request-received source=parent")
	if err != nil {
		t.Fatal(err)
	}
	b := Beginning{
		What: "two children", Teams: []Team{{ID: "t1", Name: "East"}}, Children: 2,
		People:   []store.Person{{ID: "amina", Name: "Amina Yusuf", Role: string(access.Officer), Team: "East"}},
		Settings: []store.Setting{{ID: "s1", Name: "Oak School"}},
		Child: func(i int) Newcomer {
			return Newcomer{
				Child:   store.Child{ID: ChildID([]string{"a", "b"}[i]), Surname: "Marsh", Forename: "Ann", Born: calendar.On(2016, 3, 4), Team: "East", Officer: "amina", Setting: "s1"},
				Entries: []store.Entry{{Entry: casework.Entry{Event: event}, At: "2026-09-08T09:00:00.000000Z", By: "Amina Yusuf"}},
			}
		},
	}
	acts := &Beginnings{c}
	nobody := func(int, int) {}
	if err := acts.Begin(ctx, access.User{ID: "amina", Name: "Amina", Role: access.Officer}, b, nobody); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer began a record: %v", err)
	}
	program := access.User{ID: "weald", Name: "Weald", Role: access.Program}
	broken := b
	broken.Child = func(i int) Newcomer { n := b.Child(i); n.Child.ID = "same"; return n }
	if err := acts.Begin(ctx, program, broken, nobody); err == nil {
		t.Fatal("two children of one ID were kept")
	}
	children := 0
	if err := acts.Begin(ctx, program, b, func(n, _ int) { children = n }); err != nil || children != 2 {
		t.Fatalf("after a beginning that failed: %v, %d children", err, children)
	}
	f, err := (&Casework{c}).Case(ctx, program, "a", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Entries) != 1 || f.Entries[0].By != "Amina Yusuf" || f.Entries[0].Recorded != calendar.On(2026, 9, 8) || f.Child.Team != "East" {
		t.Errorf("it came back as %+v %+v", f.Child, f.Entries)
	}
	if n, err := (&Casework{c}).Rebuild(ctx, program); err != nil || n != 2 {
		t.Errorf("rebuilding: %d, %v", n, err)
	}
	var full *NotEmpty
	if err := acts.Begin(ctx, program, b, nobody); !errors.As(err, &full) || !strings.Contains(full.Error(), "2 children") {
		t.Errorf("begun again: %v", err)
	}
}
