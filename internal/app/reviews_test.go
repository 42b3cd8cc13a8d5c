package app

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"weald/calendar"
	"weald/internal/store"
)

// reviewOf makes a duty of a review, or another.
func reviewOf(c *Core) func(*rand.Rand) store.Duty {
	return func(r *rand.Rand) store.Duty {
		return store.Duty{Rule: []string{"C01", "C02", "C43", "C09", "C03", "B06"}[r.IntN(6)], Process: "Review", Nature: "deadline",
			Binding: true, Due: c.today() - 500 + calendar.Date(r.IntN(700))}
	}
}

// placed puts children into settings of each phase, or of none.
func placed(t testing.TB, c *Core, ids []ChildID) {
	t.Helper()
	settingsNamed(t, c, "Oak School", "Elm School")
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		for i, id := range ids {
			child, err := tx.Child(ctx, id)
			if err != nil {
				return err
			}
			child.Setting = []string{"s0", "s1", ""}[i%3]
			if err := tx.SetChild(ctx, child); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "placed", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What the calendar says is overdue is what Cases has of the same duties, and
// the months together hold every duty once.
func TestReviewsAreThoseOfCases(t *testing.T) {
	c := fresh(t)
	ids := many(t, c, 300)
	placed(t, c, ids)
	manyDuties(t, c, ids, reviewOf(c))
	acts := &Casework{c}
	for _, f := range []ReviewFilter{{}, {Team: "East"}, {Officer: Absent}, {Phase: "Primary"}, {Phase: Absent, Team: "West"}, {Phase: "None such"}} {
		want := map[string]int{}
		overdue := map[ReviewMatter]int{}
		rows, _ := everyone(t, c, CaseFilter{Team: f.Team, Officer: f.Officer}, SortName)
		for _, r := range rows {
			phase := map[string]string{"s0": "Primary", "s1": "Secondary", "": Absent}[r.Setting]
			if f.Phase != "" && f.Phase != phase {
				continue
			}
			for _, d := range r.Duties {
				what := ReviewMatter("")
				switch d.Rule {
				case "C01", "C02", "C43":
					what = ReviewDue
				case "C09":
					what = DecisionDue
				default:
					continue
				}
				want[string(what)+d.Due.String()]++
				if d.Due < c.today() {
					overdue[what]++
				}
			}
		}
		got := map[string]int{}
		for month := calendar.On(2025, 6, 1); month < calendar.On(2027, 9, 1); month = month.AddMonths(1) {
			g := f
			g.Month = month + 14
			cal, err := acts.Reviews(ctx, officer, g)
			if err != nil {
				t.Fatal(err)
			}
			for i, b := range cal.Backlog {
				if b.Total != overdue[b.What] {
					t.Fatalf("%+v: %d of %s are overdue, and %d in Cases", f, b.Total, b.What, overdue[b.What])
				}
				sum := 0
				for band, n := range b.Bands {
					if sum += n; i == 0 {
						g.What, g.Late = b.What, LateBands[band].Name
						if list, err := acts.Reviews(ctx, officer, g); err != nil || list.Listed != n {
							t.Errorf("%+v: the backlog says %d and the list has %d (%v)", g, n, list.Listed, err)
						}
					}
				}
				if sum != b.Total {
					t.Errorf("%+v: the bands make %d of %d", f, sum, b.Total)
				}
			}
			var sum [nMatters]int
			for _, w := range cal.Weeks {
				var week [nMatters]int
				for _, d := range w.Days {
					for i, n := range d.Counts {
						week[i] += n
						if n > 0 {
							if got[string(ReviewMatters[i])+d.On.String()] += n; !cal.Shown(d.On) {
								t.Errorf("%s is not in %s", d.On, cal.First)
							}
						}
					}
				}
				for i, n := range week {
					sum[i] += n
				}
				if week != w.Counts {
					t.Errorf("the week of %s says %v and its days make %v", w.Monday, w.Counts, week)
				}
			}
			if sum != cal.Month {
				t.Errorf("%s says %v and its weeks make %v", cal.First, cal.Month, sum)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%+v: %d days have something, want %d", f, len(got), len(want))
		}
		for day, n := range want {
			if got[day] != n {
				t.Errorf("%+v: %s has %d, want %d", f, day, got[day], n)
			}
		}
	}
	all, err := acts.Reviews(ctx, officer, ReviewFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range all.Phases {
		one, err := acts.Reviews(ctx, officer, ReviewFilter{Phase: o.Value, Late: EveryBand})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for month := calendar.On(2025, 6, 1); month < calendar.On(2027, 9, 1); month = month.AddMonths(1) {
			cal, err := acts.Reviews(ctx, officer, ReviewFilter{Phase: o.Value, Month: month})
			if err != nil {
				t.Fatal(err)
			}
			n += cal.Month[0] + cal.Month[1] + cal.Month[2]
		}
		if n != o.Children {
			t.Errorf("the phase %q says %d and gives %d", o.Value, o.Children, n)
		}
		if one.Listed != one.Backlog[0].Total+one.Backlog[1].Total {
			t.Errorf("the list of the backlog has %d", one.Listed)
		}
	}
}

// A month begins on its first Monday's week and has every day of it, whatever
// day of the week it begins on and however long it is.
func TestCalendarHasEveryDayOfTheMonth(t *testing.T) {
	c := fresh(t)
	for _, month := range []calendar.Date{calendar.On(2026, 2, 28), calendar.On(2027, 2, 1), calendar.On(2026, 11, 1), calendar.On(2026, 8, 31), calendar.On(2028, 2, 29)} {
		cal, err := (&Casework{c}).Reviews(ctx, officer, ReviewFilter{Month: month})
		if err != nil {
			t.Fatal(err)
		}
		next := cal.First
		for _, w := range cal.Weeks {
			if w.Monday.Weekday() != time.Monday {
				t.Errorf("a week begins on %s", w.Monday.WordsWithDay())
			}
			for _, d := range w.Days {
				if cal.Shown(d.On) {
					if d.On != next {
						t.Errorf("%s comes where %s should", d.On, next)
					}
					next++
				}
			}
		}
		if next != cal.First.AddMonths(1) {
			t.Errorf("%s ends before %s", cal.First, next)
		}
	}
}

// A meeting is on the calendar from the day it is arranged until it is held; the
// decision after it from then until it is sent. Moved, it is on its new day.
func TestMeetingOnTheCalendar(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-10-05 decision-to-assess-sent decision=yes")
	on := func(day calendar.Date) [nMatters]int {
		t.Helper()
		cal, err := (&Casework{c}).Reviews(ctx, officer, ReviewFilter{Day: day, Month: day})
		if err != nil {
			t.Fatal(err)
		}
		var n [nMatters]int
		for _, r := range cal.Rows {
			n[map[ReviewMatter]int{ReviewDue: 0, MeetingSet: 1, DecisionDue: 2}[r.What]]++
		}
		return n
	}
	record(t, c, id, "2026-10-12 plan-finalised")
	if n := on(calendar.On(2027, 10, 11)); n != [nMatters]int{1, 0, 0} {
		t.Errorf("the review within the year: %v", n)
	}
	record(t, c, id, "2026-11-02 review-scheduled meeting=2026-12-01")
	if n := on(calendar.On(2026, 12, 1)); n != [nMatters]int{0, 1, 0} {
		t.Errorf("the meeting: %v", n)
	}
	record(t, c, id, "2026-11-03 review-scheduled meeting=2026-11-19")
	record(t, c, id, "2026-11-04 review-papers-circulated") // the duties before the meeting are met
	if a, b := on(calendar.On(2026, 12, 1)), on(calendar.On(2026, 11, 19)); a != [nMatters]int{} || b != [nMatters]int{0, 1, 0} {
		t.Errorf("moved, the meeting is %v on the old day and %v on the new", a, b)
	}
	record(t, c, id, "2026-11-19 review-meeting-held")
	if a, b := on(calendar.On(2026, 11, 19)), on(calendar.On(2026, 12, 17)); a != [nMatters]int{} || b != [nMatters]int{0, 0, 1} {
		t.Errorf("held, the meeting is %v and the decision %v", a, b)
	}
	record(t, c, id, "2026-11-23 review-decision-sent decision=keep")
	if a, b := on(calendar.On(2026, 12, 17)), on(calendar.On(2027, 11, 22)); a != [nMatters]int{} || b != [nMatters]int{1, 0, 0} {
		t.Errorf("decided, the decision is %v and the next review %v", a, b)
	}
}

// What is kept in memory of journeys is what a program that starts now reads.
func TestJourneysKeepUp(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	record(t, c, id, "2026-10-05 decision-to-assess-sent decision=yes")
	for _, line := range []string{"2026-10-12 plan-finalised", "2026-10-13 phase-transfer-due kind=school on=2027-09-01", "2026-10-14 review-scheduled meeting=2026-11-10",
		"2026-11-10 review-meeting-held", "2026-11-12 school-consulted setting=\"Oak School\"", "2026-11-20 review-decision-sent decision=keep"} {
		record(t, c, id, line)
		kept, err := (&Casework{c}).Transfers(ctx, officer, TransferFilter{Step: MovesAll})
		if err != nil {
			t.Fatal(err)
		}
		again, err := (&Casework{New(c.db, c.practice, c.today)}).Transfers(ctx, officer, TransferFilter{Step: MovesAll})
		if err != nil {
			t.Fatal(err)
		}
		if kept.Total != again.Total || len(kept.Rows) != len(again.Rows) {
			t.Errorf("after %s: %+v is kept and %+v read again", line, kept.Total, again.Total)
		}
		for i := range kept.Rows {
			if *kept.Rows[i].Move != *again.Rows[i].Move {
				t.Errorf("after %s: %+v is kept and %+v read again", line, kept.Rows[i].Move, again.Rows[i].Move)
			}
		}
	}
}

// Boards can be looked at by many while others record, and show in the end what
// was recorded last.
func TestBoardsWhileOthersRecord(t *testing.T) {
	c := fresh(t)
	for i := range 8 {
		mover(t, c, ChildID(fmt.Sprint("m", i)), calendar.On(2016, 1, 1+i), "2026-09-07 phase-transfer-due kind=school on=2027-09-01")
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 15 {
				if b, err := (&Casework{c}).Transfers(ctx, officer, TransferFilter{Step: MovesAll}); err != nil || b.Total.Total != 8 {
					t.Errorf("%d moves (%v)", b.Total.Total, err)
				}
				if _, err := (&Casework{c}).Reviews(ctx, officer, ReviewFilter{Late: EveryBand}); err != nil {
					t.Error(err)
				}
				if _, err := (&Casework{c}).AdviceWall(ctx, officer, AdviceFilter{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 8 {
		record(t, c, ChildID(fmt.Sprint("m", i)), "2026-10-05 review-meeting-held")
	}
	all.Wait()
	if b := transfers(t, c, TransferFilter{}); b.Total.Steps != [nMoveSteps]int{0, 8, 0, 0} {
		t.Errorf("in the end: %+v", b.Total)
	}
}
