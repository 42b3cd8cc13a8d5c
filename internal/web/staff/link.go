package staff

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"weald/domain/access"
	"weald/domain/casework"
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
	radios := govuk.Radios{Name: "event", Legend: "What for", Small: true, Value: v.Text("event"), Error: v.Errors.For("event")}
	for _, w := range v.Open {
		text := "Advice of " + w.Body + ", asked for on " + w.Asked.Words()
		if w.Consults() {
			text = "Answer of " + w.Body + ", consulted on " + w.Asked.Words()
		}
		radios.Items = append(radios.Items, govuk.Choice{Value: strconv.Itoa(w.Event), Text: text})
	}
	return radios
}

// LinkSend sends a link.
func (p *Pages) LinkSend(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	event, _ := strconv.Atoi(form.Need("event", "Choose what the link is for"))
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
	rows := []govuk.SummaryRow{
		{Key: "About", Value: v.Task.Forename + " " + v.Task.Initial + "."},
		{Key: "Asked of", Value: v.Task.Body},
		{Key: "Asked on", Value: v.Task.Asked.Asked.Words()},
	}
	if v.Task.Rule != nil {
		source := v.Task.Rule.Source.String()
		if !v.Task.Rule.Statutory() {
			source += ", which is guidance"
		}
		rows = append(rows, govuk.SummaryRow{Key: "Please answer by", Value: v.Task.Due.Words() + ": " + v.Task.Rule.Words + " (" + source + ")"})
	}
	return rows
}

// canChoices and consultationGrounds are how a setting that is consulted answers.
func canChoices(v *TaskView) govuk.Radios {
	return govuk.Radios{Name: "can", Legend: "Can you meet the needs in the plan?", Value: v.Text("can"), Error: v.Errors.For("can"), Items: []govuk.Choice{
		{Value: casework.Yes.String(), Text: "Yes"}, {Value: casework.No.String(), Text: "No"},
	}}
}

func consultationGrounds(v *TaskView) govuk.Radios {
	radios := govuk.Radios{Name: "ground", Legend: "If no, why?", Hint: "The first three are those of the Children and Families Act 2014, section 39(4), in a summary that has not been compared with the Act.", Small: true, Value: v.Text("ground"), Error: v.Errors.For("ground")}
	for _, g := range casework.ConsultationGrounds {
		text := "Their place with you is " + g.Words()
		switch g {
		case casework.Unsuitable:
			text = "Your setting is " + g.Words()
		case casework.FromOther:
			text = "Another reason"
		}
		radios.Items = append(radios.Items, govuk.Choice{Value: g.String(), Text: text})
	}
	return radios
}

func nameHint(v *TaskView) string {
	if v.Task.Asked.Consults() {
		return "For example, Sam Hill, head teacher"
	}
	return "For example, Dr Ann Lee, educational psychologist"
}

// TaskAsk shows, to whoever opens a link, that something is asked for, and no
// more: mail scanners open links too.
func (p *Pages) TaskAsk(w http.ResponseWriter, r *http.Request, v *TaskView) error {
	return show(w, r, http.StatusOK, taskAskPage(p.taskFrame(askedTitle(v.Task)), v))
}

func askedTitle(t *app.LinkTask) string {
	if t.Asked.Consults() {
		return "You are consulted"
	}
	return "You are asked for advice"
}

func taskTitle(t *app.LinkTask) string {
	if t.Asked.Consults() {
		return "Answer the consultation"
	}
	return "Send your advice"
}

// Task shows the task itself.
func (p *Pages) Task(w http.ResponseWriter, r *http.Request, status int, v *TaskView) error {
	f := p.taskFrame(taskTitle(v.Task))
	f.Errors = v.Errors
	return show(w, r, status, taskPage(f, v))
}

// TaskPlan shows a setting that is consulted the plan.
func (p *Pages) TaskPlan(w http.ResponseWriter, r *http.Request, f *app.PlanFile) error {
	return show(w, r, http.StatusOK, taskPlanPage(p.taskFrame("The plan"), f.Paper(p.Site.Area)))
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
