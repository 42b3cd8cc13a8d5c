// Package analysis looks at one SEN2 return from every side: who is in it, what
// happened in its year and how long it took, each figure with the children
// behind it and under any filter.
//
// A person is read once ([Analysis.Add]) and kept as the numbers of the figures
// that they are counted in, some hundred bytes, so that a county can be asked
// again and again in a few thousandths of a second. What happened is of the
// return's calendar year; ages and waits are counted to the reference date and
// never to today. It knows no record and no pages.
//
// Start reading at [Sections], then [Analysis.View].
package analysis

import (
	"cmp"
	"slices"
	"time"

	"weald/calendar"
	"weald/domain/sen2"
)

// A Section is a group of figures that are read together: the rows of one table.
type Section struct {
	Key   string
	Title string
	Words string   // what is counted, and how
	Unit  string   // "requests"
	Order []string // the labels in order; nil: the largest first
}

// Attributes are the sections by whose rows people may be filtered: each person
// is in one row of each.
var Attributes = []string{"sex", "age", "ethnicity", "need", "setting", "place"}

// Groups are the sections whose rows are broken down by sex, age and ethnicity.
var Groups = []string{"people", "requested", "assessed", "issued", "ceased", "in-force"}

var (
	ages    = []string{"Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over", "Not known"}
	closed  = []string{"45 days or less", "46 to 90 days", "91 to 150 days", "151 to 365 days", "1 to 2 years", "2 to 3 years", "3 to 4 years", "Over 4 years", "Not known"}
	lasted  = []string{"Up to 6 months", "6 to 12 months", "Over 12 months", "No review recorded"}
	several = []string{"More than one request", "More than one assessment", "More than one plan"}
	convert = []string{"Requests received", "of them, an assessment agreed, at first or later", "of them, the assessment concluded", "of them, a plan issued"}
)

// Sections are the figures, in the order in which they are shown.
var Sections = []Section{
	{"people", "Everybody in the return", "Each person once.", "people", nil},
	{"sex", "Sex", "As the return gives it.", "people", []string{"Female", "Male", "Not known"}},
	{"age", "Age", "In whole years on the reference date.", "people", ages},
	{"ethnicity", "Ethnicity", "The school census code.", "people", nil},
	{"need", "Primary need", "The need ranked first with the latest plan that gives one.", "people", nil},
	{"second", "Second need", "The need ranked second.", "people", nil},
	{"setting", "Setting", "Where the person is on the reference date, by number or, with none, by code: of those open, the one ranked first.", "people", nil},
	{"place", "Where they live", "The first half of the postcode.", "people", nil},
	{"requested", "Requests in the year", "Received in the calendar year.", "requests", nil},
	{"request-outcome", "What came of the requests", "Of requests received in the calendar year.", "requests", nil},
	{"source", "Who asked", "Of requests received in the calendar year; asked since the 2025 return.", "requests", nil},
	{"conversion", "From request to plan", "Of requests received in the calendar year, how many came so far by the reference date.", "requests", convert},
	{"assessed", "Assessments concluded in the year", "A plan issued, or a decision not to issue one notified, in the calendar year.", "assessments", nil},
	{"assessment-outcome", "What came of the assessments", "Of those concluded in the calendar year.", "assessments", nil},
	{"issued", "Plans started in the year", "With a start in the calendar year.", "plans", nil},
	{"ceased", "Plans ceased in the year", "With a day of ceasing in the calendar year.", "plans", nil},
	{"reason", "Why plans ceased", "Of those that ceased in the calendar year.", "plans", nil},
	{"ceased-year", "Years in which plans ceased", "Every plan in the return that ceased.", "plans", nil},
	{"in-force", "Plans in force", "On the reference date.", "plans", nil},
	{"start-year", "Years in which plans in force started", "Of plans in force on the reference date.", "plans", nil},
	{"open-length", "How long plans in force have been open", "From the start to the reference date.", "plans", closed},
	{"closed-length", "How long plans that ceased were open", "From the start to the day of ceasing, in the calendar year.", "plans", closed},
	{"open-requests", "Requests waiting for a decision", "Undecided in the return.", "requests", nil},
	{"open-assessments", "Assessments under way", "Undecided, or decided and with no plan issued.", "assessments", nil},
	{"journey", "Journeys", "Each request with what came of it: the decision, the assessment, the plan.", "requests", nil},
	{"several", "People who are in the return several times", "Historical requests included.", "people", several},
	{"reviewed", "Time since the last review meeting", "Of plans in force, to the reference date.", "plans", lasted},
	{"review-outcome", "What was decided after the last review", "Of plans in force with a review meeting.", "plans", nil},
	{"phase", "Phase transfers", "Of plans in force, by the days that the return gives.", "plans", []string{"Due, and the final plan issued", "Due, and no final plan yet", "Final plan with no due day"}},
	{"provision", "SEN unit and resourced provision", "Of plans in force, by the indicators of the setting.", "plans", []string{"SEN unit", "Resourced provision", "Both", "Neither", "Not given"}},
	{"exception", "Exceptions to the 20 weeks", "Of plans issued after assessment in the calendar year.", "plans", []string{"Exception applies", "No exception", "Not given"}},
}

