package govuk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// govuk-frontend publishes, for each component, examples of its arguments and
// the markup that must come of them. Each example is put in our words (see
// offered) and our markup compared with theirs, as a browser would read both.
//
// An example may use an argument that we chose not to offer. It is then left
// out, but only if the reason is written here.
const fixtures = "../../assets/node_modules/govuk-frontend/dist/govuk/components"

// notOffered says why we don't offer an argument. The name is the argument's, or
// where that is too wide, the component's and the argument's path in it.
var notOffered = map[string]string{
	"classes":    "a page can't pass classes: looks belong to this package",
	"attributes": "a page can't pass attributes: behaviour belongs to this package",
	"html":       "this slot takes words only",
	"formGroup":  "a page can't style the group round a field",
	"label":      "a choice's own label can't be styled",

	"titleHtml":   "titles are words only",
	"summaryHtml": "the summary of details is words only",

	"button.preventDoubleClick":                     "saying no is the same as saying nothing",
	"button.html":                                   "the name of a button is words only",
	"breadcrumbs.items.html":                        "links are words only",
	"character-count.countType":                     "limits are of characters or words, by MaxCharacters and MaxWords",
	"character-count.countMessage":                  "a page can't style the message",
	"disableAutoFocus":                              "saying no is the same as saying nothing",
	"checked":                                       "what is chosen is Value or Values, so the two can't disagree",
	"select.items.selected":                         "what is chosen is Value, so the two can't disagree",
	"select.items.value":                            "an option always has a value: an empty one stands for no answer",
	"panel.actions.items.type":                      "a link has no type",
	"footer.meta.visuallyHiddenTitle":               "the links are always called Support links",
	"date-input.items":                              "a date is always day, month and year, each of one width",
	"date-input.year":                               "a date is always day, month and year, filled in from what was typed",
	"date-input.day":                                "see date-input.year",
	"date-input.month":                              "see date-input.year",
	"date-input.values":                             "names within values follow from the name of the input",
	"error-message.visuallyHiddenText":              "the pages are in English",
	"file-upload.value":                             "browsers refuse to be told which file",
	"file-upload.wrapperClasses":                    "a page can't style the wrapper",
	"file-upload.wrapperAttributes":                 "a page can't style the wrapper",
	"input.inputWrapper":                            "a page can't style the wrapper",
	"notification-banner.role":                      "the role follows from the kind of banner",
	"notification-banner.type":                      "the kinds are Go constants, so a wrong one can't be given",
	"password-input.value":                          "a password is never sent back to a page",
	"fieldset.legend.html":                          "legends are words only",
	"service-navigation.ariaLabel":                  "the pages are in English",
	"service-navigation.menuButtonText":             "the button is always called Menu",
	"service-navigation.menuButtonLabel":            "the button is always called Menu",
	"service-navigation.navigationId":               "there is one service navigation on a page",
	"service-navigation.slots":                      "there is no second language yet",
	"service-navigation.navigationClasses":          "a page can't style the navigation",
	"service-navigation.collapseNavigationOnMobile": "several parts always fold on a phone, one never does",

	"footer.navigation":       "the footer is a line of links",
	"footer.containerClasses": "a page can't style the container",
	"footer.copyright":        "ours is not Crown copyright",
}

// words that are said in other languages by arguments of their own.
var translations = []string{
	"textareaDescriptionText", "charactersUnderLimitText", "charactersAtLimitText", "charactersOverLimitText",
	"wordsUnderLimitText", "wordsAtLimitText", "wordsOverLimitText",
	"chooseFilesButtonText", "dropInstructionText", "noFileChosenText", "multipleFilesChosenText", "enteredDropZoneText", "leftDropZoneText",
	"showPasswordText", "hidePasswordText", "showPasswordAriaLabelText", "hidePasswordAriaLabelText", "passwordShownAnnouncementText", "passwordHiddenAnnouncementText",
	"hideAllSectionsText", "showAllSectionsText", "hideSectionText", "hideSectionAriaLabelText", "showSectionText", "showSectionAriaLabelText",
}

// leftOut are single examples that differ by choice, though every argument of
// theirs is offered.
var leftOut = map[string]string{
	"accordion/with falsy values":                                 holes,
	"checkboxes/with falsy values":                                holes,
	"radios/with falsy items":                                     holes,
	"task-list/with empty values":                                 holes,
	"date-input/with errors only":                                 "a part is wrong only if a message says why",
	"date-input/with errors only (using items)":                   "a part is wrong only if a message says why",
	"footer/with empty meta":                                      "a heading stands over nothing",
	"footer/with empty meta items":                                "a heading stands over nothing",
	"skip-link/no href":                                           mainContent,
	"skip-link/custom text":                                       mainContent,
	"skip-link/html as text":                                      mainContent,
	"skip-link/html":                                              mainContent,
	"service-navigation/with no options set":                      empty,
	"service-navigation/with navigation being an empty array":     empty,
	"service-navigation/with navigation having only empty values": empty,
}

const (
	holes       = "a list in Go has no holes, so ours are numbered without them"
	mainContent = "the main content of our pages is #main-content unless said"
	empty       = "a navigation of nothing is not shown"
)

