package quality

import (
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/plan"

	"pgregory.net/rapid"
)

func words(p *plan.Plan) string {
	var b strings.Builder
	for _, s := range p.Sections {
		b.WriteString(s.None + "\n")
		for _, l := range s.Lines {
			b.WriteString(l.Text + "\n" + l.Said.By + "\n" + l.Said.How + "\n")
			for _, v := range l.Says {
				b.WriteString(v + "\n")
			}
		}
	}
	for _, a := range p.Advice {
		b.WriteString(a.Title + "\n" + a.By + "\n")
	}
	return b.String() + p.Signed.Name + p.Child.Forename + p.Child.Surname + p.Child.KnownAs
}

func one(text string) *plan.Plan {
	return &plan.Plan{Sections: []plan.Section{{Letter: "A", Lines: []plan.Line{{ID: "a-1", Text: text}}}}}
}

func TestAnonymise(t *testing.T) {
	k := Known{Child: plan.Child{Forename: "Zoë", Surname: "Okoro-Hall", KnownAs: "Zo", Born: calendar.On(2016, 3, 4)}, Others: []string{"Grace Okoro-Hall"}, Settings: []string{"Larkfield"}, Places: []string{"East Wold"}, More: []string{"Rovers"}}
	for was, want := range map[string]string{
		"Zoë Okoro-Hall likes Rovers. Zoë's mother, Grace, says ZOË reads.": "The child likes [taken out]. The child's mother, a person, says the child reads.",
		"Zoom is not Zo, but Zo is Zoë.":                                    "Zoom is not the child, but the child is the child.",
		"Born 4 March 2016 (04/03/2016) in March 2016.":                     "Born [date of birth] ([date of birth]) in [date of birth].",
		"She goes to Foxley Down Academy, near 12 Mill Road, CT1 2AB.":      "She goes to a setting, near a place, [postcode].",
		"The School is told by Dr Anne Field on 01632 960123.":              "The School is told by a person on [number].",
		"In East Wold, Larkfield helps. Write to a.b@school.example.":       "In a place, a setting helps. Write to [email address].",
	} {
		c, replaced, _ := Anonymise(one(was), k)
		if got := c.Sections[0].Lines[0].Text; got != want {
			t.Errorf("%q became %q, want %q", was, got, want)
		}
		if len(replaced) == 0 {
			t.Errorf("%q: nothing is said to be replaced", was)
		}
	}
	p := one("He met Priya in Oakham.")
	_, _, left := Anonymise(p, k)
	if strings.Join(left, " ") != "Oakham Priya" {
		t.Errorf("to be looked at: %v", left)
	}
	if p.Sections[0].Lines[0].Text != "He met Priya in Oakham." {
		t.Error("the plan itself was changed")
	}
}

// Of what the record knows, nothing is left in a copy, wherever it stood.
func TestAnonymousCopiesHoldNothingKnown(t *testing.T) {
	from, err := plan.Read(plan.ExampleJSON, plan.Templates)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[A-Z][a-zé]{2,8}`)
		k := Known{Child: plan.Child{Forename: name.Draw(t, "forename") + "ax", Surname: name.Draw(t, "surname") + "ov", Born: calendar.On(2015, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "born"))},
			Others: []string{name.Draw(t, "other") + "iz Smithson"}, Settings: []string{name.Draw(t, "setting") + "uk Hall"}, Places: []string{name.Draw(t, "place") + "ek"}}
		p := one("")
		p.Sections = append(p.Sections, from.Sections...)
		p.Advice = from.Advice
		all := []string{k.Child.Forename, k.Child.Surname, k.Child.Born.Words(), k.Others[0], k.Settings[0], k.Places[0]}
		text := rapid.SliceOfN(rapid.SampledFrom(append([]string{"and", ".", "said", "(", ")"}, all...)), 1, 20).Draw(t, "text")
		p.Sections[0].Lines[0].Text = strings.Join(text, " ")
		p.Sections[0].Lines[0].Said.By = k.Others[0]
		c, _, _ := Anonymise(p, k)
		got := words(c)
		for _, w := range all {
			if strings.Contains(got, w) {
				t.Fatalf("%q is left in %q", w, got[:min(len(got), 200)])
			}
		}
	})
}