var sectionAt = func() map[string]int {
	m := map[string]int{}
	for i := range Sections {
		m[Sections[i].Key] = i
	}
	return m
}()

// A Wait is a length of time that is shown as a spread.
type Wait struct{ Key, Title, Words string }

// Waits are the spreads, in order.
var Waits = []Wait{
	{"decision", "From a request to the decision whether to assess", "Of decisions in the calendar year, in days."},
	{"outcome", "From a request to the end of the assessment", "Of assessments concluded in the calendar year, in days. The law’s 16 weeks to a decision not to issue are 112 days, its 20 weeks to a plan 140."},
	{"open-request", "Requests waiting for a decision", "From the request to the reference date, in days."},
	{"open-assessment", "Assessments under way", "From the request to the reference date, in days."},
	{"review", "From a review meeting to the decision", "In days, of plans in force. The law’s four weeks are 28."},
}

const (
	waitDecision = iota
	waitOutcome
	waitOpenRequest
	waitOpenAssessment
	waitReview
	nWaits
)

// historical marks a number of a row that comes from a request marked H, decided
// before the period of the return, and so may inflate counts of requests and
// assessments. Plans are counted whatever their request is marked.
const historical = 1 << 15

// A label is a row of a section.
type label struct {
	section uint8
	text    string
}

type wait struct {
	of   uint8
	h    bool
	days int32
}

// A person is what is kept of one.
type person struct {
	id    string
	at    []uint16 // numbers of labels, once for each time counted
	waits []wait
}

// Analysis is one return, ready to be asked.
type Analysis struct {
	Header sen2.Header
	On     calendar.Date // the reference date
	first  calendar.Date // of the calendar year
	last   calendar.Date

	people  []person
	labels  []label
	numbers map[label]uint16
}

// New begins the analysis of a return with a header. Its year must be known.
func New(h sen2.Header) *Analysis {
	return &Analysis{Header: h, On: h.Census(), first: calendar.On(h.Year-1, time.January, 1), last: calendar.On(h.Year-1, time.December, 31), numbers: map[label]uint16{}}
}

// mostLabels bounds how many rows a return may make: a number must fit.
const mostLabels = historical - 1

// number returns the number of a row, new if need be.
func (a *Analysis) number(section, text string) uint16 {
	l := label{uint8(sectionAt[section]), text}
	n, ok := a.numbers[l]
	if !ok {
		if len(a.labels) >= mostLabels {
			l.text = "Other"
			if n, ok = a.numbers[l]; ok {
				return n
			}
		}
		n = uint16(len(a.labels))
		a.labels, a.numbers[l] = append(a.labels, l), n
	}
	return n
}

// Add reads one person. It keeps their id, and of what they are only in which
// figures they are counted.
func (a *Analysis) Add(p *sen2.Person, id string) {
	t := teller{a: a, p: p, to: person{id: id}}
	t.tell()
	t.to.at = slices.Clip(t.to.at)
	a.people = append(a.people, t.to)
}

// A Filter picks people and requests. Attributes hold a row of each section that
// is asked for.
type Filter struct {
	Attributes map[string]string
	WithoutH   bool   // leave requests marked historical out of the counts of requests and assessments
	Section    string // with Row, those counted there
	Row        string
}

// A Count is a row of a section under a filter.
type Count struct {
	Label string
	N     int
}

// A Spread is five numbers of a wait, in days: a quarter of the cases are
// shorter than Lower, half than Median, three quarters than Upper.
type Spread struct {
	*Wait
	N                                 int
	Least, Lower, Median, Upper, Most int
	Mean                              int // in tenths of a day
}

// A View is the figures under a filter.
type View struct {
	People   int
	Of       int // without the filter
	Sections map[string][]Count
	Spreads  []Spread
	// Broken is each group's figures by an attribute: "ceased", "sex".
	Broken map[string]map[string][]Count
	Totals map[string]int // of each section
}

// picked turns a filter into the numbers that a person must have; false if no
// row has such a name, so that nobody is picked.
func (a *Analysis) picked(f *Filter) (all []uint16, ok bool) {
	for section, row := range f.Attributes {
		if row == "" {
			continue
		}
		n, known := a.numbers[label{uint8(sectionAt[section]), row}]
		if !known {
			return nil, false
		}
		all = append(all, n)
	}
	return all, true
}

// fits reports whether a person has every number.
func (p *person) fits(numbers []uint16) bool {
	for _, n := range numbers {
		if !slices.Contains(p.at, n) && !slices.Contains(p.at, n|historical) {
			return false
		}
	}
	return true
}

