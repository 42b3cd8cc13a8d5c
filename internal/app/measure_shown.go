package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/measure"
	"weald/domain/published"
)

// chartMonths is how many months a chart shows.
const chartMonths = 36

// Overview returns every measure over one period each.
func (a *Measures) Overview(ctx context.Context, by access.User, asked measure.Asked) (*measure.Overview, error) {
	if err := may(by, access.BoardSee); err != nil {
		return nil, err
	}
	o := &measure.Overview{Today: a.today(), Asked: asked}
	kept, err := a.kept(ctx, asked.Known)
	if err != nil {
		return nil, err
	}
	err = a.look(ctx, asked.Known, func(_ *caseload, book *measure.Book) error {
		for _, d := range measure.Definitions {
			if !d.Counted() {
				if s := kept.brought(d, asked); s != nil {
					s.Signal, s.Judged, s.Turn = latestSignal(kept.series(d), d)
					o.Area = append(o.Area, s)
				} else {
					o.Waits = append(o.Waits, d)
				}
				continue
			}
			s := a.shown(book, d, asked)
			s.Signal, s.Judged, s.Turn = latestSignal(a.chart(book, d, asked, kept), d)
			for _, code := range d.Beside {
				if other := measure.Coded(code); other.Counted() {
					s.Beside = append(s.Beside, a.shown(book, other, asked))
				}
			}
			o.Area = append(o.Area, s)
		}
		return nil
	})
	return o, err
}

// asOf is the day by which figures are counted.
func (a *Measures) asOf(asked measure.Asked) calendar.Date {
	if asked.Known.IsZero() {
		return a.today()
	}
	return min(a.today(), asked.Known)
}

// period is the period that is asked for of a measure, over which span, and
// whether its figure may still change.
func (a *Measures) period(d *measure.Definition, asked measure.Asked) (s measure.Span, p calendar.Period, open bool) {
	today := a.asOf(asked)
	if s = asked.Span; s == "" {
		s = d.Usual()
	}
	if asked.On.IsZero() {
		p, _ = d.Latest(s, today)
	} else if s == measure.January {
		on := measure.CensusDay(asked.On.Year())
		p = calendar.Period{First: on, Last: on}
	} else {
		p, _ = s.Of(asked.On)
	}
	return s, p, p.Last > today || s != measure.Day && s != measure.January && p.Last.AddDays(d.Settles) >= today
}

func (a *Measures) shown(book *measure.Book, d *measure.Definition, asked measure.Asked) *measure.Shown {
	s := &measure.Shown{Definition: d}
	s.Span, s.Period, s.Open = a.period(d, asked)
	s.Value = book.Value(d, a.cutOff(s.Period, asked))
	if before, ok := s.Span.Before(s.Period); ok {
		s.Before = book.Value(d, before)
	}
	return s
}

// cutOff ends a period that is not over with today, so that how things stand is
// how they stand now, and what falls due later is not yet counted as missed.
func (a *Measures) cutOff(p calendar.Period, asked measure.Asked) calendar.Period {
	p.Last = min(p.Last, max(p.First, a.asOf(asked)))
	return p
}

// chart is a measure by month up to the latest that has settled.
func (a *Measures) chart(book *measure.Book, d *measure.Definition, asked measure.Asked, kept *keptFigures) measure.Chart {
	last, ok := d.Latest(measure.Month, a.asOf(asked))
	if !ok {
		return measure.Chart{}
	}
	var points []measure.Point
	for _, m := range measure.Months(last.Last, chartMonths) {
		points = append(points, measure.Point{Period: m, Value: book.Value(d, m)})
	}
	return measure.Draw(points, d.Share(), kept.rebased(d, points)...)
}

// latestSignal is what a chart says of its last point, and which way it goes.
func latestSignal(c measure.Chart, d *measure.Definition) (s measure.Signal, judged bool, turn int) {
	if len(c.Stretches) == 0 || !c.Stretches[len(c.Stretches)-1].Enough {
		return "", false, 0
	}
	last := c.Points[len(c.Points)-1]
	if last.Signal == measure.NoSignal || !last.Value.Known() {
		return "", last.Value.Known(), 0
	}
	up := last.Value.Figure() > c.Stretches[len(c.Stretches)-1].Mean
	if last.Signal == measure.Trend && len(c.Points) > 1 {
		up = last.Value.Figure() > c.Points[len(c.Points)-2].Value.Figure()
	}
	switch {
	case d.Better == measure.Higher && up, d.Better == measure.Lower && !up:
		turn = 1
	case d.Better == measure.Higher, d.Better == measure.Lower:
		turn = -1
	}
	return last.Signal, true, turn
}

