package staff

import (
	"net/http"
	"strconv"
	"strings"

	"weald/domain/access"
	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// The addresses of what is known of the statutory return.
const (
	checksAddress     = "/returns/checks"
	notCoveredAddress = "/returns/not-covered"
)

// ReturnChecks lists every check that Weald makes of the SEN2 return. Like the
// rules it is public.
func (p *Pages) ReturnChecks(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(UserOf(r.Context()), "Checks of the SEN2 return", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Rules", Href: rulesPart}, {Text: "Checks of the return"}}
	return show(w, r, http.StatusOK, returnChecksPage(f, checkGroups()))
}

// A checkGroup is the checks of one level.
type checkGroup struct {
	Name   string
	Checks []*sen2.Check
}

// checkGroups lists the checks from the header down, and what reading notices.
func checkGroups() (groups []checkGroup) {
	for _, level := range []sen2.Level{sen2.OfHeader, sen2.OfArea, sen2.OfPerson, sen2.OfRequest, sen2.OfAssessment, sen2.OfPlan, sen2.OfActive, sen2.OfDetail, sen2.OfPlacement} {
		g := checkGroup{Name: capital(string(level))}
		for _, c := range sen2.Checks {
			if c.Level == level {
				g.Checks = append(g.Checks, c)
			}
		}
		groups = append(groups, g)
	}
	return append(groups, checkGroup{Name: "Reading the file", Checks: sen2.Readings})
}

func checksTable(g checkGroup) govuk.Table {
	t := govuk.Table{Caption: "Checks: " + g.Name, CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Check", "What it finds", "How severe", "Where it comes from")}
	for _, c := range g.Checks {
		t.Rows = append(t.Rows, []govuk.Cell{{Content: checkLink(c.Code, c.Words)}, {Text: c.Words}, {Content: severityCell(c)}, {Text: c.Source}})
	}
	return t
}

// ReturnCheck shows one check, with its worked examples.
func (p *Pages) ReturnCheck(w http.ResponseWriter, r *http.Request) error {
	check := sen2.CheckNamed(r.PathValue("code"))
	if check == nil {
		return app.ErrNotFound
	}
	examples, err := check.Examples()
	if err != nil {
		return err
	}
	f := p.frame(UserOf(r.Context()), check.Code+" "+check.Words, "")
	f.Breadcrumbs = []govuk.Link{{Text: "Rules", Href: rulesPart}, {Text: "Checks of the return", Href: checksAddress}, {Text: check.Code}}
	return show(w, r, http.StatusOK, returnCheckPage(f, check, examples, UserOf(r.Context()).May(access.ReturnLook)))
}

func checkRows(c *sen2.Check) []govuk.SummaryRow {
	rows := []govuk.SummaryRow{
		{Key: "What it is", Value: capital(sen2.Local)},
		{Key: "How severe", Value: capital(c.Asked())},
		{Key: "What it looks at", Value: capital(string(c.Level))},
	}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, govuk.SummaryRow{Key: key, Value: value})
		}
	}
	if c.Milder != "" {
		add("Only a query when", capital(c.Milder))
	}
	add("Items", strings.Join(c.Fields, ", "))
	if t := c.Tolerance; t != nil {
		add("How much it lets pass", toleranceWords(t))
	}
	if c.Needs != "" {
		add("What it needs", capital(c.Needs))
	}
	add("Where it comes from", c.Source)
	add("How surely that is known", suretyWords(c.Confidence))
	return rows
}

func toleranceWords(t *sen2.Tolerance) string {
	if t.Default == 0 {
		return "Nothing is set, because no source gives a figure. It is not run until the area sets one, in " + t.Unit + "."
	}
	return strconv.FormatFloat(t.Default, 'g', -1, 64) + " " + t.Unit + ", unless the area sets another. No source gives a figure."
}

// suretyWords says how surely the source of a check is known. No check of the
// return was read in the department's own rules.
func suretyWords(c law.Confidence) string {
	switch c {
	case law.Secondary:
		return "The department’s guide or the law, as a good source quotes it"
	case law.Known:
		return "One supplier’s or one reader’s word"
	}
	return "A deduction. The area may decide otherwise."
}

// ReturnNotCovered lists what is not known of the return.
func (p *Pages) ReturnNotCovered(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(UserOf(r.Context()), "What is not known of the SEN2 return", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Rules", Href: rulesPart}, {Text: "Checks of the return", Href: checksAddress}, {Text: "Not covered"}}
	return show(w, r, http.StatusOK, returnNotCoveredPage(f, sen2.NotCovered(), yearsTable()))
}

func yearsTable() govuk.Table {
	t := govuk.Table{Caption: "The return, year by year", Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Return", "Census day", "Deadline", "What changed, as far as is known", "Where it was read")}
	for _, y := range sen2.Years() {
		t.Rows = append(t.Rows, []govuk.Cell{{Text: strconv.Itoa(y.Year)}, {Text: y.Census.Words()}, {Text: capital(y.DeadlineWords())}, {Text: capital(y.ChangedWords())}, {Text: capital(y.Read)}})
	}
	return t
}
