package sen2

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"weald/calendar"
)

// store keeps a value, and says what is wrong with it. A code that is not in the
// list is kept, because what was sent should be seen; a date that is none cannot
// be.
func (r *reader) store(it *Item, value []byte) trouble {
	if len(value) > longest {
		return trouble{unread, Fault, fmt.Sprintf("%s is %d bytes long, which no value is; it was not read.", it.Name, len(value))}
	}
	if it.Date {
		at := r.date(it)
		on, ok := parseDate(value)
		switch {
		case !ok:
			code := unread
			switch it.slot {
			case slotBorn:
				code = "S-020"
			case slotReferenceDate:
				code = "S-001"
			}
			return trouble{code, Fault, fmt.Sprintf("%s is not a day from 1900 to 2199 written as 2025-01-06.", quote(value))}
		case !at.IsZero():
			return trouble{twice, Fault, fmt.Sprintf("%s is given twice; the second, %s, was not read.", it.Name, on)}
		}
		*at = on
		return trouble{}
	}
	if it.slot == slotYear {
		return r.year(value)
	}
	at := r.text(it)
	if *at != "" {
		return trouble{twice, Fault, fmt.Sprintf("%s is given twice; the second, %s, was not read.", it.Name, quote(value))}
	}
	for i := range it.Codes {
		if c := &it.Codes[i]; c.Code == string(value) {
			*at = c.Code
			if !c.of(r.header.Year) {
				return trouble{it.unlisted(notOfYear), Query, fmt.Sprintf("%s is not a value of %s in the %d return.", c.Code, it.Name, r.header.Year)}
			}
			return trouble{}
		}
	}
	*at = r.keep(value)
	switch {
	case it.Open:
		return trouble{it.unlisted(noCode), Query, fmt.Sprintf("%s is not among the main codes of %s.", quote(value), it.Name)}
	case it.Codes != nil:
		return trouble{it.unlisted(noCode), Fault, fmt.Sprintf("%s is not a value of %s: expected %s.", quote(value), it.Name, it.Codes.list())}
	case it.in == sourceDetails:
		return r.source(it, *at)
	}
	return trouble{}
}

// list names the codes for a message.
func (c Codes) list() string {
	var b strings.Builder
	for i := range c {
		switch {
		case i > 0 && i == len(c)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(c[i].Code)
	}
	return b.String()
}

func (r *reader) year(value []byte) trouble {
	n, err := strconv.Atoi(string(value))
	switch {
	case r.header.Year != 0:
		return trouble{twice, Fault, fmt.Sprintf("Year is given twice; the second, %s, was not read.", quote(value))}
	case err != nil || n < 1900 || n > 2199:
		return trouble{"S-001", Fault, fmt.Sprintf("%s is not a year.", quote(value))}
	case n < 2023:
		r.refused = r.scan.failAt(r.scan.at, "this is the return of %d, which had other modules: expected one of 2023 or later", n)
		return trouble{}
	}
	r.header.Year = n
	switch {
	case r.hasPersons:
		return trouble{header, Note, "The header follows the people, so items were not held to the year's specification."}
	case InYear(n) == nil || !InYear(n).Known:
		return trouble{header, Query, fmt.Sprintf("The specification of %d is not known; the return was read as the latest one known.", n)}
	}
	return trouble{}
}

func (r *reader) source(it *Item, value string) trouble {
	switch it.slot {
	case slotLEA:
		if !threeDigits(value) {
			return trouble{"", Fault, quote([]byte(value)) + " is not the three-digit number of a local authority."}
		}
	case slotWritten:
		if _, err := time.Parse("2006-01-02T15:04:05", value); err != nil {
			return trouble{header, Query, quote([]byte(value)) + " is not a day and time written as 2025-01-20T10:00:00."}
		}
	}
	return trouble{}
}

// keep copies a value. Values are cut from long strings, so that a person costs
// no memory of its own; a string cut from a builder is never written again.
func (r *reader) keep(value []byte) string {
	if r.strings.Cap()-r.strings.Len() < len(value) {
		r.strings = strings.Builder{}
		r.strings.Grow(16 << 10)
	}
	from := r.strings.Len()
	r.strings.Write(value)
	return r.strings.String()[from:]
}

// parseDate reads what [calendar.Parse] reads, from bytes.
func parseDate(b []byte) (calendar.Date, bool) {
	if len(b) != 10 || b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	var digits [8]byte
	copy(digits[:4], b)
	digits[4], digits[5], digits[6], digits[7] = b[5], b[6], b[8], b[9]
	for i, c := range digits {
		if digits[i] = c - '0'; digits[i] > 9 {
			return 0, false
		}
	}
	year := int(digits[0])*1000 + int(digits[1])*100 + int(digits[2])*10 + int(digits[3])
	month, day := int(digits[4])*10+int(digits[5]), int(digits[6])*10+int(digits[7])
	if year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 {
		return 0, false
	}
	if day > 28 && calendar.On(year, time.Month(month), day).Day() != day {
		return 0, false
	}
	return calendar.On(year, time.Month(month), day), true
}
