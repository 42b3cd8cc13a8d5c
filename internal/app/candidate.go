package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/child"
	"weald/internal/store"
	"weald/law"
)

// A Candidate is a child in the record who may be the one a request is for, or
// of the same family: no more of them than tells them apart.
type Candidate struct {
	ID        ChildID
	Name      string
	Born      calendar.Date
	Outward   string // the first half of the postcode
	Reference string
	Place     string // the setting's name
	Who       string // who has the case
	Stage     casework.Stage
	Relation  child.Relation
	Reason    string
	Refusal   *law.Refusal // why the request cannot be recorded there; nil: it can
	Note      string       // what it would mean there, in words; "" when it is plain
}

// A Considered is a request held against the record.
type Considered struct {
	Today      calendar.Date
	Candidates []Candidate // who may be the child: the likeliest first, twins last
	Family     []Candidate // who may be a brother or sister
	Chosen     *Candidate  // whom the request names; nil for a new case
	Allotment  Allotment
	Restricted bool         // somebody whom the one who asks may not see may be meant
	Refusal    *law.Refusal // why no case can be made from it
}

// mostCandidates is how many likely children a person is asked to look at.
const mostCandidates = 12

// Consider holds a request against the record: who may be the child, who is of
// the family, and to whom a new case would go. Each child whose details are
// shown is kept in the audit.
func (a *Casework) Consider(ctx context.Context, by access.User, r *Request) (*Considered, error) {
	if err := may(by, access.CaseRecord); err != nil {
		return nil, err
	}
	v := &Considered{}
	var shared []ChildID
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		shared, err = sharesContact(ctx, tx, r.Contacts)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = a.read(ctx, func(l *caseload) error {
		v.Today = l.today
		hidden := l.hidden(l.viewer(by))
		for _, hit := range l.known.Match(entryOf(&r.Child), mostCandidates) {
			if hidden[l.slots[ChildID(hit.ID)]] {
				v.Restricted = true
				continue
			}
			c := l.candidate(ChildID(hit.ID))
			c.Relation, c.Reason = hit.Relation, hit.Reason
			// A twin may be the child all the same, under another name.
			if hit.Relation == child.Sibling && (c.Born.IsZero() || c.Born != r.Child.Born) {
				v.Family = append(v.Family, c)
			} else {
				v.Candidates = append(v.Candidates, c)
			}
		}
		v.addFamily(l, slices.DeleteFunc(shared, func(id ChildID) bool { return hidden[l.slots[id]] }))
		if slot, known := l.slots[r.Of]; known && !hidden[slot] {
			c := l.candidate(r.Of)
			v.Chosen = &c
		}
		v.Allotment = l.allot(&r.Child)
		return nil
	})
	if err != nil {
		return nil, err
	}
	event, err := r.event()
	if err != nil {
		return nil, err
	}
	clock := casework.NewClock(a.practice)
	v.Refusal = clock.Record(&casework.Case{Born: r.Child.Born}, event, v.Today)
	return v, a.db.Write(ctx, by, func(tx *store.Tx) error {
		shown := slices.Concat(v.Candidates, v.Family)
		if v.Chosen != nil {
			shown = append(shown, *v.Chosen)
		}
		for i := range shown {
			if err := tx.Audit(ctx, "looked at whether a new request is for this child", string(shown[i].ID), shown[i].Reason); err != nil {
				return err
			}
		}
		refused := func(c *Candidate) error {
			entries, err := tx.Journal(ctx, c.ID)
			if err != nil {
				return err
			}
			k := casework.Case{Born: c.Born, Events: store.Events(entries).Events(0)}
			if c.Refusal = clock.Record(&k, event, v.Today); c.Refusal == nil {
				reading := clock.Read(&k, r.Received)
				c.Note = noteOn(&k, reading.Standing(&k), r.Received)
			}
			return nil
		}
		for i := range v.Candidates {
			if err := refused(&v.Candidates[i]); err != nil {
				return err
			}
		}
		if v.Chosen != nil {
			if err := refused(v.Chosen); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "held a new request against the record", "", fmt.Sprintf("%d children may be meant, %d of the family", len(v.Candidates), len(v.Family)))
	})
}

// entryOf is what a child is known by, as the index has it.
func entryOf(c *store.Child) child.Entry {
	return child.Entry{Surname: c.Surname, Forename: c.Forename, Born: c.Born, UPN: c.UPN, NHS: c.NHS, ULN: c.ULN, Postcode: c.Postcode}
}

// household is the most children whom one contact makes a family.
const household = 8

// sharesContact returns the children around whom there is somebody whom a
// request names too, going by phone number or email address.
func sharesContact(ctx context.Context, tx *store.Tx, contacts []Contact) (all []ChildID, err error) {
	for _, c := range contacts {
		phone := strings.ReplaceAll(c.Phone, " ", "")
		if phone == "" && c.Email == "" {
			continue
		}
		ids, err := tx.ChildrenWithContact(ctx, phone, strings.ToLower(c.Email))
		if err != nil {
			return nil, err
		}
		if len(ids) <= household { // a school's number, for one, is around many children and tells nothing
			all = append(all, ids...)
		}
	}
	return all, nil
}

// addFamily adds children who share a contact to the family, unless they are
// shown already.
func (v *Considered) addFamily(l *caseload, ids []ChildID) {
	for _, id := range ids {
		is := func(c Candidate) bool { return c.ID == id }
		if _, known := l.slots[id]; !known || len(v.Family) == mostCandidates || slices.ContainsFunc(v.Candidates, is) || slices.ContainsFunc(v.Family, is) {
			continue
		}
		c := l.candidate(id)
		c.Relation, c.Reason = child.Sibling, "somebody with the same phone number or email is a contact"
		v.Family = append(v.Family, c)
	}
}

// noteOn says what a request would mean in a case that stands as it does.
func noteOn(k *casework.Case, s casework.Standing, received calendar.Date) string {
	switch s.Stage {
	case casework.RequestStage, casework.AssessmentStage, casework.DraftStage:
		return "A request of " + s.Asked.Words() + " is under way there. This one joins it and starts no time limit of its own."
	case casework.NoStage, casework.RefusedStage, casework.ClosedStage:
	default:
		return "There is a plan. If they ask for the needs to be assessed again, that is a request for a re-assessment: record it in the case instead."
	}
	for i := len(k.Events) - 1; i >= 0; i-- {
		e := &k.Events[i]
		switch e.Kind {
		case casework.DecisionToAssessSent, casework.NoPlanNoticeSent:
			if e.On <= received && e.On > received.AddMonths(-6) {
				return "A decision was sent there on " + e.On.Words() + ", within the last six months. This request must be decided all the same, with the same right of appeal (" + decideAgain.String() + ")."
			}
		}
	}
	return ""
}

// decideAgain is why a request soon after another is never put aside unread.
var decideAgain = law.ChildrenAndFamiliesAct.At("section 36(5) to (7)")

func (l *caseload) candidate(id ChildID) Candidate {
	line := l.lines[l.slots[id]]
	c := Candidate{ID: id, Name: line.Name(), Born: line.Born, Reference: line.Reference, Stage: line.Stage}
	c.Outward, _, _ = strings.Cut(line.Postcode, " ")
	if s := l.settings[line.Setting]; s != nil {
		c.Place = s.Name
	}
	if p := l.people[line.Officer]; p != nil {
		c.Who = p.Name
	}
	return c
}
