package app

import (
	"cmp"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/law"
)

// A Move is one child's move between phases of education, as the record tells
// it: when the next setting must be named, and what has been done.
type Move struct {
	Rule *law.Rule
	On   calendar.Date // the day of the move
	Due  calendar.Date // the last lawful day to name the next setting
	Done calendar.Date // the day it was named; zero: not yet

	Kept      bool          // named by deciding to keep the plan, rather than by amending it
	Review    calendar.Date // the latest review meeting since [Move.Since]
	Consulted calendar.Date // the latest consultation of a setting since then
	Setting   string        // which, if the record names it
	Notice    calendar.Date // the latest amendment notice since then
}

// Since returns the day from which a review, consultation or notice is of this
// move: regulation 18 is about a child within 12 months of it.
func (m *Move) Since() calendar.Date { return m.On.AddMonths(-12) }

// Open reports whether the next setting is still to be named.
func (m *Move) Open() bool { return m.Done.IsZero() }

// DaysLate is how many days after the last lawful day the setting was named or,
// if it has not been, have passed by today; zero or less is in time.
func (m *Move) DaysLate(today calendar.Date) int {
	if !m.Open() {
		today = m.Done
	}
	return m.Due.DaysUntil(today)
}

// Cycle is the calendar year of the move, by which the law counts.
func (m *Move) Cycle() int { return m.On.Year() }

// movesOf returns the moves of a case that are to be prepared or have been.
func movesOf(k *casework.Case, r *casework.Reading) (all []Move) {
	for i := range r.Duties {
		d := &r.Duties[i]
		if transferRules[d.Rule.Code] == nil {
			continue
		}
		switch d.Status {
		case casework.Running, casework.Overdue, casework.Met, casework.Late:
		default:
			continue // it fell away, with the plan or with another day
		}
		m := Move{Rule: d.Rule, On: d.Start, Due: d.Due, Done: d.Done}
		until := cmp.Or(m.Done, r.Today)
		for j := range k.Events {
			e := &k.Events[j]
			if e.On < m.Since() || e.On > until {
				continue
			}
			switch e.Kind {
			case casework.ReviewMeetingHeld:
				m.Review = e.On
			case casework.SchoolConsulted:
				m.Consulted, m.Setting = e.On, e.Named()
			case casework.AmendmentNoticeSent:
				m.Notice = e.On
			case casework.ReviewDecisionSent:
				m.Kept = e.On == m.Done && e.Value() == casework.Keep
			}
		}
		all = append(all, m)
	}
	return all
}

// A MoveKind is a row of the transfer board. The record says whether a move is
// to a school or to a setting for over-16s; which move between schools it is,
// the board tells by the child's age.
type MoveKind struct {
	Name  string // in addresses
	Label string
	Rule  *law.Rule
}

// MoveKinds is every kind, in the order of age.
var MoveKinds = [...]MoveKind{
	{"early-years", "Early years to school", casework.TransferToSchool},
	{"junior", "Infant to junior school", casework.TransferToSchool},
	{"secondary", "Primary to secondary school", casework.TransferToSchool},
	{"school", "Another move between schools", casework.TransferToSchool},
	{"post-16", "Secondary school to post-16", casework.TransferToPost16},
	{"between-post-16", "Between post-16 settings", casework.MoveBetweenPost16},
}

const (
	earlyYears = iota
	juniorSchool
	secondarySchool
	otherSchool
	post16
	betweenPost16
	nMoveKinds
)

// moveKind tells the kind of a move. Ages are those on 31 August before the
// school year in which children usually move.
func moveKind(m *Move, born calendar.Date) int {
	switch m.Rule {
	case casework.TransferToPost16:
		return post16
	case casework.MoveBetweenPost16:
		return betweenPost16
	}
	if born.IsZero() {
		return otherSchool
	}
	switch age := ageInCycle(born, m.Cycle()); {
	case age <= 5:
		return earlyYears
	case age == 7:
		return juniorSchool
	case age == 11:
		return secondarySchool
	default:
		return otherSchool
	}
}

// ageInCycle is a child's age on the 31 August of a year.
func ageInCycle(born calendar.Date, year int) int {
	return calendar.Age(born, calendar.On(year, time.August, 31))
}

// usualMove returns the kind of move that almost every child of an age makes, or
// -1. Not every area has junior and middle schools, so no move to one is usual.
func usualMove(age int) int {
	switch age {
	case 4:
		return earlyYears
	case 11:
		return secondarySchool
	case 16:
		return post16
	default:
		return -1
	}
}

// A MoveStep is how far a move has come.
type MoveStep struct {
	Name  string // in addresses
	Label string
}

// MoveSteps is every step. Together the steps hold every move once: the furthest
// that the record tells.
var MoveSteps = [...]MoveStep{
	{"start", "Not started"},
	{"review", "Review held"},
	{"consulted", "Setting consulted"},
	{"named", "Next setting named"},
}

const (
	moveNotStarted = iota
	moveReviewed
	moveConsulted
	moveNamed
	nMoveSteps
)

// Lists of moves that are not one of the steps.
const (
	MovesAll        = "all"
	MovesLate       = "late"       // the last day has passed and the next setting is not named
	MovesUnrecorded = "unrecorded" // the child's age says that they move, and the record does not
)

// Step returns how far the move has come.
func (m *Move) Step() int {
	switch {
	case !m.Open():
		return moveNamed
	case !m.Consulted.IsZero():
		return moveConsulted
	case !m.Review.IsZero():
		return moveReviewed
	default:
		return moveNotStarted
	}
}
