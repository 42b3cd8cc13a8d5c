package access

import "slices"

// A Permission is one thing that may be done.
type Permission string

// Permissions of the council's people over children's cases, with their words in
// [Policy].
const (
	CaseSee    Permission = "case.see"
	CaseRecord Permission = "case.record"
	CaseSeal   Permission = "case.seal"
	FamilyTie  Permission = "family.tie"
	PlanSee    Permission = "plan.see"
	PlanWrite  Permission = "plan.write"
	PlanIssue  Permission = "plan.issue"
	Disclose   Permission = "subject.disclose"

	QualitySee    Permission = "quality.see"
	QualityAudit  Permission = "quality.audit"
	QualityManage Permission = "quality.manage"
	CopyRead      Permission = "quality.copies"
)

// Permissions of the council's people that are over no one child.
const (
	TeamManage         Permission = "team.manage"
	OrganisationManage Permission = "organisation.manage"
	AccountManage      Permission = "account.manage"
	AuditSearch        Permission = "audit.search"
	ReturnLoad         Permission = "return.load"
	ReturnBuild        Permission = "return.build"
	ReturnLook         Permission = "return.look"
	ReturnNote         Permission = "return.note"
	ReturnSign         Permission = "return.sign"
	InspectionPrepare  Permission = "inspection.prepare"
	Retain             Permission = "record.retain"
	Upkeep             Permission = "record.upkeep"
	BoardSee           Permission = "board.see"
	MeasureKeep        Permission = "measure.keep"
)

// Permissions of families, settings and other partners.
const (
	OwnSee       Permission = "own.see"
	OwnSay       Permission = "own.say"
	OwnDecide    Permission = "own.decide"
	OurSee       Permission = "our.see"
	PupilTell    Permission = "pupil.tell"
	AdviceGive   Permission = "advice.give"
	MemberManage Permission = "member.manage"
	MessageSend  Permission = "message.send"
)

// A Relation is what somebody, in the capacity in which they act, is to a child.
type Relation string

// Relations.
const (
	NoChild    Relation = "none"       // the permission is over no one child
	InArea     Relation = "area"       // the child is the authority's
	Parental   Relation = "parental"   // a parent or carer of a child, or whom the young person lets see
	Self       Relation = "self"       // the child or young person
	Deciding   Relation = "deciding"   // whoever has the rights: the parent of a child, or the young person
	Supporting Relation = "supporting" // speaks for the family, with consent, for a time
	OnRoll     Relation = "on-roll"    // the child is at their setting
	Consulted  Relation = "consulted"  // their setting is asked whether it has a place
	Helping    Relation = "helping"    // their service was asked for advice, or provides
	Auditing   Relation = "auditing"   // they were asked to help audit the child's plan
)

// RelationWords says what each relation is, so that somebody who must answer for
// it can check it.
var RelationWords = []struct {
	Relation Relation
	Words    string
	Source   string
}{
	{NoChild, "It is over no one child.", ""},
	{InArea, "The child or young person is in the local authority’s record.", ""},
	{Parental, "A parent or carer, while the child is of compulsory school age or below. After that, only when the young person has agreed, or cannot decide for themselves and this person acts for them.", "CFA 2014 s.83; SEND Regulations 2014 regs 64–65"},
	{Self, "The child or young person themselves.", ""},
	{Deciding, "Whoever has the rights in law: a parent of a child; from the end of compulsory school age the young person or, if they lack capacity, whoever acts for them.", "CFA 2014 s.83; SEND Regulations 2014 regs 64–65"},
	{Supporting, "Somebody who supports the family, between the days for which the family consented.", "consent, recorded with its day"},
	{OnRoll, "The child is at the setting for which they act.", ""},
	{Consulted, "The setting for which they act is being consulted about a place for the child.", "CFA 2014 ss.38–40"},
	{Helping, "The service for which they act was asked for advice about the child, or provides for the child, and that has not ended.", "SEND Regulations 2014 reg 6"},
	{Auditing, "They were asked to answer their agency’s questions in an audit of the child’s plan, and have not finished.", ""},
}

// A Purpose is why somebody may: what is seen for one may not be used for another.
type Purpose string

// Purposes, with their words in [PurposeWords].
const (
	ForDuties     Purpose = "duties"
	ForReturn     Purpose = "return"
	ForInspection Purpose = "inspection"
	ForRights     Purpose = "rights"
	ForTeaching   Purpose = "teaching"
	ForPlace      Purpose = "place"
	ForAdvice     Purpose = "advice"
	ForRunning    Purpose = "running"
	ForGoverning  Purpose = "governing"
	ForQuality    Purpose = "quality"
)

