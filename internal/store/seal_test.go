package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/privacy"
)

func keys(t testing.TB, text ...string) *Keys {
	t.Helper()
	k, err := ParseKeys(strings.Join(text, ","))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const sensitive = "Zq7-told-to-nobody"

// sensitiveChild is a child of whom every sealed field is filled.
func sensitiveChild(t testing.TB, db *DB, id ChildID) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx *Tx) error {
		return errors.Join(
			tx.AddChild(ctx, &Child{ID: id, Surname: "Hughes"}),
			tx.SetContacts(ctx, id, []Contact{{Name: "Nadia", Address: sensitive + " address", Postcode: sensitive + " post", Needs: sensitive + " needs"}}),
			tx.AddNote(ctx, id, sensitive+" note"),
			tx.AddWithholding(ctx, id, &privacy.Withholding{Words: sensitive + " words", Why: sensitive + " why", Ground: "third-party"}))
	})
}

// readSensitive reads all of it back, the usual way and as what is kept about the
// child.
func readSensitive(t testing.TB, db *DB, id ChildID) {
	t.Helper()
	read(t, db, func(ctx context.Context, tx *Tx) error {
		contacts, err := tx.Contacts(ctx, id)
		if err != nil || contacts[0].Address != sensitive+" address" || contacts[0].Postcode != sensitive+" post" || contacts[0].Needs != sensitive+" needs" {
			t.Errorf("%+v %v", contacts, err)
		}
		notes, err := tx.Notes(ctx, id)
		if err != nil || notes[0].Body != sensitive+" note" {
			t.Errorf("%+v %v", notes, err)
		}
		marks, err := tx.Withholdings(ctx, id)
		if err != nil || marks[0].Words != sensitive+" words" || marks[0].Why != sensitive+" why" {
			t.Errorf("%+v %v", marks, err)
		}
		all, err := tx.About(ctx, id)
		if err != nil {
			return err
		}
		n := 0
		for _, h := range all {
			for _, row := range h.Rows {
				for _, f := range h.Fields {
					if f.Seal && strings.HasPrefix(row[f.Name], sensitive) {
						n++
					}
				}
			}
		}
		if n != 6 {
			t.Errorf("%d sealed fields are told to whom they are about, want 6", n)
		}
		return nil
	})
}

// plainRows counts the values of sealed columns that stand in plain text.
func plainRows(t testing.TB, db *DB) (n int) {
	t.Helper()
	for _, s := range sealedTables {
		for _, c := range s.columns {
			var one int
			if err := db.read.QueryRow(`SELECT count(*) FROM `+s.name+` WHERE `+c+` LIKE $1`, "%"+sensitive+"%").Scan(&one); err != nil {
				t.Fatal(err)
			}
			n += one
		}
	}
	return n
}

// Whatever is marked as sealed is written sealed and read as it was; the key is
// changed while others read; and without the keys nothing opens.
func TestSealAndRotate(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		one, two := NewKey("one"), NewKey("two")
		sensitiveChild(t, db, "before") // there were no keys yet
		if err := db.Unlock(ctx, keys(t, one)); err != nil {
			t.Fatal(err)
		}
		sensitiveChild(t, db, "after")
		readSensitive(t, db, "before")
		readSensitive(t, db, "after")
		if n := plainRows(t, db); n != 6 {
			t.Errorf("%d values in plain text, want those from before the keys", n)
		}
		if n, err := db.Rotate(ctx, officer); err != nil || n != 3 {
			t.Fatalf("%d rows: %v", n, err)
		}
		if n := plainRows(t, db); n != 0 {
			t.Errorf("%d values in plain text", n)
		}
		readSensitive(t, db, "before")

		// A new key first, the old one still there: old values are read.
		if err := db.Unlock(ctx, keys(t, two, one)); err != nil {
			t.Fatal(err)
		}
		readSensitive(t, db, "after")
		if err := db.Unlock(ctx, keys(t, two)); !errors.Is(err, ErrUnknownKey) {
			t.Errorf("the old key was let go too soon: %v", err)
		}
		if err := db.Unlock(ctx, nil); !errors.Is(err, ErrUnknownKey) {
			t.Errorf("opened without keys: %v", err)
		}
		if err := db.Unlock(ctx, keys(t, NewKey("one"), two)); err == nil {
			t.Error("another key of the same name was taken")
		}
		if n, err := db.Rotate(ctx, officer); err != nil || n != 6 {
			t.Errorf("%d rows: %v", n, err)
		}
		if n, err := db.Rotate(ctx, officer); err != nil || n != 0 {
			t.Errorf("again: %d rows: %v", n, err)
		}
		if err := db.Unlock(ctx, keys(t, two)); err != nil {
			t.Errorf("the old key is still asked for: %v", err)
		}
		readSensitive(t, db, "before")

		// A value opens only where it was sealed.
		write(t, db, func(ctx context.Context, tx *Tx) error {
			_, err := tx.tx.ExecContext(ctx, `UPDATE notes SET body = (SELECT body FROM notes WHERE child_id = 'before') WHERE child_id = 'after'`)
			return err
		})
		if err := db.Read(ctx, func(tx *Tx) error { _, err := tx.Notes(ctx, "after"); return err }); err == nil {
			t.Error("a note that was moved to another child opened")
		}
	})
}

