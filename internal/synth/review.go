package synth

import (
	"time"

	"weald/calendar"
	"weald/domain/casework"
)

// reached returns the year in which a child is of an age on 31 August.
func (l *life) reached(age int) int {
	year := l.born.Year() + age
	if l.born.Month() >= time.September {
		year++
	}
	return year
}

// phases are the moves between phases of education: the age on 31 August before
// the move, and what the law calls it.
var phases = [...]struct {
	age  int
	kind string
}{{4, "school"}, {11, "school"}, {16, "post-16"}}

// transfers makes known, each autumn, the moves that fall due the next
// September.
func (l *life) transfers(made calendar.Date) {
	for i, p := range phases {
		year := l.reached(p.age)
		coming := l.today < calendar.On(year, time.September, 1)
		if !coming && !l.served[i] && !l.d.chance(0.05) {
			continue // where no review was recorded, the move seldom was
		}
		known := calendar.On(year-1, time.September, 3).AddDays(l.d.from(0, 25))
		if known > made+30 && l.today-known < longAgo {
			l.add(casework.PhaseTransferDue, known, "kind", p.kind, "on", calendar.On(year, time.September, 1).String())
		}
	}
}

// transferAfter returns the year of a move that a review held about a day has to
// prepare for, or 0.
func (l *life) transferAfter(from, to calendar.Date) int {
	for _, p := range phases {
		year := l.reached(p.age)
		if autumn := calendar.On(year-1, time.October, 10); from < autumn && autumn < to {
			return year
		}
	}
	return 0
}

// termDay moves a day into term: no meetings are held in August or at Christmas.
func (l *life) termDay(d calendar.Date) calendar.Date {
	year, month, day := d.Parts()
	switch {
	case month == time.August, month == time.July && day > 20:
		d = calendar.On(year, time.September, 8).AddDays(l.d.from(0, 20))
	case month == time.December && day > 17:
		d = calendar.On(year+1, time.January, 8).AddDays(l.d.from(0, 10))
	}
	return l.a.Practice.Holidays.Roll(d)
}

// A meeting is a review meeting, and the year of the move that it prepares for.
type meeting struct {
	on       calendar.Date
	transfer int
}

// reviews makes the annual reviews of a plan made on a day.
func (l *life) reviews(made calendar.Date) {
	until := l.today
	if !l.ends.IsZero() {
		until = min(until, l.ends)
	}
	var held []meeting
	last := made
	var coming meeting
	for {
		next := last.AddMonths(12).AddDays(-l.d.from(1, 40))
		if calendar.Age(l.born, last) < 5 && l.d.chance(0.5) {
			next = last.AddMonths(6).AddDays(-l.d.from(0, 15))
		}
		if l.d.chance(0.2) {
			next += calendar.Date(l.d.wait(30))
		}
		m := meeting{on: l.termDay(next)}
		if year := l.transferAfter(last+100, next+200); year != 0 {
			m = meeting{l.a.Practice.Holidays.Roll(calendar.On(year-1, time.September, 22).AddDays(l.d.from(0, 80))), year}
		}
		if m.on > until {
			coming = m
			break
		}
		held = append(held, m)
		last = m.on
	}
	if l.fate == inForce {
		held = l.unrecorded(made, held, &coming)
	}
	l.thin = len(held) > 0 && l.today-held[0].on >= 3*365
	for i, m := range held {
		next := calendar.Date(0)
		if i+1 < len(held) {
			next = held[i+1].on
		}
		l.review(m, next)
	}
	if !coming.on.IsZero() && l.fate == inForce && l.d.chance(0.75) {
		l.add(casework.ReviewScheduled, coming.on.AddDays(-l.d.from(25, 60)), "meeting", coming.on.String())
		l.papers(coming.on)
	}
}

// unrecorded leaves out the reviews that a struggling area has not held: of the
// plans old enough, some have none on record and some none for a year or more.
func (l *life) unrecorded(made calendar.Date, held []meeting, coming *meeting) []meeting {
	expected := l.today.AddMonths(-12)
	if made > expected || len(held) == 0 {
		return held
	}
	never, stale := 0.10*pace[l.home], 0.185*pace[l.home]
	switch {
	case made > l.today.AddMonths(-24):
		never, stale = 0.46*pace[l.home], 0
	case made < l.today.AddMonths(-60):
		never, stale = 0, 0.255*pace[l.home]
	}
	switch x := l.d.unit(); {
	case x < never:
		held = nil
	case x < never+stale:
		for len(held) > 0 && held[len(held)-1].on > expected {
			held = held[:len(held)-1]
		}
	default:
		return held
	}
	*coming = meeting{} // it is not on its way either, for the most part
	if l.d.chance(0.15) {
		*coming = meeting{on: l.a.Practice.Holidays.Roll(l.today.AddDays(l.d.from(3, 45)))}
	}
	return held
}

// pace is how far behind with its reviews each district's team is, beside the
// area as a whole, in the order of the districts: they differ, as teams do.
var pace = [...]float64{1.1, 0.9, 0.45, 1.25, 1.0, 0.8, 1.2, 1.3, 1.0, 1.15, 0.95, 0.85}

