package measure

import "testing"

// A forecast goes by the duties most alike of which there are enough, and is
// tested by counting what it named and what it did not.
func TestForecast(t *testing.T) {
	var past []Trial
	add := func(n int, rule, step string, weeks int, missed bool) {
		for range n {
			past = append(past, Trial{rule, step, weeks, missed})
		}
	}
	add(30, "B06", "draft", 1, false) // a draft is out a week before: mostly in time
	add(5, "B06", "draft", 1, true)
	add(25, "B06", "assessment", 1, true)
	add(3, "B06", "request", 1, false)
	f := Learn(past)
	for _, c := range []struct {
		trial      Trial
		missed, of int
		named      bool
	}{
		{Trial{Rule: "B06", Step: "draft", Weeks: 1}, 5, 35, false},
		{Trial{Rule: "B06", Step: "assessment", Weeks: 1}, 25, 25, true},
		{Trial{Rule: "B06", Step: "request", Weeks: 1}, 30, 63, false}, // too few at that step: the rule and the week
		{Trial{Rule: "B06", Step: "draft", Weeks: 4}, 30, 63, false},   // none so long before: the rule
		{Trial{Rule: "C09", Weeks: 1}, 0, 0, false},                    // nothing is known: nobody is named
	} {
		if missed, of := f.Risk(c.trial); missed != c.missed || of != c.of || f.Named(c.trial) != c.named {
			t.Errorf("%+v: %d of %d, named %v", c.trial, missed, of, f.Named(c.trial))
		}
	}
	got := f.Try([]Trial{{"B06", "assessment", 1, true}, {"B06", "assessment", 1, false}, {"B06", "draft", 1, true}, {"B06", "draft", 1, false}})
	if got != (Test{Named: 2, NamedMissed: 1, Missed: 2, All: 4}) {
		t.Errorf("tested: %+v", got)
	}
	if got.Right().Text() != "50.0%" || got.Found().Text() != "50.0%" || got.Sure().Text() != "50.0%" {
		t.Errorf("right %s, found %s, sure %s", got.Right().Text(), got.Found().Text(), got.Sure().Text())
	}
	if got.Add(got).All != 8 {
		t.Error("tests add up")
	}
}
