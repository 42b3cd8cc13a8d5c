// Package calendar counts days the way the law does.
//
// A [Date] is a day on the wall calendar: no clock, no time zone. Nothing here
// asks what today is; callers say so. A [Limit] is a length of time counted as
// the wording of the law says ("within six weeks", "15 days beginning with"),
// and [Holidays] are the days that are not working days. School days and the
// ages that matter to the law are in school.go and age.go.
//
// Start reading at [Date], then [Limit].
package calendar

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"time"
)

// A Date is a calendar day, held as the count of days since 31 December of the
// year before year 1. The zero Date means "no date", and sorts before every day.
type Date int32

// First and last day that [Parse] reads. No person, plan or Act that Weald
// concerns lies outside them, and a year typed as 0205 or 20255 is caught here.
var (
	Earliest = On(1900, time.January, 1)
	Latest   = On(2199, time.December, 31)
)

// On returns the given day, normalised as [time.Date] does: 31 June is 1 July.
func On(year int, month time.Month, day int) Date {
	m := int(month) - 1
	year += m / 12
	if m %= 12; m < 0 {
		m += 12
		year--
	}
	return Date(daysBeforeYear(year) + daysBeforeMonth(year, m) + day)
}

// daysBeforeYear counts the days from the first day of year 1 to the eve of the
// given year, in the Gregorian calendar carried back.
func daysBeforeYear(year int) int {
	y := year - 1
	return y*365 + floor(y, 4) - floor(y, 100) + floor(y, 400)
}

func floor(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}

var cumulative = [12]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}

// daysBeforeMonth takes months from 0 for January.
func daysBeforeMonth(year, month int) int {
	n := cumulative[month]
	if month > 1 && leap(year) {
		n++
	}
	return n
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// lastDay returns how many days a month has.
func lastDay(year int, month time.Month) int {
	switch month {
	case time.February:
		if leap(year) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}

// Parts returns the year, month and day of d.
func (d Date) Parts() (year int, month time.Month, day int) {
	// Years are counted from 1 March, so that the leap day comes last: day 0 is
	// 1 March of year 0, which is 306 days before 1 January of year 1.
	n := int(d) + 305
	era := floor(n, 146097)
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	year = yoe + era*400
	if mp < 10 {
		return year, time.Month(mp + 3), day
	}
	return year + 1, time.Month(mp - 9), day
}

// Year returns the calendar year of d.
func (d Date) Year() int { y, _, _ := d.Parts(); return y }

// Month returns the month of d.
func (d Date) Month() time.Month { _, m, _ := d.Parts(); return m }

// Day returns the day of the month of d.
func (d Date) Day() int { _, _, day := d.Parts(); return day }

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return time.Weekday(((int(d) % 7) + 7) % 7) }

// AddDays returns the date n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths returns the same day-number n months later or earlier; where that
// month has no such day, its last day.
func (d Date) AddMonths(n int) Date {
	moved, _ := d.addMonths(n)
	return moved
}

// addMonths also says whether the target month has the day-number.
func (d Date) addMonths(n int) (moved Date, exact bool) {
	y, m, day := d.Parts()
	first := On(y, m+time.Month(n), 1)
	y, m, _ = first.Parts()
	if last := lastDay(y, m); day > last {
		return first + Date(last-1), false
	}
	return first + Date(day-1), true
}

// DaysUntil returns how many days later e is than d.
func (d Date) DaysUntil(e Date) int { return int(e - d) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d < e }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d > e }

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == 0 }

// Parse reads a date written as 2025-01-06.
func Parse(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y, ok1 := digits(s[:4])
		m, ok2 := digits(s[5:7])
		day, ok3 := digits(s[8:])
		if ok1 && ok2 && ok3 && m >= 1 && m <= 12 && day >= 1 && day <= lastDay(y, time.Month(m)) {
			if d := On(y, time.Month(m), day); d >= Earliest && d <= Latest {
				return d, nil
			}
			return 0, fmt.Errorf("%q is not in the years 1900 to 2199", s)
		}
	}
	return 0, fmt.Errorf("%q is not a date like 2025-01-06", s)
}

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// String writes the date as 2025-01-06, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Parts()
	if y < 0 || y > 9999 {
		return fmt.Sprintf("%d-%02d-%02d", y, m, day)
	}
	b := [10]byte{4: '-', 7: '-'}
	b[0], b[1], b[2], b[3] = byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10)
	b[5], b[6] = byte('0'+int(m)/10), byte('0'+int(m)%10)
	b[8], b[9] = byte('0'+day/10), byte('0'+day%10)
	return string(b[:])
}

// Words writes the date as the GOV.UK style guide does: 6 January 2025.
func (d Date) Words() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Parts()
	return strconv.Itoa(day) + " " + m.String() + " " + strconv.Itoa(y)
}

// WordsWithDay writes the date with its day of the week: Monday 6 January 2025.
func (d Date) WordsWithDay() string {
	if d.IsZero() {
		return ""
	}
	return d.Weekday().String() + " " + d.Words()
}

// MarshalText and UnmarshalText write and read 2025-01-06 in JSON and elsewhere.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = Parse(string(b))
	return err
}

// Scan reads a date from a text or date column of either database.
func (d *Date) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		*d = 0
	case time.Time:
		*d = On(v.Year(), v.Month(), v.Day())
	case string:
		err = d.UnmarshalText([]byte(v))
	case []byte:
		err = d.UnmarshalText(v)
	default:
		err = fmt.Errorf("cannot read a date from %T", src)
	}
	return err
}

// Value writes a date to a text column of either database; no date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}
