package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/measure"
	"weald/internal/store"
	"weald/law"
)

// A Monday is what a director asks at the beginning of a week.
type Monday struct {
	Today, Since calendar.Date // since the Monday before
	Soon         Pile          // who will miss a limit of law in the next four weeks
	Weeks        [4]int        // of those, by the week in which the limit falls
	Test         measure.Test  // how the forecast fared on the twelve weeks before
	Learned      int           // from how many duties it learned
	Unanswered   []Aged
	Stuck        []Pile // reviews, by the step that they are stuck at
	Homeless     []Pile // children without a place
	Oldest       []CaseRow
	Changed      []Change
}

// A Pile is children of whom the same is true.
type Pile struct {
	Key, Title, How string
	Children        int
}

// An Aged is what waits for an answer, by how long it is overdue.
type Aged struct {
	Title string
	Ages  []Pile // in the order of [AnswerBands]
	All   Pile
}

// AnswerBands are how long ago an answer was due.
var AnswerBands = []string{"Not due yet", "Up to 4 weeks late", "4 to 12 weeks late", "Over 12 weeks late"}

func answerBand(due, today calendar.Date) int {
	switch late := due.DaysUntil(today); {
	case late <= 0:
		return 0
	case late <= 28:
		return 1
	case late <= 84:
		return 2
	}
	return 3
}

// A Change is what happened since the Monday before, and in the week before.
type Change struct {
	Title       string
	Code        string // of the measure that counts it
	Span        measure.Span
	On          calendar.Date
	Now, Before int
	State       bool // how many there are, and were
	Opens       bool // it counts children, and leads to them
	InNumerator bool // it is counted by the numerator
}

// foreseen is how far ahead the forecast looks, in days.
const foreseen = 28

// forecasts keeps what was learned today.
type forecasts struct {
	on      calendar.Date
	learned *measure.Forecast
	test    measure.Test
	of      int
}

// A MondayRow is a child in a pile, and why.
type MondayRow struct {
	CaseRow
	Rule *law.Rule     // the duty that it is about; nil: none
	Due  calendar.Date // of that duty
	Risk measure.Value // how many of those alike were missed
}

// Monday says what stands at the beginning of a week.
func (a *Measures) Monday(ctx context.Context, by access.User) (*Monday, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	f, err := a.forecast(ctx)
	if err != nil {
		return nil, err
	}
	m := &Monday{Test: f.test, Learned: f.of}
	err = a.read(ctx, func(l *caseload) error {
		m.Today = l.today
		m.Since = mondayBefore(l.today)
		s := a.sort(l, by, f)
		m.Soon = s.pile("soon", "Children who will miss a limit of law in the next four weeks", "")
		for _, r := range s.rows["soon"] {
			m.Weeks[min(3, l.today.DaysUntil(r.Due)/7)]++
		}
		for _, u := range unanswered {
			one := Aged{Title: u.title, All: s.pile(u.key, u.title, "")}
			for i, band := range AnswerBands {
				one.Ages = append(one.Ages, s.pile(fmt.Sprintf("%s-%d", u.key, i), u.title+": "+band, ""))
			}
			m.Unanswered = append(m.Unanswered, one)
		}
		for i := range stuckSteps {
			m.Stuck = append(m.Stuck, s.pile("stuck-"+stuckSteps[i].key, stuckSteps[i].title, stuckSteps[i].how))
		}
		for _, p := range placeless {
			m.Homeless = append(m.Homeless, s.pile(p.key, p.title, p.how))
		}
		hidden := l.hidden(l.viewer(by))
		for _, slot := range l.orders[bySince].slots {
			if line := l.lines[slot]; hidden[slot] || !Passing(line.Stage) || l.cells[slot].since.IsZero() {
				continue
			}
			if m.Oldest = append(m.Oldest, l.row(slot)); len(m.Oldest) == oldestShown {
				break
			}
		}
		m.Changed = changed(l.book, l.today)
		return nil
	})
	return m, err
}

// MondayPile lists the children of a pile, and says what they have in common.
func (a *Measures) MondayPile(ctx context.Context, by access.User, key string) (p Pile, rows []MondayRow, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return p, nil, err
	}
	f, err := a.forecast(ctx)
	if err != nil {
		return p, nil, err
	}
	title, how, ok := pileNamed(key)
	if !ok {
		return p, nil, ErrNotFound
	}
	err = a.read(ctx, func(l *caseload) error {
		s := a.sort(l, by, f)
		p, rows = s.pile(key, title, how), s.rows[key]
		for i := range rows {
			rows[i].CaseRow = l.row(l.slots[rows[i].ID])
		}
		return nil
	})
	slices.SortStableFunc(rows, func(x, y MondayRow) int {
		return cmp.Or(cmp.Compare(last(x.Due), last(y.Due)), byNameThenID(x.Line, y.Line))
	})
	return p, rows, err
}

