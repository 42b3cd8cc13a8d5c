package staff

import (
	"cmp"
	"net/url"

	"weald/internal/app"
	"weald/internal/web/govuk"

	"github.com/a-h/templ"
)

// The cells of lists of children. Lists are the pages asked for most, so their
// cells are written straight to the page.

const (
	smallOpen  = `<span class="govuk-body-s weald-subtle weald-tight">`
	smallClose = `</span>`
)

func small(w *govuk.Writer, text string) { w.Raw(smallOpen).Text(text).Raw(smallClose) }

// childCell names a child and leads to the case, with what else is said of them
// on lines below.
func childCell(l *app.Line, about ...string) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Link(caseLink(l.ID), l.Name())
		for _, line := range about {
			if line != "" {
				small(w, line)
			}
		}
	})
}

// born is a child's birth date as a line of a list.
func born(l *app.Line) string {
	if l.Born.IsZero() {
		return ""
	}
	return "born " + l.Born.Words()
}

// dueCell is how near a day is, and the day.
func dueCell(days int, on string) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Raw(`<span class="weald-due">`).Add(govuk.Tag{Text: lateness(days), Colour: nearness(days)}).Raw(`</span>`)
		w.Raw(`<span class="govuk-body-s weald-subtle weald-due weald-tight">`).Text(on).Raw(smallClose)
	})
}

// rowDuty is what must be done next, and how much else is overdue.
func rowDuty(r *app.CaseRow) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Text(r.Rule.Duty)
		if r.Next.Of != "" {
			w.Raw(` <strong>`).Text(r.Next.Of).Raw(`</strong>`)
		}
		if r.Next.Binding && r.Overdue < 2 {
			return
		}
		w.Raw(smallOpen)
		if !r.Next.Binding {
			w.Add(govuk.Tag{Text: forceTag(r.Rule.Force), Colour: govuk.Grey}).Raw(` `)
		}
		if r.Overdue > 1 {
			w.Text(counted(r.Overdue, "duty", "duties") + " overdue")
		}
		w.Raw(smallClose)
	})
}

// rowStage is where the case stands and since when.
func rowStage(r *app.CaseRow) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Text(r.Stage.Label())
		if since := waited(r); since != "" {
			small(w, since)
		}
	})
}

// ownerCell is who has the case.
func ownerCell(l *app.Line, who string) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Text(cmp.Or(who, "Nobody"))
		if l.Team != "" {
			small(w, l.Team)
		}
	})
}

// taskWhat is what must be done.
func taskWhat(t *app.Task) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Text(t.Rule.Duty)
		if t.Duty.Of != "" {
			w.Raw(` <strong>`).Text(t.Duty.Of).Raw(`</strong>`)
		}
		if !t.Duty.Binding {
			w.Raw(smallOpen).Add(govuk.Tag{Text: forceTag(t.Rule.Force), Colour: govuk.Grey}).Raw(smallClose)
		}
	})
}

// settingLink names a setting and leads to its children.
func settingLink(id, name string) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		if id == "" || name == "" {
			w.Raw(`–`)
			return
		}
		w.Link(casesLink(app.CaseFilter{Setting: id}, app.SortDue), name)
	})
}

// figure is a count that leads to its list, unless that is shown already.
func figure(n int, href string, shown bool) govuk.Cell {
	return govuk.Cell{Numeric: true, Content: govuk.Write(func(w *govuk.Writer) {
		switch {
		case shown:
			w.Raw(`<strong>`).Text(number(n)).Raw(`</strong> <span class="govuk-visually-hidden">(shown below)</span>`)
		case n == 0:
			w.Raw(`<span class="weald-none">0</span>`)
		default:
			w.Link(href, number(n))
		}
	})}
}

// address is a page and what was chosen on it: names and values in turn, of
// which the empty ones are left out.
func address(page string, chosen ...string) string {
	q := url.Values{}
	for i := 0; i < len(chosen); i += 2 {
		if chosen[i+1] != "" {
			q.Set(chosen[i], chosen[i+1])
		}
	}
	if len(q) == 0 {
		return page
	}
	return page + "?" + q.Encode()
}

// onlyListed is "this list" where something is listed, or else what the page is
// of.
func onlyListed(listed bool, page string) string {
	if listed {
		return "this list"
	}
	return page
}
