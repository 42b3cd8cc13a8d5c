package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"fmt"
	"strconv"

	"weald/domain/access"
)

// Audit entries stand in lines. Whoever writes has a line to themselves while
// they write, so that nobody waits for another; within a line each entry holds a
// digest of itself and of the entry before, so that one that was changed, taken
// away or put in is found: see [DB.VerifyAudit].

// A line is where the next audit entry is linked.
type line struct {
	id   string
	n    int
	link string // of the last entry
}

func newLine() *line {
	id := rand.Text()[:12]
	return &line{id: id, link: digestOf("a line of the audit", id)}
}

// digestOf returns a digest of some texts, each told from the next.
func digestOf(texts ...string) string {
	var length []byte
	h := sha256.New()
	for _, s := range texts {
		length = strconv.AppendInt(length[:0], int64(len(s)), 10)
		h.Write(append(length, ':'))
		h.Write([]byte(s))
	}
	return base64.RawStdEncoding.EncodeToString(h.Sum(nil))
}

// detailDigest stands for an entry's words: with its salt, which goes with them
// when a record is erased, it tells nothing of them.
func detailDigest(salt, detail string) string { return digestOf(salt, detail) }

// linked is what an entry's link is made of, but for the link before it.
type linked struct {
	id, line          string
	n                 int
	at, by, name, act string
	subject, digest   string
	role, org, place  string
}

func (e *linked) link(before string) string {
	return digestOf(before, e.id, e.line, strconv.Itoa(e.n), e.at, e.by, e.name, e.act, e.subject, e.digest, e.role, e.org, e.place)
}

// takeLine returns a line for a transaction to write on. On SQLite one goroutine
// writes, and has one line.
func (db *DB) takeLine() *line {
	select {
	case l := <-db.lines:
		return l
	default:
		return newLine()
	}
}

// giveLine gives a line back for others to go on with. One whose end is not known
// for certain is not given back: it ends where it ended.
func (db *DB) giveLine(l *line) {
	if l == nil {
		return
	}
	select {
	case db.lines <- l:
	default: // there are enough
	}
}

// unwritten returns a transaction's line as it was before the transaction, which
// is rolled back.
func (t *Tx) unwritten() *line {
	if t.line != nil {
		*t.line = t.lineWas
	}
	return t.line
}

type placeKey struct{}

// From says from where somebody acts, for the audit: an address in the network,
// or "command line".
func From(ctx context.Context, place string) context.Context {
	return context.WithValue(ctx, placeKey{}, place)
}

// Audit records that the transaction's person did something: as what and from
// where they acted, and when, are kept with it.
func (t *Tx) Audit(ctx context.Context, act, subject, detail string) error {
	const add = `INSERT INTO audit (id, at, by_id, by_name, act, subject, detail, line, n, link, salt, role, org, place)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`
	if t.line == nil {
		t.line = t.takeLine()
		t.lineWas = *t.line
	}
	place, _ := ctx.Value(placeKey{}).(string)
	salt := rand.Text()[:16]
	e := linked{rand.Text(), t.line.id, t.line.n + 1, instant(t.at), t.by.ID, t.by.Name, act, subject, detailDigest(salt, detail), string(t.by.Role), t.by.Org, place}
	link := e.link(t.line.link)
	if _, err := t.tx.ExecContext(ctx, add, e.id, e.at, e.by, e.name, act, subject, detail, e.line, e.n, link, salt, e.role, e.org, e.place); err != nil {
		return fmt.Errorf("writing the audit: %w", err)
	}
	t.line.n, t.line.link = e.n, link
	t.did++
	return nil
}

// An AuditEntry is one thing that somebody did or saw.
type AuditEntry struct {
	At, By, Act, Detail string

	ByID, Subject string
	Role          access.Role // as what they acted
	Org           string      // for which organisation; "": the council, or nobody
	Place         string      // from where; "": not known
}

const auditColumns = `SELECT at, by_name, act, detail, by_id, subject, role, org, place FROM audit `

func scanAudit(rows *sql.Rows) (e AuditEntry, err error) {
	err = rows.Scan(&e.At, &e.By, &e.Act, &e.Detail, &e.ByID, &e.Subject, &e.Role, &e.Org, &e.Place)
	return e, err
}

const auditOf = auditColumns + `WHERE subject = $1 ORDER BY at DESC, n DESC, id LIMIT $2 OFFSET $3`

// AuditOf returns audit entries about a subject, newest first, after skipping
// some.
func (t *Tx) AuditOf(ctx context.Context, subject string, limit, skip int) (entries []AuditEntry, err error) {
	err = t.each(ctx, auditOf, []any{subject, limit, skip}, func(rows *sql.Rows) error {
		e, err := scanAudit(rows)
		entries = append(entries, e)
		return err
	})
	return entries, err
}

const lately = `SELECT at, by_name, act, detail FROM audit WHERE subject = $1 ORDER BY at DESC, n DESC, id LIMIT $2`

// Lately returns the latest audit entries about a subject, newest first, each no
// more than when, who and what was done: a case shows them each time that it is opened.
func (t *Tx) Lately(ctx context.Context, subject string, limit int) (entries []AuditEntry, err error) {
	err = t.each(ctx, lately, []any{subject, limit}, func(rows *sql.Rows) error {
		var e AuditEntry
		err := rows.Scan(&e.At, &e.By, &e.Act, &e.Detail)
		entries = append(entries, e)
		return err
	})
	return entries, err
}

// AuditCount returns how many audit entries there are about a subject.
func (t *Tx) AuditCount(ctx context.Context, subject string) (n int, err error) {
	const count = `SELECT count(*) FROM audit WHERE subject = $1`
	if err := t.tx.QueryRowContext(ctx, count, subject).Scan(&n); err != nil {
		return 0, fmt.Errorf("reading the audit: %w", err)
	}
	return n, nil
}

// eraseAudit takes their words from the entries about a subject. A digest stays
// in place of each, by which the entry can still be verified.
func (t *Tx) eraseAudit(ctx context.Context, subject string) error {
	const words = `SELECT id, salt, detail FROM audit WHERE subject = $1 AND (salt <> '' OR detail <> '')`
	const erase = `UPDATE audit SET detail = '', salt = '', digest = $2 WHERE id = $1`
	digests := map[string]string{}
	err := t.each(ctx, words, []any{subject}, func(rows *sql.Rows) error {
		var id, salt, detail string
		if err := rows.Scan(&id, &salt, &detail); err != nil {
			return err
		}
		digests[id] = ""
		if salt != "" {
			digests[id] = detailDigest(salt, detail)
		}
		return nil
	})
	for id, digest := range digests {
		if err == nil {
			_, err = t.tx.ExecContext(ctx, erase, id, digest)
		}
	}
	if err != nil {
		return fmt.Errorf("erasing a record: %w", err)
	}
	return nil
}
