package published

import (
	"strconv"
	"testing"
)

// The published figures of one county, worked out from what is held, by the
// codes that the area's own measures have.
func TestBenchmarksAreThePublishedFigures(t *testing.T) {
	const kent = "886"
	want := map[string][]string{
		"I001": {"33.3", "46.4"}, "I002": {"32.3", "45.9"}, "I003": {"14.2", "7.2"}, "I004": {"90.8", "84.8"}, "I005": {"55.0", "25.2"},
		"I007": {"35.7", "34.1"}, "I008": {"84.3", "93.6"}, "I018": {"6.6", "3.2", "10.6", "5.7"}, "I020": {"88.7", "86.5"}, "I021": {"33.6", "44.4"},
		"I035": {"36.1", "43.6"}, "I051": {"7.9", "5.3"}, "I052": {"31.1", "25.0"}, "I083": {"1.7", "1.1"}, "I120": {"6.3", "10.8"},
	}
	for code, figures := range want {
		var got []string
		for _, b := range Benchmarks(code) {
			for _, area := range []string{kent, England} {
				s := Held.Share(&b, area)
				text, ok := Percent(s.Num, s.Den)
				if !s.Known || !ok {
					text = "not known"
				}
				got = append(got, text)
			}
		}
		if len(got) != len(figures) {
			t.Errorf("%s: %v, want %v", code, got, figures)
			continue
		}
		for i := range got {
			if got[i] != figures[i] {
				t.Errorf("%s: %v, want %v", code, got, figures)
			}
		}
	}
	if Held.Region(kent) != "South East" {
		t.Errorf("region %q", Held.Region(kent))
	}
	if s := Held.Share(&Benchmarks("I018")[1], England); s.Num != 20_771 || s.Den != 364_912 {
		t.Errorf("England on the base in development: %d of %d", s.Num, s.Den)
	}
	b := Benchmarks("I001")[0]
	region := Held.RegionShare(&b, kent)
	if region.Of != 19 {
		t.Errorf("the South East has 19 authorities, not %d", region.Of)
	}
	var list []Share
	for _, n := range Held.Neighbours(kent) {
		list = append(list, Held.Share(&b, n))
	}
	middle, ok := Middle(list)
	if f, err := strconv.ParseFloat(middle, 64); !ok || err != nil || f < 20 || f > 70 {
		t.Errorf("the neighbours' middle is %q", middle)
	}
	if _, ok := Middle(list[:0]); ok {
		t.Error("nobody has no middle")
	}
}
