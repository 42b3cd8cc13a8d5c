package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"weald/calendar"
	"weald/domain/access"
)

// A Tie is what somebody is to a child, as it is kept.
type Tie struct {
	access.Tie
	ID       string
	PersonID string
	Name     string // the person's
	Email    string
	Basis    string // on what it rests: a birth certificate, an order, consent
	Ended    bool   // it was taken back
}

// AddTie keeps what somebody is to a child.
func (t *Tx) AddTie(ctx context.Context, id ChildID, tie *Tie) error {
	const add = `INSERT INTO ties (id, child_id, person_id, kind, limits, say, basis, from_on, until_on, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	if tie.ID == "" {
		tie.ID = rand.Text()
	}
	if _, err := t.tx.ExecContext(ctx, add, tie.ID, id, tie.PersonID, tie.Kind, tie.Limit, tie.Say, t.keys.seal("ties", "basis", id, tie.Basis), tie.From, tie.Until, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping what somebody is to a child: %w", err)
	}
	return t.changed(ctx)
}

// EndTie takes a tie back. What is changed of a tie is a new one in its place.
func (t *Tx) EndTie(ctx context.Context, id ChildID, tie string) error {
	const end = `UPDATE ties SET ended_at = $3, ended_by = $4 WHERE id = $1 AND child_id = $2 AND ended_at = ''`
	if err := t.one(ctx, end, tie, id, instant(t.at), t.by.Name); err != nil {
		return err
	}
	return t.changed(ctx)
}

const tiesOf = `SELECT t.id, t.person_id, p.name, p.email, t.kind, t.limits, t.say, t.basis, t.from_on, t.until_on, t.ended_at
	FROM ties t JOIN people p ON p.id = t.person_id WHERE t.child_id = $1 ORDER BY t.made_at, t.id`

// Ties returns who is and was what to a child, from the first.
func (t *Tx) Ties(ctx context.Context, id ChildID) (all []Tie, err error) {
	err = t.each(ctx, tiesOf, []any{id}, func(rows *sql.Rows) error {
		var tie Tie
		var ended string
		if err := rows.Scan(&tie.ID, &tie.PersonID, &tie.Name, &tie.Email, &tie.Kind, &tie.Limit, &tie.Say, &tie.Basis, &tie.From, &tie.Until, &ended); err != nil {
			return err
		}
		tie.Ended = ended != ""
		if err := t.keys.openAll("ties", id, []string{"basis"}, &tie.Basis); err != nil {
			return err
		}
		all = append(all, tie)
		return nil
	})
	return all, err
}

// An Involvement is what an organisation has to do with a child.
type Involvement struct {
	ID      string
	Org     string
	OrgName string
	Kind    access.Relation // access.Consulted or access.Helping
	Why     string
	From    calendar.Date
	Until   calendar.Date // the last day; zero: it has no end
	Ended   bool
}

// InForce reports whether an involvement is in force on a day.
func (i *Involvement) InForce(on calendar.Date) bool {
	return !i.Ended && i.From <= on && (i.Until.IsZero() || on <= i.Until)
}

// AddInvolvement keeps that an organisation has to do with a child.
func (t *Tx) AddInvolvement(ctx context.Context, id ChildID, i *Involvement) error {
	const add = `INSERT INTO involvements (id, child_id, org_id, kind, why, from_on, until_on, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	if i.ID == "" {
		i.ID = rand.Text()
	}
	if _, err := t.tx.ExecContext(ctx, add, i.ID, id, i.Org, i.Kind, i.Why, i.From, i.Until, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping which organisation has to do with a child: %w", err)
	}
	return nil
}

// EndInvolvement ends an involvement now.
func (t *Tx) EndInvolvement(ctx context.Context, id ChildID, involvement string) error {
	const end = `UPDATE involvements SET ended_at = $3, ended_by = $4 WHERE id = $1 AND child_id = $2 AND ended_at = ''`
	return t.one(ctx, end, involvement, id, instant(t.at), t.by.Name)
}

const involvementsOf = `SELECT i.id, i.org_id, o.name, i.kind, i.why, i.from_on, i.until_on, i.ended_at
	FROM involvements i JOIN organisations o ON o.id = i.org_id WHERE i.child_id = $1 ORDER BY i.made_at, i.id`

// Involvements returns which organisations have and had to do with a child.
func (t *Tx) Involvements(ctx context.Context, id ChildID) (all []Involvement, err error) {
	err = t.each(ctx, involvementsOf, []any{id}, func(rows *sql.Rows) error {
		var i Involvement
		var ended string
		if err := rows.Scan(&i.ID, &i.Org, &i.OrgName, &i.Kind, &i.Why, &i.From, &i.Until, &ended); err != nil {
			return err
		}
		i.Ended = ended != ""
		all = append(all, i)
		return nil
	})
	return all, err
}

// A Seal says that a case is restricted to named people, and why.
type Seal struct {
	Why, At, By string
}

// SealCase restricts a case to the people named for it.
func (t *Tx) SealCase(ctx context.Context, id ChildID, why string) error {
	const add = `INSERT INTO seals (id, child_id, why, made_at, made_by) VALUES ($1, $2, $3, $4, $5)`
	if _, err := t.tx.ExecContext(ctx, add, rand.Text(), id, t.keys.seal("seals", "why", id, why), instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("restricting a case: %w", err)
	}
	return t.changed(ctx)
}

// UnsealCase lifts the restriction of a case.
func (t *Tx) UnsealCase(ctx context.Context, id ChildID) error {
	const lift = `UPDATE seals SET lifted_at = $2, lifted_by = $3 WHERE child_id = $1 AND lifted_at = ''`
	if err := t.one(ctx, lift, id, instant(t.at), t.by.Name); err != nil {
		return err
	}
	return t.changed(ctx)
}

// SealOf returns the restriction of a case, or nil.
func (t *Tx) SealOf(ctx context.Context, id ChildID) (*Seal, error) {
	const find = `SELECT why, made_at, made_by FROM seals WHERE child_id = $1 AND lifted_at = ''`
	var s Seal
	err := t.tx.QueryRowContext(ctx, find, id).Scan(&s.Why, &s.At, &s.By)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("reading a restriction: %w", err)
	}
	return &s, t.keys.openAll("seals", id, []string{"why"}, &s.Why)
}

