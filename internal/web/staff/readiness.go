package staff

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
	"weald/law"
)

const findingsAddress = "/returns/findings"

// A returnView is how the return stands, and what a page shows of it.
type returnView struct {
	*app.Ready
	Acts       *app.Acts
	User       access.User
	Told       string
	Token      string
	govuk.Form     // what was wrong with what was sent
	now        int // the latest year's return

	Filter findingFilter
	Count  int // listed on all pages
	Shown  []*app.ReturnFound
	Page   int
}

// A findingFilter says which findings are listed.
type findingFilter struct {
	Check    string
	Severity sen2.Severity
	Team     string
	Officer  string // an ID; app.Absent: nobody
	State    string // "open" or "explained"
}

// openState and explainedState are what a finding's state may be.
const (
	openState      = "open"
	explainedState = "explained"
)

// look reads the return that a page is about.
func (p *Pages) look(r *http.Request, values url.Values) (*returnView, error) {
	u := UserOf(r.Context())
	v := &returnView{User: u, Token: formToken(r), now: app.LatestReturn(p.Readiness.Today())}
	year, err := strconv.Atoi(values.Get("year"))
	if y := sen2.InYear(year); err != nil || y == nil || !y.Known {
		year = v.now
	}
	if v.Ready, err = p.Readiness.Look(r.Context(), u, year); err != nil {
		return nil, err
	}
	v.Acts, err = p.Readiness.Acts(r.Context(), u, v.Ready)
	return v, err
}

// year is how an address names the return: not at all when it is the latest.
func (v *returnView) year() string {
	if v.Year.Year == v.now {
		return ""
	}
	return strconv.Itoa(v.Year.Year)
}

func (v *returnView) link(f findingFilter, page int) string {
	number := ""
	if page > 1 {
		number = strconv.Itoa(page)
	}
	return address(findingsAddress, "year", v.year(), "check", f.Check, "severity", string(f.Severity), "team", f.Team, "officer", f.Officer, "state", f.State, "page", number)
}

// state is whether a finding still asks for something.
func (v *returnView) state(f *app.ReturnFound) string {
	if v.Acts.Note(f) != nil {
		return explainedState
	}
	return openState
}

func (v *returnView) listed(f *app.ReturnFound) bool {
	c := &v.Filter
	return (c.Check == "" || c.Check == f.Check) && (c.Severity == "" || c.Severity == f.Severity) && (c.Team == "" || matches(c.Team, f.Team)) &&
		(c.Officer == "" || matches(c.Officer, f.OfficerID)) && (c.State == "" || c.State == v.state(f))
}

// matches reports whether what was chosen is what is there. What is absent is
// chosen by name.
func matches(chosen, is string) bool { return chosen == cmp.Or(is, app.Absent) }

// Return shows how ready the statutory return is: what checks find in it, whose
// it is, and who has signed it.
func (p *Pages) Return(w http.ResponseWriter, r *http.Request) error {
	return p.showReturn(w, r, http.StatusOK, r.URL.Query(), nil)
}

func (p *Pages) showReturn(w http.ResponseWriter, r *http.Request, status int, values url.Values, wrong govuk.Errors) error {
	v, err := p.look(r, values)
	if err != nil {
		return err
	}
	v.Told, v.Form = p.Sessions.Told(r), govuk.Form{Values: values, Errors: wrong}
	f := p.frame(v.User, "Return", returnsPart)
	f.Errors = wrong
	return show(w, r, status, readinessPage(f, v))
}

// count counts findings of a sort.
func (v *returnView) count(s sen2.Severity, state string) (n int) {
	for i := range v.Found {
		if f := &v.Found[i]; f.Severity == s && (state == "" || v.state(f) == state) {
			n++
		}
	}
	return n
}

