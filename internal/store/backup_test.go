package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/testkit/postgres"

	"github.com/google/go-cmp/cmp"
)

var keeper = access.User{ID: "weald", Name: "Weald", Role: access.Program}

// fill puts a little of everything into a record.
func fill(t testing.TB, db *DB, children int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *Tx) error {
		err := errors.Join(tx.AddTeam(ctx, "t1", "East"), tx.AddLoad(ctx, &Load{ID: "l1", Name: "x", Digest: "d", Year: 2026, Authority: "999"}))
		for i := range children {
			id := ChildID(fmt.Sprintf("c%03d", i))
			err = errors.Join(err,
				tx.AddChild(ctx, &Child{ID: id, Surname: "O’Neill <&>", Forename: "Zoë\n", Team: "East", LoadID: "l1"}),
				tx.AddEvents(ctx, id, []Entry{{Entry: casework.Entry{Event: event(t, "2026-09-07 request-received source=parent")}, Provenance: "line 1"}}),
				tx.AddFacts(ctx, id, []Fact{{"Need", "ASD", "line 2"}}),
				tx.AddDocument(ctx, &Document{ID: "d" + string(id), Child: id, Event: 1, Name: "Zoë’s plan.pdf", Type: "application/pdf", Label: "PDF", Size: 1, Digest: "d"}),
				tx.AddPlan(ctx, &PlanVersion{ID: "p" + string(id), Child: id, Version: 1, Template: "t/1", Stage: "draft"}, []PlanPart{{Part: "F", Body: "Zoë"}}),
				tx.SetCase(ctx, id, &casework.Standing{}, []Duty{{Rule: "B06", Process: "Request", Nature: "deadline", Due: day(t, "2027-01-25"), Next: true}}))
		}
		return err
	})
}

func backup(t testing.TB, db *DB) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := db.Backup(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// everything is the record's rows as a backup writes them, without what only
// restoring added.
func everything(t testing.TB, db *DB) []string {
	t.Helper()
	var lines []string
	ctx := context.Background()
	for _, table := range tables {
		what, by := "*", "1, 2"
		switch table { // stamps are each record's own
		case "cases":
			what = "child_id, stage, stage_on, asked_on, issued_on, last_kind, last_on, events"
		case "changes":
			what, by = "what", "1"
		}
		rows, err := db.read.QueryContext(ctx, "SELECT "+what+" FROM "+table+" ORDER BY "+by)
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values, at := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				at[i] = &values[i]
			}
			if err := rows.Scan(at...); err != nil {
				t.Fatal(err)
			}
			if line := fmt.Sprint(table, values); !strings.Contains(line, "restored a backup") {
				lines = append(lines, line)
			}
		}
		_ = rows.Close()
	}
	return lines
}

// A backup taken from one engine and restored into either is the same record.
func TestBackupAndRestore(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		fill(t, db, 20)
		saved := backup(t, db)
		for engine, where := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "again.db"), "postgres": postgres.Fresh(t)} {
			again, err := Open(context.Background(), where)
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			n, err := again.Restore(context.Background(), keeper, bytes.NewReader(saved))
			if err != nil || n == 0 {
				t.Fatalf("into %s: %d rows, %v", engine, n, err)
			}
			if d := cmp.Diff(everything(t, db), everything(t, again)); d != "" {
				t.Errorf("into %s: %s", engine, d)
			}
			if _, err := again.Restore(context.Background(), keeper, bytes.NewReader(saved)); !errors.Is(err, ErrNotEmpty) {
				t.Errorf("restored over a record: %v", err)
			}
		}
	})
}

// A backup taken while others write holds whole changes only.
func TestBackupWhileWriting(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		fill(t, db, 5)
		stop, stopped := make(chan bool), make(chan error)
		go func() {
			ctx := context.Background()
			for i := 0; ; i++ {
				select {
				case <-stop:
					stopped <- nil
					return
				default:
				}
				id := ChildID(fmt.Sprintf("w%05d", i))
				err := db.Write(ctx, officer, func(tx *Tx) error { // a child and their event, together
					return errors.Join(tx.AddChild(ctx, &Child{ID: id, Surname: "A", Forename: "B"}),
						tx.AddEvents(ctx, id, []Entry{{Entry: casework.Entry{Event: casework.Happened(casework.RequestReceived, day(t, "2026-09-07"))}}}),
						tx.Audit(ctx, "added", string(id), ""))
				})
				if err != nil {
					stopped <- err
					return
				}
			}
		}()
		for i := range 3 {
			saved := backup(t, db)
			again, err := Open(context.Background(), filepath.Join(t.TempDir(), fmt.Sprint(i, ".db")))
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			if _, err := again.Restore(context.Background(), keeper, bytes.NewReader(saved)); err != nil {
				t.Fatal(err)
			}
			var children, events, audits int
			count := func(table, where string) (n int) {
				if err := again.read.QueryRow("SELECT count(*) FROM " + table + where).Scan(&n); err != nil {
					t.Fatal(err)
				}
				return n
			}
			children, events, audits = count("children", ""), count("events", ""), count("audit", " WHERE act = 'added'")
			if children != events || audits != children-5 {
				t.Errorf("%d children, %d events, %d audit entries", children, events, audits)
			}
		}
		close(stop)
		if err := <-stopped; err != nil {
			t.Error(err)
		}
	})
}

// A damaged backup is refused whole.
func TestDamagedBackup(t *testing.T) {
	db, err := Open(context.Background(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	fill(t, db, 50)
	whole := backup(t, db)
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for name, bad := range map[string][]byte{
		"cut short": whole[:len(whole)/2], "one bit changed": flipped, "empty": nil, "another file": []byte("hello"),
	} {
		again, err := Open(context.Background(), filepath.Join(t.TempDir(), "again.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if _, err := again.Restore(context.Background(), keeper, bytes.NewReader(bad)); err == nil {
			t.Errorf("%s: restored", name)
		}
		if left := everything(t, again); len(left) > 0 {
			t.Errorf("%s: left %d rows behind", name, len(left))
		}
	}
}

// No table is forgotten by backups.
func TestBackupHoldsEveryTable(t *testing.T) {
	db, err := Open(context.Background(), filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.read.Query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' AND name NOT IN ('sessions', 'signins', 'codes', 'code_asks', 'sealing', 'worked_out', 'held_returns')`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		n++
		if !strings.Contains(" "+strings.Join(tables, " ")+" ", " "+name+" ") {
			t.Errorf("%s is not backed up: add it to tables, or say why not", name)
		}
	}
	if n != len(tables) {
		t.Errorf("%d tables, %d backed up", n, len(tables))
	}
}
