package synth

import (
	"slices"
	"time"

	"weald/calendar"
	"weald/domain/casework"
	"weald/law"
)

// A life is one child's dealings with the area, as it is being made up.
type life struct {
	a *Area
	d dice
	slot
	n      int // the child's place in the area
	born   calendar.Date
	today  calendar.Date
	home   int               // the district
	group  string            // the sort of place
	item   string            // the column of published figures that counts it
	school string            // where they are, if it has a name
	ends   calendar.Date     // when the area's part in it ends; zero: it has not
	served [len(phases)]bool // the moves before which a review decided on the next setting
	events []casework.Event
	thin   bool // the first reviews are too old for their reports to be in the record
}

// tell makes up what happened, from the fate that was settled for the child.
func (l *life) tell() {
	switch l.fate {
	case inForce:
		l.tellInForce()
	case ceased:
		l.tellCeased()
	case asked, assessing, drafting:
		l.tellUnderWay()
	case refused:
		l.tellRefused()
	case noPlan:
		l.tellNoPlan()
	case withdrawn:
		r := l.dayIn(int(l.years))
		l.request(r)
		l.add(casework.RequestWithdrawn, r.AddDays(l.d.from(5, 40)))
	}
	l.sort()
	l.keepLawful()
	l.episodes()
}

// add adds an event, on a working day, if that day has come by now. Its
// attributes are names and values in turn.
func (l *life) add(k casework.Kind, on calendar.Date, attributes ...string) bool {
	return l.addOn(k, l.a.Practice.Holidays.Roll(on), attributes...)
}

// addOn adds an event on the very day.
func (l *life) addOn(k casework.Kind, on calendar.Date, attributes ...string) bool {
	if on > l.today || !l.ends.IsZero() && on > l.ends {
		return false
	}
	e := casework.Happened(k, on)
	for i := 0; i < len(attributes); i += 2 {
		if err := e.Set(attributes[i], attributes[i+1]); err != nil {
			panic("synth: " + err.Error())
		}
	}
	l.events = append(l.events, e)
	return true
}

// by returns the last working day on or before a day.
func (l *life) by(d calendar.Date) calendar.Date {
	for !l.a.Practice.Holidays.IsWorkingDay(d) {
		d--
	}
	return d
}

func (l *life) sort() {
	slices.SortStableFunc(l.events, func(a, b casework.Event) int { return int(a.On) - int(b.On) })
}

// read reads the case as it stands.
func (l *life) read() casework.Reading {
	k := casework.Case{Born: l.born, Events: l.events}
	return casework.NewClock(l.a.Practice).Read(&k, l.today)
}

// keepLawful leaves out what the law refuses: two courses of things made up
// apart may not go together.
func (l *life) keepLawful() {
	for {
		no := l.read().Refused
		if len(no) == 0 {
			return
		}
		l.events = slices.Delete(l.events, no[0].Index, no[0].Index+1)
	}
}

// episode adds events that make sense only together, if the law allows them all
// beside what has happened already.
func (l *life) episode(tell func()) bool {
	before := slices.Clone(l.events)
	tell()
	if len(l.events) == len(before) {
		return false
	}
	l.sort()
	if len(l.read().Refused) > 0 {
		l.events = before
		return false
	}
	return true
}

// yearOf counts years as published figures do: 0 is the last whole year.
func (l *life) yearOf(d calendar.Date) int { return d.Year() - (l.today.Year() - 1) }

// dayIn chooses a working day in this year, before today, or in one before.
func (l *life) dayIn(yearsAgo int) calendar.Date {
	first := calendar.On(l.today.Year()-yearsAgo, time.January, 1)
	last := first.AddDays(364)
	if yearsAgo == 0 {
		last = l.today
	}
	return max(l.by(first.AddDays(l.d.from(0, int(last-first)))), first)
}

// longAgo is how many days back the record is thin: what came before was copied
// from an older system, without its particulars.
const longAgo = 6 * 365

// part3 is the day on which Part 3 of the Act came into force.
var part3 = calendar.On(2014, time.September, 1)

