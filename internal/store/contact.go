package store

import (
	"context"
	"database/sql"
	"fmt"
)

// A Contact is somebody around a child.
type Contact struct {
	Name           string
	Relation       string // mother, foster carer, advocate, …
	Responsibility bool   // has parental responsibility
	Email          string
	Phone          string
	Address        string
	Postcode       string
	Language       string // "" is English
	Needs          string // what they need to be able to take part
	Restricted     bool   // the rest of the family may not be told where they live
}

// SetContacts replaces the people around a child.
func (t *Tx) SetContacts(ctx context.Context, id ChildID, contacts []Contact) error {
	const clear = `DELETE FROM contacts WHERE child_id = $1`
	const add = `INSERT INTO contacts (child_id, n, name, relation, responsibility, email, phone, address, postcode, language, needs, restricted)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`
	if _, err := t.tx.ExecContext(ctx, clear, id); err != nil {
		return fmt.Errorf("keeping the people around a child: %w", err)
	}
	for i, c := range contacts {
		if _, err := t.tx.ExecContext(ctx, add, id, i+1, c.Name, c.Relation, bit(c.Responsibility), c.Email, c.Phone,
			t.keys.seal("contacts", "address", id, c.Address), t.keys.seal("contacts", "postcode", id, c.Postcode), c.Language, t.keys.seal("contacts", "needs", id, c.Needs), bit(c.Restricted)); err != nil {
			return fmt.Errorf("keeping the people around a child: %w", err)
		}
	}
	return t.touch(ctx, id) // children are found by their parents' names
}

const contactsOf = `SELECT name, relation, responsibility, email, phone, address, postcode, language, needs, restricted FROM contacts WHERE child_id = $1 ORDER BY n`

// Contacts returns the people around a child.
func (t *Tx) Contacts(ctx context.Context, id ChildID) (all []Contact, err error) {
	err = t.each(ctx, contactsOf, []any{id}, func(rows *sql.Rows) error {
		var c Contact
		var responsible, restricted int
		if err := rows.Scan(&c.Name, &c.Relation, &responsible, &c.Email, &c.Phone, &c.Address, &c.Postcode, &c.Language, &c.Needs, &restricted); err != nil {
			return err
		}
		c.Responsibility, c.Restricted = responsible != 0, restricted != 0
		if err := t.keys.openAll("contacts", id, []string{"address", "postcode", "needs"}, &c.Address, &c.Postcode, &c.Needs); err != nil {
			return err
		}
		all = append(all, c)
		return nil
	})
	return all, err
}

// A Note is what somebody wrote down beside what happened.
type Note struct{ At, By, Body string }

// AddNote keeps a note.
func (t *Tx) AddNote(ctx context.Context, id ChildID, body string) error {
	const add = `INSERT INTO notes (child_id, n, at, by_name, body)
		VALUES ($1, (SELECT coalesce(max(n), 0) + 1 FROM notes WHERE child_id = $1), $2, $3, $4)`
	if _, err := t.tx.ExecContext(ctx, add, id, instant(t.at), t.by.Name, t.keys.seal("notes", "body", id, body)); err != nil {
		return fmt.Errorf("keeping a note: %w", err)
	}
	return nil
}

const notesOf = `SELECT at, by_name, body FROM notes WHERE child_id = $1 ORDER BY n DESC`

// Notes returns the notes about a child, newest first.
func (t *Tx) Notes(ctx context.Context, id ChildID) (all []Note, err error) {
	err = t.each(ctx, notesOf, []any{id}, func(rows *sql.Rows) error {
		var n Note
		if err := rows.Scan(&n.At, &n.By, &n.Body); err != nil {
			return err
		}
		if err := t.keys.openAll("notes", id, []string{"body"}, &n.Body); err != nil {
			return err
		}
		all = append(all, n)
		return nil
	})
	return all, err
}
