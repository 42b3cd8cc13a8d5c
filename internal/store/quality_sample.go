package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"weald/calendar"
)

// QualityWeights is how the local area chose to weigh audits' answers.
type QualityWeights struct {
	ID      string
	Weights string // JSON of domain/quality
	Why     string
	At, By  string
}

// AddQualityWeights keeps a choice of weights, which takes the place of the last.
func (t *Tx) AddQualityWeights(ctx context.Context, w *QualityWeights) error {
	const add = `INSERT INTO quality_weights (id, weights, why, at, by_name) VALUES ($1, $2, $3, $4, $5)`
	if _, err := t.tx.ExecContext(ctx, add, w.ID, w.Weights, w.Why, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping weights: %w", err)
	}
	return nil
}

const allWeights = `SELECT id, weights, why, at, by_name FROM quality_weights ORDER BY at DESC, id`

// QualityWeights returns every choice of weights, the one in use first.
func (t *Tx) QualityWeights(ctx context.Context) (all []QualityWeights, err error) {
	err = t.each(ctx, allWeights, nil, func(rows *sql.Rows) error {
		var w QualityWeights
		err := rows.Scan(&w.ID, &w.Weights, &w.Why, &w.At, &w.By)
		all = append(all, w)
		return err
	})
	return all, err
}

// A QualitySample is a sample of plans, with all that is needed to draw it again.
type QualitySample struct {
	ID       string
	Way      string
	Strata   string // by what it is divided: "team"
	From     calendar.Date
	Until    calendar.Date
	Size     int // asked for
	Second   int // one in so many is audited twice; 0: none
	Seed     string
	Of       int    // how many plans it was drawn from
	Auditors string // their IDs, in order, with blanks between
	DrawnOn  calendar.Date
	At, By   string
	Audits   int // how many there are
	Signed   int // and how many are signed
}

// AddQualitySample keeps how a sample was drawn.
func (t *Tx) AddQualitySample(ctx context.Context, s *QualitySample) error {
	const add = `INSERT INTO quality_samples (id, way, strata, from_on, until_on, size, second, seed, of_plans, auditors, drawn_on, at, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
	if _, err := t.tx.ExecContext(ctx, add, s.ID, s.Way, s.Strata, s.From, s.Until, s.Size, s.Second, s.Seed, s.Of, s.Auditors, s.DrawnOn, instant(t.at), t.by.Name); err != nil {
		return fmt.Errorf("keeping a sample: %w", err)
	}
	return nil
}

const sampleColumns = `SELECT s.id, s.way, s.strata, s.from_on, s.until_on, s.size, s.second, s.seed, s.of_plans, s.auditors, s.drawn_on, s.at, s.by_name,
	(SELECT count(*) FROM quality_audits a WHERE a.sample_id = s.id AND a.withdrawn_at = ''),
	(SELECT count(*) FROM quality_audits a WHERE a.sample_id = s.id AND a.signed_on IS NOT NULL) FROM quality_samples s`

func scanSample(scan func(...any) error) (s QualitySample, err error) {
	err = scan(&s.ID, &s.Way, &s.Strata, &s.From, &s.Until, &s.Size, &s.Second, &s.Seed, &s.Of, &s.Auditors, &s.DrawnOn, &s.At, &s.By, &s.Audits, &s.Signed)
	return s, err
}

const (
	allSamples = sampleColumns + ` ORDER BY s.at DESC, s.id`
	sampleByID = sampleColumns + ` WHERE s.id = $1`
)

// QualitySamples returns every sample, the latest first.
func (t *Tx) QualitySamples(ctx context.Context) (all []QualitySample, err error) {
	err = t.each(ctx, allSamples, nil, func(rows *sql.Rows) error {
		s, err := scanSample(rows.Scan)
		all = append(all, s)
		return err
	})
	return all, err
}

// QualitySample returns a sample, or ErrNotFound.
func (t *Tx) QualitySample(ctx context.Context, id string) (*QualitySample, error) {
	s, err := scanSample(t.tx.QueryRowContext(ctx, sampleByID, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	} else if err != nil {
		return nil, fmt.Errorf("reading a sample: %w", err)
	}
	return &s, nil
}

// A plan is listed if the event that issued it fell within the days, or was put
// right by a later entry, whose day is for the caller to see.
const plansIssued = planColumns + ` WHERE event_seq IS NOT NULL AND EXISTS (SELECT 1 FROM events e WHERE e.child_id = plans.child_id
	AND (e.seq = plans.event_seq AND e.happened_on >= $1 AND e.happened_on <= $2 OR e.replaces = plans.event_seq)) ORDER BY id`

// PlansIssued returns the versions that may have been issued between two days.
func (t *Tx) PlansIssued(ctx context.Context, from, until calendar.Date) (all []PlanVersion, err error) {
	err = t.each(ctx, plansIssued, []any{from, until}, func(rows *sql.Rows) error {
		v, err := scanPlan(rows.Scan)
		all = append(all, v)
		return err
	})
	return all, err
}

// PlanWriters returns the IDs and the names of those who wrote a version: who
// began it, saved a part of it or issued it.
func (t *Tx) PlanWriters(ctx context.Context, plan string) (all []string, err error) {
	const writers = `SELECT by_id FROM plan_parts WHERE plan_id = $1 UNION SELECT by_name FROM plan_parts WHERE plan_id = $1
		UNION SELECT begun_by FROM plans WHERE id = $1 UNION SELECT issued_by FROM plans WHERE id = $1 AND issued_by <> '' ORDER BY 1`
	err = t.each(ctx, writers, []any{plan}, func(rows *sql.Rows) error {
		var who string
		err := rows.Scan(&who)
		all = append(all, who)
		return err
	})
	return all, err
}

const firstIssued = `SELECT issued_by, min(issued_at) FROM plans WHERE event_seq IS NOT NULL GROUP BY issued_by`

// FirstIssued returns when each person issued the first version that they did.
func (t *Tx) FirstIssued(ctx context.Context) (map[string]string, error) {
	first := map[string]string{}
	err := t.each(ctx, firstIssued, nil, func(rows *sql.Rows) error {
		var who, at string
		err := rows.Scan(&who, &at)
		first[who] = at
		return err
	})
	return first, err
}
