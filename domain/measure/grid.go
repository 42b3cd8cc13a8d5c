package measure

import (
	"slices"

	"weald/calendar"
)

// Grid returns what a measure came to over each of some periods, which follow
// one another in time, in each of n groups of cases: values[period][group]. A
// case whose group is outside 0 to n-1 is left out. Every mark is looked at once,
// so five years by month and district cost little more than one month.
func (b *Book) Grid(d *Definition, periods []calendar.Period, n int, group func(place int) int) [][]Value {
	values := make([][]Value, len(periods))
	room := make([]Value, len(periods)*n)
	for i := range values {
		values[i] = room[i*n : (i+1)*n : (i+1)*n]
		for g := range values[i] {
			values[i][g].Whole = !d.Share()
		}
	}
	if len(periods) == 0 {
		return values
	}
	g := grid{periods: periods, values: values}
	var before grid // a year before, for what grows
	if d.how == growing {
		before = grid{periods: make([]calendar.Period, len(periods)), values: make([][]Value, len(periods))}
		for i, p := range periods {
			day := p.Last.AddMonths(-12)
			before.periods[i], before.values[i] = calendar.Period{First: day, Last: day}, make([]Value, n)
		}
	}
	for i := range b.columns[d.place].marks {
		m := &b.columns[d.place].marks[i]
		if m.place < 0 {
			continue
		}
		in := group(int(m.place))
		if in < 0 || in >= n {
			continue
		}
		switch d.how {
		case adding:
			if at := g.at(m.first); at >= 0 {
				v := &values[at][in]
				v.Num, v.Den = v.Num+one(m.num), v.Den+one(m.den)
			}
		case holding:
			g.hold(m, in)
		case longest:
			g.age(m, in)
		case growing:
			g.hold(m, in)
			before.hold(m, in)
		}
	}
	if d.how == growing {
		for i := range values {
			for g := range values[i] {
				values[i][g].Den = before.values[i][g].Num
				values[i][g].Num -= values[i][g].Den
			}
		}
	}
	return values
}

type grid struct {
	periods []calendar.Period
	values  [][]Value
}

// at returns the period that a day is in, or -1.
func (g *grid) at(on calendar.Date) int {
	i, _ := slices.BinarySearchFunc(g.periods, on, func(p calendar.Period, d calendar.Date) int { return int(p.Last - d) })
	if i < len(g.periods) && g.periods[i].Contains(on) {
		return i
	}
	return -1
}

// from returns the first period whose last day is not before a day.
func (g *grid) from(on calendar.Date) int {
	i, _ := slices.BinarySearchFunc(g.periods, on, func(p calendar.Period, d calendar.Date) int { return int(p.Last - d) })
	return i
}

// hold counts a state in every period on whose last day it holds.
func (g *grid) hold(m *mark, in int) {
	for i := g.from(m.first); i < len(g.periods) && m.holds(g.periods[i].Last); i++ {
		g.values[i][in].Num++
	}
}

// age notes how many weeks a state has held on the last day of every period.
func (g *grid) age(m *mark, in int) {
	for i := g.from(m.first); i < len(g.periods) && m.holds(g.periods[i].Last); i++ {
		v := &g.values[i][in]
		v.Num = max(v.Num, int(g.periods[i].Last-m.first)/7)
	}
}
