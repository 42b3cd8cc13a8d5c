package staff

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"weald/domain/analysis"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/chart"
	"weald/internal/web/govuk"
)

const analysisPart = "/returns/analysis"

// longSection is how many rows of a section a page shows; a file has them all.
const longSection = 20

// An analysisView is the analysis of a return under a filter.
type analysisView struct {
	*app.Counted
	Years  []int
	View   *analysis.View
	Filter analysis.Filter

	Shown    []app.NamedChild // on this page, of the row that is listed
	Children int              // on all pages
	Page     int
}

// Analysis shows the return that the record makes from every side, each figure
// leading to its children.
func (p *Pages) Analysis(w http.ResponseWriter, r *http.Request) error {
	v, err := p.analysis(r)
	if err != nil {
		return err
	}
	if v.Filter.Section != "" {
		all, err := p.Figures.Children(r.Context(), UserOf(r.Context()), v.Counted.Analysis.Ids(&v.Filter))
		if err != nil {
			return err
		}
		v.Children = len(all)
		page, _ := strconv.Atoi(r.URL.Query().Get("page"))
		v.Shown, v.Page = pageOf(all, page)
	}
	return show(w, r, http.StatusOK, analysisPage(p.frame(UserOf(r.Context()), "Analysis", returnsPart), v))
}

func (p *Pages) analysis(r *http.Request) (*analysisView, error) {
	q := r.URL.Query()
	counted, err := p.Figures.Of(r.Context(), UserOf(r.Context()), yearAsked(q, p.Figures), q.Has("again"))
	if err != nil {
		return nil, err
	}
	v := &analysisView{Counted: counted, Years: p.Figures.ReturnYears(), Filter: readAnalysisFilter(q)}
	v.View = counted.Analysis.View(&v.Filter)
	return v, nil
}

func readAnalysisFilter(q url.Values) analysis.Filter {
	f := analysis.Filter{Attributes: map[string]string{}, WithoutH: q.Get("h") == "out"}
	for _, key := range analysis.Attributes {
		if row := q.Get(key); row != "" {
			f.Attributes[key] = row
		}
	}
	if section := q.Get("show"); slices.ContainsFunc(analysis.Sections, func(s analysis.Section) bool { return s.Key == section }) {
		f.Section, f.Row = section, cmp.Or(q.Get("row"), "All")
	}
	return f
}

// link is the address of the page with a row listed; "" lists none. More are
// further attributes to pick by.
func (v *analysisView) link(section, row string, page int, more ...string) string {
	chosen := []string{"year", strconv.Itoa(v.Header.Year)}
	for _, key := range analysis.Attributes {
		chosen = append(chosen, key, v.Filter.Attributes[key])
	}
	if v.Filter.WithoutH {
		chosen = append(chosen, "h", "out")
	}
	if section != "" {
		chosen = append(chosen, "show", section, "row", row)
	}
	if page > 1 {
		chosen = append(chosen, "page", strconv.Itoa(page))
	}
	link := address(analysisPart, append(chosen, more...)...)
	if section != "" {
		link += "#list"
	}
	return link
}

func (v *analysisView) chosen() bool { return len(v.Filter.Attributes) > 0 || v.Filter.WithoutH }

func (v *analysisView) pages() govuk.Pagination {
	return govuk.Pages(v.Page, (v.Children+annexaPerPage-1)/annexaPerPage, func(page int) string { return v.link(v.Filter.Section, v.Filter.Row, page) })
}

// options are the rows by which people may be picked.
func (v *analysisView) options(key, all string) []govuk.Option {
	list := []govuk.Option{{Text: all}}
	for _, row := range v.Counted.Analysis.Rows(key) {
		list = append(list, govuk.Option{Value: row, Text: v.label(key, row)})
	}
	if chosen := v.Filter.Attributes[key]; chosen != "" && !slices.ContainsFunc(list, func(o govuk.Option) bool { return o.Value == chosen }) {
		list = append(list, govuk.Option{Value: chosen, Text: chosen})
	}
	return list
}

