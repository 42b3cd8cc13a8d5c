package app

import (
	"context"
	"errors"
	"fmt"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/store"
	"weald/law"
)

// TakeIn takes in a plan that was issued before it was written here: it becomes a
// version, locked, of the event that issued it, which is the latest that issued a
// final plan. write makes the plan, once the child and that day are known. Its
// gates are not asked, since it has been issued. It reports whether there was such
// an event.
func (a *Plans) TakeIn(ctx context.Context, by access.User, id ChildID, write func(child *store.Child, on calendar.Date) (*plan.Plan, error)) (taken bool, err error) {
	if err := a.with(ctx, by, access.PlanIssue, id); err != nil {
		return false, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		child, err := tx.Child(ctx, id)
		if err != nil {
			return err
		}
		journal, err := tx.Journal(ctx, id)
		if err != nil {
			return err
		}
		event := lastFinal(journal)
		if event == nil {
			return tx.Audit(ctx, "took in no plan", string(id), "none has been issued")
		}
		all, err := tx.Plans(ctx, id)
		if err != nil {
			return err
		}
		if len(all) > 0 {
			return &law.Refusal{Because: "A plan of this child has been written here already."}
		}
		p, err := write(child, event.Event.On)
		if err != nil {
			return err
		}
		v := &store.PlanVersion{ID: "plan-" + string(id), Child: id, Version: 1, Template: p.Template.String(), Stage: string(plan.Final)}
		var parts []store.PlanPart
		for _, name := range p.Parts() {
			parts = append(parts, store.PlanPart{Part: name, Body: p.Part(name)})
		}
		taken = true
		return errors.Join(tx.AddPlan(ctx, v, parts), tx.IssuePlan(ctx, v.ID, v.Stage, event.Entry.Seq),
			tx.Audit(ctx, "took in a plan issued before", string(id), fmt.Sprintf("%s on %s", event.Event.Kind, event.Event.On)))
	})
	return taken && err == nil, err
}

// lastFinal returns the latest entry in effect that issued a final plan, or nil.
func lastFinal(journal []Entry) (found *Entry) {
	events := Journal(journal)
	for i := range journal {
		e := &journal[i]
		if k := e.Event.Kind; (k == casework.PlanFinalised || k == casework.AmendedPlanFinalised) && events.Live(e.Entry.Seq) && (found == nil || e.Event.On >= found.Event.On) {
			found = e
		}
	}
	return found
}
