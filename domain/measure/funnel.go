package measure

import "math"

// A Funnel is the limits within which the share of a group of a given size lies
// when only chance parts it from the whole: the mean and 3 sigma of a binomial
// share. It is used for settings and districts, which differ in size.
type Funnel struct{ Mean float64 } // in per cent

// Limits returns the lower and upper limit, in per cent, for a group with n in
// its denominator.
func (f Funnel) Limits(n int) (lower, upper float64) {
	if n <= 0 {
		return 0, 100
	}
	p := f.Mean / 100
	reach := 3 * math.Sqrt(p*(1-p)/float64(n)) * 100
	return max(0, f.Mean-reach), min(100, f.Mean+reach)
}

// Outside reports whether a value lies outside its funnel: 1 above, -1 below.
func (f Funnel) Outside(v Value) int {
	if v.Whole || v.Den <= 0 {
		return 0
	}
	lower, upper := f.Limits(v.Den)
	switch figure := v.Figure(); {
	case figure > upper:
		return 1
	case figure < lower:
		return -1
	}
	return 0
}