func section(key string) *analysis.Section {
	i := slices.IndexFunc(analysis.Sections, func(s analysis.Section) bool { return s.Key == key })
	return &analysis.Sections[i]
}

// headlines are the figures at the top of the page.
var headlines = []struct{ key, words string }{
	{"people", "people in the return"}, {"requested", "requests in the year"}, {"assessed", "assessments concluded"}, {"issued", "plans started"}, {"ceased", "plans ceased"}, {"in-force", "plans in force"},
}

// sections are those that have a table of their own: the others are headlines or
// stand in the breakdowns.
func (v *analysisView) sections() (list []*analysis.Section) {
	for i := range analysis.Sections {
		s := &analysis.Sections[i]
		if !slices.Contains(analysis.Groups, s.Key) && s.Key != "sex" && s.Key != "age" && s.Key != "ethnicity" {
			list = append(list, s)
		}
	}
	return list
}

// drawn are the sections of which a picture is drawn.
var drawn = []string{"request-outcome", "conversion", "reason", "open-length", "closed-length", "reviewed", "need", "start-year"}

func (v *analysisView) picture(s *analysis.Section) *chart.Bars {
	rows := v.rows(s)
	if !slices.Contains(drawn, s.Key) || len(rows) == 0 {
		return nil
	}
	c := &chart.Bars{ID: s.Key, Title: s.Title, Words: s.Words + " The table beside has the same figures."}
	for _, row := range rows {
		c.Bars = append(c.Bars, chart.Bar{Label: row.Label, Value: float64(row.N), Text: number(row.N)})
	}
	return c
}

func (v *analysisView) rows(s *analysis.Section) []analysis.Count {
	rows := v.View.Sections[s.Key]
	return rows[:min(len(rows), longSection)]
}

// more says how many rows of a section are not shown.
func (v *analysisView) more(s *analysis.Section) int {
	return max(0, len(v.View.Sections[s.Key])-longSection)
}

