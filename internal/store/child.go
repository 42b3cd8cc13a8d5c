package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
)

// A ChildID names a child or young person. It is made by the program and tells
// nothing about them.
type ChildID string

// A Child is who a case is about.
type Child struct {
	ID       ChildID
	Surname  string
	Forename string
	Born     calendar.Date // zero: not recorded
	UPN      string        // unique pupil number, "" if none is recorded
	ULN      string        // unique learner number, "" if none is recorded
	Team     string        // the team's name, "" if none has the case
	LoadID   string        // the return it came from, "" if it was typed

	NHS       string // NHS number, "" if none is recorded
	Reference string // the local area's own number for the case, "" if it has none
	Sex       string // as the statutory return codes it
	Postcode  string
	District  string
	Need      string // the primary need, as the statutory return codes it
	Setting   string // the setting's ID, "" if the child has none
	Officer   string // the ID of the person who has the case, "" if nobody has
}

// Name returns the child's name as it is spoken.
func (c *Child) Name() string { return c.Forename + " " + c.Surname }

// A Fact is something known of a child besides what happened.
type Fact struct{ Name, Value, Provenance string }

// AddChild starts a child's record.
func (t *Tx) AddChild(ctx context.Context, c *Child) error {
	const add = `INSERT INTO children (id, surname, forename, born_on, upn, uln, team_id, load_id, nhs, reference, sex, postcode, district, need, setting_id, officer_id)
		VALUES ($1, $2, $3, $4, $5, $6, (SELECT id FROM teams WHERE name = $7), $8, $9, $10, $11, $12, $13, $14, $15, $16)`
	_, err := t.tx.ExecContext(ctx, add, c.ID, c.Surname, c.Forename, c.Born, c.UPN, c.ULN, c.Team, orNull(c.LoadID),
		c.NHS, c.Reference, c.Sex, c.Postcode, c.District, c.Need, orNull(c.Setting), orNull(c.Officer))
	if err != nil {
		return fmt.Errorf("adding a child: %w", err)
	}
	return nil
}

// orNull keeps an absent reference as NULL.
func orNull(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

const childColumns = `SELECT c.id, c.surname, c.forename, c.born_on, c.upn, c.uln, coalesce(t.name, ''), coalesce(c.load_id, ''),
	c.nhs, c.reference, c.sex, c.postcode, c.district, c.need, coalesce(c.setting_id, ''), coalesce(c.officer_id, '')
	FROM children c LEFT JOIN teams t ON t.id = c.team_id`

func (c *Child) columns() []any {
	return []any{&c.ID, &c.Surname, &c.Forename, &c.Born, &c.UPN, &c.ULN, &c.Team, &c.LoadID,
		&c.NHS, &c.Reference, &c.Sex, &c.Postcode, &c.District, &c.Need, &c.Setting, &c.Officer}
}

const childByID = childColumns + ` WHERE c.id = $1`

// Child returns a child by ID, or ErrNotFound.
func (t *Tx) Child(ctx context.Context, id ChildID) (*Child, error) {
	c := &Child{}
	err := t.tx.QueryRowContext(ctx, childByID, id).Scan(c.columns()...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading a child: %w", err)
	}
	return c, nil
}

const allChildren = childColumns + ` ORDER BY c.id`

// Children calls f for every child, in order of ID.
func (t *Tx) Children(ctx context.Context, f func(*Child) error) error {
	return t.each(ctx, allChildren, nil, func(rows *sql.Rows) error {
		var c Child
		if err := rows.Scan(c.columns()...); err != nil {
			return err
		}
		return f(&c)
	})
}

// SetChild keeps what has changed of who a child is.
func (t *Tx) SetChild(ctx context.Context, c *Child) error {
	const set = `UPDATE children SET surname = $1, forename = $2, born_on = $3, upn = $4, uln = $5, team_id = (SELECT id FROM teams WHERE name = $6),
		nhs = $7, reference = $8, sex = $9, postcode = $10, district = $11, need = $12, setting_id = $13, officer_id = $14 WHERE id = $15`
	_, err := t.tx.ExecContext(ctx, set, c.Surname, c.Forename, c.Born, c.UPN, c.ULN, c.Team,
		c.NHS, c.Reference, c.Sex, c.Postcode, c.District, c.Need, orNull(c.Setting), orNull(c.Officer), c.ID)
	if err != nil {
		return fmt.Errorf("changing a child: %w", err)
	}
	return t.touch(ctx, c.ID)
}

// AddFacts keeps what is known of a child besides what happened.
func (t *Tx) AddFacts(ctx context.Context, id ChildID, facts []Fact) error {
	const add = `INSERT INTO facts (child_id, n, name, value, provenance) VALUES ($1, $2, $3, $4, $5)`
	for i, f := range facts {
		if _, err := t.tx.ExecContext(ctx, add, id, i+1, f.Name, f.Value, f.Provenance); err != nil {
			return fmt.Errorf("adding a fact: %w", err)
		}
	}
	return nil
}

const factsOf = `SELECT name, value, provenance FROM facts WHERE child_id = $1 ORDER BY n`

// Facts returns what is known of a child besides what happened.
func (t *Tx) Facts(ctx context.Context, id ChildID) (facts []Fact, err error) {
	err = t.each(ctx, factsOf, []any{id}, func(rows *sql.Rows) error {
		var f Fact
		if err := rows.Scan(&f.Name, &f.Value, &f.Provenance); err != nil {
			return err
		}
		facts = append(facts, f)
		return nil
	})
	return facts, err
}

const factsNamed = `SELECT child_id, value FROM facts WHERE name = $1 ORDER BY child_id, n`

// FactsNamed fills in, for every child of whom a fact of the name is known, its
// value: the last, if there are several.
func (t *Tx) FactsNamed(ctx context.Context, name string, values map[ChildID]string) error {
	return t.each(ctx, factsNamed, []any{name}, func(rows *sql.Rows) error {
		var id ChildID
		var value string
		if err := rows.Scan(&id, &value); err != nil {
			return err
		}
		values[id] = value
		return nil
	})
}

// AddTeam makes a team, if there is none of that name.
func (t *Tx) AddTeam(ctx context.Context, id, name string) error {
	const add = `INSERT INTO teams (id, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`
	if _, err := t.tx.ExecContext(ctx, add, id, name); err != nil {
		return fmt.Errorf("adding a team: %w", err)
	}
	return t.changed(ctx)
}

const allTeams = `SELECT name FROM teams ORDER BY name`

// Teams returns the names of the teams.
func (t *Tx) Teams(ctx context.Context) (names []string, err error) {
	err = t.each(ctx, allTeams, nil, func(rows *sql.Rows) error {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		names = append(names, name)
		return nil
	})
	return names, err
}
