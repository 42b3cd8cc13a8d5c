package calendar

import "slices"

// A Closure is a run of days on which a setting is shut: from its first closed
// day to the day it re-opens. No Reopens means that the day is not known.
type Closure struct{ Closed, Reopens Date }

// Long reports whether the closure lasts a continuous period of not less than
// four weeks, so that SEND Regulations 2014, regulation 10(4)(a) and (b) can
// apply to it.
func (c Closure) Long() bool { return c.Closed != 0 && c.Reopens-c.Closed >= 28 }

// AdviceWindow is the days on which a request for advice to the setting falls
// within regulation 10(4)(a) or (b): from one week before the setting closes to
// one week before it re-opens.
func (c Closure) AdviceWindow() Period { return Period{c.Closed - 7, c.Reopens - 7} }

// A SchoolCalendar is one setting's terms and the days within them on which it
// holds no session.
type SchoolCalendar struct {
	Terms []Period // in order, not overlapping
	Shut  []Period // half terms, training days, emergencies
}

// IsSchoolDay reports whether the setting holds a session on d: in term, not a
// weekend, not a holiday, not shut.
func (s *SchoolCalendar) IsSchoolDay(d Date, h *Holidays) bool {
	in := func(p Period) bool { return p.Contains(d) }
	return slices.ContainsFunc(s.Terms, in) && !slices.ContainsFunc(s.Shut, in) && h.IsWorkingDay(d)
}

// SchoolDaysAfter returns the nth school day after d; ok is false when the
// calendar ends first.
func (s *SchoolCalendar) SchoolDaysAfter(d Date, n int, h *Holidays) (day Date, ok bool) {
	if len(s.Terms) == 0 {
		return 0, false
	}
	end := s.Terms[len(s.Terms)-1].Last
	for ; n > 0; n-- {
		for d++; !s.IsSchoolDay(d, h); d++ {
			if d > end {
				return 0, false
			}
		}
	}
	return d, true
}

// NextTerm returns the first term that starts after d.
func (s *SchoolCalendar) NextTerm(d Date) (term Period, ok bool) {
	for _, t := range s.Terms {
		if t.First > d {
			return t, true
		}
	}
	return Period{}, false
}

// Closures returns the gaps between terms and the days shut, each as a closure.
func (s *SchoolCalendar) Closures() []Closure {
	var all []Closure
	for i := 1; i < len(s.Terms); i++ {
		if a, b := s.Terms[i-1].Last, s.Terms[i].First; b > a+1 {
			all = append(all, Closure{a + 1, b})
		}
	}
	for _, p := range s.Shut {
		all = append(all, Closure{p.First, p.Last + 1})
	}
	slices.SortFunc(all, func(a, b Closure) int { return int(a.Closed - b.Closed) })
	return all
}
