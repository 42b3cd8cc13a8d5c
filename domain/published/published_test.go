package published

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/sen2"
)

// The identities that the published totals were checked by, and what is said of
// each gap.
func TestPublishedTotalsAddUpOrSayWhyNot(t *testing.T) {
	want := map[string]struct {
		gap   int
		words string
	}{
		"Requests decided, by six weeks":                           {8819, "8819 more are in the two six-week columns than were decided"},
		"Plans issued, by how long they took":                      {64, "64 plans were issued with no day of request"},
		"Plans issued without an exception, by how long they took": {61, "61 plans were issued with no day of request"},
		"Plans issued after assessment, and those timed":           {8155, "8155 plans issued are not in the denominator"},
		"Plans that ceased, by reason":                             {1, "1 in the whole and in none of its parts"},
		"Review decisions by four weeks":                           {3, "3 more are in the two four-week columns"},
		"New plans by primary need":                                {184, "184 new plans are not in the file of needs"},
	}
	sums := Sums(Held.Figures(England))
	if len(sums) != len(Identities) {
		t.Errorf("%d of %d identities could be worked out for England", len(sums), len(Identities))
	}
	for _, s := range sums {
		w := want[s.Title]
		delete(want, s.Title)
		if s.Gap != w.gap || !strings.Contains(s.Why, w.words) || (s.Gap == 0) != (s.Why == "") {
			t.Errorf("%s: %d against %d, a gap of %d: %q; want %d, %q", s.Title, s.Whole, s.Parts, s.Gap, s.Why, w.gap, w.words)
		}
	}
	for title := range want {
		t.Errorf("%s was not worked out", title)
	}
}

// Ages that are not known are the plans that are in no band of the 20 weeks.
func TestUnknownAgesAreThePlansInNoBand(t *testing.T) {
	plans, bands := 0, 0
	for _, row := range table(englandBreakdowns) {
		if !strings.HasPrefix(row[2], "timeliness_20_week.") || row[0] != "Child or young persons age" || row[1] != "Unknown" {
			continue
		}
		n, err := strconv.Atoi(row[3])
		if err != nil {
			t.Fatal(err)
		}
		if row[2] == "timeliness_20_week.plans_issued_den" {
			plans = n
		} else {
			bands += n
		}
	}
	if plans != 64 || bands != 0 {
		t.Errorf("%d plans of unknown age, %d of them in a band: want 64 and 0", plans, bands)
	}
}

// In no authority are more plans timed than were issued; in nine the two agree.
func TestTimedPlansAreAmongThoseIssued(t *testing.T) {
	equal, unbanded := 0, 0
	for area := range Held.areas {
		if area == England {
			continue
		}
		for _, s := range Sums(Held.Figures(area)) {
			switch s.Title {
			case "Plans issued after assessment, and those timed":
				if s.Gap < 0 {
					t.Errorf("%s: %s", area, s.Why)
				} else if s.Gap == 0 {
					equal++
				}
			case "Plans issued, by how long they took":
				if s.Gap > 0 {
					unbanded++
				}
			case "Plans and annual reviews expected", "Reviews expected, by whether a meeting was held", "Review meetings by when they were", "Review meetings by decision", "Review meetings by outcome":
				if s.Gap != 0 {
					t.Errorf("%s: %s: %s", area, s.Title, s.Why)
				}
			}
		}
	}
	if equal != 9 || unbanded != 11 {
		t.Errorf("equal in %d authorities and unbanded in %d: want 9 and 11", equal, unbanded)
	}
}

func TestPercentages(t *testing.T) {
	for _, c := range []struct {
		count, whole int
		want         string
	}{
		{783, 2354, "33.3"}, {784, 2424, "32.3"}, {1559, 23692, "6.6"}, {1559, 14675, "10.6"}, {3151, 3151 + 6223, "33.6"},
		{15376, 17334, "88.7"}, {17334, 20635, "84.0"}, {1487 + 136, 20635, "7.9"}, {0, 5, "0.0"}, {5, 5, "100.0"}, {1, 8, "12.5"},
	} {
		if got, ok := Percent(c.count, c.whole); got != c.want || !ok {
			t.Errorf("%d of %d: %s, want %s", c.count, c.whole, got, c.want)
		}
	}
	if _, ok := Percent(0, 0); ok {
		t.Error("nothing of nothing has a percentage")
	}
	for _, c := range []struct {
		key    string
		column int
		want   string
	}{{"twenty-weeks-without-exceptions", 1, "33.3"}, {"twenty-weeks", 1, "32.3"}, {"requests", 2, "55.0"}, {"four-weeks", 0, "33.6"}, {"assessments", 1, "84.3"}} {
		m := measure(t, c.key)
		if got, _ := Held.Percent("886", m, c.column); got != c.want {
			t.Errorf("Kent, %s, %s: %s, want %s", m.Title, m.Columns[c.column].Label, got, c.want)
		}
	}
}

