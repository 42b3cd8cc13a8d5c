package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"weald/internal/testkit/postgres"
)

// audited writes so many entries, by several at once.
func audited(t *testing.T, db *DB, n int) {
	t.Helper()
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			err := db.Write(context.Background(), officer, func(tx *Tx) error {
				return errors.Join(tx.Audit(From(context.Background(), "192.0.2.1"), "opened the case", fmt.Sprint("c", i%5), fmt.Sprint("words ", i)),
					tx.Audit(context.Background(), "added a note", fmt.Sprint("c", i%5), ""))
			})
			if err != nil {
				t.Error(err)
			}
		})
		if i%7 == 0 { // some fail, and leave nothing
			_ = db.Write(context.Background(), officer, func(tx *Tx) error {
				_ = tx.Audit(context.Background(), "failed", "c1", "")
				return errors.New("it is not done")
			})
		}
	}
	all.Wait()
}

func verify(t *testing.T, db *DB, kept []Head) *AuditReport {
	t.Helper()
	r, err := db.VerifyAudit(context.Background(), kept)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func onlyOne(t *testing.T, r *AuditReport, what string, words ...string) {
	t.Helper()
	if len(r.Wrong) == 0 {
		t.Errorf("%s is not found", what)
		return
	}
	said := fmt.Sprintf("%s %s %s: %s", r.Wrong[0].Entry.At, r.Wrong[0].Entry.By, r.Wrong[0].Entry.Act, r.Wrong[0].What)
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("%s: %q does not say %q", what, said, w)
		}
	}
}

// What is done to the audit behind the program's back is found, and the entry is
// named: on either engine, though many write at once, fail, and go away.
func TestTamperingWithTheAuditIsFound(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		audited(t, db, 40)
		whole := verify(t, db, nil)
		if len(whole.Wrong) != 0 || whole.Entries != 80 {
			t.Fatalf("before anything is done: %+v", whole)
		}
		// a line with several entries, and one in its middle
		var line string
		var n int
		for _, h := range whole.Heads {
			if h.N > n {
				line, n = h.Line, h.N
			}
		}
		if n < 4 {
			t.Fatalf("the longest line has %d entries", n)
		}
		behind := func(query string, args ...any) {
			t.Helper()
			err := db.make(ctx, officer, false, func(tx *Tx) error { _, err := tx.tx.ExecContext(ctx, query, args...); return err })
			if err != nil {
				t.Fatal(err)
			}
		}
		undo := func(do string, args ...any) func(string, ...any) {
			behind(`CREATE TABLE kept AS SELECT * FROM audit`)
			behind(do, args...)
			return func(what string, words ...any) {
				t.Helper()
				var all []string
				for _, w := range words {
					all = append(all, fmt.Sprint(w))
				}
				onlyOne(t, verify(t, db, whole.Heads), what, all...)
				for _, q := range []string{`DELETE FROM audit`, `INSERT INTO audit SELECT * FROM kept`, `DROP TABLE kept`} {
					behind(q)
				}
			}
		}
		for column, value := range map[string]string{"detail": "other words", "act": "did something else", "by_name": "Somebody Else", "by_id": "else", "subject": "c9", "at": "2020-01-01T00:00:00.000000Z", "role": "manager", "place": "elsewhere"} {
			undo(`UPDATE audit SET `+column+` = $1 WHERE line = $2 AND n = 2`, value, line)("an edit of "+column, "was changed", "number 2")
		}
		undo(`UPDATE audit SET detail = '', salt = '' WHERE line = $1 AND n = 3`, line)("words that were taken away", "lost its words", "number 3")
		undo(`DELETE FROM audit WHERE line = $1 AND n = 1`, line)("a first entry taken away", "1 before it were taken away")
		undo(`DELETE FROM audit WHERE line = $1 AND n = 2`, line)("a middle entry taken away", "follows number 1", "1 between them")
		undo(`DELETE FROM audit WHERE line = $1 AND n = $2`, line, n)("a last entry taken away", "which had come to number", n)
		undo(`DELETE FROM audit WHERE line = $1`, line)("a line taken away", line, "is gone")
		undo(`UPDATE audit SET n = CASE WHEN n = 2 THEN 3 ELSE 2 END WHERE line = $1 AND n IN (2, 3)`, line)("two that changed places", "was changed")
		undo(`INSERT INTO audit (id, at, by_id, by_name, act, subject, detail, line, n, link) VALUES ('x', '2030-01-01T00:00:00.000000Z', 'x', 'X', 'put in', 'c1', '', $1, 2, '')`, line)("one put in", "one of the two was put in")
		undo(`INSERT INTO audit (id, at, by_id, by_name, act, subject, detail) VALUES ('x', '2030-01-01T00:00:00.000000Z', 'x', 'X', 'put in', 'c1', '')`)("one put in beside", "not written by the program")
		undo(`UPDATE audit SET detail = '', digest = '', salt = '' WHERE line = $1 AND n = 2`, line)("words taken away, without an erasure", "lost its words")
		behind(`INSERT INTO erasures (record, at, by_name, rule, reason, rows, files) SELECT subject, '2035-01-01T00:00:00.000000Z', 'x', 'x', 'x', 1, 0 FROM audit WHERE line = $1 AND n = 2`, line)
		undo(`UPDATE audit SET detail = '', salt = '' WHERE line = $1 AND n = 2`, line)("an erasure that was forged", "lost its words")
		if r := verify(t, db, whole.Heads); len(r.Wrong) != 0 {
			t.Errorf("after all was put back: %+v", r.Wrong)
		}
		// Heads that are written into the audit itself do what heads kept elsewhere do.
		write(t, db, func(ctx context.Context, tx *Tx) error { _, err := tx.Checkpoint(ctx); return err })
		audited(t, db, 3)
		write(t, db, func(ctx context.Context, tx *Tx) error { _, err := tx.Checkpoint(ctx); return err })
		if r := verify(t, db, nil); len(r.Wrong) != 0 {
			t.Errorf("with checkpoints: %+v", r.Wrong)
		}
		behind(`DELETE FROM audit WHERE line = $1 AND n = $2`, line, n)
		if r := verify(t, db, nil); len(r.Wrong) == 0 {
			t.Error("an end that was cut off before a checkpoint is not found")
		}
	})
}

