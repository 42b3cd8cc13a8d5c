package app

import (
	"errors"
	"fmt"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/store"
)

// mover adds a child with a plan and records lines about them.
func mover(t testing.TB, c *Core, id ChildID, born calendar.Date, lines ...string) {
	t.Helper()
	err := c.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddChild(ctx, &store.Child{ID: id, Surname: string(id), Forename: "A", Born: born}),
			tx.Audit(ctx, "added", string(id), ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range append([]string{"2020-01-06 plan-transferred-in"}, lines...) {
		record(t, c, id, line)
	}
}

func transfers(t testing.TB, c *Core, f TransferFilter) *TransferBoard {
	t.Helper()
	b, err := (&Casework{c}).Transfers(ctx, officer, f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Each move stands at the furthest step that is recorded, in the row that its
// kind and the child's age give, and every figure is the length of its list.
func TestTransferBoard(t *testing.T) {
	c := fresh(t)
	born := func(ageOn31August2027 int) calendar.Date { return calendar.On(2027-ageOn31August2027, 3, 2) }
	school, post := "2026-09-07 phase-transfer-due kind=school on=2027-09-01", "2026-09-07 phase-transfer-due kind=post-16 on=2027-09-01"
	mover(t, c, "start", born(11), school)
	mover(t, c, "early", born(4), school, "2026-10-05 review-meeting-held")
	mover(t, c, "old-review", born(11), "2026-08-20 review-meeting-held", "2026-08-27 review-decision-sent decision=keep", school)
	mover(t, c, "junior", born(7), school, "2026-10-05 review-meeting-held", `2026-10-12 school-consulted setting="Oak School"`)
	mover(t, c, "notice", born(11), school, "2026-10-05 review-meeting-held", "2026-10-30 review-decision-sent decision=amend", "2026-10-30 amendment-notice-sent")
	mover(t, c, "kept", born(11), school, "2026-10-05 review-meeting-held", "2026-11-02 review-decision-sent decision=keep")
	mover(t, c, "middle", born(9), school)
	mover(t, c, "college", born(16), post)
	mover(t, c, "unborn", 0, school)
	mover(t, c, "moved-away", born(11), school, "2026-10-05 plan-transferred-out")
	mover(t, c, "unsaid", born(11))
	mover(t, c, "unsaid-16", born(16))
	mover(t, c, "at-home", born(8))
	mover(t, c, "late", born(12), "2025-09-08 phase-transfer-due kind=school on=2026-09-01", "2026-01-12 review-meeting-held")
	mover(t, c, "named-late", born(12), "2025-09-08 phase-transfer-due kind=school on=2026-09-01", "2026-03-02 amended-plan-finalised")

	b := transfers(t, c, TransferFilter{})
	if b.Filter.Cycle != 2027 || b.School != calendar.On(2027, 2, 14) || b.Post16 != calendar.On(2027, 3, 30) {
		t.Errorf("the cycle is %d, until %s and %s", b.Filter.Cycle, b.School, b.Post16)
	}
	for i, want := range [nMoveKinds]MoveCount{
		earlyYears:      {Steps: [nMoveSteps]int{0, 1, 0, 0}, Total: 1},
		juniorSchool:    {Steps: [nMoveSteps]int{0, 0, 1, 0}, Total: 1},
		secondarySchool: {Steps: [nMoveSteps]int{2, 1, 0, 1}, Total: 4, Unrecorded: 1},
		otherSchool:     {Steps: [nMoveSteps]int{2, 0, 0, 0}, Total: 2},
		post16:          {Steps: [nMoveSteps]int{1, 0, 0, 0}, Total: 1, Unrecorded: 1},
	} {
		got := b.Kinds[i]
		if got.Steps != want.Steps || got.Total != want.Total || got.Unrecorded != want.Unrecorded || got.Late != 0 || got.NamedLate != 0 {
			t.Errorf("%s: %+v, want %+v", got.Kind.Label, got, want)
		}
	}
	checkMoves(t, c, TransferFilter{})
	if b.Earlier != 1 || len(b.Earliers) != 1 || b.Earliers[0].Value != "2026" {
		t.Errorf("%d moves of earlier years are open: %v", b.Earlier, b.Earliers)
	}

	f := TransferFilter{Cycle: 2026, Step: MovesLate}
	b = transfers(t, c, f)
	if b.Total.Late != 1 || b.Total.NamedLate != 1 || b.Total.Steps != [nMoveSteps]int{0, 1, 0, 1} {
		t.Errorf("in 2026: %+v", b.Total)
	}
	if len(b.Rows) != 1 || b.Rows[0].ID != "late" || b.Rows[0].Move.Review != calendar.On(2026, 1, 12) || b.Rows[0].Days != -282 {
		t.Errorf("late in 2026: %+v", b.Rows)
	}
	checkMoves(t, c, TransferFilter{Cycle: 2026})
	if b := transfers(t, c, TransferFilter{Cycle: 2031}); b.Total.Total != 0 {
		t.Errorf("in 2031: %+v", b.Total)
	}
}

// checkMoves holds the rows of the board to their sums and their lists.
func checkMoves(t *testing.T, c *Core, f TransferFilter) {
	t.Helper()
	b := transfers(t, c, f)
	sum := MoveCount{}
	for _, n := range b.Kinds {
		steps := 0
		for i, count := range n.Steps {
			steps, sum.Steps[i] = steps+count, sum.Steps[i]+count
			listedMoves(t, c, f, n.Kind.Name, MoveSteps[i].Name, count)
		}
		if steps != n.Total {
			t.Errorf("%s: the steps make %d of %d", n.Kind.Label, steps, n.Total)
		}
		sum.Total, sum.Late, sum.NamedLate, sum.Unrecorded = sum.Total+n.Total, sum.Late+n.Late, sum.NamedLate+n.NamedLate, sum.Unrecorded+n.Unrecorded
		listedMoves(t, c, f, n.Kind.Name, MovesAll, n.Total)
		listedMoves(t, c, f, n.Kind.Name, MovesLate, n.Late)
		listedMoves(t, c, f, n.Kind.Name, MovesUnrecorded, n.Unrecorded)
	}
	if sum != b.Total {
		t.Errorf("the rows make %+v and the last says %+v", sum, b.Total)
	}
	listedMoves(t, c, f, "", MovesAll, b.Total.Total)
	listedMoves(t, c, f, "", MovesUnrecorded, b.Total.Unrecorded)
	for _, o := range b.Cycles {
		g := f
		if _, err := fmt.Sscan(o.Value, &g.Cycle); err != nil {
			t.Fatal(err)
		}
		listedMoves(t, c, g, "", MovesAll, o.Children)
	}
}

func listedMoves(t *testing.T, c *Core, f TransferFilter, kind, step string, want int) {
	t.Helper()
	f.Kind, f.Step = kind, step
	if b := transfers(t, c, f); b.Listed != want || len(b.Rows) != min(want, PageSize) {
		t.Errorf("%+v: the board says %d and the list has %d", f, want, b.Listed)
	}
}

// What is late on the board is what the clock has overdue of the same duties.
func TestTransfersLateAreTheClocks(t *testing.T) {
	c := fresh(t)
	for i := range 12 {
		lines := []string{fmt.Sprintf("202%d-09-07 phase-transfer-due kind=%s on=202%d-09-01", 3+i%4, []string{"school", "post-16"}[i%2], 4+i%4)}
		if i%3 == 0 {
			lines = append(lines, fmt.Sprintf("202%d-10-05 review-meeting-held", 3+i%4))
		}
		if i%5 == 0 {
			lines = append(lines, fmt.Sprintf("202%d-11-02 review-decision-sent decision=keep", 3+i%4))
		}
		mover(t, c, ChildID(fmt.Sprint("m", i)), calendar.On(2014, 1, 1+i), lines...)
	}
	overdue := 0
	rows, _ := everyone(t, c, CaseFilter{}, SortName)
	for _, r := range rows {
		for _, d := range r.Duties {
			if transferRules[d.Rule] != nil && d.Due < c.today() {
				overdue++
			}
		}
	}
	late := 0
	for year := 2020; year < 2030; year++ {
		late += transfers(t, c, TransferFilter{Cycle: year}).Total.Late
	}
	if late != overdue || late == 0 {
		t.Errorf("%d are late on the boards and %d overdue in Cases", late, overdue)
	}
}

// The cycle turns in September, when the next year's moves are prepared.
func TestCycleTurnsInSeptember(t *testing.T) {
	for day, want := range map[calendar.Date]int{calendar.On(2026, 8, 31): 2026, calendar.On(2026, 9, 1): 2027, calendar.On(2027, 1, 1): 2027} {
		if got := firstCycle(day); got != want {
			t.Errorf("on %s the moves of %d are prepared, want %d", day, got, want)
		}
	}
}

// The last days are those that the local area's choice gives.
func TestLastDaysFollowTheChoice(t *testing.T) {
	c := fresh(t)
	by := casework.DefaultPractice()
	if err := by.Choose("transfer-date=by"); err != nil {
		t.Fatal(err)
	}
	school, post := New(c.db, by, c.today).lastDays(2027)
	if school != calendar.On(2027, 2, 15) || post != calendar.On(2027, 3, 31) {
		t.Errorf("by choice the last days are %s and %s", school, post)
	}
}
