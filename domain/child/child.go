// Package child tells children apart: it finds a child by whatever somebody
// typed, with typing mistakes forgiven, and says whether two records may be of
// one child or of siblings. It reads the numbers that name a child, and says in
// plain words what is wrong with one.
//
// It decides nothing: a likeness is shown with its reason, and a person decides.
// Nothing here is a rule of law.
//
// Start reading at [Index] and [Compare].
package child

import "weald/calendar"

// An Entry is what a child is known by. Whatever is not known is left empty.
type Entry struct {
	Surname, Forename string
	Born              calendar.Date
	UPN               string // unique pupil number
	NHS               string // NHS number
	ULN               string // unique learner number
	Reference         string // the local area's own number
	Postcode          string
	ContactNames      []string // the people around the child
}

// A Hit is a child that a search found.
type Hit struct {
	ID       string
	Score    int      // from 1 to 100: how well it fits what was asked
	Reason   string   // in words, without a capital or a full stop
	Relation Relation // what [Index.Match] found; empty from [Index.Search]
}

// A Relation is what two records may be to one another.
type Relation string

// Relations.
const (
	Unrelated   Relation = ""        // nothing to speak of
	SameChild   Relation = "same"    // very likely one child
	PerhapsSame Relation = "perhaps" // somebody should look
	Sibling     Relation = "sibling" // another child of the same household or surname
)
