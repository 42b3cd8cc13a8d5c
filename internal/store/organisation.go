package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
	"weald/domain/access"
)

// An Organisation is a setting, service, board or other body whose people use
// the service.
type Organisation struct {
	ID      string
	Name    string
	Kind    access.Kind
	Setting string // the setting that it is, by ID; "": it is none
	Mailbox string // shared: letters about work go there and not to one person
	Body    string // as events name it when its advice is asked for; "": it gives none
	Closed  bool
}

// SetOrganisation keeps an organisation, new or changed.
func (t *Tx) SetOrganisation(ctx context.Context, o *Organisation) error {
	const set = `INSERT INTO organisations (id, name, kind, setting_id, mailbox, body, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, mailbox = excluded.mailbox, body = excluded.body`
	if o.ID == "" {
		o.ID = rand.Text()
	}
	if _, err := t.tx.ExecContext(ctx, set, o.ID, o.Name, o.Kind, orNull(o.Setting), o.Mailbox, o.Body, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping an organisation: %w", err)
	}
	return nil
}

const (
	organisationColumns = `SELECT id, name, kind, coalesce(setting_id, ''), mailbox, body, closed_at FROM organisations `
	organisationByID    = organisationColumns + `WHERE id = $1`
	allOrganisations    = organisationColumns + `ORDER BY name, id`
)

func scanOrganisation(scan func(...any) error) (o Organisation, err error) {
	var closed string
	err = scan(&o.ID, &o.Name, &o.Kind, &o.Setting, &o.Mailbox, &o.Body, &closed)
	o.Closed = closed != ""
	return o, err
}

