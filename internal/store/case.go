package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"

	"weald/domain/casework"
)

// SetCase replaces what was worked out from a child's events: where the case
// stands, and the duties still to be done.
func (t *Tx) SetCase(ctx context.Context, id ChildID, s *casework.Standing, duties []Duty) error {
	const set = `INSERT INTO cases (child_id, stage, stage_on, asked_on, issued_on, last_kind, last_on, events, route, marks, stamp) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (child_id) DO UPDATE SET stage = excluded.stage, stage_on = excluded.stage_on, asked_on = excluded.asked_on, issued_on = excluded.issued_on,
		last_kind = excluded.last_kind, last_on = excluded.last_on, events = excluded.events, route = excluded.route, marks = excluded.marks, stamp = excluded.stamp`
	stamp, err := t.stamp(ctx)
	if err != nil {
		return err
	}
	last := ""
	if s.Last != casework.NoKind {
		last = s.Last.String()
	}
	if _, err := t.tx.ExecContext(ctx, set, id, string(s.Stage), s.On, s.Asked, s.Issued, last, s.LastOn, s.Events, s.Route.String(), s.Marks, stamp); err != nil {
		return fmt.Errorf("keeping where a case stands: %w", err)
	}
	return t.setDuties(ctx, id, duties)
}

// touch stamps a child's line, so that what is held in memory is read again.
func (t *Tx) touch(ctx context.Context, id ChildID) error {
	stamp, err := t.stamp(ctx)
	if err != nil {
		return err
	}
	_, err = t.tx.ExecContext(ctx, `UPDATE cases SET stamp = $1 WHERE child_id = $2`, stamp, id)
	return err
}

// changed stamps the people, teams and settings, so that what is held of them in
// memory is read again.
func (t *Tx) changed(ctx context.Context) error {
	const mark = `INSERT INTO changes (what, stamp) VALUES ('places', $1) ON CONFLICT (what) DO UPDATE SET stamp = excluded.stamp`
	stamp, err := t.stamp(ctx)
	if err != nil {
		return err
	}
	_, err = t.tx.ExecContext(ctx, mark, stamp)
	return err
}

// A Mark says up to where the caseload has been read.
type Mark struct {
	lines  int64 // whatever has a lower stamp has been read
	places int64
	gone   int64 // when children were last removed
}

// Gone reports whether children have been removed between two marks: whoever
// holds them must read everything again, from the zero mark.
func (m Mark) Gone(next Mark) bool { return m != Mark{} && m.gone != next.gone }

// Since reads what has changed in the caseload since a mark: the lines, given to
// f, and whether the people, teams or settings did. It returns the mark for the
// next time. The zero mark reads everything.
func (t *Tx) Since(ctx context.Context, m Mark, f func(*Line) error) (next Mark, places bool, err error) {
	q := sqliteSettled
	if t.dialect == goose.DialectPostgres {
		q = postgresSettled
	}
	if err := t.tx.QueryRowContext(ctx, q).Scan(&next.lines, &next.places, &next.gone); err != nil {
		return m, false, fmt.Errorf("reading the caseload: %w", err)
	}
	// On PostgreSQL the mark stands still while a change begun before it is under
	// way, and others go past.
	if next != m || t.dialect == goose.DialectPostgres {
		err = t.Lines(ctx, m.lines, f)
	}
	return next, next.places != m.places || m == Mark{}, err
}

