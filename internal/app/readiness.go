package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/sen2"
	"weald/internal/store"
	"weald/law"
)

// Readiness is what is done so that the statutory return is ready: it is built
// from the record, checked, its queries explained, and signed off by two people.
type Readiness struct {
	*Core
	LA string // the local authority's three-digit number

	lock sync.Mutex // guards what was last built, which pages ask for again and again
	last map[int]*Ready
}

// Ready is how the return of a year stands.
type Ready struct {
	Year   *sen2.Year
	Report *sen2.Report
	Left   int            // children who are not in it
	Found  []ReturnFound  // in order of check, then name
	Digest string         // of the people in it, so that what was signed is known
	from   uint64         // the state of the caseload that it was built from
	built  time.Time      // and when
	took   time.Duration  // to build and check
	index  map[string]int // findings by key
}

// A ReturnFound is a finding about the return with whose it is.
type ReturnFound struct {
	sen2.Finding
	Key       string // names it as long as it says the same
	Child     store.ChildID
	Name      string // the child's; "" for the return as a whole
	Officer   string
	OfficerID string
	Team      string
}

// Severest first.
var severityRank = map[sen2.Severity]int{sen2.Fault: 0, sen2.Query: 1, sen2.Note: 2}

// LatestReturn is the year of the latest return whose census day has come and
// whose shape is known.
func LatestReturn(today calendar.Date) int {
	year := 0
	for _, y := range sen2.Years() {
		if y.Known && (year == 0 || y.Census <= today) {
			year = y.Year
		}
	}
	return year
}

// soon is for how long a return that takes a while to build is shown though the
// record has changed since.
const soon = time.Minute

// Look returns how the return of a year stands. It is built again when the record
// has changed; if that takes more than a second, not more than once a minute.
func (a *Readiness) Look(ctx context.Context, by access.User, year int) (*Ready, error) {
	if err := may(by, access.ReturnLook); err != nil {
		return nil, err
	}
	return a.ready(ctx, year, soon)
}

func (a *Readiness) ready(ctx context.Context, year int, most time.Duration) (*Ready, error) {
	var state uint64
	if err := a.read(ctx, func(l *caseload) error { state = l.changes; return nil }); err != nil {
		return nil, err
	}
	a.lock.Lock()
	defer a.lock.Unlock()
	if last := a.last[year]; last != nil && (last.from == state || last.took > time.Second && time.Since(last.built) < most) {
		return last, nil
	}
	begun := time.Now()
	made, err := a.check(ctx, year)
	if err != nil {
		return nil, err
	}
	made.from, made.built, made.took = state, time.Now(), time.Since(begun)
	if a.last == nil {
		a.last = map[int]*Ready{}
	}
	a.last[year] = made
	return made, nil
}

// Header is the header of a return that is made at a moment.
func (a *Readiness) Header(written time.Time) sen2.Header {
	return sen2.Header{Collection: "SEN2", SourceLevel: "L", LEA: a.LA, Software: "Weald", Release: "0.1", Serial: "001", Written: written.In(London).Format("2006-01-02T15:04:05")}
}

// check builds the return and asks every check of it.
func (a *Readiness) check(ctx context.Context, year int) (*Ready, error) {
	w := Wanted{Year: year, Header: a.Header(time.Time{})}
	w.Header.Written = "" // so that the same people have the same digest
	built, err := (&Returns{Core: a.Core}).build(ctx, w)
	if err != nil {
		return nil, err
	}
	ready := &Ready{Year: sen2.InYear(year), Left: built.Left, index: map[string]int{}}
	c := sen2.NewChecker(built.Header, sen2.Options{LA: a.LA}, func(f sen2.Finding) { ready.Found = append(ready.Found, ReturnFound{Finding: f}) })
	for _, p := range built.People {
		c.Person(p.Person)
	}
	ready.Report = c.Finish()
	sum := sha256.New()
	if err := built.Write(sum); err != nil {
		return nil, err
	}
	ready.Digest = hex.EncodeToString(sum.Sum(nil))[:32]
	if err := a.read(ctx, func(l *caseload) error { ready.name(built, l); return nil }); err != nil {
		return nil, err
	}
	return ready, nil
}

// another is how a check speaks of another person of the return.
var another = regexp.MustCompile(`^Person (\d+) has`)

