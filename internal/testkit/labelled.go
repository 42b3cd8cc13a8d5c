package testkit

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/plan"
)

// A LabelledLine is a line such as a plan holds, with what is wrong with it.
type LabelledLine struct {
	At     string // "held.txt:12"
	Plan   *plan.Plan
	Text   string
	Labels []string // none: nothing is wrong
}

// labelOf says for which label a question looks.
var labelOf = map[string]string{
	"provision-unquantified": "unquantified", "care-unquantified": "unquantified", "provision-vague": "vague", "outcome-is-service": "service",
	"outcome-unmeasurable": "unmeasurable", "outcome-undated": "undated", "education-in-care": "education", "provision-in-need": "hidden",
	"another-name": "name", "wrong-pronoun": "pronoun", "practitioner-named": "person", "jargon": "jargon", "hard-to-read": "hard", "unfinished": "unfinished",
}

var labelledChildren = map[string]plan.Child{
	"she":  {Forename: "Maya", Surname: "Okoro", Pronouns: plan.She},
	"he":   {Forename: "Tom", Surname: "Birch", Pronouns: plan.He},
	"they": {Forename: "Alex", Surname: "Reed", Pronouns: plan.They},
}

// Labelled reads labelled lines from a file.
func Labelled(file string) (all []LabelledLine, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	known := slices.Collect(maps.Values(labelOf))
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		cells := strings.SplitN(strings.TrimSpace(line), "|", 4)
		if len(cells) < 4 {
			return nil, fmt.Errorf("%s:%d: expected section | child | labels | text", file, n)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		l := LabelledLine{At: fmt.Sprintf("%s:%d", file, n), Text: cells[3]}
		if cells[2] != "ok" {
			l.Labels = strings.Fields(cells[2])
		}
		for _, label := range l.Labels {
			if !slices.Contains(known, label) {
				return nil, fmt.Errorf("%s: %q is no label", l.At, label)
			}
		}
		child, ok := labelledChildren[cells[1]]
		l.Plan = plan.New(plan.Templates[0])
		l.Plan.Child, l.Plan.On = child, calendar.On(2026, 11, 23)
		s := l.Plan.Section(cells[0])
		if !ok || s == nil {
			return nil, fmt.Errorf("%s: no such section or child", l.At)
		}
		kinds := l.Plan.Template.Form(cells[0]).Kinds
		kind := kinds[0]
		if slices.Contains(kinds, plan.Need) {
			kind = plan.Need
		}
		s.Lines = []plan.Line{{ID: "x", Kind: kind, Text: l.Text}}
		all = append(all, l)
	}
	return all, nil
}

// Found returns the labels that checking finds on the line.
func (l *LabelledLine) Found() (found []string) {
	for _, f := range plan.Check(l.Plan, plan.DefaultMeasure) {
		if label := labelOf[f.Question.ID]; label != "" && f.Line == "x" && !slices.Contains(found, label) {
			found = append(found, label)
		}
	}
	return found
}

// A Score counts what checks found of what is labelled.
type Score struct{ Right, Wrong, Missed int }

// Precision is how much of what was found is labelled, and Recall how much of
// what is labelled was found.
func (s Score) Precision() float64 { return float64(s.Right) / float64(max(1, s.Right+s.Wrong)) }

// Recall is how much of what is labelled was found.
func (s Score) Recall() float64 { return float64(s.Right) / float64(max(1, s.Right+s.Missed)) }

// ScoreLabelled counts over lines, in all under "" and for each label. slips says
// of each line that was judged otherwise how.
func ScoreLabelled(lines []LabelledLine) (scores map[string]Score, slips []string) {
	scores = map[string]Score{}
	for i := range lines {
		l := &lines[i]
		found := l.Found()
		count := func(label string, f func(*Score)) {
			for _, key := range []string{"", label} {
				s := scores[key]
				f(&s)
				scores[key] = s
			}
		}
		for _, label := range found {
			if slices.Contains(l.Labels, label) {
				count(label, func(s *Score) { s.Right++ })
			} else {
				count(label, func(s *Score) { s.Wrong++ })
				slips = append(slips, fmt.Sprintf("%s: found %s in %q", l.At, label, l.Text))
			}
		}
		for _, label := range l.Labels {
			if !slices.Contains(found, label) {
				count(label, func(s *Score) { s.Missed++ })
				slips = append(slips, fmt.Sprintf("%s: missed %s in %q", l.At, label, l.Text))
			}
		}
	}
	return scores, slips
}
