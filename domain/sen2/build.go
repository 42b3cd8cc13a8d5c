package sen2

import (
	"cmp"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/casework"
)

// A Known is what a record holds of one child, for a return to be built from.
type Known struct {
	Surname, Forename string
	Born              calendar.Date
	Sex               string // the return's code
	PostCode          string
	UPN, ULN          string
	Need              string // the return's code of the primary need
	URN               string // of the setting that the child is at
	Case              casework.Case
	Said              *Said // nil: no return, and nobody, has said more
}

// Said is what is known in a return's own items and no event can hold: what the
// latest return that was loaded said of a child, or what was entered for the
// next. Where events say something else, they go first.
type Said struct {
	Person *Person
	Year   int // of the return; 0: it was entered, and belongs to none
	Since  int // how many events were recorded afterwards
}

// A Builder builds the return of one year from what a record holds, child by
// child. It keeps its working space from one to the next, so it is not for use by
// two goroutines at once.
type Builder struct {
	Year   *Year
	Census calendar.Date

	clock *casework.Clock
	told  []journey
}

// NewBuilder makes ready to build the return of a year, on its census day or
// another.
func NewBuilder(y *Year, census calendar.Date, practice *casework.Practice) *Builder {
	if census.IsZero() {
		census = y.Census
	}
	return &Builder{Year: y, Census: census, clock: casework.NewClock(practice)}
}

// A Reason is why one of a child's journeys is in a return, or is not.
type Reason struct {
	In    bool
	Words string
}

// Build returns the child as the return has them, or nil when they are not in
// it, and the reason for each of their journeys.
func (b *Builder) Build(k *Known) (*Person, []Reason) {
	if s := k.Said; s != nil && s.Since == 0 && s.Year == b.Year.Year && b.Census == b.Year.Census {
		// Nothing has been recorded since the return was loaded: what it says stands.
		return s.Person, []Reason{{true, "the return of this year was loaded, and nothing has been recorded since"}}
	}
	p := &Person{
		Surname: k.Surname, Forename: k.Forename, Born: k.Born, PostCode: k.PostCode, UPN: k.UPN, ULN: k.ULN,
	}
	if b.Year.Year < 2024 {
		p.Gender = map[string]string{"M": "1", "F": "2"}[k.Sex]
	} else {
		p.Sex = k.Sex
	}
	var said Person
	if k.Said != nil {
		said = *k.Said.Person
		p.Ethnicity = said.Ethnicity
		if p.UPN == "" && p.ULN == "" {
			p.UPNUnknown = said.UPNUnknown
		}
	}
	var reasons []Reason
	all := b.journeys(&k.Case, b.Census)
	for i := range all {
		j := &all[i]
		r, why := b.request(j)
		reasons = append(reasons, why)
		if why.In {
			b.fill(&r, j, k, paired(said.Requests, j, i == len(all)-1))
			p.Requests = append(p.Requests, r)
		}
	}
	if len(reasons) == 0 {
		reasons = []Reason{{false, "nothing is recorded up to census day"}}
	}
	if len(p.Requests) == 0 {
		return nil, reasons
	}
	return p, reasons
}

