package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// measurePlaces are the pages of measures in the states that people see.
var measurePlaces = []place{
	{"measures", "/board"},
	{"measures-known", "/board?span=calendar-year&on=2025-06-01&known=2026-11-01"},
	{"measure", "/board/measures/I001?span=calendar-year&on=2025-06-01&with=886"},
	{"measure-appeals", "/board/measures/I018?with=886&cut=need"},
	{"measure-waits", "/board/measures/I015"},
	{"measure-wrong-day", "/board/measures/I009?on-day=31&on-month=2&on-year=2026"},
}

func TestGoldenMeasures(t *testing.T) {
	s := sample(t)
	for _, p := range measurePlaces {
		_, _, body := s.get(s.as("grace"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
	_, _, body := s.get(s.as("tom"), "/measures/I002/children?span=calendar-year&on=2025-06-01&only=missed")
	testkit.Golden(t, "golden/measure-children.html", tidy(t, body))
	_, _, body = s.get(s.as("tom"), "/monday")
	testkit.Golden(t, "golden/monday.html", tidy(t, body))
	_, _, body = s.get(s.as("tom"), "/monday/stuck-meeting")
	testkit.Golden(t, "golden/monday-list.html", tidy(t, body))
}

// The pages of measures hold for everybody, on a phone and without scripts.
func TestMeasuresInTheBrowser(t *testing.T) {
	s := sample(t)
	b := browser.Open(t)
	shots := os.Getenv("WEALD_SHOTS")
	for _, who := range []string{"grace", "tom"} {
		b.Go(s.url + "/signin")
		b.Click(fmt.Sprintf(`button[value="%s"]`, who), ".weald-header__person")
		places := measurePlaces
		if who == "tom" {
			places = []place{{"measure-staff", "/board/measures/I002?span=calendar-year&on=2025-06-01&cut=setting"}, {"measure-children", "/measures/I002/children?span=calendar-year&on=2025-06-01"}, {"measures-bring", "/measures/bring"}, {"measure-limits", "/measures/I023/limits"}, {"monday", "/monday"}, {"monday-list", "/monday/stuck-meeting?page=2"}}
		}
		for _, p := range places {
			for _, width := range []int64{1280, 360} {
				b.Width(width)
				b.Go(s.url + p.path)
				if over := b.Overflow(); over > 0 {
					t.Errorf("%s is %d pixels too wide for %d", p.name, over, width)
				}
				for _, broken := range b.Axe() {
					t.Errorf("%s at %d: %s", p.name, width, broken)
				}
				if shots != "" {
					b.Screenshot(filepath.Join(shots, fmt.Sprintf("%s-%d.png", p.name, width)))
				}
			}
		}
		b.Width(1280)
		b.Go(s.url + "/board")
		b.Overflow()
		b.Click(`form[action="/signout"] button`, `button[value="tom"]`)
	}
}

var (
	openedLink = regexp.MustCompile(`href="(/measures/[^"/]*/children[^"]*)"`)
	listedAs   = regexp.MustCompile(`id="list">\s*([\d,]+) entr`)
	figureOf   = regexp.MustCompile(`of ([\d,]+)\)|<strong>([\d,]+) `)
)

// Every figure of a measure's page leads to as many entries as it counts.
func TestFiguresOfMeasuresLeadToTheirChildren(t *testing.T) {
	s := sample(t)
	c := s.as("tom")
	followed := 0
	for _, path := range []string{"/board/measures/I002?span=calendar-year&on=2025-06-01&cut=need", "/board/measures/I004?span=calendar-year&on=2025-06-01", "/board/measures/I023?span=day", "/board/measures/I021?span=calendar-year&on=2025-06-01&cut=age"} {
		_, _, body := s.get(c, path)
		for _, m := range openedLink.FindAllStringSubmatch(body, -1) {
			_, _, list := s.get(c, html.UnescapeString(m[1]))
			n := listedAs.FindStringSubmatch(list)
			f := figureOf.FindStringSubmatch(list)
			if n == nil || f == nil || n[1] != f[1]+f[2] {
				t.Errorf("%s: the figure says %v and the list %v", m[1], f, n)
			}
			followed++
		}
	}
	if followed < 10 {
		t.Errorf("only %d figures were followed", followed)
	}
	if _, _, body := s.get(s.as("grace"), "/board/measures/I002?span=calendar-year&on=2025-06-01"); strings.Contains(body, "/measures/I002/children") {
		t.Error("a board member is led to children")
	}
}

// Every figure of Monday's page is the number of children that it leads to, on
// the page and in the file.
func TestFiguresOfMondayLeadToTheirChildren(t *testing.T) {
	s := sample(t)
	c := s.as("tom")
	_, _, body := s.get(c, "/monday")
	followed := 0
	for _, m := range regexp.MustCompile(`href="(/monday/[^"]*)">([\d,]+)</a>`).FindAllStringSubmatch(body, -1) {
		_, _, list := s.get(c, m[1])
		n := regexp.MustCompile(`id="list">\s*([\d,]+) child`).FindStringSubmatch(list)
		if n == nil || n[1] != m[2] {
			t.Errorf("%s says %s and lists %v", m[1], m[2], n)
		}
		_, _, file := s.get(c, m[1]+"/list.csv")
		if got := strings.Count(file, "\r\n") - 1; fmt.Sprint(got) != strings.ReplaceAll(m[2], ",", "") {
			t.Errorf("%s says %s and its file has %d", m[1], m[2], got)
		}
		followed++
	}
	if followed < 6 {
		t.Errorf("only %d figures were followed", followed)
	}
}

// Figures of another system are pasted, refused row by row or kept, shown with
// their source to a board, and taken back.
func TestFiguresAreBroughtIn(t *testing.T) {
	s := sample(t)
	c := s.as("priya")
	const head = "measure,from,to,numerator,denominator,value,source\r\n"
	status, body := s.post(c, "/measures/bring", url.Values{"rows": {head + "I074,2025-09-01,2025-12-19,1370,10000,,EES autumn 2025\r\nI075,2025-09-01,2025-12-19,,,,EES"}})
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Nothing was kept: 1 thing is wrong") || !strings.Contains(body, "An absent figure is never 0") || !strings.Contains(body, "EES autumn 2025") {
		t.Errorf("%d: a wrong row: %s", status, body)
	}
	good := url.Values{"rows": {head + "I074,2025-09-01,2025-12-19,1370,10000,13.7,EES autumn 2025\r\nI075,2025-09-01,2025-12-19,,,x,EES autumn 2025\r\nI086,2025-09-01,2026-08-31,,,14.4,EES 2026"}}
	for _, want := range []string{"3 figures are kept.", "0 figures are kept. 3 were kept already, just so."} {
		status, _ = s.post(c, "/measures/bring", good)
		if _, _, body = s.get(c, "/measures/bring"); status != http.StatusSeeOther || !strings.Contains(body, want) {
			t.Errorf("%d: not %q", status, want)
		}
	}
	_, _, body = s.get(s.as("grace"), "/board/measures/I074")
	for _, want := range []string{"13.7%", "1,370 of 10,000", "EES autumn 2025", "brought in by Priya Shah"} {
		if !strings.Contains(body, want) {
			t.Errorf("the measure does not say %q", want)
		}
	}
	if _, _, body = s.get(s.as("grace"), "/board"); !strings.Contains(body, "x (not available)") {
		t.Error("a mark is not shown as it is")
	}
	// rates of terms are never added up to a year's
	if _, _, body = s.get(s.as("grace"), "/board/measures/I074?span=academic-year"); !strings.Contains(body, "are not added up") {
		t.Error("a year is made of a term")
	}
	if status, _ = s.post(c, "/measures/bring", url.Values{"rows": {head + "I074,2025-09-01,2025-12-19,,,gone,EES"}}); status != http.StatusSeeOther {
		t.Errorf("taking back: %d", status)
	}
	if _, _, body = s.get(s.as("grace"), "/board/measures/I074"); !strings.Contains(body, "not counted yet") {
		t.Error("what was taken back is shown")
	}
	if status, _ := s.post(s.as("amina"), "/measures/bring", good); status != http.StatusForbidden {
		t.Errorf("an officer brings figures in: %d", status)
	}
}

// Limits are counted anew only with a reason, which everybody is shown, and that
// can be taken back.
func TestLimitsAreCountedAnew(t *testing.T) {
	s := sample(t)
	c := s.as("tom")
	day := url.Values{"from-day": {"1"}, "from-month": {"6"}, "from-year": {"2026"}}
	if status, body := s.post(c, "/measures/I023/limits", day); status != http.StatusUnprocessableEntity || !strings.Contains(body, "Enter what was changed") {
		t.Errorf("%d: without a reason", status)
	}
	day.Set("reason", "Reviews are arranged by the new hub")
	for range 2 { // sent twice it is kept once
		status, _ := s.post(c, "/measures/I023/limits", day)
		if _, _, body := s.get(c, "/measures/I023/limits"); status != http.StatusSeeOther || strings.Count(body, "Reviews are arranged by the new hub") != 1 {
			t.Errorf("%d: with a reason", status)
		}
	}
	_, _, body := s.get(s.as("grace"), "/board/measures/I023")
	if !strings.Contains(body, "Reviews are arranged by the new hub (Tom Okafor)") || strings.Count(body, `class="weald-chart__mean"`) != 2 {
		t.Error("the chart does not show that its limits are counted anew")
	}
	_, _, page := s.get(c, "/measures/I023/limits")
	end := regexp.MustCompile(`action="(/measures/I023/limits/[^"]+/end)"`).FindStringSubmatch(page)
	status, _ := s.post(c, end[1], url.Values{})
	if _, _, body := s.get(c, "/measures/I023/limits"); status != http.StatusSeeOther || !strings.Contains(body, "It is taken back") {
		t.Errorf("%d: taken back", status)
	}
}
