package annexa

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/casework"
)

// Every rule has worked examples in which it is raised and in which it is not,
// and they come out as they say.
func TestEachRuleByItsExamples(t *testing.T) {
	for i := range Rules {
		r := &Rules[i]
		examples, err := r.Examples()
		if err != nil {
			t.Error(err)
			continue
		}
		raised, not := 0, 0
		for _, e := range examples {
			found := slices.ContainsFunc(Check(&e.Book), func(f Finding) bool { return f.Rule == r && f.List == e.List })
			if found != e.Finds {
				t.Errorf("%s, %s: raised %v, want %v", r.Code, e.Title, found, e.Finds)
			}
			if e.Finds {
				raised++
			} else {
				not++
			}
		}
		if raised == 0 || not == 0 {
			t.Errorf("%s has %d examples in which it is raised and %d in which it is not", r.Code, raised, not)
		}
		if r.Message == "" || r.Condition == "" || len(r.Columns) == 0 || len(r.Lists) == 0 {
			t.Errorf("%s is not whole", r.Code)
		}
	}
}

// Every rule of the tool's sheet is here, or among those that cannot be.
func TestNoRuleOfTheToolIsMissing(t *testing.T) {
	for _, code := range strings.Fields("101a 101b 101c 101d 102a 102b 103 104 105a 105b 105c 105d 106a 106b 107 108a 108b 109 112") {
		here := slices.ContainsFunc(Rules, func(r Rule) bool { return r.Code == code })
		not := slices.ContainsFunc(NotChecked, func(s string) bool { return strings.HasPrefix(s, code+":") })
		if here == not {
			t.Errorf("%s: checked %v, said not to be %v", code, here, not)
		}
	}
	r := &Rules[0]
	if r.CodeOn(One) != "101a" || r.CodeOn(Two) != "201a" {
		t.Errorf("%s, %s", r.CodeOn(One), r.CodeOn(Two))
	}
}

func TestARowWithoutFaultHasNone(t *testing.T) {
	for _, l := range both {
		book := Book{calendar.On(2026, 6, 1), map[List][]Row{l: {{Line: 2, Cells: whole}}}}
		for _, f := range Check(&book) {
			t.Errorf("%s: %s: %s", l.Sheet(), f.Code(), f.What)
		}
	}
}

func TestListTwoHasSeventeenColumns(t *testing.T) {
	if n, m := len(One.Of()), len(Two.Of()); n != 21 || m != 17 {
		t.Errorf("%d and %d columns", n, m)
	}
	for _, i := range Two.Of() {
		if slices.Contains([]int{issued, updated, reviewed, home}, i) {
			t.Errorf("List 2 has %s", Columns[i].Title)
		}
	}
}

// What is written is read back, whatever the order of the columns.
func TestListsReadBack(t *testing.T) {
	row := Row{Line: 2, Cells: whole}
	table := func(l List, turn bool) Table {
		var titles, cells []string
		for i, c := range l.Cells(&row) {
			text := fmt.Sprint(c)
			if c == nil {
				text = ""
			}
			titles, cells = append(titles, Columns[l.Of()[i]].Title), append(cells, text)
		}
		if turn {
			slices.Reverse(titles)
			slices.Reverse(cells)
		}
		return Table{l.Sheet(), [][]string{titles, cells, {"", " "}}}
	}
	for _, turn := range []bool{false, true} {
		lists, notes, err := Read([]Table{table(Two, turn), {"Notes", nil}, table(One, turn)})
		if err != nil || len(lists[One]) != 1 || len(lists[Two]) != 1 {
			t.Fatal(lists, notes, err)
		}
		if turn != (len(notes) == 2) {
			t.Errorf("notes %q", notes)
		}
		for i := range Columns {
			got, want := lists[One][0].Cells[i], whole[i]
			if Columns[i].Kind == Day && want != "" {
				d, _ := readDay(want)
				want = d.String()
			}
			if got != want {
				t.Errorf("%s: %q, want %q", Columns[i].Title, got, want)
			}
		}
	}
}

