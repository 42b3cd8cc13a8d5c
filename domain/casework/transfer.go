package casework

import (
	"time"

	"weald/calendar"
	"weald/law"
)

// The duties when a child moves to the next phase of education.
var (
	TransferToSchool = &law.Rule{
		Code: "C20", ID: "name-next-school", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "Before a move between phases of school, the local authority must review the plan and amend it to name the next setting.",
		Family: "Before the move to the next school, we must name it in the plan.",
		Limit:  calendar.BeforeDate(15, time.February), Force: law.Regulation, Source: regs.At("regulation 18(1)(b)"),
		Words:      "before 15 February in the calendar year of the transfer",
		Note:       "The Code and most websites say by 15 February. See the choice transfer-date.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	TransferToPost16 = &law.Rule{
		Code: "C21", ID: "name-post-16-setting", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "Before a move from secondary school to a post-16 setting, the local authority must review the plan and amend it to name the setting.",
		Family: "Before the move to college or training, we must name it in the plan.",
		Limit:  calendar.BeforeDate(31, time.March), Force: law.Regulation, Source: regs.At("regulation 18(1)(a)"),
		Words:      "before 31 March in the calendar year of the transfer",
		Note:       "See the choice transfer-date.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	MoveBetweenPost16 = &law.Rule{
		Code: "C22", ID: "name-next-post-16-setting", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "Before a move between post-16 settings at another time, the local authority must review the plan and amend it to name the setting.",
		Family: "Before the move to another college or training place, we must name it in the plan.",
		Limit:  calendar.Before(5, calendar.Months), Force: law.Regulation, Source: regs.At("regulation 18(2)"),
		Words:      "at least five months before the transfer takes place",
		Note:       "On the strict reading, one day earlier.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
)

// The duties when a family, or its integrated care board, moves.
var (
	TransferPlanOut = &law.Rule{
		Code: "C40", ID: "transfer-plan-to-new-authority", Owner: law.OldAuthority, Nature: law.Deadline,
		Duty:   "The authority that the family leaves must transfer the plan to the new one.",
		Family: "We must pass the plan to your new council.",
		Limit:  calendar.BeginningWith(15, calendar.WorkingDays), Force: law.Regulation, Source: regs.At("regulation 15(2)"),
		Words:      "on the day of the move or, if not aware of it at least 15 working days before, within 15 working days beginning with the day it became aware",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	WriteToFamilyMovedIn = &law.Rule{
		Code: "C42", ID: "write-to-family-moved-in", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The new authority must tell the family that the plan was transferred, whether it will assess, and when it will review.",
		Family: "We must write to tell you what we will do with the plan.",
		Limit:  calendar.Within(6, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 15(4)"),
		Words:      "within 6 weeks of the date of the transfer",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	ReviewTransferredPlan = &law.Rule{
		Code: "C43", ID: "review-transferred-plan", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The new authority must review the plan before the later of 12 months from when it was made or last reviewed, and 3 months from the transfer.",
		Family: "We must review the plan that came with you.",
		Limit:  calendar.BeginningWith(3, calendar.Months), Force: law.Regulation, Source: regs.At("regulation 15(5)"),
		Words:      "before the later of 12 months beginning with the date made or last reviewed, and 3 months beginning with the transfer",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	NotifyNewICB = &law.Rule{
		Code: "C47", ID: "notify-new-icb", Owner: law.ICB, Nature: law.Deadline,
		Duty:   "The old integrated care board must notify the new one.",
		Family: "The old NHS body must tell the new one.",
		Limit:  calendar.BeginningWith(15, calendar.WorkingDays), Force: law.Regulation, Source: regs.At("regulation 16"),
		Words:      "on the day of the move, or within 15 working days beginning with the day it became aware",
		Confidence: law.Secondary, InForce: part3,
	}
	AskForReviewOfHealth = &law.Rule{
		Code: "C48", ID: "ask-for-review-of-health-provision", Owner: law.ICB, Nature: law.Deadline,
		Duty:   "A new integrated care board that cannot arrange the health provision must ask the local authority to review or re-assess.",
		Family: "If the new NHS body cannot arrange the health help, it must ask us to look at the plan again.",
		Limit:  calendar.BeginningWith(15, calendar.WorkingDays), Force: law.Regulation, Source: regs.At("regulation 16"),
		Words:      "within 15 working days beginning with the day it became aware",
		Confidence: law.Secondary, InForce: part3,
	}
)

var named = on(AmendedPlanFinalised).with(ReviewDecisionSent, Keep)

var transferRows = []row{
	{rule: TransferToSchool, start: on(PhaseTransferDue, ToSchool), set: transferDue, renew: true, missed: transferWasDue, met: named, meetIf: withinAYear},
	{rule: TransferToPost16, start: on(PhaseTransferDue, ToPost16), set: transferDue, renew: true, missed: transferWasDue, met: named, meetIf: withinAYear},
	{rule: MoveBetweenPost16, start: on(PhaseTransferDue, MovePost16), set: transferDue, renew: true, missed: transferWasDue, met: named, meetIf: withinAYear},
	{rule: TransferPlanOut, start: on(Moved).or(MoveKnown), when: hasPlan, set: moveDue, renew: true, met: on(PlanTransferredOut)},
	{rule: WriteToFamilyMovedIn, start: on(PlanTransferredIn), met: on(NewAuthorityLetterSent)},
	{rule: ReviewTransferredPlan, start: on(PlanTransferredIn), set: reviewAfterMove, met: on(ReviewDecisionSent), meet: reviewDone},
	{rule: NotifyNewICB, start: on(ICBChanged), again: true, met: on(NewICBNotified)},
	{rule: AskForReviewOfHealth, start: on(ICBCannotArrange), again: true, met: on(ICBAskedForReview)},
}

// transferDue counts from the day of the transfer that the event names.
func transferDue(c *Clock, d *Duty, e *Event) {
	limit, h := d.Rule.Limit, c.Practice.Holidays
	d.Start, d.how = e.date, howTransfer
	d.Due = limit.LastDay(e.date, h)
	if e.value == MovePost16 {
		d.Warn = limit.Clear(e.date, h)
	} else if c.Practice.takes(transferDate, "by") {
		d.Due++
	}
}

// transferWasDue holds when an earlier transfer came and went without the next
// setting being named; a transfer still to come has been given another day.
func transferWasDue(c *Clock, d *Duty, e *Event) bool { return e.On > d.Start }

// withinAYear leaves out a decision or an amended plan from more than 12 months
// before the transfer: regulation 18 is about a child within 12 months of it.
func withinAYear(c *Clock, d *Duty, e *Event) bool { return e.On >= d.Start.AddMonths(-12) }

// hasPlan holds unless the record shows an assessment that has made no plan: then
// nothing is transferred and the new authority starts again.
func hasPlan(c *Clock, e *Event) bool {
	switch c.state[planProcess] {
	case NotStarted:
		return c.state[assessmentProcess] == NotStarted
	case PlanCeasedState, EndedAge, EndedDeath, TransferredOut:
		return false
	}
	return true
}

// moveDue is the day of the move, or 15 working days from knowing of it if that
// is later. A move whose day is not recorded is counted from knowing alone.
func moveDue(c *Clock, d *Duty, e *Event) {
	switch {
	case c.aware.IsZero():
		d.Due, d.how = c.movedOn, howMoveOnly
	case c.movedOn.IsZero():
		d.how = howAwareOnly
	default:
		d.Start = c.aware
		counted := d.Rule.Limit.LastDay(c.aware, c.Practice.Holidays)
		d.Due, d.how = max(c.movedOn, counted), howMove
		d.other = c.movedOn
	}
}

// reviewAfterMove is the later of two periods. Where the old dates were not
// passed on, only the three months can be counted.
func reviewAfterMove(c *Clock, d *Duty, e *Event) {
	last := e.to // reviewed=
	if last.IsZero() {
		last = e.from // made=
	}
	if last.IsZero() {
		d.how = howOldDatesMissing
		return
	}
	d.how, d.other = howLaterOfTwo, last
	d.Due = max(d.Due, calendar.BeginningWith(12, calendar.Months).LastDay(last, c.Practice.Holidays))
}

var transferMoves = Process{
	Name: "transfer", Label: "Move between areas", Source: regs.At("regulation 15"),
	Moves: []Move{
		{From: states(NotStarted, TransferredIn, Transferred), On: on(MoveKnown), To: MoveIsKnown},
		{From: states(MoveIsKnown, TransferDue), On: on(MoveKnown), To: Same},
		{On: on(Moved), To: TransferDue},
		{On: on(PlanTransferredOut), To: Transferred},
		{On: on(PlanTransferredIn), To: TransferredIn},
	},
}
