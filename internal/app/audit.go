package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/child"
	"weald/internal/store"
	"weald/law"
)

// Audits is what is done with the audit: who did or saw what, that nobody changed
// that afterwards, and what of it a person should look at.
type Audits struct {
	*Core
	Unusual access.Unusuals
}

// Verify reads the whole audit and finds what was changed behind the program's
// back. Heads that were kept elsewhere show also what was cut off since the audit
// last checked itself.
func (a *Audits) Verify(ctx context.Context, by access.User, kept []store.Head) (*store.AuditReport, error) {
	if err := may(by, access.Upkeep); err != nil {
		return nil, err
	}
	return a.db.VerifyAudit(ctx, kept)
}

// Check verifies the audit, and writes into it how far each of its lines has
// come.
func (a *Audits) Check(ctx context.Context, by access.User) (r *store.AuditReport, heads []store.Head, err error) {
	if r, err = a.Verify(ctx, by, nil); err != nil {
		return nil, nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		heads, err = tx.Checkpoint(ctx)
		return err
	})
	return r, heads, err
}

// An AuditFilter picks audit entries.
type AuditFilter struct {
	Who   string        // part of a name
	About string        // a child's number in the local area, or part of a name
	Words string        // part of what was done, or of more about it
	From  calendar.Date // zero: from the first
	Until calendar.Date // the last day; zero: to the latest
}

// An AuditRow is an audit entry as a list has it.
type AuditRow struct {
	store.AuditEntry
	Child     ChildID // "": it is about no child, or none whom the reader may see
	ChildName string  // "a restricted case" when the reader may not see it
}

// AuditPageSize is how many entries make a page.
const AuditPageSize = 50

// auditOut bounds how many entries are taken out at a time.
const auditOut = 20_000

// Search returns a page of the audit entries that a filter picks, the newest
// first, the first page being 1, and whether there are more. That it was searched
// is kept.
func (a *Audits) Search(ctx context.Context, by access.User, f AuditFilter, page int) (rows []AuditRow, more bool, err error) {
	rows, err = a.search(ctx, by, f, AuditPageSize+1, (max(page, 1)-1)*AuditPageSize, "searched the audit")
	if more = len(rows) > AuditPageSize; more {
		rows = rows[:AuditPageSize]
	}
	return rows, more, err
}

// Out returns the entries that a filter picks, at most 20,000, to be taken out of
// the service.
func (a *Audits) Out(ctx context.Context, by access.User, f AuditFilter, as string) ([]AuditRow, error) {
	return a.search(ctx, by, f, auditOut, 0, "took audit entries out as "+as)
}

func (a *Audits) search(ctx context.Context, by access.User, f AuditFilter, limit, skip int, act string) (rows []AuditRow, err error) {
	if err := may(by, access.AuditSearch); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		restrictions, err := tx.Restrictions(ctx, a.today())
		if err != nil {
			return err
		}
		hidden := restrictions.Hidden(by.ID)
		q := store.AuditQuery{Who: f.Who, About: f.About, Words: f.Words, From: startOf(f.From), Until: startOf(dayAfter(f.Until))}
		err = tx.AuditSearch(ctx, q, limit, skip, func(e store.AuditEntry, id ChildID, name string) error {
			row := AuditRow{AuditEntry: e, Child: id, ChildName: name}
			if slices.Contains(hidden, id) {
				row.Child, row.ChildName, row.Subject, row.Detail = "", "a restricted case", "", ""
			}
			rows = append(rows, row)
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Audit(ctx, act, "", fmt.Sprintf("who %q, about %q, words %q, %s to %s: %d entries", f.Who, f.About, f.Words, f.From, f.Until, len(rows)))
	})
	return rows, err
}

func dayAfter(d calendar.Date) calendar.Date {
	if d.IsZero() {
		return 0
	}
	return d + 1
}

// Checked returns when the audit was last found to be as it was written, or "".
func (a *Audits) Checked(ctx context.Context, by access.User) (at string, err error) {
	if err := may(by, access.AuditSearch); err != nil {
		return "", err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		at, err = tx.LastCheckpoint(ctx)
		return err
	})
	return at, err
}

