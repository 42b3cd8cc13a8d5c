package staff

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// A headForm is the form of what stands before a plan's sections.
type headForm struct {
	govuk.Form
	*app.PlanFile
	Revision int
	Theirs   string // who saved it since
}

// PlanHead shows the form of a plan's names, pronouns and signature.
func (p *Pages) PlanHead(w http.ResponseWriter, r *http.Request) error {
	v, err := p.headForm(r)
	if err != nil {
		return err
	}
	return p.showHead(w, r, http.StatusOK, v)
}

func (p *Pages) headForm(r *http.Request) (*headForm, error) {
	f, err := p.Plans.Open(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), app.Latest)
	if err != nil {
		return nil, err
	}
	if f.Plan == nil || f.Version.Issued() {
		return nil, app.ErrNotFound
	}
	return &headForm{PlanFile: f, Revision: f.Revisions[plan.HeadPart].Revision}, nil
}

func (p *Pages) showHead(w http.ResponseWriter, r *http.Request, status int, v *headForm) error {
	f := p.planFrame(UserOf(r.Context()), v.PlanFile, "Names and signature")
	f.Errors = v.Errors
	return show(w, r, status, planHeadPage(f, v))
}

// PlanHeadSave saves a plan's names, pronouns and signature.
func (p *Pages) PlanHeadSave(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.headForm(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	if v.Revision, err = strconv.Atoi(r.PostForm.Get("revision")); err != nil {
		return notWhole()
	}
	pronouns := plan.Pronouns(v.Choice("pronouns", "Select the pronouns, or that nobody has asked", "unasked", string(plan.She), string(plan.He), string(plan.They)))
	if v.Errors.Err() != nil {
		return p.showHead(w, r, http.StatusUnprocessableEntity, v)
	}
	if pronouns == "unasked" {
		pronouns = ""
	}
	c := &v.Plan.Child
	c.KnownAs, c.Pronouns = v.Text("known-as"), pronouns
	v.Plan.Signed.Name, v.Plan.Signed.Role = v.Text("signed-name"), v.Text("signed-role")
	v.Plan.People = nil
	for name := range strings.SplitSeq(strings.NewReplacer("\n", ",").Replace(v.Text("people")), ",") {
		if name = strings.TrimSpace(name); name != "" {
			v.Plan.People = append(v.Plan.People, name)
		}
	}
	err = p.Plans.Save(r.Context(), UserOf(r.Context()), v.Child.ID, v.Version.Version, plan.HeadPart, v.Revision, v.Plan)
	var over *app.PlanOvertaken
	if errors.As(err, &over) {
		v.Theirs, v.Revision = over.By, over.Revision
		return p.showHead(w, r, http.StatusConflict, v)
	} else if err != nil {
		return err
	}
	p.Sessions.Tell(r, "Names and signature saved")
	http.Redirect(w, r, planLink(v.Child.ID), http.StatusSeeOther)
	return nil
}

func pronounsOr(p plan.Pronouns) string {
	if p == "" {
		return "unasked"
	}
	return string(p)
}

var pronounChoices = []govuk.Choice{{Value: "she", Text: "She, her"}, {Value: "he", Text: "He, him"}, {Value: "they", Text: "They, them"}, {Value: "unasked", Text: "Nobody has asked"}}
