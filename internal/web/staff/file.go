package staff

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/sheet"
)

// CasesFile gives a list of cases as a spreadsheet: all of it, in the order shown.
func (p *Pages) CasesFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		filter, sort := readCaseFilter(r.URL.Query())
		rows, err := p.Casework.CasesOut(r.Context(), UserOf(r.Context()), filter, sort, string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "cases "+p.Casework.Today().String(), caseColumns, len(rows), func(i int) []any {
			c := &rows[i]
			cells := append(childCells(c.Line, c.Who), c.UPN, c.ULN, c.NHS, sen2.NeedTypes.Meaning(c.Need), c.Place, c.Waiting)
			if c.Rule == nil {
				return append(cells, nil, "Nothing is due", nil, nil, nil, c.Overdue, c.Breaches)
			}
			return append(cells, c.Rule.Code, c.Rule.Duty, c.Next.Of, c.Next.Due, c.Days, c.Overdue, c.Breaches)
		})
	}
}

// AdviceFile gives the advice that is listed as a spreadsheet.
func (p *Pages) AdviceFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		rows, err := p.Casework.AdviceOut(r.Context(), UserOf(r.Context()), readAdviceFilter(r.URL.Query()), string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "advice "+p.Casework.Today().String(), adviceColumns, len(rows), func(i int) []any {
			r := &rows[i]
			return append(childCells(r.Line, r.Who), bodyName(r.Body), r.Asked, r.Due, max(0, -r.Days), r.Excused, r.Plan)
		})
	}
}

// ReviewsFile gives the reviews that are listed as a spreadsheet.
func (p *Pages) ReviewsFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		rows, err := p.Casework.ReviewsOut(r.Context(), UserOf(r.Context()), readReviewFilter(r.URL.Query()), string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "reviews "+p.Casework.Today().String(), reviewColumns, len(rows), func(i int) []any {
			r := &rows[i]
			late := max(0, -r.Days)
			if r.What == app.MeetingSet {
				late = 0
			}
			return append(childCells(r.Line, r.Who), matterName(r.What), r.On, late, r.Place)
		})
	}
}

// TransfersFile gives the moves that are listed as a spreadsheet.
func (p *Pages) TransfersFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		rows, err := p.Casework.TransfersOut(r.Context(), UserOf(r.Context()), readTransferFilter(r.URL.Query()), string(kind))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "phase transfers "+p.Casework.Today().String(), moveColumns, len(rows), func(i int) []any {
			r := &rows[i]
			cells := append(childCells(r.Line, r.Who), r.Kind.Label, r.Place)
			if r.Move == nil {
				return append(cells, nil, nil, nil, nil, nil, nil, "No move recorded")
			}
			m := r.Move
			return append(cells, m.On, m.Due, max(0, -r.Days), m.Review, m.Consulted, m.Done, moveReason(m))
		})
	}
}

// The columns of each file. Those of the child come first.
var (
	childColumns = []sheet.Column{
		{Title: "Reference", Width: 12}, {Title: "Surname", Width: 18}, {Title: "Forename", Width: 16}, {Title: "Born", Width: 11},
		{Title: "Stage", Width: 24}, {Title: "Who has it", Width: 20}, {Title: "Team", Width: 14}, {Title: "District", Width: 16},
	}
	caseColumns = withChild(sheet.Column{Title: "UPN", Width: 16}, sheet.Column{Title: "ULN", Width: 12}, sheet.Column{Title: "NHS number", Width: 12},
		sheet.Column{Title: "Primary need", Width: 28}, sheet.Column{Title: "Setting", Width: 28}, sheet.Column{Title: "Waiting since", Width: 13},
		sheet.Column{Title: "Next duty"}, sheet.Column{Title: "What must be done", Width: 50}, sheet.Column{Title: "Of whom", Width: 16}, sheet.Column{Title: "Due", Width: 11},
		sheet.Column{Title: "Days to go"}, sheet.Column{Title: "Duties overdue"}, sheet.Column{Title: "Of them set by law"})
	adviceColumns = withChild(sheet.Column{Title: "Who was asked", Width: 30}, sheet.Column{Title: "Asked", Width: 11}, sheet.Column{Title: "Due", Width: 11},
		sheet.Column{Title: "Days overdue"}, sheet.Column{Title: "Exception applies"}, sheet.Column{Title: "Plan due", Width: 11})
	reviewColumns = withChild(sheet.Column{Title: "What", Width: 24}, sheet.Column{Title: "Day", Width: 11}, sheet.Column{Title: "Days overdue"}, sheet.Column{Title: "Setting", Width: 30})
	moveColumns   = withChild(sheet.Column{Title: "Move", Width: 28}, sheet.Column{Title: "Setting now", Width: 30}, sheet.Column{Title: "Day of the move", Width: 15}, sheet.Column{Title: "Last day", Width: 11},
		sheet.Column{Title: "Days late"}, sheet.Column{Title: "Review held", Width: 12}, sheet.Column{Title: "Setting consulted", Width: 16}, sheet.Column{Title: "Next setting named", Width: 18}, sheet.Column{Title: "What the record says", Width: 60})
)

func withChild(more ...sheet.Column) []sheet.Column {
	return append(append([]sheet.Column{}, childColumns...), more...)
}

func childCells(l *app.Line, who string) []any {
	return []any{l.Reference, l.Surname, l.Forename, l.Born, l.Stage.Label(), who, l.Team, l.District}
}

// fileLink turns the address of a page's list into that of the list as a file.
func fileLink(link string, kind sheet.Kind) string {
	link, _, _ = strings.Cut(link, "#")
	page, query, chosen := strings.Cut(link, "?")
	if page += "." + string(kind); chosen {
		page += "?" + query
	}
	return page
}

// SendSheet sends a list as a file. It is made whole before any of it is sent, so
// that half is never taken for the whole.
func SendSheet(w http.ResponseWriter, kind sheet.Kind, name string, columns []sheet.Column, rows int, row func(int) []any) error {
	var b bytes.Buffer
	s, err := sheet.New(&b, kind, name, columns...)
	if err != nil {
		return err
	}
	for i := range rows {
		if err := s.Row(row(i)...); err != nil {
			return err
		}
	}
	if err := s.Close(); err != nil {
		return err
	}
	kind.Header(w.Header(), name)
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, err = b.WriteTo(w)
	if err != nil {
		return &BrokeOff{err}
	}
	return nil
}
