package casework

import (
	"weald/calendar"
	"weald/law"
)

var lgsco2026 = calendar.Since(calendar.On(2026, 4, 1))

func complaintCode(code, id string, days int, c law.Confidence, duty, family, words string) *law.Rule {
	r := deadline(code, id, law.LocalAuthority, calendar.Within(days, calendar.WorkingDays), law.OmbudsmanGuidance, law.ComplaintCode.At(""), c, duty, family, words)
	r.InForce = lgsco2026
	return r
}

// Complaints and requests for information. SEN matters use the corporate
// procedure, not the Children Act's.
var (
	AcknowledgeComplaint = complaintCode("G01", "acknowledge-complaint", 5, law.Secondary,
		"The local authority should acknowledge a complaint.", "We should write to say we have your complaint.", "within five working days of receipt")
	AnswerComplaint = complaintCode("G02", "answer-complaint", 10, law.Secondary,
		"The local authority should answer a complaint at stage 1.", "We should answer your complaint.", "within ten working days of acknowledging it; an extension of up to ten more needs reasons")
	AcknowledgeStage2 = complaintCode("G03", "acknowledge-stage-2", 5, law.Secondary,
		"The local authority should acknowledge a complaint taken to stage 2.", "We should write to say we will look at your complaint again.", "within five working days")
	AnswerStage2 = complaintCode("G04", "answer-stage-2", 20, law.Secondary,
		"The local authority should answer a complaint at stage 2.", "We should give you our final answer.", "within twenty working days of acknowledging it")

	ChildrenActStage1 = deadline("G10a", "answer-children-act-complaint", law.LocalAuthority, calendar.Within(10, calendar.WorkingDays), law.Regulation, law.ChildrenActComplaints.At("regulation 14"), law.Secondary,
		"The local authority must answer a Children Act complaint at stage 1.", "We must answer your complaint.", "within ten working days")
	ChildrenActStage1Longest = deadline("G10b", "answer-children-act-complaint-at-latest", law.LocalAuthority, calendar.Within(20, calendar.WorkingDays), law.Regulation, law.ChildrenActComplaints.At("regulation 14"), law.Secondary,
		"A Children Act complaint that was extended must be answered at stage 1.", "At the latest, we must answer your complaint.", "no later than twenty working days")
	ChildrenActStage2 = deadline("G11a", "investigate-children-act-complaint", law.LocalAuthority, calendar.Within(25, calendar.WorkingDays), law.Regulation, law.ChildrenActComplaints.At("stage 2"), law.Secondary,
		"The local authority must finish the stage 2 investigation of a Children Act complaint.", "We must finish looking into your complaint.", "within 25 working days")
	ChildrenActStage2Longest = deadline("G11b", "investigate-children-act-complaint-at-latest", law.LocalAuthority, calendar.Within(65, calendar.WorkingDays), law.Regulation, law.ChildrenActComplaints.At("stage 2"), law.Secondary,
		"A stage 2 investigation that was extended must be finished.", "At the latest, we must finish looking into your complaint.", "no later than 65 working days")
	AcknowledgeNHSComplaint = deadline("G20", "acknowledge-nhs-complaint", law.NHSBody, calendar.Within(3, calendar.WorkingDays), law.Regulation, law.NHSComplaints.At("regulation 13"), law.Secondary,
		"The NHS body must acknowledge a complaint.", "The NHS must write to say it has your complaint.", "within three working days")
	AnswerSAR = deadline("G30", "answer-subject-access-request", law.LocalAuthority, calendar.Within(1, calendar.Months).Rolled(), law.Statute, law.UKGDPR.At("Article 12"), law.Verified,
		"The controller must answer a subject access request.", "We must send you the information we hold.", "within one month of receipt, and the next working day if that is not one")
	AnswerFOI = deadline("G32", "answer-foi-request", law.LocalAuthority, calendar.Within(20, calendar.WorkingDays), law.Statute, law.FreedomOfInformation.At("section 10"), law.Verified,
		"The authority must answer a freedom of information request.", "We must answer your request.", "within twenty working days, leaving out bank holidays in any part of the United Kingdom")
)

