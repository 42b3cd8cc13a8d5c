package staff

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
	"weald/law"
)

const actionsPart = qualityPart + "/actions"

func actionLink(id string) string { return actionsPart + "/" + id }

// QualityActions lists what is to be done about what audits found.
func (p *Pages) QualityActions(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	l, err := p.Qualities.Actions(r.Context(), u, readActionFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, actionsPage(p.qualityFrame(u, "Actions"), l, p.Sessions.Told(r)))
}

// QualityActionsFile gives the actions that are listed as a spreadsheet.
func (p *Pages) QualityActionsFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		rows, err := p.Qualities.ActionsOut(r.Context(), UserOf(r.Context()), readActionFilter(r.URL.Query()), string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "actions after audits "+p.Casework.Today().String(), actionColumns, len(rows), func(i int) []any {
			a := &rows[i]
			return []any{a.Surname, a.Forename, aboutQuestion(a), a.Line, a.What, a.Owner, a.Team, a.Due, a.DoneOn, a.Done}
		})
	}
}

var actionColumns = []sheet.Column{
	{Title: "Surname", Width: 18}, {Title: "Forename", Width: 16}, {Title: "About", Width: 40}, {Title: "Line"}, {Title: "What is to be done", Width: 50},
	{Title: "By whom", Width: 20}, {Title: "Team", Width: 14}, {Title: "Due", Width: 11}, {Title: "Done", Width: 11}, {Title: "What was done", Width: 40},
}

func readActionFilter(q url.Values) app.ActionFilter {
	f := app.ActionFilter{State: q.Get("state"), Owner: q.Get("owner"), Team: q.Get("team")}
	f.Page, _ = strconv.Atoi(q.Get("page"))
	return f
}

func actionsLink(f app.ActionFilter) string {
	page := ""
	if f.Page > 1 {
		page = strconv.Itoa(f.Page)
	}
	return address(actionsPart, "state", f.State, "owner", f.Owner, "team", f.Team, "page", page)
}

func actionStates() (all []govuk.Option) {
	for _, s := range app.ActionStates {
		all = append(all, govuk.Option{Value: s[0], Text: s[1]})
	}
	return all
}

func aboutQuestion(a *app.QualityAction) string {
	if q := quality.Numbered(a.Question); q != nil {
		return strconv.Itoa(q.Number) + ". " + q.Words
	}
	return "The plan as a whole"
}

func actionTable(l *app.ActionList) govuk.Table {
	t := govuk.Table{Caption: "Actions", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("What is to be done", "Child", "By whom", "Due")}
	for i := range l.Rows {
		a := &l.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{
			{Content: govuk.Write(func(w *govuk.Writer) {
				w.Link(actionLink(a.ID), a.What)
				small(w, aboutQuestion(a))
			})},
			{Text: a.Forename + " " + a.Surname}, {Text: a.Owner}, {Content: actionDue(l.Today, a)},
		})
	}
	return t
}

// An actionView is one action with the form on which it is done.
type actionView struct {
	govuk.Form
	app.QualityAction
	Today calendar.Date
	Does  bool
}

func (p *Pages) actionView(r *http.Request) (*actionView, error) {
	u := UserOf(r.Context())
	l, err := p.Qualities.ActionsOpen(r.Context(), u, r.PathValue("action"))
	if err != nil {
		return nil, err
	}
	return &actionView{QualityAction: *l, Today: p.Casework.Today(), Does: u.May(access.QualityAudit) && l.DoneOn.IsZero()}, nil
}

func (p *Pages) showAction(w http.ResponseWriter, r *http.Request, status int, v *actionView) error {
	f := p.qualityFrame(UserOf(r.Context()), "Action", govuk.Link{Text: "Actions", Href: actionsPart})
	f.Errors = v.Errors
	return show(w, r, status, actionPage(f, v))
}

// QualityActionOpen shows an action.
func (p *Pages) QualityActionOpen(w http.ResponseWriter, r *http.Request) error {
	v, err := p.actionView(r)
	if err != nil {
		return err
	}
	return p.showAction(w, r, http.StatusOK, v)
}

// QualityActionDone says that an action was done.
func (p *Pages) QualityActionDone(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.actionView(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	on := v.Date("on", "the day on which it was done")
	done := v.Need("done", "Enter what was done")
	if v.Errors.Err() == nil {
		err := p.Qualities.ActionDone(r.Context(), UserOf(r.Context()), v.ID, on, done)
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, "The action is done. Audit the plan again to see whether it helped.")
			http.Redirect(w, r, qualityLink(v.Audit), http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add("done", no.Error())
	}
	return p.showAction(w, r, http.StatusUnprocessableEntity, v)
}
