package synth

import (
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
)

// A Compared is a figure of a made area beside the published one.
type Compared struct {
	Published
	Made, MadeOf float64
	Within       float64 // how far apart the two rates may be, in percentage points
}

// Difference is how far the made rate is from the published one, in percentage
// points.
func (c Compared) Difference() float64 { return 100 * (c.MadeRate() - c.Rate()) }

// MadeRate is the made figure as a share of what it is of.
func (c Compared) MadeRate() float64 {
	if c.MadeOf == 0 {
		return 0
	}
	return c.Made / c.MadeOf
}

// Compare makes every child of the area and sets its rates beside the published
// ones. What happened in a year is of the last whole year; how things stand is
// of today.
func (a *Area) Compare() (all []Compared) {
	var lock sync.Mutex
	var workers sync.WaitGroup
	sum := map[string]*[2]float64{}
	n := runtime.GOMAXPROCS(0)
	for w := range n {
		workers.Go(func() {
			c := counter{a: a, clock: casework.NewClock(a.Practice), last: a.Today.Year() - 1, counts: map[string]*[2]float64{}}
			for i := w; i < a.Children(); i += n {
				child := a.Child(i)
				c.child(&child)
			}
			lock.Lock()
			defer lock.Unlock()
			for measure, x := range c.counts {
				if sum[measure] == nil {
					sum[measure] = new([2]float64)
				}
				sum[measure][0] += x[0]
				sum[measure][1] += x[1]
			}
		})
	}
	workers.Wait()
	plans := sum["boys"][1]
	for _, p := range Figures() {
		made := sum[p.Measure]
		if p.Year != 0 || made == nil {
			continue
		}
		c := Compared{Published: p, Made: made[0], MadeOf: made[1]}
		if p.Of == a.shape.rates[key("boys", 0)].Of && !strings.HasPrefix(p.Measure, "review") { // it is reckoned by plans in force
			c.MadeOf = plans
		}
		// In a small area a few children more or fewer are a large part of some
		// rates: twice the standard error is allowed besides.
		c.Within = within(p) + 200*math.Sqrt(p.Rate()*(1-p.Rate())/c.MadeOf)
		all = append(all, c)
	}
	return all
}

// within is how far from a published rate a made one may be: one and a half
// percentage points and, for those that follow from others, three.
func within(p Published) float64 {
	switch p.Measure {
	case "requests", "refused", "agreed", "issued", "no-plan-in-sixteen-weeks", "no-plan-appealed", "request-appealed", "assessments",
		"review-decision-outstanding", "review-decision-in-four-weeks", "review-amend", "in-twenty-weeks", "in-twenty-weeks-no-exception", "over-a-year":
		return 3
	}
	return 1.5
}

// A counter counts what rates are made of.
type counter struct {
	a      *Area
	clock  *casework.Clock
	last   int // the last whole year
	counts map[string]*[2]float64
}

// of counts one among those of whom a measure is asked, and whether it holds.
func (c *counter) of(measure string, holds bool) {
	x := c.counts[measure]
	if x == nil {
		x = new([2]float64)
		c.counts[measure] = x
	}
	x[1]++
	if holds {
		x[0]++
	}
}

// child counts one child.
func (c *counter) child(n *app.Newcomer) {
	k := casework.Case{Born: n.Child.Born, Events: store.Events(n.Entries).Events(0)}
	reading := c.clock.Read(&k, c.a.Today)
	var asked, told, plan, ended, notice calendar.Date
	var toldNo, excepted, appealed bool
	var source string
	lastYear := func(d calendar.Date) bool { return !d.IsZero() && d.Year() == c.last }
	var reviews []review
	for i := range k.Events {
		e := &k.Events[i]
		switch e.Kind {
		case casework.RequestReceived:
			c.request(source, asked, told, toldNo, appealed)
			asked, source, told, toldNo, appealed, excepted = e.On, e.Get("source"), 0, false, false, false
		case casework.DecisionToAssessSent:
			if told.IsZero() {
				told, toldNo = e.On, e.Get("decision") == "no"
			}
		case casework.RequestWithdrawn:
			if lastYear(asked) {
				c.of("withdrawn", true)
			}
		case casework.ExceptionRecorded:
			excepted = excepted || e.Get("rule") == "B06"
		case casework.NoPlanNoticeSent:
			notice = e.On
			if lastYear(e.On) {
				c.of("issued", false)
				c.of("assessments", true)
				c.of("no-plan-in-sixteen-weeks", e.On-asked <= 112)
			}
		case casework.PlanFinalised:
			plan = e.On
			if lastYear(e.On) {
				c.of("issued", true)
				c.of("assessments", true)
				c.of("new-plans", true)
				c.needs("new-need-", n.Child.Need)
				if !toldNo && notice.IsZero() {
					c.of("in-twenty-weeks", e.On-asked <= 140)
					c.of("over-a-year", e.On-asked > 365)
					c.of("exceptions", excepted)
					if !excepted {
						c.of("in-twenty-weeks-no-exception", e.On-asked <= 140)
					}
				}
			}
		case casework.PlanTransferredIn:
			plan = e.On
		case casework.AppealLodged:
			if lastYear(e.On) {
				c.of("appeals", true)
			}
			appealed = appealed || plan.IsZero() && notice.IsZero()
		case casework.ReviewMeetingHeld:
			reviews = append(reviews, review{met: e.On})
		case casework.ReviewDecisionSent:
			if len(reviews) > 0 {
				reviews[len(reviews)-1].decided, reviews[len(reviews)-1].outcome = e.On, e.Get("decision")
			}
		case casework.PlanCeased, casework.PlanTransferredOut:
			ended = e.On
			if lastYear(e.On) {
				c.ceased(e)
			}
		}
	}
	c.request(source, asked, told, toldNo, appealed)
	if lastYear(notice) {
		c.of("no-plan-appealed", hasAfter(k.Events, notice))
	}
	if then := calendar.On(c.last+1, time.January, 1); !plan.IsZero() && plan < then && (ended.IsZero() || ended >= then) {
		c.of("review-expected", plan.Year() < c.last)
	}
	switch reading.State("plan") {
	case casework.InForce, casework.PlanAmending, casework.CeaseConsult, casework.KeptInDetention:
		c.of("boys", n.Child.Sex == "M")
		c.needs("need-", n.Child.Need)
		c.place(n)
		c.reviewed(plan, reviews)
	}
}

