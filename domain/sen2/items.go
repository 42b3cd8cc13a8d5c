package sen2

// An element is a part of the return that holds others.
type element uint8

const (
	unknown element = iota // not in the specification: all inside it is passed over
	message
	headerPart
	collectionDetails
	sourceDetails
	personsPart
	personPart
	requestPart
	assessmentPart
	namedPlanPart
	planDetailPart
	activePlanPart
	placementPart
	needPart
	nElements
)

// elements are the parts of the return, each in the part that holds it.
var elements = [nElements]struct {
	name string
	in   element
}{
	message:           {"Message", unknown},
	headerPart:        {"Header", message},
	collectionDetails: {"CollectionDetails", headerPart},
	sourceDetails:     {"Source", headerPart},
	personsPart:       {"Persons", message},
	personPart:        {"Person", personsPart},
	requestPart:       {"Requests", personPart},
	assessmentPart:    {"Assessment", requestPart},
	namedPlanPart:     {"NamedPlan", assessmentPart},
	planDetailPart:    {"PlanDetail", namedPlanPart},
	activePlanPart:    {"ActivePlans", requestPart},
	placementPart:     {"PlacementDetail", activePlanPart},
	needPart:          {"SENneed", activePlanPart},
}

// An Item is one thing that a return says: an element that holds a value.
type Item struct {
	Name   string // as the specification spells it
	Number string // in the 2025 guide; some follow only from the order of items
	Title  string // the department's
	Codes  Codes  // the values it may hold; nil: any, or they are not known
	Open   bool   // more codes exist than are listed
	Date   bool
	From   int // the first return that has it; 0: no bound
	Until  int // the last return that has it; 0: no bound

	in    element
	slot  slot
	index int16 // its place in Items
}

// Element returns the name of the element in which the item stands.
func (it *Item) Element() string { return elements[it.in].name }

// slot is where an item is kept in the struct of its element.
type slot uint8

const (
	_ slot = iota

	slotCollection
	slotYear
	slotReferenceDate
	slotSourceLevel
	slotLEA
	slotSoftware
	slotRelease
	slotSerial
	slotWritten
	slotDMO
	slotDCO
	slotDSCO

	slotSurname
	slotForename
	slotBorn
	slotSex
	slotGender
	slotEthnicity
	slotPostCode
	slotUPN
	slotULN
	slotUPNUnknown

	slotReceived
	slotSource
	slotRYA
	slotOutcomeOn
	slotOutcome
	slotMediation
	slotTribunal
	slotExported

	slotOtherMediation
	slotOtherTribunal
	slotWeek20

	slotStart
	slotRes
	slotWBP
	slotPB
	slotOA
	slotDP
	slotCeasedOn
	slotReason

	slotURN
	slotUKPRN
	slotSetting
	slotOther
	slotRank
	slotEntry
	slotLeaving
	slotUnit
	slotResourced
	slotPattern

	slotTransferLA
	slotReviewMeeting
	slotReviewOutcome
	slotReviewDraft
	slotTransferDue
	slotTransferFinal
	slotLastReview

	slotType

	slotMore // an item that only a year's file knows
)

