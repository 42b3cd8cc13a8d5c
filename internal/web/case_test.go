package web

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// withPeople puts people around a child, gives it a setting and a reference, and
// adds more notes than are shown at once.
func (s *service) withPeople() string {
	s.t.Helper()
	ctx := context.Background()
	list, err := (&app.Casework{Core: s.core}).Cases(ctx, program, app.CaseFilter{}, app.SortDue, "")
	if err != nil || len(list.Rows) < 10 {
		s.t.Fatalf("too few children: %v", err)
	}
	id := list.Rows[7].ID
	at := testkit.Now.Add(-time.Hour)
	s.db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
	defer s.db.SetClock(func() time.Time { return testkit.Now })
	err = s.db.Write(ctx, program, func(tx *store.Tx) error {
		if err := tx.SetSetting(ctx, &store.Setting{ID: "oak", Name: "St Mary Magdalene and All Saints Church of England Voluntary Aided Primary School", District: "Northmoor"}); err != nil {
			return err
		}
		child, err := tx.Child(ctx, id)
		if err != nil {
			return err
		}
		child.Setting, child.Reference, child.District, child.Need, child.Officer = "oak", "WM/2026/01234", "Northmoor", "SLCN", "amina"
		if err := tx.SetChild(ctx, child); err != nil {
			return err
		}
		if err := tx.SetContacts(ctx, id, []store.Contact{
			{Name: "Zoë Featherstonehaugh-Cholmondeley", Relation: "Mother", Responsibility: true, Email: "zoe.featherstonehaugh-cholmondeley@example.org", Phone: "01632 960 123", Address: "Flat 2\n14 High Street\nNorthmoor", Postcode: "ZZ1 1ZZ", Language: "Welsh", Needs: "Letters in large print"},
			{Name: "Ade Oyelaran", Relation: "Social worker", Phone: "01632 960 456"},
		}); err != nil {
			return err
		}
		for i := range 8 {
			body := fmt.Sprintf("Note %d: rang, no answer.", i+1)
			if i == 7 {
				body = "Mother rang.\nShe would like the meeting at <home>, " + strings.Repeat("and soon, ", 30) + "w" + strings.Repeat("o", 90) + "w"
			}
			if err := tx.AddNote(ctx, id, body); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "put people around the child", string(id), "")
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return string(id)
}

// The people around a child and who has the case are on its page.
func TestPeopleAroundTheChild(t *testing.T) {
	s := sample(t)
	path := "/cases/" + s.withPeople()
	s.sound("case-people", path)
	_, _, body := s.get(s.as("amina"), path)
	testkit.Golden(t, "golden/case-people.html", tidy(t, body))
	for _, want := range []string{"Mother, has parental responsibility", `href="tel:01632960123"`, `href="mailto:zoe.`, "Flat 2, 14 High Street, Northmoor, ZZ1 1ZZ", "Letters in large print", "Ade Oyelaran",
		"WM/2026/01234", "Speech, language and communication needs", "Amina Yusuf (", "St Mary Magdalene", "Show 3 older notes", "at &lt;home&gt;"} {
		if !strings.Contains(body, want) {
			t.Errorf("the case does not hold %q", want)
		}
	}
}

// A note is kept once however often its form is sent; two alike on two forms are
// two notes; a wrong one is shown again as it was typed.
func TestNotes(t *testing.T) {
	s := sample(t)
	amina := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	path := "/cases/" + id
	notes := func() int {
		t.Helper()
		f, err := (&app.Casework{Core: s.core}).Case(context.Background(), program, app.ChildID(id), 0)
		if err != nil {
			t.Fatal(err)
		}
		return len(f.Notes)
	}
	fresh := func() string {
		_, _, body := s.get(amina, path)
		return once.FindString(body)[len(`name="form" value="`):][:26]
	}
	form := fresh()
	for range 3 {
		if status, to := s.send(amina, path+"/notes", map[string][]string{"note": {" Rang,\r\nno answer "}, "form": {form}}); status != http.StatusSeeOther || to != path+"#notes" {
			t.Fatalf("%d: %s", status, to)
		}
	}
	if n := notes(); n != 1 {
		t.Errorf("%d notes, want 1", n)
	}
	s.send(amina, path+"/notes", map[string][]string{"note": {"Rang,\nno answer"}, "form": {fresh()}})
	if n := notes(); n != 2 {
		t.Errorf("%d notes, want 2", n)
	}
	for typed, want := range map[string]string{"": "Enter the note", strings.Repeat("é", app.NoteLength+1): "must be 5,000 characters or fewer: it has 5,001"} {
		status, body := s.send(amina, path+"/notes", map[string][]string{"note": {typed}, "form": {fresh()}})
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, want) || !strings.Contains(body, typed) {
			t.Errorf("%.10q: %d, or it does not say %q", typed, status, want)
		}
	}
	if n := notes(); n != 2 {
		t.Errorf("%d notes after wrong ones, want 2", n)
	}
	_, _, body := s.get(s.as("jane"), path+"/looks")
	if !strings.Contains(body, "Added a note") || !strings.Contains(body, "Sent a note again") {
		t.Error("the audit does not say that notes were added")
	}
	if _, _, body := s.get(s.as("jane"), path); strings.Contains(body, "Add a note") {
		t.Error("an inspector is offered to add a note")
	}
}

// Who has looked is read page by page.
func TestWhoHasLooked(t *testing.T) {
	s := sample(t)
	amina := s.as("amina")
	path := "/cases/" + s.first(app.CaseFilter{})
	for range app.LooksShown + 1 {
		s.get(amina, path)
	}
	_, _, first := s.get(amina, path+"/looks")
	if got := strings.Count(first, "Opened the case"); got < 48 || !strings.Contains(first, "Page 1 of 2") || !strings.Contains(first, "Older") {
		t.Errorf("%d looks on the first page", got)
	}
	if _, _, second := s.get(amina, path+"/looks?page=2"); !strings.Contains(second, "Page 2 of 2") || !strings.Contains(second, "Newer") {
		t.Error("no second page")
	}
	if _, _, beyond := s.get(amina, path+"/looks?page=99"); !strings.Contains(beyond, "nothing on this page") {
		t.Error("a page beyond the last says nothing")
	}
	s.sound("case-looks", path+"/looks") // apart from other pages: each look at it adds a line
}

// sound opens a page as Amina on a wide screen and on a phone: axe finds
// nothing, and it fits. With WEALD_SHOTS set, pictures are left there.
func (s *service) sound(name, path string) {
	s.t.Helper()
	b := browser.Open(s.t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="amina"]`, ".weald-numbers")
	for _, width := range []int64{1280, 360} {
		b.Width(width)
		b.Go(s.url + path)
		for _, broken := range b.Axe() {
			s.t.Errorf("%s at %d: %s", name, width, broken)
		}
		if over := b.Overflow(); over > 0 {
			s.t.Errorf("%s is %d pixels too wide for %d", name, over, width)
		}
		if shots := os.Getenv("WEALD_SHOTS"); shots != "" {
			b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", name, width)))
		}
	}
}
