package staff

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A planView is one version of a child's plan, with what is found beside the words.
type planView struct {
	*app.PlanFile
	Writes   bool // the reader may write in this version
	Begins   bool // the reader may begin the next
	Issues   bool // the reader may issue this version
	Told     string
	Sections []planSection
	Whole    []plan.Finding // found of the plan as a whole
	Gates    []plan.Finding // what keeps it from being issued as it is
	Others   int            // what else is found
	Audits   bool           // how good it is can be seen
}

// A planSection is a section as it is read.
type planSection struct {
	Form     *plan.SectionForm
	Section  *plan.Section // nil: it is not there
	Groups   []planGroup
	Findings []plan.Finding // of the section and none of its lines
}

// A planGroup is the lines of one kind that stand together.
type planGroup struct {
	Heading string
	Lines   []planLine
}

type planLine struct {
	*plan.Line
	Kind     *plan.KindForm
	Role     plan.Role
	Pieces   []planPiece
	Findings []plan.Finding
}

// A planPiece is a run of a line's words, marked when something is found in them.
type planPiece struct {
	Text   string
	Marked bool
}

func planLink(id app.ChildID) string { return caseLink(id) + "/plan" }

func versionLink(id app.ChildID, version int) string {
	return planLink(id) + "?version=" + strconv.Itoa(version)
}

func sectionLink(id app.ChildID, letter string) string { return planLink(id) + "/section/" + letter }

func planAdviceLink(id app.ChildID, advice string) string { return planLink(id) + "/advice/" + advice }

// Plan shows a version of a child's plan: the one asked for, the one that was in
// force on a day, or the latest.
func (p *Pages) Plan(w http.ResponseWriter, r *http.Request) error {
	f, err := p.planFile(r, "")
	if err != nil {
		return err
	}
	u := UserOf(r.Context())
	v := readPlan(f)
	v.Told = p.Sessions.Told(r)
	written := f.Written()
	v.Writes = u.May(access.PlanWrite) && written != nil && f.Version == written
	v.Begins = u.May(access.PlanWrite) && written == nil
	v.Audits = u.May(access.QualitySee)
	v.Issues = v.Writes && u.May(access.PlanIssue)
	return show(w, r, http.StatusOK, planPage(p.planFrame(u, f, "Plan"), v))
}

// planFile reads the version that an address asks for, to be taken out as
// something or, with "", to be read here.
func (p *Pages) planFile(r *http.Request, as string) (*app.PlanFile, error) {
	id, u := app.ChildID(r.PathValue("id")), UserOf(r.Context())
	version := app.Latest
	if asked := r.URL.Query().Get("version"); asked != "" {
		n, err := strconv.Atoi(asked)
		if err != nil || n < 1 {
			return nil, app.ErrNotFound
		}
		version = n
	} else if on, err := calendar.Parse(r.URL.Query().Get("on")); err == nil {
		if version, err = p.Plans.On(r.Context(), u, id, on); err != nil {
			return nil, err
		}
	}
	return p.Plans.OpenAs(r.Context(), u, id, version, as)
}

func (p *Pages) planFrame(u access.User, f *app.PlanFile, title string) govuk.Page {
	frame := p.frame(u, title+": "+f.Child.Name(), "")
	frame.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: f.Child.Name(), Href: caseLink(f.Child.ID)}, {Text: "Plan", Href: planLink(f.Child.ID)}}
	if title != "Plan" {
		frame.Breadcrumbs = append(frame.Breadcrumbs, govuk.Link{Text: title})
	} else {
		frame.Breadcrumbs[2].Href = ""
	}
	return frame
}

// readPlan puts what is found beside the words that it is about.
func readPlan(f *app.PlanFile) *planView {
	v := &planView{PlanFile: f}
	if f.Plan == nil {
		return v
	}
	v.Gates = plan.Gates(f.Findings, f.Plan.Stage)
	v.Others = len(f.Findings) - len(v.Gates)
	ofLine, ofSection := map[string][]plan.Finding{}, map[string][]plan.Finding{}
	for _, found := range f.Findings {
		switch {
		case found.Line != "":
			ofLine[found.Line] = append(ofLine[found.Line], found)
		case found.Section != "":
			ofSection[found.Section] = append(ofSection[found.Section], found)
		default:
			v.Whole = append(v.Whole, found)
		}
	}
	for i := range f.Plan.Template.Sections {
		form := &f.Plan.Template.Sections[i]
		s := planSection{Form: form, Section: f.Plan.Section(form.Letter), Findings: ofSection[form.Letter]}
		if s.Section != nil {
			for j := range s.Section.Lines {
				l := &s.Section.Lines[j]
				line := planLine{Line: l, Kind: f.Plan.Template.Kind(l.Kind), Role: form.Role, Findings: ofLine[l.ID], Pieces: pieces(l.Text, ofLine[l.ID])}
				if n := len(s.Groups); n == 0 || s.Groups[n-1].Lines[0].Line.Kind != l.Kind {
					s.Groups = append(s.Groups, planGroup{Heading: line.Kind.Plural})
				}
				g := &s.Groups[len(s.Groups)-1]
				g.Lines = append(g.Lines, line)
			}
		}
		v.Sections = append(v.Sections, s)
	}
	return v
}

