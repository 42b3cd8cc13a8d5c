package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
)

// A Link is by what somebody without an account does one task, once.
type Link struct {
	ID        string
	Child     ChildID
	Event     int    // the entry that it answers
	Body      string // who is asked
	Email     string // where it was sent
	MadeAt    string
	MadeBy    string
	Until     calendar.Date // the last day on which it works
	UsedAt    string
	UsedBy    string // as they named themselves
	RevokedAt string
	RevokedBy string
}

// Live reports whether the link may still be used on a day.
func (l *Link) Live(on calendar.Date) bool {
	return l.UsedAt == "" && l.RevokedAt == "" && on <= l.Until
}

// AddLink keeps a link under the digest of its secret part.
func (t *Tx) AddLink(ctx context.Context, l *Link, digest string) error {
	const add = `INSERT INTO links (id, digest, child_id, event_seq, body, email, made_at, made_by, until_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	if _, err := t.tx.ExecContext(ctx, add, l.ID, digest, l.Child, l.Event, l.Body, l.Email, instant(t.at), t.by.Name, l.Until); err != nil {
		return fmt.Errorf("keeping a link: %w", err)
	}
	return nil
}

const (
	linkColumns  = `SELECT id, child_id, event_seq, body, email, made_at, made_by, until_on, used_at, used_by, revoked_at, revoked_by FROM links `
	linkByDigest = linkColumns + `WHERE digest = $1`
	linkByID     = linkColumns + `WHERE id = $1`
	linksOf      = linkColumns + `WHERE child_id = $1 ORDER BY made_at DESC, id`
)

func scanLink(scan func(...any) error) (l Link, err error) {
	err = scan(&l.ID, &l.Child, &l.Event, &l.Body, &l.Email, &l.MadeAt, &l.MadeBy, &l.Until, &l.UsedAt, &l.UsedBy, &l.RevokedAt, &l.RevokedBy)
	return l, err
}

func (t *Tx) link(ctx context.Context, query, by string) (*Link, error) {
	l, err := scanLink(t.tx.QueryRowContext(ctx, query, by).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("finding a link: %w", err)
	}
	return &l, nil
}

// Link returns the link with an ID, or ErrNotFound.
func (t *Tx) Link(ctx context.Context, id string) (*Link, error) { return t.link(ctx, linkByID, id) }

// LinkWithDigest returns the link with a secret part, or ErrNotFound.
func (t *Tx) LinkWithDigest(ctx context.Context, digest string) (*Link, error) {
	return t.link(ctx, linkByDigest, digest)
}

// LinksOf returns every link about a child, the latest first.
func (t *Tx) LinksOf(ctx context.Context, id ChildID) (all []Link, err error) {
	err = t.each(ctx, linksOf, []any{id}, func(rows *sql.Rows) error {
		l, err := scanLink(rows.Scan)
		all = append(all, l)
		return err
	})
	return all, err
}

// UseLink uses a link up. It returns ErrNotFound if that has been done already,
// or the link was revoked.
func (t *Tx) UseLink(ctx context.Context, id, by string) error {
	const use = `UPDATE links SET used_at = $2, used_by = $3 WHERE id = $1 AND used_at = '' AND revoked_at = ''`
	return t.endLink(ctx, use, id, by)
}

// RevokeLink makes a child's link work no more, or returns ErrNotFound.
func (t *Tx) RevokeLink(ctx context.Context, child ChildID, id string) error {
	const revoke = `UPDATE links SET revoked_at = $2, revoked_by = $3 WHERE id = $1 AND used_at = '' AND revoked_at = '' AND child_id = $4`
	return t.endLink(ctx, revoke, id, t.by.Name, child)
}

func (t *Tx) endLink(ctx context.Context, query, id, by string, more ...any) error {
	done, err := t.tx.ExecContext(ctx, query, append([]any{id, instant(t.at), by}, more...)...)
	if err != nil {
		return fmt.Errorf("ending a link: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return ErrNotFound
	}
	return nil
}
