package staff

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"weald/internal/app"
	"weald/internal/web/govuk"
)

// documentPart is the address of a version as a document: "/document", ".pdf".
func documentPart(f *app.PlanFile, part string) string {
	return planLink(f.Child.ID) + part + "?version=" + strconv.Itoa(f.Version.Version)
}

// PlanDocument shows a version as a document, to read, print or take away.
func (p *Pages) PlanDocument(w http.ResponseWriter, r *http.Request) error {
	f, err := p.planFile(r, "a document")
	if err != nil {
		return err
	}
	if f.Plan == nil {
		return app.ErrNotFound
	}
	frame := p.planFrame(UserOf(r.Context()), f, "As a document")
	return show(w, r, http.StatusOK, planDocumentPage(frame, f, f.Paper(p.Site.Area), p.Print != nil))
}

// PlanPDF sends a version as tagged PDF, if there is something that prints.
func (p *Pages) PlanPDF(w http.ResponseWriter, r *http.Request) error {
	if p.Print == nil {
		return app.ErrNotFound
	}
	f, err := p.planFile(r, "PDF")
	if err != nil {
		return err
	}
	if f.Plan == nil {
		return app.ErrNotFound
	}
	var page bytes.Buffer
	if err := f.Paper(p.Site.Area).HTML(&page); err != nil {
		return err
	}
	file, err := p.Print(r.Context(), page.String())
	if err != nil {
		return err
	}
	return sendPlan(w, f, "pdf", "application/pdf", file)
}

// PlanDOCX sends a version as a Word document.
func (p *Pages) PlanDOCX(w http.ResponseWriter, r *http.Request) error {
	f, err := p.planFile(r, "a Word document")
	if err != nil {
		return err
	}
	if f.Plan == nil {
		return app.ErrNotFound
	}
	var file bytes.Buffer
	if err := f.Paper(p.Site.Area).DOCX(&file); err != nil {
		return err
	}
	return sendPlan(w, f, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", file.Bytes())
}

func sendPlan(w http.ResponseWriter, f *app.PlanFile, ending, kind string, file []byte) error {
	name := "EHC plan " + strings.TrimSpace(f.Child.Reference+" version "+strconv.Itoa(f.Version.Version)) + "." + ending
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", disposition("attachment", name))
	h.Set("Content-Length", strconv.Itoa(len(file)))
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(file) // the reader has gone away: nothing to do
	return nil
}

// headings are the columns of a table of paper.
func headings(head []string) (all []govuk.Heading) {
	for _, h := range head {
		all = append(all, govuk.Heading{Text: h})
	}
	return all
}

// cells are the rows of a table of paper.
func cells(rows [][]string) (all [][]govuk.Cell) {
	for _, row := range rows {
		var line []govuk.Cell
		for _, c := range row {
			line = append(line, govuk.Cell{Content: linesOf(c)})
		}
		all = append(all, line)
	}
	return all
}
