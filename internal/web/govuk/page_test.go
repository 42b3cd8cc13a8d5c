package govuk

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

func TestTitleNamesThePageAndTheServiceAndAnyError(t *testing.T) {
	site := Site{Service: "SEND casework"}
	for want, p := range map[string]Page{
		"What is due – SEND casework":        {Site: site, Title: "What is due"},
		"Error: What is due – SEND casework": {Site: site, Title: "What is due", Errors: Errors{{Message: "Enter a name"}}},
		"SEND casework":                      {Site: site},
		"What is due":                        {Title: "What is due"},
	} {
		if got := textOf(first(t, draw(t, p), "title")); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestPageShowsItsBlockAndItsErrors(t *testing.T) {
	ctx := templ.WithChildren(context.Background(), templ.Raw("<h1>What is due</h1>"))
	var b strings.Builder
	p := Page{Errors: Errors{{Field: "born", Message: "Enter a date", Parts: []string{"month"}}}}
	if err := p.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	main := textOf(first(t, b.String(), "main"))
	if !strings.Contains(main, "There is a problem") || !strings.Contains(main, "What is due") {
		t.Errorf("main holds %q", main)
	}
	if !strings.Contains(b.String(), `href="#born-month"`) {
		t.Error("the summary does not lead to the part that is wrong")
	}
}

func TestAreaPageBearsNoMarkOfTheCrown(t *testing.T) {
	page := draw(t, Page{Site: gallerySite(Site{})})
	for _, mark := range []string{"crown", "Crown", "GOV.UK", "logotype", "Open Government"} {
		if strings.Contains(page, mark) {
			t.Errorf("the page has %q", mark)
		}
	}
}

// The gallery holds every component in its states, so what is true of it is
// true of the components: they fit together on one page, and what one part says
// of another is there.
func TestGalleryIsSound(t *testing.T) {
	page := draw(t, Gallery(Site{Stylesheet: "/assets/weald.css", Script: "/assets/weald.js"}))
	safe(t, page, "")
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements have the ID %s", id)
			}
			ids[id] = true
		}
	}
	level := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, key := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "data-aria-controls"} {
			for _, id := range strings.Fields(attribute(n, key)) {
				if !ids[id] {
					t.Errorf("<%s %s=%q>: there is no such ID", n.Data, key, id)
				}
			}
		}
		switch n.Data {
		case "h1", "h2", "h3", "h4", "h5", "h6":
			now := int(n.Data[1] - '0')
			if now > level+1 && !within(n, "footer") && !within(n, "header") && !hasClass(n, "govuk-error-summary__title") {
				t.Errorf("%q is a heading of level %d after one of level %d", strings.TrimSpace(textOf(n)), now, level)
			}
			level = now
		case "input", "select", "textarea":
			if attribute(n, "type") != "hidden" && !labelled(root, attribute(n, "id")) {
				t.Errorf("<%s name=%q> has no label", n.Data, attribute(n, "name"))
			}
		case "table":
			captions := 0
			for c := range n.ChildNodes() {
				if c.Data == "caption" {
					captions++
				}
			}
			if captions != 1 {
				t.Error("a table has no caption")
			}
		case "nav":
			if attribute(n, "aria-label") == "" {
				t.Error("a nav has no name")
			}
		}
	}
	for _, e := range galleryForm().Errors {
		if e.Field != "" && !ids[e.Target()] {
			t.Errorf("the error summary leads to #%s, which is not there", e.Target())
		}
	}
}

func TestGalleryShowsEveryComponent(t *testing.T) {
	page := draw(t, Gallery(Site{}))
	for _, c := range every {
		outer := first(t, draw(t, filled(c, "x", false)), "body").FirstChild
		for outer != nil && outer.Type != html.ElementNode {
			outer = outer.NextSibling
		}
		if outer == nil {
			continue
		}
		if class, _, _ := strings.Cut(attribute(outer, "class"), " "); class != "" && !strings.Contains(page, class) {
			t.Errorf("the gallery does not show a %T", c)
		}
	}
}

func first(t *testing.T, page, element string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			return n
		}
	}
	t.Fatalf("no <%s>", element)
	return nil
}

func within(n *html.Node, element string) bool {
	for a := range n.Ancestors() {
		if a.Data == element {
			return true
		}
	}
	return false
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attribute(n, "class")), class)
}

func labelled(root *html.Node, id string) bool {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "label" && attribute(n, "for") == id {
			return true
		}
	}
	return false
}
