package staff

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"weald/domain/access"
	"weald/domain/plan"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// An qualityView is an audit with the forms of what can be done with it.
type qualityView struct {
	govuk.Form
	*app.QualityFile
	Told     string
	User     access.User
	Auditors []app.Worker
	Helpers  map[quality.Agency][]app.Worker
	Did      string // which form was sent; "" when none was
	Due      string // the day that the local choice gives an action
}

// QualityAudit shows an audit.
func (p *Pages) QualityAudit(w http.ResponseWriter, r *http.Request) error {
	v, err := p.qualityView(r)
	if err != nil {
		return err
	}
	v.Told = p.Sessions.Told(r)
	return p.showAudit(w, r, http.StatusOK, v)
}

func (p *Pages) qualityView(r *http.Request) (*qualityView, error) {
	u := UserOf(r.Context())
	f, err := p.Qualities.Audit(r.Context(), u, r.PathValue("audit"))
	if err != nil {
		return nil, err
	}
	v := &qualityView{QualityFile: f, User: u, Helpers: map[quality.Agency][]app.Worker{}, Due: p.Qualities.ActionDue().Words()}
	if u.May(access.QualityAudit) {
		if v.Auditors, err = p.Qualities.Auditors(r.Context(), u); err != nil {
			return nil, err
		}
		for _, agency := range []quality.Agency{quality.Health, quality.Care} {
			if v.Helpers[agency], err = p.Qualities.Helpers(r.Context(), u, agency); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}

func (p *Pages) qualityAuditFrame(v *qualityView, title string) govuk.Page {
	var way []govuk.Link
	if title != auditTitle(v.QualityFile) {
		way = append(way, govuk.Link{Text: auditTitle(v.QualityFile), Href: qualityLink(v.ID)})
	}
	f := p.qualityFrame(v.User, title, way...)
	f.Errors = v.Errors
	return f
}

func auditTitle(f *app.QualityFile) string {
	return app.KindOfAudit(f.Kind) + ": " + f.Child.Name()
}

func (p *Pages) showAudit(w http.ResponseWriter, r *http.Request, status int, v *qualityView) error {
	return show(w, r, status, qualityAuditPage(p.qualityAuditFrame(v, auditTitle(v.QualityFile)), v))
}

// QualityAuditDo does what one of the forms of an audit asks.
func (p *Pages) QualityAuditDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.qualityView(r)
	if err != nil {
		return err
	}
	v.Values, v.Did = r.PostForm, r.PostForm.Get("do")
	ctx, u, to := r.Context(), v.User, qualityLink(v.ID)
	var told, field string
	var do func() error
	switch v.Did {
	case "sign":
		told, field = "The audit is signed", "do"
		do = func() error { return p.Qualities.Sign(ctx, u, v.ID) }
	case "finish":
		told, field, to = "Your part is finished", "do", qualityPart
		do = func() error { return p.Qualities.Finish(ctx, u, v.ID) }
	case "withdraw":
		why := v.Need("withdraw-why", "Enter why it is not to be made")
		told, field = "The audit is withdrawn", "withdraw-why"
		do = func() error { return p.Qualities.Withdraw(ctx, u, v.ID, why) }
	case "give":
		who := v.Choice("give-to", "Choose who is to make it", peopleValues(v.Auditors)...)
		told, field = "The audit is given", "give-to"
		do = func() error { return p.Qualities.Give(ctx, u, v.ID, who) }
	case "share":
		agency := quality.Agency(v.Choice("agency", "Choose the agency", string(quality.Health), string(quality.Care)))
		who := v.Choice("share-to-"+string(agency), "Choose who is to answer", peopleValues(v.Helpers[agency])...)
		told, field = "They are asked to answer", "share-to-"+string(agency)
		do = func() error { return p.Qualities.Share(ctx, u, v.ID, agency, who) }
	case app.SecondAudit, app.Correction, app.AgainAudit:
		who, why := u.ID, ""
		if v.Did == app.SecondAudit {
			who = v.Choice("second-to", "Choose who is to make it", peopleValues(v.Auditors)...)
			field = "second-to"
		} else {
			field = v.Did + "-why"
			why = v.Need(field, "Enter why")
		}
		told = app.KindOfAudit(v.Did) + " is asked for"
		do = func() (err error) {
			made, err := p.Qualities.Ask(ctx, u, app.Asking{Child: v.Child.ID, Auditor: who, Kind: v.Did, Of: v.ID, Why: why})
			if err == nil && who == u.ID {
				to = qualityLink(made)
			}
			return err
		}
	case "act":
		one := app.QualityAction{Audit: v.ID, What: v.Need("what", "Enter what is to be done"), OwnerID: v.Choice("owner", "Choose who is to do it", peopleValues(v.Auditors)...),
			Due: v.Date("due", "the day by which it is to be done")}
		one.Question, _ = strconv.Atoi(v.Text("question"))
		told, field = "The action is given", "what"
		do = func() error { return p.Qualities.Act(ctx, u, one) }
	default:
		return app.ErrNotFound
	}
	if v.Errors.Err() == nil {
		err := do()
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, told)
			http.Redirect(w, r, to, http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add(field, no.Error())
	}
	return p.showAudit(w, r, http.StatusUnprocessableEntity, v)
}

func peopleValues(all []app.Worker) (ids []string) {
	for i := range all {
		ids = append(ids, all[i].ID)
	}
	return ids
}

// peopleToChoose offers people, none chosen, leaving some out.
func peopleToChoose(all []app.Worker, but ...string) []govuk.Option {
	list := []govuk.Option{{Text: "Choose"}}
	for i := range all {
		if !slices.Contains(but, all[i].ID) {
			list = append(list, govuk.Option{Value: all[i].ID, Text: all[i].Name})
		}
	}
	return list
}

// form is one of the forms of the page: as it was filled in, if it was that one.
func (v *qualityView) form(do string) govuk.Form {
	if v.Did == do {
		return v.Form
	}
	return govuk.Form{}
}

// questionsOf returns the questions of a part.
func questionsOf(part quality.Part) (all []*quality.Question) {
	for i := range quality.Questions {
		if q := &quality.Questions[i]; q.Part == part {
			all = append(all, q)
		}
	}
	return all
}

// mayAnswerIn reports whether the reader has something to answer in a part.
func (v *qualityView) mayAnswerIn(part quality.Part) bool {
	return slices.ContainsFunc(questionsOf(part), v.MayAnswer)
}

// partTable is how far each part of an audit has come, and what it has.
func (v *qualityView) partTable() govuk.Table {
	t := govuk.Table{Caption: "The parts of the audit", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Part"}, {Text: "Sections"}, {Text: "Answered", Numeric: true}, {Text: "Mean, of 3", Numeric: true}}}
	for _, part := range quality.Parts {
		all := questionsOf(part.Part)
		done := 0
		for _, q := range all {
			if v.Sheet[q.Number] != quality.Unanswered {
				done++
			}
		}
		mean := ""
		if v.Shows() {
			if s := v.Judged.ByPart[part.Part]; s.Of > 0 {
				mean = s.Words()
			}
		}
		leads := v.Shows() || v.mayAnswerIn(part.Part)
		name := govuk.Write(func(w *govuk.Writer) {
			if leads {
				w.Link(qualityLink(v.ID)+"/"+string(part.Part), part.Words)
			} else {
				w.Text(part.Words)
			}
		})
		t.Rows = append(t.Rows, []govuk.Cell{{Content: name}, {Text: part.Sections}, {Text: strconv.Itoa(done) + " of " + strconv.Itoa(len(all)), Numeric: true}, {Text: mean, Numeric: true}})
	}
	return t
}

// shortfallTable is what the audit found: the answers that say something is
// missing.
func (v *qualityView) shortfallTable() govuk.Table {
	t := govuk.Table{Caption: "What is missing", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("Question", "Answer", "What is missing", "Where")}
	for _, q := range v.Sheet.Shortfalls() {
		one := v.Answers[q.Number]
		t.Rows = append(t.Rows, []govuk.Cell{{Text: strconv.Itoa(q.Number) + ". " + q.Words}, {Content: shortfallAnswer(q, one.Answer)}, {Text: one.Words}, {Text: one.Line}})
	}
	return t
}

// questionsToChoose are the shortfalls to which an action can belong.
func (v *qualityView) questionsToChoose() []govuk.Option {
	all := []govuk.Option{{Value: "0", Text: "The plan as a whole"}}
	for _, q := range v.Sheet.Shortfalls() {
		all = append(all, govuk.Option{Value: strconv.Itoa(q.Number), Text: strconv.Itoa(q.Number) + ". " + short(q.Words)})
	}
	return all
}

// otherAudits says what other audits there are of the child's plans.
func (v *qualityView) otherAudits() (rows []app.QualityRow) {
	for _, o := range v.Siblings {
		rows = append(rows, app.QualityRow{QualityAudit: o, Mine: o.AuditorID == v.User.ID, Blind: o.AuditorID != v.User.ID && o.Plan == v.QualityAudit.Plan && v.Mine && v.Open()})
	}
	return rows
}

// found returns what the program found that belongs to a question.
func (v *qualityView) found(q *quality.Question) (all []plan.Finding) {
	for _, f := range v.QualityFile.Plan.Findings {
		if f.Question.Audit == q.Number {
			all = append(all, f)
		}
	}
	return all
}

// lettersOf are the letters of the plan of which a part asks most.
func lettersOf(part quality.Part) []string {
	switch part {
	case quality.Voice:
		return []string{"A"}
	case quality.Needs:
		return []string{"B", "C", "D"}
	case quality.Outcomes:
		return []string{"E"}
	case quality.Provision:
		return []string{"F", "G", "H1", "H2", "J"}
	case quality.Thread:
		return []string{"A", "B", "E", "F"}
	}
	return strings.Fields("A B C D E F G H1 H2 I J")
}
