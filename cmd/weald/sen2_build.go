package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"weald/calendar"
	"weald/domain/sen2"
	"weald/internal/app"
)

// sen2BuildCommand builds the statutory return from the record.
type sen2BuildCommand struct {
	recordFlags
	Year   int    `help:"The year of the return. By default the latest whose census day has passed."`
	Census string `help:"Count the caseload on this day instead of census day." placeholder:"DAY"`
	LA     string `name:"la" help:"The local authority's three-digit number." default:"999" env:"WEALD_LA"`
	Serial string `help:"The file's serial number." default:"001"`
	At     string `help:"When the file is said to be written. By default, now." placeholder:"TIME"`
	Output string `short:"o" help:"Write the return to this file instead of standard output." placeholder:"FILE"`
	Why    bool   `help:"Say on standard error why people are in the return, and why others are not."`
}

// Run implements the command.
func (c *sen2BuildCommand) Run() (err error) {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	w := app.Wanted{Year: c.Year, Header: sen2.Header{Collection: "SEN2", SourceLevel: "L", LEA: c.LA, Software: "Weald", Release: "0.1", Serial: c.Serial,
		Written: cmp.Or(c.At, time.Now().In(app.London).Format("2006-01-02T15:04:05"))}}
	if w.Year == 0 {
		w.Year = app.LatestReturn(core.Today())
	}
	if c.Census != "" {
		if w.Census, err = calendar.Parse(c.Census); err != nil {
			return err
		}
	}
	built, err := (&app.Returns{Core: core}).Build(ctx, program, w)
	if err != nil {
		return err
	}
	out := io.WriteCloser(os.Stdout)
	if c.Output != "" {
		if out, err = os.Create(c.Output); err != nil {
			return err
		}
	}
	buffered := bufio.NewWriter(out)
	if err := errors.Join(built.Write(buffered), buffered.Flush(), out.Close()); err != nil {
		return err
	}
	if c.Why {
		for _, words := range slices.Sorted(maps.Keys(built.Reasons)) {
			fmt.Fprintf(os.Stderr, "%7d  %s\n", built.Reasons[words], words)
		}
	}
	fmt.Fprintf(os.Stderr, "The %d return of local authority %s, as at %s: %d %s, and %d children who are not in it.\n",
		w.Year, c.LA, built.Header.ReferenceDate.Words(), len(built.People), plural(len(built.People), "person", "people"), built.Left)
	return nil
}
