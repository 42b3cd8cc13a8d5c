package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/board"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
	"weald/internal/web/portal"
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
	{access.User{ID: "lakshmi", Name: "Lakshmi Thapa"}, "Mother of Mia and Ava. She wants to know where things are."},
	{access.User{ID: "kwame", Name: "Kwame Boateng"}, "Young person, 18. He decides for himself."},
	{access.User{ID: "sue", Name: "Sue Fielding"}, "SENCO at Foxley Down Academy. She also says who there may do what."},
	{access.User{ID: "ravi", Name: "Ravi Menon"}, "Community paediatrician. He gives the advice that he is asked for."},
	{access.User{ID: "grace", Name: "Grace Adeyemi", Role: access.Board}, "Chair of the partnership board. She sees how the area does, and no child’s record."},
}

// Limits is for how long somebody stays signed in.
type Limits struct {
	Idle  time.Duration // without opening a page
	Whole time.Duration // in any case
}

// DefaultLimits are Weald's own choice, and no rule of law.
var DefaultLimits = Limits{Idle: time.Hour, Whole: 12 * time.Hour}

// notes keeps in a person's session what the next page tells them.
type notes struct{ sessions *scs.SessionManager }

func (n notes) Tell(r *http.Request, words string) { n.sessions.Put(r.Context(), "told", words) }
func (n notes) Told(r *http.Request) string        { return n.sessions.PopString(r.Context(), "told") }

// signedIn is what an address needs that is each person's own.
const signedIn access.Permission = "signed in"

// signInRoutes is the addresses at which people sign in and out.
func (s *Server) signInRoutes() []route {
	all := []route{
		{"GET /signin", "", s.signInPage},
		{"POST /signout", "", s.signOut},
		{"POST /signin/stay", signedIn, s.stay},
		{"GET /you/sign-ins", signedIn, s.signIns},
		{"POST /you/sign-ins", signedIn, s.signInsEnd},
		{"GET /team/{person}/sign-ins", access.AccountManage, s.signInsOf},
		{"POST /team/{person}/sign-ins", access.AccountManage, s.signInsOfEnd},
	}
	if s.provider != nil {
		all = append(all, s.providerRoutes()...)
	}
	if s.codes != nil {
		all = append(all, s.codeRoutes()...)
	}
	if s.passkeys != nil {
		all = append(all, s.passkeyRoutes()...)
	}
	if s.links != nil {
		all = append(all, s.linkRoutes()...)
	}
	if len(s.personas) > 0 {
		all = append(all, route{"POST /signin", "", s.signInAs})
	}
	return all
}

// start sends people to the page where their work begins.
func (s *Server) start(w http.ResponseWriter, r *http.Request) error {
	to := "/signin"
	switch u := staff.UserOf(r.Context()); {
	case portal.Serves(u):
		to = portal.Home(u)
	case u.ID != "" && u.Role == "":
		to = "/you/capacity"
	case u.Role == access.Officer:
		to = "/work"
	case u.May(access.CaseSee):
		to = "/cases"
	case u.May(access.BoardSee):
		to = board.Part
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// seenEvery is how often it is noted that a sign-in is in use.
const seenEvery = 5 * time.Minute

// identify puts the person signed in into the request's context. Who they are,
// and whether they may still come in, is asked of the record each time.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		id := s.sessions.GetString(ctx, signInWord)
		if id == "" {
			next.ServeHTTP(w, r)
			return
		}
		in, u, now, err := s.accounts.Current(ctx, id, s.limits.Whole)
		if err == nil && in.Way == app.PersonaWay {
			if u, err = s.persona(u.ID); err == nil && u.Role == "" {
				u, err = s.accounts.Acting(ctx, u, in.Capacity)
			}
		}
		if err != nil { // they are asked to sign in again, and anything else is logged
			if !errors.Is(err, app.ErrNotFound) {
				s.log.Error("a sign-in could not be read", "error", err)
			} else {
				s.sessions.Remove(ctx, signInWord)
			}
			next.ServeHTTP(w, r)
			return
		}
		if now.Sub(in.Seen) > seenEvery {
			if err := s.accounts.See(ctx, id); err != nil {
				s.log.Error("a sign-in's use could not be noted", "error", err)
			}
		}
		ctx = app.From(ctx, s.network(r))
		ctx = face.WithSignIn(face.WithUser(ctx, u), id)
		next.ServeHTTP(w, r.WithContext(govuk.WithEnding(ctx, s.limits.ending(in.Began, now))))
	})
}

