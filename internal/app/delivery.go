package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/delivery"
	"weald/internal/store"
	"weald/law"
)

// Deliveries is what is done about whether plans are given as they promise.
type Deliveries struct{ *Core }

// Names of these used by pages.
type (
	// A DeliveryReport is what somebody said of a promise.
	DeliveryReport = store.DeliveryReport
	// A DeliveryStep is one thing that happened to a gap.
	DeliveryStep = store.DeliveryStep
)

// A DeliveryFile is how the promises of one child's plan stand.
type DeliveryFile struct {
	Child   store.Child
	Key     string // the reader's own name for the child
	Today   calendar.Date
	States  []delivery.State
	Reports []store.DeliveryReport // the latest first
	Steps   []store.DeliveryStep   // the latest first
	People  map[string]string      // names of the council's people, by ID
}

// Owner returns who is to put a gap right, by name, or "".
func (f *DeliveryFile) Owner(line string) string {
	for _, s := range f.Steps {
		if s.Line == line && s.Owner != "" {
			return f.People[s.Owner]
		}
	}
	return ""
}

// State returns how one promise stands, or nil.
func (f *DeliveryFile) State(line string) *delivery.State {
	for i := range f.States {
		if f.States[i].Line == line {
			return &f.States[i]
		}
	}
	return nil
}

// Of returns how a child's promises stand, to the council's people. That it was
// looked at is kept.
func (a *Deliveries) Of(ctx context.Context, by access.User, id ChildID) (f *DeliveryFile, err error) {
	if err := a.with(ctx, by, access.PlanSee, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if f, err = a.file(ctx, tx, by, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at what the plan promises", string(id), "")
	})
	return f, err
}

// Own is Of, for families and settings, by their own key of the child.
func (a *Deliveries) Own(ctx context.Context, by access.User, p access.Permission, key string) (f *DeliveryFile, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, p, key)
		if err != nil {
			return err
		}
		if f, err = a.file(ctx, tx, by, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at what the plan promises", string(id), by.Role.Label())
	})
	return f, err
}

func (a *Deliveries) file(ctx context.Context, tx *store.Tx, by access.User, id ChildID) (*DeliveryFile, error) {
	child, err := tx.Child(ctx, id)
	if err != nil {
		return nil, err
	}
	promises, err := a.promises(ctx, tx, child)
	if err != nil {
		return nil, err
	}
	f := &DeliveryFile{Child: *child, Key: Key(by, id), Today: a.today(), People: map[string]string{}}
	if f.Reports, err = tx.DeliveryReports(ctx, id); err != nil {
		return nil, err
	}
	if f.Steps, err = tx.DeliverySteps(ctx, id); err != nil {
		return nil, err
	}
	reports, moments := make([]delivery.Report, len(f.Reports)), make([]delivery.Moment, len(f.Steps))
	for i := range f.Reports {
		reports[i] = f.Reports[i].Report
	}
	for i := range f.Steps {
		moments[i] = f.Steps[i].Moment
	}
	f.States = delivery.Read(promises, reports, moments, f.Today)
	slices.Reverse(f.Reports)
	slices.Reverse(f.Steps)
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		f.People[p.ID] = p.Name
	}
	return f, nil
}

// promises returns what a child's final plans promise.
func (a *Deliveries) promises(ctx context.Context, tx *store.Tx, child *store.Child) ([]delivery.Promise, error) {
	versions, err := tx.Plans(ctx, child.ID)
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	journal, err := tx.Journal(ctx, child.ID)
	if err != nil {
		return nil, err
	}
	var issued []delivery.Issued
	for _, one := range slices.Backward(versions) { // the first first
		v := issuedBy(one, journal)
		if !v.final() || v.On > a.today() {
			continue
		}
		p, _, err := readVersion(ctx, tx, child, &v, journal, a.today())
		if err != nil {
			return nil, err
		}
		issued = append(issued, delivery.Issued{On: v.On, Plan: p})
	}
	slices.SortStableFunc(issued, func(x, y delivery.Issued) int { return cmp.Compare(x.On, y.On) })
	end := ceased(journal, a.today())
	if n := len(issued); n > 0 && end < issued[n-1].On {
		end = 0
	}
	return delivery.Promises(issued, end), nil
}

