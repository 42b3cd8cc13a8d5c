package staff

import (
	"net/http"
	"net/url"
	"slices"

	"weald/internal/app"
	"weald/internal/store"
)

// Due shows every child's next duty, overdue first.
func (p *Pages) Due(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	filter := store.DueFilter{Process: q.Get("stage"), Team: q.Get("team"), Band: store.Band(q.Get("when"))}
	if !slices.Contains([]store.Band{store.AnyBand, store.OverdueBand, store.SoonBand, store.LaterBand, store.NoDutyBand}, filter.Band) {
		filter.Band = store.AnyBand
	}
	after := store.DueMark{Due: q.Get("due"), Surname: q.Get("surname"), ID: q.Get("after")}
	work, err := p.Casework.Due(r.Context(), UserOf(r.Context()), filter, after)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, duePage(p.framed(r, "What is due", "due"), work, after != store.DueMark{}))
}

// dueLink is the address of the worklist with a filter.
func dueLink(f store.DueFilter) string {
	q := url.Values{}
	if f.Process != "" {
		q.Set("stage", f.Process)
	}
	if f.Team != "" {
		q.Set("team", f.Team)
	}
	if f.Band != "" {
		q.Set("when", string(f.Band))
	}
	if len(q) == 0 {
		return "/due"
	}
	return "/due?" + q.Encode()
}

// nextLink is the address of the next page.
func nextLink(w *app.WhatIsDue) string {
	link := dueLink(w.Filter)
	sep := "?"
	if link != "/due" {
		sep = "&"
	}
	return link + sep + url.Values{"due": {w.Next.Due}, "surname": {w.Next.Surname}, "after": {w.Next.ID}}.Encode()
}

// A dueOption is a choice in a filter, with how many children it holds.
type dueOption struct {
	value, label string
	children     int
	chosen       bool
}

// stages counts the children at each stage under the other filters, so that the
// numbers beside the choices are what choosing them gives.
func stages(w *app.WhatIsDue) []dueOption {
	return options(w, "All stages", w.Processes, store.NothingDue, "Nothing due", w.Filter.Process, func(f *store.DueFilter, v string) { f.Process = v })
}

func teams(w *app.WhatIsDue) []dueOption {
	return options(w, "All teams", w.Teams, store.NoTeam, "No team", w.Filter.Team, func(f *store.DueFilter, v string) { f.Team = v })
}

func options(w *app.WhatIsDue, all string, values []string, none, noneLabel, chosen string, set func(*store.DueFilter, string)) []dueOption {
	count := func(v string) int {
		f := w.Filter
		set(&f, v)
		n, _ := w.Count(f)
		return n
	}
	list := []dueOption{{"", all, count(""), chosen == ""}}
	for _, v := range values {
		list = append(list, dueOption{v, v, count(v), chosen == v})
	}
	if n := count(none); n > 0 || chosen == none {
		list = append(list, dueOption{none, noneLabel, n, chosen == none})
	}
	return list
}

// A dueBand is one of the numbers at the top of the page.
type dueBand struct {
	band        store.Band
	label, look string
}

var dueBands = []dueBand{
	{store.OverdueBand, "overdue", "late"},
	{store.SoonBand, "due in the next four weeks", "soon"},
	{store.LaterBand, "due later", ""},
	{store.NoDutyBand, "with nothing due", "quiet"},
}

func withBand(f store.DueFilter, b store.Band) store.DueFilter { f.Band = b; return f }
