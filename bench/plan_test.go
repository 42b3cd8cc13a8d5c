package bench

import (
	"fmt"
	"testing"

	"weald/domain/plan"
	"weald/internal/testkit"
)

// BenchmarkPlanChecks checks a plan of 100 lines.
func BenchmarkPlanChecks(b *testing.B) {
	p, err := plan.Read(plan.ExampleJSON, plan.Templates)
	if err != nil {
		b.Fatal(err)
	}
	lines, err := testkit.Labelled("../domain/plan/testdata/labelled/held.txt")
	if err != nil {
		b.Fatal(err)
	}
	for n := 0; p.Count() < 100; n++ {
		for _, s := range lines[n%len(lines)].Plan.Sections {
			for _, l := range s.Lines {
				l.ID = fmt.Sprintf("x-%d", n)
				to := p.Section(s.Letter)
				to.Lines = append(to.Lines, l)
			}
		}
	}
	found := 0
	for b.Loop() {
		found = len(plan.Check(p, plan.DefaultMeasure))
	}
	b.ReportMetric(float64(p.Count()), "lines")
	b.ReportMetric(float64(found), "findings")
}

// BenchmarkPlanLabelled says how much of what is found in labelled lines is right,
// and how much of what is wrong is found.
func BenchmarkPlanLabelled(b *testing.B) {
	for _, file := range []string{"held", "tuned"} {
		b.Run(file, func(b *testing.B) {
			lines, err := testkit.Labelled("../domain/plan/testdata/labelled/" + file + ".txt")
			if err != nil {
				b.Fatal(err)
			}
			var scores map[string]testkit.Score
			for b.Loop() {
				scores, _ = testkit.ScoreLabelled(lines)
			}
			b.ReportMetric(scores[""].Precision(), "precision")
			b.ReportMetric(scores[""].Recall(), "recall")
			b.ReportMetric(float64(len(lines)), "lines")
		})
	}
}
