package staff

import (
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/casework"
	"weald/domain/child"
	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/web/govuk"
	"weald/law"
)

// A requestView is a new request on its way into the record: first the form,
// then the children who may be meant, then everything once more to be checked.
// All that was typed goes along from page to page in the form itself, so that
// nothing is kept before it is recorded and nothing typed is lost.
type requestView struct {
	govuk.Form
	*app.Considered
	request app.Request
	places  app.Places
	today   calendar.Date
	token   string
	met     bool // somebody has made a case like this meanwhile
}

// requestFields are the questions of the form.
var requestFields = func() []string {
	all := []string{"channel", "source", "forename", "surname", "sex", "nhs", "upn", "uln", "postcode", "setting", "need", "district", "child", "officer"}
	for _, day := range []string{"received", "born"} {
		all = append(all, day+"-day", day+"-month", day+"-year")
	}
	for _, c := range contactParts {
		for _, field := range contactFields {
			all = append(all, c+field)
		}
	}
	return all
}()

var (
	contactParts  = []string{"contact-1-", "contact-2-"}
	contactFields = []string{"name", "relation", "responsible", "phone", "email", "address", "postcode", "language", "needs"}
)

// RequestNew asks what is known of a request.
func (p *Pages) RequestNew(w http.ResponseWriter, r *http.Request) error {
	return p.showRequest(w, r, http.StatusOK, &requestView{token: rand.Text()})
}

// RequestSend takes the form a step further, and at the last records it.
func (p *Pages) RequestSend(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v := &requestView{Form: govuk.Form{Values: r.PostForm}, token: formToken(r), today: p.Casework.Today()}
	step := r.PostForm.Get("step")
	if step == "change" {
		return p.showRequest(w, r, http.StatusOK, v)
	}
	places, err := p.Casework.Places(r.Context(), UserOf(r.Context()))
	if err != nil {
		return err
	}
	v.places = places
	v.read()
	if v.Errors.Err() != nil {
		return p.showRequest(w, r, http.StatusUnprocessableEntity, v)
	}
	by := UserOf(r.Context())
	if step == "make" {
		id, err := p.Casework.Take(r.Context(), by, &v.request)
		var no *law.Refusal
		var met *app.AlreadyMade
		switch {
		case err == nil:
			p.Sessions.Tell(r, "The request is recorded.")
			http.Redirect(w, r, acknowledgementLink(id), http.StatusSeeOther)
			return nil
		case errors.As(err, &met):
			v.met = true
			v.request.Shown = append(v.request.Shown, met.Children...)
		case !errors.As(err, &no):
			return err
		case v.request.Of != "":
			v.Errors.Add("child", no.Error())
		default:
			v.Errors.AddDate("received", no.Error())
			return p.showRequest(w, r, http.StatusUnprocessableEntity, v)
		}
	}
	if v.Considered, err = p.Casework.Consider(r.Context(), by, &v.request); err != nil {
		return err
	}
	if v.Refusal != nil && v.request.Of == "" {
		v.Errors.AddDate("received", v.Refusal.Error())
		return p.showRequest(w, r, http.StatusUnprocessableEntity, v)
	}
	return p.weigh(w, r, v, step)
}

// weigh shows the children who may be meant until one is chosen or all are set
// aside, and then everything to be checked.
func (p *Pages) weigh(w http.ResponseWriter, r *http.Request, v *requestView, step string) error {
	status := http.StatusOK
	switch {
	case v.met:
		status = http.StatusConflict
		v.Values.Del("child")
	case len(v.Errors) > 0:
		status = http.StatusUnprocessableEntity
	case len(v.Candidates) == 0 && v.Chosen == nil, step == "make":
		return p.showCheck(w, r, v)
	case step == "which" && v.Text("child") == "":
		v.Errors.Add("child", "Choose the child whom the request is for, or that it is another child")
		status = http.StatusUnprocessableEntity
	case step == "which" && v.Chosen != nil && v.Chosen.Refusal != nil:
		v.Errors.Add("child", "It cannot be recorded in the case of "+v.Chosen.Name+". "+v.Chosen.Refusal.Error())
		status = http.StatusUnprocessableEntity
	case step == "which":
		return p.showCheck(w, r, v)
	}
	for _, c := range v.Candidates {
		if !slices.Contains(v.request.Shown, c.ID) {
			v.request.Shown = append(v.request.Shown, c.ID)
		}
	}
	f := p.requestFrame(r, "Is it one of these children?", v)
	return show(w, r, status, requestWhichPage(f, v))
}

