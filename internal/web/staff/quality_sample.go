package staff

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/quality"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

const samplesPart = qualityPart + "/samples"

// QualitySamples lists the samples that were drawn.
func (p *Pages) QualitySamples(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	all, err := p.Qualities.Samples(r.Context(), u)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, samplesPage(p.qualityFrame(u, "Samples"), all, u.May(access.QualityManage)))
}

// QualitySample shows a sample, with all that is needed to draw it again.
func (p *Pages) QualitySample(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	f, err := p.Qualities.Sample(r.Context(), u, r.PathValue("sample"))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, samplePage(p.qualityFrame(u, "Sample", govuk.Link{Text: "Samples", Href: samplesPart}), f, p.Sessions.Told(r)))
}

// A sampleView is the form on which a sample is drawn.
type sampleView struct {
	govuk.Form
	Today       calendar.Date
	First, Last calendar.Date // the days that are offered: the month before
	Issued      int           // plans issued on them
	Auditors    []app.Worker
}

func (p *Pages) sampleView(r *http.Request) (*sampleView, error) {
	u := UserOf(r.Context())
	v := &sampleView{Today: p.Casework.Today()}
	v.Last = onFirst(v.Today) - 1
	v.First = onFirst(v.Last)
	var err error
	if v.Issued, err = p.Qualities.Issued(r.Context(), u, v.First, v.Last); err != nil {
		return nil, err
	}
	v.Auditors, err = p.Qualities.Auditors(r.Context(), u)
	return v, err
}

func (p *Pages) showSampleForm(w http.ResponseWriter, r *http.Request, status int, v *sampleView) error {
	f := p.qualityFrame(UserOf(r.Context()), "Draw a sample", govuk.Link{Text: "Samples", Href: samplesPart})
	f.Errors = v.Errors
	return show(w, r, status, sampleFormPage(f, v))
}

// QualitySampleNew asks what sample is to be drawn.
func (p *Pages) QualitySampleNew(w http.ResponseWriter, r *http.Request) error {
	v, err := p.sampleView(r)
	if err != nil {
		return err
	}
	return p.showSampleForm(w, r, http.StatusOK, v)
}

// QualitySampleDraw draws a sample.
func (p *Pages) QualitySampleDraw(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v, err := p.sampleView(r)
	if err != nil {
		return err
	}
	v.Values = r.PostForm
	d := app.Drawing{
		Way:    quality.Way(v.Choice("way", "Choose how the plans are drawn", string(quality.AtRandom), string(quality.ByRisk))),
		Strata: v.Choice("strata", "Choose by what the sample is divided", strataNames()...),
		From:   v.Date("from", "the first day on which the plans were issued"), Until: v.Date("until", "the last day on which the plans were issued"),
		Seed: v.Text("seed"), Auditors: r.PostForm["auditor"],
	}
	whole := func(name, words string, least, most int) (n int) {
		if text := v.Text(name); text != "" {
			var err error
			if n, err = strconv.Atoi(text); err != nil || n < least || n > most {
				v.Errors.Add(name, words)
			}
		}
		return n
	}
	d.Size = whole("size", "How many plans must be a whole number from 1 to 1000, or empty", 1, 1000)
	d.Second = whole("second", "One in how many must be a whole number from 0 to 100", 0, 100)
	if len(d.Seed) > 40 {
		v.Errors.Add("seed", "The seed must be 40 characters or fewer")
	}
	if !slices.ContainsFunc(v.Auditors, func(p app.Worker) bool { return slices.Contains(d.Auditors, p.ID) }) {
		v.Errors.Add("auditor", "Choose who is to make the audits")
	}
	if v.Errors.Err() == nil {
		id, err := p.Qualities.DrawSample(r.Context(), UserOf(r.Context()), d)
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, "The sample is drawn, and its audits are given out")
			http.Redirect(w, r, samplesPart+"/"+id, http.StatusSeeOther)
			return nil
		case !errors.As(err, &no):
			return err
		}
		v.Errors.Add("way", no.Error())
	}
	return p.showSampleForm(w, r, http.StatusUnprocessableEntity, v)
}

func strataNames() (all []string) {
	for _, s := range app.Strata {
		all = append(all, s[0])
	}
	return all
}

func strataToChoose() (all []govuk.Option) {
	for _, s := range app.Strata {
		all = append(all, govuk.Option{Value: s[0], Text: s[1]})
	}
	return all
}

func auditorsToChoose(people []app.Worker) (all []govuk.Choice) {
	for i := range people {
		all = append(all, govuk.Choice{Value: people[i].ID, Text: people[i].Name})
	}
	return all
}

func drawnWords(way string) string {
	if way == string(quality.ByRisk) {
		return "By risk"
	}
	return "At random"
}

func sampleTable(all []app.QualitySample) govuk.Table {
	t := govuk.Table{Caption: "Samples", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Drawn"}, {Text: "How"}, {Text: "Plans issued"}, {Text: "Plans", Numeric: true}, {Text: "Audits signed", Numeric: true}}}
	for i := range all {
		s := &all[i]
		t.Rows = append(t.Rows, []govuk.Cell{
			{Content: govuk.Write(func(w *govuk.Writer) {
				w.Link(samplesPart+"/"+s.ID, s.DrawnOn.Words())
				small(w, s.By)
			})},
			{Text: drawnWords(s.Way)}, {Text: s.From.Words() + " to " + s.Until.Words()},
			{Text: number(min(s.Size, s.Of)) + " of " + number(s.Of), Numeric: true}, {Text: number(s.Signed) + " of " + number(s.Audits), Numeric: true},
		})
	}
	return t
}

func riskTable() govuk.Table {
	t := govuk.Table{Caption: "What makes a plan a risk", CaptionHidden: true, Scroll: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Reason"}, {Text: "Why"}, {Text: "Weight", Numeric: true}}}
	for _, r := range quality.Risks {
		t.Rows = append(t.Rows, []govuk.Cell{{Text: r.Words}, {Text: r.Why}, {Text: strconv.Itoa(r.Weight), Numeric: true}})
	}
	return t
}
