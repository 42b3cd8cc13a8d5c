package sen2

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"weald/calendar"
)

// yearLater is a person as two returns have them, the later one a year on.
func yearLater() (before, after *Person) {
	plan := func() *NamedPlan {
		return &NamedPlan{Start: calendar.On(2024, 5, 20), Details: []PlanDetail{{Place{URN: "100001", Rank: "1"}}}}
	}
	before = &Person{Surname: "Oak", Forename: "Ash", Born: calendar.On(2015, 3, 4), PostCode: "ZZ1 1AA", Requests: []Request{
		{Received: calendar.On(2022, 1, 6), Outcome: "N"},
		{Received: calendar.On(2024, 1, 6), Outcome: "Y", OutcomeOn: calendar.On(2024, 2, 10),
			Assessment: &Assessment{Outcome: "Y", OutcomeOn: calendar.On(2024, 5, 20), Plan: plan()},
			Active: &ActivePlan{Placements: []Placement{{Place: Place{URN: "100001", Rank: "1"}, Entry: calendar.On(2024, 6, 3)}},
				Needs: []Need{{Type: "SLCN", Rank: "1"}}}},
	}}
	after = before.Clone()
	after.PostCode = "ZZ2 2BB"
	after.Requests = after.Requests[1:]
	r := &after.Requests[0]
	r.Outcome, r.OutcomeOn, r.Assessment.Outcome, r.Assessment.OutcomeOn = "H", 0, "H", 0
	r.Active.Placements = []Placement{
		{Place: Place{URN: "100002", Rank: "1"}, Entry: calendar.On(2025, 9, 1)},
		{Place: Place{URN: "100001", Rank: "1"}, Entry: calendar.On(2024, 6, 3), Leaving: calendar.On(2025, 8, 31)},
	}
	r.Active.Needs = []Need{{Type: "ASD", Rank: "1"}, {Type: "SLCN", Rank: "2"}}
	return before, after
}

func TestDifferencesAreToldItemByItem(t *testing.T) {
	before, after := yearLater()
	var got [][3]string
	for _, c := range Compare(before, after) {
		got = append(got, [3]string{c.Item, c.Before, c.After})
	}
	want := [][3]string{
		{"PostCode", "ZZ1 1AA", "ZZ2 2BB"},
		{"RequestOutcome", "Y: The local authority went on to assess", "H: Historical: decided before the period of the return"},
		{"AssessmentOutcome", "Y: A plan would be issued", "H: Historical: decided before the period of the return"},
		{"URN", "", "100002"}, {"PlacementRank", "", "1: Primary"}, {"EntryDate", "", "1 September 2025"},
		{"LeavingDate", "", "31 August 2025"},
		{"SENtype", "SLCN: Speech, language and communication needs", "ASD: Autistic spectrum disorder"},
		{"SENtype", "", "SLCN: Speech, language and communication needs"}, {"SENtypeRank", "", "2: Secondary"},
		{"RequestOutcomeDate", "10 February 2024", ""}, {"AssessmentOutcomeDate", "20 May 2024", ""},
		{WholeRequest, "Received 6 January 2022, N: The local authority decided not to assess", ""},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A request that is new is told once, with its plan, and not item by item.
func TestANewRequestIsOneDifference(t *testing.T) {
	before, after := yearLater()
	got := Compare(&Person{Surname: "Oak", Forename: "Ash", Born: before.Born, PostCode: after.PostCode}, after)
	want := []Change{{WholeRequest, WholeRequest, "A request and what came of it", "", "Received 6 January 2024, plan of 20 May 2024"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Nobody differs from themselves, and looked at the other way round there are as
// many differences, each turned round.
func TestDifferencesTurnRound(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		a, b := drawPerson(r, 2026), drawPerson(r, 2026)
		if same := Compare(a, a.Clone()); len(same) > 0 {
			r.Fatalf("differs from themselves: %+v", same)
		}
		count := map[Change]int{}
		for _, c := range Compare(a, b) {
			if c.Before == c.After {
				r.Fatalf("no difference: %+v", c)
			}
			count[c]++
		}
		for _, c := range Compare(b, a) {
			c.Before, c.After = c.After, c.Before
			count[c]--
		}
		for c, n := range count {
			if n != 0 {
				r.Fatalf("%d more one way than the other: %+v", n, c)
			}
		}
	})
}
