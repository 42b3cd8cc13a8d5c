package staff

import (
	"errors"
	"net/http"
	"slices"
	"unicode/utf8"

	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A workNoteView is the form on which the same note is written in several cases.
type workNoteView struct {
	govuk.Form
	Rows   []app.Task // one for each child
	Token  string
	Chosen []string
}

// WorkNote asks for a note, and in which cases of one's own work to write it. A
// note is the one thing that may be written in many cases at once: an event is
// judged by each child's own law, and is recorded case by case.
func (p *Pages) WorkNote(w http.ResponseWriter, r *http.Request) error {
	return p.workNote(w, r, http.StatusOK, govuk.Form{Values: r.URL.Query()})
}

func (p *Pages) workNote(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	work, err := p.Casework.Work(r.Context(), u, "")
	if err != nil {
		return err
	}
	v := &workNoteView{Form: form, Token: formToken(r), Chosen: form.Values["child"]}
	seen := map[app.ChildID]bool{}
	for _, t := range work.Tasks {
		if !seen[t.ID] {
			seen[t.ID] = true
			v.Rows = append(v.Rows, t)
		}
	}
	f := p.frame(u, "Write a note in several cases", workPart)
	f.Breadcrumbs = []govuk.Link{{Text: "My work", Href: workPart}, {Text: "Write a note"}}
	f.Errors = form.Errors
	return show(w, r, status, workNotePage(f, v))
}

func workNoteChoices(v *workNoteView) govuk.Checkboxes {
	boxes := govuk.Checkboxes{Name: "child", Legend: "In whose cases", Hint: "Children with something overdue or due within four weeks, in that order.", Small: true, Values: v.Chosen, Error: v.Errors.For("child")}
	for i := range v.Rows {
		boxes.Items = append(boxes.Items, govuk.Choice{Value: string(v.Rows[i].ID), Content: workNoteChild(&v.Rows[i])})
	}
	return boxes
}

// WorkNoteAdd writes the note in each case ticked. Sent twice, it is written
// once.
func (p *Pages) WorkNoteAdd(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	body := form.Need("note", "Enter the note")
	if n := utf8.RuneCountInString(body); n > app.NoteLength {
		form.Errors.Add("note", "The note must be "+number(app.NoteLength)+" characters or fewer: it has "+number(n))
	}
	children := slices.Compact(slices.Sorted(slices.Values(r.PostForm["child"])))
	if len(children) == 0 {
		form.Errors.Add("child", "Choose at least one child")
	}
	if len(form.Errors) > 0 {
		return p.workNote(w, r, http.StatusUnprocessableEntity, form)
	}
	for _, id := range children {
		err := p.Casework.AddNote(r.Context(), UserOf(r.Context()), app.ChildID(id), body, formToken(r))
		var no *law.Refusal
		if errors.As(err, &no) {
			form.Errors.Add("note", no.Error())
			return p.workNote(w, r, http.StatusUnprocessableEntity, form)
		} else if err != nil {
			return err
		}
	}
	p.Sessions.Tell(r, "Note added to "+counted(len(children), "case", "cases"))
	http.Redirect(w, r, workPart, http.StatusSeeOther)
	return nil
}
