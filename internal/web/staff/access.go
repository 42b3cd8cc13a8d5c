package staff

import (
	"net/http"
	"strings"

	"weald/domain/access"
	"weald/internal/web/govuk"
)

// Access shows the whole policy: who may do what, by what they are to the child,
// and for what. It is open to everybody.
func (p *Pages) Access(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, accessPage(p.frame(UserOf(r.Context()), "Who may see and do what", "")))
}

func rolesWords(roles []access.Role) string {
	var words []string
	for _, r := range roles {
		if r == access.Program {
			words = append(words, "Weald itself, for what runs unasked")
		} else {
			words = append(words, r.Label())
		}
	}
	return strings.Join(words, ", ")
}

func relationWords(relations []access.Relation) string {
	var words []string
	for _, r := range relations {
		for _, row := range access.RelationWords {
			if row.Relation == r {
				words = append(words, row.Words)
			}
		}
	}
	return strings.Join(words, " Or: ")
}

// policyRows is a row for each grant. The words of a permission are given with
// each, so that each row can be read by itself.
func policyRows() (rows [][]govuk.Cell) {
	for _, rule := range access.Policy {
		for _, g := range rule.Grants {
			rows = append(rows, []govuk.Cell{{Text: capital(rule.Words)}, {Text: rolesWords(g.Roles)}, {Text: relationWords(g.Relation)}, {Text: g.Purpose.Words()}})
		}
	}
	return rows
}

func barRows() (rows [][]govuk.Cell) {
	for _, b := range access.Bars {
		rows = append(rows, []govuk.Cell{{Text: b.Words}, {Text: capital(b.Whom)}})
	}
	return rows
}

func relationRows() (rows [][]govuk.Cell) {
	for _, row := range access.RelationWords {
		if row.Source != "" {
			rows = append(rows, []govuk.Cell{{Text: row.Words}, {Text: row.Source}})
		}
	}
	return rows
}
