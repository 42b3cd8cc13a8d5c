package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// form opens the form at an address and returns the hidden fields that it
// carries.
func (s *service) form(c *http.Client, path string) url.Values {
	s.t.Helper()
	status, _, body := s.get(c, path)
	if status != http.StatusOK {
		s.t.Fatalf("%s: %d", path, status)
	}
	v := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		v.Set(m[1], m[2])
	}
	if v.Get("form") == "" || v.Get("seen") == "" {
		s.t.Fatalf("%s carries %v", path, v)
	}
	return v
}

func with(v url.Values, pairs ...string) url.Values {
	more := url.Values{}
	for k, values := range v {
		more[k] = values
	}
	for i := 0; i < len(pairs); i += 2 {
		more.Set(pairs[i], pairs[i+1])
	}
	return more
}

// send posts a form and returns the answer's status and text.
func (s *service) send(c *http.Client, path string, v url.Values) (int, string) {
	s.t.Helper()
	r, err := c.PostForm(s.url+path, v)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, r.Header.Get("Location") + string(text)
}

// entries counts what is recorded of a child.
func (s *service) entries(id string) int {
	s.t.Helper()
	f, err := (&app.Casework{Core: s.core}).Case(context.Background(), program, app.ChildID(id), 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return len(f.Entries)
}

// A form that is wrong says everything that is wrong at once, keeps what was
// typed, and records nothing.
func TestWrongFormLosesNothing(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path, before := "/cases/"+id+"/events", s.entries(id)
	form := s.form(c, path+"/new?kind=advice-requested")
	for name, v := range map[string]struct {
		typed url.Values
		want  []string
	}{
		"a day that is none":   {with(form, "day-day", "31", "day-month", "2", "day-year", "2026", "says-body", "Dr Ünal's clinic"), []string{"There is a problem", `value="31"`, "Dr Ünal"}},
		"a day to come":        {with(form, "day-day", "1", "day-month", "1", "day-year", "2027"), []string{"must be today or in the past", `value="2027"`}},
		"no day, and too long": {with(form, "says-body", strings.Repeat("x", 300)), []string{"day it happened", "200 characters", strings.Repeat("x", 300)}},
	} {
		status, body := s.send(c, path, v.typed)
		if status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, status)
		}
		for _, want := range v.want {
			if !strings.Contains(strings.ReplaceAll(body, "&#39;", "'"), want) {
				t.Errorf("%s: the page does not hold %q", name, want)
			}
		}
	}
	if n := s.entries(id); n != before {
		t.Errorf("%d entries, were %d", n, before)
	}
}

// What the law forbids is refused with its citation, and what was typed stays.
func TestRefusedFormCitesTheLaw(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path := "/cases/" + id + "/events"
	day := []string{"day-day", "20", "day-month", "11", "day-year", "2026"}
	if status, body := s.send(c, path, with(s.form(c, path+"/new?kind=draft-served"), day...)); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, body)
	}
	status, body := s.send(c, path, with(s.form(c, path+"/new?kind=plan-finalised"), "day-day", "22", "day-month", "11", "day-year", "2026"))
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "regulation 13(1)") || !strings.Contains(body, "first lawful day is 5 December 2026") || !strings.Contains(body, `value="22"`) {
		t.Errorf("%d, or the page does not say why", status)
	}
	testkit.Golden(t, "golden/event-refused.html", tidy(t, body))
}

// A form sent twice is recorded once; one overtaken by somebody else's is shown
// with what they recorded, and is recorded when it is sent again.
func TestFormSentTwiceAndFormOvertaken(t *testing.T) {
	s := sample(t)
	amina, tom := s.as("amina"), s.as("tom")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path, before := "/cases/"+id+"/events", s.entries(id)
	day := []string{"day-day", "20", "day-month", "11", "day-year", "2026"}
	hers := with(s.form(amina, path+"/new?kind=advice-requested"), append(day, "says-body", "Clinic")...)
	his := with(s.form(tom, path+"/new?kind=advice-requested"), append(day, "says-body", "School")...)
	for range 3 {
		if status, body := s.send(amina, path, hers); status != http.StatusSeeOther {
			t.Fatalf("%d: %s", status, body)
		}
	}
	if n := s.entries(id); n != before+1 {
		t.Errorf("sent three times: %d entries more", n-before)
	}
	status, body := s.send(tom, path, his)
	if status != http.StatusConflict || !strings.Contains(body, "Amina Yusuf") || !strings.Contains(body, "School") {
		t.Errorf("overtaken: %d, or it does not say by whom or keep what was typed", status)
	}
	testkit.Golden(t, "golden/event-overtaken.html", tidy(t, body))
	his = with(his, "seen", fmt.Sprint(before+1))
	if status, _ := s.send(tom, path, his); status != http.StatusSeeOther || s.entries(id) != before+2 {
		t.Errorf("sent again: %d, %d entries more", status, s.entries(id)-before)
	}
}

