package app

import (
	"context"
	"fmt"
	"slices"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/plan"
	"weald/internal/store"
)

// A ChildPlan is the plan in force as its child reads it.
type ChildPlan struct {
	Child   ChildID
	Key     string // the reader's own name for the child, if the child is the reader's own
	Name    string
	Page    *plan.ChildPage // nil: no plan in words is in force
	On      calendar.Date   // on which the plan was issued
	Officer store.Person    // who has the case; no ID: nobody
	Cover   store.Person    // who stands in for them today; no ID: nobody
	Hides   bool            // what may say where the child is educated is left out
}

// ForChild returns the plan in force as its child reads it, to the council's
// people. It leaves out what somebody of the family may not be told, since it is
// made to be handed over. That it was opened is kept.
func (a *Plans) ForChild(ctx context.Context, by access.User, id ChildID) (c *ChildPlan, err error) {
	if err := a.with(ctx, by, access.PlanSee, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		ties, err := tx.Ties(ctx, id)
		if err != nil {
			return err
		}
		hide := slices.ContainsFunc(ties, func(t store.Tie) bool {
			return !t.Ended && t.InForce(a.today()) && t.Limit != ""
		})
		version := 0
		if c, version, err = a.forChild(ctx, tx, id, hide); err != nil {
			return err
		}
		return tx.Audit(ctx, "opened the plan", string(id), childPageDetail(version))
	})
	return c, err
}

// OwnForChild is ForChild, for the child and their family, by their own key of
// the child.
func (a *Plans) OwnForChild(ctx context.Context, by access.User, key string) (c *ChildPlan, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.OwnSee, key)
		if err != nil {
			return err
		}
		s, err := a.standingIn(ctx, tx, by, access.OwnSee, id)
		if err != nil {
			return err
		}
		if c, _, err = a.forChild(ctx, tx, id, s.Hidden()); err != nil {
			return err
		}
		c.Key = Key(by, id)
		return tx.Audit(ctx, "opened the plan", string(id), by.Role.Label()+", as the child’s page")
	})
	return c, err
}

func childPageDetail(version int) string {
	if version == 0 {
		return "as the child’s page: none is in force"
	}
	return fmt.Sprintf("version %d, as the child’s page", version)
}

func (a *Plans) forChild(ctx context.Context, tx *store.Tx, id ChildID, hide bool) (c *ChildPlan, version int, err error) {
	f, err := a.open(ctx, tx, id, Latest)
	if err != nil {
		return nil, 0, err
	}
	c = &ChildPlan{Child: id, Name: f.Child.Name(), Hides: hide}
	people, err := tx.People(ctx)
	if err != nil {
		return nil, 0, err
	}
	if p := personNamed(people, f.Child.Officer); p != nil {
		c.Officer = *p
		if stands := personNamed(people, p.Cover); stands != nil && p.Away(f.Today) {
			c.Cover = *stands
		}
	}
	if f.InForce == nil {
		return c, 0, nil
	}
	version = f.InForce.Version
	if f.Version.Version != version {
		if f, err = a.open(ctx, tx, id, version); err != nil {
			return nil, 0, err
		}
	}
	c.Page, c.On = plan.ForChild(f.Plan, hide), f.Version.On
	return c, version, nil
}