// Detail returns one measure with its chart, its groups and what was published.
// Whoever may not see children is shown groups of the latest whole quarter alone,
// small ones hidden: see [Measures.hide].
func (a *Measures) Detail(ctx context.Context, by access.User, code string, asked measure.Asked) (*measure.Detail, error) {
	if err := may(by, access.BoardSee); err != nil {
		return nil, err
	}
	d := measure.Coded(code)
	if d == nil {
		return nil, ErrNotFound
	}
	out := &measure.Detail{Shown: measure.Shown{Definition: d}, Today: a.today(), Asked: asked, Names: by.May(access.CaseSee)}
	if asked.Cut.Words() == "" || asked.Cut == measure.BySetting && !out.Names {
		asked.Cut = measure.ByDistrict
	}
	out.Cut = asked.Cut
	kept, err := a.kept(ctx, asked.Known)
	if err != nil {
		return nil, err
	}
	out.Reasons, out.Keeps = kept.reasons(d.Code), by.May(access.MeasureKeep)
	if !d.Counted() {
		if s := kept.brought(d, asked); s != nil {
			out.Shown = *s
			out.Chart = kept.series(d)
			out.Signal, out.Judged, out.Turn = latestSignal(out.Chart, d)
		} else if list := kept.figures[d.Code]; len(list) > 0 {
			out.NoGroups = "None of the figures that were brought in is for that period. Figures for shorter periods are not added up: bring in the one for the whole."
		}
		return out, a.compare(ctx, out, asked.With)
	}
	err = a.look(ctx, asked.Known, func(l *caseload, book *measure.Book) error {
		out.Shown = *a.shown(book, d, asked)
		out.Chart = a.chart(book, d, asked, kept)
		out.Signal, out.Judged, out.Turn = latestSignal(out.Chart, d)
		for _, other := range d.Beside {
			if o := measure.Coded(other); o.Counted() {
				out.Beside = append(out.Beside, a.shown(book, o, asked))
			}
		}
		if !out.Names {
			return nil
		}
		out.CutOver = a.cutOff(out.Period, asked)
		cut := l.cut(asked.Cut, out.CutOver.Last)
		for g, v := range book.By(d, out.CutOver, len(cut.keys), cut.of) {
			if v.Num != 0 || v.Den != 0 {
				out.Groups = append(out.Groups, measure.Group{Key: cut.keys[g], Label: cut.labels[g], Value: v})
			}
		}
		return nil
	})
	if err == nil && !out.Names {
		err = a.hide(ctx, out)
	}
	if err != nil {
		return nil, err
	}
	sortGroups(out)
	a.funnel(out)
	return out, a.compare(ctx, out, asked.With)
}

// sortGroups puts groups in the order in which they are read: ages as they grow,
// others by name, and those of whom it is not recorded last.
func sortGroups(d *measure.Detail) {
	slices.SortStableFunc(d.Groups, func(x, y measure.Group) int {
		switch {
		case (x.Key == Absent) != (y.Key == Absent):
			if x.Key == Absent {
				return 1
			}
			return -1
		case d.Cut == measure.ByAge:
			return 0
		}
		return strings.Compare(x.Label, y.Label)
	})
}

// funnel says of groups of different sizes which are further from the whole than
// chance takes them.
func (a *Measures) funnel(d *measure.Detail) {
	whole := measure.Value{}
	for _, g := range d.Groups {
		if g.Hidden {
			continue
		}
		whole.Num, whole.Den = whole.Num+g.Value.Num, whole.Den+g.Value.Den
	}
	if !d.Share() || !d.Within() || whole.Den == 0 || len(d.Groups) < 2 {
		return
	}
	d.Funnel = &measure.Funnel{Mean: whole.Figure()}
	for i := range d.Groups {
		if g := &d.Groups[i]; !g.Hidden {
			g.Outside = d.Funnel.Outside(g.Value)
		}
	}
}

// compare lays beside a measure what was published of an authority, its region,
// its neighbours and England.
func (a *Measures) compare(ctx context.Context, d *measure.Detail, with string) error {
	list := published.Benchmarks(d.Code)
	if len(list) == 0 {
		return nil
	}
	if with == "" {
		own, err := a.authority(ctx)
		if err != nil {
			return err
		}
		with = own
	}
	if with == published.England || published.Held.Name(with) == "" {
		with = ""
	}
	d.Asked.With, d.Release = with, published.ReleaseName
	for _, area := range published.Held.Areas() {
		d.With = append(d.With, measure.Place{Number: area, Name: published.Held.Name(area)})
	}
	var names []string
	for _, n := range published.Held.Neighbours(with) {
		names = append(names, published.Held.Name(n))
	}
	if len(names) > 0 {
		d.Neighbours = published.NeighbourList + ": " + strings.Join(names, ", ")
	}
	for i := range list {
		d.Benchmarks = append(d.Benchmarks, benchmark(&list[i], with))
	}
	return nil
}

func benchmark(b *published.Benchmark, with string) measure.Benchmark {
	out := measure.Benchmark{Basis: b.Basis, When: b.When}
	row := func(where string, s published.Share, own bool) {
		c := measure.Compared{Where: where, Own: own}
		if s.Known {
			v := measure.Value{Num: s.Num, Den: s.Den}
			c.Figure = v.Figure()
			c.Text = fmt.Sprintf("%s (%s of %s)", v.Text(), measure.Number(s.Num), measure.Number(s.Den))
		}
		out.Rows = append(out.Rows, c)
	}
	if with != "" {
		row(published.Held.Name(with), published.Held.Share(b, with), true)
		var near []published.Share
		for _, n := range published.Held.Neighbours(with) {
			near = append(near, published.Held.Share(b, n))
		}
		if middle, ok := published.Middle(near); ok {
			c := measure.Compared{Where: fmt.Sprintf("Middle of its %d statistical neighbours", len(near)), Text: middle + "%"}
			_, _ = fmt.Sscan(middle, &c.Figure)
			out.Rows = append(out.Rows, c)
		}
		if region := published.Held.Region(with); region != "" {
			s := published.Held.RegionShare(b, with)
			row(fmt.Sprintf("%s, %d authorities together", region, s.Of), s, false)
		}
	}
	row("England", published.Held.Share(b, published.England), false)
	for _, n := range published.Held.Neighbours(with) {
		row(published.Held.Name(n), published.Held.Share(b, n), false)
	}
	return out
}
