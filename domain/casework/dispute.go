package casework

import (
	"slices"
	"strings"

	"weald/calendar"
	"weald/law"
)

var rules2008 = law.TribunalRules

func deadline(code, id string, owner law.Party, limit calendar.Limit, force law.Force, at law.Citation, c law.Confidence, duty, family, words string) *law.Rule {
	r := &law.Rule{Code: code, ID: id, Owner: owner, Nature: law.Deadline, Limit: limit, Force: force, Source: at,
		Confidence: c, Duty: duty, Family: family, Words: words, InForce: part3}
	if c == law.Verified {
		r.Checked = read2026
	}
	return r
}

// numberUnread marks a rule whose content was read and whose provision was not.
func numberUnread(r *law.Rule) *law.Rule {
	r.Note = "What it requires was read in secondary sources; the number of the provision has not been checked."
	return r
}

// The duties of mediation.
var (
	ContactAdviser = &law.Rule{
		Code: "M02", ID: "contact-mediation-adviser", Owner: law.Family, Nature: law.Right,
		Duty:   "The parent or young person may contact the mediation adviser and say whether they want mediation.",
		Family: "You can contact the mediation adviser. You need to, to get a certificate for most appeals.",
		Limit:  calendar.Within(2, calendar.Months), Force: law.Regulation, Source: regs.At("regulation 33"),
		Words:      "within two months after the notice was sent",
		Note:       "Without a certificate at two months the Tribunal may give leave in exceptional circumstances. No certificate is needed for an appeal only about the school or other setting.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	CertificateWithoutMediation = deadline("M03", "issue-certificate-without-mediation", law.Mediator, calendar.Within(3, calendar.WorkingDays), law.Regulation, regs.At("regulation 34"), law.Secondary,
		"The mediation adviser must issue a certificate when the family does not want mediation.", "The adviser must give you a certificate.", "within three working days of being told")
	TellICBIssues = numberUnread(deadline("M04", "tell-icb-mediation-issues", law.LocalAuthority, calendar.Within(3, calendar.WorkingDays), law.Regulation, regs.At("regulation 35"), law.Secondary,
		"When the family wants mediation on health, the local authority must tell the integrated care board the issues.", "We must tell the NHS what you want to talk about.", "within three working days of being told"))
	ArrangeHealthMediation = numberUnread(deadline("M05", "arrange-health-mediation", law.ICB, calendar.Within(30, calendar.Days), law.Regulation, regs.At("regulation 36"), law.Secondary,
		"When mediation is about health only, the integrated care board must arrange it.", "The NHS must arrange the mediation.", "within 30 days of being told by the local authority"))
	ArrangeMediation = numberUnread(deadline("M06", "arrange-mediation", law.LocalAuthority, calendar.Within(30, calendar.Days), law.Regulation, regs.At("regulation 37"), law.Secondary,
		"The local authority must arrange the mediation and take part in it.", "We must arrange the mediation.", "within 30 days of being told that the family wants it"))
	CertificateWhenNotArranged = numberUnread(deadline("M07", "issue-certificate-when-not-arranged", law.Mediator, calendar.Within(3, calendar.WorkingDays), law.Regulation, regs.At("regulation 39"), law.Secondary,
		"The mediation adviser must issue a certificate when mediation cannot be arranged in time.", "The adviser must give you a certificate.", "within three working days of being told"))
	CertificateAfterMediation = numberUnread(deadline("M08", "issue-certificate-after-mediation", law.Mediator, calendar.Within(3, calendar.WorkingDays), law.Statute, cfa.At("section 55(5)"), law.Secondary,
		"The mediation adviser must issue a certificate when mediation ends.", "The adviser must give you a certificate.", "within three working days of the mediation ending"))
)

