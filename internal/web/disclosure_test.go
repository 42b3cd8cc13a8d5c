package web

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// madeMark is what changes from one record to the next: the name of a mark, and
// of a document.
var madeMark = regexp.MustCompile(`[A-Z2-7]{26}`)

// neighbour is somebody else, of whom a case tells.
const neighbour = "Mrs Eileen Brown"

// asked is a child for whom everything kept was asked: of a case with notes,
// people and documents.
func (s *service) asked() string {
	s.t.Helper()
	ctx := context.Background()
	at := testkit.Now.Add(-time.Hour) // each a second after the other, so that their order is known
	s.db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
	defer s.db.SetClock(func() time.Time { return testkit.Now })
	id := s.first(app.CaseFilter{})
	s.attach(id, 1, sent{"Letter from school.txt", "Dear Zoë"}, sent{"Private.txt", "About the neighbour"})
	acts := &app.Casework{Core: s.core}
	for _, note := range []string{"His neighbour " + neighbour + " rang.", "He likes trains."} {
		if err := acts.AddNote(ctx, program, app.ChildID(id), note, note[:5]); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		if err := tx.SetContacts(ctx, app.ChildID(id), []store.Contact{{Name: "Nadia Hughes", Relation: "mother", Responsibility: true, Address: "1 High Street"}}); err != nil {
			return err
		}
		return tx.Audit(ctx, "added a contact", id, "")
	}); err != nil {
		s.t.Fatal(err)
	}
	return id
}

// sendForm sends a form and returns its status, where it leads and what it shows.
func (s *service) sendForm(c *http.Client, path string, values url.Values) (status int, to, body string) {
	s.t.Helper()
	r, err := c.PostForm(s.url+path, values)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, r.Header.Get("Location"), string(text)
}

// unpacked is the text of every file of a zip.
func unpacked(t *testing.T, body string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(body)), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
	}
	return all
}

