package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/message"
	"weald/internal/store"
	"weald/law"
)

// Links is how somebody without an account does one task: a professional gives
// the advice that was asked for, or a setting that is consulted answers. A link is
// to one entry of one child's journal. It is used up by sending and not by
// opening, because mail scanners open what is in letters.
type Links struct {
	*Core
	Documents *Documents
	Send      message.Sender
	Area      string
	Address   string // of the service
	Days      int    // for how many days a link works
}

// LinkDays is for how many days a link works, unless the local area says
// otherwise: the six weeks in which advice is to be given, and one more. It is
// Weald's own choice and no rule of law.
const LinkDays = 49

// A Link is by what somebody without an account does one task, once.
type Link = store.Link

// An Awaited is what somebody was asked for and has not sent: advice, or a
// setting's answer. A link may be sent for it.
type Awaited struct {
	Event int           // the entry by which it was asked for
	Asks  casework.Kind // AdviceRequested or SchoolConsulted
	Body  string
	Asked calendar.Date
}

// Consults reports whether a setting is asked whether it can meet the needs.
func (w *Awaited) Consults() bool { return w.Asks == casework.SchoolConsulted }

// answers is what answers each event by which somebody is asked for something.
var answers = map[casework.Kind]casework.Kind{casework.AdviceRequested: casework.AdviceReceived, casework.SchoolConsulted: casework.SchoolResponded}

// wanted returns what was asked for and has not come.
func wanted(journal casework.Journal) (all []Awaited) {
	for _, e := range journal {
		ev := e.Event
		comes, asks := answers[ev.Kind]
		if !asks || !journal.Live(e.Seq) {
			continue
		}
		came := false
		for _, later := range journal {
			came = came || later.Event.Kind == comes && journal.Live(later.Seq) && later.Event.Named() == ev.Named() && later.Event.On >= ev.On
		}
		if !came {
			all = append(all, Awaited{e.Seq, ev.Kind, ev.Named(), ev.On})
		}
	}
	return all
}

// Of returns a child's links and what one may be sent for.
func (a *Links) Of(ctx context.Context, by access.User, id ChildID) (links []Link, open []Awaited, err error) {
	if err := a.with(ctx, by, access.CaseSee, id); err != nil {
		return nil, nil, err
	}
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		if _, err := tx.Child(ctx, id); err != nil {
			return err
		}
		entries, err := tx.Journal(ctx, id)
		if err != nil {
			return err
		}
		open = wanted(store.Events(entries))
		links, err = tx.LinksOf(ctx, id)
		return err
	})
	return links, open, err
}

// Make makes a link to what is awaited and returns what sends it. The letter
// names no child.
func (a *Links) Make(ctx context.Context, by access.User, id ChildID, event int, email string) (send func(context.Context) error, err error) {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return nil, err
	}
	if one, err := mail.ParseAddress(email); err != nil || one.Address != email {
		return nil, &law.Refusal{Because: "“" + email + "” is not an email address like name@example.com."}
	}
	token := rand.Text() + rand.Text()
	l := Link{ID: rand.Text(), Child: id, Event: event, Email: email, Until: a.today().AddDays(a.Days)}
	var asked Awaited
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		entries, err := tx.Journal(ctx, id)
		if err != nil {
			return err
		}
		for _, w := range wanted(store.Events(entries)) {
			if w.Event == event {
				l.Body, asked = w.Body, w
			}
		}
		if l.Body == "" {
			return &law.Refusal{Because: "Nothing is awaited from them any more, or the request does not say from whom."}
		}
		return errors.Join(tx.AddLink(ctx, &l, quickDigest(token)), tx.Audit(ctx, "sent a link for one task", string(id), l.Body+", to "+email+", until "+l.Until.Words()))
	})
	if err != nil {
		return nil, err
	}
	wording := "task"
	if asked.Consults() {
		wording = "consultation"
	}
	m, err := message.Write(wording, email, message.Task{Area: a.Area, Who: by.Name, Until: l.Until.Words(), Link: a.Address + "/task/" + token})
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context) error { return a.Send.Send(ctx, m) }, nil
}

