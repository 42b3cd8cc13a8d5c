package privacy

import (
	"strings"
	"testing"

	"weald/calendar"
)

func TestRetention(t *testing.T) {
	born, last := calendar.On(2000, 2, 29), calendar.On(2019, 7, 31)
	for _, v := range []struct {
		choice string
		due    calendar.Date
	}{
		{"31 from birth: records schedule, 2026", calendar.On(2031, 2, 28)},
		{"32 from birth: records schedule, 2026", calendar.On(2032, 2, 29)},
		{"25 from last event: Cabinet", calendar.On(2044, 7, 31)},
	} {
		r, err := ParseRetention(v.choice)
		if err != nil {
			t.Fatal(err)
		}
		due, why := r.Due(born, last)
		if due != v.due || !strings.Contains(why, due.Words()) || !strings.Contains(r.Words(), "no rule of law") {
			t.Errorf("%s: %s, want %s: %s", v.choice, due, v.due, why)
		}
		if due, why := r.Due(0, 0); !due.IsZero() || why == "" {
			t.Errorf("%s without days: %s", v.choice, due)
		}
	}
	for _, bad := range []string{"31", "31 from birth", "0 from birth: x", "x from birth: x", "31 from moon: x", "31 from birth:  "} {
		if _, err := ParseRetention(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	none, err := ParseRetention("")
	if due, why := none.Due(born, last); none != nil || err != nil || !due.IsZero() || !strings.Contains(why, "Nobody has chosen") || !strings.Contains(none.Words(), "No law names a period") {
		t.Errorf("%v %v %s", none, err, why)
	}
}