// name says whose each finding is.
func (r *Ready) name(built *Built, l *caseload) {
	for i := range r.Found {
		f := &r.Found[i]
		said := f.What
		if m := another.FindStringSubmatch(f.What); m != nil {
			if n, err := strconv.Atoi(m[1]); err == nil && n > 0 && n <= len(built.People) {
				p := built.People[n-1].Person
				f.What = strings.Replace(f.What, m[0], p.Forename+" "+p.Surname+" has", 1)
				said = string(built.People[n-1].ID)
			}
		}
		if f.Person > 0 {
			at := built.People[f.Person-1]
			f.Child, f.Name = at.ID, at.Person.Forename+" "+at.Person.Surname
			if slot, ok := l.slots[at.ID]; ok {
				line := l.lines[slot]
				f.OfficerID, f.Team = line.Officer, line.Team
				if p := l.people[line.Officer]; p != nil {
					f.Officer = p.Name
				}
			}
		} else {
			said = "" // a share changes every day, and the reason for it does not
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s %d %d %s %s", f.Check, f.Child, f.Element, f.Request, f.Index, f.Item, said))
		f.Key = hex.EncodeToString(sum[:12])
	}
	slices.SortStableFunc(r.Found, func(a, b ReturnFound) int {
		return cmp.Or(severityRank[a.Severity]-severityRank[b.Severity], cmp.Compare(a.Check, b.Check), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Child, b.Child))
	})
	for i := range r.Found {
		r.index[r.Found[i].Key] = i
	}
}

// Finding returns a finding by its key, or nil.
func (r *Ready) Finding(key string) *ReturnFound {
	if i, ok := r.index[key]; ok {
		return &r.Found[i]
	}
	return nil
}

// A ReturnAct is something that a person did about the return.
type ReturnAct = store.ReturnAct

// Acts are what people have done about a return, as it stands now.
type Acts struct {
	Notes      map[string]store.ReturnAct // what explains a finding, by its key, or every finding of a check, by its code
	Signed     []store.ReturnAct          // of the return as it is now, at most two
	Superseded []store.ReturnAct          // signatures of a return that the record no longer makes
}

// Note returns what explains a finding, or nil. An error is never explained.
func (a *Acts) Note(f *ReturnFound) *store.ReturnAct {
	if f.Severity == sen2.Fault {
		return nil
	}
	for _, key := range []string{f.Key, f.Check} {
		if n, ok := a.Notes[key]; ok {
			return &n
		}
	}
	return nil
}

// Acts returns what has been done about a return.
func (a *Readiness) Acts(ctx context.Context, by access.User, r *Ready) (acts *Acts, err error) {
	if err := may(by, access.ReturnLook); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		acts, err = actsOf(ctx, tx, r)
		return err
	})
	return acts, err
}

// What may be done about a return, as it is kept.
const (
	explained = "explained"
	withdrawn = "withdrawn"
	signed    = "signed"
	unsigned  = "unsigned"
)

func actsOf(ctx context.Context, tx *store.Tx, r *Ready) (*Acts, error) {
	all, err := tx.ReturnActs(ctx, r.Year.Year)
	if err != nil {
		return nil, err
	}
	back := map[string]bool{}
	for _, one := range all {
		if one.Act == withdrawn || one.Act == unsigned {
			back[one.Of] = true
		}
	}
	acts := &Acts{Notes: map[string]store.ReturnAct{}}
	for _, one := range all {
		switch {
		case back[one.ID]:
		case one.Act == explained:
			acts.Notes[one.Subject] = one
		case one.Act == signed && one.Subject == r.Digest:
			acts.Signed = append(acts.Signed, one)
		case one.Act == signed:
			acts.Superseded = append(acts.Superseded, one)
		}
	}
	return acts, nil
}

// NoteLengthOfReturn is the most characters that a note to a query may have.
const NoteLengthOfReturn = 1000

// Explain keeps a note that says why a query, or every query of a check, is so.
// It goes into the notes of the return. once names the sending: sent again,
// nothing more is kept.
func (a *Readiness) Explain(ctx context.Context, by access.User, year int, subject, note, once string) error {
	if err := may(by, access.ReturnNote); err != nil {
		return err
	}
	ready, err := a.ready(ctx, year, soon)
	if err != nil {
		return err
	}
	act := store.ReturnAct{ID: once, Year: year, Act: explained, Subject: subject, Note: note}
	said := subject
	if f := ready.Finding(subject); f != nil {
		if f.Severity == sen2.Fault {
			return &law.Refusal{Because: "An error must be put right. Only a query may stand with a note."}
		}
		act.Child, said = f.Child, f.Check+", "+f.Item
	} else if sen2.CheckNamed(subject) == nil {
		return ErrNotFound
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		added, err := tx.AddReturnAct(ctx, act)
		if err != nil {
			return err
		}
		what := "explained a query of the return"
		if !added {
			what = "sent a note to a query of the return again"
		}
		return tx.Audit(ctx, what, string(act.Child), fmt.Sprintf("%d, %s", year, said))
	})
}

