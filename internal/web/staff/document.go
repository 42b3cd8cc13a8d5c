package staff

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// How much may be sent at once, and how long it may take.
const (
	mostFiles    = 50
	mostTogether = 500 << 20 // bytes, with what a form adds
	mostIgnored  = 2 << 30   // bytes beyond that are read and thrown away, so that the page that says so is seen
	betweenReads = 30 * time.Second
	wholeUpload  = 30 * time.Minute
)

// documentsOnCase is how many documents the page of a case lists.
const documentsOnCase = 5

// documentsPerPage is how many the list of them holds on a page.
const documentsPerPage = 25

// A documentsView is a child's documents, as a page lists them.
type documentsView struct {
	Child   *app.File
	Shown   []documentRow
	ByEvent map[int][]documentRow // those shown, by the entry that stands
	Removed []documentRow
	All     int  // how many there are that are not removed
	Records bool // the reader may add and remove
	Told    string
	Pages   govuk.Pagination
	Later   string // where those that are removed are listed, if on another page
}

// A documentRow is one document with what is said beside it.
type documentRow struct {
	app.Document
	For   string        // the event that it belongs to, in words; "" if to none
	Until calendar.Date // the last day on which it can be put back
}

// viewed reports whether the document can be shown in the browser now.
func (d *documentRow) viewed() bool { return app.CanView(&d.Document) && d.Scan != app.ScanWaiting }

// documents sorts a child's documents for reading, as they stood at the end of
// the file's day.
func (p *Pages) documents(ctx context.Context, file *app.File) *documentsView {
	u := UserOf(ctx)
	v := &documentsView{Child: file, ByEvent: map[int][]documentRow{}, Records: mayRecord(u) && file.Today == file.Now}
	for _, d := range file.Documents {
		row := documentRow{Document: d}
		entry := entryNow(file.Entries, d.Event)
		row.For = entryWords(entry)
		switch {
		case app.Day(d.At) > file.Today:
		case d.Removed() && app.Day(d.RemovedAt) <= file.Today:
			row.Until = p.Documents.Until(&d)
			v.Removed = append(v.Removed, row)
		default:
			v.Shown = append(v.Shown, row)
			if entry != nil {
				v.ByEvent[entry.Seq] = append(v.ByEvent[entry.Seq], row)
			}
		}
	}
	v.All = len(v.Shown)
	return v
}

// entryNow is what stands where an entry was recorded: the entry itself, or
// whatever corrected it; nil if there is none.
func entryNow(entries []app.Entry, seq int) *app.Entry {
	if seq < 1 || seq > len(entries) {
		return nil
	}
	e := &entries[seq-1]
	for i := range entries[seq:] {
		if later := &entries[seq+i]; later.Replaces == e.Seq {
			e = later
		}
	}
	return e
}

// entryWords names the event of an entry.
func entryWords(e *app.Entry) string {
	if e == nil {
		return ""
	}
	words := e.Event.Kind.Label() + ", " + e.Event.On.Words()
	if e.Entry.Struck {
		words += " (struck out since)"
	}
	return words
}

// onCase keeps what the page of a case has room for.
func (v *documentsView) onCase() *documentsView {
	v.Shown = v.Shown[:min(len(v.Shown), documentsOnCase)]
	return v
}

// DocumentList lists a child's documents, those that are removed last.
func (p *Pages) DocumentList(w http.ResponseWriter, r *http.Request) error {
	file, err := p.Casework.Case(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), 0)
	if err != nil {
		return err
	}
	v := p.documents(r.Context(), file)
	v.Told = p.Sessions.Told(r)
	at, last := 1, max(1, (v.All+documentsPerPage-1)/documentsPerPage)
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil {
		at = min(max(n, 1), last)
	}
	v.Shown = v.Shown[min(v.All, (at-1)*documentsPerPage):min(v.All, at*documentsPerPage)]
	link := func(n int) string { return documentsLink(file.Child.ID) + "?page=" + strconv.Itoa(n) }
	if at > 1 {
		v.Pages.Previous = govuk.PageLink{Href: link(at - 1), Label: fmt.Sprintf("%d of %d", at-1, last)}
	}
	if at < last {
		v.Pages.Next = govuk.PageLink{Href: link(at + 1), Label: fmt.Sprintf("%d of %d", at+1, last)}
		if len(v.Removed) > 0 { // after the last
			v.Later = link(last) + "#removed"
		}
	}
	f := p.frame(UserOf(r.Context()), "Documents: "+file.Child.Name(), "")
	f.Breadcrumbs = caseCrumbs(file, "Documents")
	return show(w, r, http.StatusOK, documentListPage(f, v))
}

