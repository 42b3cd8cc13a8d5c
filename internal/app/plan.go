package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/store"
	"weald/law"
)

// Plans is what is done with children's plans.
type Plans struct{ *Core }

// A PlanVersion is one writing of a child's plan, with the event that issued it as
// the journal has it now.
type PlanVersion struct {
	store.PlanVersion
	Kind   casework.Kind // of the event that issued it
	On     calendar.Date // its day; zero: it is being written, or the event was struck out
	Struck bool          // the event that issued it was struck out: it was not issued
}

// InForce reports whether a version is one that is a plan and not only proposed.
func (v *PlanVersion) final() bool { return v.Issued() && !v.Struck && v.Stage == string(plan.Final) }

// A PlanFile is a child's plan: one version of it, and the list of all.
type PlanFile struct {
	Child     store.Child
	Today     calendar.Date
	Versions  []PlanVersion // the latest first
	Version   *PlanVersion  // the one that is read; nil: there is none
	InForce   *PlanVersion  // the plan in force today, or nil
	Ceased    calendar.Date // the day on which the plan ceased; zero: it has not
	Plan      *plan.Plan
	Revisions map[string]store.PlanPart // by part, as last saved
	Findings  []plan.Finding
}

// Written returns the version that is being written, or nil.
func (f *PlanFile) Written() *PlanVersion {
	for i := range f.Versions {
		if !f.Versions[i].Issued() {
			return &f.Versions[i]
		}
	}
	return nil
}

// Latest is a version's number that stands for the latest there is.
const Latest = 0

// Open reads a version of a child's plan. That it was opened, and by whom, is
// kept. A child without a plan has a file without a version.
func (a *Plans) Open(ctx context.Context, by access.User, id ChildID, version int) (*PlanFile, error) {
	return a.OpenAs(ctx, by, id, version, "")
}

// OpenAs is Open, with what the version is taken out as: "PDF".
func (a *Plans) OpenAs(ctx context.Context, by access.User, id ChildID, version int, as string) (*PlanFile, error) {
	if err := a.with(ctx, by, access.PlanSee, id); err != nil {
		return nil, err
	}
	var f *PlanFile
	err := a.db.Write(ctx, by, func(tx *store.Tx) (err error) {
		if f, err = a.open(ctx, tx, id, version); err != nil {
			return err
		}
		detail := ""
		if f.Version != nil {
			detail = fmt.Sprintf("version %d", f.Version.Version)
		}
		if as != "" {
			detail += ", as " + as
		}
		return tx.Audit(ctx, "opened the plan", string(id), detail)
	})
	if err != nil {
		return nil, err
	}
	if f.Plan != nil {
		f.Findings = plan.Check(f.Plan, plan.DefaultMeasure)
	}
	return f, nil
}

