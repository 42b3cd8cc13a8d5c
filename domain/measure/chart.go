package measure

import (
	"math"

	"weald/calendar"
)

// A Point is one period of a measure in time.
type Point struct {
	Period calendar.Period
	Value  Value
	Signal Signal // what it says beside the points before it
}

// A Signal is why a point is more than the ordinary ups and downs.
type Signal string

// Signals. The rules are the four usual for such a chart; which of them an area
// uses is its own choice.
const (
	NoSignal Signal = ""
	Outside  Signal = "outside" // beyond three sigma
	Shift    Signal = "shift"   // one of eight or more in a row on one side of the mean
	Trend    Signal = "trend"   // one of six or more in a row, each above or each below the last
	NearEdge Signal = "edge"    // one of two in three beyond two sigma, on the same side
)

// Words says what the signal means.
func (s Signal) Words() string {
	switch s {
	case Outside:
		return "outside the limits: a month like this is hardly chance"
	case Shift:
		return "eight or more in a row on one side of the mean: the level has moved"
	case Trend:
		return "six or more in a row going one way: a steady drift"
	case NearEdge:
		return "two of three near the same limit: an early sign of a change"
	default:
		return "within the ordinary ups and downs"
	}
}

// A Stretch is a run of points with limits of their own: a new one begins where
// somebody has said, with a reason, that the process was changed.
type Stretch struct {
	From, To           int // points: From included, To not
	Mean, Upper, Lower float64
	Enough             bool // there were points enough to say limits
}

// fewest is the number of points below which limits would mislead.
const fewest = 8

// A Chart is a measure over time with limits that part signal from noise: an XmR
// chart. The limits are the mean and, either side, 2.66 times the mean distance
// between neighbours, which is three sigma for single values.
type Chart struct {
	Points    []Point
	Stretches []Stretch
}

// Draw works out a chart from points in time. Rebased are the points, by place,
// from which limits are counted anew. Points with nothing to count are shown and
// left out of the sums; a share never has a limit beyond 0 or 100, nor a count
// below 0.
func Draw(points []Point, share bool, rebased ...int) Chart {
	c := Chart{Points: points}
	from := 0
	for _, to := range append(rebased, len(points)) {
		if to <= from || to > len(points) {
			continue
		}
		c.Stretches = append(c.Stretches, stretch(points, from, to, share))
		from = to
	}
	for i := range c.Stretches {
		c.signals(&c.Stretches[i])
	}
	return c
}

func stretch(points []Point, from, to int, share bool) Stretch {
	s := Stretch{From: from, To: to}
	sum, n, moved, last := 0.0, 0, 0.0, math.NaN()
	for _, p := range points[from:to] {
		if !p.Value.Known() {
			continue
		}
		f := p.Value.Figure()
		if !math.IsNaN(last) {
			moved += math.Abs(f - last)
		}
		sum, n, last = sum+f, n+1, f
	}
	if n == 0 {
		return s
	}
	s.Mean = sum / float64(n)
	if n < fewest {
		return s
	}
	s.Enough = true
	reach := 2.66 * moved / float64(n-1)
	s.Upper, s.Lower = s.Mean+reach, max(0, s.Mean-reach)
	if share {
		s.Upper = min(100, s.Upper)
	}
	return s
}

// signals finds what in a stretch is more than chance. A point has the strongest
// signal that holds of it.
func (c *Chart) signals(s *Stretch) {
	if !s.Enough {
		return
	}
	var known []int
	for i := s.From; i < s.To; i++ {
		if c.Points[i].Value.Known() {
			known = append(known, i)
		}
	}
	at := func(k int) float64 { return c.Points[known[k]].Value.Figure() }
	mark := func(from, to int, is Signal) {
		for k := from; k < to; k++ {
			c.Points[known[k]].Signal = is
		}
	}
	side := func(f, line float64) int {
		switch {
		case f > line:
			return 1
		case f < line:
			return -1
		}
		return 0
	}
	third := (s.Upper - s.Mean) / 3 // one sigma above; below it may be cut off at 0
	below := (s.Mean - s.Lower) / 3
	edge := func(f float64) int {
		switch {
		case third > 0 && f > s.Mean+2*third:
			return 1
		case below > 0 && f < s.Mean-2*below:
			return -1
		}
		return 0
	}
	for k := 0; k+3 <= len(known); k++ {
		for _, way := range []int{1, -1} {
			var hits []int
			for j := k; j < k+3; j++ {
				if edge(at(j)) == way {
					hits = append(hits, j)
				}
			}
			if len(hits) >= 2 {
				for _, j := range hits {
					mark(j, j+1, NearEdge)
				}
			}
		}
	}
	runs(len(known), func(k int) int {
		if k == 0 {
			return 0
		}
		return side(at(k), at(k-1))
	}, 5, func(from, to int) { mark(from-1, to, Trend) }) // six points have five steps between them
	runs(len(known), func(k int) int { return side(at(k), s.Mean) }, 8, func(from, to int) { mark(from, to, Shift) })
	for k := range known {
		if f := at(k); f > s.Upper || f < s.Lower {
			mark(k, k+1, Outside)
		}
	}
}

// runs finds stretches of at least n neighbours of which way says the same, and
// not 0.
func runs(count int, way func(int) int, n int, found func(from, to int)) {
	for from := 0; from < count; {
		to := from + 1
		for to < count && way(to) == way(from) {
			to++
		}
		if way(from) != 0 && to-from >= n {
			found(from, to)
		}
		from = to
	}
}
