package web

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// Places of the page that holds a return beside that of the year before.
var differencePlaces = []place{
	{"differences", "/returns/differences?year=2026"},
	{"differences-new", "/returns/differences?year=2026&sort=new"},
	{"differences-item", "/returns/differences?year=2026&element=Requests&item=RequestOutcome&team=East"},
	{"differences-none", "/returns/differences?year=2026&team=nowhere"},
}

func TestDifferencePagesAreGolden(t *testing.T) {
	full, empty := sample(t), start(t)
	for _, p := range differencePlaces {
		_, _, body := full.get(full.as("priya"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
	_, _, body := empty.get(empty.as("priya"), "/returns/differences")
	testkit.Golden(t, "golden/differences-empty.html", tidy(t, body))
}

func TestDifferencePagesInTheBrowser(t *testing.T) {
	s := sample(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="priya"]`, ".weald-numbers")
	shots := os.Getenv("WEALD_SHOTS")
	for _, p := range differencePlaces {
		for _, size := range []struct {
			name  string
			width int64
		}{{"desktop", 1280}, {"phone", 360}} {
			b.Width(size.width)
			b.Go(s.url + p.path)
			for _, broken := range b.Axe() {
				t.Errorf("%s on a %s: %s", p.name, size.name, broken)
			}
			if over := b.Overflow(); over > 0 {
				t.Errorf("%s is %d pixels too wide for a %s", p.name, over, size.name)
			}
			if shots != "" {
				b.Screenshot(filepath.Join(shots, p.name+"-"+size.name+".png"))
			}
		}
	}
}

// Every figure of the page leads to as many lines, the file has them all, and
// that it was taken out is kept.
func TestDifferencesLeadToTheirLines(t *testing.T) {
	s := sample(t)
	c := s.as("tom")
	_, _, page := s.get(c, "/returns/differences?year=2026")
	links := regexp.MustCompile(`<a class="govuk-link" href="(/returns/differences\?[^"#]*item=[^"#]*)#list">([0-9,]+)</a>`).FindAllStringSubmatch(page, -1)
	if len(links) < 3 {
		t.Fatalf("%d figures", len(links))
	}
	for _, l := range links {
		path := strings.ReplaceAll(l[1], "&amp;", "&")
		_, _, list := s.get(c, path)
		if !strings.Contains(list, ">"+l[2]+" line") || !strings.Contains(list, `href="/cases/`) {
			t.Errorf("%s: not %s lines with links", path, l[2])
		}
	}
	all := regexp.MustCompile(`([0-9,]+) lines<`).FindStringSubmatch(page)
	_, _, file := s.get(c, "/returns/differences.csv?year=2026")
	if got := strconv.Itoa(strings.Count(strings.TrimSpace(file), "\n")); all == nil || got != strings.ReplaceAll(all[1], ",", "") {
		t.Errorf("the file has %s lines, the page says %v", got, all)
	}
	if status, _, book := s.get(c, "/returns/differences.xlsx?year=2026&sort=new"); status != http.StatusOK || !strings.HasPrefix(book, "PK") {
		t.Errorf("the workbook: %d", status)
	}
	if status, _, _ := s.get(c, "/returns/differences?year=2023"); status != http.StatusNotFound {
		t.Errorf("the return before 2023 is not known: %d", status)
	}
}
