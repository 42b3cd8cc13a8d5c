package plan

// A RepresentationKind is what the family asks or says of a draft. The texts are
// stored.
type RepresentationKind string

// Kinds of representation: the three that the law gives the family the right to
// make of a draft.
const (
	Comment         RepresentationKind = "comment" // on what the plan says
	AsksForSetting  RepresentationKind = "setting" // that a setting be named
	AsksForAMeeting RepresentationKind = "meeting" // a meeting with an officer
)

// RepresentationKinds lists the kinds, with their words.
var RepresentationKinds = []struct {
	Kind  RepresentationKind
	Words string
}{
	{Comment, "Says what should change, or stay"}, {AsksForSetting, "Asks for a school or other setting to be named"}, {AsksForAMeeting, "Asks for a meeting"},
}

// An Answer is what the local authority made of a representation. The texts are
// stored.
type Answer string

// Answers. The zero value says that there is none yet, which is never agreement.
const (
	Accepted     Answer = "accepted" // the plan says what was asked
	PartAccepted Answer = "changed"  // the plan was changed, otherwise than was asked
	NotAccepted  Answer = "not"      // the plan stays as it was
)

// Answers lists the answers, with their words.
var Answers = []struct {
	Answer Answer
	Words  string
}{
	{Accepted, "Accepted"}, {PartAccepted, "Changed in another way"}, {NotAccepted, "Not accepted"},
}
