package annexa

import (
	"fmt"
	"strings"
)

// A Table is a sheet that was read: its name and the text of its cells.
type Table struct {
	Name string
	Rows [][]string
}

// An Unreadable is a workbook that does not hold the lists, with the reason.
type Unreadable struct{ Why string }

// Error gives the reason.
func (u *Unreadable) Error() string { return u.Why }

// A Note is something about the shape of a workbook that was read all the same.
type Note struct {
	Sheet string
	What  string
}

// Read finds the lists among the sheets of a workbook. Sheets and columns may
// stand in any order, and be spelt with other capitals, spaces or dashes than
// they should: each is noted. A list or a column that is missing is noted, and
// its cells are blank. A workbook with neither list is [*Unreadable].
func Read(tables []Table) (map[List][]Row, []Note, error) {
	rows := map[List][]Row{}
	var notes []Note
	for _, l := range both {
		var at *Table
		for i := range tables {
			if same(tables[i].Name, l.Sheet()) {
				if at != nil {
					return nil, notes, &Unreadable{"the workbook has two sheets called " + l.Sheet()}
				}
				at = &tables[i]
			}
		}
		if at == nil {
			notes = append(notes, Note{l.Sheet(), "There is no such sheet."})
			continue
		}
		if at.Name != l.Sheet() {
			notes = append(notes, Note{l.Sheet(), fmt.Sprintf("The sheet is called “%s”.", at.Name)})
		}
		list, more, err := readList(l, at)
		notes = append(notes, more...)
		if err != nil {
			return nil, notes, err
		}
		rows[l] = list
	}
	if len(rows) == 0 {
		return nil, notes, &Unreadable{"the workbook has no sheet List_1 and no sheet List_2"}
	}
	return rows, notes, nil
}

func readList(l List, t *Table) (rows []Row, notes []Note, err error) {
	note := func(format string, args ...any) {
		notes = append(notes, Note{l.Sheet(), fmt.Sprintf(format, args...)})
	}
	if len(t.Rows) == 0 {
		return nil, nil, &Unreadable{l.Sheet() + " has no titles on line 1"}
	}
	where := map[int]int{} // by place in Columns, the place in the sheet
	for i, title := range t.Rows[0] {
		title = strings.TrimSpace(title)
		place := -1
		for _, c := range l.Of() {
			if same(title, Columns[c].Title) {
				place = c
			}
		}
		_, twice := where[place]
		switch {
		case title == "":
		case place < 0:
			note("The column “%s” is not one of the list’s, and was not read.", title)
		case twice:
			return nil, notes, &Unreadable{fmt.Sprintf("%s has the column “%s” twice", l.Sheet(), Columns[place].Title)}
		default:
			where[place] = i
			if title != Columns[place].Title {
				note("The column “%s” was read as “%s”.", title, Columns[place].Title)
			}
		}
	}
	if len(where) == 0 {
		return nil, notes, &Unreadable{l.Sheet() + " has none of the list’s columns on line 1"}
	}
	last := -1
	ordered := true
	for _, c := range l.Of() {
		at, ok := where[c]
		if !ok {
			note("The column “%s” is missing.", Columns[c].Title)
			continue
		}
		ordered, last = ordered && at > last, at
	}
	if !ordered {
		note("The columns are in another order than the list’s.")
	}
	for i, cells := range t.Rows[1:] {
		r := Row{Line: i + 2}
		empty := true
		for c, at := range where {
			if at < len(cells) {
				r.Cells[c] = strings.TrimSpace(cells[at])
				empty = empty && r.Cells[c] == ""
			}
		}
		if !empty {
			rows = append(rows, r)
		}
	}
	return rows, notes, nil
}

// same reports whether two titles differ in no more than capitals, spaces, dashes
// and other marks.
func same(a, b string) bool { return plain(a) == plain(b) }

func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
