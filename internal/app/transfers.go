package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// transferRules are the duties before a move between phases of education.
var transferRules = rulesByCode(casework.TransferToSchool, casework.TransferToPost16, casework.MoveBetweenPost16)

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

// A TransferFilter picks the moves on the board, and of them what is listed.
type TransferFilter struct {
	Officer, Team, District string

	Cycle int    // the calendar year of the moves; 0 is the coming one
	Kind  string // lists one kind of move; "": every kind
	Step  string // lists a step, or [MovesAll], [MovesLate] or [MovesUnrecorded]; "": lists nothing
	Page  int    // of the list, from 1

	whole bool // the list is not read page by page
}

// A MoveCount is one row of the board.
type MoveCount struct {
	Kind       *MoveKind // nil: all of them
	Steps      [nMoveSteps]int
	Total      int
	Late       int // of the total: the last day has passed and the next setting is not named
	NamedLate  int // of those named: after the last day
	Unrecorded int // not of the total: children who by their age move, of which the record says nothing
	Due        calendar.Date
}

// A TransferRow is one move on a list, or a child whose move is not recorded.
type TransferRow struct {
	*store.Line
	Move  *Move // nil: not recorded
	Kind  *MoveKind
	Days  int // to go to the last lawful day; below zero, past
	Age   int // on 31 August of the cycle
	Who   string
	Place string
}

// A TransferBoard is the moves of one cycle.
type TransferBoard struct {
	Today    calendar.Date
	Filter   TransferFilter
	Coming   int // the cycle that is under way
	Kinds    []MoveCount
	Total    MoveCount
	School   calendar.Date // the last lawful day for a move between schools
	Post16   calendar.Date // and for one from secondary school to a setting for over-16s
	Earlier  int           // moves of earlier cycles whose next setting is still not named
	Earliers []Option      // the same by cycle, the latest first
	OpenOnly bool          // the cycle is so long ago that only such moves are known
	Ageless  int           // children with a plan whose birth date is not recorded

	Rows   []TransferRow
	Listed int
	Pages  int

	Cycles                     []Option
	Officers, Teams, Districts []Option
}

// firstCycle is the calendar year of the moves that are being prepared on a day:
// in September the next year's begin.
func firstCycle(today calendar.Date) int {
	if today.Month() >= time.September {
		return today.Year() + 1
	}
	return today.Year()
}

// wholeCycle is the earliest cycle of which every move is shown: the one before
// that under way. Of earlier ones only what is still open is.
func wholeCycle(today calendar.Date) int { return firstCycle(today) - 1 }

// Transfers returns the moves between phases of education of one cycle.
func (a *Casework) Transfers(ctx context.Context, by access.User, f TransferFilter) (*TransferBoard, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	b := &TransferBoard{Filter: f}
	err := a.walked(ctx, func(l *caseload, of []journey) error {
		b.Coming = firstCycle(l.today)
		if b.Filter.Cycle == 0 {
			b.Filter.Cycle = b.Coming
		}
		b.School, b.Post16 = a.lastDays(b.Filter.Cycle)
		b.count(l, of)
		return nil
	})
	return b, err
}

// TransfersOut returns every move that a filter lists, or all of the cycle if it
// lists nothing, to be taken out of the service. That it was taken is kept.
func (a *Casework) TransfersOut(ctx context.Context, by access.User, f TransferFilter, as string) ([]TransferRow, error) {
	if f.whole = true; f.Step == "" {
		f.Step = MovesAll
	}
	b, err := a.Transfers(ctx, by, f)
	if err != nil {
		return nil, err
	}
	return b.Rows, a.tookOut(ctx, by, "took a list of phase transfers out", fmt.Sprintf("%d moves as %s", len(b.Rows), as))
}

// lastDays asks the clock for the last lawful days of a cycle, as the local area
// applies the law.
func (c *Core) lastDays(cycle int) (school, post16 calendar.Date) {
	clock := casework.NewClock(c.practice)
	for _, one := range []struct {
		kind string
		day  *calendar.Date
	}{{"school", &school}, {"post-16", &post16}} {
		known := calendar.On(cycle-1, time.September, 1)
		e := casework.Happened(casework.PhaseTransferDue, known)
		for name, text := range map[string]string{"kind": one.kind, "on": calendar.On(cycle, time.September, 1).String()} {
			if err := e.Set(name, text); err != nil {
				panic("app: a transfer that the law knows is refused: " + err.Error())
			}
		}
		reading := clock.Read(&casework.Case{Events: []casework.Event{e}}, known)
		*one.day = reading.Duties[0].Due
	}
	return school, post16
}

// keepsPlan reports whether a child at a stage has a plan to be reviewed before
// a move.
func keepsPlan(s casework.Stage) bool {
	switch s {
	case casework.PlanStage, casework.MeetingStage, casework.DecisionStage, casework.AmendmentStage, casework.ReassessmentStage:
		return true
	}
	return false
}

