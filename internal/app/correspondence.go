package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/correspondence"
	"weald/internal/store"
	"weald/law"
)

// Correspondence is what people ask of the council about a child, and what the
// council's people answer.
type Correspondence struct{ *Core }

// Names of these used by pages.
type (
	// An Item is what somebody asked.
	Item = store.Item
	// An ItemStep is one thing that happened to an item.
	ItemStep = store.ItemStep
	// A WaitingItem is an item that nobody has answered.
	WaitingItem = store.Waiting
)

// An ItemFile is one item and how it stands.
type ItemFile struct {
	store.Item
	No    string // its number, by which pages name it
	State correspondence.State
	Has   string // who must answer, by name; "": nobody
}

// A CorrespondenceFile is what was asked about one child, the latest first.
type CorrespondenceFile struct {
	Child  store.Child
	Key    string // the reader's own name for the child
	Today  calendar.Date
	Items  []ItemFile
	People map[string]string // names of the council's people, by ID
	Next   *casework.Duty    // what the case itself says comes next, for an answer; nil: nothing
}

// Item returns the item with a number, or nil.
func (f *CorrespondenceFile) Item(no string) *ItemFile {
	for i := range f.Items {
		if f.Items[i].No == no {
			return &f.Items[i]
		}
	}
	return nil
}

// Waiting counts the items that wait, and those that wait too long.
func (f *CorrespondenceFile) Waiting() (waiting, late int) {
	for i := range f.Items {
		if s := &f.Items[i].State; s.Waiting {
			waiting++
			if s.Late(f.Today) {
				late++
			}
		}
	}
	return waiting, late
}

// Of returns what was asked about a child, to the council's people. That it was
// looked at is kept.
func (a *Correspondence) Of(ctx context.Context, by access.User, id ChildID) (f *CorrespondenceFile, err error) {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return nil, err
	}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		if f, err = a.file(ctx, tx, by, id); err != nil {
			return err
		}
		return tx.Audit(ctx, "looked at what was asked about the child", string(id), "")
	})
	return f, err
}

// Own returns what a person, or their organisation, asked about a child, by their
// own key of the child. What another of the family asked is theirs alone.
func (a *Correspondence) Own(ctx context.Context, by access.User, key string) (f *CorrespondenceFile, err error) {
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.MessageSend, key)
		if err != nil {
			return err
		}
		if f, err = a.file(ctx, tx, by, id); err != nil {
			return err
		}
		f.Items = slices.DeleteFunc(f.Items, func(i ItemFile) bool { return !asker(by, &i.Item) })
		return tx.Audit(ctx, "looked at what they asked about the child", string(id), by.Role.Label())
	})
	return f, err
}

// asker reports whether an item is a person's own, in the capacity in which they
// act.
func asker(by access.User, i *store.Item) bool {
	if by.Org != "" {
		return i.OrgID == by.Org
	}
	return i.OrgID == "" && i.PersonID == by.ID
}

func (a *Correspondence) file(ctx context.Context, tx *store.Tx, by access.User, id ChildID) (*CorrespondenceFile, error) {
	child, err := tx.Child(ctx, id)
	if err != nil {
		return nil, err
	}
	k, err := a.caseOf(ctx, tx, child)
	if err != nil {
		return nil, err
	}
	items, err := tx.Items(ctx, id)
	if err != nil {
		return nil, err
	}
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	reading := casework.NewClock(a.practice).Read(k, a.today())
	f := &CorrespondenceFile{Child: *child, Key: Key(by, id), Today: a.today(), People: council(people)}
	f.Next, _ = owed(&reading)
	for i := range items {
		one := ItemFile{Item: items[i], No: strconv.Itoa(items[i].N), State: a.stands(items[i].Moments())}
		one.Has = f.People[cmp.Or(one.Owner, child.Officer)]
		f.Items = append(f.Items, one)
	}
	slices.SortStableFunc(f.Items, func(x, y ItemFile) int { return cmp.Compare(urgency(&x.State), urgency(&y.State)) })
	return f, nil
}

