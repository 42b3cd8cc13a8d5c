package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A Code is a code to sign in that was sent to somebody by email.
type Code struct {
	ID       string
	PersonID string
	Digest   string
	SentAt   time.Time
	Wrong    int    // how often another was typed in its place
	AskID    string // in answer to which it was sent
}

// AddCode keeps a code that is about to be sent, until it expires, and forgets
// those that expired before a time.
func (t *Tx) AddCode(ctx context.Context, c *Code, expires, before time.Time) error {
	const tidy = `DELETE FROM codes WHERE expires_at <= $1`
	const add = `INSERT INTO codes (id, person_id, digest, sent_at, expires_at, ask_id) VALUES ($1, $2, $3, $4, $5, $6)`
	if _, err := t.tx.ExecContext(ctx, tidy, instant(before)); err != nil {
		return fmt.Errorf("tidying codes: %w", err)
	}
	if _, err := t.tx.ExecContext(ctx, add, c.ID, c.PersonID, c.Digest, instant(t.at), instant(expires), c.AskID); err != nil {
		return fmt.Errorf("keeping a code: %w", err)
	}
	return nil
}

const codesOf = `SELECT id, person_id, digest, sent_at, wrong, ask_id FROM codes WHERE person_id = $1 AND expires_at > $2 ORDER BY sent_at DESC, id`

// CodesOf returns a person's codes that have not expired, the newest first.
func (t *Tx) CodesOf(ctx context.Context, person string) (all []Code, err error) {
	err = t.each(ctx, codesOf, []any{person, instant(t.at)}, func(rows *sql.Rows) error {
		var c Code
		var sent string
		if err := rows.Scan(&c.ID, &c.PersonID, &c.Digest, &sent, &c.Wrong, &c.AskID); err != nil {
			return err
		}
		if c.SentAt, err = time.Parse(time.RFC3339Nano, sent); err != nil {
			return err
		}
		all = append(all, c)
		return nil
	})
	return all, err
}

const spoiltCodes = `SELECT count(*) FROM codes WHERE person_id = $1 AND wrong >= $2`

// SpoiltCodes returns how many of a person's codes, not yet forgotten, others
// were typed in place of so often.
func (t *Tx) SpoiltCodes(ctx context.Context, person string, wrong int) (n int, err error) {
	if err = t.tx.QueryRowContext(ctx, spoiltCodes, person, wrong).Scan(&n); err != nil {
		err = fmt.Errorf("counting spoilt codes: %w", err)
	}
	return n, err
}

// WrongCode counts that another was typed in place of each of a person's codes.
func (t *Tx) WrongCode(ctx context.Context, person string) error {
	const count = `UPDATE codes SET wrong = wrong + 1 WHERE person_id = $1 AND expires_at > $2`
	if _, err := t.tx.ExecContext(ctx, count, person, instant(t.at)); err != nil {
		return fmt.Errorf("counting a wrong code: %w", err)
	}
	return nil
}

// UseCode uses a code up, and every other of its person's. It returns ErrNotFound
// if it has been used already.
func (t *Tx) UseCode(ctx context.Context, id, person string) error {
	const use = `UPDATE codes SET expires_at = $3 WHERE id = $1 AND person_id = $2 AND expires_at > $3`
	const rest = `UPDATE codes SET expires_at = $2 WHERE person_id = $1 AND expires_at > $2`
	done, err := t.tx.ExecContext(ctx, use, id, person, instant(t.at))
	if err != nil {
		return fmt.Errorf("using a code: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return ErrNotFound
	}
	if _, err := t.tx.ExecContext(ctx, rest, person, instant(t.at)); err != nil {
		return fmt.Errorf("using a code: %w", err)
	}
	return nil
}

// A CodeAsk is that a browser asked for a code.
type CodeAsk struct {
	ID       string // the digest of what only that browser holds
	PersonID string // "": nobody has the address
	Tries    int
}

// AddCodeAsk keeps that a browser asked for a code.
func (t *Tx) AddCodeAsk(ctx context.Context, a *CodeAsk, expires time.Time) error {
	const tidy = `DELETE FROM code_asks WHERE expires_at <= $1`
	const add = `INSERT INTO code_asks (id, person_id, expires_at) VALUES ($1, $2, $3)`
	if _, err := t.tx.ExecContext(ctx, tidy, instant(t.at)); err != nil {
		return fmt.Errorf("tidying codes: %w", err)
	}
	if _, err := t.tx.ExecContext(ctx, add, a.ID, a.PersonID, instant(expires)); err != nil {
		return fmt.Errorf("keeping that a code was asked for: %w", err)
	}
	return nil
}

const codeAskByID = `SELECT id, person_id, tries FROM code_asks WHERE id = $1 AND expires_at > $2`

// TryCode counts a try and returns the ask in which it is made, with how many
// tries there had been, or ErrNotFound when it has expired.
func (t *Tx) TryCode(ctx context.Context, id string) (*CodeAsk, error) {
	const count = `UPDATE code_asks SET tries = tries + 1 WHERE id = $1`
	// Counting first, so that of two tries made at once neither goes uncounted.
	if _, err := t.tx.ExecContext(ctx, count, id); err != nil {
		return nil, fmt.Errorf("counting a try: %w", err)
	}
	var a CodeAsk
	err := t.tx.QueryRowContext(ctx, codeAskByID, id, instant(t.at)).Scan(&a.ID, &a.PersonID, &a.Tries)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("finding who asked for a code: %w", err)
	}
	a.Tries--
	return &a, nil
}

// DropCodeAsk forgets that a browser asked for a code.
func (t *Tx) DropCodeAsk(ctx context.Context, id string) error {
	const drop = `DELETE FROM code_asks WHERE id = $1`
	if _, err := t.tx.ExecContext(ctx, drop, id); err != nil {
		return fmt.Errorf("forgetting who asked for a code: %w", err)
	}
	return nil
}
