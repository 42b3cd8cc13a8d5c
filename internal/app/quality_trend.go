package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/store"
)

// A TrendFilter picks the audits that trends count, and by what they are sorted.
type TrendFilter struct {
	By        string // see [TrendWays]
	Team      string
	Need      string
	Writer    string
	Random    bool          // only audits of plans drawn at random, which stand for all
	Until     calendar.Date // the last month; zero: this one
	ThisMonth calendar.Date // set by the service
}

// TrendMonths is how many months trends look back on.
const TrendMonths = 12

// TrendWays is by what trends can be sorted.
var TrendWays = [][2]string{{"team", "Team"}, {"writer", "Who signed the plan"}, {"need", "Primary need"}, {"setting", "Setting"}, {"part", "Part of the plan"}, {"question", "Question"}}

// Trends is what the audits of a year say together.
type Trends struct {
	Filter              TrendFilter
	First, Last         calendar.Date
	Whole               quality.Trend
	Months, Rows        []quality.Trend
	Teams, Needs, Names []string
	Any                 bool
}

// Trends counts signed audits over the months. A second audit is not counted, nor
// one that a correction has taken the place of; what was moderated counts as it
// was settled.
func (a *Quality) Trends(ctx context.Context, by access.User, f TrendFilter) (*Trends, error) {
	if err := may(by, access.QualitySee); err != nil {
		return nil, err
	}
	if f.Until.IsZero() || f.Until > a.today() {
		f.Until = a.today()
	}
	if !slices.ContainsFunc(TrendWays, func(w [2]string) bool { return w[0] == f.By }) {
		f.By = "team"
	}
	f.ThisMonth = a.today()
	t := &Trends{Filter: f}
	t.First = f.Until.AddDays(1 - f.Until.Day()).AddMonths(1 - TrendMonths)
	t.Last = f.Until.AddDays(1-f.Until.Day()).AddMonths(1) - 1
	hidden, err := a.unseen(ctx, by)
	if err != nil {
		return nil, err
	}
	var results []quality.Result
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		results, err = a.results(ctx, tx, hidden, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	t.Months = quality.ByMonth(results, f.Until, TrendMonths)
	switch f.By {
	case "part":
		t.Rows = quality.ByPart(results)
	case "question":
		t.Rows = quality.ByQuestion(results)
	default:
		t.Rows = quality.ByGroup(results)
	}
	for _, m := range t.Months {
		t.Whole.Audits += m.Audits
		t.Whole.Sound += m.Sound
		t.Whole.Marks.Sum += m.Marks.Sum
		t.Whole.Marks.Of += m.Marks.Of
	}
	return t, nil
}

// results returns the audits that a filter picks, as they count.
func (a *Quality) results(ctx context.Context, tx *store.Tx, hidden map[ChildID]bool, t *Trends) ([]quality.Result, error) {
	audits, err := tx.QualityAudits(ctx)
	if err != nil {
		return nil, err
	}
	random := map[string]bool{}
	samples, err := tx.QualitySamples(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range samples {
		random[s.ID] = s.Way == string(quality.AtRandom)
	}
	weights := map[string]quality.Weights{"": quality.DefaultWeights()}
	chosen, err := tx.QualityWeights(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range chosen {
		var w quality.Weights
		if err := json.Unmarshal([]byte(row.Weights), &w); err != nil {
			return nil, err
		}
		weights[row.ID] = w
	}
	sheets, settled := map[string]quality.Sheet{}, map[string]bool{}
	put := func(audit string, n int, answer string) {
		if sheets[audit] == nil {
			sheets[audit] = quality.Sheet{}
		}
		sheets[audit][n] = quality.Answer(answer)
	}
	if err := tx.SignedAnswers(ctx, put); err != nil {
		return nil, err
	}
	err = tx.SettledAnswers(ctx, func(audit string, n int, answer string) { settled[audit] = true; put(audit, n, answer) })
	if err != nil {
		return nil, err
	}
	replaced := map[string]bool{}
	for i := range audits {
		if o := &audits[i]; o.Kind == Correction && o.Signed() {
			replaced[o.Of] = true
		}
	}
	f := &t.Filter
	var results []quality.Result
	for i := range audits {
		o := &audits[i]
		if !o.Signed() || o.Kind == SecondAudit || replaced[o.ID] || hidden[o.Child] {
			continue
		}
		t.Any = true
		t.Teams, t.Needs, t.Names = once(t.Teams, o.Team), once(t.Needs, o.Need), once(t.Names, o.Writer)
		if o.SignedOn < t.First || o.SignedOn > t.Last || f.Team != "" && f.Team != o.Team || f.Need != "" && f.Need != o.Need || f.Writer != "" && f.Writer != o.Writer || f.Random && !random[o.Sample] {
			continue
		}
		r := quality.Result{On: o.SignedOn, Grade: quality.Grade(o.Grade), Sheet: sheets[o.ID]}
		if settled[o.ID] {
			r.Grade = quality.Judge(r.Sheet, weights[o.Weights]).Grade
		}
		switch f.By {
		case "writer":
			r.Group = o.Writer
		case "need":
			r.Group = o.Need
		case "setting":
			r.Group = o.Setting
		default:
			r.Group = o.Team
		}
		results = append(results, r)
	}
	slices.Sort(t.Teams)
	slices.Sort(t.Needs)
	slices.Sort(t.Names)
	return results, nil
}

// TrendsOut is Trends, to be taken out of the service. That it was taken is kept.
func (a *Quality) TrendsOut(ctx context.Context, by access.User, f TrendFilter, as string) (*Trends, error) {
	t, err := a.Trends(ctx, by, f)
	if err != nil {
		return nil, err
	}
	return t, a.tookOut(ctx, by, "took trends of audits out", fmt.Sprintf("%d audits as %s", t.Whole.Audits, as))
}
