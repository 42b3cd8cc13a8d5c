package govuk

import (
	"strings"

	"github.com/a-h/templ"
)

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
		c.Values = append(c.Values, o.texts("values")...)
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
