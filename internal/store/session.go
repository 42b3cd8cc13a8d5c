package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"time"
)

// Sessions keeps signed-in people's sessions, as alexedwards/scs asks.
type Sessions struct{ db *DB }

// Sessions returns the record's keeper of sessions.
func (db *DB) Sessions() *Sessions { return &Sessions{db} }

// FindCtx returns a session that has not expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	const find = `SELECT data FROM sessions WHERE token = $1 AND expires > $2`
	var text string
	err = s.db.read.QueryRowContext(ctx, find, token, instant(s.db.now())).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, fmt.Errorf("finding a session: %w", err)
	}
	data, err = base64.StdEncoding.DecodeString(text)
	return data, err == nil, err
}

// CommitCtx keeps a session, and drops those that have expired.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	const tidy = `DELETE FROM sessions WHERE expires <= $1 AND token <> $2`
	const keep = `INSERT INTO sessions (token, data, expires) VALUES ($1, $2, $3)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`
	if _, err := s.db.write.ExecContext(ctx, tidy, instant(s.db.now()), token); err != nil {
		return fmt.Errorf("tidying sessions: %w", err)
	}
	if _, err := s.db.write.ExecContext(ctx, keep, token, base64.StdEncoding.EncodeToString(data), instant(expires)); err != nil {
		return fmt.Errorf("keeping a session: %w", err)
	}
	return nil
}

// DeleteCtx ends a session.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	const end = `DELETE FROM sessions WHERE token = $1`
	if _, err := s.db.write.ExecContext(ctx, end, token); err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	return nil
}

// Find, Commit and Delete are the same without a context, which scs's interface
// asks for and never calls when it finds the others.

// Find implements scs.Store.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (s *Sessions) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete implements scs.Store.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
