package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"weald/domain/access"
	"weald/domain/plan"
	"weald/domain/quality"
	"weald/domain/sen2"
	"weald/internal/store"
	"weald/law"
)

// Quality is what is done to see whether plans are good, and to make them better.
type Quality struct{ *Core }

// The records of quality assurance.
type (
	QualityAudit      = store.QualityAudit
	QualityAnswer     = store.QualityAnswer
	QualityShare      = store.QualityShare
	QualitySettlement = store.QualitySettlement
	QualityWeights    = store.QualityWeights
	Worker            = store.Person // somebody who works in the area
)

// Kinds of audit. The texts are stored.
const (
	FirstAudit  = "first"
	SecondAudit = "second"     // of the same version, without sight of the first
	Correction  = "correction" // takes the place of a signed one
	AgainAudit  = "again"      // of a later version, or after actions
)

// KindOfAudit says what a kind of audit is called.
func KindOfAudit(kind string) string {
	switch kind {
	case SecondAudit:
		return "Blind second audit"
	case Correction:
		return "Correction"
	case AgainAudit:
		return "Re-audit"
	default:
		return "Audit"
	}
}

// An QualityFile is one audit, with the plan that it is of.
type QualityFile struct {
	QualityAudit
	Blind    bool // the reader has an audit of the same plan to make and may not see this one's answers
	Mine     bool // it is the reader's to make
	Agency   quality.Agency
	Child    store.Child
	Plan     *PlanFile
	Wrote    bool // the reader wrote the plan
	Answers  map[int]QualityAnswer
	Sheet    quality.Sheet
	Weights  quality.Weights
	Judged   *quality.Judgement
	Shares   []QualityShare
	Siblings []QualityAudit // the other audits of the child's plans
	Settled  []QualitySettlement
	Actions  []store.QualityAction
}

// Answers reports whether the reader may answer a question of the audit now.
func (f *QualityFile) MayAnswer(q *quality.Question) bool {
	if !f.Open() || f.Wrote {
		return false
	}
	return f.Mine || f.Agency != "" && f.Agency == q.Agency
}

// Shows reports whether the reader may see the answers: the auditor's own, a
// signed audit's, or those of the agency that they answer for.
func (f *QualityFile) Shows() bool { return f.Mine || f.Signed() && !f.Blind }

// Replaced returns the signed correction that takes the audit's place, or nil.
func (f *QualityFile) Replaced() *QualityAudit {
	for i := range f.Siblings {
		if s := &f.Siblings[i]; s.Kind == Correction && s.Of == f.ID && s.Signed() {
			return s
		}
	}
	return nil
}

// Second returns the blind second audit of this one, or nil.
func (f *QualityFile) Second() *QualityAudit {
	for i := range f.Siblings {
		if s := &f.Siblings[i]; s.Kind == SecondAudit && s.Of == f.ID && s.WithdrawnAt == "" {
			return s
		}
	}
	return nil
}

// weights returns the weights with a row's ID; of "" the ones in use, and Weald's
// own if nobody chose any.
func (c *Core) weights(ctx context.Context, tx *store.Tx, id string, signed bool) (quality.Weights, string, error) {
	w := quality.DefaultWeights()
	if signed && id == "" {
		return w, "", nil
	}
	all, err := tx.QualityWeights(ctx)
	if err != nil {
		return w, "", err
	}
	for _, row := range all {
		if id == "" || row.ID == id {
			err := json.Unmarshal([]byte(row.Weights), &w)
			return w, row.ID, err
		}
	}
	return w, "", nil
}

// blind reports whether somebody has still to make an audit of the same version
// as another's, in which they must not see what the other found.
func blind(by access.User, a *QualityAudit, all []QualityAudit) bool {
	if a.AuditorID == by.ID {
		return false
	}
	return slices.ContainsFunc(all, func(o QualityAudit) bool {
		return o.ID != a.ID && o.Plan == a.Plan && o.AuditorID == by.ID && o.Open() && o.Kind != Correction
	})
}

// Audit opens an audit with the plan that it is of. That it was opened is kept.
func (a *Quality) Audit(ctx context.Context, by access.User, id string) (f *QualityFile, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if f, err = a.audit(ctx, tx, by, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "opened an audit of the plan", string(f.Child.ID), fmt.Sprintf("version %d", f.Version))
	})
	if err != nil {
		return nil, err
	}
	f.Plan.Findings = plan.Check(f.Plan.Plan, plan.DefaultMeasure)
	return f, nil
}