// PurposeWords says what each purpose is.
var PurposeWords = []struct {
	Purpose Purpose
	Words   string
}{
	{ForDuties, "To carry out the local authority’s duties to children and young people with special educational needs"},
	{ForReturn, "To make the statutory return"},
	{ForInspection, "To inspect the local area’s arrangements"},
	{ForRights, "So that families can take part, and use their rights"},
	{ForTeaching, "To teach and support a pupil or student"},
	{ForPlace, "To say whether a setting can meet a child’s needs"},
	{ForAdvice, "To give advice for a child’s assessment, plan or review, or what the plan provides"},
	{ForRunning, "To run the service, and keep it safe"},
	{ForGoverning, "To see how the area does, and to challenge and improve it, from figures that name nobody"},
	{ForQuality, "To see whether plans are good, and make them better"},
}

// A Rule says who may do something, when they stand in one of some relations to
// the child, and for what purpose.
type Rule struct {
	Permission Permission
	Words      string // what it lets a person do: "see children’s cases"
	Grants     []Grant
}

// A Grant is one row of the policy.
type Grant struct {
	Roles    []Role
	Relation []Relation // any one of them is enough
	Purpose  Purpose
}

// Administrator stands in the policy for whoever says who at their organisation
// may do what, whatever their role there.
const Administrator Role = "administrator"

func area(purpose Purpose, roles ...Role) Grant { return Grant{roles, []Relation{InArea}, purpose} }
func general(purpose Purpose, roles ...Role) Grant {
	return Grant{roles, []Relation{NoChild}, purpose}
}

// Policy is the whole of who may do what. What is not in it may not be done.
var Policy = []Rule{
	{CaseSee, "see children’s cases and what is due", []Grant{area(ForDuties, Officer, Manager, Program), area(ForReturn, DataTeam), area(ForInspection, Inspector)}},
	{CaseRecord, "record what happened in a case", []Grant{area(ForDuties, Officer, Manager, Program)}},
	{CaseSeal, "restrict a case to named people, and say who they are", []Grant{area(ForRunning, Manager)}},
	{FamilyTie, "say who a child’s family and supporters are, and what they may see", []Grant{area(ForDuties, Officer, Manager, Program)}},
	{PlanSee, "see children’s plans", []Grant{area(ForDuties, Officer, Manager, Program), area(ForInspection, Inspector)}},
	{PlanWrite, "write children’s plans", []Grant{area(ForDuties, Officer, Manager, Program)}},
	{PlanIssue, "issue drafts and final plans", []Grant{area(ForDuties, Officer, Manager, Program)}},
	{QualitySee, "see audits of plans, and what is done about what they find", []Grant{area(ForQuality, Officer, Manager, Program), area(ForInspection, Inspector)}},
	{QualityAudit, "audit plans", []Grant{area(ForQuality, Officer, Manager, Program),
		{[]Role{Clinician, Designated, Psychologist, SocialWorker}, []Relation{Auditing}, ForQuality}}},
	{QualityManage, "draw samples of plans to be audited, give audits out, settle differences and weigh the questions", []Grant{area(ForQuality, Manager, Program)}},
	{CopyRead, "read anonymous copies of plans that somebody has confirmed", []Grant{general(ForGoverning, Forum, Officer, Manager, Program), general(ForInspection, Inspector)}},
	{Disclose, "take out everything kept about a child for whoever asks for it, and hold back what is others’", []Grant{area(ForRunning, Manager, DataTeam, Program)}},

	{TeamManage, "say who has which cases, and who is away", []Grant{general(ForRunning, Manager, Program)}},
	{OrganisationManage, "enter organisations, and say who first looks after each", []Grant{general(ForRunning, Manager, Program)}},
	{AccountManage, "say who may sign in, and sign them out", []Grant{general(ForRunning, Manager, Program)}},
	{AuditSearch, "search who did and saw what, and settle access that looks unusual", []Grant{general(ForRunning, Manager)}},
	{InspectionPrepare, "prepare the lists of children that an inspection asks for", []Grant{general(ForInspection, Manager, DataTeam, Program)}},
	{ReturnLoad, "load a statutory return", []Grant{general(ForReturn, DataTeam, Program)}},
	{ReturnBuild, "see the statutory return as the record makes it, and take it out", []Grant{general(ForReturn, Manager, DataTeam, Program), general(ForInspection, Inspector)}},
	{ReturnLook, "see what checks find in the statutory return", []Grant{general(ForReturn, Officer, Manager, DataTeam, Program), general(ForInspection, Inspector)}},
	{ReturnNote, "say why a query about the statutory return is so", []Grant{general(ForReturn, Officer, Manager, DataTeam)}},
	{ReturnSign, "sign the statutory return off", []Grant{general(ForReturn, Manager, DataTeam)}},
	{Retain, "say what must be kept for longer, and erase records that are due", []Grant{general(ForRunning, Manager, Program)}},
	{BoardSee, "see the area’s measures, which name nobody", []Grant{general(ForGoverning, Board, Officer, Manager, DataTeam, Program), general(ForInspection, Inspector)}},
	{MeasureKeep, "bring in figures from other systems, and say from when limits are counted anew", []Grant{general(ForGoverning, Manager, DataTeam, Program)}},
	{Upkeep, "rebuild what is worked out from the record", []Grant{general(ForRunning, Program)}},

	{OwnSee, "see where a child’s or young person’s own case is, and its papers", []Grant{
		{[]Role{Family}, []Relation{Parental, Self}, ForRights}, {[]Role{Supporter}, []Relation{Supporting}, ForRights}}},
	{OwnSay, "say what they think about their own child’s plan and help, or their own", []Grant{
		{[]Role{Family}, []Relation{Parental, Self}, ForRights}, {[]Role{Supporter}, []Relation{Supporting}, ForRights}}},
	{OwnDecide, "use the rights: ask for an assessment, choose a setting, agree or appeal", []Grant{
		{[]Role{Family}, []Relation{Deciding}, ForRights}}},
	{OurSee, "see the cases of children with whom their organisation has to do", []Grant{
		{[]Role{Senco, Teacher, Office}, []Relation{OnRoll}, ForTeaching},
		{[]Role{Senco, Office}, []Relation{Consulted}, ForPlace},
		{[]Role{Clinician, Designated, Psychologist, SocialWorker}, []Relation{Helping}, ForAdvice}}},
	{PupilTell, "tell the council about the setting’s own pupils: advice, reviews, what was provided", []Grant{
		{[]Role{Senco}, []Relation{OnRoll}, ForTeaching}}},
	{AdviceGive, "see what advice was asked of their service, and give it", []Grant{
		{[]Role{Clinician, Designated, Psychologist, SocialWorker}, []Relation{Helping}, ForAdvice}}},
	{MessageSend, "ask the council something about a child with whom they have to do, and read the answer", []Grant{
		{[]Role{Family}, []Relation{Parental, Self}, ForRights}, {[]Role{Supporter}, []Relation{Supporting}, ForRights},
		{[]Role{Senco, Teacher, Office}, []Relation{OnRoll}, ForTeaching}, {[]Role{Senco, Office}, []Relation{Consulted}, ForPlace},
		{[]Role{Clinician, Designated, Psychologist, SocialWorker}, []Relation{Helping}, ForAdvice}}},
	{MemberManage, "say who at their organisation may do what: new people, cover, leavers", []Grant{
		general(ForRunning, Administrator)}},
}

