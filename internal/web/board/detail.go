package board

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/measure"
	"weald/internal/sheet"
	"weald/internal/web/chart"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// Detail shows one measure: what it means, how it goes, among whom and beside
// whom.
func (p *Pages) Detail(w http.ResponseWriter, r *http.Request) error {
	u := face.UserOf(r.Context())
	v := read(r.URL.Query())
	d, err := p.Figures.Detail(r.Context(), u, r.PathValue("measure"), v.Asked)
	if err != nil {
		return err
	}
	v.Asked.With, v.Asked.Cut = d.Asked.With, d.Cut
	page := p.Frame(u, d.Title, Part)
	page.Errors = v.Form.Errors
	page.Breadcrumbs = []govuk.Link{{Text: "Measures", Href: link(Part, measure.Asked{Span: v.Asked.Span, On: v.Asked.On, Known: v.Asked.Known})}, {Text: d.Title}}
	return face.Show(w, r, http.StatusOK, detailPage(page, v, d, p.Figures.HiddenWords()))
}

// control is the measure's chart.
func control(d *measure.Detail) chart.Control {
	c := chart.Control{ID: "control", Title: d.Title + ", month by month", Unit: unitSign(d)}
	for _, p := range d.Chart.Points {
		c.Dots = append(c.Dots, chart.Dot{Value: p.Value.Figure(), None: !p.Value.Known(), Marked: p.Signal != measure.NoSignal})
	}
	for _, s := range d.Chart.Stretches {
		c.Limits = append(c.Limits, chart.Limit{From: s.From, To: s.To, Mean: s.Mean, Upper: s.Upper, Lower: s.Lower, Enough: s.Enough})
	}
	if n := len(d.Chart.Points); n > 0 {
		c.First, c.Last = month(d.Chart.Points[0].Period), month(d.Chart.Points[n-1].Period)
	}
	c.Words = limitWords(d) + " Diamonds are months that are more than chance. The table that follows has every figure."
	return c
}

func unitSign(d *measure.Detail) string {
	if d.Share() {
		return "%"
	}
	return ""
}

// month names a point in time: a month, or the last day of what another system
// counted over longer.
func month(p calendar.Period) string {
	if of, _ := measure.Month.Of(p.Last); of != p {
		return "to " + p.Last.Words()
	}
	return measure.Month.Name(p)
}

// timeHeading is what the chart over time is called.
func timeHeading(d *measure.Detail) string {
	if d.Brought != nil {
		return "Over time"
	}
	return "Month by month"
}

// limitWords says what the mean and the limits are.
func limitWords(d *measure.Detail) string {
	if len(d.Chart.Stretches) == 0 {
		return "There are no months to show."
	}
	s := d.Chart.Stretches[len(d.Chart.Stretches)-1]
	sign := unitSign(d)
	if !s.Enough {
		return "There are too few months with something to count to tell signal from noise."
	}
	return fmt.Sprintf("The mean is %s. Between %s and %s a month may be chance.", decimal(s.Mean)+sign, decimal(s.Lower)+sign, decimal(s.Upper)+sign)
}

func decimal(f float64) string { return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0") }

// monthsTable is the chart's figures, the latest first.
func monthsTable(d *measure.Detail) govuk.Table {
	t := govuk.Table{Caption: d.Title + ", month by month", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "When"}, {Text: "Value", Numeric: true}}}
	if d.Share() {
		t.Head = append(t.Head, govuk.Heading{Text: "Numerator", Numeric: true}, govuk.Heading{Text: "Denominator", Numeric: true})
	}
	t.Head = append(t.Head, govuk.Heading{Text: "Signal or noise"})
	for i := len(d.Chart.Points) - 1; i >= 0; i-- {
		p := d.Chart.Points[i]
		row := []govuk.Cell{{Text: month(p.Period)}, {Text: p.Value.Text(), Numeric: true}}
		if d.Share() {
			row = append(row, govuk.Cell{Text: measure.Number(p.Value.Num), Numeric: true}, govuk.Cell{Text: measure.Number(p.Value.Den), Numeric: true})
		}
		words := ""
		if p.Signal != measure.NoSignal {
			words = capital(p.Signal.Words())
		}
		t.Rows = append(t.Rows, append(row, govuk.Cell{Text: words}))
	}
	return t
}

