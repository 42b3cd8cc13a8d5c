package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"weald/calendar"
)

// A RetentionHold stops a child's record from being erased.
type RetentionHold struct {
	ID, Reason, At, By string
	LiftedAt, LiftedBy string // "" while it stands
}

// AddRetentionHold keeps a record from being erased until the hold is lifted.
func (t *Tx) AddRetentionHold(ctx context.Context, id ChildID, reason string) error {
	const add = `INSERT INTO retention_holds (id, child_id, reason, at, by_name) VALUES ($1, $2, $3, $4, $5)`
	if _, err := t.tx.ExecContext(ctx, add, rand.Text(), id, reason, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("holding a record: %w", err)
	}
	return nil
}

// LiftRetentionHold lifts a hold, or returns ErrNotFound.
func (t *Tx) LiftRetentionHold(ctx context.Context, id ChildID, hold string) error {
	const lift = `UPDATE retention_holds SET lifted_at = $1, lifted_by = $2 WHERE id = $3 AND child_id = $4 AND lifted_at = ''`
	done, err := t.tx.ExecContext(ctx, lift, instant(t.at), t.by.Name, hold, id)
	if err != nil {
		return fmt.Errorf("lifting a hold: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return ErrNotFound
	}
	return nil
}

const retentionHolds = `SELECT id, reason, at, by_name, lifted_at, lifted_by FROM retention_holds WHERE child_id = $1 ORDER BY at, id`

// RetentionHolds returns the holds on a child's record, lifted ones too.
func (t *Tx) RetentionHolds(ctx context.Context, id ChildID) (all []RetentionHold, err error) {
	err = t.each(ctx, retentionHolds, []any{id}, func(rows *sql.Rows) error {
		var h RetentionHold
		err := rows.Scan(&h.ID, &h.Reason, &h.At, &h.By, &h.LiftedAt, &h.LiftedBy)
		all = append(all, h)
		return err
	})
	return all, err
}

// A Keeping is what says how long a record is kept.
type Keeping struct {
	Child      ChildID
	Name       string
	Born, Last calendar.Date // zero: not recorded
	Held       bool          // a hold stands
}

const keepings = `SELECT c.id, c.forename || ' ' || c.surname, c.born_on, (SELECT max(happened_on) FROM events e WHERE e.child_id = c.id),
	(SELECT count(*) FROM retention_holds h WHERE h.child_id = c.id AND h.lifted_at = '') FROM children c`

// Keepings calls f for every record, or for that of one child.
func (t *Tx) Keepings(ctx context.Context, one ChildID, f func(*Keeping) error) error {
	q, args := keepings+` ORDER BY c.born_on, c.id`, []any(nil)
	if one != "" {
		q, args = keepings+` WHERE c.id = $1`, []any{one}
	}
	return t.each(ctx, q, args, func(rows *sql.Rows) error {
		var k Keeping
		var held int
		if err := rows.Scan(&k.Child, &k.Name, &k.Born, &k.Last, &held); err != nil {
			return err
		}
		k.Held = held > 0
		return f(&k)
	})
}

// erased is what goes with a child, in an order in which nothing refers to what
// has gone. What the audit says was done stays, but for its words.
var erased = []string{
	"retention_holds", "withholdings", "return_acts", "load_children", "returned", "duties", "cases", "notes", "contacts", "facts", "documents", "links", "ties", "involvements", "allocations", "seals", "standings", "consents", "delivery_reports", "delivery_steps", "correspondence_steps", "correspondence", "plan_typed", "representations", "quality_copies", "quality_views", "quality_actions", "quality_settlements", "quality_shares", "quality_answers", "quality_audits", "plan_parts", "plans", "events", "children",
}

// Erase erases a child's record and leaves that it was. It returns how many rows
// went.
func (t *Tx) Erase(ctx context.Context, id ChildID, rule, reason string, files int) (rows int, err error) {
	for _, table := range erased {
		done, err := t.tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE `+about[table], id)
		if err != nil {
			return 0, fmt.Errorf("erasing a record: %s: %w", table, err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return 0, err
		}
		rows += int(n)
	}
	if _, err := t.tx.ExecContext(ctx, `DELETE FROM load_waiting WHERE `+about["load_waiting"], id); err != nil {
		return 0, fmt.Errorf("erasing a record: %w", err)
	}
	if err := t.eraseAudit(ctx, string(id)); err != nil {
		return 0, err
	}
	const keep = `INSERT INTO erasures (record, at, by_name, rule, reason, rows, files) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	if _, err := t.tx.ExecContext(ctx, keep, id, instant(t.at), t.by.Name, rule, reason, rows, files); err != nil {
		return 0, fmt.Errorf("erasing a record: %w", err)
	}
	return rows, t.removed(ctx)
}

// An Erasure is that a record was erased.
type Erasure struct {
	Record, At, By, Rule, Reason string
	Rows, Files                  int
}

// Erasures returns the records that were erased, the latest first.
func (t *Tx) Erasures(ctx context.Context, limit int) (all []Erasure, err error) {
	err = t.each(ctx, `SELECT record, at, by_name, rule, reason, rows, files FROM erasures ORDER BY at DESC, record LIMIT $1`, []any{limit}, func(rows *sql.Rows) error {
		var e Erasure
		err := rows.Scan(&e.Record, &e.At, &e.By, &e.Rule, &e.Reason, &e.Rows, &e.Files)
		all = append(all, e)
		return err
	})
	return all, err
}
