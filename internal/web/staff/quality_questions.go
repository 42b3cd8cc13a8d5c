package staff

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A questionsView is the set of questions and how they are weighed.
type questionsView struct {
	govuk.Form
	Weights quality.Weights
	Chosen  []app.QualityWeights
	Manages bool
	Told    string
}

// QualityQuestions shows the questions of an audit and how they are weighed.
func (p *Pages) QualityQuestions(w http.ResponseWriter, r *http.Request) error {
	v, err := p.questionsView(r)
	if err != nil {
		return err
	}
	v.Told = p.Sessions.Told(r)
	return p.showQuestions(w, r, http.StatusOK, v)
}

func (p *Pages) questionsView(r *http.Request) (*questionsView, error) {
	u := UserOf(r.Context())
	weights, chosen, err := p.Qualities.Weights(r.Context(), u)
	return &questionsView{Weights: weights, Chosen: chosen, Manages: u.May(access.QualityManage)}, err
}

func (p *Pages) showQuestions(w http.ResponseWriter, r *http.Request, status int, v *questionsView) error {
	f := p.qualityFrame(UserOf(r.Context()), "Questions and weights")
	f.Errors = v.Errors
	return show(w, r, status, questionsPage(f, v))
}

// QualityWeigh chooses how the questions are weighed.
func (p *Pages) QualityWeigh(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.questionsView(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	chosen := quality.Weights{Parts: map[quality.Part]int{}, Outstanding: hundredths(v.Text("outstanding")), Good: hundredths(v.Text("good"))}
	for _, part := range quality.Parts {
		n, err := strconv.Atoi(v.Text(string(part.Part)))
		if err != nil {
			n = -1
		}
		chosen.Parts[part.Part] = n
	}
	wrong := chosen.Wrong()
	for _, part := range quality.Parts {
		if words := wrong[string(part.Part)]; words != "" {
			v.Errors.Add(string(part.Part), words)
		}
	}
	for _, line := range []string{"outstanding", "good"} {
		if words := wrong[line]; words != "" {
			v.Errors.Add(line, words)
		}
	}
	why := v.Need("why", "Enter why the weights are changed")
	if v.Errors.Err() == nil {
		err := p.Qualities.Weigh(r.Context(), UserOf(r.Context()), chosen, why)
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, "The weights are changed. Audits signed from now on are graded by them.")
			http.Redirect(w, r, qualityPart+"/questions", http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add("why", no.Error())
	}
	return p.showQuestions(w, r, http.StatusUnprocessableEntity, v)
}

// hundredths reads a mark like 2.5; -1 when it is none.
func hundredths(text string) int {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || x < 0 || x > 9 {
		return -1
	}
	return int(x*100 + 0.5)
}

// questionTable is the questions of a part.
func questionTable(part quality.Part) govuk.Table {
	t := govuk.Table{Caption: part.Words(), CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings("No.", "Question", "What a sound answer looks like", "Stands on", "How sure")}
	for i := range quality.Questions {
		q := &quality.Questions[i]
		if q.Part != part {
			continue
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Text: strconv.Itoa(q.Number)}, {Content: questionWords(q)}, {Text: q.Looks}, {Text: q.Standing()}, {Text: confidenceOf(q)}})
	}
	return t
}

// confidenceOf says how surely the source of a question was read.
func confidenceOf(q *quality.Question) string {
	if q.Source.IsZero() {
		return "J: Weald’s own question"
	}
	return string(q.Confidence) + ": " + lowerFirst(q.Confidence.Words())
}

// weightsWords says what weights are, on one line.
func weightsWords(row *app.QualityWeights) string {
	w := quality.DefaultWeights()
	if err := json.Unmarshal([]byte(row.Weights), &w); err != nil {
		return row.Weights
	}
	var all []string
	for _, p := range quality.Parts {
		all = append(all, p.Words+" "+strconv.Itoa(w.Parts[p.Part]))
	}
	return strings.Join(all, ", ") + "; outstanding from " + quality.Hundredths(w.Outstanding) + ", good from " + quality.Hundredths(w.Good)
}
