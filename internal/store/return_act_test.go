package store

import (
	"context"
	"errors"
	"testing"
)

// What was done about a return is kept in order, each act once.
func TestReturnActs(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			if err := tx.AddChild(ctx, &Child{ID: "a", Surname: "A", Forename: "B"}); err != nil {
				return err
			}
			added, err := tx.AddReturnAct(ctx, ReturnAct{ID: "1", Year: 2026, Act: "explained", Subject: "S-043", Child: "a", Note: "The school was shut."})
			if !added {
				t.Error("it was not kept")
			}
			return errors.Join(err, tx.Audit(ctx, "explained a query", "a", ""))
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			again, err := tx.AddReturnAct(ctx, ReturnAct{ID: "1", Year: 2026, Act: "explained", Subject: "S-044", Note: "Other words."})
			if again {
				t.Error("it was kept twice")
			}
			_, err2 := tx.AddReturnAct(ctx, ReturnAct{ID: "0", Year: 2026, Act: "withdrawn", Subject: "S-043", Of: "1", Note: "It was open."})
			_, err3 := tx.AddReturnAct(ctx, ReturnAct{ID: "2", Year: 2025, Act: "signed", Subject: "digest"})
			return errors.Join(err, err2, err3, tx.Audit(ctx, "took a note back", "a", ""))
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			all, err := tx.ReturnActs(ctx, 2026)
			if len(all) != 2 || all[0].Subject != "S-043" || all[0].Child != "a" || all[0].Note != "The school was shut." || all[1].Of != "1" || all[1].Act != "withdrawn" || all[0].ByName == "" || all[0].At > all[1].At {
				t.Errorf("%+v", all)
			}
			one, err1 := tx.ReturnAct(ctx, "2")
			if one == nil || one.Year != 2025 {
				t.Errorf("%+v", one)
			}
			if _, err := tx.ReturnAct(ctx, "3"); !errors.Is(err, ErrNotFound) {
				t.Error(err)
			}
			return errors.Join(err, err1)
		})
	})
}
