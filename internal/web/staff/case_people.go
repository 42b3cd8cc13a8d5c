package staff

import (
	"strings"

	"weald/internal/app"
)

// contactIs says who somebody is to the child.
func contactIs(c app.Contact) string {
	switch {
	case c.Responsibility && c.Relation != "":
		return c.Relation + ", has parental responsibility"
	case c.Responsibility:
		return "Has parental responsibility"
	}
	return c.Relation
}

// contactAt is where somebody lives, on one line.
func contactAt(c app.Contact) string {
	at := strings.Join(strings.FieldsFunc(c.Address, func(r rune) bool { return r == '\n' || r == '\r' }), ", ")
	if c.Postcode != "" && !strings.Contains(at, c.Postcode) {
		at = strings.TrimPrefix(at+", "+c.Postcode, ", ")
	}
	return at
}

// dialled is a telephone number as a telephone takes it.
func dialled(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}

// caseIs says in a line who a child is to the local area: age, setting, officer
// and reference, as far as they are known.
func caseIs(v *caseView) string {
	var is []string
	if !v.Child.Born.IsZero() {
		is = append(is, "Born "+age(v.Child.Born, v.Today))
	}
	if v.Setting != "" {
		is = append(is, v.Setting)
	}
	switch {
	case v.Officer != "" && v.Child.Team != "":
		is = append(is, v.Officer+" ("+v.Child.Team+")")
	case v.Officer != "":
		is = append(is, v.Officer)
	default:
		is = append(is, "no officer has the case")
	}
	if v.Child.Reference != "" {
		is = append(is, v.Child.Reference)
	}
	return strings.Join(is, " · ")
}
