package staff

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"weald/domain/published"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const publishedPart = "/returns/published"

// A publishedView is one set of the department's figures, counted in the return
// of the record, beside what was published.
type publishedView struct {
	*app.Counted
	Years []int
	Area  string // the authority's number; "" none is chosen
	Set   string
}

// Published shows each measure of the department's release, recomputed from the
// return that the record makes, beside the published figures of an authority, its
// statistical neighbours and England.
func (p *Pages) Published(w http.ResponseWriter, r *http.Request) error {
	v, err := p.published(r)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, publishedPage(p.frame(UserOf(r.Context()), "Published figures", returnsPart), v))
}

func (p *Pages) published(r *http.Request) (*publishedView, error) {
	q := r.URL.Query()
	v := &publishedView{Years: p.Figures.ReturnYears()}
	counted, err := p.Figures.Of(r.Context(), UserOf(r.Context()), yearAsked(q, p.Figures), q.Has("again"))
	if err != nil {
		return nil, err
	}
	v.Counted = counted
	if v.Area = q.Get("area"); v.Area == "" && !q.Has("area") {
		v.Area = counted.Authority
	}
	if v.Area == published.England || published.Held.Name(v.Area) == "" {
		v.Area = ""
	}
	v.Set = published.Measures[0].Set
	for i := range published.Measures {
		if m := &published.Measures[i]; setKey(m.Set) == q.Get("set") {
			v.Set = m.Set
		}
	}
	return v, nil
}

// yearAsked is the year of the return that is asked for: the latest whose census
// day has come, if none is, or one that is not a number.
func yearAsked(q url.Values, f *app.Figures) int {
	if year, err := strconv.Atoi(q.Get("year")); err == nil {
		return year
	}
	return f.LatestReturn()
}

// setKey is a set's name in addresses.
func setKey(set string) string { return lowerFirst(set) }

