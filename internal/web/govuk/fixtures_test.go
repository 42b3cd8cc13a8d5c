package govuk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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

// offered puts the arguments of an example in our words.
var offered = map[string]func(o *argument) templ.Component{
	"accordion": func(o *argument) templ.Component {
		a := Accordion{ID: o.text("id"), Level: o.number("headingLevel"), Forget: o.said("rememberExpanded") && !o.is("rememberExpanded")}
		for _, i := range o.list("items") {
			s := Section{Heading: i.object("heading").text("text"), Summary: i.object("summary").text("text"), Open: i.is("expanded")}
			s.Text, s.Content = i.object("content").either("text", "html")
			a.Items = append(a.Items, s)
		}
		return a
	},
	"back-link": func(o *argument) templ.Component {
		return BackLink{Href: o.text("href"), Text: o.text("text"), Inverse: o.class("govuk-back-link--inverse")}
	},
	"breadcrumbs": func(o *argument) templ.Component {
		b := Breadcrumbs{Collapse: o.is("collapseOnMobile"), Inverse: o.class("govuk-breadcrumbs--inverse"), Label: o.text("labelText")}
		for _, i := range o.list("items") {
			b.Items = append(b.Items, Link{Text: i.text("text"), Href: i.text("href")})
		}
		return b
	},
	"button": func(o *argument) templ.Component {
		b := Button{Text: o.text("text"), Href: o.text("href"), ID: o.text("id"), Name: o.text("name"), Value: o.text("value"), Type: o.text("type"), Start: o.is("isStartButton"), Disabled: o.is("disabled")}
		for _, k := range []ButtonKind{Secondary, Warning, Inverse} {
			if o.class("govuk-button--" + string(k)) {
				b.Kind = k
			}
		}
		if o.is("preventDoubleClick") {
			b.PreventDoubleClick = true
		} else if o.said("preventDoubleClick") {
			o.refuse("preventDoubleClick")
		}
		return b
	},
	"character-count": func(o *argument) templ.Component {
		return CharacterCount{Textarea: o.textarea(), MaxCharacters: o.number("maxlength"), MaxWords: o.number("maxwords"), Threshold: o.number("threshold")}
	},
	"checkboxes": func(o *argument) templ.Component {
		q := o.question()
		c := Checkboxes{Name: q.name, ID: o.text("idPrefix"), Legend: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy, Small: o.class("govuk-checkboxes--small")}
		for _, v := range o.texts("values") {
			c.Values = append(c.Values, v)
		}
		for _, i := range o.list("items") {
			item, checked := i.choice()
			if checked {
				c.Values = append(c.Values, item.Value)
			}
			c.Items = append(c.Items, item)
		}
		return c
	},
	"date-input": func(o *argument) templ.Component {
		q := o.question()
		d := DateInput{Name: o.text("namePrefix"), ID: o.text("id"), Legend: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy}
		items := o.list("items")
		if len(items) > 0 {
			o.partsFrom(items)
		} else if o.said("items") {
			o.refuse("items")
		}
		values := o.object("values")
		for _, part := range []string{"day", "month", "year"} {
			if whole, ok := o.values[part].(bool); ok && !whole {
				o.refuse(part)
			}
		}
		var said, wrong []string
		for _, part := range []struct {
			name  string
			value *string
		}{{"day", &d.Day}, {"month", &d.Month}, {"year", &d.Year}} {
			*part.value = values.text(d.partName(part.name))
			p := o.object(part.name)
			if p.said("value") {
				*part.value = p.text("value")
			}
			if bday := p.text("autocomplete"); bday == "bday-"+part.name {
				d.Birthday = true
			} else if bday != "" {
				p.refuse("autocomplete")
			}
			if label := p.text("label"); label != "" && label != strings.ToUpper(part.name[:1])+part.name[1:] {
				p.refuse("label")
			}
			if p.is("error") {
				wrong = append(wrong, part.name)
			} else if !p.said("error") {
				said = append(said, part.name)
			}
		}
		if d.Wrong = wrong; wrong == nil && len(said) < 3 {
			d.Wrong = said // all but those that are said to be right
		}
		return d
	},
	"details": func(o *argument) templ.Component {
		d := Details{Summary: o.text("summaryText"), ID: o.text("id"), Open: o.is("open")}
		d.Text, d.Content = o.either("text", "html")
		return d
	},
	"error-message": func(o *argument) templ.Component {
		return ErrorMessage{ID: o.text("id"), Text: o.text("text")}
	},
	"error-summary": func(o *argument) templ.Component {
		s := ErrorSummary{Title: o.text("titleText"), NoFocus: o.is("disableAutoFocus")}
		s.Text, s.Content = o.either("descriptionText", "descriptionHtml")
		if o.said("disableAutoFocus") && !o.is("disableAutoFocus") {
			o.refuse("disableAutoFocus")
		}
		for _, e := range o.list("errorList") {
			s.Errors.Add(strings.TrimPrefix(e.text("href"), "#"), e.text("text"))
		}
		return s
	},
	"fieldset": func(o *argument) templ.Component {
		l := o.object("legend")
		f := Fieldset{Legend: l.text("text"), Size: l.size("govuk-fieldset__legend"), Heading: l.is("isPageHeading"), DescribedBy: o.text("describedBy"), Role: o.text("role")}
		_, f.Content = o.either("", "html")
		return f
	},
	"file-upload": func(o *argument) templ.Component {
		q := o.question()
		return FileUpload{Name: q.name, ID: q.id, Label: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy, Multiple: o.is("multiple"), Drop: o.is("javascript"), Disabled: o.is("disabled")}
	},
	"footer": func(o *argument) templ.Component {
		meta := o.object("meta")
		f := Footer{}
		f.Text, f.Content = meta.either("text", "html")
		o.said("contentLicence") // pruned with the Crown's other marks
		if meta.said("visuallyHiddenTitle") {
			meta.refuse("visuallyHiddenTitle")
		}
		for _, i := range meta.list("items") {
			f.Links = append(f.Links, Link{Text: i.text("text"), Href: i.text("href")})
		}
		return f
	},
	"hint": func(o *argument) templ.Component {
		return Hint{ID: o.text("id"), Text: o.text("text")}
	},
	"input": func(o *argument) templ.Component {
		q := o.question()
		i := Input{Name: q.name, ID: q.id, Label: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy,
			Value: o.text("value"), Type: o.text("type"), InputMode: o.text("inputmode"), Pattern: o.text("pattern"), Autocomplete: o.text("autocomplete"),
			Capitals: o.text("autocapitalize"), Disabled: o.is("disabled"), Spaced: o.class("govuk-input--extra-letter-spacing"),
			Prefix: o.object("prefix").text("text"), Suffix: o.object("suffix").text("text"), Spelling: Switch(o.text("spellcheck")), Width: o.width()}
		return i
	},
	"inset-text": func(o *argument) templ.Component {
		t := InsetText{ID: o.text("id")}
		t.Text, t.Content = o.either("text", "html")
		return t
	},
	"label": func(o *argument) templ.Component {
		return Label{For: o.text("for"), Text: o.text("text"), Size: o.size("govuk-label"), Heading: o.is("isPageHeading")}
	},
	"notification-banner": func(o *argument) templ.Component {
		b := NotificationBanner{Title: o.text("titleText"), TitleID: o.text("titleId"), Level: o.number("titleHeadingLevel"), Success: o.text("type") == "success", NoFocus: o.is("disableAutoFocus")}
		if o.said("type") && !b.Success {
			o.refuse("type")
		}
		if o.said("disableAutoFocus") && !b.NoFocus {
			o.refuse("disableAutoFocus")
		}
		b.Text, b.Content = o.either("text", "html")
		return b
	},
	"pagination": func(o *argument) templ.Component {
		link := func(l *argument) PageLink {
			return PageLink{Href: l.text("href"), Text: l.text("text"), Label: l.text("labelText")}
		}
		p := Pagination{Previous: link(o.object("previous")), Next: link(o.object("next")), Label: o.text("landmarkLabel")}
		for _, i := range o.list("items") {
			item := PageItem{Number: i.text("number"), Href: i.text("href"), Current: i.is("current"), Gap: i.is("ellipsis"), Label: i.text("visuallyHiddenText")}
			if item != (PageItem{}) {
				p.Items = append(p.Items, item)
			}
		}
		return p
	},
	"panel": func(o *argument) templ.Component {
		p := Panel{Level: o.number("headingLevel"), Interruption: o.class("govuk-panel--interruption")}
		var title templ.Component
		if p.Title, title = o.either("titleText", "titleHtml"); title != nil {
			if p.Title = o.text("titleHtml"); strings.Contains(p.Title, "<") {
				o.refuse("titleHtml")
			}
		}
		p.Text, p.Content = o.either("text", "html")
		for _, i := range o.object("actions").list("items") {
			a := PanelAction{Text: i.text("text"), Href: i.text("href"), Type: i.text("type")}
			if a.Href != "" && a.Type != "" {
				i.refuse("type")
			}
			p.Actions = append(p.Actions, a)
		}
		return p
	},
	"password-input": func(o *argument) templ.Component {
		q := o.question()
		p := PasswordInput{Name: q.name, ID: q.id, Label: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy, New: o.text("autocomplete") == "new-password", Width: o.width()}
		return p
	},
	"phase-banner": func(o *argument) templ.Component {
		tag := o.object("tag")
		p := PhaseBanner{Phase: tag.text("text"), Colour: tag.colour()}
		p.Text, p.Content = o.either("text", "html")
		return p
	},
	"radios": func(o *argument) templ.Component {
		q := o.question()
		r := Radios{Name: q.name, ID: o.text("idPrefix"), Legend: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy,
			Value: o.text("value"), Small: o.class("govuk-radios--small"), Inline: o.class("govuk-radios--inline")}
		for _, i := range o.list("items") {
			item, checked := i.choice()
			if checked {
				r.Value = item.Value
			}
			r.Items = append(r.Items, item)
		}
		return r
	},
	"select": func(o *argument) templ.Component {
		q := o.question()
		s := Select{Name: q.name, ID: q.id, Label: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy, Value: o.text("value"), Disabled: o.is("disabled")}
		for _, i := range o.list("items") {
			s.Options = append(s.Options, Option{Value: i.text("value"), Text: i.text("text"), Disabled: i.is("disabled")})
			if i.is("selected") {
				s.Value = i.text("value")
			} else if i.said("selected") {
				i.refuse("selected")
			}
			if !i.said("value") {
				i.refuse("value")
			}
		}
		return s
	},
	"service-navigation": func(o *argument) templ.Component {
		n := ServiceNavigation{Service: o.text("serviceName"), Href: o.text("serviceUrl"), Label: o.text("navigationLabel"), Inverse: o.class("govuk-service-navigation--inverse")}
		for _, i := range o.list("navigation") {
			n.Items = append(n.Items, NavigationItem{Text: i.text("text"), Href: i.text("href"), Current: i.is("current"), Active: i.is("active")})
		}
		return n
	},
	"skip-link": func(o *argument) templ.Component {
		return SkipLink{Href: o.text("href"), Text: o.text("text")}
	},
	"summary-list": func(o *argument) templ.Component {
		actions := func(o *argument) (actions []Action) {
			for _, i := range o.object("actions").list("items") {
				actions = append(actions, Action{Text: i.text("text"), Href: i.text("href"), About: i.text("visuallyHiddenText")})
			}
			return actions
		}
		card := o.object("card")
		title := card.object("title")
		l := SummaryList{NoBorder: o.class("govuk-summary-list--no-border"), Card: Card{Title: title.text("text"), Level: title.number("headingLevel"), Actions: actions(card)}}
		for _, r := range o.list("rows") {
			row := SummaryRow{Key: r.object("key").text("text"), Actions: actions(r), NoBorder: r.class("govuk-summary-list__row--no-border")}
			row.Value, row.Content = r.object("value").either("text", "html")
			l.Rows = append(l.Rows, row)
		}
		return l
	},
	"table": func(o *argument) templ.Component {
		t := Table{Caption: o.text("caption"), RowHeadings: o.is("firstCellIsHeader"), SmallText: o.class("govuk-table--small-text-until-tablet")}
		if size, ok := strings.CutPrefix(o.text("captionClasses"), "govuk-table__caption--"); ok {
			t.CaptionSize = Size(size)
		}
		for _, h := range o.list("head") {
			heading := Heading{Numeric: h.text("format") == "numeric", ColSpan: h.number("colspan"), RowSpan: h.number("rowspan")}
			heading.Text, heading.Content = h.either("text", "html")
			t.Head = append(t.Head, heading)
		}
		for _, r := range o.lists("rows") {
			var row []Cell
			for _, c := range r {
				cell := Cell{Numeric: c.text("format") == "numeric", ColSpan: c.number("colspan"), RowSpan: c.number("rowspan")}
				cell.Text, cell.Content = c.either("text", "html")
				row = append(row, cell)
			}
			t.Rows = append(t.Rows, row)
		}
		return t
	},
	"tabs": func(o *argument) templ.Component {
		t := Tabs{Title: o.text("title"), ID: o.text("id"), Prefix: o.text("idPrefix")}
		for _, i := range o.list("items") {
			tab := Tab{Label: i.text("label"), ID: i.text("id")}
			tab.Text, tab.Content = i.object("panel").either("text", "html")
			t.Items = append(t.Items, tab)
		}
		return t
	},
	"tag": func(o *argument) templ.Component {
		return Tag{Text: o.text("text"), Colour: o.colour()}
	},
	"task-list": func(o *argument) templ.Component {
		l := TaskList{Prefix: o.text("idPrefix")}
		for _, i := range o.list("items") {
			status := i.object("status")
			tag := status.object("tag")
			l.Items = append(l.Items, Task{Title: i.object("title").text("text"), Href: i.text("href"), Hint: i.object("hint").text("text"),
				Status: status.text("text"), Tag: Tag{Text: tag.text("text"), Colour: tag.colour()}, CannotStart: status.class("govuk-task-list__status--cannot-start-yet")})
		}
		return l
	},
	"textarea": func(o *argument) templ.Component { return o.textarea() },
	"warning-text": func(o *argument) templ.Component {
		t := WarningText{Spoken: o.text("iconFallbackText")}
		t.Text, t.Content = o.either("text", "html")
		return t
	},
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

// An argument is one of an example's objects. It remembers what was read, so
// that what was not read is known not to be offered.
type argument struct {
	values  map[string]any
	used    map[string]bool
	refused []string
	kids    map[string][]*argument
}

func (o *argument) get(key string) any {
	o.used[key] = true
	return o.values[key]
}

func (o *argument) said(key string) bool {
	_, ok := o.values[key]
	o.used[key] = true
	return ok
}

func (o *argument) refuse(key string) { o.refused = append(o.refused, key) }

func (o *argument) is(key string) bool { on, _ := o.get(key).(bool); return on }

func (o *argument) text(key string) string {
	switch v := o.get(key).(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

func (o *argument) number(key string) int { n, _ := strconv.Atoi(o.text(key)); return n }

// either reads words, or markup in their place.
func (o *argument) either(text, markup string) (string, templ.Component) {
	words := o.text(text)
	if s := o.text(markup); s != "" {
		return "", templ.Raw(s)
	}
	return words, nil
}

func (o *argument) object(key string) *argument {
	values, _ := o.get(key).(map[string]any)
	return o.kid(key, values)
}

func (o *argument) kid(key string, values map[string]any) *argument {
	k := &argument{values: values, used: map[string]bool{}}
	if o.kids == nil {
		o.kids = map[string][]*argument{}
	}
	o.kids[key] = append(o.kids[key], k)
	return k
}

// list leaves out what is not an object, as Nunjucks does.
func (o *argument) list(key string) (all []*argument) {
	items, _ := o.get(key).([]any)
	for _, i := range items {
		if values, ok := i.(map[string]any); ok {
			all = append(all, o.kid(key, values))
		}
	}
	return all
}

func (o *argument) lists(key string) (all [][]*argument) {
	rows, _ := o.get(key).([]any)
	for _, r := range rows {
		cells, ok := r.([]any)
		if !ok {
			continue
		}
		var row []*argument
		for _, c := range cells {
			values, _ := c.(map[string]any)
			row = append(row, o.kid(key, values))
		}
		all = append(all, row)
	}
	return all
}

func (o *argument) texts(key string) (all []string) {
	items, _ := o.get(key).([]any)
	for _, i := range items {
		all = append(all, fmt.Sprint(i))
	}
	return all
}

// class says whether a class that we offer by another name is among those given.
func (o *argument) class(name string) bool {
	given := strings.Fields(fmt.Sprint(o.values["classes"]))
	if o.values["classes"] == nil || !slices.Contains(given, name) {
		return false
	}
	given = slices.DeleteFunc(given, func(c string) bool { return c == name })
	if len(given) == 0 {
		delete(o.values, "classes")
	} else {
		o.values["classes"] = strings.Join(given, " ")
	}
	return true
}

func (o *argument) size(block string) Size {
	for _, s := range []Size{Small, Medium, Large, ExtraLarge} {
		if o.class(block + "--" + string(s)) {
			return s
		}
	}
	return ""
}

func (o *argument) width() Width {
	for _, w := range []Width{2, 3, 4, 5, 10, 20, 30} {
		if o.class(w.class()) {
			return w
		}
	}
	return 0
}

func (o *argument) colour() Colour {
	for _, c := range []Colour{Grey, Teal, Green, Purple, Magenta, Red, Orange, Yellow, "blue"} {
		if o.class("govuk-tag--" + string(c)) {
			return c
		}
	}
	return ""
}

// question reads what every field has.
func (o *argument) question() question {
	q := question{id: o.text("id"), name: o.text("name"), hint: o.object("hint").text("text"), error: o.object("errorMessage").text("text"), describedBy: o.text("describedBy")}
	if o.said("fieldset") {
		f := o.object("fieldset")
		l := f.object("legend")
		q.label, q.size, q.heading = l.text("text"), l.size("govuk-fieldset__legend"), l.is("isPageHeading")
		q.describedBy = f.text("describedBy")
	} else {
		l := o.object("label")
		q.label, q.size, q.heading = l.text("text"), l.size("govuk-label"), l.is("isPageHeading")
	}
	return q
}

func (o *argument) textarea() Textarea {
	q := o.question()
	return Textarea{Name: q.name, ID: q.id, Label: q.label, Size: q.size, Heading: q.heading, Hint: q.hint, Error: q.error, DescribedBy: q.describedBy,
		Value: o.text("value"), Rows: o.number("rows"), Autocomplete: o.text("autocomplete"), Spelling: Switch(o.text("spellcheck"))}
}

// partsFrom reads a date's inputs where they are given as a list: it must be of
// day, month and year, as wide as ours.
func (o *argument) partsFrom(items []*argument) {
	for i, part := range []struct{ name, width string }{{"day", "govuk-input--width-2"}, {"month", "govuk-input--width-2"}, {"year", "govuk-input--width-4"}} {
		if len(items) != 3 || items[i].values["name"] != part.name || o.values[part.name] != nil || !items[i].class(part.width) || items[i].said("id") {
			o.refuse("items")
			return
		}
	}
	for _, i := range items {
		o.values[i.text("name")] = maps.Clone(i.values)
		delete(o.values[i.text("name")].(map[string]any), "name")
		for key := range i.values {
			i.used[key] = true
		}
	}
}

func (o *argument) choice() (c Choice, checked bool) {
	c = Choice{Value: o.text("value"), Hint: o.object("hint").text("text"), Divider: o.text("divider"), ID: o.text("id"), Name: o.text("name"), Disabled: o.is("disabled"), Exclusive: o.text("behaviour") == "exclusive"}
	c.Text, c.Content = o.either("text", "html")
	if r := o.object("conditional"); r.text("html") != "" && r.text("html") != "false" {
		c.Reveal = templ.Raw(r.text("html"))
	}
	checked = o.is("checked")
	if o.said("checked") && !checked {
		o.refuse("checked")
	}
	return c, checked
}

// left lists the arguments that were not read, or were refused.
func (o *argument) left(path string) (all []string) {
	for key, value := range o.values {
		if !o.used[key] && value != nil {
			all = append(all, path+key)
		}
	}
	for _, key := range o.refused {
		all = append(all, path+key)
	}
	for key, kids := range o.kids {
		for _, k := range kids {
			all = append(all, k.left(path+key+".")...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
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
