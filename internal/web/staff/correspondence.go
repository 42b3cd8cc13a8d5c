package staff

import (
	"cmp"
	"net/http"
	"strconv"

	"weald/domain/access"
	"weald/domain/correspondence"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

func correspondenceLink(id app.ChildID) string { return casePart(id, "correspondence") }

// A correspondenceView is what was asked about a child, and how it stands.
type correspondenceView struct {
	govuk.Form
	*app.CorrespondenceFile
	Changes bool
	Told    string
	At      string // the item whose form was sent with a mistake; "new": the form for a new one
}

// newItem is the At of the form for a new item.
const newItem = "new"

// Correspondence shows what was asked about a child.
func (p *Pages) Correspondence(w http.ResponseWriter, r *http.Request) error {
	return p.correspondence(w, r, http.StatusOK, govuk.Form{}, "")
}

func (p *Pages) correspondence(w http.ResponseWriter, r *http.Request, status int, form govuk.Form, at string) error {
	u := UserOf(r.Context())
	file, err := p.Asked.Of(r.Context(), u, app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := &correspondenceView{Form: form, CorrespondenceFile: file, Changes: u.May(access.CaseRecord), Told: p.Sessions.Told(r), At: at}
	f := p.frame(u, "Messages", "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: file.Child.Name(), Href: caseLink(file.Child.ID)}, {Text: "Messages"}}
	f.Errors = form.Errors
	return show(w, r, status, correspondencePage(f, v))
}

// CorrespondenceNew writes down what somebody asked by telephone, email, letter or
// face to face.
func (p *Pages) CorrespondenceNew(w http.ResponseWriter, r *http.Request) error {
	return p.correspondenceDo(w, r, newItem, "topic", "It is kept. The day by which it must be answered is below.", func(form *govuk.Form, id app.ChildID) error {
		q := app.Question{Topic: correspondence.Topic(form.Need("topic", "Choose what it is about")), Sender: correspondence.Sender(form.Need("sender", "Choose who asks")),
			Person: form.Need("person", "Write the name of who asks"), Channel: correspondence.Channel(form.Need("channel", "Choose how they asked")),
			On: form.Date("on", "the day on which they asked"), Words: form.Need("words", "Write what they ask")}
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Asked.Record(r.Context(), UserOf(r.Context()), id, q)
	})
}

// CorrespondenceAct answers an item, notes something, gives it to somebody or
// settles it.
func (p *Pages) CorrespondenceAct(w http.ResponseWriter, r *http.Request) error {
	item := r.PathValue("item")
	told := "It is kept."
	return p.correspondenceDo(w, r, item, question("act", item), told, func(form *govuk.Form, id app.ChildID) error {
		seen, _ := strconv.Atoi(form.Text("seen"))
		reply := app.Reply{Words: form.Text(question("reply", item)), Owner: form.Text(question("owner", item)), Seen: seen}
		reply.Step, reply.Channel = actOf(form.Need(question("act", item), "Choose what you do"))
		if len(form.Errors) > 0 {
			return nil
		}
		return p.Asked.Act(r.Context(), UserOf(r.Context()), id, item, reply)
	})
}

// acts is what may be done about an item, as a form has it.
var acts = []struct {
	Value, Text, Hint string
	Step              correspondence.Step
	Channel           correspondence.Channel
}{
	{"portal", "Answer on their own page", "", correspondence.Answered, correspondence.Portal},
	{"phone", "I answered by telephone", "Write what you said.", correspondence.Answered, correspondence.Phone},
	{"letter", "I answered by letter or email", "Write what you said.", correspondence.Answered, correspondence.Letter},
	{"meeting", "I answered face to face", "Write what you said.", correspondence.Answered, correspondence.Meeting},
	{"tried", "I rang, and reached nobody", "That is no answer: the day stays.", correspondence.Tried, correspondence.Phone},
	{"given", "Give it to somebody", "", correspondence.Given, ""},
	{"noted", "Note something for staff", "The person who asked does not see it, but may ask for all that is kept about them.", correspondence.Noted, ""},
	{"settled", "It needs no answer", "Write why. The person who asked sees it.", correspondence.Settled, ""},
}

func actOf(value string) (correspondence.Step, correspondence.Channel) {
	for _, a := range acts {
		if a.Value == value {
			return a.Step, a.Channel
		}
	}
	return "", ""
}

func (p *Pages) correspondenceDo(w http.ResponseWriter, r *http.Request, at, field, told string, do func(*govuk.Form, app.ChildID) error) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	id := app.ChildID(r.PathValue("id"))
	if err := do(&form, id); err != nil && !refusedForm(&form, field, err) {
		return err
	}
	if len(form.Errors) > 0 {
		return p.correspondence(w, r, http.StatusUnprocessableEntity, form, at)
	}
	p.Sessions.Tell(r, told)
	face.SeeOther(w, correspondenceLink(id))
	return nil
}

func (v *correspondenceView) actions(item *app.ItemFile) govuk.Radios {
	q := govuk.Radios{Name: question("act", item.No), Legend: "What do you do?", Small: true}
	for _, a := range acts {
		if a.Value == "portal" && item.PersonID == "" || a.Step == correspondence.Settled && !item.State.Waiting {
			continue
		}
		q.Items = append(q.Items, govuk.Choice{Value: a.Value, Text: a.Text, Hint: a.Hint})
	}
	return q
}

func (v *correspondenceView) owners() []govuk.Option {
	all := []govuk.Option{{Text: "Choose somebody"}}
	for _, id := range sortedByName(v.People) {
		all = append(all, govuk.Option{Value: id, Text: v.People[id]})
	}
	return all
}

func topicOptions(first string) []govuk.Option {
	all := []govuk.Option{{Text: first}}
	for _, t := range correspondence.Topics {
		all = append(all, govuk.Option{Value: string(t.Topic), Text: t.Words})
	}
	return all
}

func senderOptions(first string) []govuk.Option {
	all := []govuk.Option{{Text: first}}
	for _, s := range correspondence.Senders {
		all = append(all, govuk.Option{Value: string(s.Sender), Text: s.Words})
	}
	return all
}

// channelOptions is how somebody may have asked, when staff write it down.
func channelOptions() []govuk.Option {
	all := []govuk.Option{{Text: "Choose how"}}
	for _, c := range correspondence.Channels {
		if c.Channel != correspondence.Portal {
			all = append(all, govuk.Option{Value: string(c.Channel), Text: c.Words})
		}
	}
	return all
}

// itemTag says how an item stands.
func itemTag(v *correspondenceView, i *app.ItemFile) govuk.Tag {
	switch {
	case i.State.Late(v.Today):
		return govuk.Tag{Text: "Answer is late", Colour: govuk.Red}
	case i.State.Waiting:
		return govuk.Tag{Text: "Waits for an answer", Colour: govuk.Yellow}
	}
	return govuk.Tag{Text: "Answered", Colour: govuk.Green}
}

// itemStands says by when an item must be answered, by whom and why then.
func itemStands(v *correspondenceView, i *app.ItemFile) string {
	s := &i.State
	if !s.Waiting {
		return ""
	}
	words := cmp.Or(i.Has, "Nobody has this and somebody") + " must answer by " + s.ReplyBy.WordsWithDay() + ": five working days after " + s.Since.Words() + "."
	if s.Again > 0 {
		words += " Asked " + counted(s.Again, "time", "times") + " more since; the day is still that of the first."
	}
	if s.Tried > 0 {
		words += " Rung " + counted(s.Tried, "time", "times") + " in vain."
	}
	return words
}

// itemStepWords says what happened to an item.
func itemStepWords(v *correspondenceView, i *app.ItemFile, s *app.ItemStep) (head, words string) {
	switch s.Step {
	case correspondence.Asked:
		head = i.Person + " asked, " + lowerFirst(s.Channel.Words())
		if s.By != i.Person {
			head += ", written down by " + s.By
		}
	case correspondence.Answered:
		head = s.By + " answered, " + lowerFirst(s.Channel.Words())
	case correspondence.Tried:
		head = s.By + " rang and reached nobody"
	case correspondence.Given:
		head = s.By + " gave it to " + cmp.Or(v.People[s.Owner], "somebody")
	case correspondence.Noted:
		head = s.By + " noted, for staff"
	case correspondence.Settled:
		head = s.By + " settled it without an answer"
	}
	return s.On.Words() + ": " + head, s.Words
}

// fromTheCase is what an answer may begin with: what the case itself says.
func (v *correspondenceView) fromTheCase() string {
	if v.Next == nil {
		return "Nothing is due in the case now."
	}
	words := v.Next.Rule.Family
	if v.Next.Due < v.Today {
		return words + " That was due by " + v.Next.Due.WordsWithDay() + " and is late."
	}
	return words + " That is due by " + v.Next.Due.WordsWithDay() + "."
}
