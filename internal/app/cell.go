package app

import (
	"math"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/store"
)

// A cell is what filters ask of a child.
type cell struct {
	due      calendar.Date // of the duty that comes next; never when nothing is due
	since    calendar.Date // the day from which its age is counted: see waitingSince
	born     calendar.Date
	words    [nWords]uint16
	band     uint8
	age      uint8
	overdue  uint8 // duties overdue
	breaches uint8 // those of them that are set by law
}

const never = calendar.Date(math.MaxInt32)

// cell boils a line down to what filters ask of it.
func (l *caseload) cell(line *store.Line) cell {
	c := cell{due: never, since: waitingSince(line), born: line.Born}
	if d := nextDuty(line); d != nil {
		c.due = d.Due
	}
	for w, word := range [nWords]string{string(line.Stage), line.Officer, line.Team, line.District, line.Need, line.Setting} {
		c.words[w] = l.words[w].number(word)
	}
	c.count(line, l.today)
	return c
}

// nextDuty returns the duty of a line that comes next, or nil.
func nextDuty(line *store.Line) *store.Duty {
	for i := range line.Duties {
		if line.Duties[i].Next {
			return &line.Duties[i]
		}
	}
	return nil
}

// waitingSince returns the day from which a case's age is counted: while a
// request is on its way to a plan, the day of the request, as the family counts
// it; afterwards the day on which the stage began.
func waitingSince(line *store.Line) calendar.Date {
	switch line.Stage {
	case casework.RequestStage, casework.AssessmentStage, casework.DraftStage:
		return line.Asked
	default:
		return line.On
	}
}

// count works out what a day makes overdue, and how old the case is then.
func (c *cell) count(line *store.Line, today calendar.Date) {
	c.overdue, c.breaches = 0, 0
	for i := range line.Duties {
		d := &line.Duties[i]
		if d.Due < today && !d.Excused && c.overdue < math.MaxUint8 {
			c.overdue++
			if d.Binding {
				c.breaches++
			}
		}
	}
	c.age = ageBand(c.since, today)
	switch {
	case c.due == never:
		c.band = noDutyBand
	case c.due < today:
		c.band = overdueBand
	case c.due <= today+soonDays:
		c.band = soonBand
	default:
		c.band = laterBand
	}
}

// Numbers of bands, as cells hold them.
const (
	overdueBand = iota
	soonBand
	laterBand
	noDutyBand
	nBands
)
