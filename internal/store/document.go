package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
)

// A Document is what the record says of a file kept about a child. The bytes are
// elsewhere, under the digest.
type Document struct {
	ID     string
	Child  ChildID
	Event  int    // the entry that it belongs to, 0 if none
	Name   string // as it is shown and saved
	Type   string // its media type, found by looking at it
	Label  string // what that is called: "Word document"
	Size   int64  // in bytes
	Digest string // SHA-256 in lower-case hexadecimal
	At, By string // when and by whom it was added

	RemovedAt, RemovedBy string // "" unless it is removed
	Reason               string // why it was removed
	Gone                 bool   // it can no longer be put back: its bytes are deleted, or about to be

	Scan Scan // what the virus scanner said
}

// A Scan is what the virus scanner said of a document.
type Scan string

// Scans.
const (
	NotScanned  Scan = ""        // there was no scanner
	ScanWaiting Scan = "waiting" // it has not answered yet: nobody may open the document
	ScanClean   Scan = "clean"
	ScanFound   Scan = "found" // the document was removed for it
)

// Removed reports whether the document has been removed.
func (d *Document) Removed() bool { return d.RemovedAt != "" }

const documentColumns = `SELECT id, child_id, coalesce(event_seq, 0), name, type, label, size, digest, at, by_name, removed_at, removed_by, reason, bytes, scan FROM documents`

func scanDocument(scan func(...any) error) (d Document, err error) {
	var bytes string
	err = scan(&d.ID, &d.Child, &d.Event, &d.Name, &d.Type, &d.Label, &d.Size, &d.Digest, &d.At, &d.By, &d.RemovedAt, &d.RemovedBy, &d.Reason, &bytes, &d.Scan)
	d.Gone = bytes != "kept"
	return d, err
}