func (a *Quality) audit(ctx context.Context, tx *store.Tx, by access.User, id string) (*QualityFile, error) {
	if !by.May(access.QualitySee) && !by.May(access.QualityAudit) {
		return nil, ErrNotAllowed
	}
	row, err := tx.QualityAudit(ctx, id)
	if err != nil {
		return nil, err
	}
	need := access.QualitySee
	if !by.May(need) {
		need = access.QualityAudit
	}
	if _, err := a.standingIn(ctx, tx, by, need, row.Child); err != nil {
		return nil, err
	}
	f := &QualityFile{QualityAudit: *row, Mine: row.AuditorID == by.ID, Answers: map[int]QualityAnswer{}, Sheet: quality.Sheet{}}
	if f.Shares, err = tx.QualityShares(ctx, id); err != nil {
		return nil, err
	}
	for _, s := range f.Shares {
		if s.PersonID == by.ID && s.DoneAt == "" {
			f.Agency = quality.Agency(s.Agency)
		}
	}
	if !by.May(access.QualitySee) && f.Agency == "" {
		return nil, ErrNotFound // they help with another audit of the child's plan
	}
	siblings, err := tx.QualityAuditsOf(ctx, row.Child)
	if err != nil {
		return nil, err
	}
	f.Blind = blind(by, row, siblings)
	f.Siblings = slices.DeleteFunc(siblings, func(o QualityAudit) bool { return o.ID == id })
	if f.Plan, err = (&Plans{a.Core}).open(ctx, tx, row.Child, row.Version); err != nil {
		return nil, err
	}
	f.Child = f.Plan.Child
	wrote, err := writers(ctx, tx, f.Plan)
	if err != nil {
		return nil, err
	}
	f.Wrote = (&quality.Candidate{Wrote: wrote}).WroteIt(quality.Auditor{ID: by.ID, Name: by.Name})
	answers, err := tx.QualityAnswers(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, one := range answers {
		f.Sheet[one.Question] = quality.Answer(one.Answer)
		f.Answers[one.Question] = one
	}
	if f.Settled, err = tx.QualitySettlements(ctx, id); err != nil {
		return nil, err
	}
	if f.Weights, _, err = a.weights(ctx, tx, row.Weights, row.Signed()); err != nil {
		return nil, err
	}
	f.Judged = quality.Judge(f.Sheet, f.Weights)
	f.Actions, err = tx.QualityActionsOf(ctx, id)
	return f, err
}

// writers returns who wrote a version: by ID and name, and who signed it.
func writers(ctx context.Context, tx *store.Tx, f *PlanFile) ([]string, error) {
	all, err := tx.PlanWriters(ctx, f.Version.ID)
	if err != nil {
		return nil, err
	}
	if name := f.Plan.Signed.Name; name != "" {
		all = append(all, name)
	}
	return all, nil
}

// An Asking is what somebody asks for: an audit of one plan.
type Asking struct {
	Child   ChildID
	Auditor string // a person's ID
	Kind    string
	Of      string // the audit that it repeats, corrects or follows
	Why     string
}

// Ask asks for an audit of the plan that was issued last, or of the version that
// an earlier audit was of. It returns the audit; one that is already open for the
// same is returned instead.
func (a *Quality) Ask(ctx context.Context, by access.User, ask Asking) (id string, err error) {
	if err := a.with(ctx, by, access.QualityAudit, ask.Child); err != nil {
		return "", err
	}
	if ask.Auditor != by.ID {
		if err := may(by, access.QualityManage); err != nil {
			return "", err
		}
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, ask.Child); err != nil {
			return err
		}
		id, err = a.ask(ctx, tx, by, ask)
		return err
	})
	return id, err
}

