package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"weald/domain/access"
)

// Sessions keeps signed-in people's sessions, as alexedwards/scs asks.
type Sessions struct {
	db   *DB
	last *recent
}

// kept is a session as this program last wrote it.
type kept struct {
	data    []byte
	expires time.Time
}

// nearEnough is how much of a session's idle time may go unwritten.
const nearEnough = time.Minute

// Sessions returns the record's keeper of sessions.
func (db *DB) Sessions() *Sessions {
	return &Sessions{db, &recent{sessions: map[string]kept{}}}
}

// recent remembers the sessions written lately.
type recent struct {
	mu       sync.Mutex
	sessions map[string]kept
}

// maxRecent bounds the sessions remembered. When there are more, all are
// forgotten and so written again once.
const maxRecent = 10_000

func (r *recent) get(token string) (kept, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k, ok := r.sessions[token]
	return k, ok
}

func (r *recent) add(token string, k kept) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.sessions) >= maxRecent {
		clear(r.sessions)
	}
	r.sessions[token] = k
}

func (r *recent) remove(token string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.sessions, token)
}

const findSession = `SELECT data FROM sessions WHERE token = $1 AND expires > $2`

// FindCtx returns a session that has not expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var text string
	err = s.db.Glance(ctx, func(tx *Tx) error {
		return tx.tx.QueryRowContext(ctx, findSession, token, instant(s.db.now())).Scan(&text)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, fmt.Errorf("finding a session: %w", err)
	}
	data, err = base64.StdEncoding.DecodeString(text)
	return data, err == nil, err
}

// CommitCtx keeps a session, and drops those that have expired. A session that
// differs from what was kept a moment ago in nothing but when it runs out is
// left as it is: somebody reading page after page writes nothing.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	const tidy = `DELETE FROM sessions WHERE expires <= $1 AND token <> $2`
	const keep = `INSERT INTO sessions (token, data, expires) VALUES ($1, $2, $3)
		ON CONFLICT (token) DO UPDATE SET data = excluded.data, expires = excluded.expires`
	if last, ok := s.last.get(token); ok && bytes.Equal(last.data, data) && expires.Sub(last.expires).Abs() < nearEnough {
		return nil
	}
	// The request may be over; the session is not.
	ctx = context.WithoutCancel(ctx)
	err := s.db.make(ctx, access.User{}, false, func(tx *Tx) error {
		if _, err := tx.tx.ExecContext(ctx, tidy, instant(tx.at), token); err != nil {
			return fmt.Errorf("tidying sessions: %w", err)
		}
		if _, err := tx.tx.ExecContext(ctx, keep, token, base64.StdEncoding.EncodeToString(data), instant(expires)); err != nil {
			return fmt.Errorf("keeping a session: %w", err)
		}
		return nil
	})
	if err == nil {
		s.last.add(token, kept{bytes.Clone(data), expires})
	}
	return err
}

// DeleteCtx ends a session.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	const end = `DELETE FROM sessions WHERE token = $1`
	s.last.remove(token)
	return s.db.make(ctx, access.User{}, false, func(tx *Tx) error {
		if _, err := tx.tx.ExecContext(ctx, end, token); err != nil {
			return fmt.Errorf("ending a session: %w", err)
		}
		return nil
	})
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
