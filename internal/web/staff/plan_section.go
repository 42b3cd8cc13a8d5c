package staff

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/plan"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// A sectionForm is the form on which one section of a plan is written. What it
// holds is kept as it was typed, right or wrong, until it is saved.
type sectionForm struct {
	*app.PlanFile
	Section  *plan.SectionForm
	Errors   govuk.Errors
	Told     string
	None     string
	Lines    []typedLine
	Start    int      // how many lines of the section stand before those on this page
	On       []string // the lines of the section that were on this page when it was made
	Of       int      // how many lines the section has
	Revision int      // of the section when the form was made
	Typed    string   // when words were typed that are not saved and not shown here
	Unsaved  bool     // what is shown has not been saved

	Overtaken *app.PlanOvertaken
	Gone      []plan.Line // lines that somebody else added, and the form does not have
}

// A typedLine is a line as it was typed.
type typedLine struct {
	ID, Kind, Text string
	For            []string
	Says           map[string]string
	Advice, Page   string // "k-1", or "k-1/2" for a statement of it
	By, On, How    string
	Findings       []plan.Finding
	Theirs         []plan.Span // what somebody else made of it since
}

// linesShown is how many lines of a section are on its form at once: a longer
// section is written page by page.
const linesShown = 40

// PlanSection shows the form of a section.
func (p *Pages) PlanSection(w http.ResponseWriter, r *http.Request) error {
	v, err := p.sectionForm(r)
	if err != nil {
		return err
	}
	typed, err := p.Plans.Typed(r.Context(), UserOf(r.Context()), v.PlanFile, v.Section.Letter)
	if err != nil {
		return err
	}
	if typed != nil && r.URL.Query().Get("typed") != "" {
		values, err := url.ParseQuery(typed.Form)
		if err != nil {
			return err
		}
		v.read(values)
		v.Unsaved = true
	} else if typed != nil {
		v.Typed = typed.At
	}
	v.Told = p.Sessions.Told(r)
	return p.showSection(w, r, http.StatusOK, v)
}

// sectionForm is the form of the section that an address names, as it was saved.
func (p *Pages) sectionForm(r *http.Request) (*sectionForm, error) {
	f, err := p.Plans.Open(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), app.Latest)
	if err != nil {
		return nil, err
	}
	if f.Plan == nil || f.Version.Issued() {
		return nil, app.ErrNotFound
	}
	letter := r.PathValue("letter")
	v := &sectionForm{PlanFile: f, Section: f.Plan.Template.Form(letter), Revision: f.Revisions[letter].Revision}
	if v.Section == nil || v.Section.Role == plan.AdviceList {
		return nil, app.ErrNotFound
	}
	s := f.Plan.Section(letter)
	v.None, v.Of = s.None, len(s.Lines)
	if n, err := strconv.Atoi(r.URL.Query().Get("from")); err == nil && n > 0 && n < len(s.Lines) {
		v.Start = n
	}
	found := map[string][]plan.Finding{}
	for _, x := range f.Findings {
		found[x.Line] = append(found[x.Line], x)
	}
	for _, l := range s.Lines[v.Start:min(v.Start+linesShown, len(s.Lines))] {
		t := typeLine(l)
		t.Findings = found[l.ID]
		v.Lines, v.On = append(v.Lines, t), append(v.On, l.ID)
	}
	return v, nil
}

func typeLine(l plan.Line) typedLine {
	t := typedLine{ID: l.ID, Kind: string(l.Kind), Text: l.Text, For: l.For, Says: l.Says, Page: l.From.Page, By: l.Said.By, How: l.Said.How}
	if t.Advice = l.From.Advice; l.From.Statement != "" {
		t.Advice += "/" + l.From.Statement
	}
	if !l.Said.On.IsZero() {
		t.On = l.Said.On.String()
	}
	return t
}

