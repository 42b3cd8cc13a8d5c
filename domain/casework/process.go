package casework

import (
	"strings"

	"weald/law"
)

// A State is where one process stands. Several processes run at once for one
// child, each with a state of its own.
type State uint8

// States, by process.
const (
	NotStarted State = iota

	Requested
	Assessing
	Deciding
	Drafting
	Consulting
	PlanIssued
	RefusedAssess
	ClosedRefused
	RefusedPlan
	ClosedWithdrawn
	ClosedExported

	InForce
	PlanAmending
	CeaseConsult
	TransferredOut
	KeptInDetention
	PlanCeasedState
	EndedAge
	EndedDeath

	ReviewDue
	Scheduled
	MeetingHeld
	Reported
	DoneKeep
	DoneCease
	AmendingIrregular
	Amending
	DoneAmended
	DoneNotAmended

	ReassessmentAsked
	ReassessmentRefused
	Reassessing
	DoneReplaced
	DoneUnchanged

	CeaseConsidering
	CeaseConsulting
	NoticeGiven
	NoticeStayed
	PlanKept

	DecisionOpen
	Advised
	Mediating
	Certificated
	AgreementReached
	Lodged
	Registered
	Responded
	Conceded
	Ordered
	AppealWasWithdrawn
	OutOfTime

	MoveIsKnown
	TransferDue
	Transferred
	TransferredIn

	nStates

	Same State = 255 // a move that changes nothing: the event is merely allowed
)

// A stateName is what a state is called: in data, by staff and by families.
type stateName struct{ name, label, family string }

var stateNames = [nStates]stateName{
	NotStarted: {"NONE", "Not started", "Not started"},

	Requested:       {"REQUESTED", "Deciding whether to assess", "We are deciding whether to assess"},
	Assessing:       {"ASSESSING", "Assessment under way", "We are finding out what help is needed"},
	Deciding:        {"DECIDING", "Deciding whether to make a plan", "We are deciding whether to make a plan"},
	Drafting:        {"DRAFTING", "Draft plan sent", "We have sent a draft plan"},
	Consulting:      {"CONSULTING", "Family commenting on the draft", "You can tell us what you think of the draft plan"},
	PlanIssued:      {"ISSUED", "Plan issued", "The plan has been issued"},
	RefusedAssess:   {"REFUSED_ASSESS", "Assessment refused", "We decided not to assess"},
	ClosedRefused:   {"CLOSED_REFUSED", "Assessment refused; time to appeal over", "We decided not to assess, and the time to appeal has passed"},
	RefusedPlan:     {"REFUSED_PLAN", "Plan refused", "We decided not to make a plan"},
	ClosedWithdrawn: {"CLOSED_WITHDRAWN", "Request withdrawn", "The request was withdrawn"},
	ClosedExported:  {"CLOSED_EXPORTED", "Moved to another area", "You moved to another area"},

	InForce:         {"IN_FORCE", "Plan in force", "There is a plan"},
	PlanAmending:    {"AMENDING", "Plan in force, being amended", "The plan is being changed"},
	CeaseConsult:    {"CEASE_CONSULT", "Plan in force, ceasing considered", "We are thinking about ending the plan"},
	TransferredOut:  {"TRANSFERRED_OUT", "Transferred to another authority", "Your new council looks after the plan"},
	KeptInDetention: {"KEPT_IN_DETENTION", "Kept while detained", "The plan is kept while in custody"},
	PlanCeasedState: {"CEASED", "Ceased", "The plan has ended"},
	EndedAge:        {"ENDED_AGE", "Ended by age", "The plan ended because of age"},
	EndedDeath:      {"ENDED_DEATH", "Ended by death", "Died"},

	ReviewDue:         {"DUE", "Review to be arranged", "A review will be arranged"},
	Scheduled:         {"SCHEDULED", "Review meeting arranged", "The review meeting is arranged"},
	MeetingHeld:       {"MET", "Review meeting held", "The review meeting was held"},
	Reported:          {"REPORTED", "Review report sent", "The report of the meeting was sent"},
	DoneKeep:          {"DONE_KEEP", "Reviewed: plan kept", "We reviewed the plan and kept it"},
	DoneCease:         {"DONE_CEASE", "Reviewed: to cease", "We reviewed the plan and decided to end it"},
	AmendingIrregular: {"AMENDING_IRREGULAR", "To be amended, but no amendment notice sent", "We said we will change the plan and have not yet sent the changes"},
	Amending:          {"AMENDING", "Amendment notice sent", "You can tell us what you think of the changes"},
	DoneAmended:       {"DONE_AMENDED", "Plan amended", "The plan was changed"},
	DoneNotAmended:    {"DONE_NOT_AMENDED", "Plan not amended after all", "We decided not to change the plan"},

	ReassessmentAsked:   {"ASKED", "Deciding whether to re-assess", "We are deciding whether to assess again"},
	ReassessmentRefused: {"REFUSED", "Re-assessment refused", "We decided not to assess again"},
	Reassessing:         {"REASSESSING", "Re-assessment under way", "We are assessing again"},
	DoneReplaced:        {"DONE_REPLACED", "Plan replaced", "A new plan was issued"},
	DoneUnchanged:       {"DONE_UNCHANGED", "Plan unchanged", "The plan was kept as it is"},

	CeaseConsidering: {"CONSIDERING", "Ceasing considered", "We are thinking about ending the plan"},
	CeaseConsulting:  {"CONSULTING", "Consulting on ceasing", "We asked what you think about ending the plan"},
	NoticeGiven:      {"NOTICE", "Notice to cease given", "We told you we will end the plan"},
	NoticeStayed:     {"NOTICE_STAYED", "Notice to cease stayed by an appeal", "The plan goes on until the appeal is over"},
	PlanKept:         {"IN_FORCE", "Plan kept", "The plan was kept"},

	DecisionOpen:       {"OPEN_DECISION", "Decision that can be appealed", "You can appeal"},
	Advised:            {"ADVISED", "Mediation adviser contacted", "You contacted the mediation adviser"},
	Mediating:          {"MEDIATING", "Mediation", "Mediation is being arranged or held"},
	Certificated:       {"CERTIFICATED", "Mediation certificate issued", "You have a mediation certificate"},
	AgreementReached:   {"AGREED", "Agreed in mediation", "You and we agreed in mediation"},
	Lodged:             {"LODGED", "Appeal lodged", "You appealed"},
	Registered:         {"REGISTERED", "Appeal registered", "The Tribunal registered the appeal"},
	Responded:          {"RESPONDED", "Response sent", "We answered the appeal"},
	Conceded:           {"CONCEDED", "Appeal not opposed", "We do not oppose the appeal"},
	Ordered:            {"ORDERED", "Tribunal has decided", "The Tribunal decided"},
	AppealWasWithdrawn: {"WITHDRAWN", "Appeal withdrawn", "The appeal was withdrawn"},
	OutOfTime:          {"OUT_OF_TIME", "Time to appeal over", "The time to appeal has passed; you can still ask the Tribunal to take a late appeal"},

	MoveIsKnown:   {"MOVE_KNOWN", "Move known", "We know you are moving"},
	TransferDue:   {"TRANSFER_DUE", "Plan to be transferred", "We are passing the plan to your new council"},
	Transferred:   {"TRANSFERRED", "Plan transferred", "Your new council has the plan"},
	TransferredIn: {"TRANSFERRED_IN", "Plan transferred in", "The plan came with you"},
}

