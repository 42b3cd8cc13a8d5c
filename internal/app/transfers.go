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
)

// transferRules are the duties before a move between phases of education.
var transferRules = rulesByCode(casework.TransferToSchool, casework.TransferToPost16, casework.MoveBetweenPost16)

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
		b.count(l, of, l.viewer(by))
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

func (b *TransferBoard) count(l *caseload, of []journey, viewer string) {
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
	s := l.sieve(&CaseFilter{Viewer: viewer, Officer: f.Officer, Team: f.Team, District: f.District})
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
