package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/testkit/browser"
	"weald/internal/web/face"
)

// runOut ends somebody's session as time does: their browser still knows who
// was there last.
func (s *service) runOut(c *http.Client) {
	s.t.Helper()
	at, err := url.Parse(s.url)
	if err != nil {
		s.t.Fatal(err)
	}
	left, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, cookie := range c.Jar.Cookies(at) {
		if cookie.Name != "weald" {
			left.SetCookies(at, []*http.Cookie{cookie})
		}
	}
	c.Jar = left
}

// What was typed before a sign-in ran out is shown again to who typed it, in
// their form, and is recorded when they send it again and not before.
func TestFormIsKeptWhenSignInRunsOut(t *testing.T) {
	s := sample(t)
	amina := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path, before := "/cases/"+id+"/events", s.entries(id)
	const secret = `Dr Ünal's "<clinic>" & partners`
	typed := with(s.form(amina, path+"/new?kind=advice-requested"), "day-day", "20", "day-month", "11", "day-year", "2026", "says-body", secret)
	s.runOut(amina)
	if status, body := s.send(amina, path, typed); status != http.StatusSeeOther || !strings.HasPrefix(body, "/signin") {
		t.Fatalf("%d: %s", status, body)
	}
	if _, _, body := s.get(amina, "/signin"); !strings.Contains(body, "what you typed is kept for an hour") || strings.Contains(body, "Ünal") {
		t.Error("sign-in does not say that the form is kept, or shows it")
	}
	_, to := s.send(amina, "/signin", url.Values{"as": {"amina"}})
	if want := path + "/new?kind=advice-requested"; to != want {
		t.Fatalf("led to %q, want %q", to, want)
	}
	for range 2 { // reading it does not use it up
		_, _, body := s.get(amina, to)
		for _, want := range []string{"Your form, as you sent it", `value="20"`, "Dr Ünal&#39;s &#34;&lt;clinic&gt;&#34; &amp; partners", `name="form" value="` + typed.Get("form") + `"`} {
			if !strings.Contains(body, want) {
				t.Errorf("the form does not hold %q", want)
			}
		}
	}
	if n := s.entries(id); n != before {
		t.Fatalf("%d entries were recorded unasked", n-before)
	}
	if status, body := s.send(amina, path, typed); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, body)
	}
	if n := s.entries(id); n != before+1 {
		t.Errorf("%d entries more, want 1", n-before)
	}
	if _, _, body := s.get(amina, to); strings.Contains(body, "Ünal") {
		t.Error("it is kept after it was sent")
	}
	if log := s.log.String(); strings.Contains(log, "nal's") || strings.Contains(log, "clinic") {
		t.Error("the log holds what was typed")
	}
}

// Somebody else who signs in on the same browser sees nothing of it and is not
// led to it, and then it is gone.
func TestKeptFormIsForNobodyElse(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path := "/cases/" + id + "/events"
	typed := with(s.form(c, path+"/new?kind=advice-requested"), "says-body", "Clinic of secrets")
	s.runOut(c)
	s.send(c, path, typed)
	for _, persona := range []string{"tom", "amina"} {
		if _, to := s.send(c, "/signin", url.Values{"as": {persona}}); to != "/" {
			t.Errorf("%s was led to %q", persona, to)
		}
		if _, _, body := s.get(c, path+"/new?kind=advice-requested"); strings.Contains(body, "secrets") || strings.Contains(body, "as you sent it") {
			t.Errorf("%s sees it", persona)
		}
	}
}

// A form from a browser on which nobody has signed in is not kept, nor is one of
// great length, and that is said.
func TestWhatIsNotKept(t *testing.T) {
	s := sample(t)
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path := "/cases/" + id + "/events"
	stranger := s.as("")
	s.send(stranger, path, url.Values{"kind": {"advice-requested"}, "says-body": {"Clinic"}})
	if _, _, body := s.get(stranger, "/signin"); strings.Contains(body, "kept") {
		t.Error("a stranger's form is kept")
	}
	amina := s.as("amina")
	typed := with(s.form(amina, path+"/new?kind=advice-requested"), "says-body", strings.Repeat("x", keptLength))
	s.runOut(amina)
	s.send(amina, path, typed)
	if _, _, body := s.get(amina, "/signin"); !strings.Contains(body, "too long to be kept") {
		t.Error("a form too long is dropped without a word")
	}
}

