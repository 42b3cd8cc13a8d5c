package app

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"weald/calendar"
	"weald/domain/measure"
	"weald/domain/suppression"
)

// hiddenGroups keeps what was worked out for those who may not see children: it
// takes long, and many look at the same.
type hiddenGroups struct {
	lock sync.Mutex
	kept map[hiddenKey]hiddenValue
}

type hiddenKey struct {
	code  string
	first calendar.Date
	least int
}

type hiddenValue struct {
	state uint64
	cuts  map[measure.Cut][]measure.Group
	why   string // why there are none
}

// publicCuts is what a measure is broken down by for those who may not see
// children. Settings are too small.
var publicCuts = []measure.Cut{measure.ByDistrict, measure.ByTeam, measure.ByNeed, measure.ByAge, measure.ByKind, measure.ByRoute}

// hide gives a measure the groups that everybody may see: of one whole quarter,
// which never overlaps another, with small figures hidden in all cuts together,
// so that none can be worked out from the rest, nor from the whole.
func (a *Measures) hide(ctx context.Context, d *measure.Detail) error {
	today := a.today()
	quarter, ok := d.Latest(measure.Quarter, today)
	if asked, fits := measure.Quarter.Of(d.Asked.On); !d.Asked.On.IsZero() && fits && asked.Last.AddDays(d.Settles) < today {
		quarter = asked
	}
	if !ok {
		return nil
	}
	d.CutOver = quarter
	least := a.Fewest
	if least == 0 {
		least = FewestShown
	}
	key := hiddenKey{d.Code, quarter.First, least}
	a.hidden.lock.Lock()
	defer a.hidden.lock.Unlock()
	return a.read(ctx, func(l *caseload) error {
		v, ok := a.hidden.kept[key]
		if !ok || v.state != l.changes {
			v = hiddenValue{state: l.changes}
			v.cuts, v.why = l.hide(d.Definition, quarter, least)
			if a.hidden.kept == nil || len(a.hidden.kept) > 200 {
				a.hidden.kept = map[hiddenKey]hiddenValue{}
			}
			a.hidden.kept[key] = v
		}
		d.Groups, d.NoGroups = append([]measure.Group(nil), v.cuts[d.Cut]...), v.why
		return nil
	})
}

// parts is a value as counts that add up, and valueOf puts them together again.
func parts(d *measure.Definition, v measure.Value) []int {
	switch {
	case d.Within() && d.Share():
		return []int{v.Num, v.Den - v.Num}
	case d.Share() && d.State(): // how many more than a year before
		return []int{v.Num + v.Den, v.Den}
	case d.Share():
		return []int{v.Num, v.Den}
	default:
		return []int{v.Num}
	}
}

func partNames(d *measure.Definition) []string {
	switch {
	case d.Within() && d.Share():
		return []string{"counted", "not counted"}
	case d.Share() && d.State():
		return []string{"now", "a year before"}
	case d.Share():
		return []string{"counted", "of"}
	default:
		return []string{"counted"}
	}
}

func valueOf(d *measure.Definition, p []int) measure.Value {
	switch {
	case d.Within() && d.Share():
		return measure.Value{Num: p[0], Den: p[0] + p[1]}
	case d.Share() && d.State():
		return measure.Value{Num: p[0] - p[1], Den: p[1]}
	case d.Share():
		return measure.Value{Num: p[0], Den: p[1]}
	default:
		return measure.Value{Num: p[0], Whole: true}
	}
}

// hide works out the groups of a measure in every public cut, small ones hidden.
func (l *caseload) hide(d *measure.Definition, p calendar.Period, least int) (map[measure.Cut][]measure.Group, string) {
	if !d.Added() {
		return nil, "It is about one child, so it is not broken down for those who may not see children."
	}
	tooFew := fmt.Sprintf("So few were counted in the whole area (fewer than %d on one side or the other) that it is not broken down for those who may not see children.", least)
	for _, n := range parts(d, l.book.Value(d, p)) {
		if n > 0 && n < least {
			return nil, tooFew
		}
	}
	var tables []suppression.Table
	all := make([][]measure.Group, len(publicCuts))
	names := partNames(d)
	for i, c := range publicCuts {
		cut := l.cut(c, p.Last)
		t := suppression.Table{Columns: names}
		for g, v := range l.book.By(d, p, len(cut.keys), cut.of) {
			counts := parts(d, v)
			some := 0
			for _, n := range counts {
				some += n
			}
			if some == 0 {
				continue
			}
			t.Rows = append(t.Rows, c.Words()+": "+cut.labels[g]+" "+cut.keys[g])
			t.Counts = append(t.Counts, counts)
			all[i] = append(all[i], measure.Group{Key: cut.keys[g], Label: cut.labels[g]})
		}
		tables = append(tables, t)
	}
	out := map[measure.Cut][]measure.Group{}
	for i, t := range suppression.Hide(tables, least) {
		for _, total := range t.Figures[len(t.Rows)] {
			if total.Hidden { // it is known: the whole area's figure is shown
				return nil, tooFew
			}
		}
		for r := range t.Rows {
			counts := make([]int, len(names))
			for n := range names {
				counts[n] = t.Figures[r][n].Count
				all[i][r].Hidden = all[i][r].Hidden || t.Figures[r][n].Hidden
			}
			if !all[i][r].Hidden {
				all[i][r].Value = valueOf(d, counts)
			}
		}
		out[publicCuts[i]] = all[i]
	}
	return out, ""
}

// HiddenWords says how few are hidden.
func (a *Measures) HiddenWords() string {
	least := a.Fewest
	if least == 0 {
		least = FewestShown
	}
	return strings.TrimSpace(fmt.Sprintf("fewer than %d", least))
}
