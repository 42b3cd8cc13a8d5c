package analysis

import (
	"bytes"
	"os"
	"slices"
	"strconv"
	"testing"

	"weald/calendar"
	"weald/domain/published"
	"weald/domain/sen2"
)

func day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// of analyses people of the 2025 return.
func of(people ...*sen2.Person) *Analysis {
	a := New(sen2.Header{Year: 2025})
	for i, p := range people {
		a.Add(p, "child-"+strconv.Itoa(i+1))
	}
	return a
}

// child is a person with a plan of the year.
func child(change func(*sen2.Person, *sen2.Request)) *sen2.Person {
	p := &sen2.Person{Born: day("2015-01-16"), Sex: "F", Ethnicity: "WBRI", PostCode: "ZZ99 3VZ", Requests: []sen2.Request{{
		Received: day("2024-03-01"), Outcome: "Y", OutcomeOn: day("2024-04-12"), Source: "2",
		Assessment: &sen2.Assessment{Outcome: "Y", OutcomeOn: day("2024-07-19"), Week20: "1", Plan: &sen2.NamedPlan{Start: day("2024-07-19"), Details: []sen2.PlanDetail{{}, {}}}},
		Active: &sen2.ActivePlan{Needs: []sen2.Need{{Type: "ASD", Rank: "1"}, {Type: "SEMH", Rank: "2"}},
			Placements: []sen2.Placement{{Place: sen2.Place{URN: "100001", Rank: "1", Unit: "1"}, Entry: day("2024-09-01")}}},
	}}}
	if change != nil {
		change(p, &p.Requests[0])
	}
	return p
}

