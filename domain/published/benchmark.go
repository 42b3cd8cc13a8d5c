package published

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
)

//go:embed data/regions_2025.csv
var regions2025 string

var regions = func() map[string]string {
	m := map[string]string{}
	for _, row := range table(regions2025)[1:] {
		m[row[0]] = row[1]
	}
	return m
}()

// A Benchmark is how a measure of the area's own, known by its code, is worked
// out from what was published. Where two denominators are published there are
// two, and neither takes the other's place.
type Benchmark struct {
	Code  string
	Basis string // what was counted of what, and how it differs from the area's own
	When  string // the year of the figures

	num, den []string
	appeals  int // 1: over decisions; 2: over the base in development
	growth   bool
}

// A Share is a published numerator and denominator of a benchmark.
type Share struct {
	Where    string
	Num, Den int
	Known    bool // both were published
	Of       int  // how many authorities it is the sum of; 0: of one, or England's own figure
}

var benchmarks = []Benchmark{
	{Code: "I001", Basis: "plans issued within 20 weeks of those issued, without exceptions", When: "2024", num: weeks("plans_issued_20_weeks_ex"), den: weeks("plans_issued_den_ex")},
	{Code: "I002", Basis: "plans issued within 20 weeks of all issued", When: "2024", num: weeks("plans_issued_within_20_weeks"), den: weeks("plans_issued_den")},
	{Code: "I003", Basis: "plans issued after more than a year of all issued", When: "2024", num: weeks("plans_issued_gt_1_year"), den: weeks("plans_issued_den")},
	{Code: "I004", Basis: "outcomes within 6 weeks of all outcomes", When: "2024", num: prefixed("requests.", "request_outcome_six_weeks"), den: prefixed("requests.", "request_outcome_six_weeks", "request_outcome_over_6_weeks")},
	{Code: "I005", Basis: "requests refused of those received", When: "2024", num: prefixed("requests.", "requests_decided_not_to_assess"), den: prefixed("requests.", "requests_received_in_year")},
	{Code: "I007", Basis: "decisions not to issue told in time of all such decisions", When: "2024", num: prefixed("assessments.", "outcome_decision_within_time"), den: prefixed("assessments.", "outcome_decision_within_time", "outcome_decision_over_time")},
	{Code: "I008", Basis: "plans issued of assessments in the year", When: "2024", num: prefixed("assessments.", "assess_issued"), den: prefixed("assessments.", "assess_in_year")},
	{Code: "I018", Basis: "appeals registered of decisions that could be appealed", When: "2024", appeals: 1},
	{Code: "I018", Basis: "appeals registered of decisions that could be appealed, on the base in development", When: "2024", appeals: 2},
	{Code: "I020", Basis: "reviews with a meeting recorded of those expected; the department does not count whether it was on time", When: "January 2025", num: prefixed("annual_reviews.", "total_review_meeting"), den: prefixed("annual_reviews.", "review_expected")},
	{Code: "I021", Basis: "decisions within 4 weeks of the review meeting of all decisions", When: "January 2025", num: prefixed("annual_reviews.", "number_decsion_4weeks"), den: prefixed("annual_reviews.", "number_decsion_4weeks", "number_decision_gt_4weeks")},
	{Code: "I035", Basis: "plans in any mainstream school of all plans", When: "January 2025", num: placed("mainstream_"), den: prefixed("caseload.", "ehcplans")},
	{Code: "I051", Basis: "plans in independent and non-maintained special schools of all plans", When: "January 2025", num: prefixed("caseload.", "special_independent", "special_non_maintained"), den: prefixed("caseload.", "ehcplans")},
	{Code: "I052", Basis: "plans in state special schools of all plans", When: "January 2025", num: prefixed("caseload.", "special_la_maintained", "special_academy_free"), den: prefixed("caseload.", "ehcplans")},
	{Code: "I083", Basis: "children with a plan who are educated at home of all plans", When: "January 2025", num: prefixed("caseload.", "elective_home_education"), den: prefixed("caseload.", "ehcplans")},
	{Code: "I120", Basis: "plans in January 2025 over those of January 2024, less 1", When: "January 2025", growth: true},
}

func weeks(name string) []string { return []string{"timeliness_20_week." + name} }

func placed(prefix string) (names []string) {
	for _, p := range placements {
		if strings.HasPrefix(p.name, prefix) {
			names = append(names, "caseload."+p.name)
		}
	}
	return names
}

// Benchmarks returns what was published that a measure can be laid beside; none
// for most.
func Benchmarks(code string) (all []Benchmark) {
	for _, b := range benchmarks {
		if b.Code == code {
			all = append(all, b)
		}
	}
	return all
}

// Region returns the region of an authority; "" if it is not known.
func (r *Release) Region(area string) string { return regions[area] }

// Share returns a benchmark's published figures for one area.
func (r *Release) Share(b *Benchmark, area string) Share {
	s := Share{Where: r.Name(area), Known: true}
	switch {
	case b.appeals == 2 && area == England: // the base leaves out those for whom it is not published, so the appeals must too
		for one := range r.appeals {
			if one == England {
				continue
			}
			if part := r.Share(b, one); part.Known {
				s.Num, s.Den = s.Num+part.Num, s.Den+part.Den
			}
		}
	case b.appeals > 0:
		a, ok := r.Appeals(area)
		s.Num, s.Den, s.Known = a.Registered, a.Decisions, ok
		if b.appeals == 2 {
			s.Den, s.Known = a.Development, ok && a.Development > 0
		}
	case b.growth:
		list := r.Series(area, "caseload.ehcplans")
		if len(list) < 2 || list[len(list)-1] < 0 || list[len(list)-2] <= 0 {
			return Share{Where: s.Where}
		}
		s.Den = list[len(list)-2]
		s.Num = list[len(list)-1] - s.Den
	default:
		add := func(names []string) (n int) {
			for _, name := range names {
				one, ok := r.Figure(area, name)
				n, s.Known = n+one, s.Known && ok
			}
			return n
		}
		s.Num, s.Den = add(b.num), add(b.den)
	}
	s.Known = s.Known && s.Den > 0
	return s
}

// RegionShare adds a benchmark up over the authorities of an area's region. It is
// known when every one of them has figures.
func (r *Release) RegionShare(b *Benchmark, area string) Share {
	sum := Share{Where: r.Region(area), Known: r.Region(area) != ""}
	for _, one := range r.Areas() {
		if r.Region(one) != sum.Where {
			continue
		}
		s := r.Share(b, one)
		sum.Num, sum.Den, sum.Known, sum.Of = sum.Num+s.Num, sum.Den+s.Den, sum.Known && s.Known, sum.Of+1
	}
	return sum
}

// Middle returns the middle percentage of shares, to one decimal; false if fewer
// than half of them are known.
func Middle(shares []Share) (string, bool) {
	var all []float64
	for _, s := range shares {
		if s.Known {
			all = append(all, 100*float64(s.Num)/float64(s.Den))
		}
	}
	if len(all) == 0 || 2*len(all) < len(shares) {
		return "", false
	}
	slices.Sort(all)
	half := len(all) / 2
	middle := all[half]
	if len(all)%2 == 0 {
		middle = (all[half-1] + all[half]) / 2
	}
	return strconv.FormatFloat(middle, 'f', 1, 64), true
}
