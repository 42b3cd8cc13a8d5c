package app

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/store"

	"github.com/google/go-cmp/cmp"
)

// many fills a record with children at every stage, and returns their IDs.
func many(t testing.TB, c *Core, n int) (ids []ChildID) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		for _, team := range []string{"East", "West"} {
			if err := tx.AddTeam(ctx, team, team); err != nil {
				return err
			}
		}
		for i := range 4 {
			if err := tx.SetPerson(ctx, &store.Person{ID: fmt.Sprint("p", i), Name: fmt.Sprint("Person ", i), Role: "officer", Team: []string{"East", "West"}[i%2]}); err != nil {
				return err
			}
		}
		for i := range n {
			id := ChildID(fmt.Sprintf("c%04d", i))
			ids = append(ids, id)
			child := store.Child{ID: id, Surname: string(rune('A' + random.IntN(20))), Forename: string(rune('A' + random.IntN(20))), Born: calendar.On(2012, 1, 1) + calendar.Date(random.IntN(3000))}
			child.Team = []string{"East", "West", ""}[random.IntN(3)]
			child.Need = []string{"ASD", "SEMH", ""}[random.IntN(3)]
			if o := random.IntN(5); o < 4 {
				child.Officer = fmt.Sprint("p", o)
			}
			if err := tx.AddChild(ctx, &child); err != nil {
				return err
			}
			if err := setRandom(c, tx, random, id); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "made", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// setRandom has a case stand anywhere.
func setRandom(c *Core, tx *store.Tx, random *rand.Rand, id ChildID) error {
	s := casework.Standing{Stage: casework.Stages[random.IntN(len(casework.Stages))], On: c.today() - calendar.Date(random.IntN(500)), Asked: c.today() - calendar.Date(random.IntN(500))}
	var duties []store.Duty
	for d := range random.IntN(4) {
		duties = append(duties, store.Duty{Rule: "A02", Process: "Request", Nature: "deadline", Binding: random.IntN(2) == 0, Excused: random.IntN(5) == 0,
			Due: c.today() - 60 + calendar.Date(random.IntN(150)), Next: d == 0})
	}
	if len(duties) > 0 && duties[0].Excused {
		duties[0].Next = false
	}
	return tx.SetCase(ctx, id, &s, duties)
}

// everyone reads a list to its end, page by page.
func everyone(t testing.TB, c *Core, f CaseFilter, sort Sort) (rows []CaseRow, first *CaseList) {
	t.Helper()
	after := ""
	for {
		list, err := (&Casework{c}).Cases(context.Background(), officer, f, sort, after)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = list
		}
		rows = append(rows, list.Rows...)
		if after = list.Next; after == "" {
			return rows, first
		}
	}
}

// Whatever is chosen, the numbers beside the choices are the lengths of the
// lists that choosing them gives, and every child is once on the pages.
func TestNumbersOfAListAreItsLengths(t *testing.T) {
	c := fresh(t)
	many(t, c, 400)
	filters := []CaseFilter{{}, {Team: "East"}, {Team: Absent, Need: "ASD"}, {Officer: "p1"}, {Band: OverdueBand}, {Stage: casework.DraftStage}, {Older: "6-12"}, {Team: "West", Band: SoonBand, Need: "SEMH"}, {Team: "nowhere"}}
	for _, f := range filters {
		for _, sort := range Sorts {
			rows, first := everyone(t, c, f, sort)
			seen := map[ChildID]bool{}
			var total Tally
			for i, r := range rows {
				if seen[r.ID] {
					t.Fatalf("%+v by %q: %s is listed twice", f, sort, r.ID)
				}
				seen[r.ID] = true
				total.Children++
				total.Overdue += r.Overdue
				total.Breaches += r.Breaches
				if i > 0 && sort == SortName && rows[i-1].Surname > r.Surname {
					t.Errorf("%s comes after %s", r.Surname, rows[i-1].Surname)
				}
			}
			if total != first.Total {
				t.Errorf("%+v: the head says %+v and the rows %+v", f, first.Total, total)
			}
			if sort != SortDue {
				continue
			}
			check := func(what string, n int, f CaseFilter) {
				if rows, _ := everyone(t, c, f, sort); len(rows) != n {
					t.Errorf("%s says %d and its list has %d", what, n, len(rows))
				}
			}
			for b, tally := range first.Bands {
				g := f
				g.Band = Bands[b]
				check(string(g.Band), tally.Children, g)
			}
			for _, o := range first.Teams {
				g := f
				g.Team = o.Value
				check(o.Label, o.Children, g)
			}
			for _, o := range first.Stages {
				g := f
				g.Stage = casework.Stage(o.Value)
				check(o.Label, o.Children, g)
			}
			for _, o := range first.Needs {
				g := f
				g.Need = o.Value
				check(o.Label, o.Children, g)
			}
			for _, o := range first.Officers {
				g := f
				g.Officer = o.Value
				check(o.Label, o.Children, g)
			}
		}
	}
}

