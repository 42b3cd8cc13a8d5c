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
	Findings bool     `help:"Print every finding, not only the first ten."`
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
	done, err := (&app.Returns{Core: core}).Load(ctx, program, filepath.Base(c.File), file, c.Teams)
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
	fmt.Printf("Loaded the %d return of local authority %s: %d %s, %d events, %d %s.\n", done.Load.Year, done.Load.Authority,
		done.Load.People, plural(done.Load.People, "person", "people"), done.Load.Events, len(done.Findings), plural(len(done.Findings), "finding", "findings"))
	return nil
}