// Kinds of special standing.
const (
	NamedStanding    = "named"    // for a restricted case
	InterestStanding = "interest" // which keeps somebody out
)

// A SpecialStanding is that somebody is named for a restricted case, or has an
// interest in a child.
type SpecialStanding struct {
	ID       string
	PersonID string
	Name     string
	Kind     string
	Why      string
	At, By   string
}

// AddStanding keeps somebody's special standing.
func (t *Tx) AddStanding(ctx context.Context, id ChildID, person, kind, why string) error {
	const add = `INSERT INTO standings (id, child_id, person_id, kind, why, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	if _, err := t.tx.ExecContext(ctx, add, rand.Text(), id, person, kind, t.keys.seal("standings", "why", id, why), instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping somebody’s standing: %w", err)
	}
	return t.changed(ctx)
}

// EndStanding ends a special standing.
func (t *Tx) EndStanding(ctx context.Context, id ChildID, standing string) error {
	const end = `UPDATE standings SET ended_at = $3, ended_by = $4 WHERE id = $1 AND child_id = $2 AND ended_at = ''`
	if err := t.one(ctx, end, standing, id, instant(t.at), t.by.Name); err != nil {
		return err
	}
	return t.changed(ctx)
}

const standingsOf = `SELECT s.id, s.person_id, p.name, s.kind, s.why, s.made_at, s.made_by
	FROM standings s JOIN people p ON p.id = s.person_id WHERE s.child_id = $1 AND s.ended_at = '' ORDER BY s.kind, p.name, s.id`

// SpecialStandings returns who is named for a child's case, and who has an
// interest in the child.
func (t *Tx) SpecialStandings(ctx context.Context, id ChildID) (all []SpecialStanding, err error) {
	err = t.each(ctx, standingsOf, []any{id}, func(rows *sql.Rows) error {
		var s SpecialStanding
		if err := rows.Scan(&s.ID, &s.PersonID, &s.Name, &s.Kind, &s.Why, &s.At, &s.By); err != nil {
			return err
		}
		all = append(all, s)
		return t.keys.openAll("standings", id, []string{"why"}, &all[len(all)-1].Why)
	})
	return all, err
}

// A row holds if it was not taken back and the day is among its days.
const inForce = ` AND ended_at = '' AND from_on <= $3 AND (until_on IS NULL OR until_on >= $3) `

const standingOf = `SELECT c.born_on,
	CASE WHEN EXISTS (SELECT 1 FROM organisations WHERE id = $2 AND setting_id = c.setting_id) THEN 1 ELSE 0 END
	+ CASE WHEN EXISTS (SELECT 1 FROM involvements WHERE child_id = c.id AND org_id = $2 AND kind = 'consulted'` + inForce + `) THEN 2 ELSE 0 END
	+ CASE WHEN EXISTS (SELECT 1 FROM involvements WHERE child_id = c.id AND org_id = $2 AND kind = 'helping'` + inForce + `) THEN 4 ELSE 0 END
	+ CASE WHEN EXISTS (SELECT 1 FROM seals WHERE child_id = c.id AND lifted_at = '') THEN 8 ELSE 0 END
	+ CASE WHEN EXISTS (SELECT 1 FROM standings WHERE child_id = c.id AND person_id = $1 AND kind = 'named' AND ended_at = '') THEN 16 ELSE 0 END
	+ CASE WHEN EXISTS (SELECT 1 FROM standings WHERE child_id = c.id AND person_id = $1 AND kind = 'interest' AND ended_at = '') THEN 32 ELSE 0 END
	+ CASE WHEN EXISTS (SELECT 1 FROM ties WHERE child_id = c.id AND person_id = $1 AND ended_at = '') THEN 64 ELSE 0 END
	+ CASE WHEN EXISTS (SELECT 1 FROM quality_shares s JOIN quality_audits a ON a.id = s.audit_id WHERE a.child_id = c.id AND s.person_id = $1 AND s.done_at = '' AND a.signed_on IS NULL AND a.withdrawn_at = '') THEN 128 ELSE 0 END
	FROM children c WHERE c.id = $4`

const tiesBetween = `SELECT kind, limits, say, from_on, until_on FROM ties WHERE child_id = $1 AND person_id = $2 AND ended_at = '' ORDER BY made_at, id`

// Standing returns what somebody, in the capacity in which they act, is to a
// child on a day. ErrNotFound: there is no such child.
func (t *Tx) Standing(ctx context.Context, u access.User, id ChildID, on calendar.Date) (*access.Standing, error) {
	s := &access.Standing{On: on}
	var has int
	err := t.tx.QueryRowContext(ctx, standingOf, u.ID, u.Org, on, id).Scan(&s.Born, &has)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading what somebody is to a child: %w", err)
	}
	s.OnRoll, s.Consulted, s.Helping, s.Sealed, s.Named, s.Known, s.Auditing = has&1 != 0, has&2 != 0, has&4 != 0, has&8 != 0, has&16 != 0, has&32 != 0, has&128 != 0
	if has&64 == 0 {
		return s, nil
	}
	err = t.each(ctx, tiesBetween, []any{id, u.ID}, func(rows *sql.Rows) error {
		var tie access.Tie
		err := rows.Scan(&tie.Kind, &tie.Limit, &tie.Say, &tie.From, &tie.Until)
		s.Ties = append(s.Ties, tie)
		return err
	})
	return s, err
}

// reaching is, by relation, the children to whom somebody stands in it: what
// [access.Standing.Is] decides of one child. $1 is the person, $2 the organisation
// for which they act, $3 the day, and $4 the latest day of birth of young persons.
var reaching = map[access.Relation]string{
	access.InArea:     `SELECT id FROM children`,
	access.OnRoll:     `SELECT c.id FROM children c JOIN organisations o ON o.setting_id = c.setting_id WHERE o.id = $2`,
	access.Consulted:  `SELECT child_id FROM involvements WHERE org_id = $2 AND kind = 'consulted'` + inForce,
	access.Helping:    `SELECT child_id FROM involvements WHERE org_id = $2 AND kind = 'helping'` + inForce,
	access.Auditing:   `SELECT a.child_id FROM quality_shares s JOIN quality_audits a ON a.id = s.audit_id WHERE s.person_id = $1 AND s.done_at = '' AND a.signed_on IS NULL AND a.withdrawn_at = ''`,
	access.Self:       `SELECT child_id FROM ties WHERE person_id = $1 AND kind = 'self'` + inForce,
	access.Supporting: `SELECT child_id FROM ties WHERE person_id = $1 AND kind = 'supporter'` + inForce,
	access.Parental: `SELECT t.child_id FROM ties t JOIN children k ON k.id = t.child_id
		WHERE t.person_id = $1 AND t.kind IN ('parent', 'carer') AND (t.say <> '' OR k.born_on IS NULL OR k.born_on > $4)` + inForce,
	access.Deciding: `SELECT t.child_id FROM ties t JOIN children k ON k.id = t.child_id
		WHERE t.person_id = $1 AND (t.kind = 'self' AND k.born_on <= $4 OR t.kind IN ('parent', 'carer') AND (t.say = 'represents' OR k.born_on IS NULL OR k.born_on > $4))` + inForce,
}

// barring is what takes children away again: see [access.Bars].
const (
	barringFamily = ` AND c.id NOT IN (SELECT child_id FROM ties WHERE person_id = $1 AND limits = 'nothing'` + inForce + `)`
	barringOthers = ` AND c.id NOT IN (SELECT child_id FROM ties WHERE person_id = $1 AND kind <> 'supporter'` + inForce + `)
		AND c.id NOT IN (SELECT child_id FROM standings WHERE person_id = $1 AND kind = 'interest' AND ended_at = '')
		AND (c.id NOT IN (SELECT child_id FROM seals WHERE lifted_at = '') OR c.id IN (SELECT child_id FROM standings WHERE person_id = $1 AND kind = 'named' AND ended_at = ''))`
)

// reachOf puts together the query for the children with whom a person may do
// something; "": there can be none.
func reachOf(u access.User, p access.Permission) string {
	var parts []string
	for _, r := range u.Relations(p) {
		if q, ok := reaching[r]; ok {
			parts = append(parts, q)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	bars := barringOthers
	switch u.Role {
	case access.Family, access.Supporter:
		bars = barringFamily
	case access.Program:
		bars = ""
	}
	// each of the four is named, so that either engine knows its type
	return `SELECT c.id FROM children c WHERE c.id IN (` + strings.Join(parts, ` UNION `) + `)` + bars +
		` AND ($1 <> '' OR $2 <> '' OR $3 <> '' OR $4 <> '') ORDER BY c.surname, c.forename, c.born_on, c.id`
}

// Reach returns the children with whom a person, in the capacity in which they
// act, may do something on a day: those, and no others, of whom [access.Decide]
// says so. They come by surname.
func (t *Tx) Reach(ctx context.Context, u access.User, p access.Permission, on calendar.Date) (all []ChildID, err error) {
	query := reachOf(u, p)
	if query == "" {
		return nil, nil
	}
	err = t.each(ctx, query, []any{u.ID, u.Org, on, access.YoungIfBornBy(on)}, func(rows *sql.Rows) error {
		var id ChildID
		err := rows.Scan(&id)
		all = append(all, id)
		return err
	})
	return all, err
}

const (
	allSeals     = `SELECT child_id FROM seals WHERE lifted_at = ''`
	allStandings = `SELECT child_id, person_id, kind FROM standings WHERE ended_at = '' UNION SELECT child_id, person_id, kind FROM ties WHERE kind <> 'supporter' AND ended_at = '' AND from_on <= $1 AND (until_on IS NULL OR until_on >= $1)`
)

// Restrictions is who may not see whom, for lists that are kept in memory.
type Restrictions struct {
	Sealed   map[ChildID]bool
	Named    map[string]map[ChildID]bool // by person, the restricted cases for which they are named
	Interest map[string]map[ChildID]bool // by person, the children in whom they have an interest
}

// Restrictions returns who may not see whom on a day.
func (t *Tx) Restrictions(ctx context.Context, on calendar.Date) (*Restrictions, error) {
	r := &Restrictions{map[ChildID]bool{}, map[string]map[ChildID]bool{}, map[string]map[ChildID]bool{}}
	err := t.each(ctx, allSeals, nil, func(rows *sql.Rows) error {
		var id ChildID
		err := rows.Scan(&id)
		r.Sealed[id] = true
		return err
	})
	if err != nil {
		return nil, err
	}
	err = t.each(ctx, allStandings, []any{on}, func(rows *sql.Rows) error {
		var id ChildID
		var person, kind string
		if err := rows.Scan(&id, &person, &kind); err != nil {
			return err
		}
		of := r.Interest
		if kind == NamedStanding {
			of = r.Named
		}
		if of[person] == nil {
			of[person] = map[ChildID]bool{}
		}
		of[person][id] = true
		return nil
	})
	return r, err
}

// Hidden returns the children whom somebody acting for the council may not see.
func (r *Restrictions) Hidden(person string) (all []ChildID) {
	for id := range r.Sealed {
		if !r.Named[person][id] && !r.Interest[person][id] {
			all = append(all, id)
		}
	}
	for id := range r.Interest[person] {
		all = append(all, id)
	}
	return all
}
