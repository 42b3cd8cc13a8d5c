package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/child"
	"weald/internal/store"
	"weald/law"
)

// What a request is made of, as the record keeps it.
type (
	// A Contact is somebody around a child.
	Contact = store.Contact
	// A Setting is a school, college or other place of education.
	Setting = store.Setting
)

// A Channel is how a request reached the local area.
type Channel struct{ Name, Label, From string }

// Channels is every channel.
var Channels = []Channel{
	{"email", "Email", "an email"}, {"phone", "Phone", "a phone call"}, {"letter", "Letter", "a letter"},
	{"portal", "Online form or portal", "an online form"}, {"in-person", "Face to face", "a conversation face to face"},
}

// A Request is somebody's request for an EHC needs assessment, as it is typed in.
type Request struct {
	Child    store.Child // all that is known of the child but the ID
	Contacts []store.Contact
	Received calendar.Date
	Source   string    // who asked, as the event says it
	Channel  Channel   // how it came
	Of       ChildID   // the child it is for, if they have a case; "" makes one
	Shown    []ChildID // cases that were looked at and are another child's
	Form     string    // names the form: however often it is sent, one case is made
}

// event is what the request records.
func (r *Request) event() (e casework.Event, err error) {
	e = casework.Happened(casework.RequestReceived, r.Received)
	if r.Source != "" {
		err = e.Set("source", r.Source)
	}
	return e, err
}

// An Allotment says to whom a new case goes, and why.
type Allotment struct {
	District string
	Team     string
	Officer  string // the ID; "" when there is nobody
	Why      string // in words
	Officers []Load // who may be chosen: the team first, each with their load
}

// allot finds to whom a new case goes: in the team that has the district's
// children, whoever is not away and has the fewest.
func (l *caseload) allot(c *store.Child) Allotment {
	a := Allotment{District: cmp.Or(c.District, l.districtOf(c))}
	district, known := l.words[wordDistrict].numbers[a.District]
	teams, children := make([]int, len(l.words[wordTeam].words)), make([]int, len(l.words[wordOfficer].words))
	whole := make([]int, len(teams))
	for slot := range l.cells {
		words := &l.cells[slot].words
		children[words[wordOfficer]]++
		whole[words[wordTeam]]++
		if known && district != 0 && words[wordDistrict] == district {
			teams[words[wordTeam]]++
		}
	}
	most := 0
	for n, count := range teams {
		if n > 0 && count > most {
			most, a.Team = count, l.words[wordTeam].words[n]
		}
	}
	for id, p := range l.people {
		if p.Role == string(access.Officer) {
			load := Load{Person: *p, Away: p.Away(l.today)}
			if n, has := l.words[wordOfficer].numbers[id]; has {
				load.Children = children[n]
			}
			a.Officers = append(a.Officers, load)
		}
	}
	slices.SortFunc(a.Officers, func(x, y Load) int {
		other := func(l Load) int { return boolInt(a.Team != "" && l.Team != a.Team) }
		return cmp.Or(other(x)-other(y), strings.Compare(x.Team, y.Team), cmp.Compare(x.Children, y.Children), strings.Compare(x.Name, y.Name), strings.Compare(x.ID, y.ID))
	})
	within := func(team bool) *Load {
		var best *Load
		for i := range a.Officers {
			o := &a.Officers[i]
			if !o.Away && (!team || o.Team == a.Team) && (best == nil || o.Children < best.Children) {
				best = o
			}
		}
		return best
	}
	switch best := within(a.Team != ""); {
	case best != nil && a.Team != "":
		a.Officer, a.Why = best.ID, fmt.Sprintf("%s team has %s, and of those not away %s has the fewest children: %d", a.Team, a.District, best.Name, best.Children)
	case best != nil:
		a.Officer, a.Team, a.Why = best.ID, best.Team, fmt.Sprintf("of those not away %s has the fewest children: %d", best.Name, best.Children)
	default:
		if best := within(false); best != nil {
			a.Why = fmt.Sprintf("everybody in %s team is away; elsewhere %s has the fewest children: %d", a.Team, best.Name, best.Children)
			a.Officer = best.ID
		} else if a.Team == "" {
			fewest := -1
			for n, team := range l.words[wordTeam].words {
				if n > 0 && (fewest < 0 || whole[n] < fewest) {
					fewest, a.Team = whole[n], team
				}
			}
		}
	}
	return a
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// districtOf guesses a child's district: where most children live whose
// postcodes begin alike, or else where the setting is.
func (l *caseload) districtOf(c *store.Child) string {
	if len(c.Postcode) > 3 {
		sector := c.Postcode[:len(c.Postcode)-2] // SW1A 1
		counts := make([]int, len(l.words[wordDistrict].words))
		best := 0
		for slot, line := range l.lines {
			if n := l.cells[slot].words[wordDistrict]; n != 0 && strings.HasPrefix(line.Postcode, sector) && len(line.Postcode) == len(c.Postcode) {
				if counts[n]++; counts[n] > counts[best] {
					best = int(n)
				}
			}
		}
		if best > 0 {
			return l.words[wordDistrict].words[best]
		}
	}
	if s := l.settings[c.Setting]; s != nil {
		return s.District
	}
	return ""
}

// AlreadyMade is returned when the record has come to hold a child who may be
// the one a request is for, and whom its sender has not been shown. Nothing was
// made.
type AlreadyMade struct{ Children []ChildID }

func (e *AlreadyMade) Error() string {
	return fmt.Sprintf("%d children who may be the same have come into the record", len(e.Children))
}

// Take records a request: in the case that it names, or in a new one. It returns
// the child's ID. The law, or a likely child not yet looked at, may refuse it:
// [law.Refusal], [AlreadyMade].
func (a *Casework) Take(ctx context.Context, by access.User, r *Request) (ChildID, error) {
	if err := may(by, access.CaseRecord); err != nil {
		return "", err
	}
	event, err := r.event()
	if err != nil {
		return "", err
	}
	if r.Of != "" {
		return r.Of, a.Record(ctx, by, r.Of, Recording{Event: event, Form: r.Form, Seen: Unseen, From: r.Channel.From})
	}
	id := childOf(r.Form)
	n, err := a.newcomer(ctx, r)
	if err != nil {
		return "", err
	}
	n.Child.ID, n.Entries = id, []store.Entry{{Entry: casework.Entry{Event: event}, Form: r.Form, Provenance: r.Channel.From}}
	return id, a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.HoldRequests(ctx); err != nil {
			return err
		}
		if _, err := tx.Child(ctx, id); err == nil {
			return tx.Audit(ctx, "sent again a request that was recorded", string(id), event.String())
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		if err := a.mustBeNew(ctx, tx, r); err != nil {
			return err
		}
		clock := casework.NewClock(a.practice)
		if no := clock.Record(&casework.Case{Born: r.Child.Born}, event, a.today()); no != nil {
			return no
		}
		last, err := tx.LastReference(ctx)
		if err != nil {
			return err
		}
		n.Child.Reference = nextReference(last)
		closures, err := tx.Closures(ctx)
		if err != nil {
			return err
		}
		if err := tx.AddBulk(ctx, a.workOut(clock, closures, a.today(), []Newcomer{n})); err != nil {
			return err
		}
		return tx.Audit(ctx, "made a case from a request", string(id), fmt.Sprintf("%s, from %s; reference %s", event.String(), r.Channel.From, n.Child.Reference))
	})
}

