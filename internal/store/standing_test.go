package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"weald/calendar"
	"weald/domain/access"
)

// A list holds a child exactly when asking about that child alone would be
// allowed: whoever asks, in whatever capacity, on whatever day, for whatever the
// policy names.
func TestListsAndDecisionsAgree(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		r := rand.New(rand.NewPCG(3, 20261124))
		today := day(t, "2026-11-24")
		children, people, orgs := pretendStandings(t, db, r, today)
		asked, let := 0, 0
		read(t, db, func(ctx context.Context, tx *Tx) error {
			for _, person := range people {
				for _, role := range []access.Role{access.Officer, access.Manager, access.Program, access.Family, access.Supporter, access.Senco, access.Teacher, access.Clinician, access.Designated, access.Board, ""} {
					for _, org := range append(orgs, "") {
						u := access.User{ID: person, Role: role, Org: org}
						on := today.AddDays(r.IntN(41) - 20)
						standings := map[ChildID]*access.Standing{}
						for _, id := range children {
							s, err := tx.Standing(ctx, u, id, on)
							if err != nil {
								return err
							}
							standings[id] = s
						}
						for _, rule := range access.Policy {
							if slices.Contains(u.Relations(rule.Permission), access.NoChild) {
								continue
							}
							list, err := tx.Reach(ctx, u, rule.Permission, on)
							if err != nil {
								return err
							}
							for _, id := range children {
								d := access.Decide(u, rule.Permission, standings[id])
								if asked++; d.May {
									let++
								}
								if in := slices.Contains(list, id); in != d.May {
									t.Fatalf("%s as %q of %q may %s %s: the list says %v, the decision %+v of %+v", person, role, org, rule.Permission, id, in, d, standings[id])
								}
							}
						}
					}
				}
			}
			return nil
		})
		if let < 1000 || let > asked/2 {
			t.Errorf("of %d questions %d were answered with yes: too few or too many to show anything", asked, let)
		}
	})
}

