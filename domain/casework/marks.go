package casework

import (
	"weald/calendar"
	"weald/domain/measure"
)

// A turn is a process taking a state on a day.
type turn struct {
	process int
	state   State
	on      calendar.Date
}

// Marks adds to a list what measures count of the case, from a reading of it. A
// duty still to come is marked on the day it falls due, so the marks of a case
// change only when something is recorded of it, and not with the day.
func (r *Reading) Marks(k *Case, marks []measure.Mark) []measure.Mark {
	m := marker{r: r, k: k, marks: marks}
	for i := range k.Events {
		e := &k.Events[i]
		if e.On > r.Today {
			break
		}
		m.event(e)
	}
	m.overturned()
	m.states()
	for i := range r.Duties {
		m.duty(&r.Duties[i])
	}
	return m.marks
}

type marker struct {
	r     *Reading
	k     *Case
	marks []measure.Mark

	asked     calendar.Date // the latest request, or the day of becoming responsible
	requested int           // place of the latest request's mark in marks, plus one
	conceded  bool          // the appeal now open was not opposed
	appealing bool          // an appeal is open
	refusals  []denial
}

// A denial is a decision not to assess, or not to make a plan.
type denial struct {
	on       calendar.Date
	about    Value // what an appeal against it would be about
	reversed calendar.Date
}

func (m *marker) happened(d *measure.Definition, on calendar.Date, counts bool) {
	m.marks = append(m.marks, measure.Happened(d, on, counts))
}

// share marks what is in only one part of a share.
func (m *marker) share(d *measure.Definition, on calendar.Date, num, den bool) {
	m.marks = append(m.marks, measure.Mark{Of: d, First: on, Last: on, Num: num, Den: den})
}

func (m *marker) event(e *Event) {
	switch e.Kind {
	case RequestReceived:
		m.asked = e.On
		m.happened(measure.RequestsRefused, e.On, false)
		m.requested = len(m.marks)
	case ResponsibilityBegan:
		m.asked, m.requested = e.On, 0
	case DecisionToAssessSent:
		if !m.asked.IsZero() {
			m.happened(measure.RequestsDecided, e.On, m.asked.DaysUntil(e.On) <= 42)
		}
		if e.value == No {
			if m.requested > 0 {
				m.marks[m.requested-1].Num = true
			}
			m.refused(e.On, Assess)
		}
		m.requested = 0
	case NoPlanNoticeSent:
		if !m.asked.IsZero() {
			m.happened(measure.NoPlanTold, e.On, m.asked.DaysUntil(e.On) <= 112)
		}
		m.happened(measure.PlansAfter, e.On, false)
		m.refused(e.On, PlanRefusal)
	case PlanFinalised:
		m.issued(e.On)
	case PlanCeased:
		if e.value == Two {
			m.share(measure.AppealRate, e.On, false, true)
		}
	case AppealRegistered:
		m.share(measure.AppealRate, e.On, true, false)
		m.appealing, m.conceded = true, false
	case NotOpposing:
		m.reversed(e.On, e.value)
		m.closeAppeal(e.On, true)
	case OrderMade:
		switch e.value {
		case Assess:
			m.reversed(e.On, Assess)
		case MakePlan:
			m.reversed(e.On, PlanRefusal)
		}
		m.closeAppeal(e.On, false)
	case AppealWithdrawn:
		m.closeAppeal(e.On, false)
	case MediationAgreementSigned:
		if e.value == Yes {
			m.reversed(e.On, e.value2)
		}
	}
}

func (m *marker) refused(on calendar.Date, about Value) {
	m.share(measure.AppealRate, on, false, true)
	m.refusals = append(m.refusals, denial{on: on, about: about})
}

// reversed notes that the latest refusal of its sort was reversed.
func (m *marker) reversed(on calendar.Date, about Value) {
	for i := len(m.refusals) - 1; i >= 0; i-- {
		if f := &m.refusals[i]; f.about == about {
			if f.reversed.IsZero() {
				f.reversed = on
			}
			return
		}
	}
}

// overturned marks refusals, each on its day. Those of less than a year ago may
// still be reversed, so their share is not final.
func (m *marker) overturned() {
	for _, f := range m.refusals {
		m.happened(measure.RefusalsOverturned, f.on, !f.reversed.IsZero() && f.reversed <= f.on.AddMonths(12))
	}
}

// closeAppeal marks an appeal that has ended. One that was not opposed is closed
// on that day, whatever paper follows.
func (m *marker) closeAppeal(on calendar.Date, conceded bool) {
	if m.appealing {
		m.happened(measure.AppealsConceded, on, conceded)
	}
	m.appealing = false
}

// issued marks a plan issued after an assessment by this local authority.
func (m *marker) issued(on calendar.Date) {
	if m.asked.IsZero() {
		return // it came from elsewhere, or the record begins later
	}
	days := m.asked.DaysUntil(on)
	m.happened(measure.PlansInTimeAll, on, days <= 140)
	m.happened(measure.PlansOverAYear, on, days > 365)
	m.happened(measure.PlansAfter, on, true)
	if days <= 140 || !m.excused() {
		m.happened(measure.PlansInTime, on, days <= 140)
	}
}

