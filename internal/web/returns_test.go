package web

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// Places of the pages about returns and inspections, as the data officer sees
// them.
var returnPlaces = []place{
	{"annex-a", "/returns/annex-a"},
	{"annex-a-check", "/returns/annex-a?list=1&rule=W13"},
	{"annex-a-check-none", "/returns/annex-a?list=2&rule=102b&on=2026-02-01"},
	{"annex-a-list", "/returns/annex-a?list=2"},
	{"annex-a-bad-day", "/returns/annex-a?on-day=31&on-month=2&on-year=2026"},
}

func TestReturnPagesAreGolden(t *testing.T) {
	full, empty := sample(t), start(t)
	for _, p := range returnPlaces {
		_, _, body := full.get(full.as("priya"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
	_, _, body := empty.get(empty.as("priya"), "/returns/annex-a?list=1")
	testkit.Golden(t, "golden/annex-a-empty.html", tidy(t, body))
}

func TestReturnPagesInTheBrowser(t *testing.T) {
	s := sample(t)
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="priya"]`, ".weald-numbers")
	shots := os.Getenv("WEALD_SHOTS")
	for _, p := range returnPlaces {
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

// Every finding leads to its child, and the list says as many as the figure.
func TestAnnexAFiguresLeadToTheirChildren(t *testing.T) {
	s := sample(t)
	c := s.as("priya")
	_, _, page := s.get(c, "/returns/annex-a?on=2026-06-01")
	links := regexp.MustCompile(`<a class="govuk-link" href="(/returns/annex-a\?[^"]*rule=[^"]*)">([^<]*)</a>`).FindAllStringSubmatch(page, -1)
	if len(links) < 3 {
		t.Fatalf("%d figures", len(links))
	}
	for _, l := range links {
		path := strings.ReplaceAll(l[1], "&amp;", "&")
		_, _, list := s.get(c, path)
		if !strings.Contains(list, l[2]+" child") || !strings.Contains(list, `href="/cases/`) {
			t.Errorf("%s: not %s children with links", path, l[2])
		}
	}
	if status, _, _ := s.get(c, "/returns/annex-a?on-day=1&on-month=1&on-year=2040"); status != http.StatusUnprocessableEntity {
		t.Errorf("a day to come: %d", status)
	}
	if status, _, file := s.get(c, "/returns/annex-a.xlsx?on=2026-06-01"); status != http.StatusOK || !strings.HasPrefix(file, "PK") {
		t.Errorf("the workbook: %d", status)
	}
}
