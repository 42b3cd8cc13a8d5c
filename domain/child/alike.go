package child

import (
	"slices"
	"strings"
)

// Compare says what two records may be to one another: how surely, from 0 to
// 100, and why. Which of the two comes first makes no difference. Two children
// of one surname and birth date with other forenames are never taken for one:
// they may be twins.
func Compare(a, b *Entry) Hit {
	l := look(a, b)
	switch score, relation := l.judge(); relation {
	case Unrelated:
		return Hit{}
	default:
		return Hit{Score: min(score, 100), Relation: relation, Reason: strings.Join(l.words(relation), ", ")}
	}
}

// A likeness is what two records have in common.
type likeness struct {
	surname, forename int  // how near, from 0 to 100
	swapped           bool // one has as its surname what the other has as its forename
	day               way  // same, dayTurned, dayNear or noWay
	dayKnown          bool
	shared            []string // numbers that both have
	differ            []string // numbers that each has another of
	home              bool     // one postcode
	contact           bool     // a contact of one name
}

// near is how alike two names must be to pass for one.
const near = weightSlips

func look(a, b *Entry) likeness {
	l := likeness{surname: Alike(a.Surname, b.Surname, false), forename: Alike(a.Forename, b.Forename, true)}
	if l.surname < near || l.forename < near {
		if s, f := Alike(a.Surname, b.Forename, true), Alike(a.Forename, b.Surname, true); s >= near && f >= near {
			l.swapped, l.surname, l.forename = true, max(s, f), min(s, f)
		}
	}
	l.dayKnown = !a.Born.IsZero() && !b.Born.IsZero()
	switch {
	case !l.dayKnown:
	case a.Born == b.Born:
		l.day = same
	case Turned(a.Born) == b.Born:
		l.day = dayTurned
	case slices.Contains(nearDays(a.Born), b.Born):
		l.day = dayNear
	}
	for _, n := range [...]struct{ a, b, name string }{{a.UPN, b.UPN, "UPN"}, {a.NHS, b.NHS, "NHS number"}, {a.ULN, b.ULN, "ULN"}} {
		switch x, y := squeeze(n.a), squeeze(n.b); {
		case x == "" || y == "":
		case x == y:
			l.shared = append(l.shared, n.name)
		default:
			l.differ = append(l.differ, n.name)
		}
	}
	x, y := squeeze(a.Postcode), squeeze(b.Postcode)
	l.home = x != "" && x == y
	for _, p := range a.ContactNames {
		for _, q := range b.ContactNames {
			l.contact = l.contact || p != "" && Alike(p, q, true) >= weightPart
		}
	}
	return l
}

// judge weighs a likeness.
func (l *likeness) judge() (score int, r Relation) {
	named := l.surname >= near && l.forename >= near
	names := (l.surname + l.forename) / 2
	household := l.home || l.contact
	doubt := 0
	if len(l.differ) > 0 {
		doubt = 25
	}
	if l.swapped {
		names -= 4
	}
	sure := func(score int) (int, Relation) {
		if doubt > 0 || score < 85 {
			return max(1, score-doubt), PerhapsSame
		}
		return score, SameChild
	}
	switch {
	case len(l.shared) > 0 && (named || l.day == same):
		if named && l.day == same && len(l.differ) == 0 {
			return 100, SameChild
		}
		return sure(90 + len(l.shared))
	case len(l.shared) > 0:
		return 70, PerhapsSame
	case named && l.day == same:
		return sure(names)
	case named && l.day == dayTurned:
		return sure(names - 6)
	case named && l.day == dayNear:
		return sure(names - 14)
	case named && !l.dayKnown:
		return sure(names - 30)
	case named && household && l.forename >= weightForm:
		return sure(names - 35)
	case l.forename >= weightForm && !l.swapped && l.day == same && household:
		return sure(65) // a family's name may have changed
	case l.surname >= near && !l.swapped && household:
		return 75, Sibling
	case l.surname >= weightPart && !l.swapped && l.day == same:
		return 50, Sibling
	case l.home && l.contact:
		return 60, Sibling
	}
	return 0, Unrelated
}

