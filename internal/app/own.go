package app

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// Own is what families, settings and services see of the children with whom they
// have to do: the same events, days and duties that the council's people see.
type Own struct{ *Core }

// Key returns by what the pages of one person name a child: it is that person's
// own, in the capacity in which they act, and means nothing to anybody else.
func Key(by access.User, id ChildID) string {
	sum := sha256.Sum256([]byte("child\x00" + by.ID + "\x00" + by.Org + "\x00" + string(id)))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:16])
}

// find returns the child that a key of a person's own names. ErrNotFound: it
// names none, or none with whom they may do this any more.
func (c *Core) find(ctx context.Context, tx *store.Tx, by access.User, p access.Permission, key string) (ChildID, error) {
	ids, err := c.within(ctx, tx, by, p)
	if err != nil {
		return "", err
	}
	for _, id := range ids {
		if Key(by, id) == key {
			return id, nil
		}
	}
	return "", ErrNotFound
}

// An OwnChild is a child as a list of one's own has them.
type OwnChild struct {
	Key      string
	Name     string
	Forename string
	Born     calendar.Date
	Stage    casework.Stage
	Next     *casework.Duty // what the authority owes first; nil: nothing
	Late     int            // duties that are overdue
	Who      string         // who at the reader's organisation looks after the child, by name; "": nobody
	WhoID    string
	Young    bool // they are a young person, and decide
}

// Children returns those with whom a person may do something, by surname. That
// the list was seen is kept with each child.
func (a *Own) Children(ctx context.Context, by access.User, p access.Permission) (all []OwnChild, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		ids, err := a.within(ctx, tx, by, p)
		if err != nil {
			return err
		}
		who, err := a.lookingAfter(ctx, tx, by)
		if err != nil {
			return err
		}
		for _, id := range ids {
			child, err := tx.Child(ctx, id)
			if err != nil {
				return err
			}
			k, err := a.caseOf(ctx, tx, child)
			if err != nil {
				return err
			}
			reading := casework.NewClock(a.practice).Read(k, a.today())
			one := OwnChild{Key: Key(by, id), Name: child.Name(), Forename: child.Forename, Born: child.Born, Stage: reading.Standing(k).Stage}
			one.Young = !child.Born.IsZero() && a.today() > calendar.EndOfCompulsorySchoolAge(child.Born)
			one.Next, one.Late = owed(&reading)
			if m := who[id]; m != nil {
				one.Who, one.WhoID = m.Name, m.PersonID
			}
			all = append(all, one)
			if err := tx.Audit(ctx, "saw the child in a list of their own", string(id), by.Role.Label()); err != nil {
				return err
			}
		}
		if len(ids) == 0 {
			return tx.Audit(ctx, "saw a list of their own, with nobody in it", personSubject(by.ID), "")
		}
		return nil
	})
	return all, err
}

// owed returns what is owed first of what the authority and others owe, and how
// much is overdue.
func owed(reading *casework.Reading) (next *casework.Duty, late int) {
	var todo []*casework.Duty
	for i := range reading.Duties {
		d := &reading.Duties[i]
		if d.Rule.Nature != law.Deadline || !d.Open() {
			continue
		}
		todo = append(todo, d)
		if d.Status == casework.Overdue {
			late++
		}
	}
	slices.SortStableFunc(todo, func(x, y *casework.Duty) int { return int(x.Due - y.Due) })
	return Next(todo, reading.Today), late
}

// lookingAfter returns who at the reader's organisation looks after which child.
func (c *Core) lookingAfter(ctx context.Context, tx *store.Tx, by access.User) (map[ChildID]*Membership, error) {
	if by.Org == "" {
		return nil, nil
	}
	allocated, err := tx.Allocations(ctx, by.Org)
	if err != nil || len(allocated) == 0 {
		return nil, err
	}
	members, err := tx.Memberships(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	who := map[ChildID]*Membership{}
	for id, person := range allocated {
		for i := range members {
			if m := &members[i]; m.PersonID == person && m.InForce(c.today()) {
				who[id] = m
			}
		}
	}
	return who, nil
}

// An OwnFile is a child's case as their family, setting or service sees it.
type OwnFile struct {
	OwnChild
	Today    calendar.Date
	Relation access.Relation // by which the reader sees it
	Decides  bool            // the reader has the rights
	Hidden   bool            // the reader may not be told where the child lives or is educated
	Setting  string          // "" when not recorded or not to be told
	Officer  store.Person    // who has the case; no ID: nobody
	Cover    store.Person    // who stands in for them today; no ID: nobody
	Reading  casework.Reading
	Happened []casework.Event // the latest first
	Seers    []Seer
}

// A Seer is somebody, or all of some organisation, who may see a child's case.
type Seer struct {
	Who, As string
	You     bool
}

// Open opens a child's case for somebody whose own it is. That it was opened is
// kept.
func (a *Own) Open(ctx context.Context, by access.User, p access.Permission, key string) (f *OwnFile, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, p, key)
		if err != nil {
			return err
		}
		s, err := a.standingIn(ctx, tx, by, p, id)
		if err != nil {
			return err
		}
		if f, err = a.own(ctx, tx, by, id, s); err != nil {
			return err
		}
		f.Relation = access.Decide(by, p, s).Relation
		f.Decides = access.Decide(by, access.OwnDecide, s).May
		return tx.Audit(ctx, "opened the case as their own", string(id), by.Role.Label())
	})
	return f, err
}

