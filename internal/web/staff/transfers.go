package staff

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

const transfersPart = "/transfers"

// Transfers shows the moves between phases of education of one year: how far
// each has come, and what is late.
func (p *Pages) Transfers(w http.ResponseWriter, r *http.Request) error {
	b, err := p.Casework.Transfers(r.Context(), UserOf(r.Context()), readTransferFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, transfersPage(p.frame(UserOf(r.Context()), "Phase transfers", transfersPart), b))
}

// readTransferFilter reads the board's address. A year that is none is the
// coming one.
func readTransferFilter(q url.Values) app.TransferFilter {
	f := app.TransferFilter{Officer: q.Get("officer"), Team: q.Get("team"), District: q.Get("district"), Kind: q.Get("kind"), Step: q.Get("step")}
	if year, err := strconv.Atoi(q.Get("year")); err == nil && year >= 2014 && year < 2200 { // since the Act, and as far as days are counted
		f.Cycle = year
	}
	if !slices.ContainsFunc(app.MoveKinds[:], func(k app.MoveKind) bool { return k.Name == f.Kind }) {
		f.Kind = ""
	}
	if moveStepLabel(f.Step) == "" {
		f.Step = ""
	}
	f.Page, _ = strconv.Atoi(q.Get("page"))
	return f
}

// moveStepLabel names a column of the board, in the head of its list.
func moveStepLabel(step string) string {
	switch step {
	case app.MovesAll:
		return "all"
	case app.MovesLate:
		return "late"
	case app.MovesUnrecorded:
		return "no move recorded"
	}
	for _, s := range app.MoveSteps {
		if s.Name == step {
			return lowerFirst(s.Label)
		}
	}
	return ""
}

// transfersLink is the address of the board, and of its list when there is one.
func transfersLink(f app.TransferFilter) string {
	year, page := "", ""
	if f.Cycle != 0 {
		year = strconv.Itoa(f.Cycle)
	}
	if f.Page > 1 {
		page = strconv.Itoa(f.Page)
	}
	link := address(transfersPart, "year", year, "officer", f.Officer, "team", f.Team, "district", f.District, "kind", f.Kind, "step", f.Step, "page", page)
	if f.Step != "" {
		link += "#list"
	}
	return link
}

// transfersChosen is a filter without the year and what is listed of it.
func transfersChosen(f app.TransferFilter) app.TransferFilter {
	return app.TransferFilter{Officer: f.Officer, Team: f.Team, District: f.District}
}

// inYear is the board of another year.
func inYear(f app.TransferFilter, year string) app.TransferFilter {
	f.Cycle, _ = strconv.Atoi(year)
	return f
}

// withMoves lists a step of a kind of move.
func withMoves(f app.TransferFilter, kind, step string) app.TransferFilter {
	f.Kind, f.Step, f.Page = kind, step, 0
	return f
}

// transfersTable is the board, every figure a link to its children. A row that
// has nothing is left out, unless almost every child makes that move.
func transfersTable(b *app.TransferBoard) govuk.Table {
	t := govuk.Table{Caption: "Moves by kind and by how far they have come", CaptionHidden: true, Scroll: true, RowHeadings: true}
	t.Head = []govuk.Heading{{Text: "Move"}, {Text: "Last day"}}
	for _, s := range app.MoveSteps {
		t.Head = append(t.Head, govuk.Heading{Text: s.Label, Numeric: true})
	}
	t.Head = append(t.Head, govuk.Heading{Text: "All", Numeric: true}, govuk.Heading{Text: "Late now", Numeric: true}, govuk.Heading{Text: "Not recorded", Numeric: true})
	row := func(name, kind string, last govuk.Cell, n *app.MoveCount) {
		cells := []govuk.Cell{{Text: name}, last}
		cell := func(count int, step string) {
			cells = append(cells, figure(count, transfersLink(withMoves(b.Filter, kind, step)), b.Filter.Kind == kind && b.Filter.Step == step))
		}
		for i, count := range n.Steps {
			cell(count, app.MoveSteps[i].Name)
		}
		if named := len(cells) - 1; n.NamedLate > 0 {
			cells[named].Content = namedLate(cells[named].Content, n.NamedLate)
		}
		cell(n.Total, app.MovesAll)
		cell(n.Late, app.MovesLate)
		cell(n.Unrecorded, app.MovesUnrecorded)
		t.Rows = append(t.Rows, cells)
	}
	for i := range b.Kinds {
		n := &b.Kinds[i]
		if n.Total == 0 && n.Unrecorded == 0 && !usual[n.Kind.Name] {
			continue
		}
		last := govuk.Cell{Text: "5 months before"}
		if !n.Due.IsZero() {
			last = govuk.Cell{Content: lastDay(b, n.Due)}
		}
		row(n.Kind.Label, n.Kind.Name, last, n)
	}
	row("All moves", "", govuk.Cell{Text: ""}, &b.Total)
	return t
}

