package measure

import (
	"time"

	"weald/calendar"
)

// A Span is a kind of period over which something is counted. Figures over
// different spans are not to be compared: a term is not a third of a year.
type Span string

// Spans.
const (
	Week          Span = "week" // from Monday
	Month         Span = "month"
	Quarter       Span = "quarter"
	Term          Span = "term"
	HalfYear      Span = "half-year"
	CalendarYear  Span = "calendar-year"
	FinancialYear Span = "financial-year"
	AcademicYear  Span = "academic-year"
	TwelveMonths  Span = "twelve-months" // to the end of a month
	Day           Span = "day"           // how things stand at the end of it
	January       Span = "january"       // how things stand on census day
	Meeting       Span = "meeting"
	Return        Span = "return"
)

// Words says the span on screen; "" for one that is none.
func (s Span) Words() string {
	switch s {
	case Week:
		return "each week"
	case Month:
		return "each month"
	case Quarter:
		return "each quarter"
	case Term:
		return "each term"
	case HalfYear:
		return "each half-year"
	case CalendarYear:
		return "each calendar year"
	case FinancialYear:
		return "each financial year"
	case AcademicYear:
		return "each academic year"
	case TwelveMonths:
		return "twelve months to the end of each month"
	case Day:
		return "on the last day"
	case January:
		return "on census day in January"
	case Meeting:
		return "each meeting"
	case Return:
		return "each return"
	default:
		return ""
	}
}

// Of returns the period of the span that holds a day. A term depends on the
// school, and a meeting or a return on its own calendar: those have no period
// here, and ok is false.
func (s Span) Of(d calendar.Date) (p calendar.Period, ok bool) {
	y, m, _ := d.Parts()
	switch s {
	case Week:
		monday := d.AddDays(-((int(d.Weekday()) + 6) % 7))
		return calendar.Period{First: monday, Last: monday + 6}, true
	case Month:
		return months(y, m, 1), true
	case Quarter:
		return months(y, (m-1)/3*3+1, 3), true
	case HalfYear:
		return months(y, (m-1)/6*6+1, 6), true
	case CalendarYear:
		return months(y, time.January, 12), true
	case FinancialYear:
		return calendar.FinancialYear(d), true
	case AcademicYear:
		return calendar.AcademicYear(d), true
	case TwelveMonths:
		end := months(y, m, 1).Last
		return calendar.Period{First: months(y-1, m+1, 1).First, Last: end}, true
	case Day, January:
		return calendar.Period{First: d, Last: d}, true
	default:
		return calendar.Period{}, false
	}
}

// months is n whole months from the first of one.
func months(year int, first time.Month, n int) calendar.Period {
	return calendar.Period{First: calendar.On(year, first, 1), Last: calendar.On(year, first+time.Month(n), 1) - 1}
}

// Months returns the last n whole months up to the one that holds a day, the
// oldest first. The last may not be over yet.
func Months(upTo calendar.Date, n int) []calendar.Period {
	y, m, _ := upTo.Parts()
	all := make([]calendar.Period, n)
	for i := range all {
		all[i] = months(y, m-time.Month(n-1-i), 1)
	}
	return all
}
