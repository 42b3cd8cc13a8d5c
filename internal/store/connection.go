package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"weald/domain/access"
)

// A querier runs SQL inside one transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// A connection is one connection to a SQLite file, used by one goroutine at a
// time. It keeps the statements that it has prepared. A statement once begun is
// finished whatever becomes of the request: SQLite throws a whole transaction
// away when one of its statements is interrupted, and others may be sharing it.
type connection struct {
	conn *sql.Conn
	kept map[string]*sql.Stmt
}

// maxKept bounds the statements that a connection keeps prepared. There are
// fewer constants than that; what is put together at run time is prepared anew.
const maxKept = 400

func newConnection(ctx context.Context, db *sql.DB) (*connection, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &connection{conn, map[string]*sql.Stmt{}}, nil
}

// prepared returns the statement of a query, prepared once, or nil when enough
// are kept.
func (c *connection) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	s, ok := c.kept[query]
	if ok || len(c.kept) >= maxKept {
		return s, nil
	}
	s, err := c.conn.PrepareContext(ctx, query)
	if err == nil {
		c.kept[query] = s
	}
	return s, err
}

func (c *connection) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	s, err := c.prepared(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.conn.ExecContext(ctx, query, args...)
	}
	return s.ExecContext(ctx, args...)
}

func (c *connection) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx)
	s, err := c.prepared(ctx, query)
	switch {
	case err != nil:
		return nil, err
	case s == nil:
		return c.conn.QueryContext(ctx, query, args...)
	}
	return s.QueryContext(ctx, args...)
}

func (c *connection) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	ctx = context.WithoutCancel(ctx)
	if s, err := c.prepared(ctx, query); s != nil && err == nil {
		return s.QueryRowContext(ctx, args...)
	}
	return c.conn.QueryRowContext(ctx, query, args...) // which says what is wrong, if anything is
}

func (c *connection) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return c.conn.PrepareContext(ctx, query)
}

// run runs a statement that takes no arguments and gives no rows.
func (c *connection) run(query string) error {
	_, err := c.ExecContext(context.Background(), query)
	return err
}

func (c *connection) Close() error {
	var all error
	for _, s := range c.kept {
		all = errors.Join(all, s.Close())
	}
	return errors.Join(all, c.conn.Close())
}

// A change waits to be made by the one goroutine that writes to a SQLite file.
type change struct {
	ctx     context.Context
	by      access.User
	make    func(*Tx) error
	audited bool // it must leave an audit entry
	err     error
	paniced any
	done    chan struct{}
}

// Changes that wait together are committed together, so that one wait for the
// disk serves them all. Each is still all or nothing, by itself.
const (
	maxTogether  = 128
	longTogether = 10 * time.Millisecond
)

// writer makes changes one after another until the record is closed.
func (db *DB) writer() {
	defer close(db.written)
	for {
		select {
		case first := <-db.queue:
			db.commitTogether(first)
		case <-db.closing:
			return
		}
	}
}

// commitTogether makes a change and whichever others are waiting, and commits
// them. No change is called done before the disk has it.
func (db *DB) commitTogether(first *change) {
	start := time.Now()
	made := make([]*change, 0, 16)
	fail := func(err error) {
		for _, c := range made {
			if c.err == nil {
				c.err = err
			}
		}
	}
	defer func() {
		for _, c := range made {
			close(c.done)
		}
	}()
	made = append(made, first)
	if err := db.connection.run(`BEGIN IMMEDIATE`); err != nil {
		fail(fmt.Errorf("starting a change: %w", err))
		return
	}
	alive := db.makeChange(first)
	for waiting := true; alive && waiting && len(made) < maxTogether && time.Since(start) < longTogether; {
		select {
		case c := <-db.queue:
			made = append(made, c)
			alive = db.makeChange(c)
		default:
			waiting = false
		}
	}
	if !alive {
		db.line = newLine()
		_ = db.connection.run(`ROLLBACK`) // SQLite may have done so itself
		fail(errors.New("committing a change: another change, made together with it, broke the transaction"))
		return
	}
	if err := db.connection.run(`COMMIT`); err != nil {
		db.line = newLine()               // how far the other came is not known for certain
		_ = db.connection.run(`ROLLBACK`) // it may be gone already
		fail(fmt.Errorf("committing a change: %w", err))
		return
	}
	db.commits.Add(1)
}

// makeChange makes one change inside the transaction now open, or takes back
// what it did. It reports whether the transaction can go on.
func (db *DB) makeChange(c *change) (alive bool) {
	if c.err = c.ctx.Err(); c.err != nil {
		return true
	}
	if c.err = db.connection.run(`SAVEPOINT change`); c.err != nil {
		return false
	}
	t := &Tx{tx: db.connection, by: c.by, at: db.now().UTC(), dialect: db.dialect, keys: db.keys, takeLine: func() *line { return db.line }}
	func() {
		defer func() { c.paniced = recover() }()
		c.err = c.make(t)
	}()
	if c.err == nil && c.paniced == nil && c.audited && t.did == 0 {
		c.err = errNoAudit
	}
	if c.err != nil || c.paniced != nil {
		t.unwritten()
		if err := db.connection.run(`ROLLBACK TO change`); err != nil {
			return false
		}
	}
	return db.connection.run(`RELEASE change`) == nil
}

var errNoAudit = errors.New("store: the change left no audit entry, so it was not made")

// queued has a change made by the writer, and waits until it is committed.
func (db *DB) queued(ctx context.Context, by access.User, audited bool, do func(*Tx) error) error {
	c := &change{ctx: ctx, by: by, make: do, audited: audited, done: make(chan struct{})}
	select {
	case db.queue <- c:
	case <-db.closing:
		return errClosed
	case <-ctx.Done():
		return fmt.Errorf("starting a change: %w", ctx.Err())
	}
	<-c.done // what it changes may be the caller's, so there is no leaving before
	if c.paniced != nil {
		panic(c.paniced)
	}
	return c.err
}

var errClosed = errors.New("store: the record is closed")
