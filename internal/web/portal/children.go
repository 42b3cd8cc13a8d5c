package portal

import (
	"net/http"
	"net/url"
	"strings"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// A childrenView is the children with whom the reader's organisation has to do.
type childrenView struct {
	All    []app.OwnChild
	Rows   []app.OwnChild // that the filter picks
	Find   string         // part of a name
	Whose  string         // whom somebody looks after; "nobody": the shared list; "": everybody
	Me     string
	People []app.Membership
	Late   int
	Shared int
	Told   string
}

// nobodys picks those whom nobody at the organisation looks after.
const nobodys = "nobody"

// Children lists the children with whom the reader's organisation has to do.
func (p *Pages) Children(w http.ResponseWriter, r *http.Request) error {
	u := face.UserOf(r.Context())
	v := &childrenView{Find: strings.TrimSpace(r.URL.Query().Get("find")), Whose: r.URL.Query().Get("whose"), Me: u.ID, Told: p.Sessions.Told(r)}
	var err error
	if v.All, err = p.Own.Children(r.Context(), u, access.OurSee); err != nil {
		return err
	}
	if v.People, err = p.Own.Colleagues(r.Context(), u); err != nil {
		return err
	}
	for _, c := range v.All {
		if c.WhoID == "" {
			v.Shared++
		}
		if c.Late > 0 {
			v.Late++
		}
		switch {
		case v.Find != "" && !strings.Contains(strings.ToLower(c.Name), strings.ToLower(v.Find)):
		case v.Whose == nobodys && c.WhoID != "":
		case v.Whose != "" && v.Whose != nobodys && c.WhoID != v.member(v.Whose):
		default:
			v.Rows = append(v.Rows, c)
		}
	}
	return face.Show(w, r, http.StatusOK, childrenPage(p.frame(r, "Our children", childrenPart), v))
}

// member returns whose a membership is, or what nobody has.
func (v *childrenView) member(id string) string {
	for _, m := range v.People {
		if m.ID == id {
			return m.PersonID
		}
	}
	return "\x00"
}

func (v *childrenView) whoOptions() []govuk.Option {
	all := []govuk.Option{{Text: "Everybody"}, {Value: nobodys, Text: "Nobody yet"}}
	for _, m := range v.People {
		all = append(all, govuk.Option{Value: m.ID, Text: m.Name})
	}
	return all
}

func (v *childrenView) table() govuk.Table {
	t := govuk.Table{Caption: "Our children", CaptionHidden: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Name"}, {Text: "Where the case is"}, {Text: "What is next"}, {Text: "Who looks after it here"}}}
	for i := range v.Rows {
		c := &v.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: ourChildLink(c)}, {Text: c.Stage.Label()}, {Content: ourChildNext(c)}, {Content: ourChildWho(c)}})
	}
	return t
}

func ourChild(key, page string) string {
	if page == "" {
		return childrenPart + "/" + url.PathEscape(key)
	}
	return childrenPart + "/" + url.PathEscape(key) + "/" + page
}

// Child shows an organisation's people one child's case.
func (p *Pages) Child(w http.ResponseWriter, r *http.Request) error {
	file, err := p.Own.Open(r.Context(), face.UserOf(r.Context()), access.OurSee, r.PathValue("key"))
	if err != nil {
		return err
	}
	f := p.frame(r, file.Name, childrenPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Our children", Href: childrenPart}, {Text: file.Name}}
	return face.Show(w, r, http.StatusOK, ourChildPage(f, viewOf(file), p.Sessions.Told(r)))
}

// A whoView is the form on which it is chosen who looks after a child.
type whoView struct {
	govuk.Form
	Child  *app.OwnFile
	People []app.Membership
}

// Who asks who at the organisation looks after a child.
func (p *Pages) Who(w http.ResponseWriter, r *http.Request) error {
	return p.who(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) who(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := face.UserOf(r.Context())
	v := &whoView{Form: form}
	var err error
	if v.Child, err = p.Own.Open(r.Context(), u, access.OurSee, r.PathValue("key")); err != nil {
		return err
	}
	if v.People, err = p.Own.Colleagues(r.Context(), u); err != nil {
		return err
	}
	f := p.frame(r, "Who looks after "+v.Child.Name, childrenPart)
	f.Breadcrumbs, f.Errors = []govuk.Link{{Text: "Our children", Href: childrenPart}, {Text: v.Child.Name, Href: ourChild(v.Child.Key, "")}, {Text: "Who looks after it"}}, form.Errors
	return face.Show(w, r, status, whoPage(f, v))
}

func (v *whoView) choices() govuk.Radios {
	q := govuk.Radios{Name: "who", Legend: "Who looks after " + v.Child.Name + " here?", Size: govuk.Large, Heading: true, Hint: "Everybody here who may see children can still see the case. This says who answers for it.", Value: nobodys}
	for _, m := range v.People {
		q.Items = append(q.Items, govuk.Choice{Value: m.ID, Text: m.Name, Hint: m.Role.Label()})
		if m.PersonID == v.Child.WhoID {
			q.Value = m.ID
		}
	}
	q.Items = append(q.Items, govuk.Choice{Value: nobodys, Text: "Nobody yet: keep it on the shared list"})
	return q
}

// WhoSet keeps who at the organisation looks after a child.
func (p *Pages) WhoSet(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	who := form.Need("who", "Choose who looks after the case")
	if len(form.Errors) > 0 {
		return p.who(w, r, http.StatusUnprocessableEntity, form)
	}
	if who == nobodys {
		who = ""
	}
	key := r.PathValue("key")
	if err := p.Own.Allocate(r.Context(), face.UserOf(r.Context()), key, who); err != nil {
		if refused(&form, "who", err) {
			return p.who(w, r, http.StatusUnprocessableEntity, form)
		}
		return err
	}
	p.Sessions.Tell(r, "It is kept who looks after the case here.")
	face.SeeOther(w, ourChild(key, ""))
	return nil
}
