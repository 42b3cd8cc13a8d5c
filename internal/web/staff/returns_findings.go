package staff

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"weald/domain/access"
	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
	"weald/law"
)

const (
	findingsPerPage    = 50
	noteLengthOfReturn = app.NoteLengthOfReturn
)

// number4 writes a year: without a comma.
func number4(n int) string { return strconv.Itoa(n) }

// choose finds what is listed.
func (v *returnView) choose(q url.Values) {
	v.Filter = findingFilter{Check: q.Get("check"), Severity: sen2.Severity(q.Get("severity")), Team: q.Get("team"), Officer: q.Get("officer"), State: q.Get("state")}
	if sen2.CheckNamed(v.Filter.Check) == nil {
		v.Filter.Check = ""
	}
	for i := range v.Found {
		if v.listed(&v.Found[i]) {
			v.Shown = append(v.Shown, &v.Found[i])
		}
	}
	v.Count = len(v.Shown)
}

// Findings lists what the checks find in the return.
func (p *Pages) Findings(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v, err := p.look(r, q)
	if err != nil {
		return err
	}
	v.choose(q)
	v.Told = p.Sessions.Told(r)
	page, _ := strconv.Atoi(q.Get("page"))
	v.Page = min(max(page, 1), max(1, (v.Count+findingsPerPage-1)/findingsPerPage))
	v.Shown = v.Shown[(v.Page-1)*findingsPerPage : min(v.Count, v.Page*findingsPerPage)]
	f := p.frame(v.User, "What is to be looked at", returnsPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Return", Href: address(returnsPart, "year", v.year())}, {Text: "What is to be looked at"}}
	return show(w, r, http.StatusOK, findingsPage(f, v))
}

func (v *returnView) pages() govuk.Pagination {
	return govuk.Pages(v.Page, (v.Count+findingsPerPage-1)/findingsPerPage, func(page int) string { return v.link(v.Filter, page) })
}

// FindingsFile gives what is listed as a file, with the notes.
func (p *Pages) FindingsFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := p.look(r, r.URL.Query())
		if err != nil {
			return err
		}
		v.choose(r.URL.Query())
		if err := p.Readiness.Listed(r.Context(), v.User, v.Ready, v.Count, string(kind)); err != nil {
			return err
		}
		return SendSheet(w, kind, "return "+number4(v.Year.Year)+" findings", findingColumns, len(v.Shown), func(i int) []any {
			f := v.Shown[i]
			cells := []any{cmp.Or(f.Name, "The return as a whole"), f.Officer, f.Team, f.Check, string(f.Severity), f.Request, f.Element, f.Item, f.What}
			if n := v.Acts.Note(f); n != nil {
				return append(cells, n.Note, n.ByName, dayOfAct(*n))
			}
			return append(cells, nil, nil, nil)
		})
	}
}

var (
	severityOptions = []govuk.Option{{Text: "All"}, {Value: string(sen2.Fault), Text: "Errors"}, {Value: string(sen2.Query), Text: "Queries"}}
	stateOptions    = []govuk.Option{{Text: "All"}, {Value: openState, Text: "Not explained"}, {Value: explainedState, Text: "Explained"}}
)

// options lists what a column of the findings holds, each with how many.
func (v *returnView) options(all, none string, of func(*app.ReturnFound) (value, label string)) []govuk.Option {
	counts, labels := map[string]int{}, map[string]string{}
	for i := range v.Found {
		value, label := of(&v.Found[i])
		if v.Found[i].Child == "" && none != "" {
			continue
		}
		value = cmp.Or(value, app.Absent)
		counts[value]++
		labels[value] = cmp.Or(label, none)
	}
	list := []govuk.Option{{Text: all}}
	for value, n := range counts {
		list = append(list, govuk.Option{Value: value, Text: labels[value] + " (" + number(n) + ")"})
	}
	slices.SortFunc(list[1:], func(a, b govuk.Option) int { return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Value, b.Value)) })
	return list
}

func (v *returnView) checkOptions() []govuk.Option {
	return v.options("All checks", "", func(f *app.ReturnFound) (string, string) { return f.Check, f.Check })
}

