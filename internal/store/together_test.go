package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"weald/domain/access"
)

// Changes made at the same moment share one wait for the disk. Each is still all
// or nothing by itself: one that fails, panics or is given up takes nothing of
// its neighbours with it, and leaves nothing of its own.
func TestChangesMadeTogether(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		const n = 120
		var all sync.WaitGroup
		before := db.Work()
		errs := make([]error, n)
		panics := make([]any, n)
		wrong := errors.New("wrong")
		for i := range n {
			all.Go(func() {
				defer func() { panics[i] = recover() }()
				ctx := context.Background()
				if i%5 == 4 {
					given, up := context.WithCancel(ctx)
					up()
					ctx = given
				}
				id := ChildID(fmt.Sprintf("c%03d", i))
				errs[i] = db.Write(ctx, officer, func(tx *Tx) error {
					if err := errors.Join(tx.AddChild(ctx, &Child{ID: id, Surname: "A", Forename: "B"}), tx.Audit(ctx, "added", string(id), "")); err != nil {
						return err
					}
					switch i % 5 {
					case 1:
						return wrong
					case 2:
						panic("broken")
					case 3:
						return tx.AddChild(ctx, &Child{ID: id, Surname: "A", Forename: "B"}) // twice
					}
					return nil
				})
			})
		}
		all.Wait()
		there := map[ChildID]bool{}
		audited := 0
		err := db.Read(context.Background(), func(tx *Tx) error {
			if err := tx.Children(context.Background(), func(c *Child) error { there[c.ID] = true; return nil }); err != nil {
				return err
			}
			return tx.tx.QueryRowContext(context.Background(), `SELECT count(*) FROM audit`).Scan(&audited)
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if kept := there[ChildID(fmt.Sprintf("c%03d", i))]; kept != (i%5 == 0) {
				t.Errorf("change %d kept: %v", i, kept)
			}
			if bad := errs[i] != nil; bad != (i%5 == 1 || i%5 >= 3) {
				t.Errorf("change %d: %v", i, errs[i])
			}
			if (panics[i] != nil) != (i%5 == 2) {
				t.Errorf("change %d panicked: %v", i, panics[i])
			}
		}
		if audited != n/5 {
			t.Errorf("%d audit entries for %d changes", audited, n/5)
		}
		if w := db.Work(); w.Waiting != 0 || w.Changes-before.Changes != n/5 || w.Commits <= before.Commits || w.Commits-before.Commits > n {
			t.Errorf("%+v, was %+v", w, before)
		}
	})
}

// A record that is closed refuses what still comes, and loses nothing.
func TestClosedRecordRefuses(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		if err := errors.Join(db.Close(), db.Close()); err != nil {
			t.Fatal(err)
		}
		err := db.Write(context.Background(), access.User{ID: "u"}, func(tx *Tx) error { return tx.Audit(context.Background(), "a", "", "") })
		if err == nil {
			t.Error("a closed record took a change")
		}
		if err := db.Read(context.Background(), func(*Tx) error { return nil }); err == nil {
			t.Error("a closed record was read")
		}
	})
}