// excused reports whether an exception disapplied the limit on the latest
// request's plan. One that a plan issued in time did not need is no exception in
// the return's sense, so the caller asks only of late ones.
func (m *marker) excused() bool {
	for i := range m.r.Duties {
		d := &m.r.Duties[i]
		if d.Rule.Code == IssueFinalPlan.Code && d.Start == m.asked && d.Exception != NoValue {
			return true
		}
	}
	return false
}

// states marks the days on which an assessment was open, and a plan in force.
func (m *marker) states() {
	open, inForce := calendar.Date(0), calendar.Date(0)
	turns := m.r.turns
	for i, t := range turns {
		sameDay := i+1 < len(turns) && turns[i+1].process == t.process && turns[i+1].on == t.on
		if sameDay {
			continue
		}
		switch t.process {
		case assessmentProcess:
			if is := assessmentOpen(t.state); is && open.IsZero() {
				open = t.on
			} else if !is && !open.IsZero() {
				m.assessment(open, t.on-1)
				open = 0
			}
		case planProcess:
			if is := planStands(t.state); is && inForce.IsZero() {
				inForce = t.on
			} else if !is && !inForce.IsZero() {
				m.plan(inForce, t.on-1)
				inForce = 0
			}
		}
	}
	if !open.IsZero() {
		m.assessment(open, 0)
	}
	if !inForce.IsZero() {
		m.plan(inForce, 0)
	}
}

// assessment marks an assessment that was open from one day to another, as
// families count it: from the request.
func (m *marker) assessment(first, last calendar.Date) {
	asked := first
	for i := range m.k.Events {
		if e := &m.k.Events[i]; e.On <= first && (e.Kind == RequestReceived || e.Kind == ResponsibilityBegan) {
			asked = e.On
		}
	}
	if last != 0 && last < first {
		return
	}
	m.marks = append(m.marks, measure.Held(measure.OldestAssessment, asked, last))
	if late := max(first, asked.AddDays(141)); last == 0 || late <= last {
		m.marks = append(m.marks, measure.Held(measure.AssessmentsLate, late, last))
	}
}

// plan marks a plan that was in force from one day to another. On each census
// day among them it is one that could be appealed.
func (m *marker) plan(first, last calendar.Date) {
	if last != 0 && last < first {
		return
	}
	m.marks = append(m.marks, measure.Held(measure.PlanGrowth, first, last))
	until := last
	if until == 0 {
		until = m.r.Today.AddMonths(12)
	}
	for y := first.Year(); y <= until.Year(); y++ {
		if day := measure.CensusDay(y); first <= day && day <= until {
			m.share(measure.AppealRate, day, false, true)
		}
	}
}

// duty marks what is counted of the duties as they fall due or are done.
func (m *marker) duty(d *Duty) {
	switch d.Rule.Code {
	case GiveAdvice.Code:
		switch d.startValue {
		case AdviceC:
			m.due(measure.HealthAdvice, d)
		case AdviceD:
			m.due(measure.PsychologyAdvice, d)
		case AdviceE:
			m.due(measure.CareAdvice, d)
		}
	case ReviewFirst.Code, ReviewAgain.Code, ReviewTransferredPlan.Code:
		m.due(measure.ReviewsHeld, d)
		m.overdue(d)
	case DecideAfterReview.Code:
		m.done(measure.ReviewsDecided, d)
	case FinishInTwelveWeeks.Code:
		m.done(measure.PlansAmended, d)
	case TransferToSchool.Code, TransferToPost16.Code, MoveBetweenPost16.Code:
		m.due(measure.TransfersNamed, d)
	case AnswerComplaint.Code, AnswerStage2.Code, ChildrenActStage1.Code, ChildrenActStage2.Code:
		m.due(measure.ComplaintsAnswered, d)
	}
}

// due marks a duty on the day it fell or falls due, unless it fell away.
func (m *marker) due(measured *measure.Definition, d *Duty) {
	switch {
	case d.Due.IsZero() || d.unsaid:
	case d.Status == Met || d.Status == Late || d.Status == Overdue || d.Status == Running:
		m.happened(measured, d.Due, !d.Done.IsZero() && d.Done <= d.Due)
	}
}

// done marks a duty on the day it was done.
func (m *marker) done(measured *measure.Definition, d *Duty) {
	if !d.Done.IsZero() && !d.unsaid && (d.Status == Met || d.Status == Late) {
		m.happened(measured, d.Done, d.Done <= d.Due)
	}
}

// overdue marks the days on which a review was overdue.
func (m *marker) overdue(d *Duty) {
	if d.Due.IsZero() || d.unsaid {
		return
	}
	switch d.Status {
	case Late:
		if d.Done-1 > d.Due { // otherwise it was overdue at the end of no day
			m.marks = append(m.marks, measure.Held(measure.ReviewsLate, d.Due+1, d.Done-1))
		}
	case Overdue, Running:
		m.marks = append(m.marks, measure.Held(measure.ReviewsLate, d.Due+1, 0))
	}
}

func assessmentOpen(s State) bool {
	switch s {
	case Requested, Assessing, Deciding, Drafting, Consulting:
		return true
	}
	return false
}

func planStands(s State) bool {
	switch s {
	case InForce, PlanAmending, CeaseConsult, KeptInDetention:
		return true
	}
	return false
}
