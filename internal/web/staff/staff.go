// Package staff is the pages for officers, advisers and managers. A page is
// three files with one name: due.go decides what it shows, due.templ how, and
// golden/ holds what comes out.
//
// Start reading at [Pages].
package staff

import (
	"context"
	"net/http"

	"weald/domain/access"
	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"

	"github.com/a-h/templ"
)

// Pages is every page of this face, and what they need.
type Pages struct {
	Casework  *app.Casework
	Documents *app.Documents
	Plans     *app.Plans
	Qualities *app.Quality

	// Print makes a PDF of a web page; nil: there is nothing here that prints.
	Print func(ctx context.Context, html string) ([]byte, error)

	Inspections *app.Inspections
	Figures     *app.Figures
	Measures    *app.Measures
	Different   *app.Differences
	Returns     *app.Returns
	Readiness   *app.Readiness
	Site        govuk.Site // what every page has in common; the person is filled in
	Sessions    Sessions

	Subjects   *app.Subjects
	Retentions *app.Retentions
	Sharings   privacy.Register   // who is given what, on what basis
	Safeguards privacy.Safeguards // how this service is set up

	Links *app.Links // nil: none can be sent

	Organisations *app.Organisations
	Families      *app.Families
	Audits        *app.Audits
	Accounts      *app.Accounts
	Deliveries    *app.Deliveries
	Asked         *app.Correspondence
}

// Sessions keep what a person is told on the next page that they see.
type Sessions = face.Sessions

// A Handler is a page.
type Handler = face.Handler

// The parts of the service, as the navigation lists them.
const (
	workPart     = "/work"
	casesPart    = "/cases"
	pipelinePart = "/pipeline"
	teamPart     = "/team"
	rulesPart    = "/rules"
	choicesPart  = "/choices"
	signInPart   = "/signin"
	boardPart    = "/board" // its pages are another face's
)

// Frame is the frame of a page that a person sees, for other faces too.
func (p *Pages) Frame(u access.User, title, part string) govuk.Page { return p.frame(u, title, part) }

// frame is the frame of a page that a person sees.
func (p *Pages) frame(u access.User, title, part string) govuk.Page {
	site := p.Site
	item := func(href, text string) {
		site.Navigation = append(site.Navigation, govuk.NavigationItem{Text: text, Href: href, Current: href == part})
	}
	if u.May(access.CaseSee) {
		item(workPart, "My work")
		if u.May(access.CaseRecord) {
			item(inboxPart, "Inbox")
		}
		item(casesPart, "Cases")
		item(pipelinePart, "Pipeline")
		item(advicePart, "Advice")
		item(reviewsPart, "Reviews")
		item(transfersPart, "Transfers")
		item(teamPart, "Team")
	}
	if !u.May(access.CaseSee) && u.May(access.OurSee) {
		item("/our/children", "Our children")
	}
	if !u.May(access.CaseSee) && u.May(access.QualityAudit) {
		item(qualityPart, "Quality of plans")
	}
	if !u.May(access.CaseSee) && u.May(access.CopyRead) {
		item(copiesPart, "Plans to read")
	}
	if u.May(access.ReturnBuild) && u.May(access.CaseSee) {
		item(mondayPart, "Monday")
	}
	if u.May(access.BoardSee) {
		item(boardPart, "Measures")
	}
	if u.May(access.ReturnLook) {
		item(returnsPart, "Returns")
	}
	item(rulesPart, "Rules")
	item(choicesPart, "Choices")
	if u.ID == "" {
		item(signInPart, "Sign in")
	} else {
		site.Person = govuk.Person{Name: u.Name, Role: u.Role.Label(), Href: "/you/capacity", SignOut: "/signout"}
	}
	return govuk.Page{Site: site, Title: title}
}

// show writes a page: whole, or not at all when making it fails.
func show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	return face.Show(w, r, status, page)
}

// UserOf returns the person signed in, or nobody.
func UserOf(ctx context.Context) access.User { return face.UserOf(ctx) }

// Problem shows that something went wrong or is not allowed.
func (p *Pages) Problem(w http.ResponseWriter, r *http.Request, status int, heading, body, reference string) error {
	return show(w, r, status, problemPage(p.frame(UserOf(r.Context()), heading, ""), heading, body, reference))
}
