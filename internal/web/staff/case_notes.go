package staff

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A notesView is the notes of a case, and the form on which another is added.
type notesView struct {
	govuk.Form
	Child app.ChildID
	All   []app.Note // the newest first
	Adds  bool       // the reader may add one
	token string
}

// newestNotes are shown at once; the others open at a click.
const newestNotes = 5

// newest returns the notes shown at once, and older the rest.
func (v *notesView) newest() []app.Note { return v.All[:min(newestNotes, len(v.All))] }
func (v *notesView) older() []app.Note  { return v.All[min(newestNotes, len(v.All)):] }

// notes returns the notes that a file held on its day.
func (v *caseView) notes(r *http.Request, typed govuk.Form) *notesView {
	n := &notesView{Form: typed, Child: v.Child.ID, Adds: v.Records, token: rand.Text()}
	for _, note := range v.File.Notes {
		if v.Today == v.Now || note.At[:min(10, len(note.At))] <= v.Today.String() {
			n.All = append(n.All, note)
		}
	}
	return n
}

// NoteAdd keeps a note, or shows the case again with what was typed and why it
// cannot be kept.
func (p *Pages) NoteAdd(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	id, typed := app.ChildID(r.PathValue("id")), govuk.Form{Values: r.PostForm}
	body := typed.Need("note", "Enter the note")
	if n := utf8.RuneCountInString(body); n > app.NoteLength {
		typed.Errors.Add("note", "The note must be "+number(app.NoteLength)+" characters or fewer: it has "+number(n))
	}
	if typed.Errors.Err() == nil {
		err := p.Casework.AddNote(r.Context(), UserOf(r.Context()), id, body, formToken(r))
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, "Note added")
			http.Redirect(w, r, caseLink(id)+"#notes", http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		typed.Errors.Add("note", no.Error())
	}
	return p.showCase(w, r, http.StatusUnprocessableEntity, typed)
}

// A looksView is a page of who has looked at a case.
type looksView struct {
	Name  string
	Child app.ChildID
	Looks []app.Look
	Of    int
	Page  int
	Pages int
}

// Looks lists who has done or seen what in a case.
func (p *Pages) Looks(w http.ResponseWriter, r *http.Request) error {
	v := &looksView{Child: app.ChildID(r.PathValue("id")), Page: 1}
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 0 && n < 1_000_000 {
		v.Page = n
	}
	child, looks, of, err := p.Casework.Looks(r.Context(), UserOf(r.Context()), v.Child, v.Page)
	if err != nil {
		return err
	}
	v.Name, v.Looks, v.Of = child.Name(), looks, of
	v.Pages = max(1, (of+app.LooksShown-1)/app.LooksShown)
	f := p.frame(UserOf(r.Context()), "Who has looked: "+v.Name, "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: v.Name, Href: caseLink(v.Child)}, {Text: "Who has looked"}}
	return show(w, r, http.StatusOK, looksPage(f, v))
}

func looksLink(id app.ChildID, page int) string {
	link := caseLink(id) + "/looks"
	if page > 1 {
		link += "?page=" + strconv.Itoa(page)
	}
	return link
}

var looksHead = []govuk.Heading{{Text: "When"}, {Text: "Who"}, {Text: "What"}}

func looksRows(looks []app.Look) (rows [][]govuk.Cell) {
	for _, l := range looks {
		at := recordedAt(l.At)
		if t, err := time.Parse(time.RFC3339Nano, l.At); err == nil {
			t = t.In(app.London)
			at = calendar.On(t.Date()).Words() + t.Format(", 15:04")
		}
		rows = append(rows, []govuk.Cell{{Text: at}, {Text: l.By}, {Text: capital(l.Act)}})
	}
	return rows
}
