package app

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"weald/calendar"
	"weald/domain/child"
	"weald/domain/measure"
	"weald/internal/store"
)

// A caseload holds every child on one line, in memory, so that a list of twenty
// thousand children is filtered and sorted without asking the record for them.
// The record stays the only truth: whoever reads the caseload first reads what
// has been committed since it was last read, by this program or another.
//
// What a filter asks of a line is kept apart from it, a few bytes for each
// child, side by side: a filter looks at all of them in well under a millisecond.
type caseload struct {
	reading  sync.Mutex    // held by whoever brings it up to date
	begun    atomic.Uint64 // how many times that was begun
	finished uint64        // and which of them was the last to succeed

	lock  sync.RWMutex // guards what follows
	mark  store.Mark
	today calendar.Date

	slots  map[store.ChildID]int32
	lines  []*store.Line // by slot; never changed, only replaced
	cells  []cell        // by slot
	orders [nOrders]order
	words  [nWords]dictionary

	people       map[string]*store.Person
	settings     map[string]*store.Setting
	teams        []string
	known        *child.Index
	restrictions *store.Restrictions
	changes      uint64 // grows whenever anything of the above does

	book  *measure.Book  // what measures count, by slot
	marks []measure.Mark // room for those of one line

	tallied  tallied
	journeys journeys
	boarded  boarded
}

// Words that lines share and filters name, each kept once.
const (
	wordStage = iota
	wordOfficer
	wordTeam
	wordDistrict
	wordNeed
	wordSetting
	nWords
)

// A dictionary numbers the words of one column. Number 0 is the absence of any.
type dictionary struct {
	numbers map[string]uint16
	words   []string
}

func (d *dictionary) number(word string) uint16 {
	if d.numbers == nil {
		d.numbers, d.words = map[string]uint16{"": 0}, []string{""}
	}
	n, ok := d.numbers[word]
	if !ok {
		n = uint16(min(len(d.words), math.MaxUint16)) // no area has so many of anything
		d.numbers[word], d.words = n, append(d.words, word)
	}
	return n
}

// Orders in which lists are read.
const (
	byDue = iota
	byName
	bySince // who has waited longest first
	byBorn  // the oldest first
	nOrders
)

// An order is every slot in one order.
type order struct {
	slots   []int32
	compare func(a, b *store.Line, x, y *cell) int
}

func byNameThenID(a, b *store.Line) int {
	if c := strings.Compare(a.Surname, b.Surname); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Forename, b.Forename), strings.Compare(string(a.ID), string(b.ID)))
}

// last puts a day that is not known after every other.
func last(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return never
	}
	return d
}

func newCaseload() *caseload {
	c := &caseload{slots: map[store.ChildID]int32{}, known: child.NewIndex(), book: measure.NewBook()}
	c.orders[byDue].compare = func(a, b *store.Line, x, y *cell) int {
		if x.due != y.due {
			return cmp.Compare(x.due, y.due)
		}
		return byNameThenID(a, b)
	}
	c.orders[byName].compare = func(a, b *store.Line, _, _ *cell) int { return byNameThenID(a, b) }
	c.orders[bySince].compare = func(a, b *store.Line, x, y *cell) int {
		if x.since != y.since {
			return cmp.Compare(last(x.since), last(y.since))
		}
		return byNameThenID(a, b)
	}
	c.orders[byBorn].compare = func(a, b *store.Line, x, y *cell) int {
		if x.born != y.born {
			return cmp.Compare(last(x.born), last(y.born))
		}
		return byNameThenID(a, b)
	}
	return c
}

// read brings the caseload up to date and calls look, during which it does not
// change. What look keeps of it must be copied, except lines, which never change.
func (c *Core) read(ctx context.Context, look func(*caseload) error) error {
	if err := c.caseload.catchUp(ctx, c.db, c.today()); err != nil {
		return err
	}
	c.caseload.lock.RLock()
	defer c.caseload.lock.RUnlock()
	return look(c.caseload)
}

// catchUp reads what was committed since the last time. Of many who ask at once
// one reads for all: whoever waited while another began and ended a reading has
// what was there when they asked.
func (l *caseload) catchUp(ctx context.Context, db *store.DB, today calendar.Date) error {
	asked := l.begun.Load()
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.finished > asked && l.today == today {
		return nil
	}
	turn := l.begun.Add(1)
	err := db.Read(ctx, func(tx *store.Tx) error {
		var changed []*store.Line
		mark, places, err := tx.Since(ctx, l.mark, func(line *store.Line) error { changed = append(changed, line); return nil })
		if err != nil {
			return err
		}
		gone := l.mark.Gone(mark)
		if gone { // rare: an undone load took children with it
			changed = nil
			if mark, places, err = tx.Since(ctx, store.Mark{}, func(line *store.Line) error { changed = append(changed, line); return nil }); err != nil {
				return err
			}
		}
		if len(changed) == 0 && !places && today == l.today {
			l.mark = mark
			return nil
		}
		var people []store.Person
		var settings []store.Setting
		var teams []string
		if places {
			if people, err = tx.People(ctx); err != nil {
				return err
			}
			if settings, err = tx.Settings(ctx); err != nil {
				return err
			}
			if teams, err = tx.Teams(ctx); err != nil {
				return err
			}
		}
		var restrictions *store.Restrictions
		if places || today != l.today {
			if restrictions, err = tx.Restrictions(ctx, today); err != nil {
				return err
			}
		}
		l.lock.Lock()
		defer l.lock.Unlock()
		if gone {
			l.forget()
		}
		if places {
			l.setPlaces(people, settings, teams)
		}
		if restrictions != nil {
			l.restrictions = restrictions
		}
		if today != l.today {
			l.today = today
			for i, line := range l.lines {
				l.cells[i].count(line, today)
			}
			l.tallied.forget()
		}
		if err := l.put(changed); err != nil {
			return err
		}
		l.changes++
		l.mark = mark
		return nil
	})
	if err == nil {
		l.finished = turn
	}
	return err
}

