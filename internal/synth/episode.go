package synth

import (
	"slices"

	"weald/calendar"
	"weald/domain/casework"
)

// episodes makes up what befalls some children besides: it is added only where
// the law allows all of it.
func (l *life) episodes() {
	switch l.fate {
	case refused:
		l.disputeRefusal(casework.DecisionToAssessSent, refusalsAppealed, 0.05)
	case noPlan:
		l.disputeRefusal(casework.NoPlanNoticeSent, l.a.shape.rate("no-plan-appealed", 0), 0.02)
	case inForce:
		l.exceptions()
		l.copies()
		l.disputes()
		l.assessAgain()
		l.outOfSchool()
		l.inHospital()
		l.payments()
		l.complaints(0.035)
	case ceased:
		l.exceptions()
		l.complaints(0.015)
	case assessing, drafting:
		l.exceptions()
		l.complaints(0.06)
	}
}

// refusalsAppealed is the part of refusals that stand which were appealed. With
// those that were not left standing it makes the published rate.
const refusalsAppealed = 0.15

// recently chooses a working day in the last so many days, or zero when the
// child's dealings with the area began after it.
func (l *life) recently(days int) calendar.Date {
	on := l.by(l.today.AddDays(-l.d.from(1, days)))
	if !l.ends.IsZero() && on > l.ends-30 {
		return 0
	}
	for _, e := range l.events {
		if e.Kind == casework.RequestReceived || e.Kind == casework.PlanTransferredIn {
			if e.On+7 < on {
				return on
			}
			break
		}
	}
	return 0
}

// disputeRefusal makes up what some families do about a refusal. Those whom the
// Tribunal or the area itself gave what they asked for are told elsewhere, so an
// appeal here is undecided or was withdrawn.
func (l *life) disputeRefusal(kind casework.Kind, appeals, mediates float64) {
	i := slices.IndexFunc(l.events, func(e casework.Event) bool { return e.Kind == kind })
	if i < 0 {
		return
	}
	told := l.events[i].On
	switch x := l.d.unit(); {
	case x < appeals:
		l.episode(func() {
			l.contact(told, l.d.chance(0.1))
			if registered, ok := l.lodge(told); ok {
				l.respond(registered)
				if end := registered.AddDays(l.d.from(100, 420)); end <= l.today {
					l.add(casework.AppealWithdrawn, end)
				}
			}
		})
	case x < appeals+mediates:
		l.episode(func() { l.contact(told, true) })
	}
}

// contact makes the call to the mediation adviser that comes before most
// appeals, and the mediation that sometimes follows.
func (l *life) contact(told calendar.Date, mediates bool) {
	called := l.by(told.AddDays(l.d.from(6, 28)))
	if !mediates {
		l.add(casework.MediationAdviserContacted, called, "wants", "no")
		l.add(casework.CertificateIssued, l.by(called+calendar.Date(l.d.from(1, 4))))
		return
	}
	l.add(casework.MediationAdviserContacted, called, "wants", "yes")
	issues := "education"
	if l.d.chance(0.15) {
		issues = "education,health"
	}
	l.add(casework.MediationRequested, called, "issues", issues)
	if issues != "education" {
		l.add(casework.ICBToldIssues, called+2)
	}
	if l.d.chance(0.2) {
		cannot := called.AddDays(l.d.from(10, 25))
		if l.add(casework.MediationCannotBeArranged, cannot) {
			l.add(casework.CertificateIssued, cannot+calendar.Date(l.d.from(2, 4)))
		}
		return
	}
	held := called.AddDays(l.d.from(15, 34))
	if l.add(casework.MediationHeld, held) {
		l.add(casework.MediationEnded, held)
		l.add(casework.CertificateIssued, held+calendar.Date(l.d.from(1, 5)))
	}
}

// lodge makes an appeal as far as the response to it.
func (l *life) lodge(told calendar.Date) (registered calendar.Date, ok bool) {
	lodged := l.by(told.AddDays(l.d.from(38, 58)))
	if !l.add(casework.AppealLodged, lodged) {
		return 0, false
	}
	registered = l.a.Practice.Holidays.Roll(lodged.AddDays(l.d.from(3, 14)))
	if !l.addOn(casework.AppealRegistered, registered) {
		return 0, false
	}
	l.addOn(casework.AppealSentToAuthority, registered)
	return registered, true
}

// respond answers an appeal, for the most part in time.
func (l *life) respond(registered calendar.Date) {
	if l.d.chance(0.78) {
		l.add(casework.ResponseSent, l.by(registered.AddDays(l.d.from(30, 41))))
	} else {
		l.add(casework.ResponseSent, registered.AddDays(45+l.d.wait(12)))
	}
}

