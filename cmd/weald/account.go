package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/store"
)

// accountAddCommand lets somebody sign in: the first person of a service, before
// anybody is there to do it on the pages.
type accountAddCommand struct {
	recordFlags
	Email string `arg:"" help:"The email address, to which codes are sent, or by which their work account is known."`
	Name  string `help:"Their name." required:""`
	Role  string `help:"What they are: officer, manager, data or inspector." required:"" enum:"officer,manager,data,inspector"`
	Team  string `help:"The team they belong to."`
}

// Run implements the command.
func (c *accountAddCommand) Run() error {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	p := store.Person{ID: strings.ToLower(rand.Text()[:10]), Name: c.Name, Role: string(access.Role(c.Role)), Email: c.Email, Team: c.Team}
	if err := (&app.Accounts{Core: core}).Add(ctx, program, &p); err != nil {
		return err
	}
	fmt.Printf("%s may sign in. Their number is %s.\n", c.Name, p.ID)
	return nil
}

// accountCloseCommand lets somebody in no more.
type accountCloseCommand struct {
	recordFlags
	Person string `arg:"" help:"The person's number, or their email address."`
}

// Run implements the command.
func (c *accountCloseCommand) Run() error {
	ctx := context.Background()
	db, core, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	accounts := &app.Accounts{Core: core}
	account, err := accounts.Find(ctx, program, c.Person)
	if err != nil {
		return fmt.Errorf("nobody has an account with %s", c.Person)
	}
	if err := accounts.Close(ctx, program, account.PersonID); err != nil {
		return err
	}
	fmt.Printf("%s may sign in no more, and is signed out everywhere.\n", account.Name)
	return nil
}
