package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/message"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
	"weald/internal/testkit/mailbox"
)

const drsMail = "ann.lee@clinic.example"

// withLinks starts a service that sends links by a real mail server, and returns
// a child of whom advice is awaited from a clinic.
func withLinks(t *testing.T, days int) (*service, *mailbox.Box, string) {
	t.Helper()
	box := mailbox.Open(t)
	s := sample(t).also(Options{Forms: -1, Demo: true, Personas: Personas, Links: &app.Links{
		Send: &message.SMTP{Server: box.Server, From: "weald@westmarch.example", Plain: true}, Area: "Westmarch", Days: days,
	}})
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	s.awaits(s.as("amina"), id, "Riverside clinic")
	return s, box, id
}

// awaits records that advice was asked for.
func (s *service) awaits(c *http.Client, id, body string) {
	s.t.Helper()
	path := "/cases/" + id + "/events"
	typed := with(s.form(c, path+"/new?kind=advice-requested"), "day-day", "20", "day-month", "11", "day-year", "2026", "says-body", body)
	if status, page := s.send(c, path, typed); status != http.StatusSeeOther {
		s.t.Fatalf("%d: %.300s", status, page)
	}
}

// sendLink sends a link for the last advice that is awaited.
func (s *service) sendLink(c *http.Client, id string) {
	s.t.Helper()
	_, _, page := s.get(c, "/cases/"+id+"/links")
	all := regexp.MustCompile(`name="event" type="radio" value="(\d+)"|type="radio" value="(\d+)"|value="(\d+)"[^>]*type="radio"`).FindAllStringSubmatch(page, -1)
	if len(all) == 0 {
		s.t.Fatalf("no advice to choose on %s", page)
	}
	last := all[len(all)-1]
	if status, page := s.send(c, "/cases/"+id+"/links", url.Values{"event": {last[1] + last[2] + last[3]}, "email": {drsMail}}); status != http.StatusSeeOther {
		s.t.Fatalf("%d: %.300s", status, page)
	}
}

var linkInMail = regexp.MustCompile(`http://localhost:\d+(/task/[A-Z2-7]{52})\n`)

func linkIn(t *testing.T, l mailbox.Letter) string {
	t.Helper()
	m := linkInMail.FindStringSubmatch(l.Text)
	if m == nil {
		t.Fatalf("no link in %q", l.Text)
	}
	return m[1]
}

// advise sends advice by a link that has been opened.
func (s *service) advise(c *http.Client, name, text string, files ...string) (int, string) {
	s.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	_ = m.WriteField("name", name)
	_ = m.WriteField("text", text)
	for i := 0; i+1 < len(files); i += 2 {
		f, err := m.CreateFormFile("files", files[i])
		if err != nil {
			s.t.Fatal(err)
		}
		_, _ = f.Write([]byte(files[i+1]))
	}
	_ = m.Close()
	r, err := c.Post(s.url+"/task", m.FormDataContentType(), &b)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	text2 := new(bytes.Buffer)
	_, _ = text2.ReadFrom(r.Body)
	return r.StatusCode, r.Header.Get("Location") + text2.String()
}

// An officer sends a link; a clinician without an account opens it, after their
// mail scanner has, and sends advice with a file; the officer sees it.
func TestAdviceByALinkInTheBrowser(t *testing.T) {
	s, box, id := withLinks(t, app.LinkDays)
	officer := browser.Open(t)
	officer.Go(s.url + "/signin")
	officer.Click(`button[value="amina"]`, ".weald-header__person button")
	officer.Go(s.url + "/cases/" + id)
	child := officer.Text("h1")
	officer.Click(`a[href$="/links"]`, "#email")
	officer.Click(`input[name="event"]`, "")
	officer.Type("#email", drsMail)
	s.looksRight(officer, "links-send", "")
	officer.Width(1280)
	officer.Click(`form[action$="/links"] button`, ".govuk-notification-banner")
	s.looksRight(officer, "links-sent", "")
	letter := box.Await(drsMail, 1)
	for _, word := range strings.Fields(child) {
		if len(word) > 3 && strings.Contains(letter.Text, word) {
			t.Errorf("the letter names %q", word)
		}
	}
	at := linkIn(t, letter)
	for range 3 { // a mail scanner
		status, _, body := s.get(s.as(""), at)
		if status != http.StatusOK || strings.Contains(body, strings.Fields(child)[0]) {
			t.Errorf("the page that scanners see: %d, or names the child", status)
		}
	}

	clinic := browser.Open(t)
	s.looksRight(clinic, "task-ask", at)
	clinic.Width(360)
	clinic.Click("main form button", "#name")
	if clinic.Address() != "/task" {
		t.Errorf("the link's secret stays in the address: %s", clinic.Address())
	}
	clinic.Click("main form button", ".govuk-error-summary")
	s.looksRight(clinic, "task-refused", "")
	file := filepath.Join(t.TempDir(), "report.txt")
	if err := os.WriteFile(file, []byte("The child needs help with reading."), 0o600); err != nil {
		t.Fatal(err)
	}
	clinic.Type("#name", "Dr Ann Lee, paediatrician")
	clinic.Type("#text", "My report is in the file.")
	clinic.Upload("#files", file)
	clinic.Click("main form button", ".govuk-panel")
	s.looksRight(clinic, "task-done", "")
	clinic.Go(s.url + at)
	if text := clinic.Text("main"); !strings.Contains(text, "This link does not work") {
		t.Errorf("used twice: %q", text)
	}
	s.looksRight(clinic, "task-over", "")

	officer.Go(s.url + "/cases/" + id)
	text := officer.Text("main")
	for _, want := range []string{"Advice received", "Riverside clinic", "report.txt", "My report is in the file.", "Dr Ann Lee, paediatrician (by a link)"} {
		if !strings.Contains(text, want) {
			t.Errorf("the case does not show %q", want)
		}
	}
	officer.Go(s.url + "/cases/" + id + "/links")
	if text := officer.Text("main"); !strings.Contains(text, "by Dr Ann Lee, paediatrician") {
		t.Errorf("%q", text)
	}
	file2, err := (&app.Casework{Core: s.core}).Case(t.Context(), program, app.ChildID(id), 0)
	if err != nil {
		t.Fatal(err)
	}
	if last := file2.Entries[len(file2.Entries)-1]; last.Provenance != "a link sent to "+drsMail+", by Dr Ann Lee, paediatrician" {
		t.Errorf("recorded from %q", last.Provenance)
	}
	if strings.Contains(s.log.String(), at) || strings.Contains(s.log.String(), "clinic.example") {
		t.Error("the log holds the link or the address")
	}
}

