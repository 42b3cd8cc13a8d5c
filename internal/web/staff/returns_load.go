package staff

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"weald/domain/sen2"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

// The parts of the return’s pages.
const (
	returnPart     = "/returns"
	returnLoadPage = "/returns/load"
)

// loadLinesShown is how many lines of each list a page of a load shows: all of them
// can be had from the command.
const loadLinesShown = 100

// A loadForm is the form on which a return is sent, or the answer to it.
type loadForm struct {
	govuk.Form
	Told   string
	Loads  []app.LoadRecord
	Tried  *app.Loaded // what loading what was sent would do; nil: nothing was sent
	Teams  []string
	Digest string
}

// ReturnLoad asks for a return, and lists those that were loaded.
func (p *Pages) ReturnLoad(w http.ResponseWriter, r *http.Request) error {
	return p.showLoad(w, r, http.StatusOK, &loadForm{Told: p.Sessions.Told(r)})
}

func (p *Pages) showLoad(w http.ResponseWriter, r *http.Request, status int, v *loadForm) (err error) {
	u := UserOf(r.Context())
	if v.Loads, err = p.Returns.Loads(r.Context(), u); err != nil {
		return err
	}
	if v.Tried != nil {
		if v.Teams, err = p.Returns.Teams(r.Context(), u); err != nil {
			return err
		}
	}
	f := p.frame(u, "Load a return", returnsPart)
	f.Breadcrumbs = []govuk.Link{{Text: "Return", Href: returnsPart}, {Text: "Load a return"}}
	f.Errors = v.Errors
	return show(w, r, status, loadPage(f, u, v))
}

// ReturnSend takes a return and says what loading it would do.
func (p *Pages) ReturnSend(w http.ResponseWriter, r *http.Request) error {
	wait := newPatience(w, betweenReads, wholeUpload)
	arriving := wait.body(r.Body)
	r.Body = http.MaxBytesReader(w, arriving, app.MostReturn+1<<20)
	v := &loadForm{}
	tried, err := p.receive(r)
	_ = wait.control.SetWriteDeadline(time.Now().Add(wholeUpload))
	var syntax *sen2.SyntaxError
	var large *http.MaxBytesError
	var lost *lostUpload
	switch {
	case errors.As(err, &large):
		w.Header().Set("Connection", "close")
		_, _ = io.CopyN(io.Discard, arriving, mostIgnored)
		v.Errors.Add("return", fmt.Sprintf("The file is larger than %d GB", app.MostReturn>>30))
		return p.showLoad(w, r, http.StatusRequestEntityTooLarge, v)
	case errors.As(err, &lost):
		w.Header().Set("Connection", "close")
		v.Errors.Add("return", "The file did not arrive whole. Check your connection and send it again")
	case errors.As(err, &syntax):
		v.Errors.Add("return", "The file cannot be read as a return: "+syntax.Error())
	case errors.Is(err, errNoFile):
		v.Errors.Add("return", "Choose a file")
	case err != nil:
		return err
	case tried.Already:
		v.Errors.Add("return", fmt.Sprintf("This file was loaded on %s by %s, so nothing would be changed", app.Day(tried.Load.At).Words(), tried.Load.By))
	}
	if len(v.Errors) > 0 {
		return p.showLoad(w, r, http.StatusUnprocessableEntity, v)
	}
	v.Tried, v.Digest = tried, tried.Load.Digest
	return p.showLoad(w, r, http.StatusOK, v)
}

var errNoFile = errors.New("staff: no file was sent")

// receive reads the form as it arrives.
func (p *Pages) receive(r *http.Request) (*app.Loaded, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, errNoFile
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF { //nolint:errorlint // an end that is wrapped is not the form's own
			return nil, errNoFile
		} else if err != nil {
			return nil, &lostUpload{noEnd(err)}
		}
		if part.FormName() == "return" && part.FileName() != "" {
			return p.Returns.Hold(r.Context(), UserOf(r.Context()), part.FileName(), coming{part})
		}
	}
}

