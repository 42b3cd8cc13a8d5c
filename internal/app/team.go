package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// A Load is how much one person has.
type Load struct {
	store.Person
	Away      bool
	CoverName string
	Tally
	Bands     [nBands]int // children by when their next duty falls due
	Assessing int         // children on the way from a request to a plan
}

// Caseloads is the load of each person of a team, or of everybody.
type Caseloads struct {
	Today calendar.Date
	Name  string // "" is everybody
	Teams []string
	Loads []Load // by team, then name; the last may be of children whom nobody has
	Total Tally
}

// Team returns what each person of a team has; "" is everybody.
func (a *Casework) Team(ctx context.Context, by access.User, name string) (*Caseloads, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	t := &Caseloads{Name: name}
	err := a.read(ctx, func(l *caseload) error {
		t.Today, t.Teams = l.today, l.teams
		loads := make([]Load, len(l.words[wordOfficer].words))
		var only uint16
		if name != "" {
			only = l.words[wordTeam].numbers[name]
		}
		for slot := range l.cells {
			c := &l.cells[slot]
			load := &loads[c.words[wordOfficer]]
			if c.words[wordOfficer] == 0 && name != "" && c.words[wordTeam] != only {
				continue // nobody has the child, and it is another team's
			}
			load.Tally.add(c)
			load.Bands[c.band]++
			switch l.lines[slot].Stage {
			case casework.RequestStage, casework.AssessmentStage, casework.DraftStage:
				load.Assessing++
			}
		}
		for id, p := range l.people {
			n, has := l.words[wordOfficer].numbers[id]
			if p.Role != string(access.Officer) && !has || name != "" && p.Team != name {
				continue
			}
			load := Load{}
			if has {
				load = loads[n]
			}
			load.Person, load.Away = *p, p.Away(l.today)
			if cover := l.people[p.Cover]; cover != nil {
				load.CoverName = cover.Name
			}
			t.Loads = append(t.Loads, load)
		}
		if len(loads) > 0 && loads[0].Children > 0 {
			t.Loads = append(t.Loads, loads[0])
		}
		return nil
	})
	slices.SortFunc(t.Loads, func(a, b Load) int {
		if (a.ID == "") != (b.ID == "") {
			return cmp.Compare(b.ID, a.ID) // nobody comes last
		}
		return cmp.Or(strings.Compare(a.Team, b.Team), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	for _, one := range t.Loads {
		t.Total.Children += one.Children
		t.Total.Overdue += one.Overdue
		t.Total.Breaches += one.Breaches
	}
	return t, err
}

// Person returns somebody who works in the local area.
func (a *Casework) Person(ctx context.Context, by access.User, id string) (p store.Person, people []store.Person, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return p, nil, err
	}
	err = a.read(ctx, func(l *caseload) error {
		for _, one := range l.people {
			if one.ID == id {
				p = *one
			} else if one.Role == string(access.Officer) {
				people = append(people, *one)
			}
		}
		if p.ID == "" && id != Absent {
			return ErrNotFound
		}
		return nil
	})
	slices.SortFunc(people, func(a, b store.Person) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return p, people, err
}

// Holding returns the cases that a person has, what is due first and at most so
// many of them, and how many there are. [Absent] is nobody.
func (a *Casework) Holding(ctx context.Context, by access.User, person string, most int) (rows []CaseRow, all int, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, 0, err
	}
	err = a.read(ctx, func(l *caseload) error {
		f := CaseFilter{Officer: person, Viewer: l.viewer(by)}
		all = l.counts(f, nil).total.Children
		rows, _ = l.page(f, nil, SortDue, "", most)
		return nil
	})
	return rows, all, err
}

// A Handover gives children from one person to another.
type Handover struct {
	From     string // who has them; [Absent]: nobody
	To       string // who is to have them
	Children []ChildID
	Reason   string
}

// HandOver gives children to another person, whose team then has them too. Those
// whom somebody else has by now are left as they are. It returns how many were
// given.
func (a *Casework) HandOver(ctx context.Context, by access.User, h Handover) (given int, err error) {
	if err := may(by, access.TeamManage); err != nil {
		return 0, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		to := personNamed(people, h.To)
		if to == nil {
			return &law.Refusal{Because: "Choose somebody who works in this local area."}
		}
		from, was := "nobody", ""
		if p := personNamed(people, h.From); p != nil {
			from, was = p.Name, p.ID
		}
		for _, id := range h.Children {
			child, err := tx.Child(ctx, id)
			if err != nil {
				return err
			}
			if child.Officer != was {
				continue
			}
			child.Officer = to.ID
			if to.Team != "" {
				child.Team = to.Team
			}
			if err := tx.SetChild(ctx, child); err != nil {
				return err
			}
			if err := tx.Audit(ctx, "gave the case to "+to.Name, string(id), fmt.Sprintf("from %s: %s", from, h.Reason)); err != nil {
				return err
			}
			given++
		}
		return tx.Audit(ctx, "handed over cases", to.ID, fmt.Sprintf("%d from %s to %s: %s", given, from, to.Name, h.Reason))
	})
	return given, err
}

func personNamed(people []store.Person, id string) *store.Person {
	if i := slices.IndexFunc(people, func(p store.Person) bool { return p.ID == id }); i >= 0 {
		return &people[i]
	}
	return nil
}

// SetAway says when somebody is away and who has their work meanwhile. A zero
// from ends an absence.
func (a *Casework) SetAway(ctx context.Context, by access.User, id string, from, to calendar.Date, cover string) error {
	if err := may(by, access.TeamManage); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		p := personNamed(people, id)
		if p == nil {
			return ErrNotFound
		}
		p.AwayFrom, p.AwayTo, p.Cover = from, to, cover
		words := "is not away"
		if !from.IsZero() {
			c := personNamed(people, cover)
			switch {
			case c == nil || c.ID == id:
				return &law.Refusal{Because: "Choose somebody else to cover."}
			case c.Away(from) && c.Cover == id:
				return &law.Refusal{Because: c.Name + " is covered by " + p.Name + " at that time: each would cover the other."}
			}
			words = "is away from " + from.Words()
			if !to.IsZero() {
				words += " to " + to.Words()
			}
			words += ", covered by " + c.Name
		}
		if err := tx.SetPerson(ctx, p); err != nil {
			return err
		}
		return tx.Audit(ctx, "set an absence", id, p.Name+" "+words)
	})
}
