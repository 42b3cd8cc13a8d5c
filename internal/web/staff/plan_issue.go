package staff

import (
	"errors"
	"net/http"
	"slices"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// An issueForm is the form on which a version is issued.
type issueForm struct {
	govuk.Form
	*app.PlanFile
	Ways  []app.PlanIssue
	token string
}

// PlanIssue shows in which ways the version that is being written may be issued,
// and what keeps it from the others.
func (p *Pages) PlanIssue(w http.ResponseWriter, r *http.Request) error {
	v, err := p.issueForm(r, 0)
	if err != nil {
		return err
	}
	return p.showIssue(w, r, http.StatusOK, v)
}

func (p *Pages) issueForm(r *http.Request, on calendar.Date) (*issueForm, error) {
	u := UserOf(r.Context())
	f, err := p.Plans.Open(r.Context(), u, app.ChildID(r.PathValue("id")), app.Latest)
	if err != nil {
		return nil, err
	}
	if f.Plan == nil || f.Version.Issued() {
		return nil, app.ErrNotFound
	}
	if on.IsZero() {
		on = f.Today
	}
	v := &issueForm{PlanFile: f, token: formToken(r)}
	v.Ways, err = p.Plans.Issues(r.Context(), u, f, on)
	return v, err
}

func (p *Pages) showIssue(w http.ResponseWriter, r *http.Request, status int, v *issueForm) error {
	f := p.planFrame(UserOf(r.Context()), v.PlanFile, "Issue")
	f.Errors = v.Errors
	return show(w, r, status, planIssuePage(f, v))
}

// PlanIssueDo issues the version that is being written.
func (p *Pages) PlanIssueDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.issueForm(r, 0)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	offered := make([]string, len(v.Ways))
	for i, way := range v.Ways {
		offered[i] = way.Kind.String()
	}
	kind := v.Choice("kind", "Select what it is issued as", offered...)
	on := v.Date("on", "the day on which it was sent")
	if v.Errors.Err() == nil {
		way := v.Ways[slices.Index(offered, kind)]
		err := p.Plans.Issue(r.Context(), UserOf(r.Context()), v.Child.ID, app.Issue{
			Version: v.Version.Version, Kind: way.Kind, On: on, Served: slices.Contains(v.Values["served"], "yes"), Form: formToken(r),
		})
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, way.Kind.Label()+": version "+number(v.Version.Version)+" is locked, and the event is in the case")
			http.Redirect(w, r, planLink(v.Child.ID), http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add("kind", no.Error())
	}
	return p.showIssue(w, r, http.StatusUnprocessableEntity, v)
}

// choices are the ways that the case allows.
func (v *issueForm) choices() (all []govuk.Choice) {
	for _, way := range v.Ways {
		if way.Refusal != nil {
			continue
		}
		hint := ""
		if n := len(way.Gates); n > 0 {
			hint = counted(n, "thing must", "things must") + " be put right first: see below"
		}
		all = append(all, govuk.Choice{Value: way.Kind.String(), Text: way.Kind.Label(), Hint: hint})
	}
	return all
}

// serves reports whether something that may be issued is served on the family.
func (v *issueForm) serves() bool {
	return slices.ContainsFunc(v.Ways, func(w app.PlanIssue) bool { return w.Refusal == nil && w.Serves })
}

var servedChoice = []govuk.Choice{{Value: "yes", Text: "Yes, it reached them that day"}}
