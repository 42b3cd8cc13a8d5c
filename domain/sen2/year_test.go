package sen2

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weald/calendar"
)

// withYear adds a year's file to those that there are, for one test.
func withYear(t *testing.T, year int, text string) {
	t.Helper()
	files := fstest.MapFS{}
	found, err := fs.Glob(yearFiles, "years/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		b, err := fs.ReadFile(yearFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	files[fmt.Sprintf("years/%d.txt", year)] = &fstest.MapFile{Data: []byte(text)}
	items, lists := slices.Clone(Items), []Codes{}
	for _, l := range codeLists {
		lists = append(lists, *l)
	}
	t.Cleanup(func() {
		Items = items
		for i, l := range codeLists {
			*l = lists[i]
		}
		if err := readYears(yearFiles); err != nil {
			t.Fatal(err)
		}
		indexNames()
	})
	if err := readYears(files); err != nil {
		t.Fatal(err)
	}
	indexNames()
}

func TestYears(t *testing.T) {
	for _, c := range []struct {
		year             int
		census, deadline string
		known            bool
	}{
		{2023, "2023-01-19", "", true},
		{2024, "2024-01-18", "2024-03-14", true},
		{2025, "2025-01-16", "2025-03-14", true},
		{2026, "2026-01-15", "2026-03-12", true},
		{2027, "2027-01-21", "2027-03-11", false},
	} {
		y := InYear(c.year)
		deadline := ""
		if !y.Deadline.IsZero() {
			deadline = y.Deadline.String()
		}
		if y.Census.String() != c.census || deadline != c.deadline || y.Known != c.known {
			t.Errorf("%d: %+v", c.year, y)
		}
		if y.Read == "" || y.Confidence == "" {
			t.Errorf("%d does not say where it was read, and how surely", c.year)
		}
	}
	if p := InYear(2026).Period(); p.First != calendar.On(2025, 1, 1) || p.Last != calendar.On(2025, 12, 31) {
		t.Errorf("%v", p)
	}
	if len(Years()) != 5 || InYear(2022) != nil || latest().Year != 2026 {
		t.Errorf("%v", Years())
	}
}

// The sources differ about 2026, so the area chooses.
func TestResidentialReadings(t *testing.T) {
	for _, c := range []struct {
		year    int
		reading string
		weeks   int
		want    string
	}{
		{2025, "", 38, "A"}, {2025, "", 51, "A"}, {2025, "", 52, "B"}, {2025, "", 37, ""},
		{2026, "published", 40, "A"}, {2026, "supplier", 38, "A"}, {2026, "supplier", 39, "B"}, {2026, "supplier", 53, ""},
	} {
		r, ok := InYear(c.year).Reading(c.reading)
		if got := r.Code(c.weeks); !ok || got != c.want || r.Source == "" {
			t.Errorf("%+v: %q", c, got)
		}
	}
	if _, ok := InYear(2025).Reading("supplier"); ok {
		t.Error("the supplier's reading is of 2026")
	}
}

// The next year needs a file and no code: days, items, codes and severities.
func TestNextYearIsData(t *testing.T) {
	withYear(t, 2028, `
census 2028-01-20
deadline 2028-03-09
read a pretend specification
confidence J
item Requests/Colour | Colour of the form | R Red; G Green
drop Requests/RYA
code SENtype XYZ | A need not known before
code PlacementDetail/SENsetting NEW | A setting
severity S-039 note
residential later A 1-40 B 41-52 | a pretend specification`)
	if y := InYear(2028); y.Deadline != calendar.On(2028, 3, 9) || !y.Known || y.severities["S-039"] != Note || latest() != y {
		t.Errorf("%+v", y)
	}
	file := func(year string) string {
		return strings.NewReplacer("<Year>2026", "<Year>"+year, "2026-01-15", year+"-01-20").Replace(wrap(fmt.Sprintf(inner,
			"<Colour>R</Colour><RYA>0</RYA><ActivePlans><PlacementDetail><SENsetting>NEW</SENsetting></PlacementDetail><SENneed><SENtype>XYZ</SENtype></SENneed></ActivePlans>")))
	}
	wrong := func(findings []Finding) (items []string) {
		for _, f := range findings {
			items = append(items, f.Item)
		}
		return items
	}
	_, people, findings := readAll(t, file("2028"))
	if got := wrong(findings); !slices.Equal(got, []string{"RYA"}) {
		t.Errorf("in 2028: %v", findings)
	}
	if m := people[0].More; len(m) != 1 || m[0] != (More{"Requests", "Colour", "R"}) {
		t.Errorf("%v", m)
	}
	if NeedTypes.Meaning("XYZ") != "A need not known before" {
		t.Error("the new need has no meaning")
	}
	_, _, findings = readAll(t, file("2026"))
	if got := wrong(findings); !slices.Equal(got, []string{"Colour", "SENsetting", "SENtype"}) {
		t.Errorf("in 2026: %v", findings)
	}
	_, _, findings = readAll(t, strings.Replace(file("2028"), "<Colour>R", "<Colour>B", 1))
	if got := wrong(findings); !slices.Equal(got, []string{"Colour", "RYA"}) {
		t.Errorf("a colour that is none: %v", findings)
	}
}

func TestYearFilesAreRefusedByLine(t *testing.T) {
	for text, want := range map[string]string{
		"census 2028-01-20\nshoe 4":                    "years/2028.txt:2: \"shoe\" begins no line",
		"census soon":                                  "years/2028.txt:1",
		"deadline 2028-03-09":                          "gives no census day",
		"census 2028-01-20\nseverity S-001 grave":      "2028.txt:2: \"grave\" is no severity",
		"census 2028-01-20\ndrop Person/Shoe":          "is no item",
		"census 2028-01-20\nitem Shoe/Size":            "names no element",
		"census 2028-01-20\ncode Surname X | Y":        "no item with codes",
		"census 2028-01-20\nresidential x A":           "by turns",
		"census 2028-01-20\nresidential x A many | no": "many",
	} {
		err := readYears(fstest.MapFS{"years/2028.txt": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	withYear(t, 2028, "census 2028-01-20") // puts everything back
}

func TestNotCoveredSaysWhyAndWhere(t *testing.T) {
	gaps := NotCovered()
	for _, g := range gaps {
		if g.Title == "" || g.Why == "" || g.Where == "" {
			t.Errorf("%+v", g)
		}
	}
	if len(gaps) < 10 {
		t.Errorf("%d gaps", len(gaps))
	}
	for _, file := range []string{"= a\nwhy b", "why: too early"} {
		if _, err := readGaps(file); err == nil {
			t.Errorf("%q was read", file)
		}
	}
}
