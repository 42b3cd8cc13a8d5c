package govuk

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

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
