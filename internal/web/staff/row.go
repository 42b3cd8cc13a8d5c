package staff

import (
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

// rowWho names the child, and says how a search found them.
func rowWho(r *app.CaseRow) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Link("/cases/"+string(r.ID), r.Name())
		if r.Reference != "" {
			small(w, r.Reference)
		}
		if !r.Born.IsZero() {
			small(w, "born "+r.Born.Words())
		}
		if r.Reason != "" {
			small(w, r.Reason)
		}
	})
}

// rowDue is how near the next duty's day is.
func rowDue(r *app.CaseRow) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Raw(`<span class="weald-due">`).Add(govuk.Tag{Text: lateness(r.Days), Colour: nearness(r.Days)}).Raw(`</span>`)
		w.Raw(`<span class="govuk-body-s weald-subtle weald-due weald-tight">`).Text(r.Next.Due.Words()).Raw(smallClose)
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

// rowOwner is who has the case.
func rowOwner(r *app.CaseRow) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		if r.Who != "" {
			w.Text(r.Who)
		} else {
			w.Raw(`–`)
		}
		if r.Team != "" {
			small(w, r.Team)
		}
	})
}

// taskWho names the child of a task.
func taskWho(t *app.Task) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Link("/cases/"+string(t.ID), t.Name())
		small(w, t.Stage.Label())
		if t.For != "" {
			small(w, "for "+t.For)
		}
	})
}

// taskDue is how near a task's day is.
func taskDue(t *app.Task) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Raw(`<span class="weald-due">`).Add(govuk.Tag{Text: lateness(t.Days), Colour: nearness(t.Days)}).Raw(`</span>`)
		w.Raw(`<span class="govuk-body-s weald-subtle weald-due weald-tight">`).Text(t.Duty.Due.WordsWithDay()).Raw(smallClose)
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

// figureLink is a count that leads to those it counts.
func figureLink(n int, href string) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		if n == 0 {
			w.Raw(`<span class="weald-none">0</span>`)
			return
		}
		w.Link(href, number(n))
	})
}
