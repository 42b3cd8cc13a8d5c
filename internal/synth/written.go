package synth

import (
	"context"
	"fmt"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	ehc "weald/domain/plan"
	"weald/internal/app"
	"weald/internal/store"
)

// WritePlans writes the plans of the written stories' children: those that have
// been issued are taken in, and a draft is begun for a child whose advice is
// coming in. Nobody else of the area has a plan in words.
func WritePlans(ctx context.Context, plans *app.Plans, by access.User) (n int, err error) {
	for _, s := range Stories() {
		taken, err := plans.TakeIn(ctx, by, s.ID, func(child *store.Child, on calendar.Date) (*ehc.Plan, error) {
			p := s.document(child, on)
			p.Stage = ehc.Final
			return p, nil
		})
		if err != nil {
			return n, fmt.Errorf("writing the plan of %s: %w", s.Name, err)
		}
		if taken {
			n++
		} else if s.fate == drafting || s.fate == assessing {
			if err := s.draft(ctx, plans, by); err != nil {
				return n, fmt.Errorf("drafting the plan of %s: %w", s.Name, err)
			}
			n++
		}
	}
	return n, nil
}

// draft begins a draft, as far as it goes without an educational psychologist’s
// advice, with words in it that are still to be put right.
func (s *Story) draft(ctx context.Context, plans *app.Plans, by access.User) error {
	version, err := plans.Begin(ctx, by, s.ID)
	if err != nil {
		return err
	}
	f, err := plans.Open(ctx, by, s.ID, version)
	if err != nil {
		return err
	}
	from := s.document(&f.Child, f.Today)
	from.Section("I").Lines = nil
	lines := from.Section("F").Lines
	if len(lines) > 0 {
		lines[len(lines)-1].Text = "Access to a teaching assistant as required, and regular opportunities to practise."
	}
	for i := range from.Advice {
		if from.Advice[i].Type == "d" {
			from.Advice = append(from.Advice[:i], from.Advice[i+1:]...)
			break
		}
	}
	for _, part := range from.Parts() {
		if err := f.Plan.SetPart(part, from.Part(part)); err != nil {
			return err
		}
		if err := plans.Save(ctx, by, s.ID, version, part, f.Revisions[part].Revision, f.Plan); err != nil {
			return err
		}
	}
	return nil
}

// A block is what a plan says about one need: its lines by their names.
type block struct {
	area, need, soon, later, outcome, step string
	provision                              []string
}

// blocks reads what plans say, by need.
func blocks() map[string][]block {
	all := map[string][]block{}
	need := ""
	text, err := data.ReadFile("data/plans.txt")
	if err != nil {
		panic(err) // it is part of the program
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "= "); ok {
			need = name
			all[need] = append(all[need], block{})
			continue
		}
		key, words, ok := strings.Cut(line, ": ")
		if !ok || need == "" {
			continue
		}
		b := &all[need][len(all[need])-1]
		switch key {
		case "area":
			b.area = words
		case "need":
			b.need = words
		case "soon":
			b.soon = words
		case "later":
			b.later = words
		case "outcome":
			b.outcome = words
		case "step":
			b.step = words
		case "provision":
			b.provision = append(b.provision, words)
		}
	}
	return all
}

