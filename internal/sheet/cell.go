package sheet

import (
	"math"
	"strconv"
	"time"
)

// showsDay reports whether a number format shows the day or the year.
func showsDay(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'd' || c == 'D' || c == 'y' || c == 'Y':
			return true
		}
	}
	return false
}

// columnOf returns the column of a place as a spreadsheet writes it: A1 is 0.
// -1 is none.
func columnOf(place string) int {
	n := 0
	for i := 0; i < len(place) && place[i] >= 'A' && place[i] <= 'Z' && n <= maxColumns; i++ {
		n = n*26 + int(place[i]-'A') + 1
	}
	return n - 1
}

// cell puts a cell's value as text.
func (b *bookReader) cell(kind string, style int, value []byte) string {
	text := string(value)
	switch kind {
	case "s":
		if n, err := strconv.Atoi(text); err == nil && n >= 0 && n < len(b.strings) {
			return b.strings[n]
		}
		return ""
	case "", "n":
		f, err := strconv.ParseFloat(text, 64)
		switch {
		case err != nil:
			return text
		case style < len(b.dates) && b.dates[style]:
			return b.dayOf(f)
		case f == math.Trunc(f) && math.Abs(f) < 1e15:
			return strconv.FormatInt(int64(f), 10)
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return text
}

// dayOf turns a spreadsheet's day number into words that sort.
func (b *bookReader) dayOf(serial float64) string {
	zero := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	if b.from1904 {
		zero = time.Date(1904, time.January, 1, 0, 0, 0, 0, time.UTC)
	} else if serial < 61 { // before 1 March 1900, where Excel counts a day too many
		return strconv.FormatFloat(serial, 'f', -1, 64)
	}
	if serial < 0 || serial > 2_958_466 {
		return strconv.FormatFloat(serial, 'f', -1, 64)
	}
	seconds := int64(math.Round(serial * 86_400))
	at := zero.AddDate(0, 0, int(seconds/86_400)).Add(time.Duration(seconds%86_400) * time.Second)
	if seconds%86_400 == 0 {
		return at.Format("2006-01-02")
	}
	return at.Format("2006-01-02T15:04:05")
}
