package staff

import (
	"net/http"
	"net/url"
	"strconv"

	"weald/calendar"
	"weald/domain/measure"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

// Behind lists the children behind a figure of a measure.
func (p *Pages) Behind(w http.ResponseWriter, r *http.Request) error {
	asked := readBehind(r)
	b, err := p.Measures.Behind(r.Context(), UserOf(r.Context()), asked)
	if err != nil {
		return err
	}
	page := p.frame(UserOf(r.Context()), "Children behind "+b.Code, boardPart)
	page.Breadcrumbs = []govuk.Link{{Text: "Measures", Href: boardPart}, {Text: b.Title, Href: behindLink("/board/measures/"+b.Code, asked, "group", "", "only", "", "page", "")}, {Text: "Children"}}
	return show(w, r, http.StatusOK, behindPage(page, b, asked))
}

// readBehind reads what is wanted from an address. A day that is none, or a word
// that is no choice, counts as not said.
func readBehind(r *http.Request) app.BehindAsked {
	q := r.URL.Query()
	day := func(name string) calendar.Date { d, _ := calendar.Parse(q.Get(name)); return d }
	a := app.BehindAsked{Code: r.PathValue("measure"), Group: q.Get("group"), Page: 1}
	a.Span, a.On, a.Known, a.Cut = measure.Span(q.Get("span")), day("on"), day("known"), measure.Cut(q.Get("cut"))
	if a.Span.Words() == "" {
		a.Span = ""
	}
	if only := app.Only(q.Get("only")); only == app.OnlyCounted || only == app.OnlyMissed {
		a.Only = only
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 {
		a.Page = n
	}
	return a
}

// behindLink is the address of a page that is asked the same, with some things
// chosen otherwise.
func behindLink(page string, a app.BehindAsked, more ...string) string {
	q := url.Values{}
	set := func(name, value string) {
		q.Del(name)
		if value != "" {
			q.Set(name, value)
		}
	}
	set("span", string(a.Span))
	set("cut", string(a.Cut))
	set("group", a.Group)
	set("only", string(a.Only))
	if !a.On.IsZero() {
		set("on", a.On.String())
	}
	if !a.Known.IsZero() {
		set("known", a.Known.String())
	}
	for i := 0; i+1 < len(more); i += 2 {
		set(more[i], more[i+1])
	}
	if len(q) == 0 {
		return page
	}
	return page + "?" + q.Encode()
}

func behindSelf(b *app.Behind) string { return "/measures/" + b.Code + "/children" }

// behindWhat says what a row is of the figure.
func behindWhat(b *app.Behind, r *app.BehindRow) string {
	switch {
	case b.State() && b.Share():
		switch {
		case r.Num && r.Den:
			return "Both days"
		case r.Num:
			return "More than a year before"
		}
		return "Only a year before"
	case !b.Share():
		return "Since " + r.First.Words()
	case r.Num && r.Den:
		return "Counted"
	case r.Num:
		return "In the numerator"
	case b.Within():
		return "Not counted"
	}
	return "In the denominator"
}

func behindRows(b *app.Behind) govuk.Table {
	t := govuk.Table{Caption: "What stands behind the figure", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Day", "In the figure", "Stage", "Who has it")}
	if b.State() {
		t.Head[1].Text = "From"
	}
	for i := range b.Rows {
		r := &b.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: childCell(r.Line, r.Reference, born(r.Line))}, {Text: r.First.Words()}, {Text: behindWhat(b, r)}, {Text: r.Stage.Label()}, {Content: ownerCell(r.Line, r.Who)}})
	}
	return t
}

// behindOnly offers to see only some: what was missed, most of all.
func behindOnly(b *app.Behind, a app.BehindAsked) (list []govuk.Option) {
	return []govuk.Option{{Value: "", Text: "Everything in the figure"}, {Value: string(app.OnlyCounted), Text: "Only the numerator"}, {Value: string(app.OnlyMissed), Text: "Only what the numerator leaves out"}}
}

var behindColumns = withChild(sheet.Column{Title: "Measure"}, sheet.Column{Title: "From", Width: 11}, sheet.Column{Title: "To", Width: 11},
	sheet.Column{Title: "In the numerator"}, sheet.Column{Title: "In the denominator"}, sheet.Column{Title: "Setting", Width: 30})

// BehindFile gives all that stands behind a figure as a spreadsheet.
func (p *Pages) BehindFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		b, err := p.Measures.BehindOut(r.Context(), UserOf(r.Context()), readBehind(r), string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "children behind "+b.Code, behindColumns, len(b.Rows), func(i int) []any {
			r := &b.Rows[i]
			return append(childCells(r.Line, r.Who), b.Code, r.First, r.Last, r.Num, r.Den, r.Place)
		})
	}
}