// document writes the plan of a story’s child as it was issued on a day.
func (s *Story) document(child *store.Child, on calendar.Date) *ehc.Plan {
	p := ehc.New(ehc.TemplateAt(ehc.Templates, on))
	p.Child = ehc.Child{Forename: child.Forename, Surname: child.Surname, Born: child.Born, Pronouns: ehc.They}
	pronouns := strings.NewReplacer("{he}", "they", "{him}", "them", "{his}", "their", "{himself}", "themself")
	switch child.Sex {
	case "M":
		p.Child.Pronouns, pronouns = ehc.He, strings.NewReplacer("{he}", "he", "{him}", "him", "{his}", "his", "{himself}", "himself")
	case "F":
		p.Child.Pronouns, pronouns = ehc.She, strings.NewReplacer("{he}", "she", "{him}", "her", "{his}", "her", "{himself}", "herself")
	}
	fill := func(text string) string {
		return pronouns.Replace(strings.NewReplacer("{name}", child.Forename, "{by}", fmt.Sprintf("July %d", on.Year()+2), "{school}", s.school).Replace(text))
	}
	day := func(before calendar.Date) calendar.Date { return on - before }
	p.Signed = ehc.Signature{Name: "Amina Yusuf", Role: "EHC coordinator"}
	add := func(letter string, l ehc.Line) string {
		l.ID, l.Text = p.NewLine(letter), fill(l.Text)
		sec := p.Section(letter)
		sec.Lines = append(sec.Lines, l)
		return l.ID
	}
	said := ehc.Said{By: child.Forename, On: day(70), How: "with pictures and words, with an adult whom they know well"}
	parent := ehc.Said{By: "A parent", On: day(68), How: "at a meeting"}
	add("A", ehc.Line{Kind: ehc.View, Text: "“I like it when people tell me what comes next.”", Said: said})
	add("A", ehc.Line{Kind: ehc.View, Text: "{name} is funny and kind, and works hard all day: by evening it shows.", Said: parent})
	add("A", ehc.Line{Kind: ehc.Communication, Text: "Ask {name} one thing at a time, and wait for the answer.", Said: parent})
	chosen := blocks()[s.need]
	var needs []string
	for _, b := range chosen {
		hope, when := b.soon, "soon"
		if hope == "" {
			hope, when = b.later, "later"
		}
		needs = append(needs, add("A", ehc.Line{Kind: ehc.Aspiration, Text: hope, Says: map[string]string{"when": when}, Said: said}))
	}
	if len(chosen) < 2 {
		when, hope := "later", "{name} wants a home and work of {his} own."
		if len(chosen) == 1 && chosen[0].soon == "" {
			when, hope = "soon", "{name} wants to choose more for {himself}."
		}
		add("A", ehc.Line{Kind: ehc.Aspiration, Text: hope, Says: map[string]string{"when": when}, Said: said})
	}
	ep := ehc.Source{Advice: "k-4", Page: "5"}
	school := ehc.Source{Advice: "k-2", Page: "2"}
	add("B", ehc.Line{Kind: ehc.Strength, Text: "{name} remembers what {he} has seen, and likes to help others.", From: school})
	for i, b := range chosen {
		need := add("B", ehc.Line{Kind: ehc.Need, Text: b.need, For: []string{needs[i]}, Says: map[string]string{"area": b.area}, From: ep})
		outcome := add("E", ehc.Line{Kind: ehc.Outcome, Text: b.outcome, For: []string{need, needs[i]}, From: ep})
		add("E", ehc.Line{Kind: ehc.Step, Text: b.step, For: []string{outcome}, Says: map[string]string{"by": fmt.Sprintf("Easter %d", on.Year()+1), "owner": "Class teacher or tutor"}})
		for _, text := range b.provision {
			add("F", ehc.Line{Kind: ehc.Provision, Text: text, For: []string{need, outcome}, Says: map[string]string{"start": "At once", "review": "Each term"}, From: ep})
		}
	}
	p.Section("C").None = "None found: advice of community paediatrics, " + day(60).Words() + "."
	p.Section("G").None = "None: no health needs were found."
	p.Section("D").None = "None found: advice of social care, " + day(58).Words() + "."
	p.Section("H1").None, p.Section("H2").None = "None: no social care needs were found.", "None: no social care needs were found."
	p.Section("J").None = "The family was told about personal budgets and did not ask for one."
	if s.school != "" {
		add("I", ehc.Line{Kind: ehc.Placement, Text: s.school})
	}
	add("I", ehc.Line{Kind: ehc.PlacementType, Text: "School or college of the kind that its name says"})
	for i, a := range []struct{ kind, title, by string }{
		{"a", "Views of the family", "Parent"}, {"b", "Advice of the school or college", "Head teacher or principal"}, {"c", "Advice of community paediatrics", "Consultant paediatrician"},
		{"d", "Advice of the educational psychologist", "Educational psychologist"}, {"e", "Advice of social care", "Social worker"},
	} {
		p.Advice = append(p.Advice, ehc.Advice{ID: fmt.Sprintf("k-%d", i+1), Type: a.kind, Title: a.title, By: a.by, On: day(calendar.Date(70 - 4*i))})
	}
	return p
}
