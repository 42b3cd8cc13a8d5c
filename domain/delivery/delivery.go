// Package delivery is whether what a plan promises is given: each line of
// provision in a final plan is a promise, people report of it, and what is not
// given is a gap that somebody must close.
//
// Silence is never taken for delivery. Start reading at [Read].
package delivery

import (
	"cmp"
	"slices"

	"weald/calendar"
	"weald/domain/plan"
)

// A Promise is one line of provision in a final plan: section F is owed by the
// local authority (Children and Families Act 2014, section 42(2)), section G by
// whoever commissions health care (section 42(3)).
type Promise struct {
	Line    string // its ID in the plan
	Section string // its letter, such as "F"
	Text    string
	Who     string        // who gives it, as the plan says; "": it does not
	From    calendar.Date // the day from which it is owed
	Until   calendar.Date // the day on which it was no longer in the plan; zero: it is still
	Changed bool          // its words were changed since it was first promised
}

// Owed reports whether a promise is owed on a day.
func (p *Promise) Owed(on calendar.Date) bool {
	return p.From <= on && (p.Until.IsZero() || on < p.Until)
}

// An Issued is a final plan, and the day from which it was in force.
type Issued struct {
	On   calendar.Date
	Plan *plan.Plan
}

// promising is the parts of a plan that promise provision, whatever the letters
// that a template gives them.
var promising = []plan.Role{plan.Special, plan.HealthProvision, plan.CareUnder18, plan.CareOther}

// Promises returns what final plans promise, from the first to the latest: what
// is kept from one to the next is one promise. ended is the day on which the plan
// ceased; zero: it has not.
func Promises(issued []Issued, ended calendar.Date) (all []Promise) {
	at := map[string]int{}
	for _, one := range issued {
		seen := map[string]bool{}
		for i := range one.Plan.Template.Sections {
			letter := one.Plan.Template.Sections[i].Letter
			s := one.Plan.Section(letter)
			if s == nil || !slices.Contains(promising, one.Plan.Template.Sections[i].Role) {
				continue
			}
			for _, l := range s.Lines {
				if l.Kind != plan.Provision || l.Empty() {
					continue
				}
				seen[l.ID] = true
				if k, ok := at[l.ID]; ok && all[k].Until.IsZero() {
					p := &all[k]
					p.Changed = p.Changed || p.Text != l.Text
					p.Text, p.Section, p.Who = l.Text, letter, l.Says["who"]
					continue
				}
				at[l.ID] = len(all)
				all = append(all, Promise{Line: l.ID, Section: letter, Text: l.Text, Who: l.Says["who"], From: one.On})
			}
		}
		for i := range all {
			if all[i].Until.IsZero() && !seen[all[i].Line] {
				all[i].Until = one.On
			}
		}
	}
	for i := range all {
		if all[i].Until.IsZero() && !ended.IsZero() {
			all[i].Until = ended
		}
	}
	return all
}

// An Outcome is what somebody says of a promise over some days.
type Outcome string

// Outcomes.
const (
	Given    Outcome = "given"
	Part     Outcome = "part"
	NotGiven Outcome = "not"
)

// Outcomes is the outcomes with their words.
var Outcomes = []struct {
	Outcome Outcome
	Words   string
}{
	{Given, "Given as the plan says"},
	{Part, "Given in part"},
	{NotGiven, "Not given"},
}

// Words says the outcome.
func (o Outcome) Words() string {
	for _, row := range Outcomes {
		if row.Outcome == o {
			return row.Words
		}
	}
	return "Nobody has said"
}

// A Report is what somebody said of a promise.
type Report struct {
	Line        string
	Outcome     Outcome
	Family      bool // the family said it
	From, Until calendar.Date
}

// A Step is one thing that happened to a gap.
type Step string

// Steps.
const (
	Opened   Step = "opened"
	Noted    Step = "noted"
	Closed   Step = "closed"   // with evidence, which the family sees
	Disputed Step = "disputed" // the family says that it is not put right
)

// A Moment is a step of a gap, on a day.
type Moment struct {
	Line string
	Step Step
	On   calendar.Date
}

// A Gap is provision that is promised and not given.
type Gap struct {
	Line   string
	Opened calendar.Date
	Closed calendar.Date // zero: it is open
	Days   int           // that were lost, up to the day of reading
	Again  bool          // the family said that it was not put right
}

// A State is how one promise stands on a day.
type State struct {
	Promise
	Said Outcome       // the latest that is known; "": nobody has said
	By   string        // "family" or "others", who said it
	On   calendar.Date // the last day of which it was said
	Gaps []Gap         // the first opened first
	Lost int           // days lost altogether
}

// Open returns the gap that is open, or nil.
func (s *State) Open() *Gap {
	if n := len(s.Gaps); n > 0 && s.Gaps[n-1].Closed.IsZero() {
		return &s.Gaps[n-1]
	}
	return nil
}

// Read says how promises stand on a day, from what was reported and done. Days
// lost are days of the calendar from the day from which it was not given to the
// day before it was put right; a day lost under two gaps of one promise counts
// once.
func Read(promises []Promise, reports []Report, moments []Moment, today calendar.Date) (all []State) {
	for _, p := range promises {
		s := State{Promise: p}
		for _, r := range reports {
			if r.Line == p.Line && r.Until <= today && r.Until >= s.On {
				s.Said, s.On, s.By = r.Outcome, r.Until, "others"
				if r.Family {
					s.By = "family"
				}
			}
		}
		steps := slices.Clone(moments)
		slices.SortStableFunc(steps, func(a, b Moment) int { return cmp.Compare(a.On, b.On) })
		for _, m := range steps {
			if m.Line != p.Line || m.On > today {
				continue
			}
			open := s.Open()
			switch {
			case m.Step == Opened && open == nil:
				s.Gaps = append(s.Gaps, Gap{Line: p.Line, Opened: m.On})
			case m.Step == Closed && open != nil:
				open.Closed = m.On
			case m.Step == Disputed && open == nil && len(s.Gaps) > 0:
				last := &s.Gaps[len(s.Gaps)-1]
				last.Closed, last.Again = 0, true
			}
		}
		for i := range s.Gaps {
			g := &s.Gaps[i]
			end := g.Closed
			if end.IsZero() {
				end = today + 1
			}
			if !p.Until.IsZero() {
				end = min(end, p.Until)
			}
			g.Days = max(0, int(end-g.Opened))
			s.Lost += g.Days
		}
		all = append(all, s)
	}
	return all
}

// A Rate is how much of what is promised is given: of promises owed on a day, how
// many are known to be given, given in part and not given, and of how many nobody
// has said anything lately.
type Rate struct {
	Given, Part, Not, Unknown int
}

// Of returns how many promises there are.
func (r Rate) Of() int { return r.Given + r.Part + r.Not + r.Unknown }

// lately is for how many days what was said of a promise stands: a term of the
// school year at its longest is about sixteen weeks. It is Weald's own choice and
// no rule of law.
const lately = 112

// Add counts a promise that is owed on a day.
func (r *Rate) Add(s *State, on calendar.Date) {
	if !s.Owed(on) {
		return
	}
	switch {
	case s.Open() != nil && s.Said != Part:
		r.Not++
	case s.Said == "" || s.On.AddDays(lately) < on:
		r.Unknown++
	case s.Said == Given:
		r.Given++
	case s.Said == Part:
		r.Part++
	default:
		r.Not++
	}
}
