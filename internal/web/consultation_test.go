package web

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/message"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
	"weald/internal/testkit/mailbox"

	"github.com/chromedp/chromedp/kb"
)

// tabTo presses Tab until what a selector finds has the focus.
func tabTo(t *testing.T, b *browser.Tab, css string) {
	t.Helper()
	for range 80 {
		b.Tab()
		if browser.Eval[bool](b, `document.activeElement.matches(`+"`"+css+"`"+`)`) {
			return
		}
	}
	t.Fatalf("the keyboard does not reach %s", css)
}

// keys types text into what has the focus.
func keys(b *browser.Tab, text string) {
	for _, r := range text {
		b.Press(string(r))
	}
}

// A school is consulted on a draft. Its head, who has no account, opens the link
// on a telephone, reads the plan, and says no with a ground and reasons, with the
// keyboard alone. The officer sees who said what; the duty is met; the link is
// used up, and opened no other plan.
func TestAConsultationIsAnsweredByALinkInTheBrowser(t *testing.T) {
	box := mailbox.Open(t)
	s := planned(t).also(Options{Forms: -1, Demo: true, Personas: Personas, Links: &app.Links{
		Send: &message.SMTP{Server: box.Server, From: "weald@westmarch.example", Plain: true}, Area: "Westmarch", Days: app.LinkDays,
	}})
	const headMail = "head@larkfield.example"
	consulted := casework.Happened(casework.SchoolConsulted, calendar.On(2026, 11, 18))
	if err := consulted.Set("setting", "Larkfield Primary School"); err != nil {
		t.Fatal(err)
	}
	program := access.User{ID: "program", Role: access.Manager}
	if err := (&app.Casework{Core: s.core}).Record(t.Context(), program, "served", app.Recording{Event: consulted, Seen: app.Unseen}); err != nil {
		t.Fatal(err)
	}
	officer := browser.Open(t)
	officer.Go(s.url + "/signin")
	officer.Click(`button[value="amina"]`, ".weald-header__person button")
	officer.Go(s.url + "/cases/served/links")
	officer.Click(`input[name="event"]`, "")
	officer.Type("#email", headMail)
	officer.Click(`form[action$="/links"] button`, ".govuk-notification-banner")
	letter := box.Await(headMail, 1)
	if strings.Contains(letter.Subject+letter.Text, "Maya") || !strings.Contains(letter.Text, "can your school, college or other setting") {
		t.Errorf("the letter says %q", letter.Text)
	}
	at := linkIn(t, letter)

	looker := s.as("") // opening it uses nothing up
	s.send(looker, at, nil)
	_, _, page := s.get(looker, "/task")
	testkit.Golden(t, "golden/consultation.html", tidy(t, page))
	evidence := filepath.Join(t.TempDir(), "numbers.txt")
	if err := os.WriteFile(evidence, []byte("Class 3 has 32 children and one teacher."), 0o600); err != nil {
		t.Fatal(err)
	}

	head := browser.Open(t)
	s.looksRight(head, "consultation-ask", at)
	head.Width(360)
	tabTo(t, head, "main form button")
	head.Enter("#name")
	s.looksRight(head, "consultation", "")
	head.Width(360)
	text := head.Text("main")
	for _, want := range []string{"Maya R.", "Larkfield Primary School", "3 December 2026", "should respond within 15 days", "which is guidance"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q: %q", want, text)
		}
	}
	if strings.Contains(text, "Reed") {
		t.Error("the page says the surname")
	}
	tabTo(t, head, `a[href="/task/plan"]`)
	head.Enter(`a.govuk-link[href="/task"]`)
	s.looksRight(head, "consultation-plan", "")
	head.Width(360)
	if plan := head.Text("main"); !strings.Contains(plan, "speech and language therapy") {
		t.Errorf("the plan says %.200q", plan)
	}
	tabTo(t, head, `main a.govuk-link[href="/task"]`)
	head.Enter("#name")
	tabTo(t, head, "#text")
	keys(head, "We are full.")
	tabTo(t, head, "main form button")
	head.Enter(".govuk-error-summary")
	s.looksRight(head, "consultation-refused", "")
	head.Width(360)
	if text := head.Text(".govuk-error-summary"); !strings.Contains(text, "Say whether you can meet the needs") || !strings.Contains(text, "Enter your name and your job") {
		t.Errorf("the mistakes are %q", text)
	}
	if got := browser.Eval[string](head, `document.querySelector("#text").value`); got != "We are full." {
		t.Errorf("what was typed became %q", got)
	}
	tabTo(t, head, "#name")
	keys(head, "Sam Hill, head teacher")
	tabTo(t, head, `input[name="can"]`)
	head.Press(kb.ArrowDown) // from nothing, or yes, to no
	if browser.Eval[string](head, `document.querySelector('input[name="can"]:checked').value`) != "no" {
		head.Press(kb.ArrowDown)
	}
	tabTo(t, head, `input[name="ground"]`)
	head.Press(kb.ArrowDown)
	for range 3 {
		if browser.Eval[string](head, `document.querySelector('input[name="ground"]:checked').value`) == "education-of-others" {
			break
		}
		head.Press(kb.ArrowDown)
	}
	head.Upload("#files", evidence)
	tabTo(t, head, "main form button")
	head.Enter(".govuk-panel")
	head.Go(s.url + at)
	if text := head.Text("main"); !strings.Contains(text, "This link does not work") {
		t.Errorf("used twice: %q", text)
	}
	if status, _, _ := s.get(s.as(""), "/task/plan"); status != http.StatusNotFound {
		t.Errorf("the plan without a link: %d", status)
	}

	officer.Go(s.url + "/cases/served")
	text = officer.Text("main")
	for _, want := range []string{"Setting responded", "not compatible with the efficient education of others", "We are full.", "Sam Hill, head teacher (by a link)", "numbers.txt"} {
		if !strings.Contains(text, want) {
			t.Errorf("the case does not show %q", want)
		}
	}
	file, err := (&app.Casework{Core: s.core}).Case(t.Context(), program, "served", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Reading.Duties {
		if d.Rule.ID == casework.AnswerConsultation.ID && d.Done != testkit.Today {
			t.Errorf("the answer is due %s and met %s", d.Due, d.Done)
		}
	}
	if _, _, page := s.get(s.as("amina"), "/cases/served/looks"); !strings.Contains(page, "Larkfield Primary School (by a link)") {
		t.Error("that the plan was read by a link was not kept")
	}
}
