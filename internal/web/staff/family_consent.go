package staff

import (
	"net/http"

	"weald/internal/app"
	"weald/internal/web/govuk"
)

// consented returns what stands of each sharing that rests on consent, and of each
// of which consent was ever recorded.
func (v *familyView) consented() (all []consentView) {
	for i := range v.Sharings {
		s := &v.Sharings[i]
		one := consentView{Code: s.Code, To: s.To, What: s.What, Needed: s.Consent}
		for _, c := range v.Consents {
			if c.Sharing == s.Code {
				one.Said = append(one.Said, c)
			}
		}
		if one.Needed || len(one.Said) > 0 {
			all = append(all, one)
		}
	}
	return all
}

// A consentView is what was said of one sharing, the latest first.
type consentView struct {
	Code, To, What string
	Needed         bool
	Said           []app.Consent
}

func consentWords(c *app.Consent) string {
	words := "Withdrawn"
	if c.Given {
		words = "Given"
	}
	return words + " on " + c.On.Words() + " by " + c.Who + ". " + c.How
}

func (v *familyView) sharingOptions() []govuk.Option {
	all := []govuk.Option{{Text: "Choose"}}
	for i := range v.Sharings {
		all = append(all, govuk.Option{Value: v.Sharings[i].Code, Text: v.Sharings[i].To + ": " + v.Sharings[i].What})
	}
	return all
}

// ConsentRecord keeps that consent was given or withdrawn.
func (p *Pages) ConsentRecord(w http.ResponseWriter, r *http.Request) error {
	return p.familyDo(w, r, "sharing", "It is kept.", func(form *govuk.Form, id app.ChildID) error {
		c := app.Consent{Sharing: form.Need("sharing", "Choose what the consent is to"), Who: form.Need("who", "Enter who gave or withdrew it"), How: form.Need("how", "Enter how it is known")}
		c.Given = form.Choice("given", "Choose whether it was given or withdrawn", "yes", "no") == "yes"
		c.On = form.Date("consent-on", "the day on which it was given or withdrawn")
		if c.Sharing != "" && p.Sharings.Of(c.Sharing) == nil {
			form.Errors.Add("sharing", "Choose what the consent is to")
		}
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Families.RecordConsent(r.Context(), UserOf(r.Context()), id, c)
	})
}