// View counts every figure under a filter, in one pass over the people.
func (a *Analysis) View(f *Filter) *View {
	v := &View{Of: len(a.people), Sections: map[string][]Count{}, Broken: map[string]map[string][]Count{}, Totals: map[string]int{}}
	counts := make([]int, len(a.labels))
	broken := map[[2]uint16]int{} // a group and an attribute's row
	days := [nWaits][]int32{}
	group := map[uint8]bool{}
	for _, g := range Groups {
		group[uint8(sectionAt[g])] = true
	}
	attribute := map[uint8]bool{}
	for _, one := range []string{"sex", "age", "ethnicity"} {
		attribute[uint8(sectionAt[one])] = true
	}
	numbers, ok := a.picked(f)
	var groups, attributes []uint16
	for i := range a.people {
		p := &a.people[i]
		if !ok || !p.fits(numbers) {
			continue
		}
		v.People++
		groups, attributes = groups[:0], attributes[:0]
		for _, n := range p.at {
			if f.WithoutH && n&historical != 0 {
				continue
			}
			n &^= historical
			counts[n]++
			switch s := a.labels[n].section; {
			case group[s]:
				groups = append(groups, n)
			case attribute[s]:
				attributes = append(attributes, n)
			}
		}
		for _, g := range groups {
			for _, one := range attributes {
				broken[[2]uint16{g, one}]++
			}
		}
		for _, w := range p.waits {
			if !w.h || !f.WithoutH {
				days[w.of] = append(days[w.of], w.days)
			}
		}
	}
	for n, count := range counts {
		if count > 0 {
			s := &Sections[a.labels[n].section]
			v.Sections[s.Key] = append(v.Sections[s.Key], Count{a.labels[n].text, count})
			v.Totals[s.Key] += count
		}
	}
	for key := range v.Sections {
		Sections[sectionAt[key]].sort(v.Sections[key])
	}
	for pair, n := range broken {
		g, one := Sections[a.labels[pair[0]].section].Key, &Sections[a.labels[pair[1]].section]
		if v.Broken[g] == nil {
			v.Broken[g] = map[string][]Count{}
		}
		v.Broken[g][one.Key] = append(v.Broken[g][one.Key], Count{a.labels[pair[1]].text, n})
	}
	for _, by := range v.Broken {
		for key := range by {
			Sections[sectionAt[key]].sort(by[key])
		}
	}
	for i := range Waits {
		v.Spreads = append(v.Spreads, spread(&Waits[i], days[i]))
	}
	return v
}

// Ids returns who is counted in a row of a section under a filter, each once.
func (a *Analysis) Ids(f *Filter) (ids []string) {
	n, ok := a.numbers[label{uint8(sectionAt[f.Section]), f.Row}]
	numbers, picked := a.picked(f)
	if !ok || !picked {
		return nil
	}
	for i := range a.people {
		p := &a.people[i]
		in := slices.Contains(p.at, n) || !f.WithoutH && slices.Contains(p.at, n|historical)
		if in && p.fits(numbers) {
			ids = append(ids, p.id)
		}
	}
	return ids
}

// Rows returns the rows of a section, in order, for a filter to choose from.
func (a *Analysis) Rows(section string) []string {
	var rows []Count
	for _, l := range a.labels {
		if Sections[l.section].Key == section {
			rows = append(rows, Count{l.text, 0})
		}
	}
	Sections[sectionAt[section]].sort(rows)
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.Label)
	}
	return texts
}

// sort puts rows in the section's order, or the largest first; unknown ones last.
func (s *Section) sort(rows []Count) {
	slices.SortFunc(rows, func(a, b Count) int {
		if s.Order != nil {
			return slices.Index(s.Order, a.Label) - slices.Index(s.Order, b.Label)
		}
		if years := s.Key == "start-year" || s.Key == "ceased-year"; years {
			return cmp.Compare(a.Label, b.Label)
		}
		return cmp.Or(cmp.Compare(b2i(a.Label == unknown), b2i(b.Label == unknown)), b.N-a.N, cmp.Compare(a.Label, b.Label))
	})
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

const unknown = "Not known"

// spread works out the five numbers.
func spread(w *Wait, days []int32) Spread {
	s := Spread{Wait: w, N: len(days)}
	if len(days) == 0 {
		return s
	}
	slices.Sort(days)
	at := func(quarter int) int { // the value at so many quarters of the way, between two if need be
		place := quarter * (len(days) - 1)
		low, rest := place/4, place%4
		if rest == 0 {
			return int(days[low])
		}
		return (int(days[low])*(4-rest) + int(days[low+1])*rest + 2) / 4
	}
	s.Least, s.Lower, s.Median, s.Upper, s.Most = at(0), at(1), at(2), at(3), at(4)
	total := 0
	for _, d := range days {
		total += int(d)
	}
	s.Mean = (10*total + len(days)/2) / len(days)
	return s
}
