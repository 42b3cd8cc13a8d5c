package sen2

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"weald/calendar"
)

// A Form is another shape in which a return travels besides XML: tables whose
// rows name one another by numbers. What a form has no column for, it cannot
// hold.
type Form struct {
	Name   string // in commands
	Words  string
	Tables []FormTable
	Header bool // it says whose return it is, and of which year

	day func(calendar.Date) string
}

// A FormTable is one table of a form.
type FormTable struct {
	Name    string // of the file or, in a workbook, of the sheet or the block
	Columns []FormColumn

	in     element
	key    int // the column that numbers the row; -1: none
	parent int // the column that numbers what the row belongs to; -1: none
	of     int // the table of that; -1: none
}

// A FormColumn is one column of a table.
type FormColumn struct {
	Title string

	item *Item // nil: a number that joins tables, or nothing that a return holds
	lea  bool  // the number of the local authority, from the header
	own  bool  // the table's name for its rows, or their order
}

// Titles returns the titles of a table's columns, in order.
func (t *FormTable) Titles() []string {
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	return titles
}

// The forms.
var (
	// Analysts is the five tables that an analysts' tool of Data to Insight
	// reads. It has no plan details, placements, needs or header.
	Analysts = newAnalysts()
	// Template is the department's Excel template: one sheet of stacked tables.
	Template = newTemplate()
	// Export is what the department's collection system gives out of a return
	// that was loaded into it: nine CSV files.
	Export = newExport()
	// Forms is every form.
	Forms = []*Form{Analysts, Template, Export}
)

// TemplateSheet is the sheet of the department's template that holds the tables.
const TemplateSheet = "Data Entry Template"

// itemIn finds an item by its element and name.
func itemIn(e element, name string) *Item {
	i := slices.IndexFunc(Items, func(it Item) bool { return it.in == e && it.Name == name })
	if i < 0 {
		panic("sen2: no item " + name)
	}
	return &Items[i]
}

const (
	personKey  = "Person ID"
	requestKey = "Requests Record ID"
	planKey    = "Request Records ID" // as the tool spells it in its last two tables
)

func newAnalysts() *Form {
	table := func(name string, in element, parent, of int, columns ...string) FormTable {
		t := FormTable{Name: name, in: in, parent: parent, of: of, key: 1}
		if in == personPart {
			t.key = 0
		}
		for i := 0; i < len(columns); i += 2 {
			c := FormColumn{Title: columns[i]}
			if columns[i+1] != "" {
				c.item = itemIn(in, columns[i+1])
			}
			t.Columns = append(t.Columns, c)
		}
		return t
	}
	return &Form{Name: "analysts", Words: "the five tables of an analysts’ tool", day: calendar.Date.String, Tables: []FormTable{
		table("m1", personPart, -1, -1, personKey, "", "Surname", "Surname", "Forename", "Forename", "Dob (ccyy-mm-dd)", "PersonBirthDate", "Gender", "Sex", "Ethnicity", "Ethnicity",
			"Postcode", "PostCode", "UPN - Unique Pupil Number", "UPN", "ULN - Young Persons Unique Learner Number", "UniqueLearnerNumber", "UPN and ULN unavailable reason", "UPNunknown"),
		table("m2", requestPart, 0, 0, personKey, "", requestKey, "", "Date Request Was Received", "ReceivedDate", "Initial Request Whilst In RYA", "RYA", "Request Outcome Date", "RequestOutcomeDate",
			"Request Outcome", "RequestOutcome", "Request Mediation", "RequestMediation", "Request Tribunal", "RequestTribunal",
			"Exported - Child Or Young Person Moves Out Of LA Before Assessment Is Completed", "Exported", "New start date", ""),
		table("m3", assessmentPart, 1, 1, personKey, "", requestKey, "", "Assessment Outcome To Issue EHCP", "AssessmentOutcome", "Assessment Outcome Date", "AssessmentOutcomeDate",
			"Assessment Mediation", "AssessmentMediation", "Assessment Tribunal", "AssessmentTribunal", "Other Mediation", "OtherMediation", "Other Tribunal", "OtherTribunal",
			"Twenty Weeks Time Limit Exceptions Apply", "Week20"),
		table("m4", namedPlanPart, 1, 2, personKey, "", planKey, "", "EHC Plan Start Date", "StartDate", "Residential Settings", "PlanRes", "Worked based learning activity", "PlanWBP",
			"Personal budget taken up", "PB", "Personal budget - organised arrangements", "OA", "Personal budget - direct payments", "DP", "Date EHC Plan Ceased", "CeaseDate", "Reason EHC Plan Ceased", "CeaseReason"),
		table("m5", activePlanPart, 1, 1, personKey, "", planKey, "", "EHC Plan (Transfer)", "TransferLA", "Residential Settings", "Res", "Worked based learning activity", "WBP", "EHCP review decisions date", "LastReview"),
	}}
}

