package sen2

import "slices"

// A Code is one value that an item may hold, and what it means. From and Until
// are the first and last return that has it; zero: no bound is known.
type Code struct {
	Code, Meaning string
	From, Until   int
}

// Codes are the values that an item may hold.
type Codes []Code

// Meaning returns what a code means, or "" if it is not in the list.
func (c Codes) Meaning(code string) string {
	if i := slices.IndexFunc(c, func(one Code) bool { return one.Code == code }); i >= 0 {
		return c[i].Meaning
	}
	return ""
}

// Codes, with their meanings as the department's guides give them. A code that
// is not here is kept as it stands, with a finding, and nothing is made of it.
// Codes that came or went with a year are added or bounded by that year's file.
var (
	// Indicators answer yes or no.
	Indicators = Codes{{Code: "1", Meaning: "Yes"}, {Code: "0", Meaning: "No"}}

	// Ranks put one of two needs or settings first.
	Ranks = Codes{{Code: "1", Meaning: "Primary"}, {Code: "2", Meaning: "Secondary"}}

	// Sexes are of the returns from 2024.
	Sexes = Codes{{Code: "M", Meaning: "Male"}, {Code: "F", Meaning: "Female"}}

	// Genders are of the 2023 return. The wording of 0 and 9 differs between
	// sources.
	Genders = Codes{
		{Code: "0", Meaning: "Not known or not stated"},
		{Code: "1", Meaning: "Male"},
		{Code: "2", Meaning: "Female"},
		{Code: "9", Meaning: "Not specified"},
	}

	// Ethnicities are the main codes of the school census. Its extended codes
	// are not held.
	Ethnicities = Codes{
		{Code: "WBRI", Meaning: "White British"},
		{Code: "WIRI", Meaning: "White Irish"},
		{Code: "WIRT", Meaning: "Traveller of Irish heritage"},
		{Code: "WROM", Meaning: "Gypsy or Roma"},
		{Code: "WOTH", Meaning: "Any other White background"},
		{Code: "MWBC", Meaning: "White and Black Caribbean"},
		{Code: "MWBA", Meaning: "White and Black African"},
		{Code: "MWAS", Meaning: "White and Asian"},
		{Code: "MOTH", Meaning: "Any other mixed background"},
		{Code: "AIND", Meaning: "Indian"},
		{Code: "APKN", Meaning: "Pakistani"},
		{Code: "ABAN", Meaning: "Bangladeshi"},
		{Code: "CHNE", Meaning: "Chinese"},
		{Code: "AOTH", Meaning: "Any other Asian background"},
		{Code: "BCRB", Meaning: "Black Caribbean"},
		{Code: "BAFR", Meaning: "Black African"},
		{Code: "BOTH", Meaning: "Any other Black background"},
		{Code: "OOTH", Meaning: "Any other ethnic group"},
		{Code: "REFU", Meaning: "Refused"},
		{Code: "NOBT", Meaning: "Not obtained"},
	}

	// UPNReasons say why a person has neither a UPN nor a ULN. There is no UN4,
	// UN6 or UN7.
	UPNReasons = Codes{
		{Code: "UN1", Meaning: "Aged under 6 and not yet assigned a UPN"},
		{Code: "UN2", Meaning: "Never attended a state-funded school in England and not assigned a UPN"},
		{Code: "UN3", Meaning: "Educated outside England and not assigned a UPN"},
		{Code: "UN5", Meaning: "Sources disagree on name or date of birth, so there is no reliable match"},
		{Code: "UN8", Meaning: "New to the local authority, and UPN or ULN not yet known"},
		{Code: "UN9", Meaning: "Never attended a state-funded school or further education in England, and has no UPN or ULN"},
		{Code: "UN10", Meaning: "The request ended in no further action before UPN or ULN was known"},
	}

	// RequestSources say who asked. The first does not part parent from young
	// person.
	RequestSources = Codes{
		{Code: "1", Meaning: "Young person or parent"},
		{Code: "2", Meaning: "School or other education setting"},
		{Code: "3", Meaning: "Health care professionals"},
		{Code: "4", Meaning: "Social care professionals"},
		{Code: "5", Meaning: "Other"},
	}

	// RequestOutcomes say what came of a request. When it is A, W or H, no more
	// is asked in the module.
	RequestOutcomes = Codes{
		{Code: "Y", Meaning: "The local authority went on to assess"},
		{Code: "N", Meaning: "The local authority decided not to assess"},
		{Code: "A", Meaning: "Not yet decided"},
		{Code: "W", Meaning: "Withdrawn or ceased before the decision"},
		{Code: "H", Meaning: "Historical: decided before the period of the return"},
	}

	// AssessmentOutcomes say what came of an assessment. S is one supplier's.
	AssessmentOutcomes = Codes{
		{Code: "Y", Meaning: "A plan would be issued"},
		{Code: "N", Meaning: "No plan would be issued"},
		{Code: "A", Meaning: "Not yet decided"},
		{Code: "W", Meaning: "Withdrawn or ceased before the decision"},
		{Code: "H", Meaning: "Historical: decided before the period of the return"},
		{Code: "S", Meaning: "Plan issued after another local authority completed the assessment"},
	}

	// ResidentialCodes: for 2025, A is 38 to 51 weeks a year and B is 52; for
	// 2026 one supplier has A up to 38 weeks and B 39 to 52. Until the
	// specification has been read, a code means no more than this.
	ResidentialCodes = Codes{
		{Code: "A", Meaning: "Residential, the shorter band of weeks"},
		{Code: "B", Meaning: "Residential, the longer band of weeks"},
	}

	// CeaseReasons say why a plan ceased.
	CeaseReasons = Codes{
		{Code: "1", Meaning: "Reached the maximum age"},
		{Code: "2", Meaning: "Needs in education or training met without a plan"},
		{Code: "3", Meaning: "Moved to higher education"},
		{Code: "4", Meaning: "Moved to paid employment other than an apprenticeship"},
		{Code: "5", Meaning: "Transferred to another local authority in England"},
		{Code: "6", Meaning: "No longer wishes to engage in education or training"},
		{Code: "7", Meaning: "Moved outside England"},
		{Code: "8", Meaning: "Deceased"},
		{Code: "9", Meaning: "Other"},
	}

	// ReviewOutcomes say what was decided after an annual review.
	ReviewOutcomes = Codes{
		{Code: "A", Meaning: "Amend the plan"},
		{Code: "C", Meaning: "Cease the plan"},
		{Code: "M", Meaning: "Maintain the plan"},
	}

	// SettingTypes stand in place of a setting's number.
	SettingTypes = Codes{
		{Code: "OLA", Meaning: "Arranged by the local authority other than at school (section 61)"},
		{Code: "OPA", Meaning: "Arranged by the parents or young person (section 42(5))"},
		{Code: "EHE", Meaning: "Elective home education"},
		{Code: "EYP", Meaning: "Early years provider with no number"},
		{Code: "OTH", Meaning: "Other, or a type of setting with none named"},
		{Code: "NEET", Meaning: "Not in education, employment or training, aged 16 to 25"},
		{Code: "NIEC", Meaning: "Not in education or training: notice to cease issued"},
		{Code: "NIEO", Meaning: "Not in education or training: other"},
	}

	// NeedTypes are types of special educational need.
	NeedTypes = Codes{
		{Code: "SPLD", Meaning: "Specific learning difficulty"},
		{Code: "MLD", Meaning: "Moderate learning difficulty"},
		{Code: "SLD", Meaning: "Severe learning difficulty"},
		{Code: "PMLD", Meaning: "Profound and multiple learning difficulty"},
		{Code: "SEMH", Meaning: "Social, emotional and mental health"},
		{Code: "SLCN", Meaning: "Speech, language and communication needs"},
		{Code: "HI", Meaning: "Hearing impairment"},
		{Code: "VI", Meaning: "Vision impairment"},
		{Code: "MSI", Meaning: "Multi-sensory impairment"},
		{Code: "PD", Meaning: "Physical disability"},
		{Code: "ASD", Meaning: "Autistic spectrum disorder"},
		{Code: "OTH", Meaning: "Other difficulty"},
	}
)
