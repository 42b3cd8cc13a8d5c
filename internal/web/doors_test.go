package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"weald/domain/access"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/web/board"
	"weald/internal/web/portal"
	"weald/internal/web/staff"

	"github.com/go-webauthn/webauthn/webauthn"
)

// Every address is tried as every persona, and opens to those and no others
// whom doors.txt names. WEALD_GOLDEN=1 writes the table again, as it is found.
func TestDoors(t *testing.T) {
	s := sample(t)
	text, err := os.ReadFile("doors.txt")
	if err != nil {
		t.Fatal(err)
	}
	id := s.first(app.CaseFilter{})
	s.write(id, func(*plan.Plan) {})
	fill := []string{"{$}", "", "/cases/{id}", "/cases/" + id, "{doc}", s.attach(id, 0, sent{"a.txt", "Dear Zoë"})[0], "{seq}", "1", "{letter}", "B", "{advice}", "new", "{person}", "amina", "/rules/{id}", "/rules/issue-final-plan", "{measure}", "I004", "{pile}", "soon", "{limit}", "none", "{code}", "S-033", "{child}", id,
		"{org}", "elm", "{member}", "m-dev", "{tie}", "t-lakshmi", "{involvement}", "i-ravi", "{line}", "f-1"}
	s.partners(app.ChildID(id))
	var personas []string
	for _, p := range Personas {
		personas = append(personas, p.User.ID)
	}
	tryAll := func(pattern string) (all []string) {
		s.server.throttle.tries = newThrottle(30, 10*time.Second) // so many knock here, from one network
		method, path, _ := strings.Cut(pattern, " ")
		for _, persona := range append([]string{""}, personas...) {
			by := access.User{ID: persona, Org: map[string]string{"sue": "elm", "ravi": "clinic"}[persona]}
			filled := strings.NewReplacer(append(fill, "{key}", app.Key(by, app.ChildID(id)))...).Replace(path)
			all = append(all, try(t, s, persona, method, filled))
		}
		return all
	}
	routes := (&Server{pages: &staff.Pages{}, portal: &portal.Pages{}, board: &board.Pages{}, personas: Personas, provider: &Provider{}, codes: &app.Codes{}, passkeys: &webauthn.WebAuthn{}, links: &app.Links{}}).patterns()
	var table strings.Builder
	listed := map[string]bool{}
	head := false
	row := func(pattern string, found []string) {
		fmt.Fprintf(&table, "%-62s", pattern)
		for _, f := range found {
			fmt.Fprintf(&table, " %-8s", f)
		}
		table.WriteString("\n")
	}
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
			table.WriteString(line)
			continue
		case !head:
			head = true
			if want := append([]string{"-"}, personas...); !slices.Equal(words, want) && os.Getenv("WEALD_GOLDEN") == "" {
				t.Fatalf("doors.txt has columns %q, want %q", words, want)
			}
			row("", append([]string{"-"}, personas...))
			continue
		}
		pattern := words[0] + " " + words[1]
		if !slices.Contains(routes, pattern) {
			if os.Getenv("WEALD_GOLDEN") == "" {
				t.Errorf("doors.txt has %s, which is no route", pattern)
			}
			continue
		}
		listed[pattern] = true
		found := tryAll(pattern)
		row(pattern, found)
		if os.Getenv("WEALD_GOLDEN") == "" && !slices.Equal(words[2:], found) {
			t.Errorf("%s opens to %q, want %q", pattern, found, words[2:])
		}
	}
	for _, pattern := range routes {
		if !listed[pattern] {
			if os.Getenv("WEALD_GOLDEN") == "" {
				t.Errorf("%s is not in doors.txt: say who may open it", pattern)
			}
			row(pattern, tryAll(pattern))
		}
	}
	if os.Getenv("WEALD_GOLDEN") != "" {
		if err := os.WriteFile("doors.txt", []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// partners lets four people in who are not the council's: the mother of a child,
// a young person, the SENCO of the child's school and a clinician who was asked
// for advice.
func (s *service) partners(id app.ChildID) {
	s.t.Helper()
	ctx := context.Background()
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		child, err := tx.Child(ctx, id)
		if err != nil {
			return err
		}
		child.Setting = "elm-school"
		from := testkit.Today - 100
		people := []store.Person{{ID: "lakshmi", Name: "Lakshmi Thapa", Email: "lakshmi@example.org"}, {ID: "kwame", Name: "Kwame Boateng", Email: "kwame@example.org"},
			{ID: "sue", Name: "Sue Fielding", Email: "sue@elm.example.org"}, {ID: "dev", Name: "Dev Anand", Email: "dev@elm.example.org"}, {ID: "ravi", Name: "Ravi Menon", Email: "ravi@clinic.example.org"}}
		for i := range people {
			p := &people[i]
			if err := errors.Join(tx.SetPerson(ctx, p), tx.OpenAccount(ctx, p.ID), tx.AddMeans(ctx, &store.Means{PersonID: p.ID, Kind: store.EmailMeans, Value: store.EmailValue(p.Email)})); err != nil {
				return err
			}
		}
		other := store.ChildID(s.firstBut(id))
		return errors.Join(tx.SetSetting(ctx, &store.Setting{ID: "elm-school", Name: "Elm Primary School"}), tx.SetChild(ctx, child),
			tx.SetOrganisation(ctx, &store.Organisation{ID: "elm", Name: "Elm Primary School", Kind: access.Setting, Setting: "elm-school", Mailbox: "send@elm.example.org"}),
			tx.SetOrganisation(ctx, &store.Organisation{ID: "clinic", Name: "Westmarch Clinic", Kind: access.Health, Body: "Community paediatrics"}),
			tx.AddMembership(ctx, &store.Membership{ID: "m-sue", Org: "elm", PersonID: "sue", Role: access.Senco, Admin: true, From: from}),
			tx.AddMembership(ctx, &store.Membership{ID: "m-dev", Org: "elm", PersonID: "dev", Role: access.Teacher, From: from}),
			tx.AddMembership(ctx, &store.Membership{ID: "m-ravi", Org: "clinic", PersonID: "ravi", Role: access.Clinician, From: from}),
			tx.Allocate(ctx, "elm", id, "dev"),
			tx.AddTie(ctx, id, &store.Tie{ID: "t-lakshmi", PersonID: "lakshmi", Basis: "Birth certificate seen", Tie: access.Tie{Kind: access.ParentTie, Say: access.Agreed, From: from}}),
			tx.AddTie(ctx, other, &store.Tie{ID: "t-kwame", PersonID: "kwame", Basis: "Passport seen", Tie: access.Tie{Kind: access.SelfTie, From: from}}),
			tx.AddInvolvement(ctx, id, &store.Involvement{ID: "i-ravi", Org: "clinic", Kind: access.Helping, Why: "Asked for advice", From: from}),
			tx.Audit(ctx, "let partners in", "", ""))
	})
	if err != nil {
		s.t.Fatal(err)
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