// tellInForce tells of a child with a plan.
func (l *life) tellInForce() {
	made := l.planDay()
	switch {
	case l.years > 0 && l.d.chance(0.07) || l.years == 0 && l.d.chance(0.12):
		l.movesIn(made)
	case l.years <= 1 && l.d.chance(0.10):
		l.planAfterAppeal(made)
	default:
		l.makePlan(made)
	}
	l.reviews(made)
	l.transfers(made)
}

// planDay chooses the day on which the plan was made, in the year that the slot
// gives. Of the last whole year's, most were made in its first half, when the
// requests of the year before were answered.
func (l *life) planDay() calendar.Date {
	first := calendar.On(l.today.Year()-int(l.years), time.January, 2)
	last := first.AddDays(362)
	if l.years == 0 {
		last = l.today
	}
	span := float64(last - first)
	u := l.d.unit()
	if l.years == 1 {
		u *= l.d.unit()
	}
	day := l.by(max(first.AddDays(int(u*span)), l.born.AddMonths(34), part3.AddDays(200)))
	return min(day, l.by(l.today))
}

// tellUnderWay tells of a child about whom no decision on a plan has been made.
func (l *life) tellUnderWay() {
	if l.fate == asked {
		r := l.today - calendar.Date(l.d.below(44))
		if l.d.chance(0.12) {
			r = l.today - 43 - calendar.Date(l.d.wait(25))
		}
		l.request(l.by(r))
		return
	}
	// The longer an assessment takes, the likelier it is to be found under way.
	took := l.planTakes(0, l.d.unit())
	if other := l.planTakes(0, l.d.unit()); l.d.below(took+other) >= took {
		took = other
	}
	left := 1 + l.d.below(max(1, min(22, took)))
	if l.fate == assessing {
		left = 24 + l.d.below(max(1, took-24-50))
	}
	final := l.today.AddDays(left)
	r := l.by(final.AddDays(-took))
	l.request(r)
	decision := l.by(min(l.decisionDay(r, took/2), l.today))
	draft := final.AddDays(-24)
	l.assess(r, decision, draft)
	if l.fate == drafting {
		l.draftAndFinal(l.by(min(draft, l.today)), l.today+1)
	}
}

// tellRefused tells of a child who was refused an assessment.
func (l *life) tellRefused() {
	r := l.dayIn(int(l.years))
	l.request(r)
	told := l.decisionDay(r, 120)
	if told > l.today { // it was refused, so it was decided
		told = l.by(l.today)
	}
	l.add(casework.DecisionToAssessSent, told, "decision", "no")
}

// tellNoPlan tells of a child who was assessed and refused a plan.
func (l *life) tellNoPlan() {
	told := l.dayIn(int(l.years))
	took := 110 - l.d.wait(8)%35
	if l.even() > l.a.shape.rate("no-plan-in-sixteen-weeks", 0) {
		took = 114 + l.d.wait(60)%300
	}
	r := l.by(told.AddDays(-took))
	l.request(r)
	l.assess(r, l.decisionDay(r, took/2), told-5)
	l.addOn(casework.NoPlanNoticeSent, told)
}

// planAfterAppeal makes a plan that came of an appeal against a refusal to
// assess.
func (l *life) planAfterAppeal(final calendar.Date) {
	conceded := l.by(final.AddDays(-l.d.from(70, 98)))
	registered := l.by(conceded.AddDays(-l.d.from(15, 38)))
	lodged := l.by(registered.AddDays(-l.d.from(4, 12)))
	told := l.by(lodged.AddDays(-l.d.from(25, 58)))
	r := l.by(told.AddDays(-l.d.from(30, 42)))
	l.request(r)
	l.add(casework.DecisionToAssessSent, told, "decision", "no")
	l.add(casework.MediationAdviserContacted, l.by(told.AddDays(l.d.from(5, 20))), "wants", "no")
	l.add(casework.CertificateIssued, l.by(told.AddDays(l.d.from(21, 24))))
	l.add(casework.AppealLodged, lodged)
	l.add(casework.AppealRegistered, registered)
	l.add(casework.AppealSentToAuthority, registered)
	if l.d.chance(0.6) {
		l.addOn(casework.NotOpposing, conceded, "about", "assess")
	} else {
		l.addOn(casework.OrderMade, conceded, "order", "assess")
	}
	draft := l.by(final - calendar.Date(l.d.from(23, 30)))
	l.assess(r, l.by(conceded.AddDays(l.d.from(3, 14))), draft)
	l.draftAndFinal(draft, final)
}

