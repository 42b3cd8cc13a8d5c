package staff

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"weald/internal/app"
	"weald/internal/web/govuk"
)

// Work shows what one person has to do: overdue, this week and soon.
func (p *Pages) Work(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	work, err := p.Casework.Work(r.Context(), UserOf(r.Context()), q.Get("whose"))
	if err != nil {
		return err
	}
	v := &workView{Work: work, Mine: work.Whose.ID == UserOf(r.Context()).ID, By: q.Get("by"), When: q.Get("when"), Page: 1, Records: mayRecord(UserOf(r.Context())), Told: p.Sessions.Told(r)}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 0 && n <= 1+len(work.Tasks)/workMost {
		v.Page = n
	}
	title := "My work"
	if !v.Mine {
		title = "Work of " + work.Whose.Name
	}
	v.Title = title
	return show(w, r, http.StatusOK, workPage(p.frame(UserOf(r.Context()), title, workPart), v))
}

// A workView is somebody's work as they asked to see it.
type workView struct {
	*app.Work
	Title string
	Mine  bool
	By    string // how it is grouped: by day unless said
	When  string // which part is shown: all of it unless said
	Page  int    // from 1, when a part is shown
	Shown int    // how many duties its pages hold together

	Records bool   // the reader may write in cases
	Told    string // what the reader has just done
}

// workLink is the address of the page with other choices.
func (v *workView) workLink(by, when string) string { return v.workPage(by, when, 1) }

func (v *workView) workPage(by, when string, page int) string {
	whose, at := "", ""
	if !v.Mine {
		whose = v.Whose.ID
	}
	if page > 1 {
		at = strconv.Itoa(page)
	}
	return address(workPart, "whose", whose, "by", by, "when", when, "page", at)
}

// A workGroup is tasks under one heading.
type workGroup struct {
	Heading string
	Tasks   []app.Task // those shown
	All     int        // how many there are
	More    string     // where the rest are; "" when all are shown
}

// A whole page shows the first of each group, and one part of the work so many
// to a page.
const (
	workFirst = 20
	workMost  = 100
)

// part names the part of the page to which a task belongs.
func (v *workView) part(t *app.Task) string {
	switch {
	case t.Duty.Due < v.Today:
		return "overdue"
	case t.Duty.Due == v.Today:
		return "today"
	case t.Duty.Due <= v.Week:
		return "week"
	default:
		return "later"
	}
}

var workParts = []struct{ name, heading string }{
	{"overdue", "Overdue"}, {"today", "Today"}, {"week", "This week"}, {"later", "Later, within four weeks"},
}

var workGroupings = []struct{ by, label string }{{"", "Day"}, {"duty", "Duty"}, {"child", "Child"}, {"setting", "Setting"}}

// groups puts the tasks under headings, each group in the order of its first
// task, so that what is due first stays first.
func (v *workView) groups() (all []workGroup) {
	at := map[string]int{}
	v.Shown = 0
	for i := range v.Tasks {
		t := &v.Tasks[i]
		part := v.part(t)
		if v.When != "" && v.When != part && !(v.When == "week" && part == "today") {
			continue
		}
		key, heading := part, ""
		switch v.By {
		case "duty":
			key, heading = t.Duty.Rule, t.Rule.Duty
		case "child":
			key, heading = string(t.ID), t.Name()
		case "setting":
			key, heading = t.Setting, cmp.Or(t.Place, "No setting recorded")
		default:
			for _, p := range workParts {
				if p.name == part {
					heading = p.heading
				}
			}
		}
		n, ok := at[key]
		if !ok {
			n, at[key] = len(all), len(all)
			all = append(all, workGroup{Heading: heading})
		}
		g := &all[n]
		g.All++
		switch {
		case v.When == "" && v.By == "":
			if len(g.Tasks) == workFirst {
				g.More = v.workLink("", part)
				continue
			}
		default:
			if v.Shown++; v.Shown <= (v.Page-1)*workMost || v.Shown > v.Page*workMost {
				continue
			}
		}
		g.Tasks = append(g.Tasks, *t)
	}
	return slices.DeleteFunc(all, func(g workGroup) bool { return len(g.Tasks) == 0 })
}

// pages leads on from a part that is too long for one page.
func (v *workView) pages() govuk.Pagination {
	p := govuk.Pages(v.Page, (v.Shown+workMost-1)/workMost, func(page int) string { return v.workPage(v.By, v.When, page) })
	p.Label = "Pages of duties"
	return p
}

// coverWords says for whom a task is covered.
func coverWords(whose string) string {
	if whose == "" {
		return ""
	}
	return "for " + whose
}

// taskRows is a group as a table.
func taskRows(v *workView, g *workGroup) govuk.Table {
	t := govuk.Table{Caption: g.Heading, CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Due", "What must be done", "Setting")}
	for i := range g.Tasks {
		task := &g.Tasks[i]
		t.Rows = append(t.Rows, []govuk.Cell{{Content: childCell(task.Line, task.Stage.Label(), coverWords(task.For))}, {Content: dueCell(task.Days, task.Duty.Due.WordsWithDay())}, {Content: taskWhat(task)}, {Content: settingLink(task.Setting, task.Place)}})
	}
	return t
}

func whoseOptions(v *workView) (list []govuk.Option) {
	for _, p := range v.People {
		list = append(list, govuk.Option{Value: p.ID, Text: p.Name})
	}
	return list
}
