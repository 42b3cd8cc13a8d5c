package staff

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"weald/calendar"
	"weald/internal/app"
	"weald/internal/web/govuk"
)

const reviewsPart = "/reviews"

// Reviews shows a month of reviews: what falls due, what is arranged, and what
// is overdue today.
func (p *Pages) Reviews(w http.ResponseWriter, r *http.Request) error {
	c, err := p.Casework.Reviews(r.Context(), UserOf(r.Context()), readReviewFilter(r.URL.Query()))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, reviewsPage(p.frame(UserOf(r.Context()), "Reviews", reviewsPart), c))
}

// readReviewFilter reads the calendar's address. A month or day that is none is
// this month and no day.
func readReviewFilter(q url.Values) app.ReviewFilter {
	f := app.ReviewFilter{
		Officer: q.Get("officer"), Team: q.Get("team"), District: q.Get("district"), Phase: q.Get("phase"),
		What: app.ReviewMatter(q.Get("what")), Late: q.Get("late"),
	}
	if month, err := calendar.Parse(q.Get("month") + "-01"); err == nil {
		f.Month = month
	}
	if day, err := calendar.Parse(q.Get("day")); err == nil {
		f.Day = day
		if f.Month.IsZero() {
			f.Month = day
		}
	}
	if !slices.Contains(app.ReviewMatters[:], f.What) {
		f.What = ""
	}
	if f.Late != app.EveryBand && !slices.ContainsFunc(app.LateBands[:], func(b app.LateBand) bool { return b.Name == f.Late }) {
		f.Late = ""
	}
	f.Page, _ = strconv.Atoi(q.Get("page"))
	return f
}

// reviewsLink is the address of a month, and of its list when there is one.
func reviewsLink(f app.ReviewFilter) string {
	month, day, page := "", "", ""
	if !f.Month.IsZero() {
		month = f.Month.String()[:7]
	}
	if !f.Day.IsZero() {
		day = f.Day.String()
	}
	if f.Page > 1 {
		page = strconv.Itoa(f.Page)
	}
	link := address(reviewsPart, "officer", f.Officer, "team", f.Team, "district", f.District, "phase", f.Phase,
		"month", month, "day", day, "what", string(f.What), "late", f.Late, "page", page)
	if f.Late != "" || !f.Day.IsZero() {
		link += "#list"
	}
	return link
}

// reviewsChosen is a filter without the month and what is listed of it.
func reviewsChosen(f app.ReviewFilter) app.ReviewFilter {
	return app.ReviewFilter{Officer: f.Officer, Team: f.Team, District: f.District, Phase: f.Phase}
}

// onMonth is the same calendar in the month of a day, with nothing listed.
func onMonth(f app.ReviewFilter, day calendar.Date) app.ReviewFilter {
	f = reviewsChosen(f)
	f.Month = day
	return f
}

// onDay lists a matter of one day.
func onDay(f app.ReviewFilter, day calendar.Date, what app.ReviewMatter) app.ReviewFilter {
	f = onMonth(f, day)
	f.Day, f.What = day, what
	return f
}

// inBacklog lists a matter that has been overdue for so long.
func inBacklog(f app.ReviewFilter, what app.ReviewMatter, late string) app.ReviewFilter {
	f = onMonth(f, f.Month)
	f.What, f.Late = what, late
	return f
}

// monthWords writes a month: November 2026.
func monthWords(d calendar.Date) string {
	year, month, _ := d.Parts()
	return month.String() + " " + strconv.Itoa(year)
}

// dayOfMonth writes a day without its year: Monday 23 November.
func dayOfMonth(d calendar.Date) string {
	return d.Weekday().String() + " " + strconv.Itoa(d.Day()) + " " + d.Month().String()
}

// weekdays in the order of the calendar's columns, from Monday.
var weekdays = [7]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// matterWords says how many of a matter there are on a day, as the calendar does.
func matterWords(what app.ReviewMatter, n int, past bool) string {
	switch {
	case what == app.MeetingSet:
		return counted(n, "meeting", "meetings")
	case what == app.ReviewDue && past:
		return counted(n, "review", "reviews") + " late"
	case what == app.ReviewDue:
		return counted(n, "review", "reviews") + " due"
	case past:
		return counted(n, "decision", "decisions") + " late"
	default:
		return counted(n, "decision", "decisions") + " due"
	}
}

// matterName names a matter for the backlog and lists.
func matterName(what app.ReviewMatter) string {
	switch what {
	case app.ReviewDue:
		return "Yearly reviews"
	case app.MeetingSet:
		return "Review meetings"
	case app.DecisionDue:
		return "Decisions after a review"
	default:
		return "Reviews, meetings and decisions"
	}
}

// backlogTable is what is overdue today, every figure a link to its children.
func backlogTable(c *app.ReviewCalendar) govuk.Table {
	t := govuk.Table{Caption: "Overdue today, by how long", CaptionHidden: true, Scroll: true, RowHeadings: true}
	t.Head = []govuk.Heading{{Text: "Overdue"}}
	for _, b := range app.LateBands {
		t.Head = append(t.Head, govuk.Heading{Text: b.Label, Numeric: true})
	}
	t.Head = append(t.Head, govuk.Heading{Text: "All", Numeric: true})
	for i := range c.Backlog {
		b := &c.Backlog[i]
		cells := []govuk.Cell{{Text: matterName(b.What)}}
		cell := func(n int, late string) {
			cells = append(cells, figure(n, reviewsLink(inBacklog(c.Filter, b.What, late)), c.Filter.What == b.What && c.Filter.Late == late))
		}
		for j, n := range b.Bands {
			cell(n, app.LateBands[j].Name)
		}
		cell(b.Total, app.EveryBand)
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// reviewsListed says what the list below the calendar is of.
func reviewsListed(f app.ReviewFilter) string {
	if f.Late == "" {
		return matterName(f.What) + " on " + f.Day.WordsWithDay()
	}
	for _, b := range app.LateBands {
		if b.Name == f.Late {
			return matterName(f.What) + " overdue: " + lowerFirst(b.Label)
		}
	}
	return matterName(f.What) + " overdue"
}

// reviewRows is the list as a table.
func reviewRows(c *app.ReviewCalendar) govuk.Table {
	t := govuk.Table{Caption: reviewsListed(c.Filter), CaptionHidden: true, Scroll: true, RowHeadings: true,
		Head: govuk.Headings("Child", "Day", "What", "Setting", "Who has it")}
	for i := range c.Rows {
		r := &c.Rows[i]
		place := r.Place
		if place == "" {
			place = "No setting recorded"
		}
		t.Rows = append(t.Rows, []govuk.Cell{{Content: childCell(r.Line, r.Reference, r.Stage.Label())}, {Content: reviewDay(r)}, {Content: reviewWhat(r)}, {Text: place}, {Content: ownerCell(r.Line, r.Who)}})
	}
	return t
}

// reviewPages leads through the list.
func reviewPages(c *app.ReviewCalendar) govuk.Pagination {
	return govuk.Pages(c.Filter.Page, c.Pages, func(page int) string {
		f := c.Filter
		f.Page = page
		return reviewsLink(f)
	})
}

// onFirst is the first day of a day's month.
func onFirst(d calendar.Date) calendar.Date { return d.AddDays(1 - d.Day()) }
