package store

import (
	"context"
	"errors"
	"testing"
	"time"
)

// Who has a case and where the child is are told by name, and the audit of a
// case is read page by page.
func TestAroundAChild(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
		err := db.Write(ctx, officer, func(tx *Tx) error {
			for _, err := range []error{
				tx.SetPerson(ctx, &Person{ID: "amina", Name: "Amina Yusuf", Role: "officer"}),
				tx.SetSetting(ctx, &Setting{ID: "s1", Name: "Oak School"}),
				tx.AddChild(ctx, &Child{ID: "a", Surname: "Ash", Forename: "Zoë", Officer: "amina", Setting: "s1"}),
				tx.AddChild(ctx, &Child{ID: "b", Surname: "Birch", Forename: "Ben"}),
				tx.Audit(ctx, "made", "a", "f1"),
			} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := db.Write(ctx, officer, func(tx *Tx) error { return tx.Audit(ctx, "opened", "a", "") }); err != nil {
				t.Fatal(err)
			}
		}
		err = db.Read(ctx, func(tx *Tx) error {
			if who, where, err := tx.Named(ctx, "a"); err != nil || who != "Amina Yusuf" || where != "Oak School" {
				t.Errorf("%q, %q, %v", who, where, err)
			}
			if o, err := tx.Opening(ctx, "a"); err != nil || o.OfficerName != "Amina Yusuf" || o.SettingName != "Oak School" || o.ID != "a" || o.HasFacts || o.HasDocuments || o.Closes {
				t.Errorf("%+v, %v", o, err)
			}
			if _, err := tx.Opening(ctx, "nobody"); !errors.Is(err, ErrNotFound) {
				t.Errorf("opening nobody's case: %v", err)
			}
			if who, where, err := tx.Named(ctx, "b"); err != nil || who != "" || where != "" {
				t.Errorf("%q, %q, %v", who, where, err)
			}
			for detail, want := range map[string]bool{"f1": true, "f2": false} {
				if got, err := tx.Audited(ctx, "a", "made", detail); err != nil || got != want {
					t.Errorf("%s: %v, %v", detail, got, err)
				}
			}
			first, err := tx.AuditOf(ctx, "a", 2, 0)
			of, counted := tx.AuditCount(ctx, "a")
			if err != nil || counted != nil || of != 4 || len(first) != 2 || first[0].Act != "opened" {
				t.Errorf("%+v of %d, %v", first, of, err)
			}
			rest, err := tx.AuditOf(ctx, "a", 2, 2)
			if err != nil || len(rest) != 2 || rest[1].Act != "made" {
				t.Errorf("%+v, %v", rest, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
