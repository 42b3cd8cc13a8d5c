package synth_test

import (
	"context"
	"math"
	"path/filepath"
	"testing"

	"weald/calendar"
	"weald/domain/measure"
	"weald/domain/published"
	"weald/internal/app"
	"weald/internal/synth"
)

// The same number stands on the worklist, Monday's page, the measure and the
// return, and in a calendar year of the pretend area it is the published county's
// within what the area's shape allows. The return says how requests stand when it
// is made, so refusals, which may be reversed, are not laid beside it.
func TestMeasuresAreTheReturnsAndTheCountys(t *testing.T) {
	ctx := context.Background()
	a := area(t, synth.Options{Seed: 1, Plans: 4000})
	db := begin(t, filepath.Join(t.TempDir(), "record.db"), a)
	core := app.New(db, a.Practice, func() calendar.Date { return a.Today })
	measures := &app.Measures{Core: core}
	got, err := (&app.Figures{Core: core}).Of(ctx, program, 2026, true)
	if err != nil {
		t.Fatal(err)
	}
	column := func(name string) int {
		n, ok := got.Results.Column(name)
		if !ok {
			t.Errorf("the return has no %s", name)
		}
		return n
	}
	// who was issued a plan and is in no return, for the reason that it gives
	built, err := (&app.Returns{Core: core}).Build(ctx, program, app.Wanted{Year: 2026})
	if err != nil {
		t.Fatal(err)
	}
	in := map[app.ChildID]bool{}
	for i := range built.People {
		in[app.ChildID(built.People[i].ID)] = true
	}
	issued, err := measures.Behind(ctx, program, app.BehindAsked{Code: "I002", Asked: measure.Asked{Span: measure.CalendarYear, On: calendar.On(2025, 6, 1)}})
	if err != nil {
		t.Fatal(err)
	}
	out, old := 0, 0
	for _, r := range issued.Rows {
		if !in[r.ID] {
			out++
		}
	}
	years, err := measures.Behind(ctx, program, app.BehindAsked{Code: "I003", Only: app.OnlyCounted, Asked: measure.Asked{Span: measure.CalendarYear, On: calendar.On(2025, 6, 1)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range years.Rows {
		if !in[r.ID] {
			old++
		}
	}
	if out > 5 {
		t.Errorf("%d children with a plan are in no return", out)
	}
	year := calendar.Period{First: calendar.On(2025, 1, 1), Last: calendar.On(2025, 12, 31)}
	census := calendar.Period{First: measure.CensusDay(2026), Last: measure.CensusDay(2026)}
	err = measures.Look(ctx, program, census.Last, func(b *measure.Book) error {
		for _, c := range []struct {
			what      string
			got, want int
		}{
			{"requests received", b.Value(measure.RequestsRefused, year).Den, column("requests.requests_received_in_year")},
			{"plans issued", b.Value(measure.PlansInTimeAll, year).Den, column("timeliness_20_week.plans_issued_den") + out},
			{"plans issued in 20 weeks", b.Value(measure.PlansInTimeAll, year).Num, column("timeliness_20_week.plans_issued_within_20_weeks")},
			{"plans issued without exceptions", b.Value(measure.PlansInTime, year).Den, column("timeliness_20_week.plans_issued_den_ex") + out},
			{"of them in 20 weeks", b.Value(measure.PlansInTime, year).Num, column("timeliness_20_week.plans_issued_20_weeks_ex")},
			{"plans that took over a year", b.Value(measure.PlansOverAYear, year).Num, column("timeliness_20_week.plans_issued_gt_1_year") + old},
			{"plans after an assessment", b.Value(measure.PlansAfter, year).Num, column("assessments.assess_issued") + out},
			{"families told in time that there is no plan", b.Value(measure.NoPlanTold, year).Num, column("assessments.outcome_decision_within_time")},
			{"plans in force", b.Value(measure.PlanGrowth, census).Num + b.Value(measure.PlanGrowth, census).Den, column("annual_reviews.total_ehc_plans")},
		} {
			if c.got != c.want || c.want == 0 {
				t.Errorf("%s: the measure says %d and the return %d", c.what, c.got, c.want)
			}
		}
		for _, code := range []string{"I001", "I002", "I003", "I004", "I005", "I007", "I008", "I018", "I021"} {
			d := measure.Coded(code)
			b, kent := b.Value(d, year), published.Held.Share(&published.Benchmarks(code)[0], "886")
			own, theirs := b.Figure(), 100*float64(kent.Num)/float64(kent.Den)
			if math.Abs(own-theirs) > 8 {
				t.Errorf("%s %s: %.1f, published %.1f: more than 8 points", code, d.Title, own, theirs)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// and on the worklist: what stands today
	m, err := measures.Monday(ctx, program)
	if err != nil {
		t.Fatal(err)
	}
	reviews, err := (&app.Casework{Core: core}).Reviews(ctx, program, app.ReviewFilter{})
	if err != nil {
		t.Fatal(err)
	}
	late, err := measures.Detail(ctx, program, "I023", measure.Asked{Span: measure.Day, On: a.Today})
	if err != nil {
		t.Fatal(err)
	}
	if m.Stuck[0].Children == 0 || late.Value.Num != reviews.Backlog[0].Total || late.Value.Num != m.Stuck[0].Children {
		t.Errorf("reviews overdue: %d on the reviews' page, %d in the measure, %d on Monday's page", reviews.Backlog[0].Total, late.Value.Num, m.Stuck[0].Children)
	}
	if test := m.Test; test.All < 500 || test.Right().Figure() < 60 || test.Found().Figure() < 60 {
		t.Errorf("the forecast is hardly better than none: %+v", test)
	}
}
