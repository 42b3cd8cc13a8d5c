package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// backupCommand writes the whole record to a file, while the service runs.
type backupCommand struct {
	recordFlags
	File string `arg:"" help:"Where to write the backup, or - for standard output. It holds children's data: keep it as safe as the record."`
}

// Run implements the command. The file appears only when it is whole.
func (c *backupCommand) Run() error {
	ctx := context.Background()
	db, _, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.File == "-" {
		_, err := db.Backup(ctx, os.Stdout)
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(c.File), filepath.Base(c.File)+".part-")
	if err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	defer os.Remove(part.Name()) // gone already when it became the backup
	rows, err := db.Backup(ctx, part)
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	if err := os.Rename(part.Name(), c.File); err != nil {
		return fmt.Errorf("writing the backup: %w", err)
	}
	fmt.Printf("Backed up %d rows to %s.\n", rows, c.File)
	return nil
}

// restoreCommand puts a backup into an empty record, of either engine.
type restoreCommand struct {
	recordFlags
	File string `arg:"" help:"A backup, or - for standard input."`
}

// Run implements the command.
func (c *restoreCommand) Run() error {
	var from io.Reader = os.Stdin
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("reading the backup: %w", err)
		}
		defer file.Close()
		from = file
	}
	ctx := context.Background()
	db, _, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.Restore(ctx, program, from)
	if err != nil {
		return err
	}
	fmt.Printf("Restored %d rows.\n", rows)
	return nil
}

// configCommand prints the settings and where each comes from.
type configCommand struct{}

// settings are the environment variables that the program reads.
var settings = []struct{ name, unset, words string }{
	{"DATABASE_URL", "var/weald.db", "the record: a SQLite file, or postgres://…"},
	{"WEALD_LISTEN", "127.0.0.1:8080", "where the pages are served"},
	{"WEALD_AREA", "Weald", "the local area's name"},
	{"WEALD_DEMO", "off", "everybody is invented: anybody may sign in as a persona"},
	{"WEALD_SECURE", "off", "the service is reached by https, so cookies are sent only there"},
	{"WEALD_METRICS", "off", "where counts and times are served at /metrics, to anybody who reaches it"},
	{"WEALD_CHOICES", "none", "how this area decides what the law leaves unsettled"},
	{"WEALD_HOLIDAYS", "none", "one-off bank holidays not yet on GOV.UK's list"},
}

// Run implements the command. A database's address may hold a password, so it
// is not printed.
func (c *configCommand) Run() error {
	for _, s := range settings {
		value, from := s.unset, "unless set"
		if v := os.Getenv(s.name); v != "" {
			value, from = v, "set"
			if s.name == "DATABASE_URL" && isURL(v) {
				value = "a PostgreSQL database"
			}
		}
		fmt.Printf("%-15s %s (%s)\n%15s %s\n", s.name, value, from, "", s.words)
	}
	return nil
}
