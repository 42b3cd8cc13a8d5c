package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/domain/correspondence"
	"weald/internal/app"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// A mother asks something on a phone without scripts; the officer finds it in the
// inbox with its day and answers it; she reads the answer, and another of the
// family reads nothing of it.
func TestAQuestionIsAnsweredInTheBrowser(t *testing.T) {
	s := planned(t)
	const id = "issued"
	s.partners(id)
	lakshmi, sue := access.User{ID: "lakshmi"}, access.User{ID: "sue", Org: "elm"}
	as := func(who string) *browser.Tab {
		b := browser.Open(t)
		b.Go(s.url + "/signin")
		b.Click(fmt.Sprintf(`button[value=%q]`, who), ".weald-header__person")
		return b
	}
	looks := func(b *browser.Tab, name, path string) {
		t.Helper()
		for _, width := range []int64{1280, 360} {
			b.Width(width)
			b.Go(s.url + path)
			browser.Eval[any](b, `document.querySelectorAll("details").forEach(d => d.open = true); 1`)
			for _, broken := range b.Axe() {
				t.Errorf("%s at %d: %s", name, width, broken)
			}
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s is %d pixels too wide for %d", name, over, width)
			}
			if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
				b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", name, width)))
			}
		}
	}
	golden := func(name, as, path string) {
		t.Helper()
		_, _, body := s.get(s.as(as), path)
		testkit.Golden(t, "golden/"+name+".html", tidy(t, body))
	}
	yours, case_ := "/your/"+app.Key(lakshmi, id)+"/messages", "/cases/"+id+"/correspondence"
	golden("inbox-empty", "tom", "/inbox")
	golden("your-messages-none", "lakshmi", yours)
	golden("correspondence-none", "tom", case_)
	mum := as("lakshmi")
	mum.JavaScript(false)
	mum.Width(360)
	mum.Go(s.url + "/your/" + app.Key(lakshmi, id))
	mum.Click(`a[href$="/messages"]`, "textarea")
	mum.Type("#words", "When will the plan be ready?")
	mum.Click(`main form[method="post"] button`, ".govuk-error-summary") // nothing is lost, and she is told what is missing
	if kept := mum.Text("main"); !strings.Contains(kept, "Choose what it is about") {
		t.Errorf("after a mistake: %q", kept)
	}
	if kept := browser.Eval[string](mum, `document.querySelector("#words").value`); kept != "When will the plan be ready?" {
		t.Errorf("what she typed became %q", kept)
	}
	browser.Eval[any](mum, `document.querySelector("#topic").value = "when"; 1`)
	mum.Click(`form:has(#topic) button`, ".govuk-notification-banner")
	box := &app.Correspondence{Core: s.core}
	for range 2 { // sent twice, kept once
		if err := box.Ask(t.Context(), access.User{ID: "lakshmi", Name: "Lakshmi Thapa", Role: access.Family}, app.Key(lakshmi, id), app.Question{Topic: "when", Words: "When will the plan be ready?"}); err != nil {
			t.Fatal(err)
		}
	}
	mum.Go(s.url + yours)
	if said := mum.Text("main"); strings.Count(said, "you asked") != 1 || !strings.Contains(said, "must answer you by Monday 30 November 2026") {
		t.Errorf("she sees %q", said)
	}
	mum.JavaScript(true)
	looks(mum, "your-messages", yours)
	golden("your-messages", "lakshmi", yours)
	for _, other := range []string{"kwame", "sue"} {
		if _, _, body := s.get(s.as(other), yours); strings.Contains(body, "When will the plan") {
			t.Errorf("%s reads her message", other)
		}
	}
	ours := "/our/children/" + app.Key(sue, id) + "/messages"
	if _, _, body := s.get(s.as("sue"), ours); strings.Contains(body, "When will the plan") || !strings.Contains(body, "Ask something new") {
		t.Error("her message is on the school's page, or the school may not ask")
	}
	tom := as("tom")
	looks(tom, "inbox", "/inbox")
	golden("inbox", "tom", "/inbox")
	tom.Width(1280)
	tom.Go(s.url + "/inbox")
	tom.Click(`main td a, main th a`, "details")
	looks(tom, "correspondence", case_)
	golden("correspondence", "tom", case_)
	file, err := box.Of(t.Context(), program, id)
	if err != nil {
		t.Fatal(err)
	}
	form := fmt.Sprintf(`form[action$="/%s"]`, file.Items[0].No)
	browser.Eval[any](tom, fmt.Sprintf(`document.querySelector('%s').closest("details").open = true; 1`, form))
	tom.Click(form+` input[value="portal"]`, "main")
	tom.Click(form+" button", ".govuk-error-summary") // an answer without words is none
	tom.Type(form+" textarea", "It is final: you can read it here today.")
	tom.Click(form+" button", ".govuk-notification-banner")
	mum.Go(s.url + yours)
	if said := mum.Text("main"); !strings.Contains(said, "It is final: you can read it here today.") || strings.Contains(said, "must answer you by") {
		t.Errorf("she is not told: %q", said)
	}
	if _, _, body := s.get(s.as("tom"), "/inbox"); !strings.Contains(body, "Nothing waits") {
		t.Error("it still waits")
	}
	golden("your-messages-answered", "lakshmi", yours)
}

