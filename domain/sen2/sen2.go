// Package sen2 is the statutory SEN2 return: the special educational needs
// person-level survey that every upper-tier local authority in England makes to
// the Department for Education (DfE) each January.
//
// It reads a return as a stream ([Read]), one [Person] at a time, and turns each
// person's requests into dated events of casework and facts ([Events]). It sends
// nothing to anybody. What an item is called, where it stands and in which years
// is a table ([Items]); so are the codes ([NeedTypes] and the others).
//
// # What is not known
//
// The department's technical specification and validation rules could not be
// had for any year. What is here follows its guides as others quote them, in the
// shape of the 2025 return, which also serves 2026. What is not known is neither
// checked nor guessed: [NotCovered] lists it, with where a person can obtain it.
//
// The return of 2022 was voluntary and had other modules. It is refused.
//
// Start reading at [Person], then [Read], then [Events].
package sen2

import (
	"slices"

	"weald/calendar"
)

// A Header says whose return it is and for when.
type Header struct {
	Collection    string
	Year          int           // the census year: events are of the calendar year before
	ReferenceDate calendar.Date // believed to be census day
	SourceLevel   string        // who made the file
	LEA           string        // three-digit number of the local authority
	Software      string
	Release       string
	Serial        string
	Written       string // as it stands: ccyy-mm-ddThh:mm:ss
	DMO           string // designated medical officer
	DCO           string // designated clinical officer
	DSCO          string // designated social care officer
}

// Census returns the day on which the return counts the caseload: the reference
// date or, if the header gives none, the census day of its year. It is zero when
// neither is known.
func (h *Header) Census() calendar.Date {
	if !h.ReferenceDate.IsZero() {
		return h.ReferenceDate
	}
	return CensusDays[h.Year]
}

// A Person is one child or young person in a return (module 1).
type Person struct {
	Line       int // where the person starts in the file
	Number     int // the person's place in the file, from 1
	Surname    string
	Forename   string
	Born       calendar.Date
	Sex        string
	Gender     string // 2023 only: since then Sex
	Ethnicity  string
	PostCode   string
	UPN        string
	ULN        string
	UPNUnknown string // why there is neither number
	Requests   []Request
	More       []More // items that only their year's file knows
}

// More is an item of which no more is known than its year's file says.
type More struct {
	Element, Item, Value string
}

// A Request is one request for an EHC needs assessment and all that came of it
// (module 2). A person's several journeys are several requests.
type Request struct {
	Line       int
	Received   calendar.Date
	Source     string
	RYA        string // made while in relevant youth accommodation
	Outcome    string
	OutcomeOn  calendar.Date // the day the requester was told
	Mediation  string
	Tribunal   string
	Exported   string // number of the local authority moved to
	Assessment *Assessment
	Active     *ActivePlan
}

// An Assessment is an EHC needs assessment and its outcome (module 3).
type Assessment struct {
	Line           int
	Outcome        string
	OutcomeOn      calendar.Date // the day the plan was issued, or the person told that none will be
	Mediation      string
	Tribunal       string
	OtherMediation string
	OtherTribunal  string
	Week20         string // 1: exceptions to the 20 weeks apply
	Plan           *NamedPlan
}

// A NamedPlan is the plan and what its Section I says (module 4).
type NamedPlan struct {
	Line     int
	Start    calendar.Date // of the current plan
	Res      string
	WBP      string
	PB       string // personal budget taken up
	OA       string // organised arrangements
	DP       string // direct payments
	CeasedOn calendar.Date
	Reason   string // why it ceased
	Details  []PlanDetail
}

// An ActivePlan is a plan in force: its last review, and where the person is
// (module 5).
type ActivePlan struct {
	Line          int
	TransferLA    string // number of the local authority it came from in the year
	ReviewMeeting calendar.Date
	ReviewOutcome string
	ReviewDraft   calendar.Date // the day the draft amended plan was issued
	TransferDue   calendar.Date // due day for a plan amended for a phase transfer
	TransferFinal calendar.Date
	LastReview    calendar.Date // the day the decision after the review was written
	Placements    []Placement
	Needs         []Need
	Res, WBP      string // 2023 only: since then they stand in each placement
}

// A Place says which setting, by number or, where it has none, by code.
type Place struct {
	Line      int
	URN       string
	UKPRN     string
	Setting   string
	Other     string // more about a setting of code OTH or NIEO
	Rank      string
	Unit      string // SEN unit
	Resourced string // resourced provision
}

// A PlanDetail is a setting that a plan names.
type PlanDetail struct{ Place }

// A Placement is a setting that a person with a plan attends or attended.
type Placement struct {
	Place
	Entry   calendar.Date
	Leaving calendar.Date
	Res     string
	WBP     string
	Pattern string // attendance pattern, 2023 only
}

// A Need is a type of special educational need, ranked 1 or 2.
type Need struct {
	Line int
	Type string
	Rank string
}

// Clone returns a copy that shares nothing with p that [Read] uses again.
func (p *Person) Clone() *Person {
	c := *p
	c.Requests, c.More = slices.Clone(p.Requests), slices.Clone(p.More)
	for i := range c.Requests {
		r := &c.Requests[i]
		if r.Assessment != nil {
			a := *r.Assessment
			if a.Plan != nil {
				plan := *a.Plan
				plan.Details = slices.Clone(plan.Details)
				a.Plan = &plan
			}
			r.Assessment = &a
		}
		if r.Active != nil {
			a := *r.Active
			a.Placements, a.Needs = slices.Clone(a.Placements), slices.Clone(a.Needs)
			r.Active = &a
		}
	}
	return &c
}

// PrimaryNeed returns the code of the need that the return ranks first, of the
// person's latest plan in force that names one; "" if none does.
func (p *Person) PrimaryNeed() string {
	need := ""
	for i := range p.Requests {
		if a := p.Requests[i].Active; a != nil {
			for _, n := range a.Needs {
				if n.Rank == "1" && n.Type != "" {
					need = n.Type
				}
			}
		}
	}
	return need
}
