package sen2

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A FormSheet is a table that was read: a CSV file, or a sheet of a workbook.
// Rows[0] is row 1.
type FormSheet struct {
	Name string
	Rows [][]string
}

// A FormFinding is something noticed in a form, with the cell.
type FormFinding struct {
	Finding        // Line is the row, and Column the column, both from 1
	Table   string // the form's name of the table
	Title   string // of the column
}

// An UnknownForm is files that are in none of the forms, with the reason.
type UnknownForm struct{ Why string }

// Error gives the reason.
func (u *UnknownForm) Error() string { return u.Why }

// ReadForm reads a return out of tables and returns its form and its people in
// order. The form is told by its tables, whatever the order of their columns.
// Cells that cannot be read, rows that belong to nothing and columns that are
// missing are findings; a form is refused only if its people cannot be told.
//
// The analysts' tables have no header: year says of which return they are.
func ReadForm(sheets []FormSheet, year int) (*Form, Header, []*Person, []FormFinding, error) {
	blocks := stacked(sheets)
	f, err := formOf(blocks)
	if err != nil {
		return nil, Header{}, nil, nil, err
	}
	r := &formReader{form: f, byNumber: make([]map[string]any, len(f.Tables)), of: map[*Person][]*Request{}}
	r.cells.frame = &frame{}
	if !f.Header {
		r.cells.header.Year = year
	}
	for n := range f.Tables {
		r.byNumber[n] = map[string]any{}
		b := blockOf(blocks, &f.Tables[n])
		if b == nil {
			r.note(Query, n, 0, 0, "", "", "The table is missing.")
			continue
		}
		if err := r.table(n, b); err != nil {
			return f, r.cells.header, nil, r.findings, err
		}
	}
	for i, p := range r.people {
		p.Number = i + 1
		for _, q := range r.of[p] {
			p.Requests = append(p.Requests, *q)
		}
	}
	return f, r.cells.header, r.people, r.findings, nil
}

// A block is a table in a sheet: its titles and the rows below, and how many rows
// of the sheet stand above.
type block struct {
	name  string
	above int
	rows  [][]string
}

// stacked parts sheets into blocks: the sheet of the template at the titles of
// its tables, others whole.
func stacked(sheets []FormSheet) (blocks []block) {
	for _, s := range sheets {
		if plainTitle(s.Name) != plainTitle(TemplateSheet) {
			blocks = append(blocks, block{s.Name, 0, s.Rows})
			continue
		}
		at := -1
		flush := func(end int) {
			if at >= 0 {
				blocks = append(blocks, block{s.Rows[at][0], at + 1, s.Rows[at+1 : end]})
			}
		}
		for i, row := range s.Rows {
			if len(row) > 0 && slices.ContainsFunc(Template.Tables, func(t FormTable) bool { return plainTitle(t.Name) == plainTitle(row[0]) }) && blank(row[1:]) {
				flush(i)
				at = i
			}
		}
		flush(len(s.Rows))
	}
	return blocks
}

func blank(row []string) bool {
	return !slices.ContainsFunc(row, func(c string) bool { return strings.TrimSpace(c) != "" })
}

// fits reports whether a block is a table of a form: by its name or, whatever it
// is called, by having all the table's titles.
func (t *FormTable) fits(b *block) bool {
	name := plainTitle(strings.TrimSuffix(b.name, path.Ext(b.name)))
	if name == plainTitle(t.Name) || strings.HasPrefix(strings.ToLower(b.name), "blade-export") && strings.HasSuffix(strings.ToLower(b.name), "_"+t.Name) {
		return true
	}
	if len(b.rows) == 0 {
		return false
	}
	for _, c := range t.Columns {
		if !slices.ContainsFunc(b.rows[0], func(title string) bool { return plainTitle(title) == plainTitle(c.Title) }) {
			return false
		}
	}
	return true
}

func blockOf(blocks []block, t *FormTable) *block {
	for i := range blocks {
		if t.fits(&blocks[i]) {
			return &blocks[i]
		}
	}
	return nil
}

