package published

import (
	"errors"
	"fmt"
	"io"
	"time"

	"weald/calendar"
	"weald/domain/sen2"
)

// A Tally counts every measure of a return as its people go by. It keeps nobody.
type Tally struct {
	census  calendar.Date
	first   calendar.Date // of the calendar year before
	last    calendar.Date
	ageDay  calendar.Date // 31 August before census day
	schools Schools
	n       [nMeasures][]int

	days, timed [2]int    // days and plans, of all and of those without exceptions
	plan        openPlans // of the person being counted
}

// openPlans is the latest of a person's plans in force.
type openPlans struct {
	request *sen2.Request
	start   calendar.Date
}

// ErrYear is returned for a return whose year is not known.
var ErrYear = errors.New("the return's header gives no year, so nothing can be counted by year")

// NewTally begins to count a return with the given header. Schools are the types
// of schools by URN; nil: plans at schools are counted as not known.
func NewTally(h *sen2.Header, schools Schools) (*Tally, error) {
	census := h.Census()
	if h.Year == 0 || census.IsZero() {
		return nil, ErrYear
	}
	t := &Tally{census: census, schools: schools,
		first: calendar.On(h.Year-1, time.January, 1), last: calendar.On(h.Year-1, time.December, 31), ageDay: calendar.On(h.Year-1, time.August, 31)}
	for i := range t.n {
		t.n[i] = make([]int, len(Measures[i].Columns))
	}
	return t, nil
}

// Count reads a return and counts every measure. What is wrong with the file is
// among the findings, as [sen2.Read] has them.
func Count(in io.ReadSeeker, schools Schools) (Results, sen2.Header, []sen2.Finding, error) {
	header, err := sen2.ReadHeader(in)
	if err != nil {
		return nil, header, nil, err
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return nil, header, nil, fmt.Errorf("reading the return: %w", err)
	}
	t, err := NewTally(&header, schools)
	if err != nil {
		return nil, header, nil, err
	}
	header, findings, err := sen2.Read(in, func(p *sen2.Person) error { t.Add(p); return nil })
	if err != nil {
		return nil, header, findings, err
	}
	return t.Results(), header, findings, nil
}

// Add counts one person. It keeps nothing of them.
func (t *Tally) Add(p *sen2.Person) {
	t.plan = openPlans{}
	for i := range p.Requests {
		r := &p.Requests[i]
		t.request(p, r)
		t.assessment(r)
		t.ceased(p, r)
		if start, ok := InForce(r, t.census); ok && (t.plan.request == nil || start.After(t.plan.start)) {
			t.plan = openPlans{r, start}
		}
	}
	if t.plan.request != nil {
		t.caseload(p)
	}
}

// InForce reports whether the plan of a request is in force on a day, and when
// it started. A plan is in force from its start to the day it ceases, and a day
// that is not given is open; an active plan with no named plan counts, as its
// start may have been left out.
func InForce(r *sen2.Request, on calendar.Date) (start calendar.Date, ok bool) {
	if r.Assessment == nil || r.Assessment.Plan == nil {
		return 0, r.Active != nil && OpenPlacement(r.Active, on) != nil
	}
	p := r.Assessment.Plan
	return p.Start, !p.Start.After(on) && (p.CeasedOn.IsZero() || !p.CeasedOn.Before(on))
}

func (t *Tally) inYear(d calendar.Date) bool {
	return !d.IsZero() && !d.Before(t.first) && !d.After(t.last)
}

// caseload counts a person whose plan is in force on census day.
func (t *Tally) caseload(p *sen2.Person) {
	active := t.plan.request.Active
	t.n[mPlans][0]++
	t.n[mAge][ageAt(p.Born, t.ageDay, 3, 25)]++
	t.n[mSex][sexColumn(p)]++
	t.n[mEthnicity][ethnicColumn(p.Ethnicity)]++
	years := t.yearsColumn()
	t.n[mYears][years]++
	t.n[mStarted][ageOpen(p.Born, t.plan.start)]++
	t.n[mNeed][needColumn(active)]++
	place := OpenPlacement(active, t.census)
	t.n[mPlacement][t.schools.placed(place, p.Born, t.census)]++
	t.budget(active, place)
	if !t.plan.start.IsZero() && years > 1 {
		t.reviews(active)
	} else {
		t.n[mReviews][2]++
	}
	t.n[mReviews][0]++
	t.phase(active)
}

