package synth

import (
	"strings"
	"time"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/store"
)

// placementWords say what the statutory return's words for being educated
// elsewhere mean.
var placementWords = map[string]string{
	"elective_home_education": "Elective home education", "other_arrangements_la": "Arranged by the local authority other than at school (section 61)",
	"other_arrangements_parents": "Arranged by the parents or young person (section 42(5))", "other_schools": "Other school", "other_placement_settings": "Other placement",
	"neet": "Not in education, employment or training, aged 16 to 25", "neet_other": "Not in education or training: other", "neet_other_csa": "Not in education or training, of compulsory school age",
	"placement_unknown": "Not recorded",
}

// place gives a child a setting, or says where they are instead.
func (l *life) place(n *app.Newcomer, d *dice) {
	age := l.a.schoolAge(l.born)
	if l.fate == ceased {
		age = int(l.age)
	}
	if l.group == "" {
		l.group = l.a.groupFor(l.fate, age, d)
	}
	item := l.a.shape.itemOf(l.group, age, d)
	l.item = item
	kind := kindOfSetting("")
	phase := "primary-"
	if age >= 11 {
		phase = "secondary-"
	}
	switch {
	case l.group == "mainstream" && item == "mainstream_independent":
		kind = "independent"
	case l.group == "mainstream":
		kind = kindOfSetting(phase + "academy")
		if strings.Contains(item, "la_maintained") && (age < 11 || d.chance(0.4)) {
			kind = kindOfSetting(phase + "maintained")
		}
	case item == "special_la_maintained":
		kind = "special-maintained"
	case item == "special_academy_free":
		kind = "special-academy"
	case item == "special_independent":
		kind = "special-independent"
	case item == "special_non_maintained":
		kind = "special-non-maintained"
	case item == "general_fe_tertiary_colleges":
		kind = "college"
	case l.group == "further":
		kind = "specialist-college"
	case l.group == "ap":
		kind = "alternative"
	case l.group == "early":
		kind = "early"
	}
	fact := func(name, value string) {
		n.Facts = append(n.Facts, store.Fact{Name: name, Value: value, Provenance: madeUp})
	}
	if kind != "" {
		at := l.a.settingIn(d, kind, l.home)
		if l.school != "" {
			at = l.a.settingNamed(l.school)
		}
		n.Child.Setting, l.school = at.ID, at.Name
		switch {
		case strings.HasSuffix(item, "senunit"):
			fact("Place", "In a SEN unit")
		case strings.HasSuffix(item, "resourced_provision"):
			fact("Place", "In resourced provision")
		}
		if l.fate == inForce && l.group == "special" && d.chance(0.015) {
			fact("Residential", "Residential, the shorter band of weeks")
		}
	} else {
		fact("Place", placementWords[item])
	}
	if l.fate == inForce && d.chance(0.003) {
		fact("Personal budget", "Yes")
	}
}

const madeUp = "made up for the pretend area"

// schoolAge is an age on 31 August before the school year that today is in.
func (a *Area) schoolAge(born calendar.Date) int {
	year := a.Today.Year()
	if a.Today.Month() < time.September {
		year--
	}
	return calendar.Age(born, calendar.On(year, time.August, 31))
}

// groupFor chooses the sort of place: of children with plans, as published for
// their age.
func (a *Area) groupFor(f fate, age int, d *dice) string {
	if f == inForce || f == ceased {
		row := a.shape.ages[min(max(age-2, 0), len(a.shape.ages)-1)]
		rest := max(0, row.plans-row.mainstream-row.special-row.further-row.elsewhere)
		switch d.weigh([]float64{row.mainstream, row.special, row.further, row.elsewhere, rest + 0.001}) {
		case 0:
			return "mainstream"
		case 1:
			return "special"
		case 2:
			return "further"
		case 3:
			return "elsewhere"
		}
		switch {
		case age <= 4:
			return "early"
		case d.chance(0.06):
			return "ap"
		}
		return "unknown"
	}
	switch {
	case age <= 3:
		return "early"
	case age >= 16:
		return "further"
	case d.chance(0.04):
		return "elsewhere"
	}
	return "mainstream"
}

// itemOf chooses among the places of a sort. Whoever is of school age cannot be
// out of education, employment and training in the return's sense, which is of
// the young; and the other way about.
func (s *shape) itemOf(group string, age int, d *dice) string {
	var items []string
	var weights []float64
	for _, p := range s.placements {
		young := p.item == "neet" || p.item == "neet_other"
		if p.group == group && !(young && age < 16) && !(p.item == "neet_other_csa" && age >= 16) {
			items, weights = append(items, p.item), append(weights, p.plans)
		}
	}
	return items[d.weigh(weights)]
}
