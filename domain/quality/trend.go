package quality

import (
	"cmp"
	"slices"

	"weald/calendar"
)

// FewAudits is the least number of audits of which a rate or a mean is given: of
// fewer, one plan would move it by more than ten in a hundred, and the writer
// might be known by it. It is the local area's choice.
const FewAudits = 10

// A Result is one audit as trends count it.
type Result struct {
	On    calendar.Date // when it was signed
	Group string        // what it is sorted by: its team, its writer
	Grade Grade
	Sheet Sheet
}

// A Trend is what some audits say together.
type Trend struct {
	Name   string
	Audits int   // how many say something of it
	Sound  int   // how many of them say good: a grade of good or better, or an answer of yes
	Marks  Score // of every answer
}

// Rate returns how many in a hundred are sound; ok is false of too few.
func (t *Trend) Rate() (percent float64, ok bool) {
	if t.Audits < FewAudits {
		return 0, false
	}
	return 100 * float64(t.Sound) / float64(t.Audits), true
}

// Mean returns the mean mark in hundredths; ok is false of too few.
func (t *Trend) Mean() (hundredths int, ok bool) {
	if t.Audits < FewAudits || t.Marks.Of == 0 {
		return 0, false
	}
	return t.Marks.Mean(), true
}

func (t *Trend) add(r *Result) {
	t.Audits++
	if r.Grade.Sound() {
		t.Sound++
	}
	for _, a := range r.Sheet {
		if mark, ok := a.Mark(); ok {
			t.Marks.Sum += mark
			t.Marks.Of++
		}
	}
}

// ByGroup sorts audits by their group, the one with most first.
func ByGroup(all []Result) (trends []Trend) {
	at := map[string]int{}
	for i := range all {
		r := &all[i]
		n, ok := at[r.Group]
		if !ok {
			n = len(trends)
			at[r.Group] = n
			trends = append(trends, Trend{Name: r.Group})
		}
		trends[n].add(r)
	}
	slices.SortFunc(trends, func(a, b Trend) int {
		return cmp.Or(cmp.Compare(b.Audits, a.Audits), cmp.Compare(a.Name, b.Name))
	})
	return trends
}

// ByMonth returns the audits of so many months up to and with that of a day, the
// earliest first; months without any are there too. Its names are like 2026-11.
func ByMonth(all []Result, until calendar.Date, months int) (trends []Trend) {
	first := until.AddDays(1 - until.Day())
	for i := months - 1; i >= 0; i-- {
		trends = append(trends, Trend{Name: first.AddMonths(-i).String()[:7]})
	}
	for i := range all {
		for j := range trends {
			if trends[j].Name == all[i].On.String()[:7] {
				trends[j].add(&all[i])
			}
		}
	}
	return trends
}

// ByPart returns what audits say of each part of plans, in the order of the
// parts. A part is sound in an audit when the mean of its answers is “Yes”.
func ByPart(all []Result) (trends []Trend) {
	for _, p := range Parts {
		t := Trend{Name: p.Words}
		for i := range all {
			var s Score
			for n, a := range all[i].Sheet {
				if mark, ok := a.Mark(); ok && Questions[n-1].Part == p.Part {
					s.Sum, s.Of = s.Sum+mark, s.Of+1
				}
			}
			t.part(s)
		}
		trends = append(trends, t)
	}
	return trends
}

func (t *Trend) part(s Score) {
	if s.Of == 0 {
		return
	}
	t.Audits++
	t.Marks.Sum, t.Marks.Of = t.Marks.Sum+s.Sum, t.Marks.Of+s.Of
	if s.Mean() >= 200 {
		t.Sound++
	}
}

// ByQuestion returns what audits say of each question, in order. Those to which it
// does not apply are left out.
func ByQuestion(all []Result) (trends []Trend) {
	for i := range Questions {
		q := &Questions[i]
		t := Trend{Name: q.Words}
		for j := range all {
			if mark, ok := all[j].Sheet[q.Number].Mark(); ok {
				t.part(Score{mark, 1})
			}
		}
		trends = append(trends, t)
	}
	return trends
}
