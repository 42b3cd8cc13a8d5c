package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

var amina = access.User{ID: "amina", Name: "Amina Yusuf", Role: access.Officer}

// assessed adds a child for whom the area has decided to assess, and whose advice
// is in.
func (s *service) assessed(id, forename, surname string) {
	s.t.Helper()
	ctx := context.Background()
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(tx.AddTeam(ctx, "t-east", "East"),
			tx.AddChild(ctx, &store.Child{ID: store.ChildID(id), Forename: forename, Surname: surname, Born: calendar.On(2017, 3, 4), Team: "East"}),
			tx.Audit(ctx, "added", id, ""))
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, line := range []string{
		"2026-07-13 request-received source=parent", "2026-08-14 decision-to-assess-sent decision=yes",
		"2026-08-17 advice-requested type=b body=School", "2026-08-17 advice-requested type=c body=Paediatrics", "2026-08-17 advice-requested type=d body=Psychology", "2026-08-17 advice-requested type=e body=Care",
		"2026-09-14 advice-received body=School", "2026-09-21 advice-received body=Paediatrics", "2026-09-25 advice-received body=Psychology", "2026-09-28 advice-received body=Care",
	} {
		e, err := casework.ParseEvent(line)
		if err != nil {
			s.t.Fatal(err)
		}
		if err := (&app.Casework{Core: s.core}).Record(ctx, program, app.ChildID(id), app.Recording{Event: e, Seen: app.Unseen}); err != nil {
			s.t.Fatal(err)
		}
	}
}

