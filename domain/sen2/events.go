package sen2

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"weald/calendar"
	"weald/domain/casework"
)

// A return holds outcomes and some of their days; casework holds what happened
// on which day. This is what is made of each item, and what is not. Two rules
// stand behind every line: a day that the return does not give makes no event,
// and a time limit whose end happened on a day not given is not left to look
// overdue. Where one already runs, “not recorded” is noted against it.
//
//	ReceivedDate             request received, where what became of the request
//	                         can be dated or is open (below); source from
//	                         RequestSource, but for 1, which does not part parent
//	                         from young person
//	RequestOutcome Y, N      decision whether to assess, on RequestOutcomeDate.
//	                         N without a day: no request either
//	RequestOutcome A         the request alone: it is open
//	RequestOutcome W         nothing: the day of withdrawal is not in a return,
//	                         and a request alone would never end
//	RequestOutcome H         the decision's day is not in the return. The request
//	                         is told only if the assessment was decided in the
//	                         year or is open (outcome Y, N or A), with the six
//	                         weeks noted as not recorded
//	Exported                 nothing for a request or assessment that it cut
//	                         short: the day of the move is not in a return
//	RYA = 1                  kept as a fact: the days of detention are not in a
//	                         return, so the ordinary limits are shown
//	Mediation, Tribunal      kept as facts: no days
//	AssessmentOutcome N      notice that no plan will be made, on its date.
//	                         Without a day: no request, as for N above
//	AssessmentOutcome Y      plan issued, on the plan's start date or, if it has
//	                         none, on AssessmentOutcomeDate. Neither: decided,
//	                         and not yet issued, so the 20 weeks run on
//	AssessmentOutcome H, S   plan issued on its start date; no request. A plan
//	                         that came from another authority is treated as made
//	                         on the day on which that authority made it
//	                         (regulation 15(3))
//	AssessmentOutcome A      nothing more: it is open
//	AssessmentOutcome W      no request: the day of withdrawal is not in a return
//	Week20 = 1               kept as a fact: a return gives no ground, and without
//	                         one there is no exception in law
//	CeaseDate, CeaseReason   plan ceased, with its reason. 5 is the day of the
//	                         transfer out; for 7 and 8 leaving England and death
//	                         are dated by the day on which the plan ended, the
//	                         only day that a return has
//	TransferLA               kept as a fact: the day of transfer is not in a
//	                         return, so the six weeks to write to the family are
//	                         not shown, and a review due before one after the
//	                         move might be is noted as not recorded
//	ReviewMeeting            review meeting held. The record begins with the year
//	                         of the return or the first day here, whichever is
//	                         earlier, as earlier reviews are not in it; the report
//	                         of the meeting is not in it either
//	LastReview, with outcome decision after review: A amend, C cease, M keep
//	LastReview alone         nothing: a review was decided, but a decision without
//	                         its outcome is none in casework; limits that it ended
//	                         are noted as not recorded
//	ReviewOutcome alone      the same
//	LastReview before        the two are of different reviews; the decision is
//	ReviewMeeting            left out, and the same is noted
//	ReviewDraft              amendment notice sent. A return never says when the
//	                         amended plan was issued: a limit on that which ended
//	                         before census day is noted as not recorded, and one
//	                         still running then is left to run. Before 2026 the
//	                         item was voluntary, so its absence says nothing
//	PhaseTransferDueDate     phase transfer on 1 September of its year, if it is
//	                         one of regulation 18's days: 14 or 15 February, 30
//	                         or 31 March
//	PhaseTransferFinalDate   amended plan issued
//	no ActivePlans           for a plan that has not ceased: its first review is
//	                         noted as not recorded
//	everything else          facts, in the words of the code or as given
//
// A finding is something that somebody could put right: a day that the return
// should give and does not, a code that is none, or days that contradict one
// another, of which the later step is left out. What no return could say is no
// finding; a fact says that it is missing.

// A Dated is an event with the place in the return that it came from.
type Dated struct {
	Event      casework.Event
	Line       int
	Item       string
	Provenance string
}

// A Fact is something that the return says of a person besides what happened.
type Fact struct {
	Name, Value, Item string
	Line              int
}

// A Story is what a return tells of one person.
type Story struct {
	Events   []Dated   // in order of day
	About    []Fact    // who the person is, besides name, birth date and numbers
	Facts    []Fact    // what the return says of requests, plans and settings
	Findings []Finding // what could not be made into events, and why
}

// Events turns a person's requests into dated events, each with its place in the
// return, and facts. It guesses nothing: see the table at the head of this file.
func Events(p *Person, h Header) Story {
	t := &teller{p: p, h: &h}
	for i := range p.Requests {
		t.request(&p.Requests[i])
	}
	t.coded("No UPN or ULN", UPNReasons, p.UPNUnknown, p.Line, "UPNunknown")
	t.story.About = about(p)
	slices.SortStableFunc(t.story.Events, func(a, b Dated) int { return cmp.Compare(a.Event.On, b.Event.On) })
	t.lawful()
	return t.story
}

