package ledger

import (
	"time"

	"weald/calendar"
	"weald/domain/casework"
)

// A PlanMonth is the plans that were issued in a month, after a request.
type PlanMonth struct {
	Month  calendar.Date // its first day
	Issued int
	InTime int // within 20 weeks (140 days) of the request
	Median int // days from the request
	P90    int // days within which nine in ten were issued
}

// mostDays is how long a wait is told apart; longer ones count as this.
const mostDays = 4000

// PlansByMonth returns the plans issued in each month that has any.
func (l *Ledger) PlansByMonth() (all []PlanMonth) {
	type waits = map[int][]int32 // by month: how many plans took so many days
	answers := each(l, func() waits { return waits{} }, func(w waits, p *part) {
		for i, kind := range p.kind {
			if casework.Kind(kind) != casework.PlanFinalised || p.days[i] < 0 {
				continue
			}
			y, m, _ := long(p.on[i]).Parts()
			month := 12*y + int(m) - 1
			if w[month] == nil {
				w[month] = make([]int32, mostDays+1)
			}
			w[month][min(p.days[i], mostDays)]++
		}
	})
	sum := answers[0]
	first, last := 1<<30, 0
	for i, one := range answers {
		for month, days := range one {
			first, last = min(first, month), max(last, month)
			if i == 0 {
				continue
			}
			if sum[month] == nil {
				sum[month] = days
				continue
			}
			for d, n := range days {
				sum[month][d] += n
			}
		}
	}
	for month := first; month <= last; month++ {
		if days := sum[month]; days != nil {
			all = append(all, planMonth(month, days))
		}
	}
	return all
}

func planMonth(month int, days []int32) PlanMonth {
	p := PlanMonth{Month: calendar.On(month/12, time.Month(month%12+1), 1)}
	for d, n := range days {
		p.Issued += int(n)
		if d <= 140 {
			p.InTime += int(n)
		}
	}
	upTo := func(share float64) int {
		seen := 0
		for d, n := range days {
			if seen += int(n); float64(seen) >= share*float64(p.Issued) {
				return d
			}
		}
		return mostDays
	}
	p.Median, p.P90 = upTo(0.5), upTo(0.9)
	return p
}

// A KindCount is how many events of a kind a team's children have.
type KindCount struct {
	Team   uint8
	Kind   casework.Kind
	Events int
	Days   int64 // their days from the request or review meeting, summed; events that follow neither add nothing
	Late   int   // after their last lawful day
}

// The room of a count: a team's number is below teamRoom, a kind's below kindRoom.
const (
	teamRoom = 256
	kindRoom = 256
)

// cell is one team and kind, in 16 bytes.
type cell struct {
	days         int64
	events, late int32
}

// ByTeamAndKind counts events by team and kind: all that there are, in order.
func (l *Ledger) ByTeamAndKind() (all []KindCount) {
	answers := each(l, func() []cell { return make([]cell, teamRoom*kindRoom) }, func(cells []cell, p *part) {
		_ = cells[teamRoom*kindRoom-1]
		n := len(p.kind)
		kind, team, on, due, days := p.kind[:n], p.team[:n], p.on[:n], p.due[:n], p.days[:n]
		for i, k := range kind {
			c := &cells[int(team[i])<<8|int(k)]
			c.events++
			d := days[i]
			c.days += int64(d &^ (d >> 31)) // 0 for what follows nothing
			if due[i]-1 < on[i]-1 {         // 0, for no last day, is the largest here
				c.late++
			}
		}
	})
	for i := range answers[0] {
		var c KindCount
		for _, cells := range answers {
			c.Events, c.Days, c.Late = c.Events+int(cells[i].events), c.Days+cells[i].days, c.Late+int(cells[i].late)
		}
		if c.Events > 0 {
			c.Team, c.Kind = uint8(i>>8), casework.Kind(i&255)
			all = append(all, c)
		}
	}
	return all
}