// agreedRule is a limit that regulation 42(2) borrows from regulation 44 for an
// agreement on something the Tribunal could have decided.
func agreedRule(code, id string, limit calendar.Limit, duty, family, words string) *law.Rule {
	r := deadline(code, id, law.LocalAuthority, limit, law.Regulation, regs.At("regulation 42(2)"), law.Verified, duty, family, words)
	r.See = []law.Citation{regs.At("regulation 44(2)"), regs.At("regulation 42(5)")}
	r.Exceptions = orderGrounds("regulation 44(3)")
	r.Note = "As if it were a Tribunal's order, unless the parties agreed other dates in writing."
	return r
}

// orderGrounds are the grounds of regulation 44(3).
func orderGrounds(at string) []law.Exception {
	return append(familyGrounds(regs.At(at), regs.At(at), 14),
		law.Exception{Ground: "later-representations", Words: "the parent or young person wants to comment on the draft after the 15 days", Source: regs.At(at)})
}

// concededGrounds are the grounds of regulation 45(7): two weeks' absence
// rather than four, exceptional circumstances, or any of regulation 13(3).
func concededGrounds() []law.Exception {
	at := "regulation 45(7)"
	return append(closureGrounds("regulations 45(7), 13(3) and 10(4)"), familyGrounds(regs.At(at), regs.At(at), 14)...)
}