// disputes makes up mediations and appeals about what plans say.
func (l *life) disputes() {
	for _, e := range slices.Clone(l.events) {
		if l.today-e.On > 1300 {
			continue
		}
		switch e.Kind {
		case casework.PlanFinalised, casework.AmendedPlanFinalised:
			if x := l.d.unit(); x < 0.068 {
				l.episode(func() { l.disputeContents(e.On) })
			} else if x < 0.078 {
				l.episode(func() { l.agree(e.On) })
			}
		case casework.ReviewDecisionSent:
			if e.Get("decision") == "keep" && l.d.chance(0.035) {
				l.episode(func() { l.disputeContents(e.On) })
			}
		}
	}
}

// agree makes a mediation that ends in agreement.
func (l *life) agree(told calendar.Date) {
	called := l.by(told.AddDays(l.d.from(6, 28)))
	l.add(casework.MediationAdviserContacted, called, "wants", "yes")
	l.add(casework.MediationRequested, called, "issues", "education")
	held := l.a.Practice.Holidays.Roll(called.AddDays(l.d.from(18, 36)))
	if !l.addOn(casework.MediationHeld, held) {
		return
	}
	l.addOn(casework.MediationEnded, held)
	l.addOn(casework.MediationAgreementSigned, held, "appealable", "yes", "about", "contents")
	l.add(casework.CertificateIssued, held+2)
	if l.d.chance(0.8) {
		l.add(casework.AmendedPlanFinalised, held.AddDays(l.d.from(15, 42)))
	}
}

// disputeContents makes an appeal about what a plan says, with every way in
// which one ends.
func (l *life) disputeContents(told calendar.Date) {
	l.contact(told, l.d.chance(0.25))
	registered, ok := l.lodge(told)
	if !ok {
		return
	}
	about, order, within := "contents", "amend", 35
	if l.d.chance(0.3) {
		about, order, within = "placement", "placement", 14
	}
	h := l.a.Practice.Holidays
	if l.d.chance(0.16) { // it is not opposed
		conceded := l.by(registered.AddDays(l.d.from(12, 40)))
		if l.addOn(casework.NotOpposing, conceded, "about", about) {
			l.add(casework.AmendedPlanFinalised, l.by(conceded.AddDays(l.d.from(6, within+l.d.wait(6)))))
		}
		return
	}
	l.respond(registered)
	if directed := h.Roll(registered.AddDays(l.d.from(60, 100))); l.d.chance(0.3) && directed < l.today {
		due := h.Roll(directed + 21)
		l.addOn(casework.DirectionMade, directed, "act", "Working document", "due", due.String())
		if l.d.chance(0.85) {
			l.add(casework.DirectionComplied, l.by(due-calendar.Date(l.d.from(0, 5))), "act", "Working document")
		}
	}
	heard := h.Roll(registered.AddDays(l.d.from(120, 400)))
	if l.d.chance(0.3) {
		l.addOn(casework.AppealWithdrawn, heard)
		return
	}
	if !l.addOn(casework.OrderMade, heard, "order", order) {
		return
	}
	if l.d.chance(0.12) {
		l.addOn(casework.RecommendationMade, heard)
		if l.d.chance(0.7) {
			l.add(casework.RecommendationResponseSent, heard.AddDays(l.d.from(15, 45)))
		}
	}
	if l.d.chance(0.01) {
		l.add(casework.DecisionChallenged, heard.AddDays(l.d.from(10, 27)))
	}
	switch x := l.d.unit(); {
	case x < 0.7:
		l.add(casework.AmendedPlanFinalised, l.by(heard.AddDays(l.d.from(5, within))))
	case x < 0.95:
		l.add(casework.AmendedPlanFinalised, heard.AddDays(within+2+l.d.wait(15)))
	}
}

// exceptions records, for a few assessments, that the law allows more time.
func (l *life) exceptions() {
	i := slices.IndexFunc(l.events, func(e casework.Event) bool { return e.Kind == casework.RequestReceived })
	if i < 0 || !l.d.chance(l.a.shape.rate("exceptions", 0)) {
		return
	}
	r := l.events[i].On
	if l.today-r > longAgo {
		return
	}
	from := r.AddDays(l.d.from(45, 100))
	to := from.AddDays(l.d.from(20, 35))
	recorded := l.a.Practice.Holidays.Roll(to + 1)
	l.episode(func() {
		if l.d.chance(0.8) {
			l.addOn(casework.ExceptionRecorded, recorded, "rule", "B06", "ground", "personal-circumstances", "from", from.String(), "to", to.String())
		} else {
			l.addOn(casework.ExceptionRecorded, recorded, "rule", "B06", "ground", "absent", "from", from.String(), "to", max(to, from+27).String())
		}
		l.add(casework.ExceptionNotified, recorded+1)
	})
}