func (v *returnView) teamOptions() []govuk.Option {
	return v.options("All teams", "No team", func(f *app.ReturnFound) (string, string) { return f.Team, f.Team })
}

func (v *returnView) officerOptions() []govuk.Option {
	return v.options("Everybody", "Nobody", func(f *app.ReturnFound) (string, string) { return f.OfficerID, f.Officer })
}

// queries reports whether a check finds queries.
func (v *returnView) queries(code string) bool {
	return slices.ContainsFunc(v.Found, func(f app.ReturnFound) bool { return f.Check == code && f.Severity == sen2.Query })
}

// A foundRow is a finding as a line shows it.
type foundRow struct {
	*app.ReturnFound
	note    *app.ReturnAct
	year    string
	mayNote bool
}

func (v *returnView) row(f *app.ReturnFound) foundRow {
	return foundRow{f, v.Acts.Note(f), v.year(), v.User.May(access.ReturnNote)}
}

func (v *returnView) table() govuk.Table {
	t := govuk.Table{Caption: "What is found", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("Child", "Who has the child", "Check", "What is wrong", "Note")}
	for _, f := range v.Shown {
		row := v.row(f)
		t.Rows = append(t.Rows, []govuk.Cell{{Content: foundChild(&row)}, {Text: cmp.Or(f.Officer, f.Team, "–")}, {Content: foundCheck(&row)}, {Content: foundWhat(&row)}, {Content: foundNote(&row)}})
	}
	return t
}

// An explainView is the form on which a query is explained.
type explainView struct {
	govuk.Form
	Year    int
	Subject string
	Of      *app.ReturnFound // nil: every query of the check
	Check   *sen2.Check
	count   int
	token   string
}

func (v *explainView) heading() string {
	if v.Of == nil {
		return "Explain every query of a check"
	}
	return "Explain a query"
}

// Explain asks why a query is so.
func (p *Pages) Explain(w http.ResponseWriter, r *http.Request) error {
	return p.explain(w, r, http.StatusOK, r.URL.Query(), nil)
}

