package govuk_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"weald/internal/assets"
	"weald/internal/testkit/browser"
	"weald/internal/web/govuk"
)

// knownToAxe are the places where axe faults what govuk-frontend's own scripts
// do to its own components, not our markup: a radio button that says whether it
// has opened a further question, and buttons whose spoken names differ from the
// words on them.
var knownToAxe = []string{"#decision-2: ", "#advice: ", "button[aria-controls=\"sections-content-"}

func known(node string) bool {
	return slices.ContainsFunc(knownToAxe, func(k string) bool { return strings.HasPrefix(node, k) })
}

// The gallery in a real browser: sound by axe, and no wider than a phone, with
// scripts and without, under a Content-Security-Policy as strict as the
// service's.
func TestGalleryInABrowser(t *testing.T) {
	set, err := assets.Open()
	if err != nil {
		t.Fatal(err)
	}
	site := govuk.Site{Stylesheet: set.Path("weald.css"), Script: set.Path("weald.js"), Icon: set.Path("favicon.svg")}
	mux := http.NewServeMux()
	mux.Handle("/assets/", set)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'")
		if err := govuk.Gallery(site).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	for _, width := range []int64{1280, 360} {
		b := browser.Open(t)
		b.Width(width)
		b.Go(server.URL)
		if n := b.Overflow(); n > 0 {
			t.Errorf("at %d pixels the gallery is %d too wide", width, n)
		}
		for _, broken := range b.Axe() {
			rule, nodes, _ := strings.Cut(broken, "\n\t")
			if left := slices.DeleteFunc(strings.Split(nodes, "\n\t"), known); len(left) > 0 {
				t.Errorf("at %d pixels: %s\n%s", width, rule, strings.Join(left, "\n"))
			}
		}
		b.JavaScript(false)
		b.Go(server.URL)
		if n := b.Overflow(); n > 0 {
			t.Errorf("without scripts, at %d pixels the gallery is %d too wide", width, n)
		}
	}
}