// Organisation returns one organisation, or ErrNotFound.
func (t *Tx) Organisation(ctx context.Context, id string) (*Organisation, error) {
	o, err := scanOrganisation(t.tx.QueryRowContext(ctx, organisationByID, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading an organisation: %w", err)
	}
	return &o, nil
}

// Organisations returns every organisation, by name.
func (t *Tx) Organisations(ctx context.Context) (all []Organisation, err error) {
	err = t.each(ctx, allOrganisations, nil, func(rows *sql.Rows) error {
		o, err := scanOrganisation(rows.Scan)
		all = append(all, o)
		return err
	})
	return all, err
}

// A Membership says that somebody belongs to an organisation, from day to day.
type Membership struct {
	ID       string
	Org      string
	PersonID string
	Name     string // the person's
	Email    string
	Role     access.Role
	Admin    bool // says who there may do what
	From     calendar.Date
	Until    calendar.Date // the last day; zero: it has no end
	CoverOf  string        // the membership for which it stands in; "": none
	Ended    bool          // it was ended before its time
	Children int           // whom the person looks after there
}

// InForce reports whether a membership is in force on a day.
func (m *Membership) InForce(on calendar.Date) bool {
	return !m.Ended && m.From <= on && (m.Until.IsZero() || on <= m.Until)
}

// AddMembership keeps that somebody belongs to an organisation.
func (t *Tx) AddMembership(ctx context.Context, m *Membership) error {
	const add = `INSERT INTO memberships (id, org_id, person_id, role, admin, from_on, until_on, cover_of, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
	if m.ID == "" {
		m.ID = rand.Text()
	}
	if _, err := t.tx.ExecContext(ctx, add, m.ID, m.Org, m.PersonID, m.Role, bit(m.Admin), m.From, m.Until, orNull(m.CoverOf), instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping who belongs to an organisation: %w", err)
	}
	return nil
}

// ChangeMembership keeps what somebody may do at an organisation, and until when.
func (t *Tx) ChangeMembership(ctx context.Context, m *Membership) error {
	const change = `UPDATE memberships SET role = $3, admin = $4, until_on = $5 WHERE id = $1 AND org_id = $2 AND ended_at = ''`
	return t.one(ctx, change, m.ID, m.Org, m.Role, bit(m.Admin), m.Until)
}

// EndMembership ends a membership now. ErrNotFound: it was none, or had ended.
func (t *Tx) EndMembership(ctx context.Context, org, id string) error {
	const end = `UPDATE memberships SET ended_at = $3, ended_by = $4 WHERE id = $1 AND org_id = $2 AND ended_at = ''`
	return t.one(ctx, end, id, org, instant(t.at), t.by.Name)
}

// one runs a statement that must change one row, or returns ErrNotFound.
func (t *Tx) one(ctx context.Context, query string, args ...any) error {
	done, err := t.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("changing the record: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrNotFound)
	}
	return nil
}

const membershipsOf = `SELECT m.id, m.org_id, m.person_id, p.name, p.email, m.role, m.admin, m.from_on, m.until_on, coalesce(m.cover_of, ''), m.ended_at,
	(SELECT count(*) FROM allocations a WHERE a.org_id = m.org_id AND a.person_id = m.person_id)
	FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.org_id = $1 ORDER BY p.name, m.from_on, m.id`

// Memberships returns who belongs to an organisation and who did, by name.
func (t *Tx) Memberships(ctx context.Context, org string) (all []Membership, err error) {
	err = t.each(ctx, membershipsOf, []any{org}, func(rows *sql.Rows) error {
		var m Membership
		var admin int
		var ended string
		if err := rows.Scan(&m.ID, &m.Org, &m.PersonID, &m.Name, &m.Email, &m.Role, &admin, &m.From, &m.Until, &m.CoverOf, &ended, &m.Children); err != nil {
			return err
		}
		m.Admin, m.Ended = admin != 0, ended != ""
		all = append(all, m)
		return nil
	})
	return all, err
}

// A Capacity is one thing as which somebody may act: by a membership, or as
// family.
type Capacity struct {
	ID      string // a membership's, or a role's when it comes from ties
	Role    access.Role
	Org     string
	OrgName string
	Kind    access.Kind // of the organisation
	Admin   bool
}

const capacitiesOf = `SELECT m.id, m.role, m.org_id, o.name, o.kind, m.admin, m.from_on FROM memberships m JOIN organisations o ON o.id = m.org_id
		WHERE m.person_id = $1 AND m.ended_at = '' AND o.closed_at = '' AND m.from_on <= $2 AND (m.until_on IS NULL OR m.until_on >= $2)
	UNION SELECT 'family', 'family', '', '', '', 0, '9' FROM ties WHERE person_id = $1 AND kind <> 'supporter' AND ended_at = '' AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2)
	UNION SELECT 'supporter', 'supporter', '', '', '', 0, '9' FROM ties WHERE person_id = $1 AND kind = 'supporter' AND ended_at = '' AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2)
		AND NOT EXISTS (SELECT 1 FROM memberships n WHERE n.person_id = $1 AND n.role = 'supporter' AND n.ended_at = '' AND n.from_on <= $2 AND (n.until_on IS NULL OR n.until_on >= $2))
	ORDER BY 7, 1`

// Capacities returns as what a person may act on a day, beside the role that the
// council gave them: their memberships first, from the oldest.
func (t *Tx) Capacities(ctx context.Context, person string, on calendar.Date) (all []Capacity, err error) {
	err = t.each(ctx, capacitiesOf, []any{person, on}, func(rows *sql.Rows) error {
		var c Capacity
		var admin int
		var from string
		if err := rows.Scan(&c.ID, &c.Role, &c.Org, &c.OrgName, &c.Kind, &admin, &from); err != nil {
			return err
		}
		c.Admin = admin != 0
		all = append(all, c)
		return nil
	})
	return all, err
}

// Allocate says who at an organisation looks after a child; "" is nobody, and
// the child is on the shared list.
func (t *Tx) Allocate(ctx context.Context, org string, id ChildID, person string) error {
	const drop = `DELETE FROM allocations WHERE org_id = $1 AND child_id = $2`
	const add = `INSERT INTO allocations (org_id, child_id, person_id) VALUES ($1, $2, $3)`
	if _, err := t.tx.ExecContext(ctx, drop, org, id); err != nil {
		return fmt.Errorf("allocating a child: %w", err)
	}
	if person == "" {
		return nil
	}
	if _, err := t.tx.ExecContext(ctx, add, org, id, person); err != nil {
		return fmt.Errorf("allocating a child: %w", err)
	}
	return nil
}

// Reallocate gives all that one person at an organisation looks after to another,
// or to the shared list, and returns how many children they are.
func (t *Tx) Reallocate(ctx context.Context, org, from, to string) (n int64, err error) {
	const drop = `DELETE FROM allocations WHERE org_id = $1 AND person_id = $2`
	const move = `UPDATE allocations SET person_id = $3 WHERE org_id = $1 AND person_id = $2`
	var done sql.Result
	if to == "" {
		done, err = t.tx.ExecContext(ctx, drop, org, from)
	} else {
		done, err = t.tx.ExecContext(ctx, move, org, from, to)
	}
	if err != nil {
		return 0, fmt.Errorf("handing children over: %w", err)
	}
	return done.RowsAffected()
}

const allocationsIn = `SELECT child_id, person_id FROM allocations WHERE org_id = $1 ORDER BY child_id`

// Allocations returns who at an organisation looks after which child.
func (t *Tx) Allocations(ctx context.Context, org string) (all map[ChildID]string, err error) {
	all = map[ChildID]string{}
	err = t.each(ctx, allocationsIn, []any{org}, func(rows *sql.Rows) error {
		var id ChildID
		var person string
		if err := rows.Scan(&id, &person); err != nil {
			return err
		}
		all[id] = person
		return nil
	})
	return all, err
}
