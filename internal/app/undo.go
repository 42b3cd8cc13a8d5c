package app

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/sen2"
	"weald/internal/store"
)

// A LoadRecord is a load as the record keeps it.
type LoadRecord = store.Load

// An Obstacle is what stands in the way of undoing a load.
type Obstacle = store.Obstacle

// Loads returns every load of the record, newest first.
func (a *Returns) Loads(ctx context.Context, by access.User) (loads []store.Load, err error) {
	if err := may(by, access.ReturnBuild); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) { loads, err = tx.Loads(ctx); return err })
	return loads, err
}

// InTheWay is returned when a load cannot be undone: something was built upon it.
type InTheWay struct{ Obstacles []store.Obstacle }

func (e *InTheWay) Error() string {
	var parts []string
	for _, o := range e.Obstacles {
		parts = append(parts, fmt.Sprintf("%s has %s", o.Name, ObstacleWords(o)))
	}
	return "something was built upon this load since: " + strings.Join(parts, "; ")
}

// ObstacleWords says what stands in the way.
func ObstacleWords(o store.Obstacle) string {
	what := map[string]string{
		"events": "recorded since", "notes": "notes", "contacts": "people around them entered", "documents": "documents",
		"plans": "plans written", "load_children": "a later return taken in",
		"withholdings": "parts marked to be held back", "retention_holds": "a hold on erasing it", "return_acts": "queries explained",
	}[o.What]
	if o.What == "events" {
		return fmt.Sprintf("%d events %s", o.Count, what)
	}
	return what
}

// mostObstacles is how many things in the way are listed.
const mostObstacles = 50

// Undo takes a load back: the children that it made go, and what it added to
// others is struck out. It is refused with [*InTheWay] when something was built
// upon it since. The audit keeps that it was loaded, by whom, and why it was
// taken back.
func (a *Returns) Undo(ctx context.Context, by access.User, load, reason string) (children int, err error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return 0, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		l, err := tx.Load(ctx, load)
		if err != nil {
			return err
		}
		if l.UndoneAt != "" {
			return ErrNotFound
		}
		obstacles, err := tx.Obstacles(ctx, load, mostObstacles)
		if err != nil {
			return err
		}
		if len(obstacles) > 0 {
			return &InTheWay{obstacles}
		}
		added, err := tx.LoadChildren(ctx, load)
		if err != nil {
			return err
		}
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		clock := casework.NewClock(a.practice)
		for _, c := range added {
			if err := a.takeBack(ctx, tx, clock, closures, l, c); err != nil {
				return err
			}
		}
		if children, err = tx.RemoveMade(ctx, load); err != nil {
			return err
		}
		if err := tx.RetireLoad(ctx, load, reason); err != nil {
			return err
		}
		return tx.Audit(ctx, "undid a load", load, fmt.Sprintf("%s: %d children taken out, %d put back as they were: %s", l.Name, children, len(added), reason))
	})
	return children, err
}

// takeBack strikes out what a load added to a child, and puts the rest back.
func (a *Returns) takeBack(ctx context.Context, tx *store.Tx, clock *casework.Clock, closures []casework.SettingClosure, l *store.Load, c store.LoadChild) error {
	var before was
	if err := json.Unmarshal([]byte(c.Before), &before); err != nil {
		return fmt.Errorf("reading what a child was: %w", err)
	}
	now, err := tx.Child(ctx, c.ID)
	if err != nil {
		return err
	}
	// Only what the load filled in goes back: who has the child may have changed.
	for _, f := range []struct{ now, was *string }{{&now.UPN, &before.Child.UPN}, {&now.ULN, &before.Child.ULN}, {&now.Sex, &before.Child.Sex}, {&now.Postcode, &before.Child.Postcode},
		{&now.Need, &before.Child.Need}, {&now.Surname, &before.Child.Surname}, {&now.Forename, &before.Child.Forename}} {
		if *f.was == "" {
			*f.now = ""
		}
	}
	if before.Child.Born.IsZero() {
		now.Born = 0
	}
	if c.First > 0 {
		entries, err := tx.Journal(ctx, c.ID)
		if err != nil {
			return err
		}
		var struck []store.Entry
		for _, e := range entries {
			if e.Seq >= c.First && e.Seq <= c.Last {
				struck = append(struck, store.Entry{Entry: casework.Entry{Event: e.Event, Replaces: e.Seq, Struck: true}, Provenance: "the load of " + l.Name + " was undone"})
			}
		}
		if err := tx.AddEvents(ctx, c.ID, struck); err != nil {
			return err
		}
		if entries, err = tx.Journal(ctx, c.ID); err != nil {
			return err
		}
		k := casework.Case{Born: now.Born, Closures: closures, Events: store.Events(entries).Events(0)}
		if err := a.setCase(ctx, tx, clock, c.ID, &k); err != nil {
			return err
		}
	}
	if err := tx.SetChild(ctx, now); err != nil {
		return err
	}
	if before.Returned == nil {
		err = tx.DropReturned(ctx, c.ID)
	} else {
		err = tx.SetReturned(ctx, c.ID, *before.Returned)
	}
	if err != nil {
		return err
	}
	return tx.Audit(ctx, "took back what a return had said", string(c.ID), l.Name)
}

