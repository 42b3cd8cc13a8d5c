package sen2

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"weald/calendar"
	"weald/domain/casework"
)

// A return holds outcomes and a few days; casework holds what happened. What is
// made of each item, and what is not:
//
//	ReceivedDate           request received, when what became of it is known:
//	                       a request with outcome W or H whose decision has no
//	                       day would start a clock that nothing stops
//	RequestOutcome Y, N    decision whether to assess, on RequestOutcomeDate
//	RequestOutcome A       nothing more: the request is open
//	RequestOutcome W       the day of withdrawal is not in a return
//	Exported               the day of the move is not in a return
//	AssessmentOutcome N    decision not to make a plan, on its date
//	AssessmentOutcome Y    final plan, on the plan's start date
//	AssessmentOutcome H    final plan on the plan's start date; no request
//	Week20 = 1             kept as a fact: a return gives no ground, and an
//	                       exception without one is no exception in law
//	CeaseDate, reason      plan ceased; reason 5 transferred out, 7 left
//	                       England, 8 died
//	TransferLA             kept as a fact: the day of transfer is not in a return
//	ReviewMeeting          review meeting held; the record begins with the year
//	                       of the return, as earlier reviews are not in it
//	ReviewDraft            amendment notice sent
//	LastReview, outcome    decision after review: A amend, C cease, M keep
//	PhaseTransferDueDate   phase transfer on 1 September of its year, when the
//	                       due day is that of regulation 18
//	PhaseTransferFinalDate amended plan issued

// A Dated is an event with the place in the return that it came from.
type Dated struct {
	Event      casework.Event
	Line       int
	Item       string
	Provenance string
}

// A Fact is something that the return says of a person besides what happened.
type Fact struct{ Name, Value, Item string }

// A Story is what a return tells of one person.
type Story struct {
	Events   []Dated // in order of day
	Facts    []Fact
	Findings []Finding // what could not be made into events, and why
}

type teller struct {
	p     *Person
	h     Header
	story Story
}

// Events turns a person's requests into dated events, each with its place in
// the return. It guesses nothing: a day that the return lacks makes no event,
// and a day that contradicts another is a finding.
func Events(p *Person, h Header) Story {
	t := &teller{p: p, h: h}
	for i := range p.Requests {
		t.request(&p.Requests[i])
	}
	slices.SortStableFunc(t.story.Events, func(a, b Dated) int { return cmp.Compare(a.Event.On, b.Event.On) })
	t.lawful()
	if p.UPNUnknown != "" {
		t.fact("No UPN or ULN", cmp.Or(UPNReasons[p.UPNUnknown], p.UPNUnknown), "UPNunknown")
	}
	return t.story
}

// tell adds an event on a day, if the return gives one.
func (t *teller) tell(on calendar.Date, line int, item, text string) {
	if on.IsZero() {
		return
	}
	e, err := casework.ParseEvent(on.String() + " " + text)
	if err != nil {
		panic("sen2: the program made an event that casework does not know: " + err.Error())
	}
	where := fmt.Sprintf("the %d SEN2 return of %s, person %d, line %d, %s", t.h.Year, t.h.LEA, t.p.Number, line, item)
	t.story.Events = append(t.story.Events, Dated{e, line, item, where})
}

func (t *teller) fact(name, value, item string) {
	t.story.Facts = append(t.story.Facts, Fact{name, value, item})
}

func (t *teller) find(s Severity, line int, item, format string, args ...any) {
	t.story.Findings = append(t.story.Findings, Finding{s, line, t.p.Number, item, fmt.Sprintf(format, args...)})
}

// sources says who asked, by the return's code. Code 1 is the parent or the
// young person, which the return does not part.
var sources = map[string]string{"2": " source=school", "3": " source=health", "4": " source=social-care", "5": " source=other"}

func (t *teller) request(r *Request) {
	switch r.Outcome {
	case "Y", "N":
		t.tell(r.Received, r.Line, "ReceivedDate", "request-received"+sources[r.Source])
		decision := "yes"
		if r.Outcome == "N" {
			decision = "no"
		}
		if r.OutcomeOn.IsZero() {
			t.find(Query, r.Line, "RequestOutcomeDate", "The request was decided, but the day is not given.")
		}
		t.tell(r.OutcomeOn, r.Line, "RequestOutcome", "decision-to-assess-sent decision="+decision)
	case "A":
		t.tell(r.Received, r.Line, "ReceivedDate", "request-received"+sources[r.Source])
	case "W":
		t.fact("Request withdrawn", "received "+r.Received.Words()+"; the day of withdrawal is not in the return", "RequestOutcome")
	case "H":
		t.fact("Earlier request", "received "+r.Received.Words()+"; decided before the period of the return", "ReceivedDate")
	case "":
		t.find(Query, r.Line, "RequestOutcome", "The request has no outcome, so nothing was made of it.")
	}
	if r.Exported != "" {
		t.fact("Moved to local authority", r.Exported+"; the day of the move is not in the return", "Exported")
	}
	if r.Assessment != nil {
		t.assessment(r.Assessment)
	}
	if r.Active != nil {
		t.active(r.Active)
	}
}

