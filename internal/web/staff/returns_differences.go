package staff

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const differencesPart = "/returns/differences"

// A differencesView is how a return differs from that of the year before.
type differencesView struct {
	*app.Differed
	Years  []int
	Filter differenceFilter

	Count int // lines listed on all pages
	Shown []*app.Difference
	Page  int
}

// A differenceFilter says which lines are listed; its zero value, none.
type differenceFilter struct {
	Sort    string
	Element string
	Item    string
	Team    string
}

// Differences shows what the return says that the return before did not: who is
// new, who is gone, and what is said otherwise of the others.
func (p *Pages) Differences(w http.ResponseWriter, r *http.Request) error {
	v, err := p.differences(r)
	if err != nil {
		return err
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	v.Shown, v.Page = pageOf(v.Shown, page)
	return show(w, r, http.StatusOK, differencesPage(p.frame(UserOf(r.Context()), "Differences from last year", returnsPart), v))
}

func (p *Pages) differences(r *http.Request) (*differencesView, error) {
	q := r.URL.Query()
	year, err := strconv.Atoi(q.Get("year"))
	if err != nil {
		year = p.Different.LatestReturn()
	}
	v := &differencesView{Years: p.Different.DifferenceYears()}
	if v.Differed, err = p.Different.Of(r.Context(), UserOf(r.Context()), year, q.Has("again")); err != nil {
		return nil, err
	}
	v.Filter = readDifferenceFilter(q)
	for i := range v.Rows {
		if row := &v.Rows[i]; v.Filter.chooses(row) {
			v.Shown = append(v.Shown, row)
		}
	}
	v.Count = len(v.Shown)
	return v, nil
}

func readDifferenceFilter(q url.Values) differenceFilter {
	f := differenceFilter{Sort: q.Get("sort"), Element: q.Get("element"), Item: q.Get("item"), Team: q.Get("team")}
	if f.Sort != app.IsNew && f.Sort != app.IsGone && f.Sort != app.IsChanged {
		f.Sort = ""
	}
	if f.Item != "" {
		f.Sort = app.IsChanged
	}
	return f
}

func (f *differenceFilter) chooses(d *app.Difference) bool {
	return (f.Sort == "" || f.Sort == d.Sort) && (f.Item == "" || f.Item == d.Item && f.Element == d.Element) &&
		(f.Team == "" || f.Team == cmp.Or(d.Team, app.Absent))
}

func (v *differencesView) link(f differenceFilter, page int) string {
	chosen := []string{"year", strconv.Itoa(v.After.Year), "sort", f.Sort, "element", f.Element, "item", f.Item, "team", f.Team}
	if page > 1 {
		chosen = append(chosen, "page", strconv.Itoa(page))
	}
	return address(differencesPart, chosen...)
}

// list is the address of what a figure counts, at its list.
func (v *differencesView) list(f differenceFilter) string { return v.link(f, 0) + "#list" }

func (v *differencesView) pages() govuk.Pagination {
	return govuk.Pages(v.Page, (v.Count+annexaPerPage-1)/annexaPerPage, func(page int) string { return v.link(v.Filter, page) + "#list" })
}

// of is the filter with a sort alone, within the team that is chosen.
func (v *differencesView) of(sort string) differenceFilter {
	return differenceFilter{Sort: sort, Team: v.Filter.Team}
}

func (v *differencesView) teams() []govuk.Option {
	count := map[string]int{}
	for i := range v.Rows {
		count[v.Rows[i].Team]++
	}
	list := []govuk.Option{{Text: "All teams"}}
	for team, n := range count {
		list = append(list, govuk.Option{Value: cmp.Or(team, app.Absent), Text: cmp.Or(team, "No team") + " (" + number(n) + ")"})
	}
	slices.SortFunc(list[1:], func(a, b govuk.Option) int { return cmp.Compare(a.Text, b.Text) })
	return list
}

var differenceSorts = []govuk.Option{{Text: "All"}, {Value: app.IsNew, Text: "New"}, {Value: app.IsGone, Text: "Gone"}, {Value: app.IsChanged, Text: "Changed"}}

// totals are the figures of both returns.
func (v *differencesView) totals() govuk.Table {
	t := govuk.Table{Caption: "Both returns in figures", CaptionHidden: true, RowHeadings: true, Head: []govuk.Heading{{Text: "What is counted"},
		{Text: strconv.Itoa(v.Before.Year), Numeric: true}, {Text: strconv.Itoa(v.After.Year), Numeric: true}, {Text: "Difference", Numeric: true}}}
	for _, row := range []struct {
		words   string
		was, is int
	}{
		{"People in the return", v.Before.People, v.After.People},
		{"Plans in force on census day", v.Before.Caseload, v.After.Caseload},
		{"Requests received in its calendar year", v.Before.Requests, v.After.Requests},
		{"Plans issued in its calendar year", v.Before.Issued, v.After.Issued},
		{"Plans ceased in its calendar year", v.Before.Ceased, v.After.Ceased},
	} {
		by := number(row.is - row.was)
		switch {
		case row.is > row.was:
			by = "+" + by
		case row.is < row.was:
			by = "−" + number(row.was-row.is)
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: row.words}, {Text: number(row.was), Numeric: true}, {Text: number(row.is), Numeric: true}, {Text: by, Numeric: true}})
	}
	return t
}

