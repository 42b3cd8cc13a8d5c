package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

var (
	tom  = access.User{ID: "tom", Name: "Tom Okafor", Role: access.Manager}
	ben  = access.User{ID: "ben", Name: "Ben Carter", Role: access.Officer}
	cara = access.User{ID: "cara", Name: "Cara Lowe", Role: access.Officer}
)

// audited starts a service with plans that are audited: one twice, with actions;
// one that Tom is to audit without sight of what Ben found; one that he has begun;
// and one that nobody has looked at.
func audited(t testing.TB) (s *service, of map[string]string) {
	t.Helper()
	s = start(t)
	ctx := context.Background()
	for _, c := range [][3]string{{"twice", "Maya", "Adeyemi"}, {"hidden", "Maya", "Reed"}, {"begun", "Maya", "Okoro"}, {"unseen", "Maya", "Khan"}} {
		s.assessed(c[0], c[1], c[2])
		s.write(c[0], example(t))
		s.issue(c[0], 1, casework.DraftSent, calendar.On(2026, 11, 16))
	}
	s.assessed("none", "Leo", "Marchant")
	for i, c := range [][3]string{{"final-a", "Maya", "Bright"}, {"final-b", "Maya", "Ellis"}, {"final-c", "Maya", "Frost"}} {
		s.assessed(c[0], c[1], c[2])
		s.write(c[0], example(t))
		s.issue(c[0], 1, casework.DraftSent, calendar.On(2026, 10, 5))
		s.write(c[0], func(p *plan.Plan) {
			p.Section("I").Lines = []plan.Line{{ID: "i-1", Kind: plan.Placement, Text: "Larkfield Primary School"}, {ID: "i-2", Kind: plan.PlacementType, Text: "Mainstream primary school"}}
		})
		s.issue(c[0], 2, casework.PlanFinalised, calendar.On(2026, 10, 26+i))
	}
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		for _, u := range []access.User{amina, tom, ben, cara, {ID: "nia", Name: "Nia Hart", Role: access.Designated}} {
			if err := tx.SetPerson(ctx, &store.Person{ID: u.ID, Name: u.Name, Role: string(u.Role)}); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "added people", "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
	at := testkit.Now.Add(-time.Hour)
	s.db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
	defer s.db.SetClock(func() time.Time { return testkit.Now })
	q := &app.Quality{Core: s.core}
	of = map[string]string{}
	ask := func(name string, by access.User, a app.Asking) string {
		id, err := q.Ask(ctx, tom, a)
		if err != nil {
			t.Fatal(err)
		}
		of[name] = id
		return id
	}
	answer := func(by access.User, id string, most quality.Answer, but quality.Sheet, upTo int) {
		var all []app.QualityAnswer
		for n := 1; n <= upTo; n++ {
			one := app.QualityAnswer{Question: n, Answer: string(most)}
			if other, ok := but[n]; ok {
				one.Answer = string(other)
			}
			if quality.Answer(one.Answer).Short() {
				one.Words, one.Line = "It does not say who delivers it.", "f-2"
			}
			all = append(all, one)
		}
		if err := q.Answer(ctx, by, id, all); err != nil {
			t.Fatal(err)
		}
	}
	sign := func(by access.User, id string) {
		if err := q.Sign(ctx, by, id); err != nil {
			t.Fatal(err)
		}
	}
	first := ask("first", tom, app.Asking{Child: "twice", Auditor: "ben", Kind: app.FirstAudit})
	second := ask("second", tom, app.Asking{Child: "twice", Auditor: "cara", Kind: app.SecondAudit, Of: first})
	answer(ben, first, quality.Sound, quality.Sheet{24: quality.Weak, 33: quality.Absent, 9: quality.NotAsked}, 59)
	sign(ben, first)
	answer(cara, second, quality.Sound, quality.Sheet{24: quality.Absent, 33: quality.Absent, 46: quality.Strong}, 59)
	sign(cara, second)
	err = errors.Join(
		q.Settle(ctx, tom, first, 24, quality.Absent, "There is no starting point at all."),
		q.Act(ctx, ben, app.QualityAction{Audit: first, Question: 33, What: "Say who delivers each line of F", OwnerID: "amina", Due: q.ActionDue()}),
		q.Act(ctx, ben, app.QualityAction{Audit: first, Question: 24, What: "Add a starting point to each outcome", OwnerID: "amina", Due: testkit.Today}))
	if err != nil {
		t.Fatal(err)
	}
	l, err := q.Actions(ctx, tom, app.ActionFilter{})
	if err != nil || len(l.Rows) != 2 {
		t.Fatal(l, err)
	}
	of["action"], of["done"] = l.Rows[1].ID, l.Rows[0].ID
	if err := q.ActionDone(ctx, amina, of["done"], testkit.Today, "Added from the psychologist’s advice."); err != nil {
		t.Fatal(err)
	}
	bens := ask("hidden", tom, app.Asking{Child: "hidden", Auditor: "ben", Kind: app.FirstAudit})
	answer(ben, bens, quality.Strong, nil, 59)
	sign(ben, bens)
	ask("toms", tom, app.Asking{Child: "hidden", Auditor: "tom", Kind: app.SecondAudit, Of: bens})
	begun := ask("begun", tom, app.Asking{Child: "begun", Auditor: "tom", Kind: app.FirstAudit})
	answer(tom, begun, quality.Sound, quality.Sheet{3: quality.Weak}, 12)
	if err := q.Share(ctx, tom, begun, quality.Health, "nia"); err != nil {
		t.Fatal(err)
	}
	if of["copy"], err = q.MakeCopy(ctx, tom, "twice", ""); err != nil {
		t.Fatal(err)
	}
	if of["released"], err = q.MakeCopy(ctx, tom, "hidden", "oats"); err != nil {
		t.Fatal(err)
	}
	err = errors.Join(q.Release(ctx, tom, of["released"]), q.FamilySays(ctx, ben, "twice", app.FamilyView{Who: "Her mother", On: testkit.Today, Words: "It is long, but it is Maya.", Answers: map[string]string{"like": "yes", "understand": "partly", "help": "no"}}))
	if err != nil {
		t.Fatal(err)
	}
	of["sample"], err = q.DrawSample(ctx, tom, app.Drawing{Way: quality.ByRisk, Strata: "team", From: calendar.On(2026, 10, 1), Until: calendar.On(2026, 10, 31), Size: 2, Second: 2, Seed: "westmarch", Auditors: []string{"amina", "ben", "cara"}})
	if err != nil {
		t.Fatal(err)
	}
	return s, of
}

func qualityPlaces(of map[string]string) []place {
	audit := func(name string) string { return "/quality/audits/" + of[name] }
	return []place{
		{"quality", "/quality"},
		{"quality-none-match", "/quality?grade=inadequate"},
		{"quality-questions", "/quality/questions"},
		{"quality-audit-signed", audit("first")},
		{"quality-audit-blind", audit("hidden")},
		{"quality-audit-begun", audit("begun")},
		{"quality-part", audit("begun") + "/compliance"},
		{"quality-part-read", audit("first") + "/provision"},
		{"quality-plan", audit("begun") + "/plan"},
		{"quality-agreement", audit("first") + "/agreement"},
		{"quality-of-plan", "/cases/twice/plan/quality"},
		{"quality-of-plan-none", "/cases/none/plan/quality"},
		{"quality-copies", "/quality/copies"},
		{"quality-copy", "/quality/copies/" + of["copy"]},
		{"quality-copy-released", "/quality/copies/" + of["released"]},
		{"quality-samples", "/quality/samples"},
		{"quality-sample", "/quality/samples/" + of["sample"]},
		{"quality-sample-new", "/quality/samples/new"},
		{"quality-trends", "/quality/trends"},
		{"quality-trends-question", "/quality/trends?by=question&drawn=random"},
		{"quality-actions", "/quality/actions"},
		{"quality-actions-done", "/quality/actions?state=done"},
		{"quality-actions-none-match", "/quality/actions?state=late"},
		{"quality-action", "/quality/actions/" + of["action"]},
		{"quality-action-done", "/quality/actions/" + of["done"]},
	}
}

// named takes the names that are made anew each time out of a page.
func named(of map[string]string) *strings.Replacer {
	var pairs []string
	for name, id := range of {
		pairs = append(pairs, id, strings.ToUpper(name))
	}
	return strings.NewReplacer(pairs...)
}

// madeAudit is the name of an audit that a sample made.
var madeAudit = regexp.MustCompile(`/quality/audits/[A-Z2-7]{26}`)

func TestGoldenQuality(t *testing.T) {
	s, of := audited(t)
	c, steady := s.as("tom"), named(of)
	for _, p := range qualityPlaces(of) {
		status, _, body := s.get(c, p.path)
		if status != http.StatusOK {
			t.Errorf("%s: %d", p.name, status)
		}
		testkit.Golden(t, "golden/"+p.name+".html", madeAudit.ReplaceAllString(tidy(t, steady.Replace(body)), "/quality/audits/ONCE"))
	}
	_, _, body := s.get(s.as("jane"), "/quality")
	testkit.Golden(t, "golden/quality-inspector.html", madeAudit.ReplaceAllString(tidy(t, steady.Replace(body)), "/quality/audits/ONCE"))
	// Whoever answers a part for another agency sees what is asked of them.
	nia := access.User{ID: "nia", Name: "Nia Hart", Role: access.Designated}
	if l, err := (&app.Quality{Core: s.core}).Audits(context.Background(), nia, app.QualityFilter{}); err != nil || len(l.Helping) != 1 || len(l.Rows) != 0 {
		t.Errorf("%+v, %v", l, err)
	}
	empty := start(t)
	for _, p := range []place{{"quality-empty", "/quality"}, {"quality-actions-empty", "/quality/actions"}} {
		_, _, body := empty.get(empty.as("tom"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
}

// Every page of quality assurance is sound for those who use a keyboard or a
// screen reader, fits a phone, and says the same without scripts.
func TestQualityPagesInTheBrowser(t *testing.T) {
	s, of := audited(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="tom"]`, ".weald-header__person")
	lookAt(t, b, s, qualityPlaces(of))
}

// An audit is made on its pages: answers are kept as far as they go, a line that is
// not in the plan is refused with everything typed kept, and what somebody may not
// see is not there.
func TestAuditOnItsPages(t *testing.T) {
	s, of := audited(t)
	c := s.as("tom")
	status, to, _ := s.submit(c, "/cases/unseen/plan/quality", url.Values{"do": {"audit"}})
	if status != http.StatusSeeOther || !strings.HasPrefix(to, "/quality/audits/") {
		t.Fatalf("%d to %s", status, to)
	}
	form := url.Values{"answer-11": {"weak"}, "words-11": {"The way is not said."}, "line-11": {"a-99"}, "answer-13": {"sound"}, "then": {"next"}}
	status, _, body := s.submit(c, to+"/voice", form)
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "no line or section a-99") || !strings.Contains(body, "The way is not said.") {
		t.Errorf("%d: a line that is not there is taken, or words are lost", status)
	}
	form.Set("line-11", "A-1")
	if status, next, _ := s.submit(c, to+"/voice", form); status != http.StatusSeeOther || next != to+"/needs" {
		t.Errorf("%d to %s", status, next)
	}
	if _, _, body = s.get(c, to); !strings.Contains(body, "2 of 5") || !strings.Contains(body, "57 questions are not finished") {
		t.Error("the audit does not say how far it has come")
	}
	if status, _, body = s.submit(c, to, url.Values{"do": {"sign"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "cannot be signed yet") {
		t.Errorf("%d: half an audit is signed", status)
	}
	if status, _, _ = s.submit(c, to, url.Values{"do": {"fly"}}); status != http.StatusNotFound {
		t.Errorf("%d: it does what nobody knows", status)
	}
	for _, part := range []string{"voice", "provision"} {
		if status, _, _ = s.get(c, "/quality/audits/"+of["hidden"]+"/"+part); status != http.StatusNotFound {
			t.Errorf("%d: the second auditor reads %s of the first audit", status, part)
		}
	}
	if _, _, body = s.get(c, "/quality/audits/"+of["hidden"]); strings.Contains(body, "Outstanding") {
		t.Error("the second auditor sees the first grade")
	}
	// Amina wrote the plan.
	if status, _, body = s.submit(s.as("amina"), "/cases/unseen/plan/quality", url.Values{"do": {"audit"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Nobody audits a plan that they wrote") {
		t.Errorf("%d", status)
	}
	if status, _, _ = s.get(s.as("priya"), "/quality"); status != http.StatusForbidden {
		t.Errorf("%d: the data team sees audits", status)
	}
	// The weights are the manager's.
	weights := url.Values{"why": {"Gates matter most"}, "outstanding": {"2.5"}, "good": {"2.8"}}
	for _, p := range quality.Parts {
		weights.Set(string(p.Part), "1")
	}
	weights.Set("voice", "9")
	if status, _, body = s.submit(c, "/quality/questions", weights); status != http.StatusUnprocessableEntity || !strings.Contains(body, "The weight of voice must be") || !strings.Contains(body, "at least that for good") {
		t.Errorf("%d: impossible weights are taken", status)
	}
	weights.Set("voice", "2")
	weights.Set("good", "1.8")
	if status, _, _ = s.submit(c, "/quality/questions", weights); status != http.StatusSeeOther {
		t.Errorf("%d", status)
	}
	for _, file := range []string{"/quality/audits.csv", "/quality/actions.csv?state=all"} {
		_, _, body := s.get(c, file)
		if !strings.Contains(body, "Adeyemi") || strings.Contains(body, "Outstanding") {
			t.Errorf("%s: %s", file, body)
		}
	}
}

// A copy for the forum says nothing of whom it is about, and nobody of the forum
// reads it before somebody has confirmed that.
func TestAnonymousCopies(t *testing.T) {
	s, of := audited(t)
	q, ctx := &app.Quality{Core: s.core}, context.Background()
	forum := access.User{ID: "fay", Name: "Fay Orme", Role: access.Forum}
	if _, err := q.Copy(ctx, forum, of["copy"], ""); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("the forum reads a copy that nobody has confirmed: %v", err)
	}
	if f, err := q.Copy(ctx, forum, of["released"], ""); err != nil || f.Confirms || len(f.Replaced) != 0 {
		t.Errorf("%+v, %v", f, err)
	}
	c := s.as("tom")
	path := "/quality/copies/" + of["copy"]
	status, _, body := s.submit(c, path, url.Values{"do": {"release"}})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Confirm that you have read it") {
		t.Errorf("%d: released unread", status)
	}
	if status, _, _ = s.submit(c, path, url.Values{"do": {"release"}, "read": {"yes"}}); status != http.StatusSeeOther {
		t.Errorf("%d", status)
	}
	f, err := q.Copy(ctx, forum, of["copy"], "")
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	if err := f.Paper().HTML(&page); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Maya", "Adeyemi", "Amina", "4 March 2017"} {
		if strings.Contains(page.String(), word) {
			t.Errorf("the copy says %s", word)
		}
	}
	if status, _, body = s.get(s.as("amina"), path); status != http.StatusOK || strings.Contains(body, "What was replaced") {
		t.Errorf("%d: whoever cannot confirm sees what was replaced", status)
	}
	status, to, _ := s.submit(c, path, url.Values{"do": {"again"}, "more": {"therapist"}})
	if status != http.StatusSeeOther || to == path {
		t.Fatalf("%d to %s", status, to)
	}
	if _, _, body = s.get(c, to); !strings.Contains(body, "[taken out]") {
		t.Error("more words were to go")
	}
	if _, err := q.Copy(ctx, forum, of["copy"], ""); !errors.Is(err, app.ErrNotFound) {
		t.Errorf("the forum reads a copy that was taken back: %v", err)
	}
}
