package staff

import (
	"bytes"
	"net/http"

	"weald/calendar"
	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/sheet"
)

var exportColumns = []sheet.Column{
	{Title: "Reference", Width: 12}, {Title: "Surname", Width: 20}, {Title: "Forename", Width: 16}, {Title: "Born", Width: 12},
	{Title: "UPN", Width: 16}, {Title: "ULN", Width: 12}, {Title: "NHS number", Width: 12}, {Title: "District", Width: 16}, {Title: "Primary need", Width: 28},
	{Title: "Setting", Width: 28}, {Title: "Stage", Width: 22}, {Title: "Waiting since", Width: 12}, {Title: "Team", Width: 14}, {Title: "Who has it", Width: 20},
	{Title: "Next duty", Width: 10}, {Title: "What must be done", Width: 50}, {Title: "Of", Width: 16}, {Title: "Due", Width: 12}, {Title: "Days to go", Width: 10},
	{Title: "Duties overdue", Width: 10}, {Title: "Of them set by law", Width: 10},
}

// CasesExport sends a list of cases as a file: all of it, in the order shown.
func (p *Pages) CasesExport(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	kind, ok := sheet.KindNamed(q.Get("as"))
	if !ok {
		return app.ErrNotFound
	}
	filter, sort := readCaseFilter(q)
	// The file is made before any of it is sent, so that what is sent is whole.
	var file bytes.Buffer
	out, err := sheet.New(&file, kind, "Cases", exportColumns...)
	if err != nil {
		return err
	}
	err = p.Casework.Every(r.Context(), UserOf(r.Context()), filter, sort, string(kind), func(c *app.CaseRow) error {
		row := []any{
			c.Reference, c.Surname, c.Forename, day(c.Born), c.UPN, c.ULN, c.NHS, c.District, sen2.NeedTypes.Meaning(c.Need),
			c.Place, c.Stage.Label(), day(c.Waiting), c.Team, c.Who, "", "Nothing is due", "", nil, nil, c.Overdue, c.Breaches,
		}
		if c.Next != nil && c.Rule != nil {
			row[14], row[15], row[16], row[17], row[18] = c.Rule.Code, c.Rule.Duty, c.Next.Of, day(c.Next.Due), c.Days
		}
		return out.Row(row...)
	})
	if err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	kind.Header(w.Header(), "Cases "+p.Casework.Today().String())
	_, _ = w.Write(file.Bytes()) // the reader has gone away: nothing to do
	return nil
}

// day is a day as a cell, empty when it is not known.
func day(d calendar.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}
