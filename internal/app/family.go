package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/store"
	"weald/law"
)

// Families is who may see a child's case besides the council: family, supporters
// and organisations; and who of the council may not.
type Families struct {
	*Core
	Accounts *Accounts
}

// Names of these used by pages.
type (
	// A Tie is what somebody is to a child.
	Tie = store.Tie
	// An Involvement is what an organisation has to do with a child.
	Involvement = store.Involvement
	// A SpecialStanding is that somebody is named for a case, or kept out of it.
	SpecialStanding = store.SpecialStanding
)

// An Audience is everybody who may see a child's case, and why.
type Audience struct {
	Child         store.Child
	Today         calendar.Date
	Young         bool
	SwitchesOn    calendar.Date // the day from which the young person decides; zero: not known
	Ties          []Tie         // as they stand and stood, the first entered first
	Involvements  []Involvement
	Seal          *store.Seal
	Standings     []SpecialStanding
	Organisations []Organisation // that may be chosen
	People        []store.Person // of the council, who may be named
}

// Open returns who may see a child's case.
func (a *Families) Open(ctx context.Context, by access.User, id ChildID) (v *Audience, err error) {
	if err := a.with(ctx, by, access.CaseSee, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		child, err := tx.Child(ctx, id)
		if err != nil {
			return err
		}
		v = &Audience{Child: *child, Today: a.today()}
		if !child.Born.IsZero() {
			v.SwitchesOn = calendar.EndOfCompulsorySchoolAge(child.Born) + 1
			v.Young = v.Today >= v.SwitchesOn
		}
		var errs [6]error
		v.Ties, errs[0] = tx.Ties(ctx, id)
		v.Involvements, errs[1] = tx.Involvements(ctx, id)
		v.Seal, errs[2] = tx.SealOf(ctx, id)
		v.Standings, errs[3] = tx.SpecialStandings(ctx, id)
		v.Organisations, errs[4] = tx.Organisations(ctx)
		v.People, errs[5] = tx.People(ctx)
		v.Organisations = slices.DeleteFunc(v.Organisations, func(o Organisation) bool {
			return o.Closed || o.Kind == access.Boards || o.Kind == access.Forums || o.Kind == access.Inspections
		})
		return errors.Join(append(errs[:], tx.Audit(ctx, "looked at who may see the case", string(id), ""))...)
	})
	return v, err
}

// LetIn says what somebody is to a child, and lets them sign in. One who has an
// account with that email address already is the same person.
func (a *Families) LetIn(ctx context.Context, by access.User, id ChildID, t Tie) error {
	if err := a.with(ctx, by, access.FamilyTie, id); err != nil {
		return err
	}
	t.Name, t.Email, t.Basis = strings.TrimSpace(t.Name), strings.TrimSpace(t.Email), strings.TrimSpace(t.Basis)
	if err := checkTie(&t); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) (err error) {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		all, err := tx.Ties(ctx, id)
		if err != nil {
			return err
		}
		for _, other := range all {
			if !other.Ended && strings.EqualFold(other.Email, t.Email) {
				return &law.Refusal{Because: other.Name + " is on the list already, with that email address."}
			}
		}
		if t.PersonID, err = a.Accounts.personWith(ctx, tx, t.Name, t.Email); err != nil {
			return err
		}
		return errors.Join(tx.AddTie(ctx, id, &t), tx.Audit(ctx, "let somebody see the case as family or supporter", string(id), t.Name+": "+t.Kind.Words()))
	})
}

