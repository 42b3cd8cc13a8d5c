package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"weald/calendar"
	"weald/domain/casework"
)

// An Entry is one entry of a child's journal as it is kept: with who recorded
// it, when to the second, and where it came from.
type Entry struct {
	casework.Entry
	By         string
	At         string // the instant, as text that sorts by time
	Provenance string // the place in a return, or "" when it was typed
	Form       string // the form on which it was typed, or ""; no two entries of a child share one
}

const journalOf = `SELECT seq, kind, happened_on, detail, replaces, struck, provenance, form, recorded_at, recorded_by
	FROM events WHERE child_id = $1 ORDER BY seq`

// Journal returns everything recorded about a child, in the order of recording.
func (t *Tx) Journal(ctx context.Context, id ChildID) (entries []Entry, err error) {
	err = t.each(ctx, journalOf, []any{id}, func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		entries = append(entries, e)
		return err
	})
	return entries, err
}

const allJournals = `SELECT child_id, seq, kind, happened_on, detail, replaces, struck, provenance, form, recorded_at, recorded_by
	FROM events ORDER BY child_id, seq`

// Journals calls f for every child that has entries, in order of ID.
func (t *Tx) Journals(ctx context.Context, f func(ChildID, casework.Journal) error) error {
	var now ChildID
	var journal casework.Journal
	flush := func() error {
		if len(journal) == 0 {
			return nil
		}
		return f(now, journal)
	}
	err := t.each(ctx, allJournals, nil, func(rows *sql.Rows) error {
		var id ChildID
		e, err := scanEntry(rows, &id)
		if err != nil {
			return err
		}
		if id != now {
			if err := flush(); err != nil {
				return err
			}
			now, journal = id, journal[:0]
		}
		journal = append(journal, e.Entry)
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}

func scanEntry(rows *sql.Rows, before ...any) (e Entry, err error) {
	var kind, on, detail string
	var struck int
	err = rows.Scan(append(before, &e.Seq, &kind, &on, &detail, &e.Replaces, &struck, &e.Provenance, &e.Form, &e.At, &e.By)...)
	if err != nil {
		return e, err
	}
	e.Struck = struck != 0
	if e.Recorded, err = calendar.Parse(e.At[:min(10, len(e.At))]); err != nil {
		return e, fmt.Errorf("reading an event: %w", err)
	}
	if e.Event, err = casework.ParseEvent(strings.TrimSpace(on + " " + kind + " " + detail)); err != nil {
		return e, fmt.Errorf("reading an event: %w", err)
	}
	return e, nil
}

// Events turns entries into a journal, for the domain to read.
func Events(entries []Entry) casework.Journal {
	j := make(casework.Journal, len(entries))
	for i, e := range entries {
		j[i] = e.Entry
	}
	return j
}

const nextSeq = `SELECT coalesce(max(seq), 0) + 1 FROM events WHERE child_id = $1`

// AddEvents appends events to a child's journal, in the order given. Entries are
// never changed or removed.
func (t *Tx) AddEvents(ctx context.Context, id ChildID, entries []Entry) error {
	const add = `INSERT INTO events (child_id, seq, kind, happened_on, detail, replaces, struck, provenance, form, recorded_at, recorded_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	var seq int
	if err := t.tx.QueryRowContext(ctx, nextSeq, id).Scan(&seq); err != nil {
		return fmt.Errorf("recording an event: %w", err)
	}
	for i := range entries {
		e := &entries[i]
		struck := 0
		if e.Struck {
			struck = 1
		}
		if _, err := t.tx.ExecContext(ctx, add, id, seq+i, e.Event.Kind.String(), e.Event.On, e.Event.Detail(), e.Replaces, struck, e.Provenance, e.Form, instant(t.at), t.by.Name); err != nil {
			return fmt.Errorf("recording an event: %w", err)
		}
	}
	return nil
}

// Hold keeps a child's journal from everybody else until the transaction ends,
// so that what is decided from it still holds when it is added to. (SQLite has
// one writer at a time; PostgreSQL locks the row that an update touches.)
func (t *Tx) Hold(ctx context.Context, id ChildID) error {
	if _, err := t.tx.ExecContext(ctx, `UPDATE children SET surname = surname WHERE id = $1`, id); err != nil {
		return fmt.Errorf("holding a case: %w", err)
	}
	return nil
}

// AddClosure keeps the days on which a setting is shut.
func (t *Tx) AddClosure(ctx context.Context, s casework.SettingClosure) error {
	const add = `INSERT INTO closures (setting, closed_on, reopens_on) VALUES ($1, $2, $3)
		ON CONFLICT (setting, closed_on) DO UPDATE SET reopens_on = excluded.reopens_on`
	_, err := t.tx.ExecContext(ctx, add, s.Setting, s.Closed, s.Reopens)
	return err
}

const allClosures = `SELECT setting, closed_on, reopens_on FROM closures ORDER BY setting, closed_on`

// Closures returns the days on which settings are shut.
func (t *Tx) Closures(ctx context.Context) (all []casework.SettingClosure, err error) {
	err = t.each(ctx, allClosures, nil, func(rows *sql.Rows) error {
		var s casework.SettingClosure
		if err := rows.Scan(&s.Setting, &s.Closed, &s.Reopens); err != nil {
			return err
		}
		all = append(all, s)
		return nil
	})
	return all, err
}