// hasAfter reports whether an appeal was lodged on or after a day.
func hasAfter(events []casework.Event, day calendar.Date) bool {
	for i := range events {
		if events[i].Kind == casework.AppealLodged && events[i].On >= day {
			return true
		}
	}
	return false
}

func (c *counter) request(source string, asked, told calendar.Date, no, appealed bool) {
	if asked.IsZero() || asked.Year() != c.last {
		return
	}
	c.of("requests", true)
	decided := told <= calendar.On(c.last+1, time.January, 20) // about when the return says how things stand
	c.of("refused", decided && no)
	c.of("agreed", decided && !told.IsZero() && !no)
	c.of("withdrawn", false)
	c.of("parents-asked", source == "parent" || source == "young-person")
	c.of("schools-asked", source == "school" || source == "post-16")
	if !told.IsZero() {
		c.of("told-in-six-weeks", told-asked <= 42)
	}
	if no {
		c.of("request-appealed", appealed)
	}
}

func (c *counter) ceased(e *casework.Event) {
	reason := e.Get("reason")
	if e.Kind == casework.PlanTransferredOut {
		reason = "5"
	}
	c.of("ceased", true)
	for _, r := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"} {
		c.of("ceased-"+r, r == reason)
	}
}

func (c *counter) needs(prefix, need string) {
	if need == "" {
		need = "none"
	}
	for _, n := range needs {
		c.of(prefix+n, n == need)
	}
}

// place counts a child with a plan by age, reckoned on 31 August, and by sort of
// place.
func (c *counter) place(n *app.Newcomer) {
	age := c.a.schoolAge(n.Child.Born)
	for _, band := range ageBands {
		c.of(band.measure, !n.Child.Born.IsZero() && band.from <= age && age <= band.to)
	}
	group := "elsewhere"
	for _, f := range n.Facts {
		if f.Name == "Place" && f.Value == placementWords["placement_unknown"] {
			group = ""
		}
	}
	if n.Child.Setting != "" {
		group = c.a.groups[n.Child.Setting]
	}
	for _, g := range []string{"mainstream", "special", "further", "elsewhere"} {
		c.of("placed-"+g, g == group)
	}
}

var ageBands = []struct {
	measure  string
	from, to int
}{{"age-under-5", 0, 4}, {"age-5-to-10", 5, 10}, {"age-11-to-15", 11, 15}, {"age-16-to-19", 16, 19}, {"age-20-to-25", 20, 25}}

// A review is what the return asks of the latest one.
type review struct {
	met, decided calendar.Date
	outcome      string
}

// reviewed counts a plan in force by its latest review, as the return does: it
// is expected of plans made a year ago or more.
func (c *counter) reviewed(plan calendar.Date, reviews []review) {
	if plan > c.a.Today.AddMonths(-12) {
		return
	}
	c.of("review-recorded", len(reviews) > 0)
	if len(reviews) == 0 {
		return
	}
	r := reviews[len(reviews)-1]
	c.of("review-before-the-year", r.met <= c.a.Today.AddMonths(-12).AddDays(-20))
	c.of("review-decision-outstanding", r.decided.IsZero() && c.a.Today-r.met > 28)
	if !r.decided.IsZero() {
		c.of("review-decision-in-four-weeks", r.decided-r.met <= 28)
		c.of("review-amend", r.outcome == "amend")
		c.of("review-cease", r.outcome == "cease")
	}
}

// PrintRates writes the comparison as a table.
func PrintRates(w io.Writer, all []Compared) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "measure\tmade\tof\t%\tpublished\tof\t%\tpoints apart\tallowed\tsource")
	for _, c := range all {
		mark := ""
		if math.Abs(c.Difference()) > c.Within {
			mark = " !"
		}
		fmt.Fprintf(t, "%s\t%.0f\t%.0f\t%.1f\t%.0f\t%.0f\t%.1f\t%+.1f%s\t%.1f\t%s\n",
			c.Measure, c.Made, c.MadeOf, 100*c.MadeRate(), c.Value, c.Of, 100*c.Rate(), c.Difference(), mark, c.Within, c.Source)
	}
	return t.Flush()
}
