package casework

import (
	"weald/calendar"
	"weald/law"
)

// settle does what no line of a table can: what touches several clocks at once.
func (c *Clock) settle(e *Event) {
	switch e.Kind {
	case DecisionToAssessSent:
		if e.value == Yes {
			c.revive(afterChangeOfMind)
		}
	case DraftSent, DraftServed:
		c.revive(finalPlanRow)
		c.unrecorded(decisionRows, e)
	case AppealLodged:
		c.stay()
	case NoPlanNoticeSent:
		c.unrecorded(decisionRows, e)
	case PlanFinalised:
		c.unrecorded(decisionRows, e)
		c.unrecorded(draftRows, e)
		c.reviveMet(e)
		if c.detained {
			detention := Happened(Detained, e.On)
			c.endAll(provisionRows, Superseded, &detention)
		}
	case PlanSent:
		c.planSent(e)
	case MediationEnded:
		c.unrecorded(mediationRows, e)
	case CertificateIssued:
		c.unrecorded(adviserRow, e)
		c.certificate(e)
	case AppealWithdrawn:
		c.unstay(e)
	case RequestWithdrawn:
		c.endAll(assessmentOnly, Void, e)
		if c.state[reassessmentProcess] == ClosedWithdrawn {
			c.endAll(reassessmentLimits, Void, e)
		}
	case Moved:
		c.endAll(assessmentOnly, Void, e)
	case PlanTransferredIn:
		c.endAll(assessmentOnly, Void, e)
	case PlanTransferredOut:
		c.endAll(planOnly, Void, e)
		c.aware, c.movedOn = 0, 0
	case PlanCeased:
		c.endAll(planOnly, Void, e)
		c.endFloors(e)
	case LeftEngland:
		c.endAll(notInformation, Void, e)
	case Deceased:
		c.endAll(notInformation, Void, e)
	case RecordBegins:
		c.forget(e)
	case NotRecorded:
		if r := e.Rule(); r != nil {
			c.end(rowOf[r], Void, e)
		}
	case Detained:
		c.endAll(provisionRows, Superseded, e)
	case Released:
		c.resume(provisionRows, e)
	case AmendmentNoticeSent:
		c.amending = c.meeting
	case ReviewDecisionSent:
		if e.value == Amend {
			c.amending = c.meeting
		}
		if e.value == Keep {
			c.end(rowOf[IssueAmendedPlan], Void, e)
			c.end(rowOf[TellNoAmendment], Void, e)
			c.end(rowOf[FinishInTwelveWeeks], Void, e)
		}
	case OrderMade:
		switch e.value {
		case Assess, MakePlan, ReferBack:
			c.supersede(e)
		case Amend, Placement:
			c.supersedeReview(e)
			if c.ground == CeaseDecided {
				c.endFloor(KeepMaintaining, e)
			}
		case MaintainAmend:
			c.supersedeReview(e)
			c.endFloor(KeepMaintaining, e)
		case Maintain:
			c.endFloor(KeepMaintaining, e)
		case DismissCease:
			if d := c.latest(KeepMaintaining); d != nil && d.Status == NotBefore {
				d.Due, d.how, d.other = e.On, howAppealOver, e.On
			}
		}
	case NotOpposing:
		switch e.value {
		case Assess, PlanRefusal:
			c.supersede(e)
		case Contents, Placement:
			c.supersedeReview(e)
		case Cease:
			c.endFloor(KeepMaintaining, e)
		}
	case MediationAgreementSigned:
		c.unrecorded(mediationRows, e)
		if e.value == Yes {
			switch c.agreementAbout(e) {
			case Assess, PlanRefusal:
				c.supersede(e)
			case Contents, Placement:
				c.supersedeReview(e)
			case Cease:
				c.endFloor(KeepMaintaining, e)
			}
		}
	case DirectionMade:
		c.directResponse(e)
	}
}

// endAll stops the running clocks of a set of rows.
func (c *Clock) endAll(set []int16, s Status, e *Event) {
	for _, n := range set {
		if c.last[n] >= 0 {
			c.end(n, s, e)
		}
	}
}

// supersede puts the ordinary limits of an assessment aside when an order,
// agreement or concession has limits of its own. What was met or late stays.
func (c *Clock) supersede(e *Event) { c.putAside(assessmentLimits, e, 0) }

// supersedeReview does the same for a review. One that began after the decision
// in dispute is another review, and goes on.
func (c *Clock) supersedeReview(e *Event) { c.putAside(reviewLimits, e, c.decided) }

// putAside leaves alone what began after the given day, if there is one.
func (c *Clock) putAside(set []int16, e *Event, until calendar.Date) {
	for _, n := range set {
		i := c.last[n]
		if i < 0 {
			continue
		}
		d := &c.duties[i]
		if !until.IsZero() && d.Start > until {
			continue
		}
		switch {
		case d.Status == Running:
			d.Status, d.ended, d.endValue, d.Done = Superseded, e.Kind, e.value, 0
			d.Late = max(0, int(e.On-d.Due))
		case d.Status == NotBefore && e.On < d.Due, d.Status == Void && refusal(d.ended):
			d.Status, d.ended, d.endValue = Superseded, e.Kind, e.value
		}
	}
}

// refusal reports whether an event ended a clock by saying no: what an order,
// agreement or concession undoes.
func refusal(k Kind) bool {
	switch k {
	case DecisionToAssessSent, NoPlanNoticeSent, NoAmendNoticeSent, ReviewDecisionSent:
		return true
	}
	return false
}

// revive starts again the limits that a refusal ended, when the authority
// changes its mind of its own accord: they keep running from the request.
func (c *Clock) revive(set []int16) {
	for _, n := range set {
		if i := c.last[n]; i >= 0 {
			if d := &c.duties[i]; d.Status == Void && (d.ended == DecisionToAssessSent || d.ended == NoPlanNoticeSent) {
				d.Status, d.ended = Running, NoKind
			}
		}
	}
}

