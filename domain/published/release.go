package published

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
)

// England is the code of England in a [Release], where authorities have their
// three-digit numbers.
const England = "England"

// What the figures held are.
const (
	ReleaseName   = "DfE, Education, health and care plans, reporting year 2025 (files of 1 July 2025)"
	ReleaseYear   = 2025
	NeighbourList = "DfE, Local Authority Interactive Tool, statistical neighbours, May 2025"
)

//go:embed data/published_2025.csv
var published2025 string

//go:embed data/neighbours_may_2025.csv
var neighboursMay2025 string

//go:embed data/series_2019_2025.csv
var series2025 string

//go:embed data/england_breakdowns_2025.csv
var englandBreakdowns string

//go:embed data/tribunal_2024.csv
var tribunal2024 string

// A Release is the department's figures of one year.
type Release struct {
	columns    map[string]int
	areas      map[string][]string
	neighbours map[string][]string
	series     map[string]map[int][]string // by area and return
	seriesOf   []string
	appeals    map[string][3]string
	parts      map[[3]string]string // of England, by topic, row in plain words and column
}

// Held is the release that Weald has: that of 2025.
var Held = readRelease()

func readRelease() *Release {
	r := &Release{columns: map[string]int{}, areas: map[string][]string{}, neighbours: map[string][]string{}, series: map[string]map[int][]string{}, appeals: map[string][3]string{}, parts: map[[3]string]string{}}
	rows := table(published2025)
	for i, name := range rows[0] {
		r.columns[name] = i
	}
	for _, row := range rows[1:] {
		r.areas[row[0]] = row
	}
	for _, row := range table(neighboursMay2025)[1:] {
		r.neighbours[row[0]] = row[1:]
	}
	rows = table(series2025)
	r.seriesOf = rows[0]
	for _, row := range rows[1:] {
		year, err := strconv.Atoi(row[1])
		if err != nil {
			panic(err)
		}
		if r.series[row[0]] == nil {
			r.series[row[0]] = map[int][]string{}
		}
		r.series[row[0]][year] = row
	}
	for _, row := range table(englandBreakdowns)[1:] {
		r.parts[[3]string{row[0], plainRow(row[1]), row[2]}] = row[3]
	}
	for _, row := range table(tribunal2024)[1:] {
		r.appeals[row[0]] = [3]string{row[1], row[2], row[3]}
	}
	return r
}

func table(text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(err)
	}
	return rows
}

// Name returns what an area is called; "" if it has no figures.
func (r *Release) Name(area string) string {
	if row := r.areas[area]; row != nil {
		return row[1]
	}
	return ""
}

// Areas returns every authority with figures, by name.
func (r *Release) Areas() []string {
	var list []string
	for area := range r.areas {
		if area != England {
			list = append(list, area)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(r.Name(a), r.Name(b)) })
	return list
}

// Neighbours returns the ten statistical neighbours of an authority, closest
// first; none if it has none.
func (r *Release) Neighbours(area string) []string { return r.neighbours[area] }

// Text returns a figure as it was published, marks included: x is not
// available, z does not apply.
func (r *Release) Text(area, column string) string {
	row, at := r.areas[area], r.columns[column]
	if row == nil || at == 0 {
		return ""
	}
	return row[at]
}

// Figure returns a figure; false if it was not published, or is a mark. A mark
// is never 0.
func (r *Release) Figure(area, column string) (int, bool) {
	n, err := strconv.Atoi(r.Text(area, column))
	return n, err == nil
}

// topics are the breakdowns that are held for England, by the measures that have
// them: the department's name for the breakdown, and the column.
var topics = map[string][2]string{
	"plans-by-age":         {"Child or young persons age", "caseload.ehcplans"},
	"plans-by-sex":         {"Sex", "caseload.ehcplans"},
	"plans-by-ethnicity":   {"Ethnicity", "caseload.ehcplans"},
	"plans-by-years":       {"Years EHC plan in place", "caseload.ehcplans"},
	"plans-by-age-started": {"Age when plan started", "caseload.ehcplans"},
	"requests-by-age":      {"Child or young persons age", "requests.requests_received_in_year"},
	"ceased-by-age":        {"Age plan ceased", "ceased_plans.total_ceased"},
}

// plainRow is a row of a breakdown without what the department puts before ages.
func plainRow(s string) string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(s), "aged "), "age ")
}

// Part returns England's figure of one row of a breakdown, and the whole that it
// is a part of; false if none is held.
func (r *Release) Part(m *Measure, column int) (count, whole int, ok bool) {
	topic, ok := topics[m.Key]
	if !ok {
		return 0, 0, false
	}
	count, err := strconv.Atoi(r.parts[[3]string{topic[0], plainRow(m.Columns[column].Label), topic[1]}])
	if err != nil {
		return 0, 0, false
	}
	whole, ok = r.Figure(England, topic[1])
	return count, whole, ok
}

// HasParts reports whether a breakdown of England is held for a measure.
func HasParts(m *Measure) bool { return topics[m.Key] != [2]string{} }

// Figures returns the figures of one area, for [Sums].
func (r *Release) Figures(area string) func(string) (int, bool) {
	return func(column string) (int, bool) { return r.Figure(area, column) }
}

// Percent works out the published percentage of a measure's column, as the
// results of a return have it.
func (r *Release) Percent(area string, m *Measure, column int) (string, bool) {
	count, ok := r.Figure(area, m.Columns[column].Name)
	if !ok {
		return "", false
	}
	whole, known := 0, true
	add := func(name string) {
		n, ok := r.Figure(area, name)
		whole, known = whole+n, known && ok
	}
	switch {
	case m.whole == ofFirst:
		if column == 0 {
			return "", false
		}
		add(m.Columns[0].Name)
	case m.whole == ofSum:
		for _, c := range m.Columns {
			if c.Name != "" {
				add(c.Name)
			}
		}
	case m.whole > 0:
		add(Measures[m.whole-1].Columns[0].Name)
	default:
		return "", false
	}
	if !known {
		return "", false
	}
	return Percent(count, whole)
}

// Appeals are the Tribunal appeals registered in 2024 and what they are divided
// by. Two bases are published, and neither takes the other's place.
type Appeals struct {
	Registered  int
	Decisions   int // that could be appealed, as [Measures] has them
	Development int // the same on a base in development; 0: not published
}

// Appeals returns an area's appeals; false if there is no figure.
func (r *Release) Appeals(area string) (a Appeals, ok bool) {
	var err, err2 error
	row := r.appeals[area]
	a.Registered, err = strconv.Atoi(row[0])
	a.Decisions, err2 = strconv.Atoi(row[1])
	if n, err := strconv.Atoi(row[2]); err == nil {
		a.Development = n
	}
	return a, err == nil && err2 == nil
}

// SeriesFirst and SeriesLast are the first and last return of a series.
const SeriesFirst, SeriesLast = 2019, 2025

// Series returns a column's figures for the returns from [SeriesFirst] to
// [SeriesLast], -1 for one that was not published; nil if the column has no
// series.
func (r *Release) Series(area, column string) []int {
	at := -1
	for i, name := range r.seriesOf {
		if name == column {
			at = i
		}
	}
	if at < 0 || r.series[area] == nil {
		return nil
	}
	list := make([]int, 0, SeriesLast-SeriesFirst+1)
	for year := SeriesFirst; year <= SeriesLast; year++ {
		n := -1
		if row := r.series[area][year]; row != nil {
			if v, err := strconv.Atoi(row[at]); err == nil {
				n = v
			}
		}
		list = append(list, n)
	}
	return list
}
