package sen2

import (
	"slices"
	"strings"
	"testing"
)

// The names of columns, numbers and messages here are invented: the department's
// spreadsheet was not to be had.
var pretendRules = [][]string{
	{"Validation rules of a pretend return"},
	nil,
	{"Rule Number", "Module", "Field(s)", "Error or query", "Message", ""},
	{"P1", "2", "RequestOutcomeDate, RequestOutcome", "Error", "Request outcome date is missing where the outcome is Y or N", "seen"},
	nil,
	{"P2", "1", "", "Query", "The colour of the form should be given"},
	{"P2", "4", "", "Error", "Reason EHC plan ceased must be given where Date EHC plan ceased is"},
	{"Rule Number", "Module", "Field(s)", "Error or query", "Message", ""},
}

func TestReadOfficial(t *testing.T) {
	o, err := ReadOfficial("Rules", pretendRules)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Rule Number", "Module", "Field(s)", "Error or query", "Message", "Column 6"}; !slices.Equal(o.Columns, want) || len(o.Rules) != 3 {
		t.Errorf("%q, %d rules", o.Columns, len(o.Rules))
	}
	a, b, c := o.Rules[0], o.Rules[1], o.Rules[2]
	if a.Name != "P1" || a.Row != 4 || a.Cells[5] != "seen" || a.State() != Unanswered || a.Proposed[0].Check.Code != "S-033" ||
		a.Proposed[0].Why != "both are about RequestOutcome and RequestOutcomeDate" {
		t.Errorf("%+v", a)
	}
	if b.State() != NoCheck || b.Proposed != nil {
		t.Errorf("%+v", b)
	}
	if c.Name != "P2 (row 7)" || c.Proposed[0].Check.Code != "S-072" {
		t.Errorf("%+v", c)
	}
	if err := o.Confirm("# answers\nP1 = S-033 # the same words\nP2 (row 7) = none\n\n"); err != nil {
		t.Fatal(err)
	}
	if a.State() != CoveredBy || a.Note != "the same words" || c.State() != NoCheck || !c.Answered {
		t.Errorf("%+v, %+v", a, c)
	}
	err = o.Confirm("P9 = S-033\nP1 = S-999\nP1\nP1 =\n")
	for _, want := range []string{`line 1: the list has no rule "P9"`, `line 2: P1: "S-999" is no check`, "line 3: expected RULE", "line 4: P1: expected the codes"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

func TestWhatIsNoListOfRules(t *testing.T) {
	for _, rows := range [][][]string{nil, {{"Name", "Town"}, {"A", "B"}}, {{"Rule number", "Message"}}} {
		if _, err := ReadOfficial("x", rows); err == nil {
			t.Errorf("%v was read", rows)
		}
	}
	o, err := ReadOfficial("x", [][]string{{"Message", "Severity"}, {"a"}})
	if err != nil || o.Rules[0].Name != "row 2" {
		t.Errorf("%+v, %v", o, err)
	}
}