// sectionTable is a section's rows, every figure a link to its children.
func (v *analysisView) sectionTable(s *analysis.Section) govuk.Table {
	t := govuk.Table{Caption: s.Title, CaptionHidden: true, RowHeadings: true, Head: []govuk.Heading{{Text: s.Title}, {Text: capital(s.Unit), Numeric: true}}}
	whole := v.View.Totals[s.Key]
	shares := s.Key != "conversion" && s.Key != "several" && whole > 0
	if shares {
		t.Head = append(t.Head, govuk.Heading{Text: "%", Numeric: true})
	}
	for _, row := range v.rows(s) {
		cells := []govuk.Cell{{Text: v.label(s.Key, row.Label)}, figure(row.N, v.link(s.Key, row.Label, 0), v.Filter.Section == s.Key && v.Filter.Row == row.Label)}
		if shares {
			cells = append(cells, govuk.Cell{Text: strconv.FormatFloat(100*float64(row.N)/float64(whole), 'f', 1, 64), Numeric: true})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// label is a row in words: a setting with its name, if the record has it.
func (v *analysisView) label(section, row string) string {
	if urn, ok := strings.CutPrefix(row, "URN "); ok && section == "setting" && v.Settings[urn] != "" {
		return v.Settings[urn] + ", " + row
	}
	return row
}

// breakdown is every group by one attribute.
func (v *analysisView) breakdown(attribute string) govuk.Table {
	s := section(attribute)
	t := govuk.Table{Caption: "Everything by " + lowerFirst(s.Title), CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: s.Title}}}
	for _, h := range headlines {
		t.Head = append(t.Head, govuk.Heading{Text: capital(h.words), Numeric: true})
	}
	for _, row := range v.View.Sections[attribute] {
		cells := []govuk.Cell{{Text: row.Label}}
		for _, h := range headlines {
			n := 0
			for _, one := range v.View.Broken[h.key][attribute] {
				if one.Label == row.Label {
					n = one.N
				}
			}
			cells = append(cells, figure(n, v.link(h.key, "All", 0, attribute, row.Label), false))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (v *analysisView) boxes() chart.Boxes {
	c := chart.Boxes{ID: "waits", Title: "How long it took, and how long it has taken", Unit: "days", Words: "Each box is the middle half of the cases, the line in it the middle one; the thin line runs from the shortest to the longest. The table that follows has every figure."}
	for _, s := range v.View.Spreads {
		c.Boxes = append(c.Boxes, chart.Box{Label: s.Title, Least: float64(s.Least), Lower: float64(s.Lower), Median: float64(s.Median), Upper: float64(s.Upper), Most: float64(s.Most), None: s.N == 0})
	}
	return c
}

// waits is the spreads as a table.
func (v *analysisView) waits() govuk.Table {
	t := govuk.Table{Caption: "How long, in days", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Wait"}, {Text: "Cases", Numeric: true}, {Text: "Shortest", Numeric: true},
		{Text: "A quarter by", Numeric: true}, {Text: "Half by", Numeric: true}, {Text: "Three quarters by", Numeric: true}, {Text: "Longest", Numeric: true}, {Text: "Mean", Numeric: true}}}
	for _, s := range v.View.Spreads {
		row := []govuk.Cell{{Text: s.Title}, {Text: number(s.N), Numeric: true}}
		for _, n := range []int{s.Least, s.Lower, s.Median, s.Upper, s.Most} {
			row = append(row, govuk.Cell{Text: orDash(number(n), s.N > 0), Numeric: true})
		}
		t.Rows = append(t.Rows, append(row, govuk.Cell{Text: orDash(fmt.Sprintf("%.1f", float64(s.Mean)/10), s.N > 0), Numeric: true}))
	}
	return t
}

// childrenTable lists the children behind a figure.
func (v *analysisView) childrenTable() govuk.Table {
	t := govuk.Table{Caption: "Children behind the figure", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("Child", "Reference", "Born")}
	for _, c := range v.Shown {
		when := "Not recorded"
		if !c.Born.IsZero() {
			when = c.Born.Words()
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Content: govuk.Write(func(w *govuk.Writer) { w.Link("/cases/"+string(c.ID), c.Name) })}, {Text: c.Reference}, {Text: when}})
	}
	return t
}

// shownWords names the row that is listed.
func (v *analysisView) shownWords() string {
	words := section(v.Filter.Section).Title
	if v.Filter.Row != "All" {
		words += ": " + v.label(v.Filter.Section, v.Filter.Row)
	}
	return words
}

var analysisColumns = []sheet.Column{{Title: "Section", Width: 44}, {Title: "Figure", Width: 50}, {Title: "Number"}, {Title: "Of what", Width: 14}, {Title: "How it is counted", Width: 80}}

// AnalysisFile gives every figure under the filter as a spreadsheet.
func (p *Pages) AnalysisFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := p.analysis(r)
		if err != nil {
			return err
		}
		if err := p.Figures.FiguresOut(r.Context(), UserOf(r.Context()), "the analysis", v.Header.Year, string(kind)); err != nil {
			return err
		}
		var rows [][]any
		for i := range analysis.Sections {
			s := &analysis.Sections[i]
			for _, row := range v.View.Sections[s.Key] {
				rows = append(rows, []any{s.Title, v.label(s.Key, row.Label), row.N, s.Unit, s.Words})
			}
		}
		for _, g := range headlines {
			for _, by := range []string{"sex", "age", "ethnicity"} {
				for _, row := range v.View.Broken[g.key][by] {
					rows = append(rows, []any{capital(g.words) + " by " + by, row.Label, row.N, section(g.key).Unit, section(g.key).Words})
				}
			}
		}
		for _, s := range v.View.Spreads {
			for i, n := range []int{s.N, s.Least, s.Lower, s.Median, s.Upper, s.Most} {
				rows = append(rows, []any{s.Title, []string{"Cases", "Shortest", "A quarter by", "Half by", "Three quarters by", "Longest"}[i], n, []string{"cases", "days"}[min(i, 1)], s.Words})
			}
		}
		return SendSheet(w, kind, fmt.Sprintf("analysis %d", v.Header.Year), analysisColumns, len(rows), func(i int) []any { return rows[i] })
	}
}
