package synth

import (
	"fmt"
	"strings"

	"weald/domain/access"
	"weald/internal/store"
)

// Caseload is about how many children an EHC coordinator has.
const caseload = 200

// The people of every pretend area, who may sign in: see internal/web.
var always = []store.Person{
	{ID: "amina", Name: "Amina Yusuf", Role: string(access.Officer), Team: "East"},
	{ID: "tom", Name: "Tom Okafor", Role: string(access.Manager)},
	{ID: "priya", Name: "Priya Shah", Role: string(access.DataTeam)},
	{ID: "jane", Name: "Jane Reid", Role: string(access.Inspector)},
}

// makePeople makes a manager for each district's team, and as many EHC
// coordinators as its children need. One in thirty is away, and somebody of the
// same team has their work.
func (a *Area) makePeople() {
	r := roll(a.Seed, "people", 0)
	a.people = append(a.people, always...)
	taken := map[string]bool{}
	for _, p := range always {
		taken[p.Name] = true
	}
	open := make([]int, len(a.places))
	for i, s := range a.slots {
		if s.open() {
			open[a.home(a.lead(i))]++
		}
	}
	invent := func(id string, role access.Role, team string) store.Person {
		for {
			n := namesOf[cultures[culture(&r)].mark]
			sex := "F"
			if r.chance(0.2) {
				sex = "M"
			}
			if name := n.forename(&r, sex) + " " + n.families.pick(&r); !taken[name] {
				taken[name] = true
				return store.Person{ID: id, Name: name, Role: string(role), Team: team}
			}
		}
	}
	a.officers = make([][]string, len(a.places))
	for i, at := range a.places {
		a.people = append(a.people, invent("m-"+slug(at.team), access.Manager, at.team))
		n := max(1, (open[i]+caseload/2)/caseload)
		if at.team == "East" {
			a.officers[i] = append(a.officers[i], "amina")
		}
		for len(a.officers[i]) < n {
			id := fmt.Sprintf("o-%s-%d", slug(at.team), len(a.officers[i])+1)
			p := invent(id, access.Officer, at.team)
			if cover := len(a.officers[i]) - 1; cover >= 0 && r.chance(1.0/30) {
				p.AwayFrom = a.Today.AddDays(-r.from(1, 60))
				p.AwayTo = a.Today.AddDays(r.from(5, 120))
				p.Cover = a.officers[i][cover]
			}
			a.people = append(a.people, p)
			a.officers[i] = append(a.officers[i], id)
		}
	}
	for i := range a.people {
		p := &a.people[i]
		p.Email = plain(strings.ReplaceAll(p.Name, " ", ".")) + "@westmarch.example.org"
		p.Phone = fmt.Sprintf("01632 960%03d", i%1000)
	}
	a.nameOf = map[string]string{}
	for i := range a.people {
		a.nameOf[a.people[i].ID] = a.people[i].Name
	}
}

// open reports whether something is owed, or may be, so that somebody has the
// case.
func (s slot) open() bool {
	switch s.fate {
	case inForce, asked, assessing, drafting:
		return true
	}
	return false
}