// A documentForm is the form on which documents are added.
type documentForm struct {
	govuk.Form
	file *app.File
	done []app.Attached // what became of the files just sent
	more int            // how many were sent beyond those that may be sent at once

	scanned bool // a virus scanner looks at them first
}

// DocumentNew asks for files.
func (p *Pages) DocumentNew(w http.ResponseWriter, r *http.Request) error {
	v := &documentForm{}
	if e := r.URL.Query().Get("event"); e != "" {
		v.Values = url.Values{"event": {e}}
	}
	return p.showDocumentForm(w, r, http.StatusOK, v)
}

// DocumentAdd keeps the files that are sent. Those that are fit are kept, though
// others are not; then the form is shown again with the reasons.
func (p *Pages) DocumentAdd(w http.ResponseWriter, r *http.Request) error {
	// What has arrived whole is kept, even if the sender has gone by then.
	r = r.WithContext(context.WithoutCancel(r.Context()))
	wait := newPatience(w, betweenReads, wholeUpload)
	arriving := wait.body(r.Body)
	r.Body = http.MaxBytesReader(w, arriving, mostTogether)
	v := &documentForm{Form: govuk.Form{Values: url.Values{}}}
	parts, err := r.MultipartReader()
	if err == nil {
		err = p.attach(r, v, parts)
	}
	wait.over()
	var lost *lostUpload
	var large *http.MaxBytesError
	var no *law.Refusal
	status := http.StatusUnprocessableEntity
	switch {
	case errors.As(err, &no):
		v.Errors.Add("event", no.Error())
	case errors.As(err, &large):
		w.Header().Set("Connection", "close")
		_, _ = io.CopyN(io.Discard, arriving, mostIgnored) // whether it comes or not changes nothing
		status = http.StatusRequestEntityTooLarge
		v.Errors.Add("files", fmt.Sprintf("Together the files are larger than %d MB. Add them a few at a time", mostTogether>>20))
	case errors.As(err, &lost):
		w.Header().Set("Connection", "close")
		v.Errors.Add("files", "A file did not arrive whole, so it has not been added. Check your connection and add it again")
	case err != nil && !errors.Is(err, http.ErrNotMultipart) && !errors.Is(err, http.ErrMissingBoundary):
		return err
	case len(v.done) == 0:
		v.Errors.Add("files", "Choose at least one file")
	}
	if v.more > 0 {
		v.Errors.Add("files", fmt.Sprintf("Add up to %d files at a time. The last %s not been added", mostFiles, lastFiles(v.more)))
	}
	for _, a := range v.done {
		if a.Refused != "" {
			v.Errors.Add("files", "“"+a.Name+"” "+a.Refused)
		}
	}
	if len(v.Errors) > 0 {
		return p.showDocumentForm(w, r, status, v)
	}
	id := app.ChildID(r.PathValue("id"))
	p.Sessions.Tell(r, v.told())
	http.Redirect(w, r, caseLink(id)+"#documents", http.StatusSeeOther)
	return nil
}

// lastFiles counts the files at the end of a form.
func lastFiles(n int) string {
	if n == 1 {
		return "file has"
	}
	return number(n) + " files have"
}

// A lostUpload is a file that did not arrive whole.
type lostUpload struct{ error }

func (l *lostUpload) Unwrap() error { return l.error }

// attach reads the form as it arrives and hands each file on.
func (p *Pages) attach(r *http.Request, v *documentForm, parts *multipart.Reader) error {
	var waiting *multipart.Part
	for waiting == nil { // the questions before the files
		part, err := parts.NextPart()
		if err == io.EOF { //nolint:errorlint // an end that is wrapped is not the form's own
			return nil
		} else if err != nil {
			return &lostUpload{err}
		}
		switch {
		case part.FormName() == "files" && part.FileName() != "":
			waiting = part
		case part.FormName() == "event":
			text, err := io.ReadAll(io.LimitReader(part, 20))
			if err != nil {
				return &lostUpload{err}
			}
			v.Values.Set("event", string(text))
		}
	}
	event := 0
	if typed := v.Text("event"); typed != "" {
		var err error
		if event, err = strconv.Atoi(typed); err != nil || event < 1 {
			event = -1 // no entry: refused with the reason
		}
	}
	var err error
	n := 0
	v.done, err = p.Documents.Attach(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), event, func() (app.Upload, error) {
		for {
			part := waiting
			if waiting = nil; part == nil {
				var err error
				if part, err = parts.NextPart(); err == io.EOF { //nolint:errorlint // as above
					return app.Upload{}, io.EOF
				} else if err != nil {
					return app.Upload{}, &lostUpload{noEnd(err)}
				}
			}
			if part.FormName() != "files" || part.FileName() == "" {
				continue
			}
			if n++; n > mostFiles {
				v.more++
				continue
			}
			return app.Upload{Name: part.FileName(), Bytes: coming{part}}, nil
		}
	})
	return err
}

