package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/store"
	"weald/law"
)

// Answer keeps answers of an audit, so far as they go: an answer that says too
// little is kept too, and stands in the way of signing only. Answers that are as
// they were are passed over. Questions that are not theirs to answer are refused.
func (a *Quality) Answer(ctx context.Context, by access.User, id string, answers []QualityAnswer) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.audit(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := tx.Hold(ctx, f.Child.ID); err != nil {
			return err
		}
		if f, err = a.audit(ctx, tx, by, id); err != nil {
			return err
		}
		if !f.Open() {
			return locked(store.ErrLocked)
		}
		n := 0
		for i := range answers {
			one := &answers[i]
			q := quality.Numbered(one.Question)
			if q == nil || one.Answer != "" && !quality.Answer(one.Answer).Known() {
				return ErrNotFound
			}
			if was := f.Answers[one.Question]; was.Answer == one.Answer && was.Words == one.Words && was.Line == one.Line {
				continue
			}
			if !f.MayAnswer(q) {
				return ErrNotAllowed
			}
			if f.Plan.Plan.Line(one.Line) == nil && f.Plan.Plan.Section(one.Line) == nil {
				one.Line = ""
			}
			if err := tx.SetQualityAnswer(ctx, id, one); err != nil {
				return err
			}
			n++
		}
		return tx.Audit(ctx, "answered an audit of the plan", string(f.Child.ID), fmt.Sprintf("version %d: %d answers", f.Version, n))
	})
}

// Lacking returns what keeps an audit from being signed, by the number of the
// question, in words.
func (f *QualityFile) Lacking() map[int]string {
	lacking := map[int]string{}
	for i := range quality.Questions {
		q := &quality.Questions[i]
		one := f.Answers[q.Number]
		switch a := quality.Answer(one.Answer); {
		case a == quality.Unanswered:
			lacking[q.Number] = fmt.Sprintf("Question %d has no answer", q.Number)
		case a.Short() && strings.TrimSpace(one.Words) == "":
			lacking[q.Number] = fmt.Sprintf("Question %d is answered “%s” without saying what is missing", q.Number, a.Words())
		}
	}
	return lacking
}

// Sign signs an audit with the grade that follows from its answers under the
// weights in use. Nothing of it changes after that.
func (a *Quality) Sign(ctx context.Context, by access.User, id string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.audit(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := tx.Hold(ctx, f.Child.ID); err != nil {
			return err
		}
		if f, err = a.audit(ctx, tx, by, id); err != nil {
			return err
		}
		switch {
		case f.Signed() && f.Mine:
			return tx.Audit(ctx, "signed an audit of the plan again", string(f.Child.ID), "")
		case !f.Mine:
			return &law.Refusal{Because: "Only " + f.Auditor + ", whose audit it is, can sign it."}
		case f.Wrote:
			return &law.Refusal{Because: "You wrote this version of the plan. Nobody audits a plan that they wrote."}
		}
		if lacking := f.Lacking(); len(lacking) > 0 {
			first := len(quality.Questions)
			for n := range lacking {
				first = min(first, n)
			}
			return &law.Refusal{Because: fmt.Sprintf("The audit cannot be signed yet: %d questions are not finished. %s.", len(lacking), lacking[first])}
		}
		weights, row, err := a.weights(ctx, tx, "", false)
		if err != nil {
			return err
		}
		j := quality.Judge(f.Sheet, weights)
		if err := tx.SignQualityAudit(ctx, id, a.today(), string(j.Grade), j.Whole.Mean(), row); err != nil {
			return locked(err)
		}
		return tx.Audit(ctx, "signed an audit of the plan", string(f.Child.ID), fmt.Sprintf("version %d: %s", f.Version, j.Grade))
	})
}

// Withdraw says that an audit is not to be made after all, and why.
func (a *Quality) Withdraw(ctx context.Context, by access.User, id, why string) error {
	return a.manage(ctx, by, id, "withdrew an audit of the plan", func(tx *store.Tx, _ *QualityFile) error { return tx.WithdrawQualityAudit(ctx, id, why) })
}

