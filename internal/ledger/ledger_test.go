package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
)

func events(t *testing.T, lines ...string) (all []casework.Event) {
	t.Helper()
	for _, l := range lines {
		e, err := casework.ParseEvent(l)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// Two children: one plan on the last lawful day, one a day late, and a review
// decided on its last day and a day after.
var lives = [][]string{
	{"2026-01-05 request-received source=parent", "2026-02-16 decision-to-assess-sent decision=yes", "2026-05-25 plan-finalised"},
	{"2026-01-05 request-received source=school", "2026-02-17 decision-to-assess-sent decision=yes", "2026-05-26 plan-finalised", "2027-05-10 review-meeting-held", "2027-06-07 review-decision-sent decision=keep", "2028-05-10 review-meeting-held", "2028-06-08 review-decision-sent decision=keep"},
	{"2026-03-01 plan-finalised"}, // nobody knows when it was asked for
}

func ledgerOf(t *testing.T) *Ledger {
	t.Helper()
	var b Builder
	for i, l := range lives {
		b.Add(uint8(i), events(t, l...))
	}
	return b.Ledger()
}

func TestQuestions(t *testing.T) {
	l := ledgerOf(t)
	if l.Children != 3 || l.Events != 11 {
		t.Errorf("%d children and %d events", l.Children, l.Events)
	}
	want := []PlanMonth{{Month: calendar.On(2026, 5, 1), Issued: 2, InTime: 1, Median: 140, P90: 141}}
	if got := l.PlansByMonth(); !slices.Equal(got, want) {
		t.Errorf("plans: %+v, want %+v", got, want)
	}
	late := map[string]int{}
	days := map[string]int64{}
	for _, c := range l.ByTeamAndKind() {
		late[fmt.Sprint(c.Team, " ", c.Kind)] = c.Late
		days[fmt.Sprint(c.Team, " ", c.Kind)] = c.Days
	}
	for key, n := range map[string]int{"0 decision-to-assess-sent": 0, "1 decision-to-assess-sent": 1, "0 plan-finalised": 0, "1 plan-finalised": 1, "1 review-decision-sent": 1, "2 plan-finalised": 0} {
		if got, ok := late[key]; !ok || got != n {
			t.Errorf("%s: %d late, want %d", key, got, n)
		}
	}
	if days["1 review-decision-sent"] != 28+29 || days["2 plan-finalised"] != 0 {
		t.Errorf("days: %v", days)
	}
}

// The log that the record writes makes the ledger that its events make.
func TestReadIsWhatWasBuilt(t *testing.T) {
	var log bytes.Buffer
	for i := range 40_000 { // several blocks
		fmt.Fprintf(&log, "= child %d\nborn 2015-02-28\n", i)
		for _, line := range lives[i%3] {
			fmt.Fprintln(&log, line)
		}
	}
	var b Builder
	for i := range 40_000 {
		b.Add(uint8(i%3), events(t, lives[i%3]...))
	}
	read, err := Read(&log, func(title []byte) uint8 {
		n := 0
		for _, c := range title[len("child "):] {
			n = 10*n + int(c-'0')
		}
		return uint8(n % 3)
	})
	if err != nil {
		t.Fatal(err)
	}
	built := b.Ledger()
	if len(read.parts) < 2 || read.Children != built.Children || read.Events != built.Events {
		t.Errorf("read %d children, %d events in %d parts; built %d and %d", read.Children, read.Events, len(read.parts), built.Children, built.Events)
	}
	if !slices.Equal(read.PlansByMonth(), built.PlansByMonth()) || !slices.Equal(read.ByTeamAndKind(), built.ByTeamAndKind()) {
		t.Error("the answers differ")
	}
	next := uint32(0)
	for _, p := range read.parts {
		for _, c := range p.child {
			if c != next && c != next+1 {
				t.Fatalf("child %d after %d", c, next)
			}
			next = c
		}
	}
}

func TestReadNamesTheLine(t *testing.T) {
	for _, line := range []string{"2026-13-01 request-received", "2026-01-01 no-such-kind", "rubbish", "2026-01-01"} {
		_, err := Read(strings.NewReader("= a\n"+line+"\n"), nil)
		var fault *Fault
		if !errors.As(err, &fault) || fault.Line != line {
			t.Errorf("%q: %v", line, err)
		}
	}
	if _, err := Read(strings.NewReader("2026-01-05 request-received\n"), nil); err == nil {
		t.Error("an event of nobody is read")
	}
	if l, err := Read(strings.NewReader(""), nil); err != nil || l.PlansByMonth() != nil || l.ByTeamAndKind() != nil {
		t.Errorf("nothing: %v", err)
	}
}

// Days are read as the calendar has them, leap years and all.
func TestDays(t *testing.T) {
	for d := calendar.On(1999, 12, 1); d < calendar.On(2030, 1, 1); d++ {
		if got, ok := day([]byte(d.String() + " x")); !ok || got != d {
			t.Fatalf("%s is read as %s", d, got)
		}
	}
}
