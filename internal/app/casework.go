package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// Casework is what is done with children's cases.
type Casework struct{ *Core }

// A File is everything known of one child, read on one day.
type File struct {
	Child   store.Child
	Facts   []store.Fact
	Entries []store.Entry // in the order recorded
	Case    casework.Case
	Reading casework.Reading
	Today   calendar.Date
	Now     calendar.Date      // the real day, when Today looks back
	Seen    []store.AuditEntry // the latest few, newest first: when, who and what
	Around

	Documents []store.Document // the latest first, with those that are removed
}

// latelyShown is how many of the latest looks a case shows by itself.
const latelyShown = 8

// Case opens a child's file as it stands, or stood, at the end of a day; a zero
// day is today. That it was opened, and by whom, is kept.
func (a *Casework) Case(ctx context.Context, by access.User, id store.ChildID, on calendar.Date) (*File, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	f := &File{Now: a.today(), Today: on}
	if on.IsZero() || on > f.Now {
		f.Today = f.Now
	}
	// It is read in the transaction that keeps who opened it, so nothing of the
	// case leaves here before that is kept. (On SQLite it is also the faster way:
	// every look is a change, and a change makes the connections that only read
	// forget the pages that they hold.)
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		o, err := tx.Opening(ctx, id)
		if err != nil {
			return err
		}
		if o.Guarded {
			if _, err := a.standingIn(ctx, tx, by, access.CaseSee, id); err != nil {
				return err
			}
		}
		f.Child, f.Officer, f.Setting = o.Child, o.OfficerName, o.SettingName
		if f.Contacts, err = tx.Contacts(ctx, id); err != nil {
			return err
		}
		if o.HasNotes {
			if f.Notes, err = tx.Notes(ctx, id); err != nil {
				return err
			}
		}
		if o.HasDocuments {
			if f.Documents, err = tx.Documents(ctx, id); err != nil {
				return err
			}
		}
		if o.HasFacts {
			if f.Facts, err = tx.Facts(ctx, id); err != nil {
				return err
			}
		}
		if o.Closes {
			if f.Case.Closures, err = tx.Closures(ctx); err != nil {
				return err
			}
		}
		if f.Entries, err = tx.Journal(ctx, id); err != nil {
			return err
		}
		if f.Seen, err = tx.Lately(ctx, string(id), latelyShown); err != nil {
			return err
		}
		return tx.Audit(ctx, "opened the case", string(id), "")
	})
	if err != nil {
		return nil, err
	}
	f.Case.Born = f.Child.Born
	f.Case.Events = store.Events(f.Entries).Events(0)
	f.Reading = casework.NewClock(a.practice).Read(&f.Case, f.Today)
	return f, nil
}

// A Recording is what somebody asks to be recorded in a case, on a form that
// may be sent twice and that others may overtake.
type Recording struct {
	Event    casework.Event
	Replaces int    // the entry that it corrects; 0: none
	Struck   bool   // that entry did not happen: nothing takes its place
	Reason   string // why it is corrected, for the audit
	Form     string // names the form: however often it is sent, it is recorded once
	Seen     int    // how many entries there were when the form was made
	From     string // where it came from, in words: "an email"; "" when that is not said
}

// Unseen marks a recording that was made from no form.
const Unseen = -1

// Overtaken is returned when somebody has recorded in a case since the form was
// made. Nothing was recorded: what they did may change what is right.
type Overtaken struct{ Since []Entry }

func (o *Overtaken) Error() string {
	return fmt.Sprintf("%d entries were recorded in the case since the form was made", len(o.Since))
}

// Record adds an event to a child's journal, or corrects an entry by it, if the
// law allows it there; the reason is a [law.Refusal] if it does not. A form that
// was recorded already is not recorded again, and that is no error; one that
// others have overtaken is refused with [Overtaken].
func (a *Casework) Record(ctx context.Context, by access.User, id store.ChildID, r Recording) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := notByHand(ctx, tx, id, &r); err != nil {
			return err
		}
		_, err := a.record(ctx, tx, id, r)
		return err
	})
}

