package measure

import (
	"math"
	"strconv"
	"strings"
)

// A Value is what a measure came to. A count has no denominator.
type Value struct {
	Num, Den int
	Whole    bool    // a count: Den says nothing
	Fine     bool    // Num is in hundredths of the unit: a score, a wait, an amount of money
	Missing  Missing // why another system gives no number; "": it does
}

// Known reports whether there is anything to show: a share of nothing is no
// share, and is never 0.
func (v Value) Known() bool { return v.Missing == "" && (v.Whole || v.Den > 0) }

// Figure returns the value in its unit: a count, or a share in per cent; NaN if
// it is not known.
func (v Value) Figure() float64 {
	switch {
	case v.Missing != "":
		return math.NaN()
	case v.Fine:
		return float64(v.Num) / 100
	case v.Whole:
		return float64(v.Num)
	case v.Den > 0:
		return 100 * float64(v.Num) / float64(v.Den)
	default:
		return math.NaN()
	}
}

// Text returns the value as tables show it: 33.3%, or 1,203. A share is rounded
// half up to one decimal, as the department does.
func (v Value) Text() string {
	switch {
	case v.Missing != "":
		return string(v.Missing) + " (" + v.Missing.Words() + ")"
	case v.Fine:
		return hundredths(v.Num)
	case v.Whole:
		return Number(v.Num)
	case v.Den <= 0:
		return "no cases"
	default:
		return tenths(v.Num, v.Den) + "%"
	}
}

// A Missing is how a publisher or another system marks that there is no number. It
// is shown as it is and never counts as 0.
type Missing string

// Marks of what is missing.
const (
	NotAvailable Missing = "x"
	NotApply     Missing = "z"
	Suppressed   Missing = "~"
	Low          Missing = "low"
)

// Words says what a mark means; "" for what is none.
func (m Missing) Words() string {
	switch m {
	case NotAvailable:
		return "not available"
	case NotApply:
		return "does not apply"
	case Suppressed:
		return "suppressed"
	case Low:
		return "rounds to 0, but is not 0"
	default:
		return ""
	}
}

func hundredths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	s := sign + Number(n/100)
	if n%100 == 0 {
		return s
	}
	return s + "." + strconv.Itoa(n%100/10) + strings.TrimSuffix(strconv.Itoa(n%10), "0")
}

// tenths is a share in per cent with one decimal, rounded half away from 0.
func tenths(num, den int) string {
	if num < 0 {
		return "-" + tenths(-num, den)
	}
	n := (num*2000 + den) / (2 * den)
	return strconv.Itoa(n/10) + "." + strconv.Itoa(n%10)
}

// Number writes a count with its thousands parted.
func Number(n int) string {
	s := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
