package sen2

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func BenchmarkCheck(b *testing.B) {
	file := repeated(b, 20_000)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		if _, err := CheckFile(bytes.NewReader(file), Options{}, func(Finding) { n++ }); err != nil {
			b.Fatal(err)
		}
	}
}

// checkText checks a file and keeps what is found.
func checkText(t testing.TB, file string, o Options) ([]Finding, *Report) {
	t.Helper()
	var all []Finding
	report, err := CheckFile(strings.NewReader(file), o, func(f Finding) { all = append(all, f) })
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	return all, report
}

// Every check has an example that it passes and one in which it finds something,
// and finds it at the item, the person and the line.
func TestEveryCheckHasItsExamples(t *testing.T) {
	for _, c := range slices.Concat(Checks, Readings) {
		examples, err := c.Examples()
		if err != nil {
			t.Error(err)
			continue
		}
		var passing, failing int
		for _, x := range examples {
			file, o, err := x.Return()
			if err != nil {
				t.Fatalf("%s: %s: %v", c.Code, x.Words, err)
			}
			if told := x.Told(); len(told) != len(x.Changes) {
				t.Errorf("%s: %s: %q tells of %q", c.Code, x.Words, told, x.Changes)
			}
			all, _ := checkText(t, file, o)
			all = slices.DeleteFunc(all, func(f Finding) bool { return f.Check != c.Code })
			if x.Passes {
				passing++
				if len(all) > 0 {
					t.Errorf("%s: %s: %+v", c.Code, x.Words, all)
				}
				continue
			}
			failing++
			i := slices.IndexFunc(all, func(f Finding) bool { return f.Item == x.On })
			if i < 0 {
				t.Errorf("%s: %s: nothing is found on %s: %+v", c.Code, x.Words, x.On, all)
				continue
			}
			f := all[i]
			severity, _ := c.In(InYear(2026))
			if x.Mild {
				severity = Query
			}
			if f.Severity != severity && c.Code != header {
				t.Errorf("%s: %s: %s, not %s", c.Code, x.Words, f.Severity, severity)
			}
			line := ""
			if lines := strings.Split(file, "\n"); f.Line > 0 && f.Line <= len(lines) {
				line = lines[f.Line-1]
			}
			if !strings.Contains(strings.ToLower(line), "<"+strings.ToLower(f.Item)) && !strings.Contains(line, "<"+f.Element+">") {
				t.Errorf("%s: %s: line %d is %q", c.Code, x.Words, f.Line, line)
			}
			if c.Level != OfHeader && c.Level != OfArea && f.Person == 0 {
				t.Errorf("%s: %s: which person?", c.Code, x.Words)
			}
			if n := len(all); n > 2 {
				t.Errorf("%s: %s: found %d times: %+v", c.Code, x.Words, n, all)
			}
		}
		if passing == 0 || failing == 0 {
			t.Errorf("%s has %d examples that pass and %d that fail", c.Code, passing, failing)
		}
		if !c.explained() {
			t.Errorf("%s does not say all that a check must: %+v", c.Code, c)
		}
	}
	files, err := fs.Glob(exampleFiles, "examples/*.txt")
	if err != nil || len(files) != len(Checks)+len(Readings) {
		t.Errorf("%d files of examples for %d checks, %v", len(files), len(Checks)+len(Readings), err)
	}
}

func (c *Check) explained() bool {
	return c.Words != "" && c.Level != "" && c.Severity != "" && c.Source != "" && c.Confidence != "" && (c.find != nil || c.Needs == needsReading)
}

func TestTheSoundReturnIsSound(t *testing.T) {
	if all, report := checkText(t, SoundReturn(), Options{}); len(all) > 0 || report.People != 2 || report.Counts != (Counts{2, 1, 1, 0}) {
		t.Errorf("%+v, %+v", all, report)
	}
}

// The checks are those that the specification lists, no more and no fewer.
func TestTheChecksAreTheSpecifications(t *testing.T) {
	text, err := os.ReadFile("../../../shared/spec/sen2.md")
	if err != nil {
		t.Skip("the specification is not here")
	}
	want := map[string]bool{}
	for _, code := range regexp.MustCompile(`S-\d{3}\b`).FindAllString(string(text), -1) {
		want[code] = true
	}
	got := map[string]bool{}
	for _, c := range Checks {
		if c.Code[0] == 'S' {
			if got[c.Code] {
				t.Errorf("%s is here twice", c.Code)
			}
			got[c.Code] = true
			if !want[c.Code] {
				t.Errorf("%s is not in the specification", c.Code)
			}
		}
	}
	for code := range want {
		if !got[code] {
			t.Errorf("%s is missing", code)
		}
	}
	if len(got) != 80 {
		t.Errorf("%d checks", len(got))
	}
}

