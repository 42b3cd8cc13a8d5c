package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/internal/web/staff"
	"weald/law"
)

func (s *Server) linkRoutes() []route {
	return []route{
		{"GET /cases/{id}/links", access.CaseSee, s.pages.LinkList},
		{"POST /cases/{id}/links", access.CaseRecord, s.pages.LinkSend},
		{"POST /cases/{id}/links/{link}/revoke", access.CaseRecord, s.pages.LinkRevoke},
		{"GET /task/{token}", "", s.taskAsk},
		{"POST /task/{token}", "", s.taskOpen},
		{"GET /task", "", s.task},
		{"POST /task", "", s.taskSend},
		{"GET /task/plan", "", s.taskPlan},
		{"GET /task/done", "", s.taskDone},
	}
}

// taskWord is where a session keeps which link was opened in it, so that the
// link's secret part leaves the address.
const taskWord = "task"

// taskAsk shows that something is asked for. Mail scanners see this page.
func (s *Server) taskAsk(w http.ResponseWriter, r *http.Request) error {
	t, err := s.taskOf(w, r, func() (*app.LinkTask, error) { return s.links.Open(r.Context(), r.PathValue("token")) })
	if t == nil {
		return err
	}
	return s.pages.TaskAsk(w, r, &staff.TaskView{Area: s.links.Area, Task: t, Action: r.URL.Path})
}

// taskOf finds a task, or shows that the link does not work.
func (s *Server) taskOf(w http.ResponseWriter, r *http.Request, find func() (*app.LinkTask, error)) (*app.LinkTask, error) {
	if !s.throttle.tries.lets("link " + s.network(r)) {
		return nil, s.tooMany(w, r, "Many links have been opened from where you are. Wait a minute and try again. Yours still works.")
	}
	t, err := find()
	if errors.Is(err, app.ErrNotFound) {
		return nil, s.pages.TaskOver(w, r)
	}
	return t, err
}

func (s *Server) taskOpen(w http.ResponseWriter, r *http.Request) error {
	t, err := s.taskOf(w, r, func() (*app.LinkTask, error) { return s.links.Open(r.Context(), r.PathValue("token")) })
	if t == nil {
		return err
	}
	s.sessions.Put(r.Context(), taskWord, t.ID)
	http.Redirect(w, r, "/task", http.StatusSeeOther)
	return nil
}

func (s *Server) taskHere(w http.ResponseWriter, r *http.Request) (*app.LinkTask, error) {
	return s.taskOf(w, r, func() (*app.LinkTask, error) {
		return s.links.Task(r.Context(), s.sessions.GetString(r.Context(), taskWord))
	})
}

func (s *Server) task(w http.ResponseWriter, r *http.Request) error {
	t, err := s.taskHere(w, r)
	if t == nil {
		return err
	}
	return s.pages.Task(w, r, http.StatusOK, &staff.TaskView{Task: t})
}

// taskPlan shows a setting that is consulted the plan.
func (s *Server) taskPlan(w http.ResponseWriter, r *http.Request) error {
	t, err := s.taskHere(w, r)
	if t == nil {
		return err
	}
	f, err := s.links.Plan(r.Context(), t.ID)
	if errors.Is(err, app.ErrNotFound) {
		return s.pages.TaskOver(w, r)
	} else if err != nil {
		return err
	}
	return s.pages.TaskPlan(w, r, f)
}

// Bounds of what comes by a link.
const (
	taskLength = 64 << 10  // bytes of its words
	taskFiles  = 10        // files at once
	taskBytes  = 110 << 20 // of all
)

// taskSend takes what was asked for. The files are kept with the request as they
// come; then, if nothing is missing, that the advice has come is recorded and
// the link is used up.
func (s *Server) taskSend(w http.ResponseWriter, r *http.Request) error {
	t, err := s.taskHere(w, r)
	if t == nil {
		return err
	}
	v := &staff.TaskView{Task: t, Form: govuk.Form{Values: url.Values{}}}
	r.Body = http.MaxBytesReader(w, r.Body, taskBytes)
	parts, err := r.MultipartReader()
	if err == nil {
		err = s.taskRead(r, v, parts)
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		v.Errors.Add("files", "The files are too large together. Send them in smaller parts")
	case err != nil:
		v.Errors.Add("files", "Not all of it arrived. Check your connection and send it again")
	}
	name, text := v.Need("name", "Enter your name and your job"), v.Text("text")
	kept := 0
	for _, d := range v.Done {
		if d.Refused != "" {
			v.Errors.Add("files", "“"+d.Name+"” "+d.Refused)
		} else {
			kept++
		}
	}
	answer := app.Answer{Name: name, Text: text}
	if t.Asked.Consults() {
		answer.Can = v.Need("can", "Say whether you can meet the needs")
		if answer.Can == app.CannotMeet {
			answer.Ground = v.Need("ground", "Choose why you cannot meet the needs")
			if kept == 0 && text == "" && len(v.Errors.For("files")) == 0 {
				v.Errors.Add("text", "Give your reasons and what shows them, or choose a file")
			}
		}
	} else if kept == 0 && text == "" && len(v.Errors.For("files")) == 0 {
		v.Errors.Add("text", "Write your advice, or choose a file")
	}
	if len(v.Errors) > 0 {
		return s.pages.Task(w, r, http.StatusUnprocessableEntity, v)
	}
	err = s.links.Answer(r.Context(), t.ID, answer)
	var no *law.Refusal
	switch {
	case errors.As(err, &no):
		v.Errors.Add("name", no.Error())
		return s.pages.Task(w, r, http.StatusUnprocessableEntity, v)
	case errors.Is(err, app.ErrNotFound):
		return s.pages.TaskOver(w, r)
	case err != nil:
		return err
	}
	s.sessions.Remove(r.Context(), taskWord)
	http.Redirect(w, r, "/task/done", http.StatusSeeOther)
	return nil
}

// taskRead reads the words of the form, which come before its files, and hands
// the files on.
func (s *Server) taskRead(r *http.Request, v *staff.TaskView, parts *multipart.Reader) error {
	var waiting *multipart.Part
	for waiting == nil {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if part.FormName() == "files" {
			if part.FileName() != "" {
				waiting = part
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, taskLength))
		if err != nil {
			return err
		}
		v.Values.Add(part.FormName(), string(text))
	}
	n := 0
	var err error
	v.Done, err = s.links.AttachTo(r.Context(), v.Task.ID, v.Text("name"), func() (app.Upload, error) {
		for {
			part := waiting
			if waiting = nil; part == nil {
				var err error
				if part, err = parts.NextPart(); err != nil {
					return app.Upload{}, err
				}
			}
			if part.FormName() != "files" || part.FileName() == "" {
				continue
			}
			if n++; n <= taskFiles {
				return app.Upload{Name: part.FileName(), Bytes: part}, nil
			}
		}
	})
	return err
}

func (s *Server) taskDone(w http.ResponseWriter, r *http.Request) error {
	return s.pages.TaskDone(w, r)
}
