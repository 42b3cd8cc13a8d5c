package casework

import (
	"strings"

	"weald/calendar"
)

// clauses say what happened as part of a sentence, with {on} where the day goes.
// What depends on the event's value is in valueClauses.
var clauses = [nKinds]string{
	RequestReceived:     "the request for an EHC needs assessment was received{on}",
	ResponsibilityBegan: "the local authority became responsible for the child{on}",
	RequestWithdrawn:    "the request was withdrawn{on}",

	DecisionToAssessSent: "the decision whether to assess was sent{on}",
	AdviceRequested:      "advice was requested{on}",
	AdviceReceived:       "the advice was received{on}",
	AppointmentMissed:    "an appointment was missed{on}",
	NoPlanNoticeSent:     "the decision not to make a plan was sent{on}",

	ExceptionRecorded: "an exception was recorded{on}",
	ExceptionNotified: "the family was told of the exception{on}",

	DraftSent:               "the draft plan was sent{on}",
	DraftServed:             "the draft plan was served on the family{on}",
	DraftReissued:           "the draft plan was issued again{on}",
	DraftPeriodWaived:       "the family asked in writing{on} not to wait the 15 days",
	RepresentationsReceived: "the family's comments were received{on}",
	SchoolConsulted:         "the setting was consulted{on}",
	SchoolResponded:         "the setting answered{on}",
	PlanFinalised:           "the final plan was issued{on}",
	PlanSent:                "the plan was sent{on}",
	ProvisionStarted:        "the special educational provision started{on}",
	HealthProvisionArranged: "the health provision was arranged{on}",

	ReviewScheduled:        "the review meeting was arranged{on}",
	ReviewPapersCirculated: "the review papers were circulated{on}",
	ReviewMeetingHeld:      "the review meeting was held{on}",
	ReviewReportSent:       "the review report was sent{on}",
	ReviewDecisionSent:     "the decision after the review was sent{on}",
	AmendmentNoticeSent:    "the amendment notice was sent{on}",
	AmendmentNoticeServed:  "the amendment notice was served on the family{on}",
	AmendedPlanFinalised:   "the amended plan was issued{on}",
	NoAmendNoticeSent:      "the decision not to amend the plan was sent{on}",

	PhaseTransferDue: "the transfer to the next phase was recorded{on}",

	ReassessmentRequested:     "the request to re-assess was received{on}",
	ReassessmentDecisionSent:  "the decision whether to re-assess was sent{on}",
	ReassessmentSelfInitiated: "the local authority decided{on} to re-assess",

	CeaseConsidered: "ceasing the plan was considered{on}",
	CeaseConsulted:  "the family and the setting were consulted{on} on ceasing the plan",
	CeaseNoticeSent: "the decision to cease the plan was sent{on}",
	PlanCeased:      "the plan ceased{on}",

	MediationAdviserContacted: "the family contacted the mediation adviser{on}",
	MediationRequested:        "the family asked for mediation{on}",
	ICBToldIssues:             "the integrated care board was told of the issues{on}",
	MediationCannotBeArranged: "the mediation adviser was told{on} that mediation cannot be arranged in time",
	MediationHeld:             "the mediation was held{on}",
	MediationEnded:            "the mediation ended{on}",
	CertificateIssued:         "the mediation certificate was issued{on}",
	MediationAgreementSigned:  "an agreement was signed in mediation{on}",
	AgreedActionDone:          "what was agreed was done{on}",
	AuthorityToldOfAgreement:  "the local authority was told of the agreement{on}",

	AppealLodged:               "the family appealed to the Tribunal{on}",
	AppealRegistered:           "the Tribunal registered the appeal{on}",
	AppealSentToAuthority:      "the appeal was sent to the local authority{on}",
	DirectionMade:              "the Tribunal gave a direction{on}",
	DirectionComplied:          "the direction was complied with{on}",
	ResponseSent:               "the local authority sent its response{on}",
	NotOpposing:                "the local authority told the Tribunal{on} that it does not oppose the appeal",
	AppealWithdrawn:            "the appeal was withdrawn{on}",
	OrderMade:                  "the Tribunal made its order{on}",
	DecisionChallenged:         "the Tribunal's decision was challenged{on}",
	RecommendationMade:         "the Tribunal made a recommendation on health or social care{on}",
	RecommendationResponseSent: "the reply to the recommendation was sent{on}",

	MoveKnown:              "the local authority became aware of the move{on}",
	Moved:                  "the family moved to another area{on}",
	PlanTransferredOut:     "the plan was transferred to another authority{on}",
	PlanTransferredIn:      "the plan was transferred from another authority{on}",
	NewAuthorityLetterSent: "the new authority wrote to the family{on}",
	ICBChanged:             "the integrated care board changed{on}",
	NewICBNotified:         "the new integrated care board was told{on}",
	ICBCannotArrange:       "the new integrated care board found{on} that it cannot arrange the health provision",
	ICBAskedForReview:      "the integrated care board asked{on} for a review or re-assessment",

	Detained:     "the child or young person was detained{on}",
	Released:     "the child or young person was released{on}",
	LeftEngland:  "the child or young person left England{on}",
	Deceased:     "the child or young person died{on}",
	RecordBegins: "the record begins{on}",
	NotRecorded:  "it was noted{on} that the record does not say whether it was done",

	ComplaintReceived:     "the complaint was received{on}",
	ComplaintAcknowledged: "the complaint was acknowledged{on}",
	StageResponseSent:     "the complaint was answered{on}",
	Stage2Started:         "stage 2 of the complaint started{on}",
	SARReceived:           "the subject access request was received{on}",
	SARAnswered:           "the subject access request was answered{on}",
	FOIReceived:           "the freedom of information request was received{on}",
	FOIAnswered:           "the freedom of information request was answered{on}",

	OutOfEducation:         "it was clear{on} that the child will miss 15 school days or more",
	EducationArranged:      "education was arranged{on}",
	DirectPaymentStarted:   "the first direct payment was made{on}",
	DirectPaymentReviewed:  "the direct payment was reviewed{on}",
	AdmittedToHospital:     "the child or young person was admitted to hospital{on}",
	CETRHeld:               "a care, education and treatment review was held{on}",
	DischargedFromHospital: "the child or young person left hospital{on}",
}