// request decides whether a journey belongs in the return, and what its modules
// 2 to 4 say that events tell. No source that could be read gives the
// department's rule whole: this follows the headings of its specification of
// 2023 and what the codes say of themselves, and is the one place to change it.
func (b *Builder) request(j *journey) (Request, Reason) {
	year := b.Year.Period()
	in := func(d calendar.Date) bool { return year.Contains(d) }
	open := year.Last // what was under way is told as it stood on this day
	r := Request{Received: j.asked, Source: j.source, RYA: bit(j.detained)}
	no := func(words string) (Request, Reason) { return r, Reason{false, words} }
	yes := func(words string) (Request, Reason) { return r, Reason{true, words} }

	// What was decided about the request.
	asked := func() {
		r.Outcome = "Y"
		if !j.yes && !j.decided.IsZero() {
			r.Outcome = "N"
		}
		switch {
		case j.decided.IsZero() || j.decided < year.First:
			// Not recorded, so it was before the record; or before the year.
			if r.Outcome == "Y" || j.decided < year.First && j.decided != 0 {
				r.Outcome = "H"
			}
		default:
			r.OutcomeOn = j.decided
		}
		if r.Outcome == "H" {
			return
		}
		r.Mediation, r.Tribunal = bit(j.disputed[aboutRequest].mediation), bit(j.disputed[aboutRequest].tribunal)
	}
	assessed := func(outcome string, on calendar.Date) *Assessment {
		a := &Assessment{Outcome: outcome, OutcomeOn: on}
		r.Assessment = a
		if outcome == "A" || outcome == "W" {
			return a
		}
		if outcome == "H" { // of a decision before the year, only what was
			bit := func(is bool) string { return strings.TrimPrefix(bit(is), "0") }
			a.Mediation, a.Tribunal = bit(j.disputed[aboutPlan].mediation), bit(j.disputed[aboutPlan].tribunal)
			a.OtherMediation, a.OtherTribunal = bit(j.disputed[aboutOther].mediation), bit(j.disputed[aboutOther].tribunal)
			return a
		}
		a.Mediation, a.Tribunal = bit(j.disputed[aboutPlan].mediation), bit(j.disputed[aboutPlan].tribunal)
		a.OtherMediation, a.OtherTribunal = bit(j.disputed[aboutOther].mediation), bit(j.disputed[aboutOther].tribunal)
		if !on.IsZero() {
			a.Week20 = bit(j.excepted && j.late)
		}
		return a
	}
	plan := func() {
		own := j.arrived.IsZero() && !j.asked.IsZero()
		switch {
		case own && in(j.noPlan): // reversed since: it stays as it was
			asked()
			assessed("N", j.noPlan)
		case own && j.noPlan.IsZero() && j.issued >= year.First:
			asked()
			assessed("Y", j.issued)
		default:
			r.Outcome, r.RYA = "H", ""
			assessed("H", 0)
		}
		r.Assessment.Plan = &NamedPlan{Start: j.issued, CeasedOn: j.ceased, Reason: j.reason}
	}

	reopened := !j.reopened.IsZero() && j.reopened <= open
	inForce := !j.issued.IsZero() && (j.ceased.IsZero() || j.ceased > b.Census)
	switch {
	case inForce:
		j.ceased, j.reason = 0, ""
		plan()
		r.Active = b.active(j)
		return yes("the plan was in force on census day")
	case in(j.ceased):
		plan()
		r.Active = b.active(j)
		return yes("the plan ceased in the year")
	case !j.ceased.IsZero() && j.ceased > year.Last:
		return no("the plan ceased after the year and before census day; whether this return or the next should have it is not known, and it is left to the next")
	case !j.ceased.IsZero():
		return no("the plan ceased before the year")
	case !j.withdrawn.IsZero() && j.withdrawn < year.First:
		return no("the journey ended before the year: " + j.ended)
	case !j.noPlan.IsZero() && j.noPlan < year.First && !reopened:
		return no("it was decided before the year that no plan would be made")
	case in(j.noPlan):
		asked()
		assessed("N", j.noPlan)
		return yes("it was decided in the year that no plan would be made")
	case !j.decided.IsZero() && !j.yes && j.noPlan.IsZero() && !reopened && j.decided < year.First:
		return no("it was decided before the year not to assess")
	case in(j.decided) && !j.yes && !reopened:
		asked()
		return yes("it was decided in the year not to assess")
	case in(j.withdrawn) && j.decided.IsZero():
		r.Outcome = "W"
		return yes("the request ended in the year: " + j.ended)
	case in(j.withdrawn):
		asked()
		assessed("W", 0)
		return yes("the assessment ended in the year: " + j.ended)
	case j.asked.IsZero():
		return no("no request, plan or decision is recorded")
	case j.asked > open:
		return no("the request came after the year, so it belongs to the next return")
	case j.decided.IsZero() || j.decided > open:
		r.Outcome = "A"
		r.RYA = bit(j.detained)
		return yes("the request was under way at the end of the year")
	case !j.drafted.IsZero() && j.drafted <= open:
		asked()
		assessed("Y", 0)
		return yes("it was decided to make a plan, which was not yet issued")
	default:
		asked()
		assessed("A", 0)
		return yes("the assessment was under way at the end of the year")
	}
}

