package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/measure"
	"weald/internal/store"
	"weald/law"
)

// A keptFigures is what other systems counted, and from when limits are counted
// anew.
type keptFigures struct {
	figures map[string][]store.MeasureFigure // by code; those that stand, by their last day
	limits  map[string][]store.MeasureLimit  // by code; those that hold, by their day
}

// kept reads what was brought, as it was known on a day: zero for today.
func (a *Measures) kept(ctx context.Context, known calendar.Date) (*keptFigures, error) {
	k := &keptFigures{map[string][]store.MeasureFigure{}, map[string][]store.MeasureLimit{}}
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		figures, err := tx.MeasureFigures(ctx)
		if err != nil {
			return err
		}
		for _, f := range figures {
			if !known.IsZero() && Day(f.At) > known {
				continue
			}
			list := slices.DeleteFunc(k.figures[f.Code], func(was store.MeasureFigure) bool { return was.First == f.First && was.Last == f.Last })
			if !f.Gone {
				list = append(list, f)
			}
			k.figures[f.Code] = list
		}
		limits, err := tx.MeasureLimits(ctx)
		for _, l := range limits {
			if l.EndedAt == "" {
				k.limits[l.Code] = append(k.limits[l.Code], l)
			}
		}
		return err
	})
	for _, list := range k.figures {
		slices.SortFunc(list, func(x, y store.MeasureFigure) int { return int(x.Last - y.Last) })
	}
	return k, err
}

// value is a figure that was brought, as values are.
func value(d *measure.Definition, f *store.MeasureFigure) measure.Value {
	return measure.Value{Num: f.Num, Den: f.Den, Whole: !d.Share(), Fine: !d.Share() && f.Missing == "", Missing: f.Missing}
}

// spanOf returns the span of a period that was brought; "" if it is none of them:
// a term, or days of its own.
func spanOf(p calendar.Period) measure.Span {
	for _, s := range []measure.Span{measure.Day, measure.Week, measure.Month, measure.Quarter, measure.HalfYear, measure.CalendarYear, measure.FinancialYear, measure.AcademicYear, measure.TwelveMonths} {
		if of, ok := s.Of(p.Last); ok && of == p {
			return s
		}
	}
	return ""
}

// brought is a measure that another system counts, over the latest period or the
// one that is asked for; nil if nothing was brought. Periods are never added up:
// a rate of three terms is none of a year.
func (k *keptFigures) brought(d *measure.Definition, asked measure.Asked) *measure.Shown {
	list := k.figures[d.Code]
	if len(list) == 0 {
		return nil
	}
	fits := func(f *store.MeasureFigure) bool {
		p := calendar.Period{First: f.First, Last: f.Last}
		return (asked.Span == "" || spanOf(p) == asked.Span) && (asked.On.IsZero() || p.Contains(asked.On))
	}
	s := &measure.Shown{Definition: d}
	for i := len(list) - 1; i >= 0; i-- {
		f := &list[i]
		if !fits(f) {
			continue
		}
		s.Period, s.Value = calendar.Period{First: f.First, Last: f.Last}, value(d, f)
		s.Span = spanOf(s.Period)
		s.Brought = &measure.Brought{Source: f.Source, By: f.By, On: Day(f.At).Words()}
		s.Before = measure.Value{Whole: !d.Share(), Missing: measure.NotAvailable}
		length := f.First.DaysUntil(f.Last)
		for j := i - 1; j >= 0; j-- {
			if b := &list[j]; b.Last < f.First && abs(b.First.DaysUntil(b.Last)-length) <= 7 {
				s.Before = value(d, b)
				break
			}
		}
		return s
	}
	return nil
}

func abs(n int) int { return max(n, -n) }

// series is the chart of what was brought over periods as long as the latest.
func (k *keptFigures) series(d *measure.Definition) measure.Chart {
	list := k.figures[d.Code]
	if len(list) == 0 {
		return measure.Chart{}
	}
	last := &list[len(list)-1]
	length := last.First.DaysUntil(last.Last)
	var points []measure.Point
	for i := range list {
		if f := &list[i]; abs(f.First.DaysUntil(f.Last)-length) <= 7 {
			points = append(points, measure.Point{Period: calendar.Period{First: f.First, Last: f.Last}, Value: value(d, f)})
		}
	}
	return measure.Draw(points, d.Share(), k.rebased(d, points)...)
}

