package portal

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
	"weald/law"

	"github.com/a-h/templ"
)

// refused puts why the service refused a form beside a question, and reports
// whether it was such an error.
func refused(form *govuk.Form, name string, err error) bool {
	var no *law.Refusal
	if !errors.As(err, &no) {
		return false
	}
	form.Errors.Add(name, no.Error())
	return true
}

// People lists who belongs to the reader's organisation, for its administrators.
func (p *Pages) People(w http.ResponseWriter, r *http.Request) error {
	u := face.UserOf(r.Context())
	c, err := p.Organisations.Open(r.Context(), u, u.Org)
	if err != nil {
		return err
	}
	return face.Show(w, r, http.StatusOK, peoplePage(p.frame(r, "Our people", peoplePart), c, p.Sessions.Told(r)))
}

func person(id, page string) string {
	at := peoplePart + "/" + url.PathEscape(id)
	if page != "" {
		at += "/" + page
	}
	return at
}

// memberState says how a membership stands today.
func memberState(m *app.Membership, today calendar.Date) string {
	switch {
	case m.From > today:
		return "From " + m.From.Words()
	case !m.Until.IsZero():
		return "Until " + m.Until.Words()
	}
	return "No end set"
}

func peopleTable(c *app.Crew) govuk.Table {
	t := govuk.Table{Caption: "People", CaptionHidden: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Name"}, {Text: "What they do"}, {Text: "How long"}, {Text: "Children", Numeric: true}, {Text: "Change"}}}
	for i := range c.Now {
		m := &c.Now[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: memberName(m)}, {Content: memberRole(c, m)}, {Text: memberState(m, c.Today)}, {Text: strconv.Itoa(m.Children), Numeric: true}, {Content: memberActs(m)}})
	}
	return t
}

// coverName is for whom somebody stands in.
func coverName(c *app.Crew, m *app.Membership) string {
	for _, all := range [][]app.Membership{c.Now, c.Before} {
		for i := range all {
			if all[i].ID == m.CoverOf {
				return all[i].Name
			}
		}
	}
	return ""
}

// A personView is the form for somebody new, or a change.
type personView struct {
	govuk.Form
	Crew   *app.Crew
	Member *app.Membership // who is changed; nil: somebody new
	From   calendar.Date
}

