package bench

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"weald/internal/ledger"
)

// BenchmarkLedger builds the columns of 640,000 children and some 19 million
// events from their log, and asks them two questions that nothing is kept ready
// for: plans issued by month with their waits, and events by team and kind with
// their days and how many were late.
func BenchmarkLedger(b *testing.B) {
	for _, n := range []int{20_000, 640_000} {
		name := filepath.Join(b.TempDir(), "log")
		writeLog(b, name, n)
		team := func(title []byte) uint8 { return title[len(title)-1] % 13 }
		var l *ledger.Ledger
		read := func() {
			f, err := os.Open(name)
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			if l, err = ledger.Read(f, team); err != nil {
				b.Fatal(err)
			}
		}
		read()
		b.Run(fmt.Sprint("rebuild/", n), func(b *testing.B) {
			for b.Loop() {
				read()
			}
			b.ReportMetric(float64(l.Events), "events")
		})
		b.Run(fmt.Sprint("plans-by-month/", n), func(b *testing.B) {
			for b.Loop() {
				l.PlansByMonth()
			}
		})
		b.Run(fmt.Sprint("by-team-and-kind/", n), func(b *testing.B) {
			for b.Loop() {
				l.ByTeamAndKind()
			}
		})
	}
}

// writeLog writes n children's events as `weald export cases` does.
func writeLog(b *testing.B, name string, n int) {
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for from := 0; from < n; from += 20_000 {
		for i, c := range county(min(20_000, n-from)) {
			fmt.Fprintf(w, "= child-%d\n%s", from+i, c.Text())
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}
