// Package sen2 is the statutory SEN2 return: the special educational needs
// person-level survey that every upper-tier local authority in England makes to
// the Department for Education each January.
//
// It reads a return as a stream ([Read]) and turns each person's requests into
// dated events of casework ([Events]). It sends nothing to anybody. The
// department's own validation rules, official lengths and some codes could not
// be found, so they are not here: a code without a known meaning is kept as it
// stands and nothing is made of it.
//
// Start reading at [Person], then [Read].
package sen2

import "weald/calendar"

// A Header says whose return it is and for when.
type Header struct {
	Collection    string
	Year          int           // the census year: events are of the calendar year before
	ReferenceDate calendar.Date // believed to be census day
	LEA           string        // three-digit number of the local authority
	Software      string
	Release       string
	Serial        string
	Written       string
}

// A Person is one child or young person in a return.
type Person struct {
	Line       int // where the person starts in the file
	Number     int // the person's place in the file, from 1
	Surname    string
	Forename   string
	Born       calendar.Date
	Sex        string // M or F; in 2023 the older gender codes
	Ethnicity  string
	PostCode   string
	UPN        string
	ULN        string
	UPNUnknown string // why there is neither number
	Requests   []Request
}

// A Request is one request for an EHC needs assessment and all that came of it.
type Request struct {
	Line       int
	Received   calendar.Date
	Source     string // 1 to 5
	RYA        string // made while in relevant youth accommodation
	Outcome    string // Y, N, A, W or H
	OutcomeOn  calendar.Date
	Mediation  string
	Tribunal   string
	Exported   string // number of the local authority moved to
	Assessment *Assessment
	Active     *ActivePlan
}

// An Assessment is an EHC needs assessment and its outcome.
type Assessment struct {
	Line           int
	Outcome        string // Y, N, A, W, H or S
	OutcomeOn      calendar.Date
	Mediation      string
	Tribunal       string
	OtherMediation string
	OtherTribunal  string
	Week20         string // 1: exceptions to the 20 weeks apply
	Plan           *NamedPlan
}

// A NamedPlan is the plan and what its Section I says.
type NamedPlan struct {
	Line     int
	Start    calendar.Date
	Res      string
	WBP      string
	PB       string
	OA       string
	DP       string
	CeasedOn calendar.Date
	Reason   string // why it ceased, 1 to 9
	Places   []Place
}

// An ActivePlan is a plan in force: its last review and where the person is.
type ActivePlan struct {
	Line          int
	TransferLA    string // number of the local authority it came from in the year
	ReviewMeeting calendar.Date
	ReviewOutcome string // A amend, C cease, M maintain
	ReviewDraft   calendar.Date
	TransferDue   calendar.Date // due day for a plan amended for a phase transfer
	TransferFinal calendar.Date
	LastReview    calendar.Date // the day the decision after the review was written
	Places        []Place
	Needs         []Need
	Res, WBP      string // 2023 only: since then they stand in each placement
}

// A Place is a setting named in a plan, or attended.
type Place struct {
	Line     int
	URN      string
	UKPRN    string
	Setting  string // code, when there is no number
	Other    string
	Rank     string
	Entry    calendar.Date
	Leaving  calendar.Date
	Unit     string
	Resource string
	Res      string
	WBP      string
	Pattern  string // attendance pattern, 2023 only
}

// A Need is a type of special educational need, ranked 1 or 2.
type Need struct{ Type, Rank string }

// A Finding is something that the reader noticed in a return.
type Finding struct {
	Severity Severity
	Line     int
	Person   int    // the person's place in the file; 0: the file itself
	Item     string // the element
	What     string
}

// A Severity is how much a finding matters.
type Severity string

// Severities.
const (
	Fault Severity = "fault" // the item could not be read, or contradicts another
	Query Severity = "query" // it was read, and somebody should look
	Note  Severity = "note"  // it was read, and was not quite as the specification says
)
