package portal

import (
	"net/http"

	"weald/domain/access"
	"weald/domain/delivery"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// A deliveryView is what a child's plan promises, for family or for a setting.
type deliveryView struct {
	govuk.Form
	*app.DeliveryFile
	Told string
}

// owed is the promises that are owed today.
func (v *deliveryView) owed() (all []*delivery.State) {
	for i := range v.States {
		if v.States[i].Owed(v.Today) {
			all = append(all, &v.States[i])
		}
	}
	return all
}

// YourDelivery shows a family what the plan promises, and whether it happens.
func (p *Pages) YourDelivery(w http.ResponseWriter, r *http.Request) error {
	return p.yourDelivery(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) yourDelivery(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	file, err := p.Deliveries.Own(r.Context(), face.UserOf(r.Context()), access.OwnSee, r.PathValue("key"))
	if err != nil {
		return err
	}
	f := p.frame(r, "Help in the plan", yourPart)
	f.Breadcrumbs = []govuk.Link{{Text: file.Child.Name(), Href: yourChild(file.Key)}, {Text: "Help in the plan"}}
	f.Errors = form.Errors
	return face.Show(w, r, status, yourDeliveryPage(f, &deliveryView{Form: form, DeliveryFile: file, Told: p.Sessions.Told(r)}))
}

// YourReport keeps that a family says that something happens or does not: one tap
// is enough.
func (p *Pages) YourReport(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	line, today := r.PathValue("line"), p.Own.Today()
	said := app.Said{Line: line, Outcome: delivery.Outcome(form.Choice("outcome", "Press one of the buttons on this page", string(delivery.Given), string(delivery.NotGiven))), From: today, Until: today, Words: form.Text("words")}
	if len(form.Errors) == 0 {
		err := p.Deliveries.Tell(r.Context(), face.UserOf(r.Context()), r.PathValue("key"), []app.Said{said})
		if err == nil {
			told := "Thank you. We have written that it happens."
			if said.Outcome == delivery.NotGiven {
				told = "Thank you. We have written that it is not happening. Somebody must now put it right, and you see here what they do."
			}
			p.Sessions.Tell(r, told)
			face.SeeOther(w, yourChildPart(r.PathValue("key"), "delivery"))
			return nil
		}
		if !refused(&form, "outcome", err) {
			return err
		}
	}
	return p.yourDelivery(w, r, http.StatusUnprocessableEntity, form)
}

// YourDispute keeps that a family says that it is still not put right.
func (p *Pages) YourDispute(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	if form.Choice("still", "Press one of the buttons on this page", "not") != "" {
		err := p.Deliveries.Dispute(r.Context(), face.UserOf(r.Context()), r.PathValue("key"), r.PathValue("line"), "")
		if err == nil {
			p.Sessions.Tell(r, "Thank you. It is open again. Somebody must put it right.")
			face.SeeOther(w, yourChildPart(r.PathValue("key"), "delivery"))
			return nil
		}
		if !refused(&form, "still", err) {
			return err
		}
	}
	return p.yourDelivery(w, r, http.StatusUnprocessableEntity, form)
}

// familyTag says how a promise stands, in a family's words.
func familyTag(s *delivery.State) govuk.Tag {
	switch {
	case s.Open() != nil && s.Said == delivery.Part:
		return govuk.Tag{Text: "Some of it happens", Colour: govuk.Orange}
	case s.Open() != nil:
		return govuk.Tag{Text: "Not happening", Colour: govuk.Red}
	case s.Said == delivery.Given:
		return govuk.Tag{Text: "Happening", Colour: govuk.Green}
	}
	return govuk.Tag{Text: "Nobody has told us", Colour: govuk.Yellow}
}

// familyStep says what was done about a gap.
func familyStep(s *app.DeliveryStep) string {
	words := map[delivery.Step]string{delivery.Opened: "We wrote that it is not happening", delivery.Noted: "We did something about it", delivery.Closed: "We think that it happens now", delivery.Disputed: "You told us that it is still not happening"}[s.Step]
	words = s.On.Words() + ". " + words + "."
	if s.Words != "" {
		words += " " + s.Words
	}
	return words
}

// wasClosed reports whether a gap was closed last, so that a family can say that
// it is not put right.
func wasClosed(s *delivery.State) bool {
	return s.Open() == nil && len(s.Gaps) > 0
}

// OurDelivery shows a setting what a pupil's plan promises, to be confirmed line by
// line.
func (p *Pages) OurDelivery(w http.ResponseWriter, r *http.Request) error {
	return p.ourDelivery(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) ourDelivery(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	file, err := p.Deliveries.Own(r.Context(), face.UserOf(r.Context()), access.PupilTell, r.PathValue("key"))
	if err != nil {
		return err
	}
	f := p.frame(r, "What the plan promises", childrenPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Our children", Href: childrenPart}, {Text: file.Child.Name(), Href: ourChild(file.Key, "")}, {Text: "What the plan promises"}}
	f.Errors = form.Errors
	return face.Show(w, r, status, ourDeliveryPage(f, &deliveryView{Form: form, DeliveryFile: file, Told: p.Sessions.Told(r)}))
}

func (v *deliveryView) outcome(s *delivery.State) govuk.Radios {
	q := govuk.Radios{Name: "outcome-" + s.Line, Legend: s.Text, Hint: "Section " + s.Section, Small: true, Value: string(delivery.Given)}
	for _, o := range delivery.Outcomes {
		q.Items = append(q.Items, govuk.Choice{Value: string(o.Outcome), Text: o.Words})
	}
	q.Items = append(q.Items, govuk.Choice{Value: "unknown", Text: "I do not know"})
	return q
}

// OurReport keeps what a setting says of each line of a pupil's plan, all at once.
func (p *Pages) OurReport(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := face.UserOf(r.Context())
	form := govuk.Form{Values: r.PostForm}
	from, until := form.Date("from", "the first day"), form.Date("until", "the last day")
	file, err := p.Deliveries.Own(r.Context(), u, access.PupilTell, r.PathValue("key"))
	if err != nil {
		return err
	}
	v := &deliveryView{DeliveryFile: file}
	var said []app.Said
	for _, s := range v.owed() {
		outcome := form.Choice("outcome-"+s.Line, "Say whether it is given: "+s.Text, string(delivery.Given), string(delivery.Part), string(delivery.NotGiven), "unknown")
		words := form.Text("words-" + s.Line)
		if (outcome == string(delivery.Part) || outcome == string(delivery.NotGiven)) && words == "" {
			form.Errors.Add("words-"+s.Line, "Say why it is not given as the plan says: the family sees it")
		}
		if outcome != "unknown" {
			said = append(said, app.Said{Line: s.Line, Outcome: delivery.Outcome(outcome), From: from, Until: until, Words: words})
		}
	}
	if len(form.Errors) == 0 {
		err := p.Deliveries.Tell(r.Context(), u, r.PathValue("key"), said)
		if err == nil {
			p.Sessions.Tell(r, "Thank you. What you said is kept, and the family can see it.")
			face.SeeOther(w, ourChild(r.PathValue("key"), "delivery"))
			return nil
		}
		if !refused(&form, "from", err) {
			return err
		}
	}
	return p.ourDelivery(w, r, http.StatusUnprocessableEntity, form)
}
