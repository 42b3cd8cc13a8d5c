package staff

import (
	"errors"
	"net/http"
	"strconv"

	"weald/domain/access"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A servedView is a version served on the family, what they said of it and the
// forms on which that is recorded and answered.
type servedView struct {
	govuk.Form
	*app.Served
	Told   string
	Writes bool
	About  int // which of what they said the form was about; 0: a new one
}

func representationsLink(id app.ChildID) string { return planLink(id) + "/representations" }

// Representations shows what the family said of the version served on them.
func (p *Pages) Representations(w http.ResponseWriter, r *http.Request) error {
	v, err := p.servedView(r)
	if err != nil {
		return err
	}
	v.Told = p.Sessions.Told(r)
	return p.showServed(w, r, http.StatusOK, v)
}

func (p *Pages) servedView(r *http.Request) (*servedView, error) {
	u := UserOf(r.Context())
	s, err := p.Plans.Served(r.Context(), u, app.ChildID(r.PathValue("id")))
	if err != nil {
		return nil, err
	}
	return &servedView{Served: s, Writes: u.May(access.PlanWrite) && (s.InForce == nil || s.InForce.Version < s.Version.Version)}, nil
}

func (p *Pages) showServed(w http.ResponseWriter, r *http.Request, status int, v *servedView) error {
	f := p.planFrame(UserOf(r.Context()), v.PlanFile, "What the family said")
	f.Errors = v.Errors
	return show(w, r, status, representationsPage(f, v))
}

// RepresentationAdd records one thing that the family says.
func (p *Pages) RepresentationAdd(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.servedView(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	one := app.Representation{
		Kind:  v.Choice("kind", "Select what it is", kindValues()...),
		Words: v.Need("words", "Enter what they said"), Who: v.Need("who", "Enter who said it"),
		On: v.Date("said", "the day on which they said it"), Line: v.Text("line"),
	}
	if v.Plan.Line(one.Line) == nil && v.Plan.Section(one.Line) == nil {
		one.Line = ""
	}
	return p.afterwards(w, r, v, "What they said is recorded", func() error {
		return p.Plans.Represent(r.Context(), UserOf(r.Context()), v.Child.ID, one)
	}, "words")
}

// RepresentationAnswer answers one thing that the family said.
func (p *Pages) RepresentationAnswer(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.servedView(r)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 1 || n > len(v.All) {
		return app.ErrNotFound
	}
	v.Values, v.About = r.PostForm, n
	field := strconv.Itoa(n)
	answer := plan.Answer(v.Choice("answer-"+field, "Select the answer to number "+field, answerValues()...))
	why := v.Need("why-"+field, "Enter why: the family is told")
	return p.afterwards(w, r, v, "Answered", func() error {
		return p.Plans.AnswerIt(r.Context(), UserOf(r.Context()), v.Child.ID, n, answer, why)
	}, "why-"+field)
}

// afterwards does what a sound form asks and leads back, or shows it again with
// what is wrong.
func (p *Pages) afterwards(w http.ResponseWriter, r *http.Request, v *servedView, told string, do func() error, field string) error {
	if v.Errors.Err() == nil {
		err := do()
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, told)
			http.Redirect(w, r, representationsLink(v.Child.ID), http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add(field, no.Error())
	}
	return p.showServed(w, r, http.StatusUnprocessableEntity, v)
}

func kindValues() (all []string) {
	for _, k := range plan.RepresentationKinds {
		all = append(all, string(k.Kind))
	}
	return all
}

func answerValues() (all []string) {
	for _, a := range plan.Answers {
		all = append(all, string(a.Answer))
	}
	return all
}

func kindChoices() (all []govuk.Choice) {
	for _, k := range plan.RepresentationKinds {
		all = append(all, govuk.Choice{Value: string(k.Kind), Text: k.Words})
	}
	return all
}

func answerChoices(n int) (all []govuk.Choice) {
	for _, a := range plan.Answers {
		all = append(all, govuk.Choice{Value: string(a.Answer), Text: a.Words, ID: "answer-" + strconv.Itoa(n) + "-" + string(a.Answer)})
	}
	return all
}

// linesToChoose are the sections and lines that something may be said about.
func (v *servedView) linesToChoose() []govuk.Option {
	all := []govuk.Option{{Value: "", Text: "The plan as a whole"}}
	for i := range v.Plan.Sections {
		s := &v.Plan.Sections[i]
		all = append(all, govuk.Option{Value: s.Letter, Text: "Section " + s.Letter})
		for _, l := range s.Lines {
			all = append(all, govuk.Option{Value: l.ID, Text: l.ID + " " + short(l.Text)})
		}
	}
	return all
}

// about says what a representation is about.
func (v *servedView) about(r *app.Representation) string {
	if l := v.Plan.Line(r.Line); l != nil {
		return "Line " + l.ID + ": " + short(l.Text)
	}
	if r.Line != "" {
		return "Section " + r.Line
	}
	return "The plan as a whole"
}

// time says how long the family has.
func (v *servedView) time() string {
	switch last := v.LastDay.Words(); {
	case v.LastDay.IsZero():
		return "The day on which it was served is not recorded, so their time to comment is not counted yet."
	case v.Waived:
		return "They asked in writing not to wait until " + last + "."
	case v.Open():
		return "They have until " + last + " at least."
	default:
		return "The time that they must be given ended on " + last + "."
	}
}

func kindOfRepresentation(r *app.Representation) string {
	for _, k := range plan.RepresentationKinds {
		if string(k.Kind) == r.Kind {
			return k.Words
		}
	}
	return r.Kind
}

func answerWords(r *app.Representation) string {
	for _, a := range plan.Answers {
		if string(a.Answer) == r.Answer {
			return a.Words
		}
	}
	return "No answer yet"
}

// newForm is the form of a new representation: as it was typed, if it was that.
func (v *servedView) newForm() govuk.Form {
	if v.About == 0 {
		return v.Form
	}
	return govuk.Form{}
}

// answerForm is the form of an answer: as it was typed, if it was that.
func (v *servedView) answerForm(n int) govuk.Form {
	if v.About == n {
		return v.Form
	}
	return govuk.Form{}
}

func answerSummary(r *app.Representation) string {
	if r.Answer != "" {
		return "Put the answer to number " + number(r.N) + " right"
	}
	return "Answer number " + number(r.N)
}
