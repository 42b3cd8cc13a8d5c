// Package law writes down duties once: what must be done, by whom, by when, and
// where the law says so. It knows nothing of cases, pages or databases, and it
// holds no particular duty: those stand beside the noun they concern.
//
// Start reading at [Rule].
package law

import (
	"strings"

	"weald/calendar"
)

// A Rule is one duty or right, written once. Everything that needs it (the
// clock, the page, the letter, the return) reads it from here.
//
// A changed law is a new Rule under the same ID with the next InForce; the old
// one is closed and stays. Which of them governs is chosen by the day of the
// event that starts the clock: see [At].
type Rule struct {
	Code       string          // where the catalogue lists it: "B06"; never reused
	ID         string          // readable name: "issue-final-plan"; audit entries and links hold it
	Duty       string          // who must do what, in one plain sentence
	Family     string          // the same for a parent or young person
	Owner      Party           // who owes it, or holds the right
	Nature     Nature          // deadline, floor, right or continuing duty
	Limit      calendar.Limit  // how long they have
	Force      Force           // how binding it is
	Source     Citation        // where the law says so
	Words      string          // the operative words, in short: not a quotation
	Exceptions []Exception     // when the limit need not be met
	See        []Citation      // guidance and cases that bear on it
	Note       string          // what is unsettled or read in a particular way
	Confidence Confidence      // how surely the source was read
	InForce    calendar.Period // the days on which it is law
	Checked    calendar.Date   // the day a person last compared it with the source; zero: nobody yet
}

// At picks the version of a rule that is in force on the day of the event that
// starts its clock, or nil when none is.
func At(versions []*Rule, on calendar.Date) *Rule {
	for _, r := range versions {
		if r.InForce.Contains(on) {
			return r
		}
	}
	return nil
}

// Excuses returns the exception on the given ground, if the rule has it.
func (r *Rule) Excuses(ground string) (Exception, bool) {
	for _, x := range r.Exceptions {
		if x.Ground == ground {
			return x, true
		}
	}
	return Exception{}, false
}

// Statutory reports whether missing the limit breaks the law.
func (r *Rule) Statutory() bool { return r.Force.Binding() }

// An Exception is a ground on which a limit need not be met. It does not move
// the last day; it says that missing it may be lawful. A person records it, with
// evidence. The program never does.
type Exception struct {
	Ground string // "school-closed", as events name it
	Words  string // what the ground is, for a reader
	Source Citation
	Days   int // for an absence: how many days in a row it must last
}

// A Party is who owes a duty or holds a right.
type Party string

// Parties.
const (
	LocalAuthority Party = "local authority"
	OldAuthority   Party = "local authority the family left"
	Family         Party = "parent or young person"
	Setting        Party = "school or other setting"
	Adviser        Party = "body asked for advice"
	ICB            Party = "integrated care board"
	Mediator       Party = "mediation adviser"
	Complainant    Party = "complainant"
	EitherParty    Party = "either party to the appeal"
	NHSBody        Party = "NHS body"
)

// Nature says what sort of thing a rule is, because each is shown and counted
// differently: only a deadline can be overdue in the sense of a breach.
type Nature string

// Natures.
const (
	Deadline   Nature = "deadline"   // something must be done by the last day
	Floor      Nature = "floor"      // nothing may be done before the day shown
	Right      Nature = "right"      // somebody may do something until the last day
	Continuing Nature = "continuing" // a duty that starts on a day and goes on
)

// Force says how binding a rule is. The texts are stored and sent to other
// systems, so they never change.
type Force string

// Forces, strongest first.
const (
	Statute           Force = "statute"
	Regulation        Force = "regulation"
	TribunalRule      Force = "tribunal_rule"
	TribunalDirection Force = "tribunal_direction"
	Judgment          Force = "court_judgment"
	StatutoryGuidance Force = "statutory_guidance"
	NHSPolicy         Force = "nhse_policy"
	OmbudsmanGuidance Force = "ombudsman_guidance"
	LocalPolicy       Force = "local_policy"
)

// Forces lists every force, strongest first.
var Forces = []Force{Statute, Regulation, TribunalRule, TribunalDirection, Judgment, StatutoryGuidance, NHSPolicy, OmbudsmanGuidance, LocalPolicy}

// Binding reports whether breaking the rule breaks the law. Only these are ever
// counted or shown as statutory breaches.
func (f Force) Binding() bool {
	switch f {
	case Statute, Regulation, TribunalRule, TribunalDirection, Judgment:
		return true
	}
	return false
}

// Words names the force for a reader.
func (f Force) Words() string {
	switch f {
	case Statute:
		return "Act of Parliament"
	case Regulation:
		return "Regulations"
	case TribunalRule:
		return "Tribunal rules"
	case TribunalDirection:
		return "Tribunal direction"
	case Judgment:
		return "Court judgment"
	case StatutoryGuidance:
		return "Statutory guidance, not law"
	case NHSPolicy:
		return "NHS England policy, not law"
	case OmbudsmanGuidance:
		return "Ombudsman's guidance, not law"
	case LocalPolicy:
		return "Local target, not law"
	}
	return string(f)
}

// Confidence says how the rule's text was checked.
type Confidence string

// Confidences.
const (
	Verified  Confidence = "V" // read in the primary source or an official summary
	Secondary Confidence = "S" // read in a good secondary source
	Known     Confidence = "K" // not re-read: to be checked before anybody relies on it
	Judged    Confidence = "J" // a reading, where the law is silent or sources differ
)

// Words says what the confidence means, for a reader.
func (c Confidence) Words() string {
	switch c {
	case Verified:
		return "Read in the law itself or an official summary of it"
	case Secondary:
		return "Read in a reliable secondary source; not yet checked against the law itself"
	case Known:
		return "Not yet checked against the law itself"
	case Judged:
		return "A reading, because the law is silent or sources differ"
	}
	return string(c)
}

// A Work is an Act, an instrument, guidance or a judgment.
type Work struct {
	Name  string
	Short string // as officers say it: "SENDR"
	URL   string
}

// At cites one provision of the work.
func (w *Work) At(provision string) Citation { return Citation{w, provision} }

// A Citation points at the words of the law. The zero Citation points nowhere.
type Citation struct {
	Work      *Work
	Provision string
}

// IsZero reports whether the citation points nowhere.
func (c Citation) IsZero() bool { return c.Work == nil }

// String writes the citation as a lawyer would: the work, then the provision.
func (c Citation) String() string {
	switch {
	case c.Work == nil:
		return ""
	case c.Provision == "":
		return c.Work.Name
	default:
		return c.Work.Name + ", " + c.Provision
	}
}

// A Refusal is a rule saying no. Its text is shown to the person it stopped.
type Refusal struct {
	Because string
	Source  Citation // zero when the reason is good order and not the law
}

// Error gives the reason and, where the law is the reason, its citation.
func (r *Refusal) Error() string {
	if r.Source.IsZero() {
		return r.Because
	}
	return strings.TrimSuffix(r.Because, ".") + " (" + r.Source.String() + ")."
}
