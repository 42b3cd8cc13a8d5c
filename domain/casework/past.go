package casework

import (
	"weald/calendar"
	"weald/law"
)

// A Past is a duty of law that fell due, as a forecast learns from it.
type Past struct {
	Rule             *law.Rule
	Start, Due, Done calendar.Date // Done is zero if it has not been done
}

// Fell adds to a list the duties of law that fell due from one day to another,
// both counted. What an exception excuses, or what fell away, is left out, and so
// is what was done on a day that nobody recorded.
func (r *Reading) Fell(from, to calendar.Date, all []Past) []Past {
	for i := range r.Duties {
		d := &r.Duties[i]
		if d.Due < from || d.Due > to || d.Due.IsZero() || d.unsaid || d.Exception != NoValue || !d.Binding() || d.Rule.Nature != law.Deadline {
			continue
		}
		switch d.Status {
		case Met, Late, Overdue, Running:
			all = append(all, Past{d.Rule, d.Start, d.Due, d.Done})
		}
	}
	return all
}

// AssessedOn returns the stage that the way to a plan had reached at the end of a
// day; [NoStage] when no assessment was open.
func (r *Reading) AssessedOn(day calendar.Date) Stage {
	state := NotStarted
	for _, t := range r.turns {
		if t.process == assessmentProcess && t.on <= day {
			state = t.state
		}
	}
	switch state {
	case Requested:
		return RequestStage
	case Assessing, Deciding:
		return AssessmentStage
	case Drafting, Consulting:
		return DraftStage
	}
	return NoStage
}
