package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/domain/access"
)

// A PlanVersion is one writing of a child's plan.
type PlanVersion struct {
	ID       string
	Child    ChildID
	Version  int    // from 1
	Template string // "england-2014/1"
	Stage    string // what it is, or is to be, issued as: see domain/plan
	BegunAt  string
	BegunBy  string
	Event    int // the entry that issued it; 0: it is being written
	IssuedAt string
	IssuedBy string
}

// Issued reports whether an event has issued the version, which locks it.
func (v *PlanVersion) Issued() bool { return v.Event != 0 }

// A PlanPart is what one part of a version says, as it was last saved.
type PlanPart struct {
	Part     string
	Revision int // from 1; it grows with each saving
	Body     string
	At       string
	By       string
}

// ErrOvertaken is returned when somebody has saved a part since it was read.
var ErrOvertaken = errors.New("store: the part has been saved by somebody else")

// ErrLocked is returned for a change to a version that has been issued.
var ErrLocked = errors.New("store: the version has been issued")

const planColumns = `SELECT id, child_id, version, template, stage, begun_at, begun_by, coalesce(event_seq, 0), issued_at, issued_by FROM plans`

func scanPlan(scan func(...any) error) (v PlanVersion, err error) {
	err = scan(&v.ID, &v.Child, &v.Version, &v.Template, &v.Stage, &v.BegunAt, &v.BegunBy, &v.Event, &v.IssuedAt, &v.IssuedBy)
	return v, err
}

const plansOf = planColumns + ` WHERE child_id = $1 ORDER BY version DESC`

