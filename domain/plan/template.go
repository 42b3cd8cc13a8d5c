package plan

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"weald/calendar"
)

// A Template says what a plan holds: its sections, the kinds of line in each, and
// what a line of a kind says. It is data, so that a new national template needs
// no code. Checks go by a section's role, never by its letter.
type Template struct {
	ID         string          `json:"id"` // "england-2014": plans name it, so it never changes
	Version    int             `json:"version"`
	Name       string          `json:"name"`
	From       calendar.Date   `json:"from"` // the first day on which a plan may be begun in it
	To         calendar.Date   `json:"to"`   // the last; zero: still in use
	Source     string          `json:"source"`
	Confidence string          `json:"confidence"`
	Sections   []SectionForm   `json:"sections"`
	Kinds      []KindForm      `json:"kinds"`
	fields     map[string]bool // every name in Kinds
}

// A SectionForm is what a template says of a section.
type SectionForm struct {
	Letter string `json:"letter"`
	Role   Role   `json:"role"`
	Title  string `json:"title"`
	Family string `json:"family"` // the same for the family
	Hint   string `json:"hint"`
	Kinds  []Kind `json:"kinds"`          // the kinds of line that may stand here
	None   bool   `json:"none,omitempty"` // it may say outright that there is nothing
}

// A Role is what a section is for, whatever its letter.
type Role string

// Roles.
const (
	Views           Role = "views"
	EducationNeeds  Role = "education-needs"
	HealthNeeds     Role = "health-needs"
	CareNeeds       Role = "care-needs"
	Outcomes        Role = "outcomes"
	Special         Role = "special-educational-provision"
	HealthProvision Role = "health-provision"
	CareUnder18     Role = "care-provision-under-18"
	CareOther       Role = "care-provision-other"
	PlacementNamed  Role = "placement"
	BudgetExplained Role = "personal-budget"
	AdviceList      Role = "advice"
)

var roles = []Role{Views, EducationNeeds, HealthNeeds, CareNeeds, Outcomes, Special, HealthProvision, CareUnder18, CareOther, PlacementNamed, BudgetExplained, AdviceList}

// A KindForm is what a template says of a kind of line.
type KindForm struct {
	Kind   Kind        `json:"kind"`
	Label  string      `json:"label"`
	Plural string      `json:"plural"`
	Hint   string      `json:"hint"`
	For    []Kind      `json:"for"` // the kinds of line that it answers
	Fields []FieldForm `json:"fields"`
}

// A FieldForm is one thing that a line of a kind says besides its text.
type FieldForm struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Hint    string   `json:"hint,omitempty"`
	Holds   string   `json:"holds,omitempty"`   // "date", or "" for words
	Choices []string `json:"choices,omitempty"` // the only texts it may hold
	In      []Role   `json:"in,omitempty"`      // the sections in which it is asked; empty: all
}

//go:embed templates/*.json
var shipped embed.FS

// Templates is every template that Weald ships, the newest first.
var Templates = mustTemplates(shipped)

func mustTemplates(files fs.FS) (all []*Template) {
	names, err := fs.Glob(files, "templates/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err)
		}
		t, err := ReadTemplate(text)
		if err != nil {
			panic(name + ": " + err.Error())
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *Template) int { return int(b.From) - int(a.From) })
	return all
}

// ReadTemplate reads a template, and refuses one that would not work.
func ReadTemplate(text []byte) (*Template, error) {
	t := &Template{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(t); err != nil {
		return nil, fmt.Errorf("the template: %w", err)
	}
	if t.ID == "" || t.Version < 1 || t.From.IsZero() || len(t.Sections) == 0 {
		return nil, fmt.Errorf("the template needs an id, a version from 1, the day it begins and sections")
	}
	t.fields = map[string]bool{}
	for _, k := range t.Kinds {
		for _, of := range k.For {
			if t.Kind(of) == nil {
				return nil, fmt.Errorf("template %s: a %s answers a %s, which is no kind of line", t.ID, k.Kind, of)
			}
		}
		for _, f := range k.Fields {
			t.fields[f.Name] = true
		}
	}
	seen := map[string]bool{}
	for _, s := range t.Sections {
		if s.Letter == "" || seen[s.Letter] {
			return nil, fmt.Errorf("template %s: section %q has no letter, or another's", t.ID, s.Letter)
		}
		seen[s.Letter] = true
		if s.Role != "" && !slices.Contains(roles, s.Role) {
			return nil, fmt.Errorf("template %s, section %s: %q is no role: expected one of %v", t.ID, s.Letter, s.Role, roles)
		}
		for _, k := range s.Kinds {
			if t.Kind(k) == nil {
				return nil, fmt.Errorf("template %s, section %s: %q is no kind of line", t.ID, s.Letter, k)
			}
		}
	}
	return t, nil
}

// TemplateAt returns the template in which a plan is begun on a day, or nil.
func TemplateAt(all []*Template, on calendar.Date) *Template {
	for _, t := range all {
		if t.From <= on && (t.To.IsZero() || on <= t.To) {
			return t
		}
	}
	return nil
}

// TemplateNamed returns a template by ID and version, or nil.
func TemplateNamed(all []*Template, name string) *Template {
	for _, t := range all {
		if t.String() == name {
			return t
		}
	}
	return nil
}

// String names the template and its version as plans do: "england-2014/1".
func (t *Template) String() string { return fmt.Sprintf("%s/%d", t.ID, t.Version) }

// Form returns what the template says of a section, or nil.
func (t *Template) Form(letter string) *SectionForm {
	for i := range t.Sections {
		if t.Sections[i].Letter == letter {
			return &t.Sections[i]
		}
	}
	return nil
}

// With returns the section that has a role, or nil.
func (t *Template) With(r Role) *SectionForm {
	for i := range t.Sections {
		if t.Sections[i].Role == r {
			return &t.Sections[i]
		}
	}
	return nil
}

// Kind returns what the template says of a kind of line, or nil.
func (t *Template) Kind(k Kind) *KindForm {
	for i := range t.Kinds {
		if t.Kinds[i].Kind == k {
			return &t.Kinds[i]
		}
	}
	return nil
}

// FieldsIn returns what a line of the kind says in a section.
func (k *KindForm) FieldsIn(r Role) (all []FieldForm) {
	for _, f := range k.Fields {
		if len(f.In) == 0 || slices.Contains(f.In, r) {
			all = append(all, f)
		}
	}
	return all
}

// New returns an empty plan in a template: every section is there and none says
// anything.
func New(t *Template) *Plan {
	p := &Plan{Template: t, Stage: Draft}
	for _, s := range t.Sections {
		p.Sections = append(p.Sections, Section{Letter: s.Letter})
	}
	return p
}

// NewLine returns an ID for a line that no line of the plan has, nor had lately:
// the section's letter and a number.
func (p *Plan) NewLine(letter string) string {
	most := 0
	stem := strings.ToLower(letter) + "-"
	for i := range p.Sections {
		for _, l := range p.Sections[i].Lines {
			var n int
			if rest, ok := strings.CutPrefix(l.ID, stem); ok {
				if _, err := fmt.Sscanf(rest, "%d", &n); err == nil {
					most = max(most, n)
				}
			}
		}
	}
	return fmt.Sprintf("%s%d", stem, most+1)
}
