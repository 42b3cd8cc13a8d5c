package staff

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// Cases lists children by what somebody typed and chose.
func (p *Pages) Cases(w http.ResponseWriter, r *http.Request) error {
	filter, sort := readCaseFilter(r.URL.Query())
	after := r.URL.Query().Get("after")
	u := UserOf(r.Context())
	asked, err := p.placeAsked(r, &filter)
	if err != nil {
		return err
	}
	list, err := p.Casework.Cases(r.Context(), u, filter, sort, after)
	if err != nil {
		return err
	}
	v := &casesView{CaseList: list, Place: asked, Further: after != "", Told: p.Sessions.Told(r), Records: mayRecord(u)}
	if v.Views, err = p.Casework.Views(r.Context(), u); err != nil {
		return err
	}
	return show(w, r, http.StatusOK, casesPage(p.frame(u, "Cases", casesPart), v))
}

// A casesView is a list of cases, and the lists that the reader keeps.
type casesView struct {
	*app.CaseList
	Place   placeAsked
	Further bool // it is not the first page
	Told    string
	Views   []app.View
	Records bool // the reader may enter a request
}

// maxViewName bounds the name of a list.
const maxViewName = 60

// ViewKeep keeps the list that the form was on under a name.
func (p *Pages) ViewKeep(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimSpace(r.PostFormValue("name"))
	query, err := url.ParseQuery(r.PostFormValue("query"))
	if err != nil {
		query = nil
	}
	back := caseQuery(readCaseFilter(query)) // what names no filter is not kept
	switch {
	case name == "":
		p.Sessions.Tell(r, "The list was not kept: enter a name for it.")
	case utf8.RuneCountInString(name) > maxViewName:
		p.Sessions.Tell(r, fmt.Sprintf("The list was not kept: its name must be %d characters or fewer.", maxViewName))
	default:
		if err := p.Casework.KeepView(r.Context(), UserOf(r.Context()), name, back); err != nil {
			return err
		}
		p.Sessions.Tell(r, "Kept as “"+name+"”.")
	}
	http.Redirect(w, r, casesPart+"?"+back, http.StatusSeeOther)
	return nil
}

// ViewDrop forgets a list that the person kept.
func (p *Pages) ViewDrop(w http.ResponseWriter, r *http.Request) error {
	if err := p.Casework.DropView(r.Context(), UserOf(r.Context()), r.PathValue("view")); err != nil {
		return err
	}
	p.Sessions.Tell(r, "The list is no longer kept.")
	http.Redirect(w, r, casesPart, http.StatusSeeOther)
	return nil
}

// readCaseFilter reads a list's address. What names no filter is left out; a
// value that nobody has finds nobody, and the page says so.
func readCaseFilter(q url.Values) (app.CaseFilter, app.Sort) {
	f := app.CaseFilter{
		Search: strings.TrimSpace(q.Get("q")), Stage: casework.Stage(q.Get("stage")), Officer: q.Get("officer"), Team: q.Get("team"),
		District: q.Get("district"), Need: q.Get("need"), Setting: q.Get("setting"), Older: q.Get("age"), Band: app.Band(q.Get("when")),
	}
	if !slices.Contains(app.Bands[:], f.Band) {
		f.Band = app.AnyBand
	}
	if !slices.ContainsFunc(app.Ages, func(a app.Age) bool { return a.Name == f.Older }) {
		f.Older = ""
	}
	sort := app.Sort(q.Get("sort"))
	if !slices.Contains(app.Sorts, sort) {
		sort = app.SortDue
	}
	return f, sort
}

// casesLink is the address of a list, or of a page further on in it.
func casesLink(f app.CaseFilter, sort app.Sort, after ...string) string {
	return address(casesPart, "q", f.Search, "stage", string(f.Stage), "officer", f.Officer, "team", f.Team, "district", f.District, "need", f.Need,
		"setting", f.Setting, "age", f.Older, "when", string(f.Band), "sort", string(sort), "after", strings.Join(after, ""))
}

// caseQuery is what the address of a list says of it, as it is kept.
func caseQuery(f app.CaseFilter, sort app.Sort) string {
	_, query, _ := strings.Cut(casesLink(f, sort), "?")
	return query
}

// nextCases leads to the page after this one, if there is one.
func nextCases(l *app.CaseList) (link govuk.PageLink) {
	if l.Next != "" {
		link.Href = casesLink(l.Filter, l.Sort, l.Next)
	}
	return link
}

// firstCases leads back to the first page, from a page further on. The list is
// read by key, so the page just before is not known.
func firstCases(l *app.CaseList, further bool) (link govuk.PageLink) {
	if further {
		link.Href, link.Text = casesLink(l.Filter, l.Sort), "First page"
	}
	return link
}

// choices turns a filter's options into those of a question. The number beside
// each is how many children choosing it gives. What is chosen now is always
// there, even if it gives nobody.
func choices(all, none, chosen string, options []app.Option) []govuk.Option {
	list := []govuk.Option{{Text: all}}
	for _, o := range options {
		list = append(list, govuk.Option{Value: o.Value, Text: cmp.Or(o.Label, none) + " (" + number(o.Children) + ")"})
	}
	if chosen != "" && !slices.ContainsFunc(options, func(o app.Option) bool { return o.Value == chosen }) {
		text := chosen
		if chosen == app.Absent {
			text = none
		}
		list = append(list, govuk.Option{Value: chosen, Text: text + " (0)"})
	}
	return list
}

var sortOptions = []govuk.Option{
	{Value: "due", Text: "What is due first"}, {Value: "name", Text: "Surname"}, {Value: "waiting", Text: "Longest wait"}, {Value: "born", Text: "Oldest"},
}

func ageOptions() []govuk.Option {
	list := []govuk.Option{{Text: "Any wait"}}
	for _, a := range app.Ages {
		list = append(list, govuk.Option{Value: a.Name, Text: a.Label})
	}
	return list
}

// narrowed reports whether more than the first row of filters is used.
func narrowed(f app.CaseFilter) bool {
	return f.District != "" || f.Need != "" || f.Older != "" || f.Setting != ""
}

// A caseBand is one of the numbers at the top of the page.
type caseBand struct{ label, look string }

var caseBands = [...]caseBand{
	{"overdue", "late"}, {"due in the next four weeks", "soon"}, {"due later", ""}, {"with nothing due", "quiet"},
}

func withBand(f app.CaseFilter, b app.Band) app.CaseFilter { f.Band = b; return f }

// waited says since when a case waits, as a list shows it.
func waited(r *app.CaseRow) string {
	if r.Waiting.IsZero() {
		return ""
	}
	return "since " + r.Waiting.Words()
}

// caseRows is the list as a table.
func caseRows(l *app.CaseList) govuk.Table {
	t := govuk.Table{
		Caption: "Children, and for each the duty that comes next", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Due", "What must be done", "Stage", "Who has it"),
		Rows: make([][]govuk.Cell, len(l.Rows)),
	}
	for i := range l.Rows {
		r := &l.Rows[i]
		row := []govuk.Cell{{Content: childCell(r.Line, r.Reference, born(r.Line), r.Reason)}, {Text: "–"}, {Text: "Nothing is due"}, {Content: rowStage(r)}, {Content: ownerCell(r.Line, r.Who)}}
		if r.Rule != nil {
			row[1], row[2] = govuk.Cell{Content: dueCell(r.Days, r.Next.Due.Words())}, govuk.Cell{Content: rowDuty(r)}
		}
		t.Rows[i] = row
	}
	return t
}
