// Package staff is the pages for officers, advisers and managers. A page is
// three files with one name: due.go decides what it shows, due.templ how, and
// golden/ holds what comes out.
//
// Start reading at [Pages].
package staff

import (
	"net/http"

	"weald/domain/access"
	"weald/internal/app"

	"github.com/a-h/templ"
)

// Pages is every page of this face, and what they need.
type Pages struct {
	Casework *app.Casework
	Frame    Frame // what every page shares; pages fill in the rest
}

// A Frame is what stands around a page.
type Frame struct {
	Area          string // the local area's name
	CSS, JS, Icon string // addresses
	Phase         string // "demo" shows that the people are invented
	Title         string
	Active        string // which item of the navigation is this page's
	Wide          bool   // for dense tables
	User          access.User
}

// A Handler is a page: what it returns as an error is turned into a page in one
// place.
type Handler func(http.ResponseWriter, *http.Request) error

// framed returns the frame for a page that a request asked for.
func (p *Pages) framed(r *http.Request, title, active string) Frame {
	f := p.Frame
	f.Title, f.Active, f.User = title, active, UserOf(r.Context())
	return f
}

// show writes a page.
func show(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	return page.Render(r.Context(), w)
}
