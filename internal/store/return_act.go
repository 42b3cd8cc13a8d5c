package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A ReturnAct is something that a person did about a statutory return.
type ReturnAct struct {
	ID      string
	Year    int
	Act     string // "explained", "withdrawn", "signed" or "unsigned"
	Subject string // what was explained, or the digest of what was signed
	Of      string // the act that is taken back; "" if none is
	Child   ChildID
	Note    string
	At      string
	ByID    string
	ByName  string
}

// AddReturnAct keeps an act as the transaction's person's, now. One of the same
// ID is not kept again, and false is returned.
func (t *Tx) AddReturnAct(ctx context.Context, a ReturnAct) (bool, error) {
	const add = `INSERT INTO return_acts (id, year, act, subject, of, child_id, note, at, by_id, by_name)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`
	null := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	done, err := t.tx.ExecContext(ctx, add, a.ID, a.Year, a.Act, a.Subject, null(a.Of), null(string(a.Child)), a.Note, instant(t.at), t.by.ID, t.by.Name)
	if err != nil {
		return false, fmt.Errorf("keeping what was done about a return: %w", err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

const returnActsOf = `SELECT id, year, act, subject, coalesce(of, ''), coalesce(child_id, ''), note, at, by_id, by_name FROM return_acts WHERE year = $1 ORDER BY at, id`

// ReturnActs returns what was done about the return of a year, in order.
func (t *Tx) ReturnActs(ctx context.Context, year int) (all []ReturnAct, err error) {
	err = t.each(ctx, returnActsOf, []any{year}, func(rows *sql.Rows) error {
		var a ReturnAct
		if err := rows.Scan(&a.ID, &a.Year, &a.Act, &a.Subject, &a.Of, &a.Child, &a.Note, &a.At, &a.ByID, &a.ByName); err != nil {
			return err
		}
		all = append(all, a)
		return nil
	})
	return all, err
}

// ReturnAct returns one act, or ErrNotFound.
func (t *Tx) ReturnAct(ctx context.Context, id string) (*ReturnAct, error) {
	const one = `SELECT id, year, act, subject, coalesce(of, ''), coalesce(child_id, ''), note, at, by_id, by_name FROM return_acts WHERE id = $1`
	a := &ReturnAct{}
	err := t.tx.QueryRowContext(ctx, one, id).Scan(&a.ID, &a.Year, &a.Act, &a.Subject, &a.Of, &a.Child, &a.Note, &a.At, &a.ByID, &a.ByName)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading what was done about a return: %w", err)
	}
	return a, nil
}
