package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/store"
	"weald/law"
)

// A QualityAction is what is to be done about what an audit found.
type QualityAction = store.QualityAction

// An AgreementFile is two audits of one version, made without sight of each
// other, and how their differences were settled.
type AgreementFile struct {
	First, Second *QualityFile
	*quality.Agreement
	Settled map[int]QualitySettlement // the last of each question
	After   *quality.Judgement        // what the first's answers make with what was settled
	Settles bool                      // the reader may settle
}

// Open returns the questions whose difference is not settled.
func (f *AgreementFile) Open() (all []int) {
	for _, n := range f.Differ {
		if _, ok := f.Settled[n]; !ok {
			all = append(all, n)
		}
	}
	return all
}

// Agreement compares an audit with its blind second, once both are signed.
func (a *Quality) Agreement(ctx context.Context, by access.User, id string) (f *AgreementFile, err error) {
	if err := may(by, access.QualitySee); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if f, err = a.agreement(ctx, tx, by, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "compared two audits of the plan", string(f.First.Child.ID), fmt.Sprintf("version %d", f.First.Version))
	})
	return f, err
}

func (a *Quality) agreement(ctx context.Context, tx *store.Tx, by access.User, id string) (*AgreementFile, error) {
	first, err := a.audit(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	second := first.Second()
	if second == nil {
		return nil, ErrNotFound
	}
	if !first.Signed() || !second.Signed() {
		return nil, &law.Refusal{Because: "Two audits are compared when both are signed, so that neither auditor sees what the other found."}
	}
	f := &AgreementFile{First: first, Settled: map[int]QualitySettlement{}}
	if f.Second, err = a.audit(ctx, tx, by, second.ID); err != nil {
		return nil, err
	}
	f.Agreement = quality.Agree(first.Sheet, f.Second.Sheet)
	settled := quality.Sheet{}
	for _, s := range first.Settled {
		f.Settled[s.Question] = s
		settled[s.Question] = quality.Answer(s.Answer)
	}
	f.After = quality.Judge(first.Sheet.With(settled), first.Weights)
	f.Settles = by.May(access.QualityManage) && first.AuditorID != by.ID && second.AuditorID != by.ID
	return f, nil
}

// Settle settles a question that two audits answered differently. Neither of
// those who made them settles it, and it is settled with a reason.
func (a *Quality) Settle(ctx context.Context, by access.User, id string, question int, answer quality.Answer, why string) error {
	if err := may(by, access.QualityManage); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.agreement(ctx, tx, by, id)
		switch {
		case err != nil:
			return err
		case !f.Settles:
			return &law.Refusal{Because: "You made one of the two audits, so somebody else settles what they differ on."}
		case !slices.Contains(f.Differ, question):
			return &law.Refusal{Because: fmt.Sprintf("Both answered question %d alike, so there is nothing to settle.", question)}
		case !answer.Known():
			return &law.Refusal{Because: "Choose the answer."}
		case strings.TrimSpace(why) == "":
			return &law.Refusal{Because: "Say why."}
		}
		if was, ok := f.Settled[question]; ok && was.Answer == string(answer) && was.Why == why {
			return tx.Audit(ctx, "settled the same again between two audits", string(f.First.Child.ID), "")
		}
		s := &QualitySettlement{Question: question, Answer: string(answer), Why: why}
		return errors.Join(tx.AddQualitySettlement(ctx, id, s), tx.Audit(ctx, "settled a difference between two audits", string(f.First.Child.ID), fmt.Sprintf("version %d, question %d: %s", f.First.Version, question, answer)))
	})
}

// ActionDays is by when, in working days after an audit is signed, what it found
// should be dealt with: Weald's own choice, which an action can depart from.
const ActionDays = 20

// ActionDue returns the day that the local choice gives an action made today.
func (a *Quality) ActionDue() calendar.Date {
	return calendar.Within(ActionDays, calendar.WorkingDays).LastDay(a.today(), a.practice.Holidays)
}

// Act keeps what is to be done about what a signed audit found.
func (a *Quality) Act(ctx context.Context, by access.User, one QualityAction) error {
	if err := may(by, access.QualityAudit); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		f, err := a.audit(ctx, tx, by, one.Audit)
		if err != nil {
			return err
		}
		if !f.Signed() || f.Blind || !by.May(access.QualitySee) {
			return &law.Refusal{Because: "Actions follow from an audit once it is signed."}
		}
		who, err := worker(ctx, tx, one.OwnerID)
		if err != nil {
			return err
		}
		if one.Due < a.today() {
			return &law.Refusal{Because: "The day by which it is to be done must not have passed."}
		}
		if quality.Numbered(one.Question) == nil {
			one.Question = 0
		}
		for _, was := range f.Actions {
			if was.What == one.What && was.OwnerID == who.ID && was.Question == one.Question && was.DoneOn.IsZero() {
				return tx.Audit(ctx, "sent an action again", string(f.Child.ID), "")
			}
		}
		if one.Question > 0 {
			one.Line = f.Answers[one.Question].Line
		}
		one.ID, one.Child, one.Owner = rand.Text(), f.Child.ID, who.Name
		return errors.Join(tx.AddQualityAction(ctx, &one), tx.Audit(ctx, "gave an action after an audit of the plan", string(f.Child.ID), who.Name))
	})
}