func (t *Tally) yearsColumn() int {
	if t.plan.start.IsZero() {
		return len(t.n[mYears]) - 1
	}
	return min(t.census.Year()-t.plan.start.Year(), 12)
}

// budget counts what a plan in force says of money, board and work.
func (t *Tally) budget(active *sen2.ActivePlan, place *sen2.Placement) {
	res, work := "", ""
	if active != nil {
		res, work = active.Res, active.WBP
	}
	if place != nil {
		res, work = first(place.Res, res), first(place.WBP, work)
	}
	if a := t.plan.request.Assessment; a != nil && a.Plan != nil {
		plan := a.Plan
		res, work = first(res, plan.Res), first(work, plan.WBP)
		t.add(mBudget, 0, plan.PB == "1")
		t.add(mBudget, 1, plan.OA == "1")
		t.add(mBudget, 2, plan.DP != "")
	}
	t.add(mResidential, 0, res == "A")
	t.add(mResidential, 1, res == "B")
	t.add(mWork, 0, work != "")
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (t *Tally) add(m, column int, is bool) {
	if is {
		t.n[m][column]++
	}
}

// phase counts a plan's phase transfer.
func (t *Tally) phase(a *sen2.ActivePlan) {
	t.n[mPhase][0]++
	if a == nil {
		return
	}
	for i, d := range [...]calendar.Date{a.TransferDue, a.TransferFinal} {
		t.add(mPhase, 1+2*i, t.inYear(d))
		t.add(mPhase, 2+2*i, d.Year() == t.census.Year() && !d.IsZero())
	}
}

// reviews counts the last annual review of a plan of which one is expected.
func (t *Tally) reviews(a *sen2.ActivePlan) {
	t.n[mReviews][1]++
	if a == nil || a.ReviewMeeting.IsZero() {
		t.n[mReviews][4]++
		return
	}
	t.n[mReviews][3]++
	t.n[mReviewWhen][t.when(a.ReviewMeeting)]++
	switch {
	case !a.LastReview.IsZero() && !a.LastReview.Before(a.ReviewMeeting):
		t.n[mReviewDecided][t.when(a.LastReview)]++
		if a.ReviewMeeting.DaysUntil(a.LastReview) <= 28 {
			t.n[mFourWeeks][0]++
		} else {
			t.n[mFourWeeks][1]++
		}
	case a.ReviewMeeting.DaysUntil(t.census) <= 28:
		t.n[mReviewDecided][3]++
	default:
		t.n[mReviewDecided][4]++
	}
	switch a.ReviewOutcome {
	case "A":
		t.n[mReviewOutcome][0]++
	case "C":
		t.n[mReviewOutcome][1]++
	case "M":
		t.n[mReviewOutcome][2]++
	default:
		t.n[mReviewOutcome][3]++
	}
}

// when parts days into the census year, the calendar year before, and before.
func (t *Tally) when(d calendar.Date) int {
	switch {
	case d.After(t.last):
		return 0
	case d.Before(t.first):
		return 2
	}
	return 1
}

// ceased counts a plan that ceased in the calendar year.
func (t *Tally) ceased(p *sen2.Person, r *sen2.Request) {
	if r.Assessment == nil || r.Assessment.Plan == nil || !t.inYear(r.Assessment.Plan.CeasedOn) {
		return
	}
	plan := r.Assessment.Plan
	t.n[mCeased][0]++
	column := 10 // not recorded
	if len(plan.Reason) == 1 && plan.Reason[0] >= '1' && plan.Reason[0] <= '9' {
		column = int(plan.Reason[0] - '0')
	}
	t.n[mCeased][column]++
	t.n[mCeasedAge][ageOpen(p.Born, plan.CeasedOn)]++
}
