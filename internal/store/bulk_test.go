package store

import (
	"context"
	"errors"
	"testing"

	"weald/domain/access"
	"weald/domain/casework"

	"github.com/google/go-cmp/cmp"
)

// Children written many at a time are as they would be one by one.
func TestBulkIsTheSameAsOneByOne(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		born := day(t, "2012-02-29")
		event := func(line string) casework.Entry { return casework.Entry{Event: event(t, line)} }
		full := Newcomer{
			Child: Child{ID: "a", Surname: "Ní Dhomhnaill", Forename: "Zoë", Born: born, UPN: "A1", ULN: "2", Team: "East", LoadID: "load", NHS: "9990000018",
				Reference: "WM-1", Sex: "F", Postcode: "WM1 1AA", District: "Aldermere", Need: "ASD", Setting: "s1", Officer: "amina"},
			Facts:    []Fact{{"Place", "In a SEN unit", "line 3"}, {"Ethnicity", "", ""}},
			Contacts: []Contact{{Name: "Ann", Relation: "mother", Responsibility: true, Email: "a@example.org", Phone: "07700 900123", Address: "1 Mill Lane", Postcode: "WM1 1AA", Language: "Tamil", Needs: "large print"}},
			Entries: []Entry{
				{Entry: event("2026-09-07 request-received source=parent"), Provenance: "line 4"},
				{Entry: casework.Entry{Event: event("2026-09-08 request-received source=school").Event, Replaces: 1}, At: "2026-09-09T10:11:12.000000Z", By: "Tom Okafor"},
			},
			Standing: casework.Standing{Stage: casework.RequestStage, On: day(t, "2026-09-08"), Asked: day(t, "2026-09-08"), Last: casework.RequestReceived, LastOn: day(t, "2026-09-08"), Events: 1, Route: casework.FromParent, Marks: "BdAAAQ"},
			Duties: []Duty{
				{Rule: "A02", Process: "assessment", Nature: "deadline", Binding: true, Due: day(t, "2026-10-20"), Next: true},
				{Rule: "B02", Of: "Health", Process: "assessment", Nature: "deadline", Excused: true, Due: day(t, "2026-10-21")},
			},
		}
		bare := Newcomer{Child: Child{ID: "b", Surname: "Nobody", Team: "No such team"}}
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return errors.Join(tx.AddTeam(ctx, "t1", "East"), tx.AddLoad(ctx, &Load{ID: "load", Digest: "d"}),
				tx.SetPerson(ctx, &Person{ID: "amina", Name: "Amina Yusuf", Role: string(access.Officer)}), tx.SetSetting(ctx, &Setting{ID: "s1", Name: "Oak"}),
				tx.AddBulk(ctx, NewBulk([]Newcomer{full, bare})))
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			c := full.Child
			c.ID, c.Reference = "c", ""
			return errors.Join(tx.AddChild(ctx, &c), tx.AddFacts(ctx, "c", full.Facts), tx.SetContacts(ctx, "c", full.Contacts), tx.AddEvents(ctx, "c", full.Entries),
				tx.SetCase(ctx, "c", &full.Standing, full.Duties))
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			lines := map[ChildID]*Line{}
			if err := tx.Lines(ctx, 0, func(l *Line) error { lines[l.ID] = l; return nil }); err != nil {
				return err
			}
			if got := lines["b"]; got == nil || got.Surname != "Nobody" || got.Team != "" || !got.Born.IsZero() || got.Setting != "" || got.Stage != casework.NoStage {
				t.Errorf("a child of whom nothing is known: %+v", got)
			}
			one, many := *lines["c"], *lines["a"]
			one.ID, one.Reference = "a", "WM-1"
			if diff := cmp.Diff(one, many); diff != "" {
				t.Error("one by one and many at a time:", diff)
			}
			for _, of := range []func(ChildID) (any, error){
				func(id ChildID) (any, error) { return tx.Facts(ctx, id) },
				func(id ChildID) (any, error) { return tx.Contacts(ctx, id) },
			} {
				a, err := of("a")
				if err != nil {
					return err
				}
				c, err := of("c")
				if err != nil {
					return err
				}
				if diff := cmp.Diff(c, a); diff != "" {
					t.Error("one by one and many at a time:", diff)
				}
			}
			journal, err := tx.Journal(ctx, "a")
			if err != nil {
				return err
			}
			if len(journal) != 2 || journal[0].By != officer.Name || journal[0].Provenance != "line 4" || journal[0].Recorded.IsZero() {
				t.Errorf("an entry that is the transaction's: %+v", journal)
			} else if e := journal[1]; e.By != "Tom Okafor" || e.At != "2026-09-09T10:11:12.000000Z" || e.Recorded != day(t, "2026-09-09") || e.Replaces != 1 || e.Seq != 2 {
				t.Errorf("an entry with an instant and a name of its own: %+v", e)
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *Tx) error { return tx.AddBulk(ctx, NewBulk(nil)) })
	})
}
