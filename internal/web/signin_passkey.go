package web

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/internal/web/staff"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// passkeysAt returns what checks passkeys for an address. There is none for a
// number in place of a name: passkeys belong to names.
func passkeysAt(address, area string) *webauthn.WebAuthn {
	at, err := url.Parse(address)
	if err != nil || at.Hostname() == "" {
		return nil
	}
	if _, err := netip.ParseAddr(at.Hostname()); err == nil {
		return nil
	}
	w, err := webauthn.New(&webauthn.Config{RPID: at.Hostname(), RPDisplayName: area, RPOrigins: []string{at.Scheme + "://" + at.Host}})
	if err != nil {
		return nil
	}
	return w
}

func (s *Server) passkeyRoutes() []route {
	return []route{
		{"POST /signin/passkey/begin", "", s.passkeyBegin},
		{"POST /signin/passkey", "", s.passkeyTry},
		{"GET /you/passkeys", signedIn, s.passkeyList},
		{"POST /you/passkeys/begin", signedIn, s.passkeyMake},
		{"POST /you/passkeys", signedIn, s.passkeyAdd},
		{"POST /you/passkeys/{passkey}/remove", signedIn, s.passkeyRemove},
	}
}

// passkeyWord is where a session keeps what a passkey was asked.
const passkeyWord = "passkey"

// An owner is an account as its passkeys know it.
type owner struct {
	account *app.Account
	keys    []app.Passkey
}

func (o owner) WebAuthnID() []byte          { return []byte(o.account.Handle) }
func (o owner) WebAuthnName() string        { return o.account.Email }
func (o owner) WebAuthnDisplayName() string { return o.account.Name }
func (o owner) WebAuthnCredentials() (all []webauthn.Credential) {
	for i := range o.keys {
		var c webauthn.Credential
		if json.Unmarshal([]byte(o.keys[i].Detail), &c) == nil {
			all = append(all, c)
		}
	}
	return all
}

// ask gives a script what a passkey is to be asked, and remembers it.
func (s *Server) askPasskey(w http.ResponseWriter, r *http.Request, options any, asked *webauthn.SessionData) error {
	kept, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	text, err := json.Marshal(options)
	if err != nil {
		return err
	}
	s.sessions.Put(r.Context(), passkeyWord, string(kept))
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(text) // the reader has gone away: nothing to do
	return nil
}

// asked returns, once, what a passkey was asked in this session.
func (s *Server) askedPasskey(r *http.Request) (d webauthn.SessionData, ok bool) {
	text := s.sessions.PopString(r.Context(), passkeyWord)
	return d, text != "" && json.Unmarshal([]byte(text), &d) == nil
}

// passkeyBegin asks whichever passkey the reader has for this address. Nobody
// says first who they are, so nothing is told of who has one.
func (s *Server) passkeyBegin(w http.ResponseWriter, r *http.Request) error {
	options, asked, err := s.passkeys.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return fmt.Errorf("asking for a passkey: %w", err)
	}
	return s.askPasskey(w, r, options, asked)
}

// passkeyTry lets somebody in by a passkey.
func (s *Server) passkeyTry(w http.ResponseWriter, r *http.Request) error {
	const no = "That passkey does not let you in here. Sign in another way."
	asked, ok := s.askedPasskey(r)
	if !ok {
		return s.notIn(w, r, "It took too long. Try your passkey again.")
	}
	if !s.throttle.tries.lets(s.network(r)) {
		return s.tooMany(w, r, "Many have tried to sign in from where you are. Wait a minute and try again.")
	}
	answer, err := protocol.ParseCredentialRequestResponseBytes([]byte(r.PostFormValue("answer")))
	if err != nil {
		return s.notIn(w, r, no)
	}
	var found owner
	credential, err := s.passkeys.ValidateDiscoverableLogin(func(_, handle []byte) (webauthn.User, error) {
		account, keys, err := s.accounts.PasskeyAccount(r.Context(), string(handle))
		found = owner{account, keys}
		return found, err
	}, asked, answer)
	if err != nil || credential.Authenticator.CloneWarning {
		if s.throttle.notices.lets(s.network(r)) {
			if err := s.accounts.Note(r.Context(), "refused sign-in", "", "with a passkey"); err != nil {
				return err
			}
		}
		return s.notIn(w, r, no)
	}
	id := base64.RawURLEncoding.EncodeToString(credential.ID)
	detail, err := json.Marshal(credential)
	if err != nil {
		return err
	}
	for i := range found.keys {
		if found.keys[i].Value != id {
			continue
		}
		u, err := s.accounts.UsePasskey(r.Context(), found.account.PersonID, found.keys[i].ID, string(detail))
		if errors.Is(err, app.ErrNotFound) {
			break
		} else if err != nil {
			return err
		}
		return s.enter(w, r, u, app.PasskeyWay)
	}
	return s.notIn(w, r, no)
}

