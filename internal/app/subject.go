package app

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/privacy"
	"weald/internal/store"
	"weald/law"
)

// Subjects is what is done when somebody asks for what is kept about them.
type Subjects struct {
	*Core
	Documents *Documents
}

// A Subject is everything kept about one child, with what is marked to be held
// back.
type Subject struct {
	Child     store.Child
	Officer   string // who has the case, by name
	Setting   string
	All       []privacy.Held
	Marks     []privacy.Withholding
	Documents []Document
	Today     calendar.Date
	By        string // who asked for it
}

// subject reads everything about a child.
func subject(ctx context.Context, tx *store.Tx, id ChildID) (s *Subject, err error) {
	s = &Subject{By: ""}
	child, err := tx.Child(ctx, id)
	if err != nil {
		return nil, err
	}
	s.Child = *child
	if s.Officer, s.Setting, err = tx.Named(ctx, id); err != nil {
		return nil, err
	}
	if s.Marks, err = tx.Withholdings(ctx, id); err != nil {
		return nil, err
	}
	if s.Documents, err = tx.Documents(ctx, id); err != nil {
		return nil, err
	}
	s.All, err = tx.About(ctx, id)
	return s, err
}

// Look opens everything kept about a child, for somebody to say what is to be
// held back. That it was opened is kept.
func (a *Subjects) Look(ctx context.Context, by access.User, id ChildID) (s *Subject, err error) {
	return a.read(ctx, by, id, "looked at everything kept about the child")
}

// Take takes everything kept about a child out of the record, whole.
func (a *Subjects) Take(ctx context.Context, by access.User, id ChildID) (s *Subject, err error) {
	return a.read(ctx, by, id, "took out everything kept about the child")
}

func (a *Subjects) read(ctx context.Context, by access.User, id ChildID, act string) (s *Subject, err error) {
	if err := a.with(ctx, by, access.Disclose, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if s, err = subject(ctx, tx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, act, string(id), "")
	})
	if err != nil {
		return nil, err
	}
	s.Today, s.By = a.today(), by.Name
	return s, nil
}

// Give takes everything kept about a child out of the record for the person it
// is about, with what is marked held back, and the schedule of that. It is a
// [law.Refusal] while a mark waits for a second person.
func (a *Subjects) Give(ctx context.Context, by access.User, id ChildID) (s *Subject, schedule []privacy.Schedule, err error) {
	if err := a.with(ctx, by, access.Disclose, id); err != nil {
		return nil, nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if s, err = subject(ctx, tx, id); err != nil {
			return err
		}
		if slices.ContainsFunc(s.Marks, func(w privacy.Withholding) bool { return !w.Agreed() }) {
			return &law.Refusal{Because: "Somebody else must look at what is marked before anything is given."}
		}
		return tx.Audit(ctx, "took out what may be given to the person it is about", string(id), "")
	})
	if err != nil {
		return nil, nil, err
	}
	s.Today, s.By = a.today(), by.Name
	s.All, schedule = privacy.Apply(s.All, s.Marks)
	s.Officer, s.Setting = privacy.Clean(s.Officer, s.Marks), privacy.Clean(s.Setting, s.Marks)
	// A document held back is neither listed by what it holds nor handed over.
	for _, h := range s.All {
		if h.Table != "documents" {
			continue
		}
		s.Documents = slices.DeleteFunc(s.Documents, func(d Document) bool {
			i := slices.IndexFunc(h.Rows, func(r map[string]string) bool { return r["id"] == d.ID })
			return i < 0 || h.Rows[i]["digest"] != d.Digest
		})
		for i := range s.Documents {
			j := slices.IndexFunc(h.Rows, func(r map[string]string) bool { return r["id"] == s.Documents[i].ID })
			s.Documents[i].Name = h.Rows[j]["name"]
		}
	}
	if i := slices.IndexFunc(s.All, func(h privacy.Held) bool { return h.Table == "children" }); i >= 0 && len(s.All[i].Rows) == 1 {
		s.Child.Surname, s.Child.Forename = s.All[i].Rows[0]["surname"], s.All[i].Rows[0]["forename"]
	}
	s.Marks = nil
	return s, schedule, nil
}

// Bytes opens a document of a subject that was taken out, and says whether there
// is anything to hand over: nothing removed, and nothing that waits for the
// virus scanner.
func (a *Subjects) Bytes(ctx context.Context, d *Document) (io.ReadCloser, bool, error) {
	if d.Removed() || d.Scan == store.ScanWaiting || a.Documents == nil {
		return nil, false, nil
	}
	bytes, err := a.Documents.Files.Open(ctx, d.Digest)
	return bytes, err == nil, err
}

// WhyLength is how long a reason for holding something back may be.
const WhyLength = 500

// Withhold marks something to be held back. by answers for it.
func (a *Subjects) Withhold(ctx context.Context, by access.User, id ChildID, w privacy.Withholding) error {
	if err := a.with(ctx, by, access.Disclose, id); err != nil {
		return err
	}
	w.Words, w.Why = strings.TrimSpace(w.Words), strings.TrimSpace(w.Why)
	switch because := w.Check(); {
	case because != "":
		return &law.Refusal{Because: because + "."}
	case w.Why == "" || utf8.RuneCountInString(w.Why) > WhyLength || utf8.RuneCountInString(w.Words) > WhyLength:
		return &law.Refusal{Because: "Say why, in 500 characters or fewer."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		all, err := tx.About(ctx, id)
		if err != nil {
			return err
		}
		there := w.Table == ""
		for _, h := range all {
			there = there || h.Table == w.Table && slices.ContainsFunc(h.Rows, func(r map[string]string) bool { return h.KeyOf(r) == w.Key })
		}
		if !there {
			return ErrNotFound
		}
		// What is held back is not said again in the audit.
		return errors.Join(tx.AddWithholding(ctx, id, &w), tx.Audit(ctx, "marked something to be held back", string(id), w.Ground))
	})
}

// Agree is the second look at something marked: by somebody other than who
// marked it.
func (a *Subjects) Agree(ctx context.Context, by access.User, id ChildID, mark string) error {
	return a.mark(ctx, by, id, mark, func(tx *store.Tx, w *privacy.Withholding) error {
		if w.By == by.ID {
			return &law.Refusal{Because: "You marked this yourself. Somebody else must look at it."}
		}
		if w.Agreed() {
			return tx.Audit(ctx, "agreed again to what is held back", string(id), w.Ground)
		}
		return errors.Join(tx.AgreeWithholding(ctx, id, w.ID), tx.Audit(ctx, "agreed to what is held back", string(id), w.Ground))
	})
}

// Unmark takes a mark away.
func (a *Subjects) Unmark(ctx context.Context, by access.User, id ChildID, mark string) error {
	return a.mark(ctx, by, id, mark, func(tx *store.Tx, w *privacy.Withholding) error {
		return errors.Join(tx.DropWithholding(ctx, id, w.ID), tx.Audit(ctx, "decided not to hold something back", string(id), w.Ground))
	})
}

func (a *Subjects) mark(ctx context.Context, by access.User, id ChildID, mark string, change func(*store.Tx, *privacy.Withholding) error) error {
	if err := a.with(ctx, by, access.Disclose, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		all, err := tx.Withholdings(ctx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(w privacy.Withholding) bool { return w.ID == mark })
		if i < 0 {
			return ErrNotFound
		}
		return change(tx, &all[i])
	})
}
