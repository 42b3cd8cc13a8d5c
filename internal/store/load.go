package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A Load is a return or other file from which facts came.
type Load struct {
	ID        string
	Name      string
	Digest    string // of the file's bytes: the same file is not loaded twice
	Year      int
	Authority string
	People    int
	Events    int
	At        string
	By        string

	UndoneAt string // "" unless it was undone
	UndoneBy string
	Reason   string // why it was undone
}

// AddLoad keeps that a file was loaded.
func (t *Tx) AddLoad(ctx context.Context, l *Load) error {
	const add = `INSERT INTO loads (id, name, digest, year, authority, people, events, loaded_at, loaded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	if _, err := t.tx.ExecContext(ctx, add, l.ID, l.Name, l.Digest, l.Year, l.Authority, l.People, l.Events, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping the load: %w", err)
	}
	return nil
}

// CountLoad sets how much a load brought, once it is known.
func (t *Tx) CountLoad(ctx context.Context, l *Load) error {
	const set = `UPDATE loads SET people = $1, events = $2 WHERE id = $3`
	_, err := t.tx.ExecContext(ctx, set, l.People, l.Events, l.ID)
	return err
}

const loadColumns = `SELECT id, name, digest, year, authority, people, events, loaded_at, loaded_by, undone_at, undone_by, reason FROM loads`

func (l *Load) columns() []any {
	return []any{&l.ID, &l.Name, &l.Digest, &l.Year, &l.Authority, &l.People, &l.Events, &l.At, &l.By, &l.UndoneAt, &l.UndoneBy, &l.Reason}
}

const (
	loadByDigest = loadColumns + ` WHERE digest = $1`
	loadByID     = loadColumns + ` WHERE id = $1`
	allLoads     = loadColumns + ` ORDER BY loaded_at DESC, id`
)

// LoadWithDigest returns the load of a file with the given digest, or
// ErrNotFound.
func (t *Tx) LoadWithDigest(ctx context.Context, digest string) (*Load, error) {
	return t.load(ctx, loadByDigest, digest)
}

// Load returns a load, or ErrNotFound.
func (t *Tx) Load(ctx context.Context, id string) (*Load, error) { return t.load(ctx, loadByID, id) }

func (t *Tx) load(ctx context.Context, query, by string) (*Load, error) {
	l := &Load{}
	err := t.tx.QueryRowContext(ctx, query, by).Scan(l.columns()...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	return l, err
}

// Loads returns every load, newest first.
func (t *Tx) Loads(ctx context.Context) (loads []Load, err error) {
	err = t.each(ctx, allLoads, nil, func(rows *sql.Rows) error {
		var l Load
		if err := rows.Scan(l.columns()...); err != nil {
			return err
		}
		loads = append(loads, l)
		return nil
	})
	return loads, err
}

// A LoadChild is what a load added to a child who was in the record already.
type LoadChild struct {
	ID          ChildID
	First, Last int    // entries of the journal; 0: none
	Before      string // what was there, as the caller wrote it
}

// AddLoadChild keeps what a load added to a child.
func (t *Tx) AddLoadChild(ctx context.Context, load string, c LoadChild) error {
	const add = `INSERT INTO load_children (load_id, child_id, first_seq, last_seq, before) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (load_id, child_id) DO UPDATE SET
		first_seq = CASE WHEN load_children.first_seq = 0 THEN excluded.first_seq ELSE load_children.first_seq END,
		last_seq = CASE WHEN excluded.last_seq = 0 THEN load_children.last_seq ELSE excluded.last_seq END`
	if _, err := t.tx.ExecContext(ctx, add, load, c.ID, c.First, c.Last, c.Before); err != nil {
		return fmt.Errorf("keeping what a load added: %w", err)
	}
	return nil
}

const loadChildren = `SELECT child_id, first_seq, last_seq, before FROM load_children WHERE load_id = $1 ORDER BY child_id`

// LoadChildren returns what a load added to children who were in the record.
func (t *Tx) LoadChildren(ctx context.Context, load string) (all []LoadChild, err error) {
	err = t.each(ctx, loadChildren, []any{load}, func(rows *sql.Rows) error {
		var c LoadChild
		if err := rows.Scan(&c.ID, &c.First, &c.Last, &c.Before); err != nil {
			return err
		}
		all = append(all, c)
		return nil
	})
	return all, err
}

// A LoadWaiting is a person of a return who may be a child of the record.
type LoadWaiting struct {
	N          int    // the person's place in the file
	Person     string // as weald/domain/sen2.Fragment writes it
	Candidates string // IDs, apart by spaces
	Because    string
	Decision   string // "": waiting; an ID: that child; "new": another child; "none": left out
}

// AddLoadWaiting keeps that somebody has to say who a person is.
func (t *Tx) AddLoadWaiting(ctx context.Context, load string, w LoadWaiting) error {
	const add = `INSERT INTO load_waiting (load_id, n, person, candidates, because) VALUES ($1, $2, $3, $4, $5)`
	if _, err := t.tx.ExecContext(ctx, add, load, w.N, w.Person, w.Candidates, w.Because); err != nil {
		return fmt.Errorf("keeping who waits: %w", err)
	}
	return nil
}

// DecideLoadWaiting keeps who a person was said to be. It returns ErrNotFound
// when nobody of that number waits any more.
func (t *Tx) DecideLoadWaiting(ctx context.Context, load string, n int, decision string) error {
	const set = `UPDATE load_waiting SET decision = $1 WHERE load_id = $2 AND n = $3 AND decision = ''`
	done, err := t.tx.ExecContext(ctx, set, decision, load, n)
	if err != nil {
		return err
	}
	if rows, err := done.RowsAffected(); err != nil {
		return err
	} else if rows == 0 {
		return ErrNotFound
	}
	return nil
}

const loadWaiting = `SELECT n, person, candidates, because, decision FROM load_waiting WHERE load_id = $1 ORDER BY n`

// LoadsWaiting returns the people of a load whom somebody had, or has, to tell.
func (t *Tx) LoadsWaiting(ctx context.Context, load string) (all []LoadWaiting, err error) {
	err = t.each(ctx, loadWaiting, []any{load}, func(rows *sql.Rows) error {
		var w LoadWaiting
		if err := rows.Scan(&w.N, &w.Person, &w.Candidates, &w.Because, &w.Decision); err != nil {
			return err
		}
		all = append(all, w)
		return nil
	})
	return all, err
}
