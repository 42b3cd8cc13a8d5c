package web

import (
	"regexp"
	"strings"
	"testing"

	"weald/internal/testkit"

	"golang.org/x/net/html"
)

// hashed is what changes from one build to the next: the names of assets.
var hashed = regexp.MustCompile(`/assets/[a-z-]+-[0-9a-f]{10}\.`)

// once is what changes from one form to the next: its name, and that of a sign-in.
var once = regexp.MustCompile(`name="(form|id)" value="[A-Z2-7]{26}"`)

// signedInAt is what changes from one sign-in to the next: its name in forms, and
// when it ends.
var signedInAt = regexp.MustCompile(`(?s)<input type="hidden" name="maker" value="[A-Z2-7]{26}">|<section class="weald-ending.*?</section>`)

// tidy writes a page with one element or text on a line, so that a diff shows
// what changed.
func tidy(t *testing.T, page string) string {
	t.Helper()
	var b strings.Builder
	page = once.ReplaceAllString(hashed.ReplaceAllString(page, "/assets/HASHED."), `name="$1" value="ONCE"`)
	page = signedInAt.ReplaceAllString(page, "")
	page = madeID.ReplaceAllString(page, "/documents/ONCE")
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if text := strings.Join(strings.Fields(string(z.Text())), " "); text != "" {
				b.WriteString(text + "\n")
			}
		default:
			b.WriteString(string(z.Raw()) + "\n")
		}
	}
}

// Every page in the states that people see. make golden rewrites the files.
func TestGoldenPages(t *testing.T) {
	full, empty := sample(t), start(t)
	for _, p := range places(full) {
		_, _, body := full.get(full.as("amina"), p.path)
		testkit.Golden(t, "golden/"+p.name+".html", tidy(t, body))
	}
	_, _, body := empty.get(empty.as("amina"), "/cases")
	testkit.Golden(t, "golden/cases-empty.html", tidy(t, body))
}
