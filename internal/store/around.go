package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const namedOf = `SELECT coalesce(p.name, ''), coalesce(s.name, '') FROM children c
	LEFT JOIN people p ON p.id = c.officer_id LEFT JOIN settings s ON s.id = c.setting_id WHERE c.id = $1`

// Named returns the names of the officer who has a child's case and of the
// child's setting, "" where there is none.
func (t *Tx) Named(ctx context.Context, id ChildID) (officer, setting string, err error) {
	if err := t.tx.QueryRowContext(ctx, namedOf, id).Scan(&officer, &setting); err != nil {
		return "", "", fmt.Errorf("reading who has a case: %w", err)
	}
	return officer, setting, nil
}

const openingOf = `SELECT c.id, c.surname, c.forename, c.born_on, c.upn, c.uln, coalesce(t.name, ''), coalesce(c.load_id, ''),
	c.nhs, c.reference, c.sex, c.postcode, c.district, c.need, coalesce(c.setting_id, ''), coalesce(c.officer_id, ''),
	coalesce(p.name, ''), coalesce(s.name, ''),
	CASE WHEN EXISTS (SELECT 1 FROM facts WHERE child_id = c.id) THEN 1 ELSE 0 END + CASE WHEN EXISTS (SELECT 1 FROM notes WHERE child_id = c.id) THEN 2 ELSE 0 END
		+ CASE WHEN EXISTS (SELECT 1 FROM documents WHERE child_id = c.id) THEN 4 ELSE 0 END + CASE WHEN EXISTS (SELECT 1 FROM closures) THEN 8 ELSE 0 END
		+ CASE WHEN EXISTS (SELECT 1 FROM seals WHERE child_id = c.id) OR EXISTS (SELECT 1 FROM standings WHERE child_id = c.id)
			OR EXISTS (SELECT 1 FROM ties x JOIN people q ON q.id = x.person_id WHERE x.child_id = c.id AND q.role <> '') THEN 16 ELSE 0 END
	FROM children c LEFT JOIN teams t ON t.id = c.team_id LEFT JOIN people p ON p.id = c.officer_id LEFT JOIN settings s ON s.id = c.setting_id
	WHERE c.id = $1`

// An Opening is what the record knows of a child at once, and what else there is
// to be read: most children have no note or document, and asking costs.
type Opening struct {
	Child
	OfficerName, SettingName string // "" where there is none

	HasFacts, HasNotes, HasDocuments bool
	Closes                           bool // the days on which some setting is shut are known
	Guarded                          bool // not everybody who works for the council may see the case
}

// Opening begins the reading of a child's case. ErrNotFound: there is no such child.
func (t *Tx) Opening(ctx context.Context, id ChildID) (*Opening, error) {
	o := &Opening{}
	var has int
	err := t.tx.QueryRowContext(ctx, openingOf, id).Scan(append(o.Child.columns(), &o.OfficerName, &o.SettingName, &has)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading a child: %w", err)
	}
	o.HasFacts, o.HasNotes, o.HasDocuments, o.Closes, o.Guarded = has&1 != 0, has&2 != 0, has&4 != 0, has&8 != 0, has&16 != 0
	return o, nil
}

// Audited reports whether an act on a subject with a detail is in the audit.
func (t *Tx) Audited(ctx context.Context, subject, act, detail string) (bool, error) {
	const count = `SELECT count(*) FROM audit WHERE subject = $1 AND act = $2 AND detail = $3`
	var n int
	if err := t.tx.QueryRowContext(ctx, count, subject, act, detail).Scan(&n); err != nil {
		return false, fmt.Errorf("reading the audit: %w", err)
	}
	return n > 0, nil
}
