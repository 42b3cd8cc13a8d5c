package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Head is how far a line of the audit has come.
type Head struct {
	Line string
	N    int
	Link string
}

// String writes a head as [ParseHeads] reads it.
func (h Head) String() string { return h.Line + " " + strconv.Itoa(h.N) + " " + h.Link }

// ParseHeads reads heads, one to a line, as they were kept elsewhere.
func ParseHeads(text string) (heads []Head, err error) {
	for row := range strings.Lines(text) {
		words := strings.Fields(row)
		if len(words) == 0 {
			continue
		}
		if len(words) != 3 {
			return nil, fmt.Errorf("%q is not like “line number digest”", strings.TrimSpace(row))
		}
		n, err := strconv.Atoi(words[1])
		if err != nil {
			return nil, fmt.Errorf("%q: %s is no number", strings.TrimSpace(row), words[1])
		}
		heads = append(heads, Head{words[0], n, words[2]})
	}
	return heads, nil
}

// A Tampering is something that the audit shows was done to it behind the
// program's back.
type Tampering struct {
	What  string // in words, with the entry's line and number
	Entry AuditEntry
}

// An AuditReport is what verifying the audit found.
type AuditReport struct {
	Entries int // that are linked
	Before  int // that were written before entries were linked
	Erased  int // whose words went with a record, as the record says
	Lines   int
	Heads   []Head // how far each line has come
	Wrong   []Tampering
}

const wholeAudit = `SELECT id, at, by_id, by_name, act, subject, detail, line, n, link, salt, digest, role, org, place FROM audit WHERE line <> '' ORDER BY line, n, id`

// checkpointAct is the act of the entries into which heads are written.
const checkpointAct = "checked the audit"

// VerifyAudit reads the whole audit and finds what was changed, taken away, put
// in or moved since it was written. Heads that were kept elsewhere show also
// whether the end of a line was cut off; those written into the audit itself show
// it for all before them.
func (db *DB) VerifyAudit(ctx context.Context, kept []Head) (*AuditReport, error) {
	r := &AuditReport{}
	err := db.Read(ctx, func(tx *Tx) error {
		erased, err := tx.erasedAt(ctx)
		if err != nil {
			return err
		}
		v := verifier{report: r, erased: erased, wanted: map[string][]Head{}}
		for _, h := range kept {
			v.wanted[h.Line] = append(v.wanted[h.Line], h)
		}
		if err := tx.readCheckpoints(ctx, &v); err != nil {
			return err
		}
		if err := tx.each(ctx, wholeAudit, nil, v.row); err != nil {
			return err
		}
		v.end()
		v.gone()
		var first sql.NullString
		const start = `SELECT min(at) FROM audit WHERE line <> ''`
		if err := tx.tx.QueryRowContext(ctx, start).Scan(&first); err != nil {
			return fmt.Errorf("reading the audit: %w", err)
		}
		before, err := tx.headBefore(ctx, func(e AuditEntry) {
			if first.Valid && e.At > first.String {
				v.wrong("is in no line, though it is later than the first that is: it was not written by the program", e)
			}
		})
		if err != nil {
			return err
		}
		if r.Before = before.N; r.Before > 0 {
			r.Heads = append(r.Heads, before)
		}
		for _, h := range v.wanted[beforeLines] {
			if h != before {
				v.wrong(fmt.Sprintf("the %d entries from before entries were linked are %d now, or not the same", h.N, before.N), AuditEntry{})
			}
		}
		return nil
	})
	return r, err
}

// beforeLines stands, among heads, for the entries that were written before entries
// were linked.
const beforeLines = "before"

// headBefore returns how many entries were written before entries were linked, and
// a digest of them, and calls f for each. Their words are left out: they may have
// been erased lawfully.
func (t *Tx) headBefore(ctx context.Context, f func(AuditEntry)) (Head, error) {
	h := Head{Line: beforeLines, Link: digestOf(beforeLines)}
	const unlinked = `SELECT id, at, by_id, by_name, act, subject FROM audit WHERE line = '' ORDER BY at, id`
	err := t.each(ctx, unlinked, nil, func(rows *sql.Rows) error {
		var id string
		var e AuditEntry
		if err := rows.Scan(&id, &e.At, &e.ByID, &e.By, &e.Act, &e.Subject); err != nil {
			return err
		}
		h.N, h.Link = h.N+1, digestOf(h.Link, id, e.At, e.ByID, e.By, e.Act, e.Subject)
		f(e)
		return nil
	})
	return h, err
}

// erasedAct is the act of the entry that says that a record was erased.
const erasedAct = "erased the record"

// erasedAt returns when records were erased: those of which an entry that is
// itself linked says so.
func (t *Tx) erasedAt(ctx context.Context) (map[string]string, error) {
	at := map[string]string{}
	const list = `SELECT e.record, e.at FROM erasures e WHERE EXISTS (SELECT 1 FROM audit a WHERE a.subject = e.record AND a.act = $1 AND a.line <> '' AND a.salt <> '' AND a.at >= e.at)`
	err := t.each(ctx, list, []any{erasedAct}, func(rows *sql.Rows) error {
		var record, when string
		err := rows.Scan(&record, &when)
		at[record] = when
		return err
	})
	return at, err
}

// readCheckpoints adds the heads that were written into the audit itself. That
// those entries were not changed is verified with all others.
func (t *Tx) readCheckpoints(ctx context.Context, v *verifier) error {
	const list = `SELECT detail FROM audit WHERE act = $1 ORDER BY at`
	return t.each(ctx, list, []any{checkpointAct}, func(rows *sql.Rows) error {
		var detail string
		if err := rows.Scan(&detail); err != nil {
			return err
		}
		heads, err := ParseHeads(detail)
		if err != nil {
			return nil //nolint:nilerr // the entry was changed, which is found where it stands
		}
		for _, h := range heads {
			v.wanted[h.Line] = append(v.wanted[h.Line], h)
		}
		return nil
	})
}

