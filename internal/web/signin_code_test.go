package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/message"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
	"weald/internal/testkit/mailbox"
)

var codeInMail = regexp.MustCompile(`Your code is (\d{4}) (\d{4})\n`)

const samsMail = "sam.vale@example.org"

// withCodes starts a service that sends codes by a real mail server, and gives
// Sam an account.
func withCodes(t *testing.T) (*service, *mailbox.Box) {
	t.Helper()
	box := mailbox.Open(t)
	s := sample(t).also(Options{Forms: -1, Codes: &app.Codes{
		Send: &message.SMTP{Server: box.Server, From: "Westmarch <weald@westmarch.example>", Plain: true}, Area: "Westmarch", Life: app.CodeLife,
	}})
	s.account(store.Person{ID: "sam", Name: "Sam Vale", Role: string(access.Officer), Email: samsMail, Team: "East"})
	return s, box
}

// ask asks for a code in a browser.
func (s *service) ask(c *http.Client, email string) {
	s.t.Helper()
	if status, to := s.send(c, "/signin/email", url.Values{"email": {email}}); status != http.StatusSeeOther || to != "/signin/code" {
		s.t.Fatalf("asking for a code: %d %.200s", status, to)
	}
}

// try types a code, and reports whether it lets its person in.
func (s *service) try(c *http.Client, code string) bool {
	s.t.Helper()
	s.send(c, "/signin/code", url.Values{"code": {code}})
	status, _, _ := s.get(c, "/work")
	return status == http.StatusOK
}

func codeIn(t *testing.T, l mailbox.Letter) string {
	t.Helper()
	m := codeInMail.FindStringSubmatch(l.Text)
	if m == nil {
		t.Fatalf("no code in %q", l.Text)
	}
	return m[1] + m[2]
}

// wrongCode is none of the codes given.
func wrongCode(right ...string) string {
	for _, c := range []string{"00000000", "11111111", "22222222", "33333333"} {
		if !strings.Contains(strings.Join(right, " "), c) {
			return c
		}
	}
	return "44444444"
}

// A parent or teacher asks for a code, reads it in their mail and types it, with
// scripts and without.
func TestSignInByEmailInTheBrowser(t *testing.T) {
	s, box := withCodes(t)
	b := browser.Open(t)
	s.looksRight(b, "signin-email", "/signin/email")
	for n, scripts := range []bool{true, false} {
		b.JavaScript(scripts)
		b.Width(360)
		b.Go(s.url + "/work")
		b.Click(`a[href="/signin/email"]`, "#email")
		b.Type("#email", " Sam.Vale@Example.org")
		b.Click("main form button", "#code")
		letter := box.Await(samsMail, n+1)
		if letter.Subject != "Your code to sign in" || strings.Contains(letter.Text, "Sam") {
			t.Errorf("the letter is %+v", letter)
		}
		if scripts {
			s.looksRight(b, "signin-code", "")
			b.Type("#code", "not it")
			b.Click("main form button", ".govuk-error-summary")
			s.looksRight(b, "signin-code-wrong", "")
		}
		b.Type("#code", codeIn(t, letter)[:4]+" "+codeIn(t, letter)[4:])
		b.Click("main form button", ".weald-header__person button")
		if at, who := b.Address(), b.Text(".weald-header__person"); at != "/work" || !strings.Contains(who, "Sam Vale") {
			t.Errorf("scripts %v: at %s, header %q", scripts, at, who)
		}
		b.Click(".weald-header__person button", `a[href="/signin/email"]`)
		s.db.SetClock(func() time.Time { return testkit.Now.Add(6 * time.Minute) }) // so that another is sent
	}
	if strings.Contains(s.log.String(), "example.org") || strings.Contains(s.log.String(), codeIn(t, box.Await(samsMail, 1))) {
		t.Error("the log holds an address or a code")
	}
}

// Whether anybody has an address cannot be told from what the pages say.
func TestUnknownAddressIsAnsweredAlike(t *testing.T) {
	s, box := withCodes(t)
	pages := func(email string) string {
		c := s.as("")
		s.ask(c, email)
		_, _, first := s.get(c, "/signin/code")
		_, second := s.send(c, "/signin/code", url.Values{"code": {"12345678"}})
		return strings.ReplaceAll(first+second, email, "")
	}
	if known, unknown := pages(samsMail), pages("nobody@example.org"); known != unknown {
		t.Error("the pages differ")
	}
	box.Await(samsMail, 1)
	if n := len(box.Letters("nobody@example.org")); n != 0 {
		t.Errorf("%d letters to nobody", n)
	}
	for _, bad := range []string{"", "sam", "a@b\r\nBcc: c@d", "Sam <sam.vale@example.org>", strings.Repeat("a", 300) + "@example.org"} {
		if status, _ := s.send(s.as(""), "/signin/email", url.Values{"email": {bad}}); status != http.StatusUnprocessableEntity {
			t.Errorf("%.20q: %d", bad, status)
		}
	}
}

