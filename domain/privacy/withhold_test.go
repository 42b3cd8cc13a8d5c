package privacy

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What is held back is nowhere in what is told, however it was written; the rest
// stays, and the schedule says how much and never what.
func TestWhatIsHeldBackIsGone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SampledFrom([]string{"Eileen Brown", "14 Oak Lane", "Zoë", "a.b(c)", "O’Neil"}).Draw(t, "words")
		write := func(label string) string {
			said := words
			switch rapid.IntRange(0, 3).Draw(t, label) {
			case 0:
				said = strings.ToUpper(words)
			case 1:
				said = strings.ReplaceAll(words, " ", "\n  ")
			case 2:
				said = strings.ReplaceAll(words, " ", "\u00a0")
			}
			return rapid.StringMatching(`[a-d ]{0,9}`).Draw(t, label+" before") + said + rapid.StringMatching(`[a-d ]{0,9}`).Draw(t, label+" after")
		}
		notes, contacts := HoldingOf("notes"), HoldingOf("contacts")
		all := []Held{
			{notes, []map[string]string{{"n": "1", "body": write("one") + " kept " + write("two")}, {"n": "2", "body": "kept"}}},
			{contacts, []map[string]string{{"n": "1", "name": write("three"), "address": "1 High Street"}}},
			{HoldingOf("withholdings"), []map[string]string{{"id": "x", "words": words, "why": "She is " + words}}},
		}
		told, schedule := Apply(all, []Withholding{{Words: words, Ground: "third-party"}, {Table: "contacts", Key: "1", Field: "address", Ground: "restricted-address"}})
		for _, h := range told {
			for _, row := range h.Rows {
				for _, v := range row {
					flat := strings.ToLower(strings.Join(strings.Fields(v), " "))
					if strings.Contains(flat, strings.ToLower(words)) || strings.Contains(v, "High Street") {
						t.Fatalf("%q is in %q", words, v)
					}
				}
			}
		}
		if !strings.Contains(told[0].Rows[0]["body"], "kept") || told[0].Rows[1]["body"] != "kept" || all[1].Rows[0]["address"] != "1 High Street" {
			t.Fatalf("too much is gone: %v", told)
		}
		if len(schedule) != 2 || schedule[0].What != "words, in 3 places" || schedule[1].What != "all of it" || schedule[1].Where != "People around the child, 1" {
			t.Fatalf("%+v", schedule)
		}
	})
}

func TestWithholdingsThatMakeNoSense(t *testing.T) {
	for _, v := range []struct {
		w   Withholding
		bad bool
	}{
		{Withholding{Words: "Eileen", Ground: "third-party"}, false},
		{Withholding{Table: "notes", Key: "1", Ground: "privilege"}, false},
		{Withholding{Words: "Eileen", Ground: "because"}, true},
		{Withholding{Words: "E", Ground: "third-party"}, true},
		{Withholding{Table: "notes", Ground: "third-party"}, true},
		{Withholding{Table: "nothing", Key: "1", Ground: "third-party"}, true},
		{Withholding{Table: "notes", Key: "1", Field: "nothing", Ground: "third-party"}, true},
	} {
		if because := v.w.Check(); (because != "") != v.bad {
			t.Errorf("%+v: %q", v.w, because)
		}
	}
	for _, g := range Grounds {
		if g.Words == "" || g.From == "" || g.Known == "" || GroundOf(g.Code) == nil {
			t.Errorf("%+v", g)
		}
	}
}
