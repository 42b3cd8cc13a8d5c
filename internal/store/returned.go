package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Returned is what a statutory return said of a child, or was entered for one,
// in the return's own items.
type Returned struct {
	Year   int    // of the return; 0: it was entered, and belongs to none
	Events int    // how many entries the child's journal had then
	Person string // as weald/domain/sen2.Fragment writes it
}

// SetReturned keeps what was said of a child, in place of what was said before.
func (t *Tx) SetReturned(ctx context.Context, id ChildID, r Returned) error {
	const set = `INSERT INTO returned (child_id, year, events, person) VALUES ($1, $2, $3, $4)
		ON CONFLICT (child_id) DO UPDATE SET year = excluded.year, events = excluded.events, person = excluded.person`
	if _, err := t.tx.ExecContext(ctx, set, id, r.Year, r.Events, r.Person); err != nil {
		return fmt.Errorf("keeping what a return said: %w", err)
	}
	return nil
}

const returnedOf = `SELECT year, events, person FROM returned WHERE child_id = $1`

// ReturnedOf returns what was said of a child, or nil.
func (t *Tx) ReturnedOf(ctx context.Context, id ChildID) (*Returned, error) {
	r := &Returned{}
	err := t.tx.QueryRowContext(ctx, returnedOf, id).Scan(&r.Year, &r.Events, &r.Person)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading what a return said: %w", err)
	}
	return r, nil
}

const allReturned = `SELECT child_id, year, events, person FROM returned ORDER BY child_id`

// Returned calls f for every child of whom something was said, in order of ID.
func (t *Tx) Returned(ctx context.Context, f func(ChildID, Returned) error) error {
	return t.each(ctx, allReturned, nil, func(rows *sql.Rows) error {
		var id ChildID
		var r Returned
		if err := rows.Scan(&id, &r.Year, &r.Events, &r.Person); err != nil {
			return err
		}
		return f(id, r)
	})
}
