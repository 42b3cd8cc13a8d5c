package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/casework"
	"weald/domain/child"
	"weald/domain/sen2"
	"weald/internal/store"
)

// A matcher says which child of the record each person of a return is.
type matcher struct {
	children []store.Child
	byUPN    map[string]int
	byULN    map[string]int
	byName   map[string][]int // name and birth date
	index    *child.Index
	place    map[string]int // of each ID
	taken    map[int]int    // children who are somebody of the file already, and who
}

// readChildren makes a matcher of everybody in the record.
func readChildren(ctx context.Context, tx *store.Tx) (*matcher, error) {
	m := &matcher{byUPN: map[string]int{}, byULN: map[string]int{}, byName: map[string][]int{}, index: child.NewIndex(), place: map[string]int{}, taken: map[int]int{}}
	err := tx.Children(ctx, func(c *store.Child) error {
		i := len(m.children)
		m.children = append(m.children, *c)
		m.place[string(c.ID)] = i
		if c.UPN != "" {
			m.byUPN[c.UPN] = i
		}
		if c.ULN != "" {
			m.byULN[c.ULN] = i
		}
		key := nameKey(c.Surname, c.Forename, c.Born)
		m.byName[key] = append(m.byName[key], i)
		m.index.Put(string(c.ID), entryOf(c))
		return nil
	})
	return m, err
}

func nameKey(surname, forename string, born calendar.Date) string {
	return child.Fold(surname) + "\x00" + child.Fold(forename) + "\x00" + born.String()
}

// A match is what a matcher makes of a person: a child, or several who may be.
type match struct {
	at         int   // the child's place; -1: nobody surely
	candidates []int // who may be
	because    string
}

// find says who a person is. A number is believed only with a name or birth date
// that goes with it; anything less sure is put to somebody.
func (m *matcher) find(p *sen2.Person) match {
	entry := child.Entry{Surname: p.Surname, Forename: p.Forename, Born: p.Born, UPN: p.UPN, ULN: p.ULN, Postcode: p.PostCode}
	sure := func(i int, number string) match {
		c := &m.children[i]
		named := child.Fold(c.Surname) == child.Fold(p.Surname) || child.Fold(c.Forename) == child.Fold(p.Forename)
		if c.Born == p.Born && !p.Born.IsZero() || named {
			return m.once(i, p)
		}
		return match{-1, []int{i}, "the same " + number + ", with another name and birth date"}
	}
	if i, ok := m.byUPN[p.UPN]; ok && p.UPN != "" {
		return sure(i, "UPN")
	}
	if i, ok := m.byULN[p.ULN]; ok && p.ULN != "" {
		return sure(i, "ULN")
	}
	if same := m.byName[nameKey(p.Surname, p.Forename, p.Born)]; len(same) > 0 && !p.Born.IsZero() {
		c := &m.children[same[0]]
		switch {
		case len(same) > 1:
			return match{-1, same, fmt.Sprintf("%d children of the record have this name and birth date", len(same))}
		case c.UPN != "" && p.UPN != "" && c.UPN != p.UPN:
			return match{-1, same, "the same name and birth date, with another UPN: one of the two may be a former number"}
		}
		return m.once(same[0], p)
	}
	for _, hit := range m.index.Match(entry, 3) {
		if hit.Relation == child.SameChild || hit.Relation == child.PerhapsSame {
			return match{-1, []int{m.place[hit.ID]}, hit.Reason}
		}
	}
	return match{at: -1}
}

// once gives a child to the first person of the file who is they.
func (m *matcher) once(i int, p *sen2.Person) match {
	if other, taken := m.taken[i]; taken && other != p.Number {
		return match{-1, []int{i}, fmt.Sprintf("person %d of the file is this child already", other)}
	}
	m.taken[i] = p.Number
	return match{at: i}
}

// A LoadLine is one thing that a load would do, did or could not do.
type LoadLine struct {
	Person int // the person's place in the file
	Who    string
	ID     ChildID // of the child of the record; "" for a new one
	Item   string  // of the return; "" for the person as such
	Record string  // what the record says
	File   string  // what the file says
}

// A step is what taking a person into a child of the record comes to.
type step struct {
	child   store.Child // as it is to be
	before  store.Child
	entries []store.Entry
	said    string
	kept    int // entries that the journal had
	changed []LoadLine
	against []LoadLine // what the record contradicts: nothing of it is taken
}

// near is how many days apart two events of one kind are taken for two readings
// of one.
const near = 90

