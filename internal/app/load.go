package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/sen2"
	"weald/internal/files"
	"weald/internal/store"
)

// Returns is what is done with statutory returns.
type Returns struct {
	*Core
	Files files.Store // where a return waits that was sent and not yet loaded; nil: none can be sent
}

// A Loaded is what loading a return did or, tried, would do.
type Loaded struct {
	Load     store.Load
	Already  bool // the same file had been loaded before, so nothing was changed
	Findings []sen2.Finding

	Made    []LoadLine // children new to the record
	Changed []LoadLine // what was added to children who were in it
	Against []LoadLine // what the record says otherwise: it was left as it was
	Waiting []LoadLine // people who may be a child of the record: somebody has to say
	Same    int        // people of whom the record knew all that the return says in events
}

// People returns how many people the file has.
func (l *Loaded) People() int { return l.Load.People + len(l.Waiting) }

// Load reads a SEN2 return into the record. A child is made for each person who
// is in it for the first time, with lawful events that say where they came from;
// to a child of the record is added what the record lacks, and nothing that it
// says otherwise. Whoever may be a child of the record, and is not surely, waits
// for somebody to say so. Either all of it is kept or nothing is. A file loaded
// before, byte for byte, is not loaded again.
//
// The children are spread over the teams named, if any, because a return does
// not say who has whom.
func (a *Returns) Load(ctx context.Context, by access.User, name string, file io.ReadSeeker, teams []string) (*Loaded, error) {
	return a.load(ctx, by, name, file, teams, false)
}

// TryLoad says what Load would do, and changes nothing.
func (a *Returns) TryLoad(ctx context.Context, by access.User, name string, file io.ReadSeeker) (*Loaded, error) {
	return a.load(ctx, by, name, file, nil, true)
}

// Teams returns the names of the teams over which children can be spread.
func (a *Returns) Teams(ctx context.Context, by access.User) (names []string, err error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) (err error) { names, err = tx.Teams(ctx); return err })
	return names, err
}

// errTried ends a transaction in which a load was only tried.
var errTried = errors.New("app: the load was only tried")

func (a *Returns) load(ctx context.Context, by access.User, name string, file io.ReadSeeker, teams []string, try bool) (*Loaded, error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return nil, err
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return nil, fmt.Errorf("reading the return: %w", err)
	}
	digest := hash.Sum(nil)
	done := &Loaded{Load: store.Load{ID: rand.Text(), Name: name, Digest: hex.EncodeToString(digest)}}
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		before, err := tx.LoadWithDigest(ctx, done.Load.Digest)
		if err == nil {
			done.Load, done.Already = *before, true
			if try {
				return errTried
			}
			return tx.Audit(ctx, "tried to load a return again", before.ID, name)
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		l := &loading{Returns: a, tx: tx, done: done, digest: digest, teams: teams}
		if err := l.run(ctx, file); err != nil {
			return err
		}
		if try {
			return errTried
		}
		return tx.Audit(ctx, "loaded a return", done.Load.ID, fmt.Sprintf("%s: %d people, %d events", done.Load.Name, done.Load.People, done.Load.Events))
	})
	if err != nil && !errors.Is(err, errTried) {
		return nil, err
	}
	return done, nil
}

// loading is one load under way, in one transaction.
type loading struct {
	*Returns
	tx       *store.Tx
	done     *Loaded
	digest   []byte
	teams    []string
	header   sen2.Header
	closures []casework.SettingClosure
	clock    *casework.Clock
	known    *matcher // nil: nobody is in the record
	waiting  []Newcomer
}

func (l *loading) run(ctx context.Context, file io.ReadSeeker) (err error) {
	for _, team := range l.teams {
		if err := l.tx.AddTeam(ctx, rand.Text(), team); err != nil {
			return err
		}
	}
	if l.closures, err = l.tx.Closures(ctx); err != nil {
		return err
	}
	// Each person's events are told with the header's year, so it is read first,
	// wherever in the file it stands.
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading the return: %w", err)
	}
	if l.header, err = sen2.ReadHeader(file); err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading the return: %w", err)
	}
	if l.known, err = readChildren(ctx, l.tx); err != nil {
		return err
	}
	if len(l.known.children) == 0 {
		l.known = nil
	}
	l.done.Load.Year, l.done.Load.Authority = l.header.Year, l.header.LEA
	if err := l.tx.AddLoad(ctx, &l.done.Load); err != nil {
		return err
	}
	l.clock = casework.NewClock(l.practice)
	_, findings, err := sen2.Read(file, func(p *sen2.Person) error { return l.person(ctx, p) })
	if err != nil {
		return err
	}
	if err := l.keep(ctx); err != nil {
		return err
	}
	l.done.Findings = append(findings, l.done.Findings...)
	return l.tx.CountLoad(ctx, &l.done.Load)
}

// person takes one person in.
func (l *loading) person(ctx context.Context, p *sen2.Person) error {
	if l.known != nil {
		who := l.known.find(p)
		switch {
		case who.at >= 0:
			return l.into(ctx, p, &l.known.children[who.at])
		case len(who.candidates) > 0:
			return l.wait(ctx, p, who)
		}
	}
	l.done.Made = append(l.done.Made, LoadLine{Person: p.Number, Who: strings.TrimSpace(p.Forename + " " + p.Surname)})
	n, err := l.newcomer(p)
	if err != nil {
		return err
	}
	if l.waiting = append(l.waiting, n); len(l.waiting) < together {
		return nil
	}
	return l.keep(ctx)
}