// urgency puts what waits before what does not, and what is owed first first.
func urgency(s *correspondence.State) calendar.Date {
	if !s.Waiting {
		return calendar.On(9999, 1, 1)
	}
	return s.ReplyBy
}

func (a *Correspondence) stands(moments []correspondence.Moment) correspondence.State {
	return correspondence.Read(moments, correspondence.Promise, a.practice.Holidays)
}

// A Question is what somebody asks.
type Question struct {
	Item    string // the number of the item of which it is more; "": it is a new one
	Topic   correspondence.Topic
	Sender  correspondence.Sender // when staff write it down
	Person  string                // who asked, by name, when staff write it down
	Channel correspondence.Channel
	On      calendar.Date
	Words   string
}

// Ask keeps what somebody asks of the council on their own page, by their own key
// of the child. Sent twice, it is kept once.
func (a *Correspondence) Ask(ctx context.Context, by access.User, key string, q Question) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		id, err := a.find(ctx, tx, by, access.MessageSend, key)
		if err != nil {
			return err
		}
		s, err := a.standingIn(ctx, tx, by, access.MessageSend, id)
		if err != nil {
			return err
		}
		q.Person, q.Channel, q.On, q.Sender = by.Name, correspondence.Portal, a.today(), correspondence.Parent
		switch access.Decide(by, access.MessageSend, s).Relation {
		case access.Self:
			q.Sender = correspondence.YoungPerson
		case access.OnRoll, access.Consulted:
			q.Sender = correspondence.Setting
		case access.Helping:
			q.Sender = correspondence.Service
		}
		return a.ask(ctx, tx, by, id, &q, true)
	})
}

// Record writes down what somebody asked by telephone, email, letter or face to
// face, as on the day on which they did.
func (a *Correspondence) Record(ctx context.Context, by access.User, id ChildID, q Question) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error { return a.ask(ctx, tx, by, id, &q, false) })
}

func (a *Correspondence) ask(ctx context.Context, tx *store.Tx, by access.User, id ChildID, q *Question, own bool) error {
	q.Words, q.Person = strings.TrimSpace(q.Words), strings.TrimSpace(q.Person)
	if err := a.sound(q); err != nil {
		return err
	}
	if err := tx.Hold(ctx, id); err != nil {
		return err
	}
	f, err := a.file(ctx, tx, by, id)
	if err != nil {
		return err
	}
	item := f.Item(q.Item)
	switch {
	case item != nil && own && !asker(by, &item.Item):
		item = nil
		fallthrough
	case q.Item != "" && item == nil:
		return &law.Refusal{Because: "What you write to is not there any more. Write it as something new."}
	case slices.ContainsFunc(f.Items, func(i ItemFile) bool {
		return (q.Item == "" && i.Topic == q.Topic && i.Person == q.Person || i.No == q.Item) && saidAlready(&i.Item, by, q)
	}):
		return tx.Audit(ctx, "asked the same again", string(id), "kept once")
	}
	step := store.ItemStep{Moment: correspondence.Moment{Step: correspondence.Asked, On: q.On}, Channel: q.Channel, Words: q.Words}
	if item == nil {
		item = &ItemFile{Item: store.Item{Topic: q.Topic, Sender: q.Sender, Person: q.Person}}
		if own {
			item.PersonID, item.OrgID = by.ID, by.Org
		}
		if err := tx.AddItem(ctx, id, &item.Item); err != nil {
			return err
		}
	}
	after := a.stands(append(item.Moments(), step.Moment))
	return errors.Join(tx.AddItemStep(ctx, id, item.ID, &step, after), tx.Audit(ctx, "asked something about the child", string(id), q.Channel.Words()))
}

// saidAlready reports whether the last thing said in an item is the same words of
// the same person: a form that was sent twice.
func saidAlready(i *store.Item, by access.User, q *Question) bool {
	if len(i.Steps) == 0 {
		return false
	}
	last := i.Steps[len(i.Steps)-1]
	return last.Step == correspondence.Asked && last.ByID == by.ID && last.Words == q.Words && last.On == q.On
}

