package casework

import (
	"slices"

	"weald/calendar"
	"weald/law"
)

// An Entry is an event as it was recorded. What happened is never edited: a
// mistake is corrected by a later entry that stands in its place.
type Entry struct {
	Seq      int // the order of recording, from 1
	Event    Event
	Recorded calendar.Date // the day it was recorded
	Replaces int           // the entry that this one corrects; 0: none
	Struck   bool          // it takes the other away and puts nothing in its place
}

// A Journal is everything recorded about a child, in the order of recording.
type Journal []Entry

// Events returns what the journal says happened, in order, as it was known at
// the end of the given day; a zero day means as it is known now. A corrected
// event takes the place of the mistaken one, so the result is as if the mistake
// had never been recorded.
func (j Journal) Events(known calendar.Date) []Event {
	type place struct {
		event Event
		seq   int // the seq of the first entry in its chain of corrections
	}
	root := make(map[int]int, len(j))
	live := make(map[int]place, len(j))
	for _, e := range j {
		if !known.IsZero() && e.Recorded > known {
			continue
		}
		at := e.Seq
		if e.Replaces != 0 {
			if r, ok := root[e.Replaces]; ok {
				at = r
			}
		}
		root[e.Seq] = at
		if e.Struck {
			delete(live, at)
		} else {
			live[at] = place{e.Event, at}
		}
	}
	all := make([]place, 0, len(live))
	for _, p := range live {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b place) int {
		if a.event.On != b.event.On {
			return int(a.event.On) - int(b.event.On)
		}
		return a.seq - b.seq
	})
	events := make([]Event, len(all))
	for i, p := range all {
		events[i] = p.event
	}
	return events
}

// Live reports whether an entry is still in effect: neither struck out nor
// replaced.
func (j Journal) Live(seq int) bool {
	for _, e := range j {
		if e.Replaces == seq {
			return false
		}
		if e.Seq == seq && e.Struck {
			return false
		}
	}
	return slices.ContainsFunc(j, func(e Entry) bool { return e.Seq == seq })
}

// Record says whether an event may be added to a case on the given day: it must
// have happened, be possible where it stands, and leave every event after it
// possible too. Nothing is changed.
func (c *Clock) Record(k *Case, e Event, today calendar.Date) *law.Refusal {
	if e.On > today {
		return &law.Refusal{Because: "“" + e.Kind.Label() + "” cannot be recorded on " + e.On.Words() + ": that day has not come."}
	}
	refused := slices.Clone(c.Read(k, today).Refused)
	with := Case{Born: k.Born, Closures: k.Closures, Events: slices.Clone(k.Events)}
	at := with.Add(e)
	for _, r := range c.Read(&with, today).Refused {
		was := func(old Refused) bool {
			return old.Index == r.Index && r.Index < at || old.Index+1 == r.Index && r.Index > at
		}
		if slices.ContainsFunc(refused, was) {
			continue
		}
		if r.Index != at {
			return &law.Refusal{
				Because: "“" + e.Kind.Label() + "” on " + e.On.Words() + " would make a later event impossible. " + r.Why.Because,
				Source:  r.Why.Source,
			}
		}
		return r.Why
	}
	return nil
}