func TestWhereOnePersonIsCounted(t *testing.T) {
	for _, c := range []struct {
		name         string
		change       func(*sen2.Person, *sen2.Request)
		section, row string
		want         int
	}{
		{"ten on the reference date, and not rounded", nil, "age", "10 to 15", 1},
		{"nine until tomorrow", func(p *sen2.Person, _ *sen2.Request) { p.Born = day("2015-01-17") }, "age", "5 to 9", 1},
		{"no name stops nothing, no birth date is said", func(p *sen2.Person, _ *sen2.Request) { p.Born = 0 }, "age", "Not known", 1},
		{"half a postcode", nil, "place", "ZZ99", 1},
		{"a postcode without its space", func(p *sen2.Person, _ *sen2.Request) { p.PostCode = "ZZ993VZ" }, "place", "ZZ99", 1},
		{"both needs are read", nil, "second", "Social, emotional and mental health", 1},
		{"where the child is", nil, "setting", "URN 100001", 1},
		{"a provider known by UKPRN", func(_ *sen2.Person, r *sen2.Request) {
			r.Active.Placements[0].URN, r.Active.Placements[0].UKPRN = "", "10001234"
		}, "setting", "UKPRN 10001234", 1},
		{"received in the year", nil, "requested", "All", 1},
		{"received before it", func(_ *sen2.Person, r *sen2.Request) { r.Received = day("2023-12-31") }, "requested", "All", 0},
		{"who asked", nil, "source", "School or other education setting", 1},
		{"a plan with no detail is counted", func(_ *sen2.Person, r *sen2.Request) { r.Assessment.Plan.Details = nil }, "issued", "All", 1},
		{"a plan of the year", nil, "conversion", "of them, a plan issued", 1},
		{"an exception", nil, "exception", "Exception applies", 1},
		{"ceased in the year", func(_ *sen2.Person, r *sen2.Request) {
			r.Assessment.Plan.CeasedOn, r.Assessment.Plan.Reason = day("2024-12-31"), "5"
		}, "reason", "Transferred to another local authority in England", 1},
		{"open for 165 days in the year", func(_ *sen2.Person, r *sen2.Request) { r.Assessment.Plan.CeasedOn = day("2024-12-31") }, "closed-length", "151 to 365 days", 1},
		{"six months", nil, "open-length", "151 to 365 days", 1},
		{"four years to the day", func(_ *sen2.Person, r *sen2.Request) { r.Assessment.Plan.Start = day("2021-01-16") }, "open-length", "3 to 4 years", 1},
		{"a day more", func(_ *sen2.Person, r *sen2.Request) { r.Assessment.Plan.Start = day("2021-01-15") }, "open-length", "Over 4 years", 1},
		{"undecided", func(_ *sen2.Person, r *sen2.Request) { *r = sen2.Request{Received: day("2024-12-01"), Outcome: "A"} }, "open-requests", "All", 1},
		{"under way", func(_ *sen2.Person, r *sen2.Request) { r.Assessment = &sen2.Assessment{Outcome: "A"} }, "open-assessments", "All", 1},
		{"decided and not issued", func(_ *sen2.Person, r *sen2.Request) { r.Assessment = &sen2.Assessment{Outcome: "Y"} }, "open-assessments", "All", 1},
		{"reviewed a year ago to the day", func(_ *sen2.Person, r *sen2.Request) { r.Active.ReviewMeeting = day("2024-01-16") }, "reviewed", "6 to 12 months", 1},
		{"a transfer due", func(_ *sen2.Person, r *sen2.Request) { r.Active.TransferDue = day("2025-02-15") }, "phase", "Due, and no final plan yet", 1},
		{"a SEN unit", nil, "provision", "SEN unit", 1},
		{"the journey", nil, "journey", "Request: to assess; assessment: plan; plan", 1},
	} {
		a := of(child(c.change))
		got := 0
		for _, row := range a.View(&Filter{}).Sections[c.section] {
			if row.Label == c.row {
				got = row.N
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, %s: %d, want %d", c.name, c.section, c.row, got, c.want)
		}
		if ids := a.Ids(&Filter{Section: c.section, Row: c.row}); len(ids) != c.want {
			t.Errorf("%s: %d children behind %d", c.name, len(ids), c.want)
		}
	}
}

// Leaving historical requests out changes counts of requests and assessments,
// and no count of plans.
func TestHistoricalRequests(t *testing.T) {
	p := child(nil)
	p.Requests = append(p.Requests, sen2.Request{Received: day("2024-01-01"), Outcome: "H"})
	a := of(p)
	with, without := a.View(&Filter{}), a.View(&Filter{WithoutH: true})
	for section, want := range map[string][2]int{"requested": {2, 1}, "several": {1, 0}, "journey": {2, 1}, "in-force": {1, 1}, "people": {1, 1}} {
		if got := [2]int{with.Totals[section], without.Totals[section]}; got != want {
			t.Errorf("%s: %v, want %v", section, got, want)
		}
	}
	p.Requests[0].Outcome = "H"
	if v := of(p).View(&Filter{WithoutH: true}); v.Totals["in-force"] != 1 || v.Totals["requested"] != 0 {
		t.Errorf("%v", v.Totals)
	}
}

func TestFiltersPickPeople(t *testing.T) {
	boy := child(func(p *sen2.Person, r *sen2.Request) { p.Sex = "M"; r.Assessment.Plan.CeasedOn = day("2024-12-31") })
	a := of(child(nil), boy, boy)
	v := a.View(&Filter{Attributes: map[string]string{"sex": "Male", "need": ""}})
	if v.People != 2 || v.Of != 3 || v.Totals["ceased"] != 2 || v.Totals["in-force"] != 0 {
		t.Errorf("%+v", v)
	}
	if got := a.View(&Filter{}).Broken["ceased"]["sex"]; !slices.Equal(got, []Count{{"Male", 2}}) {
		t.Errorf("%v", got)
	}
	if ids := a.Ids(&Filter{Attributes: map[string]string{"sex": "Male"}, Section: "ceased", Row: "All"}); !slices.Equal(ids, []string{"child-2", "child-3"}) {
		t.Errorf("%v", ids)
	}
	if v := a.View(&Filter{Attributes: map[string]string{"sex": "Other"}}); v.People != 0 {
		t.Errorf("an unknown row picked %d", v.People)
	}
}

func TestSpreads(t *testing.T) {
	for _, c := range []struct {
		days []int32
		want [5]int
	}{
		{[]int32{7}, [5]int{7, 7, 7, 7, 7}}, {[]int32{3, 1}, [5]int{1, 2, 2, 3, 3}}, {[]int32{5, 1, 2, 4, 3}, [5]int{1, 2, 3, 4, 5}},
	} {
		s := spread(&Waits[0], c.days)
		if got := [5]int{s.Least, s.Lower, s.Median, s.Upper, s.Most}; got != c.want {
			t.Errorf("%v: %v, want %v", c.days, got, c.want)
		}
	}
	a := of(child(nil))
	if s := a.View(&Filter{}).Spreads[waitOutcome]; s.N != 1 || s.Median != 140 || s.Mean != 1400 {
		t.Errorf("%+v", s)
	}
}

// The whole return: every person is in one row of each attribute, the children
// behind each figure are no more than it, and the figures that the department
// publishes, too, agree with its.
func TestAWholeReturn(t *testing.T) {
	file, err := os.ReadFile("../sen2/testdata/return-2026-500.xml")
	if err != nil {
		t.Fatal(err)
	}
	h, err := sen2.ReadHeader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	a := New(h)
	if _, _, err := sen2.Read(bytes.NewReader(file), func(p *sen2.Person) error { a.Add(p, strconv.Itoa(p.Number)); return nil }); err != nil {
		t.Fatal(err)
	}
	v := a.View(&Filter{})
	for _, one := range Attributes {
		if v.Totals[one] != 500 {
			t.Errorf("%s adds up to %d", one, v.Totals[one])
		}
	}
	for key, rows := range v.Sections {
		for _, row := range rows {
			if ids := a.Ids(&Filter{Section: key, Row: row.Label}); len(ids) == 0 || len(ids) > row.N {
				t.Errorf("%s, %s: %d people behind %d", key, row.Label, len(ids), row.N)
			}
		}
	}
	results, _, _, err := published.Count(bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	for key, section := range map[string]string{"plans": "in-force", "requests": "requested", "ceased": "ceased"} {
		want := results.Find(key).Figures[0].Count
		if key == "requests" { // as published, without those marked historical
			if got := a.View(&Filter{WithoutH: true}).Totals[section]; got != want {
				t.Errorf("%s: %d, published as %d", section, got, want)
			}
		} else if v.Totals[section] != want {
			t.Errorf("%s: %d, published as %d", section, v.Totals[section], want)
		}
	}
}
