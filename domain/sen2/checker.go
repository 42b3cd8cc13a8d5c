package sen2

import (
	"cmp"
	"fmt"
	"slices"

	"weald/calendar"
)

// Options are what a check may know besides the return.
type Options struct {
	Year       int                               // the census year being prepared; 0: the header's
	LA         string                            // the council's own number; "": the header's
	Tolerances map[string]float64                // by check, instead of its default
	Settings   func(urn string) (*Setting, bool) // the register; nil: checks that need it are not run
	LastYear   *Counts                           // of the return before; nil: it is not compared
	AllowS     bool                              // assessment outcome S, which one supplier writes
}

// A Setting is what the register of settings says of one.
type Setting struct {
	Kind      string        // "Community special school"
	Closed    calendar.Date // zero: open
	Unit      bool          // it has a SEN unit
	Resourced bool          // it has resourced provision
}

// Counts are the figures of a return that are compared with last year's.
type Counts struct {
	Caseload int // plans in force on census day
	Requests int // received in the calendar year
	Issued   int // plans issued in it after the authority's own assessment
	Ceased   int // plans ceased in it
}

// A Report is what a checker has to say at the end.
type Report struct {
	Header Header
	People int
	Counts Counts
	Found  map[string]int // findings, by check
	Errors int
	Query  int
	Notes  int
	NotRun []NotRun
}

// NotRun is a check that was not run, and why.
type NotRun struct {
	Check   *Check
	Because string
}

// A Checker asks every check of a return, person by person. Its memory grows by
// some 30 bytes a person, for finding the same person twice.
type Checker struct {
	options Options
	header  Header
	year    *Year // whose rules are asked
	census  calendar.Date
	period  calendar.Period
	school  calendar.Date // 31 August before the school year of census day
	own     string        // the council's own number
	found   func(Finding)
	report  Report
	codes   codeSets
	area    area
	upns    seen
	ulns    seen
	people  seen

	ofPerson, ofRequest, ofAssessment, ofPlan, ofActive, ofDetail, ofPlacement, atEnd []running
	at                                                                                at
}

// running is a check with what the year and the options make of it.
type running struct {
	*Check
	severity  Severity
	tolerance float64
}

// NewChecker returns a checker of a return with the given header. Each finding is
// given to found as it is made.
func NewChecker(h Header, o Options, found func(Finding)) *Checker {
	c := &Checker{options: o, header: h, found: found, report: Report{Header: h, Found: map[string]int{}}}
	if c.year = InYear(cmp.Or(o.Year, h.Year)); c.year == nil || !c.year.Known {
		c.year = latest()
	}
	if c.census = h.Census(); c.census.IsZero() {
		c.census = c.year.Census
	}
	prepared := cmp.Or(o.Year, h.Year, c.year.Year)
	c.period = calendar.Period{First: calendar.On(prepared-1, 1, 1), Last: calendar.On(prepared-1, 12, 31)}
	c.school = calendar.AcademicYear(c.census).First - 1
	c.own = cmp.Or(o.LA, h.LEA)
	c.codes = codesOf(c.year.Year)
	c.at.Checker = c
	for _, check := range Checks {
		c.prepare(check)
	}
	return c
}

// prepare puts a check among those of its level, or says why it is not run.
func (c *Checker) prepare(check *Check) {
	severity, asked := check.In(c.year)
	r := running{Check: check, severity: severity}
	if t := check.Tolerance; t != nil {
		r.tolerance = t.Default
		if set, ok := c.options.Tolerances[check.Code]; ok {
			r.tolerance = set
		}
	}
	skip := func(format string, args ...any) {
		c.report.NotRun = append(c.report.NotRun, NotRun{check, fmt.Sprintf(format, args...)})
	}
	switch {
	case !asked:
		skip("it is not asked of the %d return", c.year.Year)
		return
	case check.Needs == needsSettings && c.options.Settings == nil:
		skip("no register of settings was given")
		return
	case check.Needs == needsLastYear && c.options.LastYear == nil:
		skip("last year's counts were not given")
		return
	case check.Tolerance != nil && r.tolerance == 0:
		skip("its tolerance is not set, and no source gives one")
		return
	case check.find == nil:
		return // the reader finds it
	}
	list := &c.atEnd
	switch check.Level {
	case OfPerson:
		list = &c.ofPerson
	case OfRequest:
		list = &c.ofRequest
	case OfAssessment:
		list = &c.ofAssessment
	case OfPlan:
		list = &c.ofPlan
	case OfActive:
		list = &c.ofActive
	case OfDetail:
		list = &c.ofDetail
	case OfPlacement:
		list = &c.ofPlacement
	}
	*list = append(*list, r)
}

