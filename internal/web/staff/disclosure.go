package staff

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"weald/domain/casework"
	"weald/domain/privacy"
	"weald/internal/app"
	"weald/internal/web/dossier"
	"weald/internal/web/govuk"
	"weald/law"
)

// A disclosureView is everything kept about one child, and what of it is to be
// held back from the person who asks for it.
type disclosureView struct {
	govuk.Form
	*app.Subject
	Told    string
	Waiting int // marks at which nobody else has looked
	You     string
	Basis   string // the lawful basis of giving it
}

// Disclosure lists what is kept about a child and what is marked to be held back.
func (p *Pages) Disclosure(w http.ResponseWriter, r *http.Request) error {
	return p.showDisclosure(w, r, http.StatusOK, govuk.Form{})
}

func (p *Pages) showDisclosure(w http.ResponseWriter, r *http.Request, status int, typed govuk.Form) error {
	u, id := UserOf(r.Context()), app.ChildID(r.PathValue("id"))
	s, err := p.Subjects.Look(r.Context(), u, id)
	if err != nil {
		return err
	}
	v := &disclosureView{Form: typed, Subject: s, Told: p.Sessions.Told(r), You: u.ID, Basis: p.Sharings.Of("subject").BasisWords()}
	for i := range s.Marks {
		if !s.Marks[i].Agreed() {
			v.Waiting++
		}
	}
	f := p.frame(u, "Everything kept: "+s.Child.Name(), "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: s.Child.Name(), Href: caseLink(id)}, {Text: "Everything kept"}}
	f.Errors = typed.Errors
	return show(w, r, status, disclosurePage(f, v))
}

func disclosureLink(id app.ChildID) string { return caseLink(id) + "/disclosure" }

// answerLink is where the rule for answering is.
func answerLink() string { return "/rules/" + casework.AnswerSAR.ID }

// places offers what can be held back whole: each note, event, person, document
// and fact.
func (v *disclosureView) places() []govuk.Option {
	all := []govuk.Option{{Value: "", Text: "Everywhere that the words are"}}
	for i := range v.All {
		h := &v.All[i]
		switch h.Table {
		case "contacts", "notes", "documents", "events", "facts":
			for _, row := range h.Rows {
				all = append(all, govuk.Option{Value: h.Table + "/" + h.KeyOf(row), Text: placeWords(h, row)})
			}
		}
	}
	return all
}

// placeWords names a row as somebody would look for it.
func placeWords(h *privacy.Held, row map[string]string) string {
	one := map[string]string{"contacts": "Person", "notes": "Note", "documents": "Document", "events": "Event", "facts": "From the return"}[h.Table]
	what := ""
	switch h.Table {
	case "contacts":
		what = row["name"] + ", " + row["relation"]
	case "notes":
		what = shortened(row["body"]) + " (" + row["by_name"] + ")"
	case "documents":
		what = row["name"]
	case "events":
		what = row["kind"]
		if k, ok := casework.KindNamed(row["kind"]); ok {
			what = k.Label()
		}
		what += ", " + row["happened_on"]
	case "facts":
		what = row["name"]
	}
	return one + ": " + what
}

// shortened is the beginning of a text, in a line.
func shortened(s string) string {
	line := []rune(strings.Join(strings.Fields(s), " "))
	if len(line) > 60 {
		return string(line[:60]) + "…"
	}
	return string(line)
}

// where says which part a mark holds back.
func (v *disclosureView) where(w *privacy.Withholding) string {
	if w.Table == "" {
		return "Everywhere"
	}
	for i := range v.All {
		h := &v.All[i]
		for _, row := range h.Rows {
			if h.Table == w.Table && h.KeyOf(row) == w.Key {
				return placeWords(h, row)
			}
		}
	}
	return "Something that is no longer kept"
}

// counts says how much of each sort is kept.
func (v *disclosureView) counts() (rows [][]govuk.Cell) {
	for _, h := range v.All {
		rows = append(rows, []govuk.Cell{{Text: h.Title}, {Text: number(len(h.Rows)), Numeric: true}})
	}
	return rows
}

func groundChoices() (all []govuk.Choice) {
	for _, g := range privacy.Grounds {
		all = append(all, govuk.Choice{Value: g.Code, Text: g.Words, Hint: g.From + ". " + g.Known + "."})
	}
	return all
}

// DisclosureWithhold marks something to be held back.
func (p *Pages) DisclosureWithhold(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	typed := govuk.Form{Values: r.PostForm}
	table, key, _ := strings.Cut(typed.Text("where"), "/")
	mark := privacy.Withholding{Table: table, Key: key, Words: typed.Text("words"), Ground: typed.Text("ground"), Why: typed.Text("why")}
	if table == "" && len([]rune(mark.Words)) < 2 {
		typed.Errors.Add("words", "Enter the words to hold back, or choose something to hold back whole")
	}
	if privacy.GroundOf(mark.Ground) == nil {
		typed.Errors.Add("ground", "Choose the ground on which it is held back")
	}
	typed.Need("why", "Say why, for whoever looks at it next")
	for _, field := range []string{"words", "why"} {
		if n := len([]rune(typed.Text(field))); n > app.WhyLength {
			typed.Errors.Add(field, "Use "+strconv.Itoa(app.WhyLength)+" characters or fewer: there are "+number(n))
		}
	}
	if len(typed.Errors) == 0 {
		id := app.ChildID(r.PathValue("id"))
		err := p.Subjects.Withhold(r.Context(), UserOf(r.Context()), id, mark)
		var no *law.Refusal
		switch {
		case err == nil:
			p.Sessions.Tell(r, "Marked. Somebody else must look at it before anything is given")
			http.Redirect(w, r, disclosureLink(id)+"#held", http.StatusSeeOther)
			return nil
		case errors.Is(err, app.ErrNotFound):
			typed.Errors.Add("where", "Choose something that is still kept")
		case errors.As(err, &no):
			typed.Errors.Add("where", no.Because)
		default:
			return err
		}
	}
	return p.showDisclosure(w, r, http.StatusUnprocessableEntity, typed)
}

// DisclosureAgree is the second look at what is marked.
func (p *Pages) DisclosureAgree(w http.ResponseWriter, r *http.Request) error {
	return p.decide(w, r, p.Subjects.Agree(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), r.PathValue("mark")), "Agreed")
}