var valueClauses = map[trigger]string{
	{DecisionToAssessSent, Yes}:     "the decision to assess was sent{on}",
	{DecisionToAssessSent, No}:      "the decision not to assess was sent{on}",
	{ReassessmentDecisionSent, Yes}: "the decision to re-assess was sent{on}",
	{ReassessmentDecisionSent, No}:  "the decision not to re-assess was sent{on}",
	{ReviewDecisionSent, Keep}:      "the decision to keep the plan as it is was sent{on}",
	{ReviewDecisionSent, Amend}:     "the decision to amend the plan was sent{on}",
	{ReviewDecisionSent, Cease}:     "the decision to cease the plan was sent{on}",
	{OrderMade, DismissCease}:       "the Tribunal dismissed the appeal against ceasing the plan{on}",
	{OrderMade, Assess}:             "the Tribunal ordered an assessment{on}",
	{OrderMade, MakePlan}:           "the Tribunal ordered{on} that a plan be made",
	{OrderMade, ReferBack}:          "the Tribunal sent the case back to the local authority{on}",
	{OrderMade, Amend}:              "the Tribunal ordered{on} that the plan be amended",
	{OrderMade, Placement}:          "the Tribunal decided{on} which school, or type of school, the plan must name",
	{OrderMade, Maintain}:           "the Tribunal ordered{on} that the plan be kept",
	{OrderMade, MaintainAmend}:      "the Tribunal ordered{on} that the plan be kept and amended",
}

// clause says what happened in the middle of a sentence, with its day if one is
// given.
func clause(k Kind, v Value, on calendar.Date) string {
	s, ok := valueClauses[trigger{k, v}]
	if !ok {
		s = clauses[k]
	}
	day := ""
	if !on.IsZero() {
		day = " on " + on.Words()
	}
	return strings.ReplaceAll(s, "{on}", day)
}

// capital starts a sentence.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
