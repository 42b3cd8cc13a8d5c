package staff

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

const organisationsPart = "/organisations"

func organisationLink(id string) string { return organisationsPart + "/" + url.PathEscape(id) }

// refusedForm puts why the service refused a form beside a question, and reports
// whether it was such an error.
func refusedForm(form *govuk.Form, name string, err error) bool {
	var no *law.Refusal
	if !errors.As(err, &no) {
		return false
	}
	form.Errors.Add(name, no.Error())
	return true
}

// An organisationsView is the organisations that a filter picks.
type organisationsView struct {
	All, Rows []app.Crew
	Kind      access.Kind
	Find      string
	Without   int // that have no administrator
	Told      string
}

// OrganisationList lists the organisations whose people use the service.
func (p *Pages) OrganisationList(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	v := &organisationsView{Kind: access.Kind(r.URL.Query().Get("kind")), Find: strings.TrimSpace(r.URL.Query().Get("find")), Told: p.Sessions.Told(r)}
	var err error
	if v.All, err = p.Organisations.All(r.Context(), u); err != nil {
		return err
	}
	for _, c := range v.All {
		if c.Administrators() == 0 {
			v.Without++
		}
		if (v.Kind == "" || c.Kind == v.Kind) && strings.Contains(strings.ToLower(c.Name), strings.ToLower(v.Find)) {
			v.Rows = append(v.Rows, c)
		}
	}
	return show(w, r, http.StatusOK, organisationsPage(p.frame(u, "Organisations", ""), v))
}

func organisationTable(v *organisationsView) govuk.Table {
	t := govuk.Table{Caption: "Organisations", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Name"}, {Text: "Kind"}, {Text: "People", Numeric: true}, {Text: "Administrators", Numeric: true}}}
	for i := range v.Rows {
		c := &v.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: organisationName(c)}, {Text: c.Kind.Words()}, {Text: number(len(c.Now)), Numeric: true}, {Content: organisationAdministrators(c), Numeric: true}})
	}
	return t
}

func kindOptions(first string) []govuk.Option {
	all := []govuk.Option{{Text: first}}
	for _, k := range access.Kinds {
		all = append(all, govuk.Option{Value: string(k.Kind), Text: k.Words})
	}
	return all
}

// roleOptions offers the roles of one kind of organisation, or of all.
func roleOptions(kind access.Kind) []govuk.Option {
	all := []govuk.Option{{Text: "Choose"}}
	seen := map[access.Role]bool{}
	for _, k := range access.Kinds {
		for _, role := range k.Roles {
			if (kind == "" || k.Kind == kind) && !seen[role] {
				seen[role] = true
				all = append(all, govuk.Option{Value: string(role), Text: role.Label()})
			}
		}
	}
	return all
}

