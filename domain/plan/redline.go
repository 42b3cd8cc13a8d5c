package plan

import (
	"slices"
	"strings"
	"unicode"
)

// A Change is what became of one line, or of what a section says outright, from
// one version of a plan to another.
type Change struct {
	Section string
	Line    *Line // as it is or, if it was taken away, was; nil for what a section says of having nothing
	What    ChangeKind
	Text    []Span
	Says    []SaidChange // what it says besides, where that changed
	Links   []Span       // what it answers, if that changed
}

// A ChangeKind is what became of a line.
type ChangeKind string

// What becomes of lines. Moved lines changed nothing but their place.
const (
	Same    ChangeKind = "same"
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Altered ChangeKind = "altered"
	Moved   ChangeKind = "moved"
)

// A Span is a run of words that stayed, came or went.
type Span struct {
	What ChangeKind // Same, Added or Removed
	Text string
}

// A SaidChange is a change of what a line says besides its text.
type SaidChange struct {
	Name string
	Text []Span
}

// Compare says what changed from one version of a plan to another, line by line
// and word by word, in the order of the later, with what was taken away where it
// stood. Lines that stayed as they were are there too.
func Compare(from, to *Plan) (all []Change) {
	var letters []string
	for _, p := range []*Plan{to, from} {
		for i := range p.Sections {
			if !slices.Contains(letters, p.Sections[i].Letter) {
				letters = append(letters, p.Sections[i].Letter)
			}
		}
	}
	for _, letter := range letters {
		all = append(all, compareSections(letter, from.Section(letter), to.Section(letter))...)
	}
	return all
}

// Differs reports whether anything changed.
func Differs(all []Change) bool {
	return slices.ContainsFunc(all, func(c Change) bool { return c.What != Same })
}

func compareSections(letter string, from, to *Section) (all []Change) {
	if from == nil {
		from = &Section{}
	}
	if to == nil {
		to = &Section{}
	}
	if from.None != "" || to.None != "" {
		all = append(all, change(Change{Section: letter, Text: Words(from.None, to.None)}))
	}
	old := make([]string, len(from.Lines))
	for i := range from.Lines {
		old[i] = from.Lines[i].ID
	}
	now := make([]string, len(to.Lines))
	for i := range to.Lines {
		now[i] = to.Lines[i].ID
	}
	steps := difference(old, now)
	for _, s := range steps {
		switch s.what {
		case Removed:
			if !slices.Contains(now, old[s.from]) {
				l := &from.Lines[s.from]
				all = append(all, Change{Section: letter, Line: l, What: Removed, Text: Words(l.Text, "")})
			}
		case Added:
			l := &to.Lines[s.to]
			if at := slices.Index(old, l.ID); at >= 0 {
				c := compareLines(letter, &from.Lines[at], l)
				if c.What == Same {
					c.What = Moved
				}
				all = append(all, c)
			} else {
				all = append(all, Change{Section: letter, Line: l, What: Added, Text: Words("", l.Text), Says: compareSays(nil, l.Says)})
			}
		default:
			all = append(all, compareLines(letter, &from.Lines[s.from], &to.Lines[s.to]))
		}
	}
	return all
}

func compareLines(letter string, from, to *Line) Change {
	c := Change{Section: letter, Line: to, Text: Words(from.Text, to.Text), Says: compareSays(from.Says, to.Says)}
	if !slices.Equal(from.For, to.For) {
		c.Links = Words(strings.Join(from.For, " "), strings.Join(to.For, " "))
	}
	return change(c)
}

// change says whether anything in it changed.
func change(c Change) Change {
	c.What = Same
	altered := func(s Span) bool { return s.What != Same }
	if slices.ContainsFunc(c.Text, altered) || len(c.Says) > 0 || len(c.Links) > 0 {
		c.What = Altered
	}
	return c
}

