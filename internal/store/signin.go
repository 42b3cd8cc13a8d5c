package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"weald/domain/access"
)

// A SignIn is one time that somebody signed in, in one browser.
type SignIn struct {
	ID       string
	PersonID string
	Way      string // by what: "persona", or a kind of means
	Device   string // in words: "Firefox on Windows"
	Began    time.Time
	Seen     time.Time // lately: not every page is noted
	Ended    time.Time // zero: it has not been ended, though it may have run out
	Capacity string    // in which its person acts, by ID; "": the first that they have
}

// AddSignIn keeps that somebody signed in, and forgets what is so old that no
// form of it can still come.
func (t *Tx) AddSignIn(ctx context.Context, s *SignIn, forget time.Time) error {
	const add = `INSERT INTO signins (id, person_id, way, device, began_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)`
	const tidy = `DELETE FROM signins WHERE seen_at < $1`
	if _, err := t.tx.ExecContext(ctx, add, s.ID, s.PersonID, s.Way, s.Device, instant(t.at)); err != nil {
		return fmt.Errorf("keeping a sign-in: %w", err)
	}
	if _, err := t.tx.ExecContext(ctx, tidy, instant(forget)); err != nil {
		return fmt.Errorf("tidying sign-ins: %w", err)
	}
	return nil
}

const (
	signInColumns = `SELECT id, person_id, way, device, began_at, seen_at, ended_at, capacity FROM signins `
	signInByID    = signInColumns + `WHERE id = $1`
	signInsOf     = signInColumns + `WHERE person_id = $1 ORDER BY began_at DESC, id`
)

func scanSignIn(scan func(...any) error) (s SignIn, err error) {
	var began, seen, ended string
	if err = scan(&s.ID, &s.PersonID, &s.Way, &s.Device, &began, &seen, &ended, &s.Capacity); err != nil {
		return s, err
	}
	for at, text := range map[*time.Time]string{&s.Began: began, &s.Seen: seen, &s.Ended: ended} {
		if text == "" {
			continue
		}
		if *at, err = time.Parse(time.RFC3339Nano, text); err != nil {
			return s, err
		}
	}
	return s, nil
}

// SignIn returns one sign-in, or ErrNotFound.
func (t *Tx) SignIn(ctx context.Context, id string) (*SignIn, error) {
	s, err := scanSignIn(t.tx.QueryRowContext(ctx, signInByID, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("finding a sign-in: %w", err)
	}
	return &s, nil
}

// SignInsOf returns a person's sign-ins, the latest first.
func (t *Tx) SignInsOf(ctx context.Context, person string) (all []SignIn, err error) {
	err = t.each(ctx, signInsOf, []any{person}, func(rows *sql.Rows) error {
		s, err := scanSignIn(rows.Scan)
		all = append(all, s)
		return err
	})
	return all, err
}

// EndSignIn ends a person's sign-in; "" ends all of theirs but one. It returns
// how many it ended.
func (t *Tx) EndSignIn(ctx context.Context, person, id, but string) (n int64, err error) {
	const end = `UPDATE signins SET ended_at = $4, ended_by = $5 WHERE person_id = $1 AND (id = $2 OR $2 = '') AND id <> $3 AND ended_at = ''`
	done, err := t.tx.ExecContext(ctx, end, person, id, but, instant(t.at), t.by.Name)
	if err != nil {
		return 0, fmt.Errorf("ending a sign-in: %w", err)
	}
	return done.RowsAffected()
}

// SetCapacity says in which capacity somebody acts in a sign-in of theirs.
func (t *Tx) SetCapacity(ctx context.Context, person, id, capacity string) error {
	const set = `UPDATE signins SET capacity = $3 WHERE id = $1 AND person_id = $2 AND ended_at = ''`
	return t.one(ctx, set, id, person, capacity)
}

// SeeSignIn notes that a sign-in was used just now. That is no part of the
// record, and goes without an audit entry.
func (db *DB) SeeSignIn(ctx context.Context, id string) error {
	const see = `UPDATE signins SET seen_at = $2 WHERE id = $1`
	return db.make(ctx, access.User{}, false, func(tx *Tx) error {
		if _, err := tx.tx.ExecContext(ctx, see, id, instant(tx.at)); err != nil {
			return fmt.Errorf("noting a sign-in's use: %w", err)
		}
		return nil
	})
}
