package synth

import (
	"fmt"
	"time"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/store"
)

// A family is what brothers and sisters share.
type family struct {
	culture  int
	surname  string
	home     int // its district
	address  string
	postcode string
	contacts []store.Contact
}

var streets = []string{"Mill Lane", "Church Street", "Station Road", "Orchard Way", "The Street", "Hop Garden Close", "Windmill Rise", "Ferry Road", "Chalk Pit Lane", "Quarry Terrace", "Lambsfield", "Beacon Hill", "Willow Drive", "Harbour View", "Tanyard Row", "Queen Street", "Nightingale Avenue", "Kiln Court"}

var accessNeeds = []string{"Reads large print", "Needs an interpreter", "Prefers a telephone call to a letter", "Meetings on the ground floor", "Deaf: text or relay calls", "Easy read, please"}

// home is the district in which the family of the child in a place lives.
func (a *Area) home(i int) int {
	d := roll(a.Seed, "home", i)
	x := d.unit() * a.shares
	for j := range a.places {
		if x -= a.places[j].share; x < 0 {
			return j
		}
	}
	return 0
}

// family makes the family of the child in a place.
func (a *Area) family(i int) *family {
	d := roll(a.Seed, "family", i)
	f := &family{culture: culture(&d)}
	c := &cultures[f.culture]
	n := namesOf[c.mark]
	f.surname = n.families.pick(&d)
	if d.chance(0.02) { // two families in one name
		f.surname += "-" + namesOf[cultures[culture(&d)].mark].families.pick(&d)
	}
	f.home = a.home(i)
	at := &a.places[f.home]
	f.postcode = at.postcode(&d)
	f.address = fmt.Sprintf("%d %s, %s", d.from(1, 140), pick(&d, streets), pick(&d, at.towns))
	person := func(sex, relation string, responsible bool) store.Contact {
		surname := f.surname
		if d.chance(0.25) {
			surname = n.families.pick(&d)
		}
		name := n.forename(&d, sex) + " " + surname
		p := store.Contact{Name: name, Relation: relation, Responsibility: responsible, Email: email(name), Phone: mobile(&d), Address: f.address, Postcode: f.postcode}
		if len(c.speak) > 0 && d.chance(0.25) {
			p.Language = pick(&d, c.speak)
		}
		if d.chance(0.04) {
			p.Needs = pick(&d, accessNeeds)
		}
		return p
	}
	switch x := d.unit(); {
	case x < 0.035: // looked after
		carer := person("F", "foster carer", false)
		worker := person("F", "social worker", false)
		worker.Address, worker.Postcode, worker.Email, worker.Phone = "", "", plainEmail(worker.Name, "westmarch.example.org"), landline(&d)
		f.contacts = append(f.contacts, carer, worker)
	case x < 0.055:
		f.contacts = append(f.contacts, person("F", "grandmother", d.chance(0.8)))
	case x < 0.62:
		f.contacts = append(f.contacts, person("F", "mother", true), person("M", "father", true))
		if d.chance(0.2) { // lives elsewhere
			p := &f.contacts[1]
			p.Address, p.Postcode = fmt.Sprintf("%d %s, %s", d.from(1, 140), pick(&d, streets), pick(&d, at.towns)), at.postcode(&d)
		}
	case x < 0.95:
		f.contacts = append(f.contacts, person("F", "mother", true))
	default:
		f.contacts = append(f.contacts, person("M", "father", true))
	}
	if len(f.contacts) < 3 && d.chance(0.06) {
		p := person("F", "advocate", false)
		p.Address, p.Postcode, p.Language, p.Needs = "", "", "", ""
		f.contacts = append(f.contacts, p)
	}
	return f
}

func email(name string) string { return plainEmail(name, "example.org") }

func plainEmail(name, host string) string {
	var dotted []rune
	for _, c := range name {
		if c == ' ' {
			c = '.'
		}
		dotted = append(dotted, c)
	}
	return plain(string(dotted)) + "@" + host
}

// mobile and landline make numbers that Ofcom keeps for drama.
func mobile(d *dice) string   { return fmt.Sprintf("07700 900%03d", d.below(1000)) }
func landline(d *dice) string { return fmt.Sprintf("01632 960%03d", d.below(1000)) }

