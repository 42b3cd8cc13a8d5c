package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"weald/internal/app"
	"weald/internal/ledger"
)

// ledgerCommand asks every event of a record, or of a case file, two questions.
type ledgerCommand struct {
	recordFlags
	File string `arg:"" optional:"" help:"A case file, as weald export cases writes it; - is standard input. By default the record's own events are asked."`
}

// Run implements the command.
func (c *ledgerCommand) Run() error {
	l, teams, err := c.read()
	if err != nil {
		return err
	}
	fmt.Printf("%d events of %d children.\n\nPlans issued, by month\nmonth     plans  in 20 weeks  median days  90%% within\n", l.Events, l.Children)
	for _, m := range l.PlansByMonth() {
		fmt.Printf("%s  %6d  %10.1f%%  %11d  %10d\n", m.Month.String()[:7], m.Issued, 100*float64(m.InTime)/float64(m.Issued), m.Median, m.P90)
	}
	fmt.Printf("\nEvents, by team and kind; days are from the request or, after a review, its meeting\n%-16s %-32s %9s %10s %8s\n", "team", "kind", "events", "mean days", "late")
	for _, k := range l.ByTeamAndKind() {
		team := "none"
		if int(k.Team) < len(teams) && teams[k.Team] != "" {
			team = teams[k.Team]
		}
		fmt.Printf("%-16s %-32s %9d %10.1f %8d\n", team, k.Kind, k.Events, float64(k.Days)/float64(k.Events), k.Late)
	}
	return nil
}

func (c *ledgerCommand) read() (*ledger.Ledger, []string, error) {
	if c.File == "" {
		ctx := context.Background()
		db, core, err := c.open(ctx)
		if err != nil {
			return nil, nil, err
		}
		defer db.Close()
		return (&app.Measures{Core: core}).Ledger(ctx, program)
	}
	var in io.Reader = os.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, nil, err
		}
		defer f.Close()
		in = f
	}
	l, err := ledger.Read(in, nil)
	return l, nil, err
}