// usual are the moves that almost every child makes.
var usual = map[string]bool{"early-years": true, "secondary": true, "post-16": true}

// stillToName counts the moves between schools, and those to a setting for
// over-16s, whose next setting is not named.
func stillToName(b *app.TransferBoard) (school, post16 int) {
	for i := range b.Kinds {
		n := &b.Kinds[i]
		open := n.Total - n.Steps[len(n.Steps)-1]
		switch n.Due {
		case b.School:
			school += open
		case b.Post16:
			post16 += open
		}
	}
	return school, post16
}

// transfersListed says what the list below the board is of.
func transfersListed(f app.TransferFilter) string {
	name := "All moves"
	for _, k := range app.MoveKinds {
		if k.Name == f.Kind {
			name = k.Label
		}
	}
	if f.Kind == "" && f.Step == app.MovesAll {
		return name
	}
	return name + ": " + moveStepLabel(f.Step)
}

// transferRows is the list as a table.
func transferRows(b *app.TransferBoard) govuk.Table {
	t := govuk.Table{Caption: transfersListed(b.Filter), CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Move", "Last day", "What the record says", "Who has it")}
	for i := range b.Rows {
		r := &b.Rows[i]
		last := govuk.Cell{Text: "–"}
		if r.Move != nil {
			last = govuk.Cell{Content: moveDue(r)}
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Content: childCell(r.Line, r.Reference, r.Stage.Label())}, {Content: moveWhat(r)}, last, {Content: moveSaid(b, r)}, {Content: ownerCell(r.Line, r.Who)}})
	}
	return t
}

// transferPages leads through the list.
func transferPages(b *app.TransferBoard) govuk.Pagination {
	return govuk.Pages(b.Filter.Page, b.Pages, func(page int) string {
		f := b.Filter
		f.Page = page
		return transfersLink(f)
	})
}

// moveReason says what has been done for a move and what is not recorded, the
// furthest step first.
func moveReason(m *app.Move) string {
	setting := m.Setting
	if setting == "" {
		setting = "A setting, whose name is not recorded,"
	}
	switch {
	case !m.Open() && m.Kept:
		return "It was decided on " + m.Done.Words() + " to keep the plan, which is taken to name the next setting."
	case !m.Open():
		return "The amended plan was issued on " + m.Done.Words() + "."
	case !m.Notice.IsZero():
		return "An amendment notice was sent on " + m.Notice.Words() + ". No amended plan is recorded as issued."
	case !m.Consulted.IsZero():
		return setting + " was consulted on " + m.Consulted.Words() + ". No amended plan is recorded as issued."
	case !m.Review.IsZero():
		return "A review meeting was held on " + m.Review.Words() + ". No consultation of a setting is recorded."
	default:
		return "No review meeting is recorded since " + m.Since().Words() + "."
	}
}

// yearChoices are the years of moves, with how many there are in each.
func yearChoices(b *app.TransferBoard) (list []govuk.Option) {
	for _, o := range b.Cycles {
		list = append(list, govuk.Option{Value: o.Value, Text: o.Label + " (" + number(o.Children) + ")"})
	}
	return list
}

// daysTo says how far a last day is, before the day itself.
func daysTo(today, last calendar.Date) string {
	switch days := today.DaysUntil(last); {
	case days < 0:
		return "The last day was"
	case days == 0:
		return "Today is the last day,"
	default:
		return counted(days, "day", "days") + " to"
	}
}

// daysAway says how far a last day is.
func daysAway(today, last calendar.Date) string {
	switch days := today.DaysUntil(last); {
	case days < 0:
		return counted(-days, "day", "days") + " ago"
	case days == 0:
		return "today"
	default:
		return "in " + counted(days, "day", "days")
	}
}
