package sen2

import "weald/calendar"

var personChecks = append([]*Check{
	{Code: "S-010", Level: OfPerson, Severity: Fault, Fields: []string{"Requests"}, Source: "The guide of 2023, page 18: one request or more", Confidence: quoted,
		Words: "The person has no request.",
		find: func(x *at) {
			if len(x.person.Requests) == 0 {
				x.finds("Requests", "The person has no request.")
			}
		}},
	{Code: "S-020", Level: OfPerson, Severity: Fault, Fields: []string{"PersonBirthDate"}, Source: "The item's use", Confidence: deduced,
		Words: "The date of birth is missing, not a day, or after the reference date.",
		find: func(x *at) {
			switch born := x.person.Born; {
			case born.IsZero():
				x.lacks("PersonBirthDate", "The date of birth is not given.")
			case born > x.census:
				x.finds("PersonBirthDate", "The date of birth, %s, is after the reference date, %s.", born.Words(), x.census.Words())
			}
		}},
	{Code: "S-021", Level: OfPerson, Severity: Fault, Milder: "it is missing", From: 2024, Fields: []string{"Sex"}, Source: "The guide from 2024: M and F only", Confidence: quoted,
		Words: "Sex is not M or F, or is missing.",
		find: func(x *at) {
			switch sex := x.person.Sex; {
			case !x.codes.sexAsked:
			case sex == "":
				x.queries("Sex", "Sex is not given.")
			case !x.codes.sex.has(sex):
				x.finds("Sex", "Sex is %s; it may be M or F.", shown(sex))
			}
		}},
	{Code: "S-022", Level: OfPerson, Severity: Query, Fields: []string{"Ethnicity"}, Source: "The main codes of the school census, quoted by others; its longer lists are not held", Confidence: deduced,
		Words: "Ethnicity is missing or not among the main codes.",
		find: func(x *at) {
			switch e := x.person.Ethnicity; {
			case e == "":
				x.finds("Ethnicity", "Ethnicity is not given.")
			case !x.codes.ethnicity.has(e):
				x.finds("Ethnicity", "%s is not among the main codes of ethnicity.", shown(e))
			}
		}},
	{Code: "S-023", Level: OfPerson, Severity: Fault, Fields: []string{"UPN", "UniqueLearnerNumber", "UPNunknown"}, Source: "The guide: where no identifier is available, record a reason", Confidence: quoted,
		Words: "There is no UPN, no ULN and no reason why.",
		find: func(x *at) {
			if p := x.person; p.UPN == "" && p.ULN == "" && p.UPNUnknown == "" {
				x.finds("UPN", "There is no UPN and no ULN, and UPNunknown does not say why.")
			}
		}},
	{Code: "S-024", Level: OfPerson, Severity: Fault, Fields: []string{"UPNunknown"}, Source: "The guide's list of reasons", Confidence: quoted,
		Words: "The reason for having no number is not one of the list.",
		find: func(x *at) {
			if why := x.person.UPNUnknown; why != "" && !x.codes.noNumber.has(why) {
				x.finds("UPNunknown", "%s is not a reason: expected %s.", shown(why), UPNReasons.list())
			}
		}},
	{Code: "S-025", Level: OfPerson, Severity: Query, Fields: []string{"UPNunknown", "UPN", "UniqueLearnerNumber"}, Source: "The wording of the reasons", Confidence: deduced,
		Words: "A reason for having no number is given although there is a UPN or ULN.",
		find: func(x *at) {
			if p := x.person; p.UPNUnknown != "" && (p.UPN != "" || p.ULN != "") {
				x.finds("UPNunknown", "UPNunknown is %s, and there is a UPN or ULN.", shown(p.UPNUnknown))
			}
		}},
	{Code: "S-026", Level: OfPerson, Severity: Query, Fields: []string{"UPNunknown", "PersonBirthDate"}, Source: "The wording of the reasons", Confidence: deduced,
		Words: "The reason for having no number does not fit: UN1 at 6 or older, UN10 with an assessment or plan, UN9 under 16.",
		find: func(x *at) {
			p := x.person
			if p.UPNUnknown == "" {
				return
			}
			age := calendar.Age(p.Born, x.census)
			switch {
			case p.UPNUnknown == "UN10":
				for i := range p.Requests {
					if p.Requests[i].Assessment != nil || p.Requests[i].Active != nil {
						x.finds("UPNunknown", "UN10 says that the request ended in no further action; an assessment or plan is recorded.")
						return
					}
				}
			case p.Born.IsZero():
			case p.UPNUnknown == "UN1" && age >= 6:
				x.finds("UPNunknown", "UN1 is for children under 6; this one was %d on census day.", age)
			case p.UPNUnknown == "UN9" && age < 16:
				x.finds("UPNunknown", "UN9 is for young people; this one was %d on census day.", age)
			}
		}},
	{Code: "S-027", Level: OfPerson, Severity: Query, Fields: []string{"UPN", "UniqueLearnerNumber", "Surname", "Forename", "PersonBirthDate"}, Source: "A reader of councils' files; the same is done for other returns", Confidence: deduced,
		Words: "Another person has the same UPN, the same ULN, or the same name and date of birth.",
		find: func(x *at) {
			p := x.person
			if p.UPN != "" {
				if before := x.upns.before([]byte(p.UPN), p.Number); before != 0 {
					x.finds("UPN", "Person %d has the same UPN.", before)
				}
			}
			if p.ULN != "" {
				if before := x.ulns.before([]byte(p.ULN), p.Number); before != 0 {
					x.finds("UniqueLearnerNumber", "Person %d has the same ULN.", before)
				}
			}
			if p.Surname != "" && p.Forename != "" && !p.Born.IsZero() {
				var room [2*longest + 8]byte
				name := append(room[:0], p.Surname...)
				name = append(append(append(name, 0), p.Forename...), 0, byte(p.Born), byte(p.Born>>8), byte(p.Born>>16))
				if before := x.people.before(name, p.Number); before != 0 {
					x.finds("Surname", "Person %d has the same name and date of birth.", before)
				}
			}
		}},
	{Code: "S-028", Level: OfPerson, Severity: Query, Fields: []string{"PostCode"}, Source: "The item's use", Confidence: deduced,
		Words: "The postcode is missing or does not look like one of the United Kingdom.",
		find: func(x *at) {
			switch code := x.person.PostCode; {
			case code == "":
				x.finds("PostCode", "The postcode is not given.")
			case !postcode(code):
				x.finds("PostCode", "%s does not look like a postcode.", shown(code))
			}
		}},
	{Code: "S-029", Level: OfPerson, Severity: Query, Fields: []string{"PersonBirthDate"}, Source: "Mastodon C's check 232", Confidence: oneWord,
		Words: "With a plan in force, the age on 31 August before the school year is outside 0 to 24.",
		find: func(x *at) {
			p := x.person
			if p.Born.IsZero() || p.Born > x.census {
				return
			}
			age := calendar.Age(p.Born, x.school)
			if p.Born <= x.school && age <= 24 {
				return
			}
			for i := range p.Requests {
				if a := p.Requests[i].Assessment; a != nil && a.Plan != nil {
					y := at{Checker: x.Checker, plan: a.Plan}
					if !y.inForce() {
						continue
					}
					if p.Born > x.school {
						x.finds("PersonBirthDate", "The person was not yet born on %s, and a plan is in force.", x.school.Words())
					} else {
						x.finds("PersonBirthDate", "The person was %d on %s, and a plan is in force.", age, x.school.Words())
					}
					return
				}
			}
		}},
	{Code: "S-079", Level: OfPerson, Severity: Query, Fields: []string{"StartDate", "CeaseDate"}, Source: "Mastodon C's check 212", Confidence: oneWord,
		Words: "Two plans from different requests are in force on one day.",
		find: func(x *at) {
			p := x.person
			if len(p.Requests) < 2 {
				return
			}
			for j := range p.Requests {
				b := planOf(&p.Requests[j])
				if b == nil {
					continue
				}
				for i := range j {
					a := planOf(&p.Requests[i])
					if a == nil || !a.CeasedOn.IsZero() && a.CeasedOn < b.Start || !b.CeasedOn.IsZero() && b.CeasedOn < a.Start {
						continue
					}
					x.nth = j + 1
					x.inside(namedPlanPart, 0, "StartDate", "This plan and that of the person's request %d are in force on one day.", i+1)
					x.nth = 0
					break
				}
			}
		}},
}, upnChecks...)

func planOf(r *Request) *NamedPlan {
	if r.Assessment == nil {
		return nil
	}
	return r.Assessment.Plan
}

// postcode reports whether a value has the shape of a postcode: an outward code
// of a letter or two, a digit, and perhaps a digit or letter; and a digit and two
// letters. Capitals and the space between make no difference.
func postcode(s string) bool {
	var shape [8]byte // A for a letter, 9 for a digit
	n := 0
	for i := range len(s) {
		c := s[i] | 0x20
		switch {
		case s[i] == ' ':
			continue
		case n == len(shape):
			return false
		case c >= 'a' && c <= 'z':
			shape[n] = 'A'
		case s[i] >= '0' && s[i] <= '9':
			shape[n] = '9'
		default:
			return false
		}
		n++
	}
	if n < 5 || string(shape[n-3:n]) != "9AA" {
		return false
	}
	switch string(shape[:n-3]) {
	case "A9", "A99", "A9A", "AA9", "AA99", "AA9A":
		return true
	}
	return s == "GIR 0AA"
}