// forget empties the caseload of its children.
func (l *caseload) forget() {
	for id := range l.slots {
		l.known.Remove(string(id))
	}
	clear(l.slots)
	l.lines, l.cells, l.book = nil, nil, measure.NewBook()
	for o := range l.orders {
		l.orders[o].slots = nil
	}
	l.tallied.forget()
	l.journeys.lock.Lock()
	defer l.journeys.lock.Unlock()
	l.journeys.seen, l.journeys.of = nil, nil
}

func (l *caseload) setPlaces(people []store.Person, settings []store.Setting, teams []string) {
	l.tallied.forget() // it has names in it
	l.people, l.settings, l.teams = map[string]*store.Person{}, map[string]*store.Setting{}, teams
	for i := range people {
		l.people[people[i].ID] = &people[i]
	}
	for i := range settings {
		l.settings[settings[i].ID] = &settings[i]
	}
}

// put takes lines in place of those that the same children had.
func (l *caseload) put(lines []*store.Line) error {
	for _, c := range lines {
		l.known.Put(string(c.ID), child.Entry{
			Surname: c.Surname, Forename: c.Forename, Born: c.Born, UPN: c.UPN, NHS: c.NHS, ULN: c.ULN, Reference: c.Reference, Postcode: c.Postcode, ContactNames: c.ContactNames,
		})
		c.ContactNames = nil // the index has them
	}
	if len(lines) > len(l.lines)/8 { // so many that sorting once is cheaper
		for _, line := range lines {
			slot, known := l.slots[line.ID]
			if !known {
				slot = l.add(line.ID)
			}
			l.lines[slot], l.cells[slot] = line, l.cell(line)
			if err := l.count(slot, line); err != nil {
				return err
			}
		}
		l.tallied.forget()
		for o := range l.orders {
			by := &l.orders[o]
			by.slots = by.slots[:0]
			for slot := range l.lines {
				by.slots = append(by.slots, int32(slot))
			}
			slices.SortFunc(by.slots, func(a, b int32) int { return by.compare(l.lines[a], l.lines[b], &l.cells[a], &l.cells[b]) })
		}
		return nil
	}
	for _, line := range lines {
		slot, known := l.slots[line.ID]
		next := l.cell(line)
		if !known {
			slot = l.add(line.ID)
		}
		for o := range l.orders {
			by := &l.orders[o]
			if known {
				if by.compare(l.lines[slot], line, &l.cells[slot], &next) == 0 {
					continue // it keeps its place
				}
				at, _ := by.find(l, l.lines[slot], &l.cells[slot])
				by.slots = slices.Delete(by.slots, at, at+1)
			}
			at, _ := by.find(l, line, &next)
			by.slots = slices.Insert(by.slots, at, slot)
		}
		was := &l.cells[slot]
		if !known {
			was = nil
		}
		l.tallied.change(l, slot, was, &next)
		l.lines[slot], l.cells[slot] = line, next
		if err := l.count(slot, line); err != nil {
			return err
		}
	}
	return nil
}

// count puts what measures count of a line in the book, which holds it from then
// on in its place.
func (l *caseload) count(slot int32, line *store.Line) error {
	marks, err := measure.Unpack(line.Marks, l.marks[:0])
	if err != nil {
		return fmt.Errorf("reading what measures count of a case; weald rebuild makes it anew: %w", err)
	}
	l.book.Put(int(slot), marks)
	l.marks, line.Marks = marks, ""
	return nil
}

func (l *caseload) add(id store.ChildID) int32 {
	slot := int32(len(l.lines))
	l.slots[id] = slot
	l.lines, l.cells = append(l.lines, nil), append(l.cells, cell{})
	return slot
}

// find returns the place in the order where a line is, or would be.
func (o *order) find(l *caseload, line *store.Line, c *cell) (int, bool) {
	return slices.BinarySearchFunc(o.slots, line, func(slot int32, line *store.Line) int {
		return o.compare(l.lines[slot], line, &l.cells[slot], c)
	})
}
