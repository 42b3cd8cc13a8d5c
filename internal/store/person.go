package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
)

// A Person works in the local area.
type Person struct {
	ID       string
	Name     string
	Role     string // as [access.Role] writes it
	Email    string
	Phone    string
	Team     string // the team's name, "" if they are in none
	AwayFrom calendar.Date
	AwayTo   calendar.Date // the last day away; zero with AwayFrom set: not known
	Cover    string        // the ID of the person who has their work meanwhile
}

// Away reports whether the person is away on a day.
func (p *Person) Away(on calendar.Date) bool {
	return !p.AwayFrom.IsZero() && p.AwayFrom <= on && (p.AwayTo.IsZero() || on <= p.AwayTo)
}

// SetPerson keeps a person, new or changed.
func (t *Tx) SetPerson(ctx context.Context, p *Person) error {
	const set = `INSERT INTO people (id, name, role, email, phone, team_id, away_from, away_to, cover_id)
		VALUES ($1, $2, $3, $4, $5, (SELECT id FROM teams WHERE name = $6), $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, email = excluded.email, phone = excluded.phone,
		team_id = excluded.team_id, away_from = excluded.away_from, away_to = excluded.away_to, cover_id = excluded.cover_id`
	if _, err := t.tx.ExecContext(ctx, set, p.ID, p.Name, p.Role, p.Email, p.Phone, p.Team, p.AwayFrom, p.AwayTo, orNull(p.Cover)); err != nil {
		return fmt.Errorf("keeping a person: %w", err)
	}
	return t.changed(ctx)
}

const allPeople = `SELECT p.id, p.name, p.role, p.email, p.phone, coalesce(t.name, ''), p.away_from, p.away_to, coalesce(p.cover_id, '')
	FROM people p LEFT JOIN teams t ON t.id = p.team_id WHERE p.role <> '' ORDER BY p.name, p.id`

// People returns everybody to whom the council gave a role, by name.
func (t *Tx) People(ctx context.Context) (all []Person, err error) {
	err = t.each(ctx, allPeople, nil, func(rows *sql.Rows) error {
		var p Person
		if err := rows.Scan(&p.ID, &p.Name, &p.Role, &p.Email, &p.Phone, &p.Team, &p.AwayFrom, &p.AwayTo, &p.Cover); err != nil {
			return err
		}
		all = append(all, p)
		return nil
	})
	return all, err
}

const personNamed = `SELECT name, role FROM people WHERE id = $1`

// PersonNamed returns a person's name and the role that the council gave them, ""
// if none. ErrNotFound: nobody has that ID.
func (t *Tx) PersonNamed(ctx context.Context, id string) (name, role string, err error) {
	err = t.tx.QueryRowContext(ctx, personNamed, id).Scan(&name, &role)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", ErrNotFound
	} else if err != nil {
		return "", "", fmt.Errorf("finding a person: %w", err)
	}
	return name, role, nil
}