func (a *Plans) open(ctx context.Context, tx *store.Tx, id ChildID, version int) (*PlanFile, error) {
	child, err := tx.Child(ctx, id)
	if err != nil {
		return nil, err
	}
	journal, err := tx.Journal(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &PlanFile{Child: *child, Today: a.today()}
	versions, err := tx.Plans(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		f.Versions = append(f.Versions, issuedBy(v, journal))
	}
	f.Ceased = ceased(journal, f.Today)
	f.InForce = inForce(f.Versions, journal, f.Today)
	for i := range f.Versions {
		if version == Latest || f.Versions[i].Version == version {
			f.Version = &f.Versions[i]
			break
		}
	}
	if f.Version == nil {
		if version != Latest {
			return nil, ErrNotFound
		}
		return f, nil
	}
	f.Plan, f.Revisions, err = readVersion(ctx, tx, child, f.Version, journal, f.Today)
	return f, err
}

// readVersion puts a version together from its parts.
func readVersion(ctx context.Context, tx *store.Tx, child *store.Child, v *PlanVersion, journal []Entry, today calendar.Date) (*plan.Plan, map[string]store.PlanPart, error) {
	t := plan.TemplateNamed(plan.Templates, v.Template)
	if t == nil {
		return nil, nil, fmt.Errorf("plan %s is in template %s, which this program does not have", v.ID, v.Template)
	}
	p := plan.New(t)
	p.Stage, p.On = plan.Stage(v.Stage), today
	if !v.On.IsZero() {
		p.On, p.Signed.On = v.On, v.On
	}
	p.Child = plan.Child{Forename: child.Forename, Surname: child.Surname, Born: child.Born}
	p.Owed = owedAdvice(journal)
	parts, err := tx.PlanParts(ctx, v.ID)
	if err != nil {
		return nil, nil, err
	}
	revisions := make(map[string]store.PlanPart, len(parts))
	for _, part := range parts {
		if err := p.SetPart(part.Part, part.Body); err != nil {
			return nil, nil, fmt.Errorf("reading plan %s, part %s: %w", v.ID, part.Part, err)
		}
		revisions[part.Part] = part
	}
	return p, revisions, nil
}

// issuedBy finds the event that issued a version, as it has been corrected since.
func issuedBy(v store.PlanVersion, journal []Entry) PlanVersion {
	is := PlanVersion{PlanVersion: v}
	if !v.Issued() {
		return is
	}
	at := v.Event
	for _, e := range journal {
		if e.Entry.Seq == at || e.Replaces == at {
			at = e.Entry.Seq
			is.Kind, is.On, is.Struck = e.Event.Kind, e.Event.On, e.Entry.Struck
		}
	}
	if is.Struck {
		is.On = 0
	}
	return is
}

// inForce returns the version that was the plan in force at the end of a day, or
// nil. While amendments are proposed, the plan before them stays in force.
func inForce(versions []PlanVersion, journal []Entry, on calendar.Date) (found *PlanVersion) {
	for i := range versions {
		if v := &versions[i]; v.final() && v.On <= on && (found == nil || v.On > found.On) {
			found = v
		}
	}
	if found != nil && ceased(journal, on) >= found.On {
		return nil
	}
	return found
}

// ceased returns the latest day up to one on which the plan ceased or passed to
// another authority; zero: it has not.
func ceased(journal []Entry, on calendar.Date) (day calendar.Date) {
	for _, e := range Journal(journal).Events(0) {
		if (e.Kind == casework.PlanCeased || e.Kind == casework.PlanTransferredOut) && e.On <= on {
			day = e.On
		}
	}
	return day
}

// owedAdvice is the advice asked for since it was last decided to assess, as the
// journal has it.
func owedAdvice(journal []Entry) (owed []plan.Owed) {
	for _, e := range Journal(journal).Events(0) {
		switch e.Kind {
		case casework.DecisionToAssessSent, casework.ReassessmentDecisionSent:
			owed = nil
		case casework.AdviceRequested:
			if letter := e.Get("type"); letter != "" {
				owed = append(owed, plan.Owed{Type: letter, Body: e.Named(), Late: true})
			}
		case casework.AdviceReceived:
			for i := range owed {
				if owed[i].Body == e.Named() {
					owed[i].Late = false
				}
			}
		}
	}
	// The family’s own views are always owed, whether or not a letter asked for them.
	if len(owed) > 0 && !slices.ContainsFunc(owed, func(o plan.Owed) bool { return o.Type == "a" }) {
		owed = append([]plan.Owed{{Type: "a"}}, owed...)
	}
	return owed
}

// Begin begins the next version of a child's plan: empty, or as the last one was
// issued. It returns the version's number; one that is being written is gone on
// with.
func (a *Plans) Begin(ctx context.Context, by access.User, id ChildID) (version int, err error) {
	if err := a.with(ctx, by, access.PlanWrite, id); err != nil {
		return 0, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		f, err := a.open(ctx, tx, id, Latest)
		if err != nil {
			return err
		}
		if w := f.Written(); w != nil {
			version = w.Version
			return tx.Audit(ctx, "went on with the plan", string(id), fmt.Sprintf("version %d", version))
		}
		v := &store.PlanVersion{ID: rand.Text(), Child: id, Version: 1, Stage: string(plan.Draft)}
		var from *plan.Plan
		if f.Version != nil {
			v.Version, from = f.Version.Version+1, f.Plan
			v.Stage = string(next(f))
		} else if t := plan.TemplateAt(plan.Templates, a.today()); t != nil {
			from = plan.New(t)
		} else {
			return &law.Refusal{Because: "There is no template for plans begun on " + a.today().Words() + "."}
		}
		v.Template, version = from.Template.String(), v.Version
		var parts []store.PlanPart
		for _, name := range from.Parts() {
			parts = append(parts, store.PlanPart{Part: name, Body: from.Part(name)})
		}
		return errors.Join(tx.AddPlan(ctx, v, parts), tx.Audit(ctx, "began a version of the plan", string(id), fmt.Sprintf("version %d", version)))
	})
	return version, err
}

// next says what a version is to be, from what the last was.
func next(f *PlanFile) plan.Stage {
	switch plan.Stage(f.Version.Stage) {
	case plan.Draft, plan.Amendment:
		return plan.Final
	default:
		if f.Ceased > f.Version.On {
			return plan.Draft
		}
		return plan.Amendment
	}
}

// On returns the version that was the plan in force at the end of a day, or
// ErrNotFound.
func (a *Plans) On(ctx context.Context, by access.User, id ChildID, on calendar.Date) (version int, err error) {
	if err := a.with(ctx, by, access.PlanSee, id); err != nil {
		return 0, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		journal, err := tx.Journal(ctx, id)
		if err != nil {
			return err
		}
		all, err := tx.Plans(ctx, id)
		if err != nil {
			return err
		}
		var versions []PlanVersion
		for _, v := range all {
			versions = append(versions, issuedBy(v, journal))
		}
		v := inForce(versions, journal, on)
		if v == nil {
			return ErrNotFound
		}
		version = v.Version
		return nil
	})
	return version, err
}

// Compare reads two versions of a child's plan, to be compared.
func (a *Plans) Compare(ctx context.Context, by access.User, id ChildID, from, to int) (was, is *PlanFile, err error) {
	if err := a.with(ctx, by, access.PlanSee, id); err != nil {
		return nil, nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) (err error) {
		if was, err = a.open(ctx, tx, id, from); err != nil {
			return err
		}
		if is, err = a.open(ctx, tx, id, to); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at what changed in the plan", string(id), fmt.Sprintf("%d and %d", from, to))
	})
	return was, is, err
}
