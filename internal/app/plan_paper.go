package app

import (
	"fmt"
	"strings"

	"weald/calendar"
	"weald/domain/plan"
	"weald/internal/paper"
)

// Paper lays a plan out as a document to read, file and send.
func (f *PlanFile) Paper(area string) *paper.Document {
	p := f.Plan
	d := &paper.Document{Title: "Education, health and care plan: " + f.Child.Name()}
	facts := [][]string{{"Name", f.Child.Name()}}
	if p.Child.KnownAs != "" {
		facts = append(facts, []string{"Known as", p.Child.KnownAs})
	}
	if !f.Child.Born.IsZero() {
		facts = append(facts, []string{"Born", f.Child.Born.Words()})
	}
	if f.Child.Reference != "" {
		facts = append(facts, []string{"Reference", f.Child.Reference})
	}
	facts = append(facts, []string{"Local area", area}, []string{"Version", fmt.Sprintf("%d: %s", f.Version.Version, f.stands())})
	if p.Signed.Name != "" {
		signed := p.Signed.Name + ", " + p.Signed.Role
		if f.Version.Issued() && !p.Signed.On.IsZero() {
			signed += ", " + p.Signed.On.Words()
		}
		facts = append(facts, []string{"Signed by", signed})
	}
	d.T(paper.Table{Caption: "About this plan", Head: []string{"What", "Which"}, Rows: facts})
	for i := range p.Template.Sections {
		form := &p.Template.Sections[i]
		d.H(2, "Section "+form.Letter+": "+form.Title)
		if form.Role == plan.AdviceList {
			d.T(adviceTable(p))
			continue
		}
		s := p.Section(form.Letter)
		if s == nil || s.None == "" && len(s.Lines) == 0 {
			if form.Role == plan.PlacementNamed && p.Stage == plan.Draft {
				d.P("This section is left blank in a draft.")
			} else {
				d.P("Nothing is said here.")
			}
			continue
		}
		d.P(s.None)
		sectionPaper(d, p, form, s)
	}
	return d
}

// stands says what a version is, for its first page.
func (f *PlanFile) stands() string {
	switch v := f.Version; {
	case !v.Issued():
		return strings.ToLower(plan.Stage(v.Stage).Label()) + ", being written: not issued"
	case v.Struck:
		return "not issued"
	default:
		return v.Kind.Label() + ", " + v.On.Words()
	}
}

// sectionPaper lays out a section: runs of provision, outcomes and steps as
// tables, everything else as paragraphs.
func sectionPaper(d *paper.Document, p *plan.Plan, form *plan.SectionForm, s *plan.Section) {
	for i := 0; i < len(s.Lines); {
		kind := s.Lines[i].Kind
		end := i
		for end < len(s.Lines) && s.Lines[end].Kind == kind {
			end++
		}
		lines, k := s.Lines[i:end], p.Template.Kind(kind)
		i = end
		d.H(3, k.Plural)
		if kind == plan.Provision || kind == plan.Outcome || kind == plan.Step {
			which := lines[0].ID
			if len(lines) > 1 {
				which += " to " + lines[len(lines)-1].ID
			}
			t := paper.Table{Caption: k.Plural + ", section " + form.Letter + ", " + which, Head: []string{k.Label, "Particulars", "Answers", "From"}}
			for j := range lines {
				l := &lines[j]
				t.Rows = append(t.Rows, []string{l.ID + "\n" + l.Text, particulars(k, form, l), strings.Join(l.For, ", "), cameFrom(p, l)})
			}
			d.T(t)
			continue
		}
		for j := range lines {
			l := &lines[j]
			d.Lead(l.ID, l.Text)
			var notes []string
			for _, note := range []string{strings.ReplaceAll(particulars(k, form, l), "\n", ". "), answersNote(l), cameFrom(p, l)} {
				if note != "" {
					notes = append(notes, note)
				}
			}
			d.Note(strings.Join(notes, ". "))
		}
	}
}

func answersNote(l *plan.Line) string {
	if len(l.For) == 0 {
		return ""
	}
	return "Leads to " + strings.Join(l.For, ", ")
}

func particulars(k *plan.KindForm, form *plan.SectionForm, l *plan.Line) string {
	var all []string
	for _, f := range k.FieldsIn(form.Role) {
		if text := l.Says[f.Name]; text != "" {
			if on, err := calendar.Parse(text); f.Holds == "date" && err == nil {
				text = on.Words()
			}
			all = append(all, f.Label+": "+text)
		}
	}
	return strings.Join(all, "\n")
}

// cameFrom says where a line came from.
func cameFrom(p *plan.Plan, l *plan.Line) string {
	var all []string
	if a := p.AdviceBy(l.From.Advice); a != nil {
		from := a.Title
		if l.From.Page != "" {
			from += ", page " + l.From.Page
		}
		all = append(all, from)
	}
	if l.Said.By != "" {
		said := l.Said.By
		if !l.Said.On.IsZero() {
			said += ", " + l.Said.On.Words()
		}
		if l.Said.How != "" {
			said += ", " + l.Said.How
		}
		all = append(all, said)
	}
	return strings.Join(all, ". ")
}

func adviceTable(p *plan.Plan) paper.Table {
	t := paper.Table{Caption: "Appendices: the advice and information gathered", Head: []string{"Advice", "From", "Day", "Sought under"}}
	for _, a := range p.Advice {
		on, under := "", ""
		if !a.On.IsZero() {
			on = a.On.Words()
		}
		if a.Type != "" {
			under = "Regulation 6(1)(" + a.Type + ")"
		}
		t.Rows = append(t.Rows, []string{a.Title, a.By, on, under})
	}
	return t
}
