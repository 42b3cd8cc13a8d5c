// Package access says who may do and see what: people, their roles, and a table
// of permissions in words. It knows nothing of passwords or sessions.
//
// Start reading at [Permissions].
package access

import "slices"

// A User is a person signed in, or the program itself when it acts unasked.
type User struct {
	ID   string // stable; audit entries hold it
	Name string // as shown to others, and kept in audit entries as it was
	Role Role
	Team string // the team the person belongs to, if any
}

// A Role is what a person is in the local area.
type Role string

// Roles.
const (
	Officer   Role = "officer"   // EHC coordinator
	Manager   Role = "manager"   // leads a team of officers
	DataTeam  Role = "data"      // prepares the statutory return
	Inspector Role = "inspector" // Ofsted or CQC, reading only
	Program   Role = "program"   // the program itself, for what runs unasked
)

// Label returns what the role is called on screen.
func (r Role) Label() string {
	switch r {
	case Officer:
		return "EHC coordinator"
	case Manager:
		return "SEND team manager"
	case DataTeam:
		return "Data officer"
	case Inspector:
		return "Inspector"
	default:
		return "Weald"
	}
}

// A Permission is one thing that may be done.
type Permission string

// Permissions, with their words in [Permissions].
const (
	CaseSee     Permission = "case.see"
	CaseRecord  Permission = "case.record"
	TeamManage  Permission = "team.manage"
	ReturnLoad  Permission = "return.load"
	ReturnBuild Permission = "return.build"
	ReturnLook  Permission = "return.look"
	ReturnNote  Permission = "return.note"
	ReturnSign  Permission = "return.sign"
	Upkeep      Permission = "record.upkeep"

	Disclose Permission = "subject.disclose"
	Retain   Permission = "record.retain"

	InspectionPrepare Permission = "inspection.prepare"
	PlanSee           Permission = "plan.see"
	PlanWrite         Permission = "plan.write"
	PlanIssue         Permission = "plan.issue"
	AccountManage     Permission = "account.manage"
)

// Permissions is the whole table: what each permission lets a person do, and
// who holds it.
var Permissions = []struct {
	Permission Permission
	Words      string
	Roles      []Role
}{
	{CaseSee, "see children's cases and what is due", []Role{Officer, Manager, DataTeam, Inspector, Program}},
	{CaseRecord, "record what happened in a case", []Role{Officer, Manager, Program}},
	{TeamManage, "say who has which cases, and who is away", []Role{Manager, Program}},
	{ReturnLoad, "load a statutory return", []Role{DataTeam, Program}},
	{InspectionPrepare, "prepare the lists of children that an inspection asks for", []Role{Manager, DataTeam, Program}},
	{PlanSee, "see children's plans", []Role{Officer, Manager, Inspector, Program}},
	{PlanWrite, "write children's plans", []Role{Officer, Manager, Program}},
	{PlanIssue, "issue drafts and final plans", []Role{Officer, Manager, Program}},
	{AccountManage, "say who may sign in, and sign them out", []Role{Manager, Program}},
	{ReturnBuild, "see the statutory return as the record makes it, and take it out", []Role{Manager, DataTeam, Inspector, Program}},
	{ReturnLook, "see what checks find in the statutory return", []Role{Officer, Manager, DataTeam, Inspector, Program}},
	{ReturnNote, "say why a query about the statutory return is so", []Role{Officer, Manager, DataTeam}},
	{ReturnSign, "sign the statutory return off", []Role{Manager, DataTeam}},
	{Disclose, "take out everything kept about a child for whoever asks for it, and hold back what is others’", []Role{Manager, DataTeam, Program}},
	{Retain, "say what must be kept for longer, and erase records that are due", []Role{Manager, Program}},
	{Upkeep, "rebuild what is worked out from the record", []Role{Program}},
}

// May reports whether a person holds a permission. Whoever is not in the table
// may do nothing.
func (u User) May(p Permission) bool {
	for _, row := range Permissions {
		if row.Permission == p {
			return slices.Contains(row.Roles, u.Role)
		}
	}
	return false
}
