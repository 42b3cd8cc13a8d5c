package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/correspondence"
)

// An Item of correspondence is what somebody asked of the council about a child.
type Item struct {
	ID       string
	N        int // its number among the child's
	Topic    correspondence.Topic
	Sender   correspondence.Sender
	PersonID string // who asked, when they sign in; "": they do not
	OrgID    string // the organisation for which they asked; "": none
	Person   string // who asked, by name
	Owner    string // to whom it was given, by ID; "": to whoever has the case
	Steps    []ItemStep
}

// An ItemStep is one thing that happened to an item.
type ItemStep struct {
	correspondence.Moment
	Channel  correspondence.Channel
	Owner    string // to whom it was given, by ID
	Words    string
	At       string
	ByID, By string
}

// Moments returns when what happened to an item, for [correspondence.Read].
func (i *Item) Moments() []correspondence.Moment {
	all := make([]correspondence.Moment, len(i.Steps))
	for k := range i.Steps {
		all[k] = i.Steps[k].Moment
	}
	return all
}

// AddItem keeps an item, without its steps.
func (t *Tx) AddItem(ctx context.Context, id ChildID, i *Item) error {
	const add = `INSERT INTO correspondence (id, child_id, n, topic, sender, person_id, org_id, person)
		VALUES ($1, $2, (SELECT coalesce(max(n), 0) + 1 FROM correspondence WHERE child_id = $2), $3, $4, $5, $6, $7)`
	i.ID = rand.Text()
	if _, err := t.tx.ExecContext(ctx, add, i.ID, id, i.Topic, i.Sender, i.PersonID, i.OrgID, i.Person); err != nil {
		return fmt.Errorf("keeping what somebody asked: %w", err)
	}
	return nil
}

// AddItemStep keeps what happened to an item of a child's, and how it stands
// after that.
func (t *Tx) AddItemStep(ctx context.Context, id ChildID, item string, s *ItemStep, after correspondence.State) error {
	const add = `INSERT INTO correspondence_steps (id, child_id, item_id, n, step, step_on, channel, owner_id, words, at, by_id, by_name)
		VALUES ($1, $2, $3, (SELECT coalesce(max(n), 0) + 1 FROM correspondence_steps WHERE child_id = $2), $4, $5, $6, $7, $8, $9, $10, $11)`
	const set = `UPDATE correspondence SET waits_since = $1, reply_by = $2, again = $3, owner_id = CASE WHEN $4 = '' THEN owner_id ELSE $4 END WHERE id = $5 AND child_id = $6`
	words := t.keys.seal("correspondence_steps", "words", id, s.Words)
	if _, err := t.tx.ExecContext(ctx, add, rand.Text(), id, item, s.Step, s.On, s.Channel, s.Owner, words, instant(t.at), t.by.ID, t.by.Name); err != nil {
		return fmt.Errorf("keeping what happened to what somebody asked: %w", err)
	}
	if _, err := t.tx.ExecContext(ctx, set, dayOrNone(after.Since), dayOrNone(after.ReplyBy), after.Again, s.Owner, item, id); err != nil {
		return fmt.Errorf("keeping how what somebody asked stands: %w", err)
	}
	return nil
}

