package casework

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every worked example, worked by hand from the law, is what the clock finds.
func TestWorkedExamples(t *testing.T) {
	files, names := ExampleFiles()
	if len(names) == 0 {
		t.Fatal("no worked examples are embedded")
	}
	rules := map[string]bool{"case-studies": true}
	for _, r := range Catalogue {
		rules[r.ID] = true
	}
	clock := NewClock(DefaultPractice())
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			if id, ok := strings.CutSuffix(name, ".txt"); !ok || !rules[id] {
				t.Errorf("%s is named after no rule", name)
			}
			if !strings.HasPrefix(files[name], "# ") {
				t.Errorf("%s does not start with a comment that says what it is about", name)
			}
			all, err := ReadCaseFile(path.Join("examples", name), files[name])
			if err != nil {
				t.Fatal(err)
			}
			titles := map[string]bool{}
			for _, x := range all {
				switch {
				case x.Title == "":
					t.Errorf("%s:%d: an example has no title", name, x.Line)
				case titles[x.Title]:
					t.Errorf("%s:%d: two examples are called %q", name, x.Line, x.Title)
				case len(x.Wants) == 0:
					t.Errorf("%s:%d: %q expects nothing", name, x.Line, x.Title)
				}
				titles[x.Title] = true
				reading := clock.Read(&x.Case, x.Today)
				for i := range x.Wants {
					w := &x.Wants[i]
					if problem := w.Unmet(reading.Duties); problem != "" {
						t.Errorf("%s:%d: %s: %s", name, w.Line, x.Title, problem)
					}
				}
			}
		})
	}
}

// Every rule is shown at work at least three times: at the least on its last
// day, on the day after, and on an awkward day of the calendar.
func TestEveryRuleHasExamples(t *testing.T) {
	for _, r := range Catalogue {
		all, err := Examples(r)
		if err != nil {
			t.Errorf("%s: %v", r.Code, err)
			continue
		}
		about := 0
		dates := map[string]bool{}
		for _, x := range all {
			if slices.ContainsFunc(x.Wants, func(w Want) bool { return slices.Contains(w.Rules, r) }) {
				about++
			}
			for _, w := range x.Wants {
				if slices.Contains(w.Rules, r) && !w.Due.IsZero() {
					dates[w.Due.String()] = true
				}
			}
		}
		if about < 3 {
			t.Errorf("%s %s: %d examples about it, expected 3 or more", r.Code, r.ID, about)
		}
		if len(dates) < 3 {
			t.Errorf("%s %s: its examples fall due on %d different days, expected 3 or more", r.Code, r.ID, len(dates))
		}
	}
}

// Every ground on which the law excuses a limit is shown to hold, and not to.
func TestEveryExceptionHasAnExample(t *testing.T) {
	clock := NewClock(DefaultPractice())
	for _, r := range Catalogue {
		all, err := Examples(r)
		if err != nil {
			continue // said by TestEveryRuleHasExamples
		}
		for _, x := range r.Exceptions {
			holds, fails := false, false
			for _, example := range all {
				reading := clock.Read(&example.Case, example.Today)
				about := func(e *Event) bool {
					return e.Kind == ExceptionRecorded && e.Rule() == r && e.value.String() == x.Ground
				}
				for i := range example.Case.Events {
					e := &example.Case.Events[i]
					if !about(e) {
						continue
					}
					if slices.ContainsFunc(reading.Refused, func(no Refused) bool { return about(&no.Event) }) {
						fails = true
					} else {
						holds = true
					}
				}
			}
			if !holds {
				t.Errorf("%s %s: no example in which %s excuses it", r.Code, r.ID, x.Ground)
			}
			// Nothing on record can contradict a wish to comment later.
			if !fails && x.Ground != "later-representations" {
				t.Errorf("%s %s: no example in which %s is refused", r.Code, r.ID, x.Ground)
			}
		}
	}
}