// DisclosureUnmark takes a mark away.
func (p *Pages) DisclosureUnmark(w http.ResponseWriter, r *http.Request) error {
	return p.decide(w, r, p.Subjects.Unmark(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), r.PathValue("mark")), "No longer held back")
}

func (p *Pages) decide(w http.ResponseWriter, r *http.Request, err error, told string) error {
	if err != nil {
		return err
	}
	p.Sessions.Tell(r, told)
	http.Redirect(w, r, disclosureLink(app.ChildID(r.PathValue("id")))+"#held", http.StatusSeeOther)
	return nil
}

// DisclosureAll hands over everything, with nothing held back.
func (p *Pages) DisclosureAll(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Subjects.Take(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return p.sendDossier(w, r, &dossier.Dossier{Area: p.Site.Area, Subject: s})
}

// DisclosureGiven hands over what may be given to the person it is about.
func (p *Pages) DisclosureGiven(w http.ResponseWriter, r *http.Request) error {
	s, schedule, err := p.Subjects.Give(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return p.sendDossier(w, r, &dossier.Dossier{Area: p.Site.Area, Subject: s, Schedule: schedule, Given: true})
}

// sendDossier sends the file as it is made.
func (p *Pages) sendDossier(w http.ResponseWriter, r *http.Request, d *dossier.Dossier) error {
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", disposition("attachment", d.Name()))
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	bytes := func(ctx context.Context, doc *app.Document) (io.ReadCloser, bool, error) {
		return p.Subjects.Bytes(ctx, doc)
	}
	if err := d.Write(r.Context(), newPatience(w, betweenReads, wholeUpload), bytes); err != nil {
		return &BrokeOff{err}
	}
	return nil
}
