package app

import (
	"context"
	"fmt"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/correspondence"
	"weald/internal/store"
)

// InboxPage is how many items a page of the inbox has.
const InboxPage = 50

// An InboxFilter picks what waits for an answer.
type InboxFilter struct {
	Owner  string // an ID, [Nobody], or "" for everybody's
	Sender correspondence.Sender
	Topic  correspondence.Topic
	Late   bool   // only what is overdue
	After  string // where the page begins, as [Inbox.Next] says
	All    bool   // one page with everything, for a file
}

// Nobody stands in a filter for what nobody has.
const Nobody = store.Nobody

// An Inbox is what waits for an answer, what is owed first first.
type Inbox struct {
	Today  calendar.Date
	Rows   []store.Waiting
	People map[string]string // the council's people, by ID
	Fits   int               // how many fit the filter
	All    int               // how many wait in all
	Late   int               // of all, how many are overdue
	Nobody int               // of all, how many nobody has
	Mine   int               // of all, how many the reader must answer
	Next   string            // where the next page begins; "": there is none
}

// Inbox returns what waits for an answer, of the children whom a person may see.
// That it was looked at is kept.
func (a *Correspondence) Inbox(ctx context.Context, by access.User, filter InboxFilter) (box *Inbox, err error) {
	if err := may(by, access.CaseRecord); err != nil {
		return nil, err
	}
	box = &Inbox{Today: a.today()}
	err = a.db.Write(ctx, by, func(tx *store.Tx) error {
		restrictions, err := tx.Restrictions(ctx, box.Today)
		if err != nil {
			return err
		}
		f := store.WaitingFilter{Hidden: restrictions.Hidden(by.ID)}
		n, err := tx.CountWaiting(ctx, f, box.Today, by.ID)
		if err != nil {
			return err
		}
		box.All, box.Late, box.Nobody, box.Mine = n.All, n.Late, n.Nobody, n.Mine
		f.Owner, f.Sender, f.Topic = filter.Owner, filter.Sender, filter.Topic
		if filter.Late {
			f.Before = box.Today
		}
		if box.Fits = box.All; filter.Owner != "" || filter.Sender != "" || filter.Topic != "" || filter.Late {
			if n, err = tx.CountWaiting(ctx, f, box.Today, by.ID); err != nil {
				return err
			}
			box.Fits = n.All
		}
		if !filter.All {
			f.Limit = InboxPage + 1
		}
		if on, id, ok := strings.Cut(filter.After, "."); ok {
			if f.AfterReplyBy, err = calendar.Parse(on); err == nil {
				f.AfterID = id
			}
		}
		err = tx.EachWaiting(ctx, f, func(w *store.Waiting) error { box.Rows = append(box.Rows, *w); return nil })
		if err != nil {
			return err
		}
		if !filter.All && len(box.Rows) > InboxPage {
			box.Rows = box.Rows[:InboxPage]
			last := box.Rows[InboxPage-1]
			box.Next = last.ReplyBy.String() + "." + last.ID
		}
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		box.People = council(people)
		return tx.Audit(ctx, "looked at what waits for an answer", "", fmt.Sprintf("%d items", len(box.Rows)))
	})
	return box, err
}

// council returns the names of those people who may be given something to answer,
// by ID.
func council(people []store.Person) map[string]string {
	all := map[string]string{}
	for _, p := range people {
		if (access.User{ID: p.ID, Role: access.Role(p.Role)}).May(access.CaseRecord) {
			all[p.ID] = p.Name
		}
	}
	return all
}
