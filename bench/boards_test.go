package bench

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/assets"
	"weald/internal/files"
	"weald/internal/store"
	"weald/internal/synth"
	"weald/internal/web"
)

// BenchmarkBoards makes whole pages of the advice wall, the review calendar and
// the transfer board, signed in, for a pretend area of 20,000 children in a
// SQLite file: each is counted afresh, in one look at every child.
func BenchmarkBoards(b *testing.B) {
	ctx := context.Background()
	today := calendar.On(2026, time.November, 23)
	practice := casework.DefaultPractice()
	area, err := synth.New(synth.Options{Seed: 1, Plans: 12_045, Today: today, Practice: practice})
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	core := app.New(db, practice, func() calendar.Date { return today })
	program := access.User{ID: "bench", Name: "Bench", Role: access.Program}
	if err := (&app.Beginnings{Core: core}).Begin(ctx, program, area.Beginning(), func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	set, err := assets.Open()
	if err != nil {
		b.Fatal(err)
	}
	folder, err := files.NewFolder(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	pages := web.New(core, db.Sessions(), func(*http.Request) error { return nil }, set, slog.New(slog.NewTextHandler(io.Discard, nil)),
		web.Options{Area: "Westmarch", Demo: true, Personas: web.Personas, Documents: &app.Documents{Core: core, Files: folder, Undo: app.UndoDays}}).Handler()

	signIn := httptest.NewRequest("POST", "/signin", strings.NewReader(url.Values{"as": {"amina"}}.Encode()))
	signIn.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	signedIn := httptest.NewRecorder()
	pages.ServeHTTP(signedIn, signIn)
	list, err := (&app.Casework{Core: core}).Cases(ctx, program, app.CaseFilter{Team: "East"}, app.SortDue, "")
	if err != nil {
		b.Fatal(err)
	}
	cases := make([]string, len(list.Rows))
	for i := range list.Rows {
		cases[i] = "/cases/" + string(list.Rows[i].ID)
	}
	for _, path := range []string{
		"/work", "/cases", "/pipeline", "/cases/{id}",
		"/advice", "/advice?settings=yes", "/advice?team=East", "/advice?band=over-4",
		"/reviews", "/reviews?late=all", "/reviews?team=East&month=2026-12",
		"/transfers", "/transfers?year=2026&step=late", "/transfers?team=East",
	} {
		b.Run(path, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				at := path
				if path == "/cases/{id}" {
					at = cases[n%len(cases)]
				}
				r := httptest.NewRequest("GET", at, nil)
				for _, c := range signedIn.Result().Cookies() {
					r.AddCookie(c)
				}
				w := httptest.NewRecorder()
				if pages.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatal(fmt.Sprint("status ", w.Code))
				}
			}
			b.ReportMetric(float64(area.Children()), "children")
		})
	}
}