// words says what two records have in common, and what speaks against it.
func (l *likeness) words(r Relation) (parts []string) {
	say := func(s string) { parts = append(parts, s) }
	for _, s := range l.shared {
		say("same " + s)
	}
	switch l.day {
	case same:
		say("same birth date")
	case dayTurned:
		say("birth date with day and month the other way round")
	case dayNear:
		say("birth date with one digit different")
	}
	named := l.surname >= near && l.forename >= near
	switch {
	case l.swapped:
		say("surname and forename the other way round")
	case l.surname == 100 && l.forename == 100:
		say("same name")
	case named && l.forename == weightForm && l.surname == 100:
		say("same surname, forename another form of the same name")
	case named:
		say("name nearly the same")
	case l.surname == 100:
		say("same surname")
	case l.surname >= near:
		say("surname nearly the same")
	case l.forename >= weightForm:
		say("same forename or a form of it")
	}
	if l.home {
		say("same postcode")
	}
	if l.contact {
		say("a contact of the same name")
	}
	switch {
	case r == Sibling && l.day == same:
		say("but another forename: may be a twin")
	case r == Sibling && l.surname >= near:
		say("but another forename: may be a brother or sister")
	case r == Sibling:
		say("may be a brother or sister")
	case !l.dayKnown:
		say("but a birth date is not known")
	case l.day == noWay:
		say("but another birth date")
	}
	for _, s := range l.differ {
		say("but another " + s)
	}
	return parts
}

// Match finds the children who may be the one described, or of the same family:
// first those who may be the same, best first, then brothers and sisters; at most
// limit of them.
func (x *Index) Match(e Entry, limit int) []Hit {
	d := x.desk()
	defer x.desks.Put(d)
	add := func(slot int32) { d.add(slot, 0, 1, same, 0) }
	for _, c := range e.codeNames() {
		if c.text != "" {
			x.withCode(c.text, add)
		}
	}
	if !e.Born.IsZero() {
		for _, day := range append(nearDays(e.Born), e.Born, Turned(e.Born)) {
			for _, slot := range x.born[day] {
				add(slot)
			}
		}
	}
	seen := len(d.found)
	x.namesakes(&e, add)
	var hits []Hit
	for i := range d.found {
		held := &x.entries[d.found[i].slot]
		hit := Compare(&e, &held.Entry)
		// Of all who share a name alone there are too many to be of use.
		if hit.Relation == Unrelated || i >= seen && hit.Relation == Sibling {
			continue
		}
		hit.ID = held.id
		hits = append(hits, hit)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		if (a.Relation == Sibling) != (b.Relation == Sibling) {
			return boolInt(a.Relation == Sibling) - boolInt(b.Relation == Sibling)
		}
		if a.Score != b.Score {
			return b.Score - a.Score
		}
		return x.byName(x.slots[a.ID], x.slots[b.ID])
	})
	return hits[:min(len(hits), limit)]
}

// namesakes calls f with the children who have the same surname and forename, or
// nearly.
func (x *Index) namesakes(e *Entry, f func(int32)) {
	surnames, whole := words(e.Surname)
	forenames, both := words(e.Forename)
	if len(surnames) == 0 || len(forenames) == 0 {
		return
	}
	d := x.desk()
	defer x.desks.Put(d)
	one := func(parts []string, joined string) string {
		if joined != "" {
			return joined
		}
		return parts[0]
	}
	x.fitName(d, one(surnames, whole), 0)
	x.fitName(d, one(forenames, both), 1)
	for i := range d.found {
		if found := &d.found[i]; found.weight[0] > 0 && found.weight[1] > 0 {
			f(found.slot)
		}
	}
}