// active is what module 5 says that events tell.
func (b *Builder) active(j *journey) *ActivePlan {
	a := &ActivePlan{}
	y := b.Year.Year
	if y >= 2024 {
		a.ReviewMeeting, a.ReviewOutcome = j.meeting, j.outcome
		if j.outcome != "" {
			a.LastReview = j.decision
		}
	} else {
		a.LastReview = j.decision
	}
	if y >= 2025 {
		a.ReviewDraft = j.draft
		if due := j.transferDue; due.Year() >= y-1 && due.Year() <= y {
			a.TransferDue, a.TransferFinal = due, j.transferFinal
		}
	}
	return a
}

// paired finds the request that was said of the same journey: of the same day of
// request, or of the same plan. What was entered for no return belongs to the
// latest journey.
func paired(said []Request, j *journey, latest bool) *Request {
	for i := range said {
		r := &said[i]
		if !r.Received.IsZero() && r.Received == j.asked {
			return r
		}
		if r.Assessment != nil && r.Assessment.Plan != nil && !r.Assessment.Plan.Start.IsZero() && r.Assessment.Plan.Start == j.issued {
			return r
		}
	}
	if latest && len(said) > 0 {
		if r := &said[len(said)-1]; r.Received.IsZero() && (r.Assessment == nil || r.Assessment.Plan == nil || r.Assessment.Plan.Start.IsZero()) {
			return r
		}
	}
	return nil
}

// fill puts in what no event tells.
func (b *Builder) fill(r *Request, j *journey, k *Known, said *Request) {
	s := Request{Assessment: &Assessment{Plan: &NamedPlan{}}, Active: &ActivePlan{}}
	if said != nil {
		s.Received, s.Source, s.RYA = said.Received, said.Source, said.RYA
		if said.Assessment != nil {
			s.Assessment = said.Assessment
		}
		if said.Active != nil {
			s.Active = said.Active
		}
	}
	if r.Received.IsZero() {
		r.Received = s.Received
	}
	if b.Year.Year < 2025 {
		r.Source = ""
	} else {
		r.Source = cmp.Or(r.Source, s.Source)
	}
	if s.RYA == "1" && r.RYA != "" {
		r.RYA = "1"
	}
	if a := r.Assessment; a != nil && a.Plan != nil {
		p, q := a.Plan, s.Assessment.Plan
		if q == nil {
			q = &NamedPlan{}
		}
		p.Res, p.WBP, p.PB, p.OA, p.DP = q.Res, q.WBP, q.PB, q.OA, q.DP
		p.Details = slices.Clone(q.Details)
		if len(p.Details) == 0 && k.URN != "" {
			p.Details = []PlanDetail{{Place{URN: k.URN, Rank: "1"}}}
		}
		if s.Assessment.Week20 == "1" && a.Outcome == "Y" && j.late {
			a.Week20 = "1"
		}
	}
	if a := r.Active; a != nil {
		a.TransferLA = ""
		if b.Year.Period().Contains(j.arrived) {
			a.TransferLA = s.Active.TransferLA
		}
		a.Placements = slices.Clone(s.Active.Placements)
		for i := range a.Placements {
			p := &a.Placements[i]
			if !j.ceased.IsZero() && (p.Leaving.IsZero() || p.Leaving > j.ceased) {
				p.Leaving = max(j.ceased, p.Entry)
			}
			if b.Year.Year >= 2024 {
				p.Pattern = ""
			} else {
				p.Res, p.WBP = "", ""
			}
		}
		a.Needs = slices.Clone(s.Active.Needs)
		if len(a.Needs) == 0 && NeedTypes.Meaning(k.Need) != "" {
			a.Needs = []Need{{Type: k.Need, Rank: "1"}}
		}
	}
}

func bit(is bool) string {
	if is {
		return "1"
	}
	return "0"
}

// Order is the order in which a built return has people: by name and birth date,
// and then by what else tells them apart, so that the same people make the same
// file whatever record they stand in.
func Order(a, b *Person) int {
	if c := cmp.Or(cmp.Compare(a.Surname, b.Surname), cmp.Compare(a.Forename, b.Forename), cmp.Compare(a.Born, b.Born),
		cmp.Compare(a.UPN, b.UPN), cmp.Compare(a.ULN, b.ULN), cmp.Compare(a.PostCode, b.PostCode), len(a.Requests)-len(b.Requests)); c != 0 {
		return c
	}
	year := latest().Year
	one, err := Fragment(a, year)
	if err != nil {
		return 0
	}
	other, err := Fragment(b, year)
	if err != nil {
		return 0
	}
	return cmp.Compare(one, other)
}