// Revoke makes a link work no more.
func (a *Links) Revoke(ctx context.Context, by access.User, id ChildID, link string) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.RevokeLink(ctx, id, link); err != nil {
			return err
		}
		return tx.Audit(ctx, "revoked a link for one task", string(id), "")
	})
}

// A LinkTask is what somebody with a link is asked to do.
type LinkTask struct {
	Link
	Forename string // of the child, and no more of the name than its first letter
	Initial  string
	Asked    Awaited
	Due      calendar.Date // zero: none can be counted
	Rule     *law.Rule     // that sets it
	Plan     int           // the version that a consulted setting may read; 0: there is none in words
}

// Open returns the task of a link that works: by its secret part, as the letter
// has it. Nothing is used up by it.
func (a *Links) Open(ctx context.Context, token string) (*LinkTask, error) {
	return a.task(ctx, func(tx *store.Tx) (*store.Link, error) { return tx.LinkWithDigest(ctx, quickDigest(token)) })
}

// Task returns the task of a link that works, by the link's ID.
func (a *Links) Task(ctx context.Context, id string) (*LinkTask, error) {
	return a.task(ctx, func(tx *store.Tx) (*store.Link, error) { return tx.Link(ctx, id) })
}

func (a *Links) task(ctx context.Context, find func(*store.Tx) (*store.Link, error)) (t *LinkTask, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		l, err := find(tx)
		if err != nil {
			return err
		}
		if !l.Live(a.today()) {
			return ErrNotFound
		}
		entries, err := tx.Journal(ctx, l.Child)
		if err != nil {
			return err
		}
		journal := store.Events(entries)
		t = &LinkTask{Link: *l}
		for _, w := range wanted(journal) {
			if w.Event == l.Event {
				t.Asked = w
			}
		}
		if t.Asked.Event == 0 { // it came another way, or was corrected
			return ErrNotFound
		}
		child, err := tx.Child(ctx, l.Child)
		if err != nil {
			return err
		}
		k, err := a.caseWith(ctx, tx, child, journal)
		if err != nil {
			return err
		}
		reading := casework.NewClock(a.practice).Read(k, a.today())
		for i := range reading.Duties {
			d := &reading.Duties[i]
			if is := d.Rule.ID == casework.GiveAdvice.ID || d.Rule.ID == casework.AnswerConsultation.ID; is && d.Of == t.Body && d.Start == t.Asked.Asked {
				t.Due, t.Rule = d.Due, d.Rule
			}
		}
		if t.Asked.Consults() {
			if t.Plan, err = consultedOn(ctx, tx, l.Child, entries); err != nil {
				return err
			}
		}
		t.Forename = child.Forename
		if r, _ := utf8.DecodeRuneInString(child.Surname); r != utf8.RuneError {
			t.Initial = string(r)
		}
		return nil
	})
	return t, err
}

// opener is the name in which somebody with a link acts. It says how they came,
// and they hold no permission: what they may do is the link's one task.
func opener(l *store.Link, name string) access.User {
	if name = strings.TrimSpace(name); name == "" {
		name = "Somebody"
	}
	return access.User{ID: "link/" + l.ID, Name: name + " (by a link)"}
}

// nameLength is how long somebody's name and job may be together, in characters.
const nameLength = 120

// consultedOn returns which version of the plan is sent with a consultation (CFA
// 2014, section 39(2)): the last that was issued, as a draft or final; 0: none.
func consultedOn(ctx context.Context, tx *store.Tx, id ChildID, journal []Entry) (version int, err error) {
	versions, err := tx.Plans(ctx, id) // the latest first
	if err != nil {
		return 0, err
	}
	for _, v := range versions {
		if is := issuedBy(v, journal); is.Issued() && !is.Struck {
			return is.Version, nil
		}
	}
	return 0, nil
}