// PersonNew asks who is to be let in.
func (p *Pages) PersonNew(w http.ResponseWriter, r *http.Request) error {
	return p.personNew(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) personNew(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := face.UserOf(r.Context())
	c, err := p.Organisations.Open(r.Context(), u, u.Org)
	if err != nil {
		return err
	}
	f := p.frame(r, "Let somebody in", peoplePart)
	f.Breadcrumbs, f.Errors = []govuk.Link{{Text: "Our people", Href: peoplePart}, {Text: "Let somebody in"}}, form.Errors
	return face.Show(w, r, status, personNewPage(f, &personView{Form: form, Crew: c, From: c.Today}))
}

func (v *personView) roles() govuk.Radios {
	q := govuk.Radios{Name: "role", Legend: "What do they do?"}
	for _, role := range v.Crew.Kind.Roles() {
		q.Items = append(q.Items, govuk.Choice{Value: string(role), Text: role.Label(), Hint: roleHint(role)})
	}
	if v.Member != nil {
		q.Value = string(v.Member.Role)
	}
	return q
}

// roleHint says what a role lets its people do, from the policy.
func roleHint(role access.Role) string {
	u := access.User{Role: role}
	hint := ""
	for _, rule := range access.Policy {
		if u.May(rule.Permission) {
			if hint != "" {
				hint += "; "
			}
			hint += rule.Words
		}
	}
	if hint == "" {
		return "Sees no child’s case"
	}
	return "May " + hint
}

func (v *personView) admin() govuk.Checkboxes {
	q := govuk.Checkboxes{Name: "admin", Legend: "Administrator", Items: []govuk.Choice{{Value: "yes", Text: "They may let people in here, change what they do and take them off the list"}}}
	if v.Member != nil && v.Member.Admin {
		q.Values = []string{"yes"}
	}
	return q
}

func (v *personView) covers() []govuk.Option {
	all := []govuk.Option{{Text: "Nobody: they belong here themselves"}}
	for _, m := range v.Crew.Now {
		all = append(all, govuk.Option{Value: m.ID, Text: m.Name})
	}
	return all
}

// PersonAdd lets somebody in, and writes to them.
func (p *Pages) PersonAdd(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := face.UserOf(r.Context())
	form := govuk.Form{Values: r.PostForm}
	m := app.NewMember{Name: form.Need("name", "Enter their name"), Email: form.Need("email", "Enter their email address"), CoverOf: form.Text("cover"), Admin: form.Text("admin") == "yes"}
	m.Role = access.Role(form.Need("role", "Choose what they do"))
	m.From = form.Date("from", "the first day")
	m.Until = form.OptionalDate("until", "the last day")
	if len(form.Errors) > 0 {
		return p.personNew(w, r, http.StatusUnprocessableEntity, form)
	}
	send, err := p.Organisations.Join(r.Context(), u, u.Org, m)
	if err != nil {
		if refused(&form, "name", err) {
			return p.personNew(w, r, http.StatusUnprocessableEntity, form)
		}
		return err
	}
	told := m.Name + " can sign in"
	if m.From > p.Own.Today() {
		told += " from " + m.From.Words()
	}
	if err := send(r.Context()); err != nil {
		told += ". The email to them could not be sent: please tell them yourself"
	}
	p.Sessions.Tell(r, told+".")
	http.Redirect(w, r, peoplePart, http.StatusSeeOther)
	return nil
}

// Person asks what is to change about somebody.
func (p *Pages) Person(w http.ResponseWriter, r *http.Request) error {
	return p.person(w, r, http.StatusOK, govuk.Form{}, personPage)
}

// A personForm is a page about one person.
type personForm func(govuk.Page, *personView) templ.Component

func (p *Pages) person(w http.ResponseWriter, r *http.Request, status int, form govuk.Form, page personForm) error {
	u := face.UserOf(r.Context())
	c, err := p.Organisations.Open(r.Context(), u, u.Org)
	if err != nil {
		return err
	}
	m := c.Member(r.PathValue("member"))
	if m == nil {
		return app.ErrNotFound
	}
	f := p.frame(r, m.Name, peoplePart)
	f.Breadcrumbs, f.Errors = []govuk.Link{{Text: "Our people", Href: peoplePart}, {Text: m.Name}}, form.Errors
	return face.Show(w, r, status, page(f, &personView{Form: form, Crew: c, Member: m}))
}

// PersonChange changes what somebody may do, and until when.
func (p *Pages) PersonChange(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := face.UserOf(r.Context())
	form := govuk.Form{Values: r.PostForm}
	role := access.Role(form.Need("role", "Choose what they do"))
	until := form.OptionalDate("until", "the last day")
	if len(form.Errors) == 0 {
		err := p.Organisations.Change(r.Context(), u, u.Org, r.PathValue("member"), role, form.Text("admin") == "yes", until)
		if err == nil {
			p.Sessions.Tell(r, "The change is kept.")
			http.Redirect(w, r, peoplePart, http.StatusSeeOther)
			return nil
		}
		if !refused(&form, "role", err) {
			return err
		}
	}
	return p.person(w, r, http.StatusUnprocessableEntity, form, personPage)
}

// PersonLeave asks who takes over from somebody who leaves.
func (p *Pages) PersonLeave(w http.ResponseWriter, r *http.Request) error {
	return p.person(w, r, http.StatusOK, govuk.Form{}, personLeavePage)
}

func (v *personView) heirs() govuk.Radios {
	q := govuk.Radios{Name: "to", Legend: "Who looks after " + counted(v.Member.Children, "child", "children") + " from now on?"}
	for _, m := range v.Crew.Now {
		if m.PersonID != v.Member.PersonID && m.InForce(v.Crew.Today) {
			q.Items = append(q.Items, govuk.Choice{Value: m.ID, Text: m.Name, Hint: m.Role.Label()})
		}
	}
	q.Items = append(q.Items, govuk.Choice{Value: nobodys, Text: "Nobody yet: put them on the shared list"})
	return q
}

// PersonLeft takes somebody off the list.
func (p *Pages) PersonLeft(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := face.UserOf(r.Context())
	form := govuk.Form{Values: r.PostForm}
	to := form.Need("to", "Choose who looks after their children")
	if len(form.Errors) == 0 {
		if to == nobodys {
			to = ""
		}
		n, err := p.Organisations.Leave(r.Context(), u, u.Org, r.PathValue("member"), to)
		if err == nil {
			p.Sessions.Tell(r, "They are off the list and signed out. "+counted(int(n), "child was", "children were")+" handed over.")
			http.Redirect(w, r, peoplePart, http.StatusSeeOther)
			return nil
		}
		if !refused(&form, "to", err) {
			return err
		}
	}
	return p.person(w, r, http.StatusUnprocessableEntity, form, personLeavePage)
}

// A capacityView is as what somebody may act.
type capacityView struct {
	All []app.Capacity
	Now string
}

// Capacity shows as what somebody may act, and lets them choose.
func (p *Pages) Capacity(w http.ResponseWriter, r *http.Request) error {
	v := &capacityView{}
	var err error
	if v.All, v.Now, err = p.Accounts.Capacities(r.Context(), face.UserOf(r.Context()), face.SignInOf(r.Context())); err != nil {
		return err
	}
	return face.Show(w, r, http.StatusOK, capacityPage(p.frame(r, "You", ""), v))
}

func (v *capacityView) choices() govuk.Radios {
	q := govuk.Radios{Name: "capacity", Legend: "As what do you act now?", Value: v.Now}
	for _, c := range v.All {
		text := c.Role.Label()
		if c.OrgName != "" {
			text += ", " + c.OrgName
		}
		q.Items = append(q.Items, govuk.Choice{Value: c.ID, Text: text})
	}
	return q
}

// CapacitySet keeps as what somebody acts, and takes them to their first page.
func (p *Pages) CapacitySet(w http.ResponseWriter, r *http.Request) error {
	if err := p.Accounts.ActAs(r.Context(), face.UserOf(r.Context()), face.SignInOf(r.Context()), r.PostFormValue("capacity")); errors.Is(err, app.ErrNotFound) {
		http.Redirect(w, r, capacityPart, http.StatusSeeOther)
		return nil
	} else if err != nil {
		return err
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}
