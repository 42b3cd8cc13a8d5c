package published

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
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
// name in lower case.
var groups = func() map[string]int {
	m := map[string]int{}
	rows, err := csv.NewReader(strings.NewReader(giasTypes)).ReadAll()
	if err != nil {
		panic(err)
	}
	for _, row := range rows[1:] {
		m[row[0]], m[strings.ToLower(row[1])] = placementIndex[row[2]], placementIndex[row[2]]
	}
	return m
}()

// Schools are the types of schools and colleges by URN, as the register of
// schools (GIAS) has them. Nil: none is known.
type Schools map[string]string

// group returns the place in placements of a school's type, by code or name.
func (s Schools) group(urn string) (int, bool) {
	i, ok := groups[s[urn]]
	return i, ok
}

// Add keeps the type of a school, by the register's code or name of it.
func (s Schools) Add(urn, kind string) { s[urn] = strings.ToLower(kind) }

// ReadSchools reads the register's file of all establishments, as GIAS gives it:
// CSV with a column URN and one of TypeOfEstablishment, by code or by name, in
// any order among others.
func ReadSchools(in io.Reader) (Schools, error) {
	r := csv.NewReader(in)
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("reading the register of schools: %w", err)
	}
	urn, kind := -1, -1
	for i, title := range head {
		switch strings.ToLower(strings.TrimPrefix(title, "\uFEFF")) {
		case "urn":
			urn = i
		case "typeofestablishment (code)":
			kind = i
		case "typeofestablishment (name)", "type":
			if kind < 0 {
				kind = i
			}
		}
	}
	if urn < 0 || kind < 0 {
		return nil, errors.New("this is not the register of schools: expected the columns URN and TypeOfEstablishment (code)")
	}
	schools := Schools{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return schools, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the register of schools: %w", err)
		}
		schools.Add(strings.Clone(row[urn]), row[kind])
	}
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
