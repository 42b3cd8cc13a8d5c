package synth

import (
	"context"
	"fmt"

	"weald/domain/access"
	"weald/domain/delivery"
	"weald/internal/app"
)

// WriteDelivery has schools and families say of the written stories' plans what is
// given: most of it is, of some nobody says anything, and here and there a family
// says that it does not happen. It returns how many gaps that opens.
func WriteDelivery(ctx context.Context, deliveries *app.Deliveries, by access.User) (gaps int, err error) {
	planned := 0
	for _, s := range stories() {
		f, err := deliveries.Of(ctx, by, s.ID)
		if err != nil {
			return gaps, fmt.Errorf("reading what the plan of %s promises: %w", s.Name, err)
		}
		var given, not []app.Said
		for i := range f.States {
			p := &f.States[i]
			from := max(p.From, f.Today.AddDays(-40))
			switch {
			case !p.Owed(f.Today) || i%4 == 3:
			case i == 0 && planned%2 == 0:
				not = append(not, app.Said{Line: p.Line, Outcome: delivery.NotGiven, From: from, Until: f.Today, Words: "The therapist has left and nobody comes in her place."})
			default:
				given = append(given, app.Said{Line: p.Line, Outcome: delivery.Given, From: from, Until: f.Today})
			}
		}
		if len(f.States) > 0 {
			planned++
		}
		for i, said := range [][]app.Said{given, not} {
			if len(said) == 0 {
				continue
			}
			if err := deliveries.Report(ctx, by, s.ID, said, i == 1); err != nil {
				return gaps, fmt.Errorf("saying what is given of the plan of %s: %w", s.Name, err)
			}
		}
		gaps += len(not)
	}
	return gaps, nil
}
