package store

import (
	"context"
	"errors"
	"testing"
)

// What the family says comes back as it was recorded, numbered, and without an
// answer until it has one.
func TestRepresentations(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			one := Representation{Plan: "p1", Kind: "comment", Line: "f-1", Words: "Zoë needs more", Who: "Mother", On: day(t, "2026-11-03")}
			return errors.Join(tx.AddChild(ctx, &Child{ID: "c1", Surname: "Okoro", Forename: "Maya"}),
				tx.AddPlan(ctx, &PlanVersion{ID: "p1", Child: "c1", Version: 1, Template: "t/1", Stage: "draft"}, nil),
				tx.AddRepresentation(ctx, &one), tx.AddRepresentation(ctx, &one), tx.AnswerRepresentation(ctx, "p1", 2, "not", "The advice says otherwise"))
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			if err := tx.AnswerRepresentation(ctx, "p1", 3, "not", ""); !errors.Is(err, ErrNotFound) {
				t.Errorf("answered what nobody said: %v", err)
			}
			return nil
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			all, err := tx.Representations(ctx, "p1")
			if err != nil || len(all) != 2 {
				t.Fatalf("%+v, %v", all, err)
			}
			if r := all[0]; r.N != 1 || r.Answer != "" || r.AnsweredAt != "" || r.Words != "Zoë needs more" || r.On != day(t, "2026-11-03") || r.By != officer.Name {
				t.Errorf("%+v", r)
			}
			if r := all[1]; r.N != 2 || r.Answer != "not" || r.AnsweredBy != officer.Name {
				t.Errorf("%+v", r)
			}
			return nil
		})
	})
}