// Those who may not record are refused at the address, not only spared the link.
func TestOnlyThoseWhoMayRecord(t *testing.T) {
	s := sample(t)
	id := s.first(app.CaseFilter{})
	jane := s.as("jane")
	if _, _, body := s.get(jane, "/cases/"+id); strings.Contains(body, "/events/new") {
		t.Error("an inspector is offered to record")
	}
	before := s.entries(id)
	status, _ := s.send(jane, "/cases/"+id+"/events", url.Values{"kind": {"deceased"}, "day-day": {"1"}, "day-month": {"1"}, "day-year": {"2026"}, "form": {"x"}, "seen": {"99"}})
	if status != http.StatusForbidden || s.entries(id) != before {
		t.Errorf("an inspector recorded: %d", status)
	}
}

// An officer records a decision, sees the duty met, puts its day right and
// strikes it out, with and without scripts.
func TestRecordAndCorrectInTheBrowser(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			s := sample(t)
			id := s.first(app.CaseFilter{Stage: casework.RequestStage})
			b := browser.Open(t)
			b.JavaScript(scripts)
			b.Go(s.url + "/signin")
			b.Click(`button[value="amina"]`, ".weald-numbers")
			b.Go(s.url + "/cases/" + id)
			was := b.Text(".weald-next")
			b.Go(s.url + "/cases/" + id + "/events/new?kind=decision-to-assess-sent")
			b.Type("#day-day", "2")
			b.Type("#day-month", "11")
			b.Type("#day-year", "2026")
			b.Click(`input[name="says-decision"][value="yes"]`, "")
			b.Click("main form button", "#timeline")
			if text := b.Text("main"); !strings.Contains(text, "Recorded: decision whether to assess sent, Monday 2 November 2026") || b.Text(".weald-next") == was {
				t.Errorf("not recorded: %.200q", text)
			}
			b.Click(`a[href$="/correct"]`, `input[name="reason"], textarea[name="reason"]`)
			b.Type("#day-day", "3")
			b.Type(`[name="reason"]`, "Typed the wrong day")
			b.Click(`main form[method="post"] button`, "#timeline")
			if text := b.Text("main"); !strings.Contains(text, "Tuesday 3 November 2026") || !strings.Contains(text, "Corrected: ") {
				t.Errorf("not corrected: %.300q", text)
			}
			// The forms as they come back are as good as they were at first: refused,
			// overtaken, and asking about another kind.
			for name, come := range map[string]func(){
				"refused": func() {
					b.Go(s.url + "/cases/" + id + "/events/new?kind=advice-requested")
					b.Click("main form button.govuk-button", ".govuk-error-summary")
				},
				"overtaken": func() {
					b.Go(s.url + "/cases/" + id + "/events/new?kind=advice-requested")
					c := s.as("tom")
					path := "/cases/" + id + "/events"
					if status, body := s.send(c, path, with(s.form(c, path+"/new?kind=advice-requested"), "day-day", "20", "day-month", "11", "day-year", "2026", "says-body", "School")); status != http.StatusSeeOther {
						t.Fatalf("%d %.300s", status, body)
					}
					b.Type("#day-day", "20")
					b.Type("#day-month", "11")
					b.Type("#day-year", "2026")
					b.Type(`[name="says-body"]`, "Clinic")
					b.Click("main form button.govuk-button", ".govuk-notification-banner")
				},
				"another kind": func() {
					b.Go(s.url + "/cases/" + id + fmt.Sprintf("/events/%d/correct?kind=advice-received", s.entries(id)))
				},
			} {
				come()
				if scripts {
					for _, broken := range b.Axe() {
						t.Errorf("%s: %s", name, broken)
					}
				}
				if dir := os.Getenv("WEALD_SHOTS"); dir != "" && scripts {
					b.Screenshot(filepath.Join(dir, "event-"+strings.ReplaceAll(name, " ", "-")+".png"))
				}
			}
		})
	}
}

// An exception's form asks for what its ground rests on and nothing else, and a
// ground that the rule does not have is refused with those that it has.
func TestExceptionAsksForItsGround(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	path := "/cases/" + s.first(app.CaseFilter{Stage: casework.RequestStage}) + "/events"
	choose := path + "/new?kind=exception-recorded&says-rule=A02&says-ground="
	for ground, want := range map[string]string{"personal-circumstances": "from to", "absent": "from to", "school-closed": "setting from to asked"} {
		_, _, body := s.get(c, choose+ground)
		for _, field := range []string{"setting", "from", "to", "asked"} {
			asked := strings.Contains(body, `name="says-`+field+`"`) || strings.Contains(body, `name="says-`+field+`-day"`)
			if asked != strings.Contains(" "+want+" ", " "+field+" ") {
				t.Errorf("%s: %q asked for: %v", ground, field, asked)
			}
		}
	}
	if status, _, body := s.get(c, choose+"later-representations"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "is not a ground on which A02") || !strings.Contains(body, "school closed") {
		t.Errorf("a ground that is none: %d", status)
	}
	form := s.form(c, choose+"personal-circumstances")
	if status, body := s.send(c, path, with(form, "day-day", "20", "day-month", "11", "day-year", "2026")); status != http.StatusSeeOther || strings.Contains(body, "events/new") {
		t.Errorf("the exception was not recorded: %d %.300s", status, body)
	}
}
