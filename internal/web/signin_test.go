package web

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/assets"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// with another service on the same record, told other things.
func (s *service) also(o Options) *service {
	s.t.Helper()
	set, err := assets.Open()
	if err != nil {
		s.t.Fatal(err)
	}
	other := *s
	other.log = &logged{}
	o.Area, o.Documents = "Westmarch", s.documents
	server := httptest.NewUnstartedServer(nil)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	other.url = "http://localhost:" + port // passkeys are for names, not numbers
	o.Address = other.url
	other.server = New(s.core, s.db.Sessions(), func(r *http.Request) error { return s.db.Ready(r.Context()) }, set, slog.New(slog.NewTextHandler(other.log, nil)), o)
	other.handler = other.server.Handler()
	server.Config.Handler = other.handler
	server.Start()
	s.t.Cleanup(server.Close)
	return &other
}

// Without demo mode there are no personas: their address is not there, and who
// was signed in as one is not any more.
func TestNoPersonasWithoutDemo(t *testing.T) {
	demo := sample(t)
	c := demo.as("amina")
	real := demo.also(Options{})
	status, body := real.send(real.as(""), "/signin", url.Values{"as": {"amina"}})
	if status != http.StatusMethodNotAllowed && status != http.StatusNotFound || strings.Contains(body, "Amina") {
		t.Errorf("a persona posted: %d", status)
	}
	if _, _, body := real.get(real.as(""), "/signin"); strings.Contains(body, "Amina") || !strings.Contains(body, "Nobody can sign in to this service yet") {
		t.Error("the page of sign-in shows personas, or does not say that nobody can sign in")
	}
	at, _ := url.Parse(real.url)
	was, _ := url.Parse(demo.url)
	c.Jar.SetCookies(at, c.Jar.Cookies(was))
	if status, to, _ := real.get(c, "/work"); status != http.StatusSeeOther || to != "/signin" {
		t.Errorf("a persona's session works without the demonstration: %d %s", status, to)
	}
	for _, p := range (&Server{}).patterns() {
		if p == "POST /signin" {
			t.Error("the route is there")
		}
	}
}

// Somebody sees where they are signed in, and signs out there, elsewhere or
// everywhere; nobody else's sign-ins are theirs to see or to end.
func TestWhereYouAreSignedIn(t *testing.T) {
	s := sample(t)
	desk, phone, tom := s.as("amina"), s.as("amina"), s.as("tom")
	_, _, page := s.get(desk, "/you/sign-ins")
	if n := strings.Count(page, `name="id" value="`); n != 2+2 {
		t.Fatalf("%d buttons, want one for each sign-in and two for all", n)
	}
	other := s.maker(tom, "/you/sign-ins")
	if status, _ := s.send(desk, "/you/sign-ins", url.Values{"id": {other}}); status != http.StatusSeeOther {
		t.Errorf("%d", status)
	}
	if status, _, _ := s.get(tom, "/work"); status != http.StatusOK {
		t.Error("amina has signed tom out")
	}
	if status, _, _ := s.get(desk, "/team/tom/sign-ins"); status != http.StatusForbidden {
		t.Errorf("amina sees where tom is signed in: %d", status)
	}
	s.send(desk, "/you/sign-ins", url.Values{"id": {s.maker(phone, "/work")}})
	if status, _, _ := s.get(phone, "/work"); status != http.StatusSeeOther {
		t.Error("the phone is still signed in")
	}
	if status, _, _ := s.get(desk, "/work"); status != http.StatusOK {
		t.Error("the desk has been signed out too")
	}
	phone = s.as("amina")
	s.send(desk, "/you/sign-ins", url.Values{"id": {"all"}})
	for _, c := range []*http.Client{desk, phone} {
		if status, _, _ := s.get(c, "/work"); status != http.StatusSeeOther {
			t.Error("still signed in after signing out everywhere")
		}
	}
	phone = s.as("amina")
	if _, _, team := s.get(tom, "/team"); !strings.Contains(team, `href="/team/amina/sign-ins"`) {
		t.Error("the team's page does not lead to where amina is signed in")
	}
	if status, _ := s.send(tom, "/team/amina/sign-ins", url.Values{"id": {"all"}}); status != http.StatusSeeOther {
		t.Errorf("tom may not sign amina out: %d", status)
	}
	if status, _, _ := s.get(phone, "/work"); status != http.StatusSeeOther {
		t.Error("amina is still signed in, though tom signed her out")
	}
}

// The pages of sign-ins: one's own, with one finished, and somebody else's, with
// none.
func TestSignInGoldenPages(t *testing.T) {
	s := sample(t)
	amina, gone, tom := s.as("amina"), s.as("amina"), s.as("tom")
	s.send(gone, "/signout", nil)
	for name, page := range map[string]struct {
		as   *http.Client
		path string
	}{"sign-ins": {amina, "/you/sign-ins"}, "sign-ins-other": {tom, "/team/amina/sign-ins"}, "sign-ins-none": {tom, "/team/ben/sign-ins"}} {
		_, _, body := s.get(page.as, page.path)
		testkit.Golden(t, "golden/"+name+".html", tidy(t, body))
	}
	_, _, body := s.also(Options{}).get(s.as(""), "/signin")
	testkit.Golden(t, "golden/signin-none.html", tidy(t, body))
}