// at is where a check is asked.
type at struct {
	*Checker
	run *running

	person     *Person
	marks      marks
	request    *Request
	assessment *Assessment
	plan       *NamedPlan
	active     *ActivePlan
	place      *Place     // a named setting's or a placement's
	placement  *Placement // nil at a named setting

	element element
	nth     int // which request of the person, from 1
	index   int // which setting or placement, from 1
}

// Person asks the checks of one person. The next may be given in the same struct.
func (c *Checker) Person(p *Person) { c.check(p, nil) }

func (c *Checker) check(p *Person, m marks) {
	c.report.People++
	x := &c.at
	*x = at{Checker: c, person: p, marks: m, element: personPart}
	x.ask(c.ofPerson)
	for i := range p.Requests {
		r := &p.Requests[i]
		x.request, x.assessment, x.plan, x.active = r, r.Assessment, nil, r.Active
		if x.assessment != nil {
			x.plan = x.assessment.Plan
		}
		x.nth, x.element = i+1, requestPart
		c.count(x)
		x.ask(c.ofRequest)
		if x.assessment != nil {
			x.element = assessmentPart
			x.ask(c.ofAssessment)
		}
		if x.plan != nil {
			x.element = namedPlanPart
			x.ask(c.ofPlan)
			x.element = planDetailPart
			for j := range x.plan.Details {
				x.index, x.place = j+1, &x.plan.Details[j].Place
				x.ask(c.ofDetail)
			}
			x.index = 0
		}
		if x.active != nil {
			x.element = activePlanPart
			x.ask(c.ofActive)
			x.element = placementPart
			for j := range x.active.Placements {
				x.index, x.placement = j+1, &x.active.Placements[j]
				x.place = &x.placement.Place
				x.ask(c.ofDetail)
				x.ask(c.ofPlacement)
			}
			x.index, x.placement, x.place = 0, nil, nil
		}
	}
}

func (x *at) ask(checks []running) {
	for i := range checks {
		x.run = &checks[i]
		checks[i].find(x)
	}
}

// finds tells of something wrong with an item of the element in hand, as severely
// as the check is.
func (x *at) finds(item, format string, args ...any) {
	x.tell(x.run.severity, x.element, x.index, item, format, args...)
}

// queries tells of the milder case of a check.
func (x *at) queries(item, format string, args ...any) {
	s := x.run.severity
	if s == Fault {
		s = Query
	}
	x.tell(s, x.element, x.index, item, format, args...)
}

// inside tells of an item of an element that the one in hand holds.
func (x *at) inside(e element, index int, item, format string, args ...any) {
	x.tell(x.run.severity, e, index, item, format, args...)
}

// lacks tells of an item that is not there, unless the reader has said that it
// could not be read.
func (x *at) lacks(item, format string, args ...any) {
	if m, ok := x.marks.find(x.element, x.nth, x.index, item); !ok || !m.wrong {
		x.finds(item, format, args...)
	}
}

func (x *at) tell(s Severity, e element, index int, item, format string, args ...any) {
	f := Finding{Check: x.run.Code, Severity: s, Person: x.person.Number, Request: x.nth, Index: index, Element: elements[e].name, Item: item, What: fmt.Sprintf(format, args...)}
	if e == personPart {
		f.Request = 0
	}
	if x.marks != nil { // there is a file, so there are lines
		f.Line = x.person.Line
		if m, _ := x.marks.find(e, f.Request, index, item); m.line > 0 {
			f.Line, f.Column = int(m.line), int(m.column)
		}
	}
	x.record(f)
}

// record counts a finding and hands it on.
func (c *Checker) record(f Finding) {
	c.report.Found[f.Check]++
	switch f.Severity {
	case Fault:
		c.report.Errors++
	case Query:
		c.report.Query++
	case Note:
		c.report.Notes++
	}
	c.found(f)
}

// Finish asks the checks of the return as a whole, and reports.
func (c *Checker) Finish() *Report { return c.finish(nil) }

func (c *Checker) finish(stands marks) *Report {
	x := &c.at
	*x = at{Checker: c, person: &Person{}, marks: stands, element: headerPart}
	x.ask(c.atEnd)
	c.report.Counts = c.area.Counts
	slices.SortStableFunc(c.report.NotRun, func(a, b NotRun) int { return cmp.Compare(a.Check.Code, b.Check.Code) })
	return &c.report
}
