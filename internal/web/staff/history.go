package staff

import (
	"net/http"
	"slices"
	"strconv"

	"weald/calendar"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/web/govuk"

	"github.com/a-h/templ"
)

const (
	latestShown  = 10 // events on the page of the case itself
	historyShown = 100
)

// A historyView is all that happened in a case, or all of one sort.
type historyView struct {
	*caseView
	About  string
	Abouts []govuk.Option
	Shown  []moment
	Pages  govuk.Pagination
}

// History shows everything that happened in a case, and the duties that are over.
func (p *Pages) History(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	on, err := calendar.Parse(q.Get("on"))
	if err != nil || on > p.Casework.Today() {
		on = 0
	}
	u := UserOf(r.Context())
	file, err := p.Casework.Case(r.Context(), u, app.ChildID(r.PathValue("id")), on)
	if err != nil {
		return err
	}
	h := &historyView{caseView: sortCase(file, p.Casework.Practice()), About: q.Get("about")}
	h.Documents = p.documents(r.Context(), file)
	h.Records = mayRecord(u) && h.Today == h.Now
	counts := map[casework.Group]int{}
	for _, m := range h.Timeline {
		counts[m.Entry.Event.Kind.Group()]++
	}
	h.Abouts = []govuk.Option{{Text: "Everything (" + number(len(h.Timeline)) + ")"}}
	for _, g := range casework.Groups() {
		if n := counts[g]; n > 0 || string(g) == h.About {
			h.Abouts = append(h.Abouts, govuk.Option{Value: string(g), Text: string(g) + " (" + number(n) + ")"})
		}
	}
	h.Shown = h.Timeline
	if h.About != "" {
		h.Shown = slices.DeleteFunc(slices.Clone(h.Timeline), func(m moment) bool { return string(m.Entry.Event.Kind.Group()) != h.About })
	}
	last := max(1, (len(h.Shown)+historyShown-1)/historyShown)
	page, _ := strconv.Atoi(q.Get("page"))
	page = min(max(page, 1), last)
	h.Pages = govuk.Pages(page, last, func(n int) string { return h.historyLink(h.About, n) })
	h.Pages.Label = "Pages of events"
	h.Shown = h.Shown[(page-1)*historyShown : min(len(h.Shown), page*historyShown)]
	f := p.frame(u, "History of "+file.Child.Name(), "")
	f.Breadcrumbs = caseCrumbs(file, "History")
	return show(w, r, http.StatusOK, historyPage(f, h))
}

// historyLink is the address of a page of the history, on the day looked at.
func (v *caseView) historyLink(about string, page int) string {
	on, at := "", ""
	if v.Today != v.Now {
		on = v.Today.String()
	}
	if page > 1 {
		at = strconv.Itoa(page)
	}
	return address(caseLink(v.Child.ID)+"/history", "on", on, "about", about, "page", at)
}

// timeline writes events one below another, each with who recorded it and where
// it may be put right.
func timeline(v *caseView, moments []moment) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Raw(`<ol class="weald-timeline">`)
		for i := range moments {
			m := &moments[i]
			e := &m.Entry.Event
			w.Raw(`<li><h3 class="govuk-heading-s weald-tight">`)
			if m.Struck {
				w.Raw(`<s>`).Text(e.Kind.Label()).Raw(`</s> <span class="govuk-body-s">(corrected since)</span>`)
			} else {
				w.Text(e.Kind.Label())
			}
			w.Raw(`</h3><p class="govuk-body weald-tight">`).Text(e.On.WordsWithDay()).Raw(`</p>`)
			if words := e.Words(); words != "" {
				w.Raw(`<p class="govuk-body weald-tight">`).Text(words).Raw(`</p>`)
			}
			if m.Refused != nil {
				w.Raw(`<p class="govuk-body weald-tight">`).Add(govuk.Tag{Text: "Not counted", Colour: govuk.Orange}).Raw(` `).Text(m.Refused.Error()).Raw(`</p>`)
			}
			w.Add(eventDocuments(v.Documents, m.Entry.Seq))
			w.Raw(`<p class="govuk-body-s weald-subtle weald-tight">Recorded `).Text(recordedAt(m.Entry.At)).Raw(` by `).Text(m.Entry.By)
			if m.Entry.Provenance != "" {
				w.Raw(` from `).Text(m.Entry.Provenance)
			}
			if v.Records && !m.Struck {
				w.Raw(` <a class="govuk-link weald-noprint" href="`).Text(correctLink(v.Child.ID, m.Entry.Seq)).Raw(`">Correct<span class="govuk-visually-hidden"> `)
				w.Text(lowerFirst(e.Kind.Label()) + ", " + e.On.Words()).Raw(`</span></a> `)
				w.Add(eventAddDocuments(v.Child.ID, m.Entry))
			}
			w.Raw(`</p></li>`)
		}
		w.Raw(`</ol>`)
	})
}
