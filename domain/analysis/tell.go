package analysis

import (
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/published"
	"weald/domain/sen2"
)

// A teller notes in which figures a person is counted.
type teller struct {
	a  *Analysis
	p  *sen2.Person
	to person
	h  uint16 // historical while such a request and its assessment are told
}

func (t *teller) note(section, row string) {
	t.to.at = append(t.to.at, t.a.number(section, row)|t.h)
}

func (t *teller) wait(of uint8, from, to calendar.Date) {
	if !from.IsZero() && !to.IsZero() && !to.Before(from) {
		t.to.waits = append(t.to.waits, wait{of, t.h != 0, int32(from.DaysUntil(to))})
	}
}

func (t *teller) inYear(d calendar.Date) bool {
	return !d.IsZero() && !d.Before(t.a.first) && !d.After(t.a.last)
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

func (t *teller) tell() {
	p := t.p
	t.note("people", "All")
	t.note("sex", sex(p))
	t.note("age", age(p.Born, t.a.On))
	t.note("ethnicity", or(sen2.Ethnicities.Meaning(p.Ethnicity), or(p.Ethnicity, unknown)))
	outward, _, _ := strings.Cut(strings.TrimSpace(p.PostCode), " ")
	if len(outward) > 4 {
		outward = outward[:len(outward)-3]
	}
	t.note("place", or(outward, unknown))
	first, second, place := "", "", (*sen2.Placement)(nil)
	var all, own [3]int // requests, assessments and plans; and without historical ones
	for i := range p.Requests {
		r := &p.Requests[i]
		t.h = 0
		if r.Outcome == "H" {
			t.h = historical
		}
		has := [3]bool{true, r.Assessment != nil, r.Assessment != nil && r.Assessment.Plan != nil}
		for i, one := range has {
			if one {
				all[i]++
				if t.h == 0 {
					own[i]++
				}
			}
		}
		t.request(r)
		if a := r.Active; a != nil {
			for _, n := range a.Needs {
				switch n.Rank {
				case "1":
					first = n.Type
				case "2":
					second = n.Type
				}
			}
			if open := published.OpenPlacement(a, t.a.On); open != nil {
				place = open
			}
		}
	}
	for i, many := range all {
		if t.h = 0; own[i] < 2 {
			t.h = historical
		}
		if many > 1 {
			t.note("several", several[i])
		}
	}
	t.h = 0
	t.note("need", or(sen2.NeedTypes.Meaning(first), or(first, unknown)))
	if second != "" {
		t.note("second", or(sen2.NeedTypes.Meaning(second), second))
	}
	t.note("setting", setting(place))
}

func sex(p *sen2.Person) string {
	switch {
	case p.Sex == "F" || p.Gender == "2":
		return "Female"
	case p.Sex == "M" || p.Gender == "1":
		return "Male"
	}
	return unknown
}

func age(born, on calendar.Date) string {
	if born.IsZero() || on.Before(born) {
		return unknown
	}
	switch years := calendar.Age(born, on); {
	case years < 1:
		return ages[0]
	case years < 5:
		return ages[1]
	case years < 10:
		return ages[2]
	case years < 16:
		return ages[3]
	}
	return ages[4]
}

func setting(p *sen2.Placement) string {
	switch {
	case p == nil:
		return unknown
	case p.URN != "":
		return "URN " + p.URN
	case p.UKPRN != "":
		return "UKPRN " + p.UKPRN
	}
	return or(sen2.SettingTypes.Meaning(p.Setting), or(p.Setting, unknown))
}

// request tells one request and all that came of it.
func (t *teller) request(r *sen2.Request) {
	a := r.Assessment
	if t.inYear(r.Received) {
		t.note("requested", "All")
		t.note("request-outcome", or(sen2.RequestOutcomes.Meaning(r.Outcome), unknown))
		t.note("source", or(sen2.RequestSources.Meaning(r.Source), unknown))
		t.note("conversion", convert[0])
		if r.Outcome == "Y" || a != nil {
			t.note("conversion", convert[1])
			if a != nil && (a.Outcome == "N" || !published.Issued(a).IsZero()) {
				t.note("conversion", convert[2])
				if a.Outcome == "Y" {
					t.note("conversion", convert[3])
				}
			}
		}
	}
	if (r.Outcome == "Y" || r.Outcome == "N") && t.inYear(r.OutcomeOn) {
		t.wait(waitDecision, r.Received, r.OutcomeOn)
	}
	if r.Outcome == "A" {
		t.note("open-requests", "All")
		t.wait(waitOpenRequest, r.Received, t.a.On)
	}
	if a != nil {
		t.assessment(r, a)
	}
	t.note("journey", journey(r))
	t.h = 0
	t.plan(r)
}

func (t *teller) assessment(r *sen2.Request, a *sen2.Assessment) {
	issued := published.Issued(a)
	ended := issued
	if a.Outcome == "N" {
		ended = a.OutcomeOn
	}
	switch {
	case t.inYear(ended):
		t.note("assessed", "All")
		t.note("assessment-outcome", or(sen2.AssessmentOutcomes.Meaning(a.Outcome), unknown))
		t.wait(waitOutcome, r.Received, ended)
		if a.Outcome == "Y" {
			t.note("exception", map[string]string{"1": "Exception applies", "0": "No exception"}[a.Week20]+notGiven(a.Week20))
		}
	case a.Outcome == "A" || a.Outcome == "Y" && issued.IsZero():
		t.note("open-assessments", "All")
		t.wait(waitOpenAssessment, r.Received, t.a.On)
	}
}

func notGiven(indicator string) string {
	if indicator == "1" || indicator == "0" {
		return ""
	}
	return "Not given"
}

// journey names the way that a request went.
func journey(r *sen2.Request) string {
	way := "Request: " + short(requestWords, r.Outcome)
	if a := r.Assessment; a != nil {
		way += "; assessment: " + short(assessmentWords, a.Outcome)
		switch {
		case a.Plan == nil:
			way += "; no plan in the return"
		case !a.Plan.CeasedOn.IsZero():
			way += "; plan ceased"
		default:
			way += "; plan"
		}
	}
	return way
}

var (
	requestWords    = map[string]string{"Y": "to assess", "N": "not to assess", "A": "undecided", "W": "withdrawn", "H": "decided before"}
	assessmentWords = map[string]string{"Y": "plan", "N": "no plan", "A": "undecided", "W": "withdrawn", "H": "decided before", "S": "by another authority"}
)

func short(words map[string]string, code string) string { return or(words[code], "not known") }

// plan tells the plan of a request: when it started and ceased, and what is in
// force.
func (t *teller) plan(r *sen2.Request) {
	if a := r.Assessment; a != nil && a.Plan != nil {
		p := a.Plan
		if t.inYear(p.Start) {
			t.note("issued", "All")
		}
		if !p.CeasedOn.IsZero() {
			t.note("ceased-year", strconv.Itoa(p.CeasedOn.Year()))
		}
		if t.inYear(p.CeasedOn) {
			t.note("ceased", "All")
			t.note("reason", or(sen2.CeaseReasons.Meaning(p.Reason), unknown))
			t.note("closed-length", length(p.Start, p.CeasedOn))
		}
	}
	start, ok := published.InForce(r, t.a.On)
	if !ok {
		return
	}
	t.note("in-force", "All")
	t.note("open-length", length(start, t.a.On))
	year := unknown
	if !start.IsZero() {
		year = strconv.Itoa(start.Year())
	}
	t.note("start-year", year)
	active := r.Active
	if active == nil {
		active = &sen2.ActivePlan{}
	}
	t.review(active)
	switch due, final := !active.TransferDue.IsZero(), !active.TransferFinal.IsZero(); {
	case due && final:
		t.note("phase", "Due, and the final plan issued")
	case due:
		t.note("phase", "Due, and no final plan yet")
	case final:
		t.note("phase", "Final plan with no due day")
	}
	t.note("provision", provision(published.OpenPlacement(active, t.a.On)))
}

func (t *teller) review(a *sen2.ActivePlan) {
	switch met := a.ReviewMeeting; {
	case met.IsZero() || met.After(t.a.On):
		t.note("reviewed", lasted[3])
		return
	case !met.AddMonths(6).Before(t.a.On):
		t.note("reviewed", lasted[0])
	case !met.AddMonths(12).Before(t.a.On):
		t.note("reviewed", lasted[1])
	default:
		t.note("reviewed", lasted[2])
	}
	t.note("review-outcome", or(sen2.ReviewOutcomes.Meaning(a.ReviewOutcome), "No decision recorded"))
	t.wait(waitReview, a.ReviewMeeting, a.LastReview)
}

func provision(p *sen2.Placement) string {
	switch {
	case p == nil || p.Unit == "" && p.Resourced == "":
		return "Not given"
	case p.Unit == "1" && p.Resourced == "1":
		return "Both"
	case p.Unit == "1":
		return "SEN unit"
	case p.Resourced == "1":
		return "Resourced provision"
	}
	return "Neither"
}

// length puts the time between two days in one of the bands.
func length(from, to calendar.Date) string {
	if from.IsZero() || to.Before(from) {
		return unknown
	}
	switch days := from.DaysUntil(to); {
	case days <= 45:
		return closed[0]
	case days <= 90:
		return closed[1]
	case days <= 150:
		return closed[2]
	case days <= 365:
		return closed[3]
	}
	for years := 2; years <= 4; years++ {
		if !from.AddMonths(12 * years).Before(to) {
			return closed[years+2]
		}
	}
	return closed[7]
}