// record adds an event to a child's journal within a change, and returns its place
// there; 0 if the form had been recorded already.
func (a *Core) record(ctx context.Context, tx *store.Tx, id store.ChildID, r Recording) (seq int, err error) {
	if err := tx.Hold(ctx, id); err != nil {
		return 0, err
	}
	child, err := tx.Child(ctx, id)
	if err != nil {
		return 0, err
	}
	entries, err := tx.Journal(ctx, id)
	if err != nil {
		return 0, err
	}
	journal := store.Events(entries)
	entry := casework.Entry{Event: r.Event, Replaces: r.Replaces, Struck: r.Struck}
	if r.Struck && r.Replaces > 0 && r.Replaces <= len(journal) {
		entry.Event = journal[r.Replaces-1].Event
	}
	if r.Form != "" && slices.ContainsFunc(entries, func(e Entry) bool {
		return e.Form == r.Form && e.Event == entry.Event && e.Replaces == entry.Replaces && e.Struck == entry.Struck
	}) {
		return 0, tx.Audit(ctx, "sent again what was recorded", string(id), entry.Event.String())
	}
	if i := slices.IndexFunc(entries, func(e Entry) bool { return r.Form != "" && e.Form == r.Form }); i >= 0 {
		return 0, &Overtaken{Since: entries[i:]} // it comes back with other words, and its own first sending is what overtook it
	}
	if r.Seen != Unseen && r.Seen != len(entries) {
		return 0, &Overtaken{Since: entries[min(max(r.Seen, 0), len(entries)):]}
	}
	if entry.Replaces != 0 && !journal.Live(entry.Replaces) {
		return 0, &law.Refusal{Because: "That entry has already been corrected."}
	}
	closures, err := tx.Closures(ctx)
	if err != nil {
		return 0, err
	}
	k := casework.Case{Born: child.Born, Closures: closures}
	clock := casework.NewClock(a.practice)
	if !entry.Struck {
		kept := journal
		if entry.Replaces != 0 {
			kept = append(slices.Clone(journal), casework.Entry{Seq: len(journal) + 1, Replaces: entry.Replaces, Struck: true})
		}
		k.Events = kept.Events(0)
		if no := clock.Record(&k, entry.Event, a.today()); no != nil {
			return 0, no
		}
	}
	if err := tx.AddEvents(ctx, id, []store.Entry{{Entry: entry, Form: r.Form, Provenance: r.From}}); err != nil {
		return 0, err
	}
	entry.Seq = len(journal) + 1
	k.Events = append(journal, entry).Events(0)
	if err := a.setCase(ctx, tx, clock, id, &k); err != nil {
		return 0, err
	}
	act, detail := "recorded "+entry.Event.Kind.String(), entry.Event.String()
	switch {
	case entry.Struck:
		act = fmt.Sprintf("struck out entry %d", entry.Replaces)
	case entry.Replaces != 0:
		act = fmt.Sprintf("corrected entry %d", entry.Replaces)
	}
	if entry.Replaces > 0 && entry.Replaces <= len(journal) && journal[entry.Replaces-1].Event.Kind != entry.Event.Kind {
		detail += " instead of " + journal[entry.Replaces-1].Event.Kind.String()
	}
	if r.Reason != "" {
		detail += ": " + r.Reason
	}
	return len(journal) + 1, tx.Audit(ctx, act, string(id), detail)
}

// setCase works out where a case stands and what is still to be done, and keeps
// both.
func (c *Core) setCase(ctx context.Context, tx *store.Tx, clock *casework.Clock, id store.ChildID, k *casework.Case) error {
	reading := clock.Read(k, c.today())
	standing := reading.Standing(k)
	return tx.SetCase(ctx, id, &standing, duties(&reading))
}

// duties picks what is still to be done from a reading, as the record keeps it.
// A continuing duty is never a task of its own and a right is nobody's work.
func duties(reading *casework.Reading) []store.Duty {
	today := reading.Today
	var open []store.Duty
	next := -1
	for i := range reading.Duties {
		d := &reading.Duties[i]
		if d.Rule.Nature != law.Deadline || d.Due.IsZero() {
			continue
		}
		if excused := d.Status == casework.Excused && d.Done.IsZero(); d.Open() || excused {
			open = append(open, store.Duty{
				Rule: d.Rule.Code, Of: d.Of, Process: string(d.StartKind.Group()), Nature: string(d.Rule.Nature),
				Binding: d.Rule.Statutory(), Excused: excused, Due: d.Due,
			})
			if !excused && (next < 0 || comesFirst(&open[len(open)-1], &open[next], today)) {
				next = len(open) - 1
			}
		}
	}
	if next >= 0 {
		open[next].Next = true
	}
	return open
}

