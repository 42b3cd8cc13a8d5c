package sen2

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// An OfficialRule is one row of the department's own spreadsheet of rules, which
// a person supplies. Nothing in it is interpreted: it is shown as given, beside
// the local checks that look at the same items.
type OfficialRule struct {
	Row      int      // of the sheet, from 1
	Name     string   // its number or code, as given; of a sheet without such a column, "row 7"
	Cells    []string // as given, under the list's columns
	Items    []string // items of the return that its words name
	Proposed []Proposal
	Covered  []string // the checks that a person has confirmed cover it
	Answered bool     // a person has said which checks cover it, or that none does
	Note     string   // what that person added
}

// A Proposal is a local check that may cover a rule. A person decides.
type Proposal struct {
	Check *Check
	Why   string
}

// OfficialRules are the department's rules as a spreadsheet gave them.
type OfficialRules struct {
	Sheet   string
	Columns []string
	Rules   []*OfficialRule
}

// words by which a row is known to be the heading of a list of rules. What the
// columns are called was not found, so any row that has two of them will do.
var headingWords = []string{"rule", "error", "query", "code", "number", "no", "ref", "reference", "id", "message", "description", "validation",
	"field", "fields", "item", "items", "element", "module", "level", "severity", "type", "condition", "logic"}

// heading returns how many cells of a row look like headings of a list of rules.
func heading(row []string) (n int) {
	for _, cell := range row {
		if len(cell) > 60 {
			continue
		}
		if slices.ContainsFunc(wordsOf(cell), func(w string) bool { return slices.Contains(headingWords, w) }) {
			n++
		}
	}
	return n
}

// mostAbove is how far down a sheet its heading may stand.
const mostAbove = 60

// ReadOfficial finds the list of rules in a sheet: the row that looks most like a
// heading, and every row below it that is not empty.
func ReadOfficial(sheet string, rows [][]string) (*OfficialRules, error) {
	best, at := 1, -1
	for i, row := range rows[:min(len(rows), mostAbove)] {
		if n := heading(row); n > best {
			best, at = n, i
		}
	}
	if at < 0 {
		return nil, errors.New("no row looks like the heading of a list of rules: expected two or more columns such as Rule number and Message")
	}
	o := &OfficialRules{Sheet: sheet, Columns: slices.Clone(rows[at])}
	for _, row := range rows[at+1:] {
		for len(o.Columns) < len(row) {
			o.Columns = append(o.Columns, "")
		}
	}
	for i, c := range o.Columns {
		if o.Columns[i] = strings.Join(strings.Fields(c), " "); o.Columns[i] == "" {
			o.Columns[i] = fmt.Sprintf("Column %d", i+1)
		}
	}
	name := o.nameColumn()
	seen := map[string]int{}
	for i, row := range rows[at+1:] {
		if strings.TrimSpace(strings.Join(row, "")) == "" || slices.Equal(row, rows[at]) {
			continue
		}
		r := &OfficialRule{Row: at + 2 + i, Cells: make([]string, len(o.Columns))}
		copy(r.Cells, row)
		if r.Name = strings.Join(strings.Fields(r.Cells[max(name, 0)]), " "); name < 0 || r.Name == "" {
			r.Name = fmt.Sprintf("row %d", r.Row)
		}
		if seen[r.Name]++; seen[r.Name] > 1 {
			r.Name = fmt.Sprintf("%s (row %d)", r.Name, r.Row)
		}
		r.propose()
		o.Rules = append(o.Rules, r)
	}
	if len(o.Rules) == 0 {
		return nil, errors.New("there is no rule below the heading")
	}
	return o, nil
}

// nameColumn returns the column that names a rule, or -1.
func (o *OfficialRules) nameColumn() int {
	for _, wanted := range [][]string{{"number", "no", "ref", "reference", "id"}, {"code"}, {"rule"}} {
		for i, c := range o.Columns {
			if words := wordsOf(c); slices.ContainsFunc(wanted, func(w string) bool { return slices.Contains(words, w) }) {
				return i
			}
		}
	}
	return -1
}

