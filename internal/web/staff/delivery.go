package staff

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/delivery"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const gapsPart = "/gaps"

func deliveryLink(id app.ChildID) string { return casePart(id, "delivery") }

// A deliveryView is what a child's plan promises and how it stands.
type deliveryView struct {
	govuk.Form
	*app.DeliveryFile
	Changes bool
	Told    string
	At      string // the promise whose form was sent with a mistake
}

// Delivery shows what a child's plan promises and whether it is given.
func (p *Pages) Delivery(w http.ResponseWriter, r *http.Request) error {
	return p.delivery(w, r, http.StatusOK, govuk.Form{}, "")
}

func (p *Pages) delivery(w http.ResponseWriter, r *http.Request, status int, form govuk.Form, at string) error {
	u := UserOf(r.Context())
	file, err := p.Deliveries.Of(r.Context(), u, app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := &deliveryView{Form: form, DeliveryFile: file, Changes: u.May(access.CaseRecord), Told: p.Sessions.Told(r), At: at}
	f := p.frame(u, "What the plan promises", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: file.Child.Name(), Href: caseLink(file.Child.ID)}, {Text: "What the plan promises"}}
	f.Errors = form.Errors
	return show(w, r, status, deliveryPage(f, v))
}

// promiseTag says how a promise stands.
func promiseTag(s *delivery.State, today calendar.Date) govuk.Tag {
	switch {
	case !s.Owed(today):
		return govuk.Tag{Text: "No longer in the plan", Colour: govuk.Grey}
	case s.Open() != nil && s.Said == delivery.Part:
		return govuk.Tag{Text: "Given in part", Colour: govuk.Orange}
	case s.Open() != nil:
		return govuk.Tag{Text: "Not given", Colour: govuk.Red}
	case s.Said == delivery.Given:
		return govuk.Tag{Text: "Given", Colour: govuk.Green}
	}
	return govuk.Tag{Text: "Nobody has said", Colour: govuk.Yellow}
}

func promiseSaid(s *delivery.State) string {
	if s.Said == "" {
		return "Nobody has said whether it is given. That is not taken as yes."
	}
	who := "the setting or staff"
	if s.By == "family" {
		who = "the family"
	}
	return s.Said.Words() + ", up to " + s.On.Words() + ", says " + who + "."
}

func lostWords(s *delivery.State) string {
	if s.Lost == 0 {
		return ""
	}
	return counted(s.Lost, "day", "days") + " lost, counted by the calendar, holidays included."
}

func (v *deliveryView) lost() (n int) {
	for i := range v.States {
		n += v.States[i].Lost
	}
	return n
}

// question names a question of the form of one promise.
func question(name, line string) string { return name + "-" + line }

func (v *deliveryView) outcome(line string) govuk.Radios {
	q := govuk.Radios{Name: question("outcome", line), Legend: "Is it given?", Small: true}
	for _, o := range delivery.Outcomes {
		q.Items = append(q.Items, govuk.Choice{Value: string(o.Outcome), Text: o.Words})
	}
	return q
}

func (v *deliveryView) owners() []govuk.Option {
	all := []govuk.Option{{Text: "As before"}}
	for _, id := range sortedByName(v.People) {
		all = append(all, govuk.Option{Value: id, Text: v.People[id]})
	}
	return all
}

// DeliveryReport keeps what somebody was told of a promise.
func (p *Pages) DeliveryReport(w http.ResponseWriter, r *http.Request) error {
	return p.deliveryDo(w, r, "outcome", "It is kept.", func(form *govuk.Form, id app.ChildID, line string) error {
		s := app.Said{Line: line, Outcome: delivery.Outcome(form.Need(question("outcome", line), "Choose whether it is given")), Words: form.Text(question("words", line))}
		s.From, s.Until = form.Date(question("from", line), "the first day"), form.Date(question("until", line), "the last day")
		who := form.Choice(question("who", line), "Choose who says so", "family", "others")
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Deliveries.Report(r.Context(), UserOf(r.Context()), id, []app.Said{s}, who == "family")
	})
}

// DeliveryAct keeps what was done about a gap, or closes it.
func (p *Pages) DeliveryAct(w http.ResponseWriter, r *http.Request) error {
	return p.deliveryDo(w, r, "act", "It is kept.", func(form *govuk.Form, id app.ChildID, line string) error {
		step := delivery.Step(form.Need(question("act", line), "Choose what you do"))
		on := form.Date(question("on", line), "the day")
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Deliveries.Act(r.Context(), UserOf(r.Context()), id, line, step, form.Text(question("owner", line)), form.Text(question("done", line)), on)
	})
}

func (p *Pages) deliveryDo(w http.ResponseWriter, r *http.Request, name, told string, do func(*govuk.Form, app.ChildID, string) error) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	id, line := app.ChildID(r.PathValue("id")), r.PathValue("line")
	if err := do(&form, id, line); err != nil && !refusedForm(&form, question(name, line), err) {
		return err
	}
	if len(form.Errors) > 0 {
		return p.delivery(w, r, http.StatusUnprocessableEntity, form, line)
	}
	p.Sessions.Tell(r, told)
	http.Redirect(w, r, deliveryLink(id), http.StatusSeeOther)
	return nil
}

