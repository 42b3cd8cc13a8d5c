package staff

import (
	"weald/domain/casework"
	"weald/internal/web/govuk"
	"weald/law"

	"github.com/a-h/templ"
)

// caseDuty is one duty as it falls on a child: what, by when, how it stands, and
// folded away why that date.
func caseDuty(v *caseView, d *casework.Duty) templ.Component {
	return govuk.Write(func(w *govuk.Writer) {
		w.Raw(`<div class="weald-duty weald-duty--`).Text(d.Status.String())
		if !d.Binding() {
			w.Raw(` weald-duty--guidance`)
		}
		w.Raw(`"><p class="govuk-body weald-tight">`).Text(d.Rule.Duty)
		if d.Of != "" {
			w.Raw(` <strong>`).Text(d.Of).Raw(`</strong>`)
		}
		w.Raw(`</p><p class="govuk-body weald-tight">`).Add(govuk.Tag{Text: statusWords(d), Colour: statusColour(d.Status)}).Raw(` `)
		if !d.Binding() {
			w.Add(govuk.Tag{Text: forceTag(d.Rule.Force), Colour: govuk.Grey}).Raw(` `)
		}
		switch {
		case d.Status == casework.Excused:
			w.Raw(`<s>`).Text(d.Due.Words()).Raw(`</s>`)
		case !d.Due.IsZero() && d.Rule.Nature != law.Continuing:
			w.Text(d.Due.WordsWithDay())
		}
		if !d.Done.IsZero() {
			w.Raw(` <span class="weald-subtle">Done `).Text(d.Done.Words()).Raw(`</span>`)
		}
		w.Raw(`</p><details class="govuk-details weald-why" data-module="govuk-details"><summary class="govuk-details__summary">`)
		w.Raw(`<span class="govuk-details__summary-text">Why this date<span class="govuk-visually-hidden"> for `).Text(d.Rule.Duty).Raw(`</span></span></summary>`)
		w.Raw(`<div class="govuk-details__text"><p class="govuk-body">`).Text(d.Why(v.practice)).Raw(`</p><p class="govuk-body">`)
		w.Add(govuk.Tag{Text: forceTag(d.Rule.Force), Colour: forceColour(d.Rule.Force)}).Raw(` The rule, in short: `).Text(d.Rule.Words).Raw(`. `)
		w.Link("/rules/"+d.Rule.ID, d.Rule.Code+": read the rule").Raw(`</p></div></details></div>`)
	})
}
