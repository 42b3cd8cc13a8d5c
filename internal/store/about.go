package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weald/domain/privacy"
)

// about is how the rows about one child are found in each table that has any.
var about = map[string]string{
	"children":             `id = $1`,
	"contacts":             `child_id = $1`,
	"facts":                `child_id = $1`,
	"returned":             `child_id = $1`,
	"events":               `child_id = $1`,
	"duties":               `child_id = $1`,
	"cases":                `child_id = $1`,
	"notes":                `child_id = $1`,
	"documents":            `child_id = $1`,
	"plans":                `child_id = $1`,
	"plan_parts":           `plan_id IN (SELECT id FROM plans WHERE child_id = $1)`,
	"representations":      `plan_id IN (SELECT id FROM plans WHERE child_id = $1)`,
	"plan_typed":           `plan_id IN (SELECT id FROM plans WHERE child_id = $1)`,
	"quality_audits":       `child_id = $1`,
	"quality_copies":       `child_id = $1`,
	"quality_views":        `child_id = $1`,
	"quality_actions":      `child_id = $1`,
	"quality_answers":      `audit_id IN (SELECT id FROM quality_audits WHERE child_id = $1)`,
	"quality_shares":       `audit_id IN (SELECT id FROM quality_audits WHERE child_id = $1)`,
	"quality_settlements":  `audit_id IN (SELECT id FROM quality_audits WHERE child_id = $1)`,
	"retention_holds":      `child_id = $1`,
	"withholdings":         `child_id = $1`,
	"settings":             `id = (SELECT setting_id FROM children WHERE id = $1)`,
	"teams":                `id = (SELECT team_id FROM children WHERE id = $1)`,
	"loads":                `id = (SELECT load_id FROM children WHERE id = $1)`,
	"return_acts":          `child_id = $1`,
	"load_children":        `child_id = $1`,
	"load_waiting":         `' ' || candidates || ' ' LIKE '% ' || $1 || ' %'`,
	"audit":                `subject = $1`,
	"links":                `child_id = $1`,
	"ties":                 `child_id = $1`,
	"involvements":         `child_id = $1`,
	"allocations":          `child_id = $1`,
	"seals":                `child_id = $1`,
	"standings":            `child_id = $1`,
	"consents":             `child_id = $1`,
	"delivery_reports":     `child_id = $1`,
	"delivery_steps":       `child_id = $1`,
	"correspondence":       `child_id = $1`,
	"correspondence_steps": `child_id = $1`,
}

// About returns everything that the record holds about a child, by table, or
// ErrNotFound.
func (t *Tx) About(ctx context.Context, id ChildID) (all []privacy.Held, err error) {
	if _, err := t.Child(ctx, id); err != nil {
		return nil, err
	}
	for i := range privacy.Holdings {
		h := privacy.Held{Holding: &privacy.Holdings[i]}
		if h.Rows, err = t.rowsAbout(ctx, h.Table, id); err != nil {
			return nil, fmt.Errorf("reading what %s holds of a child: %w", h.Table, err)
		}
		slices.SortStableFunc(h.Rows, func(a, b map[string]string) int { return strings.Compare(a["at"], b["at"]) }) // where rows have a time
		all = append(all, h)
	}
	return all, nil
}

func (t *Tx) rowsAbout(ctx context.Context, table string, id ChildID) (all []map[string]string, err error) {
	err = t.each(ctx, "SELECT * FROM "+table+" WHERE "+about[table]+" ORDER BY 1, 2", []any{id}, func(rows *sql.Rows) error {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		values, at := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			at[i] = &values[i]
		}
		if err := rows.Scan(at...); err != nil {
			return err
		}
		row := make(map[string]string, len(columns))
		for i, c := range columns {
			if row[c], err = plain(values[i]); err == nil {
				row[c], err = t.keys.open(table, c, id, row[c])
			}
			if err != nil {
				return err
			}
		}
		all = append(all, row)
		return nil
	})
	return all, err
}

// plain writes a column's value as text; NULL is "".
func plain(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	}
	return "", fmt.Errorf("store: a column holds a %T", v)
}
