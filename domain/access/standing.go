package access

import (
	"time"

	"weald/calendar"
)

// A TieKind is how somebody belongs to a child.
type TieKind string

// Kinds of tie.
const (
	ParentTie  TieKind = "parent"    // has parental responsibility
	CarerTie   TieKind = "carer"     // has care of the child: a parent in education law
	SelfTie    TieKind = "self"      // is the child or young person
	SupportTie TieKind = "supporter" // supports the family, with consent
)

// TieKinds is the kinds of tie with their words.
var TieKinds = []struct {
	Kind  TieKind
	Words string
}{
	{ParentTie, "Parent with parental responsibility"},
	{CarerTie, "Carer, with whom the child lives"},
	{SelfTie, "The child or young person themselves"},
	{SupportTie, "Supporter: an adviser, advocate or friend"},
}

// Words returns what the tie is called.
func (k TieKind) Words() string {
	for _, row := range TieKinds {
		if row.Kind == k {
			return row.Words
		}
	}
	return string(k)
}

// A Limit is what somebody with a tie may not be told.
type Limit string

// Limits.
const (
	NoLimit      Limit = ""
	Whereabouts  Limit = "whereabouts" // not where the child lives or goes
	NothingAtAll Limit = "nothing"
)

// Limits is the limits with their words.
var Limits = []struct {
	Limit Limit
	Words string
}{
	{NoLimit, "No limit"},
	{Whereabouts, "May not be told where the child lives or is educated"},
	{NothingAtAll, "May be told nothing: a court order or other decision says so"},
}

// Words returns what the limit is called.
func (l Limit) Words() string {
	for _, row := range Limits {
		if row.Limit == l {
			return row.Words
		}
	}
	return string(l)
}

// A Say is what a young person's parent has still to say.
type Say string

// Says. Nothing recorded is no say: silence is not agreement.
const (
	NoSay      Say = ""
	Agreed     Say = "agreed"     // the young person agreed that they may see and speak
	Represents Say = "represents" // the young person lacks capacity, and they act for them
)

// Says is the says with their words.
var Says = []struct {
	Say   Say
	Words string
}{
	{NoSay, "Nothing recorded: from the end of compulsory school age they see nothing"},
	{Agreed, "The young person agreed that they may see the case and speak about it"},
	{Represents, "The young person lacks capacity to decide, and this person acts for them"},
}

// Words returns what the say is called.
func (s Say) Words() string {
	for _, row := range Says {
		if row.Say == s {
			return row.Words
		}
	}
	return string(s)
}

// A Tie is what somebody is to a child from day to day.
type Tie struct {
	Kind  TieKind
	Limit Limit
	Say   Say
	From  calendar.Date
	Until calendar.Date // the last day; zero: it has no end
}

// InForce reports whether a tie is in force on a day.
func (t *Tie) InForce(on calendar.Date) bool {
	return t.From <= on && (t.Until.IsZero() || on <= t.Until)
}

// A Standing is what somebody, in the capacity in which they act, is to a child
// on a day: the facts from which [Decide] decides.
type Standing struct {
	On    calendar.Date
	Born  calendar.Date // the child's; zero: not known, and then a child
	Ties  []Tie         // the person's own, whatever their capacity
	Known bool          // they said that they have an interest in the child

	OnRoll    bool // the child is at their organisation
	Consulted bool // their organisation is being consulted about a place
	Helping   bool // their organisation was asked, or provides
	Auditing  bool // they were asked to help audit the child's plan, and have not finished

	Sealed bool // the case is restricted
	Named  bool // to people of whom they are one
}

// Young reports whether the child is a young person on the day, over compulsory
// school age, so that the rights are their own.
func (s *Standing) Young() bool {
	return !s.Born.IsZero() && s.On > calendar.EndOfCompulsorySchoolAge(s.Born)
}

// YoungIfBornBy returns the latest day of birth of those who are young persons on
// a day, so that a list can ask for what [Standing.Young] decides.
func YoungIfBornBy(on calendar.Date) calendar.Date {
	born := calendar.On(on.Year()-16, time.August, 31)
	if on <= calendar.EndOfCompulsorySchoolAge(born) {
		born = calendar.On(on.Year()-17, time.August, 31)
	}
	return born
}

// Is reports whether the person stands in a relation to the child.
func (s *Standing) Is(r Relation) bool {
	switch r {
	case InArea, NoChild:
		return true
	case OnRoll:
		return s.OnRoll
	case Consulted:
		return s.Consulted
	case Helping:
		return s.Helping
	case Auditing:
		return s.Auditing
	}
	for i := range s.Ties {
		if t := &s.Ties[i]; t.InForce(s.On) && t.is(r, s.Young()) {
			return true
		}
	}
	return false
}

// is reports whether a tie makes a relation, with a child or with a young person.
func (t *Tie) is(r Relation, young bool) bool {
	parent := t.Kind == ParentTie || t.Kind == CarerTie
	switch r {
	case Self:
		return t.Kind == SelfTie
	case Supporting:
		return t.Kind == SupportTie
	case Parental:
		return parent && (!young || t.Say != NoSay)
	case Deciding:
		return young && t.Kind == SelfTie || parent && (!young || t.Say == Represents)
	}
	return false
}

// bar says what takes away whatever the policy grants.
func (s *Standing) bar(u User) Bar {
	own := u.Role == Family || u.Role == Supporter
	family := false
	for i := range s.Ties {
		t := &s.Ties[i]
		if !t.InForce(s.On) {
			continue
		}
		if own && t.Limit == NothingAtAll {
			return Barred
		}
		family = family || t.Kind != SupportTie
	}
	switch {
	case u.Role == Program:
		return ""
	case !own && (s.Known || family):
		return Interest
	case !own && s.Sealed && !s.Named:
		return Sealed
	}
	return ""
}

// Hidden reports whether the person may not be told where the child lives or is
// educated.
func (s *Standing) Hidden() bool {
	for i := range s.Ties {
		if t := &s.Ties[i]; t.InForce(s.On) && t.Limit == Whereabouts {
			return true
		}
	}
	return false
}
