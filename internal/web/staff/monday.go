package staff

import (
	"fmt"
	"net/http"
	"strconv"

	"weald/domain/measure"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const mondayPart = "/monday"

// Monday shows what stands at the beginning of a week.
func (p *Pages) Monday(w http.ResponseWriter, r *http.Request) error {
	m, err := p.Measures.Monday(r.Context(), UserOf(r.Context()))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, mondayPage(p.frame(UserOf(r.Context()), "Monday", mondayPart), m))
}

// A pileView is one list of Monday's page.
type pileView struct {
	app.Pile
	Rows  []app.MondayRow // one page
	Page  int             // from 1
	Pages int
}

// pileShown is how many children are on a page of a list.
const pileShown = 50

// MondayPile lists the children behind a figure of Monday's page.
func (p *Pages) MondayPile(w http.ResponseWriter, r *http.Request) error {
	pile, rows, err := p.Measures.MondayPile(r.Context(), UserOf(r.Context()), r.PathValue("pile"))
	if err != nil {
		return err
	}
	v := &pileView{Pile: pile, Page: 1, Pages: max(1, (len(rows)+pileShown-1)/pileShown)}
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil {
		v.Page = max(1, min(n, v.Pages))
	}
	from := (v.Page - 1) * pileShown
	v.Rows = rows[from:min(len(rows), from+pileShown)]
	page := p.frame(UserOf(r.Context()), pile.Title, mondayPart)
	page.Breadcrumbs = []govuk.Link{{Text: "Monday", Href: mondayPart}, {Text: pile.Title}}
	return show(w, r, http.StatusOK, mondayPilePage(page, v))
}

func pileLink(key string) string { return mondayPart + "/" + key }

var mondayColumns = withChild(sheet.Column{Title: "Duty"}, sheet.Column{Title: "What must be done", Width: 50}, sheet.Column{Title: "Due", Width: 11},
	sheet.Column{Title: "Of those alike, missed"}, sheet.Column{Title: "Of those alike, all"}, sheet.Column{Title: "Setting", Width: 30})

// MondayPileFile gives a list of Monday's page as a spreadsheet.
func (p *Pages) MondayPileFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		pile, rows, err := p.Measures.MondayPileOut(r.Context(), UserOf(r.Context()), r.PathValue("pile"), string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "monday "+pile.Key, mondayColumns, len(rows), func(i int) []any {
			r := &rows[i]
			cells := childCells(r.Line, r.Who)
			if r.Rule == nil {
				return append(cells, nil, nil, nil, nil, nil, r.Place)
			}
			missed, of := any(nil), any(nil)
			if r.Risk.Den > 0 {
				missed, of = r.Risk.Num, r.Risk.Den
			}
			return append(cells, r.Rule.Code, r.Rule.Duty, r.Due, missed, of, r.Place)
		})
	}
}

// weekWords says in which week the limits fall.
func weekWords(m *app.Monday) string {
	return fmt.Sprintf("Of them, %s within seven days, %s in the week after, %s in the third and %s in the fourth.", number(m.Weeks[0]), number(m.Weeks[1]), number(m.Weeks[2]), number(m.Weeks[3]))
}

// testWords says how often the forecast was right.
func testWords(t measure.Test) string {
	if t.All == 0 {
		return "There are no twelve weeks of limits before today to test the forecast on, so nobody knows yet how good it is."
	}
	return fmt.Sprintf("Tested on the twelve weeks before today, by what was known of each four weeks when they began: of %s named, %s were missed (%s); of %s that were missed, %s had been named (%s). Of %s limits in all, %s were called rightly.",
		counted(t.Named, "limit", "limits"), number(t.NamedMissed), t.Right().Text(), number(t.Missed), number(t.NamedMissed), t.Found().Text(), number(t.All), t.Sure().Text())
}

func answersTable(m *app.Monday) govuk.Table {
	t := govuk.Table{Caption: "What waits for an answer", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "What"}}}
	for _, band := range app.AnswerBands {
		t.Head = append(t.Head, govuk.Heading{Text: band, Numeric: true})
	}
	t.Head = append(t.Head, govuk.Heading{Text: "All", Numeric: true})
	for _, u := range m.Unanswered {
		row := []govuk.Cell{{Text: u.Title}}
		for _, one := range append(u.Ages[:len(u.Ages):len(u.Ages)], u.All) {
			row = append(row, figure(one.Children, pileLink(one.Key), false))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func pilesTable(caption, head string, piles []app.Pile) govuk.Table {
	t := govuk.Table{Caption: caption, CaptionHidden: true, RowHeadings: true, Head: []govuk.Heading{{Text: head}, {Text: "Children", Numeric: true}}}
	for _, p := range piles {
		t.Rows = append(t.Rows, []govuk.Cell{{Content: pileName(p)}, figure(p.Children, pileLink(p.Key), false)})
	}
	return t
}

func changesTable(m *app.Monday) govuk.Table {
	t := govuk.Table{Caption: "What changed", CaptionHidden: true, RowHeadings: true, Scroll: true,
		Head: []govuk.Heading{{Text: "What"}, {Text: "Since " + m.Since.Words(), Numeric: true}, {Text: "The week before", Numeric: true}}}
	for _, c := range m.Changed {
		if c.State {
			continue
		}
		link := address("/measures/"+c.Code+"/children", "span", string(c.Span), "on", c.On.String(), "only", onlyOf(c))
		t.Rows = append(t.Rows, []govuk.Cell{{Text: c.Title}, figure(c.Now, link, false), {Text: number(c.Before), Numeric: true}})
	}
	return t
}

func signed(n int) string {
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("%+d", n)
}

func onlyOf(c app.Change) string {
	if c.InNumerator {
		return string(app.OnlyCounted)
	}
	return ""
}

func statesTable(m *app.Monday) govuk.Table {
	t := govuk.Table{Caption: "What stands", CaptionHidden: true, RowHeadings: true, Scroll: true,
		Head: []govuk.Heading{{Text: "What"}, {Text: "Today", Numeric: true}, {Text: "End of " + m.Since.Words(), Numeric: true}, {Text: "Change", Numeric: true}}}
	for _, c := range m.Changed {
		if !c.State {
			continue
		}
		link := address("/measures/"+c.Code+"/children", "span", string(c.Span), "on", c.On.String())
		now := figure(c.Now, link, false)
		if !c.Opens {
			now = govuk.Cell{Text: number(c.Now), Numeric: true}
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: c.Title}, now, {Text: number(c.Before), Numeric: true}, {Text: signed(c.Now - c.Before), Numeric: true}})
	}
	return t
}

func pileRows(v *pileView) govuk.Table {
	t := govuk.Table{Caption: v.Title, CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("Child", "What", "Due", "Stage", "Who has it")}
	soon := v.Key == "soon"
	if soon {
		t.Head = append(t.Head, govuk.Heading{Text: "Of those alike, missed"})
	}
	for i := range v.Rows {
		r := &v.Rows[i]
		what, due := "", ""
		if r.Rule != nil {
			what, due = r.Rule.Duty, r.Due.Words()
		}
		row := []govuk.Cell{{Content: childCell(r.Line, r.Reference, born(r.Line))}, {Text: what}, {Text: due}, {Text: r.Stage.Label()}, {Content: ownerCell(r.Line, r.Who)}}
		if soon {
			row = append(row, govuk.Cell{Text: fmt.Sprintf("%s of %s", number(r.Risk.Num), number(r.Risk.Den))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func mondayOldest(m *app.Monday) govuk.Table {
	return oldestRows(&app.Pipeline{Today: m.Today, Oldest: m.Oldest})
}
