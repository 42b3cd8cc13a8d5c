package quality

// An Agreement is how far two audits of the same plan, made without sight of each
// other, agree.
//
// The percentage is of the questions that both answered, those answered alike.
// Kappa takes away what two would agree on by chance:
//
//	kappa = (po − pe) / (1 − pe)
//
// where po is the part answered alike, and pe the sum over the answers of the
// product of how often each auditor gave it. It is 1 when they agree on all, 0
// when they agree as often as chance, and not below −1. Source: J. Cohen, “A
// coefficient of agreement for nominal scales”, Educational and Psychological
// Measurement 20 (1960), 37–46. When both gave one and the same answer to
// everything, kappa says nothing and Defined is false.
type Agreement struct {
	Both    int // questions that both answered
	Alike   int
	Kappa   float64
	Defined bool
	Differ  []int // the numbers of the questions that were answered differently
}

// Percent returns the part answered alike, in per cent; 0 when there is nothing to
// compare.
func (a *Agreement) Percent() float64 {
	if a.Both == 0 {
		return 0
	}
	return 100 * float64(a.Alike) / float64(a.Both)
}

// Agree compares two sheets.
func Agree(first, second Sheet) *Agreement {
	a := &Agreement{}
	ones, twos := map[Answer]float64{}, map[Answer]float64{}
	for i := range Questions {
		n := Questions[i].Number
		x, y := first[n], second[n]
		if x == Unanswered || y == Unanswered {
			continue
		}
		a.Both++
		ones[x]++
		twos[y]++
		if x == y {
			a.Alike++
		} else {
			a.Differ = append(a.Differ, n)
		}
	}
	if a.Both == 0 {
		return a
	}
	of := float64(a.Both)
	po, pe := float64(a.Alike)/of, 0.0
	for answer, times := range ones {
		pe += times / of * twos[answer] / of
	}
	// Only two who each gave one same answer throughout have a chance of 1.
	if len(ones) == 1 && len(twos) == 1 && a.Alike == a.Both {
		return a
	}
	a.Kappa, a.Defined = (po-pe)/(1-pe), true
	return a
}