func checkTie(t *Tie) error {
	switch n := utf8.RuneCountInString(t.Name); {
	case n == 0 || n > nameLength:
		return &law.Refusal{Because: "Give their name, in at most 120 characters."}
	case !isAddress(t.Email):
		return notAnAddress(t.Email)
	case t.Kind.Words() == string(t.Kind):
		return &law.Refusal{Because: "Choose what they are to the child."}
	case t.Basis == "":
		return &law.Refusal{Because: "Say on what it rests: what you saw, or who told you."}
	case utf8.RuneCountInString(t.Basis) > NoteLength:
		return &law.Refusal{Because: "On what it rests is too long."}
	case t.From.IsZero():
		return &law.Refusal{Because: "Say from which day."}
	case !t.Until.IsZero() && t.Until < t.From:
		return &law.Refusal{Because: "The last day is before the first."}
	case t.Kind == access.SupportTie && t.Until.IsZero():
		return &law.Refusal{Because: "Say until which day the family consented: consent to a supporter has an end, and can be given again."}
	}
	return nil
}

// Change puts a tie in place of another of the same person: what was stays in
// the record.
func (a *Families) Change(ctx context.Context, by access.User, id ChildID, was string, t Tie) error {
	if err := a.with(ctx, by, access.FamilyTie, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		old, err := tieNamed(ctx, tx, id, was)
		if err != nil {
			return err
		}
		t.PersonID, t.Name, t.Email, t.ID = old.PersonID, old.Name, old.Email, ""
		if t.Basis = strings.TrimSpace(t.Basis); t.Limit == access.NothingAtAll && t.Basis == old.Basis {
			return &law.Refusal{Because: "Say which order or decision keeps them from being told."}
		}
		if err := checkTie(&t); err != nil {
			return err
		}
		return errors.Join(tx.EndTie(ctx, id, was), tx.AddTie(ctx, id, &t), tx.Audit(ctx, "changed what somebody may see of the case", string(id), t.Name+": "+t.Kind.Words()))
	})
}

func tieNamed(ctx context.Context, tx *store.Tx, id ChildID, tie string) (*Tie, error) {
	all, err := tx.Ties(ctx, id)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == tie && !all[i].Ended {
			return &all[i], nil
		}
	}
	return nil, ErrNotFound
}

// TakeBack ends what somebody was to a child: they see nothing of the case from
// now on.
func (a *Families) TakeBack(ctx context.Context, by access.User, id ChildID, tie string) error {
	if err := a.with(ctx, by, access.FamilyTie, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		old, err := tieNamed(ctx, tx, id, tie)
		if err != nil {
			return err
		}
		return errors.Join(tx.EndTie(ctx, id, tie), tx.Audit(ctx, "ended what somebody may see of the case", string(id), old.Name+": "+old.Kind.Words()))
	})
}

// Involve says that an organisation is consulted about a child, or was asked for
// advice or provides.
func (a *Families) Involve(ctx context.Context, by access.User, id ChildID, i Involvement) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	switch {
	case i.Kind != access.Consulted && i.Kind != access.Helping:
		return &law.Refusal{Because: "Choose what it has to do with the child."}
	case i.From.IsZero():
		return &law.Refusal{Because: "Say from which day."}
	case !i.Until.IsZero() && i.Until < i.From:
		return &law.Refusal{Because: "The last day is before the first."}
	case strings.TrimSpace(i.Why) == "" || utf8.RuneCountInString(i.Why) > NoteLength:
		return &law.Refusal{Because: "Say why, in a few words: the family can see it."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		o, err := tx.Organisation(ctx, i.Org)
		if errors.Is(err, ErrNotFound) || err == nil && o.Closed {
			return &law.Refusal{Because: "Choose an organisation."}
		} else if err != nil {
			return err
		}
		if i.Kind == access.Consulted && o.Kind != access.Setting {
			return &law.Refusal{Because: "Only a school, college or other setting is consulted about a place."}
		}
		all, err := tx.Involvements(ctx, id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(other Involvement) bool {
			return other.Org == i.Org && other.Kind == i.Kind && (other.InForce(a.today()) || !other.Ended && other.From > a.today())
		}) {
			return &law.Refusal{Because: o.Name + " is on the list already."}
		}
		return errors.Join(tx.AddInvolvement(ctx, id, &i), tx.Audit(ctx, "let an organisation see what was asked of it", string(id), o.Name))
	})
}