// newcomer is the child of a request with the district, team and person that the
// form left open.
func (a *Casework) newcomer(ctx context.Context, r *Request) (n Newcomer, err error) {
	n = Newcomer{Child: r.Child, Contacts: r.Contacts}
	err = a.read(ctx, func(l *caseload) error {
		to := l.allot(&r.Child)
		n.Child.District, n.Child.Team = to.District, to.Team
		n.Child.Officer = cmp.Or(r.Child.Officer, to.Officer)
		if p := l.people[n.Child.Officer]; p != nil {
			n.Child.Team = cmp.Or(p.Team, to.Team)
		} else if n.Child.Officer != "" {
			return &law.Refusal{Because: "Choose somebody who works in this local area."}
		}
		return nil
	})
	return n, err
}

// mustBeNew refuses a request for a child who has come into the record, or whom
// nobody has been shown.
func (a *Casework) mustBeNew(ctx context.Context, tx *store.Tx, r *Request) error {
	like, err := tx.ChildrenLike(ctx, &r.Child, cmp.Or(child.Turned(r.Child.Born), r.Child.Born))
	if err != nil {
		return err
	}
	entry := entryOf(&r.Child)
	var met []ChildID
	for i := range like {
		other := entryOf(&like[i])
		hit := child.Compare(&entry, &other)
		if (hit.Relation == child.SameChild || hit.Relation == child.PerhapsSame) && !slices.Contains(r.Shown, like[i].ID) {
			met = append(met, like[i].ID)
		}
	}
	if len(met) > 0 {
		return &AlreadyMade{met}
	}
	return nil
}

// childOf names the child that a form makes, so that sending it again makes no
// other.
func childOf(form string) ChildID {
	sum := sha256.Sum256([]byte("a child from the form " + form))
	return ChildID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10])))
}

// nextReference counts on from the last reference, in its own form.
func nextReference(last string) string {
	at := len(last)
	for at > 0 && last[at-1] >= '0' && last[at-1] <= '9' {
		at--
	}
	n, err := strconv.ParseUint(last[at:], 10, 62)
	if err != nil {
		return "SEND-000001"
	}
	return fmt.Sprintf("%s%0*d", last[:at], len(last)-at, n+1)
}

// Places is what a form about a child offers to choose from.
type Places struct {
	Settings  []store.Setting
	Districts []string
}

// Places returns the settings and districts of the local area.
func (a *Casework) Places(ctx context.Context, by access.User) (p Places, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return p, err
	}
	err = a.read(ctx, func(l *caseload) error {
		for _, s := range l.settings {
			p.Settings = append(p.Settings, *s)
		}
		p.Districts = slices.Clone(l.words[wordDistrict].words)
		return nil
	})
	slices.SortFunc(p.Settings, func(a, b store.Setting) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	p.Districts = slices.DeleteFunc(p.Districts, func(d string) bool { return d == "" })
	slices.Sort(p.Districts)
	return p, err
}