// TakeBack takes a note or a signature back, with a reason. Both stay in the
// record.
func (a *Readiness) TakeBack(ctx context.Context, by access.User, id, why, once string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		of, err := tx.ReturnAct(ctx, id)
		if err != nil {
			return err
		}
		act := store.ReturnAct{ID: once, Year: of.Year, Act: withdrawn, Subject: of.Subject, Of: of.ID, Child: of.Child, Note: why}
		needs, said := access.ReturnNote, "took a note to a query of the return back"
		switch of.Act {
		case explained:
		case signed:
			needs, act.Act, said = access.ReturnSign, unsigned, "took a signature of the return back"
		default:
			return ErrNotFound
		}
		if err := may(by, needs); err != nil {
			return err
		}
		if _, err := tx.AddReturnAct(ctx, act); err != nil {
			return err
		}
		return tx.Audit(ctx, said, string(of.Child), fmt.Sprintf("%d: %s", of.Year, why))
	})
}

// Sign signs the return off as the person has seen it. Two people must: the
// second differs from the first, no error may stand, and the record must still
// make the return that was seen.
func (a *Readiness) Sign(ctx context.Context, by access.User, year int, digest, once string) error {
	if err := may(by, access.ReturnSign); err != nil {
		return err
	}
	ready, err := a.ready(ctx, year, 0)
	if err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		acts, err := actsOf(ctx, tx, ready)
		if err != nil {
			return err
		}
		switch {
		case slices.ContainsFunc(acts.Signed, func(s store.ReturnAct) bool { return s.ID == once }):
			return tx.Audit(ctx, "sent a signature of the return again", "", strconv.Itoa(year))
		case ready.Report.Errors > 0:
			return &law.Refusal{Because: fmt.Sprintf("The return cannot be signed off while errors stand: there are %d.", ready.Report.Errors)}
		case ready.Digest != digest:
			return &law.Refusal{Because: "The record has changed since you looked at the return. Look at it again before you sign."}
		case len(acts.Signed) >= 2:
			return &law.Refusal{Because: "Two people have signed this return already."}
		case slices.ContainsFunc(acts.Signed, func(s store.ReturnAct) bool { return s.ByID == by.ID }):
			return &law.Refusal{Because: "You have signed this return. The second signature must be another person’s."}
		}
		if _, err := tx.AddReturnAct(ctx, store.ReturnAct{ID: once, Year: year, Act: signed, Subject: digest}); err != nil {
			return err
		}
		return tx.Audit(ctx, "signed the return off", "", fmt.Sprintf("%d, %d people, digest %s", year, ready.Report.People, digest))
	})
}

// Out builds the return to be taken out, and keeps that it was.
func (a *Readiness) Out(ctx context.Context, by access.User, year int) (*Built, error) {
	built, err := (&Returns{Core: a.Core}).Build(ctx, by, Wanted{Year: year, Header: a.Header(time.Now())})
	if err != nil {
		return nil, err
	}
	return built, a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took out the return", "", fmt.Sprintf("%d: %d people", year, len(built.People)))
	})
}

// Listed keeps that what was found was taken out as a file.
func (a *Readiness) Listed(ctx context.Context, by access.User, r *Ready, n int, kind string) error {
	if err := may(by, access.ReturnLook); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		return tx.Audit(ctx, "took a list of what is found in the return out", "", fmt.Sprintf("%d: %d findings as %s", r.Year.Year, n, kind))
	})
}

// Act returns a note or a signature.
func (a *Readiness) Act(ctx context.Context, by access.User, id string) (act *store.ReturnAct, err error) {
	if err := may(by, access.ReturnLook); err != nil {
		return nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		act, err = tx.ReturnAct(ctx, id)
		return err
	})
	if err == nil && act.Act != explained && act.Act != signed {
		return nil, ErrNotFound
	}
	return act, err
}

// Why says who a child is, what the return of a year says of them, and why. That
// it was looked at is kept.
func (a *Readiness) Why(ctx context.Context, by access.User, id store.ChildID, year int) (*ReturnWhy, error) {
	if err := a.with(ctx, by, access.ReturnLook, id); err != nil {
		return nil, err
	}
	return (&Returns{Core: a.Core}).why(ctx, by, id, year)
}