// newcomer makes a child of a person.
func (l *loading) newcomer(p *sen2.Person) (Newcomer, error) {
	story := sen2.Events(p, l.header)
	l.done.Findings = append(l.done.Findings, story.Findings...)
	n := Newcomer{Child: store.Child{
		ID: childID(l.digest, p.Number), Surname: p.Surname, Forename: p.Forename, Born: p.Born,
		UPN: p.UPN, ULN: p.ULN, LoadID: l.done.Load.ID,
		Sex: p.Sex, Postcode: p.PostCode, Need: p.PrimaryNeed(),
	}}
	text, err := sen2.Fragment(p, l.header.Year)
	if err != nil {
		return n, fmt.Errorf("person %d: %w", p.Number, err)
	}
	n.Returned = store.Returned{Year: l.header.Year, Person: text}
	if len(l.teams) > 0 {
		n.Child.Team = l.teams[p.Number%len(l.teams)]
	}
	for _, f := range slices.Concat(story.About, story.Facts) {
		n.Facts = append(n.Facts, store.Fact{Name: f.Name, Value: f.Value, Provenance: fmt.Sprintf("the %d SEN2 return of %s, person %d, %s", l.header.Year, l.header.LEA, p.Number, f.Item)})
	}
	for _, d := range story.Events {
		n.Entries = append(n.Entries, store.Entry{Entry: casework.Entry{Event: d.Event}, Provenance: d.Provenance})
	}
	return n, nil
}

// keep writes the newcomers that wait.
func (l *loading) keep(ctx context.Context) error {
	if len(l.waiting) == 0 {
		return nil
	}
	bulk := l.workOut(l.clock, l.closures, l.today(), l.waiting)
	l.done.Load.People, l.done.Load.Events = l.done.Load.People+bulk.Children, l.done.Load.Events+bulk.Events
	l.waiting = l.waiting[:0]
	return l.tx.AddBulk(ctx, bulk)
}

// A was is what a child was before a load added to them.
type was struct {
	Child    store.Child
	Returned *store.Returned
}

// into adds a person to a child of the record.
func (l *loading) into(ctx context.Context, p *sen2.Person, c *store.Child) error {
	s, err := l.stepInto(ctx, l.tx, l.clock, &l.header, p, c, l.closures)
	if err != nil {
		return err
	}
	l.done.Load.People++
	l.done.Load.Events += len(s.entries)
	l.done.Changed = append(l.done.Changed, s.changed...)
	l.done.Against = append(l.done.Against, s.against...)
	if len(s.changed)+len(s.against) == 0 {
		l.done.Same++
	}
	said, err := l.tx.ReturnedOf(ctx, c.ID)
	if err != nil {
		return err
	}
	before, err := json.Marshal(was{s.before, said})
	if err != nil {
		return err
	}
	kept := store.LoadChild{ID: c.ID, Before: string(before)}
	if len(s.entries) > 0 {
		if err := l.tx.Hold(ctx, c.ID); err != nil {
			return err
		}
		if err := l.tx.AddEvents(ctx, c.ID, s.entries); err != nil {
			return err
		}
		kept.First, kept.Last = s.kept+1, s.kept+len(s.entries)
	}
	if s.child != s.before {
		if err := l.tx.SetChild(ctx, &s.child); err != nil {
			return err
		}
	}
	// The record had its own events, so what the return said never stands alone.
	if err := l.tx.SetReturned(ctx, c.ID, store.Returned{Year: l.header.Year, Events: -1, Person: s.said}); err != nil {
		return err
	}
	if len(s.entries) > 0 || s.child.Born != s.before.Born {
		if err := l.worked(ctx, c, &s.child); err != nil {
			return err
		}
	}
	if err := l.tx.AddLoadChild(ctx, l.done.Load.ID, kept); err != nil {
		return err
	}
	*c = s.child
	return l.tx.Audit(ctx, "took in what a return says", string(c.ID), fmt.Sprintf("%s: %d added, %d contradicted", l.done.Load.Name, len(s.changed), len(s.against)))
}

// worked works a child's case out again.
func (l *loading) worked(ctx context.Context, c, now *store.Child) error {
	entries, err := l.tx.Journal(ctx, c.ID)
	if err != nil {
		return err
	}
	k := casework.Case{Born: now.Born, Closures: l.closures, Events: store.Events(entries).Events(0)}
	return l.setCase(ctx, l.tx, l.clock, c.ID, &k)
}

// wait keeps a person for somebody to say who they are.
func (l *loading) wait(ctx context.Context, p *sen2.Person, who match) error {
	var ids, names []string
	for _, i := range who.candidates {
		ids = append(ids, string(l.known.children[i].ID))
		names = append(names, l.known.children[i].Name())
	}
	l.done.Waiting = append(l.done.Waiting, LoadLine{Person: p.Number, Who: strings.TrimSpace(p.Forename + " " + p.Surname), Record: strings.Join(names, ", "), File: who.because})
	text, err := sen2.Fragment(p, l.header.Year)
	if err != nil {
		return fmt.Errorf("person %d: %w", p.Number, err)
	}
	return l.tx.AddLoadWaiting(ctx, l.done.Load.ID, store.LoadWaiting{N: p.Number, Person: text, Candidates: strings.Join(ids, " "), Because: who.because})
}

// childID names a child that a return brings. It is made from the file and the
// person's place in it, so the same file always makes the same record, and it
// tells nothing about the child.
func childID(digest []byte, number int) store.ChildID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%x person %d", digest, number))
	return store.ChildID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:16]))
}
