// Package suppression hides small counts in tables of children before they are
// made public, so that what is hidden cannot be worked out again: neither from
// the totals of its table nor from another table published with it. It chooses no
// threshold: whoever publishes says how few are too few.
//
// It does not protect against tables published on another day of nearly the same
// children. Publish together what is counted together, and not too often.
//
// Start reading at [Hide].
package suppression

import (
	"fmt"
	"math/big"
)

// A Table counts children by two things. Its totals are worked out.
type Table struct {
	Rows, Columns []string // what each line counts: "team: East". The same words in another table mean the same children
	Counts        [][]int
}

// A Figure is one count as it is published.
type Figure struct {
	Count  int
	Hidden bool
}

// Text is the figure as it is shown.
func (f Figure) Text() string {
	if f.Hidden {
		return "hidden"
	}
	return fmt.Sprint(f.Count)
}

// A Published is a table with what is hidden, and its totals in the last row and
// the last column.
type Published struct {
	Rows, Columns []string
	Figures       [][]Figure
}

// A sum is a line of a table: its last figure is the sum of the others.
type sum []int

// A board is every figure of all tables, each once, and how they add up.
type board struct {
	count   []int
	hidden  []bool
	primary []bool // hidden because it is small itself
	sums    []sum
}

// Hide hides every count from 1 to least-1, and as many others as it takes for
// none of those to be worked out from the rest of what is published. Figures of
// the same children, as totals by the same thing in two tables are, are hidden in
// all tables or in none.
func Hide(tables []Table, least int) []Published {
	b := &board{}
	known := map[string]int{}
	place := func(key string, count int) int {
		if i, ok := known[key]; ok && key != "" {
			return i
		}
		b.count = append(b.count, count)
		b.hidden = append(b.hidden, count > 0 && count < least)
		b.primary = append(b.primary, count > 0 && count < least)
		if key != "" {
			known[key] = len(b.count) - 1
		}
		return len(b.count) - 1
	}
	at := make([][][]int, len(tables))
	for n, t := range tables {
		at[n] = make([][]int, len(t.Rows)+1)
		columns := make([]int, len(t.Columns))
		all := 0
		for r := range t.Rows {
			inRow := 0
			for c, count := range t.Counts[r] {
				at[n][r] = append(at[n][r], place("", count))
				inRow += count
				columns[c] += count
			}
			at[n][r] = append(at[n][r], place("by "+t.Rows[r], inRow))
			all += inRow
		}
		for c, count := range columns {
			at[n][len(t.Rows)] = append(at[n][len(t.Rows)], place("by "+t.Columns[c], count))
		}
		at[n][len(t.Rows)] = append(at[n][len(t.Rows)], place("everybody", all))
		for _, line := range at[n] {
			b.sums = append(b.sums, line)
		}
		for c := range len(t.Columns) + 1 {
			var line sum
			for r := range len(t.Rows) + 1 {
				line = append(line, at[n][r][c])
			}
			b.sums = append(b.sums, line)
		}
	}
	b.protect(least)
	out := make([]Published, len(tables))
	for n, t := range tables {
		out[n] = Published{Rows: t.Rows, Columns: t.Columns}
		for _, line := range at[n] {
			var figures []Figure
			for _, i := range line {
				f := Figure{b.count[i], b.hidden[i]}
				if f.Hidden {
					f.Count = 0 // it is nowhere in what is published
				}
				figures = append(figures, f)
			}
			out[n].Figures = append(out[n].Figures, figures)
		}
	}
	return out
}

// protect hides more until nothing small can be worked out. It ends, because
// each turn hides one more figure and there is an end of them.
func (b *board) protect(least int) {
	for {
		line := b.weak(least)
		if line == nil || !b.hideIn(line) {
			return
		}
	}
}

