package casework

import (
	"weald/calendar"
	"weald/law"
)

// A Status is how one duty stands at the end of a day.
type Status uint8

// Statuses.
const (
	Running    Status = iota // not yet due, not yet met
	Met                      // done on or before the last day
	Late                     // done after the last day
	Overdue                  // the last day has passed and it is not done; for a right, the window has shut
	Excused                  // a lawful exception disapplies the limit; the day is still shown
	NotBefore                // a floor: nothing may happen before the day shown
	Superseded               // an order, agreement or concession put other limits in its place
	Void                     // fell away: withdrawn, moved, died, or another outcome
)

var statusNames = [...]string{"running", "met", "late", "overdue", "excused", "not-before", "superseded", "void"}

// String returns the status as case files write it.
func (s Status) String() string { return statusNames[s] }

// A Duty is one rule as it falls on one child.
type Duty struct {
	Rule      *law.Rule
	Of        string        // the body, setting or direction, for rules that run once for each
	Status    Status        //
	Due       calendar.Date // the last lawful day; for a floor, the first; zero when none can be counted
	Warn      calendar.Date // an earlier day on a stricter reading; zero when there is none
	Done      calendar.Date // the day it was done; zero if it has not been
	Late      int           // days after Due that it was done or, if it has not been, that have passed
	Start     calendar.Date // the day from which it is counted
	StartKind Kind          // what happened on that day
	Ground    Ground        // for a right of appeal: the decision it is against
	Exception Value         // the exception that disapplies the limit

	undated              bool          // the days of the exception are not recorded
	unsaid               bool          // it was done, as a later step shows, but its day is not recorded
	outgrown             bool          // the child is older than the rule is for
	sending              sending       // whether the record says to whom the plan was sent
	how                  how           // how Due was reached, when not simply by the rule's limit
	other                calendar.Date // a second day in the sum
	ended                Kind          // what made it fall away or put others in its place
	startValue, endValue Value         // what those events said
	row                  int16
	prev                 int32 // the duty before it under the same row, or -1
}

// Binding reports whether missing the duty breaks the law.
func (d *Duty) Binding() bool { return d.Rule.Statutory() }

// Open reports whether the duty is still to be done.
func (d *Duty) Open() bool { return d.Status == Running || d.Status == Overdue }

// Owed reports whether somebody owes the duty, rather than holding it as a right
// or being protected by it as a floor.
func (d *Duty) Owed() bool { return d.Rule.Nature == law.Deadline || d.Rule.Nature == law.Continuing }
