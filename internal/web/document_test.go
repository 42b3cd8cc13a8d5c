package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

const (
	somePDF = "%PDF-1.7\ntrailer <</Root 1 0 R>>\n%%EOF\n"
	// somePNG is one grey dot.
	somePNG  = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cch\x00\x00\x00\x82\x00\x81w\xcdr\xb6\x00\x00\x00\x00IEND\xaeB`\x82"
	longName = "Educational psychologist’s advice for the assessment of Bartholomew Featherstonehaugh-Cholmondeley, second draft with comments from school and family, final.pdf"
)

// A sent is one file of a form.
type sent struct{ name, holds string }

// attach adds documents to a child's case and returns their IDs.
func (s *service) attach(id string, event int, all ...sent) (ids []string) {
	s.t.Helper()
	done, err := s.documents.Attach(context.Background(), program, app.ChildID(id), event, func() (app.Upload, error) {
		if len(all) == 0 {
			return app.Upload{}, io.EOF
		}
		one := all[0]
		all = all[1:]
		return app.Upload{Name: one.name, Bytes: strings.NewReader(one.holds)}, nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, a := range done {
		if a.Document == nil {
			s.t.Fatalf("%s %s", a.Name, a.Refused)
		}
		ids = append(ids, a.Document.ID)
	}
	return ids
}

// A documented is cases with documents, for pages to show.
type documented struct{ one, doc, many, picture string }

// withDocuments adds documents to two cases: one, and many of which some are
// removed.
func (s *service) withDocuments() (d documented) {
	s.t.Helper()
	work, err := (&app.Casework{Core: s.core}).Cases(context.Background(), program, app.CaseFilter{}, app.SortDue, "")
	if err != nil || len(work.Rows) < 10 {
		s.t.Fatalf("too few children: %v", err)
	}
	at := testkit.Now.Add(-time.Hour) // each a second after the other, so that their order is known
	s.db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
	defer s.db.SetClock(func() time.Time { return testkit.Now })
	d.one, d.many = string(work.Rows[4].ID), string(work.Rows[5].ID)
	d.doc = s.attach(d.one, 1, sent{"Request for assessment.pdf", somePDF})[0]
	all := []sent{{longName, somePDF + longName}, {"Photograph of the letter.png", somePNG}, {"Notes of the meeting.txt", "Dear Zoë"}, {strings.Repeat("W", 140) + ".pdf", somePDF + "W"}}
	for i := range 27 {
		all = append(all, sent{fmt.Sprintf("Report %02d.pdf", i+1), somePDF + strconv.Itoa(i)})
	}
	ids := s.attach(d.many, 0, all...)
	d.picture = ids[1]
	for i, reason := range []string{"It is about another child", strings.Repeat("because", 40)} {
		if err := s.documents.Remove(context.Background(), program, app.ChildID(d.many), ids[10+i], reason); err != nil {
			s.t.Fatal(err)
		}
	}
	return d
}

// documentPlaces are the pages of documents in the states that people see.
func documentPlaces(s *service) []place {
	d := s.withDocuments()
	none := s.first(app.CaseFilter{})
	return []place{
		{"documents-case", "/cases/" + d.one},
		{"documents-case-many", "/cases/" + d.many},
		{"documents-case-past", "/cases/" + d.many + "?on=2026-11-22"},
		{"documents-none", "/cases/" + none + "/documents"},
		{"documents", "/cases/" + d.one + "/documents"},
		{"documents-many", "/cases/" + d.many + "/documents"},
		{"documents-many-last", "/cases/" + d.many + "/documents?page=2"},
		{"document-add", "/cases/" + d.one + "/documents/new?event=1"},
		{"document-remove", "/cases/" + d.one + "/documents/" + d.doc + "/remove"},
	}
}

// madeID is what changes from one record to the next: the names of documents.
var madeID = regexp.MustCompile(`/documents/[A-Z2-7]{26}`)

// upload sends files on the form, after the answers to its questions.
func (s *service) upload(c *http.Client, id, event string, all ...sent) (status int, to, body string) {
	s.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	err := w.WriteField("event", event)
	for _, f := range all {
		part, problem := w.CreateFormFile("files", f.name)
		if problem == nil {
			_, problem = io.WriteString(part, f.holds)
		}
		if problem != nil {
			err = problem
		}
	}
	if problem := w.Close(); err != nil || problem != nil {
		s.t.Fatal(err, problem)
	}
	r, err := c.Post(s.url+"/cases/"+id+"/documents", w.FormDataContentType(), &form)
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

func (s *service) names(id string) (names []string) {
	s.t.Helper()
	all, err := s.attached(id)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, d := range all {
		names = append(names, d.Name)
	}
	return names
}

// Good files of a mixed upload are kept; each of the others is named with its
// reason, all at once.
func TestGoldenMixedUpload(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{})
	status, _, body := s.upload(c, id, "1",
		sent{"Report.pdf", somePDF}, sent{"setup.exe", "MZ\x90\x00"}, sent{"page.pdf", "<!doctype html><script>alert(1)</script>"},
		sent{"notes.txt", "Dear Zoë"}, sent{"empty.docx", ""}, sent{"again.pdf", somePDF})
	if status != http.StatusUnprocessableEntity {
		t.Errorf("%d", status)
	}
	testkit.Golden(t, "golden/document-refused.html", tidy(t, body))
	for _, want := range []string{"There is a problem", "“setup.exe” is a program", "“page.pdf” is a web page", "“empty.docx” is empty", "These have been added", "“again.pdf” is the same as “Report.pdf”"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(body, "<script>alert") {
		t.Error("the page holds what was sent")
	}
	if names := s.names(id); len(names) != 2 {
		t.Errorf("kept %q", names)
	}
	// Sent again alone, what was kept is not kept twice.
	status, to, _ := s.upload(c, id, "", sent{"Report.pdf", somePDF})
	_, _, body = s.get(c, to)
	if status != http.StatusSeeOther || !strings.Contains(body, "“Report.pdf” was added on 23 November 2026 by Amina Yusuf and has not been added again") || len(s.names(id)) != 2 {
		t.Errorf("%d to %s, kept %q", status, to, s.names(id))
	}
}

// Nothing chosen, an event of no case, and too many files are all said on the
// form.
func TestWrongUploads(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{})
	many := make([]sent, 51)
	for i := range many {
		many[i] = sent{fmt.Sprintf("%02d.txt", i), fmt.Sprint("note ", i)}
	}
	for name, v := range map[string]struct {
		event string
		files []sent
		want  string
		kept  int
	}{
		"nothing":    {"", nil, "Choose at least one file", 0},
		"no name":    {"", []sent{{"", ""}}, "Choose at least one file", 0},
		"no event":   {"999", []sent{{"a.txt", "a"}}, "That event is not in the case", 0},
		"no number":  {"x", []sent{{"a.txt", "a"}}, "That event is not in the case", 0},
		"51 of them": {"", many, "Add up to 50 files at a time. The last file has not been added", 50},
	} {
		before := len(s.names(id))
		status, _, body := s.upload(c, id, v.event, v.files...)
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, v.want) || len(s.names(id)) != before+v.kept {
			t.Errorf("%s: %d, %d kept, or the page does not say %q", name, status, len(s.names(id))-before, v.want)
		}
	}
	if status, _ := s.send(c, "/cases/"+id+"/documents", url.Values{"files": {"x"}}); status != http.StatusUnprocessableEntity {
		t.Errorf("another sort of form: %d", status)
	}
	if status, _, _ := s.upload(c, "nobody", "", sent{"a.txt", "a"}); status != http.StatusNotFound {
		t.Errorf("nobody's: %d", status)
	}
}

// A file larger than 100 MB is refused by name, without being held in memory,
// and the rest of the form is still read, unless it is larger than 500 MB.
func TestLargeUpload(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{})
	for name, v := range map[string]struct {
		megabytes, status int
		want              string
	}{
		"one file":     {101, http.StatusUnprocessableEntity, "“meeting.mp4” is larger than 100 MB"},
		"all together": {520, http.StatusRequestEntityTooLarge, "Together the files are larger than 500 MB"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		read, write := io.Pipe()
		w := multipart.NewWriter(write)
		go func() {
			part, _ := w.CreateFormFile("files", name+".txt")
			_, _ = io.WriteString(part, name)
			part, _ = w.CreateFormFile("files", "meeting.mp4")
			_, _ = io.WriteString(part, "\x00\x00\x00\x18ftypisom")
			piece := make([]byte, 1<<20)
			for range v.megabytes {
				_, _ = part.Write(piece)
			}
			part, _ = w.CreateFormFile("files", "small.txt")
			_, _ = io.WriteString(part, "small")
			_ = w.Close()
			_ = write.Close()
		}()
		r, err := c.Post(s.url+"/cases/"+id+"/documents", w.FormDataContentType(), read)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 32<<20 {
			t.Errorf("%s: %d MB were allocated", name, (after.TotalAlloc-before.TotalAlloc)>>20)
		}
		if r.StatusCode != v.status || !strings.Contains(string(body), v.want) || !slices.Contains(s.names(id), name+".txt") {
			t.Errorf("%s: %d, kept %q, or the page does not say %q", name, r.StatusCode, s.names(id), v.want)
		}
	}
	if names := s.names(id); len(names) != 3 {
		t.Errorf("kept %q", names)
	}
}

// An upload that breaks off keeps what had arrived whole, and never half a file.
func TestUploadThatBreaksOff(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{})
	address, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	head := func(name string) string {
		return "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n"
	}
	whole := head("whole.txt") + "whole\r\n"
	for name, body := range map[string]string{
		"within a file":  whole + head("half.txt") + "half of it",
		"within a head":  whole + "--x\r\nContent-Dispos",
		"between files":  whole,
		"before the end": whole + "--x",
	} {
		conn, err := net.Dial("tcp", address.Host)
		if err != nil {
			t.Fatal(err)
		}
		cookie := ""
		for _, one := range c.Jar.Cookies(address) {
			cookie += one.Name + "=" + one.Value + "; "
		}
		_, err = fmt.Fprintf(conn, "POST /cases/%s/documents HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n%s", id, address.Host, cookie, body)
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		answer, _ := io.ReadAll(conn)
		_ = conn.Close()
		if !strings.Contains(string(answer), "did not arrive whole") {
			t.Errorf("%s: %.300s", name, answer)
		}
	}
	if names := s.names(id); len(names) != 1 || names[0] != "whole.txt" {
		t.Errorf("kept %q", names)
	}
}

// Whatever a file is called and holds, it is kept under no name of the sender's,
// and handed over as what it is: saved and never run.
func TestHostileUploads(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{})
	for _, f := range []sent{
		{"../../../../etc/cron.d/x", "text"},
		{`..\..\windows\system32\x.dll.txt`, "text 2"},
		{"a\u202egnp.exe.txt", "text 3"},
		{`x"; filename="evil.html`, "\x89PNG\r\n\x1a\n"},
		{"<img src=x onerror=alert(1)>.pdf", somePDF},
		{"both.gif.pdf", "GIF89a/*<script>alert(1)</script>*/=1;"},
		{"zero\x00.html.txt", "text 4"},
		{"test.txt", `X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`},
	} {
		s.upload(c, id, "", f)
	}
	all, err := s.attached(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 6 {
		t.Errorf("kept %q", s.names(id))
	}
	if _, _, page := s.get(c, "/cases/"+id+"/documents"); strings.Contains(page, "<img src=x") {
		t.Error("a name is markup on the page")
	}
	for _, d := range all {
		if strings.ContainsAny(d.Name, "/\\\x00\u202e\"<>") {
			t.Errorf("called %q", d.Name)
		}
		for _, how := range []string{"", "/view"} {
			r, err := c.Get(s.url + "/cases/" + id + "/documents/" + d.ID + how)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, r.Body)
			_ = r.Body.Close()
			if how == "/view" && r.StatusCode == http.StatusNotFound {
				if app.CanView(&d) {
					t.Errorf("%s cannot be viewed", d.Name)
				}
				continue
			}
			want := "attachment"
			if how != "" {
				want = "inline"
			}
			kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Disposition"))
			if err != nil || kind != want || params["filename"] != d.Name {
				t.Errorf("%s%s: %q, %v", d.Name, how, r.Header.Get("Content-Disposition"), err)
			}
			if strings.Contains(r.Header.Get("Content-Type"), "html") || r.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(r.Header.Get("Content-Security-Policy"), "sandbox") || r.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s%s: %v", d.Name, how, r.Header)
			}
		}
	}
}

// Only pictures made of dots and text are shown in the browser; a PDF is not.
func TestViewing(t *testing.T) {
	s := sample(t)
	c := s.as("jane")
	id := s.first(app.CaseFilter{})
	ids := s.attach(id, 0, sent{"a.png", somePNG}, sent{"b.txt", "Dear Zoë"}, sent{"c.pdf", somePDF}, sent{"d.gif", "GIF89a"})
	for i, want := range []int{200, 200, 404, 404} {
		if status, _, _ := s.get(c, "/cases/"+id+"/documents/"+ids[i]+"/view"); status != want {
			t.Errorf("%s: %d", ids[i], status)
		}
	}
	if _, _, body := s.get(c, "/cases/"+id+"/documents/"+ids[1]); body != "Dear Zoë" {
		t.Errorf("came back as %q", body)
	}
	if _, _, body := s.get(c, "/cases/"+id); strings.Contains(body, "/documents/new") || strings.Contains(body, "/remove") {
		t.Error("an inspector is offered to add or remove")
	}
	other := s.first(app.CaseFilter{Stage: casework.RequestStage})
	if status, _, _ := s.get(c, "/cases/"+other+"/documents/"+ids[1]); status != http.StatusNotFound {
		t.Errorf("from another child's case: %d", status)
	}
	if log := s.log.String(); strings.Contains(log, "a.png") || strings.Contains(log, ids[1]) {
		t.Error("the log names a document")
	}
}

// A document is removed with a reason, hidden, and put back.
func TestRemoveADocument(t *testing.T) {
	s := sample(t)
	c := s.as("tom")
	id := s.first(app.CaseFilter{})
	doc := "/cases/" + id + "/documents/" + s.attach(id, 0, sent{"Report.pdf", somePDF})[0]
	if status, body := s.send(c, doc+"/remove", url.Values{"reason": {" "}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Enter why") {
		t.Errorf("without a reason: %d", status)
	}
	if status, body := s.send(c, doc+"/remove", url.Values{"reason": {strings.Repeat("x", 501)}}); status != http.StatusUnprocessableEntity || !strings.Contains(body, "500 characters") {
		t.Errorf("with a long one: %d", status)
	}
	if status, _ := s.send(c, doc+"/remove", url.Values{"reason": {"The wrong child"}}); status != http.StatusSeeOther {
		t.Errorf("removed: %d", status)
	}
	_, _, list := s.get(c, "/cases/"+id+"/documents")
	for _, want := range []string{"Removed: Report.pdf", "The wrong child", "put back until 23 December 2026"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list does not say %q", want)
		}
	}
	for _, path := range []string{doc, doc + "/remove"} {
		if status, _, _ := s.get(c, path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
	if status, _ := s.send(c, doc+"/restore", nil); status != http.StatusSeeOther {
		t.Errorf("put back: %d", status)
	}
	if status, _, body := s.get(c, doc); status != http.StatusOK || body != somePDF {
		t.Errorf("put back and opened: %d", status)
	}
}

// A case looked back on has the documents that it had, and an event has its own,
// though it was corrected since.
func TestDocumentsOnPastDaysAndEvents(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{Stage: casework.RequestStage})
	s.db.SetClock(func() time.Time { return testkit.Now.AddDate(0, 0, -3) })
	doc := s.attach(id, 1, sent{"Request.pdf", somePDF})[0]
	s.db.SetClock(func() time.Time { return testkit.Now })
	if err := s.documents.Remove(context.Background(), program, app.ChildID(id), doc, "x"); err != nil {
		t.Fatal(err)
	}
	s.attach(id, 1, sent{"Letter.txt", "Dear Zoë"})
	for day, want := range map[string]struct{ has, not string }{
		"":               {"Letter.txt", "Request.pdf"},
		"?on=2026-11-22": {"Request.pdf</strong> (removed since)", "Letter.txt"},
		"?on=2026-11-19": {"No documents had been added by 19 November 2026", "Request.pdf"},
	} {
		if _, _, body := s.get(c, "/cases/"+id+day); !strings.Contains(body, want.has) || strings.Contains(body, want.not) {
			t.Errorf("%q: no %q, or %q", day, want.has, want.not)
		}
	}
	path := "/cases/" + id + "/events/1/correct"
	day := []string{"wrong", "changed", "day-day", "2", "day-month", "9", "day-year", "2025", "reason", "Typed wrong"}
	if status, body := s.send(c, path, with(s.form(c, path), day...)); status != http.StatusSeeOther {
		t.Fatalf("%d: %s", status, body)
	}
	if _, _, body := s.get(c, "/cases/"+id+"/documents"); !strings.Contains(body, ", 2 September 2025") {
		t.Errorf("the document does not follow what was corrected: %s", body)
	}
}

// Half a document is never taken for the whole: when what is kept is damaged,
// the answer breaks off and the log says so.
func TestDamagedDocumentBreaksOff(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	id := s.first(app.CaseFilter{})
	doc := s.attach(id, 0, sent{"notes.txt", "Dear Zoë"})[0]
	d, err := s.documents.Find(context.Background(), program, app.ChildID(id), doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.kept, d.Digest[:2], d.Digest), []byte("Dear Joë"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := c.Get(s.url + "/cases/" + id + "/documents/" + doc)
	if err == nil {
		_, err = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}
	if err == nil {
		t.Error("the answer looks whole")
	}
	for range 100 {
		if strings.Contains(s.log.String(), "answer broke off") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the log does not say so")
}

// An officer adds files, is told which are refused, opens what was added, removes
// it and puts it back, with and without scripts.
func TestDocumentsInTheBrowser(t *testing.T) {
	folder := t.TempDir()
	var files []string
	for _, f := range []sent{{"Letter.png", somePNG}, {"Notes.txt", "Dear Zoë\n<b>bold</b>"}, {"setup.exe", "MZ\x90"}, {longName + longName[:60], ""}, {"Report.pdf", somePDF}} {
		path := filepath.Join(folder, f.name)
		if err := os.WriteFile(path, []byte(f.holds), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	shots := os.Getenv("WEALD_SHOTS")
	shot := func(b *browser.Tab, name string) {
		if shots != "" {
			b.Screenshot(filepath.Join(shots, name+".png"))
		}
	}
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts %v", scripts), func(t *testing.T) {
			s := sample(t)
			id := s.first(app.CaseFilter{})
			b := browser.Open(t)
			b.JavaScript(scripts)
			b.Go(s.url + "/signin")
			b.Click(`button[value="amina"]`, ".weald-numbers")
			b.Go(s.url + "/cases/" + id)
			b.Click(`a[href$="/documents/new"]`, `input[type="file"]`)
			b.Upload(`input[type="file"]`, files...)
			b.Click("main form button", ".govuk-error-summary")
			text := b.Text("main")
			for _, want := range []string{"“setup.exe” is a program", "is empty", "Letter.png", "Notes.txt", "Report.pdf"} {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			for _, width := range []int64{360, 1280} {
				b.Width(width)
				if over := b.Overflow(); over > 0 {
					t.Errorf("%d pixels too wide at %d", over, width)
				}
				shot(b, fmt.Sprintf("document-refused-%d", width))
			}
			if scripts {
				for _, broken := range b.Axe() {
					t.Error(broken)
				}
			}
			b.Click(".govuk-breadcrumbs a[href$='/documents']", ".weald-documents")
			for name, want := range map[string]string{"Notes.txt": "Dear Zoë\n<b>bold</b>", "Letter.png": ""} {
				b.Go(s.url + "/cases/" + id + "/documents")
				b.Click(fmt.Sprintf("a[href$='/view'][href*='%s']", s.named(id, name)), "body:not(:has(main))")
				if got := b.Text("body"); got != want {
					t.Errorf("%s is shown as %q", name, got)
				}
				shot(b, "document-view-"+name)
			}
			b.Go(s.url + "/cases/" + id + "/documents/" + s.named(id, "Report.pdf") + "/remove")
			b.Type(`[name="reason"]`, "The wrong child")
			b.Click("main form button", "#removed")
			b.Click("form[action$='/restore'] button", "main:not(:has(#removed)) .weald-documents")
			if text := b.Text("main"); !strings.Contains(text, "Put back: Report.pdf") {
				t.Errorf("not put back: %.300q", text)
			}
		})
	}
}

// named returns the ID of the document that a child has under a name.
func (s *service) named(id, name string) string {
	s.t.Helper()
	all, err := s.attached(id)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, d := range all {
		if d.Name == name {
			return d.ID
		}
	}
	s.t.Fatalf("no %q", name)
	return ""
}

// attached returns a child's documents, with those that are removed.
func (s *service) attached(id string) ([]app.Document, error) {
	f, err := (&app.Casework{Core: s.core}).Case(context.Background(), program, app.ChildID(id), 0)
	if err != nil {
		return nil, err
	}
	return f.Documents, nil
}
