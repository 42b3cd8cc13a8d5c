package app

import (
	"context"
	"math"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/ledger"
	"weald/internal/store"
)

// Ledger reads every event of the record into columns, so that what nobody keeps
// a figure of can be asked of all of them. A team's number in it is its place
// among the teams that are returned; 0 is none.
func (a *Measures) Ledger(ctx context.Context, by access.User) (l *ledger.Ledger, teams []string, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, nil, err
	}
	of := map[store.ChildID]uint8{}
	err = a.read(ctx, func(l *caseload) error {
		teams = append([]string(nil), l.words[wordTeam].words...)
		for id, slot := range l.slots {
			of[id] = uint8(min(l.cells[slot].words[wordTeam], math.MaxUint8))
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	var b ledger.Builder
	today := a.today()
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
			b.Add(of[id], upTo(j.Events(0), today))
			return ctx.Err()
		})
	})
	return b.Ledger(), teams, err
}

// upTo leaves out what is to happen after a day.
func upTo(events []casework.Event, day calendar.Date) []casework.Event {
	for len(events) > 0 && events[len(events)-1].On > day {
		events = events[:len(events)-1]
	}
	return events
}
