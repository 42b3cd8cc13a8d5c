package store

import (
	"context"
	"testing"

	"weald/calendar"
	"weald/domain/correspondence"
)

// What waits is listed by the day on which an answer is owed, page by page, by whoever
// has it, without those whom the reader may not see; what was answered is not in it.
func TestWhatWaitsForAnAnswer(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		monday := calendar.On(2026, 11, 23)
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for _, err := range []error{tx.SetPerson(ctx, &Person{ID: "amina", Name: "Amina Yusuf", Role: "officer"}), tx.AddChild(ctx, &Child{ID: "a", Surname: "Ash", Forename: "Zoë", Officer: "amina"}), tx.AddChild(ctx, &Child{ID: "b", Surname: "Birch", Forename: "Ben"})} {
				if err != nil {
					return err
				}
			}
			for n, id := range []ChildID{"a", "b", "a", "b"} {
				item := &Item{Topic: "when", Sender: correspondence.Parent, Person: "Mrs Ash"}
				if err := tx.AddItem(ctx, id, item); err != nil {
					return err
				}
				moments := []correspondence.Moment{{Step: correspondence.Asked, On: monday.AddDays(-n)}}
				if n == 3 {
					moments = append(moments, correspondence.Moment{Step: correspondence.Answered, On: monday})
				}
				for k, m := range moments {
					if err := tx.AddItemStep(ctx, id, item.ID, &ItemStep{Moment: m, Words: "x"}, correspondence.Read(moments[:k+1], correspondence.Promise, calendar.EnglandAndWales)); err != nil {
						return err
					}
				}
			}
			return tx.Audit(ctx, "asked", "a", "")
		})
		ctx := t.Context()
		err := db.Read(ctx, func(tx *Tx) error {
			late := calendar.On(2026, 11, 30)
			for _, c := range []struct {
				filter WaitingFilter
				want   WaitingCount
			}{
				{WaitingFilter{}, WaitingCount{3, 2, 1, 2}},
				{WaitingFilter{Hidden: []ChildID{"a"}}, WaitingCount{1, 1, 1, 0}},
				{WaitingFilter{Owner: Nobody}, WaitingCount{1, 1, 1, 0}},
				{WaitingFilter{Owner: "amina", Before: late}, WaitingCount{1, 1, 0, 1}},
				{WaitingFilter{Sender: correspondence.Member}, WaitingCount{}},
				{WaitingFilter{Topic: "when"}, WaitingCount{3, 2, 1, 2}},
			} {
				if n, err := tx.CountWaiting(ctx, c.filter, late, "amina"); err != nil || n != c.want {
					t.Errorf("%+v: %+v %v, want %+v", c.filter, n, err, c.want)
				}
			}
			var page []Waiting
			f := WaitingFilter{Limit: 1}
			for range 5 {
				before := len(page)
				if err := tx.EachWaiting(ctx, f, func(w *Waiting) error { page = append(page, *w); return nil }); err != nil {
					return err
				}
				if len(page) == before {
					break
				}
				f.AfterReplyBy, f.AfterID = page[len(page)-1].ReplyBy, page[len(page)-1].ID
			}
			if len(page) != 3 || page[0].ReplyBy > page[1].ReplyBy || page[1].ReplyBy > page[2].ReplyBy || page[2].Name != "Zoë Ash" || page[2].Owner != "amina" {
				t.Errorf("page by page: %+v", page)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
