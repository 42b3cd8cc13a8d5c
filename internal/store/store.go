// Package store keeps the record, in a SQLite file or in PostgreSQL, with one
// hand-written SQL for both. It decides nothing and does no arithmetic with
// dates: it saves what the domain says and gives it back.
//
// Every change is made in somebody's name inside [DB.Write], and a change that
// leaves no audit entry is not committed. Start reading there.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"weald/domain/access"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the PostgreSQL driver
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // registers the SQLite driver
)

// ErrNotFound is returned for a thing that is not in the record.
var ErrNotFound = errors.New("store: not found")

//go:embed migrations/*.sql
var migrations embed.FS

// A DB is an open record.
type DB struct {
	read, write *sql.DB
	dialect     goose.Dialect
	file        string // the SQLite file; empty for PostgreSQL
	now         func() time.Time
	keys        *Keys      // seal and open fields; nil: none are sealed
	lines       chan *line // of audit entries, on which nobody writes now

	// For SQLite alone: the connection that writes, the changes that wait for it,
	// and the connections that read.
	connection *connection
	queue      chan *change
	closing    chan struct{} // closed when no more changes are taken
	written    chan struct{} // closed when the last has been made
	line       *line         // on which the writer writes audit entries
	readers    chan *connection
	close      sync.Once

	waiting, changes, commits atomic.Int64
}

// Open opens a record: "postgres://…" for PostgreSQL, anything else is the name
// of a SQLite file, which is made if it is not there. The schema is brought up
// to date.
func Open(ctx context.Context, where string) (*DB, error) {
	db := &DB{now: time.Now, lines: make(chan *line, 64)}
	var err error
	if strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://") {
		err = db.openPostgres(where)
	} else {
		err = db.openSQLite(where)
	}
	if err != nil {
		return nil, err
	}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if db.file != "" {
		if err := db.connect(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("opening the record: %w", err), db.Close())
		}
	}
	return db, nil
}

// connect takes the connections to a SQLite file that are kept for as long as
// the record is open.
func (db *DB) connect(ctx context.Context) (err error) {
	if db.connection, err = newConnection(ctx, db.write); err != nil {
		return err
	}
	n := max(2, runtime.NumCPU())
	readers := make(chan *connection, n)
	for range n {
		c, err := newConnection(ctx, db.read)
		if err != nil {
			return err
		}
		readers <- c
	}
	db.readers = readers
	db.line = newLine()
	db.queue, db.closing, db.written = make(chan *change), make(chan struct{}), make(chan struct{})
	go db.writer()
	return nil
}

func (db *DB) openPostgres(where string) (err error) {
	db.dialect = goose.DialectPostgres
	if db.write, err = sql.Open("pgx", where); err != nil {
		return fmt.Errorf("opening the record: %w", err)
	}
	db.read = db.write
	db.write.SetMaxOpenConns(4 * runtime.NumCPU())
	db.write.SetMaxIdleConns(4 * runtime.NumCPU())
	return nil
}

// openSQLite opens one connection that writes, with transactions that take the
// write lock at once, and a few that only read.
func (db *DB) openSQLite(file string) (err error) {
	db.dialect, db.file = goose.DialectSQLite3, file
	pragmas := []string{"journal_mode(WAL)", "busy_timeout(10000)", "synchronous(FULL)", "foreign_keys(1)", "mmap_size(1073741824)", "cache_size(-8192)"}
	at := func(extra ...string) string {
		q := url.Values{"_txlock": {"immediate"}, "_pragma": append(pragmas, extra...)}
		return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + q.Encode()
	}
	if db.write, err = sql.Open("sqlite", at()); err != nil {
		return fmt.Errorf("opening the record: %w", err)
	}
	db.write.SetMaxOpenConns(1)
	reading := url.Values{"_pragma": append(pragmas, "query_only(1)")}
	if db.read, err = sql.Open("sqlite", "file:"+(&url.URL{Path: file}).EscapedPath()+"?"+reading.Encode()); err != nil {
		return fmt.Errorf("opening the record: %w", err)
	}
	db.read.SetMaxOpenConns(max(2, runtime.NumCPU()) + 2) // two for the backup and for whatever asks by itself
	return nil
}

// migrate brings the schema up to date, one program at a time: under a session
// lock on PostgreSQL and, for SQLite, a lock on a file beside the record.
func (db *DB) migrate(ctx context.Context) error {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.file != "" {
		held, err := os.OpenFile(db.file+".lock", os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return fmt.Errorf("opening the record: %w", err)
		}
		defer held.Close()
		if err := syscall.Flock(int(held.Fd()), syscall.LOCK_EX); err != nil {
			return fmt.Errorf("locking the record: %w", err)
		}
	} else {
		session, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
		if err != nil {
			return fmt.Errorf("locking the record: %w", err)
		}
		options = append(options, goose.WithSessionLocker(session))
	}
	p, err := goose.NewProvider(db.dialect, db.write, folder, options...)
	if err != nil {
		return fmt.Errorf("reading the migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrating the record: %w", err)
	}
	return nil
}

// SetClock says what the time is, in place of the machine's clock: for a record
// of a pretend past, and for tests.
func (db *DB) SetClock(now func() time.Time) { db.now = now }