// signInWord is where a session keeps which sign-in it is.
const signInWord = "signin"

// ending says when a sign-in will end.
func (l Limits) ending(began, now time.Time) govuk.Ending {
	whole := began.Add(l.Whole)
	idle := now.Add(l.Idle)
	if idle.After(whole) {
		idle = whole
	}
	clock := func(t time.Time) string { return t.In(app.London).Format("3:04pm") }
	in := func(t time.Time) string { return strconv.Itoa(int(t.Sub(now).Seconds())) }
	return govuk.Ending{Idle: clock(idle), Whole: clock(whole), Soon: whole.Sub(now) < 15*time.Minute, IdleIn: in(idle), WholeIn: in(whole), Stay: "/signin/stay", Href: staff.SignInsPart}
}

// persona returns somebody of the demonstration. Without one there is nobody.
func (s *Server) persona(id string) (access.User, error) {
	for _, p := range s.personas {
		if p.User.ID == id {
			return p.User, nil
		}
	}
	return access.User{}, app.ErrNotFound
}

func (s *Server) signInPage(w http.ResponseWriter, r *http.Request) error {
	v := &staff.SignInView{Email: s.codes != nil, Passkey: s.passkeys != nil}
	if s.provider != nil {
		v.Work = s.provider.Name
		v.LeaveWork = s.sessions.PopString(r.Context(), leftWord) == "out"
	}
	for _, p := range s.personas {
		v.People = append(v.People, staff.SignInAs{ID: p.User.ID, Name: p.User.Name, Role: personaRole(p.User), Story: p.Story})
	}
	return s.pages.SignIn(w, r, v)
}

// personaRole is what the list of personas calls one: those who are not the
// council's have their capacity from the record, and their story says it.
func personaRole(u access.User) string {
	if u.Role == "" {
		return ""
	}
	return u.Role.Label()
}

// signInAs signs somebody in as a persona. The address is there only in a
// demonstration.
func (s *Server) signInAs(w http.ResponseWriter, r *http.Request) error {
	u, err := s.persona(r.PostFormValue("as"))
	if err != nil {
		http.Redirect(w, r, "/signin", http.StatusSeeOther)
		return nil
	}
	return s.enter(w, r, u, app.PersonaWay)
}

// enter signs somebody in who has shown who they are, in a new session, and
// takes them to the page they had asked for.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, u access.User, way string) error {
	ctx := r.Context()
	then := s.sessions.PopString(ctx, "then")
	if s.keepOnly(ctx, u.ID) {
		then = "/" // it led to somebody else's form
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	if was := face.SignInOf(ctx); was != "" { // they were signed in here already
		if _, err := s.ended(ctx, staff.UserOf(ctx), staff.UserOf(ctx).ID, was, ""); err != nil {
			return err
		}
	}
	for _, word := range []string{askedWord, askedForWord} {
		s.sessions.Remove(ctx, word)
	}
	id, err := s.accounts.Begin(ctx, u, way, device(r.UserAgent()))
	if err != nil {
		return err
	}
	s.sessions.Put(ctx, signInWord, id)
	if !strings.HasPrefix(then, "/") || strings.HasPrefix(then, "//") {
		then = "/"
	}
	http.Redirect(w, r, then, http.StatusSeeOther)
	return nil
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if u := staff.UserOf(ctx); u.ID != "" {
		if _, err := s.ended(ctx, u, u.ID, face.SignInOf(ctx), ""); err != nil {
			return err
		}
	}
	left := s.sessions.GetString(ctx, leftWord)
	if err := s.sessions.Destroy(ctx); err != nil {
		return err
	}
	if left != "" {
		s.sessions.Put(ctx, leftWord, "out")
	}
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
	return nil
}

