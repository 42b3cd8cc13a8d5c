package calendar

import (
	"fmt"
	"strings"
	"time"
)

// A Limit is a length of time that a rule allows, counted as its wording says.
// There is no bare "add days": the wording picks the constructor.
//
//	within 6 weeks of                  Within(6, Weeks)
//	15 days beginning with the day     BeginningWith(15, Days)
//	12 months starting with            BeginningWith(12, Months)
//	at least two weeks before          Before(2, Weeks)
//	before 15 February                 BeforeDate(15, time.February)
//	at once                            SameDay()
//
// The zero Limit has no length: the rule sets none.
type Limit struct {
	n     int16
	unit  Unit
	from  wording
	floor bool
	roll  rolling
	day   int8
	month time.Month
}

// A Unit is what a limit counts.
type Unit int8

// Units. Weeks are seven days in a row and Days are days of the calendar:
// holidays count. WorkingDays leave out weekends and bank holidays;
// TribunalDays also leave out August and 25 December to 1 January.
const (
	Days Unit = iota
	Weeks
	Months
	WorkingDays
	TribunalDays
)

var unitNames = [...]string{"day", "week", "month", "working day", "Tribunal working day"}

type wording int8

const (
	none          wording = iota
	within                // the day of the event is not counted
	beginningWith         // the day of the event is day one
	before                // counted back from the day of the event
	beforeDate            // the eve of a fixed day of the year
	sameDay
)

type rolling int8

const (
	stays rolling = iota
	toWorkingDay
	toTribunalDay
)

// Within is "within n weeks of": the day of the event is not counted. A month
// ends on the day with the same number, or on the last day of a month without
// one.
func Within(n int, u Unit) Limit { return Limit{n: int16(n), unit: u, from: within} }

// BeginningWith is "n days beginning with the day": the day of the event is day
// one. If working days are counted and it is not one, the next working day is.
func BeginningWith(n int, u Unit) Limit { return Limit{n: int16(n), unit: u, from: beginningWith} }

// Before is "at least n weeks before": counted back from the day of the event.
func Before(n int, u Unit) Limit { return Limit{n: int16(n), unit: u, from: before} }

// BeforeDate is "before 15 February" in the calendar year of the event: the
// last lawful day is the day before.
func BeforeDate(day int, month time.Month) Limit {
	return Limit{from: beforeDate, day: int8(day), month: month}
}

// SameDay is a duty that falls at once.
func SameDay() Limit { return Limit{from: sameDay} }

// AtLeast turns a limit into a floor: time that somebody must be given.
func (l Limit) AtLeast() Limit { l.floor = true; return l }

// Rolled moves a last day that is not a working day to the next one.
func (l Limit) Rolled() Limit { l.roll = toWorkingDay; return l }

// RolledByTribunal moves a last day as the Tribunal's rule 12 does: see
// [Holidays.RollTribunal].
func (l Limit) RolledByTribunal() Limit { l.roll = toTribunalDay; return l }

// In returns the same length in other units, as when a local area reads "days"
// as working days.
func (l Limit) In(u Unit) Limit { l.unit = u; return l }

// IsFloor reports whether the limit is time that must be given.
func (l Limit) IsFloor() bool { return l.floor }

// IsZero reports whether the rule sets no length of time.
func (l Limit) IsZero() bool { return l.from == none }

// RunsBack reports whether the limit is counted back from its event, or is a
// fixed day of the year, so that the last day may come before the event.
func (l Limit) RunsBack() bool { return l.from == before || l.from == beforeDate }

// LastDay returns the last day inside the limit that an event on the given day
// starts; for a floor, the last day that must be given. With no limit it
// returns no date.
func (l Limit) LastDay(event Date, h *Holidays) Date {
	d := l.raw(event, h)
	switch l.roll {
	case toWorkingDay:
		return h.Roll(d)
	case toTribunalDay:
		return h.RollTribunal(d)
	default:
		return d
	}
}

// Raw returns the last day before any rolling, for comparing two limits of
// which only the later is rolled.
func (l Limit) Raw(event Date, h *Holidays) Date { return l.raw(event, h) }

func (l Limit) raw(event Date, h *Holidays) Date {
	n := int(l.n)
	switch l.from {
	case within:
		switch l.unit {
		case Days:
			return event + Date(n)
		case Weeks:
			return event + Date(7*n)
		case Months:
			return event.AddMonths(n)
		case WorkingDays:
			return h.working.after(event, n)
		case TribunalDays:
			return h.tribunal.after(event, n)
		}
	case beginningWith:
		switch l.unit {
		case Days:
			return event + Date(n-1)
		case Weeks:
			return event + Date(7*n-1)
		case Months:
			if d, exact := event.addMonths(n); exact {
				return d - 1
			} else {
				return d
			}
		case WorkingDays:
			return h.working.after(event-1, n)
		case TribunalDays:
			return h.tribunal.after(event-1, n)
		}
	case before:
		switch l.unit {
		case Weeks:
			return event - Date(7*n)
		case Months:
			return event.AddMonths(-n)
		default:
			return event - Date(n)
		}
	case beforeDate:
		return On(event.Year(), l.month, int(l.day)) - 1
	case sameDay:
		return event
	}
	return 0
}