// weak returns a line in which something more must be hidden, or nil.
func (b *board) weak(least int) sum {
	for _, line := range b.sums {
		hidden, together := 0, 0
		for _, i := range line[:len(line)-1] {
			if b.hidden[i] {
				hidden++
				together += b.count[i]
			}
		}
		last := line[len(line)-1]
		// With the total known, what is hidden is known together.
		if !b.hidden[last] && hidden > 0 && (hidden == 1 || together < least) {
			return line
		}
		if b.hidden[last] && hidden == 0 {
			return line
		}
	}
	low, high := b.bounds()
	for i := range b.count {
		if b.primary[i] && (b.solved(i) || high[i]-low[i] < least-1) {
			for _, line := range b.sums {
				for _, j := range line {
					if j == i && b.spare(line) >= 0 {
						return line
					}
				}
			}
		}
	}
	return nil
}

// spare returns the smallest figure of a line that is not hidden, one that is not
// 0 before one that is, or -1.
func (b *board) spare(line sum) int {
	best := -1
	for _, i := range line {
		switch {
		case b.hidden[i]:
		case best < 0, b.count[best] == 0 && b.count[i] > 0, b.count[i] > 0 && b.count[i] < b.count[best]:
			best = i
		}
	}
	return best
}

func (b *board) hideIn(line sum) bool {
	i := b.spare(line)
	if i < 0 {
		return false
	}
	b.hidden[i] = true
	return true
}

// bounds are what anybody can say of each figure, knowing that nothing is less
// than 0: from what is published, again and again until nothing more follows.
func (b *board) bounds() (low, high []int) {
	most := 1
	for _, c := range b.count {
		most += c
	}
	low, high = make([]int, len(b.count)), make([]int, len(b.count))
	for i, c := range b.count {
		if low[i], high[i] = 0, most; !b.hidden[i] {
			low[i], high[i] = c, c
		}
	}
	for again := true; again; {
		again = false
		narrow := func(i, l, h int) {
			if l > low[i] {
				low[i], again = l, true
			}
			if h < high[i] {
				high[i], again = h, true
			}
		}
		for _, line := range b.sums {
			last := line[len(line)-1]
			l, h := 0, 0
			for _, i := range line[:len(line)-1] {
				l, h = l+low[i], h+high[i]
			}
			narrow(last, l, h)
			for _, i := range line[:len(line)-1] {
				narrow(i, low[last]-(h-high[i]), high[last]-(l-low[i]))
			}
		}
	}
	return low, high
}

// solved reports whether the sums settle a hidden figure: whether it comes out
// the same in every solution.
func (b *board) solved(figure int) bool {
	var unknown []int
	where := map[int]int{}
	for i := range b.count {
		if b.hidden[i] {
			where[i] = len(unknown)
			unknown = append(unknown, i)
		}
	}
	var rows [][]*big.Rat
	for _, line := range b.sums {
		row := make([]*big.Rat, len(unknown))
		for i := range row {
			row[i] = new(big.Rat)
		}
		for n, i := range line {
			if at, ok := where[i]; ok {
				sign := int64(1)
				if n == len(line)-1 {
					sign = -1
				}
				row[at].Add(row[at], big.NewRat(sign, 1))
			}
		}
		rows = append(rows, row)
	}
	reduce(rows, len(unknown))
	at := where[figure]
	for _, row := range rows {
		if row[at].Sign() == 0 {
			continue
		}
		alone := true
		for i := range row {
			alone = alone && (i == at || row[i].Sign() == 0)
		}
		if alone {
			return true
		}
	}
	return false
}

// reduce brings rows to their reduced echelon form.
func reduce(rows [][]*big.Rat, width int) {
	done := 0
	for column := range width {
		pivot := -1
		for r := done; r < len(rows); r++ {
			if rows[r][column].Sign() != 0 {
				pivot = r
				break
			}
		}
		if pivot < 0 {
			continue
		}
		rows[done], rows[pivot] = rows[pivot], rows[done]
		by := new(big.Rat).Inv(rows[done][column])
		for c := range width {
			rows[done][c].Mul(rows[done][c], by)
		}
		for r := range rows {
			if r == done || rows[r][column].Sign() == 0 {
				continue
			}
			times := new(big.Rat).Set(rows[r][column])
			for c := range width {
				rows[r][c].Sub(rows[r][c], new(big.Rat).Mul(times, rows[done][c]))
			}
		}
		done++
	}
}