// read takes what was typed on the form.
func (v *sectionForm) read(values url.Values) {
	lines := func(name string) string {
		return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(values.Get(name), "\r\n", "\n"), "\r", "\n"))
	}
	v.None = lines("none")
	v.Lines, v.On = nil, strings.Fields(values.Get("lines"))
	v.Start, _ = strconv.Atoi(values.Get("from"))
	v.Start = max(0, min(v.Start, v.Of))
	if n, err := strconv.Atoi(values.Get("revision")); err == nil {
		v.Revision = n
	}
	for n := 1; values.Has(fmt.Sprintf("id-%d", n)) && n <= 2*linesShown; n++ {
		of := func(name string) string { return lines(fmt.Sprintf("%s-%d", name, n)) }
		t := typedLine{ID: of("id"), Kind: of("kind"), Text: of("text"), For: values[fmt.Sprintf("for-%d", n)], Says: map[string]string{},
			Advice: of("advice"), Page: of("page"), By: of("by"), On: of("on"), How: of("how")}
		for _, k := range v.Plan.Template.Kinds {
			for _, f := range k.Fields {
				if text := of("says-" + f.Name); text != "" {
					t.Says[f.Name] = text
				}
			}
		}
		v.Lines = append(v.Lines, t)
	}
}

// values is the form as a browser would send it.
func (v *sectionForm) values() url.Values {
	values := url.Values{"none": {v.None}, "lines": {strings.Join(v.On, " ")}, "from": {strconv.Itoa(v.Start)}, "revision": {strconv.Itoa(v.Revision)}}
	for i, t := range v.Lines {
		set := func(name, text string) { values.Set(fmt.Sprintf("%s-%d", name, i+1), text) }
		set("id", t.ID)
		set("kind", t.Kind)
		set("text", t.Text)
		set("advice", t.Advice)
		set("page", t.Page)
		set("by", t.By)
		set("on", t.On)
		set("how", t.How)
		values[fmt.Sprintf("for-%d", i+1)] = t.For
		for name, text := range t.Says {
			set("says-"+name, text)
		}
	}
	return values
}

// section is the section as the form has it, its other pages as they were saved.
// What cannot be saved is added to the form's errors.
func (v *sectionForm) section() plan.Section {
	s := plan.Section{Letter: v.Section.Letter, None: v.None}
	saved := v.Plan.Section(v.Section.Letter).Lines
	onPage := func(l plan.Line) bool { return slices.Contains(v.On, l.ID) }
	first := slices.IndexFunc(saved, onPage)
	if first < 0 {
		first = min(v.Start, len(saved))
	}
	s.Lines = append(s.Lines, saved[:first]...)
	for i := range v.Lines {
		s.Lines = append(s.Lines, v.line(i))
	}
	for _, l := range saved[first:] {
		if !onPage(l) && !slices.ContainsFunc(v.Lines, func(t typedLine) bool { return t.ID == l.ID }) {
			s.Lines = append(s.Lines, l)
		}
	}
	return s
}

func (v *sectionForm) line(i int) plan.Line {
	t := &v.Lines[i]
	l := plan.Line{ID: t.ID, Kind: plan.Kind(t.Kind), Text: t.Text, For: t.For, From: plan.Source{Page: t.Page}, Said: plan.Said{By: t.By, How: t.How}}
	l.From.Advice, l.From.Statement, _ = strings.Cut(t.Advice, "/")
	kind := v.Plan.Template.Kind(l.Kind)
	if kind == nil || !slices.Contains(v.Section.Kinds, l.Kind) {
		l.Kind = v.Section.Kinds[0]
		kind = v.Plan.Template.Kind(l.Kind)
	}
	for _, f := range kind.FieldsIn(v.Section.Role) {
		text := t.Says[f.Name]
		if text == "" {
			continue
		}
		if f.Holds == "date" {
			if _, err := calendar.Parse(text); err != nil {
				v.Errors.Add(fmt.Sprintf("says-%s-%d", f.Name, i+1), f.Label+": enter a day as year, month and day, such as 2026-11-23")
			}
		}
		if len(f.Choices) > 0 && !slices.Contains(f.Choices, text) {
			continue
		}
		if l.Says == nil {
			l.Says = map[string]string{}
		}
		l.Says[f.Name] = text
	}
	if t.On != "" {
		on, err := calendar.Parse(t.On)
		if err != nil {
			v.Errors.Add(fmt.Sprintf("on-%d", i+1), "When it was said: enter a day as year, month and day, such as 2026-11-23")
		}
		l.Said.On = on
	}
	return l
}

