package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/privacy"
	"weald/internal/store"
	"weald/law"
)

// Retentions is how long records are kept, what stops one from being erased, and
// erasing it.
type Retentions struct {
	*Core
	Documents *Documents
	Rule      *privacy.Retention // nil: nobody has chosen
}

// A RetentionHold stops a child's record from being erased.
type RetentionHold = store.RetentionHold

// An Erasure is that a record was erased.
type Erasure = store.Erasure

// A Kept is how long one record is kept.
type Kept struct {
	store.Keeping
	Due   calendar.Date // when it is to be reviewed; zero: not known
	Why   string        // the sum, or why it is not known
	Holds []RetentionHold
	Today calendar.Date
}

// May reports whether the record may be erased: it is due and nothing holds it.
func (k *Kept) May() bool { return !k.Due.IsZero() && k.Due <= k.Today && !k.Held }

// Due lists the records that are due for review, the longest due first, and says
// how many there are altogether. limit bounds the list.
func (a *Retentions) Due(ctx context.Context, by access.User, limit int) (due []Kept, of int, erased []Erasure, err error) {
	if err := may(by, access.Retain); err != nil {
		return nil, 0, nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		err := tx.Keepings(ctx, "", func(k *store.Keeping) error {
			one := a.kept(k)
			if !one.Due.IsZero() && one.Due <= one.Today {
				due = append(due, one)
			}
			return nil
		})
		if err != nil {
			return err
		}
		slices.SortStableFunc(due, func(x, y Kept) int { return cmp.Compare(x.Due, y.Due) })
		of = len(due)
		due = due[:min(of, limit)]
		if erased, err = tx.Erasures(ctx, limit); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at which records are due for review", "", fmt.Sprintf("%d records", of))
	})
	return due, of, erased, err
}

func (a *Retentions) kept(k *store.Keeping) Kept {
	one := Kept{Keeping: *k, Today: a.today()}
	one.Due, one.Why = a.Rule.Due(k.Born, k.Last)
	return one
}

// Of says how long one child's record is kept.
func (a *Retentions) Of(ctx context.Context, by access.User, id ChildID) (k *Kept, err error) {
	if err := a.with(ctx, by, access.Retain, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if k, err = a.of(ctx, tx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at how long the record is kept", string(id), "")
	})
	return k, err
}

func (a *Retentions) of(ctx context.Context, tx *store.Tx, id ChildID) (k *Kept, err error) {
	if err := tx.Keepings(ctx, id, func(one *store.Keeping) error { kept := a.kept(one); k = &kept; return nil }); err != nil {
		return nil, err
	}
	if k == nil {
		return nil, ErrNotFound
	}
	k.Holds, err = tx.RetentionHolds(ctx, id)
	return k, err
}

// Hold keeps a record from being erased until somebody lifts the hold.
func (a *Retentions) Hold(ctx context.Context, by access.User, id ChildID, reason string) error {
	if err := a.with(ctx, by, access.Retain, id); err != nil {
		return err
	}
	if err := reasoned(&reason); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if _, err := a.of(ctx, tx, id); err != nil {
			return err
		}
		return errors.Join(tx.AddRetentionHold(ctx, id, reason), tx.Audit(ctx, "held the record from being erased", string(id), reason))
	})
}

// Lift lifts a hold.
func (a *Retentions) Lift(ctx context.Context, by access.User, id ChildID, hold string) error {
	if err := a.with(ctx, by, access.Retain, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.LiftRetentionHold(ctx, id, hold); err != nil {
			return err
		}
		return tx.Audit(ctx, "lifted a hold on erasing the record", string(id), "")
	})
}

func reasoned(reason *string) error {
	if *reason = strings.TrimSpace(*reason); *reason == "" || utf8.RuneCountInString(*reason) > WhyLength {
		return &law.Refusal{Because: fmt.Sprintf("Say why, in %d characters or fewer.", WhyLength)}
	}
	return nil
}

// Erase erases a child's whole record, documents and all, once somebody has
// reviewed it: it is due by the local area's rule and nothing holds it; otherwise
// a [law.Refusal]. What stays is that it was erased, when, by whom and on what
// rule, and the audit without its words. It cannot be undone, and backups keep
// the record until they go themselves.
func (a *Retentions) Erase(ctx context.Context, by access.User, id ChildID, reason string) error {
	if err := a.with(ctx, by, access.Retain, id); err != nil {
		return err
	}
	if err := reasoned(&reason); err != nil {
		return err
	}
	digests := map[string]bool{}
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		k, err := a.of(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case k.Due.IsZero():
			return &law.Refusal{Because: "It cannot be erased. " + k.Why}
		case k.Due > k.Today:
			return &law.Refusal{Because: "It cannot be erased yet. " + k.Why}
		case k.Held:
			return &law.Refusal{Because: "It cannot be erased while a hold stands. Lift the hold first."}
		}
		documents, err := tx.Documents(ctx, id)
		if err != nil {
			return err
		}
		for _, d := range documents {
			digests[d.Digest] = true
		}
		rows, err := tx.Erase(ctx, id, a.Rule.Words(), reason, len(documents))
		if err != nil {
			return err
		}
		return tx.Audit(ctx, "erased the record", string(id), fmt.Sprintf("%d rows, %d documents: %s", rows, len(documents), reason))
	})
	if err != nil {
		return err
	}
	for digest := range digests {
		err = errors.Join(err, a.Documents.discard(ctx, by, digest))
	}
	return err
}
