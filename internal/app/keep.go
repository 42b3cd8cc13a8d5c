package app

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
)

// A Newcomer is a child new to the record, with what is to be kept of them.
type Newcomer = store.Newcomer

// workOut works out where newcomers' cases stand and what is still to be done,
// and makes them ready to be written.
func (c *Core) workOut(clock *casework.Clock, closures []casework.SettingClosure, today calendar.Date, newcomers []Newcomer) *store.Bulk {
	for i := range newcomers {
		n := &newcomers[i]
		journal := make(casework.Journal, len(n.Entries))
		for j, e := range n.Entries {
			journal[j] = e.Entry
			journal[j].Seq = j + 1
		}
		k := casework.Case{Born: n.Child.Born, Closures: closures, Events: journal.Events(0)}
		reading := clock.Read(&k, today)
		n.Standing, n.Duties = reading.Standing(&k), duties(&reading)
	}
	return store.NewBulk(newcomers)
}

// together is how many newcomers are worked out and written at a time.
const together = 256

// A Beginning is what a record starts with.
type Beginning struct {
	What     string // for the audit: what it is, and how it could be had again
	Teams    []Team
	People   []store.Person
	Settings []store.Setting
	Closures []casework.SettingClosure
	Children int
	Child    func(i int) Newcomer // the child in a place from 0; called by several goroutines at once
	Partners Partners
}

// Partners is the organisations with which a record starts, who belongs to them,
// and the families who may sign in.
type Partners struct {
	Organisations []store.Organisation
	People        []store.Person
	Memberships   []store.Membership
	Ties          []ChildTie
	Involvements  []ChildInvolvement
}

// A ChildTie is what somebody is to one child.
type ChildTie struct {
	Child ChildID
	store.Tie
}

// A ChildInvolvement is what an organisation has to do with one child.
type ChildInvolvement struct {
	Child ChildID
	store.Involvement
}

// begin writes the partners with which a record starts.
func (p *Partners) begin(ctx context.Context, tx *store.Tx) error {
	for i := range p.Organisations {
		if err := tx.SetOrganisation(ctx, &p.Organisations[i]); err != nil {
			return err
		}
	}
	for i := range p.People {
		one := &p.People[i]
		if err := errors.Join(tx.SetPerson(ctx, one), tx.OpenAccount(ctx, one.ID), tx.AddMeans(ctx, &store.Means{PersonID: one.ID, Kind: store.EmailMeans, Value: store.EmailValue(one.Email)})); err != nil {
			return err
		}
	}
	for i := range p.Memberships {
		if err := tx.AddMembership(ctx, &p.Memberships[i]); err != nil {
			return err
		}
	}
	for i := range p.Ties {
		if err := tx.AddTie(ctx, p.Ties[i].Child, &p.Ties[i].Tie); err != nil {
			return err
		}
	}
	for i := range p.Involvements {
		if err := tx.AddInvolvement(ctx, p.Involvements[i].Child, &p.Involvements[i].Involvement); err != nil {
			return err
		}
	}
	return nil
}

// A Team is a team of officers.
type Team struct{ ID, Name string }

// NotEmpty is returned when a record that was to be begun holds something
// already. Nothing was changed.
type NotEmpty struct{ Holds string }

func (e *NotEmpty) Error() string { return "the record is not empty: it holds " + e.Holds }

// Beginnings is how a record is begun.
type Beginnings struct{ *Core }

// Begin puts everything that a record starts with into an empty one: all of it
// or nothing, however it is interrupted. Children are worked out on every core
// and written in their order, so that the same beginning makes the same record
// on any machine. From time to time it says how many children are written.
func (a *Beginnings) Begin(ctx context.Context, by access.User, b Beginning, progress func(children, events int)) error {
	if err := may(by, access.Upkeep); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := a.mustBeEmpty(ctx, tx); err != nil {
			return err
		}
		for _, t := range b.Teams {
			if err := tx.AddTeam(ctx, t.ID, t.Name); err != nil {
				return err
			}
		}
		for i := range b.People {
			if err := tx.SetPerson(ctx, &b.People[i]); err != nil {
				return err
			}
		}
		for i := range b.Settings {
			if err := tx.SetSetting(ctx, &b.Settings[i]); err != nil {
				return err
			}
		}
		for _, c := range b.Closures {
			if err := tx.AddClosure(ctx, c); err != nil {
				return err
			}
		}
		children, events := 0, 0
		err := a.inOrder(ctx, b, func(bulk *store.Bulk) error {
			if err := tx.AddBulk(ctx, bulk); err != nil {
				return err
			}
			children, events = children+bulk.Children, events+bulk.Events
			progress(children, events)
			return nil
		})
		if err != nil {
			return err
		}
		if err := b.Partners.begin(ctx, tx); err != nil {
			return err
		}
		if err := tx.SetWorkedOut(ctx, a.mark()); err != nil {
			return err
		}
		return tx.Audit(ctx, "began the record", "", fmt.Sprintf("%s: %d children, %d events", b.What, children, events))
	})
}

// mustBeEmpty refuses a record that holds children, people or settings.
func (a *Beginnings) mustBeEmpty(ctx context.Context, tx *store.Tx) error {
	children := 0
	if err := tx.Children(ctx, func(*store.Child) error { children++; return nil }); err != nil {
		return err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	settings, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	if children+len(people)+len(settings) > 0 {
		return &NotEmpty{Holds: fmt.Sprintf("%d children, %d people and %d settings", children, len(people), len(settings))}
	}
	return nil
}

// inOrder works out a beginning's children on every core and hands them on in
// their order.
func (a *Beginnings) inOrder(ctx context.Context, b Beginning, write func(*store.Bulk) error) error {
	ctx, stop := context.WithCancel(ctx)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer stop()
	today := a.today()
	parts := (b.Children + together - 1) / together
	n := max(1, runtime.GOMAXPROCS(0))
	// Each worker takes every n-th part, and the parts are taken from the workers
	// in turn: that keeps them in order, and no worker far ahead of the writing.
	made := make([]chan *store.Bulk, n)
	for w := range made {
		made[w] = make(chan *store.Bulk, 2)
		workers.Go(func() {
			clock := casework.NewClock(a.practice)
			for part := w; part < parts; part += n {
				newcomers := make([]Newcomer, 0, together)
				for i := part * together; i < min(b.Children, (part+1)*together); i++ {
					newcomers = append(newcomers, b.Child(i))
				}
				select {
				case made[w] <- a.workOut(clock, b.Closures, today, newcomers):
				case <-ctx.Done():
					return
				}
			}
		})
	}
	for part := range parts {
		select {
		case bulk := <-made[part%n]:
			if err := write(bulk); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