type teller struct {
	p     *Person
	h     *Header
	story Story
}

// tell adds an event on a day, if the return gives one.
func (t *teller) tell(on calendar.Date, line int, item string, k casework.Kind, attributes ...string) {
	if on.IsZero() {
		return
	}
	e := casework.Happened(k, on)
	for i := 0; i < len(attributes); i += 2 {
		if err := e.Set(attributes[i], attributes[i+1]); err != nil {
			panic("sen2: casework does not know an event of this package: " + err.Error())
		}
	}
	t.story.Events = append(t.story.Events, Dated{e, line, item, t.where(line, item)})
}

// notRecorded notes that the return does not say whether a time limit was kept.
func (t *teller) notRecorded(on calendar.Date, line int, item string, rules ...string) {
	for _, rule := range rules {
		t.tell(on, line, item, casework.NotRecorded, "rule", rule)
	}
}

// where names a place in a return, for whoever reads an event.
func (t *teller) where(line int, item string) string {
	return fmt.Sprintf("the %d SEN2 return of %s, person %d, line %d, %s", t.h.Year, t.h.LEA, t.p.Number, line, item)
}

func (t *teller) fact(name, value string, line int, item string) {
	if value != "" {
		t.story.Facts = append(t.story.Facts, Fact{name, value, item, line})
	}
}

// coded adds a fact in the words of its code or, if it has none, as given.
func (t *teller) coded(name string, codes Codes, code string, line int, item string) {
	t.fact(name, cmp.Or(codes.Meaning(code), code), line, item)
}

func (t *teller) find(s Severity, line int, item, format string, args ...any) {
	t.story.Findings = append(t.story.Findings, Finding{Severity: s, Line: line, Person: t.p.Number, Item: item, What: fmt.Sprintf(format, args...)})
}

// A day is a date of the return and what it is the day of.
type day struct {
	on   calendar.Date
	item string
	of   string // in a sentence: "the request was received"
}

// follows reports whether a day may be told after those that it must not come
// before. If it may not, a finding names both.
func (t *teller) follows(line int, d day, earlier ...day) bool {
	for _, e := range earlier {
		if !d.on.IsZero() && !e.on.IsZero() && d.on < e.on {
			t.find(Fault, line, d.item, "%s is %s, which is before %s, on %s. It was left out.", d.item, d.on.Words(), e.of, e.on.Words())
			return false
		}
	}
	return true
}