func (v *publishedView) sets() (list []string) {
	for i := range published.Measures {
		if s := published.Measures[i].Set; !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

func (v *publishedView) link(set string) string {
	return address(publishedPart, "year", strconv.Itoa(v.Header.Year), "area", v.Area, "set", setKey(set))
}

func (v *publishedView) areas() []govuk.Option {
	list := []govuk.Option{{Value: "", Text: "England only"}}
	for _, area := range published.Held.Areas() {
		list = append(list, govuk.Option{Value: area, Text: published.Held.Name(area)})
	}
	return list
}

func yearOptions(years []int) (list []govuk.Option) {
	for _, y := range years {
		list = append(list, govuk.Option{Value: strconv.Itoa(y), Text: fmt.Sprintf("%d, events of %d", y, y-1)})
	}
	return list
}

// measures are the results of the set that is shown.
func (v *publishedView) measures() (list []*published.Result) {
	for i := range v.Results {
		if v.Results[i].Set == v.Set {
			list = append(list, &v.Results[i])
		}
	}
	return list
}

// sums are what should add up in the set that is shown.
func (v *publishedView) sums() (list []published.Sum) {
	for _, s := range published.Sums(v.Results.Column) {
		if slices.ContainsFunc(v.measures(), func(r *published.Result) bool {
			return slices.ContainsFunc(r.Figures, func(f published.Figure) bool { return f.Name != "" && slices.Contains(s.Identity.Parts, f.Name) })
		}) {
			list = append(list, s)
		}
	}
	return list
}

// middle is the middle percentage of an authority's neighbours; false if fewer
// than half have one.
func (v *publishedView) middle(m *published.Measure, column int) (string, bool) {
	var all []float64
	for _, n := range published.Held.Neighbours(v.Area) {
		if text, ok := published.Held.Percent(n, m, column); ok {
			if f, err := strconv.ParseFloat(text, 64); err == nil {
				all = append(all, f)
			}
		}
	}
	if len(all) < 5 {
		return "", false
	}
	slices.Sort(all)
	half := len(all) / 2
	if len(all)%2 == 0 {
		return strconv.FormatFloat((all[half-1]+all[half])/2, 'f', 1, 64), true
	}
	return strconv.FormatFloat(all[half], 'f', 1, 64), true
}

// beside reports whether the department published anything to lay beside a
// measure.
func beside(m *published.Measure) bool {
	return published.HasParts(m) || slices.ContainsFunc(m.Columns, func(c published.Column) bool { return c.Name != "" })
}

// sides are the areas that a measure is laid beside: breakdowns are held for
// England alone.
func (v *publishedView) sides(m *published.Measure) []string {
	if v.Area != "" && !published.HasParts(m) {
		return []string{v.Area, published.England}
	}
	return []string{published.England}
}

// publishedFigure is an area's figure of a column, in words, and its percentage.
func publishedFigure(area string, m *published.Measure, i int) (text string, ok bool, percent string, divided bool) {
	if n, whole, ok := published.Held.Part(m, i); ok && area == published.England {
		percent, divided = published.Percent(n, whole)
		return number(n), true, percent, divided
	}
	name := m.Columns[i].Name
	n, ok := published.Held.Figure(area, name)
	text = number(n)
	if mark := published.Held.Text(area, name); !ok && mark != "" {
		text, ok = mark, true // as the department marks it
	}
	percent, divided = published.Held.Percent(area, m, i)
	return text, ok, percent, divided
}

// measureTable is a measure's figures with the published ones beside.
func (v *publishedView) measureTable(r *published.Result) govuk.Table {
	t := govuk.Table{Caption: r.Title, CaptionHidden: true, Scroll: true, RowHeadings: true}
	head := []govuk.Heading{{Text: "Figure"}, {Text: "This return", Numeric: true}}
	percents := r.Of != ""
	if percents {
		head = append(head, govuk.Heading{Text: "%", Numeric: true})
	}
	sides := v.sides(r.Measure)
	if beside(r.Measure) {
		for _, side := range sides {
			head = append(head, govuk.Heading{Text: published.Held.Name(side), Numeric: true})
			if percents {
				head = append(head, govuk.Heading{Text: "%", Numeric: true})
			}
			if side == v.Area && percents {
				head = append(head, govuk.Heading{Text: "Neighbours’ middle %", Numeric: true})
			}
		}
		if percents {
			head = append(head, govuk.Heading{Text: "Difference, in points", Numeric: true})
		}
	}
	t.Head = head
	for i := range r.Figures {
		f := &r.Figures[i]
		if r.Average {
			weeks, ok := f.Weeks()
			t.Rows = append(t.Rows, []govuk.Cell{{Text: f.Label}, {Text: orDash(weeks+" weeks", ok), Numeric: true}})
			continue
		}
		t.Rows = append(t.Rows, v.measureRow(r, i, sides, percents))
	}
	return t
}

func orDash(s string, ok bool) string {
	if !ok {
		return "–"
	}
	return s
}

func (v *publishedView) measureRow(r *published.Result, i int, sides []string, percents bool) []govuk.Cell {
	f := &r.Figures[i]
	cell := func(text string, ok bool) govuk.Cell { return govuk.Cell{Text: orDash(text, ok), Numeric: true} }
	row := []govuk.Cell{{Text: f.Label}, {Text: number(f.Count), Numeric: true}}
	own, has := f.Percent()
	if percents {
		row = append(row, cell(own, has))
	}
	if !beside(r.Measure) {
		return row
	}
	against, known := "", false
	for _, side := range sides {
		text, ok, percent, divided := publishedFigure(side, r.Measure, i)
		row = append(row, cell(text, ok))
		if percents {
			row = append(row, cell(percent, divided))
			if divided && !known {
				against, known = percent, true
			}
			if side == v.Area {
				middle, ok := v.middle(r.Measure, i)
				row = append(row, cell(middle, ok))
			}
		}
	}
	if percents {
		difference, err := points(own, against)
		row = append(row, cell(difference, has && known && err == nil))
	}
	return row
}

// points is how far one percentage is from another.
func points(a, b string) (string, error) {
	x, err := strconv.ParseFloat(a, 64)
	if err != nil {
		return "", err
	}
	y, err := strconv.ParseFloat(b, 64)
	if err != nil {
		return "", err
	}
	if tenths := int((x-y)*10+1000.5) - 1000; tenths != 0 {
		return fmt.Sprintf("%+.1f", float64(tenths)/10), nil
	}
	return "0.0", nil
}

var publishedColumns = []sheet.Column{
	{Title: "Set", Width: 18}, {Title: "Measure", Width: 40}, {Title: "Figure", Width: 34}, {Title: "This return"}, {Title: "Of"}, {Title: "%"},
	{Title: "Published as", Width: 40}, {Title: "Authority"}, {Title: "Authority %"}, {Title: "Neighbours' middle %"}, {Title: "England"}, {Title: "England %"},
	{Title: "Definition", Width: 60}, {Title: "Confidence"}, {Title: "Source", Width: 40},
}

// PublishedFile gives every measure as a spreadsheet.
func (p *Pages) PublishedFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := p.published(r)
		if err != nil {
			return err
		}
		if err := p.Figures.FiguresOut(r.Context(), UserOf(r.Context()), "published measures", v.Header.Year, string(kind)); err != nil {
			return err
		}
		var rows [][]any
		for i := range v.Results {
			for j := range v.Results[i].Figures {
				rows = append(rows, v.fileRow(&v.Results[i], j))
			}
		}
		return SendSheet(w, kind, fmt.Sprintf("published figures %d", v.Header.Year), publishedColumns, len(rows), func(i int) []any { return rows[i] })
	}
}

