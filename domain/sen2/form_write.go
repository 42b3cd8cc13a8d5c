package sen2

import (
	"fmt"
	"strconv"

	"weald/calendar"
)

// A FormWriter turns people into the rows of a form's tables, one after another.
// It keeps nothing of them.
type FormWriter struct {
	form   *Form
	header *Header
	row    func(table int, cells []string) error
	rows   []int // so far, by table
	err    error
}

// NewFormWriter begins a form. Each row is handed to row, with the place of its
// table in the form's; the slice is the callee's.
func NewFormWriter(f *Form, h *Header, row func(table int, cells []string) error) *FormWriter {
	w := &FormWriter{form: f, header: h, row: row, rows: make([]int, len(f.Tables))}
	if f.Header {
		w.write(headerPart, nil, 1, func(it *Item) string {
			if it.slot == slotYear && h.Year != 0 {
				return strconv.Itoa(h.Year)
			}
			if it.slot == slotYear || it.Date {
				return w.day(h.ReferenceDate, it.Date)
			}
			return *h.text(it.slot)
		})
	}
	return w
}

func (w *FormWriter) day(d calendar.Date, is bool) string {
	if !is || d.IsZero() {
		return ""
	}
	return w.form.day(d)
}

// Person adds a person. A person of the year 2023 has no sex and a gender, which
// the analysts' tables hold in one column.
func (w *FormWriter) Person(p *Person) error {
	person := w.write(personPart, nil, 1, func(it *Item) string {
		if w.form == Analysts && it.slot == slotSex && p.Sex == "" {
			return p.Gender
		}
		return w.value(it, p.text, func(slot) *calendar.Date { return &p.Born })
	})
	for i := range p.Requests {
		w.request(person, i+1, &p.Requests[i])
	}
	return w.err
}

// A place in a form: the numbers of a person, of a request and of a row.
type formPlace struct{ person, request, row int }

func (w *FormWriter) value(it *Item, text func(slot) *string, date func(slot) *calendar.Date) string {
	if it.Date {
		return w.day(*date(it.slot), true)
	}
	return *text(it.slot)
}

func (w *FormWriter) request(person formPlace, order int, r *Request) {
	at := w.write(requestPart, &person, order, func(it *Item) string { return w.value(it, r.text, r.date) })
	if a := r.Assessment; a != nil {
		assessed := w.write(assessmentPart, &at, 1, func(it *Item) string {
			return w.value(it, a.text, func(slot) *calendar.Date { return &a.OutcomeOn })
		})
		if p := a.Plan; p != nil {
			plan := w.write(namedPlanPart, &assessed, 1, func(it *Item) string { return w.value(it, p.text, p.date) })
			for i := range p.Details {
				w.write(planDetailPart, &plan, i+1, func(it *Item) string { return w.value(it, p.Details[i].text, nil) })
			}
		}
	}
	if a := r.Active; a != nil {
		active := w.write(activePlanPart, &at, 1, func(it *Item) string { return w.value(it, a.text, a.date) })
		for i := range a.Placements {
			p := &a.Placements[i]
			w.write(placementPart, &active, i+1, func(it *Item) string { return w.value(it, p.text, p.date) })
		}
		for i := range a.Needs {
			w.write(needPart, &active, i+1, func(it *Item) string { return w.value(it, a.Needs[i].text, nil) })
		}
	}
}

// write adds a row to the table of an element, if the form has one, and returns
// its place.
func (w *FormWriter) write(e element, of *formPlace, order int, value func(*Item) string) formPlace {
	at := formPlace{}
	if of != nil {
		at = *of
	}
	for n := range w.form.Tables {
		t := &w.form.Tables[n]
		if t.in != e {
			continue
		}
		w.rows[n]++
		parent := at.row
		at.row = w.rows[n]
		switch e {
		case personPart:
			at.person = at.row
		case requestPart:
			at.request = at.row
		}
		cells := make([]string, len(t.Columns))
		for i := range t.Columns {
			cells[i] = w.cell(t, i, at, parent, order, value)
		}
		if err := w.row(n, cells); err != nil && w.err == nil {
			w.err = fmt.Errorf("writing %s: %w", t.Name, err)
		}
	}
	return at
}

func (w *FormWriter) cell(t *FormTable, i int, at formPlace, parent, order int, value func(*Item) string) string {
	switch c := &t.Columns[i]; {
	case c.item != nil:
		return value(c.item)
	case c.lea:
		return w.header.LEA
	case w.form == Export:
		switch {
		case i == t.parent && t.in == personPart:
			return "1" // the header's
		case i == t.parent:
			return strconv.Itoa(parent)
		case i < 2:
			return strconv.Itoa(at.row)
		case i == 2:
			return strconv.Itoa(order)
		}
		return ""
	case c.own:
		return t.Name
	case plainTitle(c.Title) == plainTitle(personKey):
		return strconv.Itoa(at.person)
	case plainTitle(c.Title) == plainTitle(requestKey) || c.Title == planKey:
		return strconv.Itoa(at.request)
	}
	return "" // a column of which nothing is known
}
