package synth

import (
	"strings"
	"time"

	"weald/calendar"
	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/store"
)

// ethnicities are what a family's names suggest, in the return's codes. They are
// not in the proportions of any published figure.
var ethnicities = map[byte][]string{
	'e': {"WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "WBRI", "MWBC", "MWBA", "MWAS", "MOTH", "WROM", "NOBT"},
	'w': {"WBRI"}, 's': {"AIND", "AIND", "AOTH"}, 'm': {"ABAN", "APKN", "AOTH", "BAFR"}, 'a': {"BAFR", "BAFR", "BCRB", "BOTH"}, 'p': {"WOTH"},
	'c': {"CHNE"}, 'k': {"OOTH"}, 'r': {"WOTH", "OOTH"}, 'v': {"AOTH", "REFU"},
}

// settingTypes are the return's codes for being educated elsewhere than at a
// place with a number.
var settingTypes = map[string]string{
	"elective_home_education": "EHE", "other_arrangements_la": "OLA", "other_arrangements_parents": "OPA", "other_schools": "OTH", "other_placement_settings": "OTH",
	"neet": "NEET", "neet_other": "NIEO", "neet_other_csa": "NIEO",
}

// returned is what a return would ask of the child and no event holds: where
// they are and since when, their needs in order, and so on.
func (l *life) returned(n *app.Newcomer, culture int) store.Returned {
	d := roll(l.a.Seed, "returned", l.n)
	p := &sen2.Person{Ethnicity: pick(&d, ethnicities[cultures[culture].mark])}
	if n.Child.UPN == "" && n.Child.ULN == "" {
		p.UPNUnknown = "UN8"
		if calendar.Age(l.born, l.today) < 6 {
			p.UPNUnknown = "UN1"
		}
	}
	if l.fate == inForce || l.fate == ceased || l.fate == drafting {
		at := sen2.Place{Rank: "1"}
		known := true
		switch code := settingTypes[l.item]; {
		case n.Child.Setting != "":
			at.URN, at.Unit, at.Resourced = l.a.settingNamed(l.school).URN, "0", "0"
			if strings.HasSuffix(l.item, "senunit") {
				at.Unit = "1"
			} else if strings.HasSuffix(l.item, "resourced_provision") {
				at.Resourced = "1"
			}
		case code != "":
			at.Setting = code
			if code == "OTH" || code == "NIEO" {
				at.Other = placementWords[l.item]
			}
		default:
			known = false // the plan names no setting that is known
		}
		plan := &sen2.NamedPlan{PB: "0", OA: "0"}
		active := &sen2.ActivePlan{}
		if n.Child.Need != "" && n.Child.Need != "none" {
			active.Needs = []sen2.Need{{Type: n.Child.Need, Rank: "1"}}
		}
		placed := sen2.Placement{Place: at, Entry: l.entered(&d)}
		for _, f := range n.Facts {
			switch f.Name {
			case "Residential":
				plan.Res, placed.Res = "A", "A"
			case "Personal budget":
				plan.PB = "1"
			}
		}
		if known {
			plan.Details = []sen2.PlanDetail{{Place: at}}
			if before, moved := l.before(&d, placed.Entry); moved {
				active.Placements = append(active.Placements, before)
			}
			active.Placements = append(active.Placements, placed)
		}
		if second := pick(&d, needs); len(active.Needs) == 1 && d.chance(0.4) && second != "none" && second != n.Child.Need {
			active.Needs = append(active.Needs, sen2.Need{Type: second, Rank: "2"})
		}
		p.Requests = []sen2.Request{{Assessment: &sen2.Assessment{Plan: plan}, Active: active}}
	}
	text, err := sen2.Fragment(p, l.today.Year())
	if err != nil {
		panic("synth: " + err.Error())
	}
	return store.Returned{Person: text}
}

// entered is the September in which the child came to where they are: at the
// start of a phase of education, or some years later.
func (l *life) entered(d *dice) calendar.Date {
	began, this := l.phaseBegan(l.a.schoolAge(l.born)), l.thisSeptember()
	if later := this - 1 - began; later > 0 {
		began += d.below(min(later, 3) + 1)
	}
	return l.september(min(began, this))
}

// phaseBegan is the year in which somebody of an age began their phase.
func (l *life) phaseBegan(age int) int {
	began := l.born.Year() + 4
	if l.born.Month() >= time.September {
		began++
	}
	switch {
	case age >= 16:
		return began + 12
	case age >= 11:
		return began + 7
	case age < 4:
		return began - 1
	}
	return began
}

func (l *life) thisSeptember() int {
	if l.today.Month() < time.September {
		return l.today.Year() - 1
	}
	return l.today.Year()
}

func (l *life) september(year int) calendar.Date {
	return l.by(calendar.On(year, time.September, 6))
}

// before is where somebody was who moved between phases this September.
func (l *life) before(d *dice, entered calendar.Date) (sen2.Placement, bool) {
	kind := kindOfSetting("primary-academy")
	switch age := l.a.schoolAge(l.born); {
	case entered < l.september(l.thisSeptember()) || age < 11:
		return sen2.Placement{}, false
	case age >= 16:
		kind = "secondary-academy"
	}
	at := l.a.settingIn(d, kind, l.home)
	return sen2.Placement{
		Place: sen2.Place{URN: at.URN, Rank: "1", Unit: "0", Resourced: "0"},
		Entry: l.september(l.phaseBegan(l.a.schoolAge(l.born) - 1)), Leaving: l.by(calendar.On(l.thisSeptember(), time.July, 22)),
	}, true
}
