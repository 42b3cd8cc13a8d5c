package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/assets"
	"weald/internal/files"
	"weald/internal/message"
	"weald/internal/store"
	"weald/internal/testkit"
)

var program = access.User{ID: "weald", Name: "Weald", Role: access.Program}

// A service is a running Weald with a record of its own, on [testkit.Today].
type service struct {
	t    testing.TB
	url  string
	core *app.Core
	db   *store.DB
	log  *logged // what the service has logged

	documents *app.Documents
	kept      string // the folder of their bytes

	handler http.Handler
	file    string // the record's
	server  *Server
}

// logged keeps a log as text, for several writers at once.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// start starts a service whose record is empty.
func start(t testing.TB) *service {
	t.Helper()
	file := filepath.Join(t.TempDir(), "record.db")
	db, err := store.Open(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	db.SetClock(func() time.Time { return testkit.Now })
	set, err := assets.Open()
	if err != nil {
		t.Fatal(err)
	}
	var said logged
	sharings, err := privacy.ParseBases("return=Legal obligation; documents=Consent")
	if err != nil {
		t.Fatal(err)
	}
	core := app.New(db, casework.DefaultPractice(), func() calendar.Date { return testkit.Today })
	kept := t.TempDir()
	folder, err := files.NewFolder(kept)
	if err != nil {
		t.Fatal(err)
	}
	documents := &app.Documents{Core: core, Files: folder, Undo: app.UndoDays}
	s := New(core, db.Sessions(), func(r *http.Request) error { return db.Ready(r.Context()) }, set,
		slog.New(slog.NewTextHandler(&said, nil)), Options{Area: "Westmarch", LA: "999", Demo: true, Personas: Personas, Documents: documents, Forms: -1,
			Retention: &privacy.Retention{Years: 18, From: privacy.FromBirth, Of: "the pretend schedule"}, Sharings: sharings,
			// every way of signing in, though nobody has an account and nothing answers
			Address: "http://localhost", Provider: &Provider{Name: "Westmarch Council", Issuer: "http://127.0.0.1:1", Client: "weald"},
			Codes: &app.Codes{Send: &message.SMTP{Server: "127.0.0.1:1", From: "weald@westmarch.example", Plain: true}, Area: "Westmarch", Life: app.CodeLife},
			Links: &app.Links{Send: &message.SMTP{Server: "127.0.0.1:1", From: "weald@westmarch.example", Plain: true}, Area: "Westmarch", Days: app.LinkDays},
		})
	handler := s.Handler()
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &service{t, server.URL, core, db, &said, documents, kept, handler, file, s}
}

// sample starts a service that holds the return of 500 invented people.
func sample(t testing.TB) *service {
	t.Helper()
	s := start(t)
	file, err := os.Open("../../domain/sen2/testdata/return-2026-500.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := (&app.Returns{Core: s.core}).Load(context.Background(), program, "return-2026-500.xml", file, []string{"East", "Mid", "West"}); err != nil {
		t.Fatal(err)
	}
	s.staff()
	return s
}

// staff gives the East team's cases to Amina, but for a few that are Ben's, who
// is away and whom she covers. Nobody has the other teams' cases.
func (s *service) staff() {
	s.t.Helper()
	ctx := context.Background()
	err := s.db.Write(ctx, program, func(tx *store.Tx) error {
		for _, p := range []store.Person{
			{ID: "amina", Name: "Amina Yusuf", Role: string(access.Officer), Team: "East"},
			{ID: "ben", Name: "Ben Carter", Role: string(access.Officer), Team: "East", AwayFrom: testkit.Today - 3, AwayTo: testkit.Today + 4, Cover: "amina"},
			{ID: "tom", Name: "Tom Okafor", Role: string(access.Manager)},
		} {
			if err := tx.SetPerson(ctx, &p); err != nil {
				return err
			}
		}
		var east []store.Child
		if err := tx.Children(ctx, func(c *store.Child) error {
			if c.Team == "East" {
				east = append(east, *c)
			}
			return nil
		}); err != nil {
			return err
		}
		for i := range east {
			if east[i].Officer = "amina"; i < 5 {
				east[i].Officer = "ben"
			}
			if err := tx.SetChild(ctx, &east[i]); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "gave out the cases", "", "")
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// as returns a client signed in as a persona; "" is nobody.
func (s *service) as(id string) *http.Client {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if id != "" {
		r, err := c.PostForm(s.url+"/signin", url.Values{"as": {id}})
		if err != nil {
			s.t.Fatal(err)
		}
		_ = r.Body.Close()
		if r.StatusCode != http.StatusSeeOther {
			s.t.Fatalf("signing in as %s: %s", id, r.Status)
		}
	}
	return c
}

// get returns a page's status, address to which it leads on, and text.
func (s *service) get(c *http.Client, path string) (status int, to, body string) {
	s.t.Helper()
	r, err := c.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.answer(r)
}

// answer reads an answer to its end.
func (s *service) answer(r *http.Response) (status int, to, body string) {
	s.t.Helper()
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.StatusCode, r.Header.Get("Location"), string(text)
}

// first returns the ID of the child at the head of the worklist.
func (s *service) first(f app.CaseFilter) string {
	s.t.Helper()
	work, err := (&app.Casework{Core: s.core}).Cases(context.Background(), program, f, app.SortDue, "")
	if err != nil || len(work.Rows) == 0 {
		s.t.Fatalf("no child: %v", err)
	}
	return string(work.Rows[0].ID)
}

// firstBut returns the ID of the first child of the worklist that is not one.
func (s *service) firstBut(id app.ChildID) string {
	s.t.Helper()
	work, err := (&app.Casework{Core: s.core}).Cases(context.Background(), program, app.CaseFilter{}, app.SortDue, "")
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range work.Rows {
		if work.Rows[i].ID != id {
			return string(work.Rows[i].ID)
		}
	}
	s.t.Fatal("no other child")
	return ""
}
