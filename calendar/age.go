package calendar

import "time"

// Age returns how old in whole years a person born on the given day is on d. A
// person born on 29 February is a year older on 1 March of a common year.
func Age(born, d Date) int {
	by, bm, bd := born.Parts()
	y, m, day := d.Parts()
	years := y - by
	if m < bm || m == bm && day < bd {
		years--
	}
	return years
}

// Birthday returns the day on which a person reaches an age: for one born on
// 29 February, 1 March of a common year.
func Birthday(born Date, age int) Date {
	y, m, d := born.Parts()
	return On(y+age, m, d)
}

// EndOfCompulsorySchoolAge returns the last Friday in June of the school year in
// which a child turns 16. From the next day a young person decides for
// themselves.
//
// Education Act 1996, section 8, and the Education (School Leaving Date) Order
// 1997. Confidence K: not re-read in the primary text.
func EndOfCompulsorySchoolAge(born Date) Date {
	year := AcademicYear(Birthday(born, 16))
	last := On(year.Last.Year(), time.June, 30)
	for last.Weekday() != time.Friday {
		last--
	}
	return last
}