func pretendStandings(t *testing.T, db *DB, r *rand.Rand, today calendar.Date) (children []ChildID, people, orgs []string) {
	t.Helper()
	some := func() (from, until calendar.Date) {
		from = today.AddDays(r.IntN(30) - 25)
		if r.IntN(2) == 0 {
			until = from.AddDays(r.IntN(40))
		}
		return from, until
	}
	write(t, db, func(ctx context.Context, tx *Tx) error {
		for i := range 5 {
			s, o := Setting{ID: fmt.Sprint("s", i), Name: fmt.Sprint("School ", i)}, Organisation{ID: fmt.Sprint("o", i), Name: "Organisation", Kind: access.Setting}
			if i < 3 {
				o.Setting = s.ID
			}
			if err := errors.Join(tx.SetSetting(ctx, &s), tx.SetOrganisation(ctx, &o)); err != nil {
				return err
			}
			orgs = append(orgs, o.ID)
		}
		for i := range 6 {
			p := Person{ID: fmt.Sprint("p", i), Name: fmt.Sprint("Person ", i)}
			if err := tx.SetPerson(ctx, &p); err != nil {
				return err
			}
			people = append(people, p.ID)
		}
		for i := range 24 {
			c := Child{ID: ChildID(fmt.Sprint("c", i)), Surname: "Surname", Forename: fmt.Sprint("F", i)}
			if i > 1 { // two have no known day of birth
				c.Born = today.AddDays(-r.IntN(365 * 20))
			}
			if r.IntN(2) == 0 {
				c.Setting = fmt.Sprint("s", r.IntN(5))
			}
			if err := tx.AddChild(ctx, &c); err != nil {
				return err
			}
			children = append(children, c.ID)
			for range r.IntN(4) {
				tie := Tie{PersonID: people[r.IntN(len(people))], Tie: access.Tie{Kind: access.TieKinds[r.IntN(4)].Kind, Limit: access.Limits[r.IntN(6)%3].Limit, Say: access.Says[r.IntN(3)].Say}}
				tie.From, tie.Until = some()
				if err := tx.AddTie(ctx, c.ID, &tie); err != nil {
					return err
				}
				if r.IntN(5) == 0 {
					if err := tx.EndTie(ctx, c.ID, tie.ID); err != nil {
						return err
					}
				}
			}
			for range r.IntN(3) {
				v := Involvement{Org: orgs[r.IntN(len(orgs))], Kind: []access.Relation{access.Consulted, access.Helping}[r.IntN(2)]}
				v.From, v.Until = some()
				if err := tx.AddInvolvement(ctx, c.ID, &v); err != nil {
					return err
				}
				if r.IntN(4) == 0 {
					if err := tx.EndInvolvement(ctx, c.ID, v.ID); err != nil {
						return err
					}
				}
			}
			if r.IntN(4) == 0 {
				if err := tx.SealCase(ctx, c.ID, "adoption"); err != nil {
					return err
				}
				if r.IntN(4) == 0 {
					if err := tx.UnsealCase(ctx, c.ID); err != nil {
						return err
					}
				}
			}
			for range r.IntN(3) {
				if err := tx.AddStanding(ctx, c.ID, people[r.IntN(len(people))], []string{NamedStanding, InterestStanding}[r.IntN(2)], "because"); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return children, people, orgs
}

// Who may not see whom, as lists in memory have it, is what the decision says of
// the council's people.
func TestRestrictionsAreTheDecisions(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		today := day(t, "2026-11-24")
		children, people, _ := pretendStandings(t, db, rand.New(rand.NewPCG(7, 1)), today)
		read(t, db, func(ctx context.Context, tx *Tx) error {
			all, err := tx.Restrictions(ctx, today)
			if err != nil {
				return err
			}
			for _, person := range people {
				u := access.User{ID: person, Role: access.Officer}
				hidden := all.Hidden(person)
				for _, id := range children {
					s, err := tx.Standing(ctx, u, id, today)
					if err != nil {
						return err
					}
					if d := access.Decide(u, access.CaseSee, s); d.May == slices.Contains(hidden, id) {
						t.Errorf("%s and %s: %+v, hidden %v", person, id, d, !d.May)
					}
				}
			}
			return nil
		})
	})
}

// A membership lets somebody act from its first day to its last and no longer,
// and what a person may act as is told in order.
func TestCapacities(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		today := day(t, "2026-11-24")
		var cover Membership
		write(t, db, func(ctx context.Context, tx *Tx) error {
			m := Membership{Org: "elm", PersonID: "sue", Role: access.Senco, Admin: true, From: today - 100}
			cover = Membership{Org: "elm", PersonID: "kit", Role: access.Senco, From: today, Until: today + 20}
			return errors.Join(
				tx.SetOrganisation(ctx, &Organisation{ID: "elm", Name: "Elm Primary", Kind: access.Setting}),
				tx.SetPerson(ctx, &Person{ID: "sue", Name: "Sue"}), tx.SetPerson(ctx, &Person{ID: "kit", Name: "Kit"}),
				tx.AddChild(ctx, &Child{ID: "c", Surname: "S", Forename: "F"}),
				tx.AddMembership(ctx, &m), tx.AddMembership(ctx, &cover),
				tx.AddTie(ctx, "c", &Tie{PersonID: "sue", Tie: access.Tie{Kind: access.ParentTie, From: today - 1}}),
				tx.Allocate(ctx, "elm", "c", "sue"))
		})
		as := func(person string, on calendar.Date) (all []access.Role) {
			read(t, db, func(ctx context.Context, tx *Tx) error {
				got, err := tx.Capacities(ctx, person, on)
				for _, c := range got {
					all = append(all, c.Role)
				}
				return err
			})
			return all
		}
		if got := as("sue", today); !slices.Equal(got, []access.Role{access.Senco, access.Family}) {
			t.Errorf("sue may act as %v", got)
		}
		for on, want := range map[calendar.Date]int{today - 1: 0, today: 1, today + 20: 1, today + 21: 0} {
			if got := as("kit", on); len(got) != want {
				t.Errorf("on %s kit may act as %v", on, got)
			}
		}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			n, err := tx.Reallocate(ctx, "elm", "sue", "kit")
			if n != 1 {
				t.Errorf("%d children were handed over", n)
			}
			return errors.Join(err, tx.EndMembership(ctx, "elm", cover.ID))
		})
		if got := as("kit", today); len(got) != 0 {
			t.Errorf("ended, and still acts as %v", got)
		}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			if err := tx.EndMembership(ctx, "oak", cover.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("another organisation's was ended: %v", err)
			}
			return nil
		})
	})
}
