package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"weald/domain/casework"

	"github.com/google/go-cmp/cmp"
)

// report is a document whose bytes are told from others by a digit.
func report(id string, child ChildID, digit string) *Document {
	return &Document{ID: id, Child: child, Name: "Report " + id + ".pdf", Type: "application/pdf", Label: "PDF", Size: 1234567890123, Digest: strings.Repeat(digit, 64)}
}

func documents(t *testing.T, db *DB, id ChildID) (all []Document) {
	t.Helper()
	read(t, db, func(ctx context.Context, tx *Tx) (err error) {
		all, err = tx.Documents(ctx, id)
		return err
	})
	return all
}

// A document comes back as it was added, is removed with a reason and put back,
// and is another child's to nobody.
func TestDocumentComesBackAsItWasAdded(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		db.SetClock(func() time.Time { return time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) })
		d, other := report("d1", "c1", "a"), report("d2", "c1", "b")
		write(t, db, func(ctx context.Context, tx *Tx) error {
			d.Event = 1
			return errors.Join(
				tx.AddChild(ctx, &Child{ID: "c1"}), tx.AddChild(ctx, &Child{ID: "c2"}),
				tx.AddEvents(ctx, "c1", []Entry{{Entry: casework.Entry{Event: event(t, "2026-09-07 request-received source=parent")}}}),
				tx.AddDocument(ctx, d), tx.AddDocument(ctx, other))
		})
		if d.By != officer.Name || d.At != "2026-11-23T09:30:00.000000Z" {
			t.Errorf("added at %s by %s", d.At, d.By)
		}
		if diff := cmp.Diff([]Document{*d, *other}, documents(t, db, "c1")); diff != "" {
			t.Error(diff)
		}
		read(t, db, func(ctx context.Context, tx *Tx) error {
			if got, err := tx.Document(ctx, "c1", "d1"); err != nil || *got != *d {
				t.Errorf("%+v, %v", got, err)
			}
			if got, err := tx.SameDocument(ctx, "c1", d.Digest); err != nil || got.ID != "d1" {
				t.Errorf("the same: %+v, %v", got, err)
			}
			for _, of := range []struct {
				child ChildID
				id    string
			}{{"c2", "d1"}, {"c1", "d9"}} {
				if _, err := tx.Document(ctx, of.child, of.id); !errors.Is(err, ErrNotFound) {
					t.Errorf("%v: %v", of, err)
				}
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *Tx) error { return tx.RemoveDocument(ctx, "d1", "the wrong child") })
		got := documents(t, db, "c1")[0]
		if !got.Removed() || got.RemovedBy != officer.Name || got.Reason != "the wrong child" || got.Gone {
			t.Errorf("removed: %+v", got)
		}
		read(t, db, func(ctx context.Context, tx *Tx) error {
			if _, err := tx.SameDocument(ctx, "c1", d.Digest); !errors.Is(err, ErrNotFound) {
				t.Errorf("removed, and the same: %v", err)
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *Tx) error { return tx.RestoreDocument(ctx, "d1") })
		if got := documents(t, db, "c1")[0]; got != *d {
			t.Errorf("put back: %+v", got)
		}
	})
}

// The record itself holds that a child has a document once, and that it belongs
// to an entry of that child's.
func TestDocumentsAreTheChildsOwnAndOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.AddChild(ctx, &Child{ID: "c1"}), tx.AddChild(ctx, &Child{ID: "c2"}), tx.AddDocument(ctx, report("d1", "c1", "a")), tx.AddDocument(ctx, report("d2", "c2", "a")))
		})
		stray := report("d4", "c1", "c")
		stray.Event = 7
		for what, d := range map[string]*Document{"twice": report("d3", "c1", "a"), "of no entry": stray, "of no child": report("d5", "c9", "d")} {
			err := db.Write(context.Background(), officer, func(tx *Tx) error {
				return errors.Join(tx.AddDocument(context.Background(), d), tx.Audit(context.Background(), "tested", "", ""))
			})
			if err == nil {
				t.Errorf("%s: added", what)
			}
		}
	})
}

// Bytes are let go some time after a document was removed, and not while any
// other document has the same.
func TestBytesAreLetGo(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		now := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
		db.SetClock(func() time.Time { return now })
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.AddChild(ctx, &Child{ID: "c1"}), tx.AddChild(ctx, &Child{ID: "c2"}),
				tx.AddDocument(ctx, report("d1", "c1", "a")), tx.AddDocument(ctx, report("d2", "c2", "a")), tx.AddDocument(ctx, report("d3", "c1", "b")),
				tx.RemoveDocument(ctx, "d1", "x"), tx.RemoveDocument(ctx, "d3", "x"))
		})
		letGo := func(before time.Time) (digests []string) {
			write(t, db, func(ctx context.Context, tx *Tx) (err error) {
				digests, err = tx.LetGo(ctx, before)
				return err
			})
			return digests
		}
		if got := letGo(now); len(got) != 0 {
			t.Errorf("too early: %v", got)
		}
		a, b := strings.Repeat("a", 64), strings.Repeat("b", 64)
		for range 2 { // until they are dealt with
			if got := letGo(now.Add(time.Second)); cmp.Diff(got, []string{a, b}) != "" {
				t.Errorf("let go: %v", got)
			}
		}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for digest, want := range map[string]bool{a: true, b: false} {
				if wanted, going, err := tx.Wanted(ctx, digest); err != nil || wanted != want || !going {
					t.Errorf("%.1s wanted: %v, going %v, %v", digest, wanted, going, err)
				}
			}
			return errors.Join(tx.HoldBytes(ctx, a), tx.BytesGone(ctx, a), tx.BytesGone(ctx, b), tx.RestoreDocument(ctx, "d3"))
		})
		if got := letGo(now.Add(time.Second)); len(got) != 0 {
			t.Errorf("again: %v", got)
		}
		for _, d := range documents(t, db, "c1") {
			if !d.Removed() || !d.Gone {
				t.Errorf("%s can still be put back", d.ID)
			}
		}
		var kept []string
		read(t, db, func(ctx context.Context, tx *Tx) error {
			return tx.KeptBytes(ctx, func(digest string, _ int64) error { kept = append(kept, digest); return nil })
		})
		if cmp.Diff(kept, []string{a}) != "" {
			t.Errorf("kept: %v", kept)
		}
	})
}
