package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"weald/calendar"
	"weald/domain/measure"
)

// A MeasureFigure is a figure of a measure that another system counted.
type MeasureFigure struct {
	ID, Code    string
	First, Last calendar.Date
	Num, Den    int // a measure that is no percentage has its figure in hundredths in Num
	Missing     measure.Missing
	Gone        bool // the figure for the period was taken back
	Source      string
	N           int // in the order in which they were brought
	At, By      string
}

// AddMeasureFigure keeps a figure, in the transaction's person's name.
func (t *Tx) AddMeasureFigure(ctx context.Context, f *MeasureFigure) error {
	const add = `INSERT INTO measure_figures (id, code, first_on, last_on, num, den, missing, gone, source, n, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,
		(SELECT coalesce(max(n), 0) + 1 FROM measure_figures), $10, $11)`
	f.ID, f.At, f.By = rand.Text(), instant(t.at), t.by.Name
	if _, err := t.tx.ExecContext(ctx, add, f.ID, f.Code, f.First, f.Last, f.Num, f.Den, string(f.Missing), bit(f.Gone), f.Source, f.At, f.By); err != nil {
		return fmt.Errorf("keeping a figure: %w", err)
	}
	return nil
}

const measureFigures = `SELECT id, code, first_on, last_on, num, den, missing, gone, source, n, made_at, made_by FROM measure_figures ORDER BY n, id`

// MeasureFigures returns every figure that was brought, the first brought first.
func (t *Tx) MeasureFigures(ctx context.Context) (all []MeasureFigure, err error) {
	err = t.each(ctx, measureFigures, nil, func(rows *sql.Rows) error {
		var f MeasureFigure
		var missing string
		var gone int
		err := rows.Scan(&f.ID, &f.Code, &f.First, &f.Last, &f.Num, &f.Den, &missing, &gone, &f.Source, &f.N, &f.At, &f.By)
		f.Missing, f.Gone = measure.Missing(missing), gone != 0
		all = append(all, f)
		return err
	})
	return all, err
}

// A MeasureLimit says that a measure's limits are counted anew from a day.
type MeasureLimit struct {
	ID, Code, Reason string
	From             calendar.Date
	At, By           string
	EndedAt, EndedBy string // "" while it holds
}

// AddMeasureLimit keeps from when limits are counted anew.
func (t *Tx) AddMeasureLimit(ctx context.Context, l *MeasureLimit) error {
	const add = `INSERT INTO measure_limits (id, code, from_on, reason, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6)`
	l.ID, l.At, l.By = rand.Text(), instant(t.at), t.by.Name
	if _, err := t.tx.ExecContext(ctx, add, l.ID, l.Code, l.From, l.Reason, l.At, l.By); err != nil {
		return fmt.Errorf("keeping from when limits are counted: %w", err)
	}
	return nil
}

// EndMeasureLimit takes back that limits are counted anew. It reports whether
// there was something to take back.
func (t *Tx) EndMeasureLimit(ctx context.Context, code, id string) (bool, error) {
	const end = `UPDATE measure_limits SET ended_at = $1, ended_by = $2 WHERE id = $3 AND code = $4 AND ended_at = ''`
	done, err := t.tx.ExecContext(ctx, end, instant(t.at), t.by.Name, id, code)
	if err != nil {
		return false, fmt.Errorf("taking back from when limits are counted: %w", err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

const measureLimits = `SELECT id, code, reason, from_on, made_at, made_by, ended_at, ended_by FROM measure_limits ORDER BY code, from_on, made_at`

// MeasureLimits returns from when the limits of every measure are counted anew,
// also those that were taken back.
func (t *Tx) MeasureLimits(ctx context.Context) (all []MeasureLimit, err error) {
	err = t.each(ctx, measureLimits, nil, func(rows *sql.Rows) error {
		var l MeasureLimit
		err := rows.Scan(&l.ID, &l.Code, &l.Reason, &l.From, &l.At, &l.By, &l.EndedAt, &l.EndedBy)
		all = append(all, l)
		return err
	})
	return all, err
}
