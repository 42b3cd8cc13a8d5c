package measure

import (
	"fmt"
	"math"
	"testing"
)

const bringHead = "measure,from,to,numerator,denominator,value,source\n"

// What another system counted is read with its period and source, and a mark is
// never 0.
func TestBring(t *testing.T) {
	all, faults := Bring(bringHead +
		"I074,2025-09-01,2025-12-19,\"1,370\",10000,13.7,EES autumn 2025\n" +
		"i086,2025-09-01,2026-08-31,,,14.4,EES 2026\n\n" +
		"I075,2025-09-01,2025-12-19,,,x,EES autumn 2025\n" +
		"I076,2025-09-01,2025-12-19,,,low,EES autumn 2025\n" +
		"I077,2025-09-01,2025-12-19,,,gone,EES autumn 2025\n")
	if len(faults) > 0 || len(all) != 5 {
		t.Fatalf("%v, %v", all, faults)
	}
	for i, want := range []string{"13.7%", "14.4", "x (not available)", "low (rounds to 0, but is not 0)"} {
		if got := all[i].Value.Text(); got != want {
			t.Errorf("row %d: %s, want %s", all[i].Row, got, want)
		}
	}
	for _, g := range all[2:4] {
		if g.Value.Known() || !math.IsNaN(g.Value.Figure()) {
			t.Errorf("%s: a mark is a number: %v", g.Of.Code, g.Value.Figure())
		}
	}
	if !all[4].Gone {
		t.Error("what is taken back is not")
	}
	tabs, faults := Bring("measure\tfrom\tto\tvalue\tsource\nI100\t2026-01-01\t2026-01-31\t182.5\tTrust A, 3 February 2026")
	if len(faults) > 0 || tabs[0].Value.Text() != "182.5" || tabs[0].Value.Figure() != 182.5 {
		t.Errorf("pasted from a spreadsheet: %v, %v", tabs, faults)
	}
}

// Every fault is named with its row, field and reason, and one keeps all out.
func TestBringFaults(t *testing.T) {
	for text, want := range map[string]string{
		"": "[{1  there are no rows}]",
		"measure,from,to,colour,source\nI074,1,2,3,4":                                      "[{1 colour is no column: use measure, from, to, numerator, denominator, value and source}]",
		"measure,from,to\nI074,1,2":                                                        "[{1 source this column is missing}]",
		bringHead + "I074,2025-09-01,2025-12-19,3,2,,EES":                                  "[{2 numerator is more than the denominator}]",
		bringHead + "I074,2025-09-01,2025-12-19,1,2,49.9,EES":                              "[{2 value 49.9 is not 1 of 2, which is 50.0%}]",
		bringHead + "I074,2025-09-01,2025-12-19,,,,EES":                                    "[{2 numerator a percentage needs its numerator and denominator. An absent figure is never 0: write x, z, ~ or low as the value, as its source does}]",
		bringHead + "I086,2025-09-01,2025-12-19,,,,EES":                                    "[{2 value is empty. An absent figure is never 0: write x, z, ~ or low as its source does}]",
		bringHead + "I086,2025-09-01,2025-12-19,,,14.412,EES":                              `[{2 value "14.412" has more than two decimals}]`,
		bringHead + "I001,2025-09-01,2025-12-19,1,2,,SEN2":                                 "[{2 measure I001 is counted from the record, so it is not brought from elsewhere}]",
		bringHead + "I999,2025-09-01,2025-12-19,1,2,,SEN2":                                 `[{2 measure "I999" is no measure}]`,
		bringHead + "I074,2025-09-31,2025-12-19,1,2,,EES":                                  `[{2 from "2025-09-31" is no day: write 2025-09-01}]`,
		bringHead + "I074,2025-12-19,2025-09-01,1,2,,EES":                                  "[{2 to is before the first day}]",
		bringHead + "I074,2025-09-01,2025-12-19,1,0,,EES":                                  "[{2 denominator is 0: a share of nothing is none}]",
		bringHead + "I074,2025-09-01,2025-12-19,1,2,x,EES":                                 `[{2 value "x" says that there is no number, and there is a numerator or denominator}]`,
		bringHead + "I074,2025-09-01,2025-12-19,1,2,,":                                     "[{2 source say which system or publication it is from}]",
		bringHead + "I074,2025-09-01,2025-12-19,1,2,,A\nI074,2025-09-01,2025-12-19,1,3,,A": "[{3  the same measure and period as row 2}]",
	} {
		if _, faults := Bring(text); fmt.Sprint(faults) != want {
			t.Errorf("%q:\n %v, want\n %s", text, faults, want)
		}
	}
}