// What is about somebody else is marked by one person, agreed by another, and
// then in nothing that is given.
func TestHeldBackByTwoPeople(t *testing.T) {
	s := sample(t)
	id := s.asked()
	page := "/cases/" + id + "/disclosure"
	tom, priya := s.as("tom"), s.as("priya")

	status, _, body := s.get(tom, page+"/all.zip")
	all := unpacked(t, body)
	if status != http.StatusOK || !strings.Contains(all["Read this first.html"], neighbour) || !strings.Contains(all["data.json"], "He likes trains.") || len(all) != 5 {
		t.Fatalf("%d: %d files", status, len(all))
	}
	if status, _, body := s.sendForm(tom, page+"/withhold", url.Values{"words": {"x"}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Enter the words to hold back") || !strings.Contains(body, "Choose the ground") || !strings.Contains(body, "Say why") {
		t.Errorf("%d", status)
	}
	_, _, body = s.get(tom, page)
	place := strings.Split(strings.Split(body, `<option value="documents/`)[2], `"`)[0]
	if !strings.Contains(strings.Split(body, place)[1][:60], "Private.txt") {
		place = strings.Split(strings.Split(body, `<option value="documents/`)[1], `"`)[0]
	}
	for _, form := range []url.Values{
		{"words": {"eileen  BROWN"}, "ground": {"third-party"}, "why": {"She is a neighbour"}},
		{"where": {"documents/" + place}, "ground": {"third-party"}, "why": {"It is about the neighbour"}},
	} {
		if status, to, body := s.sendForm(tom, page+"/withhold", form); status != http.StatusSeeOther || !strings.HasSuffix(to, "#held") {
			t.Fatalf("%d %s %.300s", status, to, body)
		}
	}
	if status, _, body := s.get(tom, page+"/given.zip"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Somebody else must look") {
		t.Errorf("given before a second look: %d", status)
	}
	_, _, body = s.get(priya, page)
	marks := strings.Split(body, `action="`+page+`/`)[1:]
	agreed := 0
	for _, m := range marks {
		action := m[:strings.IndexByte(m, '"')]
		if !strings.HasSuffix(action, "/agree") {
			continue
		}
		if status, _, body := s.sendForm(tom, page+"/"+action, nil); status != http.StatusUnprocessableEntity || !strings.Contains(body, "You marked this yourself") {
			t.Errorf("agreed with himself: %d", status)
		}
		if status, _, _ := s.sendForm(priya, page+"/"+action, nil); status != http.StatusSeeOther {
			t.Errorf("second look: %d", status)
		}
		agreed++
	}
	if agreed != 2 {
		t.Fatalf("%d marks to agree to", agreed)
	}
	status, _, body = s.get(tom, page+"/given.zip")
	all = unpacked(t, body)
	if status != http.StatusOK || len(all) != 4 {
		t.Errorf("%d: %d files", status, len(all))
	}
	for name, text := range all {
		for _, secret := range []string{"Eileen", "eileen", "neighbour\"", "Private.txt", "About the neighbour", "She is a"} {
			if strings.Contains(text, secret) || strings.Contains(name, secret) {
				t.Errorf("%s tells %q", name, secret)
			}
		}
	}
	for _, said := range []string{"His neighbour Mrs [held back] rang.", "He likes trains.", "Nadia Hughes", "words, in one place", "Priya Shah", "took out everything kept about the child"} {
		if !strings.Contains(strings.ToLower(all["Read this first.html"]), strings.ToLower(said)) {
			t.Errorf("the page does not say %q", said)
		}
	}
}

func (s *service) retentions() *app.Retentions {
	return &app.Retentions{Core: s.core, Documents: s.documents, Rule: &privacy.Retention{Years: 18, From: privacy.FromBirth, Of: "the pretend schedule"}}
}

// A record is held and erased only with a reason, and erased only by somebody who
// says that it was reviewed.
func TestEraseOnThePage(t *testing.T) {
	s := sample(t)
	due, _, _, err := s.retentions().Due(context.Background(), program, 1)
	if err != nil {
		t.Fatal(err)
	}
	tom, page := s.as("tom"), "/cases/"+string(due[0].Child)+"/retention"
	for _, v := range []struct {
		action string
		form   url.Values
		status int
		says   string
	}{
		{"/hold", url.Values{"hold": {" "}}, 422, "Enter why it must be kept"},
		{"/erase", url.Values{"erase": {"Reviewed"}}, 422, "Tick the box"},
		{"/erase", url.Values{"sure": {"yes"}}, 422, "Enter what the review found"},
		{"/hold", url.Values{"hold": {"A court asked"}}, 303, ""},
		{"/erase", url.Values{"erase": {"Reviewed"}, "sure": {"yes"}}, 422, "while a hold stands"},
	} {
		if status, _, body := s.sendForm(tom, page+v.action, v.form); status != v.status || !strings.Contains(body, v.says) {
			t.Errorf("%s %v: %d, no %q", v.action, v.form, status, v.says)
		}
	}
	_, _, body := s.get(tom, page)
	lift := strings.Split(strings.Split(body, `action="`+page+"/")[1], `"`)[0]
	if status, _, _ := s.sendForm(tom, page+"/"+lift, nil); status != 303 {
		t.Errorf("lifting %s: %d", lift, status)
	}
	if status, to, _ := s.sendForm(tom, page+"/erase", url.Values{"erase": {"Reviewed"}, "sure": {"yes"}}); status != 303 || to != "/privacy/retention" {
		t.Errorf("erasing: %d %s", status, to)
	}
	if status, _, _ := s.get(tom, strings.TrimSuffix(page, "/retention")); status != http.StatusNotFound {
		t.Errorf("erased, and still there: %d", status)
	}
}

func disclosurePlaces(s *service) []place {
	id := s.asked()
	page := "/cases/" + id + "/disclosure"
	c := s.as("priya")
	at := testkit.Now // each mark a second after the other, so that their order is known
	s.db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
	defer s.db.SetClock(func() time.Time { return testkit.Now })
	for _, form := range []url.Values{
		{"words": {"Eileen Brown"}, "ground": {"third-party"}, "why": {"She is a neighbour"}},
		{"where": {"notes/2"}, "ground": {"privilege"}, "why": {strings.Repeat("Longest", 70)}},
	} {
		if status, _, body := s.sendForm(c, page+"/withhold", form); status != http.StatusSeeOther {
			s.t.Fatalf("%d %.300s", status, body)
		}
	}
	work, err := (&app.Casework{Core: s.core}).Cases(context.Background(), program, app.CaseFilter{}, app.SortDue, "")
	if err != nil {
		s.t.Fatal(err)
	}
	due, of, _, err := s.retentions().Due(context.Background(), program, 3)
	if err != nil || of < 3 {
		s.t.Fatalf("%d due: %v", of, err)
	}
	for _, reason := range []string{"The inquiry has asked for it", strings.Repeat("Longest", 70)} {
		if err := s.retentions().Hold(context.Background(), program, due[1].Child, reason); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := s.retentions().Erase(context.Background(), program, due[2].Child, "Reviewed by the records team"); err != nil {
		s.t.Fatal(err)
	}
	kept := func(i int) string { return "/cases/" + string(due[i].Child) + "/retention" }
	return []place{
		{"disclosure", page}, {"disclosure-none", "/cases/" + string(work.Rows[2].ID) + "/disclosure"},
		{"privacy", "/privacy"}, {"retention-list", "/privacy/retention"}, {"retention-due", kept(0)}, {"retention-held", kept(1)}, {"retention-not-due", strings.Replace(page, "disclosure", "retention", 1)},
	}
}

// The pages of what is kept about people, as they are, and as people with a
// keyboard, a screen reader or a phone meet them; and the page in the zip.
func TestPrivacyPages(t *testing.T) {
	s := sample(t)
	all := disclosurePlaces(s)
	for _, p := range all {
		_, _, body := s.get(s.as("tom"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", madeMark.ReplaceAllString(tidy(t, body), "ONCE"))
	}
}

func TestPrivacyPagesInTheBrowser(t *testing.T) {
	s := sample(t)
	b := browser.Open(t)
	all := disclosurePlaces(s)
	_, _, body := s.get(s.as("tom"), all[1].path+"/all.zip")
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(unpacked(t, body)["Read this first.html"]), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Go(s.url + "/signin")
	b.Click(`button[value="tom"]`, ".weald-numbers")
	for _, p := range append(all, place{"dossier", "file://" + file}) {
		to := s.url + p.path
		if strings.HasPrefix(p.path, "file:") {
			to = p.path
		}
		for _, width := range []int64{1280, 360} {
			b.Width(width)
			b.Go(to)
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s at %d is %d pixels too wide", p.name, width, over)
			}
			if p.name != "dossier" {
				for _, broken := range b.Axe() {
					t.Errorf("%s at %d: %s", p.name, width, broken)
				}
			}
			if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
				b.Screenshot(filepath.Join(shots, p.name+map[int64]string{1280: "-desktop", 360: "-phone"}[width]+".png"))
			}
		}
	}
}
