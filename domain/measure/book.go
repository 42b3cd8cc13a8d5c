package measure

import (
	"math"

	"weald/calendar"
)

// A Book adds up the marks of many cases. Each case has a place, and its marks
// can be put anew when something has happened to it; sums over everybody are kept
// up to date meanwhile, so that reading one costs the same for ten cases and a
// million. A Book is not for use by two goroutines at once while one puts.
type Book struct {
	columns []column // by the measure's place
	cases   [][]spot // by the case's place: where its marks stand
}

// NewBook returns a book with no cases.
func NewBook() *Book { return &Book{columns: make([]column, len(Definitions))} }

// A column is the marks of one measure.
type column struct {
	marks    []mark
	free     []int32
	num, den sums // by day: what is counted on it or, of states, begins less what ended before it
	oldest   oldest
}

// Marks returns how many marks the book holds.
func (b *Book) Marks() (n int) {
	for i := range b.columns {
		n += len(b.columns[i].marks) - len(b.columns[i].free)
	}
	return n
}

// A mark is a [Mark] in little room.
type mark struct {
	place       int32 // of the case; -1: the mark is gone
	first, last calendar.Date
	num, den    bool
}

// A spot is where a mark stands: the measure's place, and the mark's in its column.
type spot struct {
	measure uint16
	at      int32
}

// Put sets the marks of the case in a place, instead of those it had.
func (b *Book) Put(place int, marks []Mark) {
	for len(b.cases) <= place {
		b.cases = append(b.cases, nil)
	}
	spots := b.cases[place]
	for _, s := range spots {
		c := &b.columns[s.measure]
		c.count(Definitions[s.measure], c.marks[s.at], -1)
		c.marks[s.at].place = -1
		c.free = append(c.free, s.at)
	}
	spots = spots[:0]
	for i := range marks {
		m := &marks[i]
		c := &b.columns[m.Of.place]
		kept := mark{int32(place), m.First, m.Last, m.Num, m.Den}
		at := int32(len(c.marks))
		if n := len(c.free); n > 0 {
			at, c.free = c.free[n-1], c.free[:n-1]
			c.marks[at] = kept
		} else {
			c.marks = append(c.marks, kept)
		}
		c.count(m.Of, kept, 1)
		spots = append(spots, spot{uint16(m.Of.place), at})
	}
	b.cases[place] = spots
}

// count adds a mark to the sums over everybody, or takes it away.
func (c *column) count(d *Definition, m mark, by int32) {
	if d.how == longest {
		c.oldest.change(m, by)
		return
	}
	if d.how != adding {
		c.num.add(m.first, by)
		if m.last != 0 {
			c.num.add(m.last+1, -by)
		}
		return
	}
	if m.num {
		c.num.add(m.first, by)
	}
	if m.den {
		c.den.add(m.first, by)
	}
}

// Value returns what a measure came to over a period, for everybody. Measures of
// how things stand look at the period's last day.
func (b *Book) Value(d *Definition, p calendar.Period) Value {
	c := &b.columns[d.place]
	switch d.how {
	case adding:
		return Value{Num: c.num.upTo(p.Last) - c.num.upTo(p.First-1), Den: c.den.upTo(p.Last) - c.den.upTo(p.First-1), Whole: !d.Share()}
	case holding:
		return Value{Num: c.num.upTo(p.Last), Whole: true}
	case growing:
		then := c.num.upTo(p.Last.AddMonths(-12))
		return Value{Num: c.num.upTo(p.Last) - then, Den: then}
	default:
		v := Value{Whole: true}
		if first, ok := c.oldest.began(p.Last); ok {
			v.Num = int(p.Last-first) / 7
		}
		return v
	}
}

