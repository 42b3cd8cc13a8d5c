// Package bench measures Weald at the size of a county and of a country. Run it
// with `make bench`; the table in the README comes from here.
package bench

import (
	"fmt"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/casework"
)

// county makes n children with about 30 events each: a request that became a
// plan, four annual reviews, an appeal for one child in ten and a second request
// for one in twenty, spread over ten years.
func county(n int) []casework.Case {
	lines := []struct {
		after int
		text  string
	}{
		{0, "request-received source=parent"}, {35, "decision-to-assess-sent decision=yes"},
		{36, "advice-requested type=b body=School"}, {36, "advice-requested type=c body=Health"}, {36, "advice-requested type=d body=Psychology"}, {36, "advice-requested type=e body=Care"},
		{70, "advice-received body=School"}, {76, "advice-received body=Health"}, {84, "advice-received body=Psychology"}, {72, "advice-received body=Care"},
		{98, "draft-sent"}, {99, "draft-served"}, {110, "representations-received"}, {112, "school-consulted setting=School"}, {124, "school-responded setting=School answer=yes"},
		{138, "plan-finalised"}, {139, "plan-sent to=family"}, {139, "plan-sent to=setting"}, {139, "plan-sent to=icb"},
		{470, "review-papers-circulated"}, {490, "review-meeting-held"}, {502, "review-report-sent"}, {516, "review-decision-sent decision=amend"}, {516, "amendment-notice-sent"}, {517, "amendment-notice-served"}, {570, "amended-plan-finalised"},
		{850, "review-meeting-held"}, {860, "review-report-sent"}, {875, "review-decision-sent decision=keep"},
		{1210, "review-meeting-held"}, {1236, "review-decision-sent decision=keep"},
	}
	type step struct {
		after int
		event casework.Event
	}
	var steps []step
	for _, l := range lines {
		e, err := casework.ParseEvent("2015-01-01 " + l.text)
		if err != nil {
			panic(err)
		}
		steps = append(steps, step{l.after, e})
	}
	first := calendar.On(2015, time.January, 5)
	cases := make([]casework.Case, n)
	for i := range cases {
		start := first + calendar.Date(i*37%3600)
		events := make([]casework.Event, len(steps))
		for j, s := range steps {
			s.event.On = start + calendar.Date(s.after+i%7)
			events[j] = s.event
		}
		cases[i] = casework.Case{Born: start - calendar.Date(1000+i%4000), Events: events}
		cases[i].Sort()
	}
	return cases
}

// BenchmarkCounty works out every duty of a whole caseload from its events.
func BenchmarkCounty(b *testing.B) {
	today := calendar.On(2026, time.November, 23)
	for _, n := range []int{20_000, 40_000, 640_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			cases := county(n)
			events := 0
			for i := range cases {
				events += len(cases[i].Events)
			}
			clock := casework.NewClock(casework.DefaultPractice())
			duties := 0
			b.ReportAllocs()
			for b.Loop() {
				duties = 0
				for i := range cases {
					duties += len(clock.Read(&cases[i], today).Duties)
				}
			}
			perRun := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(float64(events)/perRun/1e6, "Mevents/s")
			b.ReportMetric(float64(duties), "duties")
		})
	}
}

// BenchmarkDates dates a caseload again: 42, 112 and 140 days, fifteen working
// days, and the working days left to the last of them.
func BenchmarkDates(b *testing.B) {
	limits := []calendar.Limit{calendar.Within(6, calendar.Weeks), calendar.Within(16, calendar.Weeks), calendar.Within(20, calendar.Weeks), calendar.Within(15, calendar.WorkingDays)}
	h := calendar.EnglandAndWales
	first, today := calendar.On(2015, time.January, 1), calendar.On(2022, time.June, 1)
	for _, n := range []int{20_000, 640_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			starts := make([]calendar.Date, n)
			for i := range starts {
				starts[i] = first + calendar.Date(i*7919%4300)
			}
			var out [4][]calendar.Date
			for i := range out {
				out[i] = make([]calendar.Date, n)
			}
			left := make([]int32, n)
			for b.Loop() {
				for i, l := range limits {
					l.LastDays(out[i], starts, h)
				}
				h.WorkingDaysLeft(left, today, out[2])
			}
			perRun := b.Elapsed().Seconds() / float64(b.N)
			b.ReportMetric(float64(n)/perRun/1e6, "Mcases/s")
		})
	}
}
