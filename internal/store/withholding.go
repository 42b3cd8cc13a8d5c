package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"weald/domain/privacy"
)

// AddWithholding marks what is held back, in the transaction's person's name.
func (t *Tx) AddWithholding(ctx context.Context, id ChildID, w *privacy.Withholding) error {
	const add = `INSERT INTO withholdings (id, child_id, place, row_key, field, words, ground, why, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	w.ID, w.At, w.By, w.ByName = rand.Text(), instant(t.at), t.by.ID, t.by.Name
	if _, err := t.tx.ExecContext(ctx, add, w.ID, id, w.Table, w.Key, w.Field, t.keys.seal("withholdings", "words", id, w.Words), w.Ground, t.keys.seal("withholdings", "why", id, w.Why), w.At, w.By, w.ByName); err != nil {
		return fmt.Errorf("marking what is held back: %w", err)
	}
	return nil
}

const withholdingsOf = `SELECT id, place, row_key, field, words, ground, why, at, by_id, by_name, second_at, second_id, second_name FROM withholdings WHERE child_id = $1 ORDER BY at, id`

// Withholdings returns what is held back of a child's record, the first marked
// first.
func (t *Tx) Withholdings(ctx context.Context, id ChildID) (all []privacy.Withholding, err error) {
	err = t.each(ctx, withholdingsOf, []any{id}, func(rows *sql.Rows) error {
		var w privacy.Withholding
		err := rows.Scan(&w.ID, &w.Table, &w.Key, &w.Field, &w.Words, &w.Ground, &w.Why, &w.At, &w.By, &w.ByName, &w.SecondAt, &w.Second, &w.SecondName)
		if err == nil {
			err = t.keys.openAll("withholdings", id, []string{"words", "why"}, &w.Words, &w.Why)
		}
		all = append(all, w)
		return err
	})
	return all, err
}

// AgreeWithholding notes that the transaction's person has looked at what is held
// back and agrees.
func (t *Tx) AgreeWithholding(ctx context.Context, id ChildID, withholding string) error {
	const agree = `UPDATE withholdings SET second_at = $1, second_id = $2, second_name = $3 WHERE id = $4 AND child_id = $5 AND second_at = ''`
	if _, err := t.tx.ExecContext(ctx, agree, instant(t.at), t.by.ID, t.by.Name, withholding, id); err != nil {
		return fmt.Errorf("agreeing to what is held back: %w", err)
	}
	return nil
}

// DropWithholding takes a mark away: nothing is held back by it any more.
func (t *Tx) DropWithholding(ctx context.Context, id ChildID, withholding string) error {
	if _, err := t.tx.ExecContext(ctx, `DELETE FROM withholdings WHERE id = $1 AND child_id = $2`, withholding, id); err != nil {
		return fmt.Errorf("taking away a mark: %w", err)
	}
	return nil
}