// PlanSectionSave does what the form asks: it saves the section, or changes the
// form, which is then kept and shown again.
func (p *Pages) PlanSectionSave(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.sectionForm(r)
	if err != nil {
		return err
	}
	if r.PostForm.Get("version") != strconv.Itoa(v.Version.Version) || !r.PostForm.Has("revision") || !r.PostForm.Has("lines") {
		return notWhole()
	}
	u, letter, here := UserOf(r.Context()), v.Section.Letter, sectionLink(v.Child.ID, v.Section.Letter)
	saved := v.Revision
	v.read(r.PostForm)
	act, which, _ := strings.Cut(r.PostForm.Get("do"), "-")
	n, _ := strconv.Atoi(which)
	if act == "drop" {
		if err := p.Plans.Forget(r.Context(), u, v.Child.ID, v.Version.Version, letter); err != nil {
			return err
		}
		http.Redirect(w, r, here, http.StatusSeeOther)
		return nil
	}
	if at, ok := v.change(act, n, r.PostForm); ok {
		if err := p.Plans.KeepTyped(r.Context(), u, v.Child.ID, v.Version.Version, letter, v.values().Encode()); err != nil {
			return err
		}
		http.Redirect(w, r, here+"?typed=1&from="+strconv.Itoa(v.Start)+at, http.StatusSeeOther)
		return nil
	}
	section := v.section()
	if v.Errors.Err() != nil {
		v.Unsaved = true
		return p.showSection(w, r, http.StatusUnprocessableEntity, v)
	}
	*v.Plan.Section(letter) = section
	err = p.Plans.Save(r.Context(), u, v.Child.ID, v.Version.Version, letter, v.Revision, v.Plan)
	var over *app.PlanOvertaken
	switch {
	case errors.As(err, &over):
		v.Revision = saved
		if err := v.overtaken(over); err != nil {
			return err
		}
		return p.showSection(w, r, http.StatusConflict, v)
	case err != nil:
		return err
	}
	p.Sessions.Tell(r, "Section "+letter+" saved")
	if act == "go" {
		http.Redirect(w, r, planLink(v.Child.ID)+"#section-"+letter, http.StatusSeeOther)
		return nil
	}
	http.Redirect(w, r, here+"?from="+strconv.Itoa(v.Start), http.StatusSeeOther)
	return nil
}

// change changes the form as a button asks. It returns where to look next, and
// whether there was anything to change.
func (v *sectionForm) change(act string, n int, values url.Values) (at string, ok bool) {
	here := n >= 1 && n <= len(v.Lines)
	switch {
	case act == "add":
		v.add("", v.Section.Kinds[0])
		return fmt.Sprintf("#line-%d", len(v.Lines)), true
	case act == "paste":
		kind := plan.Kind(values.Get("paste-kind"))
		if !slices.Contains(v.Section.Kinds, kind) {
			kind = v.Section.Kinds[0]
		}
		first := len(v.Lines) + 1
		for _, text := range plan.Pasted(values.Get("paste")) {
			v.add(text, kind)
		}
		return fmt.Sprintf("#line-%d", min(first, len(v.Lines))), true
	case act == "remove" && here:
		v.Lines = slices.Delete(v.Lines, n-1, n)
		return "#lines", true
	case act == "up" && here && n > 1:
		v.Lines[n-1], v.Lines[n-2] = v.Lines[n-2], v.Lines[n-1]
		return fmt.Sprintf("#line-%d", n-1), true
	case act == "down" && here && n < len(v.Lines):
		v.Lines[n-1], v.Lines[n] = v.Lines[n], v.Lines[n-1]
		return fmt.Sprintf("#line-%d", n+1), true
	case act == "up" || act == "down":
		return "#lines", true
	}
	return "", false
}

// add puts a new line at the end of the form.
func (v *sectionForm) add(text string, kind plan.Kind) {
	all := *v.Plan
	all.Sections = slices.Clone(all.Sections)
	s := all.Section(v.Section.Letter)
	s.Lines = slices.Clone(s.Lines)
	for _, t := range v.Lines {
		s.Lines = append(s.Lines, plan.Line{ID: t.ID})
	}
	v.Lines = append(v.Lines, typedLine{ID: all.NewLine(v.Section.Letter), Kind: string(kind), Text: text})
}

