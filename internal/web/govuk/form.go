package govuk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"weald/calendar"
)

// A Form keeps what was typed and what was wrong with it. A handler reads the
// answers, each of which may add an error, and if there are errors shows the
// page again with the same form:
//
//	f := govuk.Form{Values: r.PostForm}
//	received := f.Date("received", "the date the request was received")
//	reason := f.Need("reason", "Enter the reason")
//	if err := f.Errors.Err(); err != nil { … show the page with f … }
//
// and the page asks each question through the form, which puts back the answer
// and the error:
//
//	@f.DateInput(govuk.DateInput{Name: "received", Legend: "When was the request received?"})
//
// The zero Form is one that nobody has filled in yet; then a component keeps
// the value it was given.
type Form struct {
	Values url.Values
	Errors Errors
}

// Text is the answer to a question, without blanks around it, its lines ended
// as Go ends them.
func (f Form) Text(name string) string {
	return strings.TrimSpace(lines(f.Values.Get(name)))
}

// lines undoes the line endings that browsers send.
func lines(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// Need is the answer to a question that must be answered; otherwise message
// says so ("Enter the reason").
func (f *Form) Need(name, message string) string {
	text := f.Text(name)
	if text == "" {
		f.Errors.Add(name, message)
	}
	return text
}

// Choice is one of the values offered; otherwise message says so ("Select a
// setting"). An answer that was not offered counts as none.
func (f *Form) Choice(name, message string, offered ...string) string {
	text := f.Values.Get(name)
	if text == "" || !slices.Contains(offered, text) {
		f.Errors.Add(name, message)
		return ""
	}
	return text
}

// Date is the answer to a date input that must be answered. what names the date
// within a sentence: "the date the request was received".
func (f *Form) Date(name, what string) calendar.Date {
	on, blank := f.date(name, what)
	if blank {
		f.Errors.AddDate(name, "Enter "+what)
	}
	return on
}

// OptionalDate is the answer to a date input that may be left blank.
func (f *Form) OptionalDate(name, what string) calendar.Date {
	on, _ := f.date(name, what)
	return on
}

func (f *Form) date(name, what string) (on calendar.Date, blank bool) {
	var missing []string
	typed := map[string]string{}
	for _, part := range []string{"day", "month", "year"} {
		if typed[part] = strings.TrimSpace(f.Values.Get(name + "-" + part)); typed[part] == "" {
			missing = append(missing, part)
		}
	}
	if len(missing) == 3 {
		return 0, true
	}
	if len(missing) > 0 {
		f.Errors.AddDate(name, sentence(what)+" must include a "+strings.Join(missing, " and "), missing...)
		return 0, false
	}
	day, okDay := small(typed["day"], 31)
	month, okMonth := monthOf(typed["month"])
	year, okYear := small(typed["year"], 9999)
	var wrong []string
	for _, part := range []struct {
		name string
		ok   bool
	}{{"day", okDay}, {"month", okMonth}, {"year", okYear}} {
		if !part.ok {
			wrong = append(wrong, part.name)
		}
	}
	if len(wrong) > 0 {
		f.Errors.AddDate(name, sentence(what)+" must be a real date", wrong...)
		return 0, false
	}
	if year < 1000 {
		f.Errors.AddDate(name, "Year must include 4 numbers", "year")
		return 0, false
	}
	on = calendar.On(year, month, day)
	if on.Day() != day {
		f.Errors.AddDate(name, sentence(what)+" must be a real date", "day")
		return 0, false
	}
	if on.Before(calendar.Earliest) || on.After(calendar.Latest) {
		f.Errors.AddDate(name, sentence(what)+" must be in the years "+strconv.Itoa(calendar.Earliest.Year())+" to "+strconv.Itoa(calendar.Latest.Year()), "year")
		return 0, false
	}
	return on, false
}

// sentence begins a sentence with what.
func sentence(what string) string {
	if what == "" {
		return "Date"
	}
	return strings.ToUpper(what[:1]) + what[1:]
}

// small reads a whole number from 1 to most.
func small(s string, most int) (int, bool) {
	if len(s) > 4 {
		return 0, false
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= most
}

// monthOf reads a month as a number or, as the Design System asks, by its name.
func monthOf(s string) (time.Month, bool) {
	if n, ok := small(s, 12); ok {
		return time.Month(n), true
	}
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(s, m.String()) || strings.EqualFold(s, m.String()[:3]) {
			return m, true
		}
	}
	return 0, false
}

// answered says whether the form was filled in at all, so that an answer left
// blank stays blank and is not put back as it was before.
func (f Form) answered() bool { return f.Values != nil }

// Input is i with what was typed and what was wrong with it.
func (f Form) Input(i Input) Input {
	if f.answered() {
		i.Value = f.Values.Get(i.Name)
	}
	i.Error = or(i.Error, f.Errors.For(or(i.ID, i.Name)))
	return i
}

// Textarea is t with what was typed and what was wrong with it.
func (f Form) Textarea(t Textarea) Textarea {
	if f.answered() {
		t.Value = lines(f.Values.Get(t.Name))
	}
	t.Error = or(t.Error, f.Errors.For(or(t.ID, t.Name)))
	return t
}

// CharacterCount is c with what was typed and what was wrong with it.
func (f Form) CharacterCount(c CharacterCount) CharacterCount {
	c.Textarea = f.Textarea(c.Textarea)
	return c
}

// Select is s with what was chosen and what was wrong with it.
func (f Form) Select(s Select) Select {
	if f.answered() {
		s.Value = f.Values.Get(s.Name)
	}
	s.Error = or(s.Error, f.Errors.For(or(s.ID, s.Name)))
	return s
}

// Radios is r with what was chosen and what was wrong with it.
func (f Form) Radios(r Radios) Radios {
	if f.answered() {
		r.Value = f.Values.Get(r.Name)
	}
	r.Error = or(r.Error, f.Errors.For(or(r.ID, r.Name)))
	return r
}

// Checkboxes is c with what was ticked and what was wrong with it.
func (f Form) Checkboxes(c Checkboxes) Checkboxes {
	if f.answered() {
		c.Values = f.Values[c.Name]
	}
	c.Error = or(c.Error, f.Errors.For(or(c.ID, c.Name)))
	return c
}

// DateInput is d with what was typed and what was wrong with it.
func (f Form) DateInput(d DateInput) DateInput {
	if f.answered() {
		d.On = 0
		d.Day, d.Month, d.Year = f.Values.Get(d.partName("day")), f.Values.Get(d.partName("month")), f.Values.Get(d.partName("year"))
	}
	if found, ok := f.Errors.find(or(d.ID, d.Name)); ok && d.Error == "" {
		d.Error, d.Wrong = found.Message, found.Parts
	}
	return d
}

// PasswordInput is p with what was wrong with it, never with what was typed.
func (f Form) PasswordInput(p PasswordInput) PasswordInput {
	p.Error = or(p.Error, f.Errors.For(or(p.ID, p.Name)))
	return p
}

// FileUpload is u with what was wrong with it: a browser must choose again.
func (f Form) FileUpload(u FileUpload) FileUpload {
	u.Error = or(u.Error, f.Errors.For(or(u.ID, u.Name)))
	return u
}
