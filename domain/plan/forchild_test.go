package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"weald/domain/plan"

	"pgregory.net/rapid"
)

// forChild writes a page for a child as text.
func forChild(c *plan.ChildPage) string {
	var b strings.Builder
	for _, parts := range [][]plan.ChildPart{c.Parts, c.Help} {
		for _, p := range parts {
			fmt.Fprintf(&b, "= %s\n", p.Title)
			for _, l := range p.Lines {
				fmt.Fprintln(&b, strings.Join([]string{l.ID, l.Text, l.By, l.Who, l.Often, l.Long}, "|"))
			}
			if p.More > 0 {
				fmt.Fprintf(&b, "+%d\n", p.More)
			}
		}
	}
	return b.String()
}

// A child's own views are told from what others say, and help from what it is for.
func TestForChild(t *testing.T) {
	const want = `= What I like and think
a-1|“I like swimming and my dog. I don’t like it when everybody talks at once.”||||
= What other people say
a-2|Maya’s mother says that Maya works hard all day to follow what is said, and is tired and cross when she comes home.|Maya’s mother|||
= What I am good at
b-1|Maya is kind, remembers what she has seen, and draws well.||||
= How to talk with me
a-3|Maya speaks in short sentences. It helps her to be told one thing at a time, with a picture.||||
= What is hard for me
b-3|Maya understands instructions of two steps and loses those that are longer, above all in a noisy room.||||
b-4|Maya finds it hard to hear the sounds within words, so that she cannot yet spell words that she knows.||||
c-1|Maya has a mild hearing loss when she has a cold, about six times a year.||||
= What I want
a-4|Maya wants to play with other children without a grown-up.||||
a-5|Maya wants to look after animals when she is grown up.||||
= Help with learning
f-1|30 minutes of speech and language therapy each week in term time, one to one, in a quiet room in school.||A speech and language therapist|Each week of term|30 minutes
f-2|In every lesson, instructions are given to Maya one at a time, each with a picture.||Her teachers and teaching assistants, trained for three hours each September by the therapist||
f-3|20 minutes of phonics on each school day, in a group of at most three.||A teaching assistant trained in the scheme|Each school day|20 minutes
= Help with my health
g-1|An audiologist will test Maya’s hearing every six months, in an appointment of 40 minutes.||Children’s audiology service|Every six months|40 minutes
`
	p := example(t)
	if got := forChild(plan.ForChild(p, false)); got != want {
		t.Errorf("the page says\n%s", got)
	}
	// The name by which the child is called is the child, and a line of nobody's is not.
	p.Child.KnownAs = "May"
	views := p.Section("A").Lines
	views[0].Said.By, views[1].Said.By = " may ", ""
	if got := forChild(plan.ForChild(p, false)); !strings.Contains(got, "= What I like and think\na-1|") || !strings.Contains(got, "= What other people say\na-2|") {
		t.Errorf("known as: %s", got)
	}
}

// A part that says nothing is not there, and an empty plan has an empty page.
func TestForChildOfLittle(t *testing.T) {
	p := plan.New(plan.Templates[0])
	p.Child = plan.Child{Forename: "Maya"}
	if got := forChild(plan.ForChild(p, false)); got != "" {
		t.Errorf("of an empty plan: %s", got)
	}
	p.Section("F").Lines = []plan.Line{{ID: "f-1", Kind: plan.Provision, Text: "  "}, {ID: "f-2", Kind: plan.Provision, Text: "A chair."}}
	if got := forChild(plan.ForChild(p, false)); got != "= Help with learning\nf-2|A chair.||||\n" {
		t.Errorf("of one line: %s", got)
	}
}

// Whoever may not be told where the child is educated is shown no line that names
// the setting, in part or whole; words that any setting's name has name none.
func TestForChildHidesThePlace(t *testing.T) {
	p := example(t)
	f := p.Section("F").Lines
	f[0].Text = "Therapy at Larkfield for 30 minutes each week."
	f[1].Says["who"] = "Teachers of LARKFIELD Primary School"
	f[2].Text = "Phonics in primary school, in a field with a lark."
	got := forChild(plan.ForChild(p, true))
	if strings.Contains(strings.ToLower(got), "larkfield") || !strings.Contains(got, "in a field with a lark") || !strings.Contains(got, "+2\n") {
		t.Errorf("the page says\n%s", got)
	}
	if got := forChild(plan.ForChild(p, false)); !strings.Contains(got, "at Larkfield") || strings.Contains(got, "+") {
		t.Errorf("to others it says\n%s", got)
	}
}

// Whatever a plan holds, each word about the child is the plan's, every line is
// shown or counted, and the page is no longer than its rows.
func TestForChildInventsNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := example(t)
		said := map[string]bool{"": true}
		lines := 0
		for i := range p.Sections {
			s := &p.Sections[i]
			form := p.Template.Form(s.Letter)
			for n := range rapid.IntRange(0, 40).Draw(r, "lines") {
				if len(form.Kinds) == 0 {
					break
				}
				s.Lines = append(s.Lines, plan.Line{ID: fmt.Sprintf("x-%s-%d", s.Letter, n), Kind: rapid.SampledFrom(form.Kinds).Draw(r, "kind"),
					Text: rapid.StringMatching(`[A-Za-z ]{0,30}(word ){0,40}`).Draw(r, "text"), Says: map[string]string{"who": rapid.StringMatching(`[A-Z]{0,90}`).Draw(r, "who")}})
			}
			for _, l := range s.Lines {
				for _, text := range []string{strings.TrimSpace(l.Text), l.Said.By, l.Says["who"], l.Says["often"], l.Says["long"]} {
					said[text] = true
				}
				switch l.Kind {
				case plan.View, plan.Communication, plan.Aspiration, plan.Strength, plan.Need, plan.Provision:
					if !l.Empty() {
						lines++
					}
				}
			}
		}
		page := plan.ForChild(p, false)
		letters := 0
		for _, parts := range [][]plan.ChildPart{page.Parts, page.Help} {
			for _, part := range parts {
				lines -= len(part.Lines) + part.More
				for _, l := range part.Lines {
					for _, text := range []string{l.Text, l.By, l.Who, l.Often, l.Long} {
						letters += len(text)
						if !said[text] {
							r.Errorf("%q is not in the plan", text)
						}
					}
				}
			}
		}
		if lines != 0 {
			r.Errorf("%d lines are neither shown nor counted", lines)
		}
		if letters > 3500 {
			r.Errorf("%d letters do not fit", letters)
		}
	})
}

// What the page says by itself can be read at nine.
func TestForChildIsPlain(t *testing.T) {
	var own strings.Builder
	page := plan.ForChild(example(t), false)
	for _, parts := range [][]plan.ChildPart{page.Parts, page.Help} {
		for _, p := range parts {
			own.WriteString(p.Title + ". ")
		}
	}
	if age := plan.ReadingAge(own.String()); age > 9 {
		t.Errorf("its headings have a reading age of %d", age)
	}
}
