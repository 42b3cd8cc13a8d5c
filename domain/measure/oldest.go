package measure

import (
	"slices"

	"weald/calendar"
)

// An oldest finds, among states with the days on which they held, the one that
// held on a day and began first. It is a tree over the days of beginning that
// knows the latest end below each of its knots: changing it and asking it both
// cost the logarithm of the number of days, however many states there are.
type oldest struct {
	held map[int32][]span // by the day of beginning; what goes on ends never
	tree []calendar.Date  // latest end below; knots 1.., leaves from mostDays
}

// A span is the days of a state, both counted.
type span struct{ first, last calendar.Date }

const never = calendar.Date(1<<31 - 1)

func (o *oldest) change(m mark, by int32) {
	if o.tree == nil {
		o.tree, o.held = make([]calendar.Date, 2*mostDays), map[int32][]span{}
	}
	last := m.last
	if last == 0 {
		last = never
	}
	leaf, is := int32(day(m.first)-1), span{m.first, last}
	held := o.held[leaf]
	if by > 0 {
		held = append(held, is)
	} else if i := slices.Index(held, is); i >= 0 {
		held = slices.Delete(held, i, i+1)
	}
	o.held[leaf] = held
	latest := calendar.Date(0)
	for _, s := range held {
		latest = max(latest, s.last)
	}
	at := int(leaf) + mostDays
	o.tree[at] = latest
	for at /= 2; at > 0; at /= 2 {
		o.tree[at] = max(o.tree[2*at], o.tree[2*at+1])
	}
}

// began returns the day on which the oldest state that held on a day began; false
// if none did.
func (o *oldest) began(on calendar.Date) (calendar.Date, bool) {
	if o.tree == nil || o.tree[1] < on {
		return 0, false
	}
	at := 1
	for at < mostDays {
		if at *= 2; o.tree[at] < on {
			at++
		}
	}
	first := never
	for _, s := range o.held[int32(at-mostDays)] {
		if s.last >= on {
			first = min(first, s.first)
		}
	}
	return first, first <= on
}
