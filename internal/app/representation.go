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

// A Representation is what the family says of a version, with its answer.
type Representation = store.Representation

// A Served is a version that was served on the family, and what they said of it.
type Served struct {
	*PlanFile
	All     []Representation
	LastDay calendar.Date // the last day of the time that they must be given; zero: it has not been served, or that is not recorded
	Waived  bool          // they asked in writing not to wait
}

// Open reports whether the family still has time to comment.
func (s *Served) Open() bool { return !s.LastDay.IsZero() && s.Today <= s.LastDay && !s.Waived }

// Unanswered counts what has had no answer yet.
func (s *Served) Unanswered() (n int) {
	for i := range s.All {
		if s.All[i].Answer == "" {
			n++
		}
	}
	return n
}

// Served reads the latest draft or amendments served on the family, with what they
// said of them, or ErrNotFound.
func (a *Plans) Served(ctx context.Context, by access.User, id ChildID) (s *Served, err error) {
	if err := a.with(ctx, by, access.PlanSee, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if s, err = a.served(ctx, tx, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "opened what the family said of the plan", string(id), fmt.Sprintf("version %d", s.Version.Version))
	})
	return s, err
}

func (a *Plans) served(ctx context.Context, tx *store.Tx, id ChildID) (*Served, error) {
	f, err := a.open(ctx, tx, id, Latest)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(f.Versions, func(v PlanVersion) bool {
		return v.Issued() && !v.Struck && (v.Stage == string(plan.Draft) || v.Stage == string(plan.Amendment))
	})
	if at < 0 {
		return nil, ErrNotFound
	}
	if f, err = a.open(ctx, tx, id, f.Versions[at].Version); err != nil {
		return nil, err
	}
	s := &Served{PlanFile: f}
	if s.All, err = tx.Representations(ctx, f.Version.ID); err != nil {
		return nil, err
	}
	k, err := a.caseOf(ctx, tx, &f.Child)
	if err != nil {
		return nil, err
	}
	reading := casework.NewClock(a.practice).Read(k, a.today())
	for i := range reading.Duties {
		if d := &reading.Duties[i]; (d.Rule.ID == "hear-from-family" || d.Rule.ID == "hear-on-amendments") && d.Start >= f.Version.On && !d.Due.IsZero() {
			s.LastDay = d.Due - 1
		}
	}
	for _, e := range k.Events {
		s.Waived = s.Waived || e.Kind == casework.DraftPeriodWaived && e.On >= f.Version.On
	}
	return s, nil
}

// Represent keeps one thing that the family says of the version served on them.
// The first is also recorded as an event of the case.
func (a *Plans) Represent(ctx context.Context, by access.User, id ChildID, r Representation) error {
	if err := a.with(ctx, by, access.PlanWrite, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error { return a.represent(ctx, tx, id, r) })
}

func (a *Plans) represent(ctx context.Context, tx *store.Tx, id ChildID, r Representation) error {
	if err := tx.Hold(ctx, id); err != nil {
		return err
	}
	s, err := a.served(ctx, tx, id)
	if err != nil {
		return err
	}
	if r.On > s.Today || r.On < s.Version.On {
		return &law.Refusal{Because: "What the family said of this version was said from " + s.Version.On.Words() + ", when it was sent, to today."}
	}
	if slices.ContainsFunc(s.All, func(o Representation) bool {
		return o.Words == r.Words && o.Line == r.Line && o.Kind == r.Kind && o.On == r.On && o.Who == r.Who
	}) {
		return tx.Audit(ctx, "sent again what the family said", string(id), "")
	}
	if len(s.All) == 0 {
		e := casework.Happened(casework.RepresentationsReceived, r.On)
		if _, err := a.record(ctx, tx, id, Recording{Event: e, Seen: Unseen, From: fmt.Sprintf("what the family said of version %d of the plan", s.Version.Version)}); err != nil {
			return err
		}
	}
	r.Plan = s.Version.ID
	return errors.Join(tx.AddRepresentation(ctx, &r), tx.Audit(ctx, "recorded what the family said of the plan", string(id), fmt.Sprintf("version %d", s.Version.Version)))
}

// AnswerIt answers one thing that the family said: accepted, changed or not, and
// why.
func (a *Plans) AnswerIt(ctx context.Context, by access.User, id ChildID, n int, answer plan.Answer, why string) error {
	if err := a.with(ctx, by, access.PlanWrite, id); err != nil {
		return err
	}
	if strings.TrimSpace(why) == "" {
		return &law.Refusal{Because: "Say why: the family is told."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		s, err := a.served(ctx, tx, id)
		if err != nil {
			return err
		}
		if s.InForce != nil && s.InForce.Version > s.Version.Version {
			return &law.Refusal{Because: "A final plan has been issued since, so the answers stand as they are."}
		}
		return errors.Join(tx.AnswerRepresentation(ctx, s.Version.ID, n, string(answer), why), tx.Audit(ctx, "answered what the family said of the plan", string(id), fmt.Sprintf("version %d, number %d: %s", s.Version.Version, n, answer)))
	})
}

// unanswered refuses a final plan while something that the family said has no
// answer.
func (a *Plans) unanswered(ctx context.Context, tx *store.Tx, id ChildID) error {
	s, err := a.served(ctx, tx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	if n := s.Unanswered(); n > 0 {
		return &law.Refusal{Because: fmt.Sprintf("The final plan cannot be issued: of what the family said of version %d, %d have no answer. Answer each, with the reason. This is good practice and not law.", s.Version.Version, n)}
	}
	return nil
}
