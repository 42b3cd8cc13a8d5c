package board

import (
	"net/http"
	"slices"
	"strings"

	"weald/domain/measure"
	"weald/internal/sheet"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// Overview shows every measure.
func (p *Pages) Overview(w http.ResponseWriter, r *http.Request) error {
	u := face.UserOf(r.Context())
	v := read(r.URL.Query())
	o, err := p.Figures.Overview(r.Context(), u, v.Asked)
	if err != nil {
		return err
	}
	page := p.Frame(u, "Measures", Part)
	page.Errors = v.Form.Errors
	return face.Show(w, r, http.StatusOK, overviewPage(page, v, o))
}

// areas parts the measures by the part of the arrangements that they belong to.
func areas(o *measure.Overview) (names []string) {
	for _, s := range o.Area {
		if !slices.Contains(names, s.Area) {
			names = append(names, s.Area)
		}
	}
	return names
}

func waitingAreas(o *measure.Overview) (names []string) {
	for _, d := range o.Waits {
		if !slices.Contains(names, d.Area) {
			names = append(names, d.Area)
		}
	}
	return names
}

func overviewTable(o *measure.Overview, area string, a measure.Asked) govuk.Table {
	t := govuk.Table{Caption: area, CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Measure", "Figure", "Period", "The period before", "Signal or noise")}
	for _, s := range o.Area {
		if s.Area != area {
			continue
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Content: measureName(s, a)}, {Content: measureFigure(s)}, {Text: periodWords(s)}, {Text: s.Before.Text()}, {Text: capital(signalWords(s))}})
	}
	return t
}

// periodWords says over what a figure was counted.
func periodWords(s *measure.Shown) string {
	words := s.Span.Name(s.Period)
	if s.Brought != nil {
		return words + ", from " + s.Brought.Source
	}
	if s.State() && s.Span != measure.Day && s.Span != measure.January {
		words = "End of " + words
		if s.Open {
			words = "Today, in " + s.Span.Name(s.Period)
		}
		return words
	}
	if s.Open {
		words += ", so far"
	}
	return words
}

// signalWords says whether the latest month is more than chance, and which way.
func signalWords(s *measure.Shown) string {
	switch {
	case !s.Judged:
		return "nothing counted last month, or too few months to tell"
	case s.Signal == measure.NoSignal:
		return "noise: " + s.Signal.Words()
	case s.Turn > 0:
		return "signal, for the better: " + s.Signal.Words()
	case s.Turn < 0:
		return "signal, for the worse: " + s.Signal.Words()
	}
	return "signal: " + s.Signal.Words()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// balancing says of a timeliness measure what stands beside it.
func besideWords(s *measure.Shown) string {
	return s.Code + " " + s.Title + ": " + s.Figure() + ", " + s.Span.Name(s.Period)
}

var overviewColumns = []sheet.Column{
	{Title: "Code"}, {Title: "Measure", Width: 44}, {Title: "Part of the arrangements", Width: 30}, {Title: "Kind", Width: 12}, {Title: "Which way is better", Width: 20},
	{Title: "From", Width: 11}, {Title: "To", Width: 11}, {Title: "Not final"}, {Title: "Value"}, {Title: "Unit"}, {Title: "Numerator"}, {Title: "Denominator"},
	{Title: "Period before"}, {Title: "Signal or noise", Width: 50}, {Title: "Beside it", Width: 50}, {Title: "Limit in law or published target", Width: 34}, {Title: "Counts", Width: 60}, {Title: "Of", Width: 50}, {Title: "Waits for", Width: 50},
}

// OverviewFile gives every measure as a spreadsheet.
func (p *Pages) OverviewFile(kind sheet.Kind) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		u := face.UserOf(r.Context())
		o, err := p.Figures.Overview(r.Context(), u, read(r.URL.Query()).Asked)
		if err != nil {
			return err
		}
		if err := p.Figures.Out(r.Context(), u, "every measure", string(kind)); err != nil {
			return err
		}
		var rows [][]any
		for _, s := range o.Area {
			var beside []string
			for _, b := range s.Beside {
				beside = append(beside, besideWords(b))
			}
			rows = append(rows, []any{s.Code, s.Title, s.Area, string(s.Kind), s.Better.Words(), s.Period.First, s.Period.Last, s.Open, cell(s.Value), s.Unit, s.Value.Num, denominator(s.Value), cell(s.Before),
				signalWords(s), strings.Join(beside, "; "), s.Aim, s.Counts, s.Of, nil})
		}
		for _, d := range o.Waits {
			rows = append(rows, []any{d.Code, d.Title, d.Area, string(d.Kind), d.Better.Words(), nil, nil, nil, nil, d.Unit, nil, nil, nil, nil, nil, d.Aim, d.Counts, d.Of, d.Waits})
		}
		return p.Send(w, kind, "measures "+o.Today.String(), overviewColumns, len(rows), func(i int) []any { return rows[i] })
	}
}

// cell is a value as a spreadsheet holds it: nothing when it is not known.
func cell(v measure.Value) any {
	if !v.Known() {
		return nil
	}
	return v.Figure()
}

func denominator(v measure.Value) any {
	if v.Whole {
		return nil
	}
	return v.Den
}
