package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/privacy"
)

// Every table of the record is about children, with words for each of its
// columns, or is on the list of those that are not, with a reason. What refers
// to a child is about one.
func TestEverythingAboutAChildIsKnown(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		names := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
		if db.file == "" {
			names = `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
		}
		var all []string
		rows, err := db.read.QueryContext(ctx, names)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			if name != "goose_db_version" {
				all = append(all, name)
			}
		}
		if err := rows.Err(); err != nil || len(all) < 15 {
			t.Fatalf("%d tables: %v", len(all), err)
		}
		for _, table := range all {
			rows, err := db.read.QueryContext(ctx, "SELECT * FROM "+table+" LIMIT 0")
			if err != nil {
				t.Fatal(err)
			}
			columns, err := rows.Columns()
			_ = rows.Close()
			if err != nil {
				t.Fatal(err)
			}
			h := privacy.HoldingOf(table)
			why, not := privacy.NotAbout[table]
			switch {
			case h == nil && !not:
				t.Errorf("the table %s is unknown: say what it holds of a child in privacy.Holdings (and how it is found in about), or why it is about none in privacy.NotAbout", table)
			case h != nil && not:
				t.Errorf("%s is said to be about a child and about none", table)
			case not && (why == "" || slices.Contains(columns, "child_id")):
				t.Errorf("%s refers to a child, or has no reason not to", table)
			case h != nil:
				if about[table] == "" {
					t.Errorf("%s: say in about how a child's rows are found", table)
				}
				for _, c := range columns {
					if f := h.Field(c); f == nil || f.Label == "" || f.Class == "" {
						t.Errorf("%s.%s has no words in privacy.Holdings", table, c)
					}
				}
				if len(h.Fields) != len(columns) || h.Field(strings.Fields(h.Key)[0]) == nil || h.Title == "" || h.About == "" || h.Why == "" {
					t.Errorf("%s: %d fields for %d columns, or something is not said", table, len(h.Fields), len(columns))
				}
			}
		}
		for _, h := range privacy.Holdings {
			if !slices.Contains(all, h.Table) {
				t.Errorf("there is no table %s", h.Table)
			}
		}
		for table := range privacy.NotAbout {
			if !slices.Contains(all, table) {
				t.Errorf("there is no table %s", table)
			}
		}
	})
}

// What is asked of one child holds all of theirs and nothing of another's.
func TestAbout(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for _, id := range []ChildID{"a", "b"} {
				if err := tx.AddChild(ctx, &Child{ID: id, Surname: "Of " + string(id), Born: calendar.On(2015, 1, 2)}); err != nil {
					return err
				}
				if err := tx.SetContacts(ctx, id, []Contact{{Name: "Parent of " + string(id), Address: "1 High Street", Responsibility: true}}); err != nil {
					return err
				}
				if err := tx.AddNote(ctx, id, "Note on "+string(id)); err != nil {
					return err
				}
				w := privacy.Withholding{Words: "Smith", Ground: "third-party", Why: "A neighbour"}
				if err := tx.AddWithholding(ctx, id, &w); err != nil {
					return err
				}
				if err := tx.Audit(ctx, "added", string(id), ""); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			all, err := tx.About(ctx, "a")
			if err != nil {
				return err
			}
			got := map[string]int{}
			for _, h := range all {
				got[h.Table] = len(h.Rows)
				for _, row := range h.Rows {
					for name, v := range row {
						if v == "b" || v == "Of b" || v == "Note on b" || v == "Parent of b" {
							t.Errorf("%s.%s is another child's", h.Table, name)
						}
					}
				}
			}
			if got["children"] != 1 || got["contacts"] != 1 || got["notes"] != 1 || got["withholdings"] != 1 || got["audit"] != 1 {
				t.Errorf("%v", got)
			}
			if _, err := tx.About(ctx, "nobody"); err != ErrNotFound {
				t.Errorf("nobody: %v", err)
			}
			return nil
		})
	})
}
