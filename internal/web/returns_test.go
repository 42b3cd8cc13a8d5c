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
	{"published", "/returns/published?year=2026"},
	{"published-area", "/returns/published?year=2025&area=886&set=twenty+weeks"},
	{"published-requests", "/returns/published?year=2026&area=886&set=requests"},
	{"published-appeals", "/returns/published?year=2026&area=886&set=tribunal+appeal+rate"},
	{"analysis", "/returns/analysis?year=2026"},
	{"analysis-listed", "/returns/analysis?year=2026&sex=Female&h=out&show=in-force&row=All"},
	{"analysis-none", "/returns/analysis?year=2026&need=none"},
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
	for name, path := range map[string]string{"annex-a-empty": "/returns/annex-a?list=1", "analysis-empty": "/returns/analysis", "published-empty": "/returns/published"} {
		_, _, body := empty.get(empty.as("priya"), path)
		testkit.Golden(t, "golden/"+name+".html", tidy(t, body))
	}
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

// A figure of the analysis leads to its children, and says the number they are
// listed under; what is taken out is kept.
func TestAnalysisFiguresLeadToTheirChildren(t *testing.T) {
	s := sample(t)
	c := s.as("tom")
	_, _, page := s.get(c, "/returns/analysis?year=2026&need=Autistic+spectrum+disorder")
	links := regexp.MustCompile(`<a class="govuk-link" href="(/returns/analysis\?[^"]*show=in-force[^"]*)">([0-9,]+)</a>`).FindAllStringSubmatch(page, -1)
	if len(links) < 5 {
		t.Fatalf("%d figures", len(links))
	}
	for _, l := range links {
		_, _, list := s.get(c, strings.ReplaceAll(l[1], "&amp;", "&"))
		if !strings.Contains(list, ">"+l[2]+" child") || !strings.Contains(list, `href="/cases/`) {
			t.Errorf("%s: not %s children with links", l[1], l[2])
		}
	}
	for _, path := range []string{"/returns/analysis.csv?year=2026&h=out", "/returns/published.xlsx?year=2026&area=886"} {
		if status, _, body := s.get(c, path); status != http.StatusOK || len(body) < 2000 {
			t.Errorf("%s: %d, %d bytes", path, status, len(body))
		}
	}
	if status, _, _ := s.get(c, "/returns/analysis?year=1999"); status != http.StatusNotFound {
		t.Errorf("the return of 1999: %d", status)
	}
}

// The page says of an authority what was published of it.
func TestPublishedFiguresStandBesideTheReturns(t *testing.T) {
	s := sample(t)
	_, _, page := s.get(s.as("jane"), "/returns/published?year=2026&area=886&set=twenty+weeks")
	text := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ")), " ")
	for _, want := range []string{"783 33.3", "39,407 46.4", "Essex, published 2025 270 15.0", "not of the same year as yours", "How sure"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}
