package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/testkit/browser"
)

// A place is a page in one of the states that people see.
type place struct{ name, path string }

func places(s *service) []place {
	id := s.first(app.CaseFilter{})
	return append(documentPlaces(s), []place{
		{"signin", "/signin"},
		{"work", "/work"},
		{"work-note", "/work/note"},
		{"work-by-child", "/work?by=child&when=overdue"},
		{"work-none", "/work?whose=tom"},
		{"pipeline", "/pipeline"},
		{"pipeline-none", "/pipeline?team=nowhere"},
		{"advice-none", "/advice"},
		{"reviews", "/reviews"},
		{"reviews-day", "/reviews?month=2026-02&day=2026-02-03&what=review"},
		{"reviews-none", "/reviews?team=nowhere"},
		{"transfers", "/transfers"},
		{"transfers-late", "/transfers?year=2026&step=late"},
		{"transfers-none", "/transfers?year=2040"},
		{"team", "/team"},
		{"cases", "/cases"},
		{"cases-soon", "/cases?when=soon&sort=name"},
		{"cases-narrowed", "/cases?age=52-&need=none"},
		{"cases-none-match", "/cases?stage=reassessment&team=nowhere"},
		{"case", "/cases/" + id},
		{"history", "/cases/" + id + "/history"},
		{"history-none", "/cases/" + id + "/history?about=Mediation&on=2025-06-01"},
		{"case-request", "/cases/" + s.first(app.CaseFilter{Stage: casework.RequestStage})},
		{"case-past", "/cases/" + id + "?on=2025-06-01"},
		{"case-bad-day", "/cases/" + id + "?on=1+June"},
		{"event-choice", "/cases/" + id + "/events/new"},
		{"event-choice-past", "/cases/" + id + "/events/new?on=2025-06-02"},
		{"event-choice-bad-day", "/cases/" + id + "/events/new?on-day=31&on-month=2&on-year=2026"},
		{"event-decision", "/cases/" + id + "/events/new?kind=review-decision-sent"},
		{"event-exception", "/cases/" + s.first(app.CaseFilter{Stage: casework.RequestStage}) + "/events/new?kind=exception-recorded"},
		{"event-exception-ground", "/cases/" + s.first(app.CaseFilter{Stage: casework.RequestStage}) + "/events/new?kind=exception-recorded&says-rule=A02&says-ground=school-closed"},
		{"event-exception-no-ground", "/cases/" + s.first(app.CaseFilter{Stage: casework.RequestStage}) + "/events/new?kind=exception-recorded&says-rule=&says-ground="},
		{"event-choice-found", "/cases/" + id + "/events/new?find=review+sent"},
		{"event-choice-none-found", "/cases/" + id + "/events/new?find=xylophone"},
		{"event-mediation", "/cases/" + id + "/events/new?kind=mediation-requested"},
		{"event-advice", "/cases/" + id + "/events/new?kind=advice-requested&on=2026-06-01"},
		{"event-not-now", "/cases/" + s.first(app.CaseFilter{Stage: casework.RequestStage}) + "/events/new?kind=draft-reissued"},
		{"event-correct", "/cases/" + id + "/events/1/correct"},
		{"rules", "/rules"},
		{"rule", "/rules/issue-final-plan"},
		{"choices", "/choices"},
		{"returns-checks", "/returns/checks"},
		{"returns-check", "/returns/checks/S-102"},
		{"returns-not-covered", "/returns/not-covered"},
		{"not-found", "/nowhere"},
	}...)
}

// Every page is sound for those who use a keyboard or a screen reader, fits a
// small phone, and says the same without scripts. With WEALD_SHOTS set to a
// folder, pictures of the pages are left there.
func TestPagesInTheBrowser(t *testing.T) {
	s := sample(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-numbers")
	shots := os.Getenv("WEALD_SHOTS")
	for _, p := range places(s) {
		name, path := p.name, p.path
		b.JavaScript(true)
		b.Width(1280)
		b.Go(s.url + path)
		for _, broken := range b.Axe() {
			t.Errorf("%s: %s", name, broken)
		}
		// Only scripts can ask for a passkey, so without them none is offered.
		browser.Eval[any](b, `document.querySelectorAll("[data-weald-passkey-part]").forEach(e => e.remove()); 1`)
		with := b.Text("main")
		if shots != "" {
			b.Screenshot(filepath.Join(shots, name+"-desktop.png"))
		}
		b.Width(360)
		b.Go(s.url + path)
		if over := b.Overflow(); over > 0 {
			t.Errorf("%s is %d pixels too wide for a phone", name, over)
		}
		for _, broken := range b.Axe() {
			t.Errorf("%s on a phone: %s", name, broken)
		}
		if shots != "" {
			b.Screenshot(filepath.Join(shots, name+"-phone.png"))
		}
		b.JavaScript(false)
		b.Width(1280)
		b.Go(s.url + path)
		if without := b.Text("main"); without != with {
			t.Errorf("%s differs without scripts:\n with %q\n without %q", name, with, without)
		}
	}
}

// An officer goes from sign-in to the reason for a date, by keyboard alone.
func TestFromSignInToTheReasonByKeyboard(t *testing.T) {
	s := sample(t)
	b := browser.Open(t)
	reach := func(words string) {
		t.Helper()
		var passed []string
		for range 60 {
			at := strings.Join(strings.Fields(b.Tab()), " ")
			if len(at) < 200 && strings.Contains(at, words) { // longer: a box that scrolls
				return
			}
			passed = append(passed, at)
		}
		t.Fatalf("%q cannot be reached by keyboard; passed %q", words, passed)
	}
	b.Go(s.url + "/signin")
	reach("as Amina Yusuf")
	b.Enter(".weald-numbers")
	reach("Forename")
	b.Enter("#timeline")
	reach("Why this date")
	b.Enter(".weald-why[open]")
	if why := b.Text(".weald-why[open]"); !strings.Contains(why, "=") && !strings.Contains(why, "end on") {
		t.Errorf("no sum in %q", why)
	}
	reach("read the rule")
	b.Enter(".govuk-inset-text")
	if at := b.Address(); !strings.HasPrefix(at, "/rules/") {
		t.Errorf("the rule is at %s", at)
	}
}