// Close closes the record, once the change being made is committed. Changes that
// were still waiting are refused.
func (db *DB) Close() (err error) {
	db.close.Do(func() {
		if db.queue != nil {
			close(db.closing)
			<-db.written
			err = db.connection.Close()
			for range cap(db.readers) {
				err = errors.Join(err, (<-db.readers).Close())
			}
		}
		if db.read != db.write {
			err = errors.Join(err, db.read.Close())
		}
		err = errors.Join(err, db.write.Close())
	})
	return err
}

// Ready reports whether the record answers.
func (db *DB) Ready(ctx context.Context) error { return db.read.PingContext(ctx) }

// A Tx is one transaction, in one person's name and at one instant.
type Tx struct {
	tx  querier
	by  access.User
	at  time.Time
	did int // audit entries written

	line     *line // on which audit entries are written; nil: none is yet
	lineWas  line  // before the first of them
	takeLine func() *line

	dialect goose.Dialect
	keys    *Keys
	stamped int64 // what marks the lines of the caseload that it changes; 0 until it changes one
}

// At is the instant at which the transaction is made.
func (t *Tx) At() time.Time { return t.at }

// Write makes a change in a person's name: all of it or, on any error, nothing.
// A change that leaves no audit entry is an error. When it returns nil, the disk
// has the change. What the change does must not itself call Write.
func (db *DB) Write(ctx context.Context, by access.User, change func(*Tx) error) error {
	if by.ID == "" {
		return errors.New("store: a change must be made in somebody's name")
	}
	return db.make(ctx, by, true, change)
}

// make makes a change; only what is no part of the record, like sessions, goes
// without an audit entry.
func (db *DB) make(ctx context.Context, by access.User, audited bool, change func(*Tx) error) error {
	db.waiting.Add(1)
	defer db.waiting.Add(-1)
	if err := db.commit(ctx, by, audited, change); err != nil {
		return err
	}
	db.changes.Add(1)
	return nil
}

func (db *DB) commit(ctx context.Context, by access.User, audited bool, change func(*Tx) error) error {
	if db.queue != nil {
		return db.queued(ctx, by, audited, change)
	}
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("starting a change: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing once committed
	t := &Tx{tx: tx, by: by, at: db.now().UTC(), dialect: db.dialect, keys: db.keys, takeLine: db.takeLine}
	if err := change(t); err != nil {
		db.giveLine(t.unwritten())
		return err
	}
	if audited && t.did == 0 {
		return errNoAudit
	}
	if err := tx.Commit(); err != nil { // whether it is committed is not known, so nobody goes on with its line
		return fmt.Errorf("committing a change: %w", err)
	}
	db.giveLine(t.line)
	db.commits.Add(1)
	return nil
}

// Work is how busy the record's writer is.
type Work struct {
	Waiting int64 // changes begun and not yet committed
	Changes int64 // changes committed since the record was opened
	Commits int64 // commits that it took: on SQLite, changes that wait together share one
}

// Work returns how busy the record's writer is.
func (db *DB) Work() Work { return Work{db.waiting.Load(), db.changes.Load(), db.commits.Load()} }

// Read looks at the record as it stands at one moment.
func (db *DB) Read(ctx context.Context, look func(*Tx) error) error {
	if db.readers != nil {
		return db.readWith(ctx, look)
	}
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("starting to read: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was changed
	return look(&Tx{tx: tx, at: db.now().UTC(), dialect: db.dialect, keys: db.keys})
}

// Glance looks at the record with one statement and no more: a statement by
// itself sees the record as it stands at one moment, without the cost of a
// transaction around it.
func (db *DB) Glance(ctx context.Context, look func(*Tx) error) error {
	if db.readers != nil {
		return db.lend(ctx, func(c *connection) error {
			return look(&Tx{tx: c, at: db.now().UTC(), dialect: db.dialect, keys: db.keys})
		})
	}
	return look(&Tx{tx: db.read, at: db.now().UTC(), dialect: db.dialect, keys: db.keys})
}

// readWith reads with one of the connections kept for reading.
func (db *DB) readWith(ctx context.Context, look func(*Tx) error) error {
	return db.lend(ctx, func(c *connection) error {
		if err := c.run(`BEGIN`); err != nil {
			return fmt.Errorf("starting to read: %w", err)
		}
		defer func() { _ = c.run(`ROLLBACK`) }() // nothing was changed
		return look(&Tx{tx: c, at: db.now().UTC(), dialect: db.dialect, keys: db.keys})
	})
}

// lend gives one of the connections kept for reading to f.
func (db *DB) lend(ctx context.Context, f func(*connection) error) error {
	var c *connection
	select {
	case c = <-db.readers:
	case <-db.closing:
		return errClosed
	case <-ctx.Done():
		return fmt.Errorf("starting to read: %w", ctx.Err())
	}
	defer func() { db.readers <- c }()
	return f(c)
}

// instant writes a moment so that text sorts in order of time.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// each runs a query and calls f for each row.
func (t *Tx) each(ctx context.Context, query string, args []any, f func(*sql.Rows) error) error {
	rows, err := t.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		if err := f(rows); err != nil {
			return err
		}
		if n%1024 == 0 && ctx.Err() != nil { // nobody waits for the rest
			return ctx.Err()
		}
	}
	return rows.Err()
}