// coming marks what goes wrong while a file arrives.
type coming struct{ part io.Reader }

func (c coming) Read(p []byte) (int, error) {
	n, err := c.part.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // as above
		err = &lostUpload{noEnd(err)}
	}
	return n, err
}

// noEnd is an error that nobody takes for the end of the form.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// told says what became of files that were all fit.
func (v *documentForm) told() string {
	var said []string
	var added []string
	for _, a := range v.done {
		if !a.Before {
			added = append(added, a.Name)
		}
	}
	switch {
	case len(added) == 1:
		said = append(said, "Added: "+added[0]+".")
	case len(added) > 1:
		said = append(said, "Added "+number(len(added))+" documents.")
	}
	for _, a := range v.done {
		if a.Before {
			said = append(said, beforeWords(a))
		}
	}
	return strings.Join(said, " ")
}

// beforeWords says that a file was there already.
func beforeWords(a app.Attached) string {
	d := a.Document
	what := "“" + a.Name + "”"
	if d.Name != a.Name {
		what += " is the same as “" + d.Name + "”, which"
	}
	return what + " was added on " + app.Day(d.At).Words() + " by " + d.By + " and has not been added again."
}

// fieldError is what stands beside the question: the summary has every reason.
func (v *documentForm) fieldError() string {
	refused := 0
	for _, a := range v.done {
		if a.Refused != "" {
			refused++
		}
	}
	if refused > 1 {
		return number(refused) + " files have not been added. The reasons are at the top of the page"
	}
	return v.Errors.For("files")
}

// viruses says who looks for them.
func (v *documentForm) viruses() string {
	if v.scanned {
		return "A virus scanner looks at each file first. If the scanner is away, the file is kept and opens once it has been found clean."
	}
	return "It does not look for viruses: your own computer must."
}

// added are the files just sent that have been kept.
func (v *documentForm) added() (names []string) {
	for _, a := range v.done {
		if a.Refused == "" && !a.Before {
			names = append(names, a.Name)
		}
	}
	return names
}

// events offers the events to which documents may belong, the latest first.
func (v *documentForm) events() []govuk.Option {
	options := []govuk.Option{{Value: "", Text: "No event"}}
	journal := app.Journal(v.file.Entries)
	entries := v.file.Entries
	for i := len(entries) - 1; i >= 0; i-- {
		if e := entries[i]; journal.Live(e.Seq) && !e.Entry.Struck {
			options = append(options, govuk.Option{Value: strconv.Itoa(e.Seq), Text: e.Event.Kind.Label() + ", " + e.Event.On.Words()})
		}
	}
	return options
}

func (p *Pages) showDocumentForm(w http.ResponseWriter, r *http.Request, status int, v *documentForm) error {
	file, err := p.Casework.Case(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), 0)
	if err != nil {
		return err
	}
	v.file, v.scanned = file, p.Documents.Scanner != nil
	f := p.frame(UserOf(r.Context()), "Add documents: "+file.Child.Name(), "")
	f.Breadcrumbs = documentCrumbs(file, "Add documents")
	f.Errors = v.Errors
	return show(w, r, status, documentFormPage(f, v))
}

// DocumentOpen hands a document over to be saved, whatever it is.
func (p *Pages) DocumentOpen(w http.ResponseWriter, r *http.Request) error {
	return p.sendDocument(w, r, "attachment")
}

// DocumentView shows a document in the browser, if it is of a kind that can do
// nothing there.
func (p *Pages) DocumentView(w http.ResponseWriter, r *http.Request) error {
	d, err := p.Documents.Find(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), r.PathValue("doc"))
	if err != nil {
		return err
	}
	if !app.CanView(d) {
		return app.ErrNotFound
	}
	return p.sendDocument(w, r, "inline")
}

