package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// A Line is a child on one line of the caseload.
type Line = store.Line

// An AdviceBand is when a piece of advice falls due. Together the bands hold
// every piece that is awaited once.
type AdviceBand struct {
	Name  string // in addresses
	Label string
}

// AdviceBands is every band, the worst first. Advice that a lawful exception
// covers has no limit and the last of them.
var AdviceBands = [...]AdviceBand{
	{"over-4", "Over 4 weeks overdue"},
	{"to-4", "Up to 4 weeks overdue"},
	{"week", "Due this week"},
	{"soon", "Due in 4 weeks"},
	{"later", "Due later"},
	{"excused", "Exception applies"},
}

const (
	adviceLong = iota
	adviceLate
	adviceWeek
	adviceSoon
	adviceLater
	adviceExcused
	nAdviceBands
)

// EveryBand is the band that picks all of them.
const EveryBand = "all"

// adviceBand places a duty by how it stands to today and to the Sunday that ends
// the week.
func adviceBand(d *store.Duty, today, sunday calendar.Date) int {
	switch {
	case d.Excused:
		return adviceExcused
	case d.Due < today-soonDays:
		return adviceLong
	case d.Due < today:
		return adviceLate
	case d.Due <= sunday:
		return adviceWeek
	case d.Due <= today+soonDays:
		return adviceSoon
	default:
		return adviceLater
	}
}

// An AdviceFilter picks the advice on the wall, and of that what is listed.
type AdviceFilter struct {
	Stage                   casework.Stage
	Officer, Team, District string

	Settings bool   // the wall has a row for each setting, in place of one for all of them
	Body     string // lists what is awaited of one body; [Absent]: of one that is not named; "": of all
	Band     string // lists one band, or [EveryBand]; "": lists nothing
	Page     int    // of the list, from 1
	Rows     int    // page of the wall's rows, from 1

	whole bool // the list is not read page by page
}

// A BodyAdvice is the advice that one body owes.
type BodyAdvice struct {
	Body  string // "": the record does not name it
	Many  bool   // it is all settings together: how many is Count
	Count int
	Bands [nAdviceBands]int
	Total int
}

// An AdviceRow is one piece of advice that is awaited.
type AdviceRow struct {
	*store.Line
	Body     string
	Asked    calendar.Date // the day from which its six weeks are counted
	Due      calendar.Date
	Days     int // to go; below zero, overdue
	Excused  bool
	Who      string
	Plan     calendar.Date // by when the plan itself must be issued; zero: no such limit is running
	PlanRule *law.Rule
}

// An AdviceWall is the advice that is awaited, by who owes it and when.
type AdviceWall struct {
	Today  calendar.Date
	Sunday calendar.Date // the last day of this week
	Soon   calendar.Date
	Filter AdviceFilter
	Rule   *law.Rule
	Bodies []BodyAdvice // a page of those who owe any, the worst first
	Owing  int          // how many they are on all pages
	Total  BodyAdvice   // of all pages

	RowPages int

	Rows   []AdviceRow // what is listed, the longest overdue first
	Listed int         // how many there are in all
	Pages  int

	Stages, Officers, Teams, Districts []Option
}

// planRules are the limits on issuing the plan for which advice is sought.
var planRules = func() map[string]*law.Rule {
	rules := map[string]*law.Rule{}
	for _, id := range []string{
		"issue-final-plan", "issue-plan-for-detained-person", "issue-plan-after-reassessment", "issue-ordered-plan", "issue-conceded-plan",
		"issue-plan-after-agreement", "issue-plan-after-agreement-to-assess", "issue-plan-after-conceded-assessment", "issue-plan-after-ordered-assessment",
	} {
		for _, r := range casework.RulesNamed(id) {
			rules[r.Code] = r
		}
	}
	return rules
}()

// AdviceWall counts the advice that is awaited, and lists what the filter's body
// and band pick.
func (a *Casework) AdviceWall(ctx context.Context, by access.User, f AdviceFilter) (*AdviceWall, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	w := &AdviceWall{Filter: f, Rule: casework.GiveAdvice}
	err := a.read(ctx, func(l *caseload) error {
		w.count(l, l.viewer(by))
		return nil
	})
	return w, err
}