// Give gives an open audit to somebody else.
func (a *Quality) Give(ctx context.Context, by access.User, id, to string) error {
	return a.manage(ctx, by, id, "gave an audit of the plan to somebody", func(tx *store.Tx, f *QualityFile) error {
		who, err := worker(ctx, tx, to)
		if err != nil {
			return err
		}
		wrote, err := writers(ctx, tx, f.Plan)
		if err != nil {
			return err
		}
		if (&quality.Candidate{Wrote: wrote}).WroteIt(quality.Auditor{ID: who.ID, Name: who.Name}) {
			return &law.Refusal{Because: who.Name + " wrote, issued or signed this version of the plan. Nobody audits a plan that they wrote."}
		}
		for _, o := range f.Siblings {
			if o.WithdrawnAt == "" && o.Plan == f.QualityAudit.Plan && o.AuditorID == who.ID && (o.Of == f.ID || f.Of == o.ID) {
				return &law.Refusal{Because: who.Name + " makes the other audit of this plan, so somebody else must make this one."}
			}
		}
		if len(f.Sheet) > 0 && who.ID != f.AuditorID {
			return &law.Refusal{Because: "It has been begun, and answers stay with whoever gave them. Withdraw it and ask for another."}
		}
		return tx.GiveQualityAudit(ctx, id, who.ID, who.Name)
	})
}

// Share asks somebody of health or social care to answer their agency's questions.
func (a *Quality) Share(ctx context.Context, by access.User, id string, agency quality.Agency, to string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.audit(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !f.Mine && !by.May(access.QualityManage) {
			return ErrNotAllowed
		}
		if !f.Open() {
			return locked(store.ErrLocked)
		}
		who, err := worker(ctx, tx, to)
		if err != nil {
			return err
		}
		if !slices.Contains(HelpersOf(agency), access.Role(who.Role)) {
			return &law.Refusal{Because: who.Name + " cannot answer for " + agency.Words() + "."}
		}
		return errors.Join(tx.ShareQualityAudit(ctx, &QualityShare{Audit: id, Agency: string(agency), PersonID: who.ID, Person: who.Name}),
			tx.Audit(ctx, "asked for help with an audit of the plan", string(f.Child.ID), who.Name+", for "+agency.Words()))
	})
}

// HelpersOf returns the roles that can answer for an agency.
func HelpersOf(agency quality.Agency) []access.Role {
	switch agency {
	case quality.Health:
		return []access.Role{access.Designated, access.Clinician}
	case quality.Care:
		return []access.Role{access.SocialWorker}
	}
	return nil
}

// Helpers returns who can be asked to answer for an agency, by name.
func (a *Quality) Helpers(ctx context.Context, by access.User, agency quality.Agency) ([]store.Person, error) {
	if err := may(by, access.QualityAudit); err != nil {
		return nil, err
	}
	return a.peopleWho(ctx, func(p *store.Person) bool { return slices.Contains(HelpersOf(agency), access.Role(p.Role)) })
}

// Finish says that the reader has answered their agency's questions.
func (a *Quality) Finish(ctx context.Context, by access.User, id string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.audit(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if f.Agency == "" {
			return ErrNotFound
		}
		for n, what := range f.Lacking() {
			if quality.Numbered(n).Agency == f.Agency {
				return &law.Refusal{Because: what + "."}
			}
		}
		return errors.Join(tx.FinishQualityShare(ctx, id, string(f.Agency)), tx.Audit(ctx, "finished helping with an audit of the plan", string(f.Child.ID), f.Agency.Words()))
	})
}

// manage does something with an audit that a manager may do.
func (a *Quality) manage(ctx context.Context, by access.User, id, act string, do func(*store.Tx, *QualityFile) error) error {
	if err := may(by, access.QualityManage); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.audit(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := do(tx, f); err != nil {
			return locked(err)
		}
		return tx.Audit(ctx, act, string(f.Child.ID), fmt.Sprintf("version %d", f.Version))
	})
}

// Weigh chooses the weights by which audits are graded from now on.
func (a *Quality) Weigh(ctx context.Context, by access.User, w quality.Weights, why string) error {
	if err := may(by, access.QualityManage); err != nil {
		return err
	}
	if wrong := w.Wrong(); len(wrong) > 0 {
		return &law.Refusal{Because: "The weights cannot be used."}
	}
	text, err := json.Marshal(w)
	if err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return errors.Join(tx.AddQualityWeights(ctx, &QualityWeights{ID: rand.Text(), Weights: string(text), Why: why}), tx.Audit(ctx, "chose the weights of audits", "", why))
	})
}

// Weights returns the weights in use, and every choice that was made, the latest
// first.
func (a *Quality) Weights(ctx context.Context, by access.User) (w quality.Weights, chosen []QualityWeights, err error) {
	if err := may(by, access.QualitySee); err != nil {
		return w, nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if w, _, err = a.weights(ctx, tx, "", false); err != nil {
			return err
		}
		chosen, err = tx.QualityWeights(ctx)
		return err
	})
	return w, chosen, err
}