// What an agreement in mediation must be followed by.
var (
	AgreedTellAssess = agreedRule("M09a", "tell-of-assessment-after-agreement", calendar.Within(2, calendar.Weeks),
		"After an agreement to assess, the local authority must tell the family that it will.", "We must tell you that we will assess.", "two weeks from the agreement")
	AgreedNoPlan = agreedRule("M09b", "tell-no-plan-after-agreement", calendar.Within(10, calendar.Weeks),
		"After an agreement to assess, if it will not make a plan, the local authority must say so, with reasons.", "If we decide not to make a plan, we must tell you and say why.", "ten weeks from the agreement")
	AgreedFinalAfterAssessing = agreedRule("M09c", "issue-plan-after-agreement-to-assess", calendar.Within(14, calendar.Weeks),
		"After an agreement to assess that leads to a plan, the local authority must send the final plan.", "We must send you the final plan.", "fourteen weeks from the agreement")
	AgreedDraft = agreedRule("M09d", "send-draft-after-agreement", calendar.Within(5, calendar.Weeks),
		"After an agreement to make a plan, the local authority must send the draft.", "We must send you a draft plan.", "five weeks from the agreement")
	AgreedFinal = agreedRule("M09e", "issue-plan-after-agreement", calendar.Within(11, calendar.Weeks),
		"After an agreement to make a plan, the local authority must send the final plan.", "We must send you the final plan.", "eleven weeks from the agreement")
	AgreedAmended = agreedRule("M09f", "issue-amended-plan-after-agreement", calendar.Within(5, calendar.Weeks),
		"After an agreement on what the plan says, the local authority must send the amended plan.", "We must send you the changed plan.", "five weeks from the agreement")
	AgreedPlacement = agreedRule("M09g", "name-setting-after-agreement", calendar.Within(2, calendar.Weeks),
		"After an agreement only on the school or other setting, the local authority must send the amended plan.", "We must send you the plan with the school or college agreed.", "two weeks from the agreement")
	AgreedMaintain = &law.Rule{
		Code: "M09h", ID: "maintain-after-agreement", Owner: law.LocalAuthority, Nature: law.Continuing,
		Duty:   "After an agreement not to cease, the local authority must keep maintaining the plan.",
		Family: "We must keep the plan.",
		Limit:  calendar.SameDay(), Force: law.Regulation, Source: regs.At("regulation 42(2)"), See: []law.Citation{regs.At("regulation 44(2)")},
		Words: "immediately", Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	AgreedOther = deadline("M10", "do-other-agreed-action", law.LocalAuthority, calendar.Within(2, calendar.Weeks), law.Regulation, regs.At("regulation 42(3)"), law.Verified,
		"What was agreed on other matters must be done.", "What was agreed must be done.", "two weeks from the agreement, unless other dates were agreed in writing")
	ICBTellsAuthority = deadline("M11", "tell-authority-of-agreement", law.ICB, calendar.Within(1, calendar.Weeks), law.Regulation, regs.At("regulation 42(4)"), law.Verified,
		"When the local authority was not a party, the integrated care board must tell it of the agreement.", "The NHS must tell us what was agreed.", "one week from the agreement")
)

// The rights and duties of an appeal.
var (
	Appeal = &law.Rule{
		Code: "D01", ID: "appeal", Owner: law.Family, Nature: law.Right,
		Duty:   "The parent or young person may appeal to the Tribunal, which must receive the appeal in this time.",
		Family: "You can appeal to the Tribunal. It must have your appeal by this day.",
		Limit:  calendar.Within(2, calendar.Months).RolledByTribunal(), Force: law.TribunalRule, Source: rules2008.At("rule 20(1)(c)"),
		Words:      "within two months after written notice of the decision was sent or, if later, one month from the mediation certificate",
		See:        []law.Citation{rules2008.At("rule 12"), cfa.At("section 51"), cfa.At("section 55")},
		Note:       "A last day on a weekend or bank holiday, in August or from 25 December to 1 January moves to the next working day outside them.",
		Confidence: law.Verified, InForce: part3, Checked: read2026,
	}
	RespondToAppeal = deadline("D03", "respond-to-appeal", law.LocalAuthority, calendar.Within(30, calendar.TribunalDays), law.TribunalRule, rules2008.At("rule 21"), law.Known,
		"The local authority must answer the appeal, saying whether and why it opposes it.", "We must answer the appeal.", "within 30 working days; the day in the Tribunal's directions governs")
	DoAsDirected = deadline("D04", "do-as-directed", law.EitherParty, calendar.SameDay(), law.TribunalDirection, rules2008.At("directions under the Rules"), law.Verified,
		"What the Tribunal directed must be done by the day it set.", "What the Tribunal asked for must be done.", "by the day in the direction")
	ChallengeDecision = &law.Rule{
		Code: "D08", ID: "challenge-tribunal-decision", Owner: law.EitherParty, Nature: law.Right,
		Duty:   "Either party may ask the Tribunal to set aside or review its decision, or for permission to appeal on a point of law.",
		Family: "You can ask the Tribunal to look at its decision again, or to let you appeal on a point of law.",
		Limit:  calendar.Within(28, calendar.Days).RolledByTribunal(), Force: law.TribunalRule, Source: rules2008.At("rules 45 and 46"),
		Words:      "within 28 days of the decision being issued",
		Note:       "The August and Christmas rule is taken to apply.",
		Confidence: law.Secondary, InForce: part3,
	}
	RecommendationReply = &law.Rule{
		Code: "X01", ID: "reply-to-recommendation", Owner: law.ICB, Nature: law.Deadline,
		Duty:   "The integrated care board or local authority must answer a recommendation on health or social care, with steps or reasons.",
		Family: "The NHS or we must tell you what will be done about the recommendation.",
		Limit:  calendar.Within(5, calendar.Weeks), Force: law.Regulation, Source: law.RecommendationsPower.At("regulation 7"),
		Words:      "within five weeks of the recommendation",
		Note:       "The board answers on health, the local authority on social care.",
		Confidence: law.Secondary, InForce: calendar.Since(calendar.On(2018, 4, 3)),
	}
)

func orderRule(code, id string, limit calendar.Limit, at string, c law.Confidence, duty, family, words string) *law.Rule {
	r := deadline(code, id, law.LocalAuthority, limit, law.Regulation, regs.At("regulation "+at), c, duty, family, words)
	r.Exceptions = orderGrounds("regulation 44(3)")
	r.InForce = april15
	return r
}

// atOnce takes away exceptions that only a length of time can have.
func atOnce(r *law.Rule) *law.Rule { r.Exceptions = nil; return r }

// Complying with the Tribunal's order: regulation 44.
var (
	OrderCease = atOnce(orderRule("E01", "cease-after-dismissal", calendar.SameDay(), "44(2)(a)", law.Secondary,
		"When the appeal against ceasing is dismissed, the local authority must stop maintaining the plan.", "The plan ends, because the Tribunal agreed it should.", "immediately"))
	OrderTellAssess = orderRule("E02", "tell-of-ordered-assessment", calendar.Within(2, calendar.Weeks), "44(2)(b)", law.Secondary,
		"After an order to assess, the local authority must tell the family that it will.", "We must tell you that we will assess.", "within two weeks of the order")
	OrderNoPlan = orderRule("E03", "tell-no-plan-after-order", calendar.Within(10, calendar.Weeks), "44(2)(b)(i)", law.Secondary,
		"After an ordered assessment, if it will not make a plan, the local authority must say so, with reasons.", "If we decide not to make a plan, we must tell you and say why.", "within ten weeks of the order")
	OrderPlanAfterAssessing = orderRule("E04", "issue-plan-after-ordered-assessment", calendar.Within(14, calendar.Weeks), "44(2)(b)(ii)", law.Secondary,
		"After an ordered assessment that leads to a plan, the local authority must send the final plan.", "We must send you the final plan.", "within fourteen weeks of the order")
	OrderDraft = orderRule("E05a", "send-ordered-draft", calendar.Within(5, calendar.Weeks), "44(2)(c)", law.Secondary,
		"After an order to make a plan, the local authority must send the draft.", "We must send you a draft plan.", "within five weeks of the order")
	OrderFinal = orderRule("E05b", "issue-ordered-plan", calendar.Within(11, calendar.Weeks), "44(2)(c)", law.Secondary,
		"After an order to make a plan, the local authority must send the final plan.", "We must send you the final plan.", "within eleven weeks of the order")
	OrderReconsider = orderRule("E06", "reconsider-after-order", calendar.Within(2, calendar.Weeks), "44(2)(d)", law.Known,
		"When a case is sent back, the local authority must consider again and send a draft plan or its refusal.", "We must think again and send you a draft plan or our reasons.", "within two weeks of the order")
	OrderAmended = orderRule("E07", "issue-ordered-amendments", calendar.Within(5, calendar.Weeks), "44(2)(e)", law.Secondary,
		"After an order to amend the provision, the local authority must issue the amended plan.", "We must send you the changed plan.", "within five weeks of the order")
	OrderPlacement = orderRule("E08", "issue-ordered-placement", calendar.Within(2, calendar.Weeks), "44(2)(f)", law.Secondary,
		"After an order on only the name or type of setting, the local authority must issue the amended plan.", "We must send you the plan with the school or college the Tribunal chose.", "within two weeks of the order")
	OrderMaintain = &law.Rule{
		Code: "E09", ID: "maintain-after-order", Owner: law.LocalAuthority, Nature: law.Continuing,
		Duty:   "After an order to continue, the local authority must keep maintaining the plan.",
		Family: "We must keep the plan.",
		Limit:  calendar.SameDay(), Force: law.Regulation, Source: regs.At("regulation 44(2)(g)"),
		Words: "immediately", Confidence: law.Verified, InForce: april15, Checked: read2026,
	}
	OrderMaintainAmended = orderRule("E10", "issue-amendments-after-order-to-maintain", calendar.Within(5, calendar.Weeks), "44(2)(h)", law.Known,
		"After an order to continue and amend, the local authority must keep the plan and issue it amended.", "We must keep the plan and send it to you changed.", "within five weeks of the order")
)

func concededRule(code, id string, limit calendar.Limit, c law.Confidence, duty, family, words string) *law.Rule {
	r := deadline(code, id, law.LocalAuthority, limit, law.Regulation, regs.At("regulation 45"), c, duty, family, words)
	r.Exceptions = concededGrounds()
	r.InForce = april15
	return r
}

// Acting on an appeal that the local authority does not oppose: regulation 45.
var (
	ConcededTellAssess = concededRule("U01a", "tell-of-conceded-assessment", calendar.Within(2, calendar.Weeks), law.Verified,
		"Not opposing an appeal to assess, the local authority must tell the family that it will.", "We must tell you that we will assess.", "within two weeks of telling the Tribunal")
	ConcededNoPlan = concededRule("U01b", "tell-no-plan-after-concession", calendar.Within(10, calendar.Weeks), law.Verified,
		"After that assessment, if it will not make a plan, the local authority must say so, with reasons.", "If we decide not to make a plan, we must tell you and say why.", "within ten weeks of telling the Tribunal")
	ConcededPlanAfterAssessing = concededRule("U01c", "issue-plan-after-conceded-assessment", calendar.Within(14, calendar.Weeks), law.Verified,
		"After that assessment, if it leads to a plan, the local authority must send the final plan.", "We must send you the final plan.", "within fourteen weeks of telling the Tribunal")
	ConcededAmended = concededRule("U02", "issue-conceded-amendments", calendar.Within(5, calendar.Weeks), law.Verified,
		"Not opposing an appeal on what the plan says, the local authority must issue the amended plan.", "We must send you the changed plan.", "within five weeks of telling the Tribunal")
	ConcededPlacement = concededRule("U03", "issue-conceded-placement", calendar.Within(2, calendar.Weeks), law.Secondary,
		"Not opposing an appeal on only the setting, the local authority must issue the amended plan.", "We must send you the plan with the school or college you asked for.", "within two weeks of telling the Tribunal")
	ConcededDraft = concededRule("U04a", "send-conceded-draft", calendar.Within(5, calendar.Weeks), law.Secondary,
		"Not opposing an appeal to make a plan, the local authority must send the draft.", "We must send you a draft plan.", "within five weeks of telling the Tribunal")
	ConcededFinal = concededRule("U04b", "issue-conceded-plan", calendar.Within(11, calendar.Weeks), law.Secondary,
		"Not opposing an appeal to make a plan, the local authority must send the final plan.", "We must send you the final plan.", "within eleven weeks of telling the Tribunal")
	ConcededMaintain = &law.Rule{
		Code: "U05a", ID: "maintain-after-concession", Owner: law.LocalAuthority, Nature: law.Continuing,
		Duty:   "Not opposing an appeal against ceasing, the local authority must keep maintaining the plan.",
		Family: "We must keep the plan.",
		Limit:  calendar.SameDay(), Force: law.Regulation, Source: regs.At("regulation 45"),
		Words: "immediately", Confidence: law.Secondary, InForce: april15,
	}
	ConcededMaintainAmended = concededRule("U05b", "issue-amendments-after-concession", calendar.Within(5, calendar.Weeks), law.Secondary,
		"If it conceded amendments too, the local authority must issue the amended plan.", "We must keep the plan and send it to you changed.", "within five weeks of telling the Tribunal")
)

// appealable is every notice that carries a right of appeal.
var appealable = on(DecisionToAssessSent, No).or(NoPlanNoticeSent).or(PlanFinalised).or(AmendedPlanFinalised).
	with(ReassessmentDecisionSent, No).or(NoAmendNoticeSent).with(ReviewDecisionSent, Keep).or(CeaseNoticeSent)

var (
	finalPlan   = on(PlanFinalised)
	amendedPlan = on(AmendedPlanFinalised)
	toldAssess  = on(DecisionToAssessSent, Yes).with(ReassessmentDecisionSent, Yes)
	anyFinal    = on(PlanFinalised).or(AmendedPlanFinalised)
	noPlan      = on(NoPlanNoticeSent).or(NoAmendNoticeSent) // the second ends a re-assessment
	drafted     = on(DraftSent).or(DraftServed)
	certificate = on(CertificateIssued)
)

func ordered(v Value) triggers  { return on(OrderMade, v) }
func conceded(v Value) triggers { return on(NotOpposing, v) }

var disputeRows = []row{
	{rule: ContactAdviser, start: appealable, met: on(MediationAdviserContacted).or(MediationRequested)},
	{rule: CertificateWithoutMediation, start: on(MediationAdviserContacted, No), met: certificate},
	{rule: TellICBIssues, start: on(MediationRequested), when: aboutHealth, met: on(ICBToldIssues)},
	{rule: ArrangeHealthMediation, start: on(ICBToldIssues), when: onlyHealth, set: mediationDue, met: on(MediationHeld), void: certificate},
	{rule: ArrangeMediation, start: on(MediationRequested), when: notOnlyHealth, set: mediationDue, met: on(MediationHeld), void: certificate},
	{rule: CertificateWhenNotArranged, start: on(MediationCannotBeArranged), met: certificate},
	{rule: CertificateAfterMediation, start: on(MediationEnded), met: certificate},

	{rule: AgreedTellAssess, start: on(MediationAgreementSigned, Yes), when: agreed(Assess), set: agreedDue, met: toldAssess},
	{rule: AgreedNoPlan, start: on(MediationAgreementSigned, Yes), when: agreed(Assess), set: agreedDue, met: noPlan, void: drafted.or(PlanFinalised).or(AmendedPlanFinalised)},
	{rule: AgreedFinalAfterAssessing, start: on(MediationAgreementSigned, Yes), when: agreed(Assess), set: agreedDue, met: anyFinal, copies: true, void: noPlan},
	{rule: AgreedDraft, start: on(MediationAgreementSigned, Yes), when: agreed(PlanRefusal), set: agreedDue, met: drafted},
	{rule: AgreedFinal, start: on(MediationAgreementSigned, Yes), when: agreed(PlanRefusal), set: agreedDue, met: finalPlan, copies: true},
	{rule: AgreedAmended, start: on(MediationAgreementSigned, Yes), when: agreed(Contents), set: agreedDue, met: amendedPlan},
	{rule: AgreedPlacement, start: on(MediationAgreementSigned, Yes), when: agreed(Placement), set: agreedDue, met: amendedPlan},
	{rule: AgreedMaintain, start: on(MediationAgreementSigned, Yes), when: agreed(Cease), renew: true},
	{rule: AgreedOther, start: on(MediationAgreementSigned, No), set: agreedDue, met: on(AgreedActionDone)},
	{rule: ICBTellsAuthority, start: on(MediationAgreementSigned), when: onlyHealth, met: on(AuthorityToldOfAgreement)},

	{rule: Appeal, start: appealable, set: openDispute, met: on(AppealLodged)},
	{rule: RespondToAppeal, start: on(AppealSentToAuthority), met: on(ResponseSent).or(NotOpposing), void: on(AppealWithdrawn).or(OrderMade)},
	{rule: DoAsDirected, start: on(DirectionMade), when: notTheResponse, set: directedDue, each: true, renew: true, met: on(DirectionComplied), void: on(AppealWithdrawn).or(OrderMade)},
	{rule: ChallengeDecision, start: on(OrderMade), set: fromIssue, met: on(DecisionChallenged)},
	{rule: RecommendationReply, start: on(RecommendationMade), met: on(RecommendationResponseSent)},

	{rule: OrderCease, start: ordered(DismissCease), set: fromOrder, met: on(PlanCeased)},
	{rule: OrderTellAssess, start: ordered(Assess), set: fromOrder, met: toldAssess},
	{rule: OrderNoPlan, start: ordered(Assess), set: fromOrder, met: noPlan, void: drafted.or(PlanFinalised).or(AmendedPlanFinalised)},
	{rule: OrderPlanAfterAssessing, start: ordered(Assess), set: fromOrder, met: anyFinal, copies: true, void: noPlan},
	{rule: OrderDraft, start: ordered(MakePlan), set: fromOrder, met: drafted},
	{rule: OrderFinal, start: ordered(MakePlan), set: fromOrder, met: finalPlan, copies: true},
	{rule: OrderReconsider, start: ordered(ReferBack), set: fromOrder, met: drafted.or(NoPlanNoticeSent)},
	{rule: OrderAmended, start: ordered(Amend), set: fromOrder, met: amendedPlan},
	{rule: OrderPlacement, start: ordered(Placement), set: fromOrder, met: amendedPlan},
	{rule: OrderMaintain, start: ordered(Maintain), set: fromOrder, renew: true},
	{rule: OrderMaintainAmended, start: ordered(MaintainAmend), set: fromOrder, met: amendedPlan},

	{rule: ConcededTellAssess, start: conceded(Assess), met: toldAssess},
	{rule: ConcededNoPlan, start: conceded(Assess), met: noPlan, void: drafted.or(PlanFinalised).or(AmendedPlanFinalised)},
	{rule: ConcededPlanAfterAssessing, start: conceded(Assess), met: anyFinal, copies: true, void: noPlan},
	{rule: ConcededAmended, start: conceded(Contents), met: amendedPlan},
	{rule: ConcededPlacement, start: conceded(Placement), met: amendedPlan},
	{rule: ConcededDraft, start: conceded(PlanRefusal), met: drafted},
	{rule: ConcededFinal, start: conceded(PlanRefusal), met: finalPlan, copies: true},
	{rule: ConcededMaintain, start: conceded(Cease), renew: true},
	{rule: ConcededMaintainAmended, start: conceded(Cease), when: func(c *Clock, e *Event) bool { return e.value2 == Yes }, met: amendedPlan},
}

func aboutHealth(c *Clock, e *Event) bool { return e.issues&HealthIssues != 0 }

// onlyHealth and notOnlyHealth look at what the family asked to mediate; when
// that is not recorded the local authority arranges.
func onlyHealth(c *Clock, e *Event) bool { return c.issues == HealthIssues }

func notOnlyHealth(c *Clock, e *Event) bool { return e.issues != HealthIssues }

func mediationDue(c *Clock, d *Duty, e *Event) {
	if c.Practice.takes(mediationDays, "working") {
		d.Due, d.how = d.Rule.Limit.In(calendar.WorkingDays).LastDay(d.Start, c.Practice.Holidays), howWorkingDays
	}
}

// agreed holds when the agreement is about the given decision: as it says
// itself or, failing that, as the decision in dispute was.
func agreed(about Value) func(*Clock, *Event) bool {
	return func(c *Clock, e *Event) bool { return c.agreementAbout(e) == about }
}

func (c *Clock) agreementAbout(e *Event) Value {
	if e.value2 != NoValue {
		return e.value2
	}
	switch c.ground {
	case PlanRefused:
		return PlanRefusal
	case PlanMade, NotAmended:
		return Contents
	case CeaseDecided:
		return Cease
	default:
		return Assess
	}
}

// agreedDue uses a day that the parties agreed in writing, if there is one.
func agreedDue(c *Clock, d *Duty, e *Event) {
	switch {
	case !e.date.IsZero():
		d.Due, d.how = e.date, howAgreed
	case d.Rule.Nature == law.Deadline && e.value == Yes && e.value2 == NoValue && c.ground == NoGround:
		d.how = howDecisionUnknown
	}
}

// openDispute notes which decision an appeal would now be against.
func openDispute(c *Clock, d *Duty, e *Event) {
	d.Ground = groundOf(e)
	c.ground, c.decided, c.issues = d.Ground, e.On, 0
}

// notTheResponse leaves the direction that sets the day of the response to
// RespondToAppeal, whose day it replaces.
func notTheResponse(c *Clock, e *Event) bool { return !isResponse(e.name) }

func isResponse(act string) bool {
	switch strings.ToLower(act) {
	case "response", "la-response", "respond":
		return true
	}
	return false
}

func directedDue(c *Clock, d *Duty, e *Event) { d.Due, d.how = e.date, howDirected }

// fromOrder counts from the day the order was made or sent, as the choice says.
func fromOrder(c *Clock, d *Duty, e *Event) {
	switch {
	case e.date.IsZero() || c.Practice.takes(orderDate, "made"):
		return
	case e.date < e.On || c.Practice.takes(orderDate, "sent"):
		d.Start, d.how = e.date, howOrderSent
		d.Due = d.Rule.Limit.LastDay(d.Start, c.Practice.Holidays)
	}
}

// fromIssue counts from the day the decision was issued, if that is not the day
// it was made.
func fromIssue(c *Clock, d *Duty, e *Event) {
	if !e.date.IsZero() {
		d.Start, d.how = e.date, howOrderSent
	}
	d.Due = d.Rule.Limit.LastDay(d.Start, c.Practice.Holidays)
}

// The states of the dispute about the latest appealable decision. Almost
// anything may be recorded at any time, because both sides and the Tribunal act
// of their own motion; what the law forbids has a guard.
var disputeMoves = Process{
	Name: "dispute", Label: "Mediation and appeal", Source: cfa.At("sections 51 to 57"),
	Moves: []Move{
		{From: states(NotStarted, DecisionOpen, Advised, Mediating, Certificated, AgreementReached, Conceded, Ordered, AppealWasWithdrawn), On: appealable, To: DecisionOpen, Follows: true},
		{On: appealable, To: Same, Follows: true},
		{From: states(NotStarted, DecisionOpen, Advised), On: on(MediationAdviserContacted), To: Advised},
		{On: on(MediationAdviserContacted), To: Same},
		{From: states(NotStarted, DecisionOpen, Advised, Mediating), On: on(MediationRequested).or(MediationHeld).or(ICBToldIssues), To: Mediating},
		{On: on(MediationRequested).or(MediationHeld).or(ICBToldIssues), To: Same},
		{From: states(NotStarted, DecisionOpen, Advised, Mediating), On: certificate, To: Certificated},
		{On: certificate, To: Same},
		{On: on(MediationAgreementSigned), To: AgreementReached},
		{On: on(AppealLodged), To: Lodged},
		{On: on(AppealRegistered).or(AppealSentToAuthority), To: Registered},
		{On: on(ResponseSent), To: Responded},
		{On: on(NotOpposing), To: Conceded, Guard: beforeResponse},
		{On: on(OrderMade), To: Ordered},
		{On: on(AppealWithdrawn), To: AppealWasWithdrawn, Guard: thereIsAnAppeal},
	},
}

// thereIsAnAppeal refuses that an appeal was withdrawn when the record knows of
// none. A record that begins with a return may not know of one that was lodged
// before.
func thereIsAnAppeal(c *Clock, e *Event) *law.Refusal {
	switch c.state[disputeProcess] {
	case Lodged, Registered, Responded, Conceded:
		return nil
	}
	if slices.ContainsFunc(c.duties, func(d Duty) bool { return d.Rule == DoAsDirected && d.Done.IsZero() }) {
		return nil // the Tribunal directs only in an appeal
	}
	return &law.Refusal{Because: "No appeal is recorded that could be withdrawn. Record first that it was lodged."}
}

// beforeResponse refuses a concession under regulation 45 once the authority
// has answered the appeal: then the Tribunal must make an order.
func beforeResponse(c *Clock, e *Event) *law.Refusal {
	if c.state[disputeProcess] != Responded {
		return nil
	}
	return &law.Refusal{
		Because: "An appeal can be left unopposed only before the response to it is sent. After that the parties may ask the Tribunal for a consent order.",
		Source:  regs.At("regulation 45"),
	}
}
