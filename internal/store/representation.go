package store

import (
	"context"
	"database/sql"
	"fmt"

	"weald/calendar"
)

// A Representation is one thing that the family says of a version of the plan that
// was served on them, and the answer to it.
type Representation struct {
	Plan   string // the version
	N      int    // from 1
	Kind   string // see domain/plan
	Line   string // the ID of the line, or the letter of the section; "" for the whole
	Words  string
	Who    string // who said it
	On     calendar.Date
	At, By string // when and by whom it was recorded

	Answer                 string // "" until it is answered
	Why                    string
	AnsweredAt, AnsweredBy string
}

// AddRepresentation keeps what the family says.
func (t *Tx) AddRepresentation(ctx context.Context, r *Representation) error {
	const add = `INSERT INTO representations (plan_id, n, kind, line, words, who, said_on, at, by_name)
		VALUES ($1, (SELECT coalesce(max(n), 0) + 1 FROM representations WHERE plan_id = $1), $2, $3, $4, $5, $6, $7, $8)`
	if _, err := t.tx.ExecContext(ctx, add, r.Plan, r.Kind, r.Line, r.Words, r.Who, r.On, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping a representation: %w", err)
	}
	return nil
}

// AnswerRepresentation keeps the answer to what the family said, or ErrNotFound.
// An answer may be put right until the next version is issued.
func (t *Tx) AnswerRepresentation(ctx context.Context, plan string, n int, answer, why string) error {
	const set = `UPDATE representations SET answer = $1, why = $2, answered_at = $3, answered_by = $4 WHERE plan_id = $5 AND n = $6`
	done, err := t.tx.ExecContext(ctx, set, answer, why, instant(t.at), t.by.Name, plan, n)
	if err != nil {
		return fmt.Errorf("answering a representation: %w", err)
	}
	if rows, err := done.RowsAffected(); err != nil || rows == 0 {
		return ErrNotFound
	}
	return nil
}

const representationsOf = `SELECT plan_id, n, kind, line, words, who, said_on, at, by_name, answer, why, answered_at, answered_by FROM representations WHERE plan_id = $1 ORDER BY n`

// Representations returns what the family said of a version, in the order in which
// it was recorded.
func (t *Tx) Representations(ctx context.Context, plan string) (all []Representation, err error) {
	err = t.each(ctx, representationsOf, []any{plan}, func(rows *sql.Rows) error {
		var r Representation
		if err := rows.Scan(&r.Plan, &r.N, &r.Kind, &r.Line, &r.Words, &r.Who, &r.On, &r.At, &r.By, &r.Answer, &r.Why, &r.AnsweredAt, &r.AnsweredBy); err != nil {
			return err
		}
		all = append(all, r)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading representations: %w", err)
	}
	return all, nil
}
