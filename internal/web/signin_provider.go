package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"weald/internal/app"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// A Provider is where people sign in with a work account, by OpenID Connect. Any
// provider will do: what it can is asked of it.
type Provider struct {
	Name    string // as people know it: "Westmarch Council"
	Issuer  string
	Client  string
	Secret  string
	Domains []string // of email addresses for which it vouches; none: for any

	lock  sync.Mutex
	found *foundProvider
}

// A foundProvider is what a provider has said of itself.
type foundProvider struct {
	config oauth2.Config
	verify *oidc.IDTokenVerifier
	it     *oidc.Provider
	leave  string // where people sign out there; "": it does not say
}

// back is where a provider sends people back.
const back = "/signin/work/back"

// find asks the provider what it can do, once. While it does not answer, people
// can sign in otherwise, and it is asked again by the next who wants to.
func (p *Provider) find(ctx context.Context, address string) (*foundProvider, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	// The keys are fetched again later, so they are no part of this request.
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), &http.Client{Timeout: 10 * time.Second})
	it, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("asking the provider what it can: %w", err)
	}
	var more struct {
		Leave string `json:"end_session_endpoint"`
	}
	if err := it.Claims(&more); err != nil {
		return nil, fmt.Errorf("reading what the provider can: %w", err)
	}
	p.found = &foundProvider{
		config: oauth2.Config{ClientID: p.Client, ClientSecret: p.Secret, Endpoint: it.Endpoint(), RedirectURL: address + back, Scopes: []string{oidc.ScopeOpenID, "email"}},
		verify: it.Verifier(&oidc.Config{ClientID: p.Client}),
		it:     it,
		leave:  more.Leave,
	}
	return p.found, nil
}

// Vouches reports whether the provider is believed about an email address.
func (p *Provider) Vouches(email string) bool {
	if len(p.Domains) == 0 {
		return true
	}
	_, domain, _ := strings.Cut(strings.ToLower(email), "@")
	return slices.Contains(p.Domains, domain)
}

func (s *Server) providerRoutes() []route {
	return []route{
		{"GET /signin/work", "", s.providerGo},
		{"GET " + back, "", s.providerBack},
		{"GET /signout/work", "", s.providerLeave},
	}
}

// What a session keeps while its person is at the provider.
const (
	stateWord    = "state"
	nonceWord    = "nonce"
	verifierWord = "verifier"
	leftWord     = "left" // they have signed out here, and perhaps not there
)

// providerGo sends somebody to the provider. What comes back must be for this
// browser (state), for this request (nonce) and to us alone (PKCE).
func (s *Server) providerGo(w http.ResponseWriter, r *http.Request) error {
	p, err := s.provider.find(r.Context(), s.address)
	if err != nil {
		s.log.Error("the provider does not answer", "error", err)
		return s.notIn(w, r, s.provider.Name+" does not answer, so you cannot sign in with your work account at the moment. Try again in a few minutes.")
	}
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	for word, value := range map[string]string{stateWord: state, nonceWord: nonce, verifierWord: verifier} {
		s.sessions.Put(r.Context(), word, value)
	}
	http.Redirect(w, r, p.config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusSeeOther)
	return nil
}

// notIn shows the ways in again, and says why somebody is not in.
func (s *Server) notIn(w http.ResponseWriter, r *http.Request, words string) error {
	s.pages.Sessions.Tell(r, words)
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
	return nil
}

// providerBack lets in whom the provider has shown, if they have an account.
func (s *Server) providerBack(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	state, nonce, verifier := s.sessions.PopString(ctx, stateWord), s.sessions.PopString(ctx, nonceWord), s.sessions.PopString(ctx, verifierWord)
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(q.Get("state"))) != 1 {
		return s.notIn(w, r, "You were not signed in: the answer from "+s.provider.Name+" was not for this page, or came too late. Try again.")
	}
	if q.Get("code") == "" {
		return s.notIn(w, r, s.provider.Name+" did not sign you in. Try again, or ask its help desk.")
	}
	claim, err := s.claim(ctx, q.Get("code"), nonce, verifier)
	if err != nil {
		s.log.Error("what the provider said could not be believed", "error", err)
		if err := s.accounts.Note(ctx, "refused sign-in", "", "with a work account: what the provider said could not be believed"); err != nil {
			return err
		}
		return s.notIn(w, r, "You were not signed in: what "+s.provider.Name+" said could not be checked. Try again, or ask its help desk.")
	}
	u, err := s.accounts.ByProvider(ctx, claim)
	if errors.Is(err, app.ErrNotFound) {
		return s.notIn(w, r, s.provider.Name+" knows who you are, but you do not have an account here that can be used. Ask your manager for one.")
	} else if err != nil {
		return err
	}
	s.sessions.Put(ctx, leftWord, "in")
	return s.enter(w, r, u, app.ProviderWay)
}

// claim redeems a code for what the provider says of its person.
func (s *Server) claim(ctx context.Context, code, nonce, verifier string) (c app.Claim, err error) {
	p, err := s.provider.find(ctx, s.address)
	if err != nil {
		return c, err
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	token, err := p.config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		var no *oauth2.RetrieveError
		if errors.As(err, &no) { // its answer may name somebody
			return c, fmt.Errorf("redeeming a code: the provider answered %s %q", no.Response.Status, no.ErrorCode)
		}
		return c, fmt.Errorf("redeeming a code: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := p.verify.Verify(ctx, raw)
	if err != nil {
		return c, fmt.Errorf("checking an ID token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(nonce)) != 1 {
		return c, errors.New("an ID token was for another sign-in")
	}
	said, err := emailClaims(id.Claims)
	if err == nil && said.Email == "" { // some tell it only when asked
		var info *oidc.UserInfo
		if info, err = p.it.UserInfo(ctx, oauth2.StaticTokenSource(token)); err == nil && info.Subject == id.Subject {
			said, err = emailClaims(info.Claims)
		}
	}
	if err != nil {
		return c, fmt.Errorf("reading what the provider says: %w", err)
	}
	return app.Claim{Issuer: id.Issuer, Subject: id.Subject, Email: said.Email, Verified: said.verified() && s.provider.Vouches(said.Email)}, nil
}

type emailSaid struct {
	Email    string `json:"email"`
	Verified any    `json:"email_verified"` // some write it as a word
}

func (e emailSaid) verified() bool { return e.Verified == true || e.Verified == "true" }

func emailClaims(read func(any) error) (said emailSaid, err error) {
	err = read(&said)
	return said, err
}

// providerLeave takes somebody who has signed out here to where they sign out at
// the provider too: on a shared machine that matters.
func (s *Server) providerLeave(w http.ResponseWriter, r *http.Request) error {
	p, err := s.provider.find(r.Context(), s.address)
	if err != nil || p.leave == "" {
		return s.notIn(w, r, s.provider.Name+" does not say how to sign out there. Close your browser, or ask its help desk.")
	}
	at, err := url.Parse(p.leave)
	if err != nil {
		return err
	}
	// No ID token goes with it: it would put a name into an address.
	q := at.Query()
	q.Set("client_id", s.provider.Client)
	q.Set("post_logout_redirect_uri", s.address+"/signin")
	at.RawQuery = q.Encode()
	http.Redirect(w, r, at.String(), http.StatusSeeOther)
	return nil
}
