package app

import (
	"context"
	"slices"
	"sync"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/store"
)

// A journey is what the calendar and the transfer board need to know of a child
// and no line of the caseload says. It is read from the child's events.
type journey struct {
	meeting calendar.Date // of the review meeting that is arranged and not yet recorded as held
	moves   []Move
}

// journeys keeps each child's journey for as long as their line stays the same:
// a line is replaced whenever anything of the child changes.
type journeys struct {
	reading sync.Mutex // held by whoever brings them up to date

	lock  sync.RWMutex // guards what follows
	today calendar.Date
	seen  []*store.Line // by slot: the line for which the journey was read
	of    []journey     // by slot
}

// manyChanged is how many changed lines make it cheaper to ask the record first
// which of their children have a transfer.
const manyChanged = 200

// walked brings the caseload and the journeys up to date and calls look, during
// which neither changes.
func (c *Core) walked(ctx context.Context, look func(*caseload, []journey) error) error {
	for again := 2; ; again-- {
		looked := false
		err := c.read(ctx, func(l *caseload) error {
			j := &l.journeys
			j.lock.RLock()
			defer j.lock.RUnlock()
			if again > 0 && j.behind(l) {
				return nil
			}
			// Whoever records at this very moment is seen by the next reading.
			of := j.of
			if n := len(l.lines) - len(of); n > 0 {
				of = append(slices.Clone(of), make([]journey, n)...)
			}
			looked = true
			return look(l, of)
		})
		if err != nil || looked {
			return err
		}
		if err := c.walk(ctx); err != nil {
			return err
		}
	}
}

// behind reports whether a line has changed since its journey was read.
func (j *journeys) behind(l *caseload) bool {
	return j.today != l.today || !slices.Equal(j.seen, l.lines)
}

// A stray is a line whose journey is not known.
type stray struct {
	slot int32
	line *store.Line
}

func (j *journeys) strays(l *caseload) (all []stray) {
	for slot, line := range l.lines {
		if slot >= len(j.seen) || j.seen[slot] != line || j.today != l.today {
			all = append(all, stray{int32(slot), line})
		}
	}
	return all
}

// walk reads the journeys that are not known. One of many who ask at once reads
// for all.
func (c *Core) walk(ctx context.Context) error {
	j := &c.caseload.journeys
	j.reading.Lock()
	defer j.reading.Unlock()
	var all []stray
	var today calendar.Date
	err := c.read(ctx, func(l *caseload) error {
		j.lock.RLock()
		defer j.lock.RUnlock()
		all, today = j.strays(l), l.today
		return nil
	})
	if err != nil || len(all) == 0 {
		return err
	}
	found := make([]journey, len(all))
	err = c.db.Read(ctx, func(tx *store.Tx) error {
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		known := map[store.ChildID]bool{} // to have a move of a cycle that the board shows whole
		if len(all) > manyChanged {
			err := tx.EventsOfKind(ctx, casework.PhaseTransferDue, func(id store.ChildID, e *casework.Event) error {
				if on, err := calendar.Parse(e.Get("on")); err == nil && on.Year() >= wholeCycle(today) {
					known[id] = true
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		clock := casework.NewClock(c.practice)
		for i, one := range all {
			if len(all) > manyChanged && !known[one.line.ID] && !mayMeet(one.line) && !moves(one.line) {
				continue
			}
			entries, err := tx.Journal(ctx, one.line.ID)
			if err != nil {
				return err
			}
			k := casework.Case{Born: one.line.Born, Closures: closures, Events: store.Events(entries).Events(0)}
			reading := clock.Read(&k, today)
			found[i] = journey{meetingArranged(&k, &reading), movesOf(&k, &reading)}
		}
		return nil
	})
	if err != nil {
		return err
	}
	j.lock.Lock()
	defer j.lock.Unlock()
	if j.today != today {
		j.seen, j.of, j.today = nil, nil, today
	}
	for i, one := range all {
		for int(one.slot) >= len(j.seen) {
			j.seen, j.of = append(j.seen, nil), append(j.of, journey{})
		}
		j.seen[one.slot], j.of[one.slot] = one.line, found[i]
	}
	return nil
}

// mayMeet reports whether a review meeting may be arranged for a child: while a
// plan is to cease or the child is assessed again, the stage does not say.
func mayMeet(line *store.Line) bool {
	switch line.Stage {
	case casework.MeetingStage, casework.CeasingStage, casework.ReassessmentStage:
		return true
	}
	return false
}

// moves reports whether a line has a transfer still to be settled.
func moves(line *store.Line) bool {
	for i := range line.Duties {
		if transferRules[line.Duties[i].Rule] != nil {
			return true
		}
	}
	return false
}

// meetingArranged returns the day of the review meeting that is arranged, or
// zero.
func meetingArranged(k *casework.Case, r *casework.Reading) (on calendar.Date) {
	if r.State("review") != casework.Scheduled {
		return 0
	}
	for i := range k.Events {
		if e := &k.Events[i]; e.Kind == casework.ReviewScheduled && e.On <= r.Today {
			on, _ = calendar.Parse(e.Get("meeting"))
		}
	}
	return on
}
