package child

import (
	"cmp"
	"slices"
	"strings"

	"weald/calendar"
)

// A way is how a thing that was typed fits.
type way uint8

const (
	noWay way = iota
	same
	partOf
	formOf
	slip
	begins
	within
	soundsLike
	dayTurned
	dayNear
	inYear
	codeNear
	ofContact
)

// A found is how well each thing that was typed fits one child.
type found struct {
	slot   int32
	weight [maxTerms]uint8
	way    [maxTerms]way
	name   [maxTerms]uint8
}

// A desk is the room that one search works in.
type desk struct {
	at     []uint32 // by slot: the place in found, if turn is the search's
	turn   []uint32
	search uint32
	found  []found
}

func (x *Index) desk() *desk {
	d, _ := x.desks.Get().(*desk)
	if d == nil {
		d = &desk{}
	}
	if len(d.at) < len(x.entries) {
		d.at, d.turn, d.search = make([]uint32, len(x.entries)+len(x.entries)/8), make([]uint32, len(x.entries)+len(x.entries)/8), 0
	}
	if d.search++; d.search == 0 { // it has gone round
		clear(d.turn)
		d.search = 1
	}
	d.found = d.found[:0]
	return d
}

func (d *desk) add(slot int32, term int, weight int, how way, name int) {
	if d.turn[slot] != d.search {
		d.turn[slot], d.at[slot] = d.search, uint32(len(d.found))
		d.found = append(d.found, found{slot: slot})
	}
	f := &d.found[d.at[slot]]
	// Of two ways that fit as well the first counts, so that the order in which
	// children were put in does not.
	if w := uint8(weight); w > f.weight[term] || w == f.weight[term] && (how < f.way[term] || how == f.way[term] && uint8(name) < f.name[term]) {
		f.weight[term], f.way[term], f.name[term] = uint8(weight), how, uint8(name)
	}
}

// Search finds the children who fit what somebody typed, best first, at most
// limit of them. It may be part of a name, two names in either order, a birth
// date, a UPN, an NHS number, a ULN, a reference, a postcode, or several of
// these. When nobody fits all of it, those who fit most of it are found.
func (x *Index) Search(query string, limit int) []Hit {
	terms := parseQuery(query)
	if len(terms) == 0 || limit <= 0 {
		return nil
	}
	d := x.desk()
	defer x.desks.Put(d)
	for i := range terms {
		x.fit(d, terms, i)
	}
	most := 0
	counts := make([]uint8, len(d.found))
	for i := range d.found {
		n := 0
		for t := range terms {
			if d.found[i].weight[t] > 0 {
				n++
			}
		}
		counts[i] = uint8(n)
		most = max(most, n)
	}
	best := make([]scored, 0, min(limit, len(d.found)))
	for i := range d.found {
		if int(counts[i]) == most {
			best = x.rank(best, scored{x.score(&d.found[i], terms), &d.found[i]}, limit)
		}
	}
	hits := make([]Hit, len(best))
	for i, s := range best {
		hits[i] = Hit{ID: x.entries[s.slot].id, Score: min(max(1, s.score/10), 100), Reason: x.reason(s.found, terms)}
	}
	return hits
}

type scored struct {
	score int // in thousandths
	*found
}

// score adds up how well a child fits. Whoever has just the names that were
// typed, and no more, comes before others whom each of them fits.
func (x *Index) score(f *found, terms []term) int {
	sum, exact, names := 0, true, 0
	for i, w := range f.weight[:len(terms)] {
		sum += int(w)
		if terms[i].kind == nameTerm {
			names++
			exact = exact && w >= weightPart
		}
	}
	score := sum * 10 / len(terms)
	if names > 1 && exact && x.entries[f.slot].named(terms) {
		score++
	}
	return score
}

// named reports whether a child has just the names that were typed, surname or
// forename first.
func (e *Entry) named(terms []term) bool {
	var b strings.Builder
	for i := range terms {
		if terms[i].kind == nameTerm {
			b.WriteString(terms[i].text)
		}
	}
	run := func(first, second string) bool {
		return b.String() == strings.ReplaceAll(Fold(first+" "+second), " ", "")
	}
	return run(e.Forename, e.Surname) || run(e.Surname, e.Forename)
}

// rank puts a child in its place among the best, of whom there are at most limit.
func (x *Index) rank(best []scored, one scored, limit int) []scored {
	full := len(best) == limit
	if full && x.before(best[limit-1], one) <= 0 {
		return best
	}
	at, _ := slices.BinarySearchFunc(best, one, x.before)
	if full {
		best = best[:limit-1]
	}
	return slices.Insert(best, at, one)
}

func (x *Index) before(a, b scored) int {
	if a.score != b.score {
		return cmp.Compare(b.score, a.score)
	}
	return x.byName(a.slot, b.slot)
}