const (
	sqliteStamp   = `SELECT 1 + max(coalesce((SELECT max(stamp) FROM cases), 0), coalesce((SELECT max(stamp) FROM changes), 0))`
	sqliteSettled = `SELECT 1 + coalesce((SELECT max(stamp) FROM cases), 0), coalesce((SELECT max(stamp) FROM changes), 0), coalesce((SELECT stamp FROM changes WHERE what = 'gone'), 0)`
	postgresStamp = `SELECT pg_current_xact_id()::text::bigint`
	// Whatever is stamped below this was committed before the transaction that
	// asks began, and so has been seen by it.
	postgresSettled = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, coalesce((SELECT max(stamp) FROM changes), 0), coalesce((SELECT stamp FROM changes WHERE what = 'gone'), 0)`
)

// stamp returns the number that marks everything the transaction changes. It is
// one of the few things that the two engines are asked for in different words:
// SQLite has one writer at a time, so a count will do; on PostgreSQL it must
// also tell what is not yet committed.
func (t *Tx) stamp(ctx context.Context) (int64, error) {
	if t.stamped != 0 {
		return t.stamped, nil
	}
	q := sqliteStamp
	if t.dialect == goose.DialectPostgres {
		q = postgresStamp
	}
	err := t.tx.QueryRowContext(ctx, q).Scan(&t.stamped)
	if err != nil {
		return 0, fmt.Errorf("stamping a change: %w", err)
	}
	return t.stamped, nil
}

// A Line is a child on one line of the caseload.
type Line struct {
	Child
	casework.Standing
	Duties []Duty

	ContactNames []string // of the people around the child, when it is read
}

// Both are read in order of the stamp, by its index: in another order SQLite would
// look through every child for the few that have changed.
const linesSince = `SELECT c.id, c.surname, c.forename, c.born_on, c.upn, c.uln, coalesce(t.name, ''), coalesce(c.load_id, ''),
	c.nhs, c.reference, c.sex, c.postcode, c.district, c.need, coalesce(c.setting_id, ''), coalesce(c.officer_id, ''),
	k.stage, k.stage_on, k.asked_on, k.issued_on, k.last_kind, k.last_on, k.events, k.route, k.marks
	FROM cases k JOIN children c ON c.id = k.child_id LEFT JOIN teams t ON t.id = c.team_id
	WHERE k.stamp >= $1 ORDER BY k.stamp`

const dutiesSince = `SELECT d.child_id, d.rule, d.of_name, d.process, d.nature, d.binding, d.excused, d.due_on, d.next
	FROM cases k JOIN duties d ON d.child_id = k.child_id WHERE k.stamp >= $1 ORDER BY k.stamp, d.child_id, d.n`

const namesSince = `SELECT n.child_id, n.name FROM cases k JOIN contacts n ON n.child_id = k.child_id WHERE k.stamp >= $1 ORDER BY k.stamp, n.child_id, n.n`

// Lines calls f for every child whose line has the stamp or a later one, in
// order of ID. The line belongs to the callee.
func (t *Tx) Lines(ctx context.Context, since int64, f func(*Line) error) error {
	var lines []*Line
	byID := map[ChildID]*Line{}
	same := interned()
	err := t.each(ctx, linesSince, []any{since}, func(rows *sql.Rows) error {
		l := &Line{}
		var stage, last, route string
		to := append(l.Child.columns(), &stage, &l.On, &l.Asked, &l.Issued, &last, &l.LastOn, &l.Events, &route, &l.Marks)
		if err := rows.Scan(to...); err != nil {
			return err
		}
		l.Last, _ = casework.KindNamed(last)
		l.Route, _ = casework.ValueNamed(route)
		l.Stage = casework.Stage(same(stage))
		for _, s := range []*string{&l.Team, &l.District, &l.Need, &l.Setting, &l.Officer, &l.LoadID, &l.Sex} {
			*s = same(*s)
		}
		lines = append(lines, l)
		byID[l.ID] = l
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the caseload: %w", err)
	}
	if len(lines) == 0 {
		return nil
	}
	slices.SortFunc(lines, func(a, b *Line) int { return strings.Compare(string(a.ID), string(b.ID)) })
	err = t.each(ctx, dutiesSince, []any{since}, func(rows *sql.Rows) error {
		var id ChildID
		var d Duty
		var binding, excused, next int
		if err := rows.Scan(&id, &d.Rule, &d.Of, &d.Process, &d.Nature, &binding, &excused, &d.Due, &next); err != nil {
			return err
		}
		d.Binding, d.Excused, d.Next = binding != 0, excused != 0, next != 0
		if l := byID[id]; l != nil {
			d.Rule, d.Process, d.Nature = same(d.Rule), same(d.Process), same(d.Nature)
			l.Duties = append(l.Duties, d)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the caseload: %w", err)
	}
	err = t.each(ctx, namesSince, []any{since}, func(rows *sql.Rows) error {
		var id ChildID
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		if l := byID[id]; l != nil {
			l.ContactNames = append(l.ContactNames, same(name))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the caseload: %w", err)
	}
	for _, l := range lines {
		if err := f(l); err != nil {
			return err
		}
	}
	return nil
}

// SetWorkedOut keeps how everything that is worked out was.
func (t *Tx) SetWorkedOut(ctx context.Context, mark string) error {
	const set = `INSERT INTO worked_out (one, mark) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET mark = excluded.mark`
	if _, err := t.tx.ExecContext(ctx, set, mark); err != nil {
		return fmt.Errorf("keeping what was worked out: %w", err)
	}
	return nil
}

const workedOut = `SELECT coalesce(max(mark), '') FROM worked_out`

// WorkedOut returns what [Tx.SetWorkedOut] kept, or "".
func (t *Tx) WorkedOut(ctx context.Context) (mark string, err error) {
	if err := t.tx.QueryRowContext(ctx, workedOut).Scan(&mark); err != nil {
		return "", fmt.Errorf("reading what was worked out: %w", err)
	}
	return mark, nil
}

// interned returns a function that gives the same text back for equal texts, so
// that what many lines share is held once.
func interned() func(string) string {
	held := map[string]string{}
	return func(s string) string {
		if one, ok := held[s]; ok {
			return one
		}
		held[s] = s
		return s
	}
}