// passkeyList shows somebody their passkeys.
func (s *Server) passkeyList(w http.ResponseWriter, r *http.Request) error {
	return s.showPasskeys(w, r, http.StatusOK, govuk.Form{})
}

func (s *Server) showPasskeys(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	_, keys, err := s.accounts.Passkeys(r.Context(), staff.UserOf(r.Context()).ID)
	if err != nil {
		return err
	}
	return s.pages.Passkeys(w, r, status, keys, form)
}

// passkeyMake asks the reader's phone or computer to make a passkey.
func (s *Server) passkeyMake(w http.ResponseWriter, r *http.Request) error {
	account, keys, err := s.accounts.Passkeys(r.Context(), staff.UserOf(r.Context()).ID)
	if err != nil {
		return err
	}
	o := owner{account, keys}
	var have []protocol.CredentialDescriptor
	for _, c := range o.WebAuthnCredentials() {
		have = append(have, c.Descriptor())
	}
	options, asked, err := s.passkeys.BeginRegistration(o, webauthn.WithExclusions(have), webauthn.WithConveyancePreference(protocol.PreferNoAttestation),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}))
	if err != nil {
		return fmt.Errorf("asking for a new passkey: %w", err)
	}
	return s.askPasskey(w, r, options, asked)
}

// passkeyAdd keeps a passkey that was made.
func (s *Server) passkeyAdd(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := staff.UserOf(r.Context())
	account, keys, err := s.accounts.Passkeys(r.Context(), u.ID)
	if err != nil {
		return err
	}
	form := govuk.Form{Values: r.PostForm}
	name := form.Need("name", "Give the passkey a name, such as my phone")
	asked, ok := s.askedPasskey(r)
	if len(form.Errors) > 0 {
		return s.showPasskeys(w, r, http.StatusUnprocessableEntity, form)
	}
	var credential *webauthn.Credential
	answer, err := protocol.ParseCredentialCreationResponseBytes([]byte(r.PostForm.Get("answer")))
	if err == nil && ok {
		credential, err = s.passkeys.CreateCredential(owner{account, keys}, asked, answer)
	}
	if err != nil || !ok {
		form.Errors.Add("name", "The passkey was not made. Try again")
		return s.showPasskeys(w, r, http.StatusUnprocessableEntity, form)
	}
	detail, err := json.Marshal(credential)
	if err != nil {
		return err
	}
	if err := s.accounts.AddPasskey(r.Context(), u, name, base64.RawURLEncoding.EncodeToString(credential.ID), string(detail)); err != nil {
		return err
	}
	s.pages.Sessions.Tell(r, "Passkey added. You can sign in with it from now on")
	http.Redirect(w, r, staff.PasskeysPart, http.StatusSeeOther)
	return nil
}

// passkeyRemove takes a passkey from its owner.
func (s *Server) passkeyRemove(w http.ResponseWriter, r *http.Request) error {
	if err := s.accounts.DropPasskey(r.Context(), staff.UserOf(r.Context()), strings.TrimSpace(r.PathValue("passkey"))); err != nil {
		return err
	}
	s.pages.Sessions.Tell(r, "Passkey removed. Nobody can sign in here with it")
	http.Redirect(w, r, staff.PasskeysPart, http.StatusSeeOther)
	return nil
}