// byCheck is what was found by check, every figure a link to what it counts.
func (v *returnView) byCheck() govuk.Table {
	t := govuk.Table{Caption: "What the checks find", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Check"}, {Text: "What it finds"}, {Text: "How severe"}, {Text: "Found", Numeric: true}, {Text: "Explained", Numeric: true}}}
	for i := 0; i < len(v.Found); {
		first, n, done := &v.Found[i], 0, 0
		for ; i < len(v.Found) && v.Found[i].Check == first.Check && v.Found[i].Severity == first.Severity; i++ {
			n++
			if v.state(&v.Found[i]) == explainedState {
				done++
			}
		}
		f := findingFilter{Check: first.Check, Severity: first.Severity}
		g := f
		g.State = explainedState
		words := sen2.CheckNamed(first.Check).Words
		t.Rows = append(t.Rows, []govuk.Cell{{Content: checkLink(first.Check, words)}, {Text: words}, {Content: severityTag(first.Severity)},
			figure(n, v.link(f, 0), false), figure(done, v.link(g, 0), false)})
	}
	return t
}

// byWho is what was found by team and by who has the child.
func (v *returnView) byWho() govuk.Table {
	type who struct{ team, officer, id string }
	type sums struct{ errors, open, explained int }
	all := map[who]*sums{}
	for i := range v.Found {
		f := &v.Found[i]
		if f.Child == "" {
			continue
		}
		w := who{f.Team, f.Officer, f.OfficerID}
		if all[w] == nil {
			all[w] = &sums{}
		}
		switch {
		case f.Severity == sen2.Fault:
			all[w].errors++
		case v.state(f) == explainedState:
			all[w].explained++
		default:
			all[w].open++
		}
	}
	keys := make([]who, 0, len(all))
	for w := range all {
		keys = append(keys, w)
	}
	slices.SortFunc(keys, func(a, b who) int {
		return cmp.Or(cmp.Compare(a.team, b.team), cmp.Compare(a.officer, b.officer), cmp.Compare(a.id, b.id))
	})
	t := govuk.Table{Caption: "Whose children they are", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Who has the child"}, {Text: "Team"}, {Text: "Errors", Numeric: true}, {Text: "Queries to explain", Numeric: true}, {Text: "Explained", Numeric: true}}}
	for _, w := range keys {
		s := all[w]
		f := findingFilter{Team: cmp.Or(w.team, app.Absent), Officer: cmp.Or(w.id, app.Absent)}
		wrong, open, done := f, f, f
		wrong.Severity, open.State, done.State = sen2.Fault, openState, explainedState
		open.Severity = sen2.Query
		t.Rows = append(t.Rows, []govuk.Cell{{Text: cmp.Or(w.officer, "Nobody")}, {Text: cmp.Or(w.team, "–")},
			figure(s.errors, v.link(wrong, 0), false), figure(s.open, v.link(open, 0), false), figure(s.explained, v.link(done, 0), false)})
	}
	return t
}

// otherYears are the returns that can be looked at besides.
func (v *returnView) otherYears() (links []govuk.Link) {
	for _, y := range sen2.Years() {
		if y.Known && y.Year != v.Year.Year {
			n := strconv.Itoa(y.Year)
			if y.Year == v.now {
				n = ""
			}
			links = append(links, govuk.Link{Text: strconv.Itoa(y.Year), Href: address(returnsPart, "year", n)})
		}
	}
	return links
}

// maySign says whether this person may sign now and, if not, why.
func (v *returnView) maySign() (may bool, why string) {
	switch mine := func(s app.ReturnAct) bool { return s.ByID == v.User.ID }; {
	case !v.User.May(access.ReturnSign):
		return false, "A manager or a data officer signs the return off."
	case len(v.Acts.Signed) >= 2:
		return false, ""
	case v.Report.Errors > 0:
		return false, "The return cannot be signed off while errors stand."
	case slices.ContainsFunc(v.Acts.Signed, mine):
		return false, "You have signed it. The second signature must be another person’s."
	}
	return true, ""
}

// ReturnSign signs the return off.
func (p *Pages) ReturnSign(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	if form.Text("seen") != "yes" {
		form.Errors.Add("seen", "Confirm that you have looked at the return")
		return p.showReturn(w, r, http.StatusUnprocessableEntity, r.PostForm, form.Errors)
	}
	year, err := strconv.Atoi(form.Text("year"))
	if err != nil {
		return app.ErrNotFound
	}
	err = p.Readiness.Sign(r.Context(), UserOf(r.Context()), year, form.Text("digest"), formToken(r))
	var no *law.Refusal
	if errors.As(err, &no) {
		form.Errors.Add("seen", no.Error())
		return p.showReturn(w, r, http.StatusUnprocessableEntity, r.PostForm, form.Errors)
	} else if err != nil {
		return err
	}
	p.Sessions.Tell(r, "You have signed the return off")
	http.Redirect(w, r, returnsPart, http.StatusSeeOther)
	return nil
}

// ReturnOut gives the return as the file that is sent.
func (p *Pages) ReturnOut(w http.ResponseWriter, r *http.Request) error {
	year, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil {
		year = app.LatestReturn(p.Readiness.Today())
	}
	built, err := p.Readiness.Out(r.Context(), UserOf(r.Context()), year)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := built.Write(&b); err != nil {
		return err
	}
	return sendWhole(w, &b, "application/xml; charset=utf-8", "sen2-"+strconv.Itoa(year)+".xml")
}

// ReturnTables gives the return as tables: the department's template as an Excel
// workbook, or the files of its collection system as CSV, in one zip.
func (p *Pages) ReturnTables(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		year, err := strconv.Atoi(r.URL.Query().Get("year"))
		if err != nil {
			year = app.LatestReturn(p.Readiness.Today())
		}
		built, err := p.Readiness.Out(r.Context(), UserOf(r.Context()), year)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		name := "sen2-" + strconv.Itoa(year)
		if kind == sheet.XLSX {
			if err := app.WriteFormBook(sen2.Template, &built.Header, built.Each, &b); err != nil {
				return err
			}
			return sendWhole(w, &b, sheet.XLSX.ContentType(), name+".xlsx")
		}
		// The files are written side by side, and a zip holds one after another.
		var files []*tableFile
		err = app.WriteFormFiles(sen2.Export, &built.Header, p.Readiness.Today(), built.Each, func(name string) (io.WriteCloser, error) {
			files = append(files, &tableFile{name: name})
			return files[len(files)-1], nil
		})
		if err != nil {
			return err
		}
		packed := zip.NewWriter(&b)
		for _, f := range files {
			to, err := packed.Create(f.name)
			if err != nil {
				return err
			}
			if _, err := f.WriteTo(to); err != nil {
				return err
			}
		}
		if err := packed.Close(); err != nil {
			return err
		}
		return sendWhole(w, &b, "application/zip", name+".zip")
	}
}

// A tableFile is one file of several that are written side by side.
type tableFile struct {
	bytes.Buffer
	name string
}

// Close implements [io.Closer].
func (*tableFile) Close() error { return nil }

// sendWhole sends a file that is there whole, to be saved.
func sendWhole(w http.ResponseWriter, b *bytes.Buffer, contentType, name string) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	if _, err := b.WriteTo(w); err != nil {
		return &BrokeOff{err}
	}
	return nil
}

// dayOfAct is the day of a moment that the record keeps.
func dayOfAct(a app.ReturnAct) string {
	text, _, _ := strings.Cut(a.At, "T")
	on, err := calendar.Parse(text)
	if err != nil {
		return text
	}
	return on.Words()
}

var findingColumns = []sheet.Column{{Title: "Child", Width: 24}, {Title: "Who has it", Width: 20}, {Title: "Team", Width: 14}, {Title: "Check", Width: 8}, {Title: "Severity", Width: 8},
	{Title: "Request"}, {Title: "Element", Width: 16}, {Title: "Item", Width: 22}, {Title: "What is wrong", Width: 60}, {Title: "Note", Width: 60}, {Title: "By", Width: 20}, {Title: "When", Width: 18}}

// signHint says what signing means, and what stands.
func signHint(v *returnView) string {
	hint := "The second signature must be another person’s. If the record changes, what has been signed no longer counts."
	if n := v.count(sen2.Query, openState); n > 0 {
		hint = counted(n, "query has", "queries have") + " no note, which the department will ask for. " + hint
	}
	return hint
}
