package staff

import (
	"errors"
	"net/http"

	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A planQualityView is what is known of how good a child's plan is, with the forms
// on which more is asked for.
type planQualityView struct {
	govuk.Form
	*app.PlanQuality
	Told    string
	Audits  []app.QualityRow
	Asks    bool
	Manages bool
}

func planQualityLink(id app.ChildID) string { return planLink(id) + "/quality" }

// PlanQuality shows what is known of how good a child's plan is.
func (p *Pages) PlanQuality(w http.ResponseWriter, r *http.Request) error {
	v, err := p.planQualityView(r)
	if err != nil {
		return err
	}
	v.Told = p.Sessions.Told(r)
	return p.showPlanQuality(w, r, http.StatusOK, v)
}

func (p *Pages) planQualityView(r *http.Request) (*planQualityView, error) {
	u := UserOf(r.Context())
	q, err := p.Qualities.OfPlan(r.Context(), u, app.ChildID(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	return &planQualityView{PlanQuality: q, Audits: q.Audits, Asks: q.Issued && u.May(access.QualityAudit), Manages: q.Issued && u.May(access.QualityManage)}, nil
}

func (p *Pages) showPlanQuality(w http.ResponseWriter, r *http.Request, status int, v *planQualityView) error {
	f := p.planFrame(UserOf(r.Context()), &app.PlanFile{Child: v.Child}, "Quality of this plan")
	f.Errors = v.Errors
	return show(w, r, status, planQualityPage(f, v))
}

// PlanQualityDo asks for an audit or a copy of a plan, or records what the family
// says of it.
func (p *Pages) PlanQualityDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.planQualityView(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	ctx, u, id, to := r.Context(), UserOf(r.Context()), v.Child.ID, planQualityLink(v.Child.ID)
	field, told := "do", ""
	var do func() error
	switch v.Text("do") {
	case "audit":
		told = "The audit is yours to make"
		do = func() error {
			made, err := p.Qualities.Ask(ctx, u, app.Asking{Child: id, Auditor: u.ID, Kind: app.FirstAudit})
			to = qualityLink(made)
			return err
		}
	case "copy":
		told = "The copy is made. Read it, and confirm it."
		do = func() error {
			made, err := p.Qualities.MakeCopy(ctx, u, id, "")
			to = copyLink(made)
			return err
		}
	case "family":
		one := app.FamilyView{Who: v.Need("who", "Enter who said it"), On: v.Date("on", "the day on which they said it"), Words: v.Text("words"), Answers: map[string]string{}}
		for _, q := range quality.FamilyQuestions {
			if a := v.Text(q.Name); a != "" {
				one.Answers[q.Name] = a
			}
		}
		field, told = "words", "What the family says is recorded"
		do = func() error { return p.Qualities.FamilySays(ctx, u, id, one) }
	default:
		return app.ErrNotFound
	}
	if v.Errors.Err() == nil {
		err := do()
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, told)
			http.Redirect(w, r, to, http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add(field, no.Error())
	}
	return p.showPlanQuality(w, r, http.StatusUnprocessableEntity, v)
}

func familyAnswers(name string) (all []govuk.Choice) {
	for i, a := range quality.FamilyAnswers {
		id := name
		if i > 0 {
			id += "-" + a[0]
		}
		all = append(all, govuk.Choice{Value: a[0], Text: a[1], ID: id})
	}
	return all
}
