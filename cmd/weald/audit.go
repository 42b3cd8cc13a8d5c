package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"weald/internal/app"
	"weald/internal/store"
)

// auditCommand is what is done with the audit.
type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Find what was changed in the audit behind the program's back, and name it."`
}

// auditVerifyCommand verifies the audit.
type auditVerifyCommand struct {
	recordFlags
	Against string `help:"Heads that --heads wrote earlier and that were kept elsewhere: what was cut off since then is found as well." type:"existingfile" placeholder:"FILE"`
	Heads   bool   `help:"Print how far each line of the audit has come, to be kept elsewhere, and nothing else when all is well."`
}

// Run implements the command.
func (c *auditVerifyCommand) Run() error {
	ctx := context.Background()
	var kept []store.Head
	if c.Against != "" {
		text, err := os.ReadFile(c.Against)
		if err != nil {
			return fmt.Errorf("reading the heads: %w", err)
		}
		if kept, err = store.ParseHeads(string(text)); err != nil {
			return fmt.Errorf("%s: %w", c.Against, err)
		}
	}
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	r, err := (&app.Audits{Core: core}).Verify(ctx, program, kept)
	if err != nil {
		return err
	}
	for _, w := range r.Wrong {
		if w.Entry.At == "" {
			fmt.Fprintln(os.Stderr, w.What)
			continue
		}
		fmt.Fprintf(os.Stderr, "%s, %s: “%s” about %q: %s\n", w.Entry.At, w.Entry.By, w.Entry.Act, w.Entry.Subject, w.What)
	}
	if len(r.Wrong) > 0 {
		return fmt.Errorf("the audit was changed: %d %s wrong", len(r.Wrong), plural(len(r.Wrong), "thing is", "things are"))
	}
	if c.Heads {
		for _, h := range r.Heads {
			fmt.Println(h)
		}
		return nil
	}
	fmt.Printf("%d entries in %d %s are as they were written.\n", r.Entries, r.Lines, plural(r.Lines, "line", "lines"))
	if r.Erased > 0 {
		fmt.Printf("%d lost their words with records that were erased, as the record says.\n", r.Erased)
	}
	if r.Before > 0 {
		fmt.Printf("%d were written before entries were linked, and cannot be verified.\n", r.Before)
	}
	return nil
}

// checkAudit verifies the audit and writes its heads into the audit and the log,
// which goes elsewhere. What is wrong is an error in the log each night.
func checkAudit(core *app.Core, log *slog.Logger) func(context.Context) error {
	return func(ctx context.Context) error {
		r, heads, err := (&app.Audits{Core: core}).Check(ctx, program)
		if err != nil {
			return err
		}
		for _, w := range r.Wrong {
			log.Error("the audit was changed", "at", w.Entry.At, "act", w.Entry.Act, "what", w.What)
		}
		for _, h := range heads {
			log.Info("audit head", "line", h.Line, "n", h.N, "link", h.Link)
		}
		return nil
	}
}