// A link is to one task: it opens nothing else, a forged or revoked one or one
// that has run out opens nothing, and two answers sent at once count once.
func TestLinksGolden(t *testing.T) {
	s, box, id := withLinks(t, app.LinkDays)
	amina := s.as("amina")
	s.sendLink(amina, id)
	at := linkIn(t, box.Await(drsMail, 1))
	over := func(c *http.Client, path string) bool {
		status, _, body := s.get(c, path)
		return status == http.StatusNotFound && strings.Contains(body, "This link does not work")
	}
	for _, forged := range []string{at[:len(at)-1], at + "A", "/task/" + strings.Repeat("A", 52), "/task"} {
		if !over(s.as(""), forged) {
			t.Errorf("%s opens something", forged)
		}
	}
	clinic := s.as("")
	if status, to := s.send(clinic, at, nil); status != http.StatusSeeOther || to != "/task" {
		t.Fatalf("%d %.100s", status, to)
	}
	for _, path := range []string{"/cases/" + id, "/cases", "/work", "/cases/" + id + "/documents"} {
		if status, to, _ := s.get(clinic, path); status != http.StatusSeeOther || to != "/signin" {
			t.Errorf("a link opens %s: %d", path, status)
		}
	}
	before := s.entries(id)
	for _, v := range []struct{ name, text string }{{"", "words"}, {"Dr Lee", ""}, {strings.Repeat("x", 121), "words"}, {"Dr Lee", strings.Repeat("x", app.NoteLength+1)}} {
		if status, _ := s.advise(clinic, v.name, v.text); status != http.StatusUnprocessableEntity {
			t.Errorf("%.10q, %.10q: %d", v.name, v.text, status)
		}
	}
	if status, body := s.advise(clinic, "Dr Lee", "", "virus.exe", "MZ\x90\x00 not a document"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "virus.exe") {
		t.Errorf("a program: %d", status)
	}
	if n := s.entries(id); n != before {
		t.Fatalf("%d entries more", n-before)
	}
	// In two browsers at once.
	other := s.as("")
	s.send(other, at, nil)
	got := make(chan int, 2)
	for _, c := range []*http.Client{clinic, other} {
		go func() {
			status, _ := s.advise(c, "Dr Lee", "She needs help with reading.")
			got <- status
		}()
	}
	if a, b := <-got, <-got; a+b != http.StatusSeeOther+http.StatusNotFound {
		t.Errorf("two answers: %d and %d", a, b)
	}
	if n := s.entries(id); n != before+1 {
		t.Errorf("%d entries more, want 1", n-before)
	}

	s.db.SetClock(func() time.Time { return testkit.Now.Add(time.Minute) })
	s.awaits(amina, id, "Hillside surgery")
	s.sendLink(amina, id)
	at = linkIn(t, box.Await(drsMail, 2))
	_, _, page := s.get(amina, "/cases/"+id+"/links")
	revoke := regexp.MustCompile(`/cases/[^"]+/revoke`).FindString(page)
	if status, _ := s.send(s.as("priya"), revoke, nil); status != http.StatusForbidden {
		t.Errorf("priya revokes: %d", status)
	}
	s.send(clinic, at, nil)
	s.send(amina, revoke, nil)
	if !over(s.as(""), at) || !over(clinic, "/task") {
		t.Error("a revoked link works")
	}
	if status, _ := s.advise(clinic, "Dr Lee", "Too late"); status != http.StatusNotFound {
		t.Errorf("answered by a revoked link: %d", status)
	}
	if status, _ := s.send(amina, revoke, nil); status != http.StatusNotFound {
		t.Errorf("revoked twice: %d", status)
	}
	_, _, page = s.get(amina, "/cases/"+id+"/links")
	testkit.Golden(t, "golden/links-many.html", tidy(t, strings.ReplaceAll(page, id, "CHILD")))
}

// A link that has run out opens nothing, and one for nothing that is awaited is
// not made.
func TestLinkRunsOut(t *testing.T) {
	s, box, id := withLinks(t, -1)
	amina := s.as("amina")
	s.sendLink(amina, id)
	if status, _, _ := s.get(s.as(""), linkIn(t, box.Await(drsMail, 1))); status != http.StatusNotFound {
		t.Errorf("it has run out, and works: %d", status)
	}
	for _, v := range []url.Values{{"event": {"1"}, "email": {drsMail}}, {"event": {"99"}, "email": {drsMail}}, {"event": {"x"}, "email": {drsMail}}, {"email": {drsMail}}, {"event": {"1"}, "email": {"a@b\r\nBcc: c"}}} {
		if status, _ := s.send(amina, "/cases/"+id+"/links", v); status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", v, status)
		}
	}
}