// Child makes the child in a place, from 0: always the same one. It may be
// called by several goroutines at once.
func (a *Area) Child(i int) app.Newcomer {
	s := a.slots[i]
	if s.story != 0 {
		return a.told(i)
	}
	lead := a.lead(i)
	f := a.family(lead)
	d := roll(a.Seed, "child", i)
	l := &life{a: a, d: roll(a.Seed, "life", i), slot: s, n: i, today: a.Today, home: f.home}
	l.born = a.bornFor(s, &d, lead)
	sex, forename := a.given(i, f)
	if lead != i {
		if _, other := a.given(lead, f); other == forename { // one family does not give a name twice
			forename = namesOf['e'].other(sex, other)
		}
	}
	n := app.Newcomer{Child: store.Child{
		ID: a.ids[i], Surname: f.surname, Forename: forename, Sex: sex,
		Reference: fmt.Sprintf("WM-%06d", 10_001+i), Postcode: f.postcode, District: a.places[f.home].name, Team: a.places[f.home].team,
	}, Contacts: f.contacts}
	l.place(&n, &d)
	n.Child.Need = a.needFor(s, l.group, &d)
	l.tell()
	n.Child.Born = l.born
	a.number(&n, i, &d, l)
	if age := calendar.Age(l.born, a.Today); age >= 16 && len(n.Contacts) < 3 && d.chance(0.4) { // past school age, the right is theirs
		name := n.Child.Name()
		n.Contacts = append([]store.Contact{{Name: name, Relation: "young person", Email: email(name), Phone: mobile(&d), Address: f.address, Postcode: f.postcode}}, n.Contacts...)
	}
	if s.open() {
		team := a.officers[f.home]
		if !(s.fate == asked && d.chance(0.4)) && !d.chance(0.004) { // some are not yet given to anybody
			n.Child.Officer = team[lead%len(team)]
		}
	}
	n.Entries = l.recorded(n.Child.Officer)
	n.Returned = l.returned(&n, f.culture)
	return n
}

// lead is the place of the child whose family a child's is.
func (a *Area) lead(i int) int {
	if a.slots[i].family != 0 {
		return i - 1
	}
	return i
}

// given is a child's sex and first name.
func (a *Area) given(i int, f *family) (sex, forename string) {
	d := roll(a.Seed, "name", i)
	sex = "F"
	if d.chance(a.shape.rate("boys", 0)) {
		sex = "M"
	}
	from := namesOf[cultures[f.culture].mark]
	if f.culture > 0 && d.chance(0.35) { // many families take a common English name
		from = namesOf['e']
	}
	return sex, from.forename(&d, sex)
}

// number gives a child the numbers that others know them by, for the most part.
func (a *Area) number(n *app.Newcomer, i int, d *dice, l *life) {
	if i < len(a.nhs) && d.chance(0.985) {
		n.Child.NHS = fmt.Sprint(a.nhs[i])
	}
	age := calendar.Age(l.born, a.Today)
	if age >= 4 && d.chance(0.985) {
		n.Child.UPN = upn(i, l.born.Year()+4)
	}
	if age >= 16 && d.chance(0.95) {
		n.Child.ULN = uln(i)
	}
}

// bornFor settles when a child was born, from the age that their slot gives
// them. Twins are born on one day.
func (a *Area) bornFor(s slot, d *dice, lead int) calendar.Date {
	twin := roll(a.Seed, "born", lead)
	day := twin.below(365)
	if s.family == 1 {
		day = d.below(365)
	}
	year := a.Today.Year()
	if a.Today.Month() < time.September {
		year--
	}
	switch s.fate {
	case inForce:
	case ceased, noPlan, refused, withdrawn:
		year -= int(s.years)
	}
	born := calendar.On(year-int(s.age)-1, time.September, 1).AddDays(day)
	return born
}

// needFor chooses the primary need: as new plans have it for recent children,
// and so for the others that all together are as published.
func (a *Area) needFor(s slot, group string, d *dice) string {
	weights := make([]float64, len(needs))
	for i, need := range needs {
		all, fresh := a.shape.rate("need-"+need, 0), a.shape.rate("new-need-"+need, 0)
		weights[i] = fresh
		if s.fate == inForce && s.years > 1 || s.fate == ceased {
			weights[i] = max(0, all-newShare*fresh) / (1 - newShare)
		}
		if need == "SLD" || need == "PMLD" {
			switch group {
			case "special":
				weights[i] *= 2.2
			default:
				weights[i] *= 0.2
			}
		}
	}
	if need := needs[d.weigh(weights)]; need != "none" {
		return need
	}
	return ""
}

var needs = []string{"ASD", "SEMH", "SLCN", "MLD", "SLD", "PD", "SPLD", "PMLD", "HI", "VI", "MSI", "OTH", "none"}

// newShare is about what part of plans in force were made this year or last.
const newShare = 0.21
