package store

import (
	"context"
	"database/sql"
	"fmt"
)

// A View is a list that somebody keeps under a name.
type View struct {
	ID    string
	Name  string
	Query string // what the list's address says of it
}

// SetView keeps a view of a page for the transaction's person, in place of one
// of the same name.
func (t *Tx) SetView(ctx context.Context, page string, v View) error {
	const set = `INSERT INTO views (id, owner_id, name, page, query) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (owner_id, page, name) DO UPDATE SET query = excluded.query`
	if _, err := t.tx.ExecContext(ctx, set, v.ID, t.by.ID, v.Name, page, v.Query); err != nil {
		return fmt.Errorf("keeping a view: %w", err)
	}
	return nil
}

// DropView forgets a view of the transaction's person, or returns ErrNotFound.
func (t *Tx) DropView(ctx context.Context, id string) error {
	const drop = `DELETE FROM views WHERE id = $1 AND owner_id = $2`
	done, err := t.tx.ExecContext(ctx, drop, id, t.by.ID)
	if err != nil {
		return fmt.Errorf("dropping a view: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return ErrNotFound
	}
	return nil
}

const viewsOf = `SELECT id, name, query FROM views WHERE owner_id = $1 AND page = $2 ORDER BY name`

// Views returns a person's views of a page, by name.
func (t *Tx) Views(ctx context.Context, owner, page string) (all []View, err error) {
	err = t.each(ctx, viewsOf, []any{owner, page}, func(rows *sql.Rows) error {
		var v View
		if err := rows.Scan(&v.ID, &v.Name, &v.Query); err != nil {
			return err
		}
		all = append(all, v)
		return nil
	})
	return all, err
}
