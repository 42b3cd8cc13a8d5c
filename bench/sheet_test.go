package bench

import (
	"io"
	"testing"

	"weald/calendar"
	"weald/internal/sheet"
)

// BenchmarkSheet writes a county's children as a spreadsheet: 20,000 rows of 15
// columns.
func BenchmarkSheet(b *testing.B) {
	columns := make([]sheet.Column, 15)
	for i := range columns {
		columns[i].Title = "Column"
	}
	born := calendar.On(2012, 3, 4)
	for _, kind := range []sheet.Kind{sheet.CSV, sheet.XLSX} {
		b.Run(string(kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w, err := sheet.New(io.Discard, kind, "Cases", columns...)
				if err != nil {
					b.Fatal(err)
				}
				row := make([]any, len(columns))
				for i := range 20_000 {
					copy(row, []any{"Okonkwo-Fairweather", "Amina", born.AddDays(i % 5000), "E10000016", "WM/2026/01234", "East", "Amina Yusuf", "Moderate learning difficulty",
						"Plan in force", born.AddDays(4000 + i%900), "B06", i % 60, "Overdue", "St Mary's Church of England Primary School", i%3 == 0})
					if err := w.Row(row...); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
