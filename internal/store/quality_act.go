package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
)

// A QualitySettlement is how a difference between two audits was settled.
type QualitySettlement struct {
	Question int
	N        int // from 1: a later one of the same question takes its place
	Answer   string
	Why      string
	At       string
	ByID, By string
}

// AddQualitySettlement settles a question of the first of two audits.
func (t *Tx) AddQualitySettlement(ctx context.Context, audit string, s *QualitySettlement) error {
	const add = `INSERT INTO quality_settlements (audit_id, question, n, answer, why, at, by_id, by_name)
		VALUES ($1, $2, (SELECT coalesce(max(n), 0) + 1 FROM quality_settlements WHERE audit_id = $1 AND question = $2), $3, $4, $5, $6, $7)`
	if _, err := t.tx.ExecContext(ctx, add, audit, s.Question, s.Answer, s.Why, instant(t.at), t.by.ID, t.by.Name); err != nil {
		return fmt.Errorf("settling a question: %w", err)
	}
	return nil
}

const settlementsOf = `SELECT question, n, answer, why, at, by_id, by_name FROM quality_settlements WHERE audit_id = $1 ORDER BY question, n`

// QualitySettlements returns what was settled of an audit, in the order of the
// questions and then of settling.
func (t *Tx) QualitySettlements(ctx context.Context, audit string) (all []QualitySettlement, err error) {
	err = t.each(ctx, settlementsOf, []any{audit}, func(rows *sql.Rows) error {
		var s QualitySettlement
		err := rows.Scan(&s.Question, &s.N, &s.Answer, &s.Why, &s.At, &s.ByID, &s.By)
		all = append(all, s)
		return err
	})
	return all, err
}

const allSettlements = `SELECT audit_id, question, answer FROM quality_settlements ORDER BY audit_id, question, n`

// SettledAnswers calls f for every settlement, later ones of a question last.
func (t *Tx) SettledAnswers(ctx context.Context, f func(audit string, question int, answer string)) error {
	return t.each(ctx, allSettlements, nil, func(rows *sql.Rows) error {
		var audit, answer string
		var question int
		if err := rows.Scan(&audit, &question, &answer); err != nil {
			return err
		}
		f(audit, question, answer)
		return nil
	})
}

// A QualityAction is what is to be done about what an audit found.
type QualityAction struct {
	ID                string
	Audit             string
	Child             ChildID
	Forename, Surname string
	Question          int    // 0: the plan as a whole
	Line              string // of the plan
	What              string
	OwnerID, Owner    string
	Due               calendar.Date
	At, By            string
	DoneOn            calendar.Date // zero: it is open
	Done              string        // what was done
	DoneBy            string
	Team              string // the plan's, when it was audited
	Follows           string // the later audit of the child's plan; "": there is none
}

// AddQualityAction keeps what is to be done.
func (t *Tx) AddQualityAction(ctx context.Context, a *QualityAction) error {
	const add = `INSERT INTO quality_actions (id, audit_id, child_id, question, line, what, owner_id, owner, due_on, at, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	if _, err := t.tx.ExecContext(ctx, add, a.ID, a.Audit, a.Child, a.Question, a.Line, a.What, a.OwnerID, a.Owner, a.Due, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping an action: %w", err)
	}
	return nil
}

// FinishQualityAction says that an action was done, or returns ErrLocked when it
// was before.
func (t *Tx) FinishQualityAction(ctx context.Context, id string, on calendar.Date, done string) error {
	const finish = `UPDATE quality_actions SET done_on = $1, done = $2, done_at = $3, done_by = $4 WHERE id = $5 AND done_on IS NULL`
	return t.openAudit(ctx, finish, on, done, instant(t.at), t.by.Name, id)
}

const actionColumns = `SELECT x.id, x.audit_id, x.child_id, c.forename, c.surname, x.question, x.line, x.what, x.owner_id, x.owner, x.due_on, x.at, x.by_name, x.done_on, x.done, x.done_by, a.team,
	coalesce((SELECT max(f.id) FROM quality_audits f WHERE f.of_audit = a.id AND f.kind = 'again' AND f.withdrawn_at = ''), '')
	FROM quality_actions x JOIN children c ON c.id = x.child_id JOIN quality_audits a ON a.id = x.audit_id`

const (
	allActions = actionColumns + ` ORDER BY x.due_on, x.at, x.id`
	actionsOf  = actionColumns + ` WHERE x.audit_id = $1 ORDER BY x.due_on, x.at, x.id`
	actionByID = actionColumns + ` WHERE x.id = $1`
)

func scanAction(scan func(...any) error) (a QualityAction, err error) {
	err = scan(&a.ID, &a.Audit, &a.Child, &a.Forename, &a.Surname, &a.Question, &a.Line, &a.What, &a.OwnerID, &a.Owner, &a.Due, &a.At, &a.By, &a.DoneOn, &a.Done, &a.DoneBy, &a.Team, &a.Follows)
	return a, err
}

func (t *Tx) actions(ctx context.Context, query string, args ...any) (all []QualityAction, err error) {
	err = t.each(ctx, query, args, func(rows *sql.Rows) error {
		a, err := scanAction(rows.Scan)
		all = append(all, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading actions: %w", err)
	}
	return all, nil
}

// QualityActions returns every action, the first due first.
func (t *Tx) QualityActions(ctx context.Context) ([]QualityAction, error) {
	return t.actions(ctx, allActions)
}

// QualityActionsOf returns the actions of an audit.
func (t *Tx) QualityActionsOf(ctx context.Context, audit string) ([]QualityAction, error) {
	return t.actions(ctx, actionsOf, audit)
}

// QualityAction returns an action, or ErrNotFound.
func (t *Tx) QualityAction(ctx context.Context, id string) (*QualityAction, error) {
	a, err := scanAction(t.tx.QueryRowContext(ctx, actionByID, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading an action: %w", err)
	}
	return &a, nil
}
