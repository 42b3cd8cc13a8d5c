package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"weald/domain/sen2"
	"weald/internal/app"
)

// sen2LoadCommand loads a return into the record.
type sen2LoadCommand struct {
	recordFlags
	Teams    []string `help:"Spread the children over these teams, because a return does not say who has whom." placeholder:"TEAM"`
	DryRun   bool     `help:"Say what would be made, changed and contradicted, and change nothing."`
	Findings bool     `help:"Print every finding and every line, not only the first ten of each."`
	File     string   `arg:"" help:"A SEN2 return, in XML."`
}

// Run implements the command. A file that cannot be read gives exit status 2.
func (c *sen2LoadCommand) Run() error {
	file, err := os.Open(c.File)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	}
	defer file.Close()
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	returns := &app.Returns{Core: core}
	var done *app.Loaded
	if c.DryRun {
		done, err = returns.TryLoad(ctx, program, filepath.Base(c.File), file)
	} else {
		done, err = returns.Load(ctx, program, filepath.Base(c.File), file, c.Teams)
	}
	var syntax *sen2.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Fprintf(os.Stderr, "%s: %v\n", c.File, syntax)
		return exit(2)
	} else if err != nil {
		return err
	}
	if done.Already {
		fmt.Printf("%s was loaded before, so nothing was changed.\n", done.Load.Name)
		return nil
	}
	for i, f := range done.Findings {
		if i == 10 && !c.Findings {
			fmt.Fprintf(os.Stderr, "and %d more: see them with --findings\n", len(done.Findings)-i)
			break
		}
		fmt.Fprintf(os.Stderr, "%s:%d: person %d, %s: %s: %s\n", c.File, f.Line, f.Person, f.Item, f.Severity, f.What)
	}
	verb := "Loaded"
	if c.DryRun {
		verb = "Nothing was changed. Loading it would load"
	}
	fmt.Printf("%s the %d return of local authority %s: %d %s, %d events, %d %s.\n", verb, done.Load.Year, done.Load.Authority,
		done.Load.People, plural(done.Load.People, "person", "people"), done.Load.Events, len(done.Findings), plural(len(done.Findings), "finding", "findings"))
	c.list("new to the record", done.Made, func(l app.LoadLine) string { return l.Who })
	c.list("to be added to children of the record", done.Changed, func(l app.LoadLine) string { return fmt.Sprintf("%s, %s: %s", l.Who, l.Item, l.File) })
	c.list("that the record contradicts, and left as the record has them", done.Against, func(l app.LoadLine) string {
		return fmt.Sprintf("%s, %s: the record says %s; the file says %s", l.Who, l.Item, l.Record, l.File)
	})
	c.list("who may be a child of the record, and wait for somebody to say so", done.Waiting, func(l app.LoadLine) string {
		return fmt.Sprintf("%s may be %s: %s", l.Who, l.Record, l.File)
	})
	if done.Load.ID != "" && !c.DryRun {
		fmt.Printf("It can be taken back with: weald sen2 undo %s\n", done.Load.ID)
	}
	return nil
}

func (c *sen2LoadCommand) list(what string, lines []app.LoadLine, words func(app.LoadLine) string) {
	if len(lines) == 0 {
		return
	}
	fmt.Printf("\n%d %s:\n", len(lines), what)
	for i, l := range lines {
		if i == 10 && !c.Findings {
			fmt.Printf("  and %d more: see them with --findings\n", len(lines)-i)
			return
		}
		fmt.Printf("  person %d: %s\n", l.Person, words(l))
	}
}

// sen2UndoCommand takes a load back.
type sen2UndoCommand struct {
	recordFlags
	Reason string `help:"Why it is taken back." required:""`
	Load   string `arg:"" optional:"" help:"The load, as weald sen2 load named it. By default the loads are listed."`
}

// Run implements the command. A load that something was built upon gives exit
// status 1.
func (c *sen2UndoCommand) Run() error {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	returns := &app.Returns{Core: core}
	if c.Load == "" {
		loads, err := returns.Loads(ctx, program)
		if err != nil {
			return err
		}
		for _, l := range loads {
			state := ""
			if l.UndoneAt != "" {
				state = ", undone " + l.UndoneAt
			}
			fmt.Printf("%s  %s, %d people, loaded %s by %s%s\n", l.ID, l.Name, l.People, l.At, l.By, state)
		}
		return nil
	}
	n, err := returns.Undo(ctx, program, c.Load, c.Reason)
	var blocked *app.InTheWay
	switch {
	case errors.As(err, &blocked):
		fmt.Fprintln(os.Stderr, "It cannot be undone: something was built upon it since.")
		for _, o := range blocked.Obstacles {
			fmt.Fprintf(os.Stderr, "  %s has %s\n", o.Name, app.ObstacleWords(o))
		}
		return exit(1)
	case errors.Is(err, app.ErrNotFound):
		fmt.Fprintf(os.Stderr, "%s is no load of this record, or was undone before.\n", c.Load)
		return exit(1)
	case err != nil:
		return err
	}
	fmt.Printf("Undone. %d %s taken out of the record.\n", n, plural(n, "child was", "children were"))
	return nil
}