// rebased returns the points from which limits are counted anew.
func (k *keptFigures) rebased(d *measure.Definition, points []measure.Point) (at []int) {
	for _, l := range k.limits[d.Code] {
		for i := range points {
			if points[i].Period.First >= l.From {
				if i > 0 && !slices.Contains(at, i) {
					at = append(at, i)
				}
				break
			}
		}
	}
	return at
}

// reasons says from when limits are counted anew, and why.
func (k *keptFigures) reasons(code string) (all []measure.Rebased) {
	for _, l := range k.limits[code] {
		all = append(all, measure.Rebased{ID: l.ID, From: l.From, Reason: l.Reason, By: l.By})
	}
	return all
}

// Bring keeps figures of other systems, as [measure.Bring] reads them: all of
// them or, with a fault, none. What stands already just so is passed over, so
// sending the same again changes nothing. It returns how many were new.
func (a *Measures) Bring(ctx context.Context, by access.User, text string) (kept, same int, faults []measure.Fault, err error) {
	if err := may(by, access.MeasureKeep); err != nil {
		return 0, 0, nil, err
	}
	all, faults := measure.Bring(text)
	if len(faults) > 0 {
		return 0, 0, faults, nil
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		before, err := tx.MeasureFigures(ctx)
		if err != nil {
			return err
		}
		stands := map[string]store.MeasureFigure{}
		key := func(code string, p calendar.Period) string {
			return code + " " + p.First.String() + " " + p.Last.String()
		}
		for _, f := range before {
			stands[key(f.Code, calendar.Period{First: f.First, Last: f.Last})] = f
		}
		for _, g := range all {
			f := store.MeasureFigure{Code: g.Of.Code, First: g.Period.First, Last: g.Period.Last, Num: g.Value.Num, Den: g.Value.Den, Missing: g.Value.Missing, Gone: g.Gone, Source: g.Source}
			was, ok := stands[key(f.Code, g.Period)]
			if g.Gone && (!ok || was.Gone) {
				faults = append(faults, measure.Fault{Row: g.Row, Field: "value", Reason: "there is no figure for this period to take back"})
				continue
			}
			if ok && was.Num == f.Num && was.Den == f.Den && was.Missing == f.Missing && was.Gone == f.Gone && was.Source == f.Source {
				same++
				continue
			}
			if err := tx.AddMeasureFigure(ctx, &f); err != nil {
				return err
			}
			kept++
		}
		if len(faults) > 0 {
			return errFaults
		}
		return tx.Audit(ctx, "brought in figures of measures", "", fmt.Sprintf("%d new, %d as they were", kept, same))
	})
	if len(faults) > 0 {
		return 0, 0, faults, nil
	}
	return kept, same, nil, err
}

// errFaults takes everything back when a row is found wrong late.
var errFaults = errors.New("app: a row is wrong")

// CountAnew says that the limits of a measure are counted anew from a month, with
// a reason. Said twice it is kept once.
func (a *Measures) CountAnew(ctx context.Context, by access.User, code string, from calendar.Date, reason string) error {
	if err := may(by, access.MeasureKeep); err != nil {
		return err
	}
	if measure.Coded(code) == nil {
		return ErrNotFound
	}
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return &law.Refusal{Because: "Say what was changed: limits are not counted anew without a reason."}
	case from.IsZero() || from > a.today():
		return &law.Refusal{Because: "The day from which limits are counted anew must be today or before."}
	}
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		limits, err := tx.MeasureLimits(ctx)
		if err != nil {
			return err
		}
		for _, l := range limits {
			if l.Code == code && l.EndedAt == "" && l.From == from {
				if l.Reason == reason {
					return errStands
				}
				return &law.Refusal{Because: "They are counted anew from that day already. Take that back first."}
			}
		}
		if err := tx.AddMeasureLimit(ctx, &store.MeasureLimit{Code: code, From: from, Reason: reason}); err != nil {
			return err
		}
		return tx.Audit(ctx, "counted the limits of a measure anew", "", code+" from "+from.String())
	})
	if errors.Is(err, errStands) {
		return nil
	}
	return err
}

// errStands ends a change that would change nothing.
var errStands = errors.New("app: it is so already")

// CountOn takes back that limits are counted anew.
func (a *Measures) CountOn(ctx context.Context, by access.User, code, id string) error {
	if err := may(by, access.MeasureKeep); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		ok, err := tx.EndMeasureLimit(ctx, code, id)
		if err != nil {
			return err
		}
		if !ok {
			return ErrNotFound
		}
		return tx.Audit(ctx, "took back that the limits of a measure are counted anew", "", code)
	})
}
