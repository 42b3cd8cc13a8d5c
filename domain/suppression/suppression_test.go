package suppression

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const few = 5 // too few, in these tests

// An attacker who has all that is published, and knows that counts are whole and
// not negative, tries every table that it could have come from. No small count
// comes out the same in all of them.
func TestNothingSmallCanBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := make([][]int, 2)
		for r := range counts {
			for c := range 2 {
				counts[r] = append(counts[r], rapid.IntRange(0, 8).Draw(t, fmt.Sprint(r, c)))
			}
		}
		// The same children by one other thing: totals by the first are in both.
		other := make([][]int, 2)
		for r := range other {
			left := counts[r][0] + counts[r][1]
			one := rapid.IntRange(0, left).Draw(t, fmt.Sprint("other ", r))
			other[r] = []int{one, left - one}
		}
		tables := []Table{{[]string{"team: A", "team: B"}, []string{"need: 1", "need: 2"}, counts}, {[]string{"team: A", "team: B"}, []string{"sex: F", "sex: M"}, other}}
		out := Hide(tables, few)
		for n, p := range out {
			for r, line := range p.Figures {
				for c, f := range line {
					if f.Hidden && f.Count != 0 || f.Hidden == (f.Text() != "hidden") {
						t.Fatalf("a hidden figure is told: %+v", f)
					}
					small := r < len(tables[n].Rows) && c < len(tables[n].Columns) && tables[n].Counts[r][c] > 0 && tables[n].Counts[r][c] < few
					if small && !f.Hidden {
						t.Fatalf("%d children are told", f.Count)
					}
				}
			}
		}
		if out[0].Figures[0][2] != out[1].Figures[0][2] || out[0].Figures[1][2] != out[1].Figures[1][2] || out[0].Figures[2][2] != out[1].Figures[2][2] {
			t.Fatalf("the same total is hidden in one table and told in the other: %v", out)
		}
		possible := map[[3]int]map[int]bool{} // by table, row and column, the values it could have
		attack(out, func(n int, rows [2][]int) {
			for r := range rows {
				for c, v := range rows[r] {
					at := [3]int{n, r, c}
					if possible[at] == nil {
						possible[at] = map[int]bool{}
					}
					possible[at][v] = true
				}
			}
		})
		for n := range tables {
			for r := range tables[n].Counts {
				for c, count := range tables[n].Counts[r] {
					if count > 0 && count < few && len(possible[[3]int{n, r, c}]) < 2 {
						t.Fatalf("table %d, row %d, column %d can only be %d: %v", n, r, c, count, out)
					}
				}
			}
		}
	})
}

// attack calls f with every table, of counts up to the most that there were,
// that could be behind what is published, given that the other table has the
// same totals.
func attack(out []Published, f func(n int, rows [2][]int)) {
	sumsOf := func(p *Published, r int, row []int) bool {
		total := 0
		for c, v := range row {
			if g := p.Figures[r][c]; !g.Hidden && g.Count != v {
				return false
			}
			total += v
		}
		g := p.Figures[r][len(row)]
		return g.Hidden || g.Count == total
	}
	rowsOf := func(p *Published, r int) (all [][]int) {
		width := len(p.Columns)
		row := make([]int, width)
		var fill func(c int)
		fill = func(c int) {
			if c == width {
				if sumsOf(p, r, row) {
					all = append(all, append([]int(nil), row...))
				}
				return
			}
			if g := p.Figures[r][c]; !g.Hidden {
				row[c] = g.Count
				fill(c + 1)
				return
			}
			for v := 0; v <= 17; v++ {
				row[c] = v
				fill(c + 1)
			}
		}
		fill(0)
		return all
	}
	fits := func(p *Published, a, b []int) bool {
		total := 0
		for c := range a {
			if g := p.Figures[2][c]; !g.Hidden && g.Count != a[c]+b[c] {
				return false
			}
			total += a[c] + b[c]
		}
		g := p.Figures[2][len(a)]
		return g.Hidden || g.Count == total
	}
	total := func(row []int) (n int) {
		for _, v := range row {
			n += v
		}
		return n
	}
	type key [2]int // what both rows come to
	found := [2]map[key][][2][]int{{}, {}}
	for n := range found {
		for _, a := range rowsOf(&out[n], 0) {
			for _, b := range rowsOf(&out[n], 1) {
				if fits(&out[n], a, b) {
					k := key{total(a), total(b)}
					found[n][k] = append(found[n][k], [2][]int{a, b})
				}
			}
		}
	}
	for n := range found {
		for k, all := range found[n] {
			if len(found[1-n][k]) > 0 {
				for _, rows := range all {
					f(n, rows)
				}
			}
		}
	}
}

// One small count takes others with it, in its row, its column and where they
// cross; large tables lose no more than they must.
func TestHide(t *testing.T) {
	show := func(p Published) string {
		var b strings.Builder
		for _, line := range p.Figures {
			for _, f := range line {
				b.WriteString(f.Text() + " ")
			}
			b.WriteString("| ")
		}
		return b.String()
	}
	for _, v := range []struct {
		counts [][]int
		want   string
	}{
		{[][]int{{10, 20}, {30, 40}}, "10 20 30 | 30 40 70 | 40 60 100 | "},
		{[][]int{{0, 20}, {30, 40}}, "0 20 20 | 30 40 70 | 30 60 90 | "},
		{[][]int{{2, 20}, {30, 40}}, "hidden hidden 22 | hidden hidden 70 | 32 60 92 | "},
	} {
		got := show(Hide([]Table{{[]string{"a", "b"}, []string{"x", "y"}, v.counts}}, few)[0])
		if got != v.want {
			t.Errorf("%v\n got %s\nwant %s", v.counts, got, v.want)
		}
	}
	// A total that one table hides is hidden in the other, and neither gives the other away.
	out := Hide([]Table{
		{[]string{"team: A", "team: B"}, []string{"x", "y"}, [][]int{{2, 1}, {30, 40}}},
		{[]string{"team: A", "team: B"}, []string{"u", "v"}, [][]int{{3, 0}, {35, 35}}},
	}, few)
	if !out[0].Figures[0][2].Hidden || !out[1].Figures[0][2].Hidden {
		t.Errorf("%s\n%s", show(out[0]), show(out[1]))
	}
}