// sendDocument sends a document's bytes, in a box of their own: no page of
// Weald's can be reached from within one.
func (p *Pages) sendDocument(w http.ResponseWriter, r *http.Request, how string) error {
	d, bytes, err := p.Documents.Open(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), r.PathValue("doc"))
	if err != nil {
		return err
	}
	defer bytes.Close()
	h := w.Header()
	h.Set("Content-Type", d.Type)
	h.Set("Content-Length", strconv.FormatInt(d.Size, 10))
	h.Set("Content-Disposition", disposition(how, d.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(newPatience(w, betweenReads, wholeUpload), bytes); err != nil {
		return &BrokeOff{err}
	}
	return nil
}

// A BrokeOff is an error met when part of the answer had been sent, so that no
// page can say so any more.
type BrokeOff struct{ Why error }

func (b *BrokeOff) Error() string { return "the answer broke off: " + b.Why.Error() }

// Unwrap returns why.
func (b *BrokeOff) Unwrap() error { return b.Why }

// disposition writes how a browser should take a file, and its name twice: in
// plain letters, and in full as RFC 6266 has it.
func disposition(how, name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%`, r) {
			return '_'
		}
		return r
	}, name)
	return how + `; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// A removeForm is the form on which a document is removed.
type removeForm struct {
	govuk.Form
	file  *app.File
	row   documentRow
	until calendar.Date // the last day on which it could be put back
}

// DocumentRemove asks why a document should go.
func (p *Pages) DocumentRemove(w http.ResponseWriter, r *http.Request) error {
	return p.showRemove(w, r, http.StatusOK, &removeForm{})
}

// DocumentTakeAway removes a document.
func (p *Pages) DocumentTakeAway(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v := &removeForm{Form: govuk.Form{Values: r.PostForm}}
	reason := v.Need("reason", "Enter why it is being removed")
	if len([]rune(reason)) > reasonLength {
		v.Errors.Add("reason", "The reason must be "+strconv.Itoa(reasonLength)+" characters or fewer")
	}
	if len(v.Errors) > 0 {
		return p.showRemove(w, r, http.StatusUnprocessableEntity, v)
	}
	id, by := app.ChildID(r.PathValue("id")), UserOf(r.Context())
	d, err := p.Documents.Find(r.Context(), by, id, r.PathValue("doc"))
	if err != nil {
		return err
	}
	if err := p.Documents.Remove(r.Context(), by, id, d.ID, reason); err != nil {
		return err
	}
	p.Sessions.Tell(r, "Removed: "+d.Name+".")
	http.Redirect(w, r, documentsLink(id), http.StatusSeeOther)
	return nil
}

func (p *Pages) showRemove(w http.ResponseWriter, r *http.Request, status int, v *removeForm) error {
	u, id := UserOf(r.Context()), app.ChildID(r.PathValue("id"))
	file, err := p.Casework.Case(r.Context(), u, id, 0)
	if err != nil {
		return err
	}
	d, err := p.Documents.Find(r.Context(), u, id, r.PathValue("doc"))
	if err != nil {
		return err
	}
	if d.Removed() {
		return app.ErrNotFound
	}
	v.file, v.row = file, documentRow{Document: *d, For: entryWords(entryNow(file.Entries, d.Event))}
	v.until = file.Now + calendar.Date(p.Documents.Undo)
	f := p.frame(u, "Remove a document: "+file.Child.Name(), "")
	f.Breadcrumbs = documentCrumbs(file, "Remove a document")
	f.Errors = v.Errors
	return show(w, r, status, documentRemovePage(f, v))
}

// DocumentRestore puts a removed document back.
func (p *Pages) DocumentRestore(w http.ResponseWriter, r *http.Request) error {
	id, by := app.ChildID(r.PathValue("id")), UserOf(r.Context())
	d, err := p.Documents.Find(r.Context(), by, id, r.PathValue("doc"))
	if err != nil {
		return err
	}
	if err := p.Documents.Restore(r.Context(), by, id, d.ID); err != nil {
		return err
	}
	p.Sessions.Tell(r, "Put back: "+d.Name+".")
	http.Redirect(w, r, documentsLink(id), http.StatusSeeOther)
	return nil
}

// sizeWords says how large a file is, as computers list it.
func sizeWords(n int64) string {
	switch {
	case n < 1<<10:
		return counted(int(n), "byte", "bytes")
	case n < 1<<20-1<<9: // more would round to 1024 KB
		return fmt.Sprintf("%d KB", (n+1<<9)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// documentHint says what may be sent at once.
func documentHint() string {
	return fmt.Sprintf("You can choose up to %d at once: each up to %d MB, and together up to %d MB", mostFiles, app.MostBytes>>20, mostTogether>>20)
}

func documentsLink(id app.ChildID) string { return caseLink(id) + "/documents" }

func documentLink(d *documentRow) string {
	return documentsLink(d.Child) + "/" + url.PathEscape(d.ID)
}

func documentCrumbs(f *app.File, last string) []govuk.Link {
	crumbs := caseCrumbs(f, last)
	at := len(crumbs) - 1
	return append(crumbs[:at:at], govuk.Link{Text: "Documents", Href: documentsLink(f.Child.ID)}, crumbs[at])
}
