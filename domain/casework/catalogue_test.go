package casework

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"weald/law"
)

func TestEveryDayHasOneVersionOfEachRule(t *testing.T) {
	for _, problem := range law.Periods(Catalogue) {
		t.Error(problem)
	}
}

func TestEveryRuleSaysWhatAReaderNeeds(t *testing.T) {
	code := regexp.MustCompile(`^[A-Z]\d\d[a-h]?$`)
	id := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$|^appeal$`)
	codes, ids := map[string]string{}, map[string]string{}
	for _, r := range Catalogue {
		t.Run(r.Code, func(t *testing.T) {
			if !code.MatchString(r.Code) || !id.MatchString(r.ID) {
				t.Errorf("%q %q are not a code and an id", r.Code, r.ID)
			}
			if other, taken := codes[r.Code]; taken && other != r.ID {
				t.Errorf("the code is that of %s too", other)
			}
			if other, taken := ids[r.ID]; taken && other != r.Code {
				t.Errorf("the id is that of %s too", other)
			}
			codes[r.Code], ids[r.ID] = r.ID, r.Code
			if sentence(r.Duty) != "" || sentence(r.Family) != "" {
				t.Errorf("not sentences: %q, %q", r.Duty, r.Family)
			}
			if r.Words == "" || strings.HasSuffix(r.Words, ".") {
				t.Errorf("words %q", r.Words)
			}
			if r.Note != "" && sentence(r.Note) != "" {
				t.Errorf("note %q: %s", r.Note, sentence(r.Note))
			}
			if r.Source.IsZero() != (r.Force == law.LocalPolicy) {
				t.Errorf("source %q with force %s: only a local target has none", r.Source, r.Force)
			}
			if !slices.Contains(law.Forces, r.Force) || r.Confidence.Words() == string(r.Confidence) {
				t.Errorf("force %q, confidence %q", r.Force, r.Confidence)
			}
			if r.Owner == "" || r.Nature == "" || r.Limit.IsZero() || r.InForce.First.IsZero() {
				t.Error("no owner, nature, limit or first day in force")
			}
			if r.Limit.IsFloor() != (r.Nature == law.Floor) {
				t.Errorf("nature %s with the limit %s", r.Nature, r.Limit)
			}
			if (r.Confidence == law.Verified) == r.Checked.IsZero() {
				t.Errorf("confidence %s, checked %q: only what was read has a day", r.Confidence, r.Checked)
			}
			for _, x := range r.Exceptions {
				if x.Words == "" || x.Source.IsZero() || !slices.ContainsFunc(exceptionGrounds(), func(v Value) bool { return v.String() == x.Ground }) {
					t.Errorf("exception %+v", x)
				}
			}
			if got := RulesNamed(strings.ToLower(r.Code)); !slices.Contains(got, r) {
				t.Error("not found by its code")
			}
			if RuleNamed(r.ID) != r {
				t.Error("not found by its id")
			}
		})
	}
	if RuleNamed("") != nil || RuleNamed("Z99") != nil || len(RulesNamed("E05")) != 2 || len(RulesNamed("u01")) != 3 {
		t.Error("names that stand for none, or for several")
	}
}

func exceptionGrounds() []Value {
	for _, a := range ExceptionRecorded.Attributes() {
		if a.Name == "ground" {
			return a.Values
		}
	}
	return nil
}

// sentence says what keeps text from being a sentence or several.
func sentence(s string) string {
	switch {
	case s == "":
		return "empty"
	case s[0] < 'A' || s[0] > 'Z':
		return "no capital"
	case !strings.HasSuffix(s, "."):
		return "no full stop"
	case strings.Contains(s, "  ") || strings.Contains(s, ".."):
		return "doubled"
	}
	return ""
}

func TestTablesFit(t *testing.T) {
	if len(rows) > maxRows {
		t.Errorf("%d rows; maxRows is %d", len(rows), maxRows)
	}
	if nStates > 64 {
		t.Errorf("%d states do not fit the bits of a stateSet", nStates)
	}
	if len(Catalogue) > 32766 || nProcesses > 8 {
		t.Error("rules or processes do not fit")
	}
	seen := map[*law.Rule]bool{}
	for i := range rows {
		if seen[rows[i].rule] {
			t.Errorf("%s has two rows", rows[i].rule.Code)
		}
		seen[rows[i].rule] = true
		if rows[i].start == nil {
			t.Errorf("nothing starts %s", rows[i].rule.Code)
		}
		if rows[i].rule.Nature == law.Deadline && rows[i].met == nil {
			t.Errorf("nothing meets %s", rows[i].rule.Code)
		}
		for _, list := range []triggers{rows[i].start, rows[i].met, rows[i].void} {
			for _, tr := range list {
				if tr.value != NoValue && !slices.ContainsFunc(tr.kind.Attributes(), func(a Attribute) bool { return slices.Contains(a.Values, tr.value) }) {
					t.Errorf("%s: %s cannot say %s", rows[i].rule.Code, tr.kind, tr.value)
				}
			}
		}
	}
}

func TestEveryKindAndStateHasNames(t *testing.T) {
	known := map[string]bool{}
	for _, k := range Kinds() {
		n := names[k]
		if n.name == "" || n.Label == "" || n.Family == "" || n.group == "" || known[n.name] {
			t.Errorf("kind %d: %+v", k, n)
		}
		known[n.name] = true
		if got, ok := KindNamed(n.name); !ok || got != k {
			t.Errorf("%s is not found by its name", n.name)
		}
		for _, a := range k.Attributes() {
			if a.Label == "" || strings.HasSuffix(a.Label, ".") {
				t.Errorf("%s %s: label %q", k, a.Name, a.Label)
			}
		}
	}
	for s := NotStarted; s < nStates; s++ {
		if stateNames[s].name == "" || stateNames[s].label == "" || stateNames[s].family == "" {
			t.Errorf("state %d: %+v", s, stateNames[s])
		}
	}
	for v := NoValue + 1; v < nValues; v++ {
		if v.String() == "" {
			t.Errorf("value %d has no name", v)
		}
	}
}

// Every state can be reached, and no process holds a state without a way in.
func TestEveryStateIsReached(t *testing.T) {
	reached := map[State]bool{NotStarted: true, Deciding: true, ClosedRefused: true, OutOfTime: true} // the last three by time
	for _, p := range Processes {
		for _, m := range p.Moves {
			reached[m.To] = true
		}
	}
	for s := NotStarted; s < nStates; s++ {
		if !reached[s] {
			t.Errorf("nothing leads to %s (%s)", s, s.Label())
		}
	}
}

// In data a state is told by its name alone, so no process may hold two of one
// name.
func TestStatesOfOneProcessHaveTheirOwnNames(t *testing.T) {
	for _, p := range Processes {
		byName := map[string]State{}
		for _, m := range p.Moves {
			for s := NotStarted; s < nStates; s++ {
				if m.To != s && (m.From == 0 || m.From&(1<<s) == 0) {
					continue
				}
				if other, taken := byName[s.String()]; taken && other != s {
					t.Errorf("%s: %q and %q are both %s", p.Name, s.Label(), other.Label(), s)
				}
				byName[s.String()] = s
			}
		}
	}
}
