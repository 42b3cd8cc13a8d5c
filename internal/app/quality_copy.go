package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/plan"
	"weald/domain/quality"
	"weald/internal/paper"
	"weald/internal/store"
	"weald/law"
)

// QualityCopy is a copy of a plan for the parent carer forum.
type QualityCopy = store.QualityCopy

// A CopyFile is a copy as it is read, and for whoever confirms it what was
// replaced and what was left to be looked at.
type CopyFile struct {
	QualityCopy
	Anonymous *plan.Plan
	Replaced  []quality.Replacement
	Left      []string
	Confirms  bool // the reader can confirm it or take it back
}

// MakeCopy makes a copy of the plan that was issued last, without what says whom
// it is about. Nobody but those who can confirm it sees it until it is confirmed.
// more is what else must go, a line each.
func (a *Quality) MakeCopy(ctx context.Context, by access.User, id ChildID, more string) (string, error) {
	if err := a.with(ctx, by, access.QualityManage, id); err != nil {
		return "", err
	}
	made := rand.Text()
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := (&Plans{a.Core}).open(ctx, tx, id, Latest)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(f.Versions, func(v PlanVersion) bool { return v.Issued() && !v.Struck })
		if at < 0 {
			return &law.Refusal{Because: "No version of the plan has been issued, so there is nothing to copy."}
		}
		if f, err = (&Plans{a.Core}).open(ctx, tx, id, f.Versions[at].Version); err != nil {
			return err
		}
		known, err := a.known(ctx, tx, f, more)
		if err != nil {
			return err
		}
		anonymous, replaced, _ := quality.Anonymise(f.Plan, known)
		list, err := json.Marshal(replaced)
		if err != nil {
			return err
		}
		c := &QualityCopy{ID: made, Child: id, Plan: f.Version.ID, Body: string(anonymous.JSON()), Replaced: string(list), More: more}
		return errors.Join(tx.AddQualityCopy(ctx, c), tx.Audit(ctx, "made an anonymous copy of the plan", string(id), fmt.Sprintf("version %d", f.Version.Version)))
	})
	return made, err
}

// known gathers what the record knows that says whom a plan is about.
func (a *Quality) known(ctx context.Context, tx *store.Tx, f *PlanFile, more string) (quality.Known, error) {
	k := quality.Known{Child: f.Plan.Child, Others: slices.Clone(f.Plan.People), Places: []string{f.Child.District, f.Child.Postcode}}
	k.Child.Forename, k.Child.Surname, k.Child.Born = f.Child.Forename, f.Child.Surname, f.Child.Born
	k.Others = append(k.Others, f.Plan.Signed.Name)
	officer, setting, err := tx.Named(ctx, f.Child.ID)
	if err != nil {
		return k, err
	}
	k.Others, k.Settings = append(k.Others, officer), append(k.Settings, setting)
	contacts, err := tx.Contacts(ctx, f.Child.ID)
	if err != nil {
		return k, err
	}
	for _, c := range contacts {
		k.Others = append(k.Others, c.Name)
		k.Places = append(k.Places, c.Postcode)
		k.Places = append(k.Places, strings.Split(c.Address, "\n")...)
	}
	if s := f.Plan.Section("I"); s != nil {
		for _, l := range s.Lines {
			if l.Kind == plan.Placement {
				k.Settings = append(k.Settings, l.Text)
			}
		}
	}
	for line := range strings.Lines(more) {
		k.More = append(k.More, strings.TrimSpace(line))
	}
	return k, nil
}

// Copies lists the copies that somebody may read: those that are confirmed, and
// for whoever confirms them all.
func (a *Quality) Copies(ctx context.Context, by access.User) (all []QualityCopy, err error) {
	if err := may(by, access.CopyRead); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error { all, err = tx.QualityCopies(ctx); return err })
	return slices.DeleteFunc(all, func(c QualityCopy) bool {
		return c.WithdrawnAt != "" || c.ReleasedAt == "" && !by.May(access.QualityManage)
	}), err
}

