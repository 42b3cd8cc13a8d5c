// Package peers measures other people's libraries beside Weald, in one run and
// on the same cases. It is a module of its own, so that Weald depends on none of
// them: make bench-peers.
package peers

import (
	"testing"
	"time"

	"weald/calendar"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/gb"
)

const cases = 20_000

func starts() []calendar.Date {
	first := calendar.On(2015, time.January, 1)
	all := make([]calendar.Date, cases)
	for i := range all {
		all[i] = first + calendar.Date(i*7919%4300)
	}
	return all
}

func report(b *testing.B) {
	b.ReportMetric(cases/(b.Elapsed().Seconds()/float64(b.N))/1e6, "Mcases/s")
}

// BenchmarkFifteenWorkingDays counts fifteen working days from each case.
func BenchmarkFifteenWorkingDays(b *testing.B) {
	b.Run("weald", func(b *testing.B) {
		from, to := starts(), make([]calendar.Date, cases)
		limit := calendar.Within(15, calendar.WorkingDays)
		for b.Loop() {
			limit.LastDays(to, from, calendar.EnglandAndWales)
		}
		report(b)
	})
	b.Run("rickar-cal", func(b *testing.B) {
		c := cal.NewBusinessCalendar()
		c.AddHoliday(gb.Holidays...)
		from, to := make([]time.Time, cases), make([]time.Time, cases)
		for i, d := range starts() {
			y, m, day := d.Parts()
			from[i] = time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
		}
		for b.Loop() {
			for i, d := range from {
				to[i] = c.WorkdaysFrom(d, 15)
			}
		}
		report(b)
	})
}

// The peer's holidays are worked out from rules, and differ from the official
// list. This says where, on the days that the list covers.
func TestWhereThePeerDiffers(t *testing.T) {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(gb.Holidays...)
	covers := calendar.EnglandAndWales.Covers()
	for d := covers.First; d <= covers.Last; d++ {
		y, m, day := d.Parts()
		theirs, ours := c.IsWorkday(time.Date(y, m, day, 12, 0, 0, 0, time.UTC)), calendar.EnglandAndWales.IsWorkingDay(d)
		if theirs != ours {
			t.Logf("%s: working day is %v in the peer, %v in the official list", d.WordsWithDay(), theirs, ours)
		}
	}
}
