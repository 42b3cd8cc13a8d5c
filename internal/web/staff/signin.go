package staff

import (
	"net/http"
	"time"

	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// SignInAs is somebody that a demonstration can be seen as.
type SignInAs struct{ ID, Name, Role, Story string }

// A SignInView is the ways in that a service offers.
type SignInView struct {
	Work      string     // the provider's name with which people sign in with a work account
	LeaveWork bool       // they have signed out here, and perhaps not there
	Email     bool       // with a code sent by email
	Passkey   bool       // with a passkey, in browsers that can
	People    []SignInAs // of a demonstration
	Told      string
}

// ways reports whether there is any way in.
func (v *SignInView) ways() bool { return v.Work != "" || v.Email || len(v.People) > 0 }

// SignIn offers the ways in.
func (p *Pages) SignIn(w http.ResponseWriter, r *http.Request, v *SignInView) error {
	v.Told = p.Sessions.Told(r)
	return show(w, r, http.StatusOK, signInPage(p.frame(UserOf(r.Context()), "Sign in", signInPart), v))
}

// SignInEmail asks for the address to which a code is to be sent.
func (p *Pages) SignInEmail(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	f := p.frame(UserOf(r.Context()), "What is your email address?", signInPart)
	f.Errors, f.Breadcrumbs = form.Errors, []govuk.Link{{Text: "Sign in", Href: signInPart}, {Text: "Email address"}}
	return show(w, r, status, signInEmailPage(f, form, p.Sessions.Told(r)))
}

// SignInCode asks for the code that was sent to an address.
func (p *Pages) SignInCode(w http.ResponseWriter, r *http.Request, status int, email string, minutes int, form govuk.Form) error {
	f := p.frame(UserOf(r.Context()), "Check your email", signInPart)
	f.Errors, f.Breadcrumbs = form.Errors, []govuk.Link{{Text: "Sign in", Href: signInPart}, {Text: "Email address", Href: "/signin/email"}, {Text: "Code"}}
	return show(w, r, status, signInCodePage(f, email, number(minutes), form))
}

// SignInsPart is the page that says where somebody is signed in.
const SignInsPart = "/you/sign-ins"

// A SignInsView is where somebody is signed in, and was lately.
type SignInsView struct {
	Name     string // of the person, when another looks
	Action   string // where the forms are sent
	Here     string // the sign-in in which the page is shown
	Open     []SignInRow
	Finished []SignInRow // the latest
	Told     string
	Passkeys bool // there may be passkeys, which have their own page
}

// A SignInRow is one sign-in in words.
type SignInRow struct {
	ID, Device, Way   string
	Began, Seen, Ends string
}

// NewSignInsView says in words where somebody is signed in: Idle and whole are
// for how long they are without a page, and in all.
func NewSignInsView(all []app.SignIn, now time.Time, idle, whole time.Duration) *SignInsView {
	v := &SignInsView{}
	for i := range all {
		s := &all[i]
		row := SignInRow{ID: s.ID, Device: s.Device, Way: wayWords(s.Way), Began: momentWords(s.Began), Seen: momentWords(s.Seen)}
		if s.Ended.IsZero() && now.Sub(s.Seen) <= idle && now.Sub(s.Began) <= whole {
			v.Open = append(v.Open, row)
		} else if len(v.Finished) < 20 {
			v.Finished = append(v.Finished, row)
		}
	}
	return v
}

func wayWords(way string) string {
	switch way {
	case app.PersonaWay:
		return "as a person of the demonstration"
	case app.EmailWay:
		return "with a code sent by email"
	case app.PasskeyWay:
		return "with a passkey"
	default:
		return "with a work account"
	}
}

// momentWords writes a day and a time of day.
func momentWords(t time.Time) string {
	return t.In(app.London).Format("2 January 2006 at 3:04pm")
}

// SignIns shows where somebody is signed in.
func (p *Pages) SignIns(w http.ResponseWriter, r *http.Request, v *SignInsView) error {
	title := "Where you are signed in"
	if v.Name != "" {
		title = "Where " + v.Name + " is signed in"
	}
	v.Told, v.Here = p.Sessions.Told(r), face.SignInOf(r.Context())
	f := p.frame(UserOf(r.Context()), title, "")
	if v.Name != "" {
		f.Breadcrumbs = []govuk.Link{{Text: "Team", Href: teamPart}, {Text: title}}
	}
	return show(w, r, http.StatusOK, signInsPage(f, title, v))
}
