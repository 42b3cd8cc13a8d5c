package main

import (
	"context"
	"fmt"
	"os"

	"weald/internal/app"
	"weald/internal/web/dossier"
)

// subjectAccessCommand writes everything kept about one child.
type subjectAccessCommand struct {
	recordFlags
	documentFlags
	Child string `arg:"" help:"The child's ID, as in the address of the case."`
	File  string `arg:"" help:"Where to write the zip file. It holds a child's data: keep it as safe as the record."`
	Given bool   `help:"Hold back what is marked to be held back, for the person it is about."`
	Area  string `help:"The local area's name." default:"Weald" env:"WEALD_AREA"`
}

// Run implements the command. The file appears only when it is whole.
func (c *subjectAccessCommand) Run() error {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	documents, err := c.documents(c.Record, core)
	if err != nil {
		return err
	}
	subjects := &app.Subjects{Core: core, Documents: documents}
	d := &dossier.Dossier{Area: c.Area, Given: c.Given}
	if c.Given {
		d.Subject, d.Schedule, err = subjects.Give(ctx, program, app.ChildID(c.Child))
	} else {
		d.Subject, err = subjects.Take(ctx, program, app.ChildID(c.Child))
	}
	if err != nil {
		return err
	}
	if err := whole(c.File, func(part *os.File) error { return d.Write(ctx, part, subjects.Bytes) }); err != nil {
		return fmt.Errorf("writing what is kept: %w", err)
	}
	fmt.Printf("Everything kept about the child is in %s.\n", c.File)
	if c.Given {
		fmt.Printf("%d %s held back; the file says why.\n", len(d.Schedule), plural(len(d.Schedule), "part is", "parts are"))
	}
	return nil
}
