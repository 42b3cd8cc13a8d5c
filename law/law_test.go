package law

import (
	"strings"
	"testing"
	"time"

	"weald/calendar"
)

func period(first, last calendar.Date) calendar.Period {
	return calendar.Period{First: first, Last: last}
}

func TestVersionsHaveNoGapAndNoOverlap(t *testing.T) {
	may := calendar.On(2020, time.May, 1)
	old := &Rule{ID: "x", InForce: period(calendar.On(2014, time.September, 1), may-1)}
	covid := &Rule{ID: "x", InForce: period(may, calendar.On(2020, time.September, 25))}
	now := &Rule{ID: "x", InForce: calendar.Since(calendar.On(2020, time.September, 26))}
	if p := Periods([]*Rule{now, old, covid}); p != nil {
		t.Errorf("sound versions: %v", p)
	}
	for want, rules := range map[string][]*Rule{
		"no version is in force on 1 May 2020": {old, now},
		"two versions are in force":            {old, {ID: "x", InForce: calendar.Since(may - 1)}},
		"ends before it starts":                {{ID: "x", InForce: period(may, may-1)}},
		"two versions are in force on 1 May":   {{ID: "x", InForce: calendar.Since(may - 9)}, covid},
	} {
		if p := Periods(rules); len(p) == 0 || !strings.Contains(strings.Join(p, "\n"), want) {
			t.Errorf("want %q, got %v", want, p)
		}
	}
	for day, want := range map[calendar.Date]*Rule{may - 1: old, may: covid, may + 365: now, may - 9999: nil} {
		if got := At([]*Rule{old, covid, now}, day); got != want {
			t.Errorf("on %s got %v", day, got)
		}
	}
}

func TestGuidanceIsNotBinding(t *testing.T) {
	for _, f := range Forces {
		binding := f.Binding()
		if said := !strings.HasSuffix(f.Words(), "not law"); said != binding {
			t.Errorf("%s is binding: %v, but its words are %q", f, binding, f.Words())
		}
	}
}

func TestRefusalCitesTheLaw(t *testing.T) {
	r := &Refusal{"The draft has been with the family for less than 15 days.", SENDRegulations.At("regulation 13(1)")}
	if got := r.Error(); got != "The draft has been with the family for less than 15 days (SEND Regulations 2014, regulation 13(1))." {
		t.Error(got)
	}
	if got := (&Refusal{Because: "No."}).Error(); got != "No." {
		t.Error(got)
	}
}

func TestRunNamesTheRule(t *testing.T) {
	short := Check[string]{Rule: Rule{ID: "long-enough"}, Find: func(s string) []Finding {
		if len(s) > 3 {
			return nil
		}
		return []Finding{{Where: "the text", What: "Say more."}}
	}}
	got := Run([]Check[string]{short}, "no")
	if len(got) != 1 || got[0] != (Finding{"long-enough", "the text", "Say more."}) {
		t.Errorf("%v", got)
	}
}
