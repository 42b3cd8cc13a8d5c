package bench

import (
	"bytes"
	"fmt"
	"testing"

	"weald/domain/sen2"
	"weald/internal/synth"
)

// BenchmarkSen2Check reads a synthetic return and asks every check of it, with
// the place of each finding. The time of a person should not grow with the file.
// "weald bench sen2" measures 640,000, and others beside it.
func BenchmarkSen2Check(b *testing.B) {
	for _, people := range []int{5_000, 10_000, 20_000, 40_000} {
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			var file bytes.Buffer
			if err := synth.WriteReturn(&file, people, 1); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(file.Len()))
			b.ReportAllocs()
			for b.Loop() {
				found := 0
				report, err := sen2.CheckFile(bytes.NewReader(file.Bytes()), sen2.Options{}, func(sen2.Finding) { found++ })
				if err != nil || report.People != people || found == 0 {
					b.Fatal(report, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(people), "ns/person")
		})
	}
}
