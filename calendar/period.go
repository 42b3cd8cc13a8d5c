package calendar

// A Period is a run of days, ends included. A zero First or Last leaves that
// end open.
type Period struct{ First, Last Date }

// Since is the period that starts on the given day and has no end.
func Since(d Date) Period { return Period{First: d} }

// Contains reports whether d falls in the period, ends included.
func (p Period) Contains(d Date) bool {
	return d >= p.First && (p.Last == 0 || d <= p.Last)
}

// Days returns how many days a closed period holds, both ends counted; 0 if
// either end is open or the period is back to front.
func (p Period) Days() int {
	if p.First == 0 || p.Last == 0 || p.Last < p.First {
		return 0
	}
	return int(p.Last-p.First) + 1
}

// Overlap returns the days that two periods share; ok is false when there are
// none.
func (p Period) Overlap(q Period) (shared Period, ok bool) {
	shared.First = max(p.First, q.First)
	switch {
	case p.Last == 0:
		shared.Last = q.Last
	case q.Last == 0:
		shared.Last = p.Last
	default:
		shared.Last = min(p.Last, q.Last)
	}
	return shared, shared.Last == 0 || shared.Last >= shared.First
}

// String writes the period in words.
func (p Period) String() string {
	switch {
	case p.First == 0 && p.Last == 0:
		return "always"
	case p.Last == 0:
		return "since " + p.First.Words()
	case p.First == 0:
		return "until " + p.Last.Words()
	default:
		return p.First.Words() + " to " + p.Last.Words()
	}
}
