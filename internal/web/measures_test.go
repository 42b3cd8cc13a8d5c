package web

import (
	"fmt"
	"html"
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
			places = []place{{"measure-staff", "/board/measures/I002?span=calendar-year&on=2025-06-01&cut=setting"}, {"measure-children", "/measures/I002/children?span=calendar-year&on=2025-06-01"}, {"monday", "/monday"}, {"monday-list", "/monday/stuck-meeting?page=2"}}
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
		b.Click(`form[action="/signout"] button`, `main`)
	}
}

var (
	openedLink = regexp.MustCompile(`href="(/measures/[^"]*)"`)
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
