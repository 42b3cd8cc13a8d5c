package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"weald/calendar"
	"weald/law"
)

// An Example is one case of a case file: what happened, and what the law is
// expected to make of it. The format is described in docs/case-file.md. The
// tests run every example, the rules pages show them, and `weald clock` reads
// them from anywhere.
type Example struct {
	Title string
	Line  int // where it starts
	Case  Case
	Today calendar.Date // the day on which to look
	Wants []Want

	lines []int // the line of each event, in the case's order
}

// A Want is one expectation.
type Want struct {
	Line   int
	Text   string
	Rules  []*law.Rule // what its rule may stand for
	Of     string
	Status Status
	Due    calendar.Date // zero: any
	Late   int           // -1: any
}

// A FileError is one thing wrong with a case file.
type FileError struct {
	File string
	Line int
	What string // what was found and what was expected
}

// Error writes the error as "file:line: what".
func (e *FileError) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.What) }

// FileErrors is everything wrong with a case file.
type FileErrors []*FileError

// Error lists the errors, one a line.
func (all FileErrors) Error() string {
	var b strings.Builder
	for i, e := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(e.Error())
	}
	return b.String()
}

// ReadCaseFile reads every case of a case file. It reports everything that is
// wrong with the file in one go, as FileErrors, and panics at nothing.
func ReadCaseFile(name, text string) ([]*Example, error) {
	r := fileReader{name: name}
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		n++
		r.line = n
		r.read(strings.TrimRight(line, "\r\n"))
	}
	r.close()
	if r.errors != nil {
		return nil, r.errors
	}
	return r.all, nil
}

type dated struct {
	event Event
	line  int
}

type fileReader struct {
	name   string
	line   int
	all    []*Example
	now    *Example
	events []dated
	errors FileErrors
}

func (r *fileReader) fail(format string, args ...any) {
	r.errors = append(r.errors, &FileError{r.name, r.line, fmt.Sprintf(format, args...)})
}

// close finishes the case being read: its events are put in order.
func (r *fileReader) close() {
	if r.now == nil {
		return
	}
	slices.SortStableFunc(r.events, func(a, b dated) int { return int(a.event.On) - int(b.event.On) })
	for _, d := range r.events {
		r.now.Case.Events = append(r.now.Case.Events, d.event)
		r.now.lines = append(r.now.lines, d.line)
	}
	if n := len(r.events); n > 0 && r.now.Today.IsZero() {
		r.now.Today = r.events[n-1].event.On
	}
	r.now, r.events = nil, nil
}

func (r *fileReader) open(title string) {
	r.close()
	r.now = &Example{Title: title, Line: r.line}
	r.all = append(r.all, r.now)
}

func (r *fileReader) read(line string) {
	if !utf8.ValidString(line) {
		r.fail("found bytes that are not UTF-8 text; expected a line of text")
		return
	}
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return
	}
	if line[0] == '=' {
		title := strings.TrimSpace(line[1:])
		if title == "" {
			r.fail("found no title after =; expected = TITLE")
		}
		r.open(title)
		return
	}
	if r.now == nil {
		r.open("")
	}
	if line[0] == '>' {
		want, err := parseWant(line[1:])
		if err != nil {
			r.fail("%v", err)
			return
		}
		want.Line = r.line
		r.now.Wants = append(r.now.Wants, want)
		return
	}
	words, err := splitLine(line)
	if err != nil {
		r.fail("%v", err)
		return
	}
	if len(words) == 0 {
		return
	}
	switch words[0] {
	case "born":
		if d, ok := r.date(words, 1, 2, "born DATE"); ok {
			if !r.now.Case.Born.IsZero() {
				r.fail("found a second born; expected it once in a case")
			}
			r.now.Case.Born = d
		}
	case "today":
		if d, ok := r.date(words, 1, 2, "today DATE"); ok {
			if !r.now.Today.IsZero() {
				r.fail("found a second today; expected it once in a case")
			}
			r.now.Today = d
		}
	case "closed":
		shape := `closed "SETTING" FIRST-CLOSED-DAY DAY-IT-REOPENS`
		from, ok1 := r.date(words, 2, 4, shape)
		if !ok1 {
			return
		}
		to, ok2 := r.date(words, 3, 4, shape)
		if !ok2 {
			return
		}
		if to <= from {
			r.fail("found a setting that re-opens on %s, having closed on %s; expected it to re-open on a later day", to, from)
			return
		}
		if err := goodName(words[1]); err != nil {
			r.fail("%v; expected %s", err, shape)
			return
		}
		r.now.Case.Closures = append(r.now.Case.Closures, SettingClosure{words[1], calendar.Closure{Closed: from, Reopens: to}})
	default:
		on, err := calendar.Parse(words[0])
		if err != nil {
			r.fail("%v: expected a date, =, >, #, born, closed or today at the start of the line", err)
			return
		}
		e, err := parseEvent(on, words[1:])
		if err != nil {
			r.fail("%v", err)
			return
		}
		r.events = append(r.events, dated{e, r.line})
	}
}

// date reads the ith word of a line that must have n words.
func (r *fileReader) date(words []string, i, n int, shape string) (calendar.Date, bool) {
	if len(words) != n {
		r.fail("found %d %s; expected %s", len(words), plural(len(words), "word"), shape)
		return 0, false
	}
	d, err := calendar.Parse(words[i])
	if err != nil {
		r.fail("%v; expected %s", err, shape)
		return 0, false
	}
	return d, true
}

