package measure

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
)

// A Given is a figure of another system, for one period.
type Given struct {
	Of     *Definition
	Period calendar.Period
	Value  Value
	Source string // the system or publication, with its date or version
	Gone   bool   // the figure that was given for the period is taken back
	Row    int    // in what was brought
}

// A Fault is what is wrong with a row that was brought, and where.
type Fault struct {
	Row           int    // counted with the heading, as a spreadsheet does
	Field, Reason string // "": the row as a whole
}

// BringColumns are the columns of figures that are brought in, and what each
// holds.
var BringColumns = []struct{ Name, Means string }{
	{"measure", "the code, as in I074"},
	{"from", "the first day of the period, as in 2025-09-01"},
	{"to", "the last day of the period"},
	{"numerator", "a whole number; needed for a percentage"},
	{"denominator", "a whole number; needed for a percentage"},
	{"value", "the figure in the measure’s unit, with at most two decimals; or x (not available), z (does not apply), ~ (suppressed), low (rounds to 0), or gone (takes back what was given for the period)"},
	{"source", "the system or publication, with its date or version"},
}

// MostBrought is the most rows that are brought at a time.
const MostBrought = 5000

// Bring reads figures that were typed or pasted, with a heading, parted by commas
// or tabs. It gives every fault that it finds; with a fault nothing is to be kept.
func Bring(text string) (all []Given, faults []Fault) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "\ufeff")
	if text == "" {
		return nil, []Fault{{1, "", "there are no rows"}}
	}
	r := csv.NewReader(strings.NewReader(text))
	if first, _, _ := strings.Cut(text, "\n"); strings.Contains(first, "\t") {
		r.Comma = '\t'
	}
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	head, err := r.Read()
	if err != nil {
		return nil, []Fault{{1, "", "the heading cannot be read: " + err.Error()}}
	}
	at := map[string]int{}
	for i, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.ContainsFunc(BringColumns, func(c struct{ Name, Means string }) bool { return c.Name == name }) {
			faults = append(faults, Fault{1, name, "is no column: use measure, from, to, numerator, denominator, value and source"})
		}
		at[name] = i
	}
	for _, need := range []string{"measure", "from", "to", "source"} {
		if _, ok := at[need]; !ok {
			faults = append(faults, Fault{1, need, "this column is missing"})
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	seen := map[string]int{}
	for row := 2; ; row++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, append(faults, Fault{row, "", "cannot be read: " + err.Error()})
		}
		if row > MostBrought+1 {
			return nil, append(faults, Fault{row, "", fmt.Sprintf("more than %d rows: bring the rest separately", MostBrought)})
		}
		b := bringing{row: row, cells: cells, at: at}
		g, blank := b.read()
		if blank {
			continue
		}
		if faults = append(faults, b.faults...); len(b.faults) > 0 {
			continue
		}
		key := g.Of.Code + g.Period.First.String() + g.Period.Last.String()
		if before, twice := seen[key]; twice {
			faults = append(faults, Fault{row, "", fmt.Sprintf("the same measure and period as row %d", before)})
			continue
		}
		seen[key] = row
		all = append(all, g)
	}
	if len(all)+len(faults) == 0 {
		faults = append(faults, Fault{1, "", "there are no rows below the heading"})
	}
	return all, faults
}

// A bringing is one row as it is read.
type bringing struct {
	row    int
	cells  []string
	at     map[string]int
	faults []Fault
}

func (b *bringing) text(field string) string {
	if i, ok := b.at[field]; ok && i < len(b.cells) {
		return strings.TrimSpace(b.cells[i])
	}
	return ""
}

func (b *bringing) wrong(field, reason string, args ...any) {
	b.faults = append(b.faults, Fault{b.row, field, fmt.Sprintf(reason, args...)})
}

func (b *bringing) day(field string) calendar.Date {
	d, err := calendar.Parse(b.text(field))
	if err != nil {
		b.wrong(field, "%q is no day: write 2025-09-01", b.text(field))
	}
	return d
}

func (b *bringing) whole(field string) (n int, given bool) {
	text := strings.ReplaceAll(b.text(field), ",", "")
	if text == "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > math.MaxInt32 {
		b.wrong(field, "%q is no whole number from 0", b.text(field))
	}
	return n, true
}

func (b *bringing) read() (g Given, blank bool) {
	if !slices.ContainsFunc(b.cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		return g, true
	}
	g.Row, g.Of, g.Source = b.row, Coded(strings.ToUpper(b.text("measure"))), b.text("source")
	g.Period = calendar.Period{First: b.day("from"), Last: b.day("to")}
	switch {
	case g.Of == nil:
		b.wrong("measure", "%q is no measure", b.text("measure"))
		return g, false
	case g.Of.Counted():
		b.wrong("measure", "%s is counted from the record, so it is not brought from elsewhere", g.Of.Code)
	}
	if g.Period.First > g.Period.Last {
		b.wrong("to", "is before the first day")
	}
	if g.Source == "" {
		b.wrong("source", "say which system or publication it is from")
	}
	value := b.text("value")
	num, hasNum := b.whole("numerator")
	den, hasDen := b.whole("denominator")
	switch {
	case strings.EqualFold(value, "gone"):
		g.Gone = true
	case Missing(value).Words() != "":
		g.Value = Value{Missing: Missing(value), Whole: !g.Of.Share()}
		if hasNum || hasDen {
			b.wrong("value", "%q says that there is no number, and there is a numerator or denominator", value)
		}
	case g.Of.Share():
		b.share(&g, num, den, hasNum && hasDen, value)
	case value == "":
		b.wrong("value", "is empty. An absent figure is never 0: write x, z, ~ or low as its source does")
	default:
		g.Value = Value{Num: b.fine("value", value), Whole: true, Fine: true}
	}
	return g, false
}

// share reads a percentage, which needs its two counts. A value beside them must
// be the same, to the decimals that it has.
func (b *bringing) share(g *Given, num, den int, both bool, value string) {
	g.Value = Value{Num: num, Den: den}
	switch {
	case !both:
		b.wrong("numerator", "a percentage needs its numerator and denominator. An absent figure is never 0: write x, z, ~ or low as the value, as its source does")
	case den == 0:
		b.wrong("denominator", "is 0: a share of nothing is none")
	case num > den:
		b.wrong("numerator", "is more than the denominator")
	case value != "":
		said := strings.TrimSuffix(value, "%")
		f, err := strconv.ParseFloat(said, 64)
		_, decimals, _ := strings.Cut(said, ".")
		if err != nil {
			b.wrong("value", "%q is no number", value)
		} else if half := 0.5 * math.Pow(10, -float64(len(decimals))); math.Abs(f-g.Value.Figure()) > half+1e-9 {
			b.wrong("value", "%s is not %d of %d, which is %s", value, num, den, g.Value.Text())
		}
	}
}

func (b *bringing) fine(field, text string) int {
	f, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimPrefix(text, "£"), ",", ""), 64)
	n := math.Round(f * 100)
	if err != nil || math.Abs(n) > 1e15 {
		b.wrong(field, "%q is no number", text)
		return 0
	}
	if math.Abs(n-f*100) > 1e-6 {
		b.wrong(field, "%q has more than two decimals", text)
	}
	return int(n)
}
