package app

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/store"
)

// manyDuties gives children duties of any rule, falling due on any day.
func manyDuties(t testing.TB, c *Core, ids []ChildID, make func(*rand.Rand) store.Duty) {
	t.Helper()
	random := rand.New(rand.NewPCG(5, 6))
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		for i, id := range ids {
			s := casework.Standing{Stage: casework.Stages[i%len(casework.Stages)], On: c.today() - 9}
			var duties []store.Duty
			for range random.IntN(5) {
				duties = append(duties, make(random))
			}
			if err := tx.SetCase(ctx, id, &s, duties); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "made", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
}

// adviceOf asks some body for advice, or leaves another duty.
func adviceOf(c *Core) func(*rand.Rand) store.Duty {
	bodies := []string{"Educational psychology", "Community paediatrics", "Oak School", "Elm School", ""}
	return func(r *rand.Rand) store.Duty {
		return store.Duty{Rule: []string{"B02", "B02", "B06"}[r.IntN(3)], Of: bodies[r.IntN(len(bodies))], Process: "Assessment", Nature: "deadline",
			Binding: true, Excused: r.IntN(7) == 0, Due: c.today() - 60 + calendar.Date(r.IntN(120))}
	}
}

func settingsNamed(t testing.TB, c *Core, names ...string) {
	t.Helper()
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		for i, name := range names {
			if err := tx.SetSetting(ctx, &store.Setting{ID: fmt.Sprint("s", i), Name: name, Phase: []string{"Primary", "Secondary"}[i%2]}); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "made", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Rows and columns of the wall add up, and every figure is the length of the
// list that it leads to.
func TestAdviceWallAddsUp(t *testing.T) {
	c := fresh(t)
	ids := many(t, c, 300)
	settingsNamed(t, c, "Oak School", "Elm School", "Ash School")
	manyDuties(t, c, ids, adviceOf(c))
	acts := &Casework{c}
	for _, f := range []AdviceFilter{{}, {Team: "East"}, {Officer: "p1"}, {Stage: casework.DraftStage}, {Settings: true}, {Settings: true, Team: "West"}, {Team: "nowhere"}} {
		w, err := acts.AdviceWall(ctx, officer, f)
		if err != nil {
			t.Fatal(err)
		}
		var columns [nAdviceBands]int
		all := 0
		for i, b := range w.Bodies {
			sum := 0
			for band, n := range b.Bands {
				sum, columns[band] = sum+n, columns[band]+n
			}
			if sum != b.Total {
				t.Errorf("%+v: %q has %d in its bands and %d in all", f, b.Body, sum, b.Total)
			}
			if all += sum; i > 0 && w.Bodies[i-1].overdue() < b.overdue() {
				t.Errorf("%+v: %q is worse than %q above it", f, b.Body, w.Bodies[i-1].Body)
			}
			if b.Many != (!f.Settings && b.Count > 0) {
				t.Errorf("%+v: %+v", f, b)
			}
		}
		if columns != w.Total.Bands || all != w.Total.Total {
			t.Errorf("%+v: the rows make %v, %d and the last row says %v, %d", f, columns, all, w.Total.Bands, w.Total.Total)
		}
		if f.Team == "nowhere" != (all == 0) {
			t.Errorf("%+v: %d pieces", f, all)
		}
		for i, b := range append(w.Bodies, w.Total) {
			g := f
			switch {
			case b.Many:
				g.Settings = true
			case i == len(w.Bodies):
			case b.Body == "":
				g.Body = Absent
			default:
				g.Body = b.Body
			}
			for band, n := range b.Bands {
				g.Band = AdviceBands[band].Name
				checkAdvice(t, acts, g, n)
			}
			g.Band = EveryBand
			checkAdvice(t, acts, g, b.Total)
		}
		for _, o := range w.Teams {
			g := f
			g.Team = o.Value
			if then, err := acts.AdviceWall(ctx, officer, g); err != nil || then.Total.Total != o.Children {
				t.Errorf("%+v: the choice says %d and gives %d (%v)", g, o.Children, then.Total.Total, err)
			}
		}
	}
}

func checkAdvice(t *testing.T, acts *Casework, f AdviceFilter, want int) {
	t.Helper()
	seen := 0
	for page := 1; ; page++ {
		f.Page = page
		w, err := acts.AdviceWall(ctx, officer, f)
		if err != nil {
			t.Fatal(err)
		}
		if w.Listed != want {
			t.Errorf("%+v: the wall says %d and the list has %d", f, want, w.Listed)
		}
		for i, r := range w.Rows {
			if i > 0 && r.Due < w.Rows[i-1].Due {
				t.Errorf("%+v: %s comes after %s", f, r.Due, w.Rows[i-1].Due)
			}
		}
		if seen += len(w.Rows); page >= w.Pages {
			break
		}
	}
	if seen != want {
		t.Errorf("%+v: %d rows on all pages, want %d", f, seen, want)
	}
}

// The edges of the bands: the week ends on Sunday, and four weeks are 28 days.
func TestAdviceBands(t *testing.T) {
	monday := calendar.On(2026, 11, 23)
	for due, want := range map[calendar.Date]int{
		monday - 29: adviceLong, monday - 28: adviceLate, monday - 1: adviceLate, monday: adviceWeek, monday + 6: adviceWeek,
		monday + 7: adviceSoon, monday + 28: adviceSoon, monday + 29: adviceLater,
	} {
		if got := adviceBand(&store.Duty{Due: due}, monday, sundayAfter(monday)); got != want {
			t.Errorf("due %s: %s, want %s", due, AdviceBands[got].Label, AdviceBands[want].Label)
		}
	}
	if got := adviceBand(&store.Duty{Due: monday - 90, Excused: true}, monday, monday+6); got != adviceExcused {
		t.Errorf("an exception: %s", AdviceBands[got].Label)
	}
	if sundayAfter(monday+6) != monday+6 {
		t.Error("a Sunday ends its own week")
	}
}

// A list says when the advice was asked for and by when the plan itself is due,
// as the clock does.
func TestAdviceRowsSayWhatTheClockSays(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-10-05 decision-to-assess-sent decision=yes")
	record(t, c, id, `2026-10-08 advice-requested type=d body="Educational psychology"`)
	record(t, c, id, `2026-10-08 advice-requested type=a body="The family"`)
	w, err := (&Casework{c}).AdviceWall(ctx, officer, AdviceFilter{Band: EveryBand})
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Rows) != 1 {
		t.Fatalf("%d rows, want one: the family's views have no limit", len(w.Rows))
	}
	r := w.Rows[0]
	if r.Body != "Educational psychology" || r.Asked != calendar.On(2026, 10, 8) || r.Due != calendar.On(2026, 11, 19) || r.Days != -4 {
		t.Errorf("%q asked %s, due %s, %d days", r.Body, r.Asked, r.Due, r.Days)
	}
	if r.PlanRule != casework.IssueFinalPlan || r.Plan != calendar.On(2027, 1, 25) {
		t.Errorf("the plan is due %s by %v, want 25 January 2027", r.Plan, r.PlanRule)
	}
	if casework.GiveAdvice.Limit.LastDay(r.Asked, c.practice.Holidays) != r.Asked+sixWeeks {
		t.Error("the limit on advice is no longer six weeks")
	}
	if len(planRules) < 9 {
		t.Errorf("%d rules on issuing a plan", len(planRules))
	}
	record(t, c, id, `2026-11-20 advice-received body="Educational psychology"`)
	if w, _ = (&Casework{c}).AdviceWall(ctx, officer, AdviceFilter{}); w.Total.Total != 0 {
		t.Errorf("%d awaited after it was received", w.Total.Total)
	}
	if _, err := (&Casework{c}).AdviceWall(ctx, program, AdviceFilter{}); err != nil && err != ErrNotAllowed {
		t.Error(err)
	}
}
