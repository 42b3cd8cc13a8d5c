package casework

import "slices"

// A naming is what a kind of event is called: in files and the record, by
// staff, and by families. The first is stored, so it never changes.
type naming struct {
	name   string
	group  Group
	Label  string
	Family string
}

// A Group is a stage under which kinds of event are listed.
type Group string

// Groups, in the order in which they are listed.
const (
	RequestGroup      Group = "Request"
	AssessmentGroup   Group = "Assessment"
	ExceptionGroup    Group = "Exceptions"
	PlanGroup         Group = "Plan"
	ReviewGroup       Group = "Review and amendment"
	TransferGroup     Group = "Phase transfer"
	ReassessmentGroup Group = "Re-assessment"
	CeasingGroup      Group = "Ceasing"
	MediationGroup    Group = "Mediation"
	TribunalGroup     Group = "Tribunal"
	MoveGroup         Group = "Moves"
	LifeGroup         Group = "Life"
	RecordGroup       Group = "The record itself"
	ComplaintGroup    Group = "Complaints and information"
	SupportGroup      Group = "Education, payments and hospital"
)

// names is every kind of event on one screen.
var names = [nKinds]naming{
	RequestReceived:     {"request-received", RequestGroup, "Request for an EHC needs assessment received", "We received the request for an assessment"},
	ResponsibilityBegan: {"responsibility-began", RequestGroup, "Became responsible for the child", "We became responsible for deciding about an assessment"},
	RequestWithdrawn:    {"request-withdrawn", RequestGroup, "Request withdrawn", "The request was withdrawn"},

	DecisionToAssessSent: {"decision-to-assess-sent", AssessmentGroup, "Decision whether to assess sent", "We told you whether we will assess"},
	AdviceRequested:      {"advice-requested", AssessmentGroup, "Advice requested", "We asked for advice about your child"},
	AdviceReceived:       {"advice-received", AssessmentGroup, "Advice received", "We received advice about your child"},
	AppointmentMissed:    {"appointment-missed", AssessmentGroup, "Appointment missed", "An appointment was missed"},
	NoPlanNoticeSent:     {"no-plan-notice-sent", AssessmentGroup, "Decision not to make a plan sent", "We told you we will not make a plan, and how to appeal"},

	ExceptionRecorded: {"exception-recorded", ExceptionGroup, "Exception to a time limit recorded", "We recorded a reason the law allows for taking longer"},
	ExceptionNotified: {"exception-notified-to-family", ExceptionGroup, "Family told of the exception", "We told you why we are taking longer"},

	DraftSent:               {"draft-sent", PlanGroup, "Draft plan sent", "We sent you a draft plan"},
	DraftServed:             {"draft-served", PlanGroup, "Draft plan served on the family", "You received the draft plan"},
	DraftReissued:           {"draft-reissued", PlanGroup, "Draft plan issued again", "We changed the draft and sent it to you again"},
	DraftPeriodWaived:       {"draft-period-waived", PlanGroup, "Family asked in writing not to wait the 15 days", "You asked us not to wait the full 15 days"},
	RepresentationsReceived: {"representations-received", PlanGroup, "Representations received", "You told us what you think of the draft"},
	SchoolConsulted:         {"school-consulted", PlanGroup, "Setting consulted", "We asked a school or college whether it can meet the needs"},
	SchoolResponded:         {"school-responded", PlanGroup, "Setting responded", "The school or college answered"},
	PlanFinalised:           {"plan-finalised", PlanGroup, "Final plan issued", "We issued the final plan"},
	PlanSent:                {"plan-sent", PlanGroup, "Final plan sent", "We sent the final plan"},
	ProvisionStarted:        {"provision-started", PlanGroup, "Special educational provision started", "The help in the plan started"},
	HealthProvisionArranged: {"health-provision-arranged", PlanGroup, "Health provision arranged", "The health help in the plan was arranged"},

	ReviewScheduled:        {"review-scheduled", ReviewGroup, "Review meeting arranged", "We arranged a meeting to review the plan"},
	ReviewPapersCirculated: {"review-papers-circulated", ReviewGroup, "Review papers circulated", "The papers for the review were sent out"},
	ReviewMeetingHeld:      {"review-meeting-held", ReviewGroup, "Review meeting held", "The review meeting was held"},
	ReviewReportSent:       {"review-report-sent", ReviewGroup, "Review report sent", "The report of the review meeting was sent"},
	ReviewDecisionSent:     {"review-decision-sent", ReviewGroup, "Decision after review sent", "We told you what we decided after the review"},
	AmendmentNoticeSent:    {"amendment-notice-sent", ReviewGroup, "Amendment notice sent", "We sent you the changes we want to make to the plan"},
	AmendmentNoticeServed:  {"amendment-notice-served", ReviewGroup, "Amendment notice served on the family", "You received the changes we want to make to the plan"},
	AmendedPlanFinalised:   {"amended-plan-finalised", ReviewGroup, "Amended plan issued", "We issued the changed plan"},
	NoAmendNoticeSent:      {"no-amend-notice-sent", ReviewGroup, "Decision not to amend sent", "We told you we will not change the plan, and how to appeal"},

	PhaseTransferDue: {"phase-transfer-due", TransferGroup, "Phase transfer due", "A move to the next stage of education is coming"},

	ReassessmentRequested:     {"reassessment-requested", ReassessmentGroup, "Re-assessment requested", "We received the request to assess again"},
	ReassessmentDecisionSent:  {"reassessment-decision-sent", ReassessmentGroup, "Decision whether to re-assess sent", "We told you whether we will assess again"},
	ReassessmentSelfInitiated: {"reassessment-self-initiated", ReassessmentGroup, "Local authority decided to re-assess", "We decided to assess again"},

	CeaseConsidered: {"cease-considered", CeasingGroup, "Ceasing the plan considered", "We told you we are thinking of ending the plan"},
	CeaseConsulted:  {"cease-consulted", CeasingGroup, "Family and setting consulted on ceasing", "We asked what you think about ending the plan"},
	CeaseNoticeSent: {"cease-notice-sent", CeasingGroup, "Decision to cease the plan sent", "We told you we will end the plan, and how to appeal"},
	PlanCeased:      {"plan-ceased", CeasingGroup, "Plan ceased", "The plan ended"},

	MediationAdviserContacted: {"mediation-adviser-contacted", MediationGroup, "Mediation adviser contacted", "You contacted the mediation adviser"},
	MediationRequested:        {"mediation-requested", MediationGroup, "Mediation requested", "You asked for mediation"},
	ICBToldIssues:             {"icb-told-issues", MediationGroup, "Integrated care board told of the health issues", "We told the NHS what the mediation is about"},
	MediationCannotBeArranged: {"mediation-cannot-be-arranged", MediationGroup, "Adviser told that mediation cannot be arranged in time", "We told the adviser that mediation cannot be arranged in time"},
	MediationHeld:             {"mediation-held", MediationGroup, "Mediation held", "The mediation meeting was held"},
	MediationEnded:            {"mediation-ended", MediationGroup, "Mediation ended", "The mediation ended"},
	CertificateIssued:         {"certificate-issued", MediationGroup, "Mediation certificate issued", "You were given a mediation certificate"},
	MediationAgreementSigned:  {"mediation-agreement-signed", MediationGroup, "Mediation agreement signed", "An agreement was reached in mediation"},
	AgreedActionDone:          {"agreed-action-done", MediationGroup, "Agreed action done", "What was agreed in mediation was done"},
	AuthorityToldOfAgreement:  {"la-told-of-agreement", MediationGroup, "Local authority told of the agreement", "The NHS told us what was agreed"},

	AppealLodged:               {"appeal-lodged", TribunalGroup, "Appeal lodged", "You appealed to the Tribunal"},
	AppealRegistered:           {"appeal-registered", TribunalGroup, "Appeal registered", "The Tribunal registered the appeal"},
	AppealSentToAuthority:      {"appeal-sent-to-la", TribunalGroup, "Appeal sent to the local authority", "The Tribunal sent us the appeal"},
	DirectionMade:              {"direction-made", TribunalGroup, "Direction made", "The Tribunal said what must be done next"},
	DirectionComplied:          {"direction-complied", TribunalGroup, "Direction complied with", "What the Tribunal asked for was done"},
	ResponseSent:               {"la-response-sent", TribunalGroup, "Response to the appeal sent", "We answered the appeal"},
	NotOpposing:                {"la-not-opposing", TribunalGroup, "Local authority does not oppose the appeal", "We told the Tribunal we do not oppose the appeal"},
	AppealWithdrawn:            {"appeal-withdrawn", TribunalGroup, "Appeal withdrawn", "The appeal was withdrawn"},
	OrderMade:                  {"order-made", TribunalGroup, "Tribunal order made", "The Tribunal decided"},
	DecisionChallenged:         {"decision-challenged", TribunalGroup, "Tribunal decision challenged", "The Tribunal was asked to look at its decision again"},
	RecommendationMade:         {"recommendation-made", TribunalGroup, "Health or social care recommendation made", "The Tribunal made a recommendation on health or social care"},
	RecommendationResponseSent: {"recommendation-response-sent", TribunalGroup, "Reply to the recommendation sent", "You were told what will be done about the recommendation"},

	MoveKnown:              {"move-known", MoveGroup, "Became aware of a move to another area", "We learned that you are moving to another area"},
	Moved:                  {"moved", MoveGroup, "Moved to another area", "You moved to another area"},
	PlanTransferredOut:     {"plan-transferred-out", MoveGroup, "Plan transferred to the new authority", "We passed the plan to your new council"},
	PlanTransferredIn:      {"plan-transferred-in", MoveGroup, "Plan transferred in from another authority", "Your old council passed the plan to us"},
	NewAuthorityLetterSent: {"new-la-letter-sent", MoveGroup, "New authority's letter sent", "We told you the plan has moved and what we will do"},
	ICBChanged:             {"icb-changed", MoveGroup, "Integrated care board changed", "The NHS body responsible for your child changed"},
	NewICBNotified:         {"new-icb-notified", MoveGroup, "New integrated care board notified", "The new NHS body was told"},
	ICBCannotArrange:       {"icb-cannot-arrange-provision", MoveGroup, "New integrated care board found it cannot arrange the provision", "The new NHS body cannot arrange the health help in the plan"},
	ICBAskedForReview:      {"icb-asked-for-review", MoveGroup, "Integrated care board asked for a review or re-assessment", "The new NHS body asked us to look at the plan again"},

	Detained:    {"detained", LifeGroup, "Detained", "Went into custody"},
	Released:    {"released", LifeGroup, "Released", "Released from custody"},
	LeftEngland: {"left-england", LifeGroup, "Left England", "Left England"},
	Deceased:    {"deceased", LifeGroup, "Died", "Died"},

	RecordBegins: {"record-begins", RecordGroup, "Record begins: what happened before may be missing", "Our record begins here, so earlier things may be missing"},
	NotRecorded:  {"not-recorded", RecordGroup, "Where this came from does not say whether it was done", "We cannot tell from our record whether this was done"},

	ComplaintReceived:     {"complaint-received", ComplaintGroup, "Complaint received", "We received your complaint"},
	ComplaintAcknowledged: {"complaint-acknowledged", ComplaintGroup, "Complaint acknowledged", "We wrote to say we have your complaint"},
	StageResponseSent:     {"stage-response-sent", ComplaintGroup, "Complaint answered", "We answered your complaint"},
	Stage2Started:         {"stage-2-started", ComplaintGroup, "Stage 2 of the complaint started", "Your complaint moved to stage 2"},
	SARReceived:           {"sar-received", ComplaintGroup, "Subject access request received", "You asked for the information we hold about you"},
	SARAnswered:           {"sar-answered", ComplaintGroup, "Subject access request answered", "We sent the information we hold about you"},
	FOIReceived:           {"foi-received", ComplaintGroup, "Freedom of information request received", "We received your freedom of information request"},
	FOIAnswered:           {"foi-answered", ComplaintGroup, "Freedom of information request answered", "We answered your freedom of information request"},

	OutOfEducation:         {"out-of-education", SupportGroup, "15 school days' absence reached, or clear that it will be", "Could not go to school for a long time"},
	EducationArranged:      {"education-arranged", SupportGroup, "Education arranged", "Education was arranged"},
	DirectPaymentStarted:   {"direct-payment-started", SupportGroup, "Direct payment first made", "The direct payment started"},
	DirectPaymentReviewed:  {"direct-payment-reviewed", SupportGroup, "Direct payment reviewed", "The direct payment was reviewed"},
	AdmittedToHospital:     {"admitted-to-hospital", SupportGroup, "Admitted to a mental health hospital without a community review", "Went into a mental health hospital"},
	CETRHeld:               {"cetr-held", SupportGroup, "Care, education and treatment review held", "A care, education and treatment review was held"},
	DischargedFromHospital: {"discharged-from-hospital", SupportGroup, "Discharged from hospital", "Left hospital"},
}

var kindByName = func() map[string]Kind {
	m := make(map[string]Kind, nKinds)
	for k := NoKind + 1; k < nKinds; k++ {
		m[names[k].name] = k
	}
	return m
}()

// KindNamed returns the kind with the given stored name.
func KindNamed(name string) (Kind, bool) { k, ok := kindByName[name]; return k, ok }

// Kinds returns every kind of event, in the order of their groups.
func Kinds() []Kind {
	all := make([]Kind, 0, nKinds-1)
	for k := NoKind + 1; k < nKinds; k++ {
		all = append(all, k)
	}
	return all
}

// Groups returns the groups of kinds, in order.
func Groups() []Group {
	var all []Group
	for _, k := range Kinds() {
		if g := names[k].group; !slices.Contains(all, g) {
			all = append(all, g)
		}
	}
	return all
}

// String returns the kind's stored name.
func (k Kind) String() string { return names[k].name }

// Label returns what staff call the kind of event.
func (k Kind) Label() string { return names[k].Label }

// Family returns what families read.
func (k Kind) Family() string { return names[k].Family }

// Group returns the stage under which the kind is listed.
func (k Kind) Group() Group { return names[k].group }
