package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// A ReviewMatter is one of the three things that the calendar shows on a day.
type ReviewMatter string

// The matters of reviews.
const (
	ReviewDue   ReviewMatter = "review"   // the last day for a review of the plan
	MeetingSet  ReviewMatter = "meeting"  // a review meeting is arranged for the day
	DecisionDue ReviewMatter = "decision" // the last day to decide, after a review meeting
)

const (
	reviewMatter = iota
	meetingMatter
	decisionMatter
	nMatters
)

// ReviewMatters is every matter, in the order in which days count them.
var ReviewMatters = [nMatters]ReviewMatter{ReviewDue, MeetingSet, DecisionDue}

// reviewRules are the yearly reviews that the law requires, and the review of a
// plan that came with a family.
var reviewRules = rulesByCode(casework.ReviewFirst, casework.ReviewAgain, casework.ReviewTransferredPlan)

func rulesByCode(rules ...*law.Rule) map[string]*law.Rule {
	byCode := map[string]*law.Rule{}
	for _, r := range rules {
		byCode[r.Code] = r
	}
	return byCode
}

// A LateBand is how long something has been overdue.
type LateBand struct {
	Name  string // in addresses
	Label string
	Days  int // up to and with so many; 0: any longer
}

// LateBands is every band, the shortest first.
var LateBands = [...]LateBand{
	{"0-4", "Up to 4 weeks", 28},
	{"4-13", "Over 4, up to 13 weeks", 91},
	{"13-26", "Over 13, up to 26 weeks", 182},
	{"26-52", "Over 26, up to 52 weeks", 364},
	{"52-", "Over 52 weeks", 0},
}

func lateBand(due, today calendar.Date) int {
	late := due.DaysUntil(today)
	return slices.IndexFunc(LateBands[:], func(b LateBand) bool { return b.Days == 0 || late <= b.Days })
}

// A ReviewFilter picks the reviews that the calendar shows, and of them what is
// listed.
type ReviewFilter struct {
	Officer, Team, District string
	Phase                   string // of the setting; [Absent]: no setting, or one whose phase is not recorded

	Month calendar.Date // any day of the month shown; zero is this month
	Day   calendar.Date // lists what is on a day of that month; zero: nothing
	What  ReviewMatter  // lists one matter; "": all
	Late  string        // lists the backlog of What: the name of a late band, or [EveryBand]; "": not
	Page  int           // of the list, from 1

	whole bool // the list is not read page by page
}

// A ReviewCalendarDay is what is on one day.
type ReviewCalendarDay struct {
	On     calendar.Date
	Counts [nMatters]int // in the order of [ReviewMatters]
}

// A ReviewWeek is a week of the calendar, from Monday. Days that are not in the
// month have nothing.
type ReviewWeek struct {
	Monday calendar.Date
	Days   [7]ReviewCalendarDay
	Counts [nMatters]int
}

// A Backlog is how much of a matter is overdue today, by how long.
type Backlog struct {
	What  ReviewMatter
	Bands [len(LateBands)]int
	Total int
}

// A ReviewRow is one thing on the calendar.
type ReviewRow struct {
	*store.Line
	What  ReviewMatter
	Rule  *law.Rule // nil for a meeting
	On    calendar.Date
	Days  int // to go; below zero, past
	Who   string
	Place string
}

// A ReviewCalendar is a month of reviews.
type ReviewCalendar struct {
	Today   calendar.Date
	Filter  ReviewFilter
	First   calendar.Date // of the month
	Weeks   []ReviewWeek
	Month   [nMatters]int
	Backlog [2]Backlog // reviews, then decisions
	Any     bool       // something is due or arranged, this month or another

	Rows   []ReviewRow
	Listed int
	Pages  int

	Officers, Teams, Districts, Phases []Option
}

// Reviews returns a month of the review calendar, and what is overdue today.
func (a *Casework) Reviews(ctx context.Context, by access.User, f ReviewFilter) (*ReviewCalendar, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	c := &ReviewCalendar{Filter: f}
	err := a.walked(ctx, func(l *caseload, of []journey) error {
		c.count(l, of, l.viewer(by))
		return nil
	})
	return c, err
}

// ReviewsOut returns everything that a filter lists, or all of the month if it
// lists nothing, to be taken out of the service. That it was taken is kept.
func (a *Casework) ReviewsOut(ctx context.Context, by access.User, f ReviewFilter, as string) ([]ReviewRow, error) {
	f.whole = true
	c, err := a.Reviews(ctx, by, f)
	if err != nil {
		return nil, err
	}
	return c.Rows, a.tookOut(ctx, by, "took a list of reviews out", fmt.Sprintf("%d reviews, meetings and decisions as %s", len(c.Rows), as))
}

// A matter is one thing on the calendar, of one child.
type matter struct {
	slot int32
	what int
	on   calendar.Date
	rule *law.Rule
}