func (t *teller) assessment(a *Assessment) {
	if a.Week20 == "1" {
		t.fact("Exception to the 20 weeks", "stated in the return, without its ground", "Week20")
	}
	if a.Outcome == "W" {
		t.fact("Assessment", "withdrawn or ceased before a decision; the day is not in the return", "AssessmentOutcome")
	}
	if a.Outcome == "N" {
		if a.OutcomeOn.IsZero() {
			t.find(Query, a.Line, "AssessmentOutcomeDate", "It was decided not to make a plan, but the day is not given.")
		}
		t.tell(a.OutcomeOn, a.Line, "AssessmentOutcome", "no-plan-notice-sent")
	}
	p := a.Plan
	if p == nil {
		return
	}
	switch {
	case p.Start.IsZero():
		t.find(Query, p.Line, "StartDate", "The plan has no start date, so nothing was made of it.")
	default:
		if a.Outcome == "Y" && !a.OutcomeOn.IsZero() && a.OutcomeOn != p.Start {
			t.find(Query, p.Line, "StartDate", "The plan starts on %s and the assessment's outcome is dated %s; the start date was used.", p.Start.Words(), a.OutcomeOn.Words())
		}
		t.tell(p.Start, p.Line, "StartDate", "plan-finalised")
	}
	for _, place := range p.Places {
		t.place("Named in the plan", place)
	}
	if p.PB == "1" {
		t.fact("Personal budget", "taken up", "PB")
	}
	if !p.CeasedOn.IsZero() {
		t.ceased(p)
	}
}

func (t *teller) ceased(p *NamedPlan) {
	switch p.Reason {
	case "5":
		t.tell(p.CeasedOn, p.Line, "CeaseDate", "plan-transferred-out")
	case "7":
		t.tell(p.CeasedOn, p.Line, "CeaseDate", "left-england")
	case "8":
		t.tell(p.CeasedOn, p.Line, "CeaseDate", "deceased")
	case "":
		t.find(Query, p.Line, "CeaseReason", "The plan ceased, but the reason is not given.")
		t.tell(p.CeasedOn, p.Line, "CeaseDate", "plan-ceased")
	default:
		t.tell(p.CeasedOn, p.Line, "CeaseDate", "plan-ceased reason="+p.Reason)
	}
}

func (t *teller) place(what string, p Place) {
	value := ""
	switch {
	case p.URN != "":
		value = "URN " + p.URN
	case p.UKPRN != "":
		value = "UKPRN " + p.UKPRN
	case p.Setting != "":
		value = cmp.Or(SettingTypes[p.Setting], p.Setting)
	default:
		return
	}
	if p.Rank == "2" {
		what += " (second)"
	}
	if !p.Entry.IsZero() {
		value += ", from " + p.Entry.Words()
	}
	if !p.Leaving.IsZero() {
		value += ", to " + p.Leaving.Words()
	}
	if p.Unit == "1" {
		value += ", SEN unit"
	}
	if p.Resource == "1" {
		value += ", resourced provision"
	}
	t.fact(what, value, "URN")
}

// draftDateAsked is the first return in which the day of the amendment notice
// had to be given: before it, none given does not mean none sent.
const draftDateAsked = 2026

var reviewDecisions = map[string]string{"A": "amend", "C": "cease", "M": "keep"}

