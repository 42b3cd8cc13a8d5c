package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"weald/internal/store"
)

// keysGiven reads the keys that seal fields, from the environment or from a file
// that it names, and never from the command line, which others can see.
func keysGiven() (*store.Keys, error) {
	text, file := os.Getenv("WEALD_KEYS"), os.Getenv("WEALD_KEYS_FILE")
	if text != "" && file != "" {
		return nil, errors.New("set WEALD_KEYS or WEALD_KEYS_FILE, not both")
	}
	if file != "" {
		held, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("reading WEALD_KEYS_FILE: %w", err)
		}
		if text = string(held); text == "" {
			return nil, errors.New("WEALD_KEYS_FILE holds no key")
		}
	}
	keys, err := store.ParseKeys(text)
	if err != nil {
		return nil, fmt.Errorf("WEALD_KEYS: %w", err)
	}
	return keys, nil
}

// newKeyCommand makes a key.
type newKeyCommand struct {
	ID string `arg:"" help:"What the key is called, in small letters, figures and hyphens: 2026-11."`
}

// Run implements the command.
func (c *newKeyCommand) Run() error {
	key := store.NewKey(c.ID)
	if _, err := store.ParseKeys(key); err != nil {
		return err
	}
	fmt.Println(key)
	fmt.Fprintln(os.Stderr, "Put it first in WEALD_KEYS or in the file that WEALD_KEYS_FILE names, keep those after it, and run weald keys rotate. Without it what it seals is lost: keep a copy apart from the backups.")
	return nil
}

// rotateCommand seals every field with the first key.
type rotateCommand struct{ recordFlags }

// Run implements the command.
func (c *rotateCommand) Run() error {
	ctx := context.Background()
	db, _, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := db.Rotate(ctx, program)
	if err != nil {
		return fmt.Errorf("%w (%d rows were sealed before; run it again to go on)", err, n)
	}
	fmt.Printf("%d %s sealed with the first key. The others are needed only for older backups.\n", n, plural(n, "row was", "rows were"))
	return nil
}
