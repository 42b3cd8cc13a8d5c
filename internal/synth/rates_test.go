package synth_test

import (
	"math"
	"os"
	"testing"

	"weald/internal/synth"
)

// The made area has the rates that were published for the county, each within
// its stated tolerance. `weald demo --rates` prints the table.
func TestRatesAreAsPublished(t *testing.T) {
	all := area(t, synth.Options{Seed: 1, Plans: 4000}).Compare()
	if len(all) < 50 {
		t.Fatalf("only %d figures were compared", len(all))
	}
	for _, c := range all {
		if math.Abs(c.Difference()) > c.Within {
			t.Errorf("%s is %.1f%%, %.1f points from the published %.1f%% (%s); %.0f are allowed", c.Measure, 100*c.MadeRate(), c.Difference(), 100*c.Rate(), c.Source, c.Within)
		}
	}
	if testing.Verbose() {
		_ = synth.PrintRates(os.Stdout, all)
	}
}
