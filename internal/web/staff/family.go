package staff

import (
	"net/http"
	"net/url"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

func familyLink(id app.ChildID, rest string) string {
	at := "/cases/" + url.PathEscape(string(id)) + "/family"
	if rest != "" {
		at += "/" + rest
	}
	return at
}

func casePart(id app.ChildID, rest string) string {
	return "/cases/" + url.PathEscape(string(id)) + "/" + rest
}

// A familyView is who may see a child's case, and the forms that change it.
type familyView struct {
	*app.Audience
	govuk.Form
	Changes   bool // the reader may change it
	Restricts bool // the reader may restrict it
	Told      string
	Me        string
	Sharings  privacy.Register
	Consents  []app.Consent
}

// Family shows who besides the council may see a child's case, and who may not.
func (p *Pages) Family(w http.ResponseWriter, r *http.Request) error {
	return p.family(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) family(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	a, err := p.Families.Open(r.Context(), u, app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := &familyView{Audience: a, Form: form, Changes: u.May(access.FamilyTie), Restricts: u.May(access.CaseSeal), Told: p.Sessions.Told(r), Me: u.ID, Sharings: p.Sharings}
	if v.Consents, err = p.Families.Consents(r.Context(), u, a.Child.ID); err != nil {
		return err
	}
	f := p.frame(u, "Who may see the case", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: a.Child.Name(), Href: "/cases/" + string(a.Child.ID)}, {Text: "Who may see the case"}}
	f.Errors = form.Errors
	return show(w, r, status, familyPage(f, v))
}

func (v *familyView) ties() govuk.Table {
	t := govuk.Table{Caption: "Family and supporters", CaptionHidden: true, RowHeadings: true,
		Head: []govuk.Heading{{Text: "Who"}, {Text: "What they are to the child"}, {Text: "What they see"}}}
	if v.Changes {
		t.Head = append(t.Head, govuk.Heading{Text: "Change"})
	}
	for i := range v.Ties {
		tie := &v.Ties[i]
		if tie.Ended {
			continue
		}
		row := []govuk.Cell{{Content: tieWho(tie)}, {Content: tieWhat(tie)}, {Text: v.sees(tie)}}
		if v.Changes {
			row = append(row, govuk.Cell{Content: tieActs(v, tie)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sees says what somebody with a tie sees today, as the policy decides it.
func (v *familyView) sees(tie *app.Tie) string {
	u := access.User{ID: tie.PersonID, Role: access.Family}
	if tie.Kind == access.SupportTie {
		u.Role = access.Supporter
	}
	s := &access.Standing{On: v.Today, Born: v.Child.Born, Ties: []access.Tie{tie.Tie}}
	d := access.Decide(u, access.OwnSee, s)
	switch {
	case d.Bar == access.Barred:
		return "Nothing: an order or decision says so"
	case !d.May && !tie.InForce(v.Today) && tie.From > v.Today:
		return "Nothing until " + tie.From.Words()
	case !d.May && !tie.InForce(v.Today):
		return "Nothing: it ended on " + tie.Until.Words()
	case !d.May:
		return "Nothing: the young person decides now, and nothing is recorded of what they want"
	}
	words := "The case"
	if s.Hidden() {
		words = "The case, but not where the child lives or is educated"
	}
	if access.Decide(u, access.OwnDecide, s).May {
		return words + ", and has the rights"
	}
	return words + ", without the rights"
}

func (v *familyView) ended() (n int) {
	for i := range v.Ties {
		if v.Ties[i].Ended {
			n++
		}
	}
	return n
}

func (v *familyView) involved() (all []app.Involvement) {
	for _, i := range v.Involvements {
		if !i.Ended {
			all = append(all, i)
		}
	}
	return all
}

func (v *familyView) organisationOptions() []govuk.Option {
	all := []govuk.Option{{Text: "Choose"}}
	for _, o := range v.Organisations {
		all = append(all, govuk.Option{Value: o.ID, Text: o.Name + " (" + o.Kind.Words() + ")"})
	}
	return all
}

func (v *familyView) peopleOptions() []govuk.Option {
	all := []govuk.Option{{Text: "Choose somebody"}}
	for _, one := range v.People {
		all = append(all, govuk.Option{Value: one.ID, Text: one.Name + teamSuffix(one.Team)})
	}
	return all
}

// A tieView is the form on which it is said what somebody is to a child.
type tieView struct {
	govuk.Form
	*app.Audience
	Tie *app.Tie // that is changed; nil: a new one
}

func (v *tieView) kinds() govuk.Radios {
	q := govuk.Radios{Name: "kind", Legend: "What are they to the child?"}
	for _, k := range access.TieKinds {
		q.Items = append(q.Items, govuk.Choice{Value: string(k.Kind), Text: k.Words})
	}
	if v.Tie != nil {
		q.Value = string(v.Tie.Kind)
	}
	return q
}

func (v *tieView) limits() govuk.Radios {
	q := govuk.Radios{Name: "limit", Legend: "What may they not be told?"}
	for _, l := range access.Limits {
		q.Items = append(q.Items, govuk.Choice{Value: choiceValue(string(l.Limit)), Text: l.Words})
	}
	q.Value = choiceValue("")
	if v.Tie != nil {
		q.Value = choiceValue(string(v.Tie.Limit))
	}
	return q
}

func (v *tieView) says() govuk.Radios {
	q := govuk.Radios{Name: "say", Legend: "When the child is a young person, who decides for themselves", Hint: "From the day after compulsory school age ends. Silence is not agreement."}
	for _, s := range access.Says {
		q.Items = append(q.Items, govuk.Choice{Value: choiceValue(string(s.Say)), Text: s.Words})
	}
	q.Value = choiceValue("")
	if v.Tie != nil {
		q.Value = choiceValue(string(v.Tie.Say))
	}
	return q
}

// choiceValue stands for an empty answer, so that a radio can be chosen for it.
func choiceValue(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func chosenValue(s string) string {
	if s == "none" {
		return ""
	}
	return s
}

// FamilyNew asks who is to see a child's case as family or supporter.
func (p *Pages) FamilyNew(w http.ResponseWriter, r *http.Request) error {
	return p.tie(w, r, http.StatusOK, govuk.Form{})
}

// FamilyEdit asks what is to change of what somebody is to a child.
func (p *Pages) FamilyEdit(w http.ResponseWriter, r *http.Request) error {
	return p.tie(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) tie(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := UserOf(r.Context())
	a, err := p.Families.Open(r.Context(), u, app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := &tieView{Form: form, Audience: a}
	title := "Let somebody see the case"
	if id := r.PathValue("tie"); id != "" {
		for i := range a.Ties {
			if a.Ties[i].ID == id && !a.Ties[i].Ended {
				v.Tie = &a.Ties[i]
			}
		}
		if v.Tie == nil {
			return app.ErrNotFound
		}
		title = v.Tie.Name
	}
	f := p.frame(u, title, "")
	f.Breadcrumbs = []govuk.Link{{Text: a.Child.Name(), Href: caseLink(a.Child.ID)}, {Text: "Who may see the case", Href: familyLink(a.Child.ID, "")}, {Text: title}}
	f.Errors = form.Errors
	return show(w, r, status, tiePage(f, v))
}

func tieOf(form *govuk.Form) (t app.Tie) {
	t.Kind = access.TieKind(form.Need("kind", "Choose what they are to the child"))
	t.Limit, t.Say = access.Limit(chosenValue(form.Text("limit"))), access.Say(chosenValue(form.Text("say")))
	t.Basis = form.Need("basis", "Enter on what it rests")
	t.From, t.Until = form.Date("from", "the first day"), form.OptionalDate("until", "the last day")
	return t
}

// FamilyAdd lets somebody see a child's case.
func (p *Pages) FamilyAdd(w http.ResponseWriter, r *http.Request) error {
	return p.tieSave(w, r, func(form *govuk.Form, id app.ChildID) error {
		t := tieOf(form)
		t.Name, t.Email = form.Need("name", "Enter their name"), form.Need("email", "Enter their email address")
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Families.LetIn(r.Context(), UserOf(r.Context()), id, t)
	}, "They can sign in with their email address, and see the case.")
}

// FamilyChange changes what somebody is to a child.
func (p *Pages) FamilyChange(w http.ResponseWriter, r *http.Request) error {
	return p.tieSave(w, r, func(form *govuk.Form, id app.ChildID) error {
		t := tieOf(form)
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Families.Change(r.Context(), UserOf(r.Context()), id, r.PathValue("tie"), t)
	}, "The change is kept. What was before stays in the record.")
}

func (p *Pages) tieSave(w http.ResponseWriter, r *http.Request, save func(*govuk.Form, app.ChildID) error, told string) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	id := app.ChildID(r.PathValue("id"))
	if err := save(&form, id); err != nil && !refusedForm(&form, "kind", err) {
		return err
	}
	if len(form.Errors) > 0 {
		return p.tie(w, r, http.StatusUnprocessableEntity, form)
	}
	p.Sessions.Tell(r, told)
	http.Redirect(w, r, familyLink(id, ""), http.StatusSeeOther)
	return nil
}

// familyDo does what a form of the page asks, and shows the page again.
func (p *Pages) familyDo(w http.ResponseWriter, r *http.Request, name, told string, do func(form *govuk.Form, id app.ChildID) error) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	id := app.ChildID(r.PathValue("id"))
	if err := do(&form, id); err != nil && !refusedForm(&form, name, err) {
		return err
	}
	if len(form.Errors) > 0 {
		return p.family(w, r, http.StatusUnprocessableEntity, form)
	}
	p.Sessions.Tell(r, told)
	http.Redirect(w, r, familyLink(id, ""), http.StatusSeeOther)
	return nil
}

// notSure is said when a form that ends something comes without what its button
// sends.
const notSure = "Press the button on this page to end it"

// FamilyEnd ends what somebody was to a child.
func (p *Pages) FamilyEnd(w http.ResponseWriter, r *http.Request) error {
	return p.familyDo(w, r, "tie", "They see nothing of the case any more.", func(form *govuk.Form, id app.ChildID) error {
		if form.Choice("end", notSure, "yes") == "" {
			return nil
		}
		return p.Families.TakeBack(r.Context(), UserOf(r.Context()), id, r.PathValue("tie"))
	})
}

// InvolvementAdd says that an organisation has to do with a child.
func (p *Pages) InvolvementAdd(w http.ResponseWriter, r *http.Request) error {
	return p.familyDo(w, r, "org", "Its people see the case from the first day that you gave.", func(form *govuk.Form, id app.ChildID) error {
		i := app.Involvement{Org: form.Need("org", "Choose an organisation"), Kind: access.Relation(form.Need("as", "Choose what it has to do with the child")), Why: form.Need("why", "Enter why")}
		i.From, i.Until = form.Date("first", "the first day"), form.OptionalDate("last", "the last day")
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Families.Involve(r.Context(), UserOf(r.Context()), id, i)
	})
}

// InvolvementEnd ends what an organisation has to do with a child.
func (p *Pages) InvolvementEnd(w http.ResponseWriter, r *http.Request) error {
	return p.familyDo(w, r, "org", "It has nothing to do with the child any more.", func(form *govuk.Form, id app.ChildID) error {
		if form.Choice("end", notSure, "yes") == "" {
			return nil
		}
		return p.Families.Release(r.Context(), UserOf(r.Context()), id, r.PathValue("involvement"))
	})
}

// InterestDeclare keeps that the reader has an interest in the child, and shuts
// the case to them.
func (p *Pages) InterestDeclare(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	form := govuk.Form{Values: nil}
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form.Values = r.PostForm
	why := form.Need("interest", "Enter what your interest is")
	if len(form.Errors) == 0 {
		err := p.Families.Name(r.Context(), u, app.ChildID(r.PathValue("id")), u.ID, "interest", why)
		if err == nil {
			p.Sessions.Tell(r, "It is kept that you have an interest. The case is shut to you from now on.")
			http.Redirect(w, r, casesPart, http.StatusSeeOther)
			return nil
		}
		if !refusedForm(&form, "interest", err) {
			return err
		}
	}
	return p.family(w, r, http.StatusUnprocessableEntity, form)
}

// RestrictionSet restricts a case to named people, or lifts that.
func (p *Pages) RestrictionSet(w http.ResponseWriter, r *http.Request) error {
	told := "The case is restricted to the people named for it. You are the first."
	if r.PostFormValue("lift") != "" {
		told = "The restriction is lifted."
	}
	return p.familyDo(w, r, "restrict", told, func(form *govuk.Form, id app.ChildID) error {
		if form.Text("lift") != "" {
			return p.Families.Unseal(r.Context(), UserOf(r.Context()), id)
		}
		why := form.Need("restrict", "Enter why the case is restricted")
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Families.Seal(r.Context(), UserOf(r.Context()), id, why)
	})
}

// RestrictionName names somebody for a restricted case, or keeps them out of it.
func (p *Pages) RestrictionName(w http.ResponseWriter, r *http.Request) error {
	return p.familyDo(w, r, "person", "It is kept.", func(form *govuk.Form, id app.ChildID) error {
		person, kind, why := form.Need("person", "Choose somebody"), form.Need("standing", "Choose whether they are named or kept out"), form.Need("because", "Enter why")
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Families.Name(r.Context(), UserOf(r.Context()), id, person, kind, why)
	})
}

// RestrictionUnname ends that somebody is named or kept out.
func (p *Pages) RestrictionUnname(w http.ResponseWriter, r *http.Request) error {
	return p.familyDo(w, r, "person", "It has ended.", func(form *govuk.Form, id app.ChildID) error {
		if form.Choice("end", notSure, "yes") == "" {
			return nil
		}
		return p.Families.Unname(r.Context(), UserOf(r.Context()), id, r.PathValue("standing"))
	})
}

func (v *tieView) action() string {
	if v.Tie == nil {
		return familyLink(v.Child.ID, "new")
	}
	return familyLink(v.Child.ID, v.Tie.ID)
}

func (v *tieView) basis() string {
	if v.Tie == nil {
		return ""
	}
	return v.Tie.Basis
}

func (v *tieView) from() calendar.Date {
	if v.Tie == nil {
		return v.Today
	}
	return v.Tie.From
}

func (v *tieView) until() calendar.Date {
	if v.Tie == nil {
		return 0
	}
	return v.Tie.Until
}

// involvementWords says why an organisation has to do with a child, and for how
// long.
func involvementWords(i *app.Involvement) string {
	words := strings.TrimSuffix(i.Why, ".") + ". From " + i.From.Words()
	if !i.Until.IsZero() {
		words += " to " + i.Until.Words()
	}
	return words
}

// tieDays says from when a tie is, and on what it rests.
func tieDays(tie *app.Tie) string {
	words := "From " + tie.From.Words()
	if !tie.Until.IsZero() {
		words += " to " + tie.Until.Words()
	}
	return words + ". " + tie.Basis
}
