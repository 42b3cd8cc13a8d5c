package store

import (
	"context"
	"errors"
	"testing"

	"weald/domain/casework"
)

// A version is written part by part, is never overwritten by who read it before
// somebody else saved, and is locked once an event has issued it.
func TestPlansAreWrittenAndLocked(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		v := &PlanVersion{ID: "p1", Child: "c1", Version: 1, Template: "england-2014/1", Stage: "draft"}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(
				tx.AddChild(ctx, &Child{ID: "c1", Surname: "Okoro", Forename: "Maya"}),
				tx.AddEvents(ctx, "c1", []Entry{{Entry: casework.Entry{Event: event(t, "2026-09-07 request-received source=parent")}}}),
				tx.AddPlan(ctx, v, []PlanPart{{Part: "F", Body: "first"}}),
				tx.SetPlanPart(ctx, "p1", "F", 1, "second"),
				tx.SetPlanPart(ctx, "p1", "B", 0, "needs"))
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			if err := tx.SetPlanPart(ctx, "p1", "F", 1, "mine"); !errors.Is(err, ErrOvertaken) {
				t.Errorf("saved over another’s words: %v", err)
			}
			if err := tx.SetPlanPart(ctx, "p1", "B", 0, "mine"); !errors.Is(err, ErrOvertaken) {
				t.Errorf("saved over another’s words: %v", err)
			}
			return nil
		})
		check := func() {
			t.Helper()
			read(t, db, func(ctx context.Context, tx *Tx) error {
				parts, err := tx.PlanParts(ctx, "p1")
				if err != nil {
					return err
				}
				if len(parts) != 2 || parts[0].Body != "needs" || parts[1].Body != "second" || parts[1].Revision != 2 || parts[1].By != officer.Name {
					t.Errorf("parts %+v", parts)
				}
				return nil
			})
		}
		check()
		if err := db.KeepTyped(context.Background(), officer, "p1", "F", "text=a"); err != nil {
			t.Fatal(err)
		}
		if err := db.KeepTyped(context.Background(), officer, "p1", "F", "text=ab"); err != nil {
			t.Fatal(err)
		}
		read(t, db, func(ctx context.Context, tx *Tx) error {
			typed, err := tx.Typed(ctx, "p1", "F", officer.ID)
			if err != nil || typed == nil || typed.Form != "text=ab" {
				t.Errorf("typed %+v, %v", typed, err)
			}
			other, err := tx.Typed(ctx, "p1", "F", "another")
			if err != nil || other != nil {
				t.Errorf("another’s typing: %+v, %v", other, err)
			}
			if now, err := tx.PlanBeingWritten(ctx, "c1"); err != nil || !now {
				t.Errorf("being written: %v, %v", now, err)
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *Tx) error { return tx.IssuePlan(ctx, "p1", "final", 1) })
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for name, err := range map[string]error{
				"saved": tx.SetPlanPart(ctx, "p1", "F", 2, "mine"), "issued again": tx.IssuePlan(ctx, "p1", "final", 1),
			} {
				if !errors.Is(err, ErrLocked) {
					t.Errorf("%s after it was issued: %v", name, err)
				}
			}
			return nil
		})
		check()
		read(t, db, func(ctx context.Context, tx *Tx) error {
			all, err := tx.Plans(ctx, "c1")
			if err != nil || len(all) != 1 || !all[0].Issued() || all[0].Stage != "final" || all[0].IssuedBy != officer.Name {
				t.Errorf("plans %+v, %v", all, err)
			}
			if typed, err := tx.Typed(ctx, "p1", "F", officer.ID); err != nil || typed != nil {
				t.Errorf("what was typed outlived the issue: %+v, %v", typed, err)
			}
			return nil
		})
	})
}

// Two versions of a child's plan are never written at once.
func TestOnePlanIsWrittenAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.AddChild(ctx, &Child{ID: "c1", Surname: "Okoro", Forename: "Maya"}),
				tx.AddPlan(ctx, &PlanVersion{ID: "p1", Child: "c1", Version: 1, Template: "t/1", Stage: "draft"}, nil))
		})
		err := db.Write(context.Background(), officer, func(tx *Tx) error {
			return errors.Join(tx.AddPlan(context.Background(), &PlanVersion{ID: "p2", Child: "c1", Version: 2, Template: "t/1", Stage: "draft"}, nil), tx.Audit(context.Background(), "tested", "", ""))
		})
		if err == nil {
			t.Error("a second version is being written")
		}
	})
}
