package portal

import (
	"net/http"
	"strconv"

	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// An adviceView is what was asked of the reader's service about one child.
type adviceView struct {
	govuk.Form
	*app.AdviceFile
	Told string
}

// Advice shows what advice is awaited of the reader's service, and takes it.
func (p *Pages) Advice(w http.ResponseWriter, r *http.Request) error {
	return p.advice(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) advice(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	file, err := p.Own.Advice(r.Context(), face.UserOf(r.Context()), r.PathValue("key"))
	if err != nil {
		return err
	}
	f := p.frame(r, "Advice", childrenPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Our children", Href: childrenPart}, {Text: file.Name, Href: ourChild(file.Key, "")}, {Text: "Advice"}}
	f.Errors = form.Errors
	return face.Show(w, r, status, advicePage(f, &adviceView{Form: form, AdviceFile: file, Told: p.Sessions.Told(r)}))
}

// dueWords says by when advice is owed.
func dueWords(v *adviceView, a *app.AskedAdvice) string {
	switch {
	case a.Due.IsZero():
		return "No day can be counted."
	case a.Due < v.Today:
		return "It was due by " + a.Due.Words() + ", " + counted(a.Due.DaysUntil(v.Today), "day", "days") + " ago."
	}
	return "It is due by " + a.Due.WordsWithDay() + "."
}

func question(name string, event int) string { return name + "-" + strconv.Itoa(event) }

// AdviceGive keeps the advice that somebody gives.
func (p *Pages) AdviceGive(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	event, err := strconv.Atoi(form.Text("event"))
	if err != nil {
		form.Errors.Add("event", "Send one of the forms on this page")
	}
	text, nothing := form.Text(question("advice", event)), form.Text(question("nothing", event)) == "yes"
	if len(form.Errors) == 0 {
		err := p.Own.GiveAdvice(r.Context(), face.UserOf(r.Context()), r.PathValue("key"), event, text, nothing)
		if err == nil {
			p.Sessions.Tell(r, "Thank you. Your advice is with whoever has the case, and the clock has stopped.")
			face.SeeOther(w, ourChild(r.PathValue("key"), "advice"))
			return nil
		}
		if !refused(&form, question("advice", event), err) {
			return err
		}
	}
	return p.advice(w, r, http.StatusUnprocessableEntity, form)
}
