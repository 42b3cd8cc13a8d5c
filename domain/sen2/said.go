package sen2

import "weald/calendar"

// A Line is one thing that a return says of a person: an item and its value.
type Line struct {
	Request int // which of the person's requests, from 1; 0: the person
	Index   int // which setting, placement or need, from 1; 0: none of them
	Item    *Item
	Value   string // a date as 2025-01-06, a code as it is sent
	Words   string // what a code means; a date in words; "" for what means itself
}

// Lines lists what the return says of a person, in the order of the file. What
// it leaves out is not there.
func (p *Person) Lines() (all []Line) {
	l := &lister{all: &all}
	l.list(personPart, p, func(*Item) *calendar.Date { return &p.Born })
	for i := range p.Requests {
		r := &p.Requests[i]
		l.request, l.index = i+1, 0
		l.list(requestPart, r, func(it *Item) *calendar.Date { return r.date(it.slot) })
		if a := r.Assessment; a != nil {
			l.list(assessmentPart, a, func(*Item) *calendar.Date { return &a.OutcomeOn })
			if n := a.Plan; n != nil {
				l.list(namedPlanPart, n, func(it *Item) *calendar.Date { return n.date(it.slot) })
				for j := range n.Details {
					l.index = j + 1
					l.list(planDetailPart, &n.Details[j].Place, nil)
				}
			}
		}
		if v := r.Active; v != nil {
			l.index = 0
			l.list(activePlanPart, v, func(it *Item) *calendar.Date { return v.date(it.slot) })
			for j := range v.Placements {
				l.index = j + 1
				l.list(placementPart, &v.Placements[j], func(it *Item) *calendar.Date { return v.Placements[j].date(it.slot) })
			}
			for j := range v.Needs {
				l.index = j + 1
				l.list(needPart, &v.Needs[j], nil)
			}
		}
	}
	return all
}

type lister struct {
	all            *[]Line
	request, index int
}

// list adds the items of one element.
func (l *lister) list(e element, of interface{ text(slot) *string }, date func(*Item) *calendar.Date) {
	for i := range Items {
		it := &Items[i]
		if it.in != e || it.slot == slotMore {
			continue
		}
		line := Line{Request: l.request, Index: l.index, Item: it}
		if it.Date {
			if on := *date(it); !on.IsZero() {
				line.Value, line.Words = on.String(), on.Words()
			}
		} else {
			line.Value = *of.text(it.slot)
			line.Words = it.Codes.Meaning(line.Value)
		}
		if line.Value != "" {
			*l.all = append(*l.all, line)
		}
	}
}