func TestBothBasesOfTheAppealRateAreKept(t *testing.T) {
	for area, want := range map[string]Appeals{"886": {1559, 23692, 14675}, England: {22276, 689739, 364912}} {
		if got, ok := Held.Appeals(area); got != want || !ok {
			t.Errorf("%s: %+v", area, got)
		}
	}
	if _, ok := Held.Appeals("nowhere"); ok {
		t.Error("appeals of nowhere")
	}
}

func measure(t *testing.T, key string) *Measure {
	t.Helper()
	for i := range Measures {
		if Measures[i].Key == key {
			return &Measures[i]
		}
	}
	t.Fatalf("no measure %s", key)
	return nil
}

// Every name of a column is the department's, and every measure says what it is.
func TestMeasuresSayWhatTheyAre(t *testing.T) {
	keys := map[string]bool{}
	for i := range Measures {
		m := &Measures[i]
		if m.Key == "" || keys[m.Key] || m.Title == "" || m.Set == "" || m.Definition == "" || m.Confidence == "" || m.Source == "" || len(m.Columns) == 0 {
			t.Errorf("measure %d is not whole: %+v", i, m)
		}
		keys[m.Key] = true
		for _, c := range m.Columns {
			if _, ok := Held.columns[c.Name]; c.Name != "" && !ok {
				t.Errorf("%s: the department has no column %s", m.Key, c.Name)
			}
		}
		if (m.Of == "") != (m.whole == none) {
			t.Errorf("%s: a percentage is of %q and of %d", m.Key, m.Of, m.whole)
		}
	}
	for _, id := range Identities {
		for _, c := range append(id.Parts, id.Whole) {
			if _, ok := Held.columns[c]; !ok && pairs[c] == [2]string{} {
				t.Errorf("%s: the department has no column %s", id.Title, c)
			}
		}
	}
	for name, i := range groups {
		if i == 0 && len(name) > 2 && !strings.Contains(name, "school") {
			t.Errorf("the type %q has no group", name)
		}
	}
}

// Each breakdown that is held for England adds up to its whole, by the rows of
// the measure.
func TestEnglandsBreakdownsFitTheMeasures(t *testing.T) {
	for key := range topics {
		m := measure(t, key)
		sum, whole := 0, 0
		for i := range m.Columns {
			if n, all, ok := Held.Part(m, i); ok {
				sum, whole = sum+n, all
			}
		}
		if sum != whole || whole == 0 {
			t.Errorf("%s: %d of %d", key, sum, whole)
		}
	}
}

func TestFiguresThatAreNotNumbers(t *testing.T) {
	r := &Release{columns: map[string]int{"a": 1}, areas: map[string][]string{}}
	for _, mark := range []string{"x", "z", "~", "..", "low", ""} {
		r.areas["1"] = []string{"1", mark}
		if n, ok := r.Figure("1", "a"); ok {
			t.Errorf("%q was read as %d", mark, n)
		}
	}
}

var day = func(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// plan is a person whose request of the calendar year led to a plan.
func plan(change func(*sen2.Person)) *sen2.Person {
	p := &sen2.Person{Born: day("2015-08-31"), Sex: "F", Ethnicity: "WBRI", Requests: []sen2.Request{{
		Received: day("2024-03-01"), Outcome: "Y", OutcomeOn: day("2024-04-12"), Source: "1",
		Assessment: &sen2.Assessment{Outcome: "Y", OutcomeOn: day("2024-07-19"), Week20: "0", Plan: &sen2.NamedPlan{Start: day("2024-07-19")}},
		Active: &sen2.ActivePlan{
			Placements: []sen2.Placement{{Place: sen2.Place{URN: "100001", Rank: "1", Unit: "1"}, Entry: day("2024-09-01")}},
			Needs:      []sen2.Need{{Type: "DS", Rank: "1"}},
		},
	}}}
	if change != nil {
		change(p)
	}
	return p
}

func counted(t *testing.T, schools Schools, people ...*sen2.Person) Results {
	t.Helper()
	tally, err := NewTally(&sen2.Header{Year: 2025}, schools)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		tally.Add(p)
	}
	return tally.Results()
}

