package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/store"
)

// A FinalPlan is a final version of a child's plan, as a list of many has it.
type FinalPlan struct {
	Child    store.Child
	Version  int
	On       calendar.Date // on which it was issued
	InForce  bool          // it is the plan in force today
	IssuedAs string        // what the event that issued it is called
}

// Finals returns the final plans that were issued between two days, whether or not
// they have been replaced since, by day and child. What was struck out was not
// issued.
func (a *Plans) Finals(ctx context.Context, by access.User, from, until calendar.Date) ([]FinalPlan, error) {
	return a.finals(ctx, by, from, until, func(*FinalPlan) bool { return true })
}

// FinalsInForce returns the plans that are in force today, by day and child.
func (a *Plans) FinalsInForce(ctx context.Context, by access.User) ([]FinalPlan, error) {
	return a.finals(ctx, by, firstPlans, a.today(), func(f *FinalPlan) bool { return f.InForce })
}

// firstPlans is the day from which there have been EHC plans (CFA 2014, part 3).
var firstPlans = calendar.On(2014, time.September, 1)

func (a *Plans) finals(ctx context.Context, by access.User, from, until calendar.Date, wanted func(*FinalPlan) bool) (all []FinalPlan, err error) {
	if err := may(by, access.PlanSee); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		ids, err := a.within(ctx, tx, by, access.PlanSee)
		if err != nil {
			return err
		}
		reached := make(map[ChildID]bool, len(ids))
		for _, id := range ids {
			reached[id] = true
		}
		issued, err := tx.PlansIssued(ctx, from, until)
		if err != nil {
			return err
		}
		seen := map[ChildID]bool{}
		for i := range issued {
			id := issued[i].Child
			if seen[id] || !reached[id] {
				continue
			}
			seen[id] = true
			one, err := a.finalsOf(ctx, tx, id)
			if err != nil {
				return err
			}
			for _, f := range one {
				if f.On >= from && f.On <= until && wanted(&f) {
					all = append(all, f)
				}
			}
		}
		return nil
	})
	slices.SortFunc(all, func(x, y FinalPlan) int {
		return cmp.Or(cmp.Compare(x.On, y.On), cmp.Compare(x.Child.ID, y.Child.ID), cmp.Compare(x.Version, y.Version))
	})
	return all, err
}

// finalsOf returns every final version of a child's plan.
func (a *Plans) finalsOf(ctx context.Context, tx *store.Tx, id ChildID) (all []FinalPlan, err error) {
	child, err := tx.Child(ctx, id)
	if err != nil {
		return nil, err
	}
	journal, err := tx.Journal(ctx, id)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Plans(ctx, id)
	if err != nil {
		return nil, err
	}
	var versions []PlanVersion
	for _, v := range rows {
		versions = append(versions, issuedBy(v, journal))
	}
	now := inForce(versions, journal, a.today())
	for i := range versions {
		if v := &versions[i]; v.final() {
			all = append(all, FinalPlan{Child: *child, Version: v.Version, On: v.On, InForce: v == now, IssuedAs: v.Kind.Label()})
		}
	}
	return all, nil
}

// TakeOut reads a final version of a child's plan for a copy that leaves the
// record: "PDF". That it was taken out, and as what, is kept before it is given.
func (a *Plans) TakeOut(ctx context.Context, by access.User, id ChildID, version int, as string) (f *PlanFile, err error) {
	if err := a.with(ctx, by, access.PlanSee, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) (err error) {
		if f, err = a.open(ctx, tx, id, version); err != nil {
			return err
		}
		if f.Version == nil || !f.Version.final() {
			return ErrNotFound
		}
		return tx.Audit(ctx, "took the plan out", string(id), fmt.Sprintf("version %d, as %s", version, as))
	})
	return f, err
}