// LastDays writes to dst the last day for each event, as LastDay does one by
// one. It is for dating a whole caseload again when the calendar changes.
func (l Limit) LastDays(dst, events []Date, h *Holidays) {
	dst = dst[:len(events)]
	switch {
	case l.from == within && l.roll == stays && (l.unit == Days || l.unit == Weeks):
		n := l.raw(0, h)
		for i, d := range events {
			dst[i] = d + n
		}
	case l.from == within && l.roll == stays && l.unit == WorkingDays:
		h.working.afterEach(dst, events, int(l.n))
	default:
		for i, d := range events {
			dst[i] = l.LastDay(d, h)
		}
	}
}

// Clear returns the last day on the strict reading of a limit counted back from
// an event, which leaves out both ends ("clear" days): one day earlier. For
// other limits it is the same as LastDay.
func (l Limit) Clear(event Date, h *Holidays) Date {
	if l.from == before {
		return l.raw(event, h) - 1
	}
	return l.LastDay(event, h)
}

// String writes the limit in words: "within 6 weeks", "before 15 February".
func (l Limit) String() string {
	length := fmt.Sprintf("%d %s", l.n, unitNames[l.unit])
	if l.n != 1 {
		length += "s"
	}
	switch {
	case l.from == none:
		return "no set time"
	case l.from == sameDay:
		return "at once"
	case l.from == beforeDate:
		return fmt.Sprintf("before %d %s", l.day, l.month)
	case l.from == before:
		return "at least " + length + " before"
	case l.from == beginningWith && l.floor:
		return "at least " + length + ", counting the first day"
	case l.from == beginningWith:
		return "within " + length + ", counting the first day"
	default:
		return "within " + length
	}
}

// Sum explains in one sentence how the last day follows from the event, so that
// anybody with a calendar can check it.
func (l Limit) Sum(event Date, h *Holidays) string {
	raw := l.raw(event, h)
	var b strings.Builder
	switch l.from {
	case none:
		return "The law sets no number of days."
	case sameDay:
		return "It is due at once, on " + event.Words() + "."
	case beforeDate:
		return fmt.Sprintf("It must be done before %d %s %d, so the last day is %s.", l.day, l.month, event.Year(), raw.Words())
	case before:
		fmt.Fprintf(&b, "%s before %s is %s", capital(l.length()), event.Words(), raw.Words())
	case beginningWith:
		if l.unit == Months {
			fmt.Fprintf(&b, "%s starting with %s end on %s", capital(l.length()), event.Words(), raw.Words())
		} else {
			fmt.Fprintf(&b, "Counting %s as the first day, %s end on %s", h.dayOne(event, l.unit).Words(), l.length(), raw.Words())
		}
	default:
		switch l.unit {
		case Weeks:
			fmt.Fprintf(&b, "%s + %d days (%d weeks) = %s", event.Words(), 7*int(l.n), l.n, raw.Words())
		case Months:
			fmt.Fprintf(&b, "%s after %s is %s", capital(l.length()), event.Words(), raw.Words())
		case Days:
			fmt.Fprintf(&b, "%s + %s = %s", event.Words(), l.length(), raw.Words())
		default:
			fmt.Fprintf(&b, "Counting %s after %s, the last is %s", l.length(), event.Words(), raw.Words())
		}
	}
	if l.unit == WorkingDays || l.unit == TribunalDays {
		b.WriteString(h.skipped(event, raw, l.unit))
	}
	if last := l.LastDay(event, h); last != raw {
		fmt.Fprintf(&b, ", which moves to %s, the next working day", last.Words())
		if l.roll == toTribunalDay {
			b.WriteString(" under the Tribunal's rules")
		}
	}
	b.WriteString(".")
	return b.String()
}

func (l Limit) length() string {
	s := fmt.Sprintf("%d %s", l.n, unitNames[l.unit])
	if l.n != 1 {
		s += "s"
	}
	return s
}

// dayOne is the day that counts as the first of a period beginning with event.
func (h *Holidays) dayOne(event Date, u Unit) Date {
	switch u {
	case WorkingDays:
		return h.working.after(event-1, 1)
	case TribunalDays:
		return h.tribunal.after(event-1, 1)
	default:
		return event
	}
}

// skipped names what a count of working days left out.
func (h *Holidays) skipped(from, to Date, u Unit) string {
	var names []string
	for _, day := range h.List(Period{from, to}) {
		if weekday(day.On) {
			names = append(names, fmt.Sprintf("%s (%d %s)", day.Name, day.On.Day(), day.On.Month()))
		}
	}
	s := "; weekends"
	switch {
	case len(names) > 4:
		s += fmt.Sprintf(" and %d bank holidays", len(names))
	case len(names) > 0:
		s += " and " + strings.Join(names, ", ")
	}
	if u == TribunalDays {
		s += ", August and 25 December to 1 January"
	}
	s += " not counted"
	if to > h.covers.Last {
		s += fmt.Sprintf("; bank holidays after %d are not yet published", h.covers.Last.Year())
	}
	return s
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
