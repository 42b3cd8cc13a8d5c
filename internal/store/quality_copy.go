package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
)

// A QualityCopy is a copy of a plan from which was taken what says whom it is
// about.
type QualityCopy struct {
	ID          string
	Child       ChildID
	Plan        string
	N           int // by which those who read it call it
	Body        string
	Replaced    string // JSON of domain/quality
	More        string // what else was to go, a line each
	At, By      string
	ReleasedAt  string // "": nobody has confirmed it
	ReleasedBy  string
	WithdrawnAt string
	WithdrawnBy string
}

// AddQualityCopy keeps a copy, and numbers it.
func (t *Tx) AddQualityCopy(ctx context.Context, c *QualityCopy) error {
	const add = `INSERT INTO quality_copies (id, child_id, plan_id, n, body, replaced, more, at, by_name)
		VALUES ($1, $2, $3, (SELECT coalesce(max(n), 0) + 1 FROM quality_copies), $4, $5, $6, $7, $8)`
	if _, err := t.tx.ExecContext(ctx, add, c.ID, c.Child, c.Plan, c.Body, c.Replaced, c.More, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping a copy: %w", err)
	}
	return nil
}

// ReleaseQualityCopy says that somebody has looked at a copy and others may see
// it, or returns ErrLocked.
func (t *Tx) ReleaseQualityCopy(ctx context.Context, id string) error {
	const release = `UPDATE quality_copies SET released_at = $1, released_by = $2 WHERE id = $3 AND released_at = '' AND withdrawn_at = ''`
	return t.openAudit(ctx, release, instant(t.at), t.by.Name, id)
}

// WithdrawQualityCopy takes a copy back, or returns ErrLocked.
func (t *Tx) WithdrawQualityCopy(ctx context.Context, id string) error {
	const withdraw = `UPDATE quality_copies SET withdrawn_at = $1, withdrawn_by = $2 WHERE id = $3 AND withdrawn_at = ''`
	return t.openAudit(ctx, withdraw, instant(t.at), t.by.Name, id)
}

const (
	copyColumns = `SELECT id, child_id, plan_id, n, body, replaced, more, at, by_name, released_at, released_by, withdrawn_at, withdrawn_by FROM quality_copies`
	allCopies   = copyColumns + ` ORDER BY n DESC`
	copyByID    = copyColumns + ` WHERE id = $1`
)

func scanCopy(scan func(...any) error) (c QualityCopy, err error) {
	err = scan(&c.ID, &c.Child, &c.Plan, &c.N, &c.Body, &c.Replaced, &c.More, &c.At, &c.By, &c.ReleasedAt, &c.ReleasedBy, &c.WithdrawnAt, &c.WithdrawnBy)
	return c, err
}

// QualityCopies returns every copy, the latest first.
func (t *Tx) QualityCopies(ctx context.Context) (all []QualityCopy, err error) {
	err = t.each(ctx, allCopies, nil, func(rows *sql.Rows) error {
		c, err := scanCopy(rows.Scan)
		all = append(all, c)
		return err
	})
	return all, err
}

// QualityCopy returns a copy, or ErrNotFound.
func (t *Tx) QualityCopy(ctx context.Context, id string) (*QualityCopy, error) {
	c, err := scanCopy(t.tx.QueryRowContext(ctx, copyByID, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading a copy: %w", err)
	}
	return &c, nil
}

// A QualityView is what a family says of how good a version of their plan is.
type QualityView struct {
	ID      string
	Child   ChildID
	Plan    string
	Who     string
	On      calendar.Date
	Answers string // JSON, by the name of the question
	Words   string
	At, By  string
}

// AddQualityView keeps what a family says.
func (t *Tx) AddQualityView(ctx context.Context, v *QualityView) error {
	const add = `INSERT INTO quality_views (id, child_id, plan_id, who, said_on, answers, words, at, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	if _, err := t.tx.ExecContext(ctx, add, v.ID, v.Child, v.Plan, v.Who, v.On, v.Answers, v.Words, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping what a family says: %w", err)
	}
	return nil
}

const (
	familyColumns = `SELECT id, child_id, plan_id, who, said_on, answers, words, at, by_name FROM quality_views`
	allFamilies   = familyColumns + ` ORDER BY at, id`
	familyViewsOf = familyColumns + ` WHERE child_id = $1 ORDER BY at DESC, id`
)

func (t *Tx) families(ctx context.Context, query string, args ...any) (all []QualityView, err error) {
	err = t.each(ctx, query, args, func(rows *sql.Rows) error {
		var v QualityView
		err := rows.Scan(&v.ID, &v.Child, &v.Plan, &v.Who, &v.On, &v.Answers, &v.Words, &v.At, &v.By)
		all = append(all, v)
		return err
	})
	return all, err
}

// QualityViews returns what every family said, the earliest first.
func (t *Tx) QualityViews(ctx context.Context) ([]QualityView, error) {
	return t.families(ctx, allFamilies)
}

// QualityViewsOf returns what one family said, the latest first.
func (t *Tx) QualityViewsOf(ctx context.Context, id ChildID) ([]QualityView, error) {
	return t.families(ctx, familyViewsOf, id)
}