// write writes what change makes of the version being written, which is begun if
// there is none.
func (s *service) write(id string, change func(*plan.Plan)) {
	s.t.Helper()
	ctx, plans := context.Background(), &app.Plans{Core: s.core}
	if _, err := plans.Begin(ctx, amina, app.ChildID(id)); err != nil {
		s.t.Fatal(err)
	}
	f, err := plans.Open(ctx, amina, app.ChildID(id), app.Latest)
	if err != nil {
		s.t.Fatal(err)
	}
	was := map[string]string{}
	for _, part := range f.Plan.Parts() {
		was[part] = f.Plan.Part(part)
	}
	change(f.Plan)
	for _, part := range f.Plan.Parts() {
		if f.Plan.Part(part) == was[part] {
			continue
		}
		if err := plans.Save(ctx, amina, app.ChildID(id), f.Version.Version, part, f.Revisions[part].Revision, f.Plan); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *service) issue(id string, version int, kind casework.Kind, on calendar.Date) {
	s.t.Helper()
	err := (&app.Plans{Core: s.core}).Issue(context.Background(), amina, app.ChildID(id), app.Issue{Version: version, Kind: kind, On: on, Served: true})
	if err != nil {
		s.t.Fatal(err)
	}
}

// example puts the sound example into a plan.
func example(t testing.TB) func(*plan.Plan) {
	return func(p *plan.Plan) {
		from, err := plan.Read(plan.ExampleJSON, plan.Templates)
		if err != nil {
			t.Fatal(err)
		}
		p.Sections, p.Advice, p.Signed.Name, p.Signed.Role, p.Child.Pronouns = from.Sections, from.Advice, from.Signed.Name, from.Signed.Role, from.Child.Pronouns
		p.Section("I").Lines = nil
	}
}

// planned starts a service with children whose plans are in the states that people
// see: none begun, one with much to find, one issued twice and being amended, and
// one that is very long.
func planned(t testing.TB) *service {
	t.Helper()
	s := start(t)
	for _, c := range [][3]string{{"none", "Leo", "Marchant"}, {"found", "Maya", "Okoro"}, {"issued", "Maya", "Adeyemi"}, {"long", "Bartholomew", "Featherstonehaugh-Cholmondeley"}, {"empty", "Ruby", "Khan"}, {"served", "Maya", "Reed"}} {
		s.assessed(c[0], c[1], c[2])
	}
	at := testkit.Now.Add(-time.Hour)
	s.db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
	defer s.db.SetClock(func() time.Time { return testkit.Now })
	s.write("empty", func(*plan.Plan) {})
	s.write("found", example(t))
	s.write("found", func(p *plan.Plan) {
		f := p.Section("F")
		f.Lines[0].Text, f.Lines[0].Says = "Oliver will have access to speech and language therapy as required, from a TA.", nil
		f.Lines[2].For = nil
		p.Section("E").Lines[0].Text = "Maya will receive support. He will improve his communication skills."
		p.Section("D").None = ""
		p.Section("G").Lines[0].Says = map[string]string{}
		p.Advice[1].Statements[0].Fate = ""
	})
	s.write("served", example(t))
	s.issue("served", 1, casework.DraftSent, calendar.On(2026, 11, 16))
	for _, r := range []app.Representation{
		{Kind: "comment", Line: "f-1", Words: "Half an hour is not enough. At her last school she had an hour.", Who: "Her mother", On: calendar.On(2026, 11, 18)},
		{Kind: "setting", Line: "I", Words: "We would like Larkfield Primary School.", Who: "Both parents", On: calendar.On(2026, 11, 20)},
	} {
		if err := (&app.Plans{Core: s.core}).Represent(context.Background(), amina, "served", r); err != nil {
			t.Fatal(err)
		}
	}
	if err := (&app.Plans{Core: s.core}).AnswerIt(context.Background(), amina, "served", 1, plan.NotAccepted, "The therapist advises half an hour, and will look at it again each term."); err != nil {
		t.Fatal(err)
	}
	s.write("issued", example(t))
	s.issue("issued", 1, casework.DraftSent, calendar.On(2026, 10, 5))
	s.write("issued", func(p *plan.Plan) {
		p.Line("f-1").Text = strings.Replace(p.Line("f-1").Text, "30 minutes", "45 minutes", 1)
		p.Section("I").Lines = []plan.Line{{ID: "i-1", Kind: plan.Placement, Text: "Larkfield Primary School"}, {ID: "i-2", Kind: plan.PlacementType, Text: "Mainstream primary school"}}
	})
	s.issue("issued", 2, casework.PlanFinalised, calendar.On(2026, 11, 16))
	s.write("issued", func(p *plan.Plan) {
		f := p.Section("F")
		f.Lines = append(f.Lines[1:], plan.Line{ID: "f-4", Kind: plan.Provision, Text: "A laptop is provided for Maya in every lesson.", For: []string{"b-4"}})
	})
	s.write("long", example(t))
	s.write("long", func(p *plan.Plan) {
		f := p.Section("F")
		for n := range 500 {
			f.Lines = append(f.Lines, plan.Line{ID: fmt.Sprintf("f-%d", n+4), Kind: plan.Provision, Text: fmt.Sprintf("Provision %d: 20 minutes a day with a teaching assistant.", n+4), For: []string{"b-3"}})
		}
		f.Lines[1].Text = strings.Repeat("Every lesson is taught with pictures. ", 40) + strings.Repeat("W", 120)
	})
	return s
}

func planPlaces() []place {
	return []place{
		{"plan-none", "/cases/none/plan"},
		{"plan-empty", "/cases/empty/plan"},
		{"plan-found", "/cases/found/plan"},
		{"plan-issued", "/cases/issued/plan?version=2"},
		{"plan-amending", "/cases/issued/plan"},
		{"plan-section", "/cases/found/plan/section/F"},
		{"plan-section-empty", "/cases/empty/plan/section/B"},
		{"plan-section-views", "/cases/found/plan/section/A"},
		{"plan-head", "/cases/found/plan/head"},
		{"plan-advice", "/cases/found/plan/advice/k-2"},
		{"plan-advice-new", "/cases/found/plan/advice/new"},
		{"plan-issue", "/cases/found/plan/issue"},
		{"plan-issue-amendment", "/cases/issued/plan/issue"},
		{"plan-versions", "/cases/issued/plan/versions"},
		{"plan-versions-none", "/cases/none/plan/versions"},
		{"plan-versions-bad-day", "/cases/issued/plan/versions?on=1+June"},
		{"representations", "/cases/served/plan/representations"},
		{"representations-none", "/cases/issued/plan/representations"},
		{"plan-served", "/cases/served/plan"},
		{"plan-document", "/cases/issued/plan/document?version=2"},
		{"plan-document-draft", "/cases/empty/plan/document"},
		{"plan-compare", "/cases/issued/plan/compare?from=1&to=2"},
		{"plan-compare-all", "/cases/issued/plan/compare?from=2&to=3&all=1"},
	}
}

func TestGoldenPlans(t *testing.T) {
	s := planned(t)
	c := s.as("amina")
	for _, p := range planPlaces() {
		_, _, body := s.get(c, p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
	// What an inspector sees has no way to write.
	_, _, body := s.get(s.as("jane"), "/cases/found/plan")
	testkit.Golden(t, "golden/plan-inspector.html", tidy(t, body))
}

// Every page of plans is sound for those who use a keyboard or a screen reader,
// fits a phone, and says the same without scripts. With WEALD_SHOTS set, pictures
// are left there.
func TestPlanPagesInTheBrowser(t *testing.T) {
	s := planned(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-header__person")
	lookAt(t, b, s, append(planPlaces(), place{"plan-section-long", "/cases/long/plan/section/F?from=0"}))
}

// lookAt checks pages at both widths, with and without scripts.
func lookAt(t *testing.T, b *browser.Tab, s *service, places []place) {
	t.Helper()
	shots := os.Getenv("WEALD_SHOTS")
	for _, p := range places {
		b.JavaScript(true)
		b.Width(1280)
		b.Go(s.url + p.path)
		for _, broken := range b.Axe() {
			t.Errorf("%s: %s", p.name, broken)
		}
		with := b.Text("main")
		if shots != "" {
			b.Screenshot(filepath.Join(shots, p.name+"-desktop.png"))
		}
		b.Width(360)
		b.Go(s.url + p.path)
		if over := b.Overflow(); over > 0 {
			t.Errorf("%s is %d pixels too wide for a phone", p.name, over)
		}
		for _, broken := range b.Axe() {
			t.Errorf("%s on a phone: %s", p.name, broken)
		}
		if shots != "" {
			b.Screenshot(filepath.Join(shots, p.name+"-phone.png"))
		}
		b.JavaScript(false)
		b.Width(1280)
		b.Go(s.url + p.path)
		if without := b.Text("main"); without != with {
			t.Errorf("%s differs without scripts:\n with %q\n without %q", p.name, with, without)
		}
	}
}

// submit sends a form and returns the answer.
func (s *service) submit(c *http.Client, path string, form url.Values) (status int, to, body string) {
	s.t.Helper()
	r, err := c.PostForm(s.url+path, form)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.answer(r)
}

// A section is written without scripts: lines are added, pasted, moved and taken
// away on the form, which is kept until it is saved.
func TestGoldenSectionWritten(t *testing.T) {
	s := planned(t)
	c := s.as("amina")
	path := "/cases/empty/plan/section/B"
	form := url.Values{"version": {"1"}, "revision": {"1"}, "from": {"0"}, "lines": {""}, "do": {"paste"}, "paste-kind": {"need"}, "paste": {"•\tRuby finds reading hard.\r\n•\tRuby tires quickly."}}
	status, to, _ := s.submit(c, path, form)
	if status != http.StatusSeeOther || !strings.HasPrefix(to, path+"?typed=1") {
		t.Fatalf("%d to %s", status, to)
	}
	_, _, body := s.get(c, to)
	for _, want := range []string{"Ruby finds reading hard.", "Ruby tires quickly.", "not saved yet", `name="id-2" value="b-2"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not on the form", want)
		}
	}
	if _, _, body := s.get(c, "/cases/empty/plan"); strings.Contains(body, "Ruby tires quickly.") {
		t.Error("what is not saved is in the plan")
	}
	if _, _, body := s.get(c, path); !strings.Contains(body, "Go on with them") {
		t.Error("unsaved words are not offered")
	}
	typed := url.Values{"version": {"1"}, "revision": {"1"}, "from": {"0"}, "lines": {""}, "id-1": {"b-1"}, "kind-1": {"need"}, "text-1": {"Ruby finds reading hard."}, "on-1": {"soon"}, "id-2": {"b-2"}, "kind-2": {"need"}, "text-2": {"Ruby tires quickly."}, "do": {"save"}}
	status, _, body = s.submit(c, path, typed)
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "enter a day as year, month and day") || !strings.Contains(body, `value="soon"`) {
		t.Errorf("%d: a day that is none is taken, or lost", status)
	}
	typed.Set("on-1", "2026-11-02")
	typed.Set("do", "up-2")
	_, to, _ = s.submit(c, path, typed)
	if _, _, body := s.get(c, to); strings.Index(body, "Ruby tires") > strings.Index(body, "Ruby finds") {
		t.Error("the line did not move up")
	}
	typed.Set("do", "go")
	status, to, _ = s.submit(c, path, typed)
	if status != http.StatusSeeOther || to != "/cases/empty/plan#section-B" {
		t.Errorf("%d to %s", status, to)
	}
	if _, _, body := s.get(c, "/cases/empty/plan"); !strings.Contains(body, "Ruby finds reading hard.") || !strings.Contains(body, "This need has no special educational provision.") {
		t.Error("what was saved is not in the plan, or nothing is found in it")
	}
	// Sent again, it is no clash; written over by somebody else, both texts are shown.
	if status, _, _ = s.submit(c, path, typed); status != http.StatusSeeOther {
		t.Errorf("sent again: %d", status)
	}
	typed.Set("text-1", "Ruby finds reading and spelling hard.")
	typed.Set("lines", "b-1 b-2")
	status, _, body = s.submit(s.as("tom"), path, typed)
	if status != http.StatusConflict || !strings.Contains(body, "Amina Yusuf saved this section") || !strings.Contains(body, "Amina Yusuf and you wrote this differently") {
		t.Errorf("%d: the clash is not shown", status)
	}
	testkit.Golden(t, "golden/plan-section-overtaken.html", tidy(t, body))
}

// What is typed is kept by the script, and a version issued meanwhile is locked.
func TestTypingIsKeptByTheScript(t *testing.T) {
	s := planned(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-header__person")
	b.Go(s.url + "/cases/found/plan/section/F")
	b.Type("#text-1", "Half a sentence")
	b.Until(`document.querySelector("[data-kept]").textContent.startsWith("What you typed was kept")`)
	f, err := (&app.Plans{Core: s.core}).Open(context.Background(), amina, "found", app.Latest)
	if err != nil {
		t.Fatal(err)
	}
	typed, err := (&app.Plans{Core: s.core}).Typed(context.Background(), amina, f, "F")
	if err != nil || typed == nil || !strings.Contains(typed.Form, "Half+a+sentence") {
		t.Errorf("%+v, %v", typed, err)
	}
	// The connection is lost: the page says so, and sends the words when it is back.
	b.Offline(true)
	b.Type("#text-1", "A whole sentence")
	b.Until(`document.querySelector("[data-kept]").textContent.startsWith("There is no connection")`)
	b.Offline(false)
	b.Until(`document.querySelector("[data-kept]").textContent.startsWith("What you typed was kept")`)
	typed, err = (&app.Plans{Core: s.core}).Typed(context.Background(), amina, f, "F")
	if err != nil || !strings.Contains(typed.Form, "A+whole+sentence") {
		t.Errorf("%+v, %v", typed, err)
	}
}

// What the family says is recorded and answered on one page; what is wrong with a
// form is said on it, and nothing typed is lost.
func TestGoldenRepresentations(t *testing.T) {
	s := planned(t)
	c := s.as("amina")
	const page = "/cases/served/plan/representations"
	status, _, body := s.submit(c, page+"/2", url.Values{"answer-2": {"accepted"}, "why-2": {" "}})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Enter why: the family is told") {
		t.Errorf("%d", status)
	}
	testkit.Golden(t, "golden/representations-refused.html", tidy(t, body))
	if status, to, _ := s.submit(c, page+"/2", url.Values{"answer-2": {"accepted"}, "why-2": {"It is named in the final plan"}}); status != http.StatusSeeOther || to != page {
		t.Errorf("%d to %s", status, to)
	}
	status, _, body = s.submit(c, page, url.Values{"kind": {"meeting"}, "words": {"May we meet?"}, "who": {"Father"}, "said-day": {"24"}, "said-month": {"11"}, "said-year": {"2026"}})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "May we meet?") || !strings.Contains(body, "to today") {
		t.Errorf("a day to come: %d", status)
	}
	if status, _, _ = s.submit(c, page, url.Values{"kind": {"meeting"}, "words": {"May we meet?"}, "who": {"Father"}, "said-day": {"23"}, "said-month": {"11"}, "said-year": {"2026"}}); status != http.StatusSeeOther {
		t.Errorf("%d", status)
	}
	if _, _, body = s.get(c, page); !strings.Contains(body, "May we meet?") || !strings.Contains(body, "It is named in the final plan") {
		t.Error("what was recorded or answered is not there")
	}
	if status, _, _ := s.submit(c, page+"/9", url.Values{}); status != http.StatusNotFound {
		t.Errorf("an answer to nothing: %d", status)
	}
}

// A plan is taken out as a Word document, and as PDF only where something prints;
// both looks are kept.
func TestPlanIsTakenOut(t *testing.T) {
	s := planned(t)
	c := s.as("jane")
	status, _, body := s.get(c, "/cases/issued/plan.docx?version=2")
	if status != http.StatusOK || !strings.HasPrefix(body, "PK") {
		t.Errorf("%d", status)
	}
	if status, _, _ := s.get(c, "/cases/issued/plan.pdf?version=2"); status != http.StatusNotFound {
		t.Errorf("a PDF where nothing prints: %d", status)
	}
	if status, _, _ := s.get(c, "/cases/none/plan.docx"); status != http.StatusNotFound {
		t.Errorf("a document of no plan: %d", status)
	}
	_, _, body = s.get(s.as("amina"), "/cases/issued/looks")
	if !strings.Contains(body, "Opened the plan") {
		t.Error("the look was not kept")
	}
}

// A final plan is not issued while a gate finds anything, and the page says which,
// why and by what source.
func TestGoldenIssuingRefused(t *testing.T) {
	s := planned(t)
	c := s.as("amina")
	form := url.Values{"kind": {"draft-sent"}, "on-day": {"23"}, "on-month": {"11"}, "on-year": {"2026"}, "served": {"yes"}}
	status, _, body := s.submit(c, "/cases/found/plan/issue", form)
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "The draft cannot be issued. Section F, line f-1: “Oliver” is a name") {
		t.Errorf("%d: %s", status, body)
	}
	testkit.Golden(t, "golden/plan-issue-refused.html", tidy(t, body))
	form.Set("kind", "plan-finalised")
	if status, _, body = s.submit(c, "/cases/found/plan/issue", form); status != http.StatusUnprocessableEntity || !strings.Contains(body, "9.69: statutory guidance, not law") {
		t.Errorf("%d", status)
	}
	s.write("found", example(t))
	form.Set("kind", "draft-sent")
	if status, to, _ := s.submit(c, "/cases/found/plan/issue", form); status != http.StatusSeeOther || to != "/cases/found/plan" {
		t.Errorf("%d to %s: %s", status, to, s.log)
	}
	if _, _, body = s.get(c, "/cases/found/plan"); !strings.Contains(body, "Draft plan sent on 23 November 2026") {
		t.Error("the plan does not say that it was issued")
	}
	if status, _, _ := s.get(c, "/cases/found/plan/section/F"); status != http.StatusNotFound {
		t.Errorf("a locked version can be written in: %d", status)
	}
}
