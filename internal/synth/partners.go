package synth

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/store"
)

// The partners of every pretend area who may be signed in as: see internal/web.
// Each belongs to one of the organisations below, or is of the family of a story.
var partners = []struct {
	id, name, org string
	role          access.Role
	admin         bool
}{
	{"sue", "Sue Fielding", "o-foxley", access.Senco, true},
	{"dev", "Dev Anand", "o-foxley", access.Teacher, false},
	{"joan", "Joan Pike", "o-foxley", access.Senco, false},
	{"ravi", "Ravi Menon", "o-paediatrics", access.Clinician, true},
	{"helen", "Helen Ward", "o-icb", access.Designated, true},
	{"elin", "Elin Price", "o-psychology", access.Psychologist, true},
	{"abena", "Abena Mensah", "o-social-care", access.SocialWorker, true},
	{"hal", "Hal Sutton", "o-sendiass", access.Supporter, true},
}

// organisations are those whose people use the service in every pretend area. The
// setting of the first is found by its name.
var organisations = []store.Organisation{
	{ID: "o-foxley", Name: "Foxley Down Academy", Kind: access.Setting, Mailbox: "send@foxleydown.example.org", Body: "Foxley Down Academy"},
	{ID: "o-paediatrics", Name: "Westmarch Community Paediatrics", Kind: access.Health, Mailbox: "paediatrics@health.example.org", Body: "Community paediatrics"},
	{ID: "o-psychology", Name: "Westmarch Educational Psychology Service", Kind: access.Psychology, Body: "Educational psychology"},
	{ID: "o-social-care", Name: "Westmarch Children’s Social Care", Kind: access.SocialCare, Body: "Social care"},
	{ID: "o-icb", Name: "Westmarch Integrated Care Board", Kind: access.Commission},
	{ID: "o-sendiass", Name: "Westmarch SENDIASS", Kind: access.Advice},
}

// personaTies are those of the stories' people who may be signed in as, by name.
var personaTies = map[string]string{"Lakshmi Thapa": "lakshmi", "Kwame Boateng": "kwame", "Rosa Quested": "rosa", "Claire Marchant": "claire"}

// partnersOf returns the organisations of an area, who belongs to them, and the
// families of its stories who may sign in.
func (a *Area) partnersOf() (p app.Partners) {
	for _, o := range organisations {
		if o.Kind == access.Setting {
			at := slices.IndexFunc(a.settings, func(s store.Setting) bool { return s.Name == o.Name })
			if at < 0 {
				continue
			}
			o.Setting = a.settings[at].ID
		}
		p.Organisations = append(p.Organisations, o)
	}
	for _, one := range partners {
		if !slices.ContainsFunc(p.Organisations, func(o store.Organisation) bool { return o.ID == one.org }) {
			continue
		}
		p.People = append(p.People, store.Person{ID: one.id, Name: one.name, Email: plain(strings.ReplaceAll(one.name, " ", ".")) + "@partners.example.org"})
		p.Memberships = append(p.Memberships, store.Membership{ID: "m-" + one.id, Org: one.org, PersonID: one.id, Role: one.role, Admin: one.admin, From: a.Today.AddDays(-400)})
	}
	known := map[string]bool{}
	for _, s := range stories() {
		for _, c := range s.contacts {
			t := store.Tie{PersonID: cmp.Or(personaTies[c.Name], personID(c.Email)), Name: c.Name, Email: c.Email, Basis: "Made up for the pretend area"}
			t.From = a.Today.AddDays(-300)
			switch {
			case c.Email == "":
				continue
			case c.Relation == "young person":
				t.Kind = access.SelfTie
			case c.Relation == "advocate":
				t.Kind, t.Until = access.SupportTie, a.Today.AddDays(180)
			case c.Responsibility:
				t.Kind = access.ParentTie
			default:
				continue
			}
			if t.Kind == access.ParentTie && slices.ContainsFunc(s.contacts, func(other store.Contact) bool { return other.Relation == "young person" }) {
				t.Say = access.Agreed
			}
			if !known[t.PersonID] {
				known[t.PersonID] = true
				p.People = append(p.People, store.Person{ID: t.PersonID, Name: t.Name, Email: t.Email})
			}
			t.ID = personID("tie " + string(s.ID) + t.PersonID)
			p.Ties = append(p.Ties, app.ChildTie{Child: s.ID, Tie: t})
		}
		for _, e := range s.Example.Case.Events {
			for _, o := range p.Organisations {
				if o.Body != "" && o.Kind != access.Setting && e.Named() == o.Body {
					i := store.Involvement{ID: personID(string(s.ID) + o.ID), Org: o.ID, Kind: access.Helping, Why: "Asked for advice", From: a.Today.AddDays(-200)}
					if !slices.ContainsFunc(p.Involvements, func(other app.ChildInvolvement) bool { return other.ID == i.ID }) {
						p.Involvements = append(p.Involvements, app.ChildInvolvement{Child: s.ID, Involvement: i})
					}
				}
			}
		}
	}
	return p
}

// personID makes an ID that is the same each time an area is made.
func personID(of string) string {
	sum := sha256.Sum256([]byte("person " + of))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:16])
}