// Copy opens a copy. That it was opened is kept with the child.
func (a *Quality) Copy(ctx context.Context, by access.User, id, as string) (f *CopyFile, err error) {
	if err := may(by, access.CopyRead); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if f, err = a.copyFile(ctx, tx, by, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "opened an anonymous copy of the plan", string(f.Child), strings.TrimSpace(fmt.Sprintf("number %d %s", f.N, as)))
	})
	return f, err
}

func (a *Quality) copyFile(ctx context.Context, tx *store.Tx, by access.User, id string) (*CopyFile, error) {
	c, err := tx.QualityCopy(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &CopyFile{QualityCopy: *c}
	if by.May(access.QualityManage) {
		_, err := a.standingIn(ctx, tx, by, access.QualityManage, c.Child)
		var barred *Barred
		if err != nil && !errors.As(err, &barred) {
			return nil, err
		}
		f.Confirms = err == nil
	}
	if c.WithdrawnAt != "" || c.ReleasedAt == "" && !f.Confirms {
		return nil, ErrNotFound
	}
	if f.Anonymous, err = plan.Read([]byte(c.Body), plan.Templates); err != nil {
		return nil, err
	}
	if f.Confirms {
		if err := json.Unmarshal([]byte(c.Replaced), &f.Replaced); err != nil {
			return nil, err
		}
		_, _, f.Left = quality.Anonymise(f.Anonymous, quality.Known{})
	}
	return f, nil
}

// Release says that somebody has read a copy from end to end and found nothing
// that says whom it is about: the forum may read it from now on.
func (a *Quality) Release(ctx context.Context, by access.User, id string) error {
	return a.withCopy(ctx, by, id, "confirmed an anonymous copy of the plan", func(tx *store.Tx) error { return tx.ReleaseQualityCopy(ctx, id) })
}

// TakeBack takes a copy back: nobody reads it from now on.
func (a *Quality) TakeBack(ctx context.Context, by access.User, id string) error {
	return a.withCopy(ctx, by, id, "took an anonymous copy of the plan back", func(tx *store.Tx) error { return tx.WithdrawQualityCopy(ctx, id) })
}

func (a *Quality) withCopy(ctx context.Context, by access.User, id, act string, do func(*store.Tx) error) error {
	if err := may(by, access.QualityManage); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.copyFile(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !f.Confirms {
			return ErrNotFound
		}
		if err := do(tx); errors.Is(err, store.ErrLocked) {
			return tx.Audit(ctx, act+" again", string(f.Child), "")
		} else if err != nil {
			return err
		}
		return tx.Audit(ctx, act, string(f.Child), fmt.Sprintf("number %d", f.N))
	})
}

// Paper lays a copy out as a document. It says nothing of whom it is about.
func (f *CopyFile) Paper() *paper.Document {
	p := f.Anonymous
	d := &paper.Document{Title: fmt.Sprintf("Education, health and care plan: anonymous copy %d", f.N)}
	for i := range p.Template.Sections {
		form := &p.Template.Sections[i]
		d.H(2, "Section "+form.Letter+": "+form.Title)
		if form.Role == plan.AdviceList {
			d.T(adviceTable(p))
			continue
		}
		s := p.Section(form.Letter)
		if s == nil || s.None == "" && len(s.Lines) == 0 {
			d.P("Nothing is said here.")
			continue
		}
		d.P(s.None)
		sectionPaper(d, p, form, s)
	}
	return d
}

// A FamilyView is what a family says of how good their plan is.
type FamilyView struct {
	Who     string
	On      calendar.Date
	Answers map[string]string // by the name of the question
	Words   string
	By, At  string
}

