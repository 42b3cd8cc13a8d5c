package casework

import "slices"

// A Kind is a sort of event. Its text is what is stored and what case files
// say; see [Kind.String] and kindnames.go.
type Kind uint8

// Kinds of event, in the order of the law: each group is one stage of a
// child's life with the local area.
const (
	NoKind Kind = iota

	RequestReceived
	ResponsibilityBegan
	RequestWithdrawn

	DecisionToAssessSent
	AdviceRequested
	AdviceReceived
	AppointmentMissed
	NoPlanNoticeSent

	ExceptionRecorded
	ExceptionNotified

	DraftSent
	DraftServed
	DraftReissued
	DraftPeriodWaived
	RepresentationsReceived
	SchoolConsulted
	SchoolResponded
	PlanFinalised
	PlanSent
	ProvisionStarted
	HealthProvisionArranged

	ReviewScheduled
	ReviewPapersCirculated
	ReviewMeetingHeld
	ReviewReportSent
	ReviewDecisionSent
	AmendmentNoticeSent
	AmendmentNoticeServed
	AmendedPlanFinalised
	NoAmendNoticeSent

	PhaseTransferDue

	ReassessmentRequested
	ReassessmentDecisionSent
	ReassessmentSelfInitiated

	CeaseConsidered
	CeaseConsulted
	CeaseNoticeSent
	PlanCeased

	MediationAdviserContacted
	MediationRequested
	ICBToldIssues
	MediationCannotBeArranged
	MediationHeld
	MediationEnded
	CertificateIssued
	MediationAgreementSigned
	AgreedActionDone
	AuthorityToldOfAgreement

	AppealLodged
	AppealRegistered
	AppealSentToAuthority
	DirectionMade
	DirectionComplied
	ResponseSent
	NotOpposing
	AppealWithdrawn
	OrderMade
	DecisionChallenged
	RecommendationMade
	RecommendationResponseSent

	MoveKnown
	Moved
	PlanTransferredOut
	PlanTransferredIn
	NewAuthorityLetterSent
	ICBChanged
	NewICBNotified
	ICBCannotArrange
	ICBAskedForReview

	Detained
	Released
	LeftEngland
	Deceased

	RecordBegins
	NotRecorded

	ComplaintReceived
	ComplaintAcknowledged
	StageResponseSent
	Stage2Started
	SARReceived
	SARAnswered
	FOIReceived
	FOIAnswered

	OutOfEducation
	EducationArranged
	DirectPaymentStarted
	DirectPaymentReviewed
	AdmittedToHospital
	CETRHeld
	DischargedFromHospital

	nKinds
)

// A Value is one of the words that an event's attribute may hold.
type Value uint8

// Values. One word may belong to several attributes.
const (
	NoValue Value = iota
	Yes
	No
	Keep
	Amend
	Cease
	FromParent
	FromYoungPerson
	ToSchool
	ToPost16
	MovePost16
	FromHealth
	FromSocialCare
	FromOther
	ToFamily
	ToSetting
	ToICB
	Assess
	PlanRefusal
	Contents
	Placement
	DismissCease
	MakePlan
	ReferBack
	Maintain
	MaintainAmend
	SchoolClosed
	EarlyYearsClosed
	PersonalCircumstances
	Absent
	MissedAppointment
	LaterRepresentations
	Corporate
	ChildrenAct
	NHS
	AdviceA
	AdviceB
	AdviceC
	AdviceD
	AdviceE
	AdviceF
	AdviceG
	AdviceH
	One
	Two
	Three
	Four
	Five
	Six
	Seven
	Eight
	Nine
	Unsuitable
	OthersEducation
	UseOfResources

	nValues
)

var valueNames = [nValues]string{
	Yes: "yes", No: "no", Keep: "keep", Amend: "amend", Cease: "cease",
	FromParent: "parent", FromYoungPerson: "young-person", ToSchool: "school", ToPost16: "post-16", MovePost16: "post-16-move",
	FromHealth: "health", FromSocialCare: "social-care", FromOther: "other",
	ToFamily: "family", ToSetting: "setting", ToICB: "icb",
	Assess: "assess", PlanRefusal: "plan-refusal", Contents: "contents", Placement: "placement",
	DismissCease: "dismiss-cease", MakePlan: "make-plan", ReferBack: "refer-back", Maintain: "maintain", MaintainAmend: "maintain-amend",
	SchoolClosed: "school-closed", EarlyYearsClosed: "early-years-closed", PersonalCircumstances: "personal-circumstances",
	Absent: "absent", MissedAppointment: "appointment-missed", LaterRepresentations: "later-representations",
	Corporate: "corporate", ChildrenAct: "children-act", NHS: "nhs",
	AdviceA: "a", AdviceB: "b", AdviceC: "c", AdviceD: "d", AdviceE: "e", AdviceF: "f", AdviceG: "g", AdviceH: "h",
	One: "1", Two: "2", Three: "3", Four: "4", Five: "5", Six: "6", Seven: "7", Eight: "8", Nine: "9",
	Unsuitable: "unsuitable", OthersEducation: "education-of-others", UseOfResources: "use-of-resources",
}