// Release ends what an organisation has to do with a child.
func (a *Families) Release(ctx context.Context, by access.User, id ChildID, involvement string) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return errors.Join(tx.EndInvolvement(ctx, id, involvement), tx.Audit(ctx, "ended what an organisation has to do with the child", string(id), ""))
	})
}

// Seal restricts a case to people named for it, of whom the one who restricts it
// is the first.
func (a *Families) Seal(ctx context.Context, by access.User, id ChildID, why string) error {
	if err := a.with(ctx, by, access.CaseSeal, id); err != nil {
		return err
	}
	if why = strings.TrimSpace(why); why == "" || utf8.RuneCountInString(why) > NoteLength {
		return &law.Refusal{Because: "Say why the case is restricted."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		if was, err := tx.SealOf(ctx, id); err != nil {
			return err
		} else if was != nil {
			return &law.Refusal{Because: "The case is restricted already."}
		}
		if err := tx.SealCase(ctx, id, why); err != nil {
			return err
		}
		named, err := tx.SpecialStandings(ctx, id)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(named, func(s SpecialStanding) bool { return s.PersonID == by.ID && s.Kind == store.NamedStanding }) {
			if err := tx.AddStanding(ctx, id, by.ID, store.NamedStanding, "restricted the case"); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "restricted the case to named people", string(id), "")
	})
}

// Unseal lifts the restriction of a case.
func (a *Families) Unseal(ctx context.Context, by access.User, id ChildID) error {
	if err := a.with(ctx, by, access.CaseSeal, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return errors.Join(tx.UnsealCase(ctx, id), tx.Audit(ctx, "lifted the restriction of the case", string(id), ""))
	})
}

// Name names somebody of the council for a restricted case, or says that they
// have an interest in the child, which keeps them out. Anybody may say the second
// of themselves.
func (a *Families) Name(ctx context.Context, by access.User, id ChildID, person, kind, why string) error {
	p := access.CaseSeal
	if kind == store.InterestStanding && person == by.ID {
		p = access.CaseSee
	}
	if err := a.with(ctx, by, p, id); err != nil {
		return err
	}
	if kind != store.NamedStanding && kind != store.InterestStanding {
		return &law.Refusal{Because: "Choose whether they are named for the case, or kept out of it."}
	}
	if why = strings.TrimSpace(why); why == "" || utf8.RuneCountInString(why) > NoteLength {
		return &law.Refusal{Because: "Say why."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		who := personNamed(people, person)
		if who == nil {
			return &law.Refusal{Because: "Choose somebody who works for the council."}
		}
		all, err := tx.SpecialStandings(ctx, id)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(s SpecialStanding) bool { return s.PersonID == person && s.Kind == kind }) {
			return &law.Refusal{Because: who.Name + " is on the list already."}
		}
		act := "named somebody for the case"
		if kind == store.InterestStanding {
			act = "kept somebody out of the case, who has an interest"
		}
		return errors.Join(tx.AddStanding(ctx, id, person, kind, why), tx.Audit(ctx, act, string(id), who.Name))
	})
}

// Unname ends that somebody is named for a case or kept out of it. Nobody lets
// themselves in again, and one named person stays while the case is restricted.
func (a *Families) Unname(ctx context.Context, by access.User, id ChildID, standing string) error {
	if err := a.with(ctx, by, access.CaseSeal, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		all, err := tx.SpecialStandings(ctx, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(s SpecialStanding) bool { return s.ID == standing })
		if at < 0 {
			return ErrNotFound
		}
		seal, err := tx.SealOf(ctx, id)
		if err != nil {
			return err
		}
		named := 0
		for _, s := range all {
			if s.Kind == store.NamedStanding {
				named++
			}
		}
		if all[at].Kind == store.NamedStanding && seal != nil && named == 1 {
			return &law.Refusal{Because: "Nobody else is named for this case. Name somebody else first, or lift the restriction."}
		}
		return errors.Join(tx.EndStanding(ctx, id, standing), tx.Audit(ctx, "ended somebody’s special standing in the case", string(id), all[at].Name))
	})
}
