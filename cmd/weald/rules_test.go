package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/law"
)

func TestRulesPageIsFresh(t *testing.T) {
	var now bytes.Buffer
	writeRulesPage(&now)
	kept, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, now.Bytes()) {
		t.Error("docs/rules.md is stale: run go run ./cmd/weald rules --markdown > docs/rules.md")
	}
}

func TestRulesPageNamesEverything(t *testing.T) {
	var b bytes.Buffer
	writeRulesPage(&b)
	page := b.String()
	for _, r := range casework.Catalogue {
		if !strings.Contains(page, "### "+r.Code+" "+r.ID+"\n") || !strings.Contains(page, "#"+anchor(r.Code+" "+r.ID)+")") {
			t.Errorf("%s is not on the page", r.Code)
		}
	}
	for _, c := range casework.Choices {
		if !strings.Contains(page, "`"+c.ID+"`") {
			t.Errorf("%s is not on the page", c.ID)
		}
	}
	if n := strings.Count(page, "```mermaid\nstateDiagram-v2\n"); n != len(casework.Processes) {
		t.Errorf("%d diagrams of %d processes", n, len(casework.Processes))
	}
}

func TestRuleIsShownWithEverythingAReaderNeeds(t *testing.T) {
	for _, r := range casework.Catalogue {
		var b bytes.Buffer
		if err := writeRule(&b, r, casework.DefaultPractice()); err != nil {
			t.Fatal(err)
		}
		said := b.String()
		for _, want := range []string{r.Duty, r.Limit.String(), r.Force.Words(), r.Words, r.Family, r.Confidence.Words(), r.InForce.String(), r.Source.String(), url(r.Source), "Starts with:"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q", r.Code, want)
			}
		}
		if strings.Contains(said, "“"+r.Words) || strings.Contains(said, "\""+r.Words) {
			t.Errorf("%s shows its words as a quotation", r.Code)
		}
		if r.Confidence != law.Verified && !strings.Contains(said, "not yet compared with the source") {
			t.Errorf("%s does not say that it was not checked", r.Code)
		}
	}
}

func TestRulesCommand(t *testing.T) {
	var list bytes.Buffer
	if err := (&rulesCommand{JSON: true}).list(&list, casework.Catalogue); err != nil {
		t.Fatal(err)
	}
	var read []jsonRule
	if err := json.Unmarshal(list.Bytes(), &read); err != nil || len(read) != len(casework.Catalogue) {
		t.Errorf("%d rules of %d: %v", len(read), len(casework.Catalogue), err)
	}
	for _, name := range []string{"nope", "Z99"} {
		if err := (&rulesCommand{Name: name}).Run(); err == nil || !strings.Contains(err.Error(), "is not a rule") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (&rulesCommand{Choices: "x=y"}).Run(); err == nil {
		t.Error("a bad choice was taken")
	}
	practice := casework.DefaultPractice()
	if err := practice.Choose("waiver=refused"); err != nil {
		t.Fatal(err)
	}
	var choices bytes.Buffer
	if err := (&rulesCommand{}).choices(&choices, practice); err != nil || !strings.Contains(choices.String(), "* refused: Never\n") {
		t.Errorf("%v\n%s", err, choices.String())
	}
	var kinds bytes.Buffer
	if err := (&rulesCommand{}).kinds(&kinds); err != nil {
		t.Fatal(err)
	}
	for _, k := range casework.Kinds() {
		if !strings.Contains(kinds.String(), "  "+kindLine(k)+"\n") {
			t.Errorf("%s is not listed", k)
		}
	}
}

// docs/case-file.md names every kind of event as it is written, and every
// status.
func TestCaseFilePageIsWhole(t *testing.T) {
	page, err := os.ReadFile("../../docs/case-file.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range casework.Kinds() {
		if !strings.Contains(string(page), "* `"+kindLine(k)+"`: "+k.Label()+"\n") {
			t.Errorf("docs/case-file.md does not say * `%s`: %s", kindLine(k), k.Label())
		}
	}
	for _, g := range casework.Groups() {
		if !strings.Contains(string(page), "### "+string(g)+"\n") {
			t.Errorf("docs/case-file.md has no heading %s", g)
		}
	}
	for s := casework.Running; s <= casework.Void; s++ {
		if !strings.Contains(string(page), "| `"+s.String()+"` | ") {
			t.Errorf("docs/case-file.md does not explain %s", s)
		}
	}
	_, file, _ := strings.Cut(string(page), "```\n")
	file, _, _ = strings.Cut(file, "```\n")
	examples, err := casework.ReadCaseFile("docs/case-file.md", file)
	if err != nil || len(examples) != 1 {
		t.Fatalf("%d cases, %v", len(examples), err)
	}
	reading := casework.NewClock(casework.DefaultPractice()).Read(&examples[0].Case, examples[0].Today)
	for i := range examples[0].Wants {
		if why := examples[0].Wants[i].Unmet(reading.Duties); why != "" {
			t.Error(why)
		}
	}
}
