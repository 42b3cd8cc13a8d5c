package app

import (
	"slices"
	"strings"
	"sync"

	"weald/domain/casework"
	"weald/domain/sen2"
)

// A Tally counts children, and the overdue duties among them.
type Tally struct {
	Children int
	Overdue  int
	Breaches int // overdue duties that are set by law
}

// A tallies is what a filter picks and what each other choice would. It is
// counted once over every child, and from then on child by child as they change.
type tallies struct {
	test  test
	total Tally
	bands [nBands]Tally
	by    [nWords][]int

	stages, officers, teams, districts, needs []Option // made of by, when they are first asked for
	made                                      bool
}

// count counts a child in, or with -1 out.
func (t *tallies) count(slot int32, c *cell, one int) {
	n, which := t.test.misses(slot, c)
	switch {
	case n == 0:
		t.total.count(c, one)
		t.bands[c.band].count(c, one)
		for w := range t.by {
			t.by[w][c.words[w]] += one
		}
	case n > 1:
	case which == nWords:
		t.bands[c.band].count(c, one)
	default:
		t.by[which][c.words[which]] += one
	}
}

// change counts a child out as it was and in as it is.
func (t *tallies) change(l *caseload, slot int32, was, is *cell) {
	for w := range t.by {
		for len(t.by[w]) < len(l.words[w].words) {
			t.by[w] = append(t.by[w], 0)
		}
	}
	if was != nil {
		t.count(slot, was, -1)
	}
	t.count(slot, is, 1)
	t.made = false
}

// A tallied keeps tallies.
type tallied struct {
	lock sync.Mutex
	kept map[CaseFilter]*tallies
}

// maxTallied bounds the tallies kept.
const maxTallied = 256

// forget drops every tally: so much has changed that counting anew is cheaper.
func (t *tallied) forget() { t.kept = nil }

// change tells every tally that a child has changed.
func (t *tallied) change(l *caseload, slot int32, was, is *cell) {
	for _, one := range t.kept {
		one.change(l, slot, was, is)
	}
}

// counts returns what a filter picks and what each other choice would.
func (l *caseload) counts(f CaseFilter, found []hit) *tallies {
	l.tallied.lock.Lock()
	defer l.tallied.lock.Unlock()
	t := l.tallied.kept[f]
	if t == nil {
		t = &tallies{test: l.test(&f, found)}
		for w := range t.by {
			t.by[w] = make([]int, len(l.words[w].words))
		}
		for slot := range l.cells {
			t.count(int32(slot), &l.cells[slot], 1)
		}
		if f.Search == "" && !t.test.none { // who is found, and what there is, changes
			if l.tallied.kept == nil || len(l.tallied.kept) >= maxTallied {
				l.tallied.kept = map[CaseFilter]*tallies{}
			}
			l.tallied.kept[f] = t
		}
	}
	if !t.made {
		t.options(l)
	}
	copied := *t // what is kept goes on changing
	return &copied
}

// options makes the options of the filters from the counts.
func (t *tallies) options(l *caseload) {
	options := func(w int, label func(string) string) (all []Option) {
		for n, count := range t.by[w] {
			if word := l.words[w].words[n]; count > 0 && n > 0 {
				all = append(all, Option{word, label(word), count})
			}
		}
		slices.SortFunc(all, func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
		if len(t.by[w]) > 0 && t.by[w][0] > 0 {
			all = append(all, Option{Absent, "", t.by[w][0]})
		}
		return all
	}
	same := func(s string) string { return s }
	t.teams, t.districts = options(wordTeam, same), options(wordDistrict, same)
	t.needs = options(wordNeed, sen2.NeedTypes.Meaning)
	t.officers = options(wordOfficer, func(id string) string {
		if p := l.people[id]; p != nil {
			return p.Name
		}
		return id
	})
	t.stages = options(wordStage, func(s string) string { return casework.Stage(s).Label() })
	slices.SortStableFunc(t.stages, func(a, b Option) int {
		return slices.Index(casework.Stages, casework.Stage(a.Value)) - slices.Index(casework.Stages, casework.Stage(b.Value))
	})
	t.made = true
}

func (t *Tally) count(c *cell, one int) {
	t.Children += one
	t.Overdue += one * int(c.overdue)
	t.Breaches += one * int(c.breaches)
}

func (t *Tally) add(c *cell) {
	t.Children++
	t.Overdue += int(c.overdue)
	t.Breaches += int(c.breaches)
}
