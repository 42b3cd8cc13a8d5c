package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/plan"
	"weald/domain/quality"
	"weald/domain/sen2"
	"weald/internal/store"
	"weald/law"
)

// A QualitySample is a sample of plans to be audited.
type QualitySample = store.QualitySample

// Strata is by what a sample can be divided, with its words.
var Strata = [][2]string{{"team", "Team"}, {"writer", "Who signed the plan"}, {"need", "Primary need"}, {"setting", "Setting"}, {"none", "Nothing: all plans together"}}

// StrataWords says by what a sample is divided.
func StrataWords(name string) string {
	for _, s := range Strata {
		if s[0] == name {
			return s[1]
		}
	}
	return name
}

// A Drawing is what somebody asks of a sample.
type Drawing struct {
	Way         quality.Way
	Strata      string
	From, Until calendar.Date
	Size        int      // 0: the local share
	Second      int      // one in so many is audited twice; 0: none
	Seed        string   // "": one is drawn
	Auditors    []string // their IDs
}

// A candidate is a plan that may be drawn, with what is kept of its case.
type candidate struct {
	quality.Candidate
	version PlanVersion
	child   *store.Child
	writer  string
}

// candidates returns the final plans issued between two days, with why each
// should be looked at, as the record had it before an instant ("": now). Children
// whom the reader may not see are left out.
func (a *Quality) candidates(ctx context.Context, tx *store.Tx, hidden map[ChildID]bool, d *Drawing, before string) (all []candidate, err error) {
	issued, err := tx.PlansIssued(ctx, d.From, d.Until)
	if err != nil {
		return nil, err
	}
	first, err := tx.FirstIssued(ctx)
	if err != nil {
		return nil, err
	}
	audits, err := tx.QualityAudits(ctx)
	if err != nil {
		return nil, err
	}
	badWriter, badChild := map[string]bool{}, map[ChildID]bool{}
	slices.SortStableFunc(audits, func(x, y QualityAudit) int { return cmp.Compare(x.SignedAt, y.SignedAt) })
	for i := range audits {
		o := &audits[i]
		if o.Signed() && o.Kind != SecondAudit && (before == "" || o.SignedAt < before) {
			badWriter[o.Writer], badChild[o.Child] = !quality.Grade(o.Grade).Sound(), !quality.Grade(o.Grade).Sound()
		}
	}
	for _, v := range issued {
		if hidden[v.Child] {
			continue
		}
		journal, err := tx.Journal(ctx, v.Child)
		if err != nil {
			return nil, err
		}
		is := issuedBy(v, journal)
		if !is.final() || is.On < d.From || is.On > d.Until {
			continue
		}
		c, err := a.candidate(ctx, tx, is, journal, d.Strata)
		if err != nil {
			return nil, err
		}
		if first[v.IssuedBy] == v.IssuedAt {
			c.Risks = append(c.Risks, quality.NewWriter)
		}
		if badChild[v.Child] {
			c.Risks = append(c.Risks, quality.ChildBefore)
		}
		if badWriter[c.writer] {
			c.Risks = append(c.Risks, quality.WriterBefore)
		}
		all = append(all, *c)
	}
	return all, nil
}

func (a *Quality) candidate(ctx context.Context, tx *store.Tx, v PlanVersion, journal []Entry, strata string) (*candidate, error) {
	child, err := tx.Child(ctx, v.Child)
	if err != nil {
		return nil, err
	}
	p, _, err := readVersion(ctx, tx, child, &v, journal, a.today())
	if err != nil {
		return nil, err
	}
	wrote, err := writers(ctx, tx, &PlanFile{Version: &v, Plan: p})
	if err != nil {
		return nil, err
	}
	c := &candidate{Candidate: quality.Candidate{ID: fmt.Sprintf("%s/%d", v.Child, v.Version), Wrote: wrote}, version: v, child: child, writer: cmp.Or(p.Signed.Name, "Not signed")}
	switch strata {
	case "team":
		c.Stratum = child.Team
	case "writer":
		c.Stratum = c.writer
	case "need":
		c.Stratum = sen2.NeedTypes.Meaning(child.Need)
	case "setting":
		c.Stratum = child.Setting
	}
	found := plan.Check(p, plan.DefaultMeasure)
	if len(plan.Gates(found, plan.Final)) > 0 {
		c.Risks = append(c.Risks, quality.GateFound)
	}
	if len(found) >= quality.MuchIs {
		c.Risks = append(c.Risks, quality.MuchFound)
	}
	return c, nil
}

func picked(all []candidate) (plain []quality.Candidate, byID map[string]*candidate) {
	byID = map[string]*candidate{}
	for i := range all {
		plain = append(plain, all[i].Candidate)
		byID[all[i].ID] = &all[i]
	}
	return plain, byID
}

// Issued returns how many final plans were issued between two days, from which a
// sample would be drawn.
func (a *Quality) Issued(ctx context.Context, by access.User, from, until calendar.Date) (n int, err error) {
	if err := may(by, access.QualityManage); err != nil {
		return 0, err
	}
	hidden, err := a.unseen(ctx, by)
	if err != nil {
		return 0, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		all, err := a.candidates(ctx, tx, hidden, &Drawing{From: from, Until: until, Strata: "none"}, "")
		n = len(all)
		return err
	})
	return n, err
}