func TestOddWorkbooks(t *testing.T) {
	titles := func(change func([]string) []string) [][]string {
		var list []string
		for _, i := range One.Of() {
			list = append(list, Columns[i].Title)
		}
		return [][]string{change(list), {"A1"}}
	}
	lists, notes, err := Read([]Table{{"list 1", titles(func(l []string) []string {
		l[10] = "Main education establishment - urn"
		return append(l[:20], "Favourite colour")
	})}})
	if err != nil || len(lists[One]) != 1 {
		t.Fatal(err)
	}
	said := fmt.Sprint(notes)
	for _, want := range []string{"is called “list 1”", "was read as “Main education establishment – URN”", "“Favourite colour” is not one", "disability?” is missing", "There is no such sheet"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s in %s", want, said)
		}
	}
	for name, tables := range map[string][]Table{
		"neither list": {{"Sheet1", nil}}, "no titles": {{"List_1", nil}}, "other titles": {{"List_1", [][]string{{"a", "b"}}}},
		"a column twice": {{"List_1", titles(func(l []string) []string { return append(l, "UPN") })}},
		"a sheet twice":  {{"List_1", titles(slices.Clip[[]string])}, {"List 1", titles(slices.Clip[[]string])}},
	} {
		if _, _, err := Read(tables); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

func TestRowsSayOnlyWhatIsKnown(t *testing.T) {
	r := (&Known{UniqueID: "WM/1", Born: calendar.On(2015, 9, 1), Sex: "F", Ethnicity: "WXYZ", Need: "DS", URN: "900001", Type: "Community special school", Phase: "Not applicable", Home: "No"}).Row(One)
	for column, want := range map[int]string{born: "2015-09-01", gender: "b) Female", ethnicity: "u) UNKNOWN", need: "l) OTH", mainPhase: "g) Special", home: "b) No",
		suspensions: "", disability: "", issued: "", premium: ""} {
		if r.Cells[column] != want {
			t.Errorf("%s: %q, want %q", Columns[column].Title, r.Cells[column], want)
		}
	}
	if r := (&Known{}).Row(Two); r != (Row{}) {
		t.Errorf("of a child of whom nothing is known, something is said: %+v", r)
	}
	for _, c := range One.Waiting() {
		if i := slices.IndexFunc(Columns[:], func(o Column) bool { return o.Title == c.Title }); r.Cells[i] != "" {
			t.Errorf("%s is filled in and said to be waited for", c.Title)
		}
	}
}

func TestPhasesFollowTheRegister(t *testing.T) {
	for _, c := range []struct{ kind, phase, want string }{
		{"Academy converter", "Primary", "Primary"}, {"Academy special converter", "Not applicable", "Special"}, {"Pupil referral unit", "Not applicable", "Pupil referral unit/Alternative provision"},
		{"Further education", "16 plus", "FE college"}, {"Special post 16 institution", "Not applicable", "FE college"}, {"Free schools alternative provision", "", "Pupil referral unit/Alternative provision"},
		{"Community school", "Middle deemed secondary", "Middle (deemed secondary)"}, {"Other independent school", "Not applicable", ""}, {"Local authority nursery school", "Nursery", "Nursery"},
	} {
		if got := phaseOf(c.kind, c.phase); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.kind, c.phase, got, c.want)
		}
	}
}

func TestPlanOnADay(t *testing.T) {
	var events []casework.Event
	for _, line := range []string{
		"2020-01-10 request-received", "2020-05-20 plan-finalised", "2021-05-01 review-meeting-held", "2021-07-01 amended-plan-finalised",
		"2022-08-31 plan-ceased", "2023-01-10 request-received", "2023-05-20 plan-finalised", "2024-05-01 review-meeting-held", "2030-01-01 plan-ceased",
	} {
		e, err := casework.ParseEvent(line)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	on := func(y int, m, d int) calendar.Date { date, _ := readDay(fmt.Sprintf("%d/%d/%d", d, m, y)); return date }
	for _, c := range []struct {
		on   calendar.Date
		want Plan
	}{
		{on(2020, 1, 10), Plan{Asked: true}},
		{on(2020, 5, 20), Plan{InForce: true, Issued: on(2020, 5, 20)}},
		{on(2022, 1, 1), Plan{InForce: true, Issued: on(2020, 5, 20), Updated: on(2021, 7, 1), Reviewed: on(2021, 5, 1)}},
		{on(2024, 6, 1), Plan{InForce: true, Issued: on(2023, 5, 20), Reviewed: on(2024, 5, 1)}},
	} {
		if got := PlanOn(events, c.on); got != c.want {
			t.Errorf("on %s: %+v, want %+v", c.on, got, c.want)
		}
	}
	if PlanOn(events, on(2030, 1, 1)).InForce || PlanOn(events, on(2022, 9, 1)).InForce {
		t.Error("a plan that ceased is in force")
	}
}

// Other systems fill in what is blank, and nothing else.
func TestBlanksAreFilledIn(t *testing.T) {
	book := func() *Book {
		one, two := Row{Line: 2, Cells: whole}, Row{Line: 2, Cells: whole}
		one.Cells[suspensions], two.Cells[uniqueID], two.Cells[suspensions] = "", "A2", ""
		return &Book{calendar.On(2026, 6, 1), map[List][]Row{One: {one}, Two: {two}}}
	}
	b := book()
	filled, notes, err := Fill(b, &Table{"school.csv", [][]string{
		{"Suspensions", "unique id", "Gender", "Elective home education", "Shoe size"},
		{"2", "A1", "a) Male"}, {"1", "A2", "", "a) Yes"}, {"3", "A9"}, {""},
	}})
	if err != nil || filled != 2 || b.Rows[One][0].Cells[suspensions] != "2" || b.Rows[Two][0].Cells[suspensions] != "1" || b.Rows[One][0].Cells[gender] != "b) Female" {
		t.Errorf("%d filled, %v: %+v", filled, err, b.Rows)
	}
	said := fmt.Sprint(notes)
	for _, want := range []string{"“Shoe size” is not one", "Line 2: Gender is “b) Female” already", "Line 3: List_2 has no column “Elective home education”", "Line 4: nobody on the lists has the Unique ID “A9”"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s in %s", want, said)
		}
	}
	for name, table := range map[string]Table{"no titles": {"a", nil}, "no id": {"a", [][]string{{"Gender"}}}} {
		if _, _, err := Fill(book(), &table); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}
