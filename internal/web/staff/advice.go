package staff

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

const advicePart = "/advice"

// Advice shows the advice that is awaited for assessments: who owes it, and when.
func (p *Pages) Advice(w http.ResponseWriter, r *http.Request) error {
	wall, err := p.Casework.AdviceWall(r.Context(), UserOf(r.Context()), readAdviceFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, advicePage(p.frame(UserOf(r.Context()), "Advice", advicePart), wall))
}

func readAdviceFilter(q url.Values) app.AdviceFilter {
	f := app.AdviceFilter{
		Stage: casework.Stage(q.Get("stage")), Officer: q.Get("officer"), Team: q.Get("team"), District: q.Get("district"),
		Settings: q.Get("settings") != "", Body: q.Get("body"), Band: q.Get("band"),
	}
	if f.Band != app.EveryBand && !slices.ContainsFunc(app.AdviceBands[:], func(b app.AdviceBand) bool { return b.Name == f.Band }) {
		f.Band = ""
	}
	f.Page, _ = strconv.Atoi(q.Get("page"))
	f.Rows, _ = strconv.Atoi(q.Get("rows"))
	return f
}

// adviceLink is the address of the wall, and of its list when there is one.
func adviceLink(f app.AdviceFilter) string {
	settings, page, rows := "", "", ""
	if f.Settings {
		settings = "yes"
	}
	if f.Page > 1 {
		page = strconv.Itoa(f.Page)
	}
	if f.Rows > 1 {
		rows = strconv.Itoa(f.Rows)
	}
	link := address(advicePart, "stage", string(f.Stage), "officer", f.Officer, "team", f.Team, "district", f.District,
		"settings", settings, "body", f.Body, "band", f.Band, "page", page, "rows", rows)
	if f.Band != "" {
		link += "#list"
	}
	return link
}

// onAdvice is a filter without what is listed.
func onAdvice(f app.AdviceFilter) app.AdviceFilter {
	f.Body, f.Band, f.Page, f.Rows = "", "", 0, 0
	return f
}

// ofEverybody is the whole wall again, from the one of settings.
func ofEverybody(f app.AdviceFilter) app.AdviceFilter {
	f = onAdvice(f)
	f.Settings = false
	return f
}

// adviceUnderWay counts the advice for assessments that are under way, and
// underWay shows it alone.
func adviceUnderWay(w *app.AdviceWall) int {
	for _, o := range w.Stages {
		if o.Value == string(casework.AssessmentStage) {
			return o.Children
		}
	}
	return 0
}

func underWay(f app.AdviceFilter) app.AdviceFilter {
	f = onAdvice(f)
	f.Stage = casework.AssessmentStage
	return f
}

// withAdvice lists a band of a body.
func withAdvice(f app.AdviceFilter, body, band string) app.AdviceFilter {
	f.Body, f.Band, f.Page = body, band, 0
	return f
}

// adviceTable is the wall, every figure a link to its children.
func adviceTable(w *app.AdviceWall) govuk.Table {
	t := govuk.Table{Caption: "Pieces of advice awaited, by who was asked and when they fall due", CaptionHidden: true, Scroll: true, RowHeadings: true}
	t.Head = []govuk.Heading{{Text: "Who was asked"}}
	for _, b := range app.AdviceBands {
		t.Head = append(t.Head, govuk.Heading{Text: b.Label, Numeric: true})
	}
	t.Head = append(t.Head, govuk.Heading{Text: "All", Numeric: true})
	row := func(name govuk.Cell, b *app.BodyAdvice, filter app.AdviceFilter, body string) {
		cells := []govuk.Cell{name}
		for i, n := range b.Bands {
			cells = append(cells, figure(n, adviceLink(withAdvice(filter, body, app.AdviceBands[i].Name)), filter.Band == app.AdviceBands[i].Name && w.Filter.Body == body))
		}
		t.Rows = append(t.Rows, append(cells, figure(b.Total, adviceLink(withAdvice(filter, body, app.EveryBand)), filter.Band == app.EveryBand && w.Filter.Body == body)))
	}
	for i := range w.Bodies {
		b := &w.Bodies[i]
		if b.Many { // its figures lead to the wall of settings
			f := onAdvice(w.Filter)
			f.Settings = true
			row(govuk.Cell{Content: adviceSettings(b, adviceLink(f))}, b, f, "")
			continue
		}
		row(govuk.Cell{Text: bodyName(b.Body)}, b, w.Filter, cmp.Or(b.Body, app.Absent))
	}
	everybody := "Everybody asked"
	if w.Filter.Settings {
		everybody = "All settings"
	}
	row(govuk.Cell{Text: everybody}, &w.Total, w.Filter, "")
	return t
}

func bodyName(body string) string {
	if body == "" || body == app.Absent {
		return "Not recorded"
	}
	return body
}

// adviceListed says what the list below the wall is of.
func adviceListed(f app.AdviceFilter) string {
	who := "Everybody asked"
	switch {
	case f.Body != "":
		who = bodyName(f.Body)
	case f.Settings:
		who = "All settings"
	}
	for _, b := range app.AdviceBands {
		if b.Name == f.Band {
			return who + ": " + lowerFirst(b.Label)
		}
	}
	return who + ": all advice awaited"
}

// adviceRows is the list as a table.
func adviceRows(w *app.AdviceWall) govuk.Table {
	t := govuk.Table{Caption: adviceListed(w.Filter), CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Advice", "Of whom, and when asked", "The plan itself", "Who has it")}
	for i := range w.Rows {
		r := &w.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: childCell(r.Line, r.Reference, r.Stage.Label())}, {Content: adviceDue(r)}, {Content: adviceAsked(r)}, {Content: advicePlan(w, r)}, {Content: ownerCell(r.Line, r.Who)}})
	}
	return t
}

// adviceRowPages leads through the rows of the wall.
func adviceRowPages(w *app.AdviceWall) govuk.Pagination {
	p := govuk.Pages(w.Filter.Rows, w.RowPages, func(page int) string {
		f := onAdvice(w.Filter)
		f.Rows = page
		return adviceLink(f)
	})
	p.Label = "Pages of settings"
	return p
}

// advicePages leads through the list.
func advicePages(w *app.AdviceWall) govuk.Pagination {
	return govuk.Pages(w.Filter.Page, w.Pages, func(page int) string {
		f := w.Filter
		f.Page = page
		return adviceLink(f)
	})
}