// formOf returns the form with the most tables among the blocks.
func formOf(blocks []block) (*Form, error) {
	var best *Form
	most := 0
	for _, f := range Forms {
		n, people := 0, false
		for i := range f.Tables {
			if blockOf(blocks, &f.Tables[i]) != nil {
				n++
				people = people || f.Tables[i].in == personPart
			}
		}
		if people && n > most {
			best, most = f, n
		}
	}
	if best == nil {
		return nil, &UnknownForm{"no table of people was found: expected a return in XML, a workbook with the sheet “" + TemplateSheet + "” or the sheets m1 to m5, the five CSV files m1 to m5, or the nine of the collection system"}
	}
	return best, nil
}

type formReader struct {
	form     *Form
	cells    reader // holds each value to its item, as in XML
	people   []*Person
	of       map[*Person][]*Request
	byNumber []map[string]any // by table, what a number names
	findings []FormFinding
}

func (r *formReader) note(s Severity, table, row, column int, title, item, format string, args ...any) {
	if len(r.findings) < mostFindings {
		r.findings = append(r.findings, FormFinding{Finding{Severity: s, Line: row, Column: column, Item: item, What: fmt.Sprintf(format, args...)}, r.form.Tables[table].Name, title})
	}
}

// table reads the rows of one table.
func (r *formReader) table(n int, b *block) error {
	t := &r.form.Tables[n]
	if len(b.rows) == 0 {
		if t.in == personPart {
			return &UnknownForm{t.Name + " has no row of titles"}
		}
		r.note(Query, n, b.above+1, 0, "", "", "The table has no row of titles.")
		return nil
	}
	where, err := r.titles(n, b)
	if err != nil {
		return err
	}
	for i, row := range b.rows[1:] {
		if !blank(row) {
			r.row(n, b.above+i+2, row, where)
		}
	}
	return nil
}

// titles finds where a table's columns stand in a block; -1: nowhere.
func (r *formReader) titles(n int, b *block) ([]int, error) {
	t := &r.form.Tables[n]
	line := b.above + 1
	where := make([]int, len(t.Columns))
	taken := map[int]bool{}
	find := func(title string, same func(string) bool) int {
		for at, have := range b.rows[0] {
			if !taken[at] && same(strings.TrimSpace(have)) {
				taken[at] = true
				if strings.TrimSpace(have) != title {
					r.note(Note, n, line, at+1, title, "", "The title “%s” was read as “%s”.", have, title)
				}
				return at
			}
		}
		return -1
	}
	for i, c := range t.Columns {
		where[i] = find(c.Title, func(have string) bool { return have == c.Title })
	}
	for i, c := range t.Columns {
		if where[i] < 0 {
			where[i] = find(c.Title, func(have string) bool { return plainTitle(have) == plainTitle(c.Title) })
		}
		if where[i] < 0 && c.item != nil {
			r.note(Query, n, line, 0, c.Title, c.item.Name, "The column “%s” is missing.", c.Title)
		}
	}
	for at, have := range b.rows[0] {
		if !taken[at] && strings.TrimSpace(have) != "" {
			r.note(Query, n, line, at+1, have, "", "The column “%s” is not one of the table’s, and was not read.", have)
		}
	}
	last := -1
	for _, at := range where {
		if at >= 0 && at < last {
			r.note(Note, n, line, 0, "", "", "The columns are in another order than the form’s.")
			break
		}
		last = max(last, at)
	}
	if t.key >= 0 && where[t.key] < 0 {
		return nil, &UnknownForm{fmt.Sprintf("%s has no column “%s”, by which rows are joined", t.Name, t.Columns[t.key].Title)}
	}
	return where, nil
}

// row reads one row: what it belongs to, then its items.
func (r *formReader) row(n, line int, row []string, where []int) {
	t := &r.form.Tables[n]
	cell := func(i int) string {
		if i < 0 || where[i] < 0 || where[i] >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[where[i]])
	}
	if !r.make(n, line, cell) {
		return
	}
	for i := range t.Columns {
		if text := cell(i); text != "" && t.Columns[i].item != nil {
			r.item(n, line, where[i]+1, &t.Columns[i], text)
		}
	}
}