// The codes of Appendix A of the law paper. A row that holds several limits has
// a code and a letter for each; M09 has one for each type of decision in
// section 5.3.
const catalogueCodes = `
A02 B02 B04 B05 B06 B08 B10 B11
C01 C02 C03 C05 C06 C08 C09 C10 C11 C12 C13 C14
C20 C21 C22 C30 C33 C40 C42 C43 C47 C48 C52 C61 C63
M02 M03 M04 M05 M06 M07 M08
M09a M09b M09c M09d M09e M09f M09g M09h M10 M11
D01 D03 D08
E01 E02 E03 E04 E05a E05b E06 E07 E08 E09 E10
U01a U01b U01c U02 U03 U04a U04b U05a U05b X01
G01 G02 G03 G04 G10a G10b G11a G11b G20 G30 G32 G40 G50
P01 P02`

// beyondAppendix are rules that the law paper describes elsewhere: D04 in
// section 5.2, a direction's own day, and L01 in section 13, the local target
// for a draft.
const beyondAppendix = "D04 L01"

// severalLimits says how many limits a row of Appendix A holds, when more than
// one.
var severalLimits = map[string]int{"E05": 2, "M09": 8, "U01": 3, "U04": 2, "U05": 2, "G10": 2, "G11": 2}

func TestCatalogueIsComplete(t *testing.T) {
	want := strings.Fields(catalogueCodes + " " + beyondAppendix)
	slices.Sort(want)
	var found []string
	for _, r := range Catalogue {
		if !slices.Contains(found, r.Code) { // versions of a rule share its code
			found = append(found, r.Code)
		}
	}
	slices.Sort(found)
	for _, code := range want {
		if !slices.Contains(found, code) {
			t.Errorf("%s is not in the catalogue", code)
		}
	}
	for _, code := range found {
		if !slices.Contains(want, code) {
			t.Errorf("%s is in the catalogue, but not in the list of the law's limits", code)
		}
	}

	text, err := os.ReadFile("../../../shared/spec/law.md")
	if errors.Is(err, fs.ErrNotExist) {
		return // the paper does not travel with the program; its codes are listed above
	}
	if err != nil {
		t.Fatal(err)
	}
	appendix := appendixCodes(string(text))
	if len(appendix) == 0 {
		t.Fatal("no rows were found in Appendix A")
	}
	listed := strings.Fields(catalogueCodes)
	slices.Sort(listed)
	if !slices.Equal(appendix, listed) {
		t.Errorf("Appendix A holds\n%s\nand the list here\n%s", strings.Join(appendix, " "), strings.Join(listed, " "))
	}
}

var codeOrRange = regexp.MustCompile(`\b([A-Z])(\d\d)(?:–[A-Z]?(\d\d))?`)

// appendixCodes reads the codes in the first column of Appendix A's table:
// "B10 secure F / B11 arrange G", "E02 / E03 / E04", "G01–G04".
func appendixCodes(text string) (codes []string) {
	_, table, _ := strings.Cut(text, "## Appendix A.")
	if i := strings.Index(table, "\n---"); i >= 0 {
		table = table[:i]
	}
	if i := strings.Index(table, "\n## "); i >= 0 {
		table = table[:i]
	}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) < 8 {
			continue
		}
		for _, m := range codeOrRange.FindAllStringSubmatch(cells[1], -1) {
			first, _ := strconv.Atoi(m[2])
			last := first
			if m[3] != "" {
				last, _ = strconv.Atoi(m[3])
			}
			for n := first; n <= last; n++ {
				code := m[1] + strconv.Itoa(n/10) + strconv.Itoa(n%10)
				if several := severalLimits[code]; several > 0 {
					for i := range several {
						codes = append(codes, code+string(rune('a'+i)))
					}
				} else {
					codes = append(codes, code)
				}
			}
		}
	}
	slices.Sort(codes)
	return codes
}

// The longer cases W1 to W16 are all there.
func TestCaseStudies(t *testing.T) {
	all, err := CaseStudies()
	if err != nil {
		t.Fatal(err)
	}
	number := regexp.MustCompile(`^W(\d+) \S`)
	count := map[int]int{}
	for _, x := range all {
		m := number.FindStringSubmatch(x.Title)
		if m == nil {
			t.Errorf("line %d: %q does not start with the number of its case, W1 to W16", x.Line, x.Title)
			continue
		}
		n, _ := strconv.Atoi(m[1])
		count[n]++
	}
	for n := 1; n <= 16; n++ {
		if count[n] == 0 {
			t.Errorf("W%d is missing", n)
		}
		delete(count, n)
	}
	for n := range count {
		t.Errorf("W%d is not one of W1 to W16", n)
	}
}
