package sen2

import (
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
)

// Who is in the return of 2026 (the year 2025; census day 15 January 2026), and
// what modules 2 to 4 say of them.
func TestWhoIsInTheReturn(t *testing.T) {
	for _, c := range []struct {
		name, events string
		want         string // request outcome and day, assessment outcome and day, plan and end, module 5; "" for nobody
		why          string
	}{
		{"a plan issued in the year", "2025-01-06 request-received source=school; 2025-02-10 decision-to-assess-sent decision=yes; 2025-05-20 plan-finalised",
			"Y 2025-02-10, Y 2025-05-20, plan 2025-05-20, active", "the plan was in force on census day"},
		{"decided before the year, issued in it", "2024-11-04 request-received; 2024-12-10 decision-to-assess-sent decision=yes; 2025-03-20 plan-finalised",
			"H, Y 2025-03-20, plan 2025-03-20, active", "the plan was in force on census day"},
		{"a plan of an earlier year", "2020-01-06 request-received; 2020-02-10 decision-to-assess-sent decision=yes; 2020-05-20 plan-finalised",
			"H, H, plan 2020-05-20, active", "the plan was in force on census day"},
		{"a plan from another authority", "2025-06-02 plan-transferred-in made=2019-03-04",
			"H, H, plan 2019-03-04, active", "the plan was in force on census day"},
		{"ceased in the year", "2020-01-06 request-received; 2020-02-10 decision-to-assess-sent decision=yes; 2020-05-20 plan-finalised; 2025-07-21 plan-ceased reason=2",
			"H, H, plan 2020-05-20 to 2025-07-21 for 2, active", "the plan ceased in the year"},
		{"moved away in the year", "2020-01-06 request-received; 2020-02-10 decision-to-assess-sent decision=yes; 2020-05-20 plan-finalised; 2025-04-07 move-known; 2025-04-28 moved; 2025-04-28 plan-transferred-out",
			"H, H, plan 2020-05-20 to 2025-04-28 for 5, active", "the plan ceased in the year"},
		{"ceased on the first of January of the census year", "2020-01-06 request-received; 2020-02-10 decision-to-assess-sent decision=yes; 2020-05-20 plan-finalised; 2026-01-05 plan-ceased reason=2",
			"", "the plan ceased after the year and before census day; whether this return or the next should have it is not known, and it is left to the next"},
		{"ceased after census day", "2020-01-06 request-received; 2020-02-10 decision-to-assess-sent decision=yes; 2020-05-20 plan-finalised; 2026-02-05 plan-ceased reason=2",
			"H, H, plan 2020-05-20, active", "the plan was in force on census day"},
		{"ceased long before", "2016-01-06 request-received; 2016-02-10 decision-to-assess-sent decision=yes; 2016-05-20 plan-finalised; 2021-07-21 plan-ceased reason=2",
			"", "the plan ceased before the year"},
		{"refused in the year", "2025-01-06 request-received; 2025-02-10 decision-to-assess-sent decision=no",
			"N 2025-02-10", "it was decided in the year not to assess"},
		{"refused before the year", "2024-09-02 request-received; 2024-10-10 decision-to-assess-sent decision=no",
			"", "it was decided before the year not to assess"},
		{"no plan, told in the year", "2024-11-04 request-received; 2024-12-10 decision-to-assess-sent decision=yes; 2025-02-20 no-plan-notice-sent",
			"H, N 2025-02-20", "it was decided in the year that no plan would be made"},
		{"a request under way", "2025-12-08 request-received",
			"A", "the request was under way at the end of the year"},
		{"decided after the year, before census day", "2025-12-08 request-received; 2026-01-12 decision-to-assess-sent decision=yes",
			"A", "the request was under way at the end of the year"},
		{"asked after the year", "2026-01-08 request-received",
			"", "the request came after the year, so it belongs to the next return"},
		{"an assessment under way", "2025-10-06 request-received; 2025-11-10 decision-to-assess-sent decision=yes",
			"Y 2025-11-10, A", "the assessment was under way at the end of the year"},
		{"a draft is out", "2025-08-04 request-received; 2025-09-08 decision-to-assess-sent decision=yes; 2025-12-15 draft-sent",
			"Y 2025-09-08, Y", "it was decided to make a plan, which was not yet issued"},
		{"withdrawn before a decision", "2025-08-04 request-received; 2025-09-01 request-withdrawn",
			"W", "the request ended in the year: withdrawn"},
		{"withdrawn during the assessment", "2025-08-04 request-received; 2025-09-08 decision-to-assess-sent decision=yes; 2025-10-01 request-withdrawn",
			"Y 2025-09-08, W", "the assessment ended in the year: withdrawn"},
		{"refused, and the Tribunal ordered an assessment", "2025-01-06 request-received; 2025-02-10 decision-to-assess-sent decision=no; 2025-03-20 appeal-lodged; 2025-03-25 appeal-registered; 2025-09-02 order-made order=assess",
			"N 2025-02-10, A", "the assessment was under way at the end of the year"},
		{"two journeys", "2024-01-08 request-received; 2024-02-12 decision-to-assess-sent decision=no; 2025-03-03 request-received; 2025-04-07 decision-to-assess-sent decision=yes; 2025-07-14 plan-finalised",
			"Y 2025-04-07, Y 2025-07-14, plan 2025-07-14, active", "it was decided before the year not to assess"},
	} {
		p, reasons := build(t, 2026, known(t, c.events))
		if got := summary(p); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if len(reasons) == 0 || reasons[0].Words != c.why {
			t.Errorf("%s: %v, want %q", c.name, reasons, c.why)
		}
	}
}