func (t *teller) active(a *ActivePlan) {
	if a.TransferLA != "" {
		t.fact("Plan came from local authority", a.TransferLA+"; the day of transfer is not in the return", "TransferLA")
	}
	t.begin(a)
	t.tell(a.ReviewMeeting, a.Line, "ReviewMeeting", "review-meeting-held")
	t.tell(a.ReviewMeeting, a.Line, "ReviewMeeting", "not-recorded rule=C08") // a return holds no reports
	switch decision := reviewDecisions[a.ReviewOutcome]; {
	case !a.LastReview.IsZero() && decision != "":
		t.tell(a.LastReview, a.Line, "LastReview", "review-decision-sent decision="+decision)
		if decision == "amend" && t.h.Year < draftDateAsked {
			for _, rule := range []string{"C10", "C14"} {
				t.tell(a.LastReview, a.Line, "ReviewDraft", "not-recorded rule="+rule)
			}
		}
	case !a.LastReview.IsZero():
		t.find(Query, a.Line, "ReviewOutcome", "The review was decided on %s, but the decision is not given.", a.LastReview.Words())
	case decision != "":
		t.find(Query, a.Line, "LastReview", "The review was decided, but the day is not given.")
	}
	t.tell(a.ReviewDraft, a.Line, "ReviewDraft", "amendment-notice-sent")
	if !a.TransferDue.IsZero() {
		t.transfer(a)
	}
	t.tell(a.TransferFinal, a.Line, "PhaseTransferFinalDate", "amended-plan-finalised")
	for _, place := range a.Places {
		t.place("Attends", place)
	}
	for _, n := range a.Needs {
		name := "Primary need"
		if n.Rank == "2" {
			name = "Secondary need"
		}
		if n.Type != "" {
			t.fact(name, cmp.Or(NeedTypes[n.Type], n.Type), "SENtype")
		}
	}
}

// begin says that the record begins with the return: it holds only the latest
// review, so reviews before the year that it covers may have been held and not
// be here. A plan that has had no review is not touched.
func (t *teller) begin(a *ActivePlan) {
	first := a.ReviewMeeting
	if first.IsZero() || !a.LastReview.IsZero() && a.LastReview < first {
		first = a.LastReview
	}
	if first.IsZero() || t.h.Year == 0 {
		return
	}
	t.tell(min(first, calendar.On(t.h.Year-1, time.January, 1)), a.Line, "ReviewMeeting", "record-begins")
}

// transfer reads a due day that is one of regulation 18's as the transfer of
// that September. Another day cannot be turned into the day of a transfer.
func (t *teller) transfer(a *ActivePlan) {
	year, month, day := a.TransferDue.Parts()
	kind := ""
	switch {
	case month == 2 && (day == 14 || day == 15):
		kind = "school"
	case month == 3 && (day == 30 || day == 31):
		kind = "post-16"
	default:
		t.find(Query, a.Line, "PhaseTransferDueDate", "The plan was due on %s for a phase transfer; the day of the transfer is not in the return.", a.TransferDue.Words())
		return
	}
	known := a.TransferDue // it was known by the day of the return at the latest
	if !t.h.ReferenceDate.IsZero() {
		known = min(known, t.h.ReferenceDate)
	}
	if !a.ReviewMeeting.IsZero() {
		known = min(known, a.ReviewMeeting)
	}
	if !a.TransferFinal.IsZero() {
		known = min(known, a.TransferFinal)
	}
	t.tell(known, a.Line, "PhaseTransferDueDate", fmt.Sprintf("phase-transfer-due kind=%s on=%d-09-01", kind, year))
}

// lawful leaves out what the law does not allow where it stands, such as a
// decision before its request, and says so.
func (t *teller) lawful() {
	if len(t.story.Events) == 0 {
		return
	}
	k := casework.Case{Born: t.p.Born}
	for _, d := range t.story.Events {
		k.Events = append(k.Events, d.Event)
	}
	last := k.Events[len(k.Events)-1].On
	refused := casework.NewClock(casework.DefaultPractice()).Read(&k, last).Refused
	for _, no := range slices.Backward(refused) {
		d := t.story.Events[no.Index]
		t.find(Fault, d.Line, d.Item, "%s Nothing was made of it.", no.Why.Because)
		t.story.Events = slices.Delete(t.story.Events, no.Index, no.Index+1)
	}
	for i := range t.p.Requests {
		r := &t.p.Requests[i]
		for _, later := range []struct {
			item string
			on   calendar.Date
		}{{"RequestOutcomeDate", r.OutcomeOn}, {"AssessmentOutcomeDate", outcomeDay(r)}} {
			if !later.on.IsZero() && later.on < r.Received {
				t.find(Fault, r.Line, later.item, "%s is %s, which is before the request was received, on %s.", later.item, later.on.Words(), r.Received.Words())
			}
		}
	}
}

func outcomeDay(r *Request) calendar.Date {
	if r.Assessment == nil {
		return 0
	}
	return r.Assessment.OutcomeOn
}
