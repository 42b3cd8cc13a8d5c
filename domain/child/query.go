package child

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"weald/calendar"
)

// A term is one thing that somebody typed.
type term struct {
	kind termKind
	text string        // a word, or a number without spaces
	day  calendar.Date // a birth date
	turn calendar.Date // the same with day and month the other way round, if that is a day
	year int
	typo []calendar.Date // days one slip away
}

type termKind uint8

const (
	nameTerm termKind = iota
	dateTerm
	yearTerm
	codeTerm
)

// maxTerms bounds the things that one search asks; maxQuery its letters.
const (
	maxTerms = 6
	maxQuery = 200
)

const monthNames = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

var (
	isoDate    = regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`)
	numberDate = regexp.MustCompile(`\b(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})\b`)
	wordDate   = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?` + monthNames + `[-/., ]*(\d{4}|\d{2})\b`)
	otherDate  = regexp.MustCompile(`\b` + monthNames + ` (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b`)
	plainDate  = regexp.MustCompile(`\b(\d{8})\b`)
	upnShape   = regexp.MustCompile(`\b([a-z])[ -]?((?:\d[ -]?){11}[a-z0-9])\b`)
	postShape  = regexp.MustCompile(`\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b`)
	refShape   = regexp.MustCompile(`\b([a-z]{1,4}[-/]?\d{2,12})\b`)
	numbers    = regexp.MustCompile(`\d(?:[ -]?\d)*`)
)

var monthsByName = map[string]time.Month{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

// parseQuery reads what was typed in a search box.
func parseQuery(q string) (terms []term) {
	if len(q) > maxQuery {
		q = q[:maxQuery]
	}
	rest := strings.Join(strings.Fields(strings.ToLower(strings.ToValidUTF8(q, " "))), " ")
	take := func(shape *regexp.Regexp, read func(m []string) (term, bool)) {
		if !strings.ContainsAny(rest, "0123456789") {
			return
		}
		rest = shape.ReplaceAllStringFunc(rest, func(s string) string {
			if t, ok := read(shape.FindStringSubmatch(s)); ok {
				terms = append(terms, t)
				return " "
			}
			return s
		})
	}
	code := func(m []string) (term, bool) {
		return term{kind: codeTerm, text: squeeze(strings.Join(m[1:], ""))}, true
	}
	take(upnShape, code)
	take(isoDate, func(m []string) (term, bool) { return dated(m[1], month(m[2]), m[3]) })
	take(wordDate, func(m []string) (term, bool) { return dated(m[3], monthsByName[m[2][:3]], m[1]) })
	take(otherDate, func(m []string) (term, bool) { return dated(m[3], monthsByName[m[1][:3]], m[2]) })
	take(numberDate, func(m []string) (term, bool) {
		if t, ok := dated(m[3], month(m[2]), m[1]); ok {
			return t, true
		}
		return dated(m[3], month(m[1]), m[2]) // month before day
	})
	take(plainDate, func(m []string) (term, bool) {
		if t, ok := dated(m[1][4:], month(m[1][2:4]), m[1][:2]); ok {
			return t, true
		}
		return dated(m[1][:4], month(m[1][4:6]), m[1][6:])
	})
	take(postShape, code)
	take(refShape, func(m []string) (term, bool) {
		return term{kind: codeTerm, text: squeeze(strings.ReplaceAll(m[1], "/", ""))}, true
	})
	take(numbers, func(m []string) (term, bool) {
		n := squeeze(m[0])
		if y, err := strconv.Atoi(n); err == nil && len(n) == 4 && y >= 1990 && y < 2100 {
			return term{kind: yearTerm, year: y, text: n}, true
		}
		return term{kind: codeTerm, text: n}, true
	})
	for _, w := range strings.Fields(Fold(rest)) {
		if len(terms) == maxTerms {
			break
		}
		terms = append(terms, term{kind: nameTerm, text: clip(w)})
	}
	return terms[:min(len(terms), maxTerms)]
}

func month(s string) time.Month {
	m, _ := strconv.Atoi(s)
	return time.Month(m)
}

// dated reads a birth date. A year of two digits is in this century: nobody with
// a plan was born before it by more than a few years.
func dated(year string, m time.Month, day string) (t term, ok bool) {
	y, _ := strconv.Atoi(year)
	if len(year) == 2 {
		y += 2000
	}
	d, _ := strconv.Atoi(day)
	born, ok := dayOf(y, m, d)
	if !ok {
		return t, false
	}
	return dateOf(born), true
}

func dateOf(born calendar.Date) term {
	t := term{kind: dateTerm, day: born, text: born.Words()}
	t.turn = Turned(born)
	t.typo = nearDays(born)
	return t
}

func dayOf(y int, m time.Month, d int) (calendar.Date, bool) {
	if y < 1900 || y > 2199 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	day := calendar.On(y, m, d)
	return day, day.Month() == m
}

// Turned returns a day with its day and month the other way round, as it may have
// been meant; none when that is no day, or the same.
func Turned(born calendar.Date) calendar.Date {
	y, m, d := born.Parts()
	if other, ok := dayOf(y, time.Month(d), int(m)); ok && other != born {
		return other
	}
	return 0
}

// nearDays returns the days that one slip in typing makes of a day: a digit
// wrong, or two digits beside each other that changed places.
func nearDays(born calendar.Date) (days []calendar.Date) {
	y, m, d := born.Parts()
	var digits [8]byte
	n := d*1000000 + int(m)*10000 + y
	for i := 7; i >= 0; i-- {
		digits[i] = byte(n % 10)
		n /= 10
	}
	try := func(g [8]byte) {
		two := func(i int) int { return int(g[i])*10 + int(g[i+1]) }
		year := two(4)*100 + two(6)
		if year < y-30 || year > y+30 {
			return
		}
		if day, ok := dayOf(year, time.Month(two(2)), two(0)); ok && day != born {
			days = append(days, day)
		}
	}
	for i := range digits {
		for c := byte(0); c < 10; c++ {
			g := digits
			g[i] = c
			try(g)
		}
		if i > 0 {
			g := digits
			g[i], g[i-1] = g[i-1], g[i]
			try(g)
		}
	}
	return days
}

// slipped calls f with every number that one slip in typing makes of a number: a
// character wrong, missing or too many, or two that changed places.
func slipped(n string, f func(string)) {
	const digits = "0123456789"
	var b [24]byte
	if len(n) < 4 || len(n) > 16 {
		return
	}
	for i := range len(n) {
		copy(b[:], n)
		if i > 0 && n[i] != n[i-1] {
			b[i], b[i-1] = n[i-1], n[i]
			f(string(b[:len(n)]))
			b[i], b[i-1] = n[i], n[i-1]
		}
		among := digits
		if n[i] > '9' {
			among = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		}
		for j := range len(among) {
			if b[i] = among[j]; b[i] != n[i] {
				f(string(b[:len(n)]))
			}
		}
		copy(b[i:], n[i+1:])
		f(string(b[:len(n)-1]))
	}
	for i := range len(n) + 1 {
		copy(b[:], n[:i])
		copy(b[i+1:], n[i:])
		for j := range len(digits) {
			b[i] = digits[j]
			f(string(b[:len(n)+1]))
		}
	}
}
