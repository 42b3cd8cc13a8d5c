package staff

import (
	"strings"
	"time"

	"weald/domain/plan"
	"weald/internal/web/govuk"
)

// What the forms of a plan share.

// savedAt writes a moment of the record in London's day and time.
func savedAt(at string) string {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return at
	}
	return momentWords(t)
}

func joined(ids []string) string { return strings.Join(ids, " ") }

// rowsFor is how many rows a text needs, so that most of it is seen at once.
func rowsFor(text string) int {
	return min(12, max(2, len(text)/70+strings.Count(text, "\n")+1))
}

func answersWords(ids []string) string {
	if len(ids) == 0 {
		return "nothing yet"
	}
	return strings.Join(ids, ", ")
}

func hintFor(f plan.FieldForm) string {
	if f.Holds == "date" && f.Hint == "" {
		return "For example, 2026-11-23"
	}
	return f.Hint
}

func widthFor(f plan.FieldForm) govuk.Width {
	if f.Holds == "date" {
		return 10
	}
	return 0
}

// wrongIn reports whether something is wrong in one of a line's particulars.
func (v *sectionForm) wrongIn(n string, fields []plan.FieldForm) bool {
	for _, f := range fields {
		if v.Errors.For("says-"+f.Name+"-"+n) != "" {
			return true
		}
	}
	return false
}

// kindOr is the kind of a typed line, or the section's first if it has none.
func kindOr(v *sectionForm, t *typedLine) plan.Kind {
	if k := plan.Kind(t.Kind); v.Plan.Template.Kind(k) != nil {
		return k
	}
	return v.Section.Kinds[0]
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
