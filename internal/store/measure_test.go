package store

import (
	"context"
	"testing"

	"weald/domain/measure"
)

func TestMeasureFiguresAndLimits(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		var limit MeasureLimit
		write(t, db, func(ctx context.Context, tx *Tx) error {
			for _, f := range []MeasureFigure{{Code: "I074", Num: 137, Den: 1000}, {Code: "I075", Missing: measure.NotAvailable}, {Code: "I074", Gone: true}} {
				f.First, f.Last, f.Source = day(t, "2025-09-01"), day(t, "2025-12-19"), "EES"
				if err := tx.AddMeasureFigure(ctx, &f); err != nil {
					return err
				}
			}
			limit = MeasureLimit{Code: "I001", From: day(t, "2026-01-01"), Reason: "A new team"}
			return tx.AddMeasureLimit(ctx, &limit)
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			if ok, err := tx.EndMeasureLimit(ctx, "I002", limit.ID); ok || err != nil {
				t.Errorf("another measure's was taken back: %v, %v", ok, err)
			}
			ok, err := tx.EndMeasureLimit(ctx, "I001", limit.ID)
			if !ok {
				t.Error("it was not taken back")
			}
			return err
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			figures, err := tx.MeasureFigures(ctx)
			if err != nil {
				return err
			}
			if len(figures) != 3 || figures[0].Num != 137 || figures[1].Missing != "x" || !figures[2].Gone || figures[0].By != officer.Name || figures[0].First != day(t, "2025-09-01") {
				t.Errorf("figures: %+v", figures)
			}
			limits, err := tx.MeasureLimits(ctx)
			if len(limits) != 1 || limits[0].EndedBy != officer.Name || limits[0].Reason != "A new team" {
				t.Errorf("limits: %+v", limits)
			}
			return err
		})
	})
}
