package app

import (
	"context"
	"crypto/rand"
	"errors"
	"net/mail"
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
// the advice that was asked for. A link is to one entry of one child's journal.
// It is used up by sending and not by opening, because mail scanners open what
// is in letters.
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

// A Awaited is advice that is awaited, for which a link may be sent.
type Awaited struct {
	Event int // the entry by which it was asked for
	Body  string
	Asked calendar.Date
}

// wanted returns the advice that was asked for and has not come.
func wanted(journal casework.Journal) (all []Awaited) {
	for _, e := range journal {
		ev := e.Event
		if ev.Kind != casework.AdviceRequested || !journal.Live(e.Seq) {
			continue
		}
		came := false
		for _, later := range journal {
			came = came || later.Event.Kind == casework.AdviceReceived && journal.Live(later.Seq) && later.Event.Named() == ev.Named() && later.Event.On >= ev.On
		}
		if !came {
			all = append(all, Awaited{e.Seq, ev.Named(), ev.On})
		}
	}
	return all
}

// Of returns a child's links and the advice for which one may be sent.
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

// Make makes a link to one piece of advice and returns what sends it. The letter
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
				l.Body = w.Body
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
	m, err := message.Write("task", email, message.Task{Area: a.Area, Who: by.Name, Until: l.Until.Words(), Link: a.Address + "/task/" + token})
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
	Asked    calendar.Date
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
		t = &LinkTask{Link: *l}
		for _, w := range wanted(store.Events(entries)) {
			if w.Event == l.Event {
				t.Asked = w.Asked
			}
		}
		if t.Asked.IsZero() { // it came another way, or was corrected
			return ErrNotFound
		}
		child, err := tx.Child(ctx, l.Child)
		if err != nil {
			return err
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

// An Answer is what somebody with a link sends.
type Answer struct {
	Name string // theirs, and their job
	Text string // "": all is in the files
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

// Answer records that the advice has come, from whom, and uses the link up.
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
	event := casework.Happened(casework.AdviceReceived, a.today())
	if err := event.Set("body", t.Body); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.UseLink(ctx, id, answer.Name); err != nil {
			return err
		}
		if _, err := a.record(ctx, tx, t.Child, Recording{Event: event, Form: "link/" + id, Seen: Unseen, From: "a link sent to " + t.Email + ", by " + answer.Name}); err != nil {
			return err
		}
		if answer.Text != "" {
			if err := tx.AddNote(ctx, t.Child, "Advice from "+t.Body+", sent by "+answer.Name+" by a link:\n\n"+answer.Text); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, "answered by a link", string(t.Child), t.Body)
	})
}