// reviveMet meets a final plan's limit that a refusal of a plan had ended.
func (c *Clock) reviveMet(e *Event) {
	for _, n := range finalPlanRow {
		if i := c.last[n]; i >= 0 {
			if d := &c.duties[i]; d.Status == Void && d.ended == NoPlanNoticeSent {
				d.Status, d.Done, d.ended = Met, e.On, NoKind
				c.issued(i)
			}
		}
	}
}

// unrecorded ends the clock of a decision that must have been made, because a
// later step was taken, but whose day is not recorded.
func (c *Clock) unrecorded(set []int16, e *Event) {
	for _, n := range set {
		if i := c.last[n]; i >= 0 {
			if d := &c.duties[i]; d.Status == Running {
				d.Status, d.ended, d.unsaid = Void, e.Kind, true
			}
		}
	}
}

// outgrow ends a clock that runs only for children younger than this one.
func (c *Clock) outgrow(r *law.Rule) {
	for i := c.last[rowOf[r]]; i >= 0; i = c.duties[i].prev {
		if d := &c.duties[i]; d.Status == Running {
			d.Status, d.outgrown = Void, true
		}
	}
}

// forget ends the clocks that ran out before the record begins: whether what
// they asked for was done in time is not known, so it is neither late nor owed.
func (c *Clock) forget(e *Event) {
	for i := range c.duties {
		if d := &c.duties[i]; d.Status == Running && d.Rule.Nature == law.Deadline && d.Due < e.On {
			d.Status, d.ended = Void, e.Kind
		}
	}
}

// planSent keeps to whom the plan was sent. While the record says for some of
// the three and not for others, the duties to send it are not met.
func (c *Clock) planSent(e *Event) {
	if e.value == NoValue {
		return
	}
	if c.sent != 7 {
		c.lastSent = max(c.lastSent, e.On)
	}
	c.sent |= 1 << (e.value - ToFamily)
	for _, i := range c.issue[:c.plans] {
		d := &c.duties[i]
		if d.Status != Met && d.Status != Running {
			continue
		}
		if c.sent == 7 {
			d.Status, d.Done, d.sending = Met, c.lastSent, sentToAll
		} else {
			d.Status, d.Done, d.sending = Running, 0, sentToSome
		}
	}
}

// noticeImpliesDecision ends the clock of a decision after a review whose day is
// not recorded, although the amendment notice that goes with it was sent.
func (c *Clock) noticeImpliesDecision() {
	if d := c.latest(DecideAfterReview); d != nil && d.Status == Running && c.notice >= d.Start {
		d.Status, d.ended, d.unsaid = Void, AmendmentNoticeSent, true
	}
}

// certificate moves the last day to appeal: one month from the certificate, if
// that is later than two months from the notice.
func (c *Clock) certificate(e *Event) {
	d := c.latest(Appeal)
	if d == nil || d.Status != Running {
		return
	}
	h := c.Practice.Holidays
	notice := d.Rule.Limit.Raw(d.Start, h)
	month := calendar.Within(1, calendar.Months).LastDay(e.On, h)
	if month > notice {
		d.how = howCertificate
	} else {
		d.how = howCertificateEarlier
	}
	d.other = e.On
	d.Due = h.RollTribunal(max(notice, month))
	if f := c.latest(KeepMaintaining); f != nil && f.Status == NotBefore && f.Start == d.Start && !f.Due.IsZero() {
		f.Due, f.how, f.other = d.Due+1, d.how, e.On
	}
}

// stay takes the day away from the floor under ceasing: the plan goes on until
// the appeal is over, whenever that is.
func (c *Clock) stay() {
	if d := c.latest(KeepMaintaining); d != nil && d.Status == NotBefore && c.ground == CeaseDecided {
		d.Due, d.how = 0, howStayed
	}
}

// unstay puts the day back when the appeal is withdrawn.
func (c *Clock) unstay(e *Event) {
	d, a := c.latest(KeepMaintaining), c.latest(Appeal)
	if d != nil && a != nil && d.Status == NotBefore && d.how == howStayed {
		d.Due, d.how, d.other = max(a.Due+1, e.On), howAppealOver, e.On
	}
}

func (c *Clock) endFloor(r *law.Rule, e *Event) {
	if d := c.latest(r); d != nil && d.Status == NotBefore {
		d.Status, d.ended, d.endValue = Void, e.Kind, e.value
	}
}

// endFloors keeps the floor under a plan that ceased lawfully as history.
func (c *Clock) endFloors(e *Event) {
	if endsByItself(e.value) {
		c.endFloor(KeepMaintaining, e)
	}
}

// resume starts again on release what detention put aside.
func (c *Clock) resume(set []int16, e *Event) {
	for _, n := range set {
		if i := c.last[n]; i >= 0 && c.duties[i].Status == Superseded && c.duties[i].ended == Detained {
			c.duties[i].Status, c.duties[i].ended = Running, NoKind
		}
	}
}

// directResponse replaces the counted day of the response by the Tribunal's.
func (c *Clock) directResponse(e *Event) {
	if !isResponse(e.name) {
		return
	}
	d := c.latest(RespondToAppeal)
	if d == nil || d.Status != Running {
		n := rowOf[RespondToAppeal]
		c.duties = append(c.duties, Duty{Rule: RespondToAppeal, Start: e.On, StartKind: e.Kind, row: n, prev: c.last[n]})
		c.last[n] = int32(len(c.duties) - 1)
		d = &c.duties[c.last[n]]
	}
	d.Due, d.how, d.other = e.date, howDirected, e.On
}
