package plan

import (
	"cmp"
	"slices"
	"strings"

	"weald/calendar"
	"weald/law"
)

// A Question is a check of a plan: a rule that a program can ask. A gate must
// pass before a final plan may be issued; whatever is not law says so.
type Question struct {
	law.Rule
	Audit int  // its number in the audit's question set; 0: none
	Gate  bool // a final plan cannot be issued while it finds anything
	First bool // nor can a draft
	find  func(*reading, func(Finding))
}

// A Finding is one place where a plan falls short, pointing at the words.
type Finding struct {
	Question *Question
	Section  string
	Line     string // the line's ID; "" when it is about the section or the plan
	Field    string // what the line says besides its text; "" for the text
	From, To int    // the bytes of the words; equal when it is about the whole
	Words    string // the words themselves
	What     string // what is wrong, in words its author can act on
	Better   string // a form that would do, if one can be suggested
}

// Where says in words where a finding points.
func (f *Finding) Where() string {
	where := "The plan"
	if f.Section != "" {
		where = "Section " + f.Section
	}
	if f.Line != "" {
		where += ", line " + f.Line
	}
	if f.Field != "" {
		where += ", " + f.Field
	}
	return where
}

// A Measure is how the local area sets what no law does.
type Measure struct {
	StaleMonths int // advice older than this many months is said to be old
	Sentence    int // the most words that a sentence should have
	ReadingAge  int // the highest reading age of what the family should be able to read
}

// DefaultMeasure is Weald's own choice and no rule of law: a year, because a plan
// is reviewed within each; 40 words; a reading age of 15.
var DefaultMeasure = Measure{StaleMonths: 12, Sentence: 40, ReadingAge: 15}

// Check asks every question of a plan. Findings come in the order of the plan's
// sections and lines; in a line, the gates first.
func Check(p *Plan, m Measure) []Finding {
	r := read(p, m)
	var all []Finding
	for _, q := range Questions {
		q.find(r, func(f Finding) { f.Question = q; all = append(all, f) })
	}
	order := map[string]int{}
	n := 1
	for i := range p.Sections {
		order[p.Sections[i].Letter] = n
		n++
		for j := range p.Sections[i].Lines {
			order[p.Sections[i].Letter+" "+p.Sections[i].Lines[j].ID] = n
			n++
		}
	}
	place := func(f *Finding) int {
		if f.Line == "" {
			return order[f.Section]
		}
		return order[f.Section+" "+f.Line]
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(place(&a), place(&b)), -compareBool(a.Question.Gate, b.Question.Gate), cmp.Compare(a.From, b.From))
	})
	return all
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Gates returns the findings that keep a version from being issued at its stage: of
// a final plan all gates; of a draft or of amendments those that hold from the
// first.
func Gates(all []Finding, s Stage) (gates []Finding) {
	for _, f := range all {
		if f.Question.Gate && (s == Final || f.Question.First) {
			gates = append(gates, f)
		}
	}
	return gates
}

// A reading is a plan with its words picked apart once for every question.
type reading struct {
	*Plan
	Measure
	lines    []lineRead
	byID     map[string]*lineRead
	answered map[string][]*lineRead // the lines that answer a line
	names    map[string]bool        // names that may stand in the plan, in small letters
	told     map[string]bool        // short forms that the plan explains
}

type lineRead struct {
	*Line
	role    Role
	section string
	tokens  []token
	amount  amount
}

func read(p *Plan, m Measure) *reading {
	r := &reading{Plan: p, Measure: m, byID: map[string]*lineRead{}, answered: map[string][]*lineRead{}, names: map[string]bool{}, told: map[string]bool{}}
	r.lines = make([]lineRead, 0, p.Count())
	for i := range p.Sections {
		s := &p.Sections[i]
		role := Role("")
		if form := p.Template.Form(s.Letter); form != nil {
			role = form.Role
		}
		for j := range s.Lines {
			l := &s.Lines[j]
			r.lines = append(r.lines, lineRead{Line: l, role: role, section: s.Letter, tokens: tokens(l.Text)})
		}
	}
	for i := range r.lines {
		l := &r.lines[i]
		r.byID[l.ID] = l
		for _, id := range l.For {
			r.answered[id] = append(r.answered[id], l)
		}
		l.amount = amountOf(l)
		r.explained(l.tokens, l.Text)
	}
	for _, n := range p.Child.Names() {
		r.name(n)
	}
	for _, n := range p.People {
		for _, part := range strings.Fields(n) {
			r.name(part)
		}
	}
	return r
}

func (r *reading) name(n string) {
	n = small(n)
	r.names[n] = true
	for _, part := range strings.Split(n, "-") {
		r.names[part] = true
	}
}

// explained notes the short forms that a text gives in brackets after their
// words: "speech and language therapist (SaLT)".
func (r *reading) explained(all []token, text string) {
	for i, t := range all {
		if i > 0 && t.from > 0 && text[t.from-1] == '(' {
			end := i
			for end+1 < len(all) && !strings.Contains(text[all[end].to:all[end+1].from], ")") {
				end++
			}
			if end-i < 3 {
				r.told[strings.TrimSuffix(small(text[t.from:all[end].to]), "s")] = true
			}
			// Or the words stand in brackets after the short form.
			if end-i >= 1 {
				r.told[strings.TrimSuffix(all[i-1].text, "s")] = true
			}
		}
	}
}

// on is the day by which the plan is judged.
func (r *reading) on() calendar.Date { return r.On }

// say makes a finding about words of a line.
func (l *lineRead) say(from, to int, what, better string) Finding {
	return Finding{Section: l.section, Line: l.ID, From: from, To: to, Words: l.Text[from:to], What: what, Better: better}
}

// whole makes a finding about a whole line.
func (l *lineRead) whole(what, better string) Finding {
	return Finding{Section: l.section, Line: l.ID, What: what, Better: better}
}

// provision reports whether a line is provision that must be or is made.
func (l *lineRead) provision() bool { return l.Kind == Provision && l.role != "" }