// ReturnConfirm loads a return that was looked at.
func (p *Pages) ReturnConfirm(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(wholeUpload))
	var teams []string
	known, err := p.Returns.Teams(r.Context(), UserOf(r.Context()))
	if err != nil {
		return err
	}
	for _, t := range r.PostForm["team"] {
		for _, k := range known {
			if t == k {
				teams = append(teams, t)
			}
		}
	}
	done, err := p.Returns.LoadHeld(r.Context(), UserOf(r.Context()), r.PostForm.Get("digest"), teams)
	if errors.Is(err, app.ErrNotFound) {
		v := &loadForm{}
		v.Errors.Add("return", "The file is no longer held. Choose it again")
		return p.showLoad(w, r, http.StatusUnprocessableEntity, v)
	} else if err != nil {
		return err
	}
	p.Sessions.Tell(r, loadedWords(done))
	http.Redirect(w, r, loadLink(done.Load.ID), http.StatusSeeOther)
	return nil
}

func loadedWords(d *app.Loaded) string {
	if d.Already {
		return d.Load.Name + " was loaded before, so nothing was changed."
	}
	said := fmt.Sprintf("Loaded %s: %s.", d.Load.Name, counted(d.Load.People, "person", "people"))
	if n := len(d.Waiting); n > 0 {
		said += " " + counted(n, "person waits", "people wait") + " for you to say who they are."
	}
	return said
}

func loadLink(id string) string { return "/returns/loads/" + id }

// A loadView is one load, and who waits of it.
type loadView struct {
	Told    string
	Load    *app.LoadRecord
	Waiting []app.Waiting
}

// ReturnLoaded shows a load and the people whom somebody has to tell.
func (p *Pages) ReturnLoaded(w http.ResponseWriter, r *http.Request) error {
	load, waits, err := p.Returns.Waiting(r.Context(), UserOf(r.Context()), r.PathValue("load"))
	if err != nil {
		return err
	}
	f := p.frame(UserOf(r.Context()), "Loaded: "+load.Name, returnsPart)
	f.Breadcrumbs = loadCrumbs(load.Name)
	return show(w, r, http.StatusOK, loadedPage(f, &loadView{p.Sessions.Told(r), load, waits}))
}

func loadCrumbs(name string) []govuk.Link {
	return []govuk.Link{{Text: "Return", Href: returnsPart}, {Text: "Load a return", Href: returnLoadPage}, {Text: name}}
}

// ReturnDecide says who a person of a load is.
func (p *Pages) ReturnDecide(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return app.ErrNotFound
	}
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	load, who := r.PathValue("load"), r.PostForm.Get("who")
	if who == "" {
		p.Sessions.Tell(r, fmt.Sprintf("Nothing was changed. Choose who person %d is.", n))
		http.Redirect(w, r, loadLink(load), http.StatusSeeOther)
		return nil
	}
	if _, err := p.Returns.Decide(r.Context(), UserOf(r.Context()), load, n, who); err != nil {
		return err
	}
	said := map[string]string{app.AnotherChild: "was made as another child", app.LeftOut: "was left out"}[who]
	if said == "" {
		said = "was taken into the child’s record"
	}
	p.Sessions.Tell(r, fmt.Sprintf("Person %d %s.", n, said))
	http.Redirect(w, r, loadLink(load), http.StatusSeeOther)
	return nil
}

// An undoForm asks why a load is taken back.
type undoForm struct {
	govuk.Form
	Load    *app.LoadRecord
	Blocked []app.Obstacle
}

// ReturnUndo asks why a load is to be taken back.
func (p *Pages) ReturnUndo(w http.ResponseWriter, r *http.Request) error {
	return p.showUndo(w, r, http.StatusOK, &undoForm{})
}

