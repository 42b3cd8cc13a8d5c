package store

import (
	"context"
	"database/sql"
	"fmt"
)

// What a load makes of a child goes with the child when it is undone. Whatever
// else refers to the child was built upon the load, and stands in the way.
var (
	madeWithChild  = []string{"duties", "cases", "returned", "facts", "events"}
	builtUponChild = []string{"notes", "contacts", "documents", "plans", "quality_audits", "quality_actions", "quality_copies", "quality_views", "links", "ties", "involvements", "allocations", "seals", "standings", "consents", "delivery_reports", "delivery_steps", "correspondence", "correspondence_steps", "withholdings", "retention_holds", "load_children", "return_acts"}
)

// An Obstacle is what stands in the way of undoing a load: something that was
// built upon a child.
type Obstacle struct {
	ID    ChildID
	Name  string
	What  string // the table's name; "events" for what was recorded since
	Count int
}

// Obstacles returns what was built upon a load since it was made, at most limit
// of them.
func (t *Tx) Obstacles(ctx context.Context, load string, limit int) (all []Obstacle, err error) {
	find := func(what, query string) error {
		return t.each(ctx, query, []any{load, limit}, func(rows *sql.Rows) error {
			o := Obstacle{What: what}
			if err := rows.Scan(&o.ID, &o.Name, &o.Count); err != nil {
				return err
			}
			if len(all) < limit {
				all = append(all, o)
			}
			return nil
		})
	}
	const (
		since = `SELECT c.id, c.forename || ' ' || c.surname, count(*) FROM events x JOIN children c ON c.id = x.child_id JOIN loads l ON l.id = c.load_id
			WHERE c.load_id = $1 AND x.recorded_at <> l.loaded_at GROUP BY c.id, c.forename, c.surname ORDER BY c.id LIMIT $2`
		after = `SELECT c.id, c.forename || ' ' || c.surname, count(*) FROM load_children k JOIN children c ON c.id = k.child_id JOIN events x ON x.child_id = k.child_id
			WHERE k.load_id = $1 AND k.first_seq > 0 AND x.seq > k.last_seq GROUP BY c.id, c.forename, c.surname ORDER BY c.id LIMIT $2`
		later = `SELECT c.id, c.forename || ' ' || c.surname, count(*) FROM load_children k JOIN loads l ON l.id = k.load_id JOIN children c ON c.id = k.child_id
			JOIN load_children o ON o.child_id = k.child_id JOIN loads n ON n.id = o.load_id AND n.loaded_at > l.loaded_at AND n.undone_at = ''
			WHERE k.load_id = $1 GROUP BY c.id, c.forename, c.surname ORDER BY c.id LIMIT $2`
	)
	if err := find("events", since); err != nil {
		return nil, err
	}
	if err := find("events", after); err != nil {
		return nil, err
	}
	if err := find("load_children", later); err != nil {
		return nil, err
	}
	for _, table := range builtUponChild {
		err := find(table, `SELECT c.id, c.forename || ' ' || c.surname, count(*) FROM `+table+` x JOIN children c ON c.id = x.child_id
			WHERE c.load_id = $1 GROUP BY c.id, c.forename, c.surname ORDER BY c.id LIMIT $2`)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// RemoveMade removes the children that a load made, and all that it made with
// them. It is for undoing a load upon which nothing was built: see
// [Tx.Obstacles]. The audit keeps what it has.
func (t *Tx) RemoveMade(ctx context.Context, load string) (children int, err error) {
	for _, table := range madeWithChild {
		if _, err := t.tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE child_id IN (SELECT id FROM children WHERE load_id = $1)`, load); err != nil {
			return 0, fmt.Errorf("undoing a load: %s: %w", table, err)
		}
	}
	done, err := t.tx.ExecContext(ctx, `DELETE FROM children WHERE load_id = $1`, load)
	if err != nil {
		return 0, fmt.Errorf("undoing a load: %w", err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return 0, err
	}
	return int(n), t.removed(ctx)
}

// removed marks that children have gone from the record, for whoever holds them
// in memory.
func (t *Tx) removed(ctx context.Context) error {
	stamp, err := t.stamp(ctx)
	if err != nil {
		return err
	}
	const gone = `INSERT INTO changes (what, stamp) VALUES ('gone', $1) ON CONFLICT (what) DO UPDATE SET stamp = excluded.stamp`
	_, err = t.tx.ExecContext(ctx, gone, stamp)
	return err
}

// RetireLoad keeps that a load was undone. The same file may be loaded again.
func (t *Tx) RetireLoad(ctx context.Context, load, reason string) error {
	const set = `UPDATE loads SET undone_at = $1, undone_by = $2, reason = $3, digest = digest || ' undone ' || id WHERE id = $4 AND undone_at = ''`
	done, err := t.tx.ExecContext(ctx, set, instant(t.at), t.by.Name, reason, load)
	if err != nil {
		return fmt.Errorf("undoing a load: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return ErrNotFound
	}
	return nil
}

// DropReturned forgets what was said of a child.
func (t *Tx) DropReturned(ctx context.Context, id ChildID) error {
	_, err := t.tx.ExecContext(ctx, `DELETE FROM returned WHERE child_id = $1`, id)
	return err
}
