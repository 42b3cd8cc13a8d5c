// Package casework is what happens to a child in the local area's statutory
// processes, as dated events, and the clock that those events drive.
//
// A [Case] is nothing but its events. Its state, the duties in force and the
// rights of appeal are worked out from them each time by a [Clock], so a
// corrected date corrects everything that hangs on it. Corrections themselves
// are events: see [Journal].
//
// The duties stand in the order of the law, one process a file: assessment.go,
// review.go, transfer.go, reassessment.go, ceasing.go, dispute.go, and
// information.go for complaints and requests for information. Each file holds the rules, the table
// of what starts, meets and ends them, and the table of states. What is unclear
// in the law is a named choice in choices.go. Worked examples, which the tests
// run and the service shows, are in examples/.
//
// Start reading at [Case], then [Clock.Read].
package casework

import (
	"slices"

	"weald/calendar"
)

// A Case is one child's life with the local area, as far as it is recorded. It
// may begin in the middle: what the record lacks is said to be missing and
// never guessed.
type Case struct {
	Born     calendar.Date // zero: not recorded
	Closures []SettingClosure
	Events   []Event // by day; on one day in the order recorded
}

// A SettingClosure is a run of days on which a named setting is shut.
type SettingClosure struct {
	Setting string
	calendar.Closure
}

// Add puts an event in its place by date, after others of the same day, and
// returns that place. It does not ask whether the law allows it: see
// [Clock.Record].
func (c *Case) Add(e Event) (at int) {
	at = len(c.Events)
	for at > 0 && c.Events[at-1].On > e.On {
		at--
	}
	c.Events = slices.Insert(c.Events, at, e)
	return at
}

// Sort puts events recorded in any order in their places by date.
func (c *Case) Sort() {
	inOrder := func(a, b Event) int { return int(a.On) - int(b.On) }
	if !slices.IsSortedFunc(c.Events, inOrder) {
		slices.SortStableFunc(c.Events, inOrder)
	}
}
