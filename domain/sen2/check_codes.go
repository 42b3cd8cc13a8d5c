package sen2

// A codeSet is the codes that an item may hold in one year's return.
type codeSet []string

func (s codeSet) has(code string) bool {
	for _, c := range s {
		if c == code {
			return true
		}
	}
	return false
}

// codeSets are the codes of the items whose codes are checked, and what else
// depends on the year.
type codeSets struct {
	sex, ethnicity, noNumber, source, requested, assessed codeSet
	res, reason, named, placed, review, need              codeSet
	dsco, sexAsked, reviewAsked, draftAsked               bool
}

func codesOf(year int) codeSets {
	set := func(where string) (s codeSet) {
		it, _, _ := itemAt(where)
		for i := range it.Codes {
			if it.Codes[i].of(year) {
				s = append(s, it.Codes[i].Code)
			}
		}
		return s
	}
	asked := func(where string) bool {
		it, _, _ := itemAt(where)
		return it.of(year)
	}
	return codeSets{
		sex: set("Person/Sex"), ethnicity: set("Person/Ethnicity"), noNumber: set("Person/UPNunknown"),
		source: set("Requests/RequestSource"), requested: set("Requests/RequestOutcome"), assessed: set("Assessment/AssessmentOutcome"),
		res: set("NamedPlan/PlanRes"), reason: set("NamedPlan/CeaseReason"),
		named: set("PlanDetail/SENsetting"), placed: set("PlacementDetail/SENsetting"),
		review: set("ActivePlans/ReviewOutcome"), need: set("SENneed/SENtype"),
		dsco: asked("Header/DSCO"), sexAsked: asked("Person/Sex"), reviewAsked: asked("ActivePlans/ReviewOutcome"), draftAsked: asked("ActivePlans/ReviewDraft"),
	}
}

// yesNo reports whether a value is an indicator's.
func yesNo(s string) bool { return s == "1" || s == "0" }
