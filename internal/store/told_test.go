package store

import (
	"context"
	"slices"
	"testing"

	"weald/domain/casework"
)

// Events of a kind are found whoever they are of, those corrected since among
// them, and no others.
func TestEventsOfAKind(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		entry := func(line string) Entry { return Entry{Entry: casework.Entry{Event: event(t, line)}} }
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for id, lines := range map[ChildID][]string{
				"a": {"2026-09-07 phase-transfer-due kind=school on=2027-09-01", "2026-10-01 review-meeting-held", "2026-09-08 phase-transfer-due kind=school on=2028-09-01"},
				"b": {"2026-09-01 phase-transfer-due kind=post-16 on=2027-09-01"},
				"c": {"2026-09-07 review-meeting-held"},
			} {
				if err := tx.AddChild(ctx, &Child{ID: id, Surname: string(id), Forename: "A"}); err != nil {
					return err
				}
				for _, line := range lines {
					if err := tx.AddEvents(ctx, id, []Entry{entry(line)}); err != nil {
						return err
					}
				}
			}
			struck := entry("2026-09-07 phase-transfer-due kind=school on=2027-09-01")
			struck.Replaces, struck.Struck = 1, true
			return tx.AddEvents(ctx, "a", []Entry{struck})
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			var found []string
			err := tx.EventsOfKind(ctx, casework.PhaseTransferDue, func(id ChildID, e *casework.Event) error {
				found = append(found, string(id)+" "+e.Get("on"))
				return nil
			})
			if want := []string{"a 2027-09-01", "a 2028-09-01", "b 2027-09-01"}; !slices.Equal(found, want) {
				t.Errorf("found %q, want %q", found, want)
			}
			return err
		})
	})
}
