// Package plan is the EHC plan: its sections and lines, the golden thread that
// joins them, where each line came from, what is wrong with the words, and what
// changed between two of its versions. It knows nothing of who may write, of
// pages or of the record.
//
// What a plan holds is said by a [Template], which is data. A plan is read and
// written as JSON (see [Read]), and [Check] asks it every question that a program
// can answer. Whether provision is enough, or lawful, is for people.
//
// Start reading at [Plan].
package plan

import (
	"strings"

	"weald/calendar"
)

// A Plan is one version of a child's plan, in the order of its template.
type Plan struct {
	Template *Template
	Stage    Stage
	On       calendar.Date // the day by which it is judged; zero: not said
	Child    Child
	People   []string // forenames of others whom the plan rightly names
	Signed   Signature
	Sections []Section
	Advice   []Advice
	Owed     []Owed // the advice that was asked for, if that is known
}

// A Stage is what a version is for. The texts are stored and never change.
type Stage string

// Stages.
const (
	Draft     Stage = "draft"     // to be served on the family
	Amendment Stage = "amendment" // amendments proposed to a plan in force
	Final     Stage = "final"     // to be issued, and delivered
)

// A Child is whom the plan is about, as far as the words of the plan need it.
type Child struct {
	Forename string
	Surname  string
	KnownAs  string // a short or chosen name, if there is one
	Born     calendar.Date
	Pronouns Pronouns
}

// Pronouns are those by which the child is called. The texts are stored.
type Pronouns string

// Pronouns. The zero value says that nobody has asked.
const (
	She  Pronouns = "she"
	He   Pronouns = "he"
	They Pronouns = "they"
)

// A Signature is the officer who signed the plan, and the day.
type Signature struct {
	Name, Role string
	On         calendar.Date
}

// A Section is one lettered part of a plan.
type Section struct {
	Letter string
	None   string // says outright that there is nothing to go here, and how that is known
	Lines  []Line
}

// A Line is one thing that a plan says: one need, one outcome, one provision.
type Line struct {
	ID   string
	Kind Kind
	Text string
	For  []string          // the lines that it answers
	Says map[string]string // what its template asks of its kind besides: "often", "measure"
	From Source
	Said Said
}

// A Source is where a line came from.
type Source struct {
	Advice    string // the ID of the advice
	Statement string // the ID of the statement in it
	Page      string
}

// Said is who said what a line says, when, and how it was gathered.
type Said struct {
	By  string
	On  calendar.Date
	How string
}

// A Kind is what sort of line a line is, as templates name it.
type Kind string

// Kinds that checks know. A template may have others.
const (
	View          Kind = "view"
	Aspiration    Kind = "aspiration"
	Communication Kind = "communication"
	Strength      Kind = "strength"
	Attainment    Kind = "attainment"
	Need          Kind = "need"
	Outcome       Kind = "outcome"
	Step          Kind = "step"
	Provision     Kind = "provision"
	Placement     Kind = "placement"
	PlacementType Kind = "placement-type"
	Budget        Kind = "budget"
)

// Advice is one piece of advice or information gathered: an appendix.
type Advice struct {
	ID         string
	Type       string // the letter of regulation 6(1) under which it was sought: "d"; "" if it was not sought
	Title      string
	By         string // the role of its author: "Educational psychologist"
	On         calendar.Date
	Statements []Statement
}

// A Statement is one thing that advice says, and what became of it.
type Statement struct {
	ID   string
	Text string
	Page string
	Fate Fate
	Why  string // why it was changed or left out
	By   string
	On   calendar.Date
}

// A Fate is what became of a statement in the plan.
type Fate string

// Fates. The zero value says that nobody has decided.
const (
	Kept    Fate = "kept"
	Changed Fate = "changed"
	LeftOut Fate = "left-out"
)

// Owed is advice that was asked for: the letter of regulation 6(1), and of whom.
type Owed struct {
	Type string
	Body string
	Late bool // it was asked for and has not come
}

// Label says what a version is, for a reader.
func (s Stage) Label() string {
	switch s {
	case Draft:
		return "Draft"
	case Amendment:
		return "Proposed amendments"
	default:
		return "Final plan"
	}
}

// Section returns the section with a letter, or nil.
func (p *Plan) Section(letter string) *Section {
	for i := range p.Sections {
		if p.Sections[i].Letter == letter {
			return &p.Sections[i]
		}
	}
	return nil
}

// Line returns the line with an ID, or nil.
func (p *Plan) Line(id string) *Line {
	for i := range p.Sections {
		for j := range p.Sections[i].Lines {
			if p.Sections[i].Lines[j].ID == id {
				return &p.Sections[i].Lines[j]
			}
		}
	}
	return nil
}

// AdviceBy returns the advice with an ID, or nil.
func (p *Plan) AdviceBy(id string) *Advice {
	for i := range p.Advice {
		if p.Advice[i].ID == id {
			return &p.Advice[i]
		}
	}
	return nil
}

// Statement returns the statement with an ID, or nil.
func (a *Advice) Statement(id string) *Statement {
	for i := range a.Statements {
		if a.Statements[i].ID == id {
			return &a.Statements[i]
		}
	}
	return nil
}

// Empty reports whether a line says nothing.
func (l *Line) Empty() bool { return strings.TrimSpace(l.Text) == "" }

// Count returns how many lines a plan has.
func (p *Plan) Count() (n int) {
	for i := range p.Sections {
		n += len(p.Sections[i].Lines)
	}
	return n
}

// Names returns every name by which the child is called.
func (c *Child) Names() (names []string) {
	for _, n := range []string{c.Forename, c.KnownAs, c.Surname} {
		names = append(names, strings.Fields(n)...)
	}
	return names
}

// SchoolYear returns the school year that a child of this age is in on a day:
// 0 is reception, 9 year 9, negative before school. Children may be taught with
// another year, so it is only what their age says.
func SchoolYear(born, on calendar.Date) int {
	return calendar.Age(born, calendar.AcademicYear(on).First.AddDays(-1)) - 4
}
