package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/plan"
	"weald/internal/store"
	"weald/law"
)

// An OwnPlan is the plan as a family reads it: the draft or the amendments that
// were sent to them while they may still be changed, or the plan in force.
type OwnPlan struct {
	Key      string
	Name     string
	Forename string
	Today    calendar.Date
	Plan     *plan.Plan // nil: there is none in words
	On       calendar.Date
	Draft    bool // it is a draft or amendments, of which they may say what they think
	Hidden   bool // the reader may not be told where the child is educated
	Said     []Representation
	LastDay  calendar.Date // of the time that they must be given; zero: not known
	Waived   bool
}

// Open reports whether the time that the family must be given still runs.
func (o *OwnPlan) Open() bool {
	return o.Draft && !o.Waived && !o.LastDay.IsZero() && o.Today <= o.LastDay
}

// Own returns a family's plan, by their own key of the child. That it was read is
// kept.
func (a *Plans) Own(ctx context.Context, by access.User, key string) (o *OwnPlan, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.OwnSee, key)
		if err != nil {
			return err
		}
		s, err := a.standingIn(ctx, tx, by, access.OwnSee, id)
		if err != nil {
			return err
		}
		if o, err = a.ownPlan(ctx, tx, by, id); err != nil {
			return err
		}
		o.Hidden = s.Hidden()
		return tx.Audit(ctx, "opened the plan", string(id), by.Role.Label())
	})
	return o, err
}

func (a *Plans) ownPlan(ctx context.Context, tx *store.Tx, by access.User, id ChildID) (*OwnPlan, error) {
	f, err := a.open(ctx, tx, id, Latest)
	if err != nil {
		return nil, err
	}
	o := &OwnPlan{Key: Key(by, id), Name: f.Child.Name(), Forename: f.Child.Forename, Today: f.Today}
	served, err := a.served(ctx, tx, id)
	switch {
	case err == nil && (f.InForce == nil || f.InForce.Version < served.Version.Version):
		o.Plan, o.On, o.Draft, o.Said, o.LastDay, o.Waived = served.Plan, served.Version.On, true, served.All, served.LastDay, served.Waived
		return o, nil
	case err != nil && !errors.Is(err, ErrNotFound):
		return nil, err
	}
	if f.InForce != nil {
		if f, err = a.open(ctx, tx, id, f.InForce.Version); err != nil {
			return nil, err
		}
		o.Plan, o.On = f.Plan, f.Version.On
	}
	return o, nil
}

// Say keeps what a family says of the draft that was sent to them.
func (a *Plans) Say(ctx context.Context, by access.User, key, kind, line, words string) error {
	words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
	known := false
	for _, k := range plan.RepresentationKinds {
		known = known || string(k.Kind) == kind
	}
	switch n := utf8.RuneCountInString(words); {
	case !known:
		return &law.Refusal{Because: "Choose what you want to tell us."}
	case n == 0:
		return &law.Refusal{Because: "Write what you want to tell us."}
	case n > NoteLength:
		return &law.Refusal{Because: fmt.Sprintf("Write %d letters or fewer. This has %d.", NoteLength, n)}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.OwnSay, key)
		if err != nil {
			return err
		}
		o, err := a.ownPlan(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if !o.Draft {
			return &law.Refusal{Because: "There is no draft to tell us about now. Write to whoever has the case."}
		}
		if line != "" && o.Plan.Line(line) == nil {
			return &law.Refusal{Because: "That line is not in the draft."}
		}
		return a.represent(ctx, tx, id, Representation{Kind: kind, Line: line, Words: words, Who: by.Name, On: a.today()})
	})
}
