package sen2

import (
	"cmp"
	"time"

	"weald/calendar"
	"weald/domain/casework"
)

// A journey is one request for an assessment and what came of it, as the events
// tell it up to census day. Every day in it is the first of its sort, but for
// reviews, of which the return wants the latest.
type journey struct {
	asked    calendar.Date // the request, or the day of becoming responsible
	source   string        // the return's code, or ""
	detained bool          // asked for while in custody

	decided   calendar.Date
	yes       bool
	withdrawn calendar.Date // or ended by a move, by leaving England or by death
	ended     string        // by which, in words
	reopened  calendar.Date // a decision not to assess, or not to make a plan, was reversed
	drafted   calendar.Date
	noPlan    calendar.Date
	issued    calendar.Date // the plan
	arrived   calendar.Date // the plan came from another authority
	excepted  bool          // an exception disapplied the 20 weeks
	late      bool          // the plan took longer than they are

	disputed [3]dispute // about the request, the decision to make a plan, and what came after

	ceased calendar.Date
	reason string

	meeting, decision, draft calendar.Date
	outcome                  string

	transferDue, transferFinal calendar.Date
}

type dispute struct{ mediation, tribunal bool }

// What a dispute was about, by place in journey.disputed.
const (
	aboutRequest = iota
	aboutPlan
	aboutOther
)

var returnSources = map[casework.Value]string{
	casework.FromParent: "1", casework.FromYoungPerson: "1", casework.ToSchool: "2", casework.ToPost16: "2",
	casework.FromHealth: "3", casework.FromSocialCare: "4", casework.FromOther: "5",
}

var returnReasons = map[casework.Value]string{
	casework.One: "1", casework.Two: "2", casework.Three: "3", casework.Four: "4", casework.Five: "5",
	casework.Six: "6", casework.Seven: "7", casework.Eight: "8", casework.Nine: "9",
}

var returnDecisions = map[casework.Value]string{casework.Amend: "A", casework.Cease: "C", casework.Keep: "M"}

// journeys tells a case as its journeys, up to the end of a day.
func (b *Builder) journeys(k *casework.Case, upTo calendar.Date) []journey {
	all := b.told[:0]
	detained := false
	cur := func() *journey {
		if len(all) == 0 {
			all = append(all, journey{})
		}
		return &all[len(all)-1]
	}
	for i := range k.Events {
		e := &k.Events[i]
		if e.On > upTo {
			break
		}
		switch e.Kind {
		case casework.RequestReceived, casework.ResponsibilityBegan:
			all = append(all, journey{asked: e.On, detained: detained})
			if e.Kind == casework.RequestReceived {
				cur().source = returnSources[e.Value()]
			}
		case casework.PlanTransferredIn:
			j := journey{arrived: e.On, issued: e.On}
			if made, err := calendar.Parse(e.Get("made")); err == nil {
				j.issued = made
			}
			all = append(all, j)
		case casework.Detained:
			detained = true
		case casework.Released:
			detained = false
		default:
			cur().take(e)
		}
	}
	b.told = all
	b.exceptions(k, all, upTo)
	return all
}

func (j *journey) take(e *casework.Event) {
	switch e.Kind {
	case casework.RequestWithdrawn:
		j.end(e.On, "withdrawn")
	case casework.DecisionToAssessSent:
		if j.decided.IsZero() { // one that is changed later stays as it was
			j.decided, j.yes = e.On, e.Value() == casework.Yes
		}
	case casework.DraftSent, casework.DraftServed:
		first(&j.drafted, e.On)
	case casework.NoPlanNoticeSent:
		first(&j.noPlan, e.On)
	case casework.PlanFinalised:
		first(&j.issued, e.On)
	case casework.PlanCeased:
		j.cease(e.On, returnReasons[e.Value()])
	case casework.PlanTransferredOut:
		j.cease(e.On, "5")
	case casework.LeftEngland:
		j.leave(e.On, "7", "they left England")
	case casework.Deceased:
		j.leave(e.On, "8", "they died")
	case casework.Moved:
		if j.issued.IsZero() {
			j.end(e.On, "the family moved to another authority, whose number the record does not hold")
		}
	case casework.MediationHeld:
		j.dispute().mediation = true
	case casework.MediationAgreementSigned:
		about := e.Get("about")
		j.reverse(e, about == casework.Assess.String() || about == casework.PlanRefusal.String())
	case casework.NotOpposing:
		j.reverse(e, e.Value() == casework.Assess || e.Value() == casework.PlanRefusal)
	case casework.OrderMade:
		j.reverse(e, e.Value() == casework.Assess || e.Value() == casework.MakePlan)
	case casework.AppealRegistered:
		j.dispute().tribunal = true
	default:
		j.review(e)
	}
}

