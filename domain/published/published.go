// Package published is what the Department for Education publishes each summer
// from every authority's SEN2 return: each figure with its definition in words,
// counted here from a return alone ([Count]), and the department's own figures
// for every authority and England ([Release]) to lay beside it.
//
// The department publishes figures and column names, and few definitions. Where
// a definition is a deduction it says so, with how sure it is. It knows no
// record and no pages; the record's return is built in [weald/domain/sen2].
//
// Start reading at [Measure], then [Measures], then [Count].
package published

import "strconv"

// A Confidence is how surely a definition is the department's.
type Confidence string

// Confidences.
const (
	High   Confidence = "H" // the department's own words, or its published figures agree
	Medium Confidence = "M" // one supplier's or analyst's word, that nothing contradicts
	Low    Confidence = "L" // a deduction
)

// Words says what a confidence means.
func (c Confidence) Words() string {
	switch c {
	case High:
		return "the department’s own words, or checked against its figures"
	case Medium:
		return "one supplier’s or analyst’s word, which nothing contradicts"
	}
	return "a deduction, which the department has not confirmed"
}

// A Measure is a figure, or a group of figures that are read together.
type Measure struct {
	Key        string // stable: addresses and files use it
	Set        string // the department's file of figures, in words
	Title      string
	Columns    []Column
	Of         string // what a percentage is of, in words; "" when none is taken
	Definition string
	Confidence Confidence
	Source     string

	Average bool // each figure is days, and its whole plans: shown in weeks

	whole whole
}

// A whole is what the percentages of a measure are of: its first column, the sum
// of its columns, the first column of another measure, or nothing.
type whole int

const (
	none    whole = 0
	ofFirst whole = -1
	ofSum   whole = -2
)

func of(measure int) whole { return whole(measure + 1) }

// A Column is one figure of a measure.
type Column struct {
	Label string
	Name  string // the department's file and column; "": it publishes none
}

// A Figure is a column counted.
type Figure struct {
	Column
	Count int
	Whole int // the denominator; 0: no percentage is taken
}

// Percent returns the figure as a percentage of its whole, to one decimal, as
// the department rounds. It is false when there is nothing to divide by.
func (f *Figure) Percent() (string, bool) { return Percent(f.Count, f.Whole) }

// Weeks returns the mean of a figure of days, in weeks to one decimal.
func (f *Figure) Weeks() (string, bool) {
	tenths, whole := 20*f.Count+7*f.Whole, 14*f.Whole
	if whole <= 0 {
		return "", false
	}
	tenths /= whole
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10), true
}

// Percent divides and rounds to one decimal, halves up.
func Percent(count, whole int) (string, bool) {
	if whole <= 0 {
		return "", false
	}
	tenths := (2000*count + whole) / (2 * whole)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10), true
}

// A Result is a measure counted in one return.
type Result struct {
	*Measure
	Figures []Figure
	Note    string // what kept it from being counted, or from being whole
}

// Figure returns the figure with a label.
func (r *Result) Figure(label string) (Figure, bool) {
	for _, f := range r.Figures {
		if f.Label == label {
			return f, true
		}
	}
	return Figure{}, false
}

// Results are every measure of one return.
type Results []Result

// Find returns the result of the measure with a key, or nil.
func (rs Results) Find(key string) *Result {
	for i := range rs {
		if rs[i].Key == key {
			return &rs[i]
		}
	}
	return nil
}

// Column returns the figure that the department publishes under a name.
func (rs Results) Column(name string) (int, bool) {
	for i := range rs {
		for _, f := range rs[i].Figures {
			if f.Name == name {
				return f.Count, true
			}
		}
	}
	return 0, false
}

// Results returns what has been counted.
func (t *Tally) Results() Results {
	t.n[mTribunal] = []int{t.n[mRequests][2], t.n[mAssessments][2], t.n[mPlans][0], t.n[mCeased][2], 0}
	t.n[mTribunal][4] = t.n[mTribunal][0] + t.n[mTribunal][1] + t.n[mTribunal][2] + t.n[mTribunal][3]
	t.n[mWeeks] = t.days[:]
	all := make(Results, nMeasures)
	for i := range Measures {
		m := &Measures[i]
		r := Result{Measure: m, Figures: make([]Figure, len(m.Columns))}
		for c := range m.Columns {
			f := Figure{Column: m.Columns[c], Count: t.n[i][c]}
			switch {
			case m.Average:
				f.Whole = t.timed[c]
			case m.whole == ofFirst && c > 0:
				f.Whole = t.n[i][0]
			case m.whole == ofSum:
				f.Whole = sum(t.n[i])
			case m.whole > 0:
				f.Whole = t.n[m.whole-1][0]
			}
			r.Figures[c] = f
		}
		all[i] = r
	}
	if unknown := t.n[mPlacement][len(placements)]; unknown > 0 {
		r := &all[mPlacement]
		if t.schools == nil {
			r.Note = "No list of schools with their types was given, so plans at a school with a number are not known by group."
		} else {
			r.Note = "The list of schools has no type for some schools, or one that no group is known for; their plans are not known by group."
		}
	}
	return all
}

func sum(list []int) (n int) {
	for _, one := range list {
		n += one
	}
	return n
}
