package staff

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"weald/calendar"
	"weald/domain/annexa"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const annexaPart = "/returns/annex-a"

// annexaPerPage is how many children a page of a list, or of what was found, has.
const annexaPerPage = 50

// An annexaView is what of the lists a page shows.
type annexaView struct {
	*app.Lists
	Today  calendar.Date
	form   govuk.Form       // what was typed for the reference date
	Rule   *annexa.Rule     // whose findings are listed; nil: none are
	List   annexa.List      // of those findings, or the one that is previewed; 0: none
	Shown  []annexa.Finding // on this page
	Rows   []annexa.Row     // on this page
	Count  int              // listed or previewed on all pages
	Page   int
	Counts []annexaCount
}

// An annexaCount is a rule and how often it was raised on a list.
type annexaCount struct {
	Rule  *annexa.Rule
	List  annexa.List
	Count int
}

// AnnexA shows the lists for an inspection: how many children, what the checks
// find, who they are, and each list as it would be sent.
func (p *Pages) AnnexA(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := &annexaView{Today: p.Inspections.Today()}
	on, status := v.readDay(q), http.StatusOK
	if len(v.form.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	lists, err := p.Inspections.AnnexA(r.Context(), UserOf(r.Context()), on, q.Has("again"))
	if err != nil {
		return err
	}
	v.Lists = lists
	v.choose(q)
	f := p.frame(UserOf(r.Context()), "Lists for an inspection", returnsPart)
	f.Errors = v.form.Errors
	return show(w, r, status, annexaPage(f, v))
}

// readDay reads the reference date: today if none is given, or none that has
// come.
func (v *annexaView) readDay(q url.Values) calendar.Date {
	if on, err := calendar.Parse(q.Get("on")); err == nil && !on.After(v.Today) {
		return on
	}
	if !q.Has("on-day") && !q.Has("on-month") && !q.Has("on-year") {
		return v.Today
	}
	v.form.Values = q
	on := v.form.Date("on", "the reference date")
	if on.After(v.Today) {
		v.form.Errors.AddDate("on", "The reference date must be today or in the past")
	}
	if len(v.form.Errors) > 0 {
		return v.Today
	}
	return on
}

// choose finds what is listed.
func (v *annexaView) choose(q url.Values) {
	counts := map[annexa.List]map[*annexa.Rule]int{annexa.One: {}, annexa.Two: {}}
	for i := range v.Found {
		counts[v.Found[i].List][v.Found[i].Rule]++
	}
	for _, l := range []annexa.List{annexa.One, annexa.Two} {
		for i := range annexa.Rules {
			if n := counts[l][&annexa.Rules[i]]; n > 0 {
				v.Counts = append(v.Counts, annexaCount{&annexa.Rules[i], l, n})
			}
		}
	}
	if l, err := strconv.Atoi(q.Get("list")); err == nil && (l == 1 || l == 2) {
		v.List = annexa.List(l)
	}
	for i := range annexa.Rules {
		if v.List != 0 && annexa.Rules[i].Code == q.Get("rule") {
			v.Rule = &annexa.Rules[i]
		}
	}
	page, _ := strconv.Atoi(q.Get("page"))
	switch {
	case v.Rule != nil:
		var all []annexa.Finding
		for i := range v.Found {
			if v.Found[i].Rule == v.Rule && v.Found[i].List == v.List {
				all = append(all, v.Found[i])
			}
		}
		v.Count = len(all)
		v.Shown, v.Page = pageOf(all, page)
	case v.List != 0:
		v.Count = len(v.Lists.Rows[v.List])
		v.Rows, v.Page = pageOf(v.Lists.Rows[v.List], page)
	}
}

// pageOf returns a page of a list and its number: the last, if there are fewer.
func pageOf[T any](all []T, page int) ([]T, int) {
	page = min(max(page, 1), max(1, (len(all)+annexaPerPage-1)/annexaPerPage))
	from := (page - 1) * annexaPerPage
	return all[from:min(len(all), from+annexaPerPage)], page
}

func (v *annexaView) link(l annexa.List, rule *annexa.Rule, page int) string {
	list, code, number := "", "", ""
	if l != 0 {
		list = strconv.Itoa(int(l))
	}
	if rule != nil {
		code = rule.Code
	}
	if page > 1 {
		number = strconv.Itoa(page)
	}
	on := ""
	if v.On != v.Today {
		on = v.On.String()
	}
	link := address(annexaPart, "on", on, "list", list, "rule", code, "page", number)
	if l != 0 {
		link += "#list"
	}
	return link
}

func (v *annexaView) pages() govuk.Pagination {
	return govuk.Pages(v.Page, (v.Count+annexaPerPage-1)/annexaPerPage, func(page int) string { return v.link(v.List, v.Rule, page) })
}

// annexaChecks is what was found by rule, every figure a link to its children.
func annexaChecks(v *annexaView) govuk.Table {
	t := govuk.Table{Caption: "What the checks find", CaptionHidden: true, Scroll: true,
		Head: []govuk.Heading{{Text: "List"}, {Text: "Check"}, {Text: "What is wrong"}, {Text: "How much it matters"}, {Text: "Children", Numeric: true}}}
	for _, c := range v.Counts {
		t.Rows = append(t.Rows, []govuk.Cell{{Text: strconv.Itoa(int(c.List))}, {Text: c.Rule.CodeOn(c.List)}, {Text: c.Rule.Message}, {Text: annexaMatters(c.Rule)},
			figure(c.Count, v.link(c.List, c.Rule, 0), v.Rule == c.Rule && v.List == c.List)})
	}
	return t
}

func annexaMatters(r *annexa.Rule) string {
	if r.Severity == annexa.Error {
		return "Error"
	}
	return "Query"
}

// annexaFound lists the children of whom a rule was raised.
func annexaFound(v *annexaView) govuk.Table {
	t := govuk.Table{Caption: "Children found by the check", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("Child", "Number", "What is wrong")}
	for i := range v.Shown {
		f := &v.Shown[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: govuk.Write(func(w *govuk.Writer) {
			w.Link("/cases/"+f.Child, cmp.Or(v.Names[f.Child], "Unnamed"))
		})}, {Text: v.number(f)}, {Text: f.What}})
	}
	return t
}

