package staff

import (
	"net/http"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// Rules lists every rule that Weald applies. It is public: a family can see
// what the service believes the law to be.
func (p *Pages) Rules(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, rulesPage(p.frame(UserOf(r.Context()), "Rules", rulesPart), ruleGroups()))
}

// A ruleGroup is the rules that start with one group of events.
type ruleGroup struct {
	Name  casework.Group
	Rules []*law.Rule
}

func ruleGroups() (groups []ruleGroup) {
	at := map[casework.Group]int{}
	for _, r := range casework.Catalogue {
		g := casework.GroupOf(r)
		if _, ok := at[g]; !ok {
			at[g] = len(groups)
			groups = append(groups, ruleGroup{Name: g})
		}
		groups[at[g]].Rules = append(groups[at[g]].Rules, r)
	}
	return groups
}

// A workedExample is an example with what the clock says of it.
type workedExample struct {
	*casework.Example
	Lines   []string // every duty of the rule, as the clock prints it
	Whys    []string
	Refused []string
}

// Rule shows one rule, its versions and its worked examples.
func (p *Pages) Rule(w http.ResponseWriter, r *http.Request) error {
	versions := casework.RulesNamed(r.PathValue("id"))
	if versions == nil {
		return app.ErrNotFound
	}
	rule := versions[0]
	examples, err := casework.Examples(rule)
	if err != nil {
		examples = nil // none is filed, and the page says so
	}
	clock := casework.NewClock(casework.DefaultPractice())
	var worked []workedExample
	for _, x := range examples {
		reading := clock.Read(&x.Case, x.Today)
		we := workedExample{Example: x}
		for i := range reading.Duties {
			if d := &reading.Duties[i]; d.Rule.ID == rule.ID {
				we.Lines = append(we.Lines, d.Line())
				we.Whys = append(we.Whys, d.Why(clock.Practice))
			}
		}
		for _, no := range reading.Refused {
			we.Refused = append(we.Refused, no.Why.Error())
		}
		worked = append(worked, we)
	}
	f := p.frame(UserOf(r.Context()), rule.Code+" "+rule.Duty, "")
	f.Breadcrumbs = []govuk.Link{{Text: "Rules", Href: rulesPart}, {Text: rule.Code}}
	return show(w, r, http.StatusOK, rulePage(f, rule, versions[1:], worked))
}

// Choices shows how this local area decides what the law leaves unsettled.
func (p *Pages) Choices(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, choicesPage(p.frame(UserOf(r.Context()), "Choices", choicesPart), p.Casework.Practice()))
}

func rulesTable(g ruleGroup) govuk.Table {
	t := govuk.Table{Caption: "Rules: " + string(g.Name), CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Rule", "What must be done", "By when", "Source")}
	for _, r := range g.Rules {
		t.Rows = append(t.Rows, []govuk.Cell{{Content: ruleLink(r)}, {Text: r.Duty}, {Text: r.Limit.String()}, {Content: ruleSource(r)}})
	}
	return t
}

// happened lists an example's facts and events.
func happened(x workedExample) govuk.Table {
	t := govuk.Table{Caption: "What happened: " + x.Title, CaptionHidden: true, Scroll: true, Head: govuk.Headings("Day", "What happened")}
	row := func(on calendar.Date, what, more string) {
		t.Rows = append(t.Rows, []govuk.Cell{{Content: dayCell(on)}, {Content: whatCell(what, more)}})
	}
	if !x.Case.Born.IsZero() {
		row(x.Case.Born, "Born", "")
	}
	for _, s := range x.Case.Closures {
		row(s.Closed, s.Setting+" closed, until it re-opened on "+s.Reopens.Words(), "")
	}
	for i := range x.Case.Events {
		e := &x.Case.Events[i]
		row(e.On, e.Kind.Label(), e.Words())
	}
	return t
}

func ruleRows(r *law.Rule) []govuk.SummaryRow {
	rows := []govuk.SummaryRow{
		{Key: "Who owes it", Value: capital(string(r.Owner))},
		{Key: "By when", Value: capital(r.Limit.String())},
		{Key: "How binding", Content: forceCell(r)},
		{Key: "The rule, in short", Value: r.Words},
	}
	if r.Nature == law.Right {
		rows[0].Key = "Whose right it is"
	}
	if !r.Source.IsZero() {
		rows = append(rows, govuk.SummaryRow{Key: "Source", Content: citationLinks([]law.Citation{r.Source})})
	}
	if len(r.Exceptions) > 0 {
		rows = append(rows, govuk.SummaryRow{Key: "Exceptions", Content: exceptionList(r)})
	}
	if r.Note != "" {
		rows = append(rows, govuk.SummaryRow{Key: "Note", Value: r.Note})
	}
	if len(r.See) > 0 {
		rows = append(rows, govuk.SummaryRow{Key: "See also", Content: citationLinks(r.See)})
	}
	checked := "Not yet"
	if !r.Checked.IsZero() {
		checked = r.Checked.Words()
	}
	return append(rows,
		govuk.SummaryRow{Key: "How it was checked", Value: r.Confidence.Words()},
		govuk.SummaryRow{Key: "Last compared with the source", Value: checked},
		govuk.SummaryRow{Key: "In force", Value: capital(r.InForce.String())})
}

func choiceRows(p *casework.Practice) (rows []govuk.SummaryRow) {
	for i := range casework.Choices {
		rows = append(rows, govuk.SummaryRow{Key: casework.Choices[i].Issue, Content: choiceCell(&casework.Choices[i], p.Chosen(i))})
	}
	return rows
}
