package synth

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
)

// A Story is a child of the pretend area whose life was written and not thrown
// with dice, to show what a demonstration needs. It is in every area.
type Story struct {
	ID      store.ChildID
	Name    string
	Words   string
	Team    string
	Example *casework.Example // what happened, and what ought to follow, on the day for which it was written

	fate             fate
	sex, need, place string
	school           string
	family           string
	contacts         []store.Contact
}

// writtenFor is the day on which the stories stand as they were written.
var writtenFor = calendar.On(2026, time.November, 23)

// Stories returns the written stories.
func Stories() []Story { return slices.Clone(stories()) }

var stories = sync.OnceValue(func() (all []Story) {
	text, err := data.ReadFile("data/stories.txt")
	if err != nil {
		panic(err)
	}
	examples, err := casework.ReadCaseFile("stories.txt", string(text))
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "= "); ok {
			sum := sha256.Sum256([]byte("story of " + name))
			all = append(all, Story{
				ID: store.ChildID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:16])), Name: name, Example: examples[len(all)],
			})
			continue
		}
		if rest, ok := strings.CutPrefix(line, "# "); ok && len(all) > 0 {
			all[len(all)-1].read(rest)
		}
	}
	for i := range all {
		all[i].fate = fateOf(all[i].Example)
	}
	return all
})

// read reads a line about a child of a story.
func (s *Story) read(line string) {
	what, words, _ := strings.Cut(line, ": ")
	switch what {
	case "story":
		s.Words = words
	case "school":
		s.school = words
	case "family":
		s.family = words
	case "child":
		f := strings.Fields(words)
		s.sex, s.need, s.Team, s.place = f[0], f[1], f[2], f[3]
	case "contact":
		f := strings.Split(words, " | ")
		f = append(f, "", "")
		s.contacts = append(s.contacts, store.Contact{Name: f[0], Relation: f[1], Responsibility: f[2] == "yes", Phone: f[3], Email: f[4], Language: f[5], Needs: f[6]})
	}
}

// fateOf says how the child of a story stands, so that it counts among those of
// its kind.
func fateOf(x *casework.Example) fate {
	reading := casework.NewClock(casework.DefaultPractice()).Read(&x.Case, x.Today)
	switch reading.State("plan") {
	case casework.InForce, casework.PlanAmending, casework.CeaseConsult, casework.KeptInDetention:
		return inForce
	}
	switch reading.State("assessment") {
	case casework.Requested:
		return asked
	case casework.RefusedAssess, casework.ClosedRefused:
		return refused
	case casework.Drafting, casework.Consulting:
		return drafting
	}
	return assessing
}

// told makes the child of a story, with its days moved to the day on which the
// area is made.
func (a *Area) told(i int) app.Newcomer {
	s := &stories()[a.slots[i].story-1]
	home := slices.IndexFunc(a.places, func(d district) bool { return d.team == s.Team })
	d := roll(0, "story "+s.Name, 0)
	l := &life{a: a, d: d, slot: a.slots[i], n: i, today: a.Today, home: home, group: s.place, school: s.school}
	forename, surname := s.Name, ""
	if at := strings.LastIndexByte(s.Name, ' '); at > 0 {
		forename, surname = s.Name[:at], s.Name[at+1:]
	}
	moved := (a.Today - writtenFor) / 7 * 7 // whole weeks, so that a working day stays one for the most part
	if !s.Example.Case.Born.IsZero() {
		l.born = s.Example.Case.Born.AddMonths(12 * (int(moved) / 365))
	}
	for _, e := range s.Example.Case.Events {
		l.events = append(l.events, later(e, moved))
	}
	n := app.Newcomer{Child: store.Child{
		ID: s.ID, Forename: forename, Surname: surname, Born: l.born, Sex: s.sex, Need: s.need,
		Reference: fmt.Sprintf("WM-%06d", a.slots[i].story), District: a.places[home].name, Team: s.Team,
	}}
	if s.sex == "?" {
		n.Child.Sex = ""
	}
	if s.need == "none" {
		n.Child.Need = ""
	}
	n.Facts = append(n.Facts, store.Fact{Name: "Story", Value: s.Words, Provenance: madeUp})
	if !l.born.IsZero() {
		key := s.family
		if key == "" {
			key = s.Name
		}
		house := roll(0, "house of "+key, 0)
		n.Child.Postcode = a.places[home].postcode(&house)
		address := fmt.Sprintf("%d %s, %s", house.from(1, 140), pick(&house, streets), pick(&house, a.places[home].towns))
		for _, c := range s.contacts {
			if c.Relation != "social worker" && c.Relation != "advocate" {
				c.Address, c.Postcode = address, n.Child.Postcode
			}
			n.Contacts = append(n.Contacts, c)
		}
		l.place(&n, &d)
		a.number(&n, i, &d, l)
		n.Child.Officer = a.officers[home][0]
	}
	n.Entries = l.recorded(n.Child.Officer)
	n.Returned = l.returned(&n, 0)
	return n
}

// later moves an event, and the days that it names, by a number of days. A move
// between phases of education is always in September.
func later(e casework.Event, days calendar.Date) casework.Event {
	moved := e
	moved.On += days
	for _, a := range e.Kind.Attributes() {
		if !a.IsDate() || e.Get(a.Name) == "" {
			continue
		}
		day, err := calendar.Parse(e.Get(a.Name))
		if err != nil {
			panic(err)
		}
		day += days
		if e.Kind == casework.PhaseTransferDue {
			year := moved.On.Year()
			if moved.On.Month() >= time.September {
				year++
			}
			day = calendar.On(year, time.September, 1)
		}
		if err := moved.Set(a.Name, day.String()); err != nil {
			panic(err)
		}
	}
	return moved
}