// Next returns the duty of a case that comes next, or nil: the one that the
// worklist shows.
func Next(open []*casework.Duty, today calendar.Date) (next *casework.Duty) {
	var best store.Duty
	for _, d := range open {
		if d.Status == casework.Excused || d.Rule.Nature != law.Deadline {
			continue
		}
		if this := (store.Duty{Binding: d.Binding(), Due: d.Due}); next == nil || comesFirst(&this, &best, today) {
			next, best = d, this
		}
	}
	return next
}

// comesFirst reports whether a duty is the next rather than another: the one
// due first, except that what guidance only asks for, once overdue, waits behind
// whatever the law requires.
func comesFirst(a, b *store.Duty, today calendar.Date) bool {
	waits := func(d *store.Duty) bool { return !d.Binding && d.Due < today }
	if waits(a) != waits(b) {
		return waits(b)
	}
	return a.Due < b.Due
}

// mark says by what everything was worked out: the day, the build of the program
// and how the local area applies the law.
func (c *Core) mark() string {
	if c.Program == "" {
		return ""
	}
	mark := c.today().String() + " " + c.Program + " " + c.practice.Holidays.Version()
	for i := range casework.Choices {
		mark += " " + c.practice.Chosen(i).ID
	}
	return mark
}

// RebuildIfOld works out every child's duties again unless this build of the
// program has done so today with the same choices. It reports whether it did.
func (a *Casework) RebuildIfOld(ctx context.Context, by access.User) (done bool, err error) {
	if err := may(by, access.Upkeep); err != nil {
		return false, err
	}
	was := ""
	if err := a.db.Read(ctx, func(tx *store.Tx) (err error) { was, err = tx.WorkedOut(ctx); return err }); err != nil {
		return false, err
	}
	if mark := a.mark(); mark != "" && was == mark {
		return false, nil
	}
	_, err = a.Rebuild(ctx, by)
	return err == nil, err
}

// Rebuild works out every child's duties again from their events. It changes
// nothing unless the rules, the choices or the program have changed.
func (a *Casework) Rebuild(ctx context.Context, by access.User) (children int, err error) {
	if err := may(by, access.Upkeep); err != nil {
		return 0, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		born := map[store.ChildID]calendar.Date{}
		if err := tx.Children(ctx, func(c *store.Child) error { born[c.ID] = c.Born; return nil }); err != nil {
			return err
		}
		clock := casework.NewClock(a.practice)
		type worked struct {
			id       store.ChildID
			standing casework.Standing
			duties   []store.Duty
		}
		before := map[store.ChildID]*store.Line{}
		if err := tx.Lines(ctx, 0, func(l *store.Line) error { before[l.ID] = l; return nil }); err != nil {
			return err
		}
		var changed []worked
		err = tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
			k := casework.Case{Born: born[id], Closures: closures, Events: j.Events(0)}
			reading := clock.Read(&k, a.today())
			w := worked{id, reading.Standing(&k), duties(&reading)}
			if was := before[id]; was == nil || was.Standing != w.standing || !slices.Equal(was.Duties, w.duties) {
				changed = append(changed, w)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for i := range changed {
			if err := tx.SetCase(ctx, changed[i].id, &changed[i].standing, changed[i].duties); err != nil {
				return err
			}
		}
		children = len(born)
		if err := tx.SetWorkedOut(ctx, a.mark()); err != nil {
			return err
		}
		return tx.Audit(ctx, "rebuilt every child's duties", "", fmt.Sprintf("%d children", children))
	})
	return children, err
}

// CaseFile writes every child's events as a case file, without names, for
// `weald clock`. The titles are the children's IDs.
func (a *Casework) CaseFile(ctx context.Context, by access.User) (string, error) {
	if err := may(by, access.CaseSee); err != nil {
		return "", err
	}
	var b strings.Builder
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		born := map[store.ChildID]calendar.Date{}
		if err := tx.Children(ctx, func(c *store.Child) error { born[c.ID] = c.Born; return nil }); err != nil {
			return err
		}
		err = tx.Journals(ctx, func(id store.ChildID, j casework.Journal) error {
			x := casework.Example{Title: string(id), Today: a.today(), Case: casework.Case{Born: born[id], Closures: closures, Events: j.Events(0)}}
			b.WriteString(x.Text())
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Audit(ctx, "exported every case as a case file", "", "")
	})
	return b.String(), err
}
