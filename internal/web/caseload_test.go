package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// oneChild starts a service whose record holds one child with the longest of
// names, who is Amina's.
func oneChild(t testing.TB) *service {
	t.Helper()
	s := start(t)
	ctx := context.Background()
	var seconds atomic.Int64 // what is done is shown in the order in which it was done
	s.db.SetClock(func() time.Time { return testkit.Now.Add(time.Duration(seconds.Add(1)) * time.Second) })
	const id = app.ChildID("longest")
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		return errors.Join(
			tx.AddTeam(ctx, "t1", "Westmarch and the Three Valleys Assessment and Placement Team"),
			tx.SetSetting(ctx, &store.Setting{ID: "s1", Name: "Our Lady of Perpetual Succour and Saint Bartholomew’s Voluntary Aided Roman Catholic Primary School with Nursery"}),
			tx.SetPerson(ctx, &store.Person{ID: "amina", Name: "Amina Yusuf", Role: string(access.Officer), Team: "Westmarch and the Three Valleys Assessment and Placement Team"}),
			tx.SetPerson(ctx, &store.Person{ID: "max", Name: "Maximiliana Featherstonehaugh-Cholmondeley", Role: string(access.Officer), Cover: "amina", AwayFrom: testkit.Today - 1}),
			tx.AddChild(ctx, &store.Child{ID: id, Surname: "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", Forename: "Bartholomew-Alexander Maximilian", Born: calendar.On(2016, 2, 29),
				Reference: "WM-000001", District: "Upper and Lower Westmarch", Need: "SLCN", Setting: "s1", Officer: "amina", Team: "Westmarch and the Three Valleys Assessment and Placement Team"}),
			tx.Audit(ctx, "made", "", ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"2026-05-04 request-received source=parent", "2026-06-08 decision-to-assess-sent decision=yes", "2026-06-09 advice-requested type=c body=\"Westmarch Community Health Services NHS Foundation Trust\""} {
		e, err := casework.ParseEvent(line)
		if err != nil {
			t.Fatal(err)
		}
		if err := (&app.Casework{Core: s.core}).Record(ctx, program, id, app.Recording{Event: e, Seen: app.Unseen}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// The lists of the day's work with one child, who has the longest of names; and
// their forms as they are, refused and done.
func TestGoldenCaseload(t *testing.T) {
	s := oneChild(t)
	tom := s.as("tom")
	for name, path := range map[string]string{
		"work-one": "/work?whose=amina", "cases-one": "/cases?q=wolfe+bartholomew", "cases-nobody-found": "/cases?q=zzzz", "pipeline-one": "/pipeline", "team-one": "/team",
		"handover": "/team/amina/handover?all=yes", "handover-none": "/team/none/handover", "away": "/team/max/away",
		"advice-longest": "/advice", "reviews-longest": "/reviews", "transfers-longest": "/transfers",
	} {
		_, _, body := s.get(tom, path)
		testkit.Golden(t, "golden/"+name+".html", tidy(t, body))
	}
	for _, page := range []string{"case", "history"} { // in order: each look is shown to the next
		_, _, body := s.get(tom, "/cases/longest"+map[string]string{"history": "/history"}[page])
		testkit.Golden(t, "golden/"+page+"-longest.html", tidy(t, body))
	}
	for name, f := range map[string]struct {
		path string
		sent url.Values
	}{
		"handover-refused": {"/team/amina/handover", url.Values{"reason": {"She is leaving"}}},
		"away-refused":     {"/team/max/away", url.Values{"from-day": {"31"}, "from-month": {"2"}, "from-year": {"2027"}, "to-day": {"1"}}},
	} {
		status, body := s.post(tom, f.path, f.sent)
		if status != 422 {
			t.Errorf("%s: %d", name, status)
		}
		testkit.Golden(t, "golden/"+name+".html", tidy(t, body))
	}
	empty := start(t)
	for name, path := range map[string]string{"work-empty": "/work", "pipeline-empty": "/pipeline", "team-empty": "/team"} {
		_, _, body := empty.get(empty.as("amina"), path)
		testkit.Golden(t, "golden/"+name+".html", tidy(t, body))
	}
}

// post sends a form and returns what comes of it.
func (s *service) post(c *http.Client, path string, form url.Values) (status int, body string) {
	s.t.Helper()
	r, err := c.PostForm(s.url+path, form)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, string(text)
}

// The same pages fit a phone and are sound for those who use a screen reader.
func TestCaseloadInTheBrowser(t *testing.T) {
	s := oneChild(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="tom"]`, ".weald-numbers")
	for name, path := range map[string]string{
		"work-one": "/work?whose=amina", "cases-one": "/cases?q=wolfe", "pipeline-one": "/pipeline", "team-one": "/team",
		"handover": "/team/amina/handover", "away": "/team/max/away",
		"case-longest": "/cases/longest", "advice-longest": "/advice", "reviews-longest": "/reviews", "transfers-longest": "/transfers",
	} {
		for _, width := range []int64{1280, 360} {
			b.Width(width)
			b.Go(s.url + path)
			for _, broken := range b.Axe() {
				t.Errorf("%s at %d: %s", name, width, broken)
			}
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s is %d pixels too wide at %d", name, over, width)
			}
			if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
				b.Screenshot(filepath.Join(shots, name+map[int64]string{1280: "-desktop", 360: "-phone"}[width]+".png"))
			}
		}
	}
	b.Go(s.url + "/team/amina/handover")
	b.Click("main form button", ".govuk-error-summary")
	for _, broken := range b.Axe() {
		t.Errorf("handover refused: %s", broken)
	}
	b.Go(s.url + "/cases/longest/events/new?kind=advice-requested")
	b.Click("main form button", ".govuk-error-summary")
	for _, broken := range b.Axe() {
		t.Errorf("event refused: %s", broken)
	}
}

// A manager hands cases over and sets an absence; the work goes with them.
func TestHandoverAndCover(t *testing.T) {
	s := oneChild(t)
	tom := s.as("tom")
	if status, _ := s.post(tom, "/team/amina/handover", url.Values{"to": {"max"}, "reason": {"Amina is leaving"}, "child": {"longest"}}); status != 303 {
		t.Fatal(status)
	}
	_, _, body := s.get(tom, "/team")
	if !strings.Contains(body, "1 case handed over.") {
		t.Error("the page does not say that it was done")
	}
	// Max is away and Amina covers, so it is in her work still.
	_, _, body = s.get(s.as("amina"), "/work")
	if !strings.Contains(body, "Wolfeschlegel") || !strings.Contains(body, "for Maximiliana") {
		t.Error("whoever covers does not see the work")
	}
	// Handing over once more what is no longer hers changes nothing.
	s.post(tom, "/team/amina/handover", url.Values{"to": {"max"}, "reason": {"Again"}, "child": {"longest"}})
	if _, _, body = s.get(tom, "/team"); !strings.Contains(body, "0 cases handed over. 1 was left") {
		t.Error("what somebody else has by now is not left alone")
	}
	// Amina cannot be covered by Max, whom she covers.
	if status, _ := s.post(tom, "/team/amina/away", url.Values{"from-day": {"23"}, "from-month": {"11"}, "from-year": {"2026"}, "cover": {"max"}}); status != 422 {
		t.Errorf("each covers the other: %d", status)
	}
	if status, _ := s.post(tom, "/team/max/away", url.Values{"end": {"yes"}}); status != 303 {
		t.Error(status)
	}
	if _, _, body = s.get(s.as("amina"), "/work"); strings.Contains(body, "Wolfeschlegel") {
		t.Error("the cover has not ended")
	}
	f, err := (&app.Casework{Core: s.core}).Case(context.Background(), program, "longest", 0)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, e := range f.Seen {
		found = found || e.Act == "gave the case to Maximiliana Featherstonehaugh-Cholmondeley" && strings.Contains(e.Detail, "Amina is leaving")
	}
	if !found {
		t.Errorf("the child's history does not say who has the case and why: %+v", f.Seen)
	}
}

// A note is written in several cases at once, once however often it is sent, and
// nothing typed is lost when it cannot be.
func TestNoteInSeveralCases(t *testing.T) {
	s := sample(t)
	amina := s.as("amina")
	_, _, body := s.get(amina, "/work/note")
	var ids []string
	for _, m := range regexp.MustCompile(`name="child"[^>]*value="([a-z0-9]+)"`).FindAllStringSubmatch(body, 3) {
		ids = append(ids, m[1])
	}
	if len(ids) != 3 {
		t.Fatalf("%d children to choose from", len(ids))
	}
	if status, body := s.post(amina, "/work/note", url.Values{"note": {"Rang the school"}}); status != 422 || !strings.Contains(body, "Rang the school") || !strings.Contains(body, "Choose at least one child") {
		t.Errorf("%d, or the text was lost", status)
	}
	sent := url.Values{"note": {"Rang the school"}, "child": ids, "form": {"F1"}}
	for range 2 {
		if status, _ := s.post(amina, "/work/note", sent); status != 303 {
			t.Fatal(status)
		}
	}
	for _, id := range ids {
		f, err := (&app.Casework{Core: s.core}).Case(context.Background(), program, app.ChildID(id), 0)
		if err != nil || len(f.Notes) != 1 || f.Notes[0].Body != "Rang the school" {
			t.Errorf("%s: %v, %v", id, f.Notes, err)
		}
	}
	if status, _ := s.post(s.as("jane"), "/work/note", sent); status != 403 {
		t.Errorf("an inspector wrote: %d", status)
	}
}