func TestEachMeasureOnOnePerson(t *testing.T) {
	request := func(p *sen2.Person) *sen2.Request { return &p.Requests[0] }
	for _, c := range []struct {
		name   string
		change func(*sen2.Person)
		key    string
		label  string
		want   int
	}{
		{"a plan in force", nil, "plans", "Plans", 1},
		{"a plan that starts after census day", func(p *sen2.Person) { request(p).Assessment.Plan.Start = day("2025-01-17") }, "plans", "Plans", 0},
		{"a plan that ceases on census day", func(p *sen2.Person) { request(p).Assessment.Plan.CeasedOn = day("2025-01-16") }, "plans", "Plans", 1},
		{"a plan that ceased the day before", func(p *sen2.Person) { request(p).Assessment.Plan.CeasedOn = day("2025-01-15") }, "plans", "Plans", 0},
		{"nine on 31 August", nil, "plans-by-age", "9", 1},
		{"eight on 31 August", func(p *sen2.Person) { p.Born = day("2015-09-01") }, "plans-by-age", "8", 1},
		{"no birth date", func(p *sen2.Person) { p.Born = 0 }, "plans-by-age", "Unknown", 1},
		{"two years old", func(p *sen2.Person) { p.Born = day("2022-01-01") }, "plans-by-age", "Under 3", 1},
		{"a year by the calendar", nil, "plans-by-years", "1", 1},
		{"this year by the calendar", func(p *sen2.Person) { request(p).Assessment.Plan.Start = day("2025-01-02") }, "plans-by-years", "Less than a year", 1},
		{"long in place", func(p *sen2.Person) { request(p).Assessment.Plan.Start = day("2011-01-02") }, "plans-by-years", "12 or more", 1},
		{"sex left out", func(p *sen2.Person) { p.Sex = "" }, "plans-by-sex", "Unknown", 1},
		{"ethnicity refused", func(p *sen2.Person) { p.Ethnicity = "REFU" }, "plans-by-ethnicity", "Unclassified", 1},
		{"Down syndrome is among other", nil, "plans-by-need", "Other difficulty", 1},
		{"no need", func(p *sen2.Person) { request(p).Active.Needs = nil }, "plans-by-need", "Not known", 1},
		{"received on the last day of the year", func(p *sen2.Person) { request(p).Received = day("2024-12-31") }, "requests", "Received", 1},
		{"received after it", func(p *sen2.Person) { request(p).Received = day("2025-01-01") }, "requests", "Received", 0},
		{"historical requests are not counted", func(p *sen2.Person) { request(p).Outcome = "H" }, "requests", "Received", 0},
		{"six weeks to the day", nil, "six-weeks", "Within six weeks", 1},
		{"a day more", func(p *sen2.Person) { request(p).OutcomeOn = day("2024-04-13") }, "six-weeks", "Over six weeks", 1},
		{"twenty weeks to the day", nil, "twenty-weeks", "Within 20 weeks", 1},
		{"a day more than twenty", func(p *sen2.Person) { request(p).Assessment.OutcomeOn = day("2024-07-20") }, "twenty-weeks", "Over 20 weeks, within a year", 1},
		{"fifty-two weeks and a day", func(p *sen2.Person) { request(p).Received = day("2023-07-20") }, "twenty-weeks", "Over a year", 1},
		{"no day of request", func(p *sen2.Person) { request(p).Received = 0 }, "twenty-weeks", "No day of request", 1},
		{"an exception leaves the denominator", func(p *sen2.Person) { request(p).Assessment.Week20 = "1" }, "twenty-weeks-without-exceptions", "Plans issued", 0},
		{"and stays in the plain figure", func(p *sen2.Person) { request(p).Assessment.Week20 = "1" }, "twenty-weeks", "Plans issued", 1},
		{"mediation leaves the undisputed figure", func(p *sen2.Person) { request(p).Assessment.OtherMediation = "1" }, "twenty-weeks-undisputed", "Plans issued", 0},
		{"a historical assessment is not timed", func(p *sen2.Person) { request(p).Assessment.Outcome = "H" }, "twenty-weeks", "Plans issued", 0},
		{"the start stands in for a missing day of issue", func(p *sen2.Person) { request(p).Assessment.OutcomeOn = 0 }, "twenty-weeks", "Within 20 weeks", 1},
		{"a new plan", nil, "new-plans", "New plans", 1},
		{"a plan from another authority is not new", func(p *sen2.Person) { request(p).Active.TransferLA = "886" }, "new-plans", "New plans", 0},
		{"sixteen weeks to the day", func(p *sen2.Person) {
			request(p).Assessment = &sen2.Assessment{Outcome: "N", OutcomeOn: day("2024-06-21")}
		}, "sixteen-weeks", "Within sixteen weeks", 1},
		{"no review expected of a new plan", nil, "reviews", "Review not expected", 1},
		{"a review expected and not held", func(p *sen2.Person) { request(p).Assessment.Plan.Start = day("2023-12-31") }, "reviews", "No meeting", 1},
		{"decided four weeks after the meeting", func(p *sen2.Person) {
			request(p).Assessment.Plan.Start = day("2023-12-31")
			request(p).Active.ReviewMeeting, request(p).Active.LastReview = day("2024-11-01"), day("2024-11-29")
		}, "four-weeks", "Within four weeks", 1},
		{"not yet due", func(p *sen2.Person) {
			request(p).Assessment.Plan.Start = day("2023-12-31")
			request(p).Active.ReviewMeeting = day("2024-12-19")
		}, "reviews-decided", "Not yet due", 1},
		{"outstanding", func(p *sen2.Person) {
			request(p).Assessment.Plan.Start = day("2023-12-31")
			request(p).Active.ReviewMeeting = day("2024-12-18")
		}, "reviews-decided", "Outstanding", 1},
		{"ceased", func(p *sen2.Person) {
			request(p).Assessment.Plan.CeasedOn, request(p).Assessment.Plan.Reason = day("2024-10-01"), "2"
		}, "ceased", "Needs met without a plan", 1},
		{"ceased with no reason", func(p *sen2.Person) { request(p).Assessment.Plan.CeasedOn = day("2024-10-01") }, "ceased", "Not recorded", 1},
		{"a phase transfer due", func(p *sen2.Person) { request(p).Active.TransferDue = day("2025-02-15") }, "phase-transfers", "Due in the census year", 1},
		{"refused, for the appeal rate", func(p *sen2.Person) { request(p).Outcome = "N" }, "tribunal-decisions", "Requests refused", 1},
	} {
		got, ok := counted(t, nil, plan(c.change)).Find(c.key).Figure(c.label)
		if !ok || got.Count != c.want {
			t.Errorf("%s: %s, %s: %d, want %d", c.name, c.key, c.label, got.Count, c.want)
		}
	}
}

