package staff

import (
	"net/http"
	"strconv"
	"strings"

	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// A partView is one part of an audit, to be answered or read.
type partView struct {
	*qualityView
	Part      quality.Part
	Questions []*quality.Question
	Writes    bool
}

// QualityPart shows the questions of one part of an audit.
func (p *Pages) QualityPart(w http.ResponseWriter, r *http.Request) error {
	v, err := p.partView(r)
	if err != nil {
		return err
	}
	v.Told = p.Sessions.Told(r)
	return p.showPart(w, r, http.StatusOK, v)
}

func (p *Pages) partView(r *http.Request) (*partView, error) {
	audit, err := p.qualityView(r)
	if err != nil {
		return nil, err
	}
	v := &partView{qualityView: audit, Part: quality.Part(r.PathValue("part"))}
	v.Writes = v.mayAnswerIn(v.Part)
	for _, q := range questionsOf(v.Part) {
		if v.Shows() || v.MayAnswer(q) {
			v.Questions = append(v.Questions, q)
		}
	}
	if len(v.Questions) == 0 {
		return nil, app.ErrNotFound
	}
	return v, nil
}

func (p *Pages) showPart(w http.ResponseWriter, r *http.Request, status int, v *partView) error {
	return show(w, r, status, auditPartPage(p.qualityAuditFrame(v.qualityView, v.Part.Words()), v))
}

// QualityPartSave keeps the answers of one part, so far as they go.
func (p *Pages) QualityPartSave(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.partView(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	var answers []app.QualityAnswer
	for _, q := range v.Questions {
		if !v.MayAnswer(q) {
			continue
		}
		n := strconv.Itoa(q.Number)
		one := app.QualityAnswer{Question: q.Number, Answer: v.Text("answer-" + n), Words: v.Text("words-" + n), Line: lineTyped(v.Text("line-" + n))}
		if one.Answer != "" && !quality.Answer(one.Answer).Known() {
			v.Errors.Add("answer-"+n, "Choose an answer to question "+n)
		}
		if one.Line != "" && v.QualityFile.Plan.Plan.Line(one.Line) == nil && v.QualityFile.Plan.Plan.Section(one.Line) == nil {
			v.Errors.Add("line-"+n, "The plan has no line or section "+one.Line+": leave it empty or enter one like f-2")
		}
		answers = append(answers, one)
	}
	if v.Errors.Err() != nil {
		return p.showPart(w, r, http.StatusUnprocessableEntity, v)
	}
	if err := p.Qualities.Answer(r.Context(), v.User, v.ID, answers); err != nil {
		return err
	}
	p.Sessions.Tell(r, "Your answers are kept")
	to := qualityLink(v.ID)
	if next := nextPart(v); next != "" && r.PostForm.Get("then") == "next" {
		to += "/" + string(next)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// lineTyped reads a line or section as people type it.
func lineTyped(text string) string {
	if strings.Contains(text, "-") {
		return strings.ToLower(text)
	}
	return strings.ToUpper(text)
}

// nextPart is the part after this in which the reader has something to answer.
func nextPart(v *partView) quality.Part {
	here := false
	for _, part := range quality.Parts {
		if here && v.mayAnswerIn(part.Part) {
			return part.Part
		}
		here = here || part.Part == v.Part
	}
	return ""
}

func answersToChoose(n string) (all []govuk.Choice) {
	for i, a := range quality.Answers {
		id := "answer-" + n
		if i > 0 {
			id += "-" + string(a.Answer)
		}
		all = append(all, govuk.Choice{Value: string(a.Answer), Text: a.Words, ID: id})
	}
	return all
}

// lackingIn is what is not finished in the part, in words; "" when all is.
func lackingIn(v *partView, q *quality.Question) string {
	one := v.Answers[q.Number]
	if one.Answer == "" {
		return ""
	}
	return v.Lacking()[q.Number]
}

// QualityPlan shows the plan that an audit is of, to whoever makes or helps with
// it.
func (p *Pages) QualityPlan(w http.ResponseWriter, r *http.Request) error {
	v, err := p.qualityView(r)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, auditPlanPage(p.qualityAuditFrame(v, "The plan"), v, v.QualityFile.Plan.Paper(p.Site.Area)))
}
