package app

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"weald/domain/access"
	"weald/internal/store"
	"weald/law"
)

// A Note is what somebody wrote down in a case beside what happened. It is never
// changed: a mistake is put right by another.
type Note = store.Note

// Around is who and what is around a child.
type Around struct {
	Officer  string // who has the case, by name; "": nobody
	Setting  string // where the child is educated, by name; "": not recorded
	Contacts []store.Contact
	Notes    []Note // the newest first
}

// NoteLength is how long a note may be, in characters.
const NoteLength = 5000

// AddNote keeps a note in a child's case. form names the form that it was typed
// on: however often that is sent, it is kept once.
func (a *Casework) AddNote(ctx context.Context, by access.User, id ChildID, body, form string) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	body = strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
	switch n := utf8.RuneCountInString(body); {
	case n == 0:
		return &law.Refusal{Because: "A note must say something."}
	case n > NoteLength:
		return &law.Refusal{Because: fmt.Sprintf("A note must be %d characters or fewer: this one has %d.", NoteLength, n)}
	}
	const act = "added a note"
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		if _, err := tx.Child(ctx, id); err != nil {
			return err
		}
		sent, err := tx.Audited(ctx, string(id), act, form)
		if err != nil {
			return err
		}
		if sent {
			return tx.Audit(ctx, "sent a note again", string(id), form)
		}
		if err := tx.AddNote(ctx, id, body); err != nil {
			return err
		}
		return tx.Audit(ctx, act, string(id), form)
	})
}

// A Look is one thing that somebody did or saw in a case.
type Look = store.AuditEntry

// LooksShown is how many looks make a page.
const LooksShown = 50

// Looks returns who has done or seen what in a case, the newest first, so many
// to a page, the first being page 1, and how many there are. That they were
// looked up is kept as well.
func (a *Casework) Looks(ctx context.Context, by access.User, id ChildID, page int) (child *store.Child, looks []Look, of int, err error) {
	if err := a.with(ctx, by, access.CaseSee, id); err != nil {
		return nil, nil, 0, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if child, err = tx.Child(ctx, id); err != nil {
			return err
		}
		if of, err = tx.AuditCount(ctx, string(id)); err != nil {
			return err
		}
		if looks, err = tx.AuditOf(ctx, string(id), LooksShown, (max(page, 1)-1)*LooksShown); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at who had looked", string(id), "")
	})
	return child, looks, of, err
}
