package app

import (
	"context"
	"runtime"
	"sync"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/measure"
	"weald/internal/store"
)

// Measures is what is counted of the whole area. What it gives to boards are
// values; only [Measures.Behind] leads from a figure to children.
type Measures struct {
	*Core

	// Fewest is the fewest children of whom a figure is shown to those who may
	// not see children: fewer, and not none, are hidden. 0: [FewestShown].
	Fewest int
	// LA is the local authority's three-digit number, as returns have it.
	LA string

	lock   sync.Mutex // held while a past day is counted, so that many who ask count once
	past   []pastBook
	hidden hiddenGroups
	ahead  *forecasts
}

// FewestShown is the usual least count that is shown to everybody. It is a local
// choice, and no rule of law.
const FewestShown = 5

// A pastBook is what was counted of the record as it was known on a day.
type pastBook struct {
	known calendar.Date
	of    *measure.Book // the live book with which it shares its places
	book  *measure.Book
}

// pastKept is how many past days are kept.
const pastKept = 3

// Look calls f with what measures count of every case. With a day, only what had
// been recorded by the end of it is counted: the figures as they were known then.
// The book must not be kept, nor changed.
func (a *Measures) Look(ctx context.Context, by access.User, known calendar.Date, f func(*measure.Book) error) error {
	if err := may(by, access.BoardSee); err != nil {
		return err
	}
	return a.look(ctx, known, func(_ *caseload, book *measure.Book) error { return f(book) })
}

func (a *Measures) look(ctx context.Context, known calendar.Date, f func(*caseload, *measure.Book) error) error {
	if known.IsZero() || known >= a.today() {
		return a.read(ctx, func(l *caseload) error { return f(l, l.book) })
	}
	book, err := a.asKnown(ctx, known)
	if err != nil {
		return err
	}
	return a.read(ctx, func(l *caseload) error { return f(l, book) })
}

// asKnown counts every case from what had been recorded by the end of a day.
func (a *Measures) asKnown(ctx context.Context, known calendar.Date) (*measure.Book, error) {
	a.lock.Lock()
	defer a.lock.Unlock()
	var live *measure.Book
	slots := map[store.ChildID]int32{}
	born := map[store.ChildID]calendar.Date{}
	err := a.read(ctx, func(l *caseload) error {
		live = l.book
		for _, p := range a.past {
			if p.known == known && p.of == live {
				return nil
			}
		}
		for id, slot := range l.slots {
			slots[id], born[id] = slot, l.lines[slot].Born
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, p := range a.past {
		if p.known == known && p.of == live {
			return p.book, nil
		}
	}
	book, err := a.countPast(ctx, known, min(a.today(), known), slots, born)
	if err != nil {
		return nil, err
	}
	if len(a.past) == pastKept {
		a.past = a.past[1:]
	}
	a.past = append(a.past, pastBook{known, live, book})
	return book, nil
}

// A heard is one child's events as they were known.
type heard struct {
	slot int32
	k    casework.Case
}

// countPast reads every journal and counts on every core what was known by one
// day, zero for everything, as it stands on another.
func (a *Measures) countPast(ctx context.Context, known, day calendar.Date, slots map[store.ChildID]int32, born map[store.ChildID]calendar.Date) (*measure.Book, error) {
	book := measure.NewBook()
	var putting sync.Mutex
	var workers sync.WaitGroup
	cases := make(chan heard, 64)
	for range max(1, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			clock := casework.NewClock(a.practice)
			var marks []measure.Mark
			for h := range cases {
				reading := clock.Read(&h.k, day)
				marks = reading.Marks(&h.k, marks[:0])
				putting.Lock()
				book.Put(int(h.slot), marks)
				putting.Unlock()
			}
		})
	}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		return tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
			if slot, ok := slots[id]; ok {
				cases <- heard{slot, casework.Case{Born: born[id], Closures: closures, Events: j.Events(known)}}
			}
			return ctx.Err()
		})
	})
	close(cases)
	workers.Wait()
	return book, err
}
