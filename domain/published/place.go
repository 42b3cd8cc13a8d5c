package published

import (
	_ "embed"
	"encoding/csv"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/sen2"
)

// placements are the department's columns of placement, and what they are
// called. The first three groups have a plain column, one of resourced
// provision and one of SEN units, which share no plan.
var placements = []struct{ name, label string }{
	{"mainstream_la_maintained", "Mainstream: maintained"},
	{"mainstream_la_maintained_resourced_provision", "Mainstream: maintained, resourced provision"},
	{"mainstream_la_maintained_senunit", "Mainstream: maintained, SEN unit"},
	{"mainstream_academy", "Mainstream: academy"},
	{"mainstream_academy_resourced_provision", "Mainstream: academy, resourced provision"},
	{"mainstream_academy_senunit", "Mainstream: academy, SEN unit"},
	{"mainstream_free_school", "Mainstream: free school"},
	{"mainstream_free_school_resourced_provision", "Mainstream: free school, resourced provision"},
	{"mainstream_free_school_senunit", "Mainstream: free school, SEN unit"},
	{"mainstream_independent", "Mainstream: independent"},
	{"special_la_maintained", "Special: maintained"},
	{"special_academy_free", "Special: academy or free school"},
	{"special_independent", "Special: independent"},
	{"special_non_maintained", "Special: non-maintained"},
	{"ap_pru_la_maintained", "Alternative provision: maintained"},
	{"ap_pru_academy", "Alternative provision: academy"},
	{"ap_pru_free_school", "Alternative provision: free school"},
	{"general_fe_tertiary_colleges", "Further education: general or tertiary college"},
	{"specialist_post_16_institutions", "Further education: specialist post-16"},
	{"ukrlp_provider", "Provider known by UKPRN only"},
	{"elective_home_education", "Elective home education"},
	{"other_arrangements_la", "Elsewhere: arranged by the authority"},
	{"other_arrangements_parents", "Elsewhere: arranged by parents or young person"},
	{"online_provider", "Online provider"},
	{"w_settings", "Welsh setting"},
	{"other_schools", "Other schools"},
	{"other_placement_settings", "Other placement"},
	{"neet", "Not in education, employment or training"},
	{"neet_ntci", "Notice to cease issued"},
	{"neet_other_csa", "Not in education, of compulsory school age"},
	{"neet_other", "Not in education, other ages"},
	{"nm_early_years", "Early years provider with no number"},
	{"placement_unknown", "No placement recorded"},
}

// typeUnknown is the label of schools whose type was not told. The department
// has no such column.
const typeUnknown = "School whose type is not known"

var placementIndex = func() map[string]int {
	m := map[string]int{}
	for i, p := range placements {
		m[p.name] = i
	}
	return m
}()

func placementColumns() []Column {
	var list []Column
	for _, p := range placements {
		list = append(list, Column{p.label, "caseload." + p.name})
	}
	return append(list, Column{Label: typeUnknown})
}

//go:embed data/gias_types.csv
var giasTypes string

// groups are the places in placements of the register's types, by code and by
// name, in lower case as well.
var groups = func() map[string]int {
	m := map[string]int{}
	rows, err := csv.NewReader(strings.NewReader(giasTypes)).ReadAll()
	if err != nil {
		panic(err)
	}
	for _, row := range rows[1:] {
		for _, name := range []string{row[0], row[1], strings.ToLower(row[1])} {
			m[name] = placementIndex[row[2]]
		}
	}
	return m
}()

// Schools finds the type of a school or college by its URN, as the register of
// schools (GIAS) names or codes it: see [sen2.ReadRegister]. Nil: none is known.
type Schools func(urn string) (kind string, ok bool)

// OfRegister finds types in the register of settings that [sen2.ReadRegister] read.
func OfRegister(find func(urn string) (*sen2.Setting, bool)) Schools {
	return func(urn string) (string, bool) {
		s, ok := find(urn)
		if !ok {
			return "", false
		}
		return s.Kind, true
	}
}

// group returns the place in placements of a school's type.
func (s Schools) group(urn string) (int, bool) {
	if s == nil {
		return 0, false
	}
	kind, ok := s(urn)
	if !ok {
		return 0, false
	}
	i, ok := groups[kind]
	if !ok {
		i, ok = groups[strings.ToLower(kind)]
	}
	return i, ok
}

// coded are the places in placements of the codes that stand for a setting with
// no number. NIEO is parted by age.
var coded = map[string]string{
	"EHE": "elective_home_education", "OLA": "other_arrangements_la", "OPA": "other_arrangements_parents", "EYP": "nm_early_years",
	"OTH": "other_placement_settings", "NEET": "neet", "NIEC": "neet_ntci",
}

// placed returns the column of a placement; nil is none.
func (s Schools) placed(p *sen2.Placement, born, census calendar.Date) int {
	switch {
	case p == nil:
		return placementIndex["placement_unknown"]
	case p.URN != "":
		i, ok := s.group(p.URN)
		if !ok {
			return len(placements)
		}
		if i < placementIndex["mainstream_independent"] {
			switch {
			case p.Unit == "1":
				i += 2
			case p.Resourced == "1":
				i++
			}
		}
		return i
	case p.UKPRN != "":
		return placementIndex["ukrlp_provider"]
	case p.Setting == "NIEO":
		if !born.IsZero() && census.After(calendar.EndOfCompulsorySchoolAge(born)) {
			return placementIndex["neet_other"]
		}
		return placementIndex["neet_other_csa"]
	}
	if name := coded[p.Setting]; name != "" {
		return placementIndex[name]
	}
	return placementIndex["placement_unknown"]
}

// OpenPlacement returns the placement in which a person is on a day: of those
// open, the one of the lowest rank. A missing day counts as open.
func OpenPlacement(a *sen2.ActivePlan, on calendar.Date) *sen2.Placement {
	if a == nil {
		return nil
	}
	var best *sen2.Placement
	rank := 0
	for i := range a.Placements {
		p := &a.Placements[i]
		if p.Entry.After(on) || !p.Leaving.IsZero() && p.Leaving.Before(on) {
			continue
		}
		r, err := strconv.Atoi(p.Rank)
		if err != nil {
			r = 9
		}
		if best == nil || r < rank {
			best, rank = p, r
		}
	}
	return best
}
