package casework

import (
	"slices"

	"weald/calendar"
	"weald/law"
)

// An Offer says whether an event of a kind may be recorded and, when it may not,
// why.
type Offer struct {
	Kind    Kind
	Refusal *law.Refusal // nil: it may, given the right particulars
	Meets   []*law.Rule  // duties now to be done that it would meet

	least Event // one that would be accepted, to prove that there is one
}

// Allowed says of every kind of event whether one may be recorded, on the day
// that it is said to have happened. A kind is offered when some event of it
// would be accepted by [Clock.Record]; which particulars are accepted is asked
// of Record again, once they are given.
func (c *Clock) Allowed(k *Case, on, today calendar.Date) []Offer {
	var owed []Duty
	for _, d := range c.Read(k, on).Duties {
		if d.Open() && d.Rule.Nature == law.Deadline {
			owed = append(owed, d)
		}
	}
	offers := make([]Offer, 0, nKinds-1)
	for _, kind := range Kinds() {
		o := Offer{Kind: kind}
		for _, e := range particulars(kind, on) {
			no := c.Record(k, e, today)
			if no == nil {
				o.Refusal, o.least = nil, e
				break
			}
			if o.Refusal == nil { // the first is as good as any: they differ in particulars only
				o.Refusal = no
			}
		}
		if o.Refusal != nil && kind == ExceptionRecorded && on <= today {
			o.Refusal = &law.Refusal{Because: "No time limit that has exceptions is running on " + on.Words() + ", so there is nothing to except."}
		}
		if o.Refusal == nil {
			o.Meets = c.meets(k, o.least, owed)
		}
		offers = append(offers, o)
	}
	return offers
}

// meets lists the duties owed that an event would meet.
func (c *Clock) meets(k *Case, e Event, owed []Duty) (rules []*law.Rule) {
	with := Case{Born: k.Born, Closures: k.Closures, Events: slices.Clone(k.Events)}
	with.Add(e)
	after := c.Read(&with, e.On).Duties
	for _, was := range owed {
		met := func(d Duty) bool {
			return d.Rule == was.Rule && d.Start == was.Start && d.Of == was.Of && d.Done == e.On
		}
		if slices.ContainsFunc(after, met) && !slices.Contains(rules, was.Rule) {
			rules = append(rules, was.Rule)
		}
	}
	return rules
}

// particulars lists the events of a kind that the law might tell apart: one for
// each of the words that it may hold. Names and days do not decide whether an
// event may be recorded, except an exception's; and every rule that has
// exceptions has one on a ground that needs no days.
func particulars(kind Kind, on calendar.Date) []Event {
	all := []Event{Happened(kind, on)}
	for _, a := range kind.Attributes() {
		switch {
		case a.Values != nil:
			all = each(all, a.Values, !a.Required, func(e *Event, v Value) {
				if a.slot == inValue {
					e.value = v
				} else {
					e.value2 = v
				}
			})
		case a.IsRule() && kind == ExceptionRecorded:
			all = each(all, excepted, false, func(e *Event, rule int16) { e.rule = rule })
		case a.IsRule():
			all = each(all, []int16{1}, false, func(e *Event, rule int16) { e.rule = rule })
		case a.Required && a.IsDate():
			for i := range all {
				switch a.slot {
				case inDate:
					all[i].date = on
				case inFrom:
					all[i].from = on
				default:
					all[i].to = on
				}
			}
		}
	}
	if kind == ExceptionRecorded {
		all = slices.DeleteFunc(all, func(e Event) bool { return e.value != PersonalCircumstances })
	}
	return all
}

// each makes every event again with each of the values, and first as it is where
// the value may be left out.
func each[V any](events []Event, values []V, plain bool, set func(*Event, V)) (all []Event) {
	for _, e := range events {
		if plain {
			all = append(all, e)
		}
		for _, v := range values {
			with := e
			set(&with, v)
			all = append(all, with)
		}
	}
	return all
}

// excepted is the rules that have exceptions, as events keep them.
var excepted = func() (rules []int16) {
	for i, r := range Catalogue {
		if len(r.Exceptions) > 0 {
			rules = append(rules, int16(i+1))
		}
	}
	return rules
}()
