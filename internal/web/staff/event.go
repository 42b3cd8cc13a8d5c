package staff

import (
	"cmp"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"

	"github.com/a-h/templ"
)

// An eventForm is the form on which an event is recorded or put right.
type eventForm struct {
	govuk.Form
	file   *app.File
	kind   casework.Kind
	was    *app.Entry    // the entry being corrected, or nil
	day    calendar.Date // the day first shown
	offer  casework.Offer
	since  []app.Entry // what others recorded while the form was filled in
	token  string      // names this form, so that it is recorded once
	action string      // where it is sent

	rule   *law.Rule // of an exception, the time limit chosen first; or nil
	ground casework.Value
}

// EventNew asks what happened and then, of the kind chosen, the particulars.
func (p *Pages) EventNew(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	asked := govuk.Form{Values: q}
	on := asked.OptionalDate("on", "the day it happened")
	if day, err := calendar.Parse(q.Get("on")); err == nil {
		on = day
	}
	today := p.Casework.Today()
	if on > today {
		asked.Errors.AddDate("on", "The day it happened must be today or in the past")
	}
	if on.IsZero() || on > today {
		on = today
	}
	var kind casework.Kind
	if name := q.Get("kind"); name != "" {
		var ok bool
		if kind, ok = casework.KindNamed(name); !ok {
			return app.ErrNotFound
		}
	}
	file, err := p.Casework.Case(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), 0)
	if err != nil {
		return err
	}
	if kind != casework.NoKind {
		v := &eventForm{file: file, kind: kind}
		if on != today {
			v.day = on
		}
		if kind == casework.ExceptionRecorded && !v.chooseGround(asked) {
			return p.showGround(w, r, v, asked)
		}
		return p.showEvent(w, r, http.StatusOK, v)
	}
	v := &eventChoice{File: file, Form: asked, On: on, Find: strings.Join(strings.Fields(q.Get("find")), " ")}
	for _, o := range p.offers(file, on) {
		if !v.finds(o.Kind) {
			continue
		}
		switch {
		case o.Refusal != nil:
			v.Refused = append(v.Refused, o)
			continue
		case len(o.Meets) > 0:
			v.Next = append(v.Next, o)
		}
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != o.Kind.Group() {
			v.Groups = append(v.Groups, offerGroup{Name: o.Kind.Group()})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Offers = append(g.Offers, o)
	}
	f := p.frame(UserOf(r.Context()), "What happened? "+file.Child.Name(), "")
	f.Breadcrumbs = caseCrumbs(file, "Record an event")
	f.Errors = asked.Errors
	status := http.StatusOK
	if len(f.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return show(w, r, status, eventChoicePage(f, v))
}

// EventRecord records what the form says.
func (p *Pages) EventRecord(w http.ResponseWriter, r *http.Request) error {
	id := app.ChildID(r.PathValue("id"))
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	kind, ok := casework.KindNamed(r.PostForm.Get("kind"))
	if !ok { // nothing was chosen, so nothing is lost by choosing now
		http.Redirect(w, r, newEventLink(id, casework.NoKind, 0), http.StatusSeeOther)
		return nil
	}
	v := &eventForm{Form: govuk.Form{Values: r.PostForm}, kind: kind}
	if kind == casework.ExceptionRecorded && !v.chooseGround(v.Form) { // nothing more was typed
		http.Redirect(w, r, newEventLink(id, kind, 0), http.StatusSeeOther)
		return nil
	}
	said := app.Recording{Event: v.read(p.Casework.Today()), Form: formToken(r), Seen: formSeen(r)}
	return p.record(w, r, v, said, "Recorded: "+lowerFirst(kind.Label())+", "+said.Event.On.WordsWithDay())
}

// EventCorrect shows an entry's form filled in, to be put right or struck out.
func (p *Pages) EventCorrect(w http.ResponseWriter, r *http.Request) error {
	v, err := p.correction(r)
	if err != nil {
		return err
	}
	if !app.Journal(v.file.Entries).Live(v.was.Seq) {
		return &law.Refusal{Because: "That entry has already been corrected."}
	}
	return p.showEvent(w, r, http.StatusOK, v)
}

// EventPutRight records a correction.
func (p *Pages) EventPutRight(w http.ResponseWriter, r *http.Request) error {
	v, err := p.correction(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v.Values = r.PostForm
	wrong := "changed"
	if !v.another() { // what is of another kind did happen
		wrong = v.Choice("wrong", "Choose what was wrong", "changed", "never")
	}
	said := app.Recording{Replaces: v.was.Seq, Form: formToken(r), Seen: formSeen(r)}
	done := "Corrected: "
	if wrong == "never" {
		said.Event, said.Struck, done = v.was.Event, true, "Struck out: "
	} else {
		said.Event = v.read(p.Casework.Today())
		if len(v.Errors) == 0 && said.Event == v.was.Event {
			v.Errors.AddDate("day", "Change what was wrong: nothing here differs from what was recorded")
		}
	}
	said.Reason = v.Need("reason", "Enter why it is being corrected")
	if len([]rune(said.Reason)) > reasonLength {
		v.Errors.Add("reason", "The reason must be "+strconv.Itoa(reasonLength)+" characters or fewer")
	}
	done += lowerFirst(v.kind.Label())
	if v.another() {
		done += ", not " + lowerFirst(v.was.Event.Kind.Label())
	}
	return p.record(w, r, v, said, done+", "+said.Event.On.WordsWithDay())
}

// reasonLength is how long the reason for a correction may be, in letters.
const reasonLength = 500

// correction opens the entry that the address names.
func (p *Pages) correction(r *http.Request) (*eventForm, error) {
	file, err := p.Casework.Case(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), 0)
	if err != nil {
		return nil, err
	}
	seq, err := strconv.Atoi(r.PathValue("seq"))
	if err != nil || seq < 1 || seq > len(file.Entries) || file.Entries[seq-1].Entry.Struck {
		return nil, app.ErrNotFound
	}
	was := &file.Entries[seq-1]
	v := &eventForm{file: file, kind: was.Event.Kind, was: was, day: was.Event.On}
	if k, ok := casework.KindNamed(r.FormValue("kind")); ok && mayBecome(k) {
		v.kind = k
	}
	return v, nil
}

// mayBecome reports whether an entry can be put right to be of a kind. What an
// exception asks depends on its time limit and ground, so it is recorded anew.
func mayBecome(k casework.Kind) bool { return k != casework.ExceptionRecorded }

// another reports whether the entry is put right to be of another kind.
func (v *eventForm) another() bool { return v.was != nil && v.kind != v.was.Event.Kind }

// kinds offers every kind that the entry can be put right to be of. Whether the
// law allows it is judged when it is sent, without the entry that it replaces.
func (v *eventForm) kinds() govuk.Select {
	ask := govuk.Select{Name: "kind", Label: "What was it?", Size: govuk.Small, Value: v.kind.String()}
	for _, k := range casework.Kinds() {
		if mayBecome(k) || k == v.was.Event.Kind {
			ask.Options = append(ask.Options, govuk.Option{Group: string(k.Group()), Value: k.String(), Text: k.Label()})
		}
	}
	slices.SortStableFunc(ask.Options, func(a, b govuk.Option) int {
		return cmp.Or(slices.Index(casework.Groups(), casework.Group(a.Group))-slices.Index(casework.Groups(), casework.Group(b.Group)), strings.Compare(a.Text, b.Text))
	})
	return ask
}

// record records what a form says and leads back to the case or, when the form
// is wrong, refused or overtaken, shows it again as it was typed.
func (p *Pages) record(w http.ResponseWriter, r *http.Request, v *eventForm, said app.Recording, done string) error {
	id, by := app.ChildID(r.PathValue("id")), UserOf(r.Context())
	status := http.StatusUnprocessableEntity
	if v.Errors.Err() == nil {
		err := p.Casework.Record(r.Context(), by, id, said)
		var no *law.Refusal
		var overtaken *app.Overtaken
		switch {
		case err == nil:
			p.Sessions.Tell(r, done)
			http.Redirect(w, r, caseLink(id), http.StatusSeeOther)
			return nil
		case errors.As(err, &overtaken):
			v.since, status = overtaken.Since, http.StatusConflict
		case !errors.As(err, &no):
			return err
		case v.kind == casework.ExceptionRecorded && said.Event.On <= p.Casework.Today():
			v.Errors.Add("says-rule", no.Error())
		default:
			v.Errors.AddDate("day", no.Error())
		}
	}
	if v.file == nil {
		var err error
		if v.file, err = p.Casework.Case(r.Context(), by, id, 0); err != nil {
			return err
		}
	}
	return p.showEvent(w, r, status, v)
}

// showEvent shows the form of one kind of event.
func (p *Pages) showEvent(w http.ResponseWriter, r *http.Request, status int, v *eventForm) error {
	id := v.file.Child.ID
	v.token, v.action = rand.Text(), caseLink(id)+"/events"
	last := v.kind.Label()
	if v.was != nil {
		v.action = correctLink(id, v.was.Seq)
		last = "Correct an entry"
	} else {
		for _, o := range p.offers(v.file, cmp.Or(v.day, v.file.Today)) {
			if o.Kind == v.kind {
				v.offer = o
			}
		}
	}
	f := p.frame(UserOf(r.Context()), last+": "+v.file.Child.Name(), "")
	f.Breadcrumbs = caseCrumbs(v.file, last)
	f.Errors = v.Errors
	return show(w, r, status, eventPage(f, v))
}

func (p *Pages) offers(file *app.File, on calendar.Date) []casework.Offer {
	return casework.NewClock(p.Casework.Practice()).Allowed(&file.Case, on, p.Casework.Today())
}

// read reads the event that the form describes; what is wrong with it is added
// to the form's errors.
func (v *eventForm) read(today calendar.Date) casework.Event {
	e := casework.Happened(v.kind, v.Date("day", "the day it happened"))
	if e.On > today {
		v.Errors.AddDate("day", "The day it happened must be today or in the past")
	}
	for _, a := range v.attributes() {
		field, text := "says-"+a.Name, ""
		ask := "Choose an answer for “" + a.Label + "”"
		switch {
		case a.IsDate() && a.Required:
			text = v.Date(field, dayWords(a.Label)).String()
		case a.IsDate():
			text = v.OptionalDate(field, dayWords(a.Label)).String()
		case a.IsIssues():
			text = strings.Join(v.Values[field], ",")
		case a.IsRule(), a.Values != nil:
			if text = v.Text(field); text == notKnown {
				text = ""
			}
			if text == "" && a.Required {
				v.Errors.Add(field, ask)
			}
		default:
			ask = "“" + a.Label + "” must be one line of 200 characters or fewer"
			text = v.Text(field)
		}
		if text == "" {
			continue
		}
		if err := e.Set(a.Name, text); err != nil {
			v.Errors.Add(field, ask)
		}
	}
	return e
}

// notKnown is the choice of those who leave a question open.
const notKnown = "none"

// dayWords names a day within a sentence: "Day of the transfer" becomes "the day
// of the transfer".
func dayWords(label string) string {
	if label == "Due" {
		return "the day it is due"
	}
	label, _, _ = strings.Cut(label, ",")
	return "the " + lowerFirst(label)
}

// ask asks for one particular of the event, with the answer it had.
func (v *eventForm) ask(a casework.Attribute) templ.Component {
	name, label, was := "says-"+a.Name, v.label(a), ""
	if !a.Required {
		label += " (optional)"
	}
	if v.was != nil {
		was = v.was.Event.Get(a.Name)
	}
	switch {
	case a.IsDate():
		on, _ := calendar.Parse(was)
		return v.DateInput(govuk.DateInput{Name: name, Legend: label, Size: govuk.Small, On: on})
	case a.IsRule():
		return v.Select(govuk.Select{Name: name, Label: label, Size: govuk.Small, Value: was, Options: v.rules(was)})
	case a.IsIssues():
		return v.Checkboxes(govuk.Checkboxes{Name: name, Legend: label, Size: govuk.Small, Hint: "Choose all that it is about", Values: strings.Split(was, ","),
			Items: []govuk.Choice{{Value: "education", Text: "Education"}, {Value: "social-care", Text: "Social care"}, {Value: "health", Text: "Health"}}})
	case a.Values == nil:
		return v.Input(govuk.Input{Name: name, Label: label, Size: govuk.Small, Value: was, Width: 30, Autocomplete: "off"})
	case len(a.Values) > fewChoices:
		options := []govuk.Option{{Text: "Choose one"}}
		for _, value := range a.Values {
			options = append(options, govuk.Option{Value: value.String(), Text: capital(a.Words(value))})
		}
		return v.Select(govuk.Select{Name: name, Label: label, Size: govuk.Small, Value: was, Options: options})
	default:
		radios := govuk.Radios{Name: name, Legend: label, Size: govuk.Small, Value: was, Inline: len(a.Values) == 2 && a.Required}
		for _, value := range a.Values {
			radios.Items = append(radios.Items, govuk.Choice{Value: value.String(), Text: capital(a.Words(value))})
		}
		if !a.Required { // once chosen, a radio cannot be left blank again
			radios.Items = append(radios.Items, govuk.Choice{Divider: "or"}, govuk.Choice{Value: notKnown, Text: "Not known"})
		}
		return v.Radios(radios)
	}
}

// fewChoices is how many choices are still easier to see than to search.
const fewChoices = 7

// rules offers the time limits that an event may be about: for an exception,
// those that have exceptions.
func (v *eventForm) rules(was string) []govuk.Option {
	options := []govuk.Option{{Text: "Choose one"}}
	listed := map[string]bool{}
	for i := range v.file.Reading.Duties {
		d := &v.file.Reading.Duties[i]
		running := d.Open() || d.Status == casework.Late || d.Status == casework.Excused
		if d.Rule.Nature != law.Deadline || listed[d.Rule.Code] || v.kind == casework.ExceptionRecorded && len(d.Rule.Exceptions) == 0 || !running {
			continue
		}
		listed[d.Rule.Code] = true
		text := d.Rule.Code + " " + strings.TrimSuffix(d.Rule.Duty, ".")
		if !d.Due.IsZero() {
			text += " (" + d.Due.Words() + ")"
		}
		options = append(options, govuk.Option{Value: d.Rule.Code, Text: text})
	}
	if rule := casework.RuleNamed(was); rule != nil && !listed[was] {
		options = append(options, govuk.Option{Value: was, Text: rule.Code + " " + strings.TrimSuffix(rule.Duty, ".")})
	}
	return options
}

// dayHint says what the day is, for those who record as things happen.
func (v *eventForm) dayHint() string {
	year, month, day := v.file.Today.Parts()
	return "Today is " + strconv.Itoa(day) + " " + strconv.Itoa(int(month)) + " " + strconv.Itoa(year) + ". If it happened earlier, give that day"
}

func (v *eventForm) wrong() govuk.Radios {
	return v.Radios(govuk.Radios{Name: "wrong", Legend: "What was wrong?", Size: govuk.Small, Value: "changed", Items: []govuk.Choice{
		{Value: "changed", Text: "It happened, but the day or the particulars are wrong", Hint: "Put them right below"},
		{Value: "never", Text: "It did not happen", Hint: "It is struck out"},
	}})
}

// An eventChoice is what may be recorded on a day, and what may not.
type eventChoice struct {
	*app.File
	govuk.Form
	Find    string // the words by which kinds are looked for, "" for all
	On      calendar.Date
	Next    []casework.Offer // those that meet a duty now to be done
	Groups  []offerGroup
	Refused []casework.Offer
}

type offerGroup struct {
	Name   casework.Group
	Offers []casework.Offer
}

// link leads to the form of a kind, on the day chosen.
func (v *eventChoice) link(k casework.Kind) string {
	on := v.On
	if on == v.Now {
		on = 0
	}
	return newEventLink(v.Child.ID, k, on)
}

func refusedRows(offers []casework.Offer) (rows []govuk.SummaryRow) {
	for _, o := range offers {
		rows = append(rows, govuk.SummaryRow{Key: o.Kind.Label(), Value: o.Refusal.Error()})
	}
	return rows
}

func meets(rules []*law.Rule) string {
	var duties []string
	for _, r := range rules {
		if !slices.Contains(duties, r.Duty) {
			duties = append(duties, r.Duty)
		}
	}
	return strings.Join(duties, " ")
}

func formToken(r *http.Request) string {
	if t := r.PostForm.Get("form"); t != "" && len(t) <= 64 {
		return t
	}
	return rand.Text()
}

// formSeen is how many entries the form was made from. A form that does not say
// is taken to have seen none.
func formSeen(r *http.Request) int {
	n, err := strconv.Atoi(r.PostForm.Get("seen"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func caseLink(id app.ChildID) string { return "/cases/" + url.PathEscape(string(id)) }

func newEventLink(id app.ChildID, k casework.Kind, on calendar.Date) string {
	q := url.Values{}
	if k != casework.NoKind {
		q.Set("kind", k.String())
	}
	if !on.IsZero() {
		q.Set("on", on.String())
	}
	link := caseLink(id) + "/events/new"
	if len(q) > 0 {
		link += "?" + q.Encode()
	}
	return link
}

func correctLink(id app.ChildID, seq int) string {
	return caseLink(id) + "/events/" + strconv.Itoa(seq) + "/correct"
}

func caseCrumbs(f *app.File, last string) []govuk.Link {
	return []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: f.Child.Name(), Href: caseLink(f.Child.ID)}, {Text: last}}
}

// mayRecord reports whether somebody is shown the ways to record.
func mayRecord(u access.User) bool { return u.May(access.CaseRecord) }

// lowerFirst begins words in the middle of a sentence, unless they begin with
// letters that stand for a name ("EHC", "ICB").
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