// parseWant reads RULE [of=VALUE] STATUS[, due DATE][, N days late]. The line
// that `weald clock` prints, with the rule's id after its code, is read too.
func parseWant(text string) (Want, error) {
	w := Want{Text: strings.TrimSpace(text), Late: -1}
	words, err := splitLine(w.Text)
	if err != nil {
		return w, err
	}
	const shape = "expected > RULE [of=VALUE] STATUS[, due DATE][, N days late]"
	for i := range words {
		if !strings.HasPrefix(words[i], "of=") {
			words[i] = strings.TrimSuffix(words[i], ",")
		}
	}
	if len(words) < 2 {
		return w, fmt.Errorf("found %q; %s", w.Text, shape)
	}
	if w.Rules = RulesNamed(words[0]); w.Rules == nil {
		return w, fmt.Errorf("%q is not a rule: %s", words[0], SuggestRule(words[0]))
	}
	rest := words[1:]
	if rest[0] == w.Rules[0].ID && len(rest) > 1 {
		rest = rest[1:]
	}
	if of, ok := strings.CutPrefix(rest[0], "of="); ok {
		w.Of, rest = of, rest[1:]
	}
	if len(rest) == 0 {
		return w, fmt.Errorf("found no status after %q; %s", words[len(words)-1], shape)
	}
	i := slices.Index(statusNames[:], rest[0])
	if i < 0 {
		return w, fmt.Errorf("%q is not a status: expected %s", rest[0], strings.Join(statusNames[:], ", "))
	}
	w.Status, rest = Status(i), rest[1:]
	if len(rest) > 0 && rest[0] == "due" {
		if len(rest) < 2 {
			return w, fmt.Errorf("found no date after due; %s", shape)
		}
		if w.Due, err = calendar.Parse(rest[1]); err != nil {
			return w, err
		}
		rest = rest[2:]
	}
	if len(rest) == 3 && (rest[1] == "days" || rest[1] == "day") && rest[2] == "late" {
		if w.Late, err = strconv.Atoi(rest[0]); err != nil || w.Late < 0 {
			return w, fmt.Errorf("%q is not a number of days: %s", rest[0], shape)
		}
		rest = nil
	}
	if len(rest) > 0 {
		return w, fmt.Errorf("%q is not understood: %s", strings.Join(rest, " "), shape)
	}
	return w, nil
}

// splitLine parts a line into words. A word, or the part of it after =, may be
// quoted to hold spaces; \" and \\ stand for themselves inside. A word that
// starts with # starts a comment.
func splitLine(line string) (words []string, err error) {
	var b strings.Builder
	in, quoted := false, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quoted && c == '\\' && i+1 < len(line):
			i++
			b.WriteByte(line[i])
		case c == '"':
			quoted = !quoted
			in = true
		case !quoted && (c == ' ' || c == '\t'):
			if in {
				words = append(words, b.String())
				b.Reset()
				in = false
			}
		case !quoted && !in && c == '#':
			return words, nil
		default:
			b.WriteByte(c)
			in = true
		}
	}
	if quoted {
		return nil, fmt.Errorf("found a quotation mark that is not closed; expected another before the end of the line")
	}
	if in {
		words = append(words, b.String())
	}
	return words, nil
}

// LineOf returns the line of the case file on which the ith event stands.
func (x *Example) LineOf(i int) int { return x.lines[i] }

// Fits reports whether a duty is as expected.
func (w *Want) Fits(d *Duty) bool {
	return slices.Contains(w.Rules, d.Rule) && w.near(d) && d.Status == w.Status &&
		(w.Due.IsZero() || d.Due == w.Due) && (w.Late < 0 || d.Late == w.Late)
}

func (w *Want) near(d *Duty) bool {
	return slices.Contains(w.Rules, d.Rule) && (w.Of == "" || d.Of == w.Of)
}

// Unmet returns an expectation's failure in words, or "" when some duty is as
// expected.
func (w *Want) Unmet(duties []Duty) string {
	var found []string
	for i := range duties {
		if w.Fits(&duties[i]) {
			return ""
		}
		if w.near(&duties[i]) {
			found = append(found, duties[i].Line())
		}
	}
	if found == nil {
		return fmt.Sprintf("expected %s, found no such duty", w.Text)
	}
	return fmt.Sprintf("expected %s, found %s", w.Text, strings.Join(found, "; "))
}

// Text writes the example as a case file.
func (x *Example) Text() string {
	var b strings.Builder
	if x.Title != "" {
		fmt.Fprintf(&b, "= %s\n", x.Title)
	}
	b.WriteString(x.Case.Text())
	if n := len(x.Case.Events); !x.Today.IsZero() && (n == 0 || x.Case.Events[n-1].On != x.Today) {
		fmt.Fprintf(&b, "today %s\n", x.Today)
	}
	for _, w := range x.Wants {
		fmt.Fprintf(&b, "> %s\n", w.Text)
	}
	return b.String()
}

// Text writes the case's facts and events as lines of a case file.
func (c *Case) Text() string {
	var b strings.Builder
	if !c.Born.IsZero() {
		fmt.Fprintf(&b, "born %s\n", c.Born)
	}
	for _, s := range c.Closures {
		fmt.Fprintf(&b, "closed %s %s %s\n", quoted(s.Setting), s.Closed, s.Reopens)
	}
	for i := range c.Events {
		fmt.Fprintln(&b, c.Events[i].String())
	}
	return b.String()
}
