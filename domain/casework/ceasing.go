package casework

import (
	"weald/calendar"
	"weald/law"
)

// KeepMaintaining is the floor under ceasing: the plan goes on until the family
// can no longer appeal, or an appeal is over.
var KeepMaintaining = &law.Rule{
	Code: "C52", ID: "keep-maintaining-plan", Owner: law.LocalAuthority, Nature: law.Floor,
	Duty:   "After a notice to cease, the local authority must keep the plan until the time to appeal has passed or an appeal is over.",
	Family: "We must keep the plan going until your time to appeal has passed, or the appeal is over.",
	Limit:  calendar.Within(2, calendar.Months).RolledByTribunal().AtLeast(), Force: law.Statute, Source: cfa.At("section 45(4)"),
	Words:      "must continue to maintain the plan until the end of the period for bringing an appeal, or until an appeal is finally determined",
	Confidence: law.Verified, InForce: part3, Checked: read2026,
}

var ceasingRows = []row{
	{rule: KeepMaintaining, start: on(CeaseNoticeSent), set: ceaseFloor, renew: true},
}

func ceaseFloor(c *Clock, d *Duty, e *Event) {
	d.Due = d.Rule.Limit.LastDay(d.Start, c.Practice.Holidays) + 1
}

var ceasingMoves = Process{
	Name: "ceasing", Label: "Ceasing", Source: regs.At("regulations 29 to 31"),
	Moves: []Move{
		{From: states(NotStarted, PlanKept), On: on(CeaseConsidered), To: CeaseConsidering},
		{On: on(CeaseConsulted), To: CeaseConsulting},
		{From: states(NotStarted, CeaseConsidering, CeaseConsulting, NoticeGiven, PlanKept), On: on(CeaseNoticeSent), To: NoticeGiven},
		{From: states(PlanCeasedState, PlanKept), On: on(PlanFinalised).or(PlanTransferredIn), To: NotStarted, Follows: true},
		{From: states(CeaseConsidering, CeaseConsulting), On: on(ReviewDecisionSent, Keep).with(ReviewDecisionSent, Amend), To: PlanKept},
		{From: states(NoticeGiven), On: on(AppealLodged), To: NoticeStayed},
		{From: states(NoticeStayed), On: on(AppealWithdrawn), To: NoticeGiven},
		{From: states(NoticeGiven, NoticeStayed), On: on(OrderMade, DismissCease), To: PlanCeasedState},
		{From: states(NoticeGiven, NoticeStayed), On: on(OrderMade, Maintain).with(OrderMade, MaintainAmend).with(NotOpposing, Cease), To: PlanKept},
		{From: states(NoticeGiven, NoticeStayed), On: on(MediationAgreementSigned, Yes), When: agreed(Cease), To: PlanKept},
		{From: states(PlanKept), On: on(PlanCeased), To: PlanCeasedState, Guard: newNoticeNeeded},
		{On: on(PlanCeased), To: PlanCeasedState, Guard: appealTimeOver},
	},
}

// appealTimeOver refuses to end a plan while the family can still appeal or an
// appeal is undecided.
func appealTimeOver(c *Clock, e *Event) *law.Refusal {
	d := c.latest(KeepMaintaining)
	if d == nil || d.Status != NotBefore || !d.Due.IsZero() && e.On >= d.Due || endsByItself(e.value) {
		return nil
	}
	why := "the appeal against ceasing it has not been decided."
	if !d.Due.IsZero() {
		why = "the family can appeal until " + (d.Due - 1).Words() + ", so the first lawful day is " + d.Due.Words() + "."
	}
	return &law.Refusal{Because: "The plan cannot be ceased on " + e.On.Words() + ": " + why, Source: d.Rule.Source}
}

// newNoticeNeeded refuses to end on the strength of an old notice a plan that was
// kept after all.
func newNoticeNeeded(c *Clock, e *Event) *law.Refusal {
	if endsByItself(e.value) {
		return nil
	}
	return &law.Refusal{
		Because: "The plan cannot be ceased on " + e.On.Words() + ": after the last notice to cease, the plan was kept. Ceasing it needs a new notice, with a new right of appeal.",
		Source:  regs.At("regulation 31"),
	}
}

// endsByItself holds for the reasons that end a plan whatever notice was given:
// it went to another authority, or the child left England or died.
func endsByItself(reason Value) bool { return reason == Five || reason == Seven || reason == Eight }
