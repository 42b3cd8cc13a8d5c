package annexa

import (
	"fmt"
	"strings"
)

// Fill fills blank cells of both lists in from a table that another system gave
// out: a column called Unique ID, and any of the lists' columns, in any order. A
// cell that holds something is not changed. It returns how many cells were filled
// in, and a note for each row and column that could not be used.
func Fill(b *Book, t *Table) (filled int, notes []Note, err error) {
	note := func(format string, args ...any) { notes = append(notes, Note{t.Name, fmt.Sprintf(format, args...)}) }
	if len(t.Rows) == 0 {
		return 0, nil, &Unreadable{t.Name + " has no titles on line 1"}
	}
	columns, id := map[int]int{}, -1 // by place in the table
	for at, title := range t.Rows[0] {
		found := false
		for c := range Columns {
			if same(title, Columns[c].Title) {
				found = true
				if c == uniqueID {
					id = at
				} else {
					columns[at] = c
				}
			}
		}
		if !found && strings.TrimSpace(title) != "" {
			note("The column “%s” is not one of the lists’, and was not read.", title)
		}
	}
	if id < 0 {
		return 0, notes, &Unreadable{t.Name + " has no column “Unique ID”, by which rows are joined"}
	}
	rows := map[string]*Row{}
	lists := map[*Row]List{}
	for _, l := range both {
		for i := range b.Rows[l] {
			r := &b.Rows[l][i]
			rows[r.Cells[uniqueID]], lists[r] = r, l
		}
	}
	for i, cells := range t.Rows[1:] {
		cell := func(at int) string {
			if at >= len(cells) {
				return ""
			}
			return strings.TrimSpace(cells[at])
		}
		if cell(id) == "" {
			continue
		}
		r := rows[cell(id)]
		if r == nil {
			note("Line %d: nobody on the lists has the Unique ID “%s”.", i+2, cell(id))
			continue
		}
		for at, c := range columns {
			text := cell(at)
			switch {
			case text == "" || text == r.Cells[c]:
			case lists[r] == Two && !Columns[c].Two:
				note("Line %d: %s has no column “%s”.", i+2, Two.Sheet(), Columns[c].Title)
			case r.Cells[c] != "":
				note("Line %d: %s is “%s” already and was not changed.", i+2, Columns[c].Title, r.Cells[c])
			default:
				r.Cells[c] = text
				filled++
			}
		}
	}
	return filled, notes, nil
}
