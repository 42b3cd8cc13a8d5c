package bench

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/store"
)

// countyPlans is how many plans the record holds when one is opened and saved.
const countyPlans = 20_000

// BenchmarkPlanSection opens a plan, changes a section and saves it, in a record
// with a county's plans on the disk: what the page does, but for making the page.
func BenchmarkPlanSection(b *testing.B) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	writer := access.User{ID: "u", Name: "Amina Yusuf", Role: access.Officer}
	from, err := plan.Read(plan.ExampleJSON, plan.Templates)
	if err != nil {
		b.Fatal(err)
	}
	var parts []store.PlanPart
	for _, name := range from.Parts() {
		parts = append(parts, store.PlanPart{Part: name, Body: from.Part(name)})
	}
	for n := 0; n < countyPlans; n += 1000 {
		err := db.Write(ctx, writer, func(tx *store.Tx) (err error) {
			for i := range 1000 {
				id := fmt.Sprintf("c%06d", n+i)
				err = errors.Join(err, tx.AddChild(ctx, &store.Child{ID: store.ChildID(id), Surname: "Okoro", Forename: "Maya"}),
					tx.AddPlan(ctx, &store.PlanVersion{ID: "p" + id, Child: store.ChildID(id), Version: 1, Template: from.Template.String(), Stage: "draft"}, parts))
			}
			return errors.Join(err, tx.Audit(ctx, "made", "", ""))
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	plans := &app.Plans{Core: app.New(db, casework.DefaultPractice(), func() calendar.Date { return calendar.On(2026, 11, 23) })}
	var opened, saved []time.Duration
	for n := 0; b.Loop(); n++ {
		id := app.ChildID(fmt.Sprintf("c%06d", n*7919%countyPlans))
		start := time.Now()
		f, err := plans.Open(ctx, writer, id, app.Latest)
		if err != nil {
			b.Fatal(err)
		}
		opened = append(opened, time.Since(start))
		f.Plan.Section("F").Lines[0].Text = fmt.Sprintf("%d minutes of therapy each week.", n)
		start = time.Now()
		if err := plans.Save(ctx, writer, id, 1, "F", f.Revisions["F"].Revision, f.Plan); err != nil {
			b.Fatal(err)
		}
		saved = append(saved, time.Since(start))
	}
	p99 := func(all []time.Duration) float64 {
		slices.Sort(all)
		return all[len(all)*99/100].Seconds() * 1000
	}
	b.ReportMetric(p99(opened), "open-p99-ms")
	b.ReportMetric(p99(saved), "save-p99-ms")
}