func known(t *testing.T, events string) *Known {
	t.Helper()
	k := &Known{Surname: "Oak", Forename: "Ash", Born: calendar.On(2012, 5, 6), Sex: "F", Need: "ASD", URN: "900001"}
	k.Case.Born = k.Born
	for line := range strings.SplitSeq(events, "; ") {
		e, err := casework.ParseEvent(line)
		if err != nil {
			t.Fatal(err)
		}
		k.Case.Events = append(k.Case.Events, e)
	}
	return k
}

func build(t *testing.T, year int, k *Known) (*Person, []Reason) {
	t.Helper()
	return NewBuilder(InYear(year), 0, casework.DefaultPractice()).Build(k)
}

func summary(p *Person) string {
	if p == nil {
		return ""
	}
	r := p.Requests[len(p.Requests)-1]
	day := func(code string, d calendar.Date) string {
		if d.IsZero() {
			return code
		}
		return code + " " + d.String()
	}
	parts := []string{day(r.Outcome, r.OutcomeOn)}
	if a := r.Assessment; a != nil {
		parts = append(parts, day(a.Outcome, a.OutcomeOn))
		if a.Plan != nil {
			plan := "plan " + a.Plan.Start.String()
			if a.Plan.Reason != "" {
				plan += " to " + a.Plan.CeasedOn.String() + " for " + a.Plan.Reason
			}
			parts = append(parts, plan)
		}
	}
	if r.Active != nil {
		parts = append(parts, "active")
	}
	return strings.Join(parts, ", ")
}

