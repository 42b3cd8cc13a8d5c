package sen2

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"weald/calendar"
)

// sheetsOf writes people in a form.
func sheetsOf(f *Form, h *Header, people []*Person) ([]FormSheet, error) {
	sheets := make([]FormSheet, len(f.Tables))
	for i := range f.Tables {
		sheets[i] = FormSheet{f.Tables[i].Name, [][]string{f.Tables[i].Titles()}}
	}
	w := NewFormWriter(f, h, func(table int, cells []string) error {
		sheets[table].Rows = append(sheets[table].Rows, cells)
		return nil
	})
	for _, p := range people {
		if err := w.Person(p); err != nil {
			return nil, err
		}
	}
	if f == Template { // one sheet of stacked tables
		one := FormSheet{Name: TemplateSheet}
		for _, s := range sheets {
			one.Rows = append(append(append(one.Rows, []string{s.Name}), s.Rows...), nil, nil)
		}
		return []FormSheet{one}, nil
	}
	return sheets, nil
}

// held takes out of a person what a form has no column for.
func held(f *Form, p *Person) *Person {
	has := func(e element) bool {
		return slices.ContainsFunc(f.Tables, func(t FormTable) bool { return t.in == e })
	}
	clear := func(e element, text func(slot) *string, date func(slot) *calendar.Date) {
		for _, it := range itemsOf(e) {
			gender := f == Analysts && it.slot == slotGender // in the column of sex
			if gender || slices.ContainsFunc(f.Tables, func(t FormTable) bool {
				return t.in == e && slices.ContainsFunc(t.Columns, func(c FormColumn) bool { return c.item == it })
			}) {
				continue
			}
			if it.Date {
				*date(it.slot) = 0
			} else {
				*text(it.slot) = ""
			}
		}
	}
	c := p.Clone()
	clear(personPart, c.text, func(slot) *calendar.Date { return &c.Born })
	for i := range c.Requests {
		r := &c.Requests[i]
		clear(requestPart, r.text, r.date)
		if a := r.Assessment; a != nil && a.Plan != nil && !has(planDetailPart) {
			a.Plan.Details = nil
		}
		if a := r.Active; a != nil {
			clear(activePlanPart, a.text, a.date)
			if !has(placementPart) {
				a.Placements, a.Needs = nil, nil
			}
		}
	}
	return c
}

var notWhere = cmp.Options{
	cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Person{}, Request{}, Assessment{}, NamedPlan{}, ActivePlan{}, Place{}, Placement{}, Need{}),
	cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Line" }, cmp.Ignore()),
}

// What a form can hold comes back from it as it went in.
func TestFormsHoldWhatTheyCan(t *testing.T) {
	for _, f := range Forms {
		t.Run(f.Name, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				h := drawHeader(r)
				people := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) *Person { return drawPerson(r, h.Year) }), 1, 4).Draw(r, "people")
				sheets, err := sheetsOf(f, &h, people)
				if err != nil {
					r.Fatal(err)
				}
				form, head, back, findings, err := ReadForm(sheets, h.Year)
				if err != nil || form != f {
					r.Fatal(form, err)
				}
				for _, n := range findings {
					if n.Check == "" && n.Severity == Note {
						r.Fatalf("of the form: %+v", n)
					}
				}
				var want []*Person
				for i, p := range people {
					p.Number = i + 1
					want = append(want, held(f, p))
				}
				if diff := cmp.Diff(want, back, notWhere...); diff != "" {
					r.Fatalf("%s\n%q", diff, sheets)
				}
				if f.Header {
					if diff := cmp.Diff(h, head, notWhere...); diff != "" {
						r.Fatal(diff)
					}
				}
			})
		})
	}
}

// The titles of the five tables are those that the tool looks for, in its order.
func TestAnalystsTitlesAreTheTools(t *testing.T) {
	for i, want := range []string{
		"Person ID, Surname, Forename, Dob (ccyy-mm-dd), Gender, Ethnicity, Postcode, UPN - Unique Pupil Number, ULN - Young Persons Unique Learner Number, UPN and ULN unavailable reason",
		"Person ID, Requests Record ID, Date Request Was Received, Initial Request Whilst In RYA, Request Outcome Date, Request Outcome, Request Mediation, Request Tribunal, Exported - Child Or Young Person Moves Out Of LA Before Assessment Is Completed, New start date",
		"Person ID, Requests Record ID, Assessment Outcome To Issue EHCP, Assessment Outcome Date, Assessment Mediation, Assessment Tribunal, Other Mediation, Other Tribunal, Twenty Weeks Time Limit Exceptions Apply",
		"Person ID, Request Records ID, EHC Plan Start Date, Residential Settings, Worked based learning activity, Personal budget taken up, Personal budget - organised arrangements, Personal budget - direct payments, Date EHC Plan Ceased, Reason EHC Plan Ceased",
		"Person ID, Request Records ID, EHC Plan (Transfer), Residential Settings, Worked based learning activity, EHCP review decisions date",
	} {
		if got := strings.Join(Analysts.Tables[i].Titles(), ", "); got != want {
			t.Errorf("m%d:\n%s\nwant\n%s", i+1, got, want)
		}
	}
	var names []string
	for _, table := range Export.Tables {
		names = append(names, table.Name)
	}
	if got := strings.Join(names, " "); got != "sen2 person requests assessment namedplan plandetail activeplans placementdetail senneed" {
		t.Error(got)
	}
}

