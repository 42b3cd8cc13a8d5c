package web

import (
	"net/http"
	"strings"

	"weald/domain/access"
	"weald/internal/web/staff"

	"github.com/alexedwards/scs/v2"
)

// A Persona is somebody that a demonstration can be seen as.
type Persona struct {
	User  access.User
	Story string // who they are, in a sentence
}

// Personas are the people of the pretend local area.
var Personas = []Persona{
	{access.User{ID: "amina", Name: "Amina Yusuf", Role: access.Officer, Team: "East"}, "EHC coordinator in the East team. She starts each morning with what is due."},
	{access.User{ID: "tom", Name: "Tom Okafor", Role: access.Manager}, "SEND team manager. He looks for what is late, and who needs help."},
	{access.User{ID: "priya", Name: "Priya Shah", Role: access.DataTeam}, "Data officer. She loads and checks the statutory return."},
	{access.User{ID: "jane", Name: "Jane Reid", Role: access.Inspector}, "Inspector. She reads cases and changes nothing."},
}

// notes keeps in a person's session what the next page tells them.
type notes struct{ sessions *scs.SessionManager }

func (n notes) Tell(r *http.Request, words string) { n.sessions.Put(r.Context(), "told", words) }
func (n notes) Told(r *http.Request) string        { return n.sessions.PopString(r.Context(), "told") }

// start sends people to the page where their work begins.
func (s *Server) start(w http.ResponseWriter, r *http.Request) error {
	to := "/signin"
	switch u := staff.UserOf(r.Context()); {
	case u.Role == access.Officer:
		to = "/work"
	case u.May(access.CaseSee):
		to = "/cases"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (s *Server) signInPage(w http.ResponseWriter, r *http.Request) error {
	list := make([]staff.SignInAs, len(s.personas))
	for i, p := range s.personas {
		list[i] = staff.SignInAs{ID: p.User.ID, Name: p.User.Name, Role: p.User.Role.Label(), Story: p.Story}
	}
	return s.pages.SignIn(w, r, list)
}

// signIn signs somebody in as a persona, in a new session, and takes them to the
// page they had asked for.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	id := r.PostFormValue("as")
	for _, p := range s.personas {
		if p.User.ID != id {
			continue
		}
		then := s.sessions.PopString(r.Context(), "then")
		if s.keepOnly(r.Context(), id) {
			then = "/" // it led to somebody else's form
		}
		if err := s.sessions.RenewToken(r.Context()); err != nil {
			return err
		}
		s.sessions.Put(r.Context(), "user", id)
		if err := s.remember(w, r, id); err != nil {
			return err
		}
		if !strings.HasPrefix(then, "/") || strings.HasPrefix(then, "//") {
			then = "/"
		}
		http.Redirect(w, r, then, http.StatusSeeOther)
		return nil
	}
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
	return nil
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
	return nil
}
