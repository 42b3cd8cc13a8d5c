package casework

import (
	"weald/calendar"
	"weald/law"
)

// The duties of assessing again a child who has a plan.
var (
	AnswerReassessment = &law.Rule{
		Code: "C30", ID: "answer-reassessment-request", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The local authority must tell whoever asked for a re-assessment whether it will re-assess.",
		Family: "We must tell you whether we will assess again.",
		Limit:  calendar.Within(15, calendar.Days), Force: law.Regulation, Source: regs.At("regulation 25(1)"),
		Words:      "within 15 days of receiving the request",
		Confidence: law.Secondary, InForce: part3,
	}
	PlanAfterReassessment = &law.Rule{
		Code: "C33", ID: "issue-plan-after-reassessment", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "After a re-assessment the local authority must send the amended or new plan.",
		Family: "We must send you the changed or new plan.",
		Limit:  calendar.Within(14, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 27(1) and (2)"),
		Words:      "as soon as practicable, and in any event within 14 weeks of telling the family, or of deciding to re-assess",
		Exceptions: allFour("regulation 27(3)"),
		Note:       "Regulation 27(3)(a) to (c) were read; (d) was seen in part.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
)

var reassessing = on(ReassessmentDecisionSent, Yes).or(ReassessmentSelfInitiated)

var reassessmentRows = []row{
	{rule: AnswerReassessment, start: on(ReassessmentRequested), met: on(ReassessmentDecisionSent)},
	{rule: PlanAfterReassessment, start: reassessing, when: notYetReassessing, met: on(AmendedPlanFinalised).or(PlanFinalised), copies: true, void: on(NoAmendNoticeSent)},
}

// notYetReassessing leaves out a re-assessment that an order, agreement or
// concession has already set going: it has limits of its own.
func notYetReassessing(c *Clock, e *Event) bool { return c.state[reassessmentProcess] != Reassessing }

var reassessmentMoves = Process{
	Name: "reassessment", Label: "Re-assessment", Source: regs.At("regulations 23 to 27"),
	Moves: []Move{
		{From: states(NotStarted, ReassessmentRefused, DoneAmended, DoneReplaced, DoneUnchanged, ClosedWithdrawn), On: on(ReassessmentRequested), To: ReassessmentAsked},
		{From: states(ReassessmentAsked, Reassessing), On: on(ReassessmentRequested), To: Same},
		{From: states(NotStarted, ReassessmentAsked, ReassessmentRefused, DoneAmended, DoneReplaced, DoneUnchanged), On: on(ReassessmentDecisionSent, No), To: ReassessmentRefused},
		{From: states(NotStarted, ReassessmentAsked, ReassessmentRefused, Reassessing, DoneAmended, DoneReplaced, DoneUnchanged), On: on(ReassessmentDecisionSent, Yes), To: Reassessing},
		{From: states(ReassessmentRefused), On: ordered(Assess).with(NotOpposing, Assess), To: Reassessing},
		{From: states(ReassessmentRefused), On: on(MediationAgreementSigned, Yes), When: agreed(Assess), To: Reassessing},
		{From: states(ReassessmentAsked, Reassessing), On: on(RequestWithdrawn), To: ClosedWithdrawn},
		{From: states(NotStarted, ReassessmentAsked, ReassessmentRefused, DoneAmended, DoneReplaced, DoneUnchanged, ClosedWithdrawn), On: on(ReassessmentSelfInitiated), To: Reassessing},
		{From: states(Reassessing), On: on(DraftSent).or(DraftServed).or(DraftReissued).or(AmendmentNoticeSent), To: Same},
		{From: states(Reassessing), On: on(AmendedPlanFinalised), To: DoneAmended, Guard: draftPeriodOver},
		{From: states(Reassessing), On: on(PlanFinalised), To: DoneReplaced, Guard: draftPeriodOver},
		{From: states(Reassessing), On: on(NoAmendNoticeSent), To: DoneUnchanged},
	},
}
