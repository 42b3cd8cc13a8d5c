package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit/browser"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// leaving is the example's storage, but for clients that may be returned to from
// signing out.
type leaving struct {
	*storage.Storage
	home string
}

type leavingClient struct {
	op.Client
	home string
}

func (c leavingClient) PostLogoutRedirectURIs() []string { return []string{c.home} }

func (l leaving) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	c, err := l.Storage.GetClientByClientID(ctx, id)
	return leavingClient{c, l.home}, err
}

// provider starts a real provider of OpenID Connect with three people: one whose
// address it has verified, one whose it has not, and one whom nobody knows.
func provider(t *testing.T, back *string) *Provider {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	issuer := "http://localhost:" + port
	users := map[string]*storage.User{}
	for _, u := range []storage.User{
		{ID: "7f3a", Username: "sam", Email: "Sam.Vale@westmarch.example", EmailVerified: true},
		{ID: "91c0", Username: "unverified", Email: "tom.okafor@westmarch.example"},
		{ID: "44be", Username: "stranger", Email: "nobody@westmarch.example", EmailVerified: true},
		{ID: "5d5d", Username: "heir", Email: "sam.vale@westmarch.example", EmailVerified: true},
	} {
		u.Password = "a long password"
		users[u.ID] = &u
	}
	text, err := json.Marshal(users)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "users.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	people, err := storage.StoreFromFile(file)
	if err != nil {
		t.Fatal(err)
	}
	client := storage.WebClient("weald", "a secret of the client", *back+"/signin/work/back")
	server.Config.Handler = exampleop.SetupServer(issuer, leaving{storage.NewStorageWithClients(people, map[string]*storage.Client{"weald": client}), *back + "/signin"}, slog.New(slog.DiscardHandler), false)
	server.Start()
	t.Cleanup(server.Close)
	return &Provider{Name: "Westmarch Council", Issuer: issuer, Client: "weald", Secret: "a secret of the client", Domains: []string{"westmarch.example"}}
}

// account gives somebody an account to which codes are sent.
func (s *service) account(p store.Person) {
	s.t.Helper()
	if err := (&app.Accounts{Core: s.core}).Add(context.Background(), program, &p); err != nil {
		s.t.Fatal(err)
	}
}

// withProvider starts a service with a real provider beside it.
func withProvider(t *testing.T) *service {
	demo := sample(t)
	var p Provider
	s := demo.also(Options{Provider: &p})
	q := provider(t, &s.url)
	p.Name, p.Issuer, p.Client, p.Secret, p.Domains = q.Name, q.Issuer, q.Client, q.Secret, q.Domains
	s.account(store.Person{ID: "sam", Name: "Sam Vale", Role: string(access.Officer), Email: "sam.vale@westmarch.example", Team: "East"})
	s.account(store.Person{ID: "tom", Name: "Tom Okafor", Role: string(access.Manager), Email: "tom.okafor@westmarch.example"})
	return s
}