// A Waiting is a person of a return who may be a child of the record.
type Waiting struct {
	N          int
	Person     *sen2.Person
	Because    string
	Candidates []store.Child
}

// Waiting returns a load and the people in it of whom somebody has to say who
// they are.
func (a *Returns) Waiting(ctx context.Context, by access.User, load string) (l *store.Load, all []Waiting, err error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return nil, nil, err
	}
	// Whoever sees a child's details is kept, so this reads in a writing transaction.
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if l, err = tx.Load(ctx, load); err != nil {
			return err
		}
		waits, err := tx.LoadsWaiting(ctx, load)
		if err != nil {
			return err
		}
		for _, w := range waits {
			if w.Decision != "" || l.UndoneAt != "" {
				continue
			}
			one := Waiting{N: w.N, Because: w.Because}
			if one.Person, err = readFragment(w.Person); err != nil {
				return err
			}
			for id := range strings.FieldsSeq(w.Candidates) {
				c, err := tx.Child(ctx, store.ChildID(id))
				if errors.Is(err, store.ErrNotFound) {
					continue
				} else if err != nil {
					return err
				}
				one.Candidates = append(one.Candidates, *c)
				if err := tx.Audit(ctx, "looked at whether a person of a return is this child", id, w.Because); err != nil {
					return err
				}
			}
			all = append(all, one)
		}
		return tx.Audit(ctx, "looked at who waits of a load", load, l.Name)
	})
	return l, all, err
}

func readFragment(text string) (p *sen2.Person, err error) {
	err = sen2.ReadFragments(one(text), func(q *sen2.Person) error { p = q.Clone(); return nil })
	return p, err
}

// Decisions on somebody who waits, besides the ID of the child who they are.
const (
	AnotherChild = "new"
	LeftOut      = "none"
)

// Decide says who a person of a load is: a child of the record, another child, or
// nobody to take in.
func (a *Returns) Decide(ctx context.Context, by access.User, load string, n int, who string) (*Loaded, error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return nil, err
	}
	done := &Loaded{}
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		kept, err := tx.Load(ctx, load)
		if err != nil {
			return err
		}
		done.Load = *kept
		waits, err := tx.LoadsWaiting(ctx, load)
		if err != nil {
			return err
		}
		var w *store.LoadWaiting
		for i := range waits {
			if waits[i].N == n && waits[i].Decision == "" {
				w = &waits[i]
			}
		}
		if w == nil || kept.UndoneAt != "" {
			return ErrNotFound
		}
		candidate := false
		for id := range strings.FieldsSeq(w.Candidates) {
			candidate = candidate || id == who
		}
		if !candidate && who != AnotherChild && who != LeftOut {
			return ErrNotFound
		}
		if err := tx.DecideLoadWaiting(ctx, load, n, who); err != nil {
			return err
		}
		if who == LeftOut {
			return tx.Audit(ctx, "left a person of a return out", load, fmt.Sprintf("person %d of %s", n, kept.Name))
		}
		p, err := readFragment(w.Person)
		if err != nil {
			return err
		}
		p.Number = n
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		digest, err := hex.DecodeString(kept.Digest)
		if err != nil {
			return fmt.Errorf("reading a load: %w", err)
		}
		l := &loading{Returns: a, tx: tx, done: done, digest: digest, closures: closures, clock: casework.NewClock(a.practice),
			header: sen2.Header{Year: kept.Year, LEA: kept.Authority, ReferenceDate: sen2.CensusDays[kept.Year]}}
		if candidate {
			c, err := tx.Child(ctx, store.ChildID(who))
			if err != nil {
				return err
			}
			if err := l.into(ctx, p, c); err != nil {
				return err
			}
		} else {
			newcomer, err := l.newcomer(p)
			if err != nil {
				return err
			}
			// Made later than the load, the child's events are of the load all the same.
			for i := range newcomer.Entries {
				newcomer.Entries[i].At, newcomer.Entries[i].By = kept.At, by.Name
			}
			l.waiting = append(l.waiting, newcomer)
			if err := l.keep(ctx); err != nil {
				return err
			}
		}
		if err := tx.CountLoad(ctx, &done.Load); err != nil {
			return err
		}
		return tx.Audit(ctx, "said who a person of a return is", load, fmt.Sprintf("person %d of %s: %s", n, kept.Name, map[bool]string{true: "a child of the record", false: "another child"}[candidate]))
	})
	if err != nil {
		return nil, err
	}
	return done, nil
}