// wordsOf parts text into words in lower case: letters and digits.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// propose finds the items that the rule's words name, by element or by title,
// and the checks that look at as many of them as may be.
func (r *OfficialRule) propose() {
	text := " " + strings.Join(wordsOf(strings.Join(r.Cells, " ")), " ") + " "
	for i := range Items {
		it := &Items[i]
		title := strings.Join(wordsOf(it.Title), " ")
		if slices.Contains(r.Items, it.Name) {
			continue
		}
		if strings.Contains(text, " "+strings.ToLower(it.Name)+" ") || strings.Contains(title, " ") && strings.Contains(text, " "+title+" ") {
			r.Items = append(r.Items, it.Name)
		}
	}
	if len(r.Items) == 0 {
		return
	}
	type scored struct {
		Proposal
		score float64
	}
	var all []scored
	for _, c := range Checks {
		var both []string
		for _, f := range c.Fields {
			if slices.Contains(r.Items, f) {
				both = append(both, f)
			}
		}
		if len(both) == 0 {
			continue
		}
		shared := 0
		own := wordsOf(c.Words)
		for _, w := range own {
			if len(w) > 3 && strings.Contains(text, " "+w+" ") {
				shared++
			}
		}
		score := float64(len(both))/float64(len(c.Fields)+len(r.Items)-len(both)) + float64(shared)/float64(len(own))
		all = append(all, scored{Proposal{c, "both are about " + strings.Join(both, " and ")}, score})
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	for _, s := range all[:min(len(all), 3)] {
		if s.score >= 0.4 {
			r.Proposed = append(r.Proposed, s.Proposal)
		}
	}
}

// State is whether a rule is covered.
type State string

// States of a rule of the department's.
const (
	CoveredBy  State = "covered"
	NoCheck    State = "not covered"
	Unanswered State = "to be confirmed" // a check is proposed, and nobody has confirmed it
)

// State says whether the rule is covered by a local check. Until a person has
// confirmed a proposal the rule is not taken to be covered.
func (r *OfficialRule) State() State {
	switch {
	case len(r.Covered) > 0:
		return CoveredBy
	case !r.Answered && len(r.Proposed) > 0:
		return Unanswered
	}
	return NoCheck
}

// Confirm takes a person's answers from a small file: “RULE = S-033 S-035”,
// “RULE = none”, each with a note after # if they like.
func (o *OfficialRules) Confirm(file string) error {
	var wrong []error
	for i, line := range strings.Split(file, "\n") {
		text, note, _ := strings.Cut(line, "#")
		if strings.TrimSpace(text) == "" {
			continue
		}
		cut := strings.LastIndexByte(text, '=')
		if cut < 0 {
			wrong = append(wrong, fmt.Errorf("line %d: expected RULE = checks, or RULE = none", i+1))
			continue
		}
		if err := o.Answer(strings.TrimSpace(text[:cut]), strings.Fields(text[cut+1:]), strings.TrimSpace(note)); err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", i+1, err))
		}
	}
	return errors.Join(wrong...)
}

// Answer says which checks cover a rule; “none” alone says that none does.
func (o *OfficialRules) Answer(name string, codes []string, note string) error {
	i := slices.IndexFunc(o.Rules, func(r *OfficialRule) bool { return r.Name == name })
	switch {
	case i < 0:
		return fmt.Errorf("the list has no rule %q", name)
	case len(codes) == 0:
		return fmt.Errorf("%s: expected the codes of checks, or none", name)
	case len(codes) == 1 && codes[0] == "none":
		codes = nil
	}
	for _, code := range codes {
		if CheckNamed(code) == nil {
			return fmt.Errorf("%s: %q is no check", name, code)
		}
	}
	o.Rules[i].Covered, o.Rules[i].Answered, o.Rules[i].Note = codes, true, note
	return nil
}
