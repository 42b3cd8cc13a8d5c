package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/plan"
	"weald/internal/store"
	"weald/law"
)

// An issuing is an event that issues a version, and as what.
type issuing struct {
	kind   casework.Kind
	as     plan.Stage
	served casework.Kind // the event of its serving on the family; none: it has none
}

var issues = []issuing{
	{casework.DraftSent, plan.Draft, casework.DraftServed},
	{casework.DraftReissued, plan.Draft, casework.NoKind},
	{casework.AmendmentNoticeSent, plan.Amendment, casework.AmendmentNoticeServed},
	{casework.PlanFinalised, plan.Final, casework.NoKind},
	{casework.AmendedPlanFinalised, plan.Final, casework.NoKind},
}

func issuedAs(k casework.Kind) (issuing, bool) {
	for _, i := range issues {
		if i.kind == k {
			return i, true
		}
	}
	return issuing{}, false
}

// A PlanIssue is a way in which the version that is being written may be issued on
// a day, and what keeps it from that.
type PlanIssue struct {
	Kind    casework.Kind
	As      plan.Stage
	Serves  bool           // its serving on the family can be recorded with it
	Refusal *law.Refusal   // what the case does not allow; nil: it does
	Gates   []plan.Finding // what the plan lacks
}

// Issues says in which ways a plan may be issued on a day: those that the case
// allows first, each with what the plan lacks for it.
func (a *Plans) Issues(ctx context.Context, by access.User, f *PlanFile, on calendar.Date) (all []PlanIssue, err error) {
	if err := may(by, access.PlanIssue); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		k, err := a.caseOf(ctx, tx, &f.Child)
		if err != nil {
			return err
		}
		clock := casework.NewClock(a.practice)
		for _, i := range issues {
			p := *f.Plan
			p.Stage, p.On, p.Signed.On = i.as, on, on
			one := PlanIssue{Kind: i.kind, As: i.as, Serves: i.served != casework.NoKind, Refusal: clock.Record(k, casework.Happened(i.kind, on), a.today())}
			one.Gates = plan.Gates(plan.Check(&p, plan.DefaultMeasure), i.as)
			all = append(all, one)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b PlanIssue) int {
		switch {
		case (a.Refusal == nil) == (b.Refusal == nil):
			return 0
		case a.Refusal == nil:
			return -1
		}
		return 1
	})
	return all, err
}

func (c *Core) caseOf(ctx context.Context, tx *store.Tx, child *store.Child) (*casework.Case, error) {
	entries, err := tx.Journal(ctx, child.ID)
	if err != nil {
		return nil, err
	}
	return c.caseWith(ctx, tx, child, store.Events(entries))
}

// caseWith is caseOf, with a journal that has been read.
func (c *Core) caseWith(ctx context.Context, tx *store.Tx, child *store.Child, journal casework.Journal) (*casework.Case, error) {
	closures, err := tx.Closures(ctx)
	return &casework.Case{Born: child.Born, Closures: closures, Events: journal.Events(0)}, err
}

// An Issue is what somebody asks to be issued.
type Issue struct {
	Version int
	Kind    casework.Kind
	On      calendar.Date
	Served  bool   // it was served on the family the same day
	Form    string // names the form: however often it is sent, it is issued once
}

// Issue issues the version that is being written, as it stands: it locks it, and
// records the event in the case. It refuses, with a [law.Refusal] that cites why,
// while a gate finds anything and when the case does not allow the event.
func (a *Plans) Issue(ctx context.Context, by access.User, id ChildID, i Issue) error {
	if err := a.with(ctx, by, access.PlanIssue, id); err != nil {
		return err
	}
	how, ok := issuedAs(i.Kind)
	if !ok {
		return &law.Refusal{Because: "A plan is not issued by “" + i.Kind.Label() + "”."}
	}
	as, served := how.as, how.served
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		f, err := a.open(ctx, tx, id, i.Version)
		if err != nil {
			return err
		}
		if f.Version.Issued() {
			if f.Version.Kind == i.Kind && f.Version.On == i.On {
				return tx.Audit(ctx, "issued again what was issued", string(id), "")
			}
			return lockedPlan()
		}
		f.Plan.Stage, f.Plan.On, f.Plan.Signed.On = as, i.On, i.On
		if no := unready(plan.Gates(plan.Check(f.Plan, plan.DefaultMeasure), as), as); no != nil {
			return no
		}
		if as == plan.Final {
			if err := a.unanswered(ctx, tx, id); err != nil {
				return err
			}
		}
		seq, err := a.record(ctx, tx, id, Recording{Event: casework.Happened(i.Kind, i.On), Form: i.Form, Seen: Unseen, From: fmt.Sprintf("version %d of the plan", i.Version)})
		if err != nil {
			return err
		}
		if i.Served && served != casework.NoKind {
			if _, err := a.record(ctx, tx, id, Recording{Event: casework.Happened(served, i.On), Seen: Unseen}); err != nil {
				return err
			}
		}
		return errors.Join(tx.IssuePlan(ctx, f.Version.ID, string(as), seq),
			tx.Audit(ctx, "issued the plan", string(id), fmt.Sprintf("version %d: %s", i.Version, i.Kind)))
	})
}

// mostCited is how many gates a refusal names; it says how many more there are.
const mostCited = 5

// unready refuses a plan at whose gates something is found, with the source of
// each; nil: nothing is.
func unready(gates []plan.Finding, as plan.Stage) error {
	if len(gates) == 0 {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s cannot be issued.", map[plan.Stage]string{plan.Draft: "The draft", plan.Amendment: "These amendments", plan.Final: "The final plan"}[as])
	for i := range gates {
		if i == mostCited {
			fmt.Fprintf(&b, " There are %d more.", len(gates)-i)
			break
		}
		f := &gates[i]
		fmt.Fprintf(&b, " %s: %s (%s).", f.Where(), strings.TrimSuffix(f.What, "."), f.Question.Standing())
	}
	return &law.Refusal{Because: b.String()}
}

// notByHand keeps an event that issues a plan from being recorded by itself while
// a version of the plan is being written, since that would pass by its gates.
func notByHand(ctx context.Context, tx *store.Tx, id ChildID, r *Recording) error {
	if _, ok := issuedAs(r.Event.Kind); !ok || r.Replaces != 0 {
		return nil
	}
	written, err := tx.PlanBeingWritten(ctx, id)
	if err == nil && written {
		return &law.Refusal{Because: "“" + r.Event.Kind.Label() + "” is recorded when the plan is issued, and this child’s plan is being written here. Issue it from the plan’s own page, which checks it first."}
	}
	return err
}
