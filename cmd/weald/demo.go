package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/synth"
)

// demoCommand fills an empty record with a pretend local area.
type demoCommand struct {
	recordFlags
	Scale   int    `help:"How many EHC plans are in force, from 200 to 640000. The other children follow in proportion: about two for every three plans." default:"19194"`
	Seed    uint64 `help:"Which area to make: the same seed always makes the same one." default:"1"`
	Today   string `help:"The day on which the area is looked at; nothing happens after it." placeholder:"DAY"`
	Rates   bool   `help:"Make no record: print the area's rates beside the published ones that give it its shape."`
	Stories bool   `help:"Make no record: print the children whose stories were written, and where their pages are."`
}

// Run implements the command. It makes all of the area or, however it is stopped,
// none of it; the plans of the written stories are written after that.
func (c *demoCommand) Run() error {
	if c.Stories {
		for _, s := range synth.Stories() {
			fmt.Printf("%s, %s team: /cases/%s\n  %s\n", s.Name, s.Team, s.ID, s.Words)
		}
		return nil
	}
	today := app.Today()
	if c.Today != "" {
		var err error
		if today, err = calendar.Parse(c.Today); err != nil {
			return fmt.Errorf("--today: %w", err)
		}
	}
	practice, err := c.practice()
	if err != nil {
		return err
	}
	begun := time.Now()
	area, err := synth.New(synth.Options{Seed: c.Seed, Plans: c.Scale, Today: today, Practice: practice})
	if err != nil {
		return err
	}
	if c.Rates {
		return synth.PrintRates(os.Stdout, area.Compare())
	}
	ctx := context.Background()
	db, core, err := c.openOn(ctx, func() calendar.Date { return today })
	if err != nil {
		return err
	}
	defer db.Close()
	terminal := isTerminal(os.Stderr)
	children, events, said := 0, 0, begun
	progress := func(c, e int) {
		children, events = c, e
		if now := time.Now(); terminal && now.Sub(said) > 200*time.Millisecond {
			said = now
			fmt.Fprintf(os.Stderr, "\r%d of %d children, %d events ", children, area.Children(), events)
		}
	}
	err = (&app.Beginnings{Core: core}).Begin(ctx, program, area.Beginning(), progress)
	if terminal {
		fmt.Fprint(os.Stderr, "\r\033[K")
	}
	var full *app.NotEmpty
	if errors.As(err, &full) {
		return fmt.Errorf("%w; a pretend area is made only in an empty one, so name another with --record", full)
	} else if err != nil {
		return err
	}
	written, err := synth.WritePlans(ctx, &app.Plans{Core: core}, program)
	if err != nil {
		return err
	}
	if _, err := synth.WriteDelivery(ctx, &app.Deliveries{Core: core}, program); err != nil {
		return err
	}
	if _, err := synth.WriteCorrespondence(ctx, &app.Correspondence{Core: core}); err != nil {
		return err
	}
	if _, err := synth.WriteNotes(ctx, &app.Casework{Core: core}); err != nil {
		return err
	}
	if _, err := synth.AuditPlans(ctx, &app.Quality{Core: core}, area.People(), c.Seed); err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	fmt.Printf("Westmarch as it stands on %s: %d children, %d of them with a plan in force, %d events, %d people, %d settings; the %d plans of its written stories are there in words, and no others. It took %.1f s.\n",
		today.Words(), children, c.Scale, events, len(area.People()), len(area.Settings()), written, time.Since(begun).Seconds())
	return nil
}

// isTerminal reports whether somebody is watching.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// openOn opens the record on a day that need not be the real one.
func (f *recordFlags) openOn(ctx context.Context, today func() calendar.Date) (*store.DB, *app.Core, error) {
	db, core, err := f.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	on := app.New(db, core.Practice(), today)
	on.Program = core.Program
	return db, on, nil
}