// movesIn brings a child with a plan from another area.
func (l *life) movesIn(on calendar.Date) {
	made := max(on.AddDays(-l.d.from(100, 1500)), l.born.AddMonths(30), part3)
	reviewed := on.AddDays(-l.d.from(20, 400))
	if reviewed > made {
		l.add(casework.PlanTransferredIn, on, "made", made.String(), "reviewed", reviewed.String())
	} else {
		l.add(casework.PlanTransferredIn, on, "made", min(made, on-1).String())
	}
	switch x := l.d.unit(); {
	case x < 0.65:
		l.add(casework.NewAuthorityLetterSent, l.by(on.AddDays(l.d.from(7, 42))))
	case x < 0.97 || l.today-on > 400:
		l.add(casework.NewAuthorityLetterSent, on.AddDays(43+l.d.wait(20)))
	}
}

// tellCeased tells of a child whose plan ended.
func (l *life) tellCeased() {
	end := l.dayIn(int(l.years))
	if l.d.chance(0.4) { // the end of the school year
		if summer := calendar.On(end.Year(), time.July, 10).AddDays(l.d.from(0, 50)); summer < l.today {
			end = l.by(summer)
		}
	}
	reason := l.reasonToCease(calendar.Age(l.born, end))
	notice := l.by(end.AddDays(-l.d.from(68, 100)))
	h := l.a.Practice.Holidays
	if reason != "5" && reason != "7" && reason != "8" {
		end = h.Roll(max(end, keepMaintaining.Limit.LastDay(notice, h)+1))
		if end > l.today {
			notice = l.by(l.today - 100)
			end = h.Roll(max(notice+70, keepMaintaining.Limit.LastDay(notice, h)+1))
		}
	}
	held := 300 + l.d.below(max(1, min(3300, int(end-l.born)-4*365)))
	made := l.by(max(end.AddDays(-held), part3.AddDays(200), l.born.AddMonths(34)))
	l.makePlan(made)
	l.ends = end
	if reason != "5" && reason != "7" && reason != "8" {
		l.ends = notice - 40
		l.reviews(made)
		l.transfers(made)
		l.ends = end
		l.add(casework.CeaseConsidered, notice-30)
		l.add(casework.CeaseConsulted, notice-20)
		l.addOn(casework.CeaseNoticeSent, notice)
		l.addOn(casework.PlanCeased, end, "reason", reason)
		return
	}
	l.ends = end - 20
	l.reviews(made)
	l.transfers(made)
	l.ends = 0
	switch reason {
	case "5":
		l.add(casework.MoveKnown, l.by(end-calendar.Date(l.d.from(3, 18))))
		l.addOn(casework.Moved, end)
		l.addOn(casework.PlanTransferredOut, min(l.by(l.today), h.Roll(end.AddDays(l.d.from(0, 24)))))
	case "7":
		l.addOn(casework.PlanCeased, end, "reason", "7")
		l.addOn(casework.LeftEngland, end)
	case "8":
		l.addOn(casework.PlanCeased, end, "reason", "8")
		l.addOn(casework.Deceased, end)
	}
}

var keepMaintaining = func() *law.Rule { return casework.KeepMaintaining }()

// reasonToCease chooses why a plan ended, so that all together the reasons are
// as published: of those, some fit only the older.
func (l *life) reasonToCease(age int) string {
	reasons := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}
	weights := make([]float64, len(reasons))
	for i, reason := range reasons {
		all := l.a.shape.rates[key("ceased-"+reason, 0)].Value
		young := map[string]float64{"2": 0.4, "5": 0.62, "7": 0.62, "8": 0.5, "9": 0.18}[reason] * all
		switch {
		case age < 16:
			weights[i] = young
		default:
			weights[i] = all - young
		}
	}
	if age < 19 {
		weights[0] = 0
	}
	return reasons[l.d.weigh(weights)]
}