// AdviceOut returns every piece of advice that a filter lists, or all if it lists
// nothing, to be taken out of the service. That it was taken is kept.
func (a *Casework) AdviceOut(ctx context.Context, by access.User, f AdviceFilter, as string) ([]AdviceRow, error) {
	if f.whole = true; f.Band == "" {
		f.Band = EveryBand
	}
	w, err := a.AdviceWall(ctx, by, f)
	if err != nil {
		return nil, err
	}
	return w.Rows, a.tookOut(ctx, by, "took a list of advice out", fmt.Sprintf("%d pieces of advice as %s", len(w.Rows), as))
}

// A piece is one duty of one child.
type piece struct {
	slot int32
	duty *store.Duty
}

// A boarded keeps the duties that boards are about side by side for as long as
// nothing changes, so that a board need not look at every other duty.
type boarded struct {
	lock    sync.Mutex
	changes uint64
	kept    *onBoards
}

// An onBoards is the duties that boards are about.
type onBoards struct {
	advice  []piece
	reviews []matter // without meetings, which are no duties
}

func (l *caseload) onBoards() *onBoards {
	b := &l.boarded
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.kept != nil && b.changes == l.changes {
		return b.kept
	}
	all := &onBoards{}
	for slot, line := range l.lines {
		for i := range line.Duties {
			d := &line.Duties[i]
			switch {
			case d.Rule == casework.GiveAdvice.Code:
				all.advice = append(all.advice, piece{int32(slot), d})
			case d.Excused:
			case d.Rule == casework.DecideAfterReview.Code:
				all.reviews = append(all.reviews, matter{int32(slot), decisionMatter, d.Due, casework.DecideAfterReview})
			default:
				if rule := reviewRules[d.Rule]; rule != nil {
					all.reviews = append(all.reviews, matter{int32(slot), reviewMatter, d.Due, rule})
				}
			}
		}
	}
	b.changes, b.kept = l.changes, all
	return all
}

func (w *AdviceWall) count(l *caseload, viewer string) {
	w.Today, w.Sunday, w.Soon = l.today, sundayAfter(l.today), l.today+soonDays
	f := &w.Filter
	settings := l.settingNames()
	s := l.sieve(&CaseFilter{Viewer: viewer, Stage: f.Stage, Officer: f.Officer, Team: f.Team, District: f.District})
	rows := map[string]*BodyAdvice{}
	var listed []piece
	for _, one := range l.onBoards().advice {
		d := one.duty
		if f.Settings && !settings[d.Of] || !s.takes(one.slot, 1) {
			continue
		}
		band := adviceBand(d, w.Today, w.Sunday)
		row := rows[d.Of]
		if row == nil {
			row = &BodyAdvice{Body: d.Of}
			rows[d.Of] = row
		}
		row.Bands[band]++
		row.Total++
		w.Total.Bands[band]++
		w.Total.Total++
		if f.Band == EveryBand || f.Band != "" && f.Band == AdviceBands[band].Name {
			if f.Body == "" || f.Body == d.Of || f.Body == Absent && d.Of == "" {
				listed = append(listed, one)
			}
		}
	}
	all := BodyAdvice{Many: true}
	for name, row := range rows {
		if !settings[name] || f.Settings {
			w.Bodies = append(w.Bodies, *row)
			continue
		}
		all.Count++
		all.Total += row.Total
		for b, n := range row.Bands {
			all.Bands[b] += n
		}
	}
	if all.Count > 0 {
		w.Bodies = append(w.Bodies, all)
	}
	slices.SortFunc(w.Bodies, func(a, b BodyAdvice) int {
		return cmp.Or(-cmp.Compare(a.overdue(), b.overdue()), -cmp.Compare(a.Bands[adviceLong], b.Bands[adviceLong]), -cmp.Compare(a.Total, b.Total), strings.Compare(a.Body, b.Body))
	})
	w.Owing = len(w.Bodies)
	w.Bodies, f.Rows, w.RowPages = pageOf(w.Bodies, f.Rows)
	w.Stages, w.Officers = s.options(wordStage), s.options(wordOfficer)
	w.Teams, w.Districts = s.options(wordTeam), s.options(wordDistrict)
	l.byDueThenName(listed)
	w.Listed = len(listed)
	if !f.whole {
		listed, f.Page, w.Pages = pageOf(listed, f.Page)
	}
	for _, one := range listed {
		w.Rows = append(w.Rows, adviceRow(l, one))
	}
}