func (v *publishedView) fileRow(r *published.Result, i int) []any {
	f := &r.Figures[i]
	percent := func(text string, ok bool) any {
		n, err := strconv.ParseFloat(text, 64)
		if !ok || err != nil {
			return nil
		}
		return n
	}
	count := func(area string) any {
		if n, ok := published.Held.Figure(area, f.Name); ok {
			return n
		}
		return published.Held.Text(area, f.Name)
	}
	whole := any(nil)
	if f.Whole > 0 {
		whole = f.Whole
	}
	own := percent(f.Percent())
	if r.Average {
		own = percent(f.Weeks())
	}
	return []any{r.Set, r.Title, f.Label, f.Count, whole, own, f.Name, count(v.Area), percent(published.Held.Percent(v.Area, r.Measure, i)), percent(v.middle(r.Measure, i)),
		count(published.England), percent(published.Held.Percent(published.England, r.Measure, i)), r.Definition, string(r.Confidence), r.Source}
}

// appealsTable is the published appeal rates, on both bases.
func (v *publishedView) appealsTable() govuk.Table {
	t := govuk.Table{Caption: "Appeals over decisions", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Where"}, {Text: "Appeals", Numeric: true},
		{Text: "Decisions", Numeric: true}, {Text: "%", Numeric: true}, {Text: "Decisions, base in development", Numeric: true}, {Text: "%", Numeric: true}}}
	areas := []string{published.England}
	if v.Area != "" {
		areas = slices.Concat([]string{v.Area}, published.Held.Neighbours(v.Area), areas)
	}
	for _, area := range areas {
		a, ok := published.Held.Appeals(area)
		if !ok {
			continue
		}
		rate, _ := published.Percent(a.Registered, a.Decisions)
		share := published.Held.Share(&published.Benchmarks("I018")[1], area)
		other, has := published.Percent(share.Num, share.Den)
		cell := func(text string, ok bool) govuk.Cell { return govuk.Cell{Text: orDash(text, ok), Numeric: true} }
		t.Rows = append(t.Rows, []govuk.Cell{{Text: published.Held.Name(area)}, cell(number(a.Registered), true), cell(number(a.Decisions), true), cell(rate, true), cell(number(a.Development), has), cell(other, has)})
	}
	return t
}