// Among returns what a measure came to over a period among the cases in the
// places that are asked for.
func (b *Book) Among(d *Definition, p calendar.Period, asked func(place int) bool) Value {
	v := Value{Whole: !d.Share()}
	before, oldest := p.Last.AddMonths(-12), p.Last+1
	for _, m := range b.columns[d.place].marks {
		if m.place < 0 || !asked(int(m.place)) {
			continue
		}
		switch d.how {
		case adding:
			if p.Contains(m.first) {
				v.Num, v.Den = v.Num+one(m.num), v.Den+one(m.den)
			}
		case holding:
			v.Num += one(m.holds(p.Last))
		case longest:
			if m.holds(p.Last) {
				oldest = min(oldest, m.first)
			}
		case growing:
			v.Den += one(m.holds(before))
			v.Num += one(m.holds(p.Last))
		}
	}
	switch d.how {
	case longest:
		if oldest <= p.Last {
			v.Num = int(p.Last-oldest) / 7
		}
	case growing:
		v.Num -= v.Den
	}
	return v
}

// By returns what a measure came to over a period in each of n groups of cases.
// A case whose group is outside 0 to n-1 is left out.
func (b *Book) By(d *Definition, p calendar.Period, n int, group func(place int) int) []Value {
	values := make([]Value, n)
	oldest := make([]calendar.Date, n)
	before := p.Last.AddMonths(-12)
	for _, m := range b.columns[d.place].marks {
		if m.place < 0 {
			continue
		}
		g := group(int(m.place))
		if g < 0 || g >= n {
			continue
		}
		v := &values[g]
		switch d.how {
		case adding:
			if p.Contains(m.first) {
				v.Num, v.Den = v.Num+one(m.num), v.Den+one(m.den)
			}
		case holding:
			v.Num += one(m.holds(p.Last))
		case longest:
			if m.holds(p.Last) && (oldest[g] == 0 || m.first < oldest[g]) {
				oldest[g] = m.first
			}
		case growing:
			v.Den += one(m.holds(before))
			v.Num += one(m.holds(p.Last))
		}
	}
	for g := range values {
		values[g].Whole = !d.Share()
		switch {
		case d.how == growing:
			values[g].Num -= values[g].Den
		case d.how == longest && oldest[g] != 0:
			values[g].Num = int(p.Last-oldest[g]) / 7
		}
	}
	return values
}

// A Placed is a mark with the place of its case.
type Placed struct {
	Mark
	Place int
}

// Counted returns the marks that a measure counts over a period among the cases
// in the places that are asked for: of what happened, those that fall in it; of
// states, those that hold on its last day, and of what grew also those that held
// a year before and hold no more.
func (b *Book) Counted(d *Definition, p calendar.Period, asked func(place int) bool) (all []Placed) {
	before := p.Last.AddMonths(-12)
	for _, m := range b.columns[d.place].marks {
		if m.place < 0 || !asked(int(m.place)) {
			continue
		}
		is := Placed{Mark{d, m.first, m.last, m.num, m.den}, int(m.place)}
		switch d.how {
		case adding:
			if !p.Contains(m.first) {
				continue
			}
		case growing:
			now, then := m.holds(p.Last), m.holds(before)
			if is.Num, is.Den = now, then; !now && !then {
				continue
			}
		default:
			if !m.holds(p.Last) {
				continue
			}
		}
		all = append(all, is)
	}
	return all
}

// holds reports whether a state holds at the end of a day.
func (m *mark) holds(on calendar.Date) bool {
	return m.first <= on && (m.last == 0 || on <= m.last)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// sums are running sums over days, in a tree: adding to a day and summing up to
// one both cost the logarithm of the number of days.
type sums []int32

// firstDay is the day before the first that sums tell apart. What is earlier
// counts as of it.
var firstDay = calendar.On(1990, 1, 1)

const mostDays = 1 << 15 // to 2079

func (s *sums) add(d calendar.Date, by int32) {
	if *s == nil {
		*s = make(sums, mostDays+1)
	}
	for i := day(d); i <= mostDays; i += i & -i {
		(*s)[i] += by
	}
}

// upTo returns the sum up to the end of a day.
func (s sums) upTo(d calendar.Date) int {
	if s == nil || d < firstDay {
		return 0
	}
	total := int64(0)
	for i := day(d); i > 0; i -= i & -i {
		total += int64(s[i])
	}
	return int(min(total, math.MaxInt32))
}

func day(d calendar.Date) int {
	return max(1, min(int(d-firstDay)+1, mostDays))
}