// A verifier goes along the lines, one after another.
type verifier struct {
	report *AuditReport
	erased map[string]string
	wanted map[string][]Head // by line, how far it had come
	seen   map[string]bool

	line   string
	n      int
	before string
	last   AuditEntry
}

func (v *verifier) wrong(what string, e AuditEntry) {
	v.report.Wrong = append(v.report.Wrong, Tampering{what, e})
}

func (v *verifier) row(rows *sql.Rows) error {
	var e linked
	var detail, link, salt, digest string
	if err := rows.Scan(&e.id, &e.at, &e.by, &e.name, &e.act, &e.subject, &detail, &e.line, &e.n, &link, &salt, &digest, &e.role, &e.org, &e.place); err != nil {
		return err
	}
	entry := AuditEntry{At: e.at, By: e.name, Act: e.act, Detail: detail, ByID: e.by, Subject: e.subject}
	if e.line != v.line {
		v.end()
		if v.seen == nil {
			v.seen = map[string]bool{}
		}
		v.seen[e.line] = true
		v.line, v.n, v.before = e.line, 0, digestOf("a line of the audit", e.line)
		v.report.Lines++
	}
	v.report.Entries++
	at := fmt.Sprintf("line %s, number %d", e.line, e.n)
	switch {
	case e.n == v.n:
		v.wrong("has the same number as another ("+at+"): one of the two was put in", entry)
		return nil
	case e.n > v.n+1 && v.n == 0:
		v.wrong(fmt.Sprintf("is the first in its line though its number is %d: %d before it were taken away (line %s)", e.n, e.n-1, e.line), entry)
	case e.n > v.n+1:
		v.wrong(fmt.Sprintf("follows number %d by %s at %s: %d between them were taken away (%s)", v.n, v.last.By, v.last.At, e.n-v.n-1, at), entry)
	}
	if salt == "" {
		when, was := v.erased[e.subject]
		switch {
		case detail == "" && was && e.at <= when:
			v.report.Erased++
		default:
			v.wrong("has lost its words, and no erasure says so ("+at+")", entry)
		}
		e.digest = digest
	} else {
		e.digest = detailDigest(salt, detail)
	}
	if e.n == v.n+1 && e.link(v.before) != link {
		v.wrong("was changed, or the one before it was, since it was written ("+at+")", entry)
	}
	for _, h := range v.wanted[e.line] {
		if h.N == e.n && h.Link != link {
			v.wrong("is not what it was when the head of its line was kept ("+at+")", entry)
		}
	}
	v.n, v.before, v.last = e.n, link, entry
	return nil
}

// end ends a line.
func (v *verifier) end() {
	if v.line != "" {
		v.report.Heads = append(v.report.Heads, Head{v.line, v.n, v.before})
		for _, h := range v.wanted[v.line] {
			if h.N > v.n {
				v.wrong(fmt.Sprintf("is the last of line %s, which had come to number %d: %d after it were taken away", v.line, h.N, h.N-v.n), v.last)
				break
			}
		}
	}
	v.line = ""
}

// gone names the lines of which nothing is left.
func (v *verifier) gone() {
	for line, heads := range v.wanted {
		if !v.seen[line] && line != beforeLines {
			v.wrong(fmt.Sprintf("line %s is gone, which had come to number %d", line, heads[len(heads)-1].N), AuditEntry{})
		}
	}
}

const headsSince = `SELECT line, max(n) FROM audit WHERE line <> '' AND at > $1 GROUP BY line ORDER BY line`

// LastCheckpoint returns the instant at which the audit last wrote into itself how
// far it had come, or "".
func (t *Tx) LastCheckpoint(ctx context.Context) (string, error) {
	var at sql.NullString
	const last = `SELECT max(at) FROM audit WHERE act = $1`
	if err := t.tx.QueryRowContext(ctx, last, checkpointAct).Scan(&at); err != nil {
		return "", fmt.Errorf("reading the audit: %w", err)
	}
	return at.String, nil
}

// longestChange is longer than any change takes.
const longestChange = time.Hour

// Checkpoint writes into the audit how far each line has come that has grown
// since the last time, so that nothing before can be cut off unseen.
func (t *Tx) Checkpoint(ctx context.Context) ([]Head, error) {
	since, err := t.LastCheckpoint(ctx)
	if err != nil {
		return nil, err
	}
	var heads []Head
	// A transaction that began before the last time may have ended after it.
	after := ""
	if at, err := time.Parse(time.RFC3339Nano, since); err == nil {
		after = instant(at.Add(-longestChange))
	}
	err = t.each(ctx, headsSince, []any{after}, func(rows *sql.Rows) error {
		var h Head
		err := rows.Scan(&h.Line, &h.N)
		heads = append(heads, h)
		return err
	})
	if err != nil {
		return nil, err
	}
	var words []string
	for i := range heads {
		const find = `SELECT link FROM audit WHERE line = $1 AND n = $2 AND at > $3`
		if err := t.tx.QueryRowContext(ctx, find, heads[i].Line, heads[i].N, after).Scan(&heads[i].Link); err != nil {
			return nil, fmt.Errorf("reading the audit: %w", err)
		}
		words = append(words, heads[i].String())
	}
	before, err := t.headBefore(ctx, func(AuditEntry) {})
	if err != nil {
		return nil, err
	}
	if before.N > 0 {
		heads = append(heads, before)
		words = append(words, before.String())
	}
	return heads, t.Audit(ctx, checkpointAct, "", strings.Join(words, "\n"))
}