func compareSays(from, to map[string]string) (all []SaidChange) {
	var names []string
	for _, says := range []map[string]string{from, to} {
		for name := range says {
			if !slices.Contains(names, name) && from[name] != to[name] {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, SaidChange{name, Words(from[name], to[name])})
	}
	return all
}

// Words says which words of a text stayed, came and went. Joined, what stayed and
// came is the later text, and what stayed and went the earlier, to the letter.
func Words(from, to string) (spans []Span) {
	a, b := pieces(from), pieces(to)
	put := func(what ChangeKind, text string) {
		if n := len(spans); n > 0 && spans[n-1].What == what {
			spans[n-1].Text += text
		} else {
			spans = append(spans, Span{what, text})
		}
	}
	for _, s := range difference(a, b) {
		switch s.what {
		case Removed:
			put(Removed, a[s.from])
		case Added:
			put(Added, b[s.to])
		default:
			put(Same, b[s.to])
		}
	}
	return spans
}

// pieces cuts a text into words, each with the blanks after it, so that nothing
// is lost.
func pieces(text string) (all []string) {
	start, blank := 0, false
	for i, c := range text {
		space := unicode.IsSpace(c)
		if blank && !space {
			all = append(all, text[start:i])
			start = i
		}
		blank = space
	}
	if start < len(text) {
		all = append(all, text[start:])
	}
	return all
}

type step struct {
	what     ChangeKind
	from, to int
}

// mostSteps bounds the search for the shortest difference: texts further apart
// than this are shown as taken away and put in whole.
const mostSteps = 600

// difference finds the least that is taken away and put in to turn a into b
// (Myers's algorithm), what is taken away first.
func difference(a, b []string) (steps []step) {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		steps = append(steps, step{Same, start, start})
		start++
	}
	endA, endB := len(a), len(b)
	for endA > start && endB > start && a[endA-1] == b[endB-1] {
		endA, endB = endA-1, endB-1
	}
	steps = append(steps, middle(a[start:endA], b[start:endB], start)...)
	for i := endA; i < len(a); i++ {
		steps = append(steps, step{Same, i, endB + i - endA})
	}
	return steps
}

func middle(a, b []string, offset int) (steps []step) {
	n, m := len(a), len(b)
	most := min(n+m, mostSteps)
	v := make([]int, 2*most+3)
	at := func(k int) int { return k + most + 1 }
	var trail [][]int
	found := n+m == 0
search:
	for d := 0; d <= most && !found; d++ {
		trail = append(trail, slices.Clone(v[at(-d)-1:at(d)+2]))
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[at(k-1)] < v[at(k+1)] {
				x = v[at(k+1)]
			} else {
				x = v[at(k-1)] + 1
			}
			y := x - k
			for x < n && y < m && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[at(k)] = x
			if x >= n && y >= m {
				found = true
				break search
			}
		}
	}
	if !found {
		for i := range n {
			steps = append(steps, step{Removed, offset + i, offset})
		}
		for i := range m {
			steps = append(steps, step{Added, offset + n, offset + i})
		}
		return steps
	}
	x, y := n, m
	for d := len(trail) - 1; d > 0; d-- {
		was := func(k int) int { return trail[d][k+d+1] }
		k := x - y
		before := k - 1
		if k == -d || k != d && was(k-1) < was(k+1) {
			before = k + 1
		}
		px := was(before)
		py := px - before
		for x > px && y > py && x > 0 && y > 0 {
			if before == k+1 && y == py+1 && x == px || before == k-1 && x == px+1 && y == py {
				break
			}
			x, y = x-1, y-1
			steps = append(steps, step{Same, offset + x, offset + y})
		}
		if before == k+1 {
			y--
			steps = append(steps, step{Added, offset + x, offset + y})
		} else {
			x--
			steps = append(steps, step{Removed, offset + x, offset + y})
		}
	}
	for x > 0 && y > 0 {
		x, y = x-1, y-1
		steps = append(steps, step{Same, offset + x, offset + y})
	}
	slices.Reverse(steps)
	return steps
}