func (p *Pages) explain(w http.ResponseWriter, r *http.Request, status int, values url.Values, wrong govuk.Errors) error {
	v, err := p.look(r, values)
	if err != nil {
		return err
	}
	x := &explainView{Form: govuk.Form{Values: values, Errors: wrong}, Year: v.Year.Year, Subject: values.Get("of"), token: v.Token}
	if x.Of = v.Finding(x.Subject); x.Of == nil {
		if x.Check = sen2.CheckNamed(x.Subject); x.Check == nil {
			return app.ErrNotFound
		}
		for i := range v.Found {
			if v.Found[i].Check == x.Subject && v.Found[i].Severity == sen2.Query {
				x.count++
			}
		}
	}
	f := p.frame(v.User, x.heading(), returnsPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Return", Href: address(returnsPart, "year", v.year())}, {Text: "Explain"}}
	f.Errors = wrong
	return show(w, r, status, explainPage(f, x))
}

// ExplainKeep keeps why a query is so.
func (p *Pages) ExplainKeep(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	note := form.Need("note", "Enter why it is so")
	tooLong(&form, "note", "The note", note)
	if len(form.Errors) > 0 {
		return p.explain(w, r, http.StatusUnprocessableEntity, r.PostForm, form.Errors)
	}
	year, err := strconv.Atoi(form.Text("year"))
	if err != nil {
		return app.ErrNotFound
	}
	err = p.Readiness.Explain(r.Context(), UserOf(r.Context()), year, form.Text("of"), note, formToken(r))
	var no *law.Refusal
	if errors.As(err, &no) {
		form.Errors.Add("note", no.Error())
		return p.explain(w, r, http.StatusUnprocessableEntity, r.PostForm, form.Errors)
	} else if err != nil {
		return err
	}
	p.Sessions.Tell(r, "The note is kept with the return")
	named := ""
	if sen2.CheckNamed(form.Text("of")) != nil {
		named = form.Text("of")
	}
	http.Redirect(w, r, address(findingsAddress, "year", form.Text("year"), "check", named), http.StatusSeeOther)
	return nil
}

func tooLong(form *govuk.Form, name, what, text string) {
	if n := utf8.RuneCountInString(text); n > noteLengthOfReturn {
		form.Errors.Add(name, what+" must be "+number(noteLengthOfReturn)+" characters or fewer: it has "+number(n))
	}
}

// A takeBackView is the form on which a note or a signature is taken back.
type takeBackView struct {
	govuk.Form
	Act   app.ReturnAct
	token string
}

func (v *takeBackView) heading() string {
	if v.Act.Note == "" {
		return "Take a signature back"
	}
	return "Take a note back"
}

// TakeBack asks why a note or a signature is taken back.
func (p *Pages) TakeBack(w http.ResponseWriter, r *http.Request) error {
	return p.takeBack(w, r, http.StatusOK, r.URL.Query(), nil)
}

func (p *Pages) takeBack(w http.ResponseWriter, r *http.Request, status int, values url.Values, wrong govuk.Errors) error {
	act, err := p.Readiness.Act(r.Context(), UserOf(r.Context()), values.Get("id"))
	if err != nil {
		return err
	}
	v := &takeBackView{Form: govuk.Form{Values: values, Errors: wrong}, Act: *act, token: formToken(r)}
	f := p.frame(UserOf(r.Context()), v.heading(), returnsPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Return", Href: returnsPart}, {Text: "Take back"}}
	f.Errors = wrong
	return show(w, r, status, takeBackPage(f, v))
}

// TakeBackDo takes it back.
func (p *Pages) TakeBackDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	why := form.Need("why", "Enter why it is taken back")
	tooLong(&form, "why", "The reason", why)
	if len(form.Errors) > 0 {
		return p.takeBack(w, r, http.StatusUnprocessableEntity, r.PostForm, form.Errors)
	}
	if err := p.Readiness.TakeBack(r.Context(), UserOf(r.Context()), form.Text("id"), why, formToken(r)); err != nil {
		return err
	}
	p.Sessions.Tell(r, "It has been taken back, and stays in the record")
	http.Redirect(w, r, returnsPart, http.StatusSeeOther)
	return nil
}

// A returnChildView is what the return says of one child.
type returnChildView struct {
	*returnView
	id, name string
	reasons  []sen2.Reason
	mine     []foundRow
	lines    []sen2.Line
	why      *app.ReturnWhy
}

// ReturnChild shows what the return says of a child, why, and what is found in
// it.
func (p *Pages) ReturnChild(w http.ResponseWriter, r *http.Request) error {
	v, err := p.look(r, r.URL.Query())
	if err != nil {
		return err
	}
	id := app.ChildID(r.PathValue("child"))
	why, err := p.Readiness.Why(r.Context(), v.User, id, v.Year.Year)
	if err != nil {
		return err
	}
	c := &returnChildView{returnView: v, id: string(id), name: why.Name, reasons: why.Reasons, why: why}
	for i := range v.Found {
		if v.Found[i].Child == id {
			c.mine = append(c.mine, v.row(&v.Found[i]))
		}
	}
	if why.Person != nil {
		c.lines = why.Person.Lines()
	}
	f := p.frame(v.User, "What the return says of a child", returnsPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Return", Href: address(returnsPart, "year", v.year())}, {Text: why.Name}}
	return show(w, r, http.StatusOK, returnChildPage(f, c))
}

func (v *returnChildView) table() govuk.Table {
	t := govuk.Table{Caption: "What the return says", CaptionHidden: true, Scroll: true, Head: govuk.Headings("Where", "Item", "What it is", "Value", "From")}
	for _, l := range v.lines {
		where, from := "Person", "the child’s record"
		if l.Request > 0 {
			from = "said or entered for a return, or worked out"
			if e := sen2.Behind(&v.why.Person.Requests[l.Request-1], &l, v.why.Events); e != nil {
				from = e.Kind.Label() + ", " + e.On.Words()
			}
			where = "Request " + strconv.Itoa(l.Request)
			if e := l.Item.Element(); e != "Requests" {
				where += ", " + e
			}
			if l.Index > 0 {
				where += " " + strconv.Itoa(l.Index)
			}
		}
		value := l.Value
		if l.Words != "" {
			value += ": " + l.Words
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: where}, {Text: l.Item.Name}, {Text: l.Item.Title}, {Text: value}, {Text: from}})
	}
	return t
}
