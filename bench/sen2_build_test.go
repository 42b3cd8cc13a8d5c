package bench

import (
	"context"
	"io"
	"path/filepath"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/synth"
)

// pretendCounty is a record of a pretend area of 20,000 children, in a SQLite
// file.
func pretendCounty(b *testing.B) (*app.Core, access.User) {
	ctx := context.Background()
	today := calendar.On(2026, 11, 23)
	practice := casework.DefaultPractice()
	area, err := synth.New(synth.Options{Seed: 1, Plans: 12_045, Today: today, Practice: practice})
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	core := app.New(db, practice, func() calendar.Date { return today })
	program := access.User{ID: "bench", Name: "Bench", Role: access.Program}
	if err := (&app.Beginnings{Core: core}).Begin(ctx, program, area.Beginning(), func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	return core, program
}

// BenchmarkSen2Build builds the 2026 return of a pretend area of 20,000 children
// from its record, and writes it: the record is read afresh each time.
func BenchmarkSen2Build(b *testing.B) {
	core, program := pretendCounty(b)
	returns := &app.Returns{Core: core}
	want := app.Wanted{Year: 2026, Header: sen2.Header{Collection: "SEN2", LEA: "999"}}
	built, err := returns.Build(context.Background(), program, want)
	if err != nil || len(built.People) == 0 {
		b.Fatal(err)
	}
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := returns.Build(context.Background(), program, want); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(built.People)), "people")
	})
	b.Run("write", func(b *testing.B) {
		b.ReportAllocs()
		var n int64
		for b.Loop() {
			out := &counting{to: io.Discard}
			if err := built.Write(out); err != nil {
				b.Fatal(err)
			}
			n = out.n
		}
		b.SetBytes(n)
		b.ReportMetric(float64(len(built.People)), "people")
	})
}

// counting counts the bytes that pass.
type counting struct {
	to io.Writer
	n  int64
}

func (c *counting) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.to.Write(p)
}

// BenchmarkDifferences holds the 2026 return of a pretend area of 20,000 children
// beside that of 2025: both are built from the record each time.
func BenchmarkDifferences(b *testing.B) {
	core, program := pretendCounty(b)
	b.ReportAllocs()
	var d *app.Differed
	for b.Loop() {
		var err error
		if d, err = (&app.Differences{Core: core}).Of(context.Background(), program, 2026, true); err != nil {
			b.Fatal(err)
		}
	}
	if d.New == 0 || d.Gone == 0 || d.Changed == 0 {
		b.Fatalf("new %d, gone %d, changed %d", d.New, d.Gone, d.Changed)
	}
	b.ReportMetric(float64(len(d.Rows)), "lines")
}
