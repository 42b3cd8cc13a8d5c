package staff

import (
	"net/http"
	"strconv"

	"weald/calendar"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// A versionsView is every version of a child's plan.
type versionsView struct {
	*app.PlanFile
	Asked   string // a day asked for, as typed
	Problem string
}

// PlanVersions lists the versions of a child's plan, and leads to any two of them
// compared and to the one in force on a day.
func (p *Pages) PlanVersions(w http.ResponseWriter, r *http.Request) error {
	id, u := app.ChildID(r.PathValue("id")), UserOf(r.Context())
	f, err := p.Plans.Open(r.Context(), u, id, app.Latest)
	if err != nil {
		return err
	}
	v, status := &versionsView{PlanFile: f, Asked: r.URL.Query().Get("on")}, http.StatusOK
	if v.Asked != "" {
		on, err := calendar.Parse(v.Asked)
		if err != nil {
			v.Problem, status = "Enter a day as year, month and day, such as 2026-11-23", http.StatusUnprocessableEntity
		} else if version, err := p.Plans.On(r.Context(), u, id, on); err != nil {
			v.Problem = "No plan written here was in force on " + on.Words()
		} else {
			http.Redirect(w, r, versionLink(id, version), http.StatusSeeOther)
			return nil
		}
	}
	frame := p.planFrame(u, f, "Versions")
	if v.Problem != "" {
		frame.Errors.Add("on", v.Problem)
	}
	return show(w, r, status, planVersionsPage(frame, v))
}

var versionsHead = []govuk.Heading{{Text: "Version"}, {Text: "What it is"}, {Text: "Issued"}, {Text: "Begun"}, {Text: "Compare"}}

func (v *versionsView) rows() (rows [][]govuk.Cell) {
	for i := range v.Versions {
		n := &v.Versions[i]
		issued := "Being written"
		switch {
		case n.Struck:
			issued = "Not issued: the event was struck out"
		case !n.On.IsZero():
			issued = n.Kind.Label() + ", " + n.On.Words()
		}
		what := plan.Stage(n.Stage).Label()
		if v.InForce != nil && v.InForce.Version == n.Version {
			what += ", in force"
		}
		row := []govuk.Cell{{Content: versionCell(v.Child.ID, n.Version)}, {Text: what}, {Text: issued}, {Text: recordedAt(n.BegunAt) + ", " + n.BegunBy}, {}}
		if i+1 < len(v.Versions) {
			row[4].Content = compareCell(v.Child.ID, v.Versions[i+1].Version, n.Version)
		}
		rows = append(rows, row)
	}
	return rows
}

func (v *versionsView) options() (all []govuk.Option) {
	for i := range v.Versions {
		n := strconv.Itoa(v.Versions[i].Version)
		all = append(all, govuk.Option{Value: n, Text: "Version " + n})
	}
	return all
}

func compareLink(id app.ChildID, from, to int) string {
	return planLink(id) + "/compare?from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to)
}

// A compareView is what changed between two versions.
type compareView struct {
	Was, Is  *app.PlanFile
	Sections []comparedSection
	All      bool // lines that stayed as they were are shown too
}

type comparedSection struct {
	Form    *plan.SectionForm
	Changes []plan.Change
	Same    int // lines that stayed as they were
}

// PlanCompare shows what changed between two versions, word by word.
func (p *Pages) PlanCompare(w http.ResponseWriter, r *http.Request) error {
	id, u, q := app.ChildID(r.PathValue("id")), UserOf(r.Context()), r.URL.Query()
	from, err1 := strconv.Atoi(q.Get("from"))
	to, err2 := strconv.Atoi(q.Get("to"))
	if err1 != nil || err2 != nil || from < 1 || to < 1 {
		return app.ErrNotFound
	}
	was, is, err := p.Plans.Compare(r.Context(), u, id, from, to)
	if err != nil {
		return err
	}
	v := &compareView{Was: was, Is: is, All: q.Get("all") != ""}
	for _, c := range plan.Compare(was.Plan, is.Plan) {
		if n := len(v.Sections); n == 0 || v.Sections[n-1].Form.Letter != c.Section {
			form := is.Plan.Template.Form(c.Section)
			if form == nil {
				form = was.Plan.Template.Form(c.Section)
			}
			v.Sections = append(v.Sections, comparedSection{Form: form})
		}
		s := &v.Sections[len(v.Sections)-1]
		if c.What == plan.Same && !v.All {
			s.Same++
			continue
		}
		s.Changes = append(s.Changes, c)
	}
	return show(w, r, http.StatusOK, planComparePage(p.planFrame(u, is, "Changes"), v))
}

func (v *compareView) changed() (n int) {
	for _, s := range v.Sections {
		for _, c := range s.Changes {
			if c.What != plan.Same {
				n++
			}
		}
	}
	return n
}

func changeTag(c plan.ChangeKind) govuk.Tag {
	switch c {
	case plan.Added:
		return govuk.Tag{Text: "new", Colour: govuk.Green}
	case plan.Removed:
		return govuk.Tag{Text: "taken away", Colour: govuk.Red}
	case plan.Moved:
		return govuk.Tag{Text: "moved", Colour: govuk.Teal}
	case plan.Altered:
		return govuk.Tag{Text: "changed", Colour: govuk.Yellow}
	}
	return govuk.Tag{Text: "as it was", Colour: govuk.Grey}
}

func (v *compareView) label(name string) string {
	for _, k := range v.Is.Plan.Template.Kinds {
		for _, f := range k.Fields {
			if f.Name == name {
				return f.Label
			}
		}
	}
	return name
}