// Plans returns the versions of a child's plan, the latest first.
func (t *Tx) Plans(ctx context.Context, id ChildID) (all []PlanVersion, err error) {
	err = t.each(ctx, plansOf, []any{id}, func(rows *sql.Rows) error {
		v, err := scanPlan(rows.Scan)
		all = append(all, v)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading a child's plans: %w", err)
	}
	return all, nil
}

const planWritten = `SELECT count(*) FROM plans WHERE child_id = $1 AND event_seq IS NULL`

// PlanBeingWritten reports whether a version of a child's plan is being written.
func (t *Tx) PlanBeingWritten(ctx context.Context, id ChildID) (bool, error) {
	n := 0
	if err := t.tx.QueryRowContext(ctx, planWritten, id).Scan(&n); err != nil {
		return false, fmt.Errorf("asking whether a plan is being written: %w", err)
	}
	return n > 0, nil
}

// AddPlan begins a version, with what its parts say. A child has one that is
// being written, and no more.
func (t *Tx) AddPlan(ctx context.Context, v *PlanVersion, parts []PlanPart) error {
	const add = `INSERT INTO plans (id, child_id, version, template, stage, begun_at, begun_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	v.BegunAt, v.BegunBy = instant(t.at), t.by.Name
	if _, err := t.tx.ExecContext(ctx, add, v.ID, v.Child, v.Version, v.Template, v.Stage, v.BegunAt, v.BegunBy); err != nil {
		return fmt.Errorf("beginning a plan: %w", err)
	}
	for _, p := range parts {
		if err := t.addPlanPart(ctx, v.ID, p.Part, 1, p.Body); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) addPlanPart(ctx context.Context, plan, part string, revision int, body string) error {
	const add = `INSERT INTO plan_parts (plan_id, part, revision, latest, body, at, by_id, by_name) VALUES ($1, $2, $3, 1, $4, $5, $6, $7)`
	if _, err := t.tx.ExecContext(ctx, add, plan, part, revision, body, instant(t.at), t.by.ID, t.by.Name); err != nil {
		return fmt.Errorf("saving a part of a plan: %w", err)
	}
	return nil
}

const planPartsOf = `SELECT part, revision, body, at, by_name FROM plan_parts WHERE plan_id = $1 AND latest = 1 ORDER BY part`

// PlanParts returns what each part of a version says now.
func (t *Tx) PlanParts(ctx context.Context, plan string) (all []PlanPart, err error) {
	err = t.each(ctx, planPartsOf, []any{plan}, func(rows *sql.Rows) error {
		var p PlanPart
		if err := rows.Scan(&p.Part, &p.Revision, &p.Body, &p.At, &p.By); err != nil {
			return err
		}
		all = append(all, p)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading a plan: %w", err)
	}
	return all, nil
}

// SetPlanPart saves what a part of a version says, if its revision is still the
// one that was read: otherwise it changes nothing and returns ErrOvertaken. It
// returns ErrLocked for a version that has been issued. Revision 0 is of a part
// that was not there. The caller holds the case.
func (t *Tx) SetPlanPart(ctx context.Context, plan, part string, revision int, body string) error {
	const open = `SELECT count(*) FROM plans WHERE id = $1 AND event_seq IS NULL`
	n := 0
	if err := t.tx.QueryRowContext(ctx, open, plan).Scan(&n); err != nil {
		return fmt.Errorf("saving a part of a plan: %w", err)
	}
	if n == 0 {
		return ErrLocked
	}
	const now = `SELECT coalesce(max(revision), 0) FROM plan_parts WHERE plan_id = $1 AND part = $2`
	is := 0
	if err := t.tx.QueryRowContext(ctx, now, plan, part).Scan(&is); err != nil {
		return fmt.Errorf("saving a part of a plan: %w", err)
	}
	if is != revision {
		return ErrOvertaken
	}
	const past = `UPDATE plan_parts SET latest = 0 WHERE plan_id = $1 AND part = $2 AND latest = 1`
	if _, err := t.tx.ExecContext(ctx, past, plan, part); err != nil {
		return fmt.Errorf("saving a part of a plan: %w", err)
	}
	return t.addPlanPart(ctx, plan, part, revision+1, body)
}

// IssuePlan locks a version: the entry of the child's journal has issued it.
func (t *Tx) IssuePlan(ctx context.Context, plan, stage string, event int) error {
	const issue = `UPDATE plans SET event_seq = $1, stage = $2, issued_at = $3, issued_by = $4 WHERE id = $5 AND event_seq IS NULL`
	if err := t.changedOne(ctx, issue, event, stage, instant(t.at), t.by.Name, plan); err != nil {
		return err
	}
	_, err := t.tx.ExecContext(ctx, `DELETE FROM plan_typed WHERE plan_id = $1`, plan)
	return err
}

// changedOne runs a change of an open version, or returns ErrLocked.
func (t *Tx) changedOne(ctx context.Context, query string, args ...any) error {
	done, err := t.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("changing a plan: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrLocked, err)
	}
	return nil
}

// A PlanTyped is what somebody typed and has not saved.
type PlanTyped struct {
	Form string
	At   string
}

// KeepTyped keeps what somebody has typed on the form of a part and not saved. It
// is no part of the record until it is saved, so it leaves no audit entry.
func (db *DB) KeepTyped(ctx context.Context, by access.User, plan, part, form string) error {
	const keep = `INSERT INTO plan_typed (plan_id, part, by_id, form, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (plan_id, part, by_id) DO UPDATE SET form = excluded.form, at = excluded.at`
	return db.make(ctx, by, false, func(tx *Tx) error {
		if _, err := tx.tx.ExecContext(ctx, keep, plan, part, by.ID, form, instant(tx.at)); err != nil {
			return fmt.Errorf("keeping what was typed: %w", err)
		}
		return nil
	})
}

const typedOf = `SELECT form, at FROM plan_typed WHERE plan_id = $1 AND part = $2 AND by_id = $3`

// Typed returns what a person typed on the form of a part and has not saved, or
// nil.
func (t *Tx) Typed(ctx context.Context, plan, part, person string) (*PlanTyped, error) {
	p := &PlanTyped{}
	err := t.tx.QueryRowContext(ctx, typedOf, plan, part, person).Scan(&p.Form, &p.At)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading what was typed: %w", err)
	}
	return p, nil
}

// DropTyped forgets what the transaction's person typed on the form of a part.
func (t *Tx) DropTyped(ctx context.Context, plan, part string) error {
	_, err := t.tx.ExecContext(ctx, `DELETE FROM plan_typed WHERE plan_id = $1 AND part = $2 AND by_id = $3`, plan, part, t.by.ID)
	return err
}