// valueWords are for readers; a value without one is read as its name.
var valueWords = [nValues]string{
	Keep: "keep the plan as it is", Amend: "amend the plan", Cease: "cease the plan",
	FromYoungPerson: "young person", ToSchool: "school", ToPost16: "college or other post-16 setting", MovePost16: "one post-16 setting to another",
	FromSocialCare: "social care", ToICB: "integrated care board",
	Assess: "refusing to assess", PlanRefusal: "refusing to make a plan", Contents: "what the plan says", Placement: "only the school or other setting",
	DismissCease: "the appeal against ceasing is dismissed", MakePlan: "make a plan", ReferBack: "consider again", Maintain: "keep the plan",
	MaintainAmend: "keep the plan and amend it", SchoolClosed: "school closed", EarlyYearsClosed: "early years setting closed",
	PersonalCircumstances: "exceptional personal circumstances", Absent: "away from the area", MissedAppointment: "appointment missed",
	LaterRepresentations: "the family wants longer to comment", ChildrenAct: "Children Act", NHS: "NHS",
	AdviceA: "the family", AdviceB: "education", AdviceC: "health", AdviceD: "educational psychology", AdviceE: "social care",
	AdviceF: "somebody else", AdviceG: "preparing for adulthood", AdviceH: "somebody the family asked for",
	One: "1: reached the greatest age", Two: "2: needs met without a plan", Three: "3: went to higher education", Four: "4: went to paid work",
	Five: "5: moved to another area in England", Six: "6: does not want to go on in education or training", Seven: "7: left England", Eight: "8: died", Nine: "9: other",
	Unsuitable: "not suitable for their age, ability, aptitude or special educational needs", OthersEducation: "not compatible with the efficient education of others",
	UseOfResources: "not compatible with the efficient use of resources",
}

// String returns the value as case files write it.
func (v Value) String() string { return valueNames[v] }

// ValueNamed returns the value that case files write so; false if there is none.
func ValueNamed(name string) (Value, bool) {
	i := slices.Index(valueNames[:], name)
	return Value(max(i, 0)), i > 0
}

// Words returns the value as a reader sees it.
func (v Value) Words() string {
	if w := valueWords[v]; w != "" {
		return w
	}
	return valueNames[v]
}

// Issues are what a mediation is about, any of them together.
type Issues uint8

// Issues.
const (
	EducationIssues Issues = 1 << iota
	SocialCareIssues
	HealthIssues
)

var issueNames = []struct {
	is   Issues
	name string
}{{EducationIssues, "education"}, {SocialCareIssues, "social-care"}, {HealthIssues, "health"}}

// A slot is where an event keeps an attribute.
type slot uint8

const (
	inValue slot = iota
	inValue2
	inName
	inDate
	inFrom
	inTo
	inRule
	inIssues
)

// An Attribute is something that an event of a kind may or must say besides its
// day.
type Attribute struct {
	Name     string  // as case files write it: "decision"
	Label    string  // as a form asks for it
	Values   []Value // the words it may hold; none: text, a date or a rule
	Required bool    // the event means nothing without it
	slot     slot
}

// Words returns a value of the attribute as a reader sees it. The same number is
// a stage of a complaint and, in the return's own list, a reason for ceasing.
func (a Attribute) Words(v Value) string {
	if a.Name == "stage" {
		return v.String()
	}
	return v.Words()
}

// IsDate reports whether the attribute holds a day.
func (a Attribute) IsDate() bool { return a.slot == inDate || a.slot == inFrom || a.slot == inTo }

// IsRule reports whether the attribute names a rule.
func (a Attribute) IsRule() bool { return a.slot == inRule }

// IsIssues reports whether the attribute is a list of mediation issues.
func (a Attribute) IsIssues() bool { return a.slot == inIssues }

func need(a Attribute) Attribute { a.Required = true; return a }

func one(name, label string, values ...Value) Attribute {
	return Attribute{Name: name, Label: label, Values: values, slot: inValue}
}

func text(name, label string) Attribute { return Attribute{Name: name, Label: label, slot: inName} }

