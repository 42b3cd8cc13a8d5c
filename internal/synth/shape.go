package synth

import (
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data
var data embed.FS

// A shape is what an area is like, in figures published for a real county. It
// is read once; years are counted from the last whole year, which is 0.
type shape struct {
	rates      map[string]Published
	ages       []ageRow
	held       []float64 // plans by the whole years since the year in which they were made
	placements []placement
}

// A Published is a figure as it was published.
type Published struct {
	Measure   string
	Year      int // 0 is the last whole year, −1 the one before it
	Value, Of float64
	Source    string
}

// Rate is the figure as a share of what it is of.
func (p Published) Rate() float64 { return p.Value / p.Of }

// An ageRow is the published figures for one year of age, reckoned on 31 August
// before the school year for plans.
type ageRow struct {
	age                                            int
	plans, mainstream, special, further, elsewhere float64
	started, fresh, requests, ceased               float64
}

// A placement is a kind of place and how many plans name one.
type placement struct {
	group, item string
	plans       float64
}

var published = mustReadShape()

// Figures returns the published figures that give an area its shape.
func Figures() (all []Published) {
	for _, row := range table("published.csv") {
		all = append(all, published.rates[key(row[0], int(number(row[1])))])
	}
	return all
}

func key(measure string, year int) string { return measure + " " + strconv.Itoa(year) }

// rate returns a published rate for a year, or for the nearest year after it
// that has one.
func (s *shape) rate(measure string, year int) float64 {
	for y := min(year, 0); y <= 0; y++ {
		if p, ok := s.rates[key(measure, y)]; ok {
			return p.Rate()
		}
	}
	panic("synth: no figure is published for " + measure)
}

func mustReadShape() *shape {
	s := &shape{rates: map[string]Published{}}
	for _, r := range table("published.csv") {
		p := Published{Measure: r[0], Year: int(number(r[1])), Value: number(r[2]), Of: number(r[3]), Source: r[4]}
		s.rates[key(p.Measure, p.Year)] = p
	}
	for _, r := range table("ages.csv") {
		n := make([]float64, len(r))
		for i := range r {
			n[i] = number(r[i])
		}
		s.ages = append(s.ages, ageRow{int(n[0]), n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]})
	}
	for _, r := range table("held.csv") {
		s.held = append(s.held, number(r[1]))
	}
	for _, r := range table("placements.csv") {
		s.placements = append(s.placements, placement{r[0], r[1], number(r[2])})
	}
	return s
}

// table reads a file of the program's own, without its heading.
func table(name string) [][]string {
	file, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("synth: %s: %v", name, err))
	}
	return rows[1:]
}

// lines reads the lines of a text of the program's own that are not comments.
func lines(name string) (all []string) {
	file, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(file)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}

func number(s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic("synth: " + err.Error())
	}
	return n
}
