// Package portal is the pages for families, settings and services: what each sees
// of the children with whom they have to do, and who at an organisation may do
// what. They name children by keys of the reader's own, so that an address tells
// nobody anything.
//
// Start reading at [Pages].
package portal

import (
	"net/http"
	"strconv"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// Pages is every page of this face, and what they need.
type Pages struct {
	Own           *app.Own
	Organisations *app.Organisations
	Accounts      *app.Accounts
	Deliveries    *app.Deliveries
	Asked         *app.Correspondence
	Plans         *app.Plans
	Site          govuk.Site // what every page has in common; the person is filled in
	Sessions      face.Sessions
}

// The parts of the service, as the navigation lists them.
const (
	yourPart     = "/your"
	childrenPart = "/our/children"
	peoplePart   = "/our/people"
	capacityPart = "/you/capacity"
)

// Serves reports whether a person's pages are of this face.
func Serves(u access.User) bool { return Home(u) != "" }

// Home is the page on which a person's visit begins; "": it is not of this face.
func Home(u access.User) string {
	switch {
	case u.May(access.OwnSee):
		return yourPart
	case u.May(access.OurSee):
		return childrenPart
	case u.May(access.MemberManage):
		return peoplePart
	}
	return ""
}

// frame is the frame of a page that a person sees.
func (p *Pages) frame(r *http.Request, title, part string) govuk.Page {
	u := face.UserOf(r.Context())
	site := p.Site
	site.Service = "Special educational needs and disabilities"
	item := func(may bool, href, text string) {
		if may {
			site.Navigation = append(site.Navigation, govuk.NavigationItem{Text: text, Href: href, Current: href == part})
		}
	}
	item(u.May(access.OwnSee), yourPart, "Your page")
	item(u.May(access.OurSee), childrenPart, "Our children")
	item(u.May(access.MemberManage), peoplePart, "Our people")
	item(!Serves(u), "/", "Start")
	item(Serves(u) && u.May(access.QualityAudit), "/quality", "Quality of plans")
	item(Serves(u) && !u.May(access.QualityAudit) && u.May(access.CopyRead), "/quality/copies", "Plans to read")
	item(true, "/rules", "Rules")
	site.Person = govuk.Person{Name: u.Name, Role: u.Role.Label(), Href: capacityPart, SignOut: "/signout"}
	return govuk.Page{Site: site, Title: title}
}

// Problem shows that something went wrong or is not allowed.
func (p *Pages) Problem(w http.ResponseWriter, r *http.Request, status int, heading, body, reference string) error {
	return face.Show(w, r, status, problemPage(p.frame(r, heading, ""), heading, body, reference))
}

// counted writes a count and its noun: "1 child", "2 children".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s + " " + many
}