func (p *Pages) showUndo(w http.ResponseWriter, r *http.Request, status int, v *undoForm) error {
	loads, err := p.Returns.Loads(r.Context(), UserOf(r.Context()))
	if err != nil {
		return err
	}
	for i := range loads {
		if loads[i].ID == r.PathValue("load") && loads[i].UndoneAt == "" {
			v.Load = &loads[i]
		}
	}
	if v.Load == nil {
		return app.ErrNotFound
	}
	f := p.frame(UserOf(r.Context()), "Take a load back", returnsPart)
	f.Breadcrumbs = append(loadCrumbs(v.Load.Name)[:2], govuk.Link{Text: v.Load.Name, Href: loadLink(v.Load.ID)}, govuk.Link{Text: "Take back"})
	f.Errors = v.Errors
	return show(w, r, status, undoPage(f, v))
}

// ReturnUndone takes a load back, or says what stands in the way.
func (p *Pages) ReturnUndone(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return app.ErrNotFound
	}
	v := &undoForm{Form: govuk.Form{Values: r.PostForm}}
	reason := v.Need("reason", "Say why it is taken back")
	if len(v.Errors) > 0 {
		return p.showUndo(w, r, http.StatusUnprocessableEntity, v)
	}
	n, err := p.Returns.Undo(r.Context(), UserOf(r.Context()), r.PathValue("load"), reason)
	var blocked *app.InTheWay
	if errors.As(err, &blocked) {
		v.Blocked = blocked.Obstacles
		v.Errors.Add("reason", "It cannot be taken back: something was built upon it since")
		return p.showUndo(w, r, http.StatusConflict, v)
	} else if err != nil {
		return err
	}
	p.Sessions.Tell(r, "Taken back. "+counted(n, "child was", "children were")+" taken out of the record.")
	http.Redirect(w, r, returnLoadPage, http.StatusSeeOther)
	return nil
}

// loadLines is a list of what a load does.
func loadLines(caption string, lines []app.LoadLine, columns ...string) govuk.Table {
	t := govuk.Table{Caption: caption, CaptionHidden: true, Scroll: true, RowHeadings: true, Head: govuk.Headings(columns...)}
	for i := range lines[:min(len(lines), loadLinesShown)] {
		l := &lines[i]
		cells := []govuk.Cell{{Text: l.Who}}
		for _, c := range columns[1:] {
			switch c {
			case "In the file":
				cells = append(cells, govuk.Cell{Text: "Person " + number(l.Person)})
			case "What":
				cells = append(cells, govuk.Cell{Text: l.Item})
			case "The record says", "May be":
				cells = append(cells, govuk.Cell{Text: l.Record})
			default:
				cells = append(cells, govuk.Cell{Text: l.File})
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func personWords(p *sen2.Person) string {
	parts := []string{strings.TrimSpace(p.Forename + " " + p.Surname)}
	if !p.Born.IsZero() {
		parts = append(parts, "born "+p.Born.Words())
	}
	for _, n := range [][2]string{{"UPN ", p.UPN}, {"ULN ", p.ULN}, {"", p.PostCode}} {
		if n[1] != "" {
			parts = append(parts, n[0]+n[1])
		}
	}
	return strings.Join(parts, ", ")
}

func whoChoices(w *app.Waiting) govuk.Radios {
	v := govuk.Radios{Name: "who", Legend: "Who is this?", Small: true, ID: "who-" + strconv.Itoa(w.N)}
	for i := range w.Candidates {
		c := &w.Candidates[i]
		words := personWords(&sen2.Person{Forename: c.Forename, Surname: c.Surname, Born: c.Born, UPN: c.UPN, ULN: c.ULN, PostCode: c.Postcode})
		v.Items = append(v.Items, govuk.Choice{Value: string(c.ID), Text: words, Hint: "A child of the record. What the return says is added to their case"})
	}
	v.Items = append(v.Items, govuk.Choice{Value: app.AnotherChild, Text: "Another child", Hint: "A case is made for them"}, govuk.Choice{Value: app.LeftOut, Text: "Leave this person out"})
	return v
}