// What is checked in a file is checked in a return that comes from no file, with
// the same words and no lines; and what the reader says no check says again.
func TestAReturnWithoutAFileIsCheckedTheSame(t *testing.T) {
	for _, c := range slices.Concat(Checks, Readings) {
		examples, err := c.Examples()
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range examples {
			file, o, err := x.Return()
			if err != nil {
				t.Fatal(err)
			}
			want, _ := checkText(t, file, o)
			byPlace := map[[3]any]string{}
			for _, f := range want {
				at := [3]any{f.Line, f.Column, f.Item}
				if other := byPlace[at]; f.Column > 0 && other != "" && (other[0] == 'R') != (f.Check[0] == 'R') && other != notOfYear && f.Check != notOfYear {
					t.Errorf("%s: %s: %s is told of by %s and by %s", c.Code, x.Words, f.Item, other, f.Check)
				}
				byPlace[at] = f.Check
			}
			var got []Finding
			var header Header
			if header, _, err = Read(strings.NewReader(file), func(*Person) error { return nil }); err != nil {
				t.Fatal(err)
			}
			checker := NewChecker(header, o, func(f Finding) { got = append(got, f) })
			if _, _, err = Read(strings.NewReader(file), func(p *Person) error {
				checker.Person(p.Clone())
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			checker.Finish()
			var words []string
			for _, f := range got {
				if f.Line != 0 {
					t.Errorf("%s: %s: line %d of no file", c.Code, x.Words, f.Line)
				}
				words = append(words, f.Check+f.What)
			}
			for _, f := range want {
				check := CheckNamed(f.Check)
				if check.Needs != needsReading && !strings.Contains(f.What, "is not a day") && !slices.Contains(words, f.Check+f.What) {
					t.Errorf("%s: %s: without a file nobody finds %s: %s", c.Code, x.Words, f.Check, f.What)
				}
			}
		}
	}
}

// A header that follows the people is checked too.
func TestAHeaderThatFollows(t *testing.T) {
	sound := SoundReturn()
	from, to := strings.Index(sound, " <Header>"), strings.Index(sound, " <Persons>")
	head := sound[from:to]
	late := sound[:from] + sound[to:strings.Index(sound, "</Message>")] + head + "</Message>\n"
	all, report := checkText(t, late, Options{LA: "998"})
	var codes []string
	for _, f := range all {
		codes = append(codes, f.Check)
	}
	if !slices.Equal(codes, []string{"R-07", "S-002"}) || report.Header.Year != 2026 {
		t.Errorf("%+v", all)
	}
}

// A file that breaks off is refused, and what was read until there is reported.
func TestAFileThatBreaksOff(t *testing.T) {
	sound := SoundReturn()
	found := 0
	report, err := CheckFile(strings.NewReader(sound[:strings.LastIndex(sound, "<Person>")+40]), Options{}, func(Finding) { found++ })
	if err == nil || report.People != 1 {
		t.Errorf("%+v, %v", report, err)
	}
	if report, err = CheckFile(strings.NewReader("no"), Options{}, func(Finding) { found++ }); err == nil || report.People != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// A missing item of a request is not looked for in another.
func TestMarksFindTheirOwn(t *testing.T) {
	file := wrap("<Person>\n<Requests>\n<RYA>1</RYA>\n<Assessment>\n</Assessment></Requests>\n<Requests>\n<ReceivedDate>2025-01-01</ReceivedDate>\n<ActivePlans><PlacementDetail>\n<URN>1</URN></PlacementDetail><PlacementDetail>\n<EntryDate>2025-01-01</EntryDate></PlacementDetail></ActivePlans><RYA>0</RYA></Requests></Person>")
	want := map[string][2]int{ // by check, item and place: line and column
		"S-030 ReceivedDate 1 0": {5, 1}, "S-032 RequestOutcome 2 0": {9, 1}, "S-050 AssessmentOutcome 1 0": {7, 1},
		"S-090 EntryDate 2 1": {11, 14}, "S-080 URN 2 2": {12, 31}, "S-084 URN 2 1": {12, 6},
	}
	all, _ := checkText(t, file, Options{})
	for key, at := range want {
		i := slices.IndexFunc(all, func(f Finding) bool {
			return fmt.Sprintf("%s %s %d %d", f.Check, f.Item, f.Request, f.Index) == key
		})
		if i < 0 || all[i].Line != at[0] || all[i].Column != at[1] {
			t.Errorf("%s: want line %d:%d, found %+v", key, at[0], at[1], all)
			return
		}
	}
}

func TestAskedInWords(t *testing.T) {
	for code, want := range map[string]string{
		"S-010": "error in every year", "S-021": "error from 2024", "S-039": "query in 2025, error from 2026",
	} {
		if got := CheckNamed(code).Asked(); got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
}

// A person may give any number of findings, and none is lost or kept.
func TestFindingsAreHandedOnAsTheyCome(t *testing.T) {
	const many = 3*mostNoted + 7
	found := 0
	report, err := CheckFile(strings.NewReader(wrap("<Person><Requests/>"+strings.Repeat("<a/>", many)+"</Person>")), Options{}, func(f Finding) {
		if f.Check == passedOver {
			found++
		}
	})
	if err != nil || found != many || report.Found[passedOver] != many || report.People != 1 {
		t.Errorf("%d of %d were found, %v", found, many, err)
	}
}
