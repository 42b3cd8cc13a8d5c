package staff

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// An agreementView is two audits of a plan side by side, with the form on which a
// difference is settled.
type agreementView struct {
	govuk.Form
	*app.AgreementFile
	Told  string
	About int // which question the form was about
}

// QualityAgreement shows how far two audits of a plan agree.
func (p *Pages) QualityAgreement(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Qualities.Agreement(r.Context(), UserOf(r.Context()), r.PathValue("audit"))
	if err != nil {
		return err
	}
	return p.showAgreement(w, r, http.StatusOK, &agreementView{AgreementFile: f, Told: p.Sessions.Told(r)})
}

func (p *Pages) showAgreement(w http.ResponseWriter, r *http.Request, status int, v *agreementView) error {
	f := p.qualityFrame(UserOf(r.Context()), "How far they agree", govuk.Link{Text: auditTitle(v.First), Href: qualityLink(v.First.ID)})
	f.Errors = v.Errors
	return show(w, r, status, agreementPage(f, v))
}

// QualitySettle settles a question that two audits answered differently.
func (p *Pages) QualitySettle(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	u := UserOf(r.Context())
	f, err := p.Qualities.Agreement(r.Context(), u, r.PathValue("audit"))
	if err != nil {
		return err
	}
	v := &agreementView{AgreementFile: f, Form: govuk.Form{Values: r.PostForm}}
	v.About, err = strconv.Atoi(v.Text("question"))
	if err != nil || quality.Numbered(v.About) == nil {
		return app.ErrNotFound
	}
	n := strconv.Itoa(v.About)
	answer := quality.Answer(v.Choice("settled-"+n, "Choose the answer to question "+n, answerNames()...))
	why := v.Need("why-"+n, "Enter why, for question "+n)
	if v.Errors.Err() == nil {
		err := p.Qualities.Settle(r.Context(), u, f.First.ID, v.About, answer, why)
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, "Question "+n+" is settled")
			http.Redirect(w, r, qualityLink(f.First.ID)+"/agreement#q-"+n, http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add("why-"+n, no.Error())
	}
	return p.showAgreement(w, r, http.StatusUnprocessableEntity, v)
}

func answerNames() (all []string) {
	for _, a := range quality.Answers {
		all = append(all, string(a.Answer))
	}
	return all
}

// settleForm is the form of a question: as it was filled in, if it was that one.
func (v *agreementView) settleForm(n int) govuk.Form {
	if v.About == n {
		return v.Form
	}
	return govuk.Form{}
}

func settledToChoose(n string) (all []govuk.Choice) {
	for _, c := range answersToChoose(n) {
		c.ID = "settled" + c.ID[len("answer"):]
		all = append(all, c)
	}
	return all
}

// kappaWords says what kappa is.
func (v *agreementView) kappaWords() string {
	if !v.Defined {
		return "Cohen’s kappa says nothing here: both gave the same one answer to everything, or there is nothing to compare."
	}
	return fmt.Sprintf("Cohen’s kappa is %.2f: agreement beyond what chance would give. 1 is full agreement, and 0 no more than chance.", v.Kappa)
}

// open reports whether a difference is not settled.
func (v *agreementView) open(n int) bool { return slices.Contains(v.AgreementFile.Open(), n) }