// String returns the state's name in data.
func (s State) String() string { return stateNames[s].name }

// Label returns what staff call the state.
func (s State) Label() string { return stateNames[s].label }

// Family returns what families read.
func (s State) Family() string { return stateNames[s].family }

// A Process is one statutory process as a table of moves that can be read in a
// sitting.
type Process struct {
	Name   string // in data
	Label  string // for staff
	Source law.Citation
	Moves  []Move
}

// A Move says which events take a process from which states to which. The first
// that fits is taken.
type Move struct {
	From    stateSet // empty: from any state
	On      triggers
	When    func(*Clock, *Event) bool // nil: always
	To      State
	Follows bool                              // it goes along with an event that another process must allow
	Guard   func(*Clock, *Event) *law.Refusal // what the law forbids although the state allows it
}

// stateSet is a set of states, as bits.
type stateSet uint64

func states(all ...State) (set stateSet) {
	for _, s := range all {
		set |= 1 << s
	}
	return set
}

func (set stateSet) has(s State) bool { return set == 0 || set&(1<<s) != 0 }

// Indexes of Processes.
const (
	assessmentProcess = iota
	planProcess
	reviewProcess
	reassessmentProcess
	ceasingProcess
	disputeProcess
	transferProcess
	nProcesses
)

// Processes is every process.
var Processes = [nProcesses]*Process{
	&assessmentMoves, &planMoves, &reviewMoves, &reassessmentMoves, &ceasingMoves, &disputeMoves, &transferMoves,
}

