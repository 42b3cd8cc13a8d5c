package store

import (
	"context"
	"database/sql"
	"fmt"

	"weald/calendar"
)

// A Duty is a duty still to be done, as it was worked out from a child's events.
type Duty struct {
	Rule    string // its code
	Of      string
	Process string // the group under which it is listed
	Nature  string
	Binding bool // missing it breaks the law
	Excused bool
	Due     calendar.Date
	Next    bool // it falls due first for the child
}

// setDuties replaces a child's duties by those just worked out.
func (t *Tx) setDuties(ctx context.Context, id ChildID, duties []Duty) error {
	const clear = `DELETE FROM duties WHERE child_id = $1`
	const add = `INSERT INTO duties (child_id, n, rule, of_name, process, nature, binding, excused, due_on, next)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	if _, err := t.tx.ExecContext(ctx, clear, id); err != nil {
		return fmt.Errorf("replacing duties: %w", err)
	}
	for i, d := range duties {
		if _, err := t.tx.ExecContext(ctx, add, id, i+1, d.Rule, d.Of, d.Process, d.Nature, bit(d.Binding), bit(d.Excused), d.Due, bit(d.Next)); err != nil {
			return fmt.Errorf("replacing duties: %w", err)
		}
	}
	return nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

const dutiesOf = `SELECT rule, of_name, process, nature, binding, excused, due_on, next FROM duties WHERE child_id = $1 ORDER BY n`

// Duties returns a child's duties as they were last worked out.
func (t *Tx) Duties(ctx context.Context, id ChildID) (duties []Duty, err error) {
	err = t.each(ctx, dutiesOf, []any{id}, func(rows *sql.Rows) error {
		var d Duty
		var binding, excused, next int
		if err := rows.Scan(&d.Rule, &d.Of, &d.Process, &d.Nature, &binding, &excused, &d.Due, &next); err != nil {
			return err
		}
		d.Binding, d.Excused, d.Next = binding != 0, excused != 0, next != 0
		duties = append(duties, d)
		return nil
	})
	return duties, err
}
