// Package measure is what numbers mean: one definition for each that a board, a
// worklist, a return or a dashboard shows, with what is counted, of what, over
// which period, which way is better, and beside which other number it must stand.
//
// It knows nothing of children or cases. The package of a noun says what of it
// is counted, as a [Mark] of a measure on a day; a [Board] adds marks up. A value
// says its numerator and denominator; what is too small to publish is hidden by
// weald/domain/suppression. Whether a change is more than chance is in chart.go.
//
// Start reading at [Definition], then [Mark], then [Board].
package measure

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Definition is what one number means.
type Definition struct {
	Code     string // I001; what it is known by in plans, papers and files
	Title    string // in plain words
	Area     string // the part of the arrangements that it belongs to
	Counts   string // what is counted, or the numerator
	Of       string // the denominator; "" for a measure that is no share
	Kind     Kind
	Better   Polarity
	Over     []Span   // the periods over which it is counted; the first is the usual
	Unit     string   // percent, children, weeks, days, minutes, pounds, score or count
	Source   string   // the return or collection that defines it; "" when it is the area's own record
	Beside   []string // codes of the measures that show what pushing this one may harm
	Baseline string   // figures that were published, and whose
	Aim      string   // a limit in law or a target that was published; "" when the area must set its own
	Waits    string   // the facts that are not held yet; "" when it can be counted
	Settles  int      // days after a period's end until what is counted of it no longer changes by itself

	how    how
	place  int // in Definitions
	number int // of the code: 1 of I001
}

// Share reports whether the measure is a share of something, in per cent.
func (d *Definition) Share() bool { return d.Unit == "percent" }

// Counted reports whether the facts that the measure counts are held.
func (d *Definition) Counted() bool { return d.Waits == "" }

// A Kind is what sort of thing a measure measures. Improvement is judged by
// outcomes and experience; activity alone shows only that people are busy.
type Kind string

// Kinds of measure.
const (
	Input      Kind = "input"      // what is put in: staff, money
	Activity   Kind = "activity"   // what was done
	Output     Kind = "output"     // what it made: plans issued
	Outcome    Kind = "outcome"    // what became of children
	Experience Kind = "experience" // what people say of it
	Balancing  Kind = "balancing"  // what might get worse meanwhile
	Context    Kind = "context"    // what the others are seen against
)

// Kinds is every kind, in the order in which they are explained.
var Kinds = []Kind{Input, Activity, Output, Outcome, Experience, Balancing, Context}

// Words says what the kind means.
func (k Kind) Words() string {
	switch k {
	case Input:
		return "what is put in, such as staff or money"
	case Activity:
		return "what was done, whatever came of it"
	case Output:
		return "what the work made, such as plans issued"
	case Outcome:
		return "what became of children and young people"
	case Experience:
		return "what families, young people or schools say"
	case Balancing:
		return "what might get worse while another measure gets better"
	default:
		return "what other measures are seen against"
	}
}

// A Polarity says which way is better.
type Polarity string

// Polarities.
const (
	Higher  Polarity = "higher"
	Lower   Polarity = "lower"
	Band    Polarity = "band"    // best between two figures that the area sets
	Neutral Polarity = "context" // neither way is better
)

// Words says the polarity on screen.
func (p Polarity) Words() string {
	switch p {
	case Higher:
		return "Higher is better"
	case Lower:
		return "Lower is better"
	case Band:
		return "Best within a band"
	default:
		return "Neither way is better in itself"
	}
}

//go:embed measures.txt
var text string

// Definitions is every measure, in the order of the codes.
var Definitions = func() []*Definition {
	all, err := parse(text)
	if err != nil {
		panic("measure: measures.txt: " + err.Error())
	}
	return all
}()

var byCode = func() map[string]*Definition {
	m := make(map[string]*Definition, len(Definitions))
	for _, d := range Definitions {
		m[d.Code] = d
	}
	return m
}()

// Coded returns the measure with a code, or nil.
func Coded(code string) *Definition { return byCode[code] }

// Areas returns the areas that measures belong to, in order.
func Areas() (areas []string) {
	for _, d := range Definitions {
		if !slices.Contains(areas, d.Area) {
			areas = append(areas, d.Area)
		}
	}
	return areas
}

// parse reads definitions as measures.txt holds them.
func parse(text string) ([]*Definition, error) {
	var all []*Definition
	seen := map[string]bool{}
	area := ""
	n := 0
	fail := func(format string, args ...any) error {
		return fmt.Errorf("line %d: "+format, append([]any{n}, args...)...)
	}
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "== "):
			area = line[3:]
		case strings.HasPrefix(line, "  "):
			if len(all) == 0 {
				return nil, fail("a property before any measure")
			}
			name, value, ok := strings.Cut(line[2:], ": ")
			if !ok || value == "" {
				return nil, fail("expected “name: value”")
			}
			if err := all[len(all)-1].set(name, value); err != nil {
				return nil, fail("%w", err)
			}
		default:
			code, title, ok := strings.Cut(line, " ")
			if !ok || area == "" {
				return nil, fail("expected a code and a title, below an area")
			}
			if seen[code] {
				return nil, fail("%s is defined twice", code)
			}
			seen[code] = true
			number, err := strconv.Atoi(strings.TrimLeft(code, "I0"))
			if err != nil {
				return nil, fail("%s is no code: expected I and a number", code)
			}
			all = append(all, &Definition{Code: code, Title: title, Area: area, Unit: "percent", number: number})
		}
	}
	for i, d := range all {
		d.place = i
		switch {
		case d.Counts == "" || d.Kind == "" || d.Better == "" || len(d.Over) == 0:
			return nil, fmt.Errorf("%s lacks what it counts, its kind, its polarity or its period", d.Code)
		case d.Share() && d.Of == "":
			return nil, fmt.Errorf("%s is a share of nothing", d.Code)
		}
		for _, b := range d.Beside {
			if !seen[b] {
				return nil, fmt.Errorf("%s stands beside %s, which is no measure", d.Code, b)
			}
		}
	}
	return all, nil
}

func (d *Definition) set(name, value string) error {
	switch name {
	case "counts":
		d.Counts = value
	case "of":
		d.Of = value
	case "kind":
		if d.Kind = Kind(value); !slices.Contains(Kinds, d.Kind) {
			return fmt.Errorf("%q is no kind of measure", value)
		}
	case "better":
		if d.Better = Polarity(value); !slices.Contains([]Polarity{Higher, Lower, Band, Neutral}, d.Better) {
			return fmt.Errorf("%q is no polarity", value)
		}
	case "over":
		for _, word := range strings.Fields(value) {
			s := Span(word)
			if s.Words() == "" {
				return fmt.Errorf("%q is no period", word)
			}
			d.Over = append(d.Over, s)
		}
	case "unit":
		d.Unit = value
	case "source":
		d.Source = value
	case "beside":
		d.Beside = strings.Fields(value)
	case "baseline":
		d.Baseline = value
	case "aim":
		d.Aim = value
	case "waits":
		d.Waits = value
	case "settles":
		days, err := strconv.Atoi(value)
		if err != nil || days < 0 {
			return fmt.Errorf("%q is no number of days", value)
		}
		d.Settles = days
	case "as":
		h, ok := map[string]how{"holding": holding, "longest": longest, "growing": growing}[value]
		if !ok {
			return fmt.Errorf("%q is no way of counting", value)
		}
		d.how = h
	default:
		return fmt.Errorf("%q is no property of a measure", name)
	}
	return nil
}
