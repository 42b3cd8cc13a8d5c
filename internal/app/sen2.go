package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/sen2"
	"weald/internal/store"
)

// Returns is what is done with statutory returns.
type Returns struct{ *Core }

// A Loaded is what loading a return did.
type Loaded struct {
	Load     store.Load
	Already  bool // the same file had been loaded before, so nothing was changed
	Findings []sen2.Finding
}

// Load reads a SEN2 return into the record: a child for each person, with
// lawful events that say where they came from. Either all of it is kept or
// nothing is. A file loaded before, byte for byte, is not loaded again.
//
// The children are spread over the teams named, if any, because a return does
// not say who has whom.
func (a *Returns) Load(ctx context.Context, by access.User, name string, file io.ReadSeeker, teams []string) (*Loaded, error) {
	if err := may(by, access.ReturnLoad); err != nil {
		return nil, err
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return nil, fmt.Errorf("reading the return: %w", err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading the return: %w", err)
	}
	digest := hash.Sum(nil)
	done := &Loaded{Load: store.Load{ID: rand.Text(), Name: name, Digest: hex.EncodeToString(digest)}}
	err := a.db.Write(ctx, by, func(tx *store.Tx) error {
		before, err := tx.LoadWithDigest(ctx, done.Load.Digest)
		if err == nil {
			done.Load, done.Already = *before, true
			return tx.Audit(ctx, "tried to load a return again", before.ID, name)
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return a.load(ctx, tx, done, digest, file, teams)
	})
	if err != nil {
		return nil, err
	}
	return done, nil
}

func (a *Returns) load(ctx context.Context, tx *store.Tx, done *Loaded, digest []byte, file io.ReadSeeker, teams []string) error {
	for _, team := range teams {
		if err := tx.AddTeam(ctx, rand.Text(), team); err != nil {
			return err
		}
	}
	closures, err := tx.Closures(ctx)
	if err != nil {
		return err
	}
	// Each person's events are told with the header's year, so it is read first,
	// wherever in the file it stands.
	header, err := sen2.ReadHeader(file)
	if err != nil {
		return err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("reading the return: %w", err)
	}
	done.Load.Year, done.Load.Authority = header.Year, header.LEA
	if err := tx.AddLoad(ctx, &done.Load); err != nil {
		return err
	}
	clock := casework.NewClock(a.practice)
	var waiting []Newcomer
	keep := func() error {
		bulk := a.workOut(clock, closures, a.today(), waiting)
		done.Load.People, done.Load.Events = done.Load.People+bulk.Children, done.Load.Events+bulk.Events
		waiting = waiting[:0]
		return tx.AddBulk(ctx, bulk)
	}
	_, findings, err := sen2.Read(file, func(p *sen2.Person) error {
		story := sen2.Events(p, header)
		done.Findings = append(done.Findings, story.Findings...)
		n := Newcomer{Child: store.Child{
			ID: childID(digest, p.Number), Surname: p.Surname, Forename: p.Forename, Born: p.Born,
			UPN: p.UPN, ULN: p.ULN, LoadID: done.Load.ID,
			Sex: p.Sex, Postcode: p.PostCode, Need: p.PrimaryNeed(),
		}}
		text, err := sen2.Fragment(p, header.Year)
		if err != nil {
			return fmt.Errorf("person %d: %w", p.Number, err)
		}
		n.Returned = store.Returned{Year: header.Year, Person: text}
		if len(teams) > 0 {
			n.Child.Team = teams[p.Number%len(teams)]
		}
		for _, f := range slices.Concat(story.About, story.Facts) {
			n.Facts = append(n.Facts, store.Fact{Name: f.Name, Value: f.Value, Provenance: fmt.Sprintf("the %d SEN2 return of %s, person %d, %s", header.Year, header.LEA, p.Number, f.Item)})
		}
		for _, d := range story.Events {
			n.Entries = append(n.Entries, store.Entry{Entry: casework.Entry{Event: d.Event}, Provenance: d.Provenance})
		}
		if waiting = append(waiting, n); len(waiting) < together {
			return nil
		}
		return keep()
	})
	if err != nil {
		return err
	}
	if err := keep(); err != nil {
		return err
	}
	done.Findings = append(findings, done.Findings...)
	if err := tx.CountLoad(ctx, &done.Load); err != nil {
		return err
	}
	return tx.Audit(ctx, "loaded a return", done.Load.ID, fmt.Sprintf("%s: %d people, %d events", done.Load.Name, done.Load.People, done.Load.Events))
}

// childID names a child that a return brings. It is made from the file and the
// person's place in it, so the same file always makes the same record, and it
// tells nothing about the child.
func childID(digest []byte, number int) store.ChildID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%x person %d", digest, number))
	return store.ChildID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:16]))
}