// A Said is what somebody says of one promise.
type Said struct {
	Line        string
	Outcome     delivery.Outcome
	From, Until calendar.Date
	Words       string
}

// Report keeps what the council's people were told of a promise, and opens a gap
// when it is not given.
func (a *Deliveries) Report(ctx context.Context, by access.User, id ChildID, said []Said, family bool) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error { return a.report(ctx, tx, by, id, said, family) })
}

// Tell is Report, for a family and for a setting, by their own key of the child.
func (a *Deliveries) Tell(ctx context.Context, by access.User, key string, said []Said) error {
	p := access.PupilTell
	if by.May(access.OwnSay) {
		p = access.OwnSay
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, p, key)
		if err != nil {
			return err
		}
		return a.report(ctx, tx, by, id, said, p == access.OwnSay)
	})
}

func (a *Deliveries) report(ctx context.Context, tx *store.Tx, by access.User, id ChildID, said []Said, family bool) error {
	if err := tx.Hold(ctx, id); err != nil {
		return err
	}
	f, err := a.file(ctx, tx, by, id)
	if err != nil {
		return err
	}
	if len(said) == 0 {
		return &law.Refusal{Because: "Say something of at least one line of the plan."}
	}
	for _, s := range said {
		state := f.State(s.Line)
		s.Words = strings.TrimSpace(s.Words)
		switch {
		case state == nil || !state.Owed(f.Today):
			return &law.Refusal{Because: "That is not in the plan any more."}
		case s.Outcome.Words() == delivery.Outcome("").Words():
			return &law.Refusal{Because: "Say whether it is given."}
		case s.From.IsZero() || s.Until < s.From || s.Until > f.Today:
			return &law.Refusal{Because: "Say over which days: the last must have come and may not be before the first."}
		case utf8.RuneCountInString(s.Words) > NoteLength:
			return &law.Refusal{Because: "What you wrote is too long."}
		}
		from := max(s.From, state.From)
		if slices.ContainsFunc(f.Reports, func(r store.DeliveryReport) bool {
			return r.Line == s.Line && r.Outcome == s.Outcome && r.ByID == by.ID && r.Until == s.Until && r.Words == s.Words
		}) {
			if err := tx.Audit(ctx, "said again what was said of provision", string(id), ""); err != nil {
				return err
			}
			continue
		}
		r := store.DeliveryReport{Report: delivery.Report{Line: s.Line, Outcome: s.Outcome, Family: family, From: from, Until: max(from, s.Until)}, Words: s.Words}
		if err := tx.AddDeliveryReport(ctx, id, &r); err != nil {
			return err
		}
		if s.Outcome != delivery.Given && state.Open() == nil {
			step := store.DeliveryStep{Moment: delivery.Moment{Line: s.Line, Step: delivery.Opened, On: from}, Owner: f.Child.Officer, Words: s.Words}
			if err := tx.AddDeliveryStep(ctx, id, &step); err != nil {
				return err
			}
		}
		if err := tx.Audit(ctx, "said whether provision is given", string(id), s.Line+": "+s.Outcome.Words()); err != nil {
			return err
		}
	}
	return nil
}

// Act notes something about a gap, gives it to somebody, or closes it. It is closed
// only with evidence in words, which the family sees.
func (a *Deliveries) Act(ctx context.Context, by access.User, id ChildID, line string, step delivery.Step, owner, words string, on calendar.Date) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	words = strings.TrimSpace(words)
	switch {
	case step != delivery.Noted && step != delivery.Closed:
		return &law.Refusal{Because: "Choose what you do."}
	case words == "" && step == delivery.Closed:
		return &law.Refusal{Because: "Say how you know that it is given now: the family sees it."}
	case words == "" && owner == "":
		return &law.Refusal{Because: "Write what was done, or choose who is to put it right."}
	case utf8.RuneCountInString(words) > NoteLength:
		return &law.Refusal{Because: "What you wrote is too long."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		f, err := a.file(ctx, tx, by, id)
		if err != nil {
			return err
		}
		state := f.State(line)
		if state == nil || state.Open() == nil {
			return &law.Refusal{Because: "Nothing is open there: it has been closed since."}
		}
		if on.IsZero() || on > f.Today || on < state.Open().Opened {
			return &law.Refusal{Because: "The day must be from the day on which it was opened to today."}
		}
		if owner != "" && f.People[owner] == "" {
			return &law.Refusal{Because: "Choose somebody who works for the council."}
		}
		s := store.DeliveryStep{Moment: delivery.Moment{Line: line, Step: step, On: on}, Owner: owner, Words: words}
		return errors.Join(tx.AddDeliveryStep(ctx, id, &s), tx.Audit(ctx, "acted on provision that is not given", string(id), line+": "+string(step)))
	})
}

