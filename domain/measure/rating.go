package measure

import (
	"errors"
	"math"

	"weald/calendar"
)

// A Rating is how a measure stands to where it should be by now.
type Rating string

// Ratings, named by the colours that boards know. The colour is never shown
// without its word.
const (
	Unrated Rating = ""
	Green   Rating = "green"
	Amber   Rating = "amber"
	Red     Rating = "red"
)

// A Grade is how far a measure's data can be trusted: A the best, D not enough to
// call anything green.
type Grade byte

// An Aim is where a measure is meant to go: from a baseline to a target, by way
// of milestones. All are in the measure's unit.
type Aim struct {
	Baseline, Target float64
	Milestone        float64 // where it should be at the period rated
	Tolerance        float64 // amber reaches so far from the milestone; 0: a quarter of the way from baseline to target, and at least 1
	Fewest           int     // a share of fewer is never green; 0: SmallBase
}

// A Rated is what a rating is worked out from.
type Rated struct {
	Value       Value
	Before      []float64 // earlier figures, the latest last
	Grade       Grade
	Provisional calendar.Date // since when the figure has been provisional; zero: it is final
	Today       calendar.Date
	Redefined   bool // its definition changed since the baseline, which was not set anew
}

// Rate says how a measure stands, and why in words. A rating is by rule: green at
// or beyond the milestone, amber within the tolerance of it or when the last
// three points improve on one another, and red otherwise. Nothing is green whose
// data cannot carry it. The rule's numbers are a local choice ([J]).
func (d *Definition) Rate(r Rated, aim Aim) (Rating, string) {
	if d.Better == Neutral {
		return Unrated, "Neither way is better in itself, so it is not rated."
	}
	if d.Better == Band {
		return Unrated, "It is best within a band, which the area has not set."
	}
	if !r.Value.Known() {
		return Unrated, "There was nothing to count."
	}
	actual, milestone := r.Value.Figure(), aim.Milestone
	tolerance := aim.Tolerance
	if tolerance == 0 {
		tolerance = max(1, math.Abs(aim.Target-aim.Baseline)/4)
	}
	better := func(a, b float64) bool { return a > b }
	if d.Better == Lower {
		actual, milestone = -actual, -milestone
		better = func(a, b float64) bool { return a < b }
	}
	switch {
	case actual >= milestone:
		if why := cannotBeGreen(r, aim); why != "" {
			return Amber, why
		}
		return Green, "It is at the milestone or beyond it."
	case actual >= milestone-tolerance:
		return Amber, "It is short of the milestone, within the tolerance."
	case improving(append(r.Before, r.Value.Figure()), better):
		return Amber, "It is well short of the milestone, and has improved three times running."
	default:
		return Red, "It is short of the milestone by more than the tolerance."
	}
}

func cannotBeGreen(r Rated, aim Aim) string {
	fewest := aim.Fewest
	if fewest == 0 {
		fewest = SmallBase
	}
	switch {
	case r.Grade == 'D':
		return "It is at the milestone, but its data is graded D, which cannot carry a green."
	case !r.Provisional.IsZero() && r.Provisional.DaysUntil(r.Today) > 60:
		return "It is at the milestone, but the figure has been provisional for more than 60 days."
	case !r.Value.Whole && r.Value.Den < fewest:
		return "It is at the milestone, but it is a share of too few."
	case r.Redefined:
		return "It is at the milestone, but what it counts has changed and the baseline has not been set anew."
	}
	return ""
}

// improving reports whether each of the last three points is better than the one
// before it.
func improving(figures []float64, better func(a, b float64) bool) bool {
	n := len(figures)
	if n < 3 {
		return false
	}
	return better(figures[n-1], figures[n-2]) && better(figures[n-2], figures[n-3])
}

// A Milestone is where a measure should be on a day.
type Milestone struct {
	Due   calendar.Date
	Value float64
}

// ErrNoPath is returned when a path has no milestones.
var ErrNoPath = errors.New("there are no milestones to go by")

// Path returns where a measure should be on a day: on the straight line between
// the milestones either side, the first of which is the baseline. Before the
// first and after the last it is theirs.
func Path(milestones []Milestone, on calendar.Date) (float64, error) {
	if len(milestones) == 0 {
		return 0, ErrNoPath
	}
	last := milestones[0]
	for _, m := range milestones {
		if m.Due >= on {
			if m.Due == last.Due {
				return m.Value, nil
			}
			along := float64(last.Due.DaysUntil(on)) / float64(last.Due.DaysUntil(m.Due))
			return last.Value + along*(m.Value-last.Value), nil
		}
		last = m
	}
	return last.Value, nil
}

// Arrival forecasts when a measure will reach its target if it goes on as in its
// last six points, one a month: the number of months after the last of them, or
// ok false when it is not on course.
func (d *Definition) Arrival(figures []float64, target float64) (months int, ok bool) {
	n := len(figures)
	if n == 0 {
		return 0, false
	}
	last := figures[n-1]
	reached := last >= target
	if d.Better == Lower {
		reached = last <= target
	}
	if reached {
		return 0, true
	}
	if n < 6 {
		return 0, false
	}
	step := slope(figures[n-6:])
	if ahead := target - last; step == 0 || math.Signbit(ahead) != math.Signbit(step) {
		return 0, false
	}
	return int(math.Ceil((target - last) / step)), true
}

// slope is the least-squares slope of evenly spaced figures.
func slope(y []float64) float64 {
	n := float64(len(y))
	mx := (n - 1) / 2
	my := 0.0
	for _, v := range y {
		my += v / n
	}
	num, den := 0.0, 0.0
	for i, v := range y {
		dx := float64(i) - mx
		num, den = num+dx*(v-my), den+dx*dx
	}
	return num / den
}
