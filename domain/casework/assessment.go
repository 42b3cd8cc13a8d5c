package casework

import (
	"time"

	"weald/calendar"
	"weald/law"
)

// Works cited in this package.
var (
	cfa      = law.ChildrenAndFamiliesAct
	regs     = law.SENDRegulations
	code     = law.CodeOfPractice
	detained = law.DetainedRegulations
)

// When the laws cited came into force, and when their texts were last compared.
var (
	part3    = calendar.Since(calendar.On(2014, time.September, 1))
	april15  = calendar.Since(calendar.On(2015, time.April, 1))
	read2026 = calendar.On(2026, time.November, 23)
)

// closureGrounds and familyGrounds are the grounds of regulation 10(4), which
// other regulations borrow or repeat.
func closureGrounds(at string) []law.Exception {
	return []law.Exception{
		{Ground: "school-closed", Words: "advice was asked of a school or post-16 institution within a week of its closing for four weeks or more, or while it was closed", Source: regs.At(at + "(a)")},
		{Ground: "early-years-closed", Words: "advice was asked of an early years provider within a week of its closing for four weeks or more, or while it was closed", Source: regs.At(at + "(b)")},
	}
}

func familyGrounds(circumstances, absence law.Citation, days int) []law.Exception {
	long := "four weeks"
	if days == 14 {
		long = "two weeks"
	}
	return []law.Exception{
		{Ground: "personal-circumstances", Words: "exceptional personal circumstances affect the child, the parent or the young person during the time allowed", Source: circumstances},
		{Ground: "absent", Words: "the child, the parent or the young person is away from the area for " + long + " or more in a row during the time allowed", Source: absence, Days: days},
	}
}

func allFour(at string) []law.Exception {
	return append(closureGrounds(at), familyGrounds(regs.At(at+"(c)"), regs.At(at+"(d)"), 28)...)
}

