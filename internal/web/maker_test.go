package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/testkit/browser"
	"weald/internal/web/face"
)

var makerField = regexp.MustCompile(`name="` + face.MakerField + `" value="([A-Z2-7]{26})"`)

// maker returns the sign-in in which a page's forms say they were made.
func (s *service) maker(c *http.Client, path string) string {
	s.t.Helper()
	_, _, body := s.get(c, path)
	m := makerField.FindStringSubmatch(body)
	if m == nil {
		s.t.Fatalf("%s does not say in which sign-in its forms were made", path)
	}
	return m[1]
}

// Every form that posts, on every page, says first in which sign-in it was made.
func TestEveryFormIsBoundToItsMaker(t *testing.T) {
	s := sample(t)
	amina := s.as("amina")
	form := regexp.MustCompile(`(?s)<form[^>]*method="post"[^>]*>(.{0,80})`)
	n := 0
	for _, p := range places(s) {
		_, _, body := s.get(amina, p.path)
		for _, m := range form.FindAllStringSubmatch(body, -1) {
			if n++; !strings.HasPrefix(m[1], `<input type="hidden" name="maker"`) {
				t.Errorf("%s has a form that anybody may have made: %.200s", p.name, m[0])
			}
		}
	}
	if n < len(places(s)) {
		t.Errorf("%d forms on %d pages", n, len(places(s)))
	}
}

// A form that was opened by one person and is sent while another is signed in on
// the same browser is refused, in words, and nothing is recorded.
func TestFormOfSomebodyElseIsRefused(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path := "/cases/" + id + "/events"
	typed := with(s.form(c, path+"/new?kind=advice-requested"), "day-day", "20", "day-month", "11", "day-year", "2026", "says-body", "Clinic")
	s.send(c, "/signin", url.Values{"as": {"tom"}})
	before := s.entries(id)
	status, body := s.send(c, path, typed)
	if status != http.StatusConflict || !strings.Contains(body, "somebody else") || !strings.Contains(body, "Nothing has been recorded") {
		t.Errorf("%d: %.300s", status, body)
	}
	if strings.Contains(body, "Amina") {
		t.Error("it says whose form it was")
	}

	var upload bytes.Buffer
	m := multipart.NewWriter(&upload)
	_ = m.WriteField(face.MakerField, typed.Get(face.MakerField))
	f, _ := m.CreateFormFile("files", "letter.txt")
	_, _ = f.Write([]byte("Dear Zoë"))
	_ = m.Close()
	r, err := c.Post(s.url+"/cases/"+id+"/documents", m.FormDataContentType(), &upload)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if r.StatusCode != http.StatusConflict {
		t.Errorf("a file: %s", r.Status)
	}
	for _, forged := range []string{"x", strings.Repeat("A", 26), ""} {
		status, _ := s.send(c, path, with(typed, face.MakerField, forged))
		if forged != "" && status != http.StatusConflict {
			t.Errorf("made in %q: %d", forged, status)
		}
	}
	if n := s.entries(id); n > before+1 { // the form that says nothing is whoever's sends it
		t.Errorf("%d entries were recorded", n-before)
	}

	// It is the maker's again when they are back, though in another sign-in.
	s.send(c, "/signin", url.Values{"as": {"amina"}})
	again := s.form(c, path+"/new?kind=advice-requested")
	if status, body := s.send(c, path, with(typed, "says-body", "Another clinic", "form", again.Get("form"), "seen", again.Get("seen"))); status != http.StatusSeeOther {
		t.Errorf("%d: %.300s", status, body)
	}
}

// The same in a browser: two tabs, and somebody else signs in in the second.
func TestTwoPeopleInOneBrowser(t *testing.T) {
	s := sample(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-numbers")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	b.Go(s.url + "/cases/" + id + "/events/1/correct")
	before := s.entries(id)
	b.Type("#day-day", "7")
	b.Type(`[name="reason"]`, "The letter shows another day")
	// Another tab of the same browser.
	browser.Eval[int](b, `fetch("/signin", {method: "POST", headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: "as=tom"}).then(r => { window.done = r.status }); 1`)
	for browser.Eval[int](b, `window.done || 0`) == 0 {
	}
	b.Click(`main form[method="post"] button`, "main a[href='/']")
	if text := b.Text("main"); !strings.Contains(text, "opened by somebody else") {
		t.Errorf("%q", text)
	}
	for _, broken := range b.Axe() {
		t.Error(broken)
	}
	if n := s.entries(id); n != before {
		t.Error("something was recorded")
	}
}
