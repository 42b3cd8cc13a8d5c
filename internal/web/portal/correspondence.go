package portal

import (
	"net/http"

	"weald/domain/correspondence"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
)

// A messagesView is what the reader, or their organisation, asked about a child.
type messagesView struct {
	govuk.Form
	*app.CorrespondenceFile
	Part string // the address of this page
	Our  bool   // the reader acts for an organisation
	Told string
	At   string // the item whose form was sent with a mistake
}

// YourMessages shows a family what they asked, and what they were answered.
func (p *Pages) YourMessages(w http.ResponseWriter, r *http.Request) error {
	return p.messages(w, r, http.StatusOK, govuk.Form{})
}

// OurMessages is YourMessages, for a setting or a service.
func (p *Pages) OurMessages(w http.ResponseWriter, r *http.Request) error {
	return p.messages(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) messages(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	u := face.UserOf(r.Context())
	file, err := p.Asked.Own(r.Context(), u, r.PathValue("key"))
	if err != nil {
		return err
	}
	v := &messagesView{Form: form, CorrespondenceFile: file, Our: u.Org != "", Told: p.Sessions.Told(r), At: form.Text("item")}
	part, home := yourPart, yourChild(file.Key)
	v.Part = yourChildPart(file.Key, "messages")
	if v.Our {
		part, home, v.Part = childrenPart, ourChild(file.Key, ""), ourChild(file.Key, "messages")
	}
	f := p.frame(r, "Messages", part)
	f.Breadcrumbs = []govuk.Link{{Text: file.Child.Name(), Href: home}, {Text: "Messages"}}
	f.Errors = form.Errors
	return face.Show(w, r, status, messagesPage(f, v))
}

// YourAsk keeps what a family asks.
func (p *Pages) YourAsk(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, false) }

// OurAsk keeps what a setting or a service asks.
func (p *Pages) OurAsk(w http.ResponseWriter, r *http.Request) error { return p.ask(w, r, true) }

func (p *Pages) ask(w http.ResponseWriter, r *http.Request, our bool) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	form := govuk.Form{Values: r.PostForm}
	q := app.Question{Item: form.Text("item")}
	words := "words"
	if q.Item == "" {
		q.Topic = correspondence.Topic(form.Need("topic", "Choose what it is about"))
	} else {
		words += "-" + q.Item
	}
	q.Words = form.Need(words, "Write your message")
	if len(form.Errors) == 0 {
		err := p.Asked.Ask(r.Context(), face.UserOf(r.Context()), r.PathValue("key"), q)
		if err == nil {
			part := yourChildPart(r.PathValue("key"), "messages")
			if our {
				part = ourChild(r.PathValue("key"), "messages")
			}
			p.Sessions.Tell(r, "We have your message. This is not the answer. You see below by which day a person must answer you.")
			face.SeeOther(w, part)
			return nil
		}
		if !refused(&form, words, err) {
			return err
		}
	}
	return p.messages(w, r, http.StatusUnprocessableEntity, form)
}

func (v *messagesView) topics() govuk.Select {
	q := govuk.Select{Name: "topic", Label: "What is it about?", Options: []govuk.Option{{Text: "Choose one"}}}
	for _, t := range correspondence.Topics {
		q.Options = append(q.Options, govuk.Option{Value: string(t.Topic), Text: t.Family})
	}
	return q
}

// about says what an item is about, in a family's words.
func about(i *app.ItemFile) string {
	for _, t := range correspondence.Topics {
		if t.Topic == i.Topic {
			return t.Family
		}
	}
	return ""
}

// messageTag says how an item stands, in a family's words.
func (v *messagesView) tag(i *app.ItemFile) govuk.Tag {
	switch {
	case i.State.Late(v.Today):
		return govuk.Tag{Text: "Our answer is late", Colour: govuk.Red}
	case i.State.Waiting:
		return govuk.Tag{Text: "We must answer", Colour: govuk.Yellow}
	}
	return govuk.Tag{Text: "Answered", Colour: govuk.Green}
}

// stands says who must answer and by when.
func (v *messagesView) stands(i *app.ItemFile) string {
	if !i.State.Waiting {
		return ""
	}
	by := i.State.ReplyBy.WordsWithDay()
	if i.State.Late(v.Today) {
		words := "You should have had an answer by " + by + ". We are late, and we are sorry. It is on the list of late answers that the managers see."
		if i.Has != "" {
			words += " " + i.Has + " must answer you."
		}
		return words
	}
	if i.Has == "" {
		return "The SEND team must answer you by " + by + "."
	}
	return i.Has + " must answer you by " + by + "."
}

// said is what the reader sees of what happened to an item: all but what staff
// noted for themselves.
func (v *messagesView) said(i *app.ItemFile) (all []app.ItemStep) {
	for _, s := range i.Steps {
		if s.Step != correspondence.Noted && s.Step != correspondence.Given {
			all = append(all, s)
		}
	}
	return all
}

// saidBy says who said something, and when.
func (v *messagesView) saidBy(i *app.ItemFile, s *app.ItemStep) string {
	on := s.On.Words() + ": "
	switch s.Step {
	case correspondence.Answered:
		return on + s.By + " answered"
	case correspondence.Tried:
		return on + s.By + " rang you, and could not reach you"
	case correspondence.Settled:
		return on + s.By + " says that this needs no answer"
	}
	if !v.Our {
		return on + "you asked"
	}
	return on + i.Person + " asked"
}