// planMoves is the plan itself: the thing that the other processes make, change
// and end. The old version stays in force while it is being amended.
var planMoves = Process{
	Name: "plan", Label: "Plan", Source: cfa.At("sections 37 to 48"),
	Moves: []Move{
		{From: states(NotStarted, KeptInDetention, PlanCeasedState, EndedAge, TransferredOut), On: on(PlanFinalised), When: inDetention, To: KeptInDetention},
		{From: states(NotStarted, InForce, PlanAmending, CeaseConsult, PlanCeasedState, EndedAge, TransferredOut), On: on(PlanFinalised), To: InForce},
		{From: states(NotStarted, PlanCeasedState, EndedAge, TransferredOut), On: on(PlanTransferredIn), To: InForce},
		{From: states(KeptInDetention), On: on(AmendmentNoticeSent).or(AmendedPlanFinalised).or(NoAmendNoticeSent), To: Same},
		{From: states(NotStarted, InForce, PlanAmending), On: on(AmendmentNoticeSent), To: PlanAmending},
		{From: states(NotStarted, InForce, PlanAmending, CeaseConsult), On: on(AmendedPlanFinalised).or(NoAmendNoticeSent), To: InForce},
		{From: states(NotStarted, InForce, PlanAmending, CeaseConsult), On: on(CeaseConsidered).or(CeaseConsulted).or(CeaseNoticeSent), To: CeaseConsult},
		{From: states(CeaseConsult), On: on(ReviewDecisionSent, Keep).with(OrderMade, Maintain).with(OrderMade, MaintainAmend).with(NotOpposing, Cease), To: InForce},
		{From: states(CeaseConsult), On: on(MediationAgreementSigned, Yes), When: agreed(Cease), To: InForce},
		{On: on(PlanTransferredOut), To: TransferredOut},
		{From: states(InForce, PlanAmending, CeaseConsult), On: on(Detained), To: KeptInDetention},
		{From: states(KeptInDetention), On: on(Released), To: InForce},
		{From: states(NotStarted, InForce, PlanAmending, CeaseConsult, KeptInDetention), On: on(PlanCeased, One), To: EndedAge},
		{From: states(NotStarted, InForce, PlanAmending, CeaseConsult, KeptInDetention), On: on(PlanCeased, Eight), To: EndedDeath},
		{From: states(NotStarted, InForce, PlanAmending, CeaseConsult, KeptInDetention), On: on(PlanCeased), To: PlanCeasedState},
		{From: states(InForce, PlanAmending, CeaseConsult, KeptInDetention), On: on(LeftEngland), To: PlanCeasedState},
		{From: states(InForce, PlanAmending, CeaseConsult, KeptInDetention), On: on(Deceased), To: EndedDeath},
		{On: on(Detained).or(Released).or(LeftEngland).or(Deceased), To: Same},
	},
}

// A triggers is a list of events: each a kind and, where it matters, a value.
type triggers []trigger

type trigger struct {
	kind  Kind
	value Value
}

func on(k Kind, v ...Value) triggers { return triggers{}.with(k, v...) }

func (t triggers) or(k Kind) triggers { return t.with(k) }

// with adds a kind, and a value that the event must hold.
func (t triggers) with(k Kind, v ...Value) triggers {
	more := append(triggers{}, t...)
	if len(v) == 0 {
		return append(more, trigger{kind: k})
	}
	for _, value := range v {
		more = append(more, trigger{k, value})
	}
	return more
}

func (t trigger) fits(e *Event) bool {
	return t.kind == e.Kind && (t.value == NoValue || t.value == e.value)
}

// moveIndex lists, for each kind of event, the moves that it may make.
type moveRef struct {
	process uint8
	move    *Move
	value   Value
}

var movesByKind = func() (index [nKinds][]moveRef) {
	for p, process := range Processes {
		for m := range process.Moves {
			for _, t := range process.Moves[m].On {
				index[t.kind] = append(index[t.kind], moveRef{uint8(p), &process.Moves[m], t.value})
			}
		}
	}
	return index
}()

// advance moves every process that the event moves, or refuses the event when
// it belongs to processes and none of them allows it.
func (c *Clock) advance(e *Event) *law.Refusal {
	refs := movesByKind[e.Kind]
	if len(refs) == 0 {
		return nil
	}
	var to [nProcesses]State
	var moved, follows, known, home uint8
	for i := range refs {
		ref := &refs[i]
		if ref.value != NoValue && ref.value != e.value {
			continue
		}
		bit := uint8(1) << ref.process
		if !ref.move.Follows {
			if known == 0 {
				home = ref.process
			}
			known |= bit
		}
		if (moved|follows)&bit != 0 || !ref.move.From.has(c.state[ref.process]) || ref.move.When != nil && !ref.move.When(c, e) {
			continue
		}
		if ref.move.Guard != nil {
			if no := ref.move.Guard(c, e); no != nil {
				return no
			}
		}
		if ref.move.Follows {
			follows |= bit
		} else {
			moved |= bit
		}
		to[ref.process] = ref.move.To
	}
	if moved == 0 && known != 0 {
		return notFrom(Processes[home], c.state[home], e)
	}
	for p := range to {
		if (moved|follows)&(1<<p) != 0 && to[p] != Same {
			c.state[p] = to[p]
		}
	}
	return nil
}

// notFrom says why an event cannot come in a state, and when it could.
func notFrom(p *Process, s State, e *Event) *law.Refusal {
	var after []string
	for i := range p.Moves {
		m := &p.Moves[i]
		for _, t := range m.On {
			if !t.fits(e) {
				continue
			}
			for from := NotStarted + 1; from < nStates; from++ {
				if label := "“" + from.Label() + "”"; m.From&(1<<from) != 0 && !strings.Contains(strings.Join(after, " "), label) {
					after = append(after, label)
				}
			}
		}
	}
	why := "“" + e.Kind.Label() + "” cannot be recorded on " + e.On.Words() + ": " + p.Label + " stands at “" + s.Label() + "”."
	if len(after) > 0 {
		why += " It can follow " + strings.Join(after, ", ") + "."
	}
	return &law.Refusal{Because: why, Source: p.Source}
}
