package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/casework"
	"weald/internal/testkit/postgres"
)

// TestMain lets the test program be the one that is killed: see
// TestKilledWriterLosesNothing.
func TestMain(m *testing.M) {
	if where := os.Getenv("WEALD_WRITE_UNTIL_KILLED"); where != "" {
		writeUntilKilled(where)
	}
	os.Exit(m.Run())
}

// writeUntilKilled records children and their events one by one, and says of
// each that it is kept only after it is.
func writeUntilKilled(where string) {
	ctx := context.Background()
	db, err := Open(ctx, where)
	if err != nil {
		panic(err)
	}
	on, _ := casework.ParseEvent("2026-09-07 request-received source=parent")
	for i := 0; ; i++ {
		id := ChildID(fmt.Sprintf("k%d-%06d", os.Getpid(), i))
		err := db.Write(ctx, officer, func(tx *Tx) error {
			return errors.Join(tx.AddChild(ctx, &Child{ID: id, Surname: "A", Forename: "B"}),
				tx.AddEvents(ctx, id, []Entry{{Entry: casework.Entry{Event: on}}}), tx.Audit(ctx, "added", string(id), ""))
		})
		if err != nil {
			panic(err)
		}
		fmt.Println(id)
	}
}

// A program killed while it records loses nothing that it said was kept, and
// leaves nothing half done.
func TestKilledWriterLosesNothing(t *testing.T) {
	for engine, where := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "record.db"), "postgres": postgres.Fresh(t)} {
		t.Run(engine, func(t *testing.T) {
			said := map[ChildID]bool{}
			for life := range 3 { // the same record, killed again and again
				cmd := exec.Command(os.Args[0])
				cmd.Env = append(os.Environ(), "WEALD_WRITE_UNTIL_KILLED="+where)
				out, err := cmd.StdoutPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				n := 0
				for lines := bufio.NewScanner(out); lines.Scan(); n++ {
					said[ChildID(strings.TrimSpace(lines.Text()))] = true
					if n == 100+37*life { // in the middle of the stream, wherever it then is
						if err := cmd.Process.Kill(); err != nil {
							t.Fatal(err)
						}
					}
				}
				_ = cmd.Wait() // it was killed
				if n <= 100 {
					t.Fatalf("the writer ended by itself after %d changes", n)
				}
				check(t, where, said, life+1)
			}
		})
	}
}

// check compares the record with what was said to be kept. Each life may have
// kept one change more, the one it was killed before saying.
func check(t *testing.T, where string, said map[ChildID]bool, lives int) {
	t.Helper()
	db, err := Open(context.Background(), where)
	if err != nil {
		t.Fatalf("the record does not open after the kill: %v", err)
	}
	defer db.Close()
	kept := map[ChildID]bool{}
	read(t, db, func(ctx context.Context, tx *Tx) error {
		return tx.Journals(ctx, func(id ChildID, j casework.Journal) error { kept[id] = len(j) == 1; return nil })
	})
	for id := range said {
		if !kept[id] {
			t.Errorf("%s was said to be kept and is not there", id)
		}
	}
	var children, audits int
	if err := db.read.QueryRow("SELECT (SELECT count(*) FROM children), (SELECT count(*) FROM audit)").Scan(&children, &audits); err != nil {
		t.Fatal(err)
	}
	if children != len(kept) || audits != children || len(kept) > len(said)+lives {
		t.Errorf("%d children, %d with events, %d audit entries; %d were said", children, len(kept), audits, len(said))
	}
	t.Logf("%d kept, %d said", len(kept), len(said))
}
