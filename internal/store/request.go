package store

import (
	"context"
	"database/sql"
	"fmt"

	"weald/calendar"
)

// HoldRequests lets nobody else make a case from a request until the transaction
// ends, so that two people at once do not make two cases of one child. (SQLite
// has one writer at a time; PostgreSQL locks the row.)
func (t *Tx) HoldRequests(ctx context.Context) error {
	const hold = `INSERT INTO changes (what, stamp) VALUES ('requests', 0) ON CONFLICT (what) DO UPDATE SET stamp = 0`
	if _, err := t.tx.ExecContext(ctx, hold); err != nil {
		return fmt.Errorf("holding requests: %w", err)
	}
	return nil
}

const likeChild = childColumns + ` WHERE c.born_on = $1 OR c.born_on = $2 OR (c.upn <> '' AND c.upn = $3) OR (c.uln <> '' AND c.uln = $4) OR (c.nhs <> '' AND c.nhs = $5)
	ORDER BY c.id`

// ChildrenLike returns the children who have a number of the one described or
// were born on the same day, or on another that may be meant by it.
func (t *Tx) ChildrenLike(ctx context.Context, one *Child, orBorn calendar.Date) (all []Child, err error) {
	err = t.each(ctx, likeChild, []any{one.Born, orBorn, one.UPN, one.ULN, one.NHS}, func(rows *sql.Rows) error {
		var c Child
		if err := rows.Scan(c.columns()...); err != nil {
			return err
		}
		all = append(all, c)
		return nil
	})
	return all, err
}

const lastReference = `SELECT coalesce(max(reference), '') FROM children WHERE reference <> ''`

// LastReference returns the greatest reference that a case has, or "".
func (t *Tx) LastReference(ctx context.Context) (ref string, err error) {
	if err := t.tx.QueryRowContext(ctx, lastReference).Scan(&ref); err != nil {
		return "", fmt.Errorf("reading the last reference: %w", err)
	}
	return ref, nil
}

const withContact = `SELECT DISTINCT child_id FROM contacts WHERE ($1 <> '' AND replace(phone, ' ', '') = $1) OR ($2 <> '' AND lower(email) = $2) ORDER BY child_id`

// ChildrenWithContact returns the children around whom there is somebody with a
// phone number, written without spaces, or an email address, in small letters.
// What is "" is nobody's.
func (t *Tx) ChildrenWithContact(ctx context.Context, phone, email string) (ids []ChildID, err error) {
	err = t.each(ctx, withContact, []any{phone, email}, func(rows *sql.Rows) error {
		var id ChildID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	})
	return ids, err
}
