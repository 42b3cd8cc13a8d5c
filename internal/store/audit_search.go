package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"weald/domain/access"
)

// An AuditQuery picks audit entries: those that fit every part that is given.
type AuditQuery struct {
	Who   string // part of the name
	About string // a child's reference, or part of the name
	Words string // part of the act or of what more is said
	From  time.Time
	Until time.Time // before this
}

// AuditSearch calls f for the entries that a query picks, the newest first, with
// the child that each is about, if it is about one who is still in the record.
func (t *Tx) AuditSearch(ctx context.Context, q AuditQuery, limit, skip int, f func(e AuditEntry, child ChildID, name string) error) error {
	query := `SELECT a.at, a.by_name, a.act, a.detail, a.by_id, a.subject, a.role, a.org, a.place, coalesce(c.id, ''), coalesce(c.forename || ' ' || c.surname, '')
		FROM audit a LEFT JOIN children c ON c.id = a.subject WHERE 1 = 1`
	var args []any
	add := func(condition string, value any) {
		args = append(args, value)
		query += strings.ReplaceAll(condition, "?", fmt.Sprintf("$%d", len(args)))
	}
	if q.Who != "" {
		add(` AND lower(a.by_name) LIKE ? ESCAPE '!'`, likeWords(q.Who))
	}
	if q.About != "" {
		add(` AND (lower(c.forename || ' ' || c.surname) LIKE ? ESCAPE '!' OR lower(c.reference) LIKE ? ESCAPE '!')`, likeWords(q.About))
	}
	if q.Words != "" {
		add(` AND (lower(a.act) LIKE ? ESCAPE '!' OR lower(a.detail) LIKE ? ESCAPE '!')`, likeWords(q.Words))
	}
	if !q.From.IsZero() {
		add(` AND a.at >= ?`, instant(q.From))
	}
	if !q.Until.IsZero() {
		add(` AND a.at < ?`, instant(q.Until))
	}
	add(` ORDER BY a.at DESC, a.n DESC, a.id LIMIT ?`, limit)
	add(` OFFSET ?`, skip)
	return t.each(ctx, query, args, func(rows *sql.Rows) error {
		var e AuditEntry
		var id ChildID
		var name string
		if err := rows.Scan(&e.At, &e.By, &e.Act, &e.Detail, &e.ByID, &e.Subject, &e.Role, &e.Org, &e.Place, &id, &name); err != nil {
			return err
		}
		return f(e, id, name)
	})
}

// likeWords is a pattern for part of a text, in small letters, in which nothing
// typed has a meaning of its own.
func likeWords(s string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(strings.ToLower(s)) + "%"
}

// A Sight is one time that somebody opened a child's record, or was refused.
type Sight struct {
	Person, Name string
	Role         access.Role
	At           time.Time
	Child        ChildID
	ChildName    string
	Surname      string
	Officer      string // who has the case now
	Team         string
	Refused      bool
	SameContact  bool
}

const sightsSince = `SELECT a.by_id, a.by_name, a.role, a.at, c.id, c.forename || ' ' || c.surname, c.surname, coalesce(c.officer_id, ''), coalesce(t.name, ''),
	CASE WHEN a.act = 'was refused the case' THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM contacts k JOIN people p ON p.id = a.by_id WHERE k.child_id = c.id AND (p.email <> '' AND lower(p.email) = lower(k.email) OR p.phone <> '' AND p.phone = k.phone)) THEN 1 ELSE 0 END
	FROM audit a JOIN children c ON c.id = a.subject LEFT JOIN teams t ON t.id = c.team_id
	WHERE a.at >= $1 AND a.act IN ('opened the case', 'opened the plan', 'opened a document', 'was refused the case') AND a.role NOT IN ('family', 'supporter', 'program')`

// Sights calls f for each time since an instant that somebody other than family
// opened a record, or asked for one and was refused.
func (t *Tx) Sights(ctx context.Context, since time.Time, f func(*Sight) error) error {
	return t.each(ctx, sightsSince, []any{instant(since)}, func(rows *sql.Rows) error {
		var s Sight
		var at string
		var refused, same int
		err := rows.Scan(&s.Person, &s.Name, &s.Role, &at, &s.Child, &s.ChildName, &s.Surname, &s.Officer, &s.Team, &refused, &same)
		if err != nil {
			return err
		}
		if s.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return err
		}
		s.Refused, s.SameContact = refused != 0, same != 0
		return f(&s)
	})
}

// A Settlement is what somebody said of access that looked unusual.
type Settlement struct {
	Rule, Person, Matter string
	Outcome, Why         string
	At, By               string
}

// Settle keeps what was said of access that looked unusual; a later saying takes
// the place of an earlier, which the audit keeps.
func (t *Tx) Settle(ctx context.Context, s *Settlement) error {
	const set = `INSERT INTO settlements (id, rule, person_id, matter, outcome, why, at, by_id, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (rule, person_id, matter) DO UPDATE SET outcome = excluded.outcome, why = excluded.why, at = excluded.at, by_id = excluded.by_id, by_name = excluded.by_name`
	if _, err := t.tx.ExecContext(ctx, set, rand.Text(), s.Rule, s.Person, s.Matter, s.Outcome, s.Why, instant(t.at), t.by.ID, t.by.Name); err != nil {
		return fmt.Errorf("settling unusual access: %w", err)
	}
	return nil
}

// Settlements returns what was said, by rule, person and matter.
func (t *Tx) Settlements(ctx context.Context) (map[[3]string]Settlement, error) {
	all := map[[3]string]Settlement{}
	err := t.each(ctx, `SELECT rule, person_id, matter, outcome, why, at, by_name FROM settlements`, nil, func(rows *sql.Rows) error {
		var s Settlement
		err := rows.Scan(&s.Rule, &s.Person, &s.Matter, &s.Outcome, &s.Why, &s.At, &s.By)
		all[[3]string{s.Rule, s.Person, s.Matter}] = s
		return err
	})
	return all, err
}
