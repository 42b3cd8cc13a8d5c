package quality

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
)

// A Candidate is a plan that may be picked for an audit, and what decides
// whether it is and who may not look at it.
type Candidate struct {
	ID      string   // names the version, the same in every record: chance goes by it
	Stratum string   // the group whose share of the sample is kept
	Wrote   []string // those who wrote it: IDs and names
	Risks   []Risk
}

// Score returns what the risks of a candidate weigh together.
func (c *Candidate) Score() (sum int) {
	for _, r := range c.Risks {
		sum += r.Weight()
	}
	return sum
}

// A Risk is a reason for looking at a plan. The texts are stored.
type Risk string

// Risks.
const (
	NewWriter    Risk = "new-writer"
	GateFound    Risk = "gate-found"
	MuchFound    Risk = "much-found"
	WriterBefore Risk = "writer-before"
	ChildBefore  Risk = "child-before"
)

// MuchIs is how many findings of the program are many.
const MuchIs = 10

// Risks is every risk with its words and weight. The weights are Weald's own
// choice.
var Risks = []struct {
	Risk   Risk
	Words  string
	Why    string
	Weight int
}{
	{NewWriter, "The first plan that its writer issued", "A writer’s first plans set their habits.", 5},
	{GateFound, "The program found a gate not met", "What the law asks may be missing.", 4},
	{ChildBefore, "The last audit of this child’s plan was below good", "It should be better now.", 3},
	{WriterBefore, "The last audit of a plan by its writer was below good", "The same may be missing again.", 2},
	{MuchFound, fmt.Sprintf("The program found %d things or more", MuchIs), "Many small things often go with a large one.", 2},
}

// Words returns what a risk says.
func (r Risk) Words() string {
	for _, row := range Risks {
		if row.Risk == r {
			return row.Words
		}
	}
	return string(r)
}

// Weight returns what a risk weighs.
func (r Risk) Weight() int {
	for _, row := range Risks {
		if row.Risk == r {
			return row.Weight
		}
	}
	return 0
}

// A Way is how a sample is drawn. The texts are stored.
type Way string

// Ways.
const (
	AtRandom Way = "random"
	ByRisk   Way = "risk"
)

// Share is the part of the plans issued in a month that should be audited, and
// Seconds of how many audits one is made twice: local choices and no law.
const (
	SharePercent = 5
	Seconds      = 5
)

// LeastSample returns how many of a number of plans the local share asks for.
func LeastSample(of int) int { return (of*SharePercent + 99) / 100 }

// Draw picks at most size candidates. The same seed, way and candidates, in
// whatever order, give the same picks in the same order; and at random, a plan
// that comes or goes moves none of the others’ places in the draw.
//
// At random each stratum has its share of the sample, by largest remainder. By
// risk those with the highest score come first, and chance settles ties.
func Draw(way Way, seed string, all []Candidate, size int) []Candidate {
	order := slices.Clone(all)
	slices.SortFunc(order, func(a, b Candidate) int {
		if way == ByRisk {
			if c := cmp.Compare(b.Score(), a.Score()); c != 0 {
				return c
			}
		}
		return cmp.Or(cmp.Compare(lot(seed, a.ID), lot(seed, b.ID)), cmp.Compare(a.ID, b.ID))
	})
	size = min(max(size, 0), len(order))
	if way == ByRisk {
		return order[:size]
	}
	share := shares(order, size)
	var picked []Candidate
	for _, c := range order {
		if share[c.Stratum] > 0 {
			share[c.Stratum]--
			picked = append(picked, c)
		}
	}
	return picked
}

// shares divides a size among the strata by how many each has.
func shares(all []Candidate, size int) map[string]int {
	if size >= len(all) {
		size = len(all)
	}
	count := map[string]int{}
	for _, c := range all {
		count[c.Stratum]++
	}
	var names []string
	for s := range count {
		names = append(names, s)
	}
	share, given := map[string]int{}, 0
	left := map[string]float64{}
	for _, s := range names {
		exact := float64(count[s]) * float64(size) / float64(max(1, len(all)))
		share[s] = int(math.Floor(exact))
		left[s], given = exact-math.Floor(exact), given+share[s]
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(left[b], left[a]), cmp.Compare(a, b)) })
	for _, s := range names {
		if given < size && share[s] < count[s] {
			share[s]++
			given++
		}
	}
	return share
}

// lot is the lot that a seed gives a thing: of two, the smaller comes first.
func lot(seed, id string) uint64 {
	sum := sha256.Sum256([]byte(seed + "\x00" + id))
	return binary.BigEndian.Uint64(sum[:8])
}

// An Auditor is somebody who can be given audits.
type Auditor struct{ ID, Name string }

// Wrote reports whether an auditor is among those who wrote a plan.
func (c *Candidate) WroteIt(a Auditor) bool {
	return slices.Contains(c.Wrote, a.ID) || slices.Contains(c.Wrote, a.Name)
}

// A Task is an audit to be made, and by whom: an Auditor without an ID is nobody
// yet.
type Task struct {
	Candidate
	First  Auditor
	Second *Auditor // who looks again without sight of the first; nil: nobody does
}

// Assign gives each pick to the auditor who has least, in the order of their
// names in the list. Nobody is given a plan that they wrote; one that all of
// them wrote is nobody’s yet. One in so many is made a second time, by another:
// those are drawn by lot with the seed, so that they can be drawn again; 0 draws
// none.
func Assign(seed string, picks []Candidate, auditors []Auditor, second int) []Task {
	load := make([]int, len(auditors))
	give := func(c *Candidate, not string) Auditor {
		best := -1
		for i, a := range auditors {
			if c.WroteIt(a) || a.ID == not {
				continue
			}
			if best < 0 || load[i] < load[best] {
				best = i
			}
		}
		if best < 0 {
			return Auditor{}
		}
		load[best]++
		return auditors[best]
	}
	tasks := make([]Task, len(picks))
	for i, c := range picks {
		tasks[i] = Task{Candidate: c, First: give(&c, "")}
	}
	if second <= 0 {
		return tasks
	}
	again := make([]int, len(tasks))
	for i := range again {
		again[i] = i
	}
	slices.SortFunc(again, func(a, b int) int {
		return cmp.Compare(lot(seed+" second", tasks[a].ID), lot(seed+" second", tasks[b].ID))
	})
	for _, i := range again[:(len(tasks)+second-1)/second] {
		if t := &tasks[i]; t.First.ID != "" {
			if a := give(&t.Candidate, t.First.ID); a.ID != "" {
				t.Second = &a
			}
		}
	}
	return tasks
}