// A code works once, for ten minutes, in browsers that asked, and after five
// wrong tries in a browser no more there. It is not in the record.
func TestCodes(t *testing.T) {
	s, box := withCodes(t)
	at := testkit.Now
	s.db.SetClock(func() time.Time { return at })
	desk := s.as("")
	s.ask(desk, samsMail)
	code := codeIn(t, box.Await(samsMail, 1))
	if s.try(s.as(""), code) {
		t.Error("it works in a browser that did not ask")
	}
	if err := s.db.Read(t.Context(), func(tx *store.Tx) error {
		all, err := tx.CodesOf(t.Context(), "sam")
		if err != nil || len(all) != 1 || strings.Contains(all[0].Digest, code) || len(all[0].Digest) < 60 {
			t.Errorf("the record holds %+v: %v", all, err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	at = at.Add(app.CodeLife - time.Second)
	if !s.try(desk, code) {
		t.Error("it does not work at the end of its life")
	}
	other := s.as("")
	s.ask(other, samsMail)
	second := codeIn(t, box.Await(samsMail, 2))
	if s.try(other, code) {
		t.Error("it works twice")
	}
	at = at.Add(app.CodeLife)
	if s.try(other, second) {
		t.Error("it works after its life")
	}
	guesser := s.as("")
	s.ask(guesser, samsMail)
	third := codeIn(t, box.Await(samsMail, 3))
	for range 5 {
		if s.try(guesser, wrongCode(third)) {
			t.Fatal("a wrong code works")
		}
	}
	if s.try(guesser, third) {
		t.Error("it works after five wrong tries in the same browser")
	}
	s.ask(guesser, samsMail)
	if !s.try(guesser, third) {
		t.Error("it does not work when asked for again")
	}
}

// Nobody can lock another out: however often a stranger asks for codes, types
// wrong ones or both, the person whose address it is gets in.
func TestNobodyIsLockedOut(t *testing.T) {
	s, box := withCodes(t)
	at := testkit.Now
	s.db.SetClock(func() time.Time { return at })
	// Throttles apart: the stranger has as many networks as they like.
	open := newThrottle(1_000_000, time.Microsecond)
	s.server.throttle.asks, s.server.throttle.tries = open, open
	storm := func(right ...string) {
		for range 21 {
			c := s.as("")
			s.ask(c, samsMail)
			for range 5 {
				s.send(c, "/signin/code", url.Values{"code": {wrongCode(right...)}})
			}
		}
	}
	s.ask(s.as(""), samsMail) // the stranger's, who has no mailbox
	first := codeIn(t, box.Await(samsMail, 1))
	// A flood of asking sends no flood of letters, and the letter that came works
	// in its owner's browser though a stranger had it sent.
	for range 20 {
		s.ask(s.as(""), samsMail)
	}
	if n := len(box.Letters(samsMail)); n != 1 {
		t.Errorf("%d letters", n)
	}
	sam := s.as("")
	s.ask(sam, samsMail)
	if !s.try(sam, first) {
		t.Error("a code that a stranger had sent does not work for whose mail it is")
	}
	// Somebody who guesses spoils the code for others; whoever asks next has one of
	// their own, that guessing elsewhere does not spoil.
	s.ask(s.as(""), samsMail)
	second := codeIn(t, box.Await(samsMail, 2))
	storm(second)
	before := 0
	for n := -1; n != before; { // letters are sent beside the answers
		n = before
		time.Sleep(300 * time.Millisecond)
		before = len(box.Letters(samsMail))
	}
	sam = s.as("")
	s.ask(sam, samsMail)
	mine := codeIn(t, box.Await(samsMail, before+1))
	storm(second, mine)
	if !s.try(sam, mine) {
		t.Error("guessing has locked the owner out")
	}
}

// One network can ask only so often; what was sent before still works, and other
// networks are as before.
func TestAskingIsLimited(t *testing.T) {
	s, box := withCodes(t)
	sam := s.as("")
	s.ask(sam, samsMail)
	code := codeIn(t, box.Await(samsMail, 1))
	last := 0
	for i := range 40 {
		if last, _ = s.send(s.as(""), "/signin/email", url.Values{"email": {"x@example.org"}}); last == http.StatusTooManyRequests {
			if i < 10 {
				t.Errorf("limited after %d", i)
			}
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Error("asking has no limit")
	}
	if !s.try(sam, code) {
		t.Error("a code that was sent before does not work")
	}
}

// The pages of the code as people meet them.
func TestCodeGoldenPages(t *testing.T) {
	s, _ := withCodes(t)
	c := s.as("")
	page := func(name string, body string) { testkit.Golden(t, "golden/"+name+".html", tidy(t, body)) }
	_, _, body := s.get(c, "/signin")
	page("signin-by-email", body)
	_, _, body = s.get(c, "/signin/email")
	page("signin-email", body)
	_, body = s.send(c, "/signin/email", url.Values{"email": {"sam"}})
	page("signin-email-refused", body)
	s.ask(c, "an.address.that.is.very.long.indeed.and.has.no.blank.at.which.it.could.break@a-domain-name-that-is-long-too.example.org")
	_, _, body = s.get(c, "/signin/code")
	page("signin-code", body)
	_, body = s.send(c, "/signin/code", url.Values{"code": {""}})
	page("signin-code-empty", body)
}