func (l *life) papers(on calendar.Date) {
	switch x := l.d.unit(); {
	case x < 0.7:
		l.add(casework.ReviewPapersCirculated, l.by(on.AddDays(-l.d.from(15, 20))))
	case x < 0.985:
		l.add(casework.ReviewPapersCirculated, l.by(on.AddDays(-l.d.from(2, 12))))
	}
}

// review makes one review, from its meeting to its end or as far as it has come.
// next is the meeting after it, or zero.
func (l *life) review(m meeting, next calendar.Date) {
	recent := l.today-m.on < 3*365
	if recent && l.d.chance(0.6) {
		l.add(casework.ReviewScheduled, m.on.AddDays(-l.d.from(25, 60)), "meeting", m.on.String())
		l.papers(m.on)
	}
	if !l.addOn(casework.ReviewMeetingHeld, m.on) {
		return
	}
	if recent {
		switch x := l.d.unit(); {
		case x < 0.65:
			l.add(casework.ReviewReportSent, l.by(m.on.AddDays(l.d.from(4, 14))))
		case x < 0.96 || !next.IsZero() || l.thin:
			l.add(casework.ReviewReportSent, m.on.AddDays(15+l.d.wait(14)))
		}
	}
	decided, ok := l.decideAfter(m, next)
	if !ok {
		return
	}
	outcome := "keep"
	amend, cease := l.a.shape.rate("review-amend", 0), l.a.shape.rate("review-cease", 0)
	switch x := l.d.unit(); {
	case m.transfer != 0 && x < 0.9, m.transfer == 0 && x < amend-0.03:
		outcome = "amend"
	case x > 1-cease && next.IsZero() && l.fate == inForce && m.transfer == 0:
		outcome = "cease"
	}
	if !l.addOn(casework.ReviewDecisionSent, decided, "decision", outcome) {
		return
	}
	for i, p := range phases {
		if m.transfer != 0 && l.reached(p.age) == m.transfer {
			l.served[i] = outcome == "keep" || l.d.chance(0.9)
		}
	}
	switch outcome {
	case "amend":
		l.amend(m, decided, next)
	case "cease":
		if l.d.chance(0.5) {
			l.add(casework.CeaseConsulted, decided+10)
			if notice := l.by(l.today - calendar.Date(l.d.from(2, 50))); notice > decided+12 {
				l.addOn(casework.CeaseNoticeSent, notice)
			}
		}
	}
}

// decideAfter says when the decision after a meeting was sent, if it has been:
// of the latest meetings of all plans, as many are without one, and of those
// that have one as many had it in four weeks, as published.
func (l *life) decideAfter(m meeting, next calendar.Date) (decided calendar.Date, ok bool) {
	until, undecided := l.today, l.a.shape.rate("review-decision-outstanding", 0)*1.09*pace[l.home]
	if !next.IsZero() {
		until, undecided = min(until, next-15), 0.1
	}
	days := int(until - m.on)
	switch {
	case days <= 28: // it is not due yet
		return l.by(m.on.AddDays(l.d.from(10, 28))), days > 10 && l.d.chance(0.2) && next.IsZero()
	case l.d.chance(undecided):
		return 0, false
	case l.d.chance(l.a.shape.rate("review-decision-in-four-weeks", 0)):
		return l.by(m.on.AddDays(l.d.from(14, 28))), true
	}
	late := l.d.wait(45)
	if m.transfer != 0 {
		late = l.d.wait(20)
	}
	decided = l.a.Practice.Holidays.Roll(m.on.AddDays(29 + late%(days-28)))
	return decided, decided <= until
}

// amend makes the amendments that a review ended in.
func (l *life) amend(m meeting, decided, next calendar.Date) {
	h := l.a.Practice.Holidays
	notice := decided
	if !l.d.chance(0.75) {
		notice = h.Roll(decided.AddDays(5 + l.d.wait(30)))
	}
	if !next.IsZero() && notice > next-40 {
		notice = decided
	}
	l.addOn(casework.AmendmentNoticeSent, notice)
	served := notice.AddDays(l.d.from(1, 3))
	l.addOn(casework.AmendmentNoticeServed, served)
	if l.d.chance(0.35) {
		l.add(casework.RepresentationsReceived, served.AddDays(l.d.from(3, 15)))
	}
	if m.transfer != 0 {
		l.consult(h.Roll(served+2), m.transfer-l.reached(0))
	}
	final := l.by(notice.AddDays(l.d.from(26, 56)))
	switch x := l.d.unit(); {
	case x < 0.5:
	case x < 0.92 || !next.IsZero(): // what was left undone was done before the next review
		final = h.Roll(notice.AddDays(57 + l.d.wait(45)))
	default:
		return
	}
	if m.transfer != 0 && l.d.chance(0.72) {
		final = l.by(min(final, calendar.On(m.transfer, time.February, 13)))
	}
	if !next.IsZero() {
		final = min(final, l.by(next-6))
	}
	if first := h.Roll(served + 16); final < first {
		final = first
	}
	if l.d.chance(0.04) {
		l.addOn(casework.NoAmendNoticeSent, final)
		return
	}
	l.addOn(casework.AmendedPlanFinalised, final)
}
