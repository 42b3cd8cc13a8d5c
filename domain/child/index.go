package child

import (
	"slices"
	"strings"
	"sync"

	"weald/calendar"
)

// An Index finds children by what somebody typed. It is held in memory and told
// of every change. Any number of searches may run at once, but none beside a
// change.
type Index struct {
	slots   map[string]int32
	entries []held // by slot; one that was removed has no ID
	free    []int32

	born  map[calendar.Date][]int32
	codes map[uint64]int32 // the child with a number, by a hash of it
	more  map[uint64][]int32

	// The words of names, each kept once, with the children who have it.
	numbers map[string]int32
	texts   []string
	masks   []uint32
	posts   [][]post
	sounds  map[string][]int32

	desks sync.Pool
}

type held struct {
	id string
	Entry
}

// A post says that a child has a word: in which name, and whether the name is
// that word alone.
type post uint32

const (
	inSurname = iota
	inForename
	inContact
)

func newPost(slot int32, name int, alone bool) post {
	p := post(slot)<<3 | post(name)<<1
	if alone {
		p |= 1
	}
	return p
}

func (p post) slot() int32 { return int32(p >> 3) }
func (p post) name() int   { return int(p >> 1 & 3) }
func (p post) alone() bool { return p&1 != 0 }

// NewIndex returns an index of nobody.
func NewIndex() *Index {
	return &Index{
		slots: map[string]int32{}, born: map[calendar.Date][]int32{}, codes: map[uint64]int32{}, more: map[uint64][]int32{},
		numbers: map[string]int32{}, sounds: map[string][]int32{},
	}
}

// Len returns how many children the index holds.
func (x *Index) Len() int { return len(x.slots) }

// Put takes a child into the index, in place of what it held under the ID. An
// entry that has not changed costs nothing.
func (x *Index) Put(id string, e Entry) {
	if slot, ok := x.slots[id]; ok {
		if x.entries[slot].same(&e) {
			return
		}
		x.Remove(id)
	}
	var slot int32
	if n := len(x.free); n > 0 {
		slot, x.free = x.free[n-1], x.free[:n-1]
		x.entries[slot] = held{id, e}
	} else {
		slot = int32(len(x.entries))
		x.entries = append(x.entries, held{id, e})
	}
	x.slots[id] = slot
	if !e.Born.IsZero() {
		x.born[e.Born] = append(x.born[e.Born], slot)
	}
	e.eachCode(func(code string) {
		h := hash(code)
		if _, taken := x.codes[h]; taken {
			x.more[h] = append(x.more[h], slot)
		} else {
			x.codes[h] = slot
		}
	})
	e.eachWord(func(word string, name int, alone bool) {
		n := x.number(word)
		x.posts[n] = append(x.posts[n], newPost(slot, name, alone))
	})
}

func (e *Entry) same(o *Entry) bool {
	return e.Surname == o.Surname && e.Forename == o.Forename && e.Born == o.Born && e.UPN == o.UPN && e.NHS == o.NHS && e.ULN == o.ULN &&
		e.Reference == o.Reference && e.Postcode == o.Postcode && slices.Equal(e.ContactNames, o.ContactNames)
}

// Remove takes a child out of the index.
func (x *Index) Remove(id string) {
	slot, ok := x.slots[id]
	if !ok {
		return
	}
	e := x.entries[slot].Entry
	if !e.Born.IsZero() {
		if rest := without(x.born[e.Born], slot); len(rest) > 0 {
			x.born[e.Born] = rest
		} else {
			delete(x.born, e.Born)
		}
	}
	e.eachCode(func(code string) {
		h := hash(code)
		others := x.more[h]
		if x.codes[h] != slot {
			others = without(others, slot)
		} else if len(others) > 0 {
			x.codes[h], others = others[len(others)-1], others[:len(others)-1]
		} else {
			delete(x.codes, h)
		}
		if len(others) > 0 {
			x.more[h] = others
		} else {
			delete(x.more, h)
		}
	})
	e.eachWord(func(word string, name int, alone bool) {
		if n, ok := x.numbers[word]; ok {
			x.posts[n] = without(x.posts[n], newPost(slot, name, alone))
		}
	})
	delete(x.slots, id)
	x.entries[slot] = held{}
	x.free = append(x.free, slot)
}

func without[T comparable](list []T, one T) []T {
	if i := slices.Index(list, one); i >= 0 {
		list[i] = list[len(list)-1]
		return list[:len(list)-1]
	}
	return list
}

func (x *Index) number(word string) int32 {
	n, ok := x.numbers[word]
	if !ok {
		n = int32(len(x.texts))
		x.numbers[word] = n
		x.texts, x.masks, x.posts = append(x.texts, word), append(x.masks, letters(word)), append(x.posts, nil)
		if s := sound(word); len(s) > 2 {
			x.sounds[s] = append(x.sounds[s], n)
		}
	}
	return n
}

// eachWord calls f with every word of the names by which a child is found.
func (e *Entry) eachWord(f func(word string, name int, alone bool)) {
	each := func(name string, in int) {
		parts, joined := words(name)
		for i, p := range parts {
			if !slices.Contains(parts[:i], p) {
				f(p, in, len(parts) == 1)
			}
		}
		if joined != "" {
			f(joined, in, true)
		}
	}
	each(e.Surname, inSurname)
	each(e.Forename, inForename)
	for _, c := range e.ContactNames {
		each(c, inContact)
	}
}

// eachCode calls f with every number by which a child is found.
func (e *Entry) eachCode(f func(string)) {
	var seen [8]string
	n := 0
	once := func(s string) {
		if s != "" && !slices.Contains(seen[:n], s) {
			seen[n] = s
			n++
			f(s)
		}
	}
	for _, code := range [...]string{e.UPN, e.NHS, e.ULN, e.Postcode} {
		once(squeeze(code))
	}
	ref := squeeze(strings.ReplaceAll(e.Reference, "/", ""))
	once(shortest(ref))
	once(tail(ref))
}

// shortest writes a reference without the zeros that fill it up: WM-00123 is WM123.
func shortest(ref string) string {
	at := strings.IndexAny(ref, "0123456789")
	if at < 0 {
		return ref
	}
	return ref[:at] + strings.TrimLeft(ref[at:], "0")
}

// tail returns the digits that a reference ends with, without the zeros in front.
func tail(ref string) string {
	at := len(ref)
	for at > 0 && ref[at-1] >= '0' && ref[at-1] <= '9' {
		at--
	}
	return strings.TrimLeft(ref[at:], "0")
}

func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// withCode calls f with every child who has a number.
func (x *Index) withCode(code string, f func(slot int32)) {
	h := hash(code)
	if slot, ok := x.codes[h]; ok {
		f(slot)
		for _, slot := range x.more[h] {
			f(slot)
		}
	}
}

// How well one thing that was typed fits a child, in hundredths.
const (
	weightExact   = 100
	weightPart    = 97 // one word of a name of several
	weightForm    = 88 // Liz for Elizabeth
	weightSwap    = 84 // two letters changed places
	weightSlip    = 82
	weightBegins  = 74 // and more, the more of the name was typed
	weightSlips   = 70
	weightTurned  = 70 // a birth date with its day and month the other way round
	weightNear    = 50 // a birth date or a number with a digit wrong
	weightWithin  = 60
	weightSounds  = 62
	weightYear    = 85
	weightContact = 70 // the most that a contact's name counts
)
