package sen2

// Meanings of codes, as the department's guides give them. A code that is not
// here is kept as it stands.
var (
	// SettingTypes stand in place of a setting's number.
	SettingTypes = map[string]string{
		"OLA":  "Arranged by the local authority other than at school (section 61)",
		"OPA":  "Arranged by the parents or young person (section 42(5))",
		"EHE":  "Elective home education",
		"EYP":  "Early years provider",
		"OTH":  "Other, or a type of setting with none named",
		"NEET": "Not in education, employment or training",
		"NIEC": "Not in education or training: notice to cease issued",
		"NIEO": "Not in education or training: other",
	}
	// NeedTypes are types of special educational need.
	NeedTypes = map[string]string{
		"SPLD": "Specific learning difficulty",
		"MLD":  "Moderate learning difficulty",
		"SLD":  "Severe learning difficulty",
		"PMLD": "Profound and multiple learning difficulty",
		"SEMH": "Social, emotional and mental health",
		"SLCN": "Speech, language and communication needs",
		"HI":   "Hearing impairment",
		"VI":   "Vision impairment",
		"MSI":  "Multi-sensory impairment",
		"PD":   "Physical disability",
		"ASD":  "Autistic spectrum disorder",
		"DS":   "Down syndrome",
		"OTH":  "Other difficulty",
	}
	// UPNReasons say why a person has neither a UPN nor a ULN.
	UPNReasons = map[string]string{
		"UN1":  "Under 6 and not yet assigned a UPN",
		"UN2":  "Never attended a state-funded school in England",
		"UN3":  "Educated outside England",
		"UN5":  "Sources disagree, so no reliable match",
		"UN8":  "New to the local authority; number not yet known",
		"UN9":  "Never attended a state-funded school or further education in England",
		"UN10": "Request went no further before a number was known",
	}
)

// coded lists the values that an item may hold. Items not here are free.
var coded = map[string]string{
	"RequestOutcome":    "Y N A W H",
	"AssessmentOutcome": "Y N A W H S",
	"ReviewOutcome":     "A C M",
	"RequestSource":     "1 2 3 4 5",
	"CeaseReason":       "1 2 3 4 5 6 7 8 9",
	"PlacementRank":     "1 2",
	"SENtypeRank":       "1 2",
	"RYA":               "0 1", "RequestMediation": "0 1", "RequestTribunal": "0 1",
	"AssessmentMediation": "0 1", "AssessmentTribunal": "0 1", "OtherMediation": "0 1", "OtherTribunal": "0 1",
	"Week20": "0 1", "PB": "0 1", "OA": "0 1", "SENunitIndicator": "0 1", "ResourcedProvisionIndicator": "0 1",
}
