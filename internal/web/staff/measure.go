package staff

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"weald/domain/measure"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A bringView is the form on which figures of other systems are brought in.
type bringView struct {
	govuk.Form
	Told   string
	Faults []measure.Fault
}

const bringPart = "/measures/bring"

// MeasureBring shows the form.
func (p *Pages) MeasureBring(w http.ResponseWriter, r *http.Request) error {
	return p.showBring(w, r, http.StatusOK, &bringView{Told: p.Sessions.Told(r)})
}

func (p *Pages) showBring(w http.ResponseWriter, r *http.Request, status int, v *bringView) error {
	f := p.frame(UserOf(r.Context()), "Bring figures in", boardPart)
	f.Errors, f.Breadcrumbs = v.Errors, []govuk.Link{{Text: "Measures", Href: boardPart}, {Text: "Bring figures in"}}
	return show(w, r, status, bringPage(f, v))
}

// MeasureBringDo keeps the figures that were pasted, or says what is wrong with
// which row.
func (p *Pages) MeasureBringDo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v := &bringView{Form: govuk.Form{Values: r.PostForm}}
	text := v.Need("rows", "Paste the rows, with their heading")
	if v.Errors.Err() == nil {
		kept, same, faults, err := p.Measures.Bring(r.Context(), UserOf(r.Context()), text)
		if err != nil {
			return err
		}
		if len(faults) == 0 {
			told := counted(kept, "figure is", "figures are") + " kept."
			if same > 0 {
				told += " " + counted(same, "was", "were") + " kept already, just so."
			}
			p.Sessions.Tell(r, told)
			http.Redirect(w, r, bringPart, http.StatusSeeOther)
			return nil
		}
		v.Faults = faults
		v.Errors.Add("rows", fmt.Sprintf("Nothing was kept: %s. The list below says where", counted(len(faults), "thing is wrong", "things are wrong")))
	}
	return p.showBring(w, r, http.StatusUnprocessableEntity, v)
}

func bringFields() govuk.Table {
	t := govuk.Table{Caption: "The columns", CaptionHidden: true, RowHeadings: true, Head: govuk.Headings("Column", "What it holds")}
	for _, c := range measure.BringColumns {
		t.Rows = append(t.Rows, []govuk.Cell{{Text: c.Name}, {Text: c.Means}})
	}
	return t
}

func bringFaults(v *bringView) govuk.Table {
	t := govuk.Table{Caption: "What is wrong", CaptionHidden: true, RowHeadings: true, Head: govuk.Headings("Row", "Column", "What is wrong")}
	for _, f := range v.Faults {
		t.Rows = append(t.Rows, []govuk.Cell{{Text: strconv.Itoa(f.Row)}, {Text: f.Field}, {Text: capital(f.Reason)}})
	}
	return t
}

// A limitsView is from when the limits of a measure are counted anew.
type limitsView struct {
	govuk.Form
	*measure.Detail
	Told string
}

func limitsLink(code string) string { return "/measures/" + code + "/limits" }

// MeasureLimits shows from when a measure's limits are counted anew, and why.
func (p *Pages) MeasureLimits(w http.ResponseWriter, r *http.Request) error {
	v, err := p.limitsView(r)
	if err != nil {
		return err
	}
	v.Told = p.Sessions.Told(r)
	return p.showLimits(w, r, http.StatusOK, v)
}

func (p *Pages) limitsView(r *http.Request) (*limitsView, error) {
	d, err := p.Measures.Detail(r.Context(), UserOf(r.Context()), r.PathValue("measure"), measure.Asked{})
	return &limitsView{Detail: d}, err
}

func (p *Pages) showLimits(w http.ResponseWriter, r *http.Request, status int, v *limitsView) error {
	f := p.frame(UserOf(r.Context()), "Limits of "+v.Code, boardPart)
	f.Errors = v.Errors
	f.Breadcrumbs = []govuk.Link{{Text: "Measures", Href: boardPart}, {Text: v.Title, Href: boardPart + "/measures/" + v.Code}, {Text: "Limits"}}
	return show(w, r, status, limitsPage(f, v))
}

// MeasureLimitAdd counts limits anew.
func (p *Pages) MeasureLimitAdd(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.limitsView(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	from := v.Date("from", "the day from which limits are counted anew")
	reason := v.Need("reason", "Enter what was changed")
	if v.Errors.Err() == nil {
		err := p.Measures.CountAnew(r.Context(), UserOf(r.Context()), v.Code, from, reason)
		var refusal *law.Refusal
		switch {
		case errors.As(err, &refusal):
			v.Errors.AddDate("from", refusal.Error())
		case err != nil:
			return err
		default:
			p.Sessions.Tell(r, "Limits are counted anew from "+from.Words())
			http.Redirect(w, r, limitsLink(v.Code), http.StatusSeeOther)
			return nil
		}
	}
	return p.showLimits(w, r, http.StatusUnprocessableEntity, v)
}

// MeasureLimitEnd takes back that limits are counted anew.
func (p *Pages) MeasureLimitEnd(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("measure")
	if err := p.Measures.CountOn(r.Context(), UserOf(r.Context()), code, r.PathValue("limit")); err != nil {
		return err
	}
	p.Sessions.Tell(r, "It is taken back")
	http.Redirect(w, r, limitsLink(code), http.StatusSeeOther)
	return nil
}