// overtaken puts beside each line what somebody else has made of it since the form
// was made, and shows what they added: nothing of theirs or of the writer's goes.
func (v *sectionForm) overtaken(over *app.PlanOvertaken) error {
	theirs, err := plan.ReadSection([]byte(over.Theirs), v.Plan.Template)
	if err != nil {
		return err
	}
	v.Overtaken, v.Unsaved, v.Revision = over, true, over.Revision
	for _, l := range theirs.Lines {
		i := slices.IndexFunc(v.Lines, func(t typedLine) bool { return t.ID == l.ID })
		switch {
		case i < 0 && !slices.Contains(v.On, l.ID):
			v.Gone = append(v.Gone, l) // they added it
		case i >= 0 && v.Lines[i].Text != l.Text:
			v.Lines[i].Theirs = plan.Words(l.Text, v.Lines[i].Text)
		}
	}
	for _, l := range v.Gone {
		for _, t := range v.Lines {
			if t.ID == l.ID {
				l.ID = ""
			}
		}
		t := typeLine(l)
		if t.ID == "" {
			v.add(l.Text, l.Kind)
			continue
		}
		v.Lines = append(v.Lines, t)
	}
	return nil
}

// PlanSectionTyped keeps what has been typed so far, for the script that sends it
// now and then.
func (p *Pages) PlanSectionTyped(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	version, err := strconv.Atoi(r.PostForm.Get("version"))
	if err != nil {
		return app.ErrNotFound
	}
	if err := p.Plans.KeepTyped(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), version, r.PathValue("letter"), r.PostForm.Encode()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (p *Pages) showSection(w http.ResponseWriter, r *http.Request, status int, v *sectionForm) error {
	f := p.planFrame(UserOf(r.Context()), v.PlanFile, "Section "+v.Section.Letter)
	f.Errors = v.Errors
	return show(w, r, status, planSectionPage(f, v))
}

// candidates are the lines that a line of a kind may answer, by their kind.
func (v *sectionForm) candidates(kind plan.Kind) (all []govuk.Choice) {
	form := v.Plan.Template.Kind(kind)
	if form == nil {
		return nil
	}
	for _, of := range form.For {
		for i := range v.Plan.Sections {
			for _, l := range v.Plan.Sections[i].Lines {
				if l.Kind == of {
					all = append(all, govuk.Choice{Value: l.ID, Text: l.ID + " " + short(l.Text), Hint: v.Plan.Template.Kind(of).Label})
				}
			}
		}
	}
	return all
}

// sources are the advice and statements that a line may come from.
func (v *sectionForm) sources() []govuk.Option {
	all := []govuk.Option{{Value: "", Text: "Not said"}}
	for i := range v.Plan.Advice {
		a := &v.Plan.Advice[i]
		all = append(all, govuk.Option{Value: a.ID, Text: a.Title})
		for _, s := range a.Statements {
			all = append(all, govuk.Option{Value: a.ID + "/" + s.ID, Text: a.Title + ": " + short(s.Text)})
		}
	}
	return all
}

func (v *sectionForm) kinds() (all []govuk.Option) {
	for _, k := range v.Section.Kinds {
		all = append(all, govuk.Option{Value: string(k), Text: v.Plan.Template.Kind(k).Label})
	}
	return all
}

// fields are what a line says besides its text, here.
func (v *sectionForm) fields(kind string) []plan.FieldForm {
	if k := v.Plan.Template.Kind(plan.Kind(kind)); k != nil {
		return k.FieldsIn(v.Section.Role)
	}
	return nil
}

func options(f plan.FieldForm) []govuk.Option {
	all := []govuk.Option{{Value: "", Text: "Not said"}}
	for _, c := range f.Choices {
		all = append(all, govuk.Option{Value: c, Text: capital(c)})
	}
	return all
}

// about says in a few words what a closed part of a line's form holds.
func (t *typedLine) about() string {
	n := 0
	for _, text := range []string{t.Advice, t.Page, t.By, t.On, t.How} {
		if text != "" {
			n++
		}
	}
	return filledIn(n)
}

func filledIn(n int) string {
	if n == 0 {
		return "nothing yet"
	}
	return number(n) + " filled in"
}
