// Package access says who may do and see what: people, the capacity in which
// they act, what they are to a child, and a policy in words that decides from
// these. It knows nothing of passwords or sessions.
//
// Start reading at [Policy] and [Decide].
package access

// A User is a person signed in, or the program itself when it acts unasked. A
// person acts in one capacity at a time: somebody who is a SENCO and a parent is
// the one or the other, so that what they may do as one never helps the other.
type User struct {
	ID    string // stable; audit entries hold it
	Name  string // as shown to others, and kept in audit entries as it was
	Role  Role
	Team  string // the team the person belongs to, if any
	Org   string // the organisation for which they act; "": the council, or nobody
	Admin bool   // they say who at the organisation may do what
}

// A Role is what a person is in the local area.
type Role string

// Roles in the council.
const (
	Officer   Role = "officer"   // EHC coordinator
	Manager   Role = "manager"   // leads a team of officers
	DataTeam  Role = "data"      // prepares the statutory return
	Inspector Role = "inspector" // Ofsted or CQC, reading only
	Program   Role = "program"   // the program itself, for what runs unasked
)

// Roles of those who are not the council's.
const (
	Family       Role = "family"       // a parent, carer, child or young person
	Supporter    Role = "supporter"    // speaks for a family: SENDIASS, an advocate
	Senco        Role = "senco"        // leads on special educational needs at a setting
	Teacher      Role = "teacher"      // teaches or supports at a setting
	Office       Role = "office"       // runs a setting's or a service's office
	Clinician    Role = "clinician"    // gives health advice or provision
	Designated   Role = "designated"   // designated clinical officer, or medical officer
	Psychologist Role = "psychologist" // educational psychologist
	SocialWorker Role = "social"       // social care advice or provision
	Forum        Role = "forum"        // parent carer forum
	Board        Role = "board"        // sits on a board
)

// labels are what roles are called on screen.
var labels = map[Role]string{
	Officer: "EHC coordinator", Manager: "SEND team manager", DataTeam: "Data officer", Inspector: "Inspector",
	Family: "Parent, carer or young person", Supporter: "Adviser to families", Senco: "SENCO", Teacher: "Teacher or support staff", Office: "Office staff",
	Clinician: "Health professional", Designated: "Designated clinical officer", Psychologist: "Educational psychologist", SocialWorker: "Social worker",
	Administrator: "Administrator of an organisation", Forum: "Parent carer forum member", Board: "Board member",
}

// Label returns what the role is called on screen.
func (r Role) Label() string {
	if l, ok := labels[r]; ok {
		return l
	}
	return "Weald"
}

// A Kind is a kind of organisation.
type Kind string

// Kinds of organisation.
const (
	Setting     Kind = "setting"     // a school, college or other place of education
	Health      Kind = "health"      // a provider of health care
	SocialCare  Kind = "social-care" // children's or adults' social care
	Psychology  Kind = "psychology"  // the educational psychology service
	Commission  Kind = "icb"         // an integrated care board
	Advice      Kind = "sendiass"    // information, advice and support for families
	Forums      Kind = "forum"       // a parent carer forum
	Boards      Kind = "board"       // a partnership, transformation or other board
	Inspections Kind = "inspectorate"
)

// Kinds is every kind of organisation, what it is called, and the roles that its
// people may have.
var Kinds = []struct {
	Kind  Kind
	Words string
	Roles []Role
}{
	{Setting, "School, college or other setting", []Role{Senco, Teacher, Office}},
	{Health, "Health service", []Role{Clinician, Designated, Office}},
	{SocialCare, "Social care", []Role{SocialWorker, Office}},
	{Psychology, "Educational psychology service", []Role{Psychologist, Office}},
	{Commission, "Integrated care board", []Role{Designated, Office, Board}},
	{Advice, "Information, advice and support service (SENDIASS)", []Role{Supporter, Office}},
	{Forums, "Parent carer forum", []Role{Forum}},
	{Boards, "Board", []Role{Board}},
	{Inspections, "Inspectorate", []Role{Inspector}},
}

// Words returns what a kind of organisation is called.
func (k Kind) Words() string {
	for _, row := range Kinds {
		if row.Kind == k {
			return row.Words
		}
	}
	return string(k)
}

// Roles returns the roles that people may have in an organisation of a kind.
func (k Kind) Roles() []Role {
	for _, row := range Kinds {
		if row.Kind == k {
			return row.Roles
		}
	}
	return nil
}
