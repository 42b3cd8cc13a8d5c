package staff

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/domain/sen2"
	"weald/internal/app"

	"weald/internal/web/govuk"
	"weald/law"
)

// A caseView is a child's file sorted for reading.
type caseView struct {
	*app.File
	practice *casework.Practice

	Next     *casework.Duty   // what falls due first, or nil
	ToDo     []*casework.Duty // owed and not done, the earliest first
	Rights   []*casework.Duty // rights of appeal and the like that are open
	Floors   []*casework.Duty // days before which something may not be done
	Going    []*casework.Duty // continuing duties
	Past     []*casework.Duty // done, replaced or fallen away, the latest first
	Timeline []moment         // the latest first
	Problem  string           // what was wrong with the day asked for
	Asked    string           // the day asked for, as typed
	Records  bool             // the reader may record in the case
	Told     string           // what the reader has just done
	Plans    bool             // the reader may see plans
	Links    bool             // the reader may send a link for advice that is awaited

	Documents *documentsView
	Notes     *notesView

	Discloses bool // the reader may take out everything kept
	Retains   bool // the reader may say how long it is kept
}

// A moment is one line of the timeline.
type moment struct {
	Entry   app.Entry
	Struck  bool
	Refused *law.Refusal
}

// Case shows one child: what is next, the timeline, each duty and why its date.
func (p *Pages) Case(w http.ResponseWriter, r *http.Request) error {
	return p.showCase(w, r, http.StatusOK, govuk.Form{})
}

// showCase shows a case, with a form on it as it was typed.
func (p *Pages) showCase(w http.ResponseWriter, r *http.Request, status int, form govuk.Form) error {
	asked := strings.TrimSpace(r.URL.Query().Get("on"))
	var on calendar.Date
	problem := ""
	if asked != "" {
		var err error
		if on, err = calendar.Parse(asked); err != nil {
			problem = "Enter a day as year, month and day, such as 2026-09-07"
		} else if today := p.Casework.Today(); on > today {
			problem, on = "Enter a day that has come: today is "+today.Words(), 0
		}
	}
	file, err := p.Casework.Case(r.Context(), UserOf(r.Context()), app.ChildID(r.PathValue("id")), on)
	if err != nil {
		return err
	}
	v := sortCase(file, p.Casework.Practice())
	v.Asked, v.Problem = asked, problem
	v.Records = mayRecord(UserOf(r.Context())) && v.Today == v.Now
	v.Told = p.Sessions.Told(r)
	v.Plans = UserOf(r.Context()).May(access.PlanSee)
	v.Discloses, v.Retains = UserOf(r.Context()).May(access.Disclose), UserOf(r.Context()).May(access.Retain)
	v.Links = p.Links != nil && v.Records && slices.ContainsFunc(v.ToDo, func(d *casework.Duty) bool { return d.Rule.ID == casework.GiveAdvice.ID })
	v.Documents = p.documents(r.Context(), file)
	f := p.frame(UserOf(r.Context()), file.Child.Name(), "")
	f.Breadcrumbs = []govuk.Link{{Text: "Cases", Href: casesPart}, {Text: file.Child.Name()}}
	v.Notes = v.notes(r, form)
	f.Errors = form.Errors
	if problem != "" {
		f.Errors.Add("on", problem)
		status = http.StatusUnprocessableEntity
	}
	return show(w, r, status, casePage(f, v))
}

func sortCase(f *app.File, practice *casework.Practice) *caseView {
	v := &caseView{File: f, practice: practice}
	for i := range f.Reading.Duties {
		d := &f.Reading.Duties[i]
		switch {
		case d.Rule.Nature == law.Floor && d.Status == casework.NotBefore && (d.Due.IsZero() || d.Due > f.Today):
			v.Floors = append(v.Floors, d)
		case d.Rule.Nature == law.Right && d.Status == casework.Running:
			v.Rights = append(v.Rights, d)
		case d.Rule.Nature == law.Continuing && d.Status == casework.Running:
			v.Going = append(v.Going, d)
		case d.Rule.Nature == law.Deadline && (d.Open() || d.Status == casework.Excused && d.Done.IsZero()):
			v.ToDo = append(v.ToDo, d)
		default:
			v.Past = append(v.Past, d)
		}
	}
	earliest := func(a, b *casework.Duty) int { return cmp.Compare(a.Due, b.Due) }
	slices.SortStableFunc(v.ToDo, earliest)
	slices.SortStableFunc(v.Rights, earliest)
	slices.SortStableFunc(v.Past, func(a, b *casework.Duty) int { return cmp.Compare(b.Start, a.Start) })
	v.Next = app.Next(v.ToDo, f.Today)
	journal := app.Journal(f.Entries)
	for _, e := range f.Entries {
		if e.Entry.Struck {
			continue
		}
		m := moment{Entry: e, Struck: !journal.Live(e.Seq)}
		for _, no := range f.Reading.Refused {
			if no.Event == e.Event {
				m.Refused = no.Why
			}
		}
		if e.Event.On <= f.Today {
			v.Timeline = append(v.Timeline, m)
		}
	}
	slices.SortStableFunc(v.Timeline, func(a, b moment) int {
		return cmp.Or(cmp.Compare(b.Entry.Event.On, a.Entry.Event.On), cmp.Compare(b.Entry.Seq, a.Entry.Seq))
	})
	return v
}

// recordedAt writes the moment of recording as a reader sees it.
func recordedAt(at string) string {
	if d, err := calendar.Parse(at[:min(10, len(at))]); err == nil {
		return d.Words()
	}
	return at
}

// typed is what the day field holds: what was typed, if it was wrong.
func typed(v *caseView) string {
	if v.Problem != "" {
		return v.Asked
	}
	return v.Today.String()
}

func aboutRows(v *caseView) (rows []govuk.SummaryRow) {
	row := func(key, value string) {
		if value != "" {
			rows = append(rows, govuk.SummaryRow{Key: key, Value: value})
		}
	}
	if v.Child.Born.IsZero() {
		row("Born", "Not recorded")
	} else {
		row("Born", age(v.Child.Born, v.Today))
		row("Decides for themselves", "after "+decides(v))
	}
	row("Reference", v.Child.Reference)
	row("Officer", v.Officer)
	row("Team", v.Child.Team)
	if v.Setting != "" {
		rows = append(rows, govuk.SummaryRow{Key: "School or other setting", Content: settingLink(v.Child.Setting, v.Setting)})
	}
	row("Main need", sen2.NeedTypes.Meaning(v.Child.Need))
	row("District", v.Child.District)
	row("Postcode", v.Child.Postcode)
	row("NHS number", v.Child.NHS)
	row("UPN", v.Child.UPN)
	row("ULN", v.Child.ULN)
	for _, f := range v.Facts {
		switch { // said above already
		case f.Name == "Postcode" && f.Value == v.Child.Postcode:
		case f.Name == "Primary need" && f.Value == sen2.NeedTypes.Meaning(v.Child.Need):
		default:
			row(f.Name, f.Value)
		}
	}
	return rows
}

func processRows(v *caseView) (rows []govuk.SummaryRow) {
	for i, s := range v.Reading.States() {
		if s != casework.NotStarted {
			rows = append(rows, govuk.SummaryRow{Key: casework.Processes[i].Label, Value: s.Label()})
		}
	}
	return rows
}