func date(name, label string, s slot) Attribute { return Attribute{Name: name, Label: label, slot: s} }

var (
	yesOrNo     = func(name, label string) Attribute { return one(name, label, Yes, No) }
	setting     = text("setting", "School or other setting")
	body        = text("body", "Who was asked")
	ofComplaint = Attribute{Name: "scheme", Label: "Procedure of the complaint", Values: []Value{Corporate, ChildrenAct, NHS}, slot: inValue2}
	// ConsultationGrounds are why a setting may be said not to be right for a child:
	// the three of the Children and Families Act 2014, section 39(4), which bind the
	// local authority in naming it, and whatever else the setting says.
	ConsultationGrounds = []Value{Unsuitable, OthersEducation, UseOfResources, FromOther}
	about               = []Value{Assess, PlanRefusal, Contents, Placement, Cease}
)

// attributes lists what each kind may say. Kinds not here say only their day.
var attributes = [nKinds][]Attribute{
	RequestReceived:      {one("source", "Who asked", FromParent, FromYoungPerson, ToSchool, ToPost16, FromHealth, FromSocialCare, FromOther)},
	DecisionToAssessSent: {need(yesOrNo("decision", "Will the local authority assess?"))},
	AdviceRequested: {
		one("type", "Kind of advice", AdviceA, AdviceB, AdviceC, AdviceD, AdviceE, AdviceF, AdviceG, AdviceH),
		body, date("received", "Day the body received the request", inDate),
	},
	AdviceReceived:    {body},
	AppointmentMissed: {body},
	ExceptionRecorded: {
		need(Attribute{Name: "rule", Label: "Time limit", slot: inRule}),
		need(one("ground", "Reason the law allows", SchoolClosed, EarlyYearsClosed, PersonalCircumstances, Absent, MissedAppointment, LaterRepresentations)),
		date("from", "First day", inFrom), date("to", "Last day", inTo), setting, date("asked", "Day the setting was asked for advice", inDate),
	},
	NotRecorded:     {need(Attribute{Name: "rule", Label: "Time limit", slot: inRule})},
	SchoolConsulted: {setting},
	SchoolResponded: {
		setting, yesOrNo("answer", "Can the setting meet the child's needs?"),
		{Name: "ground", Label: "Why not", Values: ConsultationGrounds, slot: inValue2},
	},
	PlanSent: {one("to", "Sent to", ToFamily, ToSetting, ToICB)},

	ReviewScheduled:    {need(date("meeting", "Day of the review meeting", inDate))},
	ReviewDecisionSent: {need(one("decision", "Decision", Keep, Amend, Cease))},
	PhaseTransferDue: {
		need(one("kind", "Transfer to", ToSchool, ToPost16, MovePost16)),
		need(date("on", "Day of the transfer", inDate)),
	},
	ReassessmentDecisionSent: {need(yesOrNo("decision", "Will the local authority re-assess?"))},
	PlanCeased:               {one("reason", "Reason", One, Two, Three, Four, Five, Six, Seven, Eight, Nine)},

	MediationAdviserContacted: {yesOrNo("wants", "Does the family want mediation?")},
	MediationRequested:        {Attribute{Name: "issues", Label: "What the mediation is about", slot: inIssues}},
	MediationAgreementSigned: {
		need(yesOrNo("appealable", "Could the Tribunal have decided it?")),
		{Name: "about", Label: "What was agreed about", Values: about, slot: inValue2},
		date("due", "Day agreed in writing", inDate),
	},
	DirectionMade:     {text("act", "What must be done"), need(date("due", "Due", inDate))},
	DirectionComplied: {text("act", "What was done")},
	NotOpposing: {
		need(one("about", "Appeal about", about...)),
		{Name: "amend", Label: "Will the plan be amended?", Values: []Value{Yes, No}, slot: inValue2},
	},
	OrderMade: {
		need(one("order", "What the Tribunal ordered", DismissCease, Assess, MakePlan, ReferBack, Amend, Placement, Maintain, MaintainAmend)),
		date("sent", "Day the order was sent, if another day", inDate),
	},
	PlanTransferredIn:     {date("made", "Day the plan was first made", inFrom), date("reviewed", "Day of the last review", inTo)},
	ComplaintReceived:     {need(one("scheme", "Complaints procedure", Corporate, ChildrenAct, NHS))},
	ComplaintAcknowledged: {ofComplaint},
	StageResponseSent:     {one("stage", "Stage", One, Two), ofComplaint},
	Stage2Started:         {ofComplaint},
}

// Attributes returns what events of the kind may say besides their day.
func (k Kind) Attributes() []Attribute { return attributes[k] }
