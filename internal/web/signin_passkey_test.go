package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"weald/internal/app"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// A parent adds a passkey on their phone, signs in with it, and removes it;
// then it lets nobody in.
func TestPasskeyInTheBrowser(t *testing.T) {
	s, box := withCodes(t)
	b := browser.Open(t)
	b.Passkeys()
	b.Go(s.url + "/signin")
	b.Click(`form[action="/signin/passkey"] button`, "[data-weald-passkey-failed]:not(:empty)") // there is none yet
	if words := b.Text("[data-weald-passkey-failed]"); !strings.Contains(words, "It did not work") {
		t.Errorf("%q", words)
	}
	for _, broken := range b.Axe() {
		t.Error(broken)
	}
	b.Go(s.url + "/signin/email")
	b.Type("#email", samsMail)
	b.Click("main form button", "#code")
	b.Type("#code", codeIn(t, box.Await(samsMail, 1)))
	b.Click("main form button", ".weald-header__person button")
	b.Go(s.url + "/you/sign-ins")
	b.Click(`a[href="/you/passkeys"]`, "#name")
	s.looksRight(b, "passkeys-none", "")
	b.Click(`form[data-weald-passkey] button`, ".govuk-error-summary") // without a name
	b.Type("#name", "Sam’s phone")
	b.Click(`form[data-weald-passkey] button`, ".govuk-notification-banner")
	if text := b.Text("main"); !strings.Contains(text, "Passkey added") || !strings.Contains(text, "Sam’s phone") || !strings.Contains(text, "Not used yet") {
		t.Errorf("%q", text)
	}
	s.looksRight(b, "passkeys-one", "")
	b.Click(`form[data-weald-passkey] button`, ".govuk-error-summary")
	b.Type("#name", "The same again")
	b.Click(`form[data-weald-passkey] button`, "[data-weald-passkey-failed]:not(:empty)")
	if words := b.Text("[data-weald-passkey-failed]"); !strings.Contains(words, "has a passkey for you already") {
		t.Errorf("%q", words)
	}

	b.Click(".weald-header__person button", `a[href="/signin/email"]`)
	b.Go(s.url + "/cases?when=soon")
	s.looksRight(b, "signin-passkey", "")
	b.Width(1280)
	b.Click(`form[action="/signin/passkey"] button`, ".weald-header__person button")
	if at, who := b.Address(), b.Text(".weald-header__person"); at != "/cases?when=soon" || !strings.Contains(who, "Sam Vale") {
		t.Errorf("at %s, header %q", at, who)
	}
	b.Go(s.url + "/you/passkeys")
	if text := b.Text("main"); !strings.Contains(text, "Last used") {
		t.Errorf("%q", text)
	}
	b.Click(`form[action$="/remove"] button`, ".govuk-notification-banner")
	b.Click(".weald-header__person button", `a[href="/signin/email"]`)
	b.Click(`form[action="/signin/passkey"] button`, ".govuk-notification-banner")
	if text := b.Text("main"); !strings.Contains(text, "does not let you in") {
		t.Errorf("%q", text)
	}
	b.JavaScript(false)
	b.Go(s.url + "/signin")
	if text := b.Text("main"); strings.Contains(text, "passkey") || !strings.Contains(text, "Send me a code") {
		t.Errorf("without scripts: %q", text)
	}
}

// Answers that no passkey gave let nobody in and add nothing.
func TestForgedPasskeys(t *testing.T) {
	s, box := withCodes(t)
	stranger := s.as("")
	for _, answer := range []string{"", "{}", `{"id":"x","type":"public-key","rawId":"x","response":{}}`, strings.Repeat("[", 10_000)} {
		for _, begun := range []bool{false, true} {
			if begun {
				s.send(stranger, "/signin/passkey/begin", nil)
			}
			if status, to := s.send(stranger, "/signin/passkey", url.Values{"answer": {answer}}); status != http.StatusSeeOther || to != "/signin" {
				t.Errorf("%.20q: %d %.100s", answer, status, to)
			}
		}
	}
	sam := s.as("")
	s.ask(sam, samsMail)
	if !s.try(sam, codeIn(t, box.Await(samsMail, 1))) {
		t.Fatal("sam is not signed in")
	}
	for _, name := range []string{"", "Mine", strings.Repeat("x", 61)} {
		s.send(sam, "/you/passkeys/begin", nil)
		if status, _ := s.send(sam, "/you/passkeys", url.Values{"name": {name}, "answer": {`{"id":"x"}`}}); status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", name, status)
		}
	}
	if status, _ := s.send(sam, "/you/passkeys/none/remove", nil); status != http.StatusNotFound {
		t.Errorf("a passkey that is not there: %d", status)
	}
	if _, keys, err := s.server.accounts.Passkeys(t.Context(), "sam"); err != nil || len(keys) != 0 {
		t.Errorf("%d passkeys: %v", len(keys), err)
	}
}

var passkeyID = regexp.MustCompile(`/[A-Z2-7]{26}/remove`)

// The page of passkeys with none and several.
func TestPasskeyGoldenPages(t *testing.T) {
	s, box := withCodes(t)
	sam := s.as("")
	s.ask(sam, samsMail)
	if !s.try(sam, codeIn(t, box.Await(samsMail, 1))) {
		t.Fatal("sam is not signed in")
	}
	page := func(name string) {
		_, _, body := s.get(sam, "/you/passkeys")
		testkit.Golden(t, "golden/"+name+".html", tidy(t, passkeyID.ReplaceAllString(body, "/ONCE/remove")))
	}
	page("passkeys-none")
	_, u, _, err := s.server.accounts.Current(t.Context(), s.maker(sam, "/you/passkeys"), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"My phone", "The computer at home that has a very long name indeed, truly"} {
		s.db.SetClock(func() time.Time { return testkit.Now.Add(time.Duration(i) * time.Minute) })
		if err := s.server.accounts.AddPasskey(t.Context(), u, name, string(rune('a'+i)), "{}"); err != nil {
			t.Fatal(err)
		}
	}
	page("passkeys-many")
	if err := (&app.Accounts{Core: s.core}).AddPasskey(t.Context(), u, "Again", "a", "{}"); err == nil {
		t.Error("one passkey twice")
	}
}
