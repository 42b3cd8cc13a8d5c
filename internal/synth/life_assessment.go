package synth

import (
	"weald/calendar"
	"weald/domain/casework"
)

// request makes a request, by whoever is likely to ask.
func (l *life) request(on calendar.Date) {
	parents, schools := l.a.shape.rate("parents-asked", 0), l.a.shape.rate("schools-asked", 0)
	source := "school"
	age := calendar.Age(l.born, on)
	switch x := l.d.unit(); {
	case x < parents:
		source = "parent"
		if age >= 16 && l.d.chance(0.6) {
			source = "young-person"
		}
	case x < parents+schools:
		if age >= 16 {
			source = "post-16"
		}
	case x < parents+schools+0.03:
		source = "health"
	case x < parents+schools+0.05:
		source = "social-care"
	default:
		source = "other"
	}
	l.add(casework.RequestReceived, on, "source", source)
}

// decisionDay says when the family is told whether there will be an assessment:
// in six weeks as often as published, and otherwise late.
func (l *life) decisionDay(r calendar.Date, most int) calendar.Date {
	last := r.AddDays(42)
	if l.d.chance(l.a.shape.rate("told-in-six-weeks", l.yearOf(r))) {
		return l.by(last - calendar.Date(l.d.wait(6)%30))
	}
	return max(last+1, r.AddDays(min(most, 43+l.d.wait(18))))
}

// planTakes says how many days an assessment takes that ends in a plan made in
// a year, as often in twenty weeks, and over a year, as published. x is from 0 to
// 1, from the fewest.
func (l *life) planTakes(year int, x float64) int {
	soon, long := l.a.shape.rate("in-twenty-weeks", year), l.a.shape.rate("over-a-year", year)
	switch {
	case x < soon:
		return 138 - l.d.wait(7)%43
	case x < soon+long:
		return 367 + l.d.wait(60)%370
	default:
		return 143 + l.d.wait(85)%220
	}
}

var bodies = []struct {
	kind, body string
	chance     float64
}{
	{"b", "", 1}, {"c", "Community paediatrics", 0.9}, {"d", "Educational psychology", 1}, {"e", "Social care", 0.95},
	{"f", "Speech and language therapy", 0.5}, {"f", "Occupational therapy", 0.3}, {"f", "Specialist teaching service", 0.2}, {"a", "The family", 0.5},
}

// assess makes an assessment from the decision to the draft, which is sent on
// the given day or has not been sent by today.
func (l *life) assess(r, decision, draft calendar.Date) {
	l.add(casework.DecisionToAssessSent, decision, "decision", "yes")
	for _, b := range bodies {
		if !l.d.chance(b.chance) {
			continue
		}
		name := b.body
		if name == "" {
			name = l.school
			if name == "" {
				name = "Education"
			}
		}
		asked := l.a.Practice.Holidays.Roll(decision.AddDays(l.d.from(0, 4)))
		l.add(casework.AdviceRequested, asked, "type", b.kind, "body", name)
		took := 18 + l.d.below(25)
		if l.d.chance(0.34) {
			took = 43 + l.d.wait(30)
		}
		if b.kind == "d" && draft-decision > 90 {
			took = max(took, int(draft-decision)-15-l.d.below(30))
		}
		if back := l.by(asked.AddDays(took)); back > asked && back < draft-1 {
			l.add(casework.AdviceReceived, back, "body", name)
		} else if draft-asked > 4 {
			l.add(casework.AdviceReceived, l.by(draft-2), "body", name)
		}
	}
}

// draft makes a draft and the final plan.
func (l *life) draftAndFinal(draft, final calendar.Date) {
	l.add(casework.DraftSent, draft)
	served := draft.AddDays(l.d.from(1, 3))
	l.addOn(casework.DraftServed, served)
	if l.d.chance(0.7) {
		l.add(casework.RepresentationsReceived, served.AddDays(l.d.from(4, 15)))
	}
	l.consult(served.AddDays(l.d.from(0, 6)), calendar.Age(l.born, served))
	if l.addOn(casework.PlanFinalised, final) {
		l.afterPlan(final)
	}
}

// afterPlan says when what is in a plan began.
func (l *life) afterPlan(plan calendar.Date) {
	if l.d.chance(0.6) {
		l.add(casework.ProvisionStarted, plan.AddDays(l.d.from(1, 45)))
	}
	if l.d.chance(0.12) {
		l.add(casework.HealthProvisionArranged, plan.AddDays(l.d.from(5, 60)))
	}
}

// consult asks settings whether they can meet a child's needs, at the age at
// which the child will go there.
func (l *life) consult(on calendar.Date, age int) {
	kind := kindOfSetting("primary-academy")
	switch {
	case age >= 16 && l.d.chance(0.3):
		kind = "specialist-college"
	case age >= 16:
		kind = "college"
	case l.group == "special":
		kind = "special-maintained"
	case age >= 11:
		kind = "secondary-academy"
	}
	seen := map[string]bool{}
	for range l.d.from(1, 3) {
		name := l.a.settingIn(&l.d, kind, l.home).Name
		if seen[name] {
			continue
		}
		seen[name] = true
		l.add(casework.SchoolConsulted, on, "setting", name)
		answer := "no"
		if l.d.chance(0.45) {
			answer = "yes"
		}
		switch x := l.d.unit(); {
		case x < 0.72:
			l.add(casework.SchoolResponded, l.by(on.AddDays(l.d.from(5, 15))), "setting", name, "answer", answer)
		case x < 0.97 || l.today-on > 90:
			l.add(casework.SchoolResponded, on.AddDays(16+l.d.wait(9)%60), "setting", name, "answer", answer)
		}
	}
}

// makePlan makes a request, an assessment and a plan made on a day.
func (l *life) makePlan(final calendar.Date) {
	took := l.planTakes(l.yearOf(final), l.even())
	r := l.by(max(final.AddDays(-took), part3.AddDays(1), l.born.AddMonths(25)))
	took = int(final - r)
	if took < 75 {
		r = l.by(final - 90)
		took = int(final - r)
	}
	l.request(r)
	draft := l.by(final.AddDays(-l.d.from(23, min(60, took/4))))
	if l.today-final > longAgo {
		l.add(casework.DecisionToAssessSent, l.by(min(r.AddDays(40), draft-20)), "decision", "yes")
		l.addOn(casework.DraftServed, draft)
		l.addOn(casework.PlanFinalised, final)
		return
	}
	l.assess(r, min(l.decisionDay(r, took/2), draft-25), draft)
	l.draftAndFinal(draft, final)
}
