package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/correspondence"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/synth"
)

// BenchmarkInbox opens the inbox of an area in which 60,000 messages wait for an
// answer: a page of everybody's, and one officer's late ones, with all four counts.
func BenchmarkInbox(b *testing.B) {
	const waiting = 60_000
	ctx := context.Background()
	today := calendar.On(2026, time.November, 23)
	practice := casework.DefaultPractice()
	area, err := synth.New(synth.Options{Seed: 1, Plans: 1000, Today: today, Practice: practice})
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(ctx, filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	core := app.New(db, practice, func() calendar.Date { return today })
	program := access.User{ID: "bench", Name: "Bench", Role: access.Program}
	if err := (&app.Beginnings{Core: core}).Begin(ctx, program, area.Beginning(), func(int, int) {}); err != nil {
		b.Fatal(err)
	}
	list, err := (&app.Casework{Core: core}).Cases(ctx, program, app.CaseFilter{}, app.SortDue, "")
	if err != nil {
		b.Fatal(err)
	}
	err = db.Write(ctx, program, func(tx *store.Tx) error {
		for n := range waiting {
			id := list.Rows[n%len(list.Rows)].ID
			item := &store.Item{Topic: "when", Sender: correspondence.Parent, Person: fmt.Sprint("Parent ", n)}
			if err := tx.AddItem(ctx, id, item); err != nil {
				return err
			}
			step := &store.ItemStep{Moment: correspondence.Moment{Step: correspondence.Asked, On: today.AddDays(-n % 60)}, Channel: correspondence.Phone, Words: "When?"}
			if err := tx.AddItemStep(ctx, id, item.ID, step, correspondence.Read([]correspondence.Moment{step.Moment}, correspondence.Promise, practice.Holidays)); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "asked", "", "")
	})
	if err != nil {
		b.Fatal(err)
	}
	amina := access.User{ID: "amina", Name: "Amina Yusuf", Role: access.Officer}
	box := &app.Correspondence{Core: core}
	for _, one := range []struct {
		name   string
		filter app.InboxFilter
	}{{"everybody's", app.InboxFilter{}}, {"mine and late", app.InboxFilter{Owner: "amina", Late: true}}} {
		b.Run(one.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := box.Inbox(ctx, amina, one.filter); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
