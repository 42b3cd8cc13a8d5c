package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/analysis"
	"weald/domain/published"
	"weald/domain/sen2"
	"weald/internal/store"
)

// Figures is what is counted in the return that the record makes: what the
// department will publish of it, and the analysis.
type Figures struct {
	*Core

	lock sync.Mutex
	kept map[int]*lately[*Counted] // by year
}

// A Counted is a return of the record, counted.
type Counted struct {
	Header    sen2.Header
	Results   published.Results
	Analysis  *analysis.Analysis
	Authority string // whose last return was loaded; "" if none was

	Settings map[string]string // names by URN

	Ago time.Duration // how long ago it was counted, if the record has changed since
}

// ReturnYears returns the years of which the record can make a return, the
// latest first: those whose specification is known and whose calendar year has
// ended, and the next.
func (c *Core) ReturnYears() (years []int) {
	for year := c.today().Year() + 1; year > 2000; year-- {
		if y := sen2.InYear(year); y != nil && y.Known {
			years = append(years, year)
		}
	}
	return years
}

// LatestReturn returns the latest year whose census day has come.
func (c *Core) LatestReturn() int { return LatestReturn(c.today()) }

// Of builds the return of a year from the record and counts it. What was counted
// is shown again for ten minutes although the record changes, unless it is to be
// counted again.
func (a *Figures) Of(ctx context.Context, by access.User, year int, again bool) (*Counted, error) {
	if err := may(by, access.ReturnBuild); err != nil {
		return nil, err
	}
	if !slices.Contains(a.ReturnYears(), year) {
		return nil, ErrNotFound
	}
	var state uint64
	if err := a.read(ctx, func(l *caseload) error { state = l.changes; return nil }); err != nil {
		return nil, err
	}
	a.lock.Lock()
	last := a.kept[year]
	if last == nil {
		if len(a.kept) >= 2 || a.kept == nil { // people look at a year and the one before
			a.kept = map[int]*lately[*Counted]{}
		}
		last = &lately[*Counted]{}
		a.kept[year] = last
	}
	a.lock.Unlock()
	c, ago, err := last.get(state, again, func() (*Counted, error) { return a.count(ctx, by, year) })
	if err != nil {
		return nil, err
	}
	counted := *c
	counted.Ago = ago
	return &counted, nil
}

func (a *Figures) count(ctx context.Context, by access.User, year int) (*Counted, error) {
	built, err := (&Returns{Core: a.Core}).Build(ctx, by, Wanted{Year: year})
	if err != nil {
		return nil, err
	}
	c := &Counted{Header: built.Header, Settings: map[string]string{}}
	kinds := map[string]string{}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		for i := range settings {
			if s := &settings[i]; s.URN != "" {
				kinds[s.URN] = s.Kind
				c.Settings[s.URN] = s.Name
			}
		}
		loads, err := tx.Loads(ctx)
		if len(loads) > 0 {
			c.Authority = loads[len(loads)-1].Authority
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	tally, err := published.NewTally(&built.Header, func(urn string) (string, bool) { kind, ok := kinds[urn]; return kind, ok })
	if err != nil {
		return nil, err
	}
	c.Analysis = analysis.New(built.Header)
	for i := range built.People {
		p := &built.People[i]
		tally.Add(p.Person)
		c.Analysis.Add(p.Person, string(p.ID))
		p.Person = nil // let go as soon as it is counted
	}
	c.Results = tally.Results()
	return c, nil
}

// A NamedChild is a child behind a figure.
type NamedChild struct {
	ID        ChildID
	Name      string
	Reference string
	Born      calendar.Date
}

// Children names children by ID, by surname. Those who are not in the record any
// more are left out.
func (a *Figures) Children(ctx context.Context, by access.User, ids []string) (list []NamedChild, err error) {
	if err := errors.Join(may(by, access.ReturnBuild), may(by, access.CaseSee)); err != nil {
		return nil, ErrNotAllowed
	}
	type named struct {
		NamedChild
		surname string
	}
	var found []named
	err = a.read(ctx, func(l *caseload) error {
		for _, id := range ids {
			if slot, ok := l.slots[store.ChildID(id)]; ok {
				c := l.lines[slot]
				found = append(found, named{NamedChild{ChildID(c.ID), c.Name(), c.Reference, c.Born}, c.Surname})
			}
		}
		return nil
	})
	slices.SortFunc(found, func(x, y named) int {
		switch {
		case x.surname < y.surname:
			return -1
		case x.surname > y.surname:
			return 1
		}
		return int(x.Born - y.Born)
	})
	for _, f := range found {
		list = append(list, f.NamedChild)
	}
	return list, err
}

// FiguresOut keeps that figures were taken out of the service.
func (a *Figures) FiguresOut(ctx context.Context, by access.User, what string, year int, as string) error {
	if err := may(by, access.ReturnBuild); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took a list of "+what+" out", "", fmt.Sprintf("of the %d return as %s", year, as))
	})
}