// The duties from a request to a final plan, in the order of the Regulations.
var (
	TellWhetherToAssess = &law.Rule{
		Code: "A02", ID: "tell-whether-to-assess", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The local authority must tell the parent or young person whether it will assess.",
		Family: "We must tell you whether we will assess.",
		Limit:  calendar.Within(6, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 5(1)"),
		Words:      "as soon as practicable, and in any event within 6 weeks of the request or of becoming responsible",
		Exceptions: allFour("regulation 5(4)"),
		Note:       "Regulation 5(4)(a) was read; its other grounds are taken to have the shape of regulation 10(4).",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	GiveAdvice = &law.Rule{
		Code: "B02", ID: "give-advice", Owner: law.Adviser, Nature: law.Deadline,
		Duty:   "A body asked for advice for an assessment must give it.",
		Family: "The people we asked for advice must answer.",
		Limit:  calendar.Within(6, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 8(1)"),
		Words: "in a timely manner, and within 6 weeks of the request",
		Exceptions: append(familyGrounds(regs.At("regulation 8(2)"), regs.At("regulation 8(2)"), 28),
			law.Exception{Ground: "appointment-missed", Words: "the child or young person missed an appointment that the body made for an examination or test during the six weeks", Source: regs.At("regulation 8(2)")}),
		See:        []law.Citation{code.At("paragraph 9.41"), code.At("paragraph 9.42")},
		Note:       "The Code counts from the request; the regulation is believed to count from receipt. A closed school is not a ground.",
		Confidence: law.Known, InForce: part3,
	}
	TellNoPlan = &law.Rule{
		Code: "B04", ID: "tell-no-plan", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "If it will not make a plan, the local authority must tell the parent or young person, with reasons.",
		Family: "If we decide not to make a plan, we must tell you and say why.",
		Limit:  calendar.Within(16, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 10(1)"),
		Words:      "as soon as practicable, and in any event within 16 weeks of the request or of becoming responsible",
		Exceptions: allFour("regulation 10(4)"),
		Note:       "It is a limit on saying no. There is no statutory limit for saying yes, or for the draft.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	HearFromFamily = &law.Rule{
		Code: "B05", ID: "hear-from-family", Owner: law.LocalAuthority, Nature: law.Floor,
		Duty:   "The family must have this long to comment on the draft plan, ask for a setting and ask for a meeting.",
		Family: "You have this long to tell us what you think of the draft plan.",
		Limit:  calendar.BeginningWith(15, calendar.Days).AtLeast(), Force: law.Regulation, Source: regs.At("regulation 13(1)"),
		Words:      "at least 15 days, beginning with the day on which the draft plan was served",
		See:        []law.Citation{cfa.At("section 38"), code.At("paragraph 9.77"), code.At("paragraph 9.125"), detained.At("regulation 13(1)")},
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	IssueFinalPlan = &law.Rule{
		Code: "B06", ID: "issue-final-plan", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The local authority must send the final EHC plan to the family, the named setting and the integrated care board.",
		Family: "We must send you the final plan.",
		Limit:  calendar.Within(20, calendar.Weeks), Force: law.Regulation, Source: regs.At("regulation 13(2)"),
		Words:      "as soon as practicable, and in any event within 20 weeks of the request or of becoming responsible",
		Exceptions: allFour("regulations 13(3) and 10(4)"),
		See:        []law.Citation{code.At("paragraph 9.43")},
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	DraftTarget = &law.Rule{
		Code: "L01", ID: "draft-target", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The draft plan should be ready, to leave time for the family's comments.",
		Family: "We aim to send you a draft plan.",
		Limit:  calendar.Within(14, calendar.Weeks), Force: law.LocalPolicy,
		Words:      "the draft by week 14, a target that the local area sets for itself",
		Note:       "The law sets no day for the draft. See the choice draft-target.",
		Confidence: law.Judged, InForce: part3,
	}
	AnswerConsultation = &law.Rule{
		Code: "B08", ID: "answer-consultation", Owner: law.Setting, Nature: law.Deadline,
		Duty:   "A setting that is consulted should answer.",
		Family: "The school or college should answer us.",
		Limit:  calendar.Within(15, calendar.Days), Force: law.StatutoryGuidance, Source: code.At("paragraph 9.83"),
		Words:      "should respond within 15 days",
		Note:       "No answer does not stop the local authority deciding. The days are read as days of the calendar.",
		Confidence: law.Secondary, InForce: part3,
	}
	SecureProvision = &law.Rule{
		Code: "B10", ID: "secure-provision", Owner: law.LocalAuthority, Nature: law.Continuing,
		Duty:   "The local authority must secure the special educational provision in Section F, from the day of the final plan.",
		Family: "Your child must get the help in Section F of the plan.",
		Limit:  calendar.SameDay(), Force: law.Statute, Source: cfa.At("section 42(2)"),
		Words:      "must secure the specified special educational provision",
		Note:       "It starts with the plan and goes on. Weald shows it as running unless the record says when provision started.",
		Confidence: law.Secondary, InForce: part3,
	}
	ArrangeHealthProvision = &law.Rule{
		Code: "B11", ID: "arrange-health-provision", Owner: law.ICB, Nature: law.Continuing,
		Duty:   "The integrated care board must arrange the health provision in Section G.",
		Family: "The NHS must arrange the health help in Section G of the plan.",
		Limit:  calendar.SameDay(), Force: law.Statute, Source: cfa.At("section 42(3)"),
		Words:      "must arrange the specified health care provision",
		Confidence: law.Known, InForce: part3,
	}
)

// The same duties for a person in detention, under regulations of their own.
var (
	DecideForDetained = &law.Rule{
		Code: "C61", ID: "decide-for-detained-person", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The home authority must decide whether to assess a detained person, and tell them.",
		Family: "We must tell you whether we will assess.",
		Limit:  calendar.Within(6, calendar.Weeks), Force: law.Regulation, Source: detained.At("regulations 4 and 5"),
		Words:      "within 6 weeks of the request or of being brought to attention",
		Exceptions: detainedGrounds("regulation 5(4)"),
		Confidence: law.Verified, InForce: april15, Checked: read2026,
	}
	PlanForDetained = &law.Rule{
		Code: "C63", ID: "issue-plan-for-detained-person", Owner: law.LocalAuthority, Nature: law.Deadline,
		Duty:   "The home authority must send the final plan for a detained person.",
		Family: "We must send you the final plan.",
		Limit:  calendar.Within(20, calendar.Weeks), Force: law.Regulation, Source: detained.At("regulation 13(2)"),
		Words:      "within 20 weeks of the request or of being brought to attention",
		Exceptions: detainedGrounds("regulations 13(3) and 10(4)"),
		Confidence: law.Verified, InForce: april15, Checked: read2026,
	}
)

// detainedGrounds are the three grounds of SI 2015/62; the third was seen only
// in part and is believed to be the absence of the parent.
func detainedGrounds(at string) []law.Exception {
	return []law.Exception{
		{Ground: "school-closed", Words: "advice was asked of a head teacher or principal within a week of a closure of four weeks or more, or during it", Source: detained.At(at + "(a)")},
		{Ground: "personal-circumstances", Words: "exceptional personal circumstances affect the detained person or the parent during the time allowed", Source: detained.At(at + "(b)")},
		{Ground: "absent", Words: "the parent is away from the area for four weeks or more in a row during the time allowed", Source: detained.At(at + "(c)"), Days: 28},
	}
}

func inDetention(c *Clock, e *Event) bool { return c.detained }

// A request joins an open one; it starts the clock only when none is open. To
// become responsible for a child who has a plan starts no assessment.
func fresh(c *Clock, e *Event) bool            { return opens(c, e) && !c.detained }
func freshInDetention(c *Clock, e *Event) bool { return opens(c, e) && c.detained }

func opens(c *Clock, e *Event) bool {
	return !c.assessing() && (e.Kind == RequestReceived || !c.planInForce())
}

var asked = on(RequestReceived).or(ResponsibilityBegan)

// assessmentRows says what starts each duty, what meets it and what makes it
// fall away.
var assessmentRows = []row{
	{rule: TellWhetherToAssess, start: asked, when: fresh, met: on(DecisionToAssessSent)},
	{rule: GiveAdvice, start: on(AdviceRequested), when: ofABody, set: adviceDue, each: true, met: on(AdviceReceived)},
	{rule: TellNoPlan, start: asked, when: fresh, met: on(NoPlanNoticeSent), void: on(DecisionToAssessSent, No).or(DraftSent).or(DraftServed).or(PlanFinalised)},
	{rule: HearFromFamily, start: on(DraftServed).or(DraftReissued), set: draftFloor, renew: true, void: on(NoPlanNoticeSent)},
	{rule: DraftTarget, start: asked, when: fresh, set: draftTargetDue, met: on(DraftSent).or(DraftServed), void: on(DecisionToAssessSent, No).or(NoPlanNoticeSent).or(PlanFinalised)},
	{rule: IssueFinalPlan, start: asked, when: fresh, met: on(PlanFinalised), copies: true, void: on(DecisionToAssessSent, No).or(NoPlanNoticeSent)},
	{rule: AnswerConsultation, start: on(SchoolConsulted), each: true, met: on(SchoolResponded)},
	{rule: SecureProvision, start: on(PlanFinalised).or(PlanTransferredIn), renew: true, met: on(ProvisionStarted)},
	{rule: ArrangeHealthProvision, start: on(PlanFinalised).or(PlanTransferredIn), renew: true, met: on(HealthProvisionArranged)},
	{rule: DecideForDetained, start: asked, when: freshInDetention, met: on(DecisionToAssessSent)},
	{rule: PlanForDetained, start: asked, when: freshInDetention, met: on(PlanFinalised), copies: true, void: on(DecisionToAssessSent, No).or(NoPlanNoticeSent)},
}

// ofABody leaves out the family's own views: a limit on advice binds the bodies
// that the authority asks for it, never the family.
func ofABody(c *Clock, e *Event) bool { return e.value != AdviceA }

// adviceDue counts from the request or its receipt, as the choice says.
func adviceDue(c *Clock, d *Duty, e *Event) {
	if e.date.IsZero() || c.Practice.takes(adviceStart, "sent") {
		return
	}
	if e.date < e.On || c.Practice.takes(adviceStart, "received") {
		d.Start = e.date
		d.how = howReceived
		d.Due = d.Rule.Limit.LastDay(d.Start, c.Practice.Holidays)
	}
}

// draftFloor shows a floor by the first day on which the next step is lawful.
func draftFloor(c *Clock, d *Duty, e *Event) {
	limit := d.Rule.Limit
	if c.Practice.takes(draftDays, "working") {
		limit, d.how = limit.In(calendar.WorkingDays), howWorkingDays
	}
	d.Due = limit.LastDay(d.Start, c.Practice.Holidays) + 1
}

func draftTargetDue(c *Clock, d *Duty, e *Event) {
	if c.Practice.takes(draftTarget, "16") {
		d.Due, d.how = calendar.Within(16, calendar.Weeks).LastDay(d.Start, c.Practice.Holidays), howWeek16
	}
}

// The states of an assessment.
var assessmentMoves = Process{
	Name: "assessment", Label: "Assessment", Source: regs.At("regulations 3 to 14"),
	Moves: []Move{
		{From: states(NotStarted, RefusedAssess, RefusedPlan, ClosedWithdrawn, ClosedExported, PlanIssued), On: asked, When: opens, To: Requested},
		{On: on(ResponsibilityBegan), To: Same},
		{From: states(Requested), On: on(PlanTransferredIn), To: PlanIssued, Follows: true},
		{From: states(Requested, Assessing, Deciding, Drafting, Consulting), On: asked, To: Same},
		{From: states(NotStarted, Requested, RefusedAssess, Assessing), On: on(DecisionToAssessSent, Yes), To: Assessing},
		{From: states(NotStarted, Requested, RefusedAssess), On: on(DecisionToAssessSent, No), To: RefusedAssess},
		{From: states(RefusedAssess), On: ordered(Assess).with(NotOpposing, Assess), To: Assessing},
		{From: states(RefusedAssess), On: on(MediationAgreementSigned, Yes), When: agreed(Assess), To: Assessing},
		{From: states(NotStarted, Requested, Assessing, Deciding, Drafting, Consulting), On: on(NoPlanNoticeSent), To: RefusedPlan},
		{From: states(RefusedPlan), On: ordered(MakePlan).with(NotOpposing, PlanRefusal), To: Drafting},
		{From: states(RefusedPlan), On: on(MediationAgreementSigned, Yes), When: agreed(PlanRefusal), To: Drafting},
		{From: states(RefusedPlan), On: ordered(ReferBack), To: Deciding},
		{From: states(NotStarted, Requested, Assessing, Deciding, RefusedPlan, Drafting, Consulting), On: on(DraftSent), To: Drafting},
		{From: states(NotStarted, Requested, Assessing, Deciding, RefusedPlan, Drafting, Consulting), On: on(DraftServed), To: Consulting},
		{From: states(NotStarted, Drafting, Consulting), On: on(DraftReissued), To: Consulting},
		{From: states(NotStarted, Requested, Assessing, Deciding, RefusedPlan, Drafting, Consulting), On: on(PlanFinalised), To: PlanIssued, Guard: draftPeriodOver},
		{From: states(NotStarted, Requested, Assessing, Deciding, Drafting, Consulting), On: on(RequestWithdrawn), To: ClosedWithdrawn},
		{From: states(Requested, Assessing, Deciding, Drafting, Consulting), On: on(Moved).or(LeftEngland), To: ClosedExported},
		{From: states(Requested, Assessing, Deciding, Drafting, Consulting), On: on(Deceased), To: EndedDeath},
	},
}

// draftPeriodOver refuses a final plan while the family still has time to
// comment on the draft.
func draftPeriodOver(c *Clock, e *Event) *law.Refusal {
	d := c.latest(HearFromFamily)
	if d == nil || d.Status != NotBefore || e.On >= d.Due {
		return nil
	}
	if c.waived >= d.Start && !c.Practice.takes(waiver, "refused") {
		return nil
	}
	return &law.Refusal{
		Because: "The final plan cannot be issued on " + e.On.Words() + ": the family has until " + (d.Due - 1).Words() + " to comment on the draft, so the first lawful day is " + d.Due.Words() + ".",
		Source:  d.Rule.Source,
	}
}
