package govuk

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"weald/calendar"

	"github.com/google/go-cmp/cmp"
)

func TestDatesAreReadAsTheDesignSystemAsks(t *testing.T) {
	for typed, want := range map[string]struct {
		on      calendar.Date
		message string
		parts   string
	}{
		"27/3/2026":     {on: calendar.On(2026, time.March, 27)},
		"27/03/2026":    {on: calendar.On(2026, time.March, 27)},
		" 27 / 3 /2026": {on: calendar.On(2026, time.March, 27)},
		"27/march/2026": {on: calendar.On(2026, time.March, 27)},
		"27/Mar/2026":   {on: calendar.On(2026, time.March, 27)},
		"29/2/2024":     {on: calendar.On(2024, time.February, 29)},
		"//":            {message: "Enter the date of the request", parts: "day month year"},
		"27//2026":      {message: "The date of the request must include a month", parts: "month"},
		"27//":          {message: "The date of the request must include a month and year", parts: "month year"},
		"31/2/2026":     {message: "The date of the request must be a real date", parts: "day"},
		"29/2/2023":     {message: "The date of the request must be a real date", parts: "day"},
		"32/3/2026":     {message: "The date of the request must be a real date", parts: "day"},
		"0/0/2026":      {message: "The date of the request must be a real date", parts: "day month"},
		"27/13/2026":    {message: "The date of the request must be a real date", parts: "month"},
		"-1/3/2026":     {message: "The date of the request must be a real date", parts: "day"},
		"27/3/26":       {message: "Year must include 4 numbers", parts: "year"},
		"27/3/1066":     {message: "The date of the request must be in the years 1900 to 2199", parts: "year"},
		"27/3/99999":    {message: "The date of the request must be a real date", parts: "year"},
		"٢/3/2026":      {message: "The date of the request must be a real date", parts: "day"},
	} {
		part := strings.Split(typed, "/")
		f := Form{Values: url.Values{"received-day": {part[0]}, "received-month": {part[1]}, "received-year": {part[2]}}}
		on := f.Date("received", "the date of the request")
		if on != want.on || f.Errors.For("received") != want.message {
			t.Errorf("%s: %s, %q; want %s, %q", typed, on, f.Errors.For("received"), want.on, want.message)
		}
		if want.message != "" && strings.Join(f.Errors[0].Parts, " ") != want.parts {
			t.Errorf("%s: wrong parts %q, want %q", typed, f.Errors[0].Parts, want.parts)
		}
	}
}

func TestOptionalDateMayBeBlank(t *testing.T) {
	f := Form{Values: url.Values{}}
	if on := f.OptionalDate("moved", "the date of the move"); !on.IsZero() || f.Errors.Err() != nil {
		t.Errorf("%s, %v", on, f.Errors)
	}
}

func TestFormPutsBackWhatWasTypedAndWhatWasWrong(t *testing.T) {
	f := Form{Values: url.Values{"reason": {" late\r\n\r\nand long "}, "team": {"south"}, "needs": {"a", "b"}, "on-day": {"31"}, "on-month": {"2"}, "on-year": {"2026"}, "secret": {"hunter2"}}}
	f.Date("on", "the date")
	f.Errors.Add("team", "Select a team")
	f.Errors.Add("team", "Select another team")

	if got := f.Text("reason"); got != "late\n\nand long" {
		t.Errorf("Text: %q", got)
	}
	if got := f.Textarea(Textarea{Name: "reason", Value: "before"}).Value; got != " late\n\nand long " {
		t.Errorf("textarea: %q", got)
	}
	if got := f.Input(Input{Name: "left-blank", Value: "before"}).Value; got != "" {
		t.Errorf("an answer that was cleared came back as %q", got)
	}
	if got := (Form{}).Input(Input{Name: "left-blank", Value: "before"}).Value; got != "before" {
		t.Errorf("a form not yet filled in lost the value: %q", got)
	}
	if s := f.Select(Select{Name: "team"}); s.Value != "south" || s.Error != "Select a team" {
		t.Errorf("select: %+v", s)
	}
	if c := f.Checkboxes(Checkboxes{Name: "needs"}); !slices.Equal(c.Values, []string{"a", "b"}) {
		t.Errorf("checkboxes: %+v", c)
	}
	d := f.DateInput(DateInput{Name: "on", On: calendar.On(2020, time.May, 4)})
	if d.Day != "31" || d.Month != "2" || d.Year != "2026" || d.Error != "The date must be a real date" || !slices.Equal(d.Wrong, []string{"day"}) {
		t.Errorf("date: %+v", d)
	}
	if page := draw(t, f.PasswordInput(PasswordInput{Name: "secret"})); strings.Contains(page, "hunter2") {
		t.Error("a password was sent back to the page")
	}
}

func TestChoiceMustBeAmongThoseOffered(t *testing.T) {
	f := Form{Values: url.Values{"decision": {"perhaps"}}}
	if got := f.Choice("decision", "Select yes or no", "yes", "no"); got != "" || f.Errors.For("decision") != "Select yes or no" {
		t.Errorf("%q %v", got, f.Errors)
	}
}

func TestErrorsAreAnErrorOnlyWhenThereAreSome(t *testing.T) {
	var e Errors
	if e.Err() != nil {
		t.Error("no errors made an error")
	}
	e.Add("name", "Enter a name")
	e.AddDate("born", "Date of birth must be in the past")
	var as Errors
	if !errors.As(e.Err(), &as) || as.Error() != "Enter a name; Date of birth must be in the past" {
		t.Errorf("%v", as)
	}
	if e[0].Target() != "name" || e[1].Target() != "born-day" {
		t.Errorf("targets %s, %s", e[0].Target(), e[1].Target())
	}
}

func TestPagesShowsTheEndsAndTheNeighbours(t *testing.T) {
	for _, c := range []struct {
		current, last int
		want          string
	}{
		{1, 0, ""},
		{1, 1, ""},
		{1, 2, "[1] 2 >"},
		{2, 2, "< 1 [2]"},
		{1, 9, "[1] 2 … 9 >"},
		{3, 9, "< 1 2 [3] 4 … 9 >"},
		{4, 9, "< 1 2 3 [4] 5 … 9 >"},
		{5, 9, "< 1 … 4 [5] 6 … 9 >"},
		{9, 9, "< 1 … 8 [9]"},
	} {
		p := Pages(c.current, c.last, func(n int) string { return "?page=" + string(rune('0'+n)) })
		var said []string
		if p.Previous.Href != "" {
			said = append(said, "<")
		}
		for _, i := range p.Items {
			switch {
			case i.Gap:
				said = append(said, "…")
			case i.Current:
				said = append(said, "["+i.Number+"]")
			default:
				said = append(said, i.Number)
			}
		}
		if p.Next.Href != "" {
			said = append(said, ">")
		}
		if diff := cmp.Diff(c.want, strings.Join(said, " ")); diff != "" {
			t.Errorf("page %d of %d: %s", c.current, c.last, diff)
		}
	}
}

func TestResultCountSaysWhatIsKnown(t *testing.T) {
	for want, c := range map[string]ResultCount{
		"Showing 26 to 50 of 1,312 cases": {From: 26, To: 50, Total: 1312, Noun: "cases"},
		"Showing results 26 to 50":        {From: 26, To: 50, Total: -1},
		"1,234,567 results":               {Total: 1234567},
		"No results":                      {},
	} {
		if got := c.words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
