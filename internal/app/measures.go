package app

import (
	"context"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/measure"
	"weald/internal/store"
)

// Measures is what is counted of the whole area, without any child.
type Measures struct{ *Core }

// Book reads every case and adds up what measures count of it. With a day, only
// what had been recorded by the end of it is counted: the figures as they were
// known then.
func (a *Measures) Book(ctx context.Context, by access.User, known calendar.Date) (*measure.Book, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	book, clock, today := measure.NewBook(), casework.NewClock(a.practice), a.today()
	if !known.IsZero() {
		today = min(today, known)
	}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		born := map[store.ChildID]calendar.Date{}
		if err := tx.Children(ctx, func(c *store.Child) error { born[c.ID] = c.Born; return nil }); err != nil {
			return err
		}
		place := 0
		var marks []measure.Mark
		return tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
			k := casework.Case{Born: born[id], Closures: closures, Events: j.Events(known)}
			reading := clock.Read(&k, today)
			marks = reading.Marks(&k, marks[:0])
			book.Put(place, marks)
			place++
			return nil
		})
	})
	return book, err
}
