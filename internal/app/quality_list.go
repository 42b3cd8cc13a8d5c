package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/store"
)

// An QualityFilter picks audits. The zero filter picks all that were not withdrawn.
type QualityFilter struct {
	Search                string // part of the child's name
	State                 string // "", "open", "signed", "withdrawn"
	Grade                 string
	Team, Writer, Auditor string
	Kind, Sample          string
	From, Until           calendar.Date // by the day on which it was asked for
	Page                  int
}

// States of audits, with their words.
var QualityStates = [][2]string{{"open", "To be done"}, {"signed", "Signed"}, {"withdrawn", "Withdrawn"}}

// An QualityRow is an audit on one line of a list.
type QualityRow struct {
	QualityAudit
	Blind bool
	Mine  bool
}

// Graded says what of the grade the reader may see.
func (r *QualityRow) Graded() string {
	switch {
	case r.WithdrawnAt != "":
		return "Withdrawn"
	case !r.Signed():
		return fmt.Sprintf("%d of %d answered", r.Answered, len(quality.Questions))
	case r.Blind:
		return "Hidden until you have signed yours"
	}
	return quality.Grade(r.Grade).Words()
}

// An QualityList is a page of audits, and what the reader has to do.
type QualityList struct {
	Today    calendar.Date
	Filter   QualityFilter
	Rows     []QualityRow
	Total    int
	Pages    int
	Any      bool
	Teams    []string
	Writers  []string
	Auditors []string
	Mine     []QualityRow // the reader's own that are open
	Helping  []QualityRow // those of which they answer an agency's part
	Grades   map[quality.Grade]int
	Open     int // actions
	Late     int
}

const qualityPageSize = 50

// Audits lists audits.
func (a *Quality) Audits(ctx context.Context, by access.User, f QualityFilter) (*QualityList, error) {
	l, all, err := a.audits(ctx, by, f)
	if err != nil {
		return nil, err
	}
	l.Total = len(all)
	l.Pages = max(1, (len(all)+qualityPageSize-1)/qualityPageSize)
	l.Filter.Page = min(max(1, f.Page), l.Pages)
	from := (l.Filter.Page - 1) * qualityPageSize
	l.Rows = all[from:min(from+qualityPageSize, len(all))]
	return l, nil
}

// AuditsOut returns every audit that a filter picks, to be taken out of the
// service. That it was taken is kept.
func (a *Quality) AuditsOut(ctx context.Context, by access.User, f QualityFilter, as string) ([]QualityRow, error) {
	_, all, err := a.audits(ctx, by, f)
	if err != nil {
		return nil, err
	}
	return all, a.tookOut(ctx, by, "took a list of audits out", fmt.Sprintf("%d audits as %s", len(all), as))
}

// tookOut keeps that a list was taken out of the service.
func (a *Quality) tookOut(ctx context.Context, by access.User, act, detail string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error { return tx.Audit(ctx, act, "", detail) })
}

// unseen returns the children whom somebody of the council may not see.
func (c *Core) unseen(ctx context.Context, by access.User) (hidden map[ChildID]bool, err error) {
	err = c.read(ctx, func(l *caseload) error {
		if viewer := l.viewer(by); viewer != "" {
			hidden = map[ChildID]bool{}
			for _, id := range l.restrictions.Hidden(viewer) {
				hidden[id] = true
			}
		}
		return nil
	})
	return hidden, err
}

func (a *Quality) audits(ctx context.Context, by access.User, f QualityFilter) (*QualityList, []QualityRow, error) {
	l := &QualityList{Today: a.today(), Filter: f, Grades: map[quality.Grade]int{}}
	sees := by.May(access.QualitySee)
	if !sees && !by.May(access.QualityAudit) {
		return nil, nil, ErrNotAllowed
	}
	hidden, err := a.unseen(ctx, by)
	if err != nil {
		return nil, nil, err
	}
	var every []QualityAudit
	var shares []QualityShare
	var actions []store.QualityAction
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) {
		if every, err = tx.QualityAudits(ctx); err != nil {
			return err
		}
		if shares, err = tx.QualitySharesTo(ctx, by.ID); err != nil || !sees {
			return err
		}
		actions, err = tx.QualityActions(ctx)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	own := map[string]bool{} // versions of which the reader has an audit to make
	for i := range every {
		if o := &every[i]; o.AuditorID == by.ID && o.Open() && o.Kind != Correction {
			own[o.Plan] = true
		}
	}
	for i := range actions {
		if actions[i].DoneOn.IsZero() && !hidden[actions[i].Child] {
			l.Open++
			if actions[i].Due < l.Today {
				l.Late++
			}
		}
	}
	var all []QualityRow
	for i := range every {
		o := QualityRow{QualityAudit: every[i], Mine: every[i].AuditorID == by.ID}
		if hidden[o.Child] {
			continue
		}
		o.Blind = !o.Mine && own[o.Plan]
		if o.Open() && slices.ContainsFunc(shares, func(s QualityShare) bool { return s.Audit == o.ID && s.DoneAt == "" }) {
			l.Helping = append(l.Helping, o)
		}
		if !sees {
			continue
		}
		l.Any = true
		if o.Open() && o.Mine {
			l.Mine = append(l.Mine, o)
		}
		l.Teams, l.Writers, l.Auditors = once(l.Teams, o.Team), once(l.Writers, o.Writer), once(l.Auditors, o.Auditor)
		if !f.picks(&o) {
			continue
		}
		if o.Signed() && !o.Blind {
			l.Grades[quality.Grade(o.Grade)]++
		}
		all = append(all, o)
	}
	for _, names := range [][]string{l.Teams, l.Writers, l.Auditors} {
		slices.Sort(names)
	}
	return l, all, nil
}

func (f *QualityFilter) picks(o *QualityRow) bool {
	switch f.State {
	case "":
		if o.WithdrawnAt != "" {
			return false
		}
	case "open":
		if !o.Open() {
			return false
		}
	case "signed":
		if !o.Signed() {
			return false
		}
	case "withdrawn":
		if o.WithdrawnAt == "" {
			return false
		}
	}
	is := func(want, has string) bool { return want == "" || want == has || want == Absent && has == "" }
	return (f.Grade == "" || o.Grade == f.Grade && !o.Blind) && is(f.Team, o.Team) && is(f.Writer, o.Writer) && is(f.Auditor, o.Auditor) && is(f.Kind, o.Kind) && is(f.Sample, o.Sample) &&
		(f.From.IsZero() || o.AskedOn >= f.From) && (f.Until.IsZero() || o.AskedOn <= f.Until) &&
		(f.Search == "" || strings.Contains(strings.ToLower(o.Forename+" "+o.Surname), strings.ToLower(f.Search)))
}

// once adds a word to a list once.
func once(all []string, word string) []string {
	if word == "" || slices.Contains(all, word) {
		return all
	}
	return append(all, word)
}