// FamilySays keeps what a family says of the plan that was issued last.
func (a *Quality) FamilySays(ctx context.Context, by access.User, id ChildID, v FamilyView) error {
	if err := a.with(ctx, by, access.QualityAudit, id); err != nil {
		return err
	}
	for name, answer := range v.Answers {
		if !slices.ContainsFunc(quality.FamilyQuestions, func(q quality.FamilyQuestion) bool { return q.Name == name }) || quality.FamilyAnswer(answer) == quality.FamilyAnswer("") {
			return ErrNotFound
		}
	}
	if len(v.Answers) == 0 && strings.TrimSpace(v.Words) == "" {
		return &law.Refusal{Because: "Answer at least one question, or enter what they said."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := (&Plans{a.Core}).open(ctx, tx, id, Latest)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(f.Versions, func(o PlanVersion) bool { return o.Issued() && !o.Struck })
		if at < 0 {
			return &law.Refusal{Because: "No version of the plan has been issued, so there is nothing to say of it."}
		}
		if v.On > a.today() || v.On < f.Versions[at].On {
			return &law.Refusal{Because: "It was said between " + f.Versions[at].On.Words() + ", when the plan was issued, and today."}
		}
		text, err := json.Marshal(v.Answers)
		if err != nil {
			return err
		}
		said, err := tx.QualityViewsOf(ctx, id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(said, func(o store.QualityView) bool {
			return o.Who == v.Who && o.On == v.On && o.Answers == string(text) && o.Words == v.Words
		}) {
			return tx.Audit(ctx, "sent again what the family says of the plan’s quality", string(id), "")
		}
		row := &store.QualityView{ID: rand.Text(), Child: id, Plan: f.Versions[at].ID, Who: v.Who, On: v.On, Answers: string(text), Words: v.Words}
		return errors.Join(tx.AddQualityView(ctx, row), tx.Audit(ctx, "recorded what the family says of the plan’s quality", string(id), ""))
	})
}

// A PlanQuality is what is known of how good a child's plan is.
type PlanQuality struct {
	Child  store.Child
	Today  calendar.Date
	Issued bool // a version was issued, so that there is something to say of it
	Audits []QualityRow
	Views  []FamilyView // the latest first
	Copies []QualityCopy
}

// OfPlan returns what is known of how good a child's plan is. That it was opened is
// kept.
func (a *Quality) OfPlan(ctx context.Context, by access.User, id ChildID) (*PlanQuality, error) {
	if err := a.with(ctx, by, access.QualitySee, id); err != nil {
		return nil, err
	}
	q := &PlanQuality{Today: a.today()}
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := (&Plans{a.Core}).open(ctx, tx, id, Latest)
		if err != nil {
			return err
		}
		q.Child = f.Child
		q.Issued = slices.ContainsFunc(f.Versions, func(v PlanVersion) bool { return v.Issued() && !v.Struck })
		audits, err := tx.QualityAuditsOf(ctx, id)
		if err != nil {
			return err
		}
		for i := range audits {
			q.Audits = append(q.Audits, QualityRow{QualityAudit: audits[i], Mine: audits[i].AuditorID == by.ID, Blind: blind(by, &audits[i], audits)})
		}
		rows, err := tx.QualityViewsOf(ctx, id)
		if err != nil {
			return err
		}
		for i := range rows {
			v := FamilyView{Who: rows[i].Who, On: rows[i].On, Words: rows[i].Words, By: rows[i].By, At: rows[i].At}
			if err := json.Unmarshal([]byte(rows[i].Answers), &v.Answers); err != nil {
				return err
			}
			q.Views = append(q.Views, v)
		}
		copies, err := tx.QualityCopies(ctx)
		for i := range copies {
			if c := &copies[i]; c.Child == id && c.WithdrawnAt == "" {
				q.Copies = append(q.Copies, *c)
			}
		}
		return errors.Join(err, tx.Audit(ctx, "opened the quality of the plan", string(id), ""))
	})
	return q, err
}

// Families counts what families said of their plans: of each, what was said last.
func (a *Quality) Families(ctx context.Context, by access.User) ([]quality.Trend, error) {
	if err := may(by, access.QualitySee); err != nil {
		return nil, err
	}
	hidden, err := a.unseen(ctx, by)
	if err != nil {
		return nil, err
	}
	last := map[ChildID]map[string]string{}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := tx.QualityViews(ctx)
		for i := range rows {
			if hidden[rows[i].Child] {
				continue
			}
			answers := map[string]string{}
			if err := json.Unmarshal([]byte(rows[i].Answers), &answers); err != nil {
				return err
			}
			last[rows[i].Child] = answers
		}
		return err
	})
	var all []map[string]string
	for _, answers := range last {
		all = append(all, answers)
	}
	return quality.ByFamilies(all), err
}