func TestPlacementsFollowTheRegister(t *testing.T) {
	rs := counted(t, nil, plan(nil)).Find("plans-by-placement")
	if f, _ := rs.Figure(typeUnknown); f.Count != 1 || rs.Note == "" {
		t.Errorf("with no register: %d, %q", f.Count, rs.Note)
	}
	register, err := sen2.ReadRegister(strings.NewReader("\uFEFFURN,Name,TypeOfEstablishment (name)\r\n100001,\"A, B\",Academy converter\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	schools := OfRegister(register)
	rs = counted(t, schools, plan(nil)).Find("plans-by-placement")
	if f, _ := rs.Figure("Mainstream: academy, SEN unit"); f.Count != 1 || rs.Note != "" {
		t.Errorf("with a register: %+v", rs.Figures)
	}
	for setting, label := range map[string]string{"EHE": "Elective home education", "NIEO": "Not in education, of compulsory school age", "": "No placement recorded"} {
		rs = counted(t, schools, plan(func(p *sen2.Person) {
			p.Requests[0].Active.Placements[0].URN = ""
			p.Requests[0].Active.Placements[0].Setting = setting
		})).Find("plans-by-placement")
		if f, _ := rs.Figure(label); f.Count != 1 {
			t.Errorf("setting %q is not in %q", setting, label)
		}
	}
	for kind, want := range map[string]bool{"34": true, "ACADEMY CONVERTER": true, "Community school": true, "Castle": false, "": false} {
		if _, ok := Schools(func(string) (string, bool) { return kind, true }).group("1"); ok != want {
			t.Errorf("the type %q: %v", kind, ok)
		}
	}
}

// A whole return is counted, and everybody is in one row of each breakdown.
func TestBreakdownsOfAReturnAddUp(t *testing.T) {
	file, err := os.ReadFile("../sen2/testdata/return-2026-500.xml")
	if err != nil {
		t.Fatal(err)
	}
	rs, header, _, err := Count(bytes.NewReader(file), nil)
	if err != nil || header.Year != 2026 {
		t.Fatal(header.Year, err)
	}
	total := func(key string) (n int) {
		for _, f := range rs.Find(key).Figures {
			n += f.Count
		}
		return n
	}
	plans := rs.Find("plans").Figures[0].Count
	if plans == 0 {
		t.Fatal("no plan is in force")
	}
	for _, key := range []string{"plans-by-age", "plans-by-sex", "plans-by-ethnicity", "plans-by-years", "plans-by-age-started", "plans-by-need", "plans-by-placement"} {
		if n := total(key); n != plans {
			t.Errorf("%s adds up to %d of %d plans", key, n, plans)
		}
	}
	if n, all := total("requests-by-age"), rs.Find("requests").Figures[0].Count; n != all {
		t.Errorf("requests by age add up to %d of %d", n, all)
	}
	for _, s := range Sums(rs.Column) {
		if s.Gap != 0 && s.Why == "" {
			t.Errorf("%s: a gap of %d is not explained", s.Title, s.Gap)
		}
	}
}

func TestAReturnWithNoYearIsNotCounted(t *testing.T) {
	if _, err := NewTally(&sen2.Header{ReferenceDate: calendar.On(2025, time.January, 16)}, nil); err == nil {
		t.Error("counted")
	}
}