func (a *Own) own(ctx context.Context, tx *store.Tx, by access.User, id ChildID, s *access.Standing) (*OwnFile, error) {
	child, err := tx.Child(ctx, id)
	if err != nil {
		return nil, err
	}
	k, err := a.caseOf(ctx, tx, child)
	if err != nil {
		return nil, err
	}
	f := &OwnFile{Today: a.today(), Hidden: s.Hidden(), Reading: casework.NewClock(a.practice).Read(k, a.today())}
	f.OwnChild = OwnChild{Key: Key(by, id), Name: child.Name(), Forename: child.Forename, Born: child.Born, Stage: f.Reading.Standing(k).Stage, Young: s.Young()}
	f.Next, f.Late = owed(&f.Reading)
	who, err := a.lookingAfter(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	if m := who[id]; m != nil {
		f.Who, f.WhoID = m.Name, m.PersonID
	}
	if !f.Hidden {
		if _, f.Setting, err = tx.Named(ctx, id); err != nil {
			return nil, err
		}
	}
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	if p := personNamed(people, child.Officer); p != nil {
		f.Officer = *p
		if c := personNamed(people, p.Cover); c != nil && p.Away(f.Today) {
			f.Cover = *c
		}
	}
	for _, e := range slices.Backward(k.Events) {
		if e.On <= f.Today && e.Kind != casework.NotRecorded && e.Kind != casework.RecordBegins {
			f.Happened = append(f.Happened, e)
		}
	}
	f.Seers, err = a.seers(ctx, tx, by, id, f)
	return f, err
}

// seers returns who may see a child's case, in words: people of the family by
// name, organisations as a whole. Where the reader may not know where the child
// is educated, settings are left out.
func (a *Own) seers(ctx context.Context, tx *store.Tx, by access.User, id ChildID, f *OwnFile) ([]Seer, error) {
	all := []Seer{{Who: "The SEND team of the council", As: "does what the law asks of the council"}}
	ties, err := tx.Ties(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, t := range ties {
		s := &access.Standing{On: f.Today, Born: f.Born, Ties: []access.Tie{t.Tie}}
		role := access.Family
		if t.Kind == access.SupportTie {
			role = access.Supporter
		}
		if !t.Ended && access.Decide(access.User{ID: t.PersonID, Role: role}, access.OwnSee, s).May {
			all = append(all, Seer{t.Name, t.Kind.Words(), t.PersonID == by.ID})
		}
	}
	if f.Setting != "" {
		all = append(all, Seer{Who: f.Setting, As: "teaches " + f.Forename})
	}
	orgs, err := tx.Involvements(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, o := range orgs {
		switch {
		case !o.InForce(f.Today), f.Hidden && o.Kind == access.Consulted:
		case o.Kind == access.Consulted:
			all = append(all, Seer{Who: o.OrgName, As: "is asked if it has a place"})
		default:
			all = append(all, Seer{Who: o.OrgName, As: "gives advice or help"})
		}
	}
	return all, nil
}

// Allocate says who at the reader's organisation looks after a child of theirs;
// membership "" puts the child on the shared list.
func (a *Own) Allocate(ctx context.Context, by access.User, key, membership string) error {
	if by.Org == "" {
		return ErrNotAllowed
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.OurSee, key)
		if err != nil {
			return err
		}
		person, name := "", "the shared list"
		if membership != "" {
			members, err := tx.Memberships(ctx, by.Org)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(members, func(m Membership) bool { return m.ID == membership && m.InForce(a.today()) })
			if at < 0 {
				return &law.Refusal{Because: "Choose somebody who belongs here today."}
			}
			person, name = members[at].PersonID, members[at].Name
		}
		return errors.Join(tx.Allocate(ctx, by.Org, id, person), tx.Audit(ctx, "chose who looks after the child at an organisation", string(id), name))
	})
}

// Colleagues returns who belongs to the reader's organisation today.
func (a *Own) Colleagues(ctx context.Context, by access.User) (all []Membership, err error) {
	if by.Org == "" {
		return nil, ErrNotAllowed
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		members, err := tx.Memberships(ctx, by.Org)
		for _, m := range members {
			if m.InForce(a.today()) {
				all = append(all, m)
			}
		}
		return err
	})
	return all, err
}