func (p *Pages) showCheck(w http.ResponseWriter, r *http.Request, v *requestView) error {
	return show(w, r, http.StatusOK, requestCheckPage(p.requestFrame(r, "Check the request", v), v))
}

func (p *Pages) showRequest(w http.ResponseWriter, r *http.Request, status int, v *requestView) error {
	var err error
	if v.places, err = p.Casework.Places(r.Context(), UserOf(r.Context())); err != nil {
		return err
	}
	v.today = p.Casework.Today()
	return show(w, r, status, requestPage(p.requestFrame(r, "New request", v), v))
}

func (p *Pages) requestFrame(r *http.Request, title string, v *requestView) govuk.Page {
	f := p.frame(UserOf(r.Context()), title, "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: "New request"}}
	f.Errors = v.Errors
	return f
}

// longest is how many letters a line of the form may have.
const longest = 200

// read reads the request that the form describes; whatever is wrong with it is
// added to the form's errors, all at once.
func (v *requestView) read() {
	r := &v.request
	r.Form = v.token
	r.Received = v.Date("received", "the day the request was received")
	if r.Received > v.today {
		v.Errors.AddDate("received", "The day the request was received must be today or in the past")
	}
	channel := v.Choice("channel", "Choose how the request came", channelNames()...)
	for _, c := range app.Channels {
		if c.Name == channel {
			r.Channel = c
		}
	}
	r.Source = v.Choice("source", "Choose who asked", sourceNames()...)
	c := &r.Child
	c.Forename = v.name("forename", "Enter the child’s forename")
	c.Surname = v.name("surname", "Enter the child’s surname")
	c.Born = v.Date("born", "the child’s birth date")
	switch {
	case c.Born.IsZero():
	case c.Born > v.today:
		v.Errors.AddDate("born", "The child’s birth date must be in the past")
	case !r.Received.IsZero() && c.Born > r.Received:
		v.Errors.AddDate("born", "The child’s birth date must be before the day the request was received")
	}
	c.Sex = v.offered("sex", sen2.Sexes.Meaning)
	c.NHS = v.number("nhs", child.ParseNHS)
	c.UPN = v.number("upn", child.ParseUPN)
	c.ULN = v.number("uln", child.ParseULN)
	c.Postcode = v.number("postcode", child.ParsePostcode)
	c.Need = v.offered("need", sen2.NeedTypes.Meaning)
	if c.Setting = v.Text("setting"); !slices.ContainsFunc(v.places.Settings, func(s app.Setting) bool { return s.ID == c.Setting }) {
		c.Setting = ""
	}
	if c.District = v.Text("district"); !slices.Contains(v.places.Districts, c.District) {
		c.District = ""
	}
	c.Officer = v.Text("officer")
	for _, part := range contactParts {
		v.contact(part)
	}
	if is := v.Text("child"); is != "none" {
		r.Of = app.ChildID(is)
	}
	for _, id := range v.Values["shown"] {
		r.Shown = append(r.Shown, app.ChildID(id))
	}
}

// name is a line that must be filled in.
func (v *requestView) name(field, message string) string {
	text := v.Need(field, message)
	return v.bounded(field, text)
}

func (v *requestView) bounded(field, text string) string {
	if len([]rune(text)) > longest {
		v.Errors.Add(field, capital(field[strings.LastIndex(field, "-")+1:])+" must be 200 characters or fewer")
	}
	return text
}

func (v *requestView) number(field string, read func(string) (string, error)) string {
	n, err := read(v.Text(field))
	if err != nil {
		v.Errors.Add(field, capital(err.Error()))
	}
	return n
}

func (v *requestView) offered(field string, meaning func(string) string) string {
	if code := v.Text(field); meaning(code) != "" {
		return code
	}
	return ""
}

// contact reads one of the people around the child. Whoever has no name is left
// out, unless something else of them was typed.
func (v *requestView) contact(part string) {
	typed := false
	for _, field := range contactFields {
		typed = typed || v.Text(part+field) != ""
	}
	if !typed {
		return
	}
	line := func(field string) string { return v.bounded(part+field, v.Text(part+field)) }
	c := app.Contact{Name: v.name(part+"name", "Enter this person’s name, or leave all about them empty"), Relation: line("relation"), Responsibility: v.Text(part+"responsible") == "yes",
		Phone: line("phone"), Email: line("email"), Address: line("address"), Language: line("language"), Needs: line("needs")}
	if at := strings.Index(c.Email, "@"); c.Email != "" && (at < 1 || at == len(c.Email)-1 || strings.ContainsAny(c.Email, " \n,;")) {
		v.Errors.Add(part+"email", "Enter an email address like name@example.com")
	}
	c.Postcode = v.number(part+"postcode", child.ParsePostcode)
	v.request.Contacts = append(v.request.Contacts, c)
}

func channelNames() (names []string) {
	for _, c := range app.Channels {
		names = append(names, c.Name)
	}
	return names
}

// sources are who may ask, as the event says it.
func sources() casework.Attribute { return casework.RequestReceived.Attributes()[0] }

func sourceNames() (names []string) {
	for _, s := range sources().Values {
		names = append(names, s.String())
	}
	return names
}

func sourceWords(name string) string {
	for _, s := range sources().Values {
		if s.String() == name {
			return capital(s.Words())
		}
	}
	return ""
}

func acknowledgementLink(id app.ChildID) string { return caseLink(id) + "/acknowledgement" }

// carried is what goes along from page to page besides the questions that the
// page itself asks.
func (v *requestView) carried(asked ...string) (all []govuk.Kept) {
	for _, field := range requestFields {
		if text := v.Values.Get(field); text != "" && !slices.Contains(asked, field) {
			all = append(all, govuk.Kept{Name: field, Value: text})
		}
	}
	for _, id := range v.request.Shown {
		all = append(all, govuk.Kept{Name: "shown", Value: string(id)})
	}
	return all
}

func (v *requestView) channels() govuk.Radios {
	radios := govuk.Radios{Name: "channel", Legend: "How did it come?", Size: govuk.Small, Small: true}
	for _, c := range app.Channels {
		radios.Items = append(radios.Items, govuk.Choice{Value: c.Name, Text: c.Label})
	}
	return v.Radios(radios)
}

func (v *requestView) asked() govuk.Radios {
	radios := govuk.Radios{Name: "source", Legend: sources().Label + "?", Size: govuk.Small, Small: true}
	for _, s := range sources().Values {
		radios.Items = append(radios.Items, govuk.Choice{Value: s.String(), Text: capital(s.Words())})
	}
	return v.Radios(radios)
}

func (v *requestView) choose(name, label, hint, none string, options []govuk.Option) govuk.Select {
	return v.Select(govuk.Select{Name: name, Label: label, Hint: hint, Options: append([]govuk.Option{{Text: none}}, options...)})
}

func (v *requestView) settings() (options []govuk.Option) {
	for _, s := range v.places.Settings {
		options = append(options, govuk.Option{Value: s.ID, Text: s.Name})
	}
	return options
}

func (v *requestView) districts() (options []govuk.Option) {
	for _, d := range v.places.Districts {
		options = append(options, govuk.Option{Value: d, Text: d})
	}
	return options
}

func codeOptions(codes sen2.Codes) (options []govuk.Option) {
	for _, c := range codes {
		options = append(options, govuk.Option{Value: c.Code, Text: c.Meaning})
	}
	return options
}

// hasSecond reports whether something of a second contact was typed.
func (v *requestView) hasSecond() bool {
	return slices.ContainsFunc(contactFields, func(field string) bool { return v.Text(contactParts[1]+field) != "" })
}

// which asks whether the child is one of those in the record.
func (v *requestView) which() govuk.Radios {
	radios := govuk.Radios{Name: "child", Legend: "Which child is the request for?", Size: govuk.Medium}
	for _, c := range v.Candidates {
		choice := govuk.Choice{Value: string(c.ID), Text: c.Name + ", " + bornWords(c.Born), Hint: capital(c.Reason) + ". " + candidateWords(&c)}
		if c.Refusal != nil {
			choice.Hint += " The request cannot be recorded there now: " + c.Refusal.Error()
		} else if c.Note != "" {
			choice.Hint += " " + c.Note
		}
		radios.Items = append(radios.Items, choice)
	}
	radios.Items = append(radios.Items, govuk.Choice{Divider: "or"}, govuk.Choice{Value: "none", Text: "None of these: it is another child"})
	return v.Radios(radios)
}

func bornWords(born calendar.Date) string {
	if born.IsZero() {
		return "birth date not recorded"
	}
	return "born " + born.Words()
}

// candidateWords is what else tells a child apart.
func candidateWords(c *app.Candidate) string {
	var parts []string
	say := func(before, what string) {
		if what != "" {
			parts = append(parts, before+what)
		}
	}
	say("reference ", c.Reference)
	say("postcode begins ", c.Outward)
	say("at ", c.Place)
	say("with ", c.Who)
	say("", lowerFirst(c.Stage.Label()))
	return capital(strings.Join(parts, "; ")) + "."
}

func (v *requestView) requestRows() []govuk.SummaryRow {
	r := &v.request
	return []govuk.SummaryRow{
		{Key: "Received", Value: r.Received.WordsWithDay()}, {Key: "How it came", Value: r.Channel.Label}, {Key: sources().Label, Value: sourceWords(r.Source)},
	}
}

func (v *requestView) childRows() (rows []govuk.SummaryRow) {
	c := &v.request.Child
	setting := ""
	for _, s := range v.places.Settings {
		if s.ID == c.Setting {
			setting = s.Name
		}
	}
	for _, row := range [][2]string{{"Name", c.Name()}, {"Born", age(c.Born, v.Today)}, {"Sex", sen2.Sexes.Meaning(c.Sex)}, {"NHS number", c.NHS}, {"UPN", c.UPN}, {"ULN", c.ULN},
		{"Postcode", c.Postcode}, {"School or other setting", setting}, {"Main need", sen2.NeedTypes.Meaning(c.Need)}, {"District", v.Allotment.District}} {
		if row[1] != "" {
			rows = append(rows, govuk.SummaryRow{Key: row[0], Value: row[1]})
		}
	}
	return rows
}

func contactRows(c *app.Contact) (rows []govuk.SummaryRow) {
	responsible := ""
	if c.Responsibility {
		responsible = "Has parental responsibility"
	}
	for _, row := range [][2]string{{"Name", c.Name}, {"Who they are", c.Relation}, {"Responsibility", responsible}, {"Phone", c.Phone}, {"Email", c.Email}, {"Address", c.Address},
		{"Postcode", c.Postcode}, {"Language", c.Language}, {"To take part they need", c.Needs}} {
		if row[1] != "" {
			rows = append(rows, govuk.SummaryRow{Key: row[0], Value: row[1]})
		}
	}
	return rows
}

// officers asks who is to have the case; the one put forward comes filled in.
func (v *requestView) officers() govuk.Select {
	options := []govuk.Option{}
	if v.Allotment.Officer == "" {
		options = append(options, govuk.Option{Text: "Nobody yet"})
	}
	for _, o := range v.Allotment.Officers {
		text := o.Name
		if o.Team != "" {
			text += ", " + o.Team
		}
		text += " (" + counted(o.Children, "child", "children")
		if o.Away {
			text += ", away"
		}
		options = append(options, govuk.Option{Value: o.ID, Text: text + ")"})
	}
	hint := ""
	if v.Allotment.Why != "" {
		hint = "Put forward: " + v.Allotment.Why + "."
	}
	value := v.Allotment.Officer
	if chosen := v.Text("officer"); chosen != "" {
		value = chosen
	}
	return govuk.Select{Name: "officer", Label: "Who has the case?", Size: govuk.Medium, Hint: hint, Value: value, Options: options}
}

// Acknowledgement shows what to say to whoever asked.
func (p *Pages) Acknowledgement(w http.ResponseWriter, r *http.Request) error {
	k, err := p.Casework.Acknowledge(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := p.frame(UserOf(r.Context()), "Acknowledgement: "+k.Child.Name(), "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: k.Child.Name(), Href: caseLink(k.Child.ID)}, {Text: "Acknowledgement"}}
	return show(w, r, http.StatusOK, acknowledgementPage(f, &acknowledgementView{k, p.Site.Area, p.Sessions.Told(r)}))
}

type acknowledgementView struct {
	*app.Acknowledgement
	Area string
	Told string
}

// owned says with whom a case is.
func (v *acknowledgementView) owned() string {
	words := v.Child.Name() + "’s case"
	if v.Child.Reference != "" {
		words += " has the reference " + v.Child.Reference + " and"
	}
	switch {
	case v.Owner.Name != "" && v.Child.Team != "":
		words += " is with " + v.Owner.Name + ", " + v.Child.Team + " team."
	case v.Owner.Name != "":
		words += " is with " + v.Owner.Name + "."
	case v.Child.Team != "":
		words += " is with the " + v.Child.Team + " team. Nobody has it yet."
	default:
		words += " is with nobody yet."
	}
	return words
}

// A letterPart is a heading and what stands under it.
type letterPart struct {
	Heading string
	Lines   []string
}

// letter is the acknowledgement in plain words, for whoever asked.
func (v *acknowledgementView) letter() (dear string, parts []letterPart, from []string) {
	forename, young := v.Child.Forename, v.Source == casework.FromYoungPerson.String()
	family := young || v.Source == casework.FromParent.String()
	dear = "Dear parent or carer,"
	switch {
	case v.To != nil:
		dear = "Dear " + v.To.Name + ","
	case young:
		dear = "Dear " + v.Child.Name() + ","
	case !family:
		dear = "Dear colleague,"
	}
	whom, whose := forename, forename+"’s"
	if young {
		whom, whose = "you", "your"
	}
	first := letterPart{Lines: []string{"Thank you for asking us to look at what help " + whom + " need" + plural(young) + ". We got the request on " + v.Received.WordsWithDay() + "."}}
	if v.Child.Reference != "" {
		first.Lines = append(first.Lines, "Our reference is "+v.Child.Reference+". Please give it when you write or call.")
	}
	next := letterPart{Heading: "What happens next", Lines: []string{"We will read what you sent. We may ask " + whose + " school, and other people who know " + whom + ", what they think."}}
	if v.Decision != nil {
		next.Lines = append(next.Lines, "We must decide if we will carry out an EHC needs assessment. That is a careful look at "+whose+" needs and the help that would meet them. We must tell "+told(family)+" by "+v.Decision.Due.WordsWithDay()+" ("+v.Decision.Rule.Source.String()+").")
		next.Lines = append(next.Lines, "If we say no, we will say why and what can be done about it.")
	}
	if v.Plan != nil {
		next.Lines = append(next.Lines, "If we say yes, and "+whom+" need"+plural(young)+" an EHC plan, the final plan must be sent by "+v.Plan.Due.WordsWithDay()+" ("+v.Plan.Rule.Source.String()+").")
	}
	ask := letterPart{Heading: "Who to ask"}
	if v.Owner.Name != "" {
		ask.Lines = append(ask.Lines, v.Owner.Name+" looks after this request."+contactWords(v.Owner.Phone, v.Owner.Email))
	} else {
		ask.Lines = append(ask.Lines, "We will tell you soon who looks after this request.")
	}
	ask.Lines = append(ask.Lines, "Tell us if you would like this letter in another language, in large print, or read to you.")
	from = []string{v.Area + " SEND team"}
	if v.Owner.Name != "" {
		from = []string{v.Owner.Name, v.Area + " SEND team"}
	}
	return dear, []letterPart{first, next, ask}, from
}

func plural(young bool) string {
	if young {
		return ""
	}
	return "s"
}

func told(family bool) string {
	if family {
		return "you"
	}
	return "the family"
}

func contactWords(phone, email string) string {
	switch {
	case phone != "" && email != "":
		return " Call " + phone + " or email " + email + "."
	case phone != "":
		return " Call " + phone + "."
	case email != "":
		return " Email " + email + "."
	}
	return ""
}

// text is the letter as it is pasted elsewhere.
func (v *acknowledgementView) text() string {
	dear, parts, from := v.letter()
	lines := []string{v.Today.Words(), dear}
	for _, p := range parts {
		if p.Heading != "" {
			lines = append(lines, p.Heading)
		}
		lines = append(lines, p.Lines...)
	}
	return strings.Join(append(lines, strings.Join(from, "\n")), "\n\n")
}
