package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Load is a return or other file from which facts came.
type Load struct {
	ID        string
	Name      string
	Digest    string // of the file's bytes: the same file is not loaded twice
	Year      int
	Authority string
	People    int
	Events    int
	At        string
	By        string
}

// AddLoad keeps that a file was loaded.
func (t *Tx) AddLoad(ctx context.Context, l *Load) error {
	const add = `INSERT INTO loads (id, name, digest, year, authority, people, events, loaded_at, loaded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	if _, err := t.tx.ExecContext(ctx, add, l.ID, l.Name, l.Digest, l.Year, l.Authority, l.People, l.Events, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping the load: %w", err)
	}
	return nil
}

// CountLoad sets how much a load brought, once it is known.
func (t *Tx) CountLoad(ctx context.Context, l *Load) error {
	const set = `UPDATE loads SET people = $1, events = $2 WHERE id = $3`
	_, err := t.tx.ExecContext(ctx, set, l.People, l.Events, l.ID)
	return err
}

const loadByDigest = `SELECT id, name, digest, year, authority, people, events, loaded_at, loaded_by FROM loads WHERE digest = $1`

// LoadWithDigest returns the load of a file with the given digest, or
// ErrNotFound.
func (t *Tx) LoadWithDigest(ctx context.Context, digest string) (*Load, error) {
	l := &Load{}
	err := t.tx.QueryRowContext(ctx, loadByDigest, digest).Scan(&l.ID, &l.Name, &l.Digest, &l.Year, &l.Authority, &l.People, &l.Events, &l.At, &l.By)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	return l, err
}

const allLoads = `SELECT id, name, digest, year, authority, people, events, loaded_at, loaded_by FROM loads ORDER BY loaded_at DESC, id`

// Loads returns every load, newest first.
func (t *Tx) Loads(ctx context.Context) (loads []Load, err error) {
	err = t.each(ctx, allLoads, nil, func(rows *sql.Rows) error {
		var l Load
		if err := rows.Scan(&l.ID, &l.Name, &l.Digest, &l.Year, &l.Authority, &l.People, &l.Events, &l.At, &l.By); err != nil {
			return err
		}
		loads = append(loads, l)
		return nil
	})
	return loads, err
}