func TestReviewsInTheReturn(t *testing.T) {
	begun := "2020-01-06 request-received; 2020-02-10 decision-to-assess-sent decision=yes; 2020-05-20 plan-finalised; "
	p, _ := build(t, 2026, known(t, begun+"2025-03-10 review-meeting-held; 2025-04-04 review-decision-sent decision=amend; 2025-04-04 amendment-notice-sent; 2025-05-20 amended-plan-finalised"))
	a := p.Requests[0].Active
	if a.ReviewMeeting != calendar.On(2025, 3, 10) || a.ReviewOutcome != "A" || a.LastReview != calendar.On(2025, 4, 4) || a.ReviewDraft != calendar.On(2025, 4, 4) {
		t.Errorf("%+v", a)
	}
	p, _ = build(t, 2026, known(t, begun+"2024-03-11 review-meeting-held; 2024-04-04 review-decision-sent decision=keep; 2025-03-10 review-meeting-held"))
	if a := p.Requests[0].Active; a.ReviewMeeting != calendar.On(2025, 3, 10) || a.ReviewOutcome != "" || !a.LastReview.IsZero() {
		t.Errorf("the latest meeting has no decision, and an earlier one's was given: %+v", a)
	}
	p, _ = build(t, 2026, known(t, begun+"2025-09-22 phase-transfer-due kind=school on=2026-09-01"))
	if a := p.Requests[0].Active; a.TransferDue != calendar.On(2026, 2, 15) {
		t.Errorf("phase transfer: %+v", a)
	}
}

// What a return said, and no event can hold, is said again until something is
// recorded that says otherwise.
func TestWhatWasSaidIsKept(t *testing.T) {
	said := &Person{Surname: "Oak", Forename: "Ash", Born: calendar.On(2012, 5, 6), Sex: "F", Ethnicity: "WBRI", Requests: []Request{{
		Received: calendar.On(2019, 12, 2), Outcome: "H", Assessment: &Assessment{Outcome: "H", Plan: &NamedPlan{Start: calendar.On(2020, 5, 20), PB: "1", Details: []PlanDetail{{Place{URN: "118288", Rank: "1"}}}}},
		Active: &ActivePlan{Placements: []Placement{{Place: Place{URN: "118288", Rank: "1"}, Entry: calendar.On(2020, 9, 7)}}, Needs: []Need{{Type: "SLD", Rank: "1"}}},
	}}}
	k := known(t, "2020-05-20 plan-finalised")
	k.Said = &Said{Person: said, Year: 2026}
	if p, _ := build(t, 2026, k); p != said {
		t.Error("nothing was recorded since, and the return of the same year says something else")
	}
	k.Case.Add(casework.Happened(casework.ReviewMeetingHeld, calendar.On(2026, 9, 14)))
	k.Said.Since = 1
	p, _ := build(t, 2026, k)
	if r := p.Requests[0]; p.Ethnicity != "WBRI" || r.Received != calendar.On(2019, 12, 2) || r.Assessment.Plan.PB != "1" || r.Assessment.Plan.Details[0].URN != "118288" || r.Active.Needs[0].Type != "SLD" {
		t.Errorf("%+v", p)
	}
	if r := p.Requests[0].Active; !r.ReviewMeeting.IsZero() {
		t.Error("a review after census day is in the return")
	}
	ceased := casework.Happened(casework.PlanCeased, calendar.On(2026, 10, 1))
	if err := ceased.Set("reason", "2"); err != nil {
		t.Fatal(err)
	}
	k.Case.Add(ceased)
	y := *InYear(2026)
	y.Year, y.Census = 2027, calendar.On(2027, 1, 21)
	p, why := NewBuilder(&y, 0, casework.DefaultPractice()).Build(k)
	if p == nil || p.Requests[0].Active.Placements[0].Leaving != calendar.On(2026, 10, 1) {
		t.Errorf("the placement goes on after the plan: %+v %v", p, why)
	}
}

// People stand in one order, however they come.
func TestOrderTellsPeopleApart(t *testing.T) {
	a, b := &Person{Surname: "Oak", UPN: "1"}, &Person{Surname: "Oak", UPN: "2"}
	if Order(a, b) >= 0 || Order(b, a) <= 0 || Order(a, a) != 0 {
		t.Error("two people of one name have no order")
	}
	c, d := &Person{Surname: "Oak", Requests: []Request{{Outcome: "A"}}}, &Person{Surname: "Oak", Requests: []Request{{Outcome: "N"}}}
	if Order(c, d) == 0 {
		t.Error("two people who differ only in their request have no order")
	}
}
