package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// A Task is one duty still to be done for one child, as somebody's work.
type Task struct {
	*store.Line
	Duty  *store.Duty
	Rule  *law.Rule
	Days  int    // days to go; below zero, days overdue
	Place string // the setting's name
	For   string // whose work it is, when it is covered for somebody away
}

// A Work is what one person has to do.
type Work struct {
	Today    calendar.Date
	Week     calendar.Date // the last day of this week
	Soon     calendar.Date // the last day that counts as soon
	Whose    store.Person  // whose work it is
	Children int           // whom the person has
	Tasks    []Task        // by day, overdue first, to the last day that counts as soon
	Overdue  int
	Due      int // today or this week
	Later    int // after this week, and soon
	Quiet    int // children with nothing due until then
	Covering []store.Person
	People   []store.Person // who else's work can be looked at
}

// Work returns what a person has to do: all that is overdue or due soon, for
// their own children and for those of whoever they cover for. whose names the
// person; "" is the one who asks.
func (a *Casework) Work(ctx context.Context, by access.User, whose string) (*Work, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	whose = cmp.Or(whose, by.ID)
	w := &Work{}
	err := a.read(ctx, func(l *caseload) error {
		w.Today, w.Soon = l.today, l.today+soonDays
		w.Week = endOfWeek(l.today)
		if p := l.people[whose]; p != nil {
			w.Whose = *p
		} else if whose == by.ID {
			w.Whose = store.Person{ID: by.ID, Name: by.Name, Team: by.Team}
		} else {
			return ErrNotFound
		}
		names := map[uint16]string{}
		if n, ok := l.words[wordOfficer].numbers[whose]; ok {
			names[n] = ""
		}
		for _, p := range l.people {
			if p.Role == string(access.Officer) || p.Role == string(access.Manager) {
				w.People = append(w.People, *p)
			}
			if p.Cover != whose || !p.Away(l.today) {
				continue
			}
			w.Covering = append(w.Covering, *p)
			if n, ok := l.words[wordOfficer].numbers[p.ID]; ok {
				names[n] = p.Name
			}
		}
		byName := func(a, b store.Person) int {
			return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
		}
		slices.SortFunc(w.People, byName)
		slices.SortFunc(w.Covering, byName)
		hidden := l.hidden(l.viewer(by))
		for slot := range l.cells {
			c := &l.cells[slot]
			if hidden[int32(slot)] {
				continue
			}
			absent, mine := names[c.words[wordOfficer]]
			if !mine || c.words[wordOfficer] == 0 {
				continue
			}
			w.take(l, l.lines[slot], absent)
		}
		return nil
	})
	slices.SortFunc(w.Tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Duty.Due, b.Duty.Due), byNameThenID(a.Line, b.Line), strings.Compare(a.Duty.Rule, b.Duty.Rule), strings.Compare(a.Duty.Of, b.Duty.Of))
	})
	return w, err
}

// take adds what is to be done for one child.
func (w *Work) take(l *caseload, line *store.Line, absent string) {
	w.Children++
	quiet := true
	for i := range line.Duties {
		d := &line.Duties[i]
		if d.Excused || d.Due > w.Soon {
			continue
		}
		quiet = false
		task := Task{Line: line, Duty: d, Rule: casework.RuleNamed(d.Rule), Days: w.Today.DaysUntil(d.Due), For: absent}
		if s := l.settings[line.Setting]; s != nil {
			task.Place = s.Name
		}
		w.Tasks = append(w.Tasks, task)
		switch {
		case d.Due < w.Today:
			w.Overdue++
		case d.Due <= w.Week:
			w.Due++
		default:
			w.Later++
		}
	}
	if quiet {
		w.Quiet++
	}
}

// endOfWeek returns the Sunday on or after a day.
func endOfWeek(d calendar.Date) calendar.Date {
	for d.Weekday() != 0 {
		d++
	}
	return d
}
