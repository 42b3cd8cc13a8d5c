package portal

import (
	"net/http"

	"weald/internal/web/face"
	"weald/internal/web/forchild"
	"weald/internal/web/govuk"
)

// YourPlanMine shows the plan in force as the child reads it.
func (p *Pages) YourPlanMine(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Plans.OwnForChild(r.Context(), face.UserOf(r.Context()), r.PathValue("key"))
	if err != nil {
		return err
	}
	f := p.frame(r, "My plan: "+c.Name, yourPart)
	f.Breadcrumbs = []govuk.Link{{Text: c.Name, Href: yourChild(c.Key)}, {Text: "The plan", Href: yourChildPart(c.Key, "plan")}, {Text: "My plan"}}
	return face.Show(w, r, http.StatusOK, forchild.Page(f, c, yourPlanMineNotes(c)))
}
