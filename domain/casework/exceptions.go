package casework

import (
	"fmt"
	"slices"

	"weald/calendar"
	"weald/law"
)

// except checks an exception against the law and, if it holds, disapplies the
// limit without moving its day. It is checked, not believed.
func (c *Clock) except(e *Event) *law.Refusal {
	rule := e.Rule()
	if rule == nil {
		return &law.Refusal{Because: "An exception must name the time limit that it is about."}
	}
	n := rowOf[rule]
	x, allowed := rule.Excuses(e.value.String())
	if !allowed {
		if len(rule.Exceptions) == 0 {
			return &law.Refusal{Because: fmt.Sprintf("The law has no exception to %s (%s).", rule.Code, rule.Limit), Source: rule.Source}
		}
		return &law.Refusal{Because: fmt.Sprintf("“%s” is not a ground on which %s need not be met.", e.value.Words(), rule.Code), Source: rule.Exceptions[0].Source}
	}
	found := false
	var why string
	for i := c.last[n]; i >= 0; i = c.duties[i].prev {
		d := &c.duties[i]
		if d.Status == Void || d.Status == Superseded || found && d.Status != Running {
			continue
		}
		if rows[n].each && e.name != "" && e.value != SchoolClosed && e.value != EarlyYearsClosed && d.Of != e.name {
			continue
		}
		if no := c.holds(x, d, e); no != "" {
			why = no
			if rows[n].each {
				continue
			}
			break
		}
		d.Exception, found = e.value, true
		d.undated = e.value == PersonalCircumstances && e.from.IsZero() && e.to.IsZero()
		if !rows[n].each {
			break
		}
	}
	switch {
	case found:
		return nil
	case why != "":
		return &law.Refusal{Because: "The exception does not apply: " + why, Source: x.Source}
	default:
		return &law.Refusal{Because: fmt.Sprintf("No time limit %s is running on %s, so there is nothing to except.", rule.Code, e.On.Words())}
	}
}

// ExceptionAsks returns the names of the attributes on which an exception to a
// rule's limit rests when it is on a ground, besides the rule and the ground
// themselves: what a form need ask for, in the order to ask it.
func ExceptionAsks(rule *law.Rule, ground Value) (names []string) {
	if row, ok := rowOf[rule]; ok && rows[row].each || ground == SchoolClosed || ground == EarlyYearsClosed {
		names = append(names, "setting")
	}
	switch ground {
	case SchoolClosed, EarlyYearsClosed:
		names = append(names, "from", "to", "asked")
	case PersonalCircumstances, Absent:
		names = append(names, "from", "to")
	case MissedAppointment:
		names = append(names, "from")
	}
	return names
}

// holds tests an exception's facts against one duty; the reason is empty when
// the ground is made out.
func (c *Clock) holds(x law.Exception, d *Duty, e *Event) (why string) {
	period := calendar.Period{First: d.Start, Last: d.Due}
	if !e.to.IsZero() && e.to < e.from {
		return "its last day, " + e.to.Words() + ", is before its first, " + e.from.Words() + "."
	}
	switch e.value {
	case SchoolClosed, EarlyYearsClosed:
		return c.closureHolds(e, period)
	case PersonalCircumstances:
		if e.from.IsZero() && e.to.IsZero() {
			return ""
		}
		if _, ok := (calendar.Period{First: e.from, Last: e.to}).Overlap(period); !ok {
			return "the circumstances fall outside the time allowed, " + period.String() + "."
		}
	case Absent:
		if e.from.IsZero() {
			return "the first day of the absence is not recorded."
		}
		away := calendar.Period{First: e.from, Last: e.to}
		if away.Last.IsZero() {
			away.Last = max(e.from, c.today)
		}
		if days := away.Days(); days < x.Days {
			return fmt.Sprintf("%s is %d days, and the absence must last %d in a row.", away, days, x.Days)
		}
		shared, ok := away.Overlap(period)
		if !ok || shared.Days() < x.Days {
			return fmt.Sprintf("fewer than %d days of the absence fall within the time allowed, %s.", x.Days, period)
		}
	case MissedAppointment:
		within := func(ev Event) bool {
			return ev.Kind == AppointmentMissed && period.Contains(ev.On) && ev.On <= c.today && (ev.name == "" || ev.name == d.Of)
		}
		if !slices.ContainsFunc(c.c.Events, within) && !(e.from != 0 && period.Contains(e.from)) {
			return "no missed appointment is recorded within the time allowed, " + period.String() + "."
		}
	}
	return ""
}

// closureHolds tests regulation 10(4)(a) and (b): the setting was shut for four
// weeks or more, and was asked for advice from one week before it shut to one
// week before it re-opened. What matters is when it was asked, not when the
// family asked for the assessment.
func (c *Clock) closureHolds(e *Event, allowed calendar.Period) (why string) {
	var asked []calendar.Date
	if !e.date.IsZero() {
		asked = append(asked, e.date)
	} else {
		for _, ev := range c.c.Events {
			if ev.Kind == AdviceRequested && ev.name == e.name && ev.On <= e.On && allowed.Contains(ev.On) {
				asked = append(asked, ev.On)
			}
		}
	}
	if len(asked) == 0 {
		return "no day within the time allowed is recorded on which the setting was asked for advice."
	}
	var closures []calendar.Closure
	for _, s := range c.c.Closures {
		if e.name == "" || s.Setting == e.name {
			closures = append(closures, s.Closure)
		}
	}
	if len(closures) == 0 && !e.from.IsZero() && !e.to.IsZero() {
		closures = append(closures, calendar.Closure{Closed: e.from, Reopens: e.to})
	}
	if len(closures) == 0 {
		return "the days on which the setting was shut are not recorded."
	}
	for _, day := range asked {
		if !allowed.Contains(day) {
			why = fmt.Sprintf("advice was asked on %s, which is outside the time allowed, %s.", day.Words(), allowed)
			continue
		}
		for _, shut := range closures {
			window := shut.AdviceWindow()
			switch {
			case !shut.Long():
				why = fmt.Sprintf("the setting was shut from %s and re-opened on %s, which is %d days and must be 28 or more.", shut.Closed.Words(), shut.Reopens.Words(), int(shut.Reopens-shut.Closed))
			case !window.Contains(day):
				why = fmt.Sprintf("advice was asked on %s, and that must have been from %s, a week before the setting closed, to %s, a week before it re-opened.", day.Words(), window.First.Words(), window.Last.Words())
			default:
				return ""
			}
		}
	}
	return why
}
