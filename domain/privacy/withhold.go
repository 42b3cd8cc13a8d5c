package privacy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Ground is why something may be held back from the person it is about.
type Ground struct {
	Code  string
	Words string // as the schedule says it
	From  string // the provision relied on
	Known string // how surely that was checked
}

// unread is what is said of a provision that was not read in the Act.
const unread = "Not checked against the Act: ask your data protection officer"

// Grounds is what may be chosen. Whoever withholds something answers for the
// choice; Weald makes none.
var Grounds = []Ground{
	{"third-party", "It is about somebody else, who has not agreed, and it is not reasonable to give it without their agreement.", "Data Protection Act 2018, Schedule 2, paragraph 16", unread},
	{"serious-harm-health", "It is about health, and giving it would be likely to cause serious harm to somebody.", "Data Protection Act 2018, Schedule 3, Part 2", unread},
	{"serious-harm-social", "It is social work data, and giving it would be likely to cause serious harm to somebody.", "Data Protection Act 2018, Schedule 3, Part 3", unread},
	{"serious-harm-education", "It is education data, and giving it would be likely to cause serious harm to somebody.", "Data Protection Act 2018, Schedule 3, Part 4", unread},
	{"child-abuse", "It is about whether a child has been or may be abused, and giving it would not be in the child’s best interests.", "Data Protection Act 2018, Schedule 3, Part 5", unread},
	{"privilege", "It is confidential between a lawyer and a client.", "Data Protection Act 2018, Schedule 2, paragraph 19", unread},
	{"restricted-address", "It would tell where somebody is who must not be found.", "Your own decision on the address, with the ground that your data protection officer gives", unread},
}

// GroundOf returns a ground by its code, or nil.
func GroundOf(code string) *Ground {
	i := slices.IndexFunc(Grounds, func(g Ground) bool { return g.Code == code })
	if i < 0 {
		return nil
	}
	return &Grounds[i]
}

// A Withholding marks what is held back: words, or the whole of a field or row.
type Withholding struct {
	ID     string
	Table  string // "" is everywhere
	Key    string // which row; "" only if everywhere
	Field  string // "" is every field of the row
	Words  string // "" is all of it
	Ground string // the code of a [Ground]
	Why    string
	At     string
	By     string // the ID of who answers for it
	ByName string

	SecondAt   string // when somebody else agreed, "" if nobody has
	Second     string
	SecondName string
}

// Agreed reports whether a second person has looked.
func (w *Withholding) Agreed() bool { return w.SecondAt != "" }

// Check returns why a withholding makes no sense, or "".
func (w *Withholding) Check() string {
	switch {
	case GroundOf(w.Ground) == nil:
		return "Choose a ground"
	case w.Table == "" && len([]rune(strings.TrimSpace(w.Words))) < 2:
		return "Say which words to hold back everywhere: two letters at least"
	case w.Table != "" && (HoldingOf(w.Table) == nil || w.Key == ""):
		return "Choose where"
	case w.Table != "" && w.Field != "" && HoldingOf(w.Table).Field(w.Field) == nil:
		return "Choose which part"
	}
	return ""
}

// A Held is what is held of one sort: rows of words, by field.
type Held struct {
	*Holding
	Rows []map[string]string
}

// A Schedule is one line of what was held back: how much, where and why, and
// never what.
type Schedule struct {
	Where  string
	What   string // "words, 3 times", "all of it"
	Ground Ground
	By     string
	Second string
}

// Mark stands in place of what is held back.
const Mark = "[held back]"

// Apply returns what is held with everything marked taken out, and the schedule
// of it. Fields by which the record works are never told, so that nothing can be
// found by its number; keys and days stay. What it is given is not changed.
func Apply(all []Held, marks []Withholding) (told []Held, schedule []Schedule) {
	for _, h := range all {
		rows := make([]map[string]string, len(h.Rows))
		for i, r := range h.Rows {
			rows[i] = make(map[string]string, len(r))
			for k, v := range r {
				rows[i][k] = v
			}
		}
		told = append(told, Held{h.Holding, rows})
	}
	for _, h := range told {
		for _, row := range h.Rows {
			if h.Table == "withholdings" { // which say again what is held back; the schedule stands for them
				row["words"], row["why"] = Mark, Mark
			}
		}
	}
	for i := range marks {
		said := sayings(all, &marks[i])
		for _, h := range told {
			for _, row := range h.Rows {
				for _, words := range said {
					if h.Table == "audit" { // which says what was done with what
						row["detail"], _ = without(row["detail"], words)
					}
				}
			}
		}
	}
	for i := range marks {
		m := &marks[i]
		times, where := 0, "Everywhere"
		for _, h := range told {
			if m.Table != "" && h.Table != m.Table {
				continue
			}
			for _, row := range h.Rows {
				if m.Table != "" && h.KeyOf(row) != m.Key {
					continue
				}
				if m.Table != "" {
					where = h.Title + ", " + h.KeyOf(row)
				}
				for _, f := range h.Fields {
					if h.keeps(f.Name) && m.Table != "" && m.Words == "" || m.Field != "" && f.Name != m.Field {
						continue
					}
					n := 0
					row[f.Name], n = without(row[f.Name], m.Words)
					times += n
				}
			}
		}
		what := "all of it"
		if m.Words != "" {
			what = fmt.Sprintf("words, in %d places", times)
			if times == 1 {
				what = "words, in one place"
			}
		}
		s := Schedule{Where: where, What: what, By: m.ByName, Second: m.SecondName}
		if g := GroundOf(m.Ground); g != nil {
			s.Ground = *g
		}
		schedule = append(schedule, s)
	}
	return told, schedule
}

// sayings are the words of a row that is held back whole, which must not be told
// by what the audit says of it.
func sayings(all []Held, m *Withholding) (words []string) {
	for _, h := range all {
		if h.Table != m.Table || m.Words != "" {
			continue
		}
		for _, row := range h.Rows {
			for _, f := range h.Fields {
				v := strings.TrimSpace(row[f.Name])
				if h.KeyOf(row) == m.Key && (m.Field == "" || m.Field == f.Name) && (f.Class == Words || f.Class == Identity || f.Name == "detail") && len(v) > 2 {
					words = append(words, v)
				}
			}
		}
	}
	return words
}

// Clean takes out of a text the words that are held back everywhere.
func Clean(text string, marks []Withholding) string {
	for i := range marks {
		if marks[i].Table == "" {
			text, _ = without(text, marks[i].Words)
		}
	}
	return text
}

// without takes words out of a text, in capitals or not and however they are
// spaced; "" takes all of it.
func without(text, words string) (left string, n int) {
	if text == "" {
		return "", 0
	}
	if strings.TrimSpace(words) == "" {
		return Mark, 1
	}
	parts := strings.Fields(words)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	find := regexp.MustCompile(`(?i)` + strings.Join(parts, `[\s\x{A0}]+`))
	return find.ReplaceAllStringFunc(text, func(string) string { n++; return Mark }), n
}