// A rotation that is stopped goes on where it was.
func TestRotationGoesOn(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		ctx := context.Background()
		write(t, db, func(ctx context.Context, tx *Tx) error {
			if err := tx.AddChild(ctx, &Child{ID: "c", Surname: "Hughes"}); err != nil {
				return err
			}
			for range rotatedTogether + 20 {
				if err := tx.AddNote(ctx, "c", sensitive); err != nil {
					return err
				}
			}
			return nil
		})
		if err := db.Unlock(ctx, keys(t, NewKey("one"))); err != nil {
			t.Fatal(err)
		}
		write(t, db, func(ctx context.Context, tx *Tx) error { // as much as was done before it was stopped
			for i := range sealedTables {
				if sealedTables[i].name == "notes" {
					_, err := tx.rotate(ctx, &sealedTables[i])
					return err
				}
			}
			return nil
		})
		if n := plainRows(t, db); n != 20 {
			t.Fatalf("%d left in plain text, want 20", n)
		}
		read(t, db, func(ctx context.Context, tx *Tx) error { _, err := tx.Notes(ctx, "c"); return err })
		if n, err := db.Rotate(ctx, officer); err != nil || n != 20 {
			t.Errorf("%d rows: %v", n, err)
		}
	})
}

// Whoever has the file has nothing of what is sealed, though it was plain before.
func TestTheFileTellsNothing(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "record.db")
	db, err := Open(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	holds := func() (found bool) {
		for _, end := range []string{"", "-wal"} {
			raw, err := os.ReadFile(file + end)
			if err != nil && end == "" {
				t.Fatal(err)
			}
			found = found || bytes.Contains(raw, []byte(sensitive))
		}
		return found
	}
	sensitiveChild(t, db, "before")
	if !holds() {
		t.Error("the test looks in the wrong place")
	}
	if err := db.Unlock(ctx, keys(t, NewKey("one"))); err != nil {
		t.Fatal(err)
	}
	sensitiveChild(t, db, "after")
	if _, err := db.Rotate(ctx, officer); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the file tells what is sealed")
	}
	readSensitive(t, db, "before")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the closed file tells what is sealed")
	}
}

// A backup of sealed fields is restored only with their keys, and tells nothing.
func TestSealedBackup(t *testing.T) {
	ctx := context.Background()
	one := NewKey("one")
	from, err := Open(ctx, filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	if err := from.Unlock(ctx, keys(t, one)); err != nil {
		t.Fatal(err)
	}
	sensitiveChild(t, from, "a")
	var backup bytes.Buffer
	if _, err := from.Backup(ctx, &backup); err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct {
		keys *Keys
		ok   bool
	}{{nil, false}, {keys(t, NewKey("two")), false}, {keys(t, NewKey("two"), one), true}} {
		to, err := Open(ctx, filepath.Join(t.TempDir(), "other.db"))
		if err != nil {
			t.Fatal(err)
		}
		if err := to.Unlock(ctx, v.keys); err != nil {
			t.Fatal(err)
		}
		_, err = to.Restore(ctx, officer, bytes.NewReader(backup.Bytes()))
		if (err == nil) != v.ok || !v.ok && !errors.Is(err, ErrUnknownKey) {
			t.Errorf("%s: %v", v.keys.Current(), err)
		}
		if v.ok {
			readSensitive(t, to, "a")
		}
		_ = to.Close()
	}
}

func TestKeysThatAreNone(t *testing.T) {
	good := NewKey("a-1")
	for _, bad := range []string{"a", "a:", "a:AAAA", ":" + strings.SplitN(good, ":", 2)[1], "A:" + strings.SplitN(good, ":", 2)[1], good + "," + good, "a b"} {
		if k, err := ParseKeys(bad); err == nil {
			t.Errorf("%q was taken: %v", bad, k.Current())
		} else if strings.Contains(err.Error(), strings.SplitN(good, ":", 2)[1]) {
			t.Errorf("the error tells a key: %v", err)
		}
	}
	if k, err := ParseKeys(" \n"); k != nil || err != nil {
		t.Errorf("%v %v", k, err)
	}
	if k := keys(t, "\n"+good+"\n"+NewKey("b")+"\n"); k.Current() != "a-1" {
		t.Errorf("%q", k.Current())
	}
}
