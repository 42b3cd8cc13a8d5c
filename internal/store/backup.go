package store

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"weald/domain/access"
)

// A backup is the whole record as it stood at one moment, as compressed lines of
// JSON: a head, then each table's name and columns followed by its rows, then
// the digest of all that came before. It is the same for both engines, so a
// record can be backed up from one and restored into the other.

// backupHead is a backup's first line.
type backupHead struct {
	Format string
	Schema int64 // the version of the record's schema
	At     string
}

// backupTable comes before a table's rows.
type backupTable struct {
	Table   string
	Columns []string
}

// backupEnd is a backup's last line.
type backupEnd struct {
	Rows   int
	Digest string
}

const backupFormat = "weald record 1"

// tables is every table of the record, each after those that it refers to.
// Sessions, sign-ins and codes are left out: people sign in again. So are returns
// that wait to be loaded, which can be sent again, and when things were worked
// out: they are worked out again.
var tables = []string{
	"teams", "loads", "settings", "people", "accounts", "means", "children", "contacts", "facts", "notes", "events", "returned", "documents", "links", "organisations", "memberships", "allocations", "ties", "involvements", "seals", "standings", "consents", "delivery_reports", "delivery_steps", "correspondence", "correspondence_steps", "closures", "plans", "plan_parts", "plan_typed", "representations", "quality_weights", "quality_samples", "quality_audits", "quality_answers", "quality_shares", "quality_settlements", "quality_actions", "quality_copies", "quality_views", "return_acts", "load_children", "load_waiting",
	"duties", "cases", "changes", "views", "audit", "settlements",
	"withholdings", "retention_holds", "erasures", "measure_figures", "measure_limits",
}

