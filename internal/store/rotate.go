package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"weald/domain/access"
	"weald/domain/privacy"
)

// A sealedTable is a table with sealed columns: each row is known by its child
// and another column.
type sealedTable struct {
	name, key string
	columns   []string
}

// sealedTables is every table with fields that privacy.Holdings marks.
var sealedTables = func() (all []sealedTable) {
	for _, h := range privacy.Holdings {
		s := sealedTable{name: h.Table, key: h.Key}
		for _, f := range h.Fields {
			if f.Seal {
				s.columns = append(s.columns, f.Name)
			}
		}
		if len(s.columns) > 0 {
			all = append(all, s)
		}
	}
	return all
}()

// Unlock gives the record its keys. It refuses when part of the record is sealed
// with a key that is not among them, or with another of the same name.
func (db *DB) Unlock(ctx context.Context, keys *Keys) error {
	type use struct{ id, check string }
	var used []use
	err := db.Read(ctx, func(tx *Tx) error {
		return tx.each(ctx, `SELECT key_id, proof FROM sealing ORDER BY key_id`, nil, func(rows *sql.Rows) error {
			var u use
			err := rows.Scan(&u.id, &u.check)
			used = append(used, u)
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("reading which keys are used: %w", err)
	}
	known := false
	for _, u := range used {
		if _, err := keys.open("sealing", "proof", "", u.check); err != nil {
			return err
		}
		known = known || u.id == keys.Current()
	}
	db.keys = keys
	if keys == nil || known {
		return nil
	}
	return db.make(ctx, access.User{}, false, func(tx *Tx) error { return tx.useKey(ctx, keys.current) })
}

// Sealed reports whether fields are encrypted.
func (db *DB) Sealed() bool { return db.keys != nil }

// useKey notes that values are sealed with a key, with something to try it on.
func (t *Tx) useKey(ctx context.Context, id string) error {
	with := &Keys{current: id, each: t.keys.each}
	const note = `INSERT INTO sealing (key_id, proof, at) VALUES ($1, $2, $3) ON CONFLICT (key_id) DO NOTHING`
	if _, err := t.tx.ExecContext(ctx, note, id, with.seal("sealing", "proof", "", "weald"), instant(t.at)); err != nil {
		return fmt.Errorf("noting which key is used: %w", err)
	}
	return nil
}

// keysInUse returns the IDs of the keys by which any value is sealed.
func (t *Tx) keysInUse(ctx context.Context) (map[string]bool, error) {
	used := map[string]bool{}
	for _, s := range sealedTables {
		for _, c := range s.columns {
			q := `SELECT DISTINCT substr(` + c + `, 1, 60) FROM ` + s.name + ` WHERE ` + c + ` LIKE $1`
			err := t.each(ctx, q, []any{sealMark + "%"}, func(rows *sql.Rows) error {
				var begins string
				if err := rows.Scan(&begins); err != nil {
					return err
				}
				id, _ := sealedBy(begins)
				used[id] = true
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return used, nil
}

// restoredKeys notes the keys of a backup's values, and refuses one that is not
// given.
func (t *Tx) restoredKeys(ctx context.Context) error {
	used, err := t.keysInUse(ctx)
	if err != nil {
		return err
	}
	for id := range used {
		if t.keys == nil || t.keys.each[id] == nil {
			return fmt.Errorf("%w: %s", ErrUnknownKey, id)
		}
		if err := t.useKey(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// rotatedTogether is how many rows are sealed anew in one change, so that others
// wait for none of them long.
const rotatedTogether = 500

// Rotate seals with the first key everything that is not, in small changes, while
// others go on working. Stopped at any moment, it goes on from there the next
// time. When nothing is left that another key sealed, that key is no longer
// asked for. It returns how many rows it sealed anew.
func (db *DB) Rotate(ctx context.Context, by access.User) (rows int, err error) {
	if db.keys == nil {
		return 0, errors.New("store: there are no keys to seal with")
	}
	for _, s := range sealedTables {
		for {
			n := 0
			err := db.Write(ctx, by, func(tx *Tx) error {
				if n, err = tx.rotate(ctx, &s); err != nil {
					return err
				}
				return tx.Audit(ctx, "sealed fields anew", "", fmt.Sprintf("%d rows of %s with the key %s", n, s.name, db.keys.current))
			})
			if err != nil {
				return rows, fmt.Errorf("sealing %s anew: %w", s.name, err)
			}
			if rows += n; n < rotatedTogether {
				break
			}
		}
	}
	err = db.Write(ctx, by, func(tx *Tx) error {
		used, err := tx.keysInUse(ctx)
		if err != nil {
			return err
		}
		for id := range db.keys.each {
			if !used[id] && id != db.keys.current {
				if _, err := tx.tx.ExecContext(ctx, `DELETE FROM sealing WHERE key_id = $1`, id); err != nil {
					return err
				}
			}
		}
		return tx.Audit(ctx, "sealed every field anew", "", "with the key "+db.keys.current)
	})
	if err != nil {
		return rows, err
	}
	return rows, db.scrub(ctx)
}

// scrub makes sure that a SQLite file holds nothing of what was sealed anew: what
// is deleted stays in its pages until they are written again. PostgreSQL's own
// vacuum does the same in its time.
func (db *DB) scrub(ctx context.Context) error {
	if db.file == "" {
		return nil
	}
	again, err := sql.Open("sqlite", "file:"+db.file+"?_pragma=busy_timeout(60000)")
	if err != nil {
		return err
	}
	defer again.Close()
	for _, do := range []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := again.ExecContext(ctx, do); err != nil {
			return fmt.Errorf("clearing what was sealed anew out of the file: %w", err)
		}
	}
	return nil
}

// rotate seals some rows of a table anew.
func (t *Tx) rotate(ctx context.Context, s *sealedTable) (n int, err error) {
	var stale []string
	for _, c := range s.columns {
		stale = append(stale, `(`+c+` <> '' AND `+c+` NOT LIKE $1)`)
	}
	type row struct {
		child, key string
		values     []string
	}
	var all []row
	q := `SELECT child_id, CAST(` + s.key + ` AS text), ` + strings.Join(s.columns, ", ") + ` FROM ` + s.name + ` WHERE ` + strings.Join(stale, " OR ") + ` ORDER BY child_id, ` + s.key + fmt.Sprintf(` LIMIT %d`, rotatedTogether)
	err = t.each(ctx, q, []any{sealMark + t.keys.current + ":%"}, func(rows *sql.Rows) error {
		r := row{values: make([]string, len(s.columns))}
		at := []any{&r.child, &r.key}
		for i := range r.values {
			at = append(at, &r.values[i])
		}
		err := rows.Scan(at...)
		all = append(all, r)
		return err
	})
	if err != nil {
		return 0, err
	}
	set := make([]string, len(s.columns))
	for i, c := range s.columns {
		set[i] = fmt.Sprintf("%s = $%d", c, i+1)
	}
	update := fmt.Sprintf(`UPDATE %s SET %s WHERE child_id = $%d AND CAST(%s AS text) = $%d`, s.name, strings.Join(set, ", "), len(set)+1, s.key, len(set)+2)
	for _, r := range all {
		args := make([]any, 0, len(set)+2)
		for i, c := range s.columns {
			plain, err := t.keys.open(s.name, c, ChildID(r.child), r.values[i])
			if err != nil {
				return 0, err
			}
			args = append(args, t.keys.seal(s.name, c, ChildID(r.child), plain))
		}
		if _, err := t.tx.ExecContext(ctx, update, append(args, r.child, r.key)...); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}