func (j *journey) review(e *casework.Event) {
	switch e.Kind {
	case casework.ReviewMeetingHeld:
		if j.decision.IsZero() && !j.meeting.IsZero() && e.On < j.meeting.AddMonths(2) {
			return // a meeting in two parts is one review
		}
		j.meeting, j.decision, j.draft, j.outcome = e.On, 0, 0, ""
	case casework.ReviewDecisionSent:
		j.decision, j.outcome = e.On, returnDecisions[e.Value()]
	case casework.AmendmentNoticeSent:
		if !j.meeting.IsZero() && (j.outcome == "" || j.outcome == "A") {
			j.draft = e.On
		}
	case casework.AmendedPlanFinalised:
		if !j.transferDue.IsZero() && j.transferFinal.IsZero() && e.On > j.transferDue.AddMonths(-12) {
			j.transferFinal = e.On
		}
	case casework.PhaseTransferDue:
		j.transferDue, j.transferFinal = transferDay(e), 0
	}
}

// transferDay is the day by which the plan must be amended for a move between
// phases (regulation 18(1)); zero for a move that the return does not ask of.
func transferDay(e *casework.Event) calendar.Date {
	on, err := calendar.Parse(e.Get("on"))
	if err != nil {
		return 0
	}
	switch e.Value() {
	case casework.ToSchool:
		return calendar.On(on.Year(), time.February, 15)
	case casework.ToPost16:
		return calendar.On(on.Year(), time.March, 31)
	}
	return 0
}

// reverse notes that a refusal was reversed. The return keeps the refusal as it
// was, and what came of the reversal stands below it.
func (j *journey) reverse(e *casework.Event, is bool) {
	if is && (!j.noPlan.IsZero() || !j.decided.IsZero() && !j.yes) {
		first(&j.reopened, e.On)
	}
}

func first(day *calendar.Date, on calendar.Date) {
	if day.IsZero() {
		*day = on
	}
}

func (j *journey) end(on calendar.Date, words string) {
	if j.withdrawn.IsZero() {
		j.withdrawn, j.ended = on, words
	}
}

func (j *journey) cease(on calendar.Date, reason string) {
	if j.ceased.IsZero() {
		j.ceased, j.reason = on, cmp.Or(reason, "9")
	}
}

func (j *journey) leave(on calendar.Date, reason, words string) {
	if j.issued.IsZero() {
		j.end(on, words)
	} else {
		j.cease(on, reason)
	}
}

// dispute returns what is disputed as things stand.
func (j *journey) dispute() *dispute {
	switch {
	case !j.issued.IsZero():
		return &j.disputed[aboutOther]
	case !j.noPlan.IsZero():
		return &j.disputed[aboutPlan]
	case !j.decided.IsZero() && !j.yes:
		return &j.disputed[aboutRequest]
	}
	return &j.disputed[aboutOther]
}

// exceptions finds the journeys whose plan, or decision not to make one, came
// late by an exception that the law allows.
func (b *Builder) exceptions(k *casework.Case, all []journey, upTo calendar.Date) {
	any := false
	for i := range k.Events {
		any = any || k.Events[i].Kind == casework.ExceptionRecorded
	}
	for i := range all {
		j := &all[i]
		j.late = !j.asked.IsZero() && j.asked.DaysUntil(max(j.issued, j.noPlan)) > 140
	}
	if !any {
		return
	}
	reading := b.clock.Read(k, upTo)
	for i := range reading.Duties {
		d := &reading.Duties[i]
		if d.Exception == casework.NoValue || d.Rule.Code != casework.IssueFinalPlan.Code {
			continue
		}
		for i := range all {
			if j := &all[i]; j.asked == d.Start {
				j.excepted = true
			}
		}
	}
}