// An entry from before entries were linked cannot be put in, taken away or changed
// once the audit has checked itself.
func TestEntriesFromBeforeLinksAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		behind := func(query string) {
			t.Helper()
			err := db.make(context.Background(), officer, false, func(tx *Tx) error { _, err := tx.tx.ExecContext(context.Background(), query); return err })
			if err != nil {
				t.Fatal(err)
			}
		}
		old := `INSERT INTO audit (id, at, by_id, by_name, act, subject, detail) VALUES ('%s', '2020-01-01T00:00:00.000000Z', 'u', 'U', 'opened the case', 'c1', '')`
		behind(fmt.Sprintf(old, "one"))
		audited(t, db, 3)
		write(t, db, func(ctx context.Context, tx *Tx) error { _, err := tx.Checkpoint(ctx); return err })
		if r := verify(t, db, nil); len(r.Wrong) != 0 || r.Before != 1 {
			t.Fatalf("%+v", r)
		}
		behind(fmt.Sprintf(old, "two"))
		onlyOne(t, verify(t, db, nil), "one put in", "are 2 now")
		behind(`DELETE FROM audit WHERE line = ''`)
		onlyOne(t, verify(t, db, nil), "all taken away", "are 0 now")
	})
}

// A record that is erased takes its words out of the audit, which verifies all
// the same; and so does a record that was backed up and restored, and gone on
// with.
func TestLawfulErasureAndRestoringVerify(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		write(t, db, func(ctx context.Context, tx *Tx) error {
			return tx.AddChild(ctx, &Child{ID: "c1", Surname: "S", Forename: "F"})
		})
		audited(t, db, 20)
		write(t, db, func(ctx context.Context, tx *Tx) error {
			_, err := tx.Erase(ctx, "c1", "rule", "due", 0)
			return errors.Join(err, tx.Audit(ctx, "erased the record", "c1", "1 row"))
		})
		r := verify(t, db, nil)
		if len(r.Wrong) != 0 || r.Erased == 0 {
			t.Fatalf("%+v", r)
		}
		read(t, db, func(ctx context.Context, tx *Tx) error {
			entries, err := tx.AuditOf(ctx, "c1", 100, 0)
			for _, e := range entries {
				if strings.Contains(e.Detail, "words") {
					t.Errorf("its words are left: %+v", e)
				}
			}
			return err
		})
		var kept bytes.Buffer
		if _, err := db.Backup(context.Background(), &kept); err != nil {
			t.Fatal(err)
		}
		for _, where := range []string{filepath.Join(t.TempDir(), "other.db"), postgres.Fresh(t)} {
			other, err := Open(context.Background(), where)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := other.Restore(context.Background(), officer, bytes.NewReader(kept.Bytes())); err != nil {
				t.Fatal(err)
			}
			audited(t, other, 5)
			again := verify(t, other, r.Heads)
			if len(again.Wrong) != 0 || again.Entries <= r.Entries {
				t.Errorf("restored: %+v", again)
			}
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestHeadsAreReadAsTheyAreWritten(t *testing.T) {
	heads := []Head{{"ABCDEFGHIJKL", 12, "x/y+z"}, {"MNOPQRSTUVWX", 1, "d"}}
	got, err := ParseHeads(heads[0].String() + "\n\n" + heads[1].String() + "\n")
	if err != nil || len(got) != 2 || got[0] != heads[0] || got[1] != heads[1] {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range []string{"A 1", "A one d", "A 1 d e"} {
		if _, err := ParseHeads(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
