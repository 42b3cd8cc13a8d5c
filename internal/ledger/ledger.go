// Package ledger holds every event of an area in columns, 14 bytes an event, so
// that a question nobody thought of before is answered by looking at all of them:
// nineteen million in some hundredths of a second. It holds no name and no number
// of anybody: children are counted from 0.
//
// Start reading at [Ledger].
package ledger

import (
	"math"
	"runtime"
	"sync"

	"weald/calendar"
	"weald/domain/casework"
)

// A Ledger is events in columns. It is built once and then only read.
type Ledger struct {
	parts    []*part
	Children int
	Events   int
}

// A part is some of the events, those of a child together. Columns stand side by
// side so that a question reads only those that it asks of.
type part struct {
	child []uint32
	on    []uint16 // days since firstDay, and one; 0 is never
	due   []uint16 // the last lawful day for the event, where the law has one; 0: it has none
	days  []int32  // since the request that the event follows, or what it is otherwise counted from; -1: from nothing
	kind  []uint8
	team  []uint8
}

// firstDay is the day before which the ledger tells no days apart.
var firstDay = calendar.On(1980, 1, 1)

func short(d calendar.Date) uint16 {
	return uint16(max(1, min(int(d-firstDay)+1, 1<<16-1)))
}

func long(s uint16) calendar.Date { return firstDay + calendar.Date(s) - 1 }

func (p *part) grow(n int) {
	p.child, p.on, p.due = make([]uint32, 0, n), make([]uint16, 0, n), make([]uint16, 0, n)
	p.days, p.kind, p.team = make([]int32, 0, n), make([]uint8, 0, n), make([]uint8, 0, n)
}

// A follower follows one child's events as they are put in.
type follower struct {
	asked, met calendar.Date // the latest request, and review meeting
}

// put puts one event of a child in; those of a child come in the order of their
// days. What must be done by when is counted from the request or the review
// meeting: 6, 16 and 20 weeks, 4 and 12 weeks.
func (p *part) put(f *follower, child uint32, team uint8, kind casework.Kind, on calendar.Date) {
	from, limit := f.asked, calendar.Date(0)
	switch kind {
	case casework.RequestReceived, casework.ResponsibilityBegan:
		f.asked, from = on, on
	case casework.DecisionToAssessSent:
		limit = 42
	case casework.NoPlanNoticeSent:
		limit = 112
	case casework.PlanFinalised:
		limit = 140
	case casework.ReviewMeetingHeld:
		f.met, from = on, on
	case casework.ReviewReportSent:
		from = f.met
	case casework.ReviewDecisionSent:
		from, limit = f.met, 28
	case casework.AmendedPlanFinalised:
		from, limit = f.met, 84
	}
	days, due := int32(-1), uint16(0)
	if from != 0 {
		days = int32(on - from)
		if limit != 0 {
			due = short(from + limit)
		}
	}
	p.child, p.on, p.due = append(p.child, child), append(p.on, short(on)), append(p.due, due)
	p.days, p.kind, p.team = append(p.days, days), append(p.kind, uint8(kind)), append(p.team, team)
}

// partEvents is how many events a part holds, or some more.
const partEvents = 1 << 16

// A Builder puts children into a ledger one after another.
type Builder struct {
	ledger Ledger
	now    *part
}

// Add puts a child's events in, which are in the order of their days.
func (b *Builder) Add(team uint8, events []casework.Event) {
	if b.now == nil || len(b.now.on) >= partEvents {
		b.now = &part{}
		b.now.grow(partEvents + 256)
		b.ledger.parts = append(b.ledger.parts, b.now)
	}
	var f follower
	for i := range events {
		b.now.put(&f, place(b.ledger.Children), team, events[i].Kind, events[i].On)
	}
	b.ledger.Children++
	b.ledger.Events += len(events)
}

// Ledger returns what was put in.
func (b *Builder) Ledger() *Ledger { return &b.ledger }

// each looks at every part, on every core, with one answer for each core.
func each[T any](l *Ledger, begin func() T, look func(T, *part)) []T {
	n := max(1, min(runtime.GOMAXPROCS(0), len(l.parts)))
	answers := make([]T, n)
	var workers sync.WaitGroup
	for w := range n {
		workers.Go(func() {
			a := begin()
			for i := w; i < len(l.parts); i += n {
				look(a, l.parts[i])
			}
			answers[w] = a
		})
	}
	workers.Wait()
	return answers
}

// place is the place of a child among all, of whom there are never so many that it
// does not fit.
func place(n int) uint32 {
	if n < 0 || n > math.MaxUint32 {
		panic("ledger: more children than there are people")
	}
	return uint32(n)
}