// overdue is how many pieces are late, by which bodies are ordered.
func (b *BodyAdvice) overdue() int { return b.Bands[adviceLong] + b.Bands[adviceLate] }

// sixWeeks is the limit on giving advice, in days: it is in weeks of the
// calendar, so the day from which it is counted is as far back.
const sixWeeks = 7 * 6

func adviceRow(l *caseload, p piece) AdviceRow {
	line, d := l.lines[p.slot], p.duty
	row := AdviceRow{Line: line, Body: d.Of, Asked: d.Due - sixWeeks, Due: d.Due, Days: l.today.DaysUntil(d.Due), Excused: d.Excused, Who: l.nameOf(line.Officer)}
	for i := range line.Duties {
		other := &line.Duties[i]
		if rule := planRules[other.Rule]; rule != nil && !other.Excused && (row.Plan.IsZero() || other.Due < row.Plan) {
			row.Plan, row.PlanRule = other.Due, rule
		}
	}
	return row
}

// settingNames returns the name of every setting in the record.
func (l *caseload) settingNames() map[string]bool {
	names := make(map[string]bool, len(l.settings))
	for _, s := range l.settings {
		names[s.Name] = true
	}
	return names
}

// nameOf returns the name of a person, or "" for nobody.
func (l *caseload) nameOf(id string) string {
	if p := l.people[id]; p != nil {
		return p.Name
	}
	return ""
}

// sundayAfter returns the Sunday that ends the week of a day.
func sundayAfter(d calendar.Date) calendar.Date { return d.AddDays((7 - int(d.Weekday())) % 7) }

// byDueThenName puts pieces in the order in which lists show them.
func (l *caseload) byDueThenName(all []piece) {
	slices.SortFunc(all, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.duty.Due, b.duty.Due), byNameThenID(l.lines[a.slot], l.lines[b.slot]), strings.Compare(a.duty.Of, b.duty.Of), strings.Compare(a.duty.Rule, b.duty.Rule))
	})
}

// pageOf returns one page of a list, which it is, and how many there are. A page
// that the list does not reach is its last.
func pageOf[T any](all []T, page int) (some []T, which, pages int) {
	pages = max(1, (len(all)+PageSize-1)/PageSize)
	page = min(max(page, 1), pages)
	return all[(page-1)*PageSize : min(len(all), page*PageSize)], page, pages
}

// A sieve picks what a filter picks, and counts as it goes what each other
// choice would.
type sieve struct {
	l    *caseload
	test test
	by   [nWords][]int
}

func (l *caseload) sieve(f *CaseFilter) *sieve {
	s := &sieve{l: l, test: l.test(f, nil)}
	for w := range s.by {
		s.by[w] = make([]int, len(l.words[w].words))
	}
	return s
}

// takes reports whether the filter picks a child of whom there are n of what is
// counted.
func (s *sieve) takes(slot int32, n int) bool {
	c := &s.l.cells[slot]
	misses, which := s.test.misses(slot, c)
	switch {
	case misses == 0:
		for w := range s.by {
			s.by[w][c.words[w]] += n
		}
		return true
	case misses == 1 && which < nWords:
		s.by[which][c.words[which]] += n
	}
	return false
}

// options returns the choices of one filter, with what each gives.
func (s *sieve) options(w int) (all []Option) {
	for n, count := range s.by[w] {
		if word := s.l.words[w].words[n]; count > 0 && n > 0 {
			o := Option{word, word, count}
			switch w {
			case wordOfficer:
				o.Label = cmp.Or(s.l.nameOf(word), word)
			case wordStage:
				o.Label = casework.Stage(word).Label()
			}
			all = append(all, o)
		}
	}
	if w == wordStage {
		slices.SortFunc(all, func(a, b Option) int {
			return slices.Index(casework.Stages, casework.Stage(a.Value)) - slices.Index(casework.Stages, casework.Stage(b.Value))
		})
	} else {
		slices.SortFunc(all, func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
	}
	if len(s.by[w]) > 0 && s.by[w][0] > 0 {
		all = append(all, Option{Value: Absent, Children: s.by[w][0]})
	}
	return all
}