// A whole return goes into each form and out again.
func TestReturnGoesThroughEachForm(t *testing.T) {
	file, err := os.ReadFile("testdata/return-2026-500.xml")
	if err != nil {
		t.Fatal(err)
	}
	var people []*Person
	h, _, err := Read(bytes.NewReader(file), func(p *Person) error { people = append(people, p.Clone()); return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Forms {
		sheets, err := sheetsOf(f, &h, people)
		if err != nil {
			t.Fatal(err)
		}
		_, _, back, findings, err := ReadForm(sheets, h.Year)
		if err != nil || len(back) != 500 || len(findings) > 0 {
			t.Fatalf("%s: %d people, %v, %v", f.Name, len(back), findings, err)
		}
		for i, p := range people {
			if diff := cmp.Diff(held(f, p), back[i], notWhere...); diff != "" {
				t.Fatalf("%s: %s", f.Name, diff)
			}
		}
	}
}

// Bad input is named by table, row and column.
func TestBadFormsAreNamedByCell(t *testing.T) {
	person := []string{"person id", "Dob (ccyy-mm-dd)", "Surname", "Forename", "Gender", "Ethnicity", "Postcode", "UPN - Unique Pupil Number", "ULN - Young Persons Unique Learner Number", "UPN and ULN unavailable reason", "Shoe size"}
	sheets := []FormSheet{
		{"m1.csv", [][]string{person, {"1", "31/12/2015", "A", "B", "M"}, {"1", "2015-01-01"}, {"", "2015-01-01"}, {}, {"7", "soon", "A", "B", "X"}}},
		{"m2", [][]string{{"Person ID", "Requests Record ID", "Date Request Was Received", "Request Outcome"}, {"1", "1", "2025-Jan-06 00:00:00", "Y"}, {"9", "2", "", ""}, {"7", "1", "", "Y"}}},
		{"m4", [][]string{Analysts.Tables[3].Titles(), {"1", "1", "2025-01-01"}}},
		{"m5", [][]string{Analysts.Tables[4].Titles(), {"1", "1"}, {"1", "1"}}},
	}
	f, _, people, findings, err := ReadForm(sheets, 2025)
	if err != nil || f != Analysts || len(people) != 2 || people[0].Born != calendar.On(2015, 12, 31) || people[0].Requests[0].Received != calendar.On(2025, 1, 6) {
		t.Fatal(f, people, err)
	}
	for _, want := range []struct {
		table       string
		row, column int
		words       string
	}{
		{"m1", 1, 1, "“person id” was read as “Person ID”"}, {"m1", 1, 11, "“Shoe size” is not one"}, {"m1", 1, 0, "another order"}, {"m1", 3, 0, "Person “1” is here twice"}, {"m1", 4, 0, "no number"},
		{"m1", 6, 2, "“soon” is not a day"}, {"m1", 6, 5, "“X” is not a value of Sex"}, {"m2", 1, 0, "“Request Mediation” is missing"}, {"m2", 3, 0, "There is no Person “9” in m1"},
		{"m2", 4, 0, "Request “1” is here twice"}, {"m3", 0, 0, "The table is missing"}, {"m4", 2, 0, "There is no Assessment “1” in m3"}, {"m5", 3, 0, "a second ActivePlans"},
	} {
		if !slices.ContainsFunc(findings, func(f FormFinding) bool {
			return f.Table == want.table && f.Line == want.row && f.Column == want.column && strings.Contains(f.What, want.words)
		}) {
			t.Errorf("not found: %+v", want)
		}
	}
	if t.Failed() {
		for _, f := range findings {
			t.Logf("%s, row %d, column %d: %s: %s", f.Table, f.Line, f.Column, f.Severity, f.What)
		}
	}
	for name, sheets := range map[string][]FormSheet{
		"nothing": nil, "other tables": {{"a", [][]string{{"b"}}}}, "no key": {{"m1", [][]string{{"Surname"}, {"A"}}}}, "no titles": {{"m1", nil}},
	} {
		if _, _, _, _, err := ReadForm(sheets, 2025); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

func FuzzReadForm(f *testing.F) {
	f.Add("m1", "Person ID,Surname\n1,A", "m2", "Person ID,Requests Record ID\n1,1")
	f.Add(TemplateSheet, "Person Record\nPerson ID,Surname\n1,A", "x", "")
	f.Fuzz(func(_ *testing.T, a, as, b, bs string) {
		sheet := func(name, text string) FormSheet {
			s := FormSheet{Name: name}
			for line := range strings.SplitSeq(text, "\n") {
				s.Rows = append(s.Rows, strings.Split(line, ","))
			}
			return s
		}
		_, _, _, _, _ = ReadForm([]FormSheet{sheet(a, as), sheet(b, bs)}, 2025)
	})
}
