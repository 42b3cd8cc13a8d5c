package app

import (
	"context"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// An Acknowledgement is what is said to whoever asked: the day by which they
// will be told, who has the case, and the rules that say so.
type Acknowledgement struct {
	Child    store.Child
	To       *store.Contact // the first of the contacts, or nil
	Received calendar.Date
	Source   string // who asked, as the event says it
	Owner    store.Person
	Decision *casework.Duty // to say whether there will be an assessment; nil: done, or not owed
	Plan     *casework.Duty // to send the final plan; nil as above
	Today    calendar.Date
}

// Acknowledge draws up the acknowledgement of the latest request in a child's
// case, or [ErrNotFound] if it has none. That it was drawn up is kept.
func (a *Casework) Acknowledge(ctx context.Context, by access.User, id ChildID) (*Acknowledgement, error) {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return nil, err
	}
	k := &Acknowledgement{Today: a.today()}
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		c, err := tx.Child(ctx, id)
		if err != nil {
			return err
		}
		k.Child = *c
		entries, err := tx.Journal(ctx, id)
		if err != nil {
			return err
		}
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		events := casework.Case{Born: c.Born, Closures: closures, Events: store.Events(entries).Events(0)}
		for i := range events.Events {
			if e := &events.Events[i]; e.Kind == casework.RequestReceived && e.On <= k.Today {
				k.Received, k.Source = e.On, e.Get("source")
			}
		}
		if k.Received.IsZero() {
			return ErrNotFound
		}
		reading := casework.NewClock(a.practice).Read(&events, k.Today)
		for i := range reading.Duties {
			d := &reading.Duties[i]
			if !d.Open() || d.Rule.Nature != law.Deadline || !d.Binding() {
				continue
			}
			switch {
			case d.Rule == casework.TellWhetherToAssess || d.Rule == casework.DecideForDetained:
				k.Decision = d
			case d.Rule == casework.IssueFinalPlan || d.Rule == casework.PlanForDetained:
				k.Plan = d
			}
		}
		contacts, err := tx.Contacts(ctx, id)
		if err != nil {
			return err
		}
		if len(contacts) > 0 {
			k.To = &contacts[0]
		}
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		if p := personNamed(people, c.Officer); p != nil {
			k.Owner = *p
		}
		return tx.Audit(ctx, "drew up an acknowledgement", string(id), "")
	})
	if err != nil {
		return nil, err
	}
	return k, nil
}
