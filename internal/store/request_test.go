package store

import (
	"context"
	"errors"
	"testing"

	"weald/calendar"
)

func TestChildrenLikeOneDescribed(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		born := calendar.On(2018, 4, 3)
		err := db.Write(ctx, officer, func(tx *Tx) error {
			if ref, err := tx.LastReference(ctx); err != nil || ref != "" {
				t.Errorf("the last reference of nobody: %q, %v", ref, err)
			}
			for range 2 {
				if err := tx.HoldRequests(ctx); err != nil {
					return err
				}
			}
			for _, c := range []Child{
				{ID: "same-day", Born: born, Reference: "WM-000009"}, {ID: "other-day", Born: born + 1, Reference: "WM-000010"}, {ID: "turned", Born: calendar.On(2018, 3, 4)},
				{ID: "same-nhs", NHS: "9434765919"}, {ID: "no-day"}, {ID: "same-uln", ULN: "9900000011", Born: born + 9},
			} {
				if err := tx.AddChild(ctx, &c); err != nil {
					return err
				}
			}
			like, err := tx.ChildrenLike(ctx, &Child{Born: born, NHS: "9434765919", ULN: "9900000011"}, calendar.On(2018, 3, 4))
			if err != nil {
				return err
			}
			var ids []ChildID
			for _, c := range like {
				ids = append(ids, c.ID)
			}
			if len(ids) != 4 || ids[0] != "same-day" || ids[1] != "same-nhs" || ids[2] != "same-uln" || ids[3] != "turned" {
				t.Errorf("like the one described: %v", ids)
			}
			if ref, err := tx.LastReference(ctx); err != nil || ref != "WM-000010" {
				t.Errorf("the last reference: %q, %v", ref, err)
			}
			if err := errors.Join(
				tx.SetContacts(ctx, "turned", []Contact{{Name: "A", Phone: "01632 960 001"}, {Name: "B", Email: "Maud@Example.com"}}),
				tx.SetContacts(ctx, "no-day", []Contact{{Name: "C"}})); err != nil {
				return err
			}
			for _, v := range []struct {
				phone, email string
				found        int
			}{{"01632960001", "", 1}, {"", "maud@example.com", 1}, {"01632960001", "maud@example.com", 1}, {"01632960002", "nobody@example.com", 0}, {"", "", 0}} {
				if ids, err := tx.ChildrenWithContact(ctx, v.phone, v.email); err != nil || len(ids) != v.found {
					t.Errorf("%q, %q: %v, %v", v.phone, v.email, ids, err)
				}
			}
			return tx.Audit(ctx, "put children in", "", "")
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
