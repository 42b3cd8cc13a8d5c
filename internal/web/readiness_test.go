package web

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"weald/internal/app"
	"weald/internal/testkit"
	"weald/internal/testkit/browser"
)

// Places of the pages about how ready the return is.
var readinessPlaces = []place{
	{"return", "/returns"},
	{"return-2025", "/returns?year=2025"},
	{"return-findings", "/returns/findings?check=S-043"},
	{"return-findings-all", "/returns/findings?page=2"},
	{"return-findings-none", "/returns/findings?team=nowhere"},
	{"return-explain-check", "/returns/explain?of=S-043"},
}

func TestReadinessPagesAreGolden(t *testing.T) {
	full, empty := sample(t), start(t)
	for _, p := range readinessPlaces {
		_, _, body := full.get(full.as("priya"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
	_, _, body := empty.get(empty.as("priya"), "/returns")
	testkit.Golden(t, "golden/return-empty.html", tidy(t, body))
}

func TestReadinessInTheBrowser(t *testing.T) {
	s := sample(t)
	child := regexp.MustCompile(`href="(/returns/children/[^"#]+)`).FindStringSubmatch(mustBody(s, s.as("priya"), "/returns/findings?check=S-043"))
	b := browser.Open(t)
	b.Go(s.url + "/signin")
	b.Click(`button[value="priya"]`, ".weald-numbers")
	shots := os.Getenv("WEALD_SHOTS")
	for _, p := range append(readinessPlaces, place{"return-child", child[1]}) {
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

// A query is explained and the note taken back, by the forms, and both are told.
func TestExplainingAQuery(t *testing.T) {
	s := sample(t)
	c := s.as("amina")
	_, _, list := s.get(c, "/returns/findings?check=S-043")
	link := regexp.MustCompile(`href="(/returns/explain\?of=[0-9a-f]+)"`).FindStringSubmatch(list)
	if link == nil {
		t.Fatal("no query can be explained")
	}
	of := strings.TrimPrefix(link[1], "/returns/explain?of=")
	status, _, form := s.get(c, link[1])
	if status != http.StatusOK || !strings.Contains(form, "The request was decided") {
		t.Errorf("%d", status)
	}
	post := func(path string, values url.Values) (int, string) {
		r, err := c.PostForm(s.url+path, values)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return r.StatusCode, r.Header.Get("Location")
	}
	if status, _ := post("/returns/explain", url.Values{"year": {"2026"}, "of": {of}}); status != http.StatusUnprocessableEntity {
		t.Errorf("no note: %d", status)
	}
	if status, _ := post("/returns/explain", url.Values{"year": {"2026"}, "of": {of}, "note": {strings.Repeat("a", 1001)}}); status != http.StatusUnprocessableEntity {
		t.Errorf("a long note: %d", status)
	}
	if status, to := post("/returns/explain", url.Values{"year": {"2026"}, "of": {of}, "note": {"The school was shut."}}); status != http.StatusSeeOther || to != "/returns/findings?year=2026" {
		t.Errorf("%d, %s", status, to)
	}
	_, _, list = s.get(c, "/returns/findings?check=S-043&state=explained")
	back := regexp.MustCompile(`href="(/returns/take-back\?id=[^"]+)"`).FindStringSubmatch(list)
	if back == nil || !strings.Contains(list, "The school was shut.") || !strings.Contains(list, "1 finding<") {
		t.Fatal(list)
	}
	if _, _, file := s.get(c, "/returns/findings.csv?check=S-043&state=explained"); !strings.Contains(file, "The school was shut.,Amina Yusuf,") {
		t.Error(file)
	}
	id, err := url.QueryUnescape(strings.TrimPrefix(back[1], "/returns/take-back?id="))
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := post("/returns/take-back", url.Values{"id": {id}}); status != http.StatusUnprocessableEntity {
		t.Errorf("no reason: %d", status)
	}
	if status, _ := post("/returns/take-back", url.Values{"id": {id}, "why": {"It was open."}}); status != http.StatusSeeOther {
		t.Errorf("%d", status)
	}
	if _, _, list = s.get(c, "/returns/findings?check=S-043&state=explained"); strings.Contains(list, "The school was shut.") {
		t.Error("the note still counts")
	}
	child := regexp.MustCompile(`href="(/returns/children/[^"#]+)#`).FindStringSubmatch(strings.Split(mustBody(s, c, "/returns/findings?check=S-043"), "<tbody")[1])
	if _, _, page := s.get(c, child[1]); !strings.Contains(page, "In it: ") || !strings.Contains(page, "RequestOutcomeDate") {
		t.Error(page)
	}
}

func mustBody(s *service, c *http.Client, path string) string {
	_, _, body := s.get(c, path)
	return body
}

// Two people sign, not one twice, and not while an error stands.
func TestSigningTheReturn(t *testing.T) {
	full, empty := sample(t), start(t)
	if _, _, page := full.get(full.as("tom"), "/returns"); !strings.Contains(page, "cannot be signed off while errors stand") || strings.Contains(page, `action="/returns/sign"`) {
		t.Error("with an error it can be signed")
	}
	sign := func(who string) (int, string) {
		c := empty.as(who)
		page := mustBody(empty, c, "/returns")
		digest := regexp.MustCompile(`name="digest" value="([0-9a-f]+)"`).FindStringSubmatch(page)
		values := url.Values{"year": {"2026"}, "seen": {"yes"}}
		if digest != nil {
			values.Set("digest", digest[1])
		}
		r, err := c.PostForm(empty.url+"/returns/sign", values)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		return r.StatusCode, mustBody(empty, c, "/returns")
	}
	if status, page := sign("priya"); status != http.StatusSeeOther || !strings.Contains(page, "The second signature must be another person") {
		t.Errorf("%d: %s", status, page)
	}
	if status, _ := sign("priya"); status != http.StatusUnprocessableEntity {
		t.Errorf("the same person signed twice: %d", status)
	}
	if status, page := sign("tom"); status != http.StatusSeeOther || strings.Count(page, "Take back<") != 2 || strings.Contains(page, `action="/returns/sign"`) {
		t.Errorf("%d: %s", status, page)
	}
}

// The return that is taken out is one, and the record keeps that it was taken.
func TestTakingTheReturnOut(t *testing.T) {
	s := sample(t)
	r, err := s.as("priya").Get(s.url + "/returns/return.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	file, err := io.ReadAll(r.Body)
	if err != nil || r.Header.Get("Content-Disposition") != `attachment; filename="sen2-2026.xml"` || strings.Count(string(file), "<Person>") != 500 {
		t.Errorf("%v, %v", err, r.Header)
	}
	fetch := func(name string) []byte {
		t.Helper()
		r, err := s.as("priya").Get(s.url + "/returns/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		file, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatal(r.Status, err)
		}
		return file
	}
	book := fetch("return.xlsx")
	_, _, people, _, err := app.ReadForm([]app.FormFile{{Name: "return.xlsx", In: bytes.NewReader(book), Size: int64(len(book))}}, 2026)
	if err != nil || len(people) != 500 {
		t.Errorf("the workbook holds %d people, %v", len(people), err)
	}
	packed := fetch("return.zip")
	files, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil || len(files.File) != 9 {
		t.Fatalf("%d files, %v", len(files.File), err)
	}
}
