package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOfficialRulesAreShown(t *testing.T) {
	dir := t.TempDir()
	rules := filepath.Join(dir, "rules.csv")
	answers := filepath.Join(dir, "answers.txt")
	for name, text := range map[string]string{
		rules:   "Rules of a pretend return,,\nRule number,Type,Message\nP1,Error,RequestOutcomeDate missing where RequestOutcome is Y or N\nP2,Query,Colour should be given\n",
		answers: "P1 = S-033 # seen\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := sen2RulesCommand{File: rules}
	lists, err := c.read()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	showRules(&out, lists)
	ask(&out, lists)
	c.Answers = answers
	if lists, err = c.read(); err != nil {
		t.Fatal(err)
	}
	showRules(&out, lists)
	for _, want := range []string{
		"rules: 2 rules; 0 covered by a local check, 1 to be confirmed, 1 not covered.",
		"P1: to be confirmed\n  Rule number: P1\n  Type: Error\n", "proposed: S-033, because both are about RequestOutcome and RequestOutcomeDate",
		"# P1 = S-033", "# P2 = none\n",
		"1 covered by a local check, 0 to be confirmed, 1 not covered.", "P1: covered by S-033 (seen)",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
	for _, bad := range []sen2RulesCommand{{File: "no-such-file"}, {File: answers}, {File: rules, Answers: rules}, {File: rules, Answers: "no-such-file"}} {
		if _, err := bad.read(); err == nil {
			t.Errorf("%+v was read", bad)
		}
	}
}