// What nobody answered in time is late on the inbox, on the case and on the page of
// whoever asked, with the same day; a note and a call in vain do not change that,
// and what changed since it was read is not answered over.
func TestALateAnswerIsLateForEverybody(t *testing.T) {
	s := planned(t)
	const id = "issued"
	s.partners(id)
	lakshmi := access.User{ID: "lakshmi", Name: "Lakshmi Thapa", Role: access.Family}
	box := &app.Correspondence{Core: s.core}
	for _, q := range []app.Question{
		{Topic: "help", Sender: correspondence.Member, Person: "An MP", Channel: correspondence.Letter, On: testkit.Today.AddDays(-20), Words: "What is being done?"},
		{Topic: "when", Sender: correspondence.Parent, Person: "Lakshmi Thapa", Channel: correspondence.Phone, On: testkit.Today, Words: "When?"},
	} {
		if err := box.Record(t.Context(), amina, id, q); err != nil {
			t.Fatal(err)
		}
	}
	f, err := box.Of(t.Context(), amina, id)
	if err != nil {
		t.Fatal(err)
	}
	first := f.Items[0]
	if waiting, late := f.Waiting(); waiting != 2 || late != 1 || first.Person != "An MP" {
		t.Fatalf("%d wait, %d late, first %s", waiting, late, first.Person)
	}
	for seen, step := range []correspondence.Step{correspondence.Tried, correspondence.Noted} {
		if err := box.Act(t.Context(), amina, id, first.No, app.Reply{Step: step, Channel: correspondence.Phone, Words: "x", Seen: seen + 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := box.Act(t.Context(), amina, id, first.No, app.Reply{Step: correspondence.Answered, Channel: correspondence.Phone, Words: "x", Seen: 1}); err == nil || !strings.Contains(err.Error(), "since you read it") {
		t.Errorf("answered over what happened since: %v", err)
	}
	by := first.State.ReplyBy.Words()
	for _, path := range []string{"/inbox", "/inbox?late=yes", "/inbox?whose=me&sender=member"} {
		_, _, body := s.get(s.as("amina"), path)
		if path != "/inbox?whose=me&sender=member" && (!strings.Contains(body, by) || !strings.Contains(body, "1 late")) {
			t.Errorf("%s does not say that it is late by %s", path, by)
		}
	}
	_, _, csv := s.get(s.as("amina"), "/inbox.csv")
	if lines := strings.Count(strings.TrimSpace(csv), "\n"); lines != 2 || !strings.Contains(csv, "An MP") {
		t.Errorf("%d lines of %q", lines, csv)
	}
	if _, _, body := s.get(s.as("lakshmi"), "/your/"+app.Key(lakshmi, id)+"/messages"); strings.Contains(body, "An MP") || strings.Contains(body, "What is being done") {
		t.Error("a mother reads an MP's letter")
	}
	if err := box.Ask(t.Context(), lakshmi, app.Key(lakshmi, id), app.Question{Item: first.No, Words: "and?"}); err == nil {
		t.Error("she writes to what is not hers")
	}
	if err := box.Act(t.Context(), amina, id, first.No, app.Reply{Step: correspondence.Given, Owner: "lakshmi", Seen: 3}); err == nil {
		t.Error("it is given to a mother to answer")
	}
}