// A moving is a child's move on the board; nil when it is not recorded.
type moving struct {
	slot int32
	kind int
	move *Move
}

func (b *TransferBoard) count(l *caseload, of []journey) {
	b.Today = l.today
	f := &b.Filter
	b.OpenOnly = f.Cycle < wholeCycle(l.today)
	b.Kinds = make([]MoveCount, nMoveKinds)
	for i := range b.Kinds {
		b.Kinds[i].Kind = &MoveKinds[i]
	}
	b.Kinds[post16].Due = b.Post16
	for i := earlyYears; i <= otherSchool; i++ {
		b.Kinds[i].Due = b.School
	}
	cycles, earlier := map[int]int{b.Coming: 0, f.Cycle: 0}, map[int]int{}
	s := l.sieve(&CaseFilter{Officer: f.Officer, Team: f.Team, District: f.District})
	var listed []moving
	for slot := range l.lines {
		line, recorded := l.lines[slot], false
		for i := range of[slot].moves {
			m := &of[slot].moves[i]
			cycle := m.Cycle()
			recorded = recorded || cycle == f.Cycle
			if cycle != f.Cycle {
				if misses, _ := s.test.misses(int32(slot), &l.cells[slot]); misses == 0 && (m.Open() || cycle >= wholeCycle(l.today)) {
					if cycles[cycle]++; cycle < b.Coming && cycle < f.Cycle && m.Open() {
						earlier[cycle]++
						b.Earlier++
					}
				}
				continue
			}
			if b.OpenOnly && !m.Open() || !s.takes(int32(slot), 1) {
				continue
			}
			cycles[cycle]++
			one := moving{int32(slot), moveKind(m, line.Born), m}
			if b.add(one) {
				listed = append(listed, one)
			}
		}
		if recorded || f.Cycle < b.Coming || !keepsPlan(line.Stage) {
			continue
		}
		if misses, _ := s.test.misses(int32(slot), &l.cells[slot]); misses > 0 {
			continue
		}
		if line.Born.IsZero() {
			b.Ageless++
		} else if kind := usualMove(ageInCycle(line.Born, f.Cycle)); kind >= 0 {
			b.Kinds[kind].Unrecorded++
			b.Total.Unrecorded++
			if f.Step == MovesUnrecorded && (f.Kind == "" || f.Kind == MoveKinds[kind].Name) {
				listed = append(listed, moving{int32(slot), kind, nil})
			}
		}
	}
	b.Officers, b.Teams, b.Districts = s.options(wordOfficer), s.options(wordTeam), s.options(wordDistrict)
	b.Cycles, b.Earliers = byYear(cycles), byYear(earlier)
	slices.SortFunc(listed, func(x, y moving) int {
		if x.move != nil && y.move != nil && x.move.Due != y.move.Due {
			return cmp.Compare(x.move.Due, y.move.Due)
		}
		return cmp.Or(cmp.Compare(x.kind, y.kind), byNameThenID(l.lines[x.slot], l.lines[y.slot]))
	})
	b.Listed = len(listed)
	if !f.whole {
		listed, f.Page, b.Pages = pageOf(listed, f.Page)
	}
	for _, one := range listed {
		line := l.lines[one.slot]
		row := TransferRow{Line: line, Kind: &MoveKinds[one.kind], Who: l.nameOf(line.Officer), Place: l.placeOf(line.Setting)}
		if !line.Born.IsZero() {
			row.Age = ageInCycle(line.Born, f.Cycle)
		}
		if one.move != nil {
			m := *one.move
			row.Move, row.Days = &m, -m.DaysLate(l.today)
		}
		b.Rows = append(b.Rows, row)
	}
}

// byYear turns counts into choices, the latest year first.
func byYear(counts map[int]int) (all []Option) {
	for year, n := range counts {
		all = append(all, Option{fmt.Sprint(year), fmt.Sprint(year), n})
	}
	slices.SortFunc(all, func(x, y Option) int { return cmp.Compare(y.Value, x.Value) })
	return all
}

// add counts a move and reports whether it is to be listed.
func (b *TransferBoard) add(one moving) bool {
	step, late := one.move.Step(), one.move.DaysLate(b.Today) > 0
	for _, row := range []*MoveCount{&b.Kinds[one.kind], &b.Total} {
		row.Steps[step]++
		row.Total++
		switch {
		case late && one.move.Open():
			row.Late++
		case late:
			row.NamedLate++
		}
	}
	f := &b.Filter
	if f.Kind != "" && f.Kind != MoveKinds[one.kind].Name {
		return false
	}
	return f.Step == MovesAll || f.Step == MoveSteps[step].Name || f.Step == MovesLate && late && one.move.Open()
}
