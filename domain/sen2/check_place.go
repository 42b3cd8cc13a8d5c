package sen2

import "slices"

// what a place is called in a sentence.
func (x *at) thePlace() string {
	if x.placement != nil {
		return "placement"
	}
	return "setting that the plan names"
}

var placeChecks = []*Check{
	{Code: "S-080", Level: OfDetail, Severity: Fault, Fields: []string{"URN", "UKPRN", "SENsetting"}, Source: "Mastodon C's checks 422 and 512", Confidence: oneWord,
		Words: "The setting has no URN, no UKPRN and no code.",
		find: func(x *at) {
			if p := x.place; p.URN == "" && p.UKPRN == "" && p.Setting == "" {
				x.finds("URN", "The %s has no URN, no UKPRN and no SENsetting.", x.thePlace())
			}
		}},
	{Code: "S-081", Level: OfDetail, Severity: Query, Fields: []string{"SENsetting", "URN", "UKPRN"}, Source: "The guide: the code is used when there is no number", Confidence: deduced,
		Words: "The setting has a code, and a URN or UKPRN too.",
		find: func(x *at) {
			if p := x.place; p.Setting != "" && (p.URN != "" || p.UKPRN != "") {
				x.finds("SENsetting", "SENsetting is %s, and there is a URN or UKPRN too.", shown(p.Setting))
			}
		}},
	{Code: "S-082", Level: OfDetail, Severity: Fault, Fields: []string{"SENsetting"}, Source: "The guide of 2025, items 4.7c and 5.7c; OTH in a placement from 2024", Confidence: quoted,
		Words: "The setting's code is not one of the list, or not one of the year.",
		find: func(x *at) {
			p, set := x.place, x.codes.named
			if p.Setting == "" {
				return
			}
			if x.placement != nil {
				set = x.codes.placed
			}
			switch {
			case set.has(p.Setting):
			case SettingTypes.Meaning(p.Setting) != "":
				x.finds("SENsetting", "%s is not a code of a %s in the %d return.", p.Setting, x.thePlace(), x.year.Year)
			default:
				x.finds("SENsetting", "%s is not the code of a setting: expected %s.", shown(p.Setting), SettingTypes.list())
			}
		}},
	{Code: "S-083", Level: OfDetail, Severity: Query, Fields: []string{"SENSettingOther", "SENsetting"}, Source: "The guide: the authority is asked for more", Confidence: deduced,
		Words: "The setting's code is OTH or NIEO, and nothing more is said.",
		find: func(x *at) {
			if p := x.place; (p.Setting == "OTH" || p.Setting == "NIEO") && p.Other == "" {
				x.finds("SENSettingOther", "SENsetting is %s, and SENSettingOther does not say more.", p.Setting)
			}
		}},
	{Code: "S-084", Level: OfDetail, Severity: Fault, Fields: []string{"URN", "UKPRN"}, Source: "The shape of both numbers", Confidence: deduced,
		Words: "The URN is not six digits, or the UKPRN not eight beginning with 1.",
		find: func(x *at) {
			p := x.place
			if p.URN != "" && (len(p.URN) != 6 || !digitsOnly(p.URN)) {
				x.finds("URN", "%s is not six digits.", shown(p.URN))
			}
			if p.UKPRN != "" && (len(p.UKPRN) != 8 || !digitsOnly(p.UKPRN) || p.UKPRN[0] != '1') {
				x.finds("UKPRN", "%s is not eight digits beginning with 1.", shown(p.UKPRN))
			}
		}},
	{Code: "S-085", Level: OfDetail, Severity: Query, Fields: []string{"URN", "EntryDate"}, Needs: needsSettings, Source: "The register of settings", Confidence: deduced,
		Words: "The URN is not in the register, or that setting had closed before the placement began.",
		find: func(x *at) {
			if x.place.URN == "" {
				return
			}
			switch s, ok := x.options.Settings(x.place.URN); {
			case !ok:
				x.finds("URN", "%s is not in the register.", shown(x.place.URN))
			case x.placement != nil && !s.Closed.IsZero() && !x.placement.Entry.IsZero() && s.Closed < x.placement.Entry:
				x.finds("URN", "%s closed on %s, before the placement began, on %s.", shown(x.place.URN), s.Closed.Words(), x.placement.Entry.Words())
			}
		}},
	{Code: "S-087", Level: OfDetail, Severity: Query, Fields: []string{"SENunitIndicator", "ResourcedProvisionIndicator", "URN", "UKPRN"}, Source: "Mastodon C's check 514", Confidence: oneWord,
		Words: "The setting has a URN or UKPRN, and whether it is in a SEN unit or resourced provision is not said.",
		find: func(x *at) {
			p := x.place
			if p.URN == "" && p.UKPRN == "" {
				return
			}
			if p.Unit == "" {
				x.finds("SENunitIndicator", "SENunitIndicator is blank.")
			}
			if p.Resourced == "" {
				x.finds("ResourcedProvisionIndicator", "ResourcedProvisionIndicator is blank.")
			}
		}},
	{Code: "S-088", Level: OfDetail, Severity: Query, Fields: []string{"SENunitIndicator", "ResourcedProvisionIndicator"}, Needs: needsSettings, Source: "Mastodon C's checks 532 and 534", Confidence: oneWord,
		Words: "A SEN unit or resourced provision is indicated and the register has none there, or both are indicated.",
		find: func(x *at) {
			p := x.place
			if p.Unit != "1" && p.Resourced != "1" {
				return
			}
			if p.Unit == "1" && p.Resourced == "1" {
				x.finds("SENunitIndicator", "Both a SEN unit and resourced provision are indicated.")
				return
			}
			switch s, ok := x.options.Settings(p.URN); {
			case !ok: // S-085 says so
			case p.Unit == "1" && !s.Unit:
				x.finds("SENunitIndicator", "A SEN unit is indicated; the register has none at %s.", shown(p.URN))
			case p.Resourced == "1" && !s.Resourced:
				x.finds("ResourcedProvisionIndicator", "Resourced provision is indicated; the register has none at %s.", shown(p.URN))
			}
		}},
	{Code: "S-089", Level: OfPlacement, Severity: Query, Fields: []string{"URN"}, Needs: needsSettings, Source: "Mastodon C's checks 522 and 524", Confidence: oneWord,
		Words: "The register says that the setting is of a kind where a placement is unlikely, such as a university or an online provider.",
		find: func(x *at) {
			if x.place.URN == "" {
				return
			}
			if s, ok := x.options.Settings(x.place.URN); ok && slices.Contains(unlikelyKinds, s.Kind) {
				x.finds("URN", "The register says that %s is of the kind “%s”.", shown(x.place.URN), s.Kind)
			}
		}},
	{Code: "S-090", Level: OfPlacement, Severity: Fault, Fields: []string{"EntryDate", "LeavingDate"}, Source: "The items' use", Confidence: deduced,
		Words: "The placement's start is missing, or it ended before it started.",
		find: func(x *at) {
			switch p := x.placement; {
			case p.Entry.IsZero():
				x.lacks("EntryDate", "The placement's start is not given.")
			case !p.Leaving.IsZero() && p.Leaving < p.Entry:
				x.finds("LeavingDate", "The placement ended on %s, before it started, on %s.", p.Leaving.Words(), p.Entry.Words())
			}
		}},
	{Code: "S-092", Level: OfPlacement, Severity: Query, Fields: []string{"SENsetting", "PersonBirthDate", "ReviewOutcome", "CeaseDate"}, Source: "The guide's wording of the codes", Confidence: quoted,
		Words: "The code is NEET and the person is under 16 or over 25, or it is NIEC and nothing says that the plan is being ceased.",
		find: func(x *at) {
			switch x.place.Setting {
			case "NEET":
				if born := x.person.Born; !born.IsZero() {
					if age := x.age(); age < 16 || age > 25 {
						x.finds("SENsetting", "NEET is for those aged 16 to 25; this person was %d on census day.", age)
					}
				}
			case "NIEC":
				if x.active.ReviewOutcome != "C" && (x.plan == nil || x.plan.CeasedOn.IsZero()) {
					x.finds("SENsetting", "NIEC says that notice to cease was issued; no decision to cease and no end of the plan is given.")
				}
			}
		}},
}

// unlikelyKinds are kinds of setting as the register names them.
var unlikelyKinds = []string{"Higher education institutions", "University technical college", "Online provider", "Service children's education",
	"Offshore schools", "British schools overseas", "Institution funded by other government department", "Miscellaneous"}
