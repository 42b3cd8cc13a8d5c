package staff

import (
	"net/http"
	"net/url"
	"strconv"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const qualityPart = "/quality"

// qualityFrame is the frame of a page of quality assurance: it leads back.
func (p *Pages) qualityFrame(u access.User, title string, way ...govuk.Link) govuk.Page {
	part := teamPart
	if !u.May(access.QualitySee) {
		part = qualityPart
	}
	f := p.frame(u, title, part)
	if title == "Quality of plans" {
		return f
	}
	f.Breadcrumbs = append([]govuk.Link{{Text: "Quality of plans", Href: qualityPart}}, way...)
	f.Breadcrumbs = append(f.Breadcrumbs, govuk.Link{Text: title})
	return f
}

// Quality shows what somebody has to audit, and the audits that were made.
func (p *Pages) Quality(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	l, err := p.Qualities.Audits(r.Context(), u, readQualityFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, qualityPage(p.qualityFrame(u, "Quality of plans"), l, u, p.Sessions.Told(r)))
}

// QualityFile gives the audits that are listed as a spreadsheet.
func (p *Pages) QualityListFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		rows, err := p.Qualities.AuditsOut(r.Context(), UserOf(r.Context()), readQualityFilter(r.URL.Query()), string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "audits "+p.Casework.Today().String(), auditFileColumns, len(rows), func(i int) []any {
			a := &rows[i]
			cells := []any{a.Surname, a.Forename, a.Version, app.KindOfAudit(a.Kind), a.Why, a.Auditor, a.AskedOn, a.SignedOn, a.Graded()}
			if mean := any(nil); a.Signed() && !a.Blind {
				mean = float64(a.Mean) / 100
				cells = append(cells, mean)
			} else {
				cells = append(cells, mean)
			}
			return append(cells, a.Team, a.Writer, a.Need, a.Setting)
		})
	}
}

var auditFileColumns = []sheet.Column{
	{Title: "Surname", Width: 18}, {Title: "Forename", Width: 16}, {Title: "Version"}, {Title: "Kind", Width: 20}, {Title: "Why", Width: 30}, {Title: "Auditor", Width: 20},
	{Title: "Asked for", Width: 11}, {Title: "Signed", Width: 11}, {Title: "Grade", Width: 22}, {Title: "Mean mark, of 3"},
	{Title: "Team", Width: 14}, {Title: "Plan signed by", Width: 20}, {Title: "Primary need", Width: 28}, {Title: "Setting", Width: 28},
}

func readQualityFilter(q url.Values) app.QualityFilter {
	f := app.QualityFilter{Search: q.Get("find"), State: q.Get("state"), Grade: q.Get("grade"), Team: q.Get("team"), Writer: q.Get("writer"), Auditor: q.Get("auditor"), Kind: q.Get("kind"), Sample: q.Get("sample")}
	f.From, _ = calendar.Parse(q.Get("from"))
	f.Until, _ = calendar.Parse(q.Get("until"))
	f.Page, _ = strconv.Atoi(q.Get("page"))
	return f
}

func qualityListLink(f app.QualityFilter) string {
	page, from, until := "", "", ""
	if f.Page > 1 {
		page = strconv.Itoa(f.Page)
	}
	if !f.From.IsZero() {
		from = f.From.String()
	}
	if !f.Until.IsZero() {
		until = f.Until.String()
	}
	return address(qualityPart, "find", f.Search, "state", f.State, "grade", f.Grade, "team", f.Team, "writer", f.Writer, "auditor", f.Auditor, "kind", f.Kind, "sample", f.Sample, "from", from, "until", until, "page", page)
}

// qualityFileLink is the address of the list as a file, which has a name of its
// own.
func qualityFileLink(f app.QualityFilter) string {
	f.Page = 0
	link := qualityListLink(f)
	return qualityPart + "/audits" + link[len(qualityPart):]
}

// anyAudits is a filter that picks everything, but for its page.
func anyAudits(f app.QualityFilter) bool {
	f.Page = 0
	return f == (app.QualityFilter{})
}

// namesToChoose offers words, and that of all.
func namesToChoose(all string, names []string) []govuk.Option {
	list := []govuk.Option{{Text: all}}
	for _, n := range names {
		list = append(list, govuk.Option{Value: n, Text: n})
	}
	return list
}

func gradesToChoose() []govuk.Option {
	list := []govuk.Option{{Text: "All grades"}}
	for _, g := range quality.Grades {
		list = append(list, govuk.Option{Value: string(g.Grade), Text: g.Words})
	}
	return list
}

func statesToChoose() []govuk.Option {
	list := []govuk.Option{{Text: "All but withdrawn"}}
	for _, s := range app.QualityStates {
		list = append(list, govuk.Option{Value: s[0], Text: s[1]})
	}
	return list
}

func qualityLink(id string) string { return qualityPart + "/audits/" + id }

func gradeColour(g quality.Grade) govuk.Colour {
	switch g {
	case quality.Outstanding, quality.Good:
		return govuk.Green
	case quality.Improve:
		return govuk.Yellow
	case quality.Inadequate:
		return govuk.Red
	}
	return govuk.Grey
}

// qualityTable lists audits.
func qualityTable(caption string, rows []app.QualityRow) govuk.Table {
	t := govuk.Table{Caption: caption, CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("Child", "Audit", "Auditor", "Grade", "Team and writer")}
	for i := range rows {
		a := &rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{
			{Content: govuk.Write(func(w *govuk.Writer) {
				w.Link(qualityLink(a.ID), a.Forename+" "+a.Surname)
				small(w, "Version "+strconv.Itoa(a.Version))
			})},
			{Content: govuk.Write(func(w *govuk.Writer) {
				w.Text(app.KindOfAudit(a.Kind))
				small(w, "Asked for on "+a.AskedOn.Words())
			})},
			{Text: a.Auditor},
			{Content: auditGrade(a)},
			{Content: govuk.Write(func(w *govuk.Writer) {
				if a.Team == "" {
					w.Text("No team")
				} else {
					w.Text(a.Team)
				}
				small(w, a.Writer)
			})},
		})
	}
	return t
}