// sound refuses a question in which something is missing or cannot be.
func (a *Correspondence) sound(q *Question) error {
	switch {
	case q.Item == "" && q.Topic.Words() == "":
		return &law.Refusal{Because: "Choose what it is about."}
	case q.Words == "":
		return &law.Refusal{Because: "Write what is asked."}
	case utf8.RuneCountInString(q.Words) > NoteLength:
		return &law.Refusal{Because: "That is too long. Write 5,000 characters or fewer."}
	case q.Item == "" && q.Person == "":
		return &law.Refusal{Because: "Write who asks."}
	case q.Item == "" && q.Sender.Words() == "", q.Channel.Words() == "":
		return &law.Refusal{Because: "Choose who asks, and how."}
	case q.On.IsZero() || q.On > a.today():
		return &law.Refusal{Because: "The day must be today or one that has gone."}
	}
	return nil
}

// A Reply is what somebody of the council does about an item.
type Reply struct {
	Step    correspondence.Step
	Channel correspondence.Channel // how they were answered or rung
	Owner   string                 // to whom it is given, by ID
	Words   string
	Seen    int // how many steps the item had when whoever answers read it
}

// Act answers an item, notes something about it, gives it to somebody or settles
// it. It is refused when somebody else did something to it meanwhile, so that
// nobody is answered twice.
func (a *Correspondence) Act(ctx context.Context, by access.User, id ChildID, item string, with Reply) error {
	if err := a.with(ctx, by, access.CaseRecord, id); err != nil {
		return err
	}
	with.Words = strings.TrimSpace(with.Words)
	switch {
	case !slices.Contains([]correspondence.Step{correspondence.Answered, correspondence.Tried, correspondence.Noted, correspondence.Given, correspondence.Settled}, with.Step):
		return &law.Refusal{Because: "Choose what you do."}
	case with.Step == correspondence.Answered && with.Channel.Words() == "":
		return &law.Refusal{Because: "Choose how you answer."}
	case with.Words == "" && with.Step == correspondence.Answered:
		return &law.Refusal{Because: "Write what you answer. A receipt is no answer."}
	case with.Words == "" && with.Step == correspondence.Settled:
		return &law.Refusal{Because: "Say why it needs no answer. The person who asked sees it."}
	case with.Words == "" && with.Step == correspondence.Noted:
		return &law.Refusal{Because: "Write the note."}
	case utf8.RuneCountInString(with.Words) > NoteLength:
		return &law.Refusal{Because: "That is too long. Write 5,000 characters or fewer."}
	}
	return a.db.Write(ctx, by, func(tx *store.Tx) error {
		if err := tx.Hold(ctx, id); err != nil {
			return err
		}
		f, err := a.file(ctx, tx, by, id)
		if err != nil {
			return err
		}
		i := f.Item(item)
		switch {
		case i == nil:
			return ErrNotFound
		case len(i.Steps) != with.Seen:
			last := i.Steps[len(i.Steps)-1]
			return &law.Refusal{Because: "Something happened to this since you read it: " + last.By + " did something, or it was asked again. Read it and send yours again if it is still right."}
		case with.Step == correspondence.Settled && !i.State.Waiting:
			return &law.Refusal{Because: "Nothing waits for an answer there."}
		case with.Step == correspondence.Given && f.People[with.Owner] == "":
			return &law.Refusal{Because: "Choose somebody who works for the council."}
		}
		if with.Step != correspondence.Given {
			with.Owner = ""
		}
		step := store.ItemStep{Moment: correspondence.Moment{Step: with.Step, On: f.Today}, Channel: with.Channel, Owner: with.Owner, Words: with.Words}
		return errors.Join(tx.AddItemStep(ctx, id, i.ID, &step, a.stands(append(i.Moments(), step.Moment))),
			tx.Audit(ctx, "did something about what was asked", string(id), string(with.Step)))
	})
}
