package store

import (
	"context"
	"database/sql"
	"fmt"
)

// A Setting is a school, college or other place of education.
type Setting struct {
	ID       string
	URN      string // the register's number, "" if it has none
	Name     string
	Kind     string // what the register calls its type
	Phase    string
	District string
	Postcode string
}

// SetSetting keeps a setting, new or changed.
func (t *Tx) SetSetting(ctx context.Context, s *Setting) error {
	const set = `INSERT INTO settings (id, urn, name, kind, phase, district, postcode) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET urn = excluded.urn, name = excluded.name, kind = excluded.kind, phase = excluded.phase,
		district = excluded.district, postcode = excluded.postcode`
	if _, err := t.tx.ExecContext(ctx, set, s.ID, s.URN, s.Name, s.Kind, s.Phase, s.District, s.Postcode); err != nil {
		return fmt.Errorf("keeping a setting: %w", err)
	}
	return t.changed(ctx)
}

const allSettings = `SELECT id, urn, name, kind, phase, district, postcode FROM settings ORDER BY name, id`

// Settings returns every setting, by name.
func (t *Tx) Settings(ctx context.Context) (all []Setting, err error) {
	err = t.each(ctx, allSettings, nil, func(rows *sql.Rows) error {
		var s Setting
		if err := rows.Scan(&s.ID, &s.URN, &s.Name, &s.Kind, &s.Phase, &s.District, &s.Postcode); err != nil {
			return err
		}
		all = append(all, s)
		return nil
	})
	return all, err
}
