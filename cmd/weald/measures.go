package main

import (
	"context"
	"fmt"
	"strings"

	"weald/calendar"
	"weald/domain/measure"
	"weald/internal/app"
)

// measuresCommand says what numbers mean, and what they are.
type measuresCommand struct {
	recordFlags
	Months int    `help:"How many months to show of a measure." default:"12"`
	Known  string `help:"Count only what had been recorded by this day." placeholder:"DAY"`
	Code   string `arg:"" optional:"" help:"One measure, as in I001. By default all are listed, with the last whole month of those that are counted."`
}

// Run implements the command.
func (c *measuresCommand) Run() error {
	ctx := context.Background()
	one := measure.Coded(strings.ToUpper(c.Code))
	if c.Code != "" && one == nil {
		return fmt.Errorf("%s is no measure: weald measures lists them", c.Code)
	}
	var known calendar.Date
	if c.Known != "" {
		var err error
		if known, err = calendar.Parse(c.Known); err != nil {
			return err
		}
	}
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	until := core.Today()
	if !known.IsZero() {
		until = min(until, known)
	}
	months := measure.Months(until, max(c.Months, 1)+1)
	months = months[:len(months)-1] // the last is not over
	return (&app.Measures{Core: core}).Look(ctx, program, known, func(book *measure.Book) error {
		if one != nil {
			c.one(book, one, months)
		} else {
			c.all(book, months[len(months)-1])
		}
		return nil
	})
}

// all lists every measure with its last whole month.
func (c *measuresCommand) all(book *measure.Book, last calendar.Period) {
	for _, area := range measure.Areas() {
		fmt.Printf("== %s\n\n", area)
		for _, d := range measure.Definitions {
			switch {
			case d.Area != area:
			case d.Counted():
				fmt.Printf("%s %s: %s\n", d.Code, d.Title, book.Value(d, last).InWords(d))
			default:
				fmt.Printf("%s %s: not counted yet; it waits for %s\n", d.Code, d.Title, d.Waits)
			}
		}
		fmt.Println()
	}
	fmt.Printf("Counted over %s to %s, or as things stood at its end.\n", last.First.Words(), last.Last.Words())
}

// one shows one measure: what it means, and month by month with what is more
// than chance.
func (c *measuresCommand) one(book *measure.Book, d *measure.Definition, months []calendar.Period) {
	fmt.Printf("%s %s\n\nCounts: %s\n", d.Code, d.Title, d.Counts)
	for _, row := range [][2]string{{"Of", d.Of}, {"Kind", string(d.Kind) + ": " + d.Kind.Words()}, {"Better", d.Better.Words()}, {"Beside", strings.Join(d.Beside, ", ")}, {"Published", d.Baseline}, {"Aim", d.Aim}, {"Waits for", d.Waits}} {
		if row[1] != "" {
			fmt.Printf("%s: %s\n", row[0], row[1])
		}
	}
	if !d.Counted() {
		return
	}
	var points []measure.Point
	for _, m := range months {
		points = append(points, measure.Point{Period: m, Value: book.Value(d, m)})
	}
	chart := measure.Draw(points, d.Share())
	fmt.Println()
	for _, p := range chart.Points {
		signal := ""
		if p.Signal != measure.NoSignal {
			signal = "  " + p.Signal.Words()
		}
		fmt.Printf("%s  %s%s\n", p.Period.First.String()[:7], p.Value.InWords(d), signal)
	}
	if s := chart.Stretches[0]; s.Enough {
		fmt.Printf("\nMean %.1f; what lies between %.1f and %.1f may be chance.\n", s.Mean, s.Lower, s.Upper)
	}
}
