package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// An AskedAdvice is advice that was asked of the reader's service.
type AskedAdvice struct {
	Event int // the entry by which it was asked for
	Body  string
	Asked calendar.Date
	Due   calendar.Date // zero: none can be counted
	Rule  *law.Rule
}

// A Given is advice that the reader's service gave, and what was done with it.
type Given struct {
	Body string
	On   calendar.Date
}

// An AdviceFile is what was asked of the reader's service about one child.
type AdviceFile struct {
	*OwnFile
	Asked []AskedAdvice
	Given []Given
}

// Advice returns what advice is awaited of the reader's service about a child, and
// what it gave.
func (a *Own) Advice(ctx context.Context, by access.User, key string) (f *AdviceFile, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.AdviceGive, key)
		if err != nil {
			return err
		}
		if f, err = a.advice(ctx, tx, by, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at what advice was asked for", string(id), by.Role.Label())
	})
	return f, err
}

func (a *Own) advice(ctx context.Context, tx *store.Tx, by access.User, id ChildID) (*AdviceFile, error) {
	s, err := a.standingIn(ctx, tx, by, access.AdviceGive, id)
	if err != nil {
		return nil, err
	}
	own, err := a.own(ctx, tx, by, id, s)
	if err != nil {
		return nil, err
	}
	org, err := tx.Organisation(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	entries, err := tx.Journal(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &AdviceFile{OwnFile: own}
	journal := store.Events(entries)
	for _, w := range wanted(journal) {
		if w.Consults() || !strings.EqualFold(w.Body, org.Body) {
			continue
		}
		one := AskedAdvice{Event: w.Event, Body: w.Body, Asked: w.Asked}
		for i := range own.Reading.Duties {
			if d := &own.Reading.Duties[i]; d.Rule.ID == casework.GiveAdvice.ID && d.Of == w.Body && d.Start == w.Asked {
				one.Due, one.Rule = d.Due, d.Rule
			}
		}
		f.Asked = append(f.Asked, one)
	}
	for _, e := range journal.Events(0) {
		if e.Kind == casework.AdviceReceived && strings.EqualFold(e.Named(), org.Body) {
			f.Given = append(f.Given, Given{e.Named(), e.On})
		}
	}
	return f, nil
}

// GiveAdvice records that the reader's service has given the advice that was asked
// of it, or that it has nothing to advise, and keeps what it says with the case.
func (a *Own) GiveAdvice(ctx context.Context, by access.User, key string, event int, text string, nothing bool) error {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch n := utf8.RuneCountInString(text); {
	case n == 0 && !nothing:
		return &law.Refusal{Because: "Write your advice, or say that you have nothing to advise."}
	case n > NoteLength:
		return &law.Refusal{Because: fmt.Sprintf("Your advice must be %d characters or fewer here: this has %d. Send the rest as a document to whoever has the case.", NoteLength, n)}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.AdviceGive, key)
		if err != nil {
			return err
		}
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		f, err := a.advice(ctx, tx, by, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(f.Asked, func(w AskedAdvice) bool { return w.Event == event })
		if at < 0 {
			return &law.Refusal{Because: "Nothing is awaited from you there any more: it has been given, or was taken back."}
		}
		e := casework.Happened(casework.AdviceReceived, a.today())
		if err := e.Set("body", f.Asked[at].Body); err != nil {
			return err
		}
		if _, err := a.record(ctx, tx, id, Recording{Event: e, Seen: Unseen, From: "the page of " + by.Name + ", " + by.Role.Label()}); err != nil {
			return err
		}
		said := "They have nothing to advise."
		if text != "" {
			said = text
		}
		if err := tx.AddNote(ctx, id, "Advice from "+f.Asked[at].Body+", by "+by.Name+", "+by.Role.Label()+":\n\n"+said); err != nil {
			return err
		}
		return tx.Audit(ctx, "gave the advice that was asked for", string(id), f.Asked[at].Body)
	})
}