func (c *ReviewCalendar) count(l *caseload, of []journey, viewer string) {
	c.Today = l.today
	f := &c.Filter
	if f.Month.IsZero() {
		f.Month = l.today
	}
	year, month, _ := f.Month.Parts()
	c.First = calendar.On(year, month, 1)
	last := c.First.AddMonths(1) - 1
	monday := c.First.AddDays(-((int(c.First.Weekday()) + 6) % 7))
	for d := monday; d <= last; d += 7 {
		w := ReviewWeek{Monday: d}
		for i := range w.Days {
			w.Days[i].On = d + calendar.Date(i)
		}
		c.Weeks = append(c.Weeks, w)
	}
	c.Backlog[0].What, c.Backlog[1].What = ReviewDue, DecisionDue
	phases := l.phases()
	wanted, anyPhase := phases.wanted(f.Phase), f.Phase == ""
	byPhase := make([]int, len(phases.words))
	s := l.sieve(&CaseFilter{Viewer: viewer, Officer: f.Officer, Team: f.Team, District: f.District})
	var listed []matter
	next := c.First.AddMonths(1)
	take := func(m matter) {
		phase := phases.of[l.cells[m.slot].words[wordSetting]]
		if !anyPhase && phase != wanted { // it counts only for the choice of phase
			if n, _ := s.test.misses(m.slot, &l.cells[m.slot]); n == 0 {
				byPhase[phase]++
			}
			return
		}
		if !s.takes(m.slot, 1) {
			return
		}
		byPhase[phase]++
		c.Any = true
		if c.add(m, next) {
			listed = append(listed, m)
		}
	}
	for _, m := range l.onBoards().reviews {
		take(m)
	}
	for slot := range of {
		if on := of[slot].meeting; !on.IsZero() {
			take(matter{int32(slot), meetingMatter, on, nil})
		}
	}
	c.Officers, c.Teams, c.Districts = s.options(wordOfficer), s.options(wordTeam), s.options(wordDistrict)
	c.Phases = phases.options(byPhase)
	slices.SortFunc(listed, func(a, b matter) int {
		return cmp.Or(cmp.Compare(a.on, b.on), cmp.Compare(a.what, b.what), byNameThenID(l.lines[a.slot], l.lines[b.slot]))
	})
	c.Listed = len(listed)
	if !f.whole {
		listed, f.Page, c.Pages = pageOf(listed, f.Page)
	}
	for _, m := range listed {
		row := ReviewRow{Line: l.lines[m.slot], What: ReviewMatters[m.what], Rule: m.rule, On: m.on, Days: l.today.DaysUntil(m.on)}
		row.Who, row.Place = l.nameOf(row.Officer), l.placeOf(row.Setting)
		c.Rows = append(c.Rows, row)
	}
}

// add counts a matter on its day, if that is before the next month, and in the
// backlog, and reports whether it is to be listed.
func (c *ReviewCalendar) add(m matter, next calendar.Date) (list bool) {
	f := &c.Filter
	asked := f.What == "" || f.What == ReviewMatters[m.what]
	if m.on < c.Today && m.what != meetingMatter {
		b := &c.Backlog[0]
		if m.what == decisionMatter {
			b = &c.Backlog[1]
		}
		band := lateBand(m.on, c.Today)
		b.Bands[band]++
		b.Total++
		list = asked && (f.Late == EveryBand || f.Late == LateBands[band].Name)
	}
	if m.on >= c.First && m.on < next {
		days := c.Weeks[0].Monday.DaysUntil(m.on)
		week := &c.Weeks[days/7]
		week.Days[days%7].Counts[m.what]++
		week.Counts[m.what]++
		c.Month[m.what]++
		list = list || asked && f.Late == "" && (f.Day == m.on || f.whole && f.Day.IsZero())
	}
	return list
}

// placeOf returns the name of a setting, or "" for none.
func (l *caseload) placeOf(id string) string {
	if s := l.settings[id]; s != nil {
		return s.Name
	}
	return ""
}

// phases numbers the phases of settings, and gives each setting's. Number 0 is
// no setting, or one whose phase is not recorded.
type phases struct {
	dictionary
	of []uint16 // by the number of the setting in the words of cells
}

func (l *caseload) phases() *phases {
	p := &phases{of: make([]uint16, len(l.words[wordSetting].words))}
	p.number("")
	for n, id := range l.words[wordSetting].words {
		if s := l.settings[id]; s != nil {
			p.of[n] = p.number(s.Phase)
		}
	}
	return p
}

// wanted returns the number of a phase that a filter names. One that no setting
// has finds nobody.
func (p *phases) wanted(phase string) uint16 {
	if phase == Absent {
		return 0
	}
	if n, ok := p.numbers[phase]; ok {
		return n
	}
	return uint16(len(p.words))
}

func (p *phases) options(counts []int) (all []Option) {
	for n, phase := range p.words {
		if n > 0 && counts[n] > 0 {
			all = append(all, Option{phase, phase, counts[n]})
		}
	}
	slices.SortFunc(all, func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
	if counts[0] > 0 {
		all = append(all, Option{Value: Absent, Children: counts[0]})
	}
	return all
}

// Shown reports whether a day is in the month shown.
func (c *ReviewCalendar) Shown(d calendar.Date) bool {
	return d.Month() == c.First.Month() && d.Year() == c.First.Year()
}
