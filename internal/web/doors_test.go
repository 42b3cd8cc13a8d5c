package web

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/staff"

	"github.com/go-webauthn/webauthn/webauthn"
)

// Every address is tried as every persona, and opens to those and no others
// whom doors.txt names.
func TestDoors(t *testing.T) {
	s := sample(t)
	file, err := os.Open("doors.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	id := s.first(app.CaseFilter{})
	s.write(id, func(*plan.Plan) {})
	fill := strings.NewReplacer("{$}", "", "/cases/{id}", "/cases/"+id, "{doc}", s.attach(id, 0, sent{"a.txt", "Dear Zoë"})[0], "{seq}", "1", "{letter}", "B", "{advice}", "new", "{person}", "amina", "/rules/{id}", "/rules/issue-final-plan", "{code}", "S-033", "{child}", id)
	listed := map[string]bool{}
	var personas []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 0 || words[0] == "#" || strings.HasPrefix(words[0], "#"):
			continue
		case personas == nil:
			personas = words
			continue
		}
		pattern := words[0] + " " + words[1]
		listed[pattern] = true
		for i, persona := range personas {
			want := words[2+i]
			if persona == "-" {
				persona = ""
			}
			if got := try(t, s, persona, words[0], fill.Replace(words[1])); got != want {
				t.Errorf("%s as %q: %s, want %s", pattern, persona, got, want)
			}
		}
	}
	if len(personas) != len(Personas)+1 {
		t.Errorf("doors.txt has %d personas, want nobody and %d more", len(personas), len(Personas))
	}
	for _, pattern := range (&Server{pages: &staff.Pages{}, personas: Personas, provider: &Provider{}, codes: &app.Codes{}, passkeys: &webauthn.WebAuthn{}, links: &app.Links{}}).patterns() {
		if !listed[pattern] {
			t.Errorf("%s is not in doors.txt: say who may open it", pattern)
		}
		delete(listed, pattern)
	}
	for pattern := range listed {
		t.Errorf("doors.txt has %s, which is no route", pattern)
	}
}

func try(t *testing.T, s *service, persona, method, path string) string {
	t.Helper()
	req, err := http.NewRequest(method, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.as(persona).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	_, _ = io.Copy(io.Discard, r.Body)
	switch {
	case r.StatusCode == http.StatusOK:
		return "see"
	case r.StatusCode == http.StatusNoContent:
		return "none"
	case r.StatusCode == http.StatusUnprocessableEntity:
		return "again"
	case r.StatusCode == http.StatusNotFound:
		return "missing"
	case r.StatusCode == http.StatusForbidden:
		return "refused"
	case r.StatusCode == http.StatusSeeOther && r.Header.Get("Location") == "/signin" && path != "/" && (!strings.HasPrefix(path, "/sign") || path == "/signin/stay"):
		return "sign-in"
	case r.StatusCode == http.StatusSeeOther:
		return "go"
	}
	return r.Status
}

// patterns lists the addresses of the service.
func (s *Server) patterns() (all []string) {
	for _, r := range s.routes() {
		all = append(all, r.pattern)
	}
	return all
}

// Somebody not signed in is told nothing of a child.
func TestStrangersAreToldNothing(t *testing.T) {
	s := sample(t)
	status, _, body := s.get(s.as(""), "/cases/"+s.first(app.CaseFilter{}))
	if status != http.StatusSeeOther || strings.Contains(body, "Surname") {
		t.Errorf("%d: %s", status, body)
	}
}

// A page that is not there, and a child who is not, look the same.
func TestNotFound(t *testing.T) {
	s := sample(t)
	amina := s.as("amina")
	for _, path := range []string{"/nowhere", "/cases/nobody", "/rules/no-such-rule", "/returns/checks/S-999", "/assets/nothing.css"} {
		if status, _, _ := s.get(amina, path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// Every page carries the headers that keep a browser to what Weald serves, and
// holds no script or style of its own.
func TestHeaders(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	for _, path := range []string{"/cases", "/cases/" + s.first(app.CaseFilter{}), "/rules", "/rules/issue-final-plan", "/choices", "/signin", "/nowhere"} {
		r, err := c.Get(s.url + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if csp := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, r.Header)
		}
		for _, inline := range []string{"<style", " style=", "onclick=", "javascript:"} {
			if strings.Contains(string(body), inline) {
				t.Errorf("%s holds %s", path, inline)
			}
		}
	}
}

// A form sent from another site is refused.
func TestFormsFromElsewhereAreRefused(t *testing.T) {
	s := start(t)
	req, err := http.NewRequest("POST", s.url+"/signin", strings.NewReader("as=amina"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if r.StatusCode != http.StatusForbidden {
		t.Errorf("%s", r.Status)
	}
}

// Whoever is asked to sign in is taken afterwards to the page they wanted, and
// never to another site.
func TestSignInLeadsOn(t *testing.T) {
	s := sample(t)
	c := s.as("")
	if _, to, _ := s.get(c, "/cases?when=soon"); to != "/signin" {
		t.Fatalf("led to %q", to)
	}
	r, err := c.PostForm(s.url+"/signin", map[string][]string{"as": {"tom"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if to := r.Header.Get("Location"); to != "/cases?when=soon" {
		t.Errorf("led to %q", to)
	}
	if status, _, body := s.get(c, "/cases"); status != http.StatusOK || !strings.Contains(body, "Tom Okafor") {
		t.Errorf("not signed in: %d", status)
	}
	r, err = c.Post(s.url+"/signout", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if status, _, _ := s.get(c, "/cases"); status != http.StatusSeeOther {
		t.Errorf("still signed in: %d", status)
	}
}

// A form sent after the sign-in has run out leads to sign-in and then to a page
// that is there.
func TestFormAfterSignInRanOut(t *testing.T) {
	s := sample(t)
	c := s.as("")
	r, err := c.PostForm(s.url+"/cases/"+s.first(app.CaseFilter{})+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if r.Header.Get("Location") != "/signin" {
		t.Fatalf("led to %q", r.Header.Get("Location"))
	}
	r, err = c.PostForm(s.url+"/signin", map[string][]string{"as": {"amina"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if to := r.Header.Get("Location"); to != "/" {
		t.Errorf("led to %q", to)
	}
}

// The log says which page was asked for and never for whom.
func TestLogNamesNobody(t *testing.T) {
	s := sample(t)
	id := s.first(app.CaseFilter{})
	s.get(s.as("amina"), "/cases/"+id+"?on=2026-01-01")
	log := ""
	for range 100 { // the line is written once the page has been sent
		if log = s.log.String(); strings.Contains(log, "/cases/") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if !strings.Contains(log, `pattern="GET /cases/{id}" status=200`) {
		t.Errorf("the page is not in the log: %s", log)
	}
	for _, secret := range []string{id, "2026-01-01", "Surname", "amina"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestHealth(t *testing.T) {
	s := start(t)
	for _, path := range []string{"/health", "/ready"} {
		if status, _, _ := s.get(s.as(""), path); status != http.StatusOK {
			t.Errorf("%s: %d", path, status)
		}
	}
	if err := s.db.Close(); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := s.get(&http.Client{}, "/ready"); status != http.StatusServiceUnavailable {
		t.Errorf("/ready without a record: %d", status)
	}
}