func (x *Index) byName(a, b int32) int {
	p, q := &x.entries[a], &x.entries[b]
	if c := strings.Compare(p.Surname, q.Surname); c != 0 {
		return c
	}
	if c := strings.Compare(p.Forename, q.Forename); c != 0 {
		return c
	}
	return strings.Compare(p.id, q.id)
}

// fit finds the children whom one thing that was typed fits.
func (x *Index) fit(d *desk, terms []term, i int) {
	t := &terms[i]
	switch t.kind {
	case dateTerm:
		add := func(day calendar.Date, weight int, how way) {
			for _, slot := range x.born[day] {
				d.add(slot, i, weight, how, 0)
			}
		}
		add(t.day, weightExact, same)
		if !t.turn.IsZero() {
			add(t.turn, weightTurned, dayTurned)
		}
		if len(terms) > 1 || len(d.found) == 0 {
			for _, day := range t.typo {
				add(day, weightNear, dayNear)
			}
		}
	case yearTerm:
		x.fitCode(d, t.text, i)
		if len(terms) > 1 {
			for day, end := calendar.On(t.year, 1, 1), calendar.On(t.year, 12, 31); day <= end; day++ {
				for _, slot := range x.born[day] {
					d.add(slot, i, weightYear, inYear, 0)
				}
			}
		}
	case codeTerm:
		x.fitCode(d, t.text, i)
	case nameTerm:
		x.fitName(d, t.text, i)
		if i+1 < len(terms) && terms[i+1].kind == nameTerm {
			// O Brien, Mac Donald: two words of what was typed may be one of the name.
			if n, ok := x.numbers[clip(t.text+terms[i+1].text)]; ok {
				for _, p := range x.posts[n] {
					if p.name() != inContact {
						weight := weightPart - (weightExact-weightPart)*boolInt(!p.alone())
						d.add(p.slot(), i, weight, same, p.name())
						d.add(p.slot(), i+1, weight, same, p.name())
					}
				}
			}
		}
	}
}

func (x *Index) fitCode(d *desk, code string, i int) {
	any := false
	exact := func(slot int32) {
		any = true
		d.add(slot, i, weightExact, same, 0)
	}
	x.withCode(code, exact)
	if short := shortest(code); short != code {
		x.withCode(short, exact)
	}
	if any {
		return
	}
	slipped(code, func(near string) {
		x.withCode(near, func(slot int32) { d.add(slot, i, weightNear, codeNear, 0) })
	})
}

func (x *Index) fitName(d *desk, w string, i int) {
	add := func(n int32, weight int, how way) {
		for _, p := range x.posts[n] {
			weight, how := weight, how
			switch {
			case p.name() == inContact:
				weight, how = weight*weightContact/100, ofContact
			case how == formOf && p.name() != inForename:
				continue
			}
			if !p.alone() && how != ofContact {
				weight -= weightExact - weightPart
				if how == same {
					how = partOf
				}
			}
			d.add(p.slot(), i, weight, how, p.name())
		}
	}
	if n, ok := x.numbers[w]; ok {
		add(n, weightExact, same)
	}
	for _, form := range formsOf[w] {
		if n, ok := x.numbers[form]; ok {
			add(n, weightForm, formOf)
		}
	}
	mask, most := letters(w), forgiven(len(w))
	if len(w) > 3 {
		if s := sound(w); len(s) > 2 {
			for _, n := range x.sounds[s] {
				if len(x.texts[n]) > 3 {
					add(n, weightSounds+8*boolInt(slips(w, x.texts[n], 2) <= 2), soundsLike)
				}
			}
		}
	}
	for n, m := range x.masks {
		if apart := m ^ mask; most > 0 && bitsAtMost(apart, 2*most) {
			text := x.texts[n]
			if slips := slips(w, text, most); slips == 1 {
				weight := weightSlip
				if len(text) == len(w) && m == mask {
					weight = weightSwap
				}
				add(int32(n), weight, slip)
			} else if slips == 2 && most >= 2 && len(text) > 4 && text[0] == w[0] {
				add(int32(n), weightSlips, slip)
			}
		}
		if mask&^m == 0 && len(x.texts[n]) > len(w) {
			text := x.texts[n]
			if strings.HasPrefix(text, w) {
				add(int32(n), weightBegins+20*len(w)/len(text), begins)
			} else if len(w) > 3 && strings.Contains(text, w) {
				add(int32(n), weightWithin, within)
			}
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// bitsAtMost reports whether no more than so many bits are set; most is 2 or 4.
func bitsAtMost(m uint32, most int) bool {
	for ; most > 0 && m != 0; most-- {
		m &= m - 1
	}
	return m == 0
}