// startOf returns the instant at which a day begins in England.
func startOf(d calendar.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.Parts()
	return time.Date(y, m, day, 0, 0, 0, 0, London)
}

// oddDays is for how many days back unusual access is looked for.
const oddDays = 30

// A Raised is access out of the way, with what was said of it.
type Raised struct {
	access.Oddity
	ChildName string            // "": it is of no one child
	Settled   *store.Settlement // nil: nobody has said anything yet
}

// Outcomes is what may be said of access that looked unusual.
var Outcomes = []string{"It was in order", "It is being looked into", "It was not in order"}

// Raise returns access of the last 30 days that somebody should look at, what is
// not settled first.
func (a *Audits) Raise(ctx context.Context, by access.User) (all []Raised, err error) {
	if err := may(by, access.AuditSearch); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		known := map[string]*store.Person{}
		for i := range people {
			known[people[i].ID] = &people[i]
		}
		names := map[string]string{}
		var sights []access.Sight
		err = tx.Sights(ctx, startOf(a.today().AddDays(-oddDays)), func(s *store.Sight) error {
			at := s.At.In(London)
			one := access.Sight{Person: s.Person, Name: s.Name, Role: s.Role, Child: string(s.Child), On: calendar.On(at.Date()), Hour: at.Hour(), Refused: s.Refused, SameContact: s.SameContact}
			names[one.Child] = s.ChildName
			surname := s.Name
			if i := strings.LastIndexByte(surname, ' '); i >= 0 {
				surname = surname[i+1:]
			}
			one.SameName = child.Fold(surname) == child.Fold(s.Surname)
			if p := known[s.Person]; p != nil {
				owner := known[s.Officer]
				one.Theirs = s.Officer == p.ID || p.Team != "" && p.Team == s.Team || owner != nil && owner.Cover == p.ID
			}
			sights = append(sights, one)
			return nil
		})
		if err != nil {
			return err
		}
		settled, err := tx.Settlements(ctx)
		if err != nil {
			return err
		}
		restrictions, err := tx.Restrictions(ctx, a.today())
		if err != nil {
			return err
		}
		hidden := restrictions.Hidden(by.ID)
		for _, o := range a.Unusual.Find(sights) {
			one := Raised{Oddity: o, ChildName: names[o.Child]}
			if slices.Contains(hidden, ChildID(o.Child)) {
				one.ChildName = "a restricted case"
			}
			if s, ok := settled[[3]string{o.Rule, o.Person, o.Matter()}]; ok {
				one.Settled = &s
			}
			all = append(all, one)
		}
		slices.SortStableFunc(all, func(x, y Raised) int {
			switch {
			case (x.Settled == nil) == (y.Settled == nil):
				return 0
			case x.Settled == nil:
				return -1
			}
			return 1
		})
		return tx.Audit(ctx, "looked at unusual access", "", fmt.Sprintf("%d raised", len(all)))
	})
	return all, err
}

// Settle says of access that was raised what it was. Nobody settles what they did
// themselves.
func (a *Audits) Settle(ctx context.Context, by access.User, rule, person, matter, outcome, why string) error {
	if err := may(by, access.AuditSearch); err != nil {
		return err
	}
	why = strings.TrimSpace(why)
	switch {
	case person == by.ID:
		return &law.Refusal{Because: "You cannot settle what you did yourself. Another manager must look at it."}
	case !slices.Contains(Outcomes, outcome):
		return &law.Refusal{Because: "Choose what it was."}
	case why == "" || utf8.RuneCountInString(why) > WhyLength:
		return &law.Refusal{Because: fmt.Sprintf("Say why, in %d characters or fewer.", WhyLength)}
	}
	all, err := a.Raise(ctx, by)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(r Raised) bool { return r.Rule == rule && r.Person == person && r.Matter() == matter }) {
		return ErrNotFound
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Settle(ctx, &store.Settlement{Rule: rule, Person: person, Matter: matter, Outcome: outcome, Why: why}); err != nil {
			return err
		}
		return tx.Audit(ctx, "settled unusual access", personSubject(person), rule+" "+matter+": "+outcome)
	})
}

// From says from where somebody acts, for the audit: an address in the network.
func From(ctx context.Context, place string) context.Context { return store.From(ctx, place) }
