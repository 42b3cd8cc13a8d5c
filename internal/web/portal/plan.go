package portal

import (
	"cmp"
	"net/http"

	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// A planView is a plan as a family reads it.
type planView struct {
	govuk.Form
	*app.OwnPlan
	Told string
}

// YourPlan shows a family the plan or the draft, and takes what they say of it.
func (p *Pages) YourPlan(w http.ResponseWriter, r *http.Request) error {
	return p.yourPlan(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) yourPlan(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	own, err := p.Plans.Own(r.Context(), face.UserOf(r.Context()), r.PathValue("key"))
	if err != nil {
		return err
	}
	f := p.frame(r, "The plan", yourPart)
	f.Breadcrumbs = []govuk.Link{{Text: own.Name, Href: yourChild(own.Key)}, {Text: "The plan"}}
	f.Errors = form.Errors
	return face.Show(w, r, status, yourPlanPage(f, &planView{Form: form, OwnPlan: own, Told: p.Sessions.Told(r)}))
}

// sections is the parts of the plan that say something, but for where the child
// goes when the reader may not know.
func (v *planView) sections() (all []plan.SectionForm) {
	for i := range v.Plan.Template.Sections {
		form := v.Plan.Template.Sections[i]
		if v.Hidden && form.Role == plan.PlacementNamed {
			continue
		}
		if s := v.Plan.Section(form.Letter); s != nil && (len(s.Lines) > 0 || s.None != "") {
			all = append(all, form)
		}
	}
	return all
}

func sectionTitle(form plan.SectionForm) string {
	return form.Letter + ". " + cmp.Or(form.Family, form.Title)
}

// kinds is what a family may say of a draft, in their words.
func (v *planView) kinds() govuk.Radios {
	words := map[plan.RepresentationKind]string{plan.Comment: "Something should change, or stay", plan.AsksForSetting: "I want a school or other place to be named", plan.AsksForAMeeting: "I want a meeting"}
	q := govuk.Radios{Name: "kind", Legend: "What do you want to tell us?"}
	for _, k := range plan.RepresentationKinds {
		q.Items = append(q.Items, govuk.Choice{Value: string(k.Kind), Text: cmp.Or(words[k.Kind], k.Words)})
	}
	return q
}

// lines offers the lines of the draft.
func (v *planView) lines() []govuk.Option {
	all := []govuk.Option{{Text: "The whole plan"}}
	for _, form := range v.sections() {
		for _, l := range v.Plan.Section(form.Letter).Lines {
			if !l.Empty() {
				all = append(all, govuk.Option{Group: sectionTitle(form), Value: l.ID, Text: shortened(l.Text)})
			}
		}
	}
	return all
}

// shortened is the beginning of a line, for a list.
func shortened(text string) string {
	const most = 80
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most]) + "…"
}

// answered says what became of what a family said.
func answered(r *app.Representation) string {
	for _, a := range plan.Answers {
		if string(a.Answer) == r.Answer {
			return map[plan.Answer]string{plan.Accepted: "We changed the plan as you asked.", plan.PartAccepted: "We changed the plan in another way.", plan.NotAccepted: "We did not change the plan."}[a.Answer] + " " + r.Why
		}
	}
	return "We have not answered yet. We must answer before the plan is final."
}

// YourPlanSay keeps what a family says of the draft.
func (p *Pages) YourPlanSay(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	kind, words := form.Need("kind", "Choose what you want to tell us"), form.Need("words", "Write what you want to tell us")
	if len(form.Errors) == 0 {
		err := p.Plans.Say(r.Context(), face.UserOf(r.Context()), r.PathValue("key"), kind, form.Text("line"), words)
		if err == nil {
			p.Sessions.Tell(r, "Thank you. We have it, and we must answer you.")
			face.SeeOther(w, yourChildPart(r.PathValue("key"), "plan#said"))
			return nil
		}
		if !refused(&form, "words", err) {
			return err
		}
	}
	return p.yourPlan(w, r, http.StatusUnprocessableEntity, form)
}
