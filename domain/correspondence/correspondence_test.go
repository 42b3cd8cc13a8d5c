package correspondence

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"weald/calendar"
)

func on(y int, m time.Month, d int) calendar.Date { return calendar.On(y, m, d) }

// The day is counted in working days from the first question that nobody answered.
func TestRead(t *testing.T) {
	monday := on(2026, 11, 23)
	for _, c := range []struct {
		name    string
		moments []Moment
		want    State
	}{
		{"nothing", nil, State{}},
		{"asked on a Monday", []Moment{{Asked, monday}}, State{Waiting: true, Since: monday, ReplyBy: on(2026, 11, 30), Asked: 1}},
		{"over Christmas", []Moment{{Asked, on(2026, 12, 23)}}, State{Waiting: true, Since: on(2026, 12, 23), ReplyBy: on(2027, 1, 4), Asked: 1}},
		{"asked again and rung in vain", []Moment{{Asked, monday}, {Tried, monday + 1}, {Asked, monday + 2}, {Noted, monday + 2}, {Given, monday + 3}}, State{Waiting: true, Since: monday, ReplyBy: on(2026, 11, 30), Again: 1, Asked: 2, Tried: 1}},
		{"answered", []Moment{{Asked, monday}, {Answered, monday + 1}}, State{Asked: 1}},
		{"answered, and asked anew", []Moment{{Asked, monday}, {Answered, monday + 1}, {Asked, monday + 7}}, State{Waiting: true, Since: monday + 7, ReplyBy: on(2026, 12, 7), Asked: 2}},
		{"settled", []Moment{{Asked, monday}, {Settled, monday}}, State{Asked: 1}},
	} {
		if got := Read(c.moments, Promise, calendar.EnglandAndWales); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	s := Read([]Moment{{Asked, monday}}, Promise, calendar.EnglandAndWales)
	if s.Late(on(2026, 11, 30)) || !s.Late(on(2026, 12, 1)) {
		t.Error("it is late from the day after the last")
	}
}

// Whatever else happens, only an answer or a settlement stops the clock, and the day
// never moves while somebody waits.
func TestOnlyAPersonStopsTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.SampledFrom([]Step{Asked, Tried, Noted, Given}), 0, 20).Draw(t, "steps")
		first := on(2026, 11, 2)
		moments := []Moment{{Asked, first}}
		for i, s := range steps {
			moments = append(moments, Moment{s, first.AddDays(i)})
		}
		s := Read(moments, Promise, calendar.EnglandAndWales)
		if !s.Waiting || s.Since != first || s.ReplyBy != on(2026, 11, 9) {
			t.Fatalf("%+v", s)
		}
		s = Read(append(moments, Moment{Answered, first.AddDays(30)}), Promise, calendar.EnglandAndWales)
		if s.Waiting || !s.ReplyBy.IsZero() {
			t.Fatalf("after an answer %+v", s)
		}
	})
}