// A Bar is why somebody may not, whatever the policy grants.
type Bar string

// Bars. The words and reasons are in [Bars].
const (
	Sealed   Bar = "sealed"
	Interest Bar = "interest"
	Barred   Bar = "barred"
)

// Bars is what takes away whatever [Policy] grants.
var Bars = []struct {
	Bar   Bar
	Words string
	Whom  string
}{
	{Sealed, "The case is restricted, and they are not among the people named for it.", "everybody but the family and the program itself"},
	{Interest, "They have an interest in the child: it is their own family, or they said that they know them.", "everybody in a capacity other than family"},
	{Barred, "A court order or other decision says that they may be told nothing.", "family and supporters"},
}

// A Decision says whether somebody may do something with a child, and by which
// row of the policy.
type Decision struct {
	May      bool
	Relation Relation // by which they may
	Purpose  Purpose
	Bar      Bar // why not, when the policy would have let them; "": it does not
}

// May reports whether a person may do something at all: with some child, if it
// is done with children. Whoever is not in the policy may do nothing.
func (u User) May(p Permission) bool { return len(u.grants(p)) > 0 }

// grants returns what the policy gives a person in their capacity.
func (u User) grants(p Permission) (all []Grant) {
	for i := range Policy {
		if Policy[i].Permission != p {
			continue
		}
		for _, g := range Policy[i].Grants {
			if slices.Contains(g.Roles, u.Role) || u.Admin && slices.Contains(g.Roles, Administrator) {
				all = append(all, g)
			}
		}
	}
	return all
}

// Relations returns the relations by which a person may do something, any one of
// which is enough: what a list must ask for.
func (u User) Relations(p Permission) (all []Relation) {
	for _, g := range u.grants(p) {
		for _, r := range g.Relation {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

// Decide says whether a person may do something with a child, from what they are
// to each other. It is denied unless a row of the policy grants it and nothing
// bars it.
func Decide(u User, p Permission, s *Standing) Decision {
	for _, g := range u.grants(p) {
		for _, r := range g.Relation {
			if !s.Is(r) {
				continue
			}
			if bar := s.bar(u); bar != "" {
				return Decision{Bar: bar}
			}
			return Decision{May: true, Relation: r, Purpose: g.Purpose}
		}
	}
	return Decision{}
}

// Words says what the purpose is.
func (p Purpose) Words() string {
	for _, row := range PurposeWords {
		if row.Purpose == p {
			return row.Words
		}
	}
	return string(p)
}