// Items are the items of the return in the order in which one source found them
// in the XML specification. Whether the department wants that order is not known.
// Those that came or went with a year are bounded by that year's file.
var Items = []Item{
	{in: collectionDetails, slot: slotCollection, Name: "Collection", Title: "Collection Name"},
	{in: collectionDetails, slot: slotYear, Name: "Year", Title: "Year"},
	{in: collectionDetails, slot: slotReferenceDate, Name: "ReferenceDate", Title: "Reference Date", Date: true},
	{in: sourceDetails, slot: slotSourceLevel, Name: "SourceLevel", Title: "Source Level"},
	{in: sourceDetails, slot: slotLEA, Name: "LEA", Title: "LA Number"},
	{in: sourceDetails, slot: slotSoftware, Name: "SoftwareCode", Title: "Software Code"},
	{in: sourceDetails, slot: slotRelease, Name: "Release", Title: "Release"},
	{in: sourceDetails, slot: slotSerial, Name: "SerialNo", Title: "Serial Number"},
	{in: sourceDetails, slot: slotWritten, Name: "DateTime", Title: "Date & Time"},
	{in: headerPart, slot: slotDMO, Name: "DMO", Title: "Designated Medical Officer"},
	{in: headerPart, slot: slotDCO, Name: "DCO", Title: "Designated Clinical Officer"},
	{in: headerPart, slot: slotDSCO, Name: "DSCO", Title: "Designated Social Care Officer"},

	{in: personPart, slot: slotSurname, Name: "Surname", Number: "1.1", Title: "Surname"},
	{in: personPart, slot: slotForename, Name: "Forename", Number: "1.2", Title: "Forename"},
	{in: personPart, slot: slotBorn, Name: "PersonBirthDate", Number: "1.3", Title: "Date of Birth", Date: true},
	{in: personPart, slot: slotSex, Name: "Sex", Number: "1.4", Title: "Sex", Codes: Sexes},
	{in: personPart, slot: slotGender, Name: "GenderCurrent", Title: "Gender", Codes: Genders},
	{in: personPart, slot: slotEthnicity, Name: "Ethnicity", Number: "1.5", Title: "Ethnicity", Codes: Ethnicities, Open: true},
	{in: personPart, slot: slotPostCode, Name: "PostCode", Number: "1.6", Title: "Post Code"},
	{in: personPart, slot: slotUPN, Name: "UPN", Number: "1.7", Title: "UPN - Unique Pupil Number"},
	{in: personPart, slot: slotULN, Name: "UniqueLearnerNumber", Number: "1.8", Title: "ULN - Young Persons Unique Learner Number"},
	{in: personPart, slot: slotUPNUnknown, Name: "UPNunknown", Number: "1.9", Title: "UPN and ULN unavailable - Reason", Codes: UPNReasons},

	{in: requestPart, slot: slotReceived, Name: "ReceivedDate", Number: "2.1", Title: "Date request was received", Date: true},
	{in: requestPart, slot: slotSource, Name: "RequestSource", Number: "2.2", Title: "Source of request for an EHC needs assessment", Codes: RequestSources},
	{in: requestPart, slot: slotRYA, Name: "RYA", Number: "2.3", Title: "Initial Request Whilst In RYA", Codes: Indicators},
	{in: requestPart, slot: slotOutcomeOn, Name: "RequestOutcomeDate", Number: "2.4", Title: "Request Outcome Date", Date: true},
	{in: requestPart, slot: slotOutcome, Name: "RequestOutcome", Number: "2.5", Title: "Request Outcome", Codes: RequestOutcomes},
	{in: requestPart, slot: slotMediation, Name: "RequestMediation", Number: "2.6", Title: "Request Mediation", Codes: Indicators},
	{in: requestPart, slot: slotTribunal, Name: "RequestTribunal", Number: "2.7", Title: "Request Tribunal", Codes: Indicators},
	{in: requestPart, slot: slotExported, Name: "Exported", Number: "2.8", Title: "Exported - Child or young person moves out of LA before assessment is completed"},

	{in: assessmentPart, slot: slotOutcome, Name: "AssessmentOutcome", Number: "3.1", Title: "Assessment Outcome - Decision to issue EHC plan", Codes: AssessmentOutcomes},
	{in: assessmentPart, slot: slotOutcomeOn, Name: "AssessmentOutcomeDate", Number: "3.2", Title: "Assessment Outcome Date", Date: true},
	{in: assessmentPart, slot: slotMediation, Name: "AssessmentMediation", Number: "3.3", Title: "Assessment Mediation", Codes: Indicators},
	{in: assessmentPart, slot: slotTribunal, Name: "AssessmentTribunal", Number: "3.4", Title: "Assessment Tribunal", Codes: Indicators},
	{in: assessmentPart, slot: slotOtherMediation, Name: "OtherMediation", Number: "3.5", Title: "Other Mediation", Codes: Indicators},
	{in: assessmentPart, slot: slotOtherTribunal, Name: "OtherTribunal", Number: "3.6", Title: "Other Tribunal", Codes: Indicators},
	{in: assessmentPart, slot: slotWeek20, Name: "Week20", Number: "3.7", Title: "Twenty week time limit exceptions apply", Codes: Indicators},

	{in: namedPlanPart, slot: slotStart, Name: "StartDate", Number: "4.1", Title: "EHC Plan Start Date", Date: true},
	{in: namedPlanPart, slot: slotRes, Name: "PlanRes", Number: "4.2", Title: "Residential Settings", Codes: ResidentialCodes},
	{in: namedPlanPart, slot: slotWBP, Name: "PlanWBP", Number: "4.3", Title: "Work Based Learning Activity"},
	{in: namedPlanPart, slot: slotPB, Name: "PB", Number: "4.4", Title: "Personal Budget taken up", Codes: Indicators},
	{in: namedPlanPart, slot: slotOA, Name: "OA", Number: "4.4", Title: "Personal Budget - Organised Arrangements", Codes: Indicators},
	{in: namedPlanPart, slot: slotDP, Name: "DP", Number: "4.4", Title: "Personal Budget - Direct Payments"},
	{in: namedPlanPart, slot: slotCeasedOn, Name: "CeaseDate", Number: "4.5", Title: "Date EHC plan ceased", Date: true},
	{in: namedPlanPart, slot: slotReason, Name: "CeaseReason", Number: "4.6", Title: "Reason EHC plan ceased", Codes: CeaseReasons},

	{in: planDetailPart, slot: slotURN, Name: "URN", Number: "4.7a", Title: "URN - Unique Reference Number"},
	{in: planDetailPart, slot: slotUKPRN, Name: "UKPRN", Number: "4.7b", Title: "UKPRN - UK Provider Reference Number"},
	{in: planDetailPart, slot: slotSetting, Name: "SENsetting", Number: "4.7c", Title: "SEN Setting - Establishment type", Codes: SettingTypes},
	{in: planDetailPart, slot: slotOther, Name: "SENSettingOther", Number: "4.7c(i)", Title: "SEN Setting - Other"},
	{in: planDetailPart, slot: slotRank, Name: "PlacementRank", Title: "Placement Rank", Codes: Ranks},
	{in: planDetailPart, slot: slotUnit, Name: "SENunitIndicator", Title: "SEN Unit Indicator", Codes: Indicators},
	{in: planDetailPart, slot: slotResourced, Name: "ResourcedProvisionIndicator", Title: "Resourced Provision Indicator", Codes: Indicators},

	{in: activePlanPart, slot: slotTransferLA, Name: "TransferLA", Number: "5.1", Title: "EHC Plan transferred in from another LA during calendar year"},
	{in: activePlanPart, slot: slotRes, Name: "Res", Title: "Residential Settings", Codes: ResidentialCodes},
	{in: activePlanPart, slot: slotWBP, Name: "WBP", Title: "Work Based Learning Activity"},
	{in: activePlanPart, slot: slotReviewMeeting, Name: "ReviewMeeting", Number: "5.4a", Title: "Annual Review Meeting Date", Date: true},
	{in: activePlanPart, slot: slotReviewOutcome, Name: "ReviewOutcome", Number: "5.4b", Title: "Annual Review Decision", Codes: ReviewOutcomes},
	{in: activePlanPart, slot: slotReviewDraft, Name: "ReviewDraft", Number: "5.4d", Title: "Annual review - date draft amended EHC plan issued", Date: true},
	{in: activePlanPart, slot: slotTransferDue, Name: "PhaseTransferDueDate", Number: "5.6a", Title: "Phase transfer review - due date for any amended plan", Date: true},
	{in: activePlanPart, slot: slotTransferFinal, Name: "PhaseTransferFinalDate", Number: "5.6b", Title: "Phase transfer review - final plan date", Date: true},
	{in: activePlanPart, slot: slotLastReview, Name: "LastReview", Number: "5.4c", Title: "Annual review decision date", Date: true},

	{in: placementPart, slot: slotURN, Name: "URN", Number: "5.7a", Title: "URN - Unique Reference Number"},
	{in: placementPart, slot: slotUKPRN, Name: "UKPRN", Number: "5.7b", Title: "UKPRN - UK Provider Reference Number"},
	{in: placementPart, slot: slotSetting, Name: "SENsetting", Number: "5.7c", Title: "SEN Setting - Establishment type", Codes: SettingTypes},
	{in: placementPart, slot: slotOther, Name: "SENSettingOther", Number: "5.7c(i)", Title: "Not in education - Other"},
	{in: placementPart, slot: slotRank, Name: "PlacementRank", Title: "Placement Rank", Codes: Ranks},
	{in: placementPart, slot: slotEntry, Name: "EntryDate", Title: "Placement Start Date", Date: true},
	{in: placementPart, slot: slotLeaving, Name: "LeavingDate", Title: "Placement Leaving Date", Date: true},
	{in: placementPart, slot: slotUnit, Name: "SENunitIndicator", Title: "SEN Unit Indicator", Codes: Indicators},
	{in: placementPart, slot: slotResourced, Name: "ResourcedProvisionIndicator", Title: "Resourced Provision Indicator", Codes: Indicators},
	{in: placementPart, slot: slotRes, Name: "Res", Number: "5.2", Title: "Residential Settings", Codes: ResidentialCodes},
	{in: placementPart, slot: slotWBP, Name: "WBP", Number: "5.3", Title: "Work Based Learning Activity"},
	{in: placementPart, slot: slotPattern, Name: "AttendancePattern", Title: "Attendance Pattern"},

	{in: needPart, slot: slotType, Name: "SENtype", Number: "5.8a", Title: "SEN Type of Need", Codes: NeedTypes},
	{in: needPart, slot: slotRank, Name: "SENtypeRank", Number: "5.8b", Title: "SEN Type of Need rank", Codes: Ranks},
}