// What is kept in memory, changed line by line, is what a program that starts
// now reads from the record.
func TestCaseloadKeepsUp(t *testing.T) {
	c := fresh(t)
	ids := many(t, c, 300)
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 30 {
		if _, err := (&Casework{c}).Cases(ctx, officer, CaseFilter{}, SortDue, ""); err != nil {
			t.Fatal(err)
		}
		err := c.db.Write(ctx, program, func(tx *store.Tx) error {
			for range 1 + random.IntN(5) {
				if err := setRandom(c, tx, random, ids[random.IntN(len(ids))]); err != nil {
					return err
				}
			}
			return tx.Audit(ctx, "changed", "", "")
		})
		if err != nil {
			t.Fatal(err)
		}
		if round%10 != 9 {
			continue
		}
		for _, sort := range Sorts {
			for _, f := range []CaseFilter{{}, {Team: "East", Band: OverdueBand}} {
				kept, first := everyone(t, c, f, sort)
				again, then := everyone(t, New(c.db, c.practice, c.today), f, sort)
				for _, l := range []*CaseList{then, first} {
					l.Rows, l.Next = nil, ""
				}
				if d := cmp.Diff(then, first); d != "" {
					t.Fatal(d)
				}
				for i := range kept {
					if kept[i].ID != again[i].ID || kept[i].Days != again[i].Days {
						t.Fatalf("%+v by %q: place %d holds %s, and %s when read again", f, sort, i, kept[i].ID, again[i].ID)
					}
				}
			}
		}
	}
}

// A child is found by a parent's name, with a slip in it, and the list says why;
// and no longer once the parent is not recorded any more.
func TestChildIsFoundByAParentsName(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	around := func(contacts ...store.Contact) {
		t.Helper()
		err := c.db.Write(ctx, program, func(tx *store.Tx) error {
			return errors.Join(tx.SetContacts(ctx, id, contacts), tx.Audit(ctx, "changed who is around", string(id), ""))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	find := func(typed string) *CaseList {
		t.Helper()
		list, err := (&Casework{c}).Cases(ctx, officer, CaseFilter{Search: typed}, SortDue, "")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if len(find("Wojciechowska").Rows) != 0 {
		t.Fatal("she is found before she is there")
	}
	around(store.Contact{Name: "Agnieszka Wojciechowska", Relation: "mother"})
	for _, typed := range []string{"Wojciechowska", "agnieszka wojciechowska", "Wojciechovska"} {
		if list := find(typed); len(list.Rows) != 1 || !strings.Contains(list.Rows[0].Reason, "contact") {
			t.Errorf("%s: %+v", typed, list.Rows)
		}
	}
	around(store.Contact{Name: "Rhys Hughes", Relation: "father"})
	if len(find("Wojciechowska").Rows) != 0 {
		t.Error("she is found after she has gone")
	}
}
