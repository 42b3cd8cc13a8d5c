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
	// A DueFilter picks children by their next duty.
	DueFilter = store.DueFilter
	// A DueMark is the place in the worklist after which a page starts.
	DueMark = store.DueMark
	// A Band is how near a child's next duty is.
	Band = store.Band
)

// Bands and other words of a filter.
const (
	AnyBand     = store.AnyBand
	OverdueBand = store.OverdueBand
	SoonBand    = store.SoonBand
	LaterBand   = store.LaterBand
	NoDutyBand  = store.NoDutyBand
	NothingDue  = store.NothingDue
	NoTeam      = store.NoTeam
)

// Journal returns entries as the domain reads them.
func Journal(entries []Entry) casework.Journal { return store.Events(entries) }