// Plan returns the plan that a setting is consulted on, to whoever has the link
// to the consultation. That it was opened is kept.
func (a *Links) Plan(ctx context.Context, id string) (f *PlanFile, err error) {
	t, err := a.Task(ctx, id)
	if err != nil {
		return nil, err
	}
	if t.Plan == 0 {
		return nil, ErrNotFound
	}
	err = a.db.Write(ctx, opener(&t.Link, t.Body), func(tx *store.Tx) error {
		if f, err = (&Plans{Core: a.Core}).open(ctx, tx, t.Child, t.Plan); err != nil {
			return err
		}
		return tx.Audit(ctx, "opened the plan", string(t.Child), fmt.Sprintf("version %d, by a link, as a setting that is consulted", t.Plan))
	})
	return f, err
}

// An Answer is what somebody with a link sends.
type Answer struct {
	Name   string // theirs, and their job
	Text   string // "": all is in the files
	Can    string // CanMeet or CannotMeet: what a setting that is consulted says
	Ground string // why it cannot, as casework.ConsultationGrounds names it
}

// What a setting that is consulted says of the child's needs.
var (
	CanMeet    = casework.Yes.String()
	CannotMeet = casework.No.String()
)

// event is what an answer records.
func (a *Answer) event(t *LinkTask, on calendar.Date) (casework.Event, error) {
	if !t.Asked.Consults() {
		e := casework.Happened(casework.AdviceReceived, on)
		return e, e.Set("body", t.Body)
	}
	e := casework.Happened(casework.SchoolResponded, on)
	switch {
	case a.Can != CanMeet && a.Can != CannotMeet:
		return e, &law.Refusal{Because: "Say whether you can meet the needs."}
	case a.Can == CannotMeet && !slices.ContainsFunc(casework.ConsultationGrounds, func(g casework.Value) bool { return g.String() == a.Ground }):
		return e, &law.Refusal{Because: "Say why you cannot meet the needs."}
	}
	err := errors.Join(e.Set("setting", t.Body), e.Set("answer", a.Can))
	if a.Can == CannotMeet {
		err = errors.Join(err, e.Set("ground", a.Ground))
	}
	return e, err
}

// AttachTo keeps files that somebody with a link sends, with the request that
// they answer.
func (a *Links) AttachTo(ctx context.Context, id, name string, next func() (Upload, error)) ([]Attached, error) {
	t, err := a.Task(ctx, id)
	if err != nil {
		return nil, err
	}
	return a.Documents.attachAll(ctx, opener(&t.Link, name), t.Child, t.Event, next)
}

// Answer records what was sent, from whom, and uses the link up.
func (a *Links) Answer(ctx context.Context, id string, answer Answer) error {
	answer.Name, answer.Text = strings.TrimSpace(answer.Name), strings.TrimSpace(strings.ReplaceAll(answer.Text, "\r\n", "\n"))
	if n := utf8.RuneCountInString(answer.Name); n == 0 || n > nameLength {
		return &law.Refusal{Because: "Give your name and your job, in at most 120 characters."}
	}
	if utf8.RuneCountInString(answer.Text) > NoteLength {
		return &law.Refusal{Because: "What you wrote is too long. Send it as a file."}
	}
	t, err := a.Task(ctx, id)
	if err != nil {
		return err
	}
	by := opener(&t.Link, answer.Name)
	event, err := answer.event(t, a.today())
	if err != nil {
		return err
	}
	what := "Advice from "
	if t.Asked.Consults() {
		what = "Answer of "
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.UseLink(ctx, id, answer.Name); err != nil {
			return err
		}
		if _, err := a.record(ctx, tx, t.Child, Recording{Event: event, Form: "link/" + id, Seen: Unseen, From: "a link sent to " + t.Email + ", by " + answer.Name}); err != nil {
			return err
		}
		if answer.Text != "" {
			if err := tx.AddNote(ctx, t.Child, what+t.Body+", sent by "+answer.Name+" by a link:\n\n"+answer.Text); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "answered by a link", string(t.Child), t.Body)
	})
}