func (a *Quality) ask(ctx context.Context, tx *store.Tx, by access.User, ask Asking) (string, error) {
	f, err := (&Plans{a.Core}).open(ctx, tx, ask.Child, Latest)
	if err != nil {
		return "", err
	}
	version := 0
	for i := range f.Versions {
		if v := &f.Versions[i]; v.Issued() && !v.Struck {
			version = v.Version
			break
		}
	}
	siblings, err := tx.QualityAuditsOf(ctx, ask.Child)
	if err != nil {
		return "", err
	}
	var of *QualityAudit
	if ask.Of != "" {
		at := slices.IndexFunc(siblings, func(o QualityAudit) bool { return o.ID == ask.Of })
		if at < 0 || siblings[at].WithdrawnAt != "" {
			return "", ErrNotFound
		}
		of = &siblings[at]
		if ask.Kind == SecondAudit || ask.Kind == Correction {
			version = of.Version
		}
	}
	if version == 0 {
		return "", &law.Refusal{Because: "No version of the plan has been issued, so there is nothing to audit."}
	}
	if f, err = (&Plans{a.Core}).open(ctx, tx, ask.Child, version); err != nil {
		return "", err
	}
	who, err := worker(ctx, tx, ask.Auditor)
	if err != nil {
		return "", err
	}
	wrote, err := writers(ctx, tx, f)
	if err != nil {
		return "", err
	}
	if (&quality.Candidate{Wrote: wrote}).WroteIt(quality.Auditor{ID: who.ID, Name: who.Name}) {
		return "", &law.Refusal{Because: who.Name + " wrote, issued or signed this version of the plan. Nobody audits a plan that they wrote."}
	}
	switch ask.Kind {
	case SecondAudit:
		if of.AuditorID == who.ID {
			return "", &law.Refusal{Because: who.Name + " makes the first audit, so somebody else must make the second."}
		}
		if of.Kind == SecondAudit {
			return "", &law.Refusal{Because: "This is a second audit itself."}
		}
	case Correction:
		if !of.Signed() {
			return "", &law.Refusal{Because: "The audit is not signed, so its answers can still be changed."}
		}
		if of.AuditorID != who.ID {
			if err := may(by, access.QualityManage); err != nil {
				return "", err
			}
		}
	}
	for _, o := range siblings {
		if o.Open() && o.Plan == f.Version.ID && o.Kind == ask.Kind && (ask.Kind == SecondAudit && o.Of == ask.Of || o.AuditorID == who.ID && o.Of == ask.Of) {
			return o.ID, tx.Audit(ctx, "asked again for an audit of the plan", string(ask.Child), fmt.Sprintf("version %d", version))
		}
	}
	row := &QualityAudit{ID: rand.Text(), Child: ask.Child, Plan: f.Version.ID, Kind: ask.Kind, Of: ask.Of, Why: ask.Why, AuditorID: who.ID, Auditor: who.Name, Writer: f.Plan.Signed.Name}
	if err := a.describe(ctx, tx, row, &f.Child); err != nil {
		return "", err
	}
	if err := tx.AddQualityAudit(ctx, row); err != nil {
		return "", err
	}
	if ask.Kind == Correction {
		// The correction begins with what was answered, and is signed anew.
		answers, err := tx.QualityAnswers(ctx, of.ID)
		if err != nil {
			return "", err
		}
		for i := range answers {
			if err := tx.SetQualityAnswer(ctx, row.ID, &answers[i]); err != nil {
				return "", err
			}
		}
	}
	return row.ID, tx.Audit(ctx, "asked for an audit of the plan", string(ask.Child), fmt.Sprintf("version %d, by %s", version, who.Name))
}

// describe keeps with an audit what was true of the case when it was asked for.
func (a *Quality) describe(ctx context.Context, tx *store.Tx, row *QualityAudit, child *store.Child) error {
	_, setting, err := tx.Named(ctx, child.ID)
	if err != nil {
		return err
	}
	row.AskedOn, row.Questions = a.today(), quality.Set
	row.Team, row.Need, row.Setting = child.Team, sen2.NeedTypes.Meaning(child.Need), setting
	row.Writer = cmp.Or(row.Writer, "Not signed")
	return nil
}

// worker returns somebody who works in the area, or a refusal.
func worker(ctx context.Context, tx *store.Tx, id string) (*store.Person, error) {
	all, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i], nil
		}
	}
	return nil, &law.Refusal{Because: "Choose who is to do it."}
}

// Auditors returns who can be given audits: the council's people who may make
// them, by name.
func (a *Quality) Auditors(ctx context.Context, by access.User) (all []store.Person, err error) {
	if err := may(by, access.QualityAudit); err != nil {
		return nil, err
	}
	return a.peopleWho(ctx, func(p *store.Person) bool {
		return (access.User{ID: p.ID, Role: access.Role(p.Role)}).May(access.QualitySee) && access.Role(p.Role) != access.Inspector
	})
}

// peopleWho returns the people of whom something is so, by name.
func (a *Quality) peopleWho(ctx context.Context, is func(*store.Person) bool) (all []store.Person, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		people, err := tx.People(ctx)
		for i := range people {
			if is(&people[i]) {
				all = append(all, people[i])
			}
		}
		return err
	})
	slices.SortFunc(all, func(x, y store.Person) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return all, err
}

// locked says in words that an audit is signed or withdrawn.
func locked(err error) error {
	if errors.Is(err, store.ErrLocked) {
		return &law.Refusal{Because: "This audit is signed or withdrawn, so nothing of it changes. A correction is a new audit that takes its place."}
	}
	return err
}
