package staff

import (
	"cmp"
	"net/http"

	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// Pipeline counts children by stage and by how long they have waited, and names
// those who have waited longest.
func (p *Pages) Pipeline(w http.ResponseWriter, r *http.Request) error {
	filter, _ := readCaseFilter(r.URL.Query())
	filter.Stage, filter.Older, filter.Band, filter.Search, filter.Setting = "", "", "", "", ""
	line, err := p.Casework.Pipeline(r.Context(), UserOf(r.Context()), filter)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, pipelinePage(p.frame(UserOf(r.Context()), "Pipeline", pipelinePart), line))
}

// pipelineTable is the pipeline, every figure a link to its children.
func pipelineTable(p *app.Pipeline) govuk.Table {
	t := govuk.Table{Caption: "Children by stage and wait", CaptionHidden: true, Scroll: true, RowHeadings: true}
	t.Head = []govuk.Heading{{Text: "Stage"}}
	unknown := len(app.Ages) - 1
	shown := app.Ages
	if p.Ages[unknown].Children == 0 { // most records know
		shown = shown[:unknown]
	}
	for _, a := range shown {
		t.Head = append(t.Head, govuk.Heading{Text: a.Label, Numeric: true})
	}
	t.Head = append(t.Head, govuk.Heading{Text: "All", Numeric: true})
	row := func(name string, stage casework.Stage, ages []app.Tally, total app.Tally) {
		cells := []govuk.Cell{{Text: name}}
		f := p.Filter
		f.Stage = stage
		for i, a := range shown {
			f.Older = a.Name
			cells = append(cells, figure(ages[i].Children, casesLink(f, app.SortWaiting), false))
		}
		f.Older = ""
		t.Rows = append(t.Rows, append(cells, figure(total.Children, casesLink(f, app.SortWaiting), false)))
	}
	for _, s := range p.Stages {
		row(s.Stage.Label(), cmp.Or(s.Stage, app.Absent), s.Ages, s.Total)
	}
	row("All stages", "", p.Ages, p.Total)
	return t
}

// oldestRows lists the longest waits.
func oldestRows(p *app.Pipeline) govuk.Table {
	t := govuk.Table{Caption: "The longest waits", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Waiting", "Stage", "What must be done", "Who has it")}
	for i := range p.Oldest {
		r := &p.Oldest[i]
		what := govuk.Cell{Text: "Nothing is due"}
		if r.Rule != nil {
			what = govuk.Cell{Content: rowDuty(r)}
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Content: childCell(r.Line, r.Reference, born(r.Line))}, {Content: pipelineWait(p, r)}, {Text: r.Stage.Label()}, what, {Content: ownerCell(r.Line, r.Who)}})
	}
	return t
}