// OrganisationNew asks for an organisation and its first administrator.
func (p *Pages) OrganisationNew(w http.ResponseWriter, r *http.Request) error {
	return p.organisationNew(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) organisationNew(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	f := p.frame(UserOf(r.Context()), "Enter an organisation", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Organisations", Href: organisationsPart}, {Text: "Enter one"}}
	f.Errors = form.Errors
	return show(w, r, status, organisationNewPage(f, form))
}

// OrganisationEnter enters an organisation, and writes to its first administrator.
func (p *Pages) OrganisationEnter(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := UserOf(r.Context())
	form := govuk.Form{Values: r.PostForm}
	o := app.Organisation{Kind: access.Kind(form.Need("kind", "Choose what kind of organisation it is")), Mailbox: form.Text("mailbox"), Body: form.Text("body")}
	if o.Kind == access.Setting {
		typed := form.Need("name", "Enter the setting’s name, or its number in the register")
		found, _, err := p.Casework.SettingsNamed(r.Context(), u, typed, "")
		switch {
		case err != nil:
			return err
		case typed != "" && len(found) == 0:
			form.Errors.Add("name", "No setting is called that. Enter its name as the register has it, or its number there")
		case len(found) > 1:
			var names []string
			for _, one := range found[:min(3, len(found))] {
				names = append(names, one.Label)
			}
			form.Errors.Add("name", "More than one setting may be meant. Enter the whole name: "+strings.Join(names, "; "))
		case len(found) == 1:
			o.Setting = found[0].Value
			o.Name, _, _ = strings.Cut(found[0].Label, ", ")
		}
	} else {
		o.Name = form.Need("name", "Enter the organisation’s name")
	}
	first := administratorOf(&form)
	if len(form.Errors) > 0 {
		return p.organisationNew(w, r, http.StatusUnprocessableEntity, form)
	}
	send, err := p.Organisations.Enter(r.Context(), u, &o, first)
	if err != nil {
		if refusedForm(&form, "name", err) {
			return p.organisationNew(w, r, http.StatusUnprocessableEntity, form)
		}
		return err
	}
	p.Sessions.Tell(r, o.Name+" is entered. "+welcomed(r, first.Name, send))
	http.Redirect(w, r, organisationLink(o.ID), http.StatusSeeOther)
	return nil
}

// administratorOf reads who is to look after an organisation.
func administratorOf(form *govuk.Form) app.NewMember {
	m := app.NewMember{Name: form.Need("person", "Enter the administrator’s name"), Email: form.Need("email", "Enter the administrator’s email address"), Admin: true}
	m.Role = access.Role(form.Need("role", "Choose what the administrator does there"))
	m.Until = form.OptionalDate("until", "the last day")
	return m
}

// welcomed writes to somebody newly let in, and says whether it could be sent.
func welcomed(r *http.Request, name string, send func(context.Context) error) string {
	if err := send(r.Context()); err != nil {
		return "The email to " + name + " could not be sent: please tell them that they can sign in."
	}
	return name + " can sign in, and was written to."
}

// Organisation shows one organisation and its people, and lets the council say
// who looks after it when nobody there can.
func (p *Pages) Organisation(w http.ResponseWriter, r *http.Request) error {
	return p.organisation(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) organisation(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	c, err := p.Organisations.Open(r.Context(), u, r.PathValue("org"))
	if err != nil {
		return err
	}
	f := p.frame(u, c.Name, "")
	f.Breadcrumbs = []govuk.Link{{Text: "Organisations", Href: organisationsPart}, {Text: c.Name}}
	f.Errors = form.Errors
	return show(w, r, status, organisationPage(f, c, form, p.Sessions.Told(r)))
}

func organisationPeople(c *app.Crew) govuk.Table {
	t := govuk.Table{Caption: "People", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Name"}, {Text: "What they do"}, {Text: "Administrator"}, {Text: "From"}, {Text: "Until"}}}
	for i := range c.Now {
		m := &c.Now[i]
		admin, until := "", "–"
		if m.Admin {
			admin = "Yes"
		}
		if !m.Until.IsZero() {
			until = m.Until.Words()
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: m.Name}, {Text: m.Role.Label()}, {Text: admin}, {Text: m.From.Words()}, {Text: until}})
	}
	return t
}

// OrganisationAdministrator lets another administrator in.
func (p *Pages) OrganisationAdministrator(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := UserOf(r.Context())
	form := govuk.Form{Values: r.PostForm}
	m := administratorOf(&form)
	m.From = p.Casework.Today()
	if len(form.Errors) > 0 {
		return p.organisation(w, r, http.StatusUnprocessableEntity, form)
	}
	send, err := p.Organisations.Join(r.Context(), u, r.PathValue("org"), m)
	if err != nil {
		if refusedForm(&form, "person", err) {
			return p.organisation(w, r, http.StatusUnprocessableEntity, form)
		}
		return err
	}
	p.Sessions.Tell(r, welcomed(r, m.Name, send))
	http.Redirect(w, r, organisationLink(r.PathValue("org")), http.StatusSeeOther)
	return nil
}
