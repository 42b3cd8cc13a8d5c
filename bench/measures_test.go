package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/measure"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/synth"
)

// counted is every measure that is counted from the record.
func counted() (all []*measure.Definition) {
	for _, d := range measure.Definitions {
		if d.Counted() {
			all = append(all, d)
		}
	}
	return all
}

// bookOf counts n children.
func bookOf(n int, today calendar.Date) *measure.Book {
	cases, clock, book := county(n), casework.NewClock(casework.DefaultPractice()), measure.NewBook()
	var marks []measure.Mark
	for i := range cases {
		reading := clock.Read(&cases[i], today)
		marks = reading.Marks(&cases[i], marks[:0])
		book.Put(i, marks)
	}
	return book
}

// BenchmarkMeasures reads a board pack's 30 figures, kept up to date with every
// event; every measure for five years by month and district; and changes one
// child's marks, as each event does.
func BenchmarkMeasures(b *testing.B) {
	today := calendar.On(2026, time.November, 23)
	all := counted()
	months := measure.Months(today, 60)
	for _, n := range []int{20_000, 32_399, 640_000} {
		book := bookOf(n, today)
		last := months[len(months)-2]
		year, _ := measure.CalendarYear.Of(last.Last)
		b.Run(fmt.Sprintf("30-figures/%d", n), func(b *testing.B) {
			sum := 0
			for b.Loop() {
				for i := range 30 {
					p := last
					if i >= len(all) {
						p = year
					}
					sum += book.Value(all[i%len(all)], p).Num
				}
			}
			b.ReportMetric(float64(book.Marks()), "marks")
		})
		b.Run(fmt.Sprintf("five-years-by-month-and-district/%d", n), func(b *testing.B) {
			for b.Loop() {
				for _, d := range all {
					book.Grid(d, months, 13, func(place int) int { return place % 13 })
				}
			}
		})
		b.Run(fmt.Sprintf("one-event/%d", n), func(b *testing.B) {
			one := county(1)
			clock := casework.NewClock(casework.DefaultPractice())
			reading := clock.Read(&one[0], today)
			marks := reading.Marks(&one[0], nil)
			for b.Loop() {
				book.Put(n/2, marks)
			}
		})
	}
}

// BenchmarkMeasuresOfTheRecord counts from a pretend county in a SQLite file: the
// first figures after a start, everything as it was known on a past day, and the
// board's overview and Monday's page once both are there.
func BenchmarkMeasuresOfTheRecord(b *testing.B) {
	ctx := context.Background()
	today := calendar.On(2026, time.November, 23)
	practice := casework.DefaultPractice()
	area, err := synth.New(synth.Options{Seed: 1, Plans: 19_194, Today: today, Practice: practice})
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	at := func() calendar.Date { return today }
	program := access.User{ID: "bench", Name: "Bench", Role: access.Program}
	if err := (&app.Beginnings{Core: app.New(db, practice, at)}).Begin(ctx, program, area.Beginning(), func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	b.Run("first-after-a-start", func(b *testing.B) {
		for b.Loop() {
			if _, err := (&app.Measures{Core: app.New(db, practice, at)}).Overview(ctx, program, measure.Asked{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	measures := &app.Measures{Core: app.New(db, practice, at)}
	if _, err := measures.Monday(ctx, program); err != nil {
		b.Fatal(err)
	}
	day := 0
	for name, do := range map[string]func() error{
		"overview": func() error { _, err := measures.Overview(ctx, program, measure.Asked{}); return err },
		"monday":   func() error { _, err := measures.Monday(ctx, program); return err },
		"as-known-on-a-past-day": func() error {
			day++
			_, err := measures.Overview(ctx, program, measure.Asked{Known: today.AddDays(-day)})
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
