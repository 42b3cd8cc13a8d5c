package calendar

import (
	"strconv"
	"time"
)

// AcademicYear returns the period from 1 September to 31 August that holds d.
// Schools and the Department for Education count years so; an institution may
// keep another.
func AcademicYear(d Date) Period { return yearFrom(d, time.September) }

// FinancialYear returns the period from 1 April to 31 March that holds d.
func FinancialYear(d Date) Period { return yearFrom(d, time.April) }

func yearFrom(d Date, start time.Month) Period {
	y, m, _ := d.Parts()
	if m < start {
		y--
	}
	return Period{On(y, start, 1), On(y+1, start, 1) - 1}
}

// YearName writes a period of two part-years as 2026 to 2027, and one calendar
// year as 2026.
func YearName(p Period) string {
	first, last := p.First.Year(), p.Last.Year()
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + " to " + strconv.Itoa(last)
}