// copies records to whom some plans were sent. Now and then a copy was
// forgotten.
func (l *life) copies() {
	for _, e := range slices.Clone(l.events) {
		if e.Kind != casework.PlanFinalised && e.Kind != casework.AmendedPlanFinalised || l.today-e.On > 500 || !l.d.chance(0.3) {
			continue
		}
		l.episode(func() {
			l.addOn(casework.PlanSent, e.On, "to", "family")
			l.addOn(casework.PlanSent, e.On, "to", "setting")
			if !l.d.chance(0.04) {
				l.add(casework.PlanSent, e.On+calendar.Date(l.d.from(0, 2)), "to", "icb")
			}
		})
	}
}

// assessAgain makes up re-assessments.
func (l *life) assessAgain() {
	on := l.recently(800)
	if on.IsZero() || !l.d.chance(0.012) {
		return
	}
	l.episode(func() {
		l.addOn(casework.ReassessmentRequested, on)
		decided := l.by(on.AddDays(l.d.from(7, 15)))
		if l.d.chance(0.3) {
			decided = on.AddDays(16 + l.d.wait(10))
		}
		if l.d.chance(0.55) {
			l.add(casework.ReassessmentDecisionSent, decided, "decision", "no")
			return
		}
		if l.add(casework.ReassessmentDecisionSent, decided, "decision", "yes") && l.d.chance(0.8) {
			l.add(casework.AmendedPlanFinalised, decided.AddDays(70+l.d.wait(40)))
		}
	})
}

// outOfSchool makes up children who cannot go to school for a while, some of
// whom have been let down: nothing was arranged.
func (l *life) outOfSchool() {
	on := l.recently(700)
	if on.IsZero() || calendar.Age(l.born, on) < 5 || calendar.Age(l.born, on) >= 16 || !l.d.chance(0.018) {
		return
	}
	l.episode(func() {
		l.addOn(casework.OutOfEducation, on)
		switch x := l.d.unit(); {
		case x < 0.4:
			l.add(casework.EducationArranged, on)
		case x < 0.8:
			l.add(casework.EducationArranged, on.AddDays(3+l.d.wait(40)))
		}
	})
}

// inHospital makes up admissions to mental health hospitals, and detention.
func (l *life) inHospital() {
	on := l.recently(500)
	if on.IsZero() || calendar.Age(l.born, on) < 12 {
		return
	}
	switch x := l.d.unit(); {
	case x < 0.002:
		l.episode(func() {
			l.addOn(casework.AdmittedToHospital, on)
			l.add(casework.CETRHeld, on.AddDays(l.d.from(5, 20)))
			if l.d.chance(0.7) {
				l.add(casework.DischargedFromHospital, on.AddDays(25+l.d.wait(60)))
			}
		})
	case x < 0.0035 && calendar.Age(l.born, on) < 18:
		l.episode(func() {
			l.addOn(casework.Detained, on)
			if l.d.chance(0.6) {
				l.add(casework.Released, on.AddDays(40+l.d.wait(90)))
			}
		})
	}
}

// payments makes up direct payments.
func (l *life) payments() {
	on := l.recently(700)
	if on.IsZero() || !l.d.chance(0.01) {
		return
	}
	l.episode(func() {
		l.addOn(casework.DirectPaymentStarted, on)
		if l.d.chance(0.75) {
			l.add(casework.DirectPaymentReviewed, on.AddDays(l.d.from(60, 110)))
		}
	})
}

// complaints makes up complaints, and requests for what is held.
func (l *life) complaints(chance float64) {
	on := l.recently(600)
	if on.IsZero() {
		return
	}
	switch x := l.d.unit(); {
	case x < chance*0.9:
		l.episode(func() { l.complain(on, "corporate") })
	case x < chance:
		l.episode(func() { l.complain(on, "children-act") })
	case x < chance+0.008:
		l.episode(func() {
			l.addOn(casework.SARReceived, on)
			if l.d.chance(0.85) {
				l.add(casework.SARAnswered, on.AddDays(12+l.d.wait(14)))
			}
		})
	}
}

func (l *life) complain(on calendar.Date, scheme string) {
	l.addOn(casework.ComplaintReceived, on, "scheme", scheme)
	known := l.a.Practice.Holidays.Roll(on.AddDays(l.d.from(1, 8)))
	if !l.addOn(casework.ComplaintAcknowledged, known) {
		return
	}
	answered := known.AddDays(8 + l.d.wait(9))
	if !l.d.chance(0.93) || !l.add(casework.StageResponseSent, answered, "stage", "1") || !l.d.chance(0.2) {
		return
	}
	again := l.a.Practice.Holidays.Roll(answered.AddDays(l.d.from(6, 30)))
	if !l.addOn(casework.Stage2Started, again) {
		return
	}
	l.add(casework.ComplaintAcknowledged, again+calendar.Date(l.d.from(1, 6)))
	if l.d.chance(0.8) {
		l.add(casework.StageResponseSent, again.AddDays(20+l.d.wait(15)), "stage", "2")
	}
}