// stepInto works out what a person of a return adds to a child of the record. The
// record goes first: what it says otherwise is listed and left as it is.
func (a *Returns) stepInto(ctx context.Context, tx *store.Tx, clock *casework.Clock, h *sen2.Header, p *sen2.Person, c *store.Child, closures []casework.SettingClosure) (*step, error) {
	s := &step{child: *c, before: *c}
	line := func(item, record, file string) LoadLine {
		return LoadLine{Person: p.Number, Who: c.Name(), ID: c.ID, Item: item, Record: record, File: file}
	}
	for _, f := range []struct {
		item string
		own  *string
		said string
	}{{"UPN", &s.child.UPN, p.UPN}, {"UniqueLearnerNumber", &s.child.ULN, p.ULN}, {"Sex", &s.child.Sex, p.Sex}, {"PostCode", &s.child.Postcode, p.PostCode}, {"SENtype", &s.child.Need, p.PrimaryNeed()},
		{"Surname", &s.child.Surname, p.Surname}, {"Forename", &s.child.Forename, p.Forename}} {
		switch {
		case f.said == "" || same(f.said, *f.own):
		case *f.own == "":
			s.changed = append(s.changed, line(f.item, "", f.said))
			*f.own = f.said
		default:
			s.against = append(s.against, line(f.item, *f.own, f.said))
		}
	}
	switch {
	case p.Born.IsZero() || p.Born == c.Born:
	case c.Born.IsZero():
		s.changed = append(s.changed, line("PersonBirthDate", "", p.Born.Words()))
		s.child.Born = p.Born
	default:
		s.against = append(s.against, line("PersonBirthDate", c.Born.Words(), p.Born.Words()))
	}
	entries, err := tx.Journal(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	s.kept = len(entries)
	k := casework.Case{Born: s.child.Born, Closures: closures, Events: store.Events(entries).Events(0)}
	story := sen2.Events(p, *h)
	for _, d := range story.Events {
		if len(entries) > 0 && (d.Event.Kind == casework.NotRecorded || d.Event.Kind == casework.RecordBegins) {
			continue // the record has its own past
		}
		if other, ok := nearest(k.Events, &d.Event); ok {
			if other.On != d.Event.On || !sameWord(other, &d.Event) {
				s.against = append(s.against, line(d.Item, other.Kind.Label()+", "+strings.TrimSpace(other.On.Words()+" "+other.Words()), strings.TrimSpace(d.Event.On.Words()+" "+d.Event.Words())))
			}
			continue
		}
		trial := k
		trial.Events = slices.Clone(k.Events)
		trial.Add(d.Event)
		if no := refusedNow(clock, &trial, a.today(), &d.Event); no != "" {
			s.against = append(s.against, line(d.Item, no, d.Event.Kind.Label()+", "+d.Event.On.Words()))
			continue
		}
		k = trial
		s.entries = append(s.entries, store.Entry{Entry: casework.Entry{Event: d.Event}, Provenance: d.Provenance})
		s.changed = append(s.changed, line(d.Item, "", d.Event.Kind.Label()+", "+d.Event.On.Words()))
	}
	s.said, err = sen2.Fragment(p, h.Year)
	return s, err
}

// sameWord reports whether two events say the same, as far as both say anything.
// A return has one code for schools and other settings.
func sameWord(a, b *casework.Event) bool {
	setting := func(v casework.Value) bool { return v == casework.ToSchool || v == casework.ToPost16 }
	x, y := a.Value(), b.Value()
	return x == y || x == casework.NoValue || y == casework.NoValue || a.Kind == casework.RequestReceived && setting(x) && setting(y)
}

func same(a, b string) bool {
	squeeze := func(s string) string { return strings.ToUpper(strings.ReplaceAll(s, " ", "")) }
	return squeeze(a) == squeeze(b)
}

// nearest finds the event of the same kind that is nearest in time, if one is so
// near that it may be the same. What is the same told in another way is e itself.
func nearest(events []casework.Event, e *casework.Event) (*casework.Event, bool) {
	var best *casework.Event
	apart := func(o *casework.Event) int { return max(o.On.DaysUntil(e.On), e.On.DaysUntil(o.On)) }
	for i := range events {
		o := &events[i]
		switch {
		case e.Kind == casework.PhaseTransferDue && o.Kind == e.Kind && o.Get("on") == e.Get("on"):
			return e, true // when it became known, a return does not say
		case e.Kind == casework.PlanFinalised && o.Kind == casework.PlanTransferredIn && o.Get("made") == e.On.String():
			return e, true // another authority's plan, which a return tells by its day alone
		}
		if o.Kind == e.Kind && apart(o) <= near && (best == nil || apart(o) < apart(best)) {
			best = o
		}
	}
	return best, best != nil
}

// refusedNow returns why the law refuses an event where it stands, or something
// recorded later because of it; "" if it does not.
func refusedNow(clock *casework.Clock, k *casework.Case, today calendar.Date, e *casework.Event) string {
	reading := clock.Read(k, today)
	for _, no := range reading.Refused {
		if no.Event.Kind == e.Kind && no.Event.On == e.On {
			return no.Why.Because
		}
	}
	before := slices.Clone(k.Events)
	without := slices.DeleteFunc(before, func(o casework.Event) bool { return o == *e })
	refused := len(reading.Refused)
	if other := clock.Read(&casework.Case{Born: k.Born, Closures: k.Closures, Events: without}, today); refused > len(other.Refused) {
		return "what was recorded since could not have happened after it"
	}
	return ""
}