// MondayPileOut lists a pile to be taken out of the service, and keeps that it was.
func (a *Measures) MondayPileOut(ctx context.Context, by access.User, key, as string) (p Pile, rows []MondayRow, err error) {
	p, rows, err = a.MondayPile(ctx, by, key)
	if err != nil {
		return p, nil, err
	}
	return p, rows, a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took a list of Monday’s page out", "", fmt.Sprintf("%s, %d children as %s", p.Title, len(rows), as))
	})
}

// mondayBefore is the Monday since which a week is looked at: on a Monday, the
// one before.
func mondayBefore(d calendar.Date) calendar.Date {
	back := (int(d.Weekday()) + 6) % 7
	if back == 0 {
		back = 7
	}
	return d.AddDays(-back)
}

// changed says what happened in the week up to yesterday, and how what stands has
// changed since it began.
func changed(book *measure.Book, today calendar.Date) (all []Change) {
	week, _ := measure.Week.Of(today - 1)
	before, _ := measure.Week.Before(week)
	happened := func(title string, d *measure.Definition, numerator bool) {
		now, then := book.Value(d, calendar.Period{First: week.First, Last: min(week.Last, today)}), book.Value(d, before)
		c := Change{Title: title, Code: d.Code, Span: measure.Week, On: week.First, Now: now.Den, Before: then.Den, InNumerator: numerator}
		if numerator {
			c.Now, c.Before = now.Num, then.Num
		}
		all = append(all, c)
	}
	stands := func(title string, d *measure.Definition) {
		on := week.First
		now, then := book.Value(d, calendar.Period{First: today, Last: today}), book.Value(d, calendar.Period{First: on, Last: on})
		all = append(all, Change{Title: title, Code: d.Code, Span: measure.Day, On: today, Now: now.Num, Before: then.Num, State: true, Opens: d.Added()})
	}
	happened("Requests received", measure.RequestsRefused, false)
	happened("Decisions whether to assess", measure.RequestsDecided, false)
	happened("Plans issued after assessment", measure.PlansInTimeAll, false)
	happened("Reviews decided", measure.ReviewsDecided, false)
	happened("Appeals registered", measure.AppealRate, true)
	stands("Assessments past 20 weeks", measure.AssessmentsLate)
	stands("Reviews overdue", measure.ReviewsLate)
	stands("Longest open assessment, in weeks", measure.OldestAssessment)
	return all
}

// forecast is what was learned today of how duties are missed. It reads every
// journal, so it is done once a day.
func (a *Measures) forecast(ctx context.Context) (*forecasts, error) {
	a.lock.Lock()
	defer a.lock.Unlock()
	today := a.today()
	if a.ahead != nil && a.ahead.on == today {
		return a.ahead, nil
	}
	windows, err := a.trials(ctx, today)
	if err != nil {
		return nil, err
	}
	f := &forecasts{on: today}
	// Tested on each of the last three windows by what was learned before it.
	for back := 1; back <= testedWindows; back++ {
		var before []measure.Trial
		for _, w := range windows[back+1 : back+1+learnedWindows] {
			before = append(before, w...)
		}
		f.test = f.test.Add(measure.Learn(before).Try(windows[back]))
	}
	var recent []measure.Trial
	for _, w := range windows[1 : 1+learnedWindows] {
		recent = append(recent, w...)
	}
	f.learned, f.of = measure.Learn(recent), len(recent)
	a.ahead = f
	return f, nil
}

// How many windows of four weeks the forecast learns from, and is tested on.
const (
	learnedWindows = 6
	testedWindows  = 3
)

// trials reads the duties that fell due, by the window of four weeks in which
// they did: window 1 ended yesterday. In each, a duty is seen as it stood when the
// window began.
func (a *Measures) trials(ctx context.Context, today calendar.Date) ([][]measure.Trial, error) {
	windows := make([][]measure.Trial, learnedWindows+testedWindows+1)
	clock := casework.NewClock(a.practice)
	first := today.AddDays(-foreseen * (len(windows) - 1))
	var fell []casework.Past
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		born := map[store.ChildID]calendar.Date{}
		if err := tx.Children(ctx, func(c *store.Child) error { born[c.ID] = c.Born; return nil }); err != nil {
			return err
		}
		return tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
			k := casework.Case{Born: born[id], Closures: closures, Events: j.Events(0)}
			reading := clock.Read(&k, today)
			fell = reading.Fell(first, today-1, fell[:0])
			for i := range fell {
				d := &fell[i]
				back := (d.Due.DaysUntil(today) + foreseen - 1) / foreseen // 1: in the window that ended yesterday
				began := today.AddDays(-foreseen * back)
				if d.Start > began || !d.Done.IsZero() && d.Done <= began {
					continue // it could not be seen, or was done
				}
				windows[back] = append(windows[back], measure.Trial{Rule: d.Rule.Code, Step: string(reading.AssessedOn(began)),
					Weeks: 1 + began.DaysUntil(d.Due)/7, Missed: d.Done.IsZero() || d.Done > d.Due})
			}
			return ctx.Err()
		})
	})
	return windows, err
}