// A gapsView is the gaps in provision that a filter picks.
type gapsView struct {
	*app.GapList
	Filter app.GapFilter
	Query  url.Values
}

func readGapFilter(q url.Values) app.GapFilter {
	return app.GapFilter{Section: q.Get("section"), Owner: q.Get("owner"), Again: q.Get("again") != ""}
}

// Gaps lists provision that plans promise and that is not given.
func (p *Pages) Gaps(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	v := &gapsView{Filter: readGapFilter(r.URL.Query()), Query: r.URL.Query()}
	var err error
	if v.GapList, err = p.Deliveries.Gaps(r.Context(), u, v.Filter); err != nil {
		return err
	}
	return show(w, r, http.StatusOK, gapsPage(p.frame(u, "Provision that is not given", ""), v))
}

func (v *gapsView) sections() []govuk.Option {
	all := []govuk.Option{{Text: "Every section"}}
	for _, letter := range sortedKeys(v.By) {
		all = append(all, govuk.Option{Value: letter, Text: "Section " + letter})
	}
	return all
}

func (v *gapsView) owners() []govuk.Option {
	all := []govuk.Option{{Text: "Everybody"}}
	for _, name := range v.Owners {
		all = append(all, govuk.Option{Value: name, Text: name})
	}
	return all
}

func (v *gapsView) file(kind string) string {
	if len(v.Query) == 0 {
		return gapsPart + "." + kind
	}
	return gapsPart + "." + kind + "?" + v.Query.Encode()
}

// smallest is the fewest promises of which a share is said.
const smallest = 10

// rateRows is how much of what is promised is given, by section.
func (v *gapsView) rateRows() (rows [][]govuk.Cell) {
	add := func(name string, r delivery.Rate) {
		share := "Too few to say"
		if known := r.Of() - r.Unknown; known >= smallest {
			share = strconv.Itoa((100*r.Given+known/2)/known) + "%"
		}
		rows = append(rows, []govuk.Cell{{Text: name}, {Text: number(r.Of()), Numeric: true}, {Text: number(r.Given), Numeric: true}, {Text: number(r.Part), Numeric: true}, {Text: number(r.Not), Numeric: true}, {Text: number(r.Unknown), Numeric: true}, {Text: share, Numeric: true}})
	}
	for _, letter := range sortedKeys(v.By) {
		add("Section "+letter, v.By[letter])
	}
	add("All", v.Rate)
	return rows
}

func (v *gapsView) table() govuk.Table {
	t := govuk.Table{Caption: "Gaps", CaptionHidden: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Child"}, {Text: "What is promised"}, {Text: "Not given since"}, {Text: "Days lost", Numeric: true}, {Text: "Who is to put it right"}}}
	for i := range v.Rows {
		g := &v.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: gapChild(g)}, {Content: gapPromise(g)}, {Content: gapSince(g)}, {Text: number(g.Gap.Days), Numeric: true}, {Text: cmp.Or(g.Owner, "Nobody")}})
	}
	return t
}

var gapColumns = []sheet.Column{{Title: "Child", Width: 26}, {Title: "Setting", Width: 28}, {Title: "Section", Width: 9}, {Title: "What is promised", Width: 60}, {Title: "Not given since", Width: 14}, {Title: "Days lost"}, {Title: "Said not put right"}, {Title: "Who is to put it right", Width: 24}}

// GapsFile gives the gaps as a spreadsheet.
func (p *Pages) GapsFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		list, err := p.Deliveries.Gaps(r.Context(), UserOf(r.Context()), readGapFilter(r.URL.Query()))
		if err != nil {
			return err
		}
		return SendSheet(w, kind, "gaps "+list.Today.String(), gapColumns, len(list.Rows), func(i int) []any {
			g := &list.Rows[i]
			return []any{g.Name, g.Setting, g.Promise.Section, g.Promise.Text, g.Gap.Opened, g.Gap.Days, g.Gap.Again, g.Owner}
		})
	}
}

func deliveryWho(line string) govuk.Radios {
	return govuk.Radios{Name: question("who", line), Legend: "Who says so?", Small: true, Items: []govuk.Choice{{Value: "family", Text: "The family"}, {Value: "others", Text: "The setting, a service or staff"}}}
}

// stepWords says what was done about a gap.
func stepWords(s *app.DeliveryStep) string {
	words := map[delivery.Step]string{delivery.Opened: "Found not to be given", delivery.Noted: "Noted", delivery.Closed: "Said to be given now", delivery.Disputed: "The family says that it is still not given"}[s.Step]
	words = s.On.Words() + ": " + words
	if s.Words != "" {
		words += ". " + s.Words
	}
	return words + " (" + s.By + ")"
}

// reportWords says what somebody said of a promise.
func reportWords(r *app.DeliveryReport) string {
	who := "Setting or staff"
	if r.Family {
		who = "Family"
	}
	words := r.From.Words() + " to " + r.Until.Words() + ": " + r.Outcome.Words()
	if r.Words != "" {
		words += ". " + r.Words
	}
	return words + " (" + who + ", kept by " + r.By + ")"
}

func sortedByName(people map[string]string) []string {
	ids := slices.Collect(maps.Keys(people))
	slices.SortFunc(ids, func(a, b string) int { return strings.Compare(people[a]+a, people[b]+b) })
	return ids
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
