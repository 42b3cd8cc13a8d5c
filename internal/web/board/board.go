// Package board is the pages for those who answer for the area as a whole. It is
// given values and words, and its code can reach no child: floors.txt says what
// it may import, and floors_test.go what it may not reach by any way.
//
// Start reading at [Pages].
package board

import (
	"context"
	"net/http"
	"net/url"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/measure"
	"weald/internal/sheet"
	"weald/internal/web/govuk"
)

// Figures is where the pages have their figures from.
type Figures interface {
	Overview(ctx context.Context, by access.User, asked measure.Asked) (*measure.Overview, error)
	Detail(ctx context.Context, by access.User, code string, asked measure.Asked) (*measure.Detail, error)
	// Out keeps that figures were taken out of the service.
	Out(ctx context.Context, by access.User, what, as string) error
	// HiddenWords says how few are hidden from those who may not see children.
	HiddenWords() string
}

// Pages is every page of this face, and what they need.
type Pages struct {
	Figures Figures
	Frame   func(u access.User, title, part string) govuk.Page
	Send    func(w http.ResponseWriter, kind sheet.Kind, name string, columns []sheet.Column, rows int, row func(int) []any) error
}

// Part is the address of the first page, as the navigation lists it.
const Part = "/board"

// A view is what a page shows besides figures.
type view struct {
	Asked measure.Asked
	Form  govuk.Form
}

// spans are those that can be chosen.
var spans = []measure.Span{measure.Week, measure.Month, measure.Quarter, measure.TwelveMonths, measure.CalendarYear, measure.FinancialYear, measure.AcademicYear, measure.Day}

// read reads what is asked of measures from an address. What cannot be read is
// left out, and an error says so.
func read(q url.Values) view {
	v := view{Form: govuk.Form{Values: q}}
	day := func(name, what string) calendar.Date {
		if text := q.Get(name); text != "" {
			d, err := calendar.Parse(text)
			if err != nil {
				v.Form.Errors.AddDate(name, what+" must be a real date")
			}
			return d
		}
		return v.Form.OptionalDate(name, lower(what))
	}
	v.Asked.On = day("on", "The day in the period")
	v.Asked.Known = day("known", "The day as known on")
	for _, s := range append(spans, measure.January) {
		if string(s) == q.Get("span") {
			v.Asked.Span = s
		}
	}
	for _, c := range measure.Cuts {
		if string(c) == q.Get("cut") {
			v.Asked.Cut = c
		}
	}
	v.Asked.With = q.Get("with")
	return v
}

func lower(s string) string { return "the" + s[3:] }

// link is the address of a page that is asked the same.
func link(page string, a measure.Asked, more ...string) string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("span", string(a.Span))
	set("cut", string(a.Cut))
	set("with", a.With)
	if !a.On.IsZero() {
		set("on", a.On.String())
	}
	if !a.Known.IsZero() {
		set("known", a.Known.String())
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Del(more[i])
		set(more[i], more[i+1])
	}
	if len(q) == 0 {
		return page
	}
	return page + "?" + q.Encode()
}

// figuresOf is what is asked of one measure from a page about all of them.
func figuresOf(code string, a measure.Asked) string {
	a.Cut, a.With = "", ""
	return link(Part+"/measures/"+code, a)
}

// opened is the address of the children behind a figure.
func opened(code string, a measure.Asked, more ...string) string {
	a.With = ""
	return link("/measures/"+code+"/children", a, more...)
}

func spanOptions(usual string) []govuk.Option {
	list := []govuk.Option{{Value: "", Text: usual}}
	for _, s := range spans {
		list = append(list, govuk.Option{Value: string(s), Text: spanName(s)})
	}
	return list
}

func spanName(s measure.Span) string {
	switch s {
	case measure.Week:
		return "A week"
	case measure.Month:
		return "A month"
	case measure.Quarter:
		return "A quarter"
	case measure.TwelveMonths:
		return "Twelve months"
	case measure.CalendarYear:
		return "A calendar year"
	case measure.FinancialYear:
		return "A financial year"
	case measure.AcademicYear:
		return "An academic year"
	default:
		return "A day"
	}
}