// make makes the thing that a row is of, in what it belongs to, and turns the
// reading of values to it.
func (r *formReader) make(n, line int, cell func(int) string) bool {
	t := &r.form.Tables[n]
	wrong := func(column int, format string, args ...any) bool {
		title := ""
		if column >= 0 {
			title = t.Columns[column].Title
		}
		r.note(Fault, n, line, 0, title, elements[t.in].name, format+" The row was not read.", args...)
		return false
	}
	number := cell(t.key)
	switch {
	case t.in == headerPart:
		if len(r.byNumber[n]) > 0 {
			return wrong(-1, "There is a second header.")
		}
		r.byNumber[n]["header"] = true
		return true
	case number == "" && (t.in == personPart || t.in == requestPart):
		return wrong(t.key, "The row has no number.")
	}
	if t.in == personPart {
		if r.byNumber[n][number] != nil {
			return wrong(t.key, "Person %s is here twice.", quote([]byte(number)))
		}
		p := &Person{Line: line}
		r.cells.person, r.cells.open = p, true
		r.people = append(r.people, p)
		r.byNumber[n][number] = p
		return true
	}
	parent := r.byNumber[t.of][cell(t.parent)]
	if parent == nil {
		return wrong(t.parent, "There is no %s %s in %s.", elements[r.form.Tables[t.of].in].name, quote([]byte(cell(t.parent))), r.form.Tables[t.of].Name)
	}
	made := r.within(t.in, parent, line)
	if made == nil {
		return wrong(t.parent, "There is a second %s of %s.", elements[t.in].name, quote([]byte(cell(t.parent))))
	}
	if number != "" {
		if t.in == requestPart && r.byNumber[n][number] != nil {
			list := r.of[parent.(*Person)]
			r.of[parent.(*Person)] = list[:len(list)-1]
			return wrong(t.key, "Request %s is here twice.", quote([]byte(number)))
		}
		r.byNumber[n][number] = made
	}
	return true
}

// within makes an element in its parent; nil if the parent has one and may have
// no second.
func (r *formReader) within(e element, parent any, line int) any {
	switch e {
	case requestPart:
		q := &Request{Line: line}
		r.of[parent.(*Person)] = append(r.of[parent.(*Person)], q)
		r.cells.request = q
		return q
	case assessmentPart:
		q := parent.(*Request)
		if q.Assessment != nil {
			return nil
		}
		q.Assessment = &Assessment{Line: line}
		r.cells.request = q
		return q
	case namedPlanPart:
		q := parent.(*Request)
		if q.Assessment.Plan != nil {
			return nil
		}
		q.Assessment.Plan = &NamedPlan{Line: line}
		r.cells.request = q
		return q
	case activePlanPart:
		q := parent.(*Request)
		if q.Active != nil {
			return nil
		}
		q.Active = &ActivePlan{Line: line}
		r.cells.request = q
		return q
	case planDetailPart:
		list := &parent.(*Request).Assessment.Plan.Details
		*list = append(*list, PlanDetail{Place{Line: line}})
		r.cells.place = &(*list)[len(*list)-1].Place
	case placementPart:
		list := &parent.(*Request).Active.Placements
		*list = append(*list, Placement{Place: Place{Line: line}})
		r.cells.placed = &(*list)[len(*list)-1]
		r.cells.place = &r.cells.placed.Place
	case needPart:
		list := &parent.(*Request).Active.Needs
		*list = append(*list, Need{Line: line})
		r.cells.need = &(*list)[len(*list)-1]
	}
	return parent
}

// item keeps a cell, in the words of XML, and says what is wrong with it.
func (r *formReader) item(n, line, column int, c *FormColumn, text string) {
	it := c.item
	switch {
	case it.Date:
		if d, ok := formDay(text); ok {
			text = d.String()
		}
	case it.slot == slotWritten:
		if d, err := timeOfForm(text); err == nil {
			text = d
		}
	case it.slot == slotSex && r.form == Analysts && (text == "0" || text == "1" || text == "2" || text == "9"):
		it = itemIn(personPart, "GenderCurrent")
	case it.Codes != nil && it.Codes.Meaning("1") == "Yes" && strings.EqualFold(text, "true"):
		text = "1"
	case it.Codes != nil && it.Codes.Meaning("1") == "Yes" && strings.EqualFold(text, "false"):
		text = "0"
	}
	if it.slot == slotYear {
		if y, err := strconv.Atoi(text); err == nil && y < 2023 {
			r.note(Fault, n, line, column, c.Title, it.Name, "This is the return of %d, which had other modules; the year was not read.", y)
			return
		}
	}
	if wrong := r.cells.store(it, []byte(text)); wrong.what != "" {
		r.note(wrong.severity, n, line, column, c.Title, it.Name, "%s", wrong.what)
	}
}
