package casework

import (
	"weald/calendar"
	"weald/domain/measure"
)

// A Stage is where a whole case stands, in a word: the one step, of all that its
// processes are at, on which its next work hangs. It is a way of sorting work
// and no term of law; the states of the processes are in [Reading.States].
type Stage string

// Stages, in the order of a child's way through them. The text is stored.
const (
	NoStage           Stage = ""
	RequestStage      Stage = "request"      // it is to be decided whether to assess
	AssessmentStage   Stage = "assessment"   // advice is sought
	DraftStage        Stage = "draft"        // a draft plan is with the family
	RefusedStage      Stage = "refused"      // no assessment or no plan, and an appeal may still come
	PlanStage         Stage = "plan"         // a plan is in force and nothing is under way
	MeetingStage      Stage = "meeting"      // a review meeting is arranged
	DecisionStage     Stage = "decision"     // the review meeting was held and the decision is not yet sent
	AmendmentStage    Stage = "amendment"    // the plan is being amended
	ReassessmentStage Stage = "reassessment" // the needs are being, or may be, assessed again
	CeasingStage      Stage = "ceasing"      // it is considered, or decided, to cease the plan
	ClosedStage       Stage = "closed"       // nothing is owed by this local authority
)

// Stages is every stage, in order.
var Stages = []Stage{
	RequestStage, AssessmentStage, DraftStage, RefusedStage, PlanStage, MeetingStage,
	DecisionStage, AmendmentStage, ReassessmentStage, CeasingStage, ClosedStage,
}

// Label returns what staff call the stage.
func (s Stage) Label() string {
	switch s {
	case RequestStage:
		return "Deciding whether to assess"
	case AssessmentStage:
		return "Assessment"
	case DraftStage:
		return "Draft plan"
	case RefusedStage:
		return "Refused, may be appealed"
	case PlanStage:
		return "Plan in force"
	case MeetingStage:
		return "Review arranged"
	case DecisionStage:
		return "Decision after review"
	case AmendmentStage:
		return "Amending the plan"
	case ReassessmentStage:
		return "Re-assessment"
	case CeasingStage:
		return "Ceasing the plan"
	case ClosedStage:
		return "Closed"
	default:
		return "Nothing recorded"
	}
}

// A Standing is a case on one line: what lists of cases show and are sorted by.
type Standing struct {
	Stage  Stage
	On     calendar.Date // the day on which the stage began; zero when the record does not say
	Asked  calendar.Date // the latest request for an assessment, or the day the local authority became responsible
	Issued calendar.Date // the day the plan was last issued for the first time, or transferred in
	Last   Kind          // what happened last
	LastOn calendar.Date
	Events int    // how many events have happened
	Route  Value  // who made the latest request; [NoValue]: nobody, or it is not recorded
	Marks  string // what measures count of the case, as [measure.Pack] writes it
}

// Standing sums a case up, from a reading of it.
func (r *Reading) Standing(k *Case) Standing {
	var s Standing
	for i := range k.Events {
		e := &k.Events[i]
		if e.On > r.Today {
			break
		}
		s.Events++
		if e.Kind != NotRecorded && e.Kind != RecordBegins {
			s.Last, s.LastOn = e.Kind, e.On
		}
		switch e.Kind {
		case RequestReceived:
			s.Asked, s.Route = e.On, e.value
		case ResponsibilityBegan:
			s.Asked, s.Route = e.On, NoValue
		case PlanFinalised, PlanTransferredIn:
			s.Issued = e.On
		}
	}
	var process int
	s.Stage, process = r.stage()
	if s.Stage != NoStage {
		s.On = r.since[process]
	}
	s.Marks = measure.Pack(r.Marks(k, nil))
	return s
}

// stage returns the stage and the process that it is a step of. What must be
// done soonest goes before what can wait: an assessment before the plan that it
// may replace, and the end of a plan before its review.
func (r *Reading) stage() (Stage, int) {
	switch r.states[assessmentProcess] {
	case Requested:
		return RequestStage, assessmentProcess
	case Assessing, Deciding:
		return AssessmentStage, assessmentProcess
	case Drafting, Consulting:
		return DraftStage, assessmentProcess
	}
	switch r.states[planProcess] {
	case InForce, PlanAmending, CeaseConsult, KeptInDetention:
		switch r.states[ceasingProcess] {
		case CeaseConsidering, CeaseConsulting, NoticeGiven, NoticeStayed:
			return CeasingStage, ceasingProcess
		}
		switch r.states[reassessmentProcess] {
		case ReassessmentAsked, Reassessing:
			return ReassessmentStage, reassessmentProcess
		}
		switch r.states[reviewProcess] {
		case Scheduled:
			return MeetingStage, reviewProcess
		case MeetingHeld, Reported:
			return DecisionStage, reviewProcess
		case Amending, AmendingIrregular:
			return AmendmentStage, reviewProcess
		}
		switch r.states[planProcess] {
		case PlanAmending:
			return AmendmentStage, planProcess
		case CeaseConsult:
			return CeasingStage, planProcess
		}
		return PlanStage, planProcess
	case TransferredOut, PlanCeasedState, EndedAge, EndedDeath:
		return ClosedStage, planProcess
	}
	switch r.states[assessmentProcess] {
	case RefusedAssess, RefusedPlan:
		switch r.states[disputeProcess] {
		case OutOfTime, AppealWasWithdrawn: // no appeal can come any more, or only a late one
			return ClosedStage, assessmentProcess
		}
		return RefusedStage, assessmentProcess
	case ClosedRefused, ClosedWithdrawn, ClosedExported, PlanIssued:
		return ClosedStage, assessmentProcess
	}
	return NoStage, 0
}
