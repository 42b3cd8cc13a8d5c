package measure

import (
	"fmt"
	"strconv"

	"weald/calendar"
)

// Asked is what is asked of measures.
type Asked struct {
	Span  Span          // "": the usual one of each
	On    calendar.Date // a day in the period; zero: the latest period that is over and settled
	Known calendar.Date // count only what had been recorded by the end of this day; zero: everything
	Cut   Cut           // by what it is broken down; "": by district
	With  string        // the number of the authority whose published figures stand beside; "": the area's own
}

// A Cut is what a measure is broken down by.
type Cut string

// Cuts.
const (
	ByDistrict Cut = "district"
	ByTeam     Cut = "team"
	ByNeed     Cut = "need"
	ByAge      Cut = "age"
	ByKind     Cut = "kind" // of the setting
	ByRoute    Cut = "route"
	BySetting  Cut = "setting"
)

// Cuts is every cut, in the order in which it is offered.
var Cuts = []Cut{ByDistrict, ByTeam, ByNeed, ByAge, ByKind, ByRoute, BySetting}

// Words says the cut on screen.
func (c Cut) Words() string {
	switch c {
	case ByDistrict:
		return "district"
	case ByTeam:
		return "team"
	case ByNeed:
		return "primary need"
	case ByAge:
		return "age"
	case ByKind:
		return "type of setting"
	case ByRoute:
		return "who asked"
	case BySetting:
		return "setting"
	default:
		return ""
	}
}

// A Shown is a measure as it is shown to anybody: values and words, and no child.
type Shown struct {
	*Definition
	Span    Span
	Period  calendar.Period
	Value   Value
	Before  Value // the period before
	Open    bool  // the period is not over, or what is counted of it not settled: the figure will change
	Judged  bool  // there were months enough to part signal from noise
	Signal  Signal
	Turn    int // which way the signal goes: 1 for the better, -1 for the worse, 0 neither
	Beside  []*Shown
	Brought *Brought // the figure is another system's; nil: it is counted here
}

// Brought says of a figure from another system where it comes from.
type Brought struct {
	Source string
	By, On string // who brought it in, and when
}

// Figure is the value in words with its unit: "33.3% (34 of 102)".
func (s *Shown) Figure() string { return s.Value.InWords(s.Definition) }

// InWords is a value with its numerator and denominator, or its unit.
func (v Value) InWords(d *Definition) string {
	switch {
	case !v.Known():
		return v.Text()
	case d.Share() && v.Den > 0:
		return fmt.Sprintf("%s (%s of %s)", v.Text(), Number(v.Num), Number(v.Den))
	case d.Share() || d.Unit == "count":
		return v.Text()
	}
	return v.Text() + " " + d.Unit
}

// An Overview is every measure over one period each.
type Overview struct {
	Today calendar.Date
	Asked Asked
	Area  []*Shown // in the order of the definitions: those with a value
	Waits []*Definition
}

// A Group is a measure among some of the children.
type Group struct {
	Key, Label string
	Value      Value
	Hidden     bool // so few that it is not shown
	Outside    int  // of the funnel: 1 above, -1 below
}

// A Benchmark is published figures that a measure is laid beside.
type Benchmark struct {
	Basis, When string
	Rows        []Compared
}

// Compared is a published figure of one place.
type Compared struct {
	Where  string
	Text   string // in words; "" when none was published
	Figure float64
	Own    bool
}

// A Detail is one measure with all that is known of it.
type Detail struct {
	Shown
	Today      calendar.Date
	Asked      Asked
	Chart      Chart // by month
	Reasons    []Rebased
	Cut        Cut
	CutOver    calendar.Period // the period of the groups
	Groups     []Group
	NoGroups   string  // why there are none
	Funnel     *Funnel // nil: the groups are not shares
	Benchmarks []Benchmark
	Release    string // what was published, and by whom
	Neighbours string // which list of neighbours, and who they are
	With       []Place
	Names      bool // whoever asks may see the children behind the figures
	Keeps      bool // whoever asks may bring figures in, and say from when limits are counted anew
}

// A Place is an authority that can be compared with.
type Place struct{ Number, Name string }

// Rebased says that limits are counted anew from a month, and why.
type Rebased struct {
	ID     string
	From   calendar.Date
	Reason string
	By     string
}

// Latest returns the latest period of a span that is over and whose figures have
// settled by the end of a day: what shows how things stand is settled at once.
func (d *Definition) Latest(s Span, today calendar.Date) (calendar.Period, bool) {
	switch s {
	case Day:
		return calendar.Period{First: today, Last: today}, true
	case January:
		on := CensusDay(today.Year())
		if on > today {
			on = CensusDay(today.Year() - 1)
		}
		return calendar.Period{First: on, Last: on}, true
	}
	p, ok := s.Of(today)
	for ok && p.Last.AddDays(d.Settles) >= today {
		p, ok = s.Before(p)
	}
	return p, ok
}

// Before returns the period of the span before another.
func (s Span) Before(p calendar.Period) (calendar.Period, bool) {
	switch s {
	case January:
		on := CensusDay(p.Last.Year() - 1)
		return calendar.Period{First: on, Last: on}, true
	case TwelveMonths:
		return s.Of(calendar.On(p.First.Year(), p.First.Month(), 1) - 1)
	}
	return s.Of(p.First - 1)
}

// Name says a period of the span in words: "October 2026".
func (s Span) Name(p calendar.Period) string {
	switch s {
	case Month:
		return p.First.Month().String() + " " + strconv.Itoa(p.First.Year())
	case CalendarYear:
		return strconv.Itoa(p.First.Year())
	case Day, January:
		return p.Last.Words()
	case "":
		if p.First == p.Last {
			return p.Last.Words()
		}
	}
	return p.First.Words() + " to " + p.Last.Words()
}

// State reports whether the measure shows how things stand at the end of a
// period, not what happened in it.
func (d *Definition) State() bool { return d.how != adding }

// Added reports whether groups of the measure add up to the whole.
func (d *Definition) Added() bool { return d.how != longest }

// Within reports whether the measure's numerator is a part of its denominator.
func (d *Definition) Within() bool { return d.how == adding && d != AppealRate }

// Usual returns the span over which the measure is counted when nobody says
// another: the first of its own that has periods.
func (d *Definition) Usual() Span {
	for _, s := range d.Over {
		if _, ok := d.Latest(s, calendar.On(2020, 6, 15)); ok {
			return s
		}
	}
	return Month
}

// CensusDay is the third Thursday of January, which every census day from 2015
// to 2027 was or will be.
func CensusDay(year int) calendar.Date {
	first := calendar.On(year, 1, 1)
	return first.AddDays((4-int(first.Weekday())+7)%7 + 14)
}
