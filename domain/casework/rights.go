package casework

import (
	"weald/calendar"
	"weald/law"
)

// A Ground is a kind of decision that the Children and Families Act 2014,
// section 51(2), lets a family appeal.
type Ground uint8

// Grounds, as the Act letters them.
const (
	NoGround            Ground = iota
	AssessmentRefused          // (a)
	PlanRefused                // (b)
	PlanMade                   // (c)
	ReassessmentRefusal        // (d)
	NotAmended                 // (e)
	CeaseDecided               // (f)
)

var grounds = [...]struct{ provision, words string }{
	{},
	{"51(2)(a)", "the decision not to assess"},
	{"51(2)(b)", "the decision not to make a plan"},
	{"51(2)(c)", "Sections B and F of the plan, the school or other setting in Section I, or that none is named"},
	{"51(2)(d)", "the decision not to re-assess"},
	{"51(2)(e)", "the decision not to amend or replace the plan"},
	{"51(2)(f)", "the decision to cease the plan"},
}

// String returns the provision: "51(2)(a)".
func (g Ground) String() string { return grounds[g].provision }

// Words says what may be appealed.
func (g Ground) Words() string { return grounds[g].words }

// A Right is a right of appeal that is open on a day.
type Right struct {
	Ground      Ground
	Decided     calendar.Date // the day the notice was sent
	LastDay     calendar.Date // the Tribunal must receive the appeal by then
	Certificate bool          // a mediation certificate is needed; never for an appeal only about the setting
	Holder      string        // "the parent" or "the young person"; both when the birth date is not recorded
}

func groundOf(e *Event) Ground {
	switch e.Kind {
	case DecisionToAssessSent:
		return AssessmentRefused
	case NoPlanNoticeSent:
		return PlanRefused
	case PlanFinalised, AmendedPlanFinalised:
		return PlanMade
	case ReassessmentDecisionSent:
		return ReassessmentRefusal
	case CeaseNoticeSent:
		return CeaseDecided
	default:
		return NotAmended
	}
}

// openRights lists the rights of appeal whose last day has not passed and which
// have not been used.
func (c *Clock) openRights() {
	for i := c.last[rowOf[Appeal]]; i >= 0; i = c.duties[i].prev {
		if d := &c.duties[i]; d.Status == Running {
			c.rights = append(c.rights, Right{
				Ground: d.Ground, Decided: d.Start, LastDay: d.Due,
				Certificate: d.how != howCertificate && d.how != howCertificateEarlier,
				Holder:      holder(c.born, d.Start),
			})
		}
	}
}

// holder says whose the right is: a decision made before the end of compulsory
// school age belongs to the parent, one made after it to the young person.
func holder(born, decided calendar.Date) string {
	switch {
	case born.IsZero():
		return "the parent or young person"
	case decided > calendar.EndOfCompulsorySchoolAge(born):
		return "the young person"
	default:
		return "the parent"
	}
}

// RightsFrom returns the open rights of appeal that come from the decision with
// which a duty was done, or that the duty itself is about.
func (r *Reading) RightsFrom(d *Duty) []Right {
	var from []Right
	for _, right := range r.Rights {
		about := d.Rule.Nature == law.Right && d.Start == right.Decided
		if about || !d.Done.IsZero() && d.Done == right.Decided && d.Rule.Owner == law.LocalAuthority {
			from = append(from, right)
		}
	}
	return from
}
