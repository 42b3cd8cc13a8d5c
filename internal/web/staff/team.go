package staff

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// Team shows how much each person has.
func (p *Pages) Team(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	loads, err := p.Casework.Team(r.Context(), u, r.URL.Query().Get("team"))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, teamPage(p.frame(u, "Team", teamPart), loads, u.May(access.TeamManage), p.Sessions.Told(r)))
}

func teamOptions(t *app.Caseloads) []govuk.Option {
	list := []govuk.Option{{Text: "All teams"}}
	for _, name := range t.Teams {
		list = append(list, govuk.Option{Value: name, Text: name})
	}
	return list
}

// teamRows is the load of each person, every figure a link to its children.
func teamRows(t *app.Caseloads, manage bool) govuk.Table {
	table := govuk.Table{Caption: "What each person has", CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Who"}, {Text: "Team"}, {Text: "Children", Numeric: true}, {Text: "Overdue", Numeric: true}, {Text: "Due in four weeks", Numeric: true},
			{Text: "On the way to a plan", Numeric: true}, {Text: "Duties overdue", Numeric: true}}}
	if manage {
		table.Head = append(table.Head, govuk.Heading{Text: "Change"})
	}
	for i := range t.Loads {
		l := &t.Loads[i]
		f := app.CaseFilter{Officer: cmp.Or(l.ID, app.Absent)}
		if l.ID == "" {
			f.Team = t.Name
		}
		row := []govuk.Cell{{Content: teamWho(l)}, {Text: cmp.Or(l.Team, "–")},
			figure(l.Children, casesLink(f, app.SortDue), false),
			figure(l.Bands[0], casesLink(withBand(f, app.OverdueBand), app.SortDue), false),
			figure(l.Bands[1], casesLink(withBand(f, app.SoonBand), app.SortDue), false),
			{Text: number(l.Assessing), Numeric: true}, {Text: number(l.Tally.Overdue), Numeric: true}}
		if manage {
			row = append(row, govuk.Cell{Content: teamActs(l)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// teamPerson is the address of the page on which one person's cases are handed
// over; those whom nobody has are under the word for that.
func teamPerson(id, page string) string {
	return teamPart + "/" + url.PathEscape(cmp.Or(id, app.Absent)) + "/" + page
}

// A handoverView is the form on which cases are given to somebody else.
type handoverView struct {
	govuk.Form
	From   string // the person's ID, or the word for nobody
	Name   string
	To     []govuk.Option
	Rows   []app.CaseRow
	All    int // how many there are, if more than the form shows
	Chosen map[string]bool
	Every  bool // tick them all
}

// Handover asks which of a person's cases go to whom.
func (p *Pages) Handover(w http.ResponseWriter, r *http.Request) error {
	return p.handover(w, r, http.StatusOK, govuk.Form{Values: r.URL.Query()})
}

func (p *Pages) handover(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	v := &handoverView{Form: form, From: r.PathValue("person"), Chosen: map[string]bool{}, Every: form.Text("all") != ""}
	person, people, err := p.Casework.Person(r.Context(), u, v.From)
	if err != nil {
		return err
	}
	v.Name = cmp.Or(person.Name, "nobody")
	v.To = []govuk.Option{{Text: "Choose somebody"}}
	for _, one := range people {
		v.To = append(v.To, govuk.Option{Value: one.ID, Text: one.Name + teamSuffix(one.Team)})
	}
	if v.Rows, v.All, err = p.Casework.Holding(r.Context(), u, v.From, maxHandover); err != nil {
		return err
	}
	for _, id := range form.Values["child"] {
		v.Chosen[id] = true
	}
	f := p.frame(u, "Hand over cases of "+v.Name, teamPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Team", Href: teamPart}, {Text: "Hand over"}}
	f.Errors = form.Errors
	return show(w, r, status, handoverPage(f, v))
}

// maxHandover bounds the cases shown on one form. More are handed over in turns.
const maxHandover = 500

func teamSuffix(team string) string {
	if team == "" {
		return ""
	}
	return ", " + team
}

// HandoverDo gives the cases ticked to the person chosen.
func (p *Pages) HandoverDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	to := form.Need("to", "Choose who is to have the cases")
	reason := form.Need("reason", "Enter why the cases are handed over")
	h := app.Handover{From: r.PathValue("person"), To: to, Reason: reason}
	for _, id := range r.PostForm["child"] {
		h.Children = append(h.Children, app.ChildID(id))
	}
	if len(h.Children) == 0 {
		form.Errors.Add("child", "Choose at least one child")
	}
	if len(form.Errors) > 0 {
		return p.handover(w, r, http.StatusUnprocessableEntity, form)
	}
	given, err := p.Casework.HandOver(r.Context(), UserOf(r.Context()), h)
	if err != nil {
		return err
	}
	told := counted(given, "case", "cases") + " handed over."
	if left := len(h.Children) - given; left > 0 {
		told += fmt.Sprintf(" %s left as they were, because somebody else has them by now.", counted(left, "was", "were"))
	}
	p.Sessions.Tell(r, told)
	http.Redirect(w, r, teamPart, http.StatusSeeOther)
	return nil
}

// An awayView is the form on which an absence is set.
type awayView struct {
	govuk.Form
	ID, Name string
	From, To calendar.Date
	Cover    []govuk.Option
	Chosen   string
	Set      bool // an absence is set already
}

// Away asks when somebody is away and who covers.
func (p *Pages) Away(w http.ResponseWriter, r *http.Request) error {
	return p.away(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) away(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	person, people, err := p.Casework.Person(r.Context(), u, r.PathValue("person"))
	if err != nil {
		return err
	}
	if person.ID == "" {
		return app.ErrNotFound
	}
	v := &awayView{Form: form, ID: person.ID, Name: person.Name, From: person.AwayFrom, To: person.AwayTo, Chosen: person.Cover, Set: !person.AwayFrom.IsZero()}
	v.Cover = []govuk.Option{{Text: "Choose somebody"}}
	for _, one := range people {
		v.Cover = append(v.Cover, govuk.Option{Value: one.ID, Text: one.Name + teamSuffix(one.Team)})
	}
	f := p.frame(u, "Absence of "+v.Name, teamPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Team", Href: teamPart}, {Text: "Absence"}}
	f.Errors = form.Errors
	return show(w, r, status, awayPage(f, v))
}

// AwaySet sets an absence or ends it.
func (p *Pages) AwaySet(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	var from, to calendar.Date
	cover := ""
	if form.Text("end") == "" {
		from = form.Date("from", "the first day away")
		to = form.OptionalDate("to", "the last day away")
		cover = form.Need("cover", "Choose who covers")
		if !to.IsZero() && !from.IsZero() && to < from {
			form.Errors.AddDate("to", "The last day away must not be before the first")
		}
	}
	if len(form.Errors) > 0 {
		return p.away(w, r, http.StatusUnprocessableEntity, form)
	}
	if err := p.Casework.SetAway(r.Context(), UserOf(r.Context()), r.PathValue("person"), from, to, cover); err != nil {
		return err
	}
	p.Sessions.Tell(r, map[bool]string{true: "The absence is over.", false: "The absence is set. Whoever covers sees the work from " + strings.TrimSpace(from.Words()) + "."}[from.IsZero()])
	http.Redirect(w, r, teamPart, http.StatusSeeOther)
	return nil
}

func handoverChoices(v *handoverView) govuk.Checkboxes {
	boxes := govuk.Checkboxes{Name: "child", Legend: "Children", Small: true, Error: v.Errors.For("child")}
	for i := range v.Rows {
		r := &v.Rows[i]
		boxes.Items = append(boxes.Items, govuk.Choice{Value: string(r.ID), Content: handoverChild(r)})
		if v.Every || v.Chosen[string(r.ID)] {
			boxes.Values = append(boxes.Values, string(r.ID))
		}
	}
	return boxes
}