// ended ends sign-ins. That there were none any more is no error.
func (s *Server) ended(ctx context.Context, by access.User, person, id, but string) (int64, error) {
	n, err := s.accounts.End(ctx, by, person, id, but)
	if errors.Is(err, app.ErrNotFound) {
		return 0, nil
	}
	return n, err
}

// stay is asked by a page whose reader wants to stay signed in. That they asked
// is enough: a session is put off by each request.
func (s *Server) stay(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// signIns shows somebody where they are signed in.
func (s *Server) signIns(w http.ResponseWriter, r *http.Request) error {
	u := staff.UserOf(r.Context())
	return s.showSignIns(w, r, u.ID, "", staff.SignInsPart)
}

// signInsEnd signs somebody out where they say.
func (s *Server) signInsEnd(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	u, here := staff.UserOf(ctx), face.SignInOf(ctx)
	id, but := r.PostFormValue("id"), ""
	switch id {
	case "":
		http.Redirect(w, r, staff.SignInsPart, http.StatusSeeOther)
		return nil
	case "others":
		id, but = "", here
	case "all", here:
		if id == "all" {
			if _, err := s.ended(ctx, u, u.ID, "", ""); err != nil {
				return err
			}
		}
		return s.signOut(w, r)
	}
	n, err := s.ended(ctx, u, u.ID, id, but)
	if err != nil {
		return err
	}
	s.pages.Sessions.Tell(r, signedOutWords(n))
	http.Redirect(w, r, staff.SignInsPart, http.StatusSeeOther)
	return nil
}

// signInsOf shows where somebody else is signed in, to those who say who may.
func (s *Server) signInsOf(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.casework.Person(r.Context(), staff.UserOf(r.Context()), r.PathValue("person"))
	if err != nil || p.ID == "" {
		return app.ErrNotFound
	}
	return s.showSignIns(w, r, p.ID, p.Name, r.URL.Path)
}

func (s *Server) showSignIns(w http.ResponseWriter, r *http.Request, id, name, action string) error {
	all, now, err := s.accounts.SignIns(r.Context(), staff.UserOf(r.Context()), id)
	if err != nil {
		return err
	}
	v := staff.NewSignInsView(all, now, s.limits.Idle+seenEvery, s.limits.Whole)
	v.Name, v.Action = name, action
	v.Passkeys = s.passkeys != nil && name == ""
	return s.pages.SignIns(w, r, v)
}

// signInsOfEnd signs somebody else out.
func (s *Server) signInsOfEnd(w http.ResponseWriter, r *http.Request) error {
	u := staff.UserOf(r.Context())
	p, _, err := s.casework.Person(r.Context(), u, r.PathValue("person"))
	if err != nil || p.ID == "" {
		return app.ErrNotFound
	}
	id := r.PostFormValue("id")
	if id == "all" {
		id = ""
	} else if id == "" {
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
		return nil
	}
	n, err := s.ended(r.Context(), u, p.ID, id, "")
	if err != nil {
		return err
	}
	s.pages.Sessions.Tell(r, signedOutWords(n))
	http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	return nil
}

func signedOutWords(n int64) string {
	switch n {
	case 0:
		return "That had been signed out already"
	case 1:
		return "Signed out"
	default:
		return "Signed out in " + strconv.FormatInt(n, 10) + " places"
	}
}

// device says in words what a browser says that it is. It is for its owner's
// eyes: it proves nothing.
func device(agent string) string {
	named := func(pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if strings.Contains(agent, pairs[i]) {
				return pairs[i+1]
			}
		}
		return ""
	}
	browser := named("Edg", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox", "Firefox", "FxiOS", "Firefox", "Chrom", "Chrome", "CriOS", "Chrome", "Safari", "Safari")
	system := named("iPhone", "an iPhone", "iPad", "an iPad", "Android", "Android", "CrOS", "a Chromebook", "Windows", "Windows", "Mac OS X", "a Mac", "Linux", "Linux")
	switch {
	case browser == "" && system == "":
		return "A browser"
	case browser == "":
		return "A browser on " + system
	case system == "":
		return browser
	}
	return browser + " on " + system
}
