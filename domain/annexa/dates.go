package annexa

import (
	"weald/calendar"
	"weald/domain/casework"
)

// Plan is what the events of a child's case say of their EHC plan on a day.
type Plan struct {
	InForce  bool
	Issued   calendar.Date // the plan's first issue, or the day it came from another authority
	Updated  calendar.Date // last amended
	Reviewed calendar.Date // the last review meeting
	Asked    bool          // no plan, and a request or an assessment under way or refused
}

// PlanOn reads a child's events up to the end of a day, in order, corrections
// made.
func PlanOn(events []casework.Event, on calendar.Date) (p Plan) {
	for i := range events {
		e := &events[i]
		if e.On.After(on) {
			continue
		}
		switch e.Kind {
		case casework.PlanFinalised, casework.PlanTransferredIn:
			if p.InForce {
				p.Updated = e.On // a new plan after a re-assessment
			} else {
				p = Plan{InForce: true, Issued: e.On}
			}
		case casework.AmendedPlanFinalised:
			p.Updated = e.On
		case casework.ReviewMeetingHeld:
			p.Reviewed = e.On
		case casework.PlanCeased, casework.PlanTransferredOut, casework.LeftEngland, casework.Deceased:
			p.InForce, p.Asked = false, false
		case casework.RequestReceived, casework.ResponsibilityBegan:
			p.Asked = !p.InForce
		case casework.RequestWithdrawn:
			p.Asked = false
		}
	}
	return p
}
