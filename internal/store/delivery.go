package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"weald/domain/delivery"
)

// A DeliveryReport is what somebody said of provision that a plan promises.
type DeliveryReport struct {
	delivery.Report
	Words    string
	At       string
	ByID, By string
}

// AddDeliveryReport keeps what somebody said of a promise.
func (t *Tx) AddDeliveryReport(ctx context.Context, id ChildID, r *DeliveryReport) error {
	const add = `INSERT INTO delivery_reports (id, child_id, line, outcome, family, from_on, until_on, words, at, by_id, by_name, n)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (SELECT coalesce(max(n), 0) + 1 FROM delivery_reports WHERE child_id = $2))`
	if _, err := t.tx.ExecContext(ctx, add, rand.Text(), id, r.Line, r.Outcome, bit(r.Family), r.From, r.Until, t.keys.seal("delivery_reports", "words", id, r.Words), instant(t.at), t.by.ID, t.by.Name); err != nil {
		return fmt.Errorf("keeping what was said of provision: %w", err)
	}
	return nil
}

const deliveryReportsOf = `SELECT line, outcome, family, from_on, until_on, words, at, by_id, by_name FROM delivery_reports WHERE child_id = $1 ORDER BY until_on, n`

// DeliveryReports returns what was said of a child's provision, the first first.
func (t *Tx) DeliveryReports(ctx context.Context, id ChildID) (all []DeliveryReport, err error) {
	err = t.each(ctx, deliveryReportsOf, []any{id}, func(rows *sql.Rows) error {
		var r DeliveryReport
		var family int
		if err := rows.Scan(&r.Line, &r.Outcome, &family, &r.From, &r.Until, &r.Words, &r.At, &r.ByID, &r.By); err != nil {
			return err
		}
		r.Family = family != 0
		all = append(all, r)
		return t.keys.openAll("delivery_reports", id, []string{"words"}, &all[len(all)-1].Words)
	})
	return all, err
}

// A DeliveryStep is one thing that happened to provision that is not given.
type DeliveryStep struct {
	delivery.Moment
	Owner    string // who is to put it right, by ID; "": as before
	Words    string
	At       string
	ByID, By string
}

// AddDeliveryStep keeps what happened to a gap.
func (t *Tx) AddDeliveryStep(ctx context.Context, id ChildID, s *DeliveryStep) error {
	const add = `INSERT INTO delivery_steps (id, child_id, line, step, step_on, owner_id, words, at, by_id, by_name, n)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT coalesce(max(n), 0) + 1 FROM delivery_steps WHERE child_id = $2))`
	if _, err := t.tx.ExecContext(ctx, add, rand.Text(), id, s.Line, s.Step, s.On, s.Owner, t.keys.seal("delivery_steps", "words", id, s.Words), instant(t.at), t.by.ID, t.by.Name); err != nil {
		return fmt.Errorf("keeping what was done about provision: %w", err)
	}
	return nil
}

const deliveryStepsOf = `SELECT line, step, step_on, owner_id, words, at, by_id, by_name FROM delivery_steps WHERE child_id = $1 ORDER BY step_on, n`

// DeliverySteps returns what happened to the gaps in a child's provision, the
// first first.
func (t *Tx) DeliverySteps(ctx context.Context, id ChildID) (all []DeliveryStep, err error) {
	err = t.each(ctx, deliveryStepsOf, []any{id}, func(rows *sql.Rows) error {
		var s DeliveryStep
		if err := rows.Scan(&s.Line, &s.Step, &s.On, &s.Owner, &s.Words, &s.At, &s.ByID, &s.By); err != nil {
			return err
		}
		all = append(all, s)
		return t.keys.openAll("delivery_steps", id, []string{"words"}, &all[len(all)-1].Words)
	})
	return all, err
}

const planned = `SELECT DISTINCT child_id FROM plans WHERE stage = 'final' AND issued_at <> '' ORDER BY child_id`

// Planned returns the children whose final plan is in the record in words.
func (t *Tx) Planned(ctx context.Context) (all []ChildID, err error) {
	err = t.each(ctx, planned, nil, func(rows *sql.Rows) error {
		var id ChildID
		err := rows.Scan(&id)
		all = append(all, id)
		return err
	})
	return all, err
}
