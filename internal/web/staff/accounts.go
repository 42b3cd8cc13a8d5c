package staff

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

const accountsPart = "/accounts"

// councilRoles are the roles that the council gives its own people.
var councilRoles = []access.Role{access.Officer, access.Manager, access.DataTeam, access.Inspector, access.Board}

// An accountsView is the accounts that a filter picks.
type accountsView struct {
	govuk.Form
	All, Rows []app.Signer
	Find      string
	Which     string
	Teams     []string
	Told      string
	Me        string
}

// AccountList lists who may sign in.
func (p *Pages) AccountList(w http.ResponseWriter, r *http.Request) error {
	return p.accounts(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) accounts(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	v := &accountsView{Form: form, Find: strings.TrimSpace(r.URL.Query().Get("find")), Which: r.URL.Query().Get("which"), Told: p.Sessions.Told(r), Me: u.ID}
	var err error
	if v.All, err = p.Accounts.All(r.Context(), u); err != nil {
		return err
	}
	loads, err := p.Casework.Team(r.Context(), u, "")
	if err != nil {
		return err
	}
	v.Teams = loads.Teams
	find := strings.ToLower(v.Find)
	for _, s := range v.All {
		council := s.Role != ""
		switch {
		case find != "" && !strings.Contains(strings.ToLower(s.Name+" "+s.Email), find):
		case v.Which == "council" && !council, v.Which == "others" && council, v.Which == "closed" && s.Open():
		default:
			v.Rows = append(v.Rows, s)
		}
	}
	f := p.frame(u, "Who may sign in", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Team", Href: teamPart}, {Text: "Who may sign in"}}
	f.Errors = form.Errors
	return show(w, r, status, accountsPage(f, v))
}

var accountKinds = []govuk.Option{{Text: "Everybody"}, {Value: "council", Text: "The council’s people"}, {Value: "others", Text: "Families and partners"}, {Value: "closed", Text: "Whose account is closed"}}

func accountLink(person, page string) string {
	return accountsPart + "/" + url.PathEscape(person) + "/" + page
}

// accountIs says as what somebody may act.
func accountIs(s *app.Signer) string {
	var words []string
	if s.Role != "" {
		words = append(words, access.Role(s.Role).Label()+teamSuffix(s.Team))
	}
	for _, c := range s.Capacities {
		if c.OrgName != "" {
			words = append(words, c.Role.Label()+" at "+c.OrgName)
		} else {
			words = append(words, c.Role.Label())
		}
	}
	if len(words) == 0 {
		return "Nothing now"
	}
	return strings.Join(words, "; ")
}

func (v *accountsView) table() govuk.Table {
	t := govuk.Table{Caption: "Accounts", CaptionHidden: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Name"}, {Text: "May act as"}, {Text: "Last signed in"}, {Text: "Change"}}}
	for i := range v.Rows {
		s := &v.Rows[i]
		seen := "Not lately"
		if s.Seen != "" {
			seen = whenWords(s.Seen)
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Content: accountWho(s)}, {Text: accountIs(s)}, {Text: seen}, {Content: accountActs(s, v.Me)}})
	}
	return t
}

func (v *accountsView) roles() []govuk.Option {
	all := []govuk.Option{{Text: "Choose"}}
	for _, role := range councilRoles {
		all = append(all, govuk.Option{Value: string(role), Text: role.Label()})
	}
	return all
}

func (v *accountsView) teams() []govuk.Option {
	all := []govuk.Option{{Text: "None"}}
	for _, name := range v.Teams {
		all = append(all, govuk.Option{Value: name, Text: name})
	}
	return all
}

// AccountAdd lets somebody in who works for the council.
func (p *Pages) AccountAdd(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	one := app.Person{ID: strings.ToLower(rand.Text()[:10]), Name: form.Need("name", "Enter their name"), Email: form.Need("email", "Enter their email address"), Team: form.Text("team")}
	for _, role := range councilRoles {
		if form.Text("role") == string(role) {
			one.Role = string(role)
		}
	}
	if one.Role == "" {
		form.Errors.Add("role", "Choose what they do")
	}
	if len(form.Errors) == 0 {
		err := p.Accounts.Add(r.Context(), UserOf(r.Context()), &one)
		if err == nil {
			p.Sessions.Tell(r, one.Name+" may sign in.")
			http.Redirect(w, r, accountsPart, http.StatusSeeOther)
			return nil
		}
		if !refusedForm(&form, "email", err) {
			return err
		}
	}
	return p.accounts(w, r, http.StatusUnprocessableEntity, form)
}

// AccountSet closes somebody's account, or opens it again.
func (p *Pages) AccountSet(w http.ResponseWriter, r *http.Request) error {
	u, person := UserOf(r.Context()), r.PathValue("person")
	var err error
	told := "The account is open again."
	switch r.PostFormValue("set") {
	case "close":
		told = "The account is closed, and they are signed out."
		if person == u.ID {
			form := govuk.Form{}
			form.Errors.Add("find", "You cannot close your own account. Another manager can.")
			return p.accounts(w, r, http.StatusUnprocessableEntity, form)
		}
		err = p.Accounts.Close(r.Context(), u, person)
	case "open":
		err = p.Accounts.Reopen(r.Context(), u, person)
	default:
		form := govuk.Form{}
		form.Errors.Add("find", "Press one of the buttons on this page")
		return p.accounts(w, r, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		return err
	}
	p.Sessions.Tell(r, told)
	http.Redirect(w, r, accountsPart, http.StatusSeeOther)
	return nil
}
