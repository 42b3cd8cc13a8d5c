package store

import (
	"context"
	"errors"
	"testing"

	"weald/domain/casework"
)

// An audit comes back as it was asked for and answered, is locked when it is
// signed, and everything that hangs on it is found, by either engine.
func TestQuality(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		on := day(t, "2026-11-03")
		write(t, db, func(ctx context.Context, tx *Tx) (err error) {
			if err := errors.Join(tx.AddChild(ctx, &Child{ID: "c1", Surname: "Okoro", Forename: "Maya"}),
				tx.AddPlan(ctx, &PlanVersion{ID: "p1", Child: "c1", Version: 1, Template: "t/1", Stage: "final"}, []PlanPart{{Part: "A", Body: "{}"}})); err != nil {
				return err
			}
			return errors.Join(tx.AddEvents(ctx, "c1", []Entry{{Entry: casework.Entry{Event: casework.Happened(casework.PlanFinalised, on)}}}), tx.IssuePlan(ctx, "p1", "final", 1),
				tx.AddQualityWeights(ctx, &QualityWeights{ID: "w1", Weights: "{}", Why: "even"}),
				tx.AddQualitySample(ctx, &QualitySample{ID: "s1", Way: "random", Strata: "team", From: on, Until: on, Size: 1, Seed: "oak", Of: 1, DrawnOn: on}),
				tx.AddQualityAudit(ctx, &QualityAudit{ID: "a1", Child: "c1", Plan: "p1", Sample: "s1", Kind: "first", AuditorID: "ann", Auditor: "Ann", AskedOn: on, Team: "East"}),
				tx.AddQualityAudit(ctx, &QualityAudit{ID: "a2", Child: "c1", Plan: "p1", Kind: "again", Of: "a1", AuditorID: "bob", Auditor: "Bob", AskedOn: on}),
				tx.SetQualityAnswer(ctx, "a1", &QualityAnswer{Question: 6, Answer: "weak", Words: "first"}),
				tx.SetQualityAnswer(ctx, "a1", &QualityAnswer{Question: 6, Answer: "weak", Words: "Zoë", Line: "f-1"}),
				tx.ShareQualityAudit(ctx, &QualityShare{Audit: "a1", Agency: "health", PersonID: "nia", Person: "Nia"}),
				tx.FinishQualityShare(ctx, "a1", "health"),
				tx.GiveQualityAudit(ctx, "a2", "cara", "Cara"))
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			if err := errors.Join(tx.SignQualityAudit(ctx, "a1", on, "good", 212, "w1"), tx.WithdrawQualityAudit(ctx, "a2", "not needed"),
				tx.AddQualitySettlement(ctx, "a1", &QualitySettlement{Question: 6, Answer: "sound", Why: "x"}), tx.AddQualitySettlement(ctx, "a1", &QualitySettlement{Question: 6, Answer: "weak", Why: "y"}),
				tx.AddQualityAction(ctx, &QualityAction{ID: "x1", Audit: "a1", Child: "c1", Question: 6, What: "Quantify", OwnerID: "ann", Owner: "Ann", Due: on}),
				tx.FinishQualityAction(ctx, "x1", on, "Done"),
				tx.AddQualityCopy(ctx, &QualityCopy{ID: "k1", Child: "c1", Plan: "p1", Body: "{}"}), tx.AddQualityCopy(ctx, &QualityCopy{ID: "k2", Child: "c1", Plan: "p1", Body: "{}"}),
				tx.ReleaseQualityCopy(ctx, "k1"), tx.WithdrawQualityCopy(ctx, "k2"),
				tx.AddQualityView(ctx, &QualityView{ID: "v1", Child: "c1", Plan: "p1", Who: "Mother", On: on, Answers: "{}"})); err != nil {
				return err
			}
			for what, err := range map[string]error{"signed": tx.SignQualityAudit(ctx, "a1", on, "good", 0, ""), "withdrawn": tx.WithdrawQualityAudit(ctx, "a1", ""), "given": tx.GiveQualityAudit(ctx, "a2", "x", "x"),
				"done": tx.FinishQualityAction(ctx, "x1", on, "again"), "released": tx.ReleaseQualityCopy(ctx, "k2")} {
				if !errors.Is(err, ErrLocked) {
					t.Errorf("%s again: %v", what, err)
				}
			}
			return nil
		})
		read(t, db, func(ctx context.Context, tx *Tx) error {
			a, err := tx.QualityAudit(ctx, "a1")
			if err != nil || !a.Signed() || a.SignedOn != on || a.Mean != 212 || a.Answered != 1 || a.Sample != "s1" || a.Version != 1 || a.Surname != "Okoro" {
				t.Errorf("%+v, %v", a, err)
			}
			for _, list := range []func() ([]QualityAudit, error){func() ([]QualityAudit, error) { return tx.QualityAudits(ctx) }, func() ([]QualityAudit, error) { return tx.QualityAuditsOf(ctx, "c1") }} {
				if all, err := list(); err != nil || len(all) != 2 {
					t.Errorf("%d, %v", len(all), err)
				}
			}
			if all, err := tx.QualityAnswers(ctx, "a1"); err != nil || len(all) != 1 || all[0].Words != "Zoë" {
				t.Errorf("%+v, %v", all, err)
			}
			n := 0
			if err := errors.Join(tx.SignedAnswers(ctx, func(string, int, string) { n++ }), tx.SettledAnswers(ctx, func(string, int, string) { n += 10 })); err != nil || n != 21 {
				t.Errorf("%d, %v", n, err)
			}
			if s, err := tx.QualitySample(ctx, "s1"); err != nil || s.Audits != 1 || s.Signed != 1 || s.Seed != "oak" || s.From != on {
				t.Errorf("%+v, %v", s, err)
			}
			if x, err := tx.QualityAction(ctx, "x1"); err != nil || x.DoneOn != on || x.Follows != "" || x.Team != "East" {
				t.Errorf("%+v, %v", x, err)
			}
			if all, err := tx.QualitySharesTo(ctx, "nia"); err != nil || len(all) != 1 || all[0].DoneAt == "" {
				t.Errorf("%+v, %v", all, err)
			}
			if all, err := tx.PlansIssued(ctx, on, on); err != nil || len(all) != 1 {
				t.Errorf("%+v, %v", all, err)
			}
			if all, err := tx.PlansIssued(ctx, on+1, on+9); err != nil || len(all) != 0 {
				t.Errorf("%+v, %v", all, err)
			}
			if all, err := tx.PlanWriters(ctx, "p1"); err != nil || len(all) != 2 {
				t.Errorf("%v, %v", all, err)
			}
			if first, err := tx.FirstIssued(ctx); err != nil || first[officer.Name] == "" {
				t.Errorf("%v, %v", first, err)
			}
			if all, err := tx.QualityCopies(ctx); err != nil || len(all) != 2 || all[0].N != 2 || all[1].ReleasedBy != officer.Name {
				t.Errorf("%+v, %v", all, err)
			}
			if all, err := tx.QualityViewsOf(ctx, "c1"); err != nil || len(all) != 1 || all[0].On != on {
				t.Errorf("%+v, %v", all, err)
			}
			if all, err := tx.QualityWeights(ctx); err != nil || len(all) != 1 || all[0].Why != "even" {
				t.Errorf("%+v, %v", all, err)
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *Tx) error {
			_, err := tx.Erase(ctx, "c1", "test", "test", 0)
			return err
		})
	})
}
