package staff

import (
	"bytes"
	"net/http"
	"strconv"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

const copiesPart = qualityPart + "/copies"

func copyLink(id string) string { return copiesPart + "/" + id }

// QualityCopies lists the anonymous copies that somebody may read.
func (p *Pages) QualityCopies(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	all, err := p.Qualities.Copies(r.Context(), u)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, copiesPage(p.copyFrame(u, "Anonymous copies"), all, u, p.Sessions.Told(r)))
}

// copyFrame is the frame of a page about copies: whoever sees no more of quality
// assurance is not led there.
func (p *Pages) copyFrame(u access.User, title string, way ...govuk.Link) govuk.Page {
	f := p.qualityFrame(u, title, way...)
	if !u.May(access.QualitySee) {
		f.Breadcrumbs = f.Breadcrumbs[1:]
	}
	return f
}

func (p *Pages) copyFile(r *http.Request, as string) (*app.CopyFile, error) {
	return p.Qualities.Copy(r.Context(), UserOf(r.Context()), r.PathValue("copy"), as)
}

// QualityCopy shows an anonymous copy, to read, print or take away.
func (p *Pages) QualityCopy(w http.ResponseWriter, r *http.Request) error {
	f, err := p.copyFile(r, "")
	if err != nil {
		return err
	}
	return p.showCopy(w, r, http.StatusOK, f, govuk.Form{})
}

func (p *Pages) showCopy(w http.ResponseWriter, r *http.Request, status int, f *app.CopyFile, form govuk.Form) error {
	frame := p.copyFrame(UserOf(r.Context()), "Copy "+strconv.Itoa(f.N), govuk.Link{Text: "Anonymous copies", Href: copiesPart})
	frame.Errors = form.Errors
	return show(w, r, status, copyPage(frame, f, form, f.Paper(), p.Print != nil, p.Sessions.Told(r)))
}

// QualityCopyDo confirms a copy, takes it back, or makes it again without more
// words.
func (p *Pages) QualityCopyDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	f, err := p.copyFile(r, "")
	if err != nil {
		return err
	}
	ctx, u, to := r.Context(), UserOf(r.Context()), copyLink(f.ID)
	form := govuk.Form{Values: r.PostForm}
	told := ""
	switch form.Text("do") {
	case "release":
		if form.Text("read") != "yes" {
			form.Errors.Add("read", "Confirm that you have read it from end to end")
			return p.showCopy(w, r, http.StatusUnprocessableEntity, f, form)
		}
		told, err = "The forum can read this copy", p.Qualities.Release(ctx, u, f.ID)
	case "back":
		told, to, err = "The copy is taken back: nobody reads it from now on", copiesPart, p.Qualities.TakeBack(ctx, u, f.ID)
	case "again":
		var made string
		if made, err = p.Qualities.MakeCopy(ctx, u, f.Child, form.Text("more")); err == nil {
			err = p.Qualities.TakeBack(ctx, u, f.ID)
		}
		told, to = "A new copy is made, and the one before is taken back", copyLink(made)
	default:
		return app.ErrNotFound
	}
	if err != nil {
		return err
	}
	p.Sessions.Tell(r, told)
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// QualityCopyPDF sends a copy as tagged PDF, if there is something that prints.
func (p *Pages) QualityCopyPDF(w http.ResponseWriter, r *http.Request) error {
	if p.Print == nil {
		return app.ErrNotFound
	}
	f, err := p.copyFile(r, "as PDF")
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := f.Paper().HTML(&page); err != nil {
		return err
	}
	file, err := p.Print(r.Context(), page.String())
	if err != nil {
		return err
	}
	return sendCopy(w, f, "pdf", "application/pdf", file)
}

// QualityCopyDOCX sends a copy as a Word document.
func (p *Pages) QualityCopyDOCX(w http.ResponseWriter, r *http.Request) error {
	f, err := p.copyFile(r, "as a Word document")
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := f.Paper().DOCX(&file); err != nil {
		return err
	}
	return sendCopy(w, f, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", file.Bytes())
}

func sendCopy(w http.ResponseWriter, f *app.CopyFile, ending, kind string, file []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition("attachment", "Anonymous copy "+strconv.Itoa(f.N)+"."+ending))
	h.Set("Content-Length", strconv.Itoa(len(file)))
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(file) // the reader has gone away: nothing to do
	return nil
}

func replacedTable(f *app.CopyFile) govuk.Table {
	t := govuk.Table{Caption: "What was replaced", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Was"}, {Text: "What it is"}, {Text: "Now"}, {Text: "Times", Numeric: true}}}
	for _, r := range f.Replaced {
		t.Rows = append(t.Rows, []govuk.Cell{{Text: r.Was}, {Text: r.Kind}, {Text: r.Now}, {Text: number(r.Times), Numeric: true}})
	}
	return t
}
