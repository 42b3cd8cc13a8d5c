package app

import (
	"weald/domain/casework"
	"weald/internal/store"
)

// What the record keeps and pages speak of. Pages reach the record only through
// this package, so its words are given here.
type (
	// ChildID names a child or young person.
	ChildID = store.ChildID
	// An Entry is an event as it was recorded.
	Entry = store.Entry
	// A View is a list that somebody keeps under a name.
	View = store.View
)

// Journal returns entries as the domain reads them.
func Journal(entries []Entry) casework.Journal { return store.Events(entries) }
