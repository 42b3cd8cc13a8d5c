package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"weald/domain/access"
	"weald/domain/sen2"
	"weald/internal/store"
)

// Differences is the return of a year beside that of the year before.
type Differences struct {
	*Core

	lock sync.Mutex
	kept map[int]*lately[*Differed] // by year
}

// Differed is how two returns differ. Each is as the record makes it; a child of
// whom a return was loaded, and nothing recorded since, stands as it was loaded.
type Differed struct {
	Before, After ReturnCounts
	Rows          []Difference // by who it is, and then in the order of the return
	New           int          // children who are in the later return alone
	Gone          int          // children who are in the earlier return alone
	Changed       int          // children of whom the two say something else
	Same          int          // children of whom they say the same
	Ago           time.Duration
}

// ReturnCounts are the figures of one return.
type ReturnCounts struct {
	sen2.Counts
	Year, People int
}

// Difference sorts.
const (
	IsNew     = "new"
	IsGone    = "gone"
	IsChanged = "changed"
)

// A Difference is one line: a child who is in one return alone, or one item of
// which the two say something else.
type Difference struct {
	Sort  string
	Child store.ChildID
	Name  string
	Team  string
	sen2.Change
}

// DifferenceYears returns the years whose return can be held beside that of the
// year before, the latest first.
func (a *Differences) DifferenceYears() []int {
	years := a.ReturnYears()
	return slices.DeleteFunc(slices.Clone(years), func(year int) bool { return !slices.Contains(years, year-1) })
}

// Of compares the return of a year with that of the year before. What was
// compared is shown again for ten minutes although the record changes, unless it
// is to be done again.
func (a *Differences) Of(ctx context.Context, by access.User, year int, again bool) (*Differed, error) {
	if err := errors.Join(may(by, access.ReturnBuild), may(by, access.CaseSee)); err != nil {
		return nil, ErrNotAllowed
	}
	if !slices.Contains(a.DifferenceYears(), year) {
		return nil, ErrNotFound
	}
	var state uint64
	if err := a.read(ctx, func(l *caseload) error { state = l.changes; return nil }); err != nil {
		return nil, err
	}
	a.lock.Lock()
	last := a.kept[year]
	if last == nil {
		last = &lately[*Differed]{}
		a.kept = map[int]*lately[*Differed]{year: last} // people look at one
	}
	a.lock.Unlock()
	d, ago, err := last.get(state, again, func() (*Differed, error) { return a.compare(ctx, year) })
	if err != nil {
		return nil, err
	}
	differed := *d
	differed.Ago = ago
	return &differed, nil
}

func (a *Differences) compare(ctx context.Context, year int) (*Differed, error) {
	d := &Differed{}
	before, counts, err := a.one(ctx, year-1)
	if err != nil {
		return nil, err
	}
	d.Before = counts
	after, counts, err := a.one(ctx, year)
	if err != nil {
		return nil, err
	}
	d.After = counts
	earlier := make(map[store.ChildID]*sen2.Person, len(before))
	for _, p := range before {
		earlier[p.ID] = p.Person
	}
	for _, p := range after {
		was := earlier[p.ID]
		delete(earlier, p.ID)
		if was == nil {
			d.New++
			d.Rows = append(d.Rows, Difference{Sort: IsNew, Child: p.ID, Name: nameOf(p.Person)})
			continue
		}
		changes := sen2.Compare(was, p.Person)
		if len(changes) == 0 {
			d.Same++
			continue
		}
		d.Changed++
		for _, c := range changes {
			d.Rows = append(d.Rows, Difference{Sort: IsChanged, Child: p.ID, Name: nameOf(p.Person), Change: c})
		}
	}
	for _, p := range before {
		if earlier[p.ID] != nil {
			d.Gone++
			d.Rows = append(d.Rows, Difference{Sort: IsGone, Child: p.ID, Name: nameOf(p.Person)})
		}
	}
	err = a.read(ctx, func(l *caseload) error {
		for i := range d.Rows {
			if slot, ok := l.slots[d.Rows[i].Child]; ok {
				d.Rows[i].Team = l.lines[slot].Team
			}
		}
		return nil
	})
	return d, err
}

// one builds the return of one year and counts it.
func (a *Differences) one(ctx context.Context, year int) ([]Returnee, ReturnCounts, error) {
	built, err := (&Returns{Core: a.Core}).build(ctx, Wanted{Year: year})
	if err != nil {
		return nil, ReturnCounts{}, err
	}
	c := sen2.NewChecker(built.Header, sen2.Options{}, func(sen2.Finding) {})
	for _, p := range built.People {
		c.Person(p.Person)
	}
	return built.People, ReturnCounts{c.Finish().Counts, year, len(built.People)}, nil
}

func nameOf(p *sen2.Person) string {
	switch {
	case p.Forename == "":
		return cmp.Or(p.Surname, "No name")
	case p.Surname == "":
		return p.Forename
	}
	return p.Forename + " " + p.Surname
}

// Out keeps that differences were taken out of the service.
func (a *Differences) Out(ctx context.Context, by access.User, year, rows int, as string) error {
	if err := errors.Join(may(by, access.ReturnBuild), may(by, access.CaseSee)); err != nil {
		return ErrNotAllowed
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took a list of what differs from last year's return out", "", fmt.Sprintf("%d: %d lines as %s", year, rows, as))
	})
}