// pieces cuts a text at the words in which something is found.
func pieces(text string, found []plan.Finding) (all []planPiece) {
	found = slices.DeleteFunc(slices.Clone(found), func(f plan.Finding) bool { return f.From == f.To || f.Field != "" })
	slices.SortStableFunc(found, func(a, b plan.Finding) int { return cmp.Compare(a.From, b.From) })
	at := 0
	for _, f := range found {
		if f.From < at {
			continue
		}
		if f.From > at {
			all = append(all, planPiece{text[at:f.From], false})
		}
		all = append(all, planPiece{text[f.From:f.To], true})
		at = f.To
	}
	if at < len(text) {
		all = append(all, planPiece{text[at:], false})
	}
	return all
}

// says lists what a line says besides its text, in the template's order.
func (l *planLine) says() (all []string) {
	for _, f := range l.Kind.FieldsIn(l.Role) {
		if text := l.Says[f.Name]; text != "" {
			if d, err := calendar.Parse(text); f.Holds == "date" && err == nil {
				text = d.Words()
			}
			all = append(all, f.Label+": "+text)
		}
	}
	return all
}

// source says where a line came from.
func (v *planView) source(l *plan.Line) string {
	var all []string
	if a := v.Plan.AdviceBy(l.From.Advice); a != nil {
		from := "From “" + a.Title + "”"
		if !a.On.IsZero() {
			from += ", " + a.On.Words()
		}
		if l.From.Page != "" {
			from += ", page " + l.From.Page
		}
		all = append(all, from)
	}
	if l.Said.By != "" {
		said := "Said by " + l.Said.By
		if !l.Said.On.IsZero() {
			said += " on " + l.Said.On.Words()
		}
		if l.Said.How != "" {
			said += ", " + l.Said.How
		}
		all = append(all, said)
	}
	return strings.Join(all, ". ")
}

// short is enough of a line to know it by.
func short(text string) string {
	const enough = 60
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) <= enough {
		return string(r)
	}
	cut := strings.TrimRight(string(r[:enough]), " ")
	if i := strings.LastIndex(cut, " "); i > enough/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

func (v *planView) status() string {
	switch {
	case !v.Version.Issued():
		return "being written"
	case v.Version.Struck:
		return "not issued: the event was struck out"
	case v.InForce != nil && v.InForce.Version == v.Version.Version:
		return "in force"
	}
	return "issued"
}

func (v *planView) statusColour() govuk.Colour {
	switch {
	case !v.Version.Issued():
		return govuk.Yellow
	case v.InForce != nil && v.InForce.Version == v.Version.Version:
		return govuk.Green
	}
	return govuk.Grey
}

// Served reports whether a draft or amendments have been sent to the family.
func (v *planView) Served() bool {
	return slices.ContainsFunc(v.Versions, func(one app.PlanVersion) bool {
		return one.Issued() && !one.Struck && one.Stage != string(plan.Final)
	})
}

var threadHead = []govuk.Heading{{Text: "Hope"}, {Text: "Need"}, {Text: "Provision"}, {Text: "Outcome"}, {Text: "Steps"}}

func (v *planView) threadRows() (rows [][]govuk.Cell) {
	for _, t := range v.Plan.Threads() {
		rows = append(rows, []govuk.Cell{
			{Content: threadLines(t.Aspirations)}, {Content: threadLines([]*plan.Line{t.Need})}, {Content: threadLines(t.Provision)},
			{Content: threadLines(t.Outcomes)}, {Content: threadLines(t.Steps)},
		})
	}
	return rows
}

// fateWords says what became of a statement.
func fateWords(f plan.Fate) string {
	switch f {
	case plan.Kept:
		return "Kept"
	case plan.Changed:
		return "Changed"
	case plan.LeftOut:
		return "Left out"
	}
	return "Not decided"
}

func fateColour(f plan.Fate) govuk.Colour {
	switch f {
	case plan.Kept:
		return govuk.Green
	case plan.Changed:
		return govuk.Yellow
	case plan.LeftOut:
		return govuk.Grey
	}
	return govuk.Red
}

// PlanBegin begins the next version of a child's plan.
func (p *Pages) PlanBegin(w http.ResponseWriter, r *http.Request) error {
	id := app.ChildID(r.PathValue("id"))
	if r.PostFormValue("begin") != "plan" {
		return notWhole()
	}
	if _, err := p.Plans.Begin(r.Context(), UserOf(r.Context()), id); err != nil {
		return err
	}
	http.Redirect(w, r, planLink(id), http.StatusSeeOther)
	return nil
}

// notWhole refuses a form that lacks what every form of its kind has.
func notWhole() error {
	return &law.Refusal{Because: "The form did not arrive whole, so nothing was changed. Go back, load the page again and send it again."}
}

// sureness says how surely a question's source was read, when that is not in the
// law itself.
func sureness(q *plan.Question) string {
	if q.Source.IsZero() || q.Confidence == law.Verified {
		return ""
	}
	return q.Confidence.Words()
}

// foundAt is the address of what a finding is about.
func foundAt(f *plan.Finding) string {
	switch {
	case f.Line != "":
		return "#line-" + f.Line
	case f.Section != "":
		return "#section-" + f.Section
	}
	return "#found"
}