// about lists what a return says of the person as such.
func about(p *Person) (list []Fact) {
	for _, f := range []Fact{
		{"Sex", cmp.Or(Sexes.Meaning(p.Sex), p.Sex), "Sex", p.Line},
		{"Gender", cmp.Or(Genders.Meaning(p.Gender), p.Gender), "GenderCurrent", p.Line},
		{"Ethnicity", cmp.Or(Ethnicities.Meaning(p.Ethnicity), p.Ethnicity), "Ethnicity", p.Line},
		{"Postcode", p.PostCode, "PostCode", p.Line},
	} {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	return list
}

// sources says who asked. Code 1 is the parent or the young person, whom the
// return does not part.
var sources = map[string]string{"2": "school", "3": "health", "4": "social-care", "5": "other"}

func (t *teller) request(r *Request) {
	born := day{t.p.Born, "PersonBirthDate", "the person was born"}
	received := day{r.Received, "ReceivedDate", "the request was received"}
	if !t.follows(r.Line, received, born) {
		received.on = 0
	}
	decided := day{r.OutcomeOn, "RequestOutcomeDate", "the request was decided"}
	if !t.follows(r.Line, decided, received) {
		decided.on = 0
	}
	if t.dated(r, decided.on) && !t.endsTooSoon(r, received.on, decided.on) {
		if r.Received.IsZero() {
			t.find(Query, r.Line, "ReceivedDate", "The day on which the request was received is not given.")
		}
		t.asked(r, received.on)
		switch r.Outcome {
		case "Y":
			t.tell(decided.on, r.Line, "RequestOutcome", casework.DecisionToAssessSent, "decision", "yes")
		case "N":
			t.tell(decided.on, r.Line, "RequestOutcome", casework.DecisionToAssessSent, "decision", "no")
		}
		if r.Outcome != "A" && decided.on.IsZero() {
			t.notRecorded(received.on, r.Line, "RequestOutcomeDate", "A02")
		}
	}
	t.requestFacts(r)
	if r.Assessment != nil {
		t.assessment(r, received, decided)
	}
	if r.Active != nil {
		t.active(r)
	}
}

// asked adds the request.
func (t *teller) asked(r *Request, on calendar.Date) {
	if source := sources[r.Source]; source != "" {
		t.tell(on, r.Line, "ReceivedDate", casework.RequestReceived, "source", source)
	} else {
		t.tell(on, r.Line, "ReceivedDate", casework.RequestReceived)
	}
}

// dated reports whether what became of a request has a day, or is still open, so
// that telling the request leaves no clock that nothing stops. Where a return
// ought to give the day and does not, that is a finding; where no return could,
// it is a fact: see requestFacts and assessment.
func (t *teller) dated(r *Request, decided calendar.Date) bool {
	not := func(s Severity, item, why string) bool {
		when := ""
		if !r.Received.IsZero() {
			when = ", received on " + r.Received.Words() + ","
		}
		t.find(s, r.Line, item, "The request%s was left out, because its time limits would never end: %s", when, why)
		return false
	}
	a := r.Assessment
	outcome := ""
	if a != nil {
		outcome = a.Outcome
	}
	switch r.Outcome {
	case "Y", "H":
		switch {
		case outcome == "H" || outcome == "S" || r.Outcome == "H" && outcome == "":
			return r.Outcome == "Y" && !decided.IsZero() && a.Plan != nil && a.Plan.Start >= decided
		case outcome == "W":
			return false
		case outcome == "N" && a.OutcomeOn.IsZero():
			return not(Query, "AssessmentOutcomeDate", "it was decided not to make a plan, on a day that is not given.")
		case r.Exported != "" && outcome != "N" && (outcome != "Y" || issued(a).on.IsZero()):
			return false
		}
		if r.Outcome == "Y" && r.OutcomeOn.IsZero() {
			t.find(Query, r.Line, "RequestOutcomeDate", "It was decided to assess, but the day is not given.")
		}
		return true
	case "N":
		if r.OutcomeOn.IsZero() {
			return not(Query, "RequestOutcomeDate", "it was decided not to assess, on a day that is not given.")
		}
		return !decided.IsZero()
	case "A":
		switch {
		case r.Exported != "":
			return false
		case a != nil || r.Active != nil:
			return not(Fault, "RequestOutcome", "it is not yet decided, and yet an assessment or a plan stands under it.")
		}
		return true
	case "W":
		return false
	case "":
		return not(Query, "RequestOutcome", "its outcome is not given.")
	}
	return not(Fault, "RequestOutcome", "its outcome, "+quote([]byte(r.Outcome))+", is none that is known.")
}

// endsTooSoon reports whether the assessment's outcome is dated before what must
// come before it. The outcome is left out, with a finding, so the request is
// too: nothing would stop its clock.
func (t *teller) endsTooSoon(r *Request, received, decided calendar.Date) bool {
	a := r.Assessment
	if a == nil || a.Outcome == "H" || a.Outcome == "S" {
		return false
	}
	end := issued(a).on
	if a.Outcome == "N" && !a.OutcomeOn.IsZero() {
		end = a.OutcomeOn
	}
	if end.IsZero() || end >= max(received, decided) {
		return false
	}
	t.fact("Request", "received "+received.Words()+"; left out, because the days that follow contradict it", r.Line, "ReceivedDate")
	return true
}

func (t *teller) requestFacts(r *Request) {
	received := ""
	if !r.Received.IsZero() {
		received = "received " + r.Received.Words() + "; "
	}
	switch r.Outcome {
	case "W":
		t.fact("Request withdrawn", received+"the day of withdrawal is not in the return", r.Line, "RequestOutcome")
	case "H":
		t.fact("Earlier request", received+"decided before the period of the return", r.Line, "RequestOutcome")
	}
	if r.Source == "1" {
		t.fact("Request made by", "the young person or a parent; the return does not say which", r.Line, "RequestSource")
	}
	if r.RYA == "1" {
		t.fact("Request in detention", "made while in relevant youth accommodation; the days of detention are not in the return, so the ordinary time limits are shown", r.Line, "RYA")
	}
	t.dispute("About the request", r.Mediation, r.Tribunal, r.Line, "RequestMediation", "RequestTribunal")
	if r.Exported != "" {
		t.fact("Moved to local authority", r.Exported+"; the day of the move is not in the return", r.Line, "Exported")
	}
}

// dispute keeps what a return says of mediation and appeals, which have no days.
func (t *teller) dispute(about, mediation, tribunal string, line int, mediationItem, tribunalItem string) {
	if mediation == "1" {
		t.fact(about, "mediation; its days are not in the return", line, mediationItem)
	}
	if tribunal == "1" {
		t.fact(about, "appeal to the Tribunal; its days are not in the return", line, tribunalItem)
	}
}

// clocks are kept from one person to the next: a county's people are told in a
// row.
var clocks = sync.Pool{New: func() any { return casework.NewClock(casework.DefaultPractice()) }}

// lawful leaves out what cannot come where it stands, such as a plan issued after
// death, and says so.
func (t *teller) lawful() {
	if len(t.story.Events) == 0 {
		return
	}
	k := casework.Case{Born: t.p.Born, Events: make([]casework.Event, len(t.story.Events))}
	for i, d := range t.story.Events {
		k.Events[i] = d.Event
	}
	clock := clocks.Get().(*casework.Clock)
	defer clocks.Put(clock)
	for _, no := range slices.Backward(clock.Read(&k, k.Events[len(k.Events)-1].On).Refused) {
		d := t.story.Events[no.Index]
		t.find(Fault, d.Line, d.Item, "%s It was left out.", no.Why.Because)
		t.story.Events = slices.Delete(t.story.Events, no.Index, no.Index+1)
	}
}