var informationRows = []row{
	{rule: AcknowledgeComplaint, start: on(ComplaintReceived, Corporate), met: on(ComplaintAcknowledged), meetIf: of(Corporate)},
	{rule: AnswerComplaint, start: on(ComplaintReceived, Corporate).or(ComplaintAcknowledged), when: stage1Starts, met: on(StageResponseSent), meetIf: stage(Corporate, One)},
	{rule: AcknowledgeStage2, start: on(Stage2Started), when: scheme(Corporate), met: on(ComplaintAcknowledged), meetIf: of(Corporate)},
	{rule: AnswerStage2, start: on(ComplaintAcknowledged), when: corporateStage2, met: on(StageResponseSent), meetIf: stage(Corporate, Two)},
	{rule: ChildrenActStage1, start: on(ComplaintReceived, ChildrenAct), met: on(StageResponseSent), meetIf: stage(ChildrenAct, One)},
	{rule: ChildrenActStage1Longest, start: on(ComplaintReceived, ChildrenAct), met: on(StageResponseSent), meetIf: stage(ChildrenAct, One)},
	{rule: ChildrenActStage2, start: on(Stage2Started), when: scheme(ChildrenAct), met: on(StageResponseSent), meetIf: stage(ChildrenAct, Two)},
	{rule: ChildrenActStage2Longest, start: on(Stage2Started), when: scheme(ChildrenAct), met: on(StageResponseSent), meetIf: stage(ChildrenAct, Two)},
	{rule: AcknowledgeNHSComplaint, start: on(ComplaintReceived, NHS), met: on(ComplaintAcknowledged), meetIf: of(NHS)},
	{rule: AnswerSAR, start: on(SARReceived), met: on(SARAnswered)},
	{rule: AnswerFOI, start: on(FOIReceived), ukHolidays: true, met: on(FOIAnswered)},
}

// stage1Starts holds for the acknowledgement of a corporate complaint or, where
// the local area has so decided, for its receipt.
func stage1Starts(c *Clock, e *Event) bool {
	receipt := c.Practice.takes(complaintStart, "receipt")
	if e.Kind == ComplaintReceived {
		return receipt
	}
	return !receipt && c.schemeOf(e) == Corporate && !c.stage2[0]
}

func corporateStage2(c *Clock, e *Event) bool { return c.schemeOf(e) == Corporate && c.stage2[0] }

// schemeOf is the procedure of the complaint that an event is about: what it
// says or, if it does not say, that of the latest complaint.
func (c *Clock) schemeOf(e *Event) Value {
	switch {
	case e.Kind == ComplaintReceived:
		return e.value
	case e.value2 != NoValue:
		return e.value2
	}
	return c.scheme
}

func scheme(s Value) func(*Clock, *Event) bool {
	return func(c *Clock, e *Event) bool { return c.schemeOf(e) == s }
}

func of(s Value) func(*Clock, *Duty, *Event) bool {
	return func(c *Clock, _ *Duty, e *Event) bool { return c.schemeOf(e) == s }
}

// stage reports whether a response answers the given stage of the given
// procedure; one that does not say answers the stage that the complaint has
// reached.
func stage(scheme, stage Value) func(*Clock, *Duty, *Event) bool {
	return func(c *Clock, _ *Duty, e *Event) bool {
		said := e.value
		if said == NoValue {
			said = One
			if c.stage2[scheme-Corporate] {
				said = Two
			}
		}
		return said == stage && c.schemeOf(e) == scheme
	}
}

// Education out of school, direct payments, and reviews in hospital.
var (
	ArrangeEducation = deadline("G40", "arrange-education-out-of-school", law.LocalAuthority, calendar.SameDay(), law.StatutoryGuidance, law.HealthNeedsGuidance.At(""), law.Secondary,
		"The local authority should arrange suitable education once it is clear that a child will miss 15 school days or more because of health.", "We should arrange education when your child cannot go to school for 15 days or more.", "as soon as it is clear that the child will be away for 15 school days or more, consecutive or cumulative")
	ReviewDirectPayment = deadline("G50", "review-direct-payment", law.LocalAuthority, calendar.BeginningWith(3, calendar.Months), law.Regulation, law.PersonalBudgets.At("regulation 11"), law.Secondary,
		"The local authority must review a direct payment in its first three months.", "We must check with you how the direct payment is working.", "within the first three months of it being made")
	HoldCETRAfterAdmission = deadline("P01", "hold-review-after-admission", law.NHSBody, calendar.Within(2, calendar.Weeks), law.NHSPolicy, law.CETRPolicy.At(""), law.Secondary,
		"A care, education and treatment review should be held after admission, if there was none in the community.", "There should be a review of care and education after going into hospital.", "within two weeks of admission")
	HoldCETRInHospital = deadline("P02", "hold-review-in-hospital", law.NHSBody, calendar.Within(3, calendar.Months), law.NHSPolicy, law.CETRPolicy.At(""), law.Secondary,
		"A child in hospital should have a care, education and treatment review every three months.", "There should be another review of care and education.", "every three months")
)

var supportRows = []row{
	{rule: ArrangeEducation, start: on(OutOfEducation), met: on(EducationArranged)},
	{rule: ReviewDirectPayment, start: on(DirectPaymentStarted), met: on(DirectPaymentReviewed)},
	{rule: HoldCETRAfterAdmission, start: on(AdmittedToHospital), met: on(CETRHeld), void: on(DischargedFromHospital)},
	{rule: HoldCETRInHospital, start: on(CETRHeld), when: func(c *Clock, e *Event) bool { return c.inHospital }, met: on(CETRHeld), void: on(DischargedFromHospital)},
}