// number is the child's own number on the list.
func (v *annexaView) number(f *annexa.Finding) string {
	rows := v.Lists.Rows[f.List]
	if at := f.Line - 2; at >= 0 && at < len(rows) {
		return rows[at].Cells[0]
	}
	return ""
}

// annexaPreview is a page of a list as it would be sent.
func annexaPreview(v *annexaView) govuk.Table {
	t := govuk.Table{Caption: v.List.Sheet(), CaptionHidden: true, Scroll: true}
	for _, i := range v.List.Of() {
		t.Head = append(t.Head, govuk.Heading{Text: annexa.Columns[i].Title})
	}
	for i := range v.Rows {
		var cells []govuk.Cell
		for n, c := range v.List.Cells(&v.Rows[i]) {
			text := ""
			switch c := c.(type) {
			case nil:
			case calendar.Date:
				text = fmt.Sprintf("%02d/%02d/%04d", c.Day(), int(c.Month()), c.Year())
			default:
				text = fmt.Sprint(c)
			}
			cell := govuk.Cell{Text: text}
			if child := v.Rows[i].Child; n == 0 && child != "" {
				cell = govuk.Cell{Content: govuk.Write(func(w *govuk.Writer) { w.Link("/cases/"+child, text) })}
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// annexaBlank lists the columns that no record can fill in yet.
func annexaBlank() govuk.Table {
	t := govuk.Table{Caption: "Columns left blank", CaptionHidden: true, RowHeadings: true, Head: govuk.Headings("Column", "What it waits for")}
	for _, c := range annexa.One.Waiting() {
		t.Rows = append(t.Rows, govuk.Cells(c.Title, capital(c.Waits)))
	}
	return t
}

// AnnexAFile gives both lists as the workbook that an inspection asks for.
func (p *Pages) AnnexAFile(w http.ResponseWriter, r *http.Request) error {
	v := &annexaView{Today: p.Inspections.Today()}
	on := v.readDay(r.URL.Query())
	var b bytes.Buffer
	if err := p.Inspections.AnnexAOut(r.Context(), UserOf(r.Context()), on, &b); err != nil {
		return err
	}
	sheet.XLSX.Header(w.Header(), "annex A "+on.String())
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	if _, err := b.WriteTo(w); err != nil {
		return &BrokeOff{err}
	}
	return nil
}