// ActionDone says that an action was done, on a day, and what was done.
func (a *Quality) ActionDone(ctx context.Context, by access.User, id string, on calendar.Date, done string) error {
	if err := may(by, access.QualityAudit); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		one, err := tx.QualityAction(ctx, id)
		if err != nil {
			return err
		}
		f, err := a.audit(ctx, tx, by, one.Audit)
		if err != nil {
			return err
		}
		switch {
		case !by.May(access.QualitySee) || f.Blind:
			return ErrNotFound
		case by.ID != one.OwnerID && by.ID != f.AuditorID && !by.May(access.QualityManage):
			return &law.Refusal{Because: "Only " + one.Owner + ", whose action it is, the auditor or a manager can say that it is done."}
		case on > a.today() || on < f.SignedOn:
			return &law.Refusal{Because: "It was done between " + f.SignedOn.Words() + ", when the audit was signed, and today."}
		case strings.TrimSpace(done) == "":
			return &law.Refusal{Because: "Say what was done."}
		case one.Done == done && one.DoneOn == on:
			return tx.Audit(ctx, "sent again that an action is done", string(f.Child.ID), "")
		}
		err = tx.FinishQualityAction(ctx, id, on, done)
		if errors.Is(err, store.ErrLocked) {
			return &law.Refusal{Because: "It was recorded as done before. If it is not, give a new action."}
		}
		return errors.Join(err, tx.Audit(ctx, "did an action after an audit of the plan", string(f.Child.ID), ""))
	})
}

// An ActionFilter picks actions. The zero filter picks those that are open.
type ActionFilter struct {
	State       string // "" open, "late", "done", "all"
	Owner, Team string
	Page        int
}

// ActionStates is the states of actions with their words.
var ActionStates = [][2]string{{"", "Open"}, {"late", "Overdue"}, {"done", "Done"}, {"all", "All"}}

// An ActionList is a page of actions.
type ActionList struct {
	Today         calendar.Date
	Filter        ActionFilter
	Rows          []QualityAction
	Total, Pages  int
	Any           bool
	Owners, Teams []string
}

// Actions lists what is to be done, the first due first.
func (a *Quality) Actions(ctx context.Context, by access.User, f ActionFilter) (*ActionList, error) {
	l, all, err := a.actions(ctx, by, f)
	if err != nil {
		return nil, err
	}
	l.Total, l.Pages = len(all), max(1, (len(all)+qualityPageSize-1)/qualityPageSize)
	l.Filter.Page = min(max(1, f.Page), l.Pages)
	from := (l.Filter.Page - 1) * qualityPageSize
	l.Rows = all[from:min(from+qualityPageSize, len(all))]
	return l, nil
}

// ActionsOut returns every action that a filter picks, to be taken out of the
// service. That it was taken is kept.
func (a *Quality) ActionsOut(ctx context.Context, by access.User, f ActionFilter, as string) ([]QualityAction, error) {
	_, all, err := a.actions(ctx, by, f)
	if err != nil {
		return nil, err
	}
	return all, a.tookOut(ctx, by, "took a list of actions out", fmt.Sprintf("%d actions as %s", len(all), as))
}

func (a *Quality) actions(ctx context.Context, by access.User, f ActionFilter) (*ActionList, []QualityAction, error) {
	if err := may(by, access.QualitySee); err != nil {
		return nil, nil, err
	}
	hidden, err := a.unseen(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	l := &ActionList{Today: a.today(), Filter: f}
	var every []QualityAction
	var audits []QualityAudit
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) {
		if every, err = tx.QualityActions(ctx); err != nil {
			return err
		}
		audits, err = tx.QualityAudits(ctx)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	own, masked := map[string]bool{}, map[string]bool{}
	for i := range audits {
		if o := &audits[i]; o.AuditorID == by.ID && o.Open() && o.Kind != Correction {
			own[o.Plan] = true
		}
	}
	for i := range audits {
		masked[audits[i].ID] = own[audits[i].Plan] && audits[i].AuditorID != by.ID
	}
	var all []QualityAction
	for i := range every {
		o := &every[i]
		if hidden[o.Child] || masked[o.Audit] {
			continue
		}
		l.Any = true
		l.Owners, l.Teams = once(l.Owners, o.Owner), once(l.Teams, o.Team)
		open, late := o.DoneOn.IsZero(), o.DoneOn.IsZero() && o.Due < l.Today
		if f.State == "" && !open || f.State == "late" && !late || f.State == "done" && open || f.Owner != "" && f.Owner != o.Owner || f.Team != "" && f.Team != o.Team {
			continue
		}
		all = append(all, *o)
	}
	slices.Sort(l.Owners)
	slices.Sort(l.Teams)
	return l, all, nil
}

// ActionsOpen returns one action that the reader may see, or ErrNotFound.
func (a *Quality) ActionsOpen(ctx context.Context, by access.User, id string) (*QualityAction, error) {
	_, all, err := a.actions(ctx, by, ActionFilter{State: "all"})
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i], nil
		}
	}
	return nil, ErrNotFound
}