// An officer signs in with a work account at a real provider, from the page they
// wanted, and signs out of both.
func TestSignInWithAWorkAccountInTheBrowser(t *testing.T) {
	s := withProvider(t)
	b := browser.Open(t)
	at := func(user string) {
		b.Click(`a[href="/signin/work"]`, "#username")
		b.Type("#username", user)
		b.Type("#password", "a long password")
		b.Click(`button[type="submit"]`, ".weald-header")
	}
	b.Go(s.url + "/cases?when=soon")
	s.looksRight(b, "signin-work", "/signin")
	b.Width(1280)
	b.Go(s.url + "/cases?when=soon")
	at("sam")
	if where, who := b.Address(), b.Text(".weald-header__person"); where != "/cases?when=soon" || !strings.Contains(who, "Sam Vale") {
		t.Errorf("at %s, header %q", where, who)
	}
	b.Go(s.url + "/you/sign-ins")
	if text := b.Text("main"); !strings.Contains(text, "Signed in with a work account") {
		t.Errorf("%q", text)
	}
	b.Click(".weald-header__person button", `a[href="/signout/work"]`)
	b.Click(`a[href="/signout/work"]`, `a[href="/signin/work"]`)
	if where := b.Address(); where != "/signin" && !strings.HasPrefix(where, "/signin?") {
		t.Errorf("signed out to %s", where)
	}
	for _, v := range []struct{ user, says string }{
		{"unverified", "you do not have an account here that can be used"}, // tom's address, but it is not known to be theirs
		{"stranger", "you do not have an account here that can be used"},
		{"heir", "you do not have an account here that can be used"}, // has sam's address now, and is not sam
	} {
		b.Go(s.url + "/signin")
		at(v.user)
		if text := b.Text("main"); b.Address() != "/signin" || !strings.Contains(text, v.says) {
			t.Errorf("%s at %s: %q", v.user, b.Address(), text)
		}
	}
	entries := map[string]int{}
	if err := s.db.Read(t.Context(), func(tx *store.Tx) error {
		for _, who := range []string{"person/sam", "person/tom", ""} {
			all, err := tx.AuditOf(t.Context(), who, 100, 0)
			if err != nil {
				return err
			}
			for _, e := range all {
				entries[who+" "+e.Act]++
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if entries["person/sam signed in"] != 1 || entries["person/sam signed out"] != 1 || entries[" refused sign-in"] != 2 || entries["person/sam refused sign-in"] != 1 {
		t.Errorf("the audit has %v", entries)
	}
	for _, secret := range []string{"a long password", "a secret of the client", "westmarch.example", "Sam"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// An answer of the provider that was not asked for in this browser is refused,
// and an answer is good once.
func TestAnswersOfTheProvider(t *testing.T) {
	s := withProvider(t)
	c := s.as("")
	for _, path := range []string{"/signin/work/back", "/signin/work/back?code=x&state=y", "/signin/work/back?code=x&state="} {
		if status, to, _ := s.get(c, path); status != http.StatusSeeOther || to != "/signin" {
			t.Errorf("%s: %d %s", path, status, to)
		}
	}
	_, to, _ := s.get(c, "/signin/work")
	at, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	q := at.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("nonce") == "" || q.Get("state") == "" || q.Get("response_type") != "code" || strings.Contains(to, "secret") {
		t.Errorf("the provider is asked with %v", q)
	}
	if status, to, _ := s.get(c, "/signin/work/back?error=access_denied&state="+q.Get("state")); status != http.StatusSeeOther || to != "/signin" {
		t.Errorf("%d %s", status, to)
	}
	if _, _, body := s.get(c, "/signin"); !strings.Contains(body, "did not sign you in") {
		t.Error("it is not said that the provider refused")
	}
	if status, to, _ := s.get(c, "/signin/work/back?code=forged&state="+q.Get("state")); status != http.StatusSeeOther || to != "/signin" {
		t.Errorf("a state twice: %d %s", status, to)
	}
	_, to, _ = s.get(c, "/signin/work")
	at, _ = url.Parse(to)
	if status, to, _ := s.get(c, "/signin/work/back?code=forged&state="+at.Query().Get("state")); status != http.StatusSeeOther || to != "/signin" {
		t.Errorf("a forged code: %d %s", status, to)
	}
	if _, _, body := s.get(c, "/signin"); !strings.Contains(body, "could not be checked") {
		t.Error("it is not said that the code was refused")
	}
	if status, to, _ := s.get(c, "/work"); status != http.StatusSeeOther || to != "/signin" {
		t.Errorf("signed in: %d %s", status, to)
	}
}

// While the provider does not answer that is said, and it is asked again.
func TestProviderThatDoesNotAnswer(t *testing.T) {
	s := sample(t).also(Options{Provider: &Provider{Name: "Westmarch Council", Issuer: "http://127.0.0.1:1", Client: "weald"}})
	c := s.as("")
	if status, to, _ := s.get(c, "/signin/work"); status != http.StatusSeeOther || to != "/signin" {
		t.Errorf("%d %s", status, to)
	}
	if _, _, body := s.get(c, "/signin"); !strings.Contains(body, "Westmarch Council does not answer") {
		t.Error("it is not said")
	}
}
