package measure

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"weald/calendar"
)

// Every measure of the specification is defined, under its code and in its order.
func TestDefinitionsAreThoseOfTheSpecification(t *testing.T) {
	spec, err := os.ReadFile("../../../shared/spec/local-area.md")
	if err != nil {
		t.Skip("the specification is not here")
	}
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^\| (I\d{3}) \|`).FindAllStringSubmatch(string(spec), -1) {
		want = append(want, m[1])
	}
	var got []string
	for _, d := range Definitions {
		got = append(got, d.Code)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("defined: %v\nspecified: %v", got, want)
	}
}

// Timeliness bought at the cost of something else is no improvement, so every
// measure of it that is counted stands beside one that would show the cost.
func TestTimelinessStandsBesideItsBalance(t *testing.T) {
	for _, d := range Definitions {
		if d.Counted() && d.Kind == Output && d.Share() && d.Area == "EHC process" && d.Code != "I008" && len(d.Beside) == 0 {
			t.Errorf("%s %s stands alone", d.Code, d.Title)
		}
	}
}

func TestParseNamesTheLine(t *testing.T) {
	for in, want := range map[string]string{
		"I001 Before any area":                       "line 1: expected a code and a title, below an area",
		"== A\nI001 One\n  counts plans":             "line 3: expected “name: value”",
		"== A\nI001 One\n  kind: good":               `line 3: "good" is no kind of measure`,
		"== A\nI001 One\n  over: fortnight":          `line 3: "fortnight" is no period`,
		"== A\nI001 One\nI001 Two":                   "line 3: I001 is defined twice",
		"== A\nI001 One\n  colour: red":              `line 3: "colour" is no property of a measure`,
		"== A\nI001 One\n  counts: plans":            "I001 lacks what it counts, its kind, its polarity or its period",
		"  counts: plans":                            "line 1: a property before any measure",
		"== A\nI001 One\n  as: magic":                `line 3: "magic" is no way of counting`,
		"== A\nI001 One\n  better: up":               `line 3: "up" is no polarity`,
		goodOne + "  beside: I999\n":                 "I001 stands beside I999, which is no measure",
		strings.Replace(goodOne, "  of: q\n", "", 1): "I001 is a share of nothing",
	} {
		if _, err := parse(in); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", in, err, want)
		}
	}
	if _, err := parse(goodOne); err != nil {
		t.Error(err)
	}
}

const goodOne = "== A\nI001 One\n  counts: p\n  of: q\n  kind: output\n  better: higher\n  over: month\n"

// The published figures of one county, from numerator and denominator: vectors
// T1 to T6 of the specification.
func TestPublishedFigures(t *testing.T) {
	for _, c := range []struct {
		num, den int
		want     string
	}{
		{783, 2354, "33.3%"}, {784, 2424, "32.3%"},
		{1559, 23692, "6.6%"}, {1559, 14675, "10.6%"},
		{3151, 3151 + 6223, "33.6%"},
		{15376, 17334, "88.7%"}, {17334, 20635, "84.0%"},
		{1487 + 136, 20635, "7.9%"}, // T5 gives 7.87 with two decimals
		{20635 - 19407, 19407, "6.3%"},
	} {
		if got := (Value{Num: c.num, Den: c.den}).Text(); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.num, c.den, got, c.want)
		}
	}
}

// What cannot be worked out is never 0.
func TestNothingIsNotZero(t *testing.T) {
	v := Value{}
	if v.Known() || v.Text() != "no cases" {
		t.Errorf("a share of nothing: %v %s", v.Known(), v.Text())
	}
}

func TestPeriods(t *testing.T) {
	on := func(s string) calendar.Date {
		d, err := calendar.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		span        Span
		day         string
		first, last string
	}{
		{Month, "2026-02-10", "2026-02-01", "2026-02-28"},
		{Quarter, "2026-11-23", "2026-10-01", "2026-12-31"},
		{HalfYear, "2026-06-30", "2026-01-01", "2026-06-30"},
		{CalendarYear, "2026-06-30", "2026-01-01", "2026-12-31"},
		{FinancialYear, "2026-03-31", "2025-04-01", "2026-03-31"},
		{AcademicYear, "2026-09-01", "2026-09-01", "2027-08-31"},
		{TwelveMonths, "2026-11-23", "2025-12-01", "2026-11-30"},
		{TwelveMonths, "2026-12-01", "2026-01-01", "2026-12-31"},
		{Day, "2026-11-23", "2026-11-23", "2026-11-23"},
	} {
		p, ok := c.span.Of(on(c.day))
		if !ok || p.First != on(c.first) || p.Last != on(c.last) {
			t.Errorf("%s of %s: %s to %s", c.span, c.day, p.First, p.Last)
		}
	}
	if _, ok := Term.Of(on("2026-11-23")); ok {
		t.Error("a term has no period without the school's own days")
	}
	if m := Months(on("2026-01-15"), 3); m[0].First != on("2025-11-01") || m[2].Last != on("2026-01-31") {
		t.Errorf("three months: %v", m)
	}
}

// Sums kept up to date say what counting everything anew says, whatever is put
// and put again.
func TestBookAgreesWithCountingAnew(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		measures := []*Definition{PlansInTime, AssessmentsLate, OldestAssessment, PlanGrowth, ReviewsHeld}
		day := rapid.Int32Range(int32(firstDay)-40, int32(firstDay)+1500)
		book, cases := NewBook(), map[int][]Mark{}
		for range rapid.IntRange(1, 30).Draw(r, "puts") {
			place := rapid.IntRange(0, 9).Draw(r, "place")
			var marks []Mark
			for range rapid.IntRange(0, 6).Draw(r, "marks") {
				d := rapid.SampledFrom(measures).Draw(r, "measure")
				first := calendar.Date(day.Draw(r, "first"))
				if d.how == adding {
					marks = append(marks, Mark{d, first, first, rapid.Bool().Draw(r, "num"), rapid.Bool().Draw(r, "den")})
					continue
				}
				last := calendar.Date(0)
				if rapid.Bool().Draw(r, "over") {
					last = first + calendar.Date(rapid.Int32Range(0, 700).Draw(r, "days"))
				}
				marks = append(marks, Held(d, first, last))
			}
			book.Put(place, marks)
			cases[place] = marks
		}
		first := calendar.Date(rapid.Int32Range(int32(firstDay)+370, int32(firstDay)+1500).Draw(r, "from"))
		p := calendar.Period{First: first, Last: first + calendar.Date(rapid.Int32Range(0, 400).Draw(r, "length"))}
		for _, d := range measures {
			want := anew(d, p, cases)
			if got := book.Value(d, p); got != want {
				r.Fatalf("%s over %v: %+v, counted anew %+v", d.Code, p, got, want)
			}
			if got := book.Among(d, p, func(int) bool { return true }); got != want {
				r.Fatalf("%s among all: %+v, counted anew %+v", d.Code, got, want)
			}
			years := []calendar.Period{{First: p.First - 300, Last: p.First - 1}, p}
			grid := book.Grid(d, years, 2, func(place int) int { return place % 2 })
			by := book.By(d, p, 2, func(place int) int { return place % 2 })
			if !slices.Equal(grid[1], by) || !slices.Equal(grid[0], book.By(d, years[0], 2, func(place int) int { return place % 2 })) {
				r.Fatalf("%s in a grid: %+v, by group %+v", d.Code, grid, by)
			}
			for g, got := range by {
				if among := book.Among(d, p, func(place int) bool { return place%2 == g }); got != among {
					r.Fatalf("%s in group %d: %+v, among it %+v", d.Code, g, got, among)
				}
			}
		}
	})
}

func anew(d *Definition, p calendar.Period, cases map[int][]Mark) Value {
	v := Value{Whole: !d.Share()}
	oldest := calendar.Date(0)
	for _, marks := range cases {
		for _, m := range marks {
			holds := func(on calendar.Date) bool { return m.First <= on && (m.Last == 0 || m.Last >= on) }
			switch {
			case m.Of != d:
			case d.how == adding && p.Contains(m.First):
				v.Num, v.Den = v.Num+one(m.Num), v.Den+one(m.Den)
			case d.how == holding && holds(p.Last):
				v.Num++
			case d.how == longest && holds(p.Last) && (oldest == 0 || m.First < oldest):
				oldest = m.First
				v.Num = int(p.Last-m.First) / 7
			case d.how == growing:
				v.Num += one(holds(p.Last)) - one(holds(p.Last.AddMonths(-12)))
				v.Den += one(holds(p.Last.AddMonths(-12)))
			}
		}
	}
	return v
}

func points(figures ...int) []Point {
	var all []Point
	for i, p := range Months(calendar.On(2026, 12, 31), len(figures)) {
		v := Value{Num: figures[i], Whole: true}
		if figures[i] < 0 {
			v = Value{}
		}
		all = append(all, Point{Period: p, Value: v})
	}
	return all
}

func signals(c Chart) (s []Signal) {
	for _, p := range c.Points {
		s = append(s, p.Signal)
	}
	return s
}

// Ordinary ups and downs are not called a change.
func TestChartTellsSignalFromNoise(t *testing.T) {
	quiet := Draw(points(10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12), false)
	for i, s := range signals(quiet) {
		if s != NoSignal {
			t.Errorf("point %d: %s", i, s)
		}
	}
	// mean 10.58; the moves are 2 1 2 1 1 1 2 1 2 1 2: 16 over 11, times 2.66
	if s := quiet.Stretches[0]; !s.Enough || s.Upper < 14.4 || s.Upper > 14.5 || s.Lower < 6.7 || s.Lower > 6.8 {
		t.Errorf("limits %+v", s)
	}
	spike := Draw(points(10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 30, 12), false)
	if s := signals(spike)[10]; s != Outside {
		t.Errorf("a spike: %q", s)
	}
	moved := Draw(points(10, 11, 10, 9, 10, 11, 10, 9, 12, 13, 12, 14, 13, 12, 13, 14), false)
	if s := signals(moved)[15]; s != Shift && s != Outside {
		t.Errorf("a level that moved: %q", s)
	}
	drift := Draw(points(20, 5, 20, 5, 20, 5, 6, 7, 8, 9, 10, 20, 5, 20), false)
	if s := signals(drift)[8]; s != Trend {
		t.Errorf("a drift: %q", s)
	}
	few := Draw(points(1, 2, 3, 4, 5, 6, 7), false)
	if few.Stretches[0].Enough {
		t.Error("seven points are too few for limits")
	}
	gap := Draw(points(10, -1, 11, 9, 10, -1, 12, 10, 9, 11, 10, 12), false)
	if !gap.Stretches[0].Enough || gap.Points[1].Signal != NoSignal {
		t.Error("months with nothing to count are left out")
	}
	rebased := Draw(points(10, 12, 11, 9, 10, 11, 12, 10, 40, 42, 41, 39, 40, 41, 42, 40), false, 8)
	for i, s := range signals(rebased) {
		if s != NoSignal {
			t.Errorf("after limits were counted anew, point %d: %s", i, s)
		}
	}
}

// Marks kept with a case are the marks that were counted.
func TestMarksArePackedAndUnpacked(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var marks []Mark
		for range rapid.IntRange(0, 20).Draw(r, "marks") {
			m := Mark{Of: rapid.SampledFrom(Definitions).Draw(r, "measure"), Num: rapid.Bool().Draw(r, "num"), Den: rapid.Bool().Draw(r, "den")}
			m.First = calendar.Date(rapid.Int32Range(-9000, 40000).Draw(r, "first"))
			if rapid.Bool().Draw(r, "over") {
				m.Last = m.First + calendar.Date(rapid.Int32Range(0, 9000).Draw(r, "days"))
			}
			marks = append(marks, m)
		}
		got, err := Unpack(Pack(marks), nil)
		if err != nil || !slices.Equal(got, marks) {
			r.Fatalf("%v packed and unpacked is %v, %v", marks, got, err)
		}
	})
	for _, text := range []string{"!", "AA", "/////w8CAA"} {
		if _, err := Unpack(text, nil); err == nil {
			t.Errorf("%q is read as marks", text)
		}
	}
}

// Chance alone puts a small group far from the mean, and hardly a large one.
func TestFunnelAllowsForSize(t *testing.T) {
	f := Funnel{Mean: 50}
	if got := f.Outside(Value{Num: 2, Den: 3}); got != 0 {
		t.Errorf("two of three: %d", got)
	}
	if got := f.Outside(Value{Num: 200, Den: 300}); got != 1 {
		t.Errorf("200 of 300: %d", got)
	}
	if got := f.Outside(Value{Num: 100, Den: 300}); got != -1 {
		t.Errorf("100 of 300: %d", got)
	}
}

// A number that fell has one sign.
func TestFallingShare(t *testing.T) {
	if got := (Value{Num: -700, Den: 19915}).Text(); got != "-3.5%" {
		t.Error(got)
	}
}
