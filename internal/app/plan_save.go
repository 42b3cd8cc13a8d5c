package app

import (
	"context"
	"errors"
	"fmt"

	"weald/domain/access"
	"weald/domain/plan"
	"weald/internal/store"
	"weald/law"
)

// PlanOvertaken is returned when somebody has saved a part of a plan since it was
// read. Nothing was saved; both texts are there to choose from.
type PlanOvertaken struct {
	Part     string
	Theirs   string // what they saved
	By, At   string
	Revision int
}

func (o *PlanOvertaken) Error() string {
	return fmt.Sprintf("part %s was saved by somebody else since", o.Part)
}

// Save saves a part of the version that is being written, as it reads in a plan:
// revision is that of the part when it was read. What somebody else has saved
// since is never overwritten: see [PlanOvertaken].
func (a *Plans) Save(ctx context.Context, by access.User, id ChildID, version int, part string, revision int, p *plan.Plan) error {
	if err := a.with(ctx, by, access.PlanWrite, id); err != nil {
		return err
	}
	body := p.Part(part)
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		v, err := versionOf(ctx, tx, id, version)
		if err != nil {
			return err
		}
		err = tx.SetPlanPart(ctx, v.ID, part, revision, body)
		switch {
		case errors.Is(err, store.ErrLocked):
			return lockedPlan()
		case errors.Is(err, store.ErrOvertaken):
			return overtakenPlan(ctx, tx, v.ID, part, body)
		case err != nil:
			return err
		}
		return errors.Join(tx.DropTyped(ctx, v.ID, part), tx.Audit(ctx, "wrote in the plan", string(id), fmt.Sprintf("version %d, %s", version, partWords(part))))
	})
}

// overtakenPlan says who was first, or nothing when they saved the same, as when a
// form is sent twice.
func overtakenPlan(ctx context.Context, tx *store.Tx, id, part, body string) error {
	parts, err := tx.PlanParts(ctx, id)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Part != part {
			continue
		}
		if p.Body == body {
			return tx.Audit(ctx, "saved again what is in the plan", id, partWords(part))
		}
		return &PlanOvertaken{Part: part, Theirs: p.Body, By: p.By, At: p.At, Revision: p.Revision}
	}
	return store.ErrOvertaken
}

func lockedPlan() *law.Refusal {
	return &law.Refusal{Because: "This version has been issued, so nothing in it can change. Begin a new version to amend the plan."}
}

func partWords(part string) string {
	if len(part) <= 2 {
		return "section " + part
	}
	return part
}

func versionOf(ctx context.Context, tx *store.Tx, id ChildID, version int) (*store.PlanVersion, error) {
	all, err := tx.Plans(ctx, id)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Version == version {
			return &all[i], nil
		}
	}
	return nil, ErrNotFound
}

// KeepTyped keeps what somebody has typed on a part's form and not saved, so that a
// lost connection or a closed page loses nothing.
func (a *Plans) KeepTyped(ctx context.Context, by access.User, id ChildID, version int, part, form string) error {
	if err := a.with(ctx, by, access.PlanWrite, id); err != nil {
		return err
	}
	if len(form) > plan.MostBytes {
		return &law.Refusal{Because: "What was typed is too long to keep."}
	}
	var v *store.PlanVersion
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		v, err = versionOf(ctx, tx, id, version)
		return err
	})
	if err != nil {
		return err
	}
	if v.Issued() {
		return lockedPlan()
	}
	return a.db.KeepTyped(ctx, by, v.ID, part, form)
}

// Typed returns what a person typed on a part's form and has not saved, or nil.
func (a *Plans) Typed(ctx context.Context, by access.User, f *PlanFile, part string) (typed *store.PlanTyped, err error) {
	if err := may(by, access.PlanWrite); err != nil || f.Version == nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		typed, err = tx.Typed(ctx, f.Version.ID, part, by.ID)
		return err
	})
	return typed, err
}

// Forget drops what a person typed on a part's form and has not saved.
func (a *Plans) Forget(ctx context.Context, by access.User, id ChildID, version int, part string) error {
	if err := a.with(ctx, by, access.PlanWrite, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		v, err := versionOf(ctx, tx, id, version)
		if err != nil {
			return err
		}
		return errors.Join(tx.DropTyped(ctx, v.ID, part), tx.Audit(ctx, "dropped unsaved words", string(id), partWords(part)))
	})
}