// Backup writes the whole record as it stands at one moment, while others go on
// writing. It returns how many rows it wrote.
func (db *DB) Backup(ctx context.Context, to io.Writer) (rows int, err error) {
	version, err := db.schema(ctx)
	if err != nil {
		return 0, err
	}
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: db.snapshot()})
	if err != nil {
		return 0, fmt.Errorf("starting the backup: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was changed
	packed := gzip.NewWriter(to)
	digest := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(packed, digest), 1<<16)
	line := json.NewEncoder(out)
	line.SetEscapeHTML(false)
	if err := line.Encode(backupHead{backupFormat, version, instant(db.now())}); err != nil {
		return 0, err
	}
	for _, table := range tables {
		n, err := backupRows(ctx, tx, table, line)
		if err != nil {
			return 0, fmt.Errorf("backing up %s: %w", table, err)
		}
		rows += n
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	end, err := json.Marshal(backupEnd{rows, hex.EncodeToString(digest.Sum(nil))})
	if err != nil {
		return 0, err
	}
	if _, err := packed.Write(append(end, '\n')); err != nil {
		return 0, err
	}
	return rows, packed.Close()
}

// snapshot is the isolation in which every query sees the same moment.
func (db *DB) snapshot() sql.IsolationLevel {
	if db.file != "" {
		return sql.LevelDefault
	}
	return sql.LevelRepeatableRead
}

func backupRows(ctx context.Context, tx *sql.Tx, table string, line *json.Encoder) (n int, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+table+" ORDER BY 1, 2")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	if err := line.Encode(backupTable{table, columns}); err != nil {
		return 0, err
	}
	values := make([]any, len(columns))
	at := make([]any, len(columns))
	for i := range values {
		at[i] = &values[i]
	}
	for ; rows.Next(); n++ {
		if err := rows.Scan(at...); err != nil {
			return 0, err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = string(b)
			}
		}
		if err := line.Encode(values); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

// ErrNotEmpty is returned when a backup would be restored over a record that
// already holds something.
var ErrNotEmpty = errors.New("store: the record is not empty; a backup is restored only into an empty one")

// Restore puts a backup into an empty record: all of it or, if the backup is
// damaged or from a newer program, nothing.
func (db *DB) Restore(ctx context.Context, by access.User, from io.Reader) (rows int, err error) {
	version, err := db.schema(ctx)
	if err != nil {
		return 0, err
	}
	packed, err := gzip.NewReader(from)
	if err != nil {
		return 0, fmt.Errorf("this is not a backup of Weald's: %w", err)
	}
	err = db.Write(ctx, by, func(tx *Tx) error {
		for _, table := range tables {
			var one int
			err := tx.tx.QueryRowContext(ctx, "SELECT 1 FROM "+table+" LIMIT 1").Scan(&one)
			if err == nil {
				return ErrNotEmpty
			} else if !errors.Is(err, sql.ErrNoRows) {
				return err
			}
		}
		if rows, err = restoreLines(ctx, tx.tx, bufio.NewReaderSize(packed, 1<<16), version); err != nil {
			return err
		}
		// Stamps mean nothing in another record than the one that made them.
		for _, reset := range []string{`UPDATE cases SET stamp = 1`, `UPDATE changes SET stamp = 1`} {
			if _, err := tx.tx.ExecContext(ctx, reset); err != nil {
				return err
			}
		}
		if err := tx.restoredKeys(ctx); err != nil {
			return err
		}
		return tx.Audit(ctx, "restored a backup", "", fmt.Sprintf("%d rows", rows))
	})
	return rows, err
}

func restoreLines(ctx context.Context, tx querier, in *bufio.Reader, version int64) (rows int, err error) {
	digest := sha256.New()
	var insert *sql.Stmt
	defer func() {
		if insert != nil {
			_ = insert.Close()
		}
	}()
	for first := true; ; first = false {
		text, err := in.ReadBytes('\n')
		if err != nil {
			return 0, fmt.Errorf("the backup is cut short: %w", err)
		}
		switch {
		case first:
			var head backupHead
			if err := json.Unmarshal(text, &head); err != nil || head.Format != backupFormat {
				return 0, errors.New("this is not a backup of Weald's")
			}
			if head.Schema != version {
				return 0, fmt.Errorf("the backup has version %d of the record's schema and this program has %d: restore it with the program that made it, then upgrade", head.Schema, version)
			}
		case strings.HasPrefix(string(text), `{"Table"`):
			var t backupTable
			if err := json.Unmarshal(text, &t); err != nil {
				return 0, fmt.Errorf("the backup is damaged: %w", err)
			}
			if insert != nil {
				if err := insert.Close(); err != nil {
					return 0, err
				}
			}
			if insert, err = prepareRestore(ctx, tx, t); err != nil {
				return 0, err
			}
		case text[0] == '[':
			if insert == nil {
				return 0, errors.New("the backup is damaged: a row without a table")
			}
			values, err := restoreValues(text)
			if err != nil {
				return 0, err
			}
			if _, err := insert.ExecContext(ctx, values...); err != nil {
				return 0, fmt.Errorf("restoring a row: %w", err)
			}
			rows++
		default:
			var end backupEnd
			if err := json.Unmarshal(text, &end); err != nil || end.Rows != rows || end.Digest != hex.EncodeToString(digest.Sum(nil)) {
				return 0, errors.New("the backup is damaged: it does not add up")
			}
			return rows, nil
		}
		digest.Write(text)
	}
}

// prepareRestore prepares the insertion of a table's rows. The names come from a
// file, so only the record's own tables and plain names are let through.
func prepareRestore(ctx context.Context, tx querier, t backupTable) (*sql.Stmt, error) {
	if !slices.Contains(tables, t.Table) {
		return nil, fmt.Errorf("the backup is damaged: it holds a table %q", t.Table)
	}
	places := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		if strings.Trim(c, "abcdefghijklmnopqrstuvwxyz_") != "" {
			return nil, fmt.Errorf("the backup is damaged: it holds a column %q", c)
		}
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	return tx.PrepareContext(ctx, "INSERT INTO "+t.Table+" ("+strings.Join(t.Columns, ", ")+") VALUES ("+strings.Join(places, ", ")+")")
}

func restoreValues(text []byte) (values []any, err error) {
	read := json.NewDecoder(strings.NewReader(string(text)))
	read.UseNumber()
	if err := read.Decode(&values); err != nil {
		return nil, fmt.Errorf("the backup is damaged: %w", err)
	}
	for i, v := range values {
		if n, ok := v.(json.Number); ok {
			if values[i], err = n.Int64(); err != nil {
				return nil, fmt.Errorf("the backup is damaged: %w", err)
			}
		}
	}
	return values, nil
}

// schema is the version of the record's schema.
func (db *DB) schema(ctx context.Context) (version int64, err error) {
	const latest = `SELECT max(version_id) FROM goose_db_version WHERE is_applied`
	err = db.read.QueryRowContext(ctx, latest).Scan(&version)
	return version, err
}