// otherComponents are those of which we have no like.
var otherComponents = map[string]string{
	"cookie-banner":       "the only cookie is the one that keeps people signed in",
	"exit-this-page":      "no page here is a danger to be seen reading",
	"feedback":            "belongs to GOV.UK pages",
	"generic-header":      "our header also shows who is signed in",
	"header":              "the crown and the GOV.UK wordmark are for GOV.UK",
	"language-navigation": "there is no second language yet",
}

func TestComponentsMatchThePublishedExamples(t *testing.T) {
	passed, skipped := 0, 0
	reasons := map[string]int{}
	for _, component := range published(t) {
		if reason, ok := otherComponents[component.Name]; ok {
			skipped += len(component.Fixtures)
			reasons[component.Name+": "+reason] += len(component.Fixtures)
			continue
		}
		ours, ok := offered[component.Name]
		if !ok {
			t.Errorf("%s: neither offered nor listed as left out", component.Name)
			continue
		}
		for _, example := range component.Fixtures {
			t.Run(component.Name+"/"+example.Name, func(t *testing.T) {
				args := &argument{values: example.Options, used: map[string]bool{}}
				c := ours(args)
				if reason, ok := leftOut[component.Name+"/"+example.Name]; ok {
					skipped++
					reasons[component.Name+"/"+example.Name+": "+reason]++
					t.Skip(reason)
				}
				if left := args.left(""); len(left) > 0 {
					for _, path := range left {
						key, reason := why(component.Name, path)
						if reason == "" {
							t.Errorf("argument %s is not offered, and notOffered does not say why", path)
						}
						reasons[key+": "+reason]++
					}
					skipped++
					t.Skip(strings.Join(left, ", "))
				}
				got, want := shape(t, draw(t, c)), shape(t, example.HTML)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%+v\n(- theirs, + ours)\n%s", example.Options, diff)
					return
				}
				passed++
			})
		}
	}
	t.Logf("%d examples match, %d left out:", passed, skipped)
	for key := range notOffered {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(reasons)), func(r string) bool { return strings.HasPrefix(r, key+": ") }) {
			t.Errorf("notOffered gives a reason for %s, which no example uses", key)
		}
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		t.Logf("%4d  %s", reasons[reason], reason)
	}
}

// why finds the reason for not offering an argument, the narrowest first.
func why(component, path string) (key, reason string) {
	last := path[strings.LastIndexByte(path, '.')+1:]
	first, _, _ := strings.Cut(path, ".")
	for _, key := range []string{component + "." + path, component + "." + first, component + "." + last, last, first} {
		if reason := notOffered[key]; reason != "" {
			return key, reason
		}
	}
	if slices.Contains(translations, last) || slices.Contains(translations, first) {
		return "translations", "the pages are in English"
	}
	return path, ""
}

type publishedComponent struct {
	Name     string `json:"component"`
	Fixtures []struct {
		Name    string         `json:"name"`
		Options map[string]any `json:"options"`
		HTML    string         `json:"html"`
	} `json:"fixtures"`
}

func published(t *testing.T) (all []publishedComponent) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(fixtures, "*", "fixtures.json"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(fixtures); errors.Is(err, fs.ErrNotExist) || len(files) == 0 {
		t.Fatalf("govuk-frontend is not in %s: run make assets", fixtures)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c publishedComponent
		if err := json.Unmarshal(text, &c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, c)
	}
	return all
}

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// shape is markup as a browser reads it, an element or a piece of text to a
// line, without regard to the order of attributes and classes or to the white
// space of the source. Its last line is what is read aloud, where white space
// between words does count.
func shape(t *testing.T, markup string) []string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(markup), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var aloud strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		indent := strings.Repeat("  ", depth)
		switch n.Type {
		case html.TextNode:
			text := n.Data
			if n.Parent == nil || n.Parent.Data != "textarea" {
				text = strings.Join(strings.Fields(text), " ")
			}
			if text != "" {
				lines = append(lines, indent+strconv.Quote(text))
			}
			aloud.WriteString(n.Data)
		case html.ElementNode:
			if crowned(n) {
				return
			}
			var attributes []string
			for _, a := range n.Attr {
				value := a.Val
				if a.Key == "class" || a.Key == "aria-describedby" {
					words := strings.Fields(value)
					if a.Key == "class" {
						slices.Sort(words)
					}
					value = strings.Join(words, " ")
				}
				attributes = append(attributes, " "+a.Key+"="+strconv.Quote(value))
			}
			slices.Sort(attributes)
			lines = append(lines, indent+"<"+n.Data+strings.Join(attributes, "")+">")
			block := !slices.Contains([]string{"a", "b", "em", "span", "strong", "time"}, n.Data)
			if block {
				aloud.WriteString(" ")
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c, depth+1)
			}
			if block {
				aloud.WriteString(" ")
			}
		}
	}
	for _, n := range nodes {
		walk(n, 0)
	}
	return append(lines, "aloud: "+strings.Join(strings.Fields(aloud.String()), " "))
}

// crowned elements are the Crown's marks in the published footer, which are not
// a local area's to show.
func crowned(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key != "class" {
			continue
		}
		switch a.Val {
		case "govuk-footer__crown", "govuk-footer__licence-logo", "govuk-footer__licence-description":
			return true
		case "govuk-footer__meta-item":
			return strings.Contains(textOf(n), "Crown copyright")
		}
	}
	return false
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}
