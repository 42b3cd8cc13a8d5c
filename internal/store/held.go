package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// HoldReturn keeps that a return was sent and waits to be loaded.
func (t *Tx) HoldReturn(ctx context.Context, digest, name string) error {
	const add = `INSERT INTO held_returns (digest, name, at) VALUES ($1, $2, $3) ON CONFLICT (digest) DO UPDATE SET name = excluded.name, at = excluded.at`
	if _, err := t.tx.ExecContext(ctx, add, digest, name, instant(t.at)); err != nil {
		return fmt.Errorf("holding a return: %w", err)
	}
	return nil
}

const heldReturn = `SELECT name FROM held_returns WHERE digest = $1`

// HeldReturn returns the name of a return that waits, or ErrNotFound.
func (t *Tx) HeldReturn(ctx context.Context, digest string) (name string, err error) {
	err = t.tx.QueryRowContext(ctx, heldReturn, digest).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrNotFound
	}
	return name, err
}

const heldBefore = `SELECT digest FROM held_returns WHERE at < $1 ORDER BY digest`

// HeldBefore returns the digests of returns that have waited since before an
// instant.
func (t *Tx) HeldBefore(ctx context.Context, before time.Time) (digests []string, err error) {
	err = t.each(ctx, heldBefore, []any{instant(before)}, func(rows *sql.Rows) error {
		var digest string
		if err := rows.Scan(&digest); err != nil {
			return err
		}
		digests = append(digests, digest)
		return nil
	})
	return digests, err
}

// DropHeldReturn forgets that a return waits.
func (t *Tx) DropHeldReturn(ctx context.Context, digest string) error {
	_, err := t.tx.ExecContext(ctx, `DELETE FROM held_returns WHERE digest = $1`, digest)
	return err
}
