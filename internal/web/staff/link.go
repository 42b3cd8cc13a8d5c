package staff

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

func linksLink(id app.ChildID) string { return caseLink(id) + "/links" }

// A linksView is a child's links, and the form on which one is sent.
type linksView struct {
	govuk.Form
	Child app.ChildID
	Name  string
	Links []linkRow
	Open  []app.Awaited
	Adds  bool
	Days  int
	Told  string
}

// A linkRow is one link in words.
type linkRow struct {
	app.Link
	State string
	Live  bool
}

// LinkList shows who was sent a link about a child, and lets one be sent.
func (p *Pages) LinkList(w http.ResponseWriter, r *http.Request) error {
	return p.showLinks(w, r, http.StatusOK, govuk.Form{Values: r.URL.Query()})
}

func (p *Pages) showLinks(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	file, err := p.Casework.Case(r.Context(), u, app.ChildID(r.PathValue("id")), 0)
	if err != nil {
		return err
	}
	links, open, err := p.Links.Of(r.Context(), u, file.Child.ID)
	if err != nil {
		return err
	}
	v := &linksView{Form: form, Child: file.Child.ID, Name: file.Child.Name(), Adds: u.May(access.CaseRecord), Days: p.Links.Days, Told: p.Sessions.Told(r)}
	for _, one := range open {
		if one.Body != "" {
			v.Open = append(v.Open, one)
		}
	}
	for i := range links {
		v.Links = append(v.Links, linkRow{links[i], linkState(&links[i], file.Now.String()), links[i].Live(file.Now)})
	}
	f := p.frame(u, "Links for people without an account", "")
	f.Breadcrumbs = caseCrumbs(file, "Links")
	f.Errors = form.Errors
	return show(w, r, status, linksPage(f, v))
}

func linkState(l *app.Link, today string) string {
	switch {
	case l.UsedAt != "":
		return "Answered " + recordedAt(l.UsedAt) + ", by " + l.UsedBy
	case l.RevokedAt != "":
		return "Revoked " + recordedAt(l.RevokedAt) + ", by " + l.RevokedBy
	case today > l.Until.String():
		return "Ran out on " + l.Until.Words()
	default:
		return "Works until " + l.Until.Words()
	}
}

func linkChoices(v *linksView) govuk.Radios {
	radios := govuk.Radios{Name: "event", Legend: "Whose advice", Small: true, Value: v.Text("event"), Error: v.Errors.For("event")}
	for _, w := range v.Open {
		radios.Items = append(radios.Items, govuk.Choice{Value: strconv.Itoa(w.Event), Text: w.Body + ", asked on " + w.Asked.Words()})
	}
	return radios
}

// LinkSend sends a link.
func (p *Pages) LinkSend(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	event, _ := strconv.Atoi(form.Need("event", "Choose whose advice"))
	email := strings.TrimSpace(form.Need("email", "Enter the email address"))
	if len(form.Errors) > 0 {
		return p.showLinks(w, r, http.StatusUnprocessableEntity, form)
	}
	id := app.ChildID(r.PathValue("id"))
	send, err := p.Links.Make(r.Context(), UserOf(r.Context()), id, event, email)
	var no *law.Refusal
	if errors.As(err, &no) {
		form.Errors.Add("email", no.Error())
		return p.showLinks(w, r, http.StatusUnprocessableEntity, form)
	} else if err != nil {
		return err
	}
	if err := send(context.WithoutCancel(r.Context())); err != nil {
		p.Sessions.Tell(r, "The link was made, but the mail server did not take the email. Revoke it and try again later")
	} else {
		p.Sessions.Tell(r, "Link sent to "+email)
	}
	http.Redirect(w, r, linksLink(id), http.StatusSeeOther)
	return nil
}

// LinkRevoke makes a link work no more.
func (p *Pages) LinkRevoke(w http.ResponseWriter, r *http.Request) error {
	id := app.ChildID(r.PathValue("id"))
	if err := p.Links.Revoke(r.Context(), UserOf(r.Context()), id, r.PathValue("link")); err != nil {
		return err
	}
	p.Sessions.Tell(r, "Link revoked. It works no more")
	http.Redirect(w, r, linksLink(id), http.StatusSeeOther)
	return nil
}

// A TaskView is the one task of somebody with a link.
type TaskView struct {
	govuk.Form
	Area   string
	Action string
	Task   *app.LinkTask
	Done   []app.Attached // files that have come, or were refused
}

func linkTaskRows(v *TaskView) []govuk.SummaryRow {
	return []govuk.SummaryRow{
		{Key: "About", Value: v.Task.Forename + " " + v.Task.Initial + "."},
		{Key: "Asked of", Value: v.Task.Body},
		{Key: "Asked on", Value: v.Task.Asked.Words()},
	}
}

// TaskAsk shows, to whoever opens a link, that something is asked for, and no
// more: mail scanners open links too.
func (p *Pages) TaskAsk(w http.ResponseWriter, r *http.Request, v *TaskView) error {
	return show(w, r, http.StatusOK, taskAskPage(p.taskFrame("You are asked for advice"), v))
}

// Task shows the task itself.
func (p *Pages) Task(w http.ResponseWriter, r *http.Request, status int, v *TaskView) error {
	f := p.taskFrame("Send your advice")
	f.Errors = v.Errors
	return show(w, r, status, taskPage(f, v))
}

// TaskDone thanks whoever sent what was asked for.
func (p *Pages) TaskDone(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, taskDonePage(p.taskFrame("Thank you")))
}

// TaskOver says that a link does not work, or not any more, and not why: that
// would tell a stranger what there was.
func (p *Pages) TaskOver(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusNotFound, taskOverPage(p.taskFrame("This link does not work")))
}

// taskFrame is the frame of a page of somebody without an account: it leads
// nowhere else.
func (p *Pages) taskFrame(title string) govuk.Page {
	site := p.Site
	site.Navigation = nil
	return govuk.Page{Site: site, Title: title}
}