// AddDocument keeps what is said of a document, as added now by the
// transaction's person.
func (t *Tx) AddDocument(ctx context.Context, d *Document) error {
	const add = `INSERT INTO documents (id, child_id, event_seq, name, type, label, size, digest, at, by_name, scan) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	d.At, d.By = instant(t.at), t.by.Name
	event := sql.NullInt64{Int64: int64(d.Event), Valid: d.Event != 0}
	if _, err := t.tx.ExecContext(ctx, add, d.ID, d.Child, event, d.Name, d.Type, d.Label, d.Size, d.Digest, d.At, d.By, d.Scan); err != nil {
		return fmt.Errorf("adding a document: %w", err)
	}
	return nil
}

const documentsOf = documentColumns + ` WHERE child_id = $1 ORDER BY at DESC, name, id`

// Documents returns a child's documents, the latest first, with those that are
// removed.
func (t *Tx) Documents(ctx context.Context, id ChildID) (all []Document, err error) {
	err = t.each(ctx, documentsOf, []any{id}, func(rows *sql.Rows) error {
		d, err := scanDocument(rows.Scan)
		all = append(all, d)
		return err
	})
	return all, err
}

const documentByID = documentColumns + ` WHERE id = $1 AND child_id = $2`

// Document returns a child's document, removed or not, or ErrNotFound.
func (t *Tx) Document(ctx context.Context, child ChildID, id string) (*Document, error) {
	return oneDocument(t.tx.QueryRowContext(ctx, documentByID, id, child))
}

const documentByDigest = documentColumns + ` WHERE child_id = $1 AND digest = $2 AND removed_at = ''`

// SameDocument returns the document of a child, not removed, that has these
// bytes, or ErrNotFound.
func (t *Tx) SameDocument(ctx context.Context, child ChildID, digest string) (*Document, error) {
	return oneDocument(t.tx.QueryRowContext(ctx, documentByDigest, child, digest))
}

func oneDocument(row interface{ Scan(...any) error }) (*Document, error) {
	d, err := scanDocument(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading a document: %w", err)
	}
	return &d, nil
}

// RemoveDocument hides a document. Its row and, for now, its bytes are kept.
func (t *Tx) RemoveDocument(ctx context.Context, id, reason string) error {
	const remove = `UPDATE documents SET removed_at = $1, removed_by = $2, reason = $3 WHERE id = $4 AND removed_at = ''`
	if _, err := t.tx.ExecContext(ctx, remove, instant(t.at), t.by.Name, reason, id); err != nil {
		return fmt.Errorf("removing a document: %w", err)
	}
	return nil
}

// RestoreDocument shows a removed document again, if its bytes are kept.
func (t *Tx) RestoreDocument(ctx context.Context, id string) error {
	const restore = `UPDATE documents SET removed_at = '', removed_by = '', reason = '' WHERE id = $1 AND bytes = 'kept'`
	if _, err := t.tx.ExecContext(ctx, restore, id); err != nil {
		return fmt.Errorf("putting a document back: %w", err)
	}
	return nil
}

const goingDigests = `SELECT DISTINCT digest FROM documents WHERE removed_at <> '' AND bytes = 'going' ORDER BY digest`

const waitingDocuments = documentColumns + ` WHERE scan = 'waiting' AND removed_at = '' ORDER BY at, id LIMIT $1`

// WaitingDocuments returns the documents, of any child, that wait for the virus
// scanner, the first first.
func (t *Tx) WaitingDocuments(ctx context.Context, limit int) (all []Document, err error) {
	err = t.each(ctx, waitingDocuments, []any{limit}, func(rows *sql.Rows) error {
		d, err := scanDocument(rows.Scan)
		all = append(all, d)
		return err
	})
	return all, err
}

// SetScan keeps what the virus scanner said of a document. What it found
// something in is removed for that reason and cannot be put back.
func (t *Tx) SetScan(ctx context.Context, id string, scan Scan, reason string) error {
	const set = `UPDATE documents SET scan = $1 WHERE id = $2 AND scan = 'waiting'`
	if _, err := t.tx.ExecContext(ctx, set, scan, id); err != nil {
		return fmt.Errorf("keeping what the virus scanner said: %w", err)
	}
	if scan != ScanFound {
		return nil
	}
	if err := t.RemoveDocument(ctx, id, reason); err != nil {
		return err
	}
	if _, err := t.tx.ExecContext(ctx, `UPDATE documents SET bytes = 'going' WHERE id = $1 AND bytes = 'kept'`, id); err != nil {
		return fmt.Errorf("removing a document: %w", err)
	}
	return nil
}

// LetGo marks the documents that were removed before a moment as no longer to be
// put back. It returns the digests of all that are so marked and whose bytes are
// still to be dealt with.
func (t *Tx) LetGo(ctx context.Context, before time.Time) (digests []string, err error) {
	const mark = `UPDATE documents SET bytes = 'going' WHERE removed_at <> '' AND removed_at < $1 AND bytes = 'kept'`
	if _, err := t.tx.ExecContext(ctx, mark, instant(before)); err != nil {
		return nil, fmt.Errorf("letting documents go: %w", err)
	}
	err = t.each(ctx, goingDigests, nil, func(rows *sql.Rows) error {
		var digest string
		if err := rows.Scan(&digest); err != nil {
			return err
		}
		digests = append(digests, digest)
		return nil
	})
	return digests, err
}

// HoldBytes keeps what is decided about the bytes of a digest from everybody
// else until the transaction ends. (SQLite has one writer at a time.)
func (t *Tx) HoldBytes(ctx context.Context, digest string) error {
	if t.dialect != goose.DialectPostgres {
		return nil
	}
	if _, err := t.tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, digest); err != nil {
		return fmt.Errorf("holding a document: %w", err)
	}
	return nil
}

const claims = `SELECT coalesce(sum(CASE WHEN bytes = 'kept' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN bytes = 'going' THEN 1 ELSE 0 END), 0)
	FROM documents WHERE digest = $1`

// Wanted reports whether any document still needs the bytes of a digest, and
// whether any waits for them to be deleted.
func (t *Tx) Wanted(ctx context.Context, digest string) (wanted, going bool, err error) {
	var kept, leaving int
	if err := t.tx.QueryRowContext(ctx, claims, digest).Scan(&kept, &leaving); err != nil {
		return false, false, fmt.Errorf("asking who needs a document: %w", err)
	}
	return kept > 0, leaving > 0, nil
}

// BytesGone notes that no document marked by [Tx.LetGo] waits for the bytes of a
// digest to be deleted any more.
func (t *Tx) BytesGone(ctx context.Context, digest string) error {
	_, err := t.tx.ExecContext(ctx, `UPDATE documents SET bytes = 'gone' WHERE digest = $1 AND bytes = 'going'`, digest)
	return err
}

const keptBytes = `SELECT DISTINCT digest, size FROM documents WHERE bytes = 'kept' ORDER BY digest`

// KeptBytes calls f for the digest and size of everything that documents need.
func (t *Tx) KeptBytes(ctx context.Context, f func(digest string, size int64) error) error {
	return t.each(ctx, keptBytes, nil, func(rows *sql.Rows) error {
		var digest string
		var size int64
		if err := rows.Scan(&digest, &size); err != nil {
			return err
		}
		return f(digest, size)
	})
}
