package govuk

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

// every is one of each component. TestEveryComponentIsListed keeps it complete.
var every = []templ.Component{
	Accordion{}, Alert{}, BackLink{}, Badge{}, Breadcrumbs{}, Button{}, ButtonGroup{}, CharacterCount{}, Checkboxes{},
	DateInput{}, Details{}, ErrorMessage{}, ErrorSummary{}, Fieldset{}, FileUpload{}, Filter{}, Footer{}, Hint{}, Input{},
	InsetText{}, Label{}, NotificationBanner{}, Page{}, Pagination{}, Panel{}, PasswordInput{}, Person{}, PhaseBanner{},
	Radios{}, ResultCount{}, Select{}, ServiceNavigation{}, SkipLink{}, SubNavigation{}, SummaryList{}, Table{}, Tabs{},
	Tag{}, TaskList{}, Textarea{}, Timeline{}, WarningText{},
}

func TestEveryComponentIsListed(t *testing.T) {
	render := regexp.MustCompile(`func \(\w+ (\w+)\) Render\(`)
	var written, listed []string
	files, err := filepath.Glob("*.templ")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "tag.go") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range render.FindAllSubmatch(text, -1) {
			written = append(written, string(m[1]))
		}
	}
	for _, c := range every {
		listed = append(listed, reflect.TypeOf(c).Name())
	}
	slices.Sort(written)
	slices.Sort(listed)
	if !slices.Equal(written, listed) {
		t.Errorf("components written:\n%q\nlisted in every:\n%q", written, listed)
	}
}

func TestZeroValuesRender(t *testing.T) {
	for _, c := range every {
		t.Run(reflect.TypeOf(c).Name(), func(t *testing.T) { safe(t, draw(t, c), "") })
	}
}

// hostile are strings that break out of markup that does not escape them.
var hostile = []string{
	`"><script>alert(1)</script><x-hostile a="`,
	`'><x-hostile onclick='alert(1)`,
	`" onmouseover="alert(1)" style="color:red`,
	`javascript:alert(1)`,
	"java\nscript:alert(1)",
	` JavaScript:alert(1)`,
	`data:text/html,<script>alert(1)</script>`,
	`vbscript:msgbox(1)`,
	`</textarea><x-hostile>`,
	`</title><x-hostile>`,
	`</script><x-hostile>`,
	`--><x-hostile><!--`,
	`]]><x-hostile>`,
	`<!--`,
	`&lt;x-hostile&gt;&quot;`,
	"\x00<x-hostile\x00>",
	"\xff\xfe<x-hostile>",
	"\u2028<x-hostile>\u202e",
	`{{ . }}${alert(1)}`,
	`\"><x-hostile>`,
	strings.Repeat(`<x-hostile>`, 100),
}

func TestEveryStringSlotEscapesHostileStrings(t *testing.T) {
	for _, c := range every {
		t.Run(reflect.TypeOf(c).Name(), func(t *testing.T) {
			for _, s := range hostile {
				for _, on := range []bool{false, true} {
					safe(t, draw(t, filled(c, s, on)), s)
				}
			}
		})
	}
}

func FuzzEveryStringSlot(f *testing.F) {
	for _, s := range hostile {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, on bool) {
		for _, c := range every {
			safe(t, draw(t, filled(c, s, on)), s)
		}
	})
}

// filled puts s in every string that a component has, at any depth, with two of
// everything that is a list, and turns every switch on or off.
func filled(c templ.Component, s string, on bool) templ.Component {
	v := reflect.New(reflect.TypeOf(c)).Elem()
	fill(v, s, on)
	return v.Interface().(templ.Component)
}

func fill(v reflect.Value, s string, on bool) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Bool:
		v.SetBool(on)
	case reflect.Int, reflect.Int32:
		v.SetInt(2)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), s, on)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), s, on)
		}
	case reflect.Interface:
		if on {
			v.Set(reflect.ValueOf(Tag{Text: s, Colour: Colour(s)}))
		}
	}
}

// safe reads a page as a browser does, and fails if a string became markup, or
// if anything in it would need a Content-Security-Policy less strict than ours.
func safe(t *testing.T, page, s string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("%q became a comment", s)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "x-hostile" || n.Data == "style" || n.Data == "base" || n.Data == "iframe" || n.Data == "object" {
			t.Errorf("%q became <%s>", s, n.Data)
		}
		if n.Data == "script" && (n.FirstChild != nil || attribute(n, "src") == "" || attribute(n, "type") != "module") {
			t.Errorf("%q: a script that is not a module of our own", s)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "formaction":
				t.Errorf("%q: <%s> has the attribute %s", s, n.Data, a.Key)
			case a.Key == "href" || a.Key == "src" || a.Key == "action":
				if scheme, _, ok := strings.Cut(strings.ToLower(strings.Join(strings.Fields(a.Val), "")), ":"); ok && (scheme == "javascript" || scheme == "data" || scheme == "vbscript") {
					t.Errorf("%q: <%s %s=%q>", s, n.Data, a.Key, a.Val)
				}
			}
		}
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
