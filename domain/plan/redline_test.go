package plan_test

import (
	"strings"
	"testing"
	"unicode"

	"weald/domain/plan"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func written(spans []plan.Span) (s string) {
	for _, p := range spans {
		switch p.What {
		case plan.Added:
			s += "[+" + p.Text + "]"
		case plan.Removed:
			s += "[-" + p.Text + "]"
		default:
			s += p.Text
		}
	}
	return s
}

func TestWords(t *testing.T) {
	for _, v := range []struct{ from, to, want string }{
		{"30 minutes each week", "45 minutes each week", "[-30 ][+45 ]minutes each week"},
		{"a teaching assistant", "a trained teaching assistant", "a [+trained ]teaching assistant"},
		{"", "new words", "[+new words]"},
		{"old words", "", "[-old words]"},
		{"same", "same", "same"},
		{"", "", ""},
		{"one two three four", "one three five four", "one [-two ]three [+five ]four"},
	} {
		if got := written(plan.Words(v.from, v.to)); got != v.want {
			t.Errorf("%q to %q: %s, want %s", v.from, v.to, got, v.want)
		}
	}
}

// Whatever the texts, nothing is lost: what stayed and came is the later, what
// stayed and went the earlier.
func TestWordsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", " ", "  ", "\n", "dé", "each week"}), 0, 30).Draw(t, "text"), " ")
		})
		from, to := text.Draw(t, "from"), text.Draw(t, "to")
		var was, is strings.Builder
		for _, s := range plan.Words(from, to) {
			if s.What != plan.Added {
				was.WriteString(s.Text)
			}
			if s.What != plan.Removed {
				is.WriteString(s.Text)
			}
		}
		if was.String() != from || is.String() != to {
			t.Fatalf("%q and %q came back as %q and %q", from, to, was.String(), is.String())
		}
	})
}

// Lines are followed by their names: altered, moved, added and taken away.
func TestCompare(t *testing.T) {
	from, to := example(t), example(t)
	if plan.Differs(plan.Compare(from, to)) {
		t.Error("a plan differs from itself")
	}
	f := to.Section("F")
	f.Lines[0].Text = strings.Replace(f.Lines[0].Text, "30", "45", 1)
	f.Lines[0].Says["long"] = "45 minutes"
	f.Lines[1], f.Lines[2] = f.Lines[2], f.Lines[1]
	f.Lines[2].For = []string{"b-3"}
	f.Lines = append(f.Lines, plan.Line{ID: "f-4", Kind: plan.Provision, Text: "A laptop."})
	g := to.Section("G")
	g.Lines, g.None = nil, "None."
	var got []string
	for _, c := range plan.Compare(from, to) {
		if c.What == plan.Same {
			continue
		}
		id := "none"
		if c.Line != nil {
			id = c.Line.ID
		}
		line := c.Section + " " + id + " " + string(c.What) + ": " + written(c.Text)
		for _, s := range c.Says {
			line += " " + s.Name + "=" + written(s.Text)
		}
		got = append(got, line+" "+written(c.Links))
	}
	want := []string{
		"F f-1 altered: [-30 ][+45 ]minutes of speech and language therapy each week in term time, one to one, in a quiet room in school. long=[-30 ][+45 ]minutes ",
		"F f-2 altered: In every lesson, instructions are given to Maya one at a time, each with a picture. [-b-3 e-1][+b-3]",
		"F f-4 added: [+A laptop.] ",
		"G none altered: [+None.] ",
		"G g-1 removed: [-An audiologist will test Maya’s hearing every six months, in an appointment of 40 minutes.] ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Text from a word processor becomes lines, without its marks and with all its
// words.
func TestPasted(t *testing.T) {
	for _, v := range []struct {
		text string
		want []string
	}{
		{"•\tOne\r\n•\tTwo", []string{"One", "Two"}},
		{"\uf0b7 First need\n\uf0b7 Second need", []string{"First need", "Second need"}},
		{"1. Reads\n2. Writes\n(a) Adds\niv. Takes away", []string{"Reads", "Writes", "Adds", "Takes away"}},
		{"Provision\tBy whom\tHow often\nTherapy\tTherapist\tWeekly", []string{"Provision; By whom; How often", "Therapy; Therapist; Weekly"}},
		{"Tom finds it hard to\nlisten in a noisy\nroom.\nHe tires.", []string{"Tom finds it hard to listen in a noisy room.", "He tires."}},
		{"30 minutes a week\u00a0with\u00ad an adult", []string{"30 minutes a week with an adult"}},
		{"- dash\n– long dash\n* star\no\tround", []string{"dash", "long dash", "star", "round"}},
		{"e.g. this stays. I like it", []string{"e.g. this stays. I like it"}},
		{"\n\n  \n", nil},
	} {
		if diff := cmp.Diff(v.want, plan.Pasted(v.text)); diff != "" {
			t.Errorf("%q: %s", v.text, diff)
		}
	}
}

// No word is lost, however the text is laid out.
func TestPastedLosesNoWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"• ", "word", "Another", "\n", "\r\n", "\t", " ", "1.5", "30", "–", "week.", "é", "b", "\n\n"})).Draw(t, "parts")
		text := strings.Join(parts, "")
		letters := func(s string) (all []rune) {
			for _, c := range s {
				if unicode.IsLetter(c) {
					all = append(all, c)
				}
			}
			return all
		}
		got := string(letters(strings.Join(plan.Pasted(text), " ")))
		if want := string(letters(text)); got != want {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
