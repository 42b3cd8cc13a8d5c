package bench

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
)

// BenchmarkCases makes the worklist's first page, counts and all, for a county's
// children in a SQLite file. The return of 500 invented people is loaded forty
// times over.
func BenchmarkCases(b *testing.B) {
	ctx := context.Background()
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	core := app.New(db, casework.DefaultPractice(), func() calendar.Date { return calendar.On(2026, 11, 23) })
	text, err := os.ReadFile("../domain/sen2/testdata/return-2026-500.xml")
	if err != nil {
		b.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(text), "<Persons>")
	people, tail, _ := strings.Cut(rest, "</Persons>")
	county := head + "<Persons>" + strings.Repeat(people, 40) + "</Persons>" + tail
	data := access.User{ID: "bench", Name: "Bench", Role: access.DataTeam}
	if _, err := (&app.Returns{Core: core}).Load(ctx, data, "county.xml", strings.NewReader(county), []string{"East", "Mid", "West"}); err != nil {
		b.Fatal(err)
	}
	acts := &app.Casework{Core: core}
	for _, f := range []app.CaseFilter{{}, {Team: "East"}, {Band: app.SoonBand}} {
		b.Run(fmt.Sprintf("team=%s,when=%s", f.Team, f.Band), func(b *testing.B) {
			for b.Loop() {
				if _, err := acts.Cases(ctx, data, f, app.SortDue, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