// DrawSample draws a sample, gives each plan to an auditor who did not write it,
// and keeps how it was drawn. It returns the sample.
func (a *Quality) DrawSample(ctx context.Context, by access.User, d Drawing) (id string, err error) {
	if err := may(by, access.QualityManage); err != nil {
		return "", err
	}
	if d.Until < d.From {
		return "", &law.Refusal{Because: "The last day must not be before the first."}
	}
	hidden, err := a.unseen(ctx, by)
	if err != nil {
		return "", err
	}
	offered, err := a.Auditors(ctx, by)
	if err != nil {
		return "", err
	}
	var auditors []quality.Auditor
	for _, p := range offered {
		if slices.Contains(d.Auditors, p.ID) {
			auditors = append(auditors, quality.Auditor{ID: p.ID, Name: p.Name})
		}
	}
	if len(auditors) == 0 {
		return "", &law.Refusal{Because: "Choose who is to make the audits."}
	}
	if d.Seed == "" {
		d.Seed = rand.Text()[:8]
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		all, err := a.candidates(ctx, tx, hidden, &d, "")
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return &law.Refusal{Because: "No final plan was issued on those days, so there is nothing to draw from."}
		}
		if d.Size == 0 {
			d.Size = quality.LeastSample(len(all))
		}
		s := &QualitySample{ID: rand.Text(), Way: string(d.Way), Strata: d.Strata, From: d.From, Until: d.Until, Size: d.Size, Second: d.Second, Seed: d.Seed, Of: len(all), DrawnOn: a.today()}
		var ids []string
		for _, who := range auditors {
			ids = append(ids, who.ID)
		}
		s.Auditors, id = strings.Join(ids, " "), s.ID
		if err := tx.AddQualitySample(ctx, s); err != nil {
			return err
		}
		plain, byID := picked(all)
		for _, task := range quality.Assign(d.Seed, quality.Draw(d.Way, d.Seed, plain, d.Size), auditors, d.Second) {
			if err := a.give(ctx, tx, s, &task, byID[task.ID]); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "drew a sample of plans to be audited", "", fmt.Sprintf("%d of %d", min(d.Size, len(all)), len(all)))
	})
	return id, err
}

// give asks for the audits of one plan of a sample.
func (a *Quality) give(ctx context.Context, tx *store.Tx, s *QualitySample, task *quality.Task, c *candidate) error {
	var why []string
	for _, r := range c.Risks {
		if s.Way == string(quality.ByRisk) {
			why = append(why, r.Words())
		}
	}
	row := &QualityAudit{ID: rand.Text(), Child: c.child.ID, Plan: c.version.ID, Sample: s.ID, Kind: FirstAudit, AuditorID: task.First.ID, Auditor: cmp.Or(task.First.Name, "Nobody yet"), Writer: c.writer}
	if len(why) > 0 {
		row.Why = "Drawn because of risk: " + lowerInitials(why) + "."
	}
	if err := a.describe(ctx, tx, row, c.child); err != nil {
		return err
	}
	if err := errors.Join(tx.AddQualityAudit(ctx, row), tx.Audit(ctx, "drew the plan to be audited", string(c.child.ID), fmt.Sprintf("version %d", c.version.Version))); err != nil {
		return err
	}
	if task.Second == nil {
		return nil
	}
	second := *row
	second.ID, second.Kind, second.Of, second.AuditorID, second.Auditor, second.Why = rand.Text(), SecondAudit, row.ID, task.Second.ID, task.Second.Name, ""
	return tx.AddQualityAudit(ctx, &second)
}

func lowerInitials(words []string) string {
	for i, w := range words {
		words[i] = strings.ToLower(w[:1]) + w[1:]
	}
	return strings.Join(words, "; ")
}

// A SampleFile is a sample with its audits, and whether it can still be drawn
// again.
type SampleFile struct {
	QualitySample
	Audits []QualityRow
	Names  []string // of the auditors
	Now    int      // how many plans it would be drawn from now
	Same   bool     // drawn again now, it is the same plans
}

// Sample reads a sample and draws it again.
func (a *Quality) Sample(ctx context.Context, by access.User, id string) (*SampleFile, error) {
	if err := may(by, access.QualitySee); err != nil {
		return nil, err
	}
	f := &SampleFile{}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		s, err := tx.QualitySample(ctx, id)
		if err != nil {
			return err
		}
		f.QualitySample = *s
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		for _, p := range people {
			if slices.Contains(strings.Fields(s.Auditors), p.ID) {
				f.Names = append(f.Names, p.Name)
			}
		}
		drawn, err := tx.QualityAuditsDrawn(ctx, id)
		if err != nil {
			return err
		}
		kept := map[string]bool{}
		for i := range drawn {
			kept[drawn[i].Plan] = true
		}
		d := &Drawing{Way: quality.Way(s.Way), Strata: s.Strata, From: s.From, Until: s.Until}
		all, err := a.candidates(ctx, tx, nil, d, s.At)
		if err != nil {
			return err
		}
		plain, byID := picked(all)
		again := quality.Draw(d.Way, s.Seed, plain, s.Size)
		f.Now, f.Same = len(all), len(again) == len(kept)
		for _, c := range again {
			f.Same = f.Same && kept[byID[c.ID].version.ID]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	_, f.Audits, err = a.audits(ctx, by, QualityFilter{Sample: id})
	return f, err
}

// Samples returns every sample, the latest first.
func (a *Quality) Samples(ctx context.Context, by access.User) (all []QualitySample, err error) {
	if err := may(by, access.QualitySee); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error { all, err = tx.QualitySamples(ctx); return err })
	return all, err
}