// dayOrNone writes a day as its column has it: "" for none.
func dayOrNone(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

const (
	itemsOf     = `SELECT id, n, topic, sender, person_id, org_id, person, owner_id FROM correspondence WHERE child_id = $1 ORDER BY n DESC`
	itemStepsOf = `SELECT item_id, step, step_on, channel, owner_id, words, at, by_id, by_name FROM correspondence_steps WHERE child_id = $1 ORDER BY n`
)

// Items returns what was asked about a child, the latest first, each with its
// steps, the first first.
func (t *Tx) Items(ctx context.Context, id ChildID) (all []Item, err error) {
	at := map[string]int{}
	err = t.each(ctx, itemsOf, []any{id}, func(rows *sql.Rows) error {
		var i Item
		err := rows.Scan(&i.ID, &i.N, &i.Topic, &i.Sender, &i.PersonID, &i.OrgID, &i.Person, &i.Owner)
		at[i.ID] = len(all)
		all = append(all, i)
		return err
	})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	err = t.each(ctx, itemStepsOf, []any{id}, func(rows *sql.Rows) error {
		var item string
		var s ItemStep
		if err := rows.Scan(&item, &s.Step, &s.On, &s.Channel, &s.Owner, &s.Words, &s.At, &s.ByID, &s.By); err != nil {
			return err
		}
		i := &all[at[item]]
		i.Steps = append(i.Steps, s)
		return t.keys.openAll("correspondence_steps", id, []string{"words"}, &i.Steps[len(i.Steps)-1].Words)
	})
	return all, err
}

// A Waiting item is one that nobody has answered.
type Waiting struct {
	ID             string
	Child          ChildID
	Name           string
	N              int
	Topic          correspondence.Topic
	Sender         correspondence.Sender
	Person         string
	Since, ReplyBy calendar.Date
	Again          int
	Owner          string // who must answer, by ID: to whom it was given, or who has the case; "": nobody
}

// Nobody stands in a [WaitingFilter] for items that nobody has.
const Nobody = "nobody"

// A WaitingFilter picks items that wait.
type WaitingFilter struct {
	Owner  string // an ID, or Nobody; "": everybody's
	Sender correspondence.Sender
	Topic  correspondence.Topic
	Before calendar.Date // owed before this day; zero: whenever
	Hidden []ChildID     // whom the reader may not see

	AfterReplyBy calendar.Date // where the page begins: after this item
	AfterID      string
	Limit        int // 0: all
}

const hasIt = `CASE WHEN c.owner_id <> '' THEN c.owner_id ELSE coalesce(k.officer_id, '') END`

// where writes a filter as SQL, with its arguments.
func (f *WaitingFilter) where() (string, []any) {
	var b strings.Builder
	var args []any
	b.WriteString(` FROM correspondence c JOIN children k ON k.id = c.child_id WHERE c.reply_by <> ''`)
	and := func(condition string, values ...any) {
		for _, v := range values {
			args = append(args, v)
			condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(args)), 1)
		}
		b.WriteString(" AND " + condition)
	}
	switch f.Owner {
	case "":
	case Nobody:
		and(hasIt + ` = ''`)
	default:
		and(hasIt+` = ?`, f.Owner)
	}
	if f.Sender != "" {
		and(`c.sender = ?`, f.Sender)
	}
	if f.Topic != "" {
		and(`c.topic = ?`, f.Topic)
	}
	if !f.Before.IsZero() {
		and(`c.reply_by < ?`, f.Before)
	}
	for _, id := range f.Hidden {
		and(`c.child_id <> ?`, id)
	}
	if f.AfterID != "" {
		and(`(c.reply_by > ? OR c.reply_by = ? AND c.id > ?)`, f.AfterReplyBy, f.AfterReplyBy, f.AfterID)
	}
	return b.String(), args
}

// EachWaiting calls f with each item that waits and that a filter picks, what is
// owed first first.
func (t *Tx) EachWaiting(ctx context.Context, filter WaitingFilter, f func(*Waiting) error) error {
	where, args := filter.where()
	query := `SELECT c.id, c.child_id, k.forename || ' ' || k.surname, c.n, c.topic, c.sender, c.person, c.waits_since, c.reply_by, c.again, ` + hasIt + where + ` ORDER BY c.reply_by, c.id`
	if filter.Limit > 0 {
		query += ` LIMIT ` + strconv.Itoa(filter.Limit)
	}
	return t.each(ctx, query, args, func(rows *sql.Rows) error {
		var w Waiting
		if err := rows.Scan(&w.ID, &w.Child, &w.Name, &w.N, &w.Topic, &w.Sender, &w.Person, &w.Since, &w.ReplyBy, &w.Again, &w.Owner); err != nil {
			return err
		}
		return f(&w)
	})
}

// A WaitingCount is how many items wait.
type WaitingCount struct{ All, Late, Nobody, Mine int }

// CountWaiting counts the items that a filter picks: all, those owed before a
// day, those that nobody has, and those that one person has.
func (t *Tx) CountWaiting(ctx context.Context, filter WaitingFilter, today calendar.Date, me string) (n WaitingCount, err error) {
	filter.AfterID = ""
	where, args := filter.where()
	day, whose := "$"+strconv.Itoa(len(args)+1), "$"+strconv.Itoa(len(args)+2)
	query := `SELECT count(*), coalesce(sum(CASE WHEN c.reply_by < ` + day + ` THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN ` + hasIt + ` = '' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN ` + hasIt + ` = ` + whose + ` THEN 1 ELSE 0 END), 0)`
	err = t.tx.QueryRowContext(ctx, query+where, append(args, today, me)...).Scan(&n.All, &n.Late, &n.Nobody, &n.Mine)
	return n, err
}
