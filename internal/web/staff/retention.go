package staff

import (
	"errors"
	"net/http"

	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

const (
	retentionPart = "/privacy/retention"
	retentionRows = 100
)

// A retentionListView is the records that are due for review.
type retentionListView struct {
	Rule   *privacy.Retention
	Due    []app.Kept
	Of     int
	Erased []app.Erasure
	Told   string
}

// RetentionList lists the records that are due for review, and those erased.
func (p *Pages) RetentionList(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	v := &retentionListView{Rule: p.Retentions.Rule, Told: p.Sessions.Told(r)}
	var err error
	if v.Due, v.Of, v.Erased, err = p.Retentions.Due(r.Context(), u, retentionRows); err != nil {
		return err
	}
	f := p.frame(u, "How long records are kept", choicesPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Privacy", Href: privacyPart}, {Text: "How long records are kept"}}
	return show(w, r, http.StatusOK, retentionListPage(f, v))
}

func practiceRows() (rows [][]govuk.Cell) {
	for _, one := range privacy.Practices {
		rows = append(rows, []govuk.Cell{{Text: one.Words}, {Text: one.Source}, {Text: one.Known}})
	}
	return rows
}

func erasedRows(all []app.Erasure) (rows [][]govuk.Cell) {
	for _, e := range all {
		rows = append(rows, []govuk.Cell{{Text: recordedAt(e.At)}, {Text: e.By}, {Text: e.Reason}, {Text: number(e.Rows), Numeric: true}, {Text: number(e.Files), Numeric: true}})
	}
	return rows
}

// A retentionView is how long one record is kept.
type retentionView struct {
	govuk.Form
	*app.Kept
	Rule *privacy.Retention
	Told string
}

func retentionLink(id app.ChildID) string { return caseLink(id) + "/retention" }

// Retention says how long one record is kept, and offers to hold or erase it.
func (p *Pages) Retention(w http.ResponseWriter, r *http.Request) error {
	return p.showRetention(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) showRetention(w http.ResponseWriter, r *http.Request, status int, typed govuk.Form) error {
	u := UserOf(r.Context())
	kept, err := p.Retentions.Of(r.Context(), u, app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := &retentionView{Form: typed, Kept: kept, Rule: p.Retentions.Rule, Told: p.Sessions.Told(r)}
	f := p.frame(u, "How long the record is kept: "+kept.Name, "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: kept.Name, Href: caseLink(kept.Child)}, {Text: "How long the record is kept"}}
	f.Errors = typed.Errors
	return show(w, r, status, retentionPage(f, v))
}

// RetentionHold keeps a record from being erased.
func (p *Pages) RetentionHold(w http.ResponseWriter, r *http.Request) error {
	id := app.ChildID(r.PathValue("id"))
	return p.retain(w, r, "hold", "Enter why it must be kept", "The record is held", retentionLink(id), func(reason string) error {
		return p.Retentions.Hold(r.Context(), UserOf(r.Context()), id, reason)
	})
}

// RetentionErase erases a record after review.
func (p *Pages) RetentionErase(w http.ResponseWriter, r *http.Request) error {
	id := app.ChildID(r.PathValue("id"))
	return p.retain(w, r, "erase", "Enter what the review found", "The record has been erased", retentionPart, func(reason string) error {
		if r.PostForm.Get("sure") != "yes" {
			return &law.Refusal{Because: "Tick the box to say that you have reviewed the record. It cannot be undone."}
		}
		return p.Retentions.Erase(r.Context(), UserOf(r.Context()), id, reason)
	})
}

func (p *Pages) retain(w http.ResponseWriter, r *http.Request, field, missing, told, then string, do func(string) error) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	typed := govuk.Form{Values: r.PostForm}
	reason := typed.Need(field, missing)
	if len(typed.Errors) == 0 {
		err := do(reason)
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, told)
			http.Redirect(w, r, then, http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		typed.Errors.Add(field, no.Because)
	}
	return p.showRetention(w, r, http.StatusUnprocessableEntity, typed)
}

// RetentionLift lifts a hold.
func (p *Pages) RetentionLift(w http.ResponseWriter, r *http.Request) error {
	id := app.ChildID(r.PathValue("id"))
	if err := p.Retentions.Lift(r.Context(), UserOf(r.Context()), id, r.PathValue("hold")); err != nil {
		return err
	}
	p.Sessions.Tell(r, "The hold is lifted")
	http.Redirect(w, r, retentionLink(id), http.StatusSeeOther)
	return nil
}
