package delivery

import (
	"testing"

	"weald/calendar"
	"weald/domain/plan"

	"pgregory.net/rapid"
)

func issued(on calendar.Date, lines ...plan.Line) Issued {
	p := plan.New(plan.Templates[0])
	s := p.Section("F")
	s.Lines = append(s.Lines, lines...)
	return Issued{on, p}
}

func line(id, text string) plan.Line {
	return plan.Line{ID: id, Kind: plan.Provision, Text: text, Says: map[string]string{"who": "Teaching assistant"}}
}

var day = calendar.On(2026, 9, 1)

// What is kept from one plan to the next is one promise; what is left out ends.
func TestPromisesFollowAmendments(t *testing.T) {
	all := Promises([]Issued{issued(day, line("f-1", "30 minutes a week"), line("f-2", "a quiet place")), issued(day+60, line("f-1", "45 minutes a week"), line("f-3", "new"))}, 0)
	if len(all) != 3 {
		t.Fatalf("%+v", all)
	}
	if p := all[0]; p.From != day || !p.Until.IsZero() || !p.Changed || p.Text != "45 minutes a week" {
		t.Errorf("kept: %+v", p)
	}
	if p := all[1]; p.Until != day+60 || p.Changed || p.Owed(day+60) || !p.Owed(day+59) {
		t.Errorf("left out: %+v", p)
	}
	if p := all[2]; p.From != day+60 || p.Owed(day) {
		t.Errorf("new: %+v", p)
	}
	for _, p := range Promises([]Issued{issued(day, line("f-1", "x"))}, day+90) {
		if p.Until != day+90 {
			t.Errorf("a plan that ceased promises nothing more: %+v", p)
		}
	}
}

func TestGapsAndDaysLost(t *testing.T) {
	promises := Promises([]Issued{issued(day, line("f-1", "x"))}, 0)
	read := func(today calendar.Date, moments ...Moment) State { return Read(promises, nil, moments, today)[0] }
	open := Moment{"f-1", Opened, day + 10}
	if s := read(day + 12); s.Said != "" || s.Open() != nil {
		t.Errorf("silence says something: %+v", s)
	}
	if s := read(day+12, open); s.Open() == nil || s.Lost != 3 {
		t.Errorf("open: %+v", s)
	}
	if s := read(day+40, open, Moment{"f-1", Opened, day + 11}, Moment{"f-1", Closed, day + 20}); s.Open() != nil || s.Lost != 10 || len(s.Gaps) != 1 {
		t.Errorf("closed: %+v", s)
	}
	if s := read(day+40, open, Moment{"f-1", Closed, day + 20}, Moment{"f-1", Disputed, day + 25}); s.Open() == nil || !s.Open().Again || s.Lost != 31 {
		t.Errorf("disputed, so it was never put right: %+v", s)
	}
	if s := read(day+40, Moment{"f-1", Closed, day + 20}, Moment{"f-1", Disputed, day + 21}); len(s.Gaps) != 0 {
		t.Errorf("nothing was opened: %+v", s)
	}
}

func TestRate(t *testing.T) {
	promises := Promises([]Issued{issued(day, line("f-1", "a"), line("f-2", "b"), line("f-3", "c"), line("f-4", "d"))}, 0)
	reports := []Report{{"f-1", Given, false, day, day + 30}, {"f-2", NotGiven, true, day, day + 30}, {"f-3", Given, false, day, day}}
	var r Rate
	for _, s := range Read(promises, reports, nil, day+120) {
		r.Add(&s, day+120)
	}
	if r != (Rate{Given: 1, Not: 1, Unknown: 2}) || r.Of() != 4 {
		t.Errorf("%+v: what was said of the first day is too old, and of the last nobody said anything", r)
	}
}

// However steps come, no day is lost twice, none before the promise or after it
// ended, and closing what is open never loses more days.
func TestDaysLostAreBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		promises := Promises([]Issued{issued(day, line("f-1", "x"))}, day+50)
		today := day + calendar.Date(rapid.IntRange(0, 100).Draw(t, "today"))
		var moments []Moment
		for range rapid.IntRange(0, 8).Draw(t, "steps") {
			moments = append(moments, Moment{"f-1", rapid.SampledFrom([]Step{Opened, Closed, Disputed, Noted}).Draw(t, "step"), day + calendar.Date(rapid.IntRange(0, 100).Draw(t, "on"))})
		}
		s := Read(promises, nil, moments, today)[0]
		if s.Lost < 0 || s.Lost > int(min(today+1, day+50)-day) {
			t.Fatalf("%d days are lost of %d: %+v", s.Lost, today-day+1, s)
		}
		if closed := Read(promises, nil, append(moments, Moment{"f-1", Closed, today}), today)[0]; closed.Lost > s.Lost {
			t.Fatalf("closing lost days: %d, was %d", closed.Lost, s.Lost)
		}
	})
}
