package synth

import (
	"math"
	"time"

	"weald/calendar"
)

// A fate is how a child's dealings with the area stand.
type fate uint8

const (
	inForce   fate = iota // has a plan
	ceased                // had a plan
	asked                 // it is to be decided whether to assess
	assessing             // is being assessed
	drafting              // has a draft plan
	refused               // was refused an assessment
	noPlan                // was assessed and refused a plan
	withdrawn             // the request was withdrawn
)

// A slot is what is settled of a child beforehand, so that the area as a whole
// has its shape.
type slot struct {
	fate   fate
	family uint8 // 0: none before; 1: brother or sister of the child before; 2: twin
	age    int8  // on 31 August before the school year; of children without a plan, at what decides their fate
	years  int8  // how many calendar years ago the plan was made, or ended, or was asked for
	story  int16 // which written story, from 1; 0: none
	rank   int32 // the place among those of the same fate and year
}

// even is a number from 0 up to and not including 1, so spread that those of one
// fate and year have, together, each part of it alike.
func (s slot) even() float64 {
	_, part := math.Modf(float64(s.rank)*(math.Sqrt(5)-1)/2 + 0.31)
	return part
}

// planChildren settles how many children of each fate, age and year there are.
func (a *Area) planChildren() {
	s := a.shape
	year := a.Today.Year()
	gone := float64(a.Today-calendar.On(year, time.January, 1)) / 365.25 // the part of this year that is over
	county := float64(a.Plans) / s.rates[key("boys", 0)].Of              // this area beside the one whose figures are published
	count := func(x float64) int { return int(math.Round(x * county)) }

	told := make([]int, 8)
	for i, t := range stories() {
		a.slots = append(a.slots, slot{fate: t.fate, story: int16(i + 1)})
		told[t.fate]++
	}
	a.planInForce(a.Plans-told[inForce], gone)

	requests, turned := s.rates[key("requests", 0)].Value, s.rates[key("refused", 0)].Value
	r := roll(a.Seed, "slots", 0)
	spread := func(f fate, years int, n int, weight func(ageRow) float64) {
		weights := make([]float64, len(s.ages))
		for i, row := range s.ages {
			weights[i] = weight(row)
		}
		for i, k := range share(n, weights) {
			for range k {
				a.slots = append(a.slots, slot{fate: f, age: int8(s.ages[i].age), years: int8(years)})
			}
		}
	}
	byRequest := func(row ageRow) float64 { return row.requests }
	byEnd := func(row ageRow) float64 { return row.ceased }
	// Plans that ended and requests that were refused stay in the record for this
	// year and the two before; a council keeps them longer, but lists them seldom.
	for years, part := range []float64{gone, 1, 1} {
		spread(ceased, years, count(part*s.rates[key("ceased", 0)].Value), byEnd)
		spread(noPlan, years, count(part*s.rates[key("assessments", 0)].Value*(1-s.rate("issued", -years/2))*1.05), byRequest)
		refusals := turned
		if years > 1 {
			refusals = s.rates[key("refused", -1)].Value
		}
		spread(refused, years, count(part*refusals*refusedFor), byRequest)
		spread(withdrawn, years, count(part*s.rates[key("withdrawn", 0)].Value), byRequest)
	}
	spread(asked, 0, count(requests*undecided)-told[asked], byRequest)
	spread(assessing, 0, count(requests*underWay), byRequest)
	spread(drafting, 0, count(requests*drafted), byRequest)

	ranks := map[[2]int]int32{}
	for i := range a.slots {
		k := [2]int{int(a.slots[i].fate), int(a.slots[i].years)}
		a.slots[i].rank = ranks[k]
		ranks[k]++
	}
	shuffle(&r, a.slots)
	a.planFamilies(&r)
}

// What is under way at once, as a part of a year's requests, and the part of
// those refused who were not assessed after all. These give the area the
// published rates; rates_test.go holds it to them.
const (
	undecided  = 0.095
	underWay   = 0.20
	drafted    = 0.06
	refusedFor = 1.0
)

// planInForce settles the ages of children with plans, and how long they have
// had them, so that both are spread as published.
func (a *Area) planInForce(n int, gone float64) {
	s := a.shape
	years := len(s.held)
	kept := make([]float64, years) // plans by the years since they were made
	var all float64
	for _, p := range s.held {
		all += p
	}
	for k := range kept {
		kept[k] = s.held[k]
	}
	// The first of the published figures is for a January: this year's plans are
	// so many as this year's part of the last whole year's assessments makes.
	kept[0] = all * thisYear * gone
	// Cells of age and years that keep both totals: each is put right in turn.
	cells := make([][]float64, len(s.ages))
	for i, row := range s.ages {
		cells[i] = make([]float64, years)
		for k := range cells[i] {
			if start := row.age - k; start >= 3 {
				cells[i][k] = s.startedAt(start) + 1
			}
		}
	}
	for range 60 {
		for i, row := range s.ages {
			scale(row.plans/all, cells[i])
		}
		for k := range years {
			var sum float64
			for i := range cells {
				sum += cells[i][k]
			}
			if sum > 0 {
				for i := range cells {
					cells[i][k] *= kept[k] / all / sum
				}
			}
		}
	}
	var flat []float64
	for i := range cells {
		flat = append(flat, cells[i]...)
	}
	for i, c := range share(n, flat) {
		for range c {
			a.slots = append(a.slots, slot{fate: inForce, age: int8(s.ages[i/years].age), years: int8(i % years)})
		}
	}
}

// thisYear is how many plans a whole year makes, at this year's pace, beside all
// plans in force: fewer than the year before, because more requests are refused.
const thisYear = 0.072

// startedAt is how many plans were made at an age.
func (s *shape) startedAt(age int) float64 {
	for _, row := range s.ages {
		if row.age == min(age, 20) {
			return row.started
		}
	}
	return 0
}

// scale makes numbers add up to a sum.
func scale(sum float64, of []float64) {
	var was float64
	for _, x := range of {
		was += x
	}
	if was > 0 {
		for i := range of {
			of[i] *= sum / was
		}
	}
}

// planFamilies marks twins, and brothers and sisters, among children who stand
// next to one another.
func (a *Area) planFamilies(r *dice) {
	for i := 1; i < len(a.slots); i++ {
		was, is := &a.slots[i-1], &a.slots[i]
		switch {
		case was.story != 0 || is.story != 0 || was.family != 0:
		case is.fate == inForce && was.fate == inForce && was.age == is.age && r.chance(0.18):
			is.family = 2
		case r.chance(0.05):
			is.family = 1
		}
	}
}
