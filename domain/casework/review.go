package casework

import (
	"weald/calendar"
	"weald/law"
)

// The duties of keeping a plan under review and amending it.
var (
	ReviewFirst = &law.Rule{
		Code: "C01", ID: "review-in-first-year", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The local authority must review the plan in the 12 months that start with the day it was made.",
		Family: "We must review the plan.",
		Limit:  calendar.BeginningWith(12, calendar.Months), Force: law.Statute, Source: cfa.At("section 44(1)(a)"),
		Words:      "in the period of 12 months starting with the date on which the plan was first made",
		Note:       "The review ends with the decision. A meeting held after the last day is late by its own day; see the choice last-reviewed.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	ReviewAgain = &law.Rule{
		Code: "C02", ID: "review-again", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The local authority must review the plan in each 12 months that start with the day it was last reviewed.",
		Family: "We must review the plan again.",
		Limit:  calendar.BeginningWith(12, calendar.Months), Force: law.Statute, Source: cfa.At("section 44(1)(b)"),
		Words:      "in each subsequent period of 12 months starting with the date on which the plan was last reviewed",
		Note:       "A plan that the Tribunal ordered to be amended has not been reviewed. See the choice last-reviewed.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	ReviewUnderFive = &law.Rule{
		Code: "C03", ID: "review-under-five", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "For a child under five, the local authority should consider reviewing the plan every three to six months.",
		Family: "We should think about looking at the plan sooner, because your child is under five.",
		Limit:  calendar.BeginningWith(6, calendar.Months), Force: law.StatutoryGuidance, Source: code.At("paragraph 9.178"),
		Words:      "should consider reviewing at least every three to six months",
		Confidence: law.Secondary, InForce: part3,
	}
	GiveNotice = &law.Rule{
		Code: "C05", ID: "give-notice-of-review", Owner: law.Setting, Nature: law.Deadline,
		Duty:   "Whoever arranges the review meeting must give those invited at least two weeks' notice.",
		Family: "You must be told of the meeting two weeks before.",
		Limit:  calendar.Before(2, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulations 20(3) and 21(3)"),
		Words:      "at least two weeks' notice of the date of the meeting",
		Note:       "Recorded as given when the papers are circulated. See the choice notice-days.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	CirculatePapers = &law.Rule{
		Code: "C06", ID: "circulate-review-papers", Owner: law.Setting, Nature: law.Deadline,
		Duty:   "Whoever arranges the review meeting must obtain advice and circulate it at least two weeks before.",
		Family: "You must be sent the papers two weeks before the meeting.",
		Limit:  calendar.Before(2, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulations 20(4) and 21(4)"),
		Words:      "circulate it to those invited at least two weeks in advance of the meeting",
		Note:       "See the choice notice-days.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	SendReport = &law.Rule{
		Code: "C08", ID: "send-review-report", Owner: law.Setting, Nature: law.Deadline,
		Duty:   "Whoever held the review must send a report of the meeting to everyone invited and to the local authority.",
		Family: "You must be sent a report of the meeting.",
		Limit:  calendar.Within(2, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulations 20(8) and (9) and 21(7)"),
		Words:      "within two weeks of the review meeting",
		Note:       "A late report does not move the decision.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	DecideAfterReview = &law.Rule{
		Code: "C09", ID: "decide-after-review", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The local authority must decide whether to keep, amend or cease the plan, and tell the family and the setting.",
		Family: "We must tell you whether we will keep, change or end the plan.",
		Limit:  calendar.Within(4, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulations 20(10) and 21(9)"),
		Words:      "within four weeks of the review meeting",
		See:        []law.Citation{law.DevonJudgment.At("")},
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	SendAmendmentNotice = &law.Rule{
		Code: "C10", ID: "send-amendment-notice", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "If it will amend the plan, the local authority must at the same time send the plan with a notice of the amendments and the evidence.",
		Family: "If we will change the plan, we must send you the changes with our decision.",
		Limit:  calendar.Within(4, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 22(2)(a)"),
		Words:      "at the same time as the decision, and so within four weeks of the review meeting",
		See:        []law.Citation{law.DevonJudgment.At("")},
		Note:       "A letter that says only that the plan will be amended does not meet it.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	HearOnAmendments = &law.Rule{
		Code: "C11", ID: "hear-on-amendments", Owner: law.LocalAuthority, Nature: law.Floor,
		Duty:   "The family must have this long to comment on the proposed amendments.",
		Family: "You have this long to tell us what you think of the changes.",
		Limit:  calendar.BeginningWith(15, calendar.Days).AtLeast(), Force: law.Regulation, Source: regs.At("regulation 22(2)(c)"),
		Words:      "at least 15 days, beginning with the day on which the notice was served",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	IssueAmendedPlan = &law.Rule{
		Code: "C12", ID: "issue-amended-plan", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The local authority must send the amended plan to the family, the named setting and the integrated care board.",
		Family: "We must send you the changed plan.",
		Limit:  calendar.Within(8, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 22(3)"),
		Words:      "as soon as practicable, and in any event within 8 weeks of sending the amendment notice",
		See:        []law.Citation{law.DevonJudgment.At(""), regs.At("regulation 18"), regs.At("regulation 28")},
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	TellNoAmendment = &law.Rule{
		Code: "C13", ID: "tell-no-amendment", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "If after all it will not amend the plan, the local authority must tell the family, with reasons and their right to appeal.",
		Family: "If we decide not to change the plan after all, we must tell you and say why.",
		Limit:  calendar.Within(8, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 22(4) and (5)"),
		Words:      "within 8 weeks of sending the amendment notice",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	FinishInTwelveWeeks = &law.Rule{
		Code: "C14", ID: "finish-review-in-twelve-weeks", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The amended plan must be sent within twelve weeks of the review meeting, whatever happened between.",
		Family: "We must send you the changed plan within twelve weeks of the meeting.",
		Limit:  calendar.Within(12, calendar.Weeks), Force: law.Judgment, Source: law.DevonJudgment.At(""),
		Words:      "four weeks to decide and send the notice, then eight weeks to send the plan: twelve in all",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
)

// toAmend is what makes it certain that a review ended in amendments: the
// decision or, where that is not recorded, the notice.
var toAmend = on(ReviewDecisionSent, Amend).or(AmendmentNoticeSent)

var reviewRows = []row{
	{rule: ReviewFirst, start: on(PlanFinalised), when: firstPlan, met: on(ReviewDecisionSent), meet: reviewDone},
	{rule: ReviewAgain, start: on(ReviewDecisionSent), when: planGoesOn, set: warnFromMeeting, met: on(ReviewDecisionSent), meet: reviewDone},
	{rule: ReviewUnderFive, start: on(PlanFinalised).or(ReviewMeetingHeld), when: underFive, set: warnAtThreeMonths, renew: true, met: on(ReviewMeetingHeld)},
	{rule: GiveNotice, start: on(ReviewScheduled), set: beforeMeeting, renew: true, missed: meetingWasHeld, met: on(ReviewPapersCirculated)},
	{rule: CirculatePapers, start: on(ReviewScheduled), set: beforeMeeting, renew: true, missed: meetingWasHeld, met: on(ReviewPapersCirculated)},
	{rule: SendReport, start: on(ReviewMeetingHeld), again: true, met: on(ReviewReportSent)},
	{rule: DecideAfterReview, start: on(ReviewMeetingHeld), again: true, met: on(ReviewDecisionSent)},
	{rule: SendAmendmentNotice, start: toAmend, when: outcomeAmend, set: fromMeeting, met: on(AmendmentNoticeSent)},
	{rule: HearOnAmendments, start: on(AmendmentNoticeServed), set: draftFloor, renew: true, void: on(NoAmendNoticeSent)},
	{rule: IssueAmendedPlan, start: on(AmendmentNoticeSent), met: on(AmendedPlanFinalised), copies: true, void: on(NoAmendNoticeSent)},
	{rule: TellNoAmendment, start: on(AmendmentNoticeSent), met: on(NoAmendNoticeSent), void: on(AmendedPlanFinalised)},
	{rule: FinishInTwelveWeeks, start: toAmend, when: outcomeAmend, set: fromMeeting, met: on(AmendedPlanFinalised), copies: true, void: on(NoAmendNoticeSent)},
}

// firstPlan holds for the plan's first making. A plan that replaces another
// after re-assessment does not start the year again.
func firstPlan(c *Clock, e *Event) bool {
	switch c.state[planProcess] {
	case NotStarted, PlanCeasedState, EndedAge, EndedDeath:
		return c.state[reassessmentProcess] != Reassessing
	}
	return false
}

func planGoesOn(c *Clock, e *Event) bool {
	switch c.state[planProcess] {
	case PlanCeasedState, EndedAge, EndedDeath, TransferredOut:
		return false
	}
	return true
}

func underFive(c *Clock, e *Event) bool {
	return !c.born.IsZero() && calendar.Age(c.born, e.On) < 5
}

// outcomeAmend holds for the first sign that a review's meeting led to
// amendments: the decision, or a notice sent before any decision is recorded. A
// notice outside a review (regulation 28) counts from itself alone.
func outcomeAmend(c *Clock, e *Event) bool {
	if c.meeting.IsZero() || c.amending == c.meeting {
		return false
	}
	if e.Kind == AmendmentNoticeSent {
		s := c.state[reviewProcess]
		return s == MeetingHeld || s == Reported
	}
	return true
}

// meetingWasHeld holds when papers or notice can no longer come in time because
// the meeting they were for has been held, rather than moved to another day.
func meetingWasHeld(c *Clock, d *Duty, e *Event) bool { return c.meeting > d.Due }

// reviewDone ends a review with its decision, and counts lateness from the
// meeting when that was itself after the last day.
func reviewDone(c *Clock, d *Duty, e *Event) {
	if c.meeting > d.Due && c.meeting <= d.Done || c.Practice.takes(lastReviewed, "meeting") && c.meeting >= d.Start {
		d.Done, d.how = c.meeting, howMeeting
	}
}

func warnFromMeeting(c *Clock, d *Duty, e *Event) {
	if c.meeting.IsZero() || c.meeting > e.On {
		return
	}
	warn := d.Rule.Limit.LastDay(c.meeting, c.Practice.Holidays)
	if c.Practice.takes(lastReviewed, "meeting") {
		d.Start, d.Due, d.how = c.meeting, warn, howFromMeeting
		return
	}
	if warn < d.Due {
		d.Warn = warn
	}
}

func warnAtThreeMonths(c *Clock, d *Duty, e *Event) {
	d.Warn = calendar.BeginningWith(3, calendar.Months).LastDay(d.Start, c.Practice.Holidays)
}

// beforeMeeting counts back from the day of the meeting. Papers already sent
// for a meeting that has been moved count for the new day too.
func beforeMeeting(c *Clock, d *Duty, e *Event) {
	limit, h := d.Rule.Limit, c.Practice.Holidays
	d.Start = e.date
	d.Due, d.Warn, d.how = limit.LastDay(e.date, h), limit.Clear(e.date, h), howBack
	if c.Practice.takes(noticeDays, "clear") {
		d.Due, d.Warn, d.how = d.Warn, 0, howBackClear
	}
	if !c.papers.IsZero() && c.papers > c.meeting {
		d.Done, d.Status = c.papers, Met
	}
}

// fromMeeting counts from the review meeting rather than from the decision that
// made the duty certain.
func fromMeeting(c *Clock, d *Duty, e *Event) {
	d.Start, d.StartKind = c.meeting, ReviewMeetingHeld
	d.Due = d.Rule.Limit.LastDay(d.Start, c.Practice.Holidays)
	if d.Rule == SendAmendmentNotice && c.notice >= c.meeting {
		d.Status, d.Done = Met, c.notice
	}
}

var reviewMoves = Process{
	Name: "review", Label: "Review and amendment", Source: regs.At("regulations 18 to 22"),
	Moves: []Move{
		{On: on(PlanFinalised), When: firstPlan, To: ReviewDue, Follows: true},
		{On: on(PlanTransferredIn), To: ReviewDue, Follows: true},
		{On: on(Released), When: planKept, To: ReviewDue, Follows: true},
		{On: on(ReviewScheduled), To: Scheduled},
		{On: on(ReviewMeetingHeld), To: MeetingHeld},
		{From: states(NotStarted, MeetingHeld), On: on(ReviewReportSent), To: Reported},
		{On: on(ReviewReportSent), To: Same},
		{On: on(ReviewDecisionSent, Keep), To: DoneKeep},
		{On: on(ReviewDecisionSent, Cease), To: DoneCease},
		{From: states(Amending), On: on(ReviewDecisionSent, Amend), To: Same},
		{On: on(ReviewDecisionSent, Amend), To: AmendingIrregular},
		{On: on(AmendmentNoticeSent), To: Amending},
		{From: states(Scheduled, MeetingHeld, Reported), On: on(AmendedPlanFinalised), When: byOrder, To: Same},
		{On: on(AmendedPlanFinalised), To: DoneAmended, Guard: amendmentPeriodOver},
		{On: on(NoAmendNoticeSent), To: DoneNotAmended},
	},
}

// planKept holds for a plan kept in detention: on release it must be reviewed as
// soon as reasonably practicable (section 48).
func planKept(c *Clock, e *Event) bool { return c.state[planProcess] == KeptInDetention }

// byOrder holds when an amended plan follows an order, agreement or concession
// while the next review is on its way: that review is not done.
func byOrder(c *Clock, e *Event) bool {
	switch c.state[disputeProcess] {
	case Ordered, Conceded, AgreementReached:
		return true
	}
	return false
}

// amendmentPeriodOver refuses an amended plan while the family still has time
// to comment on the notice.
func amendmentPeriodOver(c *Clock, e *Event) *law.Refusal {
	d := c.latest(HearOnAmendments)
	if d == nil || d.Status != NotBefore || e.On >= d.Due || c.waived >= d.Start && !c.Practice.takes(waiver, "refused") {
		return nil
	}
	return &law.Refusal{
		Because: "The amended plan cannot be issued on " + e.On.Words() + ": the family has until " + (d.Due - 1).Words() + " to comment on the amendments, so the first lawful day is " + d.Due.Words() + ".",
		Source:  d.Rule.Source,
	}
}