// Dispute keeps that a family says that a gap was closed and is not put right,
// which opens it again.
func (a *Deliveries) Dispute(ctx context.Context, by access.User, key, line, words string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.OwnSay, key)
		if err != nil {
			return err
		}
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		f, err := a.file(ctx, tx, by, id)
		if err != nil {
			return err
		}
		state := f.State(line)
		if state == nil || state.Open() != nil || len(state.Gaps) == 0 {
			return &law.Refusal{Because: "It is open already, or it was never said to be put right."}
		}
		s := store.DeliveryStep{Moment: delivery.Moment{Line: line, Step: delivery.Disputed, On: f.Today}, Words: strings.TrimSpace(words)}
		return errors.Join(tx.AddDeliveryStep(ctx, id, &s), tx.Audit(ctx, "said that provision is still not given", string(id), line))
	})
}

// A GapRow is a gap as a list has it.
type GapRow struct {
	Child   ChildID
	Name    string
	Promise delivery.Promise
	Gap     delivery.Gap
	Owner   string
	Setting string
	Need    string
}

// GapFilter picks gaps.
type GapFilter struct {
	Section string
	Owner   string // a name
	Again   bool   // only those that the family said were not put right
}

// A GapList is the gaps that are open, and how much is given of what is promised.
type GapList struct {
	Today  calendar.Date
	Rows   []GapRow // the longest open first
	All    int
	Rate   delivery.Rate            // of section F and the others, together
	By     map[string]delivery.Rate // by section
	Owners []string
	Plans  int // children whose plan is in words
}

// Gaps returns the gaps that are open, of the children whom a person may see.
func (a *Deliveries) Gaps(ctx context.Context, by access.User, filter GapFilter) (list *GapList, err error) {
	if err := may(by, access.PlanSee); err != nil {
		return nil, err
	}
	list = &GapList{Today: a.today(), By: map[string]delivery.Rate{}}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		ids, err := tx.Planned(ctx)
		if err != nil {
			return err
		}
		restrictions, err := tx.Restrictions(ctx, a.today())
		if err != nil {
			return err
		}
		hidden := restrictions.Hidden(by.ID)
		for _, id := range ids {
			if slices.Contains(hidden, id) {
				continue
			}
			f, err := a.file(ctx, tx, by, id)
			if err != nil {
				return err
			}
			if list.Plans++; len(f.States) == 0 {
				continue
			}
			_, setting, err := tx.Named(ctx, id)
			if err != nil {
				return err
			}
			for i := range f.States {
				s := &f.States[i]
				list.Rate.Add(s, a.today())
				of := list.By[s.Section]
				of.Add(s, a.today())
				list.By[s.Section] = of
				g := s.Open()
				if g == nil {
					continue
				}
				list.All++
				row := GapRow{Child: id, Name: f.Child.Name(), Promise: s.Promise, Gap: *g, Owner: f.Owner(s.Line), Setting: setting, Need: f.Child.Need}
				if row.Owner != "" && !slices.Contains(list.Owners, row.Owner) {
					list.Owners = append(list.Owners, row.Owner)
				}
				if filter.Section != "" && filter.Section != s.Section || filter.Owner != "" && filter.Owner != row.Owner || filter.Again && !g.Again {
					continue
				}
				list.Rows = append(list.Rows, row)
				if err := tx.Audit(ctx, "saw the child in a list of gaps", string(id), s.Line); err != nil {
					return err
				}
			}
		}
		slices.SortFunc(list.Rows, func(x, y GapRow) int {
			return cmp.Or(cmp.Compare(x.Gap.Opened, y.Gap.Opened), strings.Compare(x.Name, y.Name), strings.Compare(x.Promise.Line, y.Promise.Line))
		})
		slices.Sort(list.Owners)
		return tx.Audit(ctx, "looked at gaps in provision", "", fmt.Sprintf("%d gaps", list.All))
	})
	return list, err
}