// parts are the tables of the department's forms, each after what it belongs to.
var parts = []struct {
	in    element
	of    int
	title string
}{
	{headerPart, -1, "Header Record"}, {personPart, 0, "Person Record"}, {requestPart, 1, "Requests Records"}, {assessmentPart, 2, "Assessments Records"}, {namedPlanPart, 3, "Named Plan Records"},
	{planDetailPart, 4, "Plan Detail Records"}, {activePlanPart, 2, "Active Plan Records"}, {placementPart, 6, "Placement Detail Records"}, {needPart, 6, "SEN Need Records"},
}

// itemsOf returns the items of a part; those of the header's parts are together.
func itemsOf(e element) (list []*Item) {
	for i := range Items {
		it := &Items[i]
		if it.slot != slotMore && (it.in == e || e == headerPart && (it.in == collectionDetails || it.in == sourceDetails)) {
			list = append(list, it)
		}
	}
	return list
}

func newTemplate() *Form {
	const person, request = "Person ID (This must be a unique ID for each Person record)", "Requests record ID (This must be a unique ID for each Requests record)"
	f := &Form{Name: "template", Words: "the department’s Excel template", Header: true, day: calendar.Date.String}
	for _, p := range parts {
		t := FormTable{Name: p.title, in: p.in, of: p.of, key: -1, parent: -1, Columns: []FormColumn{{Title: "Record Type", own: true}}}
		if p.in != headerPart {
			t.Columns = append(t.Columns, FormColumn{Title: "LA (From Header Record)", lea: true}, FormColumn{Title: person})
			t.key = 2
		}
		if p.in != headerPart && p.in != personPart {
			t.Columns = append(t.Columns, FormColumn{Title: request})
			t.key, t.parent = 3, 3
			if p.in == requestPart {
				t.parent = 2
			}
		}
		for _, it := range itemsOf(p.in) {
			c := FormColumn{Title: it.Title, item: it}
			switch {
			case it.slot == slotWritten:
				c.Title = "Date & Time (ccyy-mm-ddThh:mm:ss)"
			case it.slot == slotRank && it.in == needPart:
				c.Title = "SEN Type of Need rank (1=Primary, 2=Secondary)"
			case it.slot == slotRank:
				c.Title = "Placement Rank (1=Primary, 2=Secondary)"
			}
			t.Columns = append(t.Columns, c)
		}
		f.Tables = append(f.Tables, t)
	}
	return f
}

func newExport() *Form {
	f := &Form{Name: "export", Words: "the nine files of the department’s collection system", Header: true, day: func(d calendar.Date) string {
		return strconv.Itoa(d.Year()) + "-" + d.Month().String()[:3] + "-" + d.String()[8:] + " 00:00:00"
	}}
	name := func(e element) string {
		if e == headerPart {
			return "sen2"
		}
		return strings.ToLower(elements[e].name)
	}
	for _, p := range parts {
		n := name(p.in)
		t := FormTable{Name: n, in: p.in, of: p.of, parent: -1, Columns: []FormColumn{{Title: n + "tableid"}, {Title: "NativeId", own: true}, {Title: n + "orderseqcolumn", own: true}, {Title: "sourceid", own: true}}}
		if p.of >= 0 {
			t.parent = len(t.Columns)
			t.Columns = append(t.Columns, FormColumn{Title: name(parts[p.of].in) + "tableid"})
		}
		for _, it := range itemsOf(p.in) {
			t.Columns = append(t.Columns, FormColumn{Title: strings.ToLower(it.Name), item: it})
		}
		f.Tables = append(f.Tables, t)
	}
	return f
}

// plainTitle is a title without what people and programs change: capitals,
// spaces, marks, and what stands in brackets.
func plainTitle(s string) string {
	s, _, _ = strings.Cut(s, "(")
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// formDay reads a day as the forms hold it.
func formDay(s string) (calendar.Date, bool) {
	if d, err := calendar.Parse(s); err == nil {
		return d, true
	}
	for _, layout := range []string{"2006-Jan-02 15:04:05", "2006-Jan-02", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2/1/2006", "2/1/2006 15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1900 && t.Year() < 2200 {
			return calendar.On(t.Year(), t.Month(), t.Day()), true
		}
	}
	return 0, false
}

// timeOfForm reads a day and time as the forms hold it, and writes it as a return
// does.
func timeOfForm(s string) (string, error) {
	var t time.Time
	var err error
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-Jan-02 15:04:05", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err = time.Parse(layout, s); err == nil {
			return t.Format("2006-01-02T15:04:05"), nil
		}
	}
	return "", err
}
