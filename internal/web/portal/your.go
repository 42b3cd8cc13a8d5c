package portal

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/web/face"
	"weald/internal/web/govuk"
	"weald/law"
)

// Your lists the children of a parent or supporter, or leads to the only one.
func (p *Pages) Your(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Own.Children(r.Context(), face.UserOf(r.Context()), access.OwnSee)
	if err != nil {
		return err
	}
	if len(all) == 1 {
		http.Redirect(w, r, yourChild(all[0].Key), http.StatusSeeOther)
		return nil
	}
	return face.Show(w, r, http.StatusOK, yourPage(p.frame(r, "Your page", yourPart), all))
}

func yourChild(key string) string { return yourPart + "/" + url.PathEscape(key) }

// yourChildPart is one of the pages under a child's own.
func yourChildPart(key, page string) string { return yourPart + "/" + url.PathEscape(key) + "/" + page }

// A childView is one child's case, for family or for those who help.
type childView struct {
	*app.OwnFile
	Family bool             // the reader is of the family
	Self   bool             // the reader is the child or young person
	Late   []*casework.Duty // of what others owe: the time has passed
	Soon   []*casework.Duty // what others owe, the earliest first
	Rights []*casework.Duty // rights that the family has now
	Going  []*casework.Duty // what must go on
}

func viewOf(f *app.OwnFile) *childView {
	v := &childView{OwnFile: f, Self: f.Relation == access.Self}
	v.Family = v.Self || f.Relation == access.Parental || f.Relation == access.Supporting
	for i := range f.Reading.Duties {
		d := &f.Reading.Duties[i]
		switch {
		case d.Rule.Nature == law.Right && d.Status == casework.Running:
			v.Rights = append(v.Rights, d)
		case d.Rule.Nature == law.Continuing && d.Status == casework.Running:
			v.Going = append(v.Going, d)
		case d.Rule.Nature != law.Deadline || !d.Open() || d.Due.IsZero():
		case d.Due < f.Today:
			v.Late = append(v.Late, d)
		default:
			v.Soon = append(v.Soon, d)
		}
	}
	earliest := func(a, b *casework.Duty) int { return cmp.Compare(a.Due, b.Due) }
	slices.SortStableFunc(v.Late, earliest)
	slices.SortStableFunc(v.Soon, earliest)
	slices.SortStableFunc(v.Rights, earliest)
	return v
}

// YourChild shows a family where their child's case is.
func (p *Pages) YourChild(w http.ResponseWriter, r *http.Request) error {
	file, err := p.Own.Open(r.Context(), face.UserOf(r.Context()), access.OwnSee, r.PathValue("key"))
	if err != nil {
		return err
	}
	f := p.frame(r, file.Name, yourPart)
	return face.Show(w, r, http.StatusOK, yourChildPage(f, viewOf(file)))
}

// stageWords says where a case is, in words that a child of ten can read.
func (v *childView) stageWords() string {
	switch v.Stage {
	case casework.RequestStage:
		return "We have the request. We are deciding if we will do an assessment. An assessment is when we find out what help is needed."
	case casework.AssessmentStage:
		return "We are doing an assessment. We are asking people who know " + v.you() + " what help is needed."
	case casework.DraftStage:
		return "We are writing a plan. You see the draft first and can tell us what to change."
	case casework.RefusedStage:
		return "We said no. You can ask us to look again, and you can appeal."
	case casework.PlanStage:
		return "There is a plan. The help in it must be given."
	case casework.MeetingStage:
		return "There is a plan. We look at it again at a review meeting."
	case casework.DecisionStage:
		return "There was a review meeting. We are deciding if the plan should change."
	case casework.AmendmentStage:
		return "We are changing the plan. You see the changes first and can tell us what you think."
	case casework.ReassessmentStage:
		return "There is a plan. We are finding out again what help is needed."
	case casework.CeasingStage:
		return "We are thinking about ending the plan. You can tell us what you think, and you can appeal."
	case casework.ClosedStage:
		return "We are not doing anything now. You can ask for an assessment at any time."
	}
	return "Nothing has been written down yet."
}

// you is how the page speaks of the child to the reader.
func (v *childView) you() string {
	if v.Self {
		return "you"
	}
	return v.Forename
}

// forceWords says how binding a day is.
func forceWords(d *casework.Duty) string {
	switch {
	case d.Rule.Statutory():
		return "The law says so."
	case d.Rule.Force == law.LocalPolicy:
		return "This is our own promise. It is not the law."
	}
	return "This is guidance. It is good practice, and it is not the law."
}

func lateWords(v *childView, d *casework.Duty) string {
	return "It should have been done by " + d.Due.Words() + ". It is " + counted(d.Due.DaysUntil(v.Today), "day", "days") + " late."
}

func ruleLink(d *casework.Duty) string { return "/rules/" + url.PathEscape(d.Rule.ID) }

// happenedShown is how many of the latest events a page shows before it offers
// the others.
const happenedShown = 8

func eventItems(all []casework.Event) govuk.Timeline {
	t := govuk.Timeline{Level: 3}
	for _, e := range all {
		t.Items = append(t.Items, govuk.Event{Title: cmp.Or(e.Kind.Family(), e.Kind.Label()), When: e.On})
	}
	return t
}

func dutyWords(v *childView, d *casework.Duty) string {
	words := cmp.Or(d.Rule.Family, d.Rule.Duty)
	if !v.Family {
		words = d.Rule.Duty
	}
	if d.Of != "" && !v.Hidden {
		words += " (" + d.Of + ")"
	}
	return words
}

// rightHolder says whose a right is, to the reader.
func rightHolder(v *childView, holder string) string {
	switch {
	case v.Decides:
		return "You"
	case holder == "the young person":
		return v.Forename
	}
	return "The parent"
}

// YourLooks shows a family who looked at the case, and why they might.
func (p *Pages) YourLooks(w http.ResponseWriter, r *http.Request) error {
	v := &looksView{Page: 1}
	if n, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil && n > 0 && n < 100_000 {
		v.Page = n
	}
	var err error
	if v.Child, v.Looks, v.More, err = p.Own.Looks(r.Context(), face.UserOf(r.Context()), r.PathValue("key"), v.Page); err != nil {
		return err
	}
	f := p.frame(r, "Who looked", yourPart)
	f.Breadcrumbs = []govuk.Link{{Text: v.Child.Name, Href: yourChild(v.Child.Key)}, {Text: "Who looked"}}
	return face.Show(w, r, http.StatusOK, looksPage(f, v))
}

// A looksView is who looked at a case.
type looksView struct {
	Child *app.OwnFile
	Looks []app.OwnLook
	Page  int
	More  bool
}

func (v *looksView) link(page int) string {
	return yourChild(v.Child.Key) + "/looks?page=" + strconv.Itoa(page)
}

// dayAndTime writes an instant as people in England read it.
func dayAndTime(at string) string {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return at
	}
	t = t.In(app.London)
	return calendar.On(t.Date()).Words() + t.Format(", 3:04pm")
}
