package web

import (
	"context"
	"errors"
	"net/http"
	"net/mail"
	"strings"

	"weald/internal/app"
	"weald/internal/web/govuk"
)

func (s *Server) codeRoutes() []route {
	return []route{
		{"GET /signin/email", "", s.emailPage},
		{"POST /signin/email", "", s.emailSend},
		{"GET /signin/code", "", s.codePage},
		{"POST /signin/code", "", s.codeTry},
	}
}

// What a session keeps while a code is on its way to its person.
const (
	askedWord    = "asked"     // shows that this browser asked
	askedForWord = "asked for" // the address as it was typed
)

func (s *Server) emailPage(w http.ResponseWriter, r *http.Request) error {
	return s.pages.SignInEmail(w, r, http.StatusOK, govuk.Form{})
}

// longestAddress is how long an email address may be: RFC 5321 allows a path of
// 256 characters, its two brackets included.
const longestAddress = 254

// emailSend has a code sent. The answer is the same whether or not anybody has
// the address.
func (s *Server) emailSend(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	email := strings.TrimSpace(form.Need("email", "Enter your email address"))
	if one, err := mail.ParseAddress(email); email != "" && (err != nil || one.Address != email || len(email) > longestAddress) {
		form.Errors.Add("email", "Enter an email address like name@example.com")
	}
	if len(form.Errors) > 0 {
		return s.pages.SignInEmail(w, r, http.StatusUnprocessableEntity, form)
	}
	if s.provider != nil && len(s.provider.Domains) > 0 && s.provider.Vouches(email) {
		return s.notIn(w, r, "Addresses like yours sign in with a work account: choose "+s.provider.Name+".")
	}
	if !s.throttle.asks.lets(s.network(r)) {
		return s.tooMany(w, r, "Many codes have been asked for from where you are. Wait a minute and try again. A code that you have already still works.")
	}
	token, send, err := s.codes.Ask(r.Context(), email)
	if err != nil {
		return err
	}
	if send != nil {
		go func() {
			if err := send(context.WithoutCancel(r.Context())); err != nil {
				s.log.Error("a code could not be sent", "error", err)
			}
		}()
	}
	s.sessions.Put(r.Context(), askedWord, token)
	s.sessions.Put(r.Context(), askedForWord, email)
	http.Redirect(w, r, "/signin/code", http.StatusSeeOther)
	return nil
}

func (s *Server) codePage(w http.ResponseWriter, r *http.Request) error {
	if s.sessions.GetString(r.Context(), askedWord) == "" {
		http.Redirect(w, r, "/signin/email", http.StatusSeeOther)
		return nil
	}
	return s.showCode(w, r, http.StatusOK, govuk.Form{})
}

func (s *Server) showCode(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	return s.pages.SignInCode(w, r, status, s.sessions.GetString(r.Context(), askedForWord), int(s.codes.Life.Minutes()), form)
}

// codeTry lets somebody in by a code.
func (s *Server) codeTry(w http.ResponseWriter, r *http.Request) error {
	token := s.sessions.GetString(r.Context(), askedWord)
	if token == "" {
		http.Redirect(w, r, "/signin/email", http.StatusSeeOther)
		return nil
	}
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	typed := form.Need("code", "Enter the code from the email")
	if len(form.Errors) > 0 {
		return s.showCode(w, r, http.StatusUnprocessableEntity, form)
	}
	if !s.throttle.tries.lets(s.network(r)) {
		return s.tooMany(w, r, "Many codes have been tried from where you are. Wait a minute and try again. Your code still works.")
	}
	u, err := s.codes.Try(r.Context(), token, typed)
	switch {
	case errors.Is(err, app.ErrCode):
		form.Errors.Add("code", "That is not the code. Look at the newest email from us and try again")
		return s.showCode(w, r, http.StatusUnprocessableEntity, form)
	case errors.Is(err, app.ErrCodeOver):
		s.sessions.Remove(r.Context(), askedWord)
		s.pages.Sessions.Tell(r, "That code cannot be used here any more. Ask for a code again.")
		http.Redirect(w, r, "/signin/email", http.StatusSeeOther)
		return nil
	case err != nil:
		return err
	}
	return s.enter(w, r, u, app.EmailWay)
}
