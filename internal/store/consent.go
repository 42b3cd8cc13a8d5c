package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"weald/calendar"
)

// A Consent is that somebody consented to a sharing, or withdrew that, on a day.
type Consent struct {
	ID      string
	Sharing string // its code
	Given   bool   // false: withdrawn
	Who     string // who said so, in words
	On      calendar.Date
	How     string // how it is known: a letter, a telephone call
	At, By  string // when it was recorded, and by whom
}

// AddConsent keeps that consent was given or withdrawn.
func (t *Tx) AddConsent(ctx context.Context, id ChildID, c *Consent) error {
	const add = `INSERT INTO consents (id, child_id, sharing, given, who, given_on, how, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	if _, err := t.tx.ExecContext(ctx, add, rand.Text(), id, c.Sharing, bit(c.Given), c.Who, c.On, t.keys.seal("consents", "how", id, c.How), instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping consent: %w", err)
	}
	return nil
}

const consentsOf = `SELECT id, sharing, given, who, given_on, how, made_at, made_by FROM consents WHERE child_id = $1 ORDER BY given_on DESC, made_at DESC, id`

// Consents returns what consent was given and withdrawn for a child, the latest
// first.
func (t *Tx) Consents(ctx context.Context, id ChildID) (all []Consent, err error) {
	err = t.each(ctx, consentsOf, []any{id}, func(rows *sql.Rows) error {
		var c Consent
		var given int
		if err := rows.Scan(&c.ID, &c.Sharing, &given, &c.Who, &c.On, &c.How, &c.At, &c.By); err != nil {
			return err
		}
		c.Given = given != 0
		all = append(all, c)
		return t.keys.openAll("consents", id, []string{"how"}, &all[len(all)-1].How)
	})
	return all, err
}
