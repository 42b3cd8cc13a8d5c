package staff

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const (
	auditPart   = "/audit"
	unusualPart = "/audit/unusual"
)

// An auditView is the audit entries that a filter picks.
type auditView struct {
	govuk.Form
	Filter app.AuditFilter
	Rows   []app.AuditRow
	Page   int
	More   bool

	Checked string // when the audit last checked itself
}

// readAuditFilter reads which entries are asked for.
func readAuditFilter(form *govuk.Form) app.AuditFilter {
	f := app.AuditFilter{Who: form.Text("who"), About: form.Text("about"), Words: form.Text("words")}
	f.From, f.Until = form.OptionalDate("from", "the first day"), form.OptionalDate("until", "the last day")
	if !f.Until.IsZero() && f.Until < f.From {
		form.Errors.AddDate("until", "The last day must not be before the first")
	}
	return f
}

// AuditPage lists who did and saw what.
func (p *Pages) AuditPage(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	v := &auditView{Form: govuk.Form{Values: r.URL.Query()}, Page: 1}
	v.Filter = readAuditFilter(&v.Form)
	if n, err := strconv.Atoi(v.Form.Text("page")); err == nil && n > 0 && n < 100_000 {
		v.Page = n
	}
	var err error
	if v.Checked, err = p.Audits.Checked(r.Context(), u); err != nil {
		return err
	}
	status := http.StatusOK
	if len(v.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	} else {
		if v.Rows, v.More, err = p.Audits.Search(r.Context(), u, v.Filter, v.Page); err != nil {
			return err
		}
	}
	f := p.frame(u, "Who did and saw what", "")
	f.Errors = v.Errors
	return show(w, r, status, auditPage(f, v))
}

// link is the address of another page of the same search, or of it as a file.
func (v *auditView) link(at string, page int) string {
	q := url.Values{}
	for name, values := range v.Values {
		if len(values) > 0 && values[0] != "" && name != "page" {
			q.Set(name, values[0])
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return at
	}
	return at + "?" + q.Encode()
}

// asked reports whether the search asks for more than everything.
func (v *auditView) asked() bool { return v.Filter != (app.AuditFilter{}) }

// whenWords writes an instant as people in England read it.
func whenWords(at string) string {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return at
	}
	t = t.In(app.London)
	return calendar.On(t.Date()).Words() + t.Format(", 15:04")
}

var auditHead = []govuk.Heading{{Text: "When"}, {Text: "Who"}, {Text: "What"}, {Text: "About whom"}, {Text: "From where"}}

func (v *auditView) table() govuk.Table {
	t := govuk.Table{Caption: "Who did what, and when", CaptionHidden: true, Scroll: true, SmallText: true, Head: auditHead}
	for i := range v.Rows {
		e := &v.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Text: whenWords(e.At)}, {Content: auditWho(e)}, {Content: auditWhat(e)}, {Content: auditWhom(e)}, {Text: e.Place}})
	}
	return t
}

var auditColumns = []sheet.Column{{Title: "When", Width: 22}, {Title: "Who", Width: 26}, {Title: "As what", Width: 24}, {Title: "What", Width: 34}, {Title: "More", Width: 40}, {Title: "About whom", Width: 28}, {Title: "From where", Width: 18}}

// AuditFile gives the entries that a search finds as a spreadsheet.
func (p *Pages) AuditFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		form := govuk.Form{Values: r.URL.Query()}
		f := readAuditFilter(&form)
		if len(form.Errors) > 0 {
			http.Redirect(w, r, auditPart+"?"+r.URL.RawQuery, http.StatusSeeOther)
			return nil
		}
		rows, err := p.Audits.Out(r.Context(), UserOf(r.Context()), f, string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "audit "+p.Casework.Today().String(), auditColumns, len(rows), func(i int) []any {
			e := &rows[i]
			return []any{whenWords(e.At), e.By, roleWords(e.Role), e.Act, e.Detail, e.ChildName, e.Place}
		})
	}
}

func roleWords(r access.Role) string {
	if r == "" {
		return ""
	}
	return r.Label()
}

// An unusualView is access that somebody should look at.
type unusualView struct {
	govuk.Form
	All   []app.Raised
	Rules [][2]string
	Open  int
	Told  string
	Me    string
	Asked string // the one whose form was sent with a mistake
}

// UnusualAccess lists access that looks out of the way.
func (p *Pages) UnusualAccess(w http.ResponseWriter, r *http.Request) error {
	return p.unusual(w, r, http.StatusOK, govuk.Form{}, "")
}

func (p *Pages) unusual(w http.ResponseWriter, r *http.Request, status int, form govuk.Form, asked string) error {
	u := UserOf(r.Context())
	v := &unusualView{Form: form, Rules: p.Audits.Unusual.OddityWords(), Told: p.Sessions.Told(r), Me: u.ID, Asked: asked}
	var err error
	if v.All, err = p.Audits.Raise(r.Context(), u); err != nil {
		return err
	}
	for i := range v.All {
		if v.All[i].Settled == nil {
			v.Open++
		}
	}
	f := p.frame(u, "Unusual access", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Who did and saw what", Href: auditPart}, {Text: "Unusual access"}}
	f.Errors = form.Errors
	return show(w, r, status, unusualPage(f, v))
}

// formID names the questions of one of the forms on the page.
func formID(o *app.Raised, question string) string {
	return question + "-" + o.Rule + "-" + o.Person + "-" + o.Matter()
}

func (v *unusualView) outcome(o *app.Raised) govuk.Radios {
	q := govuk.Radios{Name: formID(o, "outcome"), Legend: "What was it?", Small: true}
	for _, words := range app.Outcomes {
		q.Items = append(q.Items, govuk.Choice{Value: words, Text: words})
	}
	return q
}

// UnusualSettle keeps what somebody says of access that looked out of the way.
func (p *Pages) UnusualSettle(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	o := app.Raised{Oddity: access.Oddity{Rule: form.Text("rule"), Person: form.Text("person")}}
	matter := form.Text("matter")
	id := "-" + o.Rule + "-" + o.Person + "-" + matter
	outcome, why := form.Need("outcome"+id, "Choose what it was"), form.Need("why"+id, "Enter why")
	if len(form.Errors) == 0 {
		err := p.Audits.Settle(r.Context(), UserOf(r.Context()), o.Rule, o.Person, matter, outcome, why)
		if err == nil {
			p.Sessions.Tell(r, "It is kept what it was.")
			http.Redirect(w, r, unusualPart, http.StatusSeeOther)
			return nil
		}
		if !refusedForm(&form, "why"+id, err) {
			return err
		}
	}
	return p.unusual(w, r, http.StatusUnprocessableEntity, form, id)
}