// Of a form with files the words are kept, and it says that the files are not.
func TestKeptFormWithoutItsFiles(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	path := "/cases/" + s.first(app.CaseFilter{}) + "/documents"
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if err := m.WriteField(face.MakerField, s.maker(c, path+"/new")); err != nil {
		t.Fatal(err)
	}
	f, err := m.CreateFormFile("files", "letter.pdf")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write(bytes.Repeat([]byte("x"), 4<<20))
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	s.runOut(c)
	r, err := c.Post(s.url+path, m.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	if _, to := s.send(c, "/signin", url.Values{"as": {"amina"}}); to != path+"/new" {
		t.Fatalf("led to %q", to)
	}
	if _, _, body := s.get(c, path+"/new"); !strings.Contains(body, "without its files: choose them again") {
		t.Error("it does not say that the files are to be chosen again")
	}
}

// Every sort of field is filled in, in the form that was sent and in no other.
func TestFormIsFilledIn(t *testing.T) {
	const page = `<main id="m"><form method="post" action="/b"><input name="a" value="b's"></form>` +
		`<form method="post" action="/a"><input name="a" value="old"><input type="radio" name="r" value="1" checked><input type="radio" name="r" value="2">` +
		`<input type="checkbox" name="c" value="1"><input type="checkbox" name="c" value="2" checked><select name="s"><option selected>Choose</option><option value="x">X</option></select>` +
		"<textarea name=\"t\">\nold</textarea><input type=\"file\" name=\"f\"><button name=\"a\" value=\"go\">Go</button></form></main>"
	got := string(refill(t.Context(), []byte(page), &keptForm{Action: "/a", Values: url.Values{"a": {`"new"`}, "r": {"2"}, "c": {"1"}, "s": {"x"}, "t": {"\nfirst <b>"}, "f": {"letter.pdf"}}.Encode()}))
	for _, want := range []string{`<input name="a" value="b's">`, `<input name="a" value="&#34;new&#34;">`, `value="1"><input type="radio" name="r" value="2" checked`,
		`name="c" value="1" checked=""><input type="checkbox" name="c" value="2">`, `<option>Choose`, `<option value="x" selected`, "<textarea name=\"t\">\n\nfirst &lt;b&gt;</textarea>", `<input type="file" name="f">`, `<button name="a" value="go">`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if got := string(refill(t.Context(), []byte(page), &keptForm{Action: "/elsewhere"})); got != page {
		t.Errorf("a page without the form was changed: %s", got)
	}
}

// An officer goes to lunch with a correction half typed.
func TestFormIsKeptInTheBrowser(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			s := sample(t)
			id := s.first(app.CaseFilter{Stage: casework.RequestStage})
			b := browser.Open(t)
			b.JavaScript(scripts)
			b.Go(s.url + "/signin")
			b.Click(`button[value="amina"]`, ".weald-numbers")
			b.Go(s.url + "/cases/" + id + "/events/1/correct")
			b.Type("#day-day", "7")
			b.Type(`[name="reason"]`, "The letter shows\nanother day")
			b.Forget("weald")
			b.Click(`main form[method="post"] button`, `button[value="amina"]`)
			if text := b.Text("main"); !strings.Contains(text, "what you typed is kept") {
				t.Errorf("sign-in says %.200q", text)
			}
			b.Click(`button[value="amina"]`, "#day-day")
			if scripts {
				for _, broken := range b.Axe() {
					t.Error(broken)
				}
			}
			if day, reason := browser.Eval[string](b, `document.querySelector("#day-day").value`), browser.Eval[string](b, `document.querySelector("[name=reason]").value`); day != "7" || reason != "The letter shows\nanother day" {
				t.Errorf("day %q, reason %q", day, reason)
			}
			b.Click(`main form[method="post"] button`, "#timeline")
			if text := b.Text("main"); !strings.Contains(text, "Corrected: ") {
				t.Errorf("not corrected: %.300q", text)
			}
		})
	}
}
