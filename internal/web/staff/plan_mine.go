package staff

import (
	"net/http"

	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/forchild"
	"weald/internal/web/govuk"
)

// childReads is the reading age that the page for a child is meant for.
const childReads = 9

// PlanMine shows the plan in force as its child reads it, to be printed.
func (p *Pages) PlanMine(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Plans.ForChild(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	frame := p.frame(UserOf(r.Context()), "My plan: "+c.Name, "")
	frame.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: c.Name, Href: caseLink(c.Child)}, {Text: "Plan", Href: planLink(c.Child)}, {Text: "For the child"}}
	return show(w, r, http.StatusOK, forchild.Page(frame, c, planMineNotes(c)))
}

// hardToRead returns the lines on the page that most children of nine cannot read.
func hardToRead(page *plan.ChildPage) (hard []plan.ChildLine, of int) {
	for _, parts := range [][]plan.ChildPart{page.Parts, page.Help} {
		for i := range parts {
			for _, l := range parts[i].Lines {
				of++
				if plan.ReadingAge(l.Text) > childReads {
					hard = append(hard, l)
				}
			}
		}
	}
	return hard, of
}