// byItem counts the changes of each item of the team that is chosen, in the order
// of the return.
func (v *differencesView) byItem() govuk.Table {
	type key struct{ element, item string }
	changes, children, last, titles := map[key]int{}, map[key]int{}, map[key]app.ChildID{}, map[key]string{}
	f := v.of(app.IsChanged)
	for i := range v.Rows {
		row := &v.Rows[i]
		if !f.chooses(row) {
			continue
		}
		k := key{row.Element, row.Item}
		changes[k]++
		titles[k] = row.Title
		if last[k] != app.ChildID(row.Child) {
			last[k] = app.ChildID(row.Child)
			children[k]++
		}
	}
	t := govuk.Table{Caption: "What is said otherwise, by item", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "What it is"}, {Text: "Item"}, {Text: "Part"}, {Text: "Children", Numeric: true}, {Text: "Changes", Numeric: true}}}
	add := func(k key) {
		if changes[k] == 0 {
			return
		}
		f.Element, f.Item = k.element, k.item
		t.Rows = append(t.Rows, []govuk.Cell{{Text: titles[k]}, {Text: k.item}, {Text: k.element}, {Text: number(children[k]), Numeric: true},
			figure(changes[k], v.list(f), v.Filter.Item == k.item && v.Filter.Element == k.element)})
	}
	add(key{sen2.WholeRequest, sen2.WholeRequest})
	for i := range sen2.Items {
		add(key{sen2.Items[i].Element(), sen2.Items[i].Name})
	}
	return t
}

// heading names what is listed.
func (v *differencesView) heading() string {
	switch {
	case v.Filter.Item != "":
		return v.Filter.Item + " is said otherwise"
	case v.Filter.Sort == app.IsNew:
		return "New in the return of " + strconv.Itoa(v.After.Year)
	case v.Filter.Sort == app.IsGone:
		return "Not in the return any more"
	case v.Filter.Sort == app.IsChanged:
		return "Said otherwise"
	}
	return "Every difference"
}

func sortWords(sort string) string {
	switch sort {
	case app.IsNew:
		return "New"
	case app.IsGone:
		return "Gone"
	}
	return "Changed"
}

func (v *differencesView) table() govuk.Table {
	t := govuk.Table{Caption: v.heading(), CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Team", "What", strconv.Itoa(v.Before.Year), strconv.Itoa(v.After.Year))}
	for _, d := range v.Shown {
		what, before, after := d.Item, cmp.Or(d.Before, "–"), cmp.Or(d.After, "–")
		switch d.Sort {
		case app.IsNew:
			what, before, after = "New", "Not in it", "In it"
		case app.IsGone:
			what, before, after = "Gone", "In it", "Not in it"
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Content: govuk.Write(func(w *govuk.Writer) { w.Link("/cases/"+string(d.Child), d.Name) })},
			{Text: cmp.Or(d.Team, "–")}, {Content: differenceWhat(v.why(d), what, d.Name)}, {Text: before}, {Text: after}})
	}
	return t
}

// why is where it stands what the later return says of a child, and why they are in
// it or are not.
func (v *differencesView) why(d *app.Difference) string {
	return address(returnsPart+"/children/"+string(d.Child), "year", strconv.Itoa(v.After.Year))
}

// DifferencesFile gives what is listed as a file.
func (p *Pages) DifferencesFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := p.differences(r)
		if err != nil {
			return err
		}
		was, is := strconv.Itoa(v.Before.Year), strconv.Itoa(v.After.Year)
		if err := p.Different.Out(r.Context(), UserOf(r.Context()), v.After.Year, v.Count, string(kind)); err != nil {
			return err
		}
		columns := []sheet.Column{{Title: "Child", Width: 24}, {Title: "Team", Width: 14}, {Title: "Difference", Width: 10}, {Title: "Part", Width: 16}, {Title: "Item", Width: 22},
			{Title: "What it is", Width: 40}, {Title: was, Width: 40}, {Title: is, Width: 40}}
		return SendSheet(w, kind, "differences "+was+" "+is, columns, v.Count, func(i int) []any {
			d := v.Shown[i]
			return []any{d.Name, d.Team, sortWords(d.Sort), d.Element, d.Item, d.Title, d.Before, d.After}
		})
	}
}
