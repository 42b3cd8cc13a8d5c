package staff

import (
	"net/http"
	"slices"
	"strings"

	"weald/domain/access"
	"weald/domain/privacy"
	"weald/internal/web/govuk"
)

const privacyPart = "/privacy"

// A privacyView is what is kept about people, why, for how long, who is given it
// and how it is kept safe: the record of processing, and what an assessment of
// the risks begins with. All of it is made from what the program does.
type privacyView struct {
	Area     string
	Today    string
	Register privacy.Register
	Safe     privacy.Safeguards
	Retains  bool
}

func (p *Pages) privacyView(r *http.Request) *privacyView {
	safe := p.Safeguards
	safe.Retention, safe.Scanned = p.Retentions.Rule, p.Documents != nil && p.Documents.Scanner != nil
	return &privacyView{Area: p.Site.Area, Today: p.Casework.Today().Words(), Register: p.Sharings, Safe: safe, Retains: UserOf(r.Context()).May(access.Retain)}
}

// Privacy shows what is kept about people.
func (p *Pages) Privacy(w http.ResponseWriter, r *http.Request) error {
	v := p.privacyView(r)
	return show(w, r, http.StatusOK, privacyPage(p.frame(UserOf(r.Context()), "Privacy", choicesPart), v))
}

// PrivacyFile hands the same over as a document of its own.
func (p *Pages) PrivacyFile(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Content-Disposition", disposition("attachment", "record-of-processing.html"))
	return show(w, r, http.StatusOK, privacyFile(p.privacyView(r)))
}

// holdingRows says what each holding keeps, in the classes of its fields.
func holdingRows() (rows [][]govuk.Cell) {
	for _, h := range privacy.Holdings {
		var classes []string
		for _, f := range h.Fields {
			if f.Class != privacy.Working && !slices.Contains(classes, string(f.Class)) {
				classes = append(classes, string(f.Class))
			}
		}
		health := "No"
		if h.Health {
			health = "It may"
		}
		rows = append(rows, []govuk.Cell{{Text: h.Title}, {Text: h.About + " " + h.Why}, {Text: strings.Join(classes, "; ")}, {Text: health}})
	}
	return rows
}

func permissionRows() (rows [][]govuk.Cell) {
	for _, row := range access.Policy {
		var roles []string
		for _, g := range row.Grants {
			for _, r := range g.Roles {
				if r != access.Program {
					roles = append(roles, r.Label())
				}
			}
		}
		if len(roles) > 0 {
			rows = append(rows, []govuk.Cell{{Text: capital(row.Words)}, {Text: strings.Join(roles, ", ")}})
		}
	}
	return rows
}

func (v *privacyView) sharingRows() (rows [][]govuk.Cell) {
	for i := range v.Register {
		s := &v.Register[i]
		relied := s.Relied
		if relied == "" {
			relied = "Not read"
		}
		rows = append(rows, []govuk.Cell{{Text: s.To}, {Text: s.What}, {Text: s.Why}, {Text: relied}, {Text: s.BasisWords()}})
	}
	return rows
}

func (v *privacyView) measureRows() (rows [][]govuk.Cell) {
	for _, m := range v.Safe.Measures() {
		on := "No"
		if m.On {
			on = "Yes"
		}
		rows = append(rows, []govuk.Cell{{Text: m.What}, {Text: on}, {Text: m.Says}})
	}
	return rows
}

// riskRows is what the assessment weighs, with what is missing here.
func (v *privacyView) riskRows() (rows [][]govuk.Cell) {
	for i := range privacy.Risks {
		r := &privacy.Risks[i]
		missing := r.Missing(v.Safe)
		if missing == "" {
			missing = "Nothing"
		}
		rows = append(rows, []govuk.Cell{{Text: r.What}, {Text: r.Harm}, {Text: capital(string(r.Likelihood))}, {Text: capital(string(r.Severity))}, {Text: strings.Join(r.Measures, ". ") + "."}, {Text: missing}})
	}
	return rows
}
