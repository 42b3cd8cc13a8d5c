package staff

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"weald/internal/app"

	"weald/internal/web/govuk"
)

// Due shows every child's next duty, overdue first.
func (p *Pages) Due(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	filter := app.DueFilter{Process: q.Get("stage"), Team: q.Get("team"), Band: app.Band(q.Get("when"))}
	if !slices.Contains([]app.Band{app.AnyBand, app.OverdueBand, app.SoonBand, app.LaterBand, app.NoDutyBand}, filter.Band) {
		filter.Band = app.AnyBand
	}
	after := app.DueMark{Due: q.Get("due"), Surname: q.Get("surname"), ID: q.Get("after")}
	work, err := p.Casework.Due(r.Context(), UserOf(r.Context()), filter, after)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, duePage(p.frame(UserOf(r.Context()), "What is due", duePart), work, after != app.DueMark{}))
}

// dueLink is the address of the worklist with a filter.
func dueLink(f app.DueFilter) string {
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
		return duePart
	}
	return duePart + "?" + q.Encode()
}

// next leads to the page after this one, if there is one.
func next(w *app.WhatIsDue) (link govuk.PageLink) {
	if w.Next == (app.DueMark{}) {
		return link
	}
	link.Href = dueLink(w.Filter)
	sep := "?"
	if link.Href != duePart {
		sep = "&"
	}
	link.Href += sep + url.Values{"due": {w.Next.Due}, "surname": {w.Next.Surname}, "after": {w.Next.ID}}.Encode()
	return link
}

// first leads back to the first page, from a page further on. The list is read
// by key, so the page just before is not known.
func first(w *app.WhatIsDue, further bool) (link govuk.PageLink) {
	if further {
		link.Href, link.Text = dueLink(w.Filter), "First page"
	}
	return link
}

// stages counts the children at each stage under the other filters, so that the
// numbers beside the choices are what choosing them gives.
func stages(w *app.WhatIsDue) []govuk.Option {
	return options(w, "All stages", w.Processes, app.NothingDue, "Nothing due", w.Filter.Process, func(f *app.DueFilter, v string) { f.Process = v })
}

func teams(w *app.WhatIsDue) []govuk.Option {
	return options(w, "All teams", w.Teams, app.NoTeam, "No team", w.Filter.Team, func(f *app.DueFilter, v string) { f.Team = v })
}

func options(w *app.WhatIsDue, all string, values []string, none, noneLabel, chosen string, set func(*app.DueFilter, string)) []govuk.Option {
	count := func(v string) int {
		f := w.Filter
		set(&f, v)
		n, _ := w.Count(f)
		return n
	}
	label := func(text, v string) govuk.Option {
		return govuk.Option{Value: v, Text: text + " (" + number(count(v)) + ")"}
	}
	list := []govuk.Option{label(all, "")}
	for _, v := range values {
		list = append(list, label(v, v))
	}
	if count(none) > 0 || chosen == none {
		list = append(list, label(noneLabel, none))
	}
	return list
}

// A dueBand is one of the numbers at the top of the page.
type dueBand struct {
	band        app.Band
	label, look string
}

var dueBands = []dueBand{
	{app.OverdueBand, "overdue", "late"},
	{app.SoonBand, "due in the next four weeks", "soon"},
	{app.LaterBand, "due later", ""},
	{app.NoDutyBand, "with nothing due", "quiet"},
}

func withBand(f app.DueFilter, b app.Band) app.DueFilter { f.Band = b; return f }

// dueRows is the list as a table.
func dueRows(w *app.WhatIsDue) govuk.Table {
	t := govuk.Table{
		Caption: "Children and the duty that falls due next, the longest overdue first", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Due", "What must be done", "Team"),
	}
	for _, r := range w.Rows {
		row := []govuk.Cell{{Content: dueChild(r)}, {Text: "–"}, {Text: "Nothing is due"}, {Text: cmp.Or(r.Team, "–")}}
		if r.Duty != nil {
			row[1], row[2] = govuk.Cell{Content: dueWhen(r)}, govuk.Cell{Content: dueWhat(r)}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