// A sign-in ends when its time is up, whatever the session says.
func TestSignInEndsInAnyCase(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	s.db.SetClock(func() time.Time { return testkit.Now.Add(DefaultLimits.Whole - 10*time.Minute) })
	if status, _, body := s.get(c, "/work"); status != http.StatusOK || !strings.Contains(body, "You will be signed out at 9:30pm. Save") {
		t.Errorf("no warning near the end: %d", status)
	}
	s.db.SetClock(func() time.Time { return testkit.Now.Add(DefaultLimits.Whole + time.Second) })
	if status, to, _ := s.get(c, "/work"); status != http.StatusSeeOther || to != "/signin" {
		t.Errorf("%d %s", status, to)
	}
}

// What is in the record lets nobody in: sessions are kept by their digest, and a
// new one begins with each sign-in.
func TestSessionsAreNewAndHashed(t *testing.T) {
	s := sample(t)
	c := s.as("")
	s.get(c, "/cases") // begins a session, to remember the page
	at, _ := url.Parse(s.url)
	before := c.Jar.Cookies(at)[0].Value
	s.send(c, "/signin", url.Values{"as": {"amina"}})
	after := c.Jar.Cookies(at)[0].Value
	if before == after {
		t.Error("the session's ID is the same as before signing in")
	}
	if _, found, err := s.db.Sessions().FindCtx(t.Context(), after); err != nil || found {
		t.Errorf("the record holds the cookie itself: %v", err)
	}
}

// Over https the cookie is one that no other host can set.
func TestCookies(t *testing.T) {
	s := sample(t)
	for secure, name := range map[bool]string{true: "__Host-weald", false: "weald"} {
		o := s.also(Options{Personas: Personas, Secure: secure})
		r, err := o.as("").PostForm(o.url+"/signin", url.Values{"as": {"amina"}})
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		if len(r.Cookies()) != 1 {
			t.Fatalf("%d cookies", len(r.Cookies()))
		}
		if k := r.Cookies()[0]; k.Name != name || !k.HttpOnly || k.Secure != secure || k.SameSite != http.SameSiteLaxMode || k.Path != "/" || k.Domain != "" {
			t.Errorf("secure %v: %+v", secure, k)
		}
	}
}

// Who somebody is, is asked of the record each time: a new role or a closed
// account counts from the next page on.
func TestRoleAndAccountCountAtOnce(t *testing.T) {
	s := sample(t)
	ctx := context.Background()
	accounts := &app.Accounts{Core: s.core}
	person := &store.Person{ID: "sam", Name: "Sam Vale", Role: string(access.Officer), Email: "sam@westmarch.example"}
	if err := accounts.Add(ctx, program, person); err != nil {
		t.Fatal(err)
	}
	id, err := accounts.Begin(ctx, access.User{ID: "sam", Name: "Sam Vale"}, app.EmailWay, "A browser")
	if err != nil {
		t.Fatal(err)
	}
	now := func() (access.User, error) {
		_, u, _, err := accounts.Current(ctx, id, time.Hour)
		return u, err
	}
	if u, err := now(); err != nil || u.Role != access.Officer {
		t.Errorf("%+v %v", u, err)
	}
	person.Role = string(access.Inspector)
	if err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		if err := tx.SetPerson(ctx, person); err != nil {
			return err
		}
		return tx.Audit(ctx, "changed a role", "", "")
	}); err != nil {
		t.Fatal(err)
	}
	if u, err := now(); err != nil || u.Role != access.Inspector {
		t.Errorf("%+v %v", u, err)
	}
	if err := accounts.Close(ctx, program, "sam"); err != nil {
		t.Fatal(err)
	}
	if u, err := now(); err == nil {
		t.Errorf("a closed account lets %+v in", u)
	}
	if err := accounts.Close(ctx, access.User{ID: "x", Role: access.Officer}, "sam"); err == nil {
		t.Error("an officer may close accounts")
	}
}

func TestDevice(t *testing.T) {
	for agent, want := range map[string]string{
		"": "A browser",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0":           "Edge on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1": "Safari on an iPhone",
		"Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0":                                                                  "Firefox on Linux",
		"<script>": "A browser",
	} {
		if got := device(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}

// A few minutes before the end a notice comes, and a button puts it off.
func TestNoticeBeforeTheEndInTheBrowser(t *testing.T) {
	s := sample(t).also(Options{Personas: Personas, Demo: true, Limits: Limits{Idle: 4 * time.Minute, Whole: time.Hour}})
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-ending__notice button")
	if text := b.Text(".weald-ending__notice"); !strings.Contains(text, "You will be signed out in 4 minutes") {
		t.Errorf("%q", text)
	}
	for _, broken := range b.Axe() {
		t.Error(broken)
	}
	browser.Eval[any](b, `document.querySelector(".weald-ending__notice button").click(); 1`)
	b.Await("body:not(:has(.weald-ending__notice))")
	s.looksRight(b, "sign-ins", "/you/sign-ins")
}

// looksRight opens a page wide and narrow: axe finds nothing, and it fits a
// phone. With WEALD_SHOTS set, pictures are left there.
func (s *service) looksRight(b *browser.Tab, name, path string) {
	s.t.Helper()
	for width, device := range map[int64]string{1280: "desktop", 360: "phone"} {
		b.Width(width)
		if path != "" {
			b.Go(s.url + path)
		}
		for _, broken := range b.Axe() {
			s.t.Errorf("%s on a %s: %s", name, device, broken)
		}
		if over := b.Overflow(); over > 0 {
			s.t.Errorf("%s on a %s is %d pixels too wide", name, device, over)
		}
		if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
			b.Screenshot(filepath.Join(shots, name+"-"+device+".png"))
		}
	}
}
