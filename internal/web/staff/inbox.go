package staff

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"weald/domain/correspondence"
	"weald/internal/app"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

const inboxPart = "/inbox"

// An inboxView is what waits for an answer and fits a filter.
type inboxView struct {
	*app.Inbox
	Filter app.InboxFilter
	Query  url.Values
	Me     string
}

// mine stands in the address of the inbox for the reader.
const mine = "me"

func readInboxFilter(q url.Values, me string) app.InboxFilter {
	f := app.InboxFilter{Owner: q.Get("whose"), Sender: correspondence.Sender(q.Get("sender")), Topic: correspondence.Topic(q.Get("topic")), Late: q.Get("late") != "", After: q.Get("after")}
	if f.Owner == mine {
		f.Owner = me
	}
	return f
}

// Inbox lists what waits for an answer.
func (p *Pages) Inbox(w http.ResponseWriter, r *http.Request) error {
	u := UserOf(r.Context())
	v := &inboxView{Filter: readInboxFilter(r.URL.Query(), u.ID), Query: r.URL.Query(), Me: u.ID}
	var err error
	if v.Inbox, err = p.Asked.Inbox(r.Context(), u, v.Filter); err != nil {
		return err
	}
	return show(w, r, http.StatusOK, inboxPage(p.frame(u, "Inbox", inboxPart), v))
}

func (v *inboxView) whose() []govuk.Option {
	all := []govuk.Option{{Text: "Everybody’s"}, {Value: mine, Text: "Mine"}, {Value: app.Nobody, Text: "Nobody’s"}}
	for _, id := range sortedByName(v.People) {
		if id != v.Me {
			all = append(all, govuk.Option{Value: id, Text: v.People[id]})
		}
	}
	return all
}

func (v *inboxView) filtered() bool {
	return v.Filter.Owner != "" || v.Filter.Sender != "" || v.Filter.Topic != "" || v.Filter.Late
}

// link is the inbox with the filter in use, from an item on or as a file.
func (v *inboxView) link(ending, after string) string {
	q := url.Values{}
	for _, name := range []string{"whose", "sender", "topic", "late"} {
		if value := v.Query.Get(name); value != "" {
			q.Set(name, value)
		}
	}
	if after != "" {
		q.Set("after", after)
	}
	if len(q) == 0 {
		return inboxPart + ending
	}
	return inboxPart + ending + "?" + q.Encode()
}

func (v *inboxView) owner(w *app.WaitingItem) string { return cmp.Or(v.People[w.Owner], "Nobody") }

func (v *inboxView) table() govuk.Table {
	t := govuk.Table{Caption: "What waits for an answer", CaptionHidden: true, RowHeadings: true, Head: []govuk.Heading{{Text: "Child"}, {Text: "Asked by"}, {Text: "About"}, {Text: "Answer by"}, {Text: "Who must answer"}}}
	for i := range v.Rows {
		w := &v.Rows[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: inboxChild(w)}, {Content: inboxAsker(w)}, {Text: w.Topic.Words()}, {Content: inboxBy(v, w)}, {Text: v.owner(w)}})
	}
	return t
}

var inboxColumns = []sheet.Column{{Title: "Child", Width: 26}, {Title: "Asked by", Width: 26}, {Title: "Who that is", Width: 26}, {Title: "About", Width: 30}, {Title: "Waits since", Width: 14}, {Title: "Answer by", Width: 14}, {Title: "Asked again"}, {Title: "Who must answer", Width: 26}}

// InboxFile gives what waits for an answer as a spreadsheet.
func (p *Pages) InboxFile(kind sheet.Kind) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		u := UserOf(r.Context())
		filter := readInboxFilter(r.URL.Query(), u.ID)
		filter.All, filter.After = true, ""
		box, err := p.Asked.Inbox(r.Context(), u, filter)
		if err != nil {
			return err
		}
		v := &inboxView{Inbox: box}
		return SendSheet(w, kind, "inbox "+box.Today.String(), inboxColumns, len(box.Rows), func(i int) []any {
			one := &box.Rows[i]
			return []any{one.Name, one.Person, one.Sender.Words(), one.Topic.Words(), one.Since, one.ReplyBy, one.Again, v.owner(one)}
		})
	}
}

// againWords says how often somebody asked again.
func againWords(w *app.WaitingItem) string {
	if w.Again == 0 {
		return ""
	}
	return "asked " + strconv.Itoa(w.Again+1) + " times"
}
