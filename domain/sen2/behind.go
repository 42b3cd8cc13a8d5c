package sen2

import (
	"slices"

	"weald/calendar"
	"weald/domain/casework"
)

// behind says which kinds of event each item tells of, and in which other item
// their day stands when the item itself is no date.
var behind = map[string]struct {
	kinds []casework.Kind
	day   func(*Request) calendar.Date // nil: the item is the day, or any day will do
}{
	"Requests/ReceivedDate":              {kinds: []casework.Kind{casework.RequestReceived, casework.ResponsibilityBegan}},
	"Requests/RequestSource":             {kinds: []casework.Kind{casework.RequestReceived}, day: func(r *Request) calendar.Date { return r.Received }},
	"Requests/RequestOutcomeDate":        {kinds: []casework.Kind{casework.DecisionToAssessSent}},
	"Requests/RequestOutcome":            {kinds: []casework.Kind{casework.DecisionToAssessSent, casework.RequestWithdrawn}, day: func(r *Request) calendar.Date { return r.OutcomeOn }},
	"Assessment/AssessmentOutcomeDate":   {kinds: []casework.Kind{casework.PlanFinalised, casework.NoPlanNoticeSent}},
	"Assessment/AssessmentOutcome":       {kinds: []casework.Kind{casework.PlanFinalised, casework.NoPlanNoticeSent}, day: assessedOn},
	"NamedPlan/StartDate":                {kinds: []casework.Kind{casework.PlanFinalised, casework.PlanTransferredIn}},
	"NamedPlan/CeaseDate":                {kinds: ceasing},
	"NamedPlan/CeaseReason":              {kinds: ceasing, day: func(r *Request) calendar.Date { return r.Assessment.Plan.CeasedOn }},
	"ActivePlans/ReviewMeeting":          {kinds: []casework.Kind{casework.ReviewMeetingHeld}},
	"ActivePlans/ReviewOutcome":          {kinds: []casework.Kind{casework.ReviewDecisionSent}, day: func(r *Request) calendar.Date { return r.Active.LastReview }},
	"ActivePlans/LastReview":             {kinds: []casework.Kind{casework.ReviewDecisionSent}},
	"ActivePlans/ReviewDraft":            {kinds: []casework.Kind{casework.AmendmentNoticeSent}},
	"ActivePlans/PhaseTransferFinalDate": {kinds: []casework.Kind{casework.AmendedPlanFinalised}},
}

var ceasing = []casework.Kind{casework.PlanCeased, casework.PlanTransferredOut, casework.LeftEngland, casework.Deceased}

func assessedOn(r *Request) calendar.Date { return r.Assessment.OutcomeOn }

// Behind returns the event that an item of a request tells of, or nil when it
// tells of none: what the return holds and no event does was said or entered.
func Behind(r *Request, l *Line, events []casework.Event) *casework.Event {
	b, known := behind[l.Item.Element()+"/"+l.Item.Name]
	if !known {
		return nil
	}
	var day calendar.Date
	if b.day != nil {
		day = b.day(r)
	} else if d, err := calendar.Parse(l.Value); err == nil {
		day = d
	}
	if day.IsZero() {
		return nil
	}
	for i := range events {
		e := &events[i]
		if !slices.Contains(b.kinds, e.Kind) {
			continue
		}
		on := e.On
		if made, err := calendar.Parse(e.Get("made")); err == nil && e.Kind == casework.PlanTransferredIn {
			on = made
		}
		if on == day {
			return e
		}
	}
	return nil
}