// groupsTable is the measure in each group of the cut.
func groupsTable(d *measure.Detail, a measure.Asked) govuk.Table {
	t := govuk.Table{Caption: d.Title + " by " + d.Cut.Words(), CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: capital(d.Cut.Words())}, {Text: "Value", Numeric: true}}}
	if d.Share() {
		t.Head = append(t.Head, govuk.Heading{Text: "Numerator", Numeric: true}, govuk.Heading{Text: "Denominator", Numeric: true})
	}
	if d.Funnel != nil {
		t.Head = append(t.Head, govuk.Heading{Text: "Beside the whole"})
	}
	if d.Names {
		t.Head = append(t.Head, govuk.Heading{Text: "Children"})
	}
	for _, g := range d.Groups {
		row := []govuk.Cell{{Text: g.Label}}
		if g.Hidden {
			row = append(row, govuk.Cell{Text: "hidden", Numeric: true})
			for len(row) < len(t.Head) {
				row = append(row, govuk.Cell{})
			}
			t.Rows = append(t.Rows, row)
			continue
		}
		row = append(row, govuk.Cell{Text: g.Value.Text(), Numeric: true})
		if d.Share() {
			row = append(row, govuk.Cell{Text: measure.Number(g.Value.Num), Numeric: true}, govuk.Cell{Text: measure.Number(g.Value.Den), Numeric: true})
		}
		if d.Funnel != nil {
			row = append(row, govuk.Cell{Text: outsideWords(g.Outside)})
		}
		if d.Names {
			row = append(row, govuk.Cell{Content: openLink(opened(d.Code, a, "cut", string(d.Cut), "group", g.Key), "Open", g.Label)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func outsideWords(outside int) string {
	switch {
	case outside > 0:
		return "Above what chance allows"
	case outside < 0:
		return "Below what chance allows"
	}
	return "Within chance"
}

// funnel is the groups by size.
func funnel(d *measure.Detail) chart.Funnel {
	c := chart.Funnel{ID: "funnel", Title: d.Title + " by " + d.Cut.Words() + " and size", Of: "counted", Mean: d.Funnel.Mean, Limits: d.Funnel.Limits}
	var outside []string
	for _, g := range d.Groups {
		if g.Hidden || g.Value.Den == 0 {
			continue
		}
		c.Groups = append(c.Groups, chart.Group{Label: g.Label, Size: g.Value.Den, Value: g.Value.Figure(), Marked: g.Outside != 0})
		if g.Outside != 0 {
			outside = append(outside, g.Label)
		}
	}
	c.Words = fmt.Sprintf("The whole is %s%%. Between the dashed lines chance alone may put a group of its size; a small group varies more.", decimal(d.Funnel.Mean))
	if len(outside) > 0 {
		c.Words += " Outside them, as diamonds: " + strings.Join(outside, ", ") + "."
	} else {
		c.Words += " No group is outside them."
	}
	return c
}

// benchmarkBars is published figures side by side, the area's own first.
func benchmarkBars(d *measure.Detail, i int) chart.Bars {
	b := d.Benchmarks[i]
	c := chart.Bars{ID: "benchmark" + strconv.Itoa(i), Title: d.Title + ", as published", Words: "Published of " + b.When + ": " + b.Basis + ". The table that follows has every figure."}
	for _, r := range b.Rows {
		short, _, _ := strings.Cut(r.Text, " (")
		c.Bars = append(c.Bars, chart.Bar{Label: r.Where, Value: max(0, r.Figure), Text: short, Mark: r.Own})
	}
	return c
}

func benchmarkTable(d *measure.Detail, i int) govuk.Table {
	b := d.Benchmarks[i]
	t := govuk.Table{Caption: "Published of " + b.When + ": " + b.Basis, CaptionHidden: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Where"}, {Text: b.When, Numeric: true}}}
	for _, r := range b.Rows {
		text := r.Text
		if text == "" {
			text = "not published"
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: r.Where}, {Text: text, Numeric: true}})
	}
	return t
}

func placeOptions(d *measure.Detail) []govuk.Option {
	list := []govuk.Option{{Value: "England", Text: "England only"}}
	for _, p := range d.With {
		list = append(list, govuk.Option{Value: p.Number, Text: p.Name})
	}
	return list
}

func cutOptions(d *measure.Detail) (list []govuk.Option) {
	for _, c := range measure.Cuts {
		if c != measure.BySetting || d.Names {
			list = append(list, govuk.Option{Value: string(c), Text: capital(c.Words())})
		}
	}
	return list
}

// meaning is the definition in full.
func meaning(d *measure.Detail) govuk.SummaryList {
	var list govuk.SummaryList
	add := func(key, value string) {
		if value != "" {
			list.Rows = append(list.Rows, govuk.SummaryRow{Key: key, Value: value})
		}
	}
	add("Counts", capital(d.Counts))
	if d.Of != "" {
		add("Of", capital(d.Of))
	}
	add("Which way is better", d.Better.Words())
	add("Kind", capital(string(d.Kind))+": "+d.Kind.Words())
	var over []string
	for _, s := range d.Over {
		over = append(over, s.Words())
	}
	add("Usually counted", capital(strings.Join(over, ", ")))
	add("Unit", capital(d.Unit))
	if d.Settles > 0 {
		add("Final", fmt.Sprintf("%d days after the period: until then, what is counted of it still changes", d.Settles))
	}
	if d.Source != "" {
		add("As defined in", d.Source)
	} else {
		add("As defined in", "The area’s own record")
	}
	var beside []string
	for _, code := range d.Definition.Beside {
		beside = append(beside, code+" "+measure.Coded(code).Title)
	}
	add("Stands beside", strings.Join(beside, "; "))
	add("Published before", d.Baseline)
	if d.Aim != "" {
		add("Limit in law, or published target", capital(d.Aim))
	} else {
		add("Limit in law, or published target", "None. The area must set its own")
	}
	add("Waits for", capitalOrNone(d.Waits))
	return list
}

func capitalOrNone(s string) string {
	if s == "" {
		return ""
	}
	return capital(s)
}

var detailColumns = []sheet.Column{
	{Title: "Code"}, {Title: "Measure", Width: 44}, {Title: "What", Width: 20}, {Title: "Of whom or when", Width: 34}, {Title: "From", Width: 11}, {Title: "To", Width: 11},
	{Title: "Value"}, {Title: "Unit"}, {Title: "Numerator"}, {Title: "Denominator"}, {Title: "Says", Width: 60},
}

// DetailFile gives one measure as a spreadsheet: its months, its groups and what
// was published.
func (p *Pages) DetailFile(kind sheet.Kind) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		u := face.UserOf(r.Context())
		d, err := p.Figures.Detail(r.Context(), u, r.PathValue("measure"), read(r.URL.Query()).Asked)
		if err != nil {
			return err
		}
		if err := p.Figures.Out(r.Context(), u, "measure "+d.Code, string(kind)); err != nil {
			return err
		}
		var rows [][]any
		row := func(what, whom string, over calendar.Period, v measure.Value, says string) {
			rows = append(rows, []any{d.Code, d.Title, what, whom, over.First, over.Last, cell(v), d.Unit, v.Num, denominator(v), says})
		}
		if d.Counted() || d.Brought != nil {
			row("The measure", d.Span.Name(d.Period), d.Period, d.Value, signalWords(&d.Shown))
			for _, b := range d.Shown.Beside {
				rows = append(rows, []any{b.Code, b.Title, "Beside it", b.Span.Name(b.Period), b.Period.First, b.Period.Last, cell(b.Value), b.Unit, b.Value.Num, denominator(b.Value), ""})
			}
			for _, pt := range d.Chart.Points {
				row("Month", month(pt.Period), pt.Period, pt.Value, string(pt.Signal))
			}
		}
		for _, g := range d.Groups {
			if g.Hidden {
				rows = append(rows, []any{d.Code, d.Title, "By " + d.Cut.Words(), g.Label, d.CutOver.First, d.CutOver.Last, nil, d.Unit, nil, nil, "hidden: " + p.Figures.HiddenWords()})
				continue
			}
			row("By "+d.Cut.Words(), g.Label, d.CutOver, g.Value, "")
		}
		for _, b := range d.Benchmarks {
			for _, c := range b.Rows {
				figure := any(nil)
				if c.Text != "" {
					figure = c.Figure
				}
				rows = append(rows, []any{d.Code, d.Title, "Published of " + b.When, c.Where, nil, nil, figure, d.Unit, nil, nil, c.Text + "; " + b.Basis})
			}
		}
		return p.Send(w, kind, "measure "+d.Code, detailColumns, len(rows), func(i int) []any { return rows[i] })
	}
}
