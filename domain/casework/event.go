package casework

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"weald/calendar"
	"weald/law"
)

// An Event is something that happened to a child on a day. What else it says
// depends on its kind: see [Kind.Attributes]. It is small on purpose, because a
// county's events are all read to answer one question.
type Event struct {
	On     calendar.Date
	Kind   Kind
	value  Value
	value2 Value
	issues Issues
	rule   int16 // index into catalogue plus one
	date   calendar.Date
	from   calendar.Date
	to     calendar.Date
	name   string
}

// Happened makes an event that says only its day.
func Happened(k Kind, on calendar.Date) Event { return Event{Kind: k, On: on} }

// Value returns the one-word attribute that decides what the event means, by
// whatever name its kind gives it.
func (e *Event) Value() Value { return e.value }

// Named returns the body, setting or act that the event is about, if any.
func (e *Event) Named() string { return e.name }

// Set gives an attribute its text, as case files and forms write it. It refuses
// an attribute that the kind does not have and a value that it may not hold,
// saying what was expected.
func (e *Event) Set(attribute, text string) error {
	i := slices.IndexFunc(e.Kind.Attributes(), func(a Attribute) bool { return a.Name == attribute })
	if i < 0 {
		return fmt.Errorf("%s does not say %s=: %s", e.Kind, attribute, expectedAttributes(e.Kind))
	}
	return e.set(e.Kind.Attributes()[i], text)
}

func (e *Event) set(a Attribute, text string) error {
	switch a.slot {
	case inValue, inValue2:
		for _, v := range a.Values {
			if v.String() == text {
				if a.slot == inValue {
					e.value = v
				} else {
					e.value2 = v
				}
				return nil
			}
		}
		return fmt.Errorf("%s=%s: expected %s", a.Name, text, orList(a.Values))
	case inName:
		if err := goodName(text); err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		e.name = text
	case inRule:
		r := RuleNamed(text)
		if r == nil {
			return fmt.Errorf("%s=%s is not a rule: %s", a.Name, text, SuggestRule(text))
		}
		e.rule = int16(catalogueIndex(r) + 1)
	case inIssues:
		var all Issues
		for word := range strings.SplitSeq(text, ",") {
			i := slices.IndexFunc(issueNames, func(n struct {
				is   Issues
				name string
			}) bool {
				return n.name == word
			})
			if i < 0 {
				return fmt.Errorf("%s=%s: expected education, social-care or health, with commas between", a.Name, text)
			}
			all |= issueNames[i].is
		}
		e.issues = all
	default:
		d, err := calendar.Parse(text)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		switch a.slot {
		case inDate:
			e.date = d
		case inFrom:
			e.from = d
		case inTo:
			e.to = d
		}
	}
	return nil
}

// Get returns an attribute's text, or "" when the event does not say.
func (e *Event) Get(attribute string) string {
	for _, a := range e.Kind.Attributes() {
		if a.Name == attribute {
			return e.get(a)
		}
	}
	return ""
}

func (e *Event) get(a Attribute) string {
	switch a.slot {
	case inValue:
		return e.value.String()
	case inValue2:
		return e.value2.String()
	case inName:
		return e.name
	case inRule:
		if e.rule == 0 {
			return ""
		}
		return Catalogue[e.rule-1].Code
	case inIssues:
		var words []string
		for _, n := range issueNames {
			if e.issues&n.is != 0 {
				words = append(words, n.name)
			}
		}
		return strings.Join(words, ",")
	case inDate:
		return e.date.String()
	case inFrom:
		return e.from.String()
	default:
		return e.to.String()
	}
}

// Missing returns the attributes that the event needs and does not have.
func (e *Event) Missing() (missing []Attribute) {
	for _, a := range e.Kind.Attributes() {
		if a.Required && e.get(a) == "" {
			missing = append(missing, a)
		}
	}
	return missing
}

// Rule returns the rule that an exception is about, or nil.
func (e *Event) Rule() *law.Rule {
	if e.rule == 0 {
		return nil
	}
	return Catalogue[e.rule-1]
}

// Detail writes the event's attributes as a case file does, after its kind.
func (e *Event) Detail() string {
	var b strings.Builder
	for _, a := range e.Kind.Attributes() {
		if text := e.get(a); text != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(a.Name)
			b.WriteByte('=')
			b.WriteString(quoted(text))
		}
	}
	return b.String()
}

// String writes the event as a line of a case file.
func (e *Event) String() string {
	s := e.On.String() + " " + e.Kind.String()
	if d := e.Detail(); d != "" {
		s += " " + d
	}
	return s
}

// Words describes what the event says besides its day, for a reader: "decision:
// yes" becomes "Will the local authority assess? yes".
func (e *Event) Words() string {
	var parts []string
	for _, a := range e.Kind.Attributes() {
		text := e.get(a)
		if text == "" {
			continue
		}
		switch {
		case a.IsDate():
			d, _ := calendar.Parse(text)
			text = d.Words()
		case a.slot == inValue:
			text = a.Words(e.value)
		case a.slot == inValue2:
			text = a.Words(e.value2)
		case a.IsRule():
			text = e.Rule().Duty
		}
		sep := ": "
		if strings.HasSuffix(a.Label, "?") {
			sep = " "
		}
		parts = append(parts, a.Label+sep+text)
	}
	return strings.Join(parts, "; ")
}

// ParseEvent reads what [Event.String] writes: a day, a kind and attributes.
func ParseEvent(line string) (Event, error) {
	words, err := splitLine(line)
	if err != nil {
		return Event{}, err
	}
	if len(words) == 0 {
		return Event{}, fmt.Errorf("expected a date and a kind of event")
	}
	on, err := calendar.Parse(words[0])
	if err != nil {
		return Event{}, err
	}
	return parseEvent(on, words[1:])
}

func parseEvent(on calendar.Date, words []string) (Event, error) {
	if len(words) == 0 {
		return Event{}, fmt.Errorf("found no kind of event after the date; expected one such as request-received")
	}
	kind, ok := KindNamed(words[0])
	if !ok {
		return Event{}, fmt.Errorf("%q is not a kind of event: %s", words[0], nearestKind(words[0]))
	}
	e := Event{Kind: kind, On: on}
	seen := map[string]bool{}
	for _, w := range words[1:] {
		name, value, ok := strings.Cut(w, "=")
		if !ok {
			return Event{}, fmt.Errorf("%q is not name=value: %s", w, expectedAttributes(kind))
		}
		if seen[name] {
			return Event{}, fmt.Errorf("%s= is given twice: expected it once", name)
		}
		seen[name] = true
		if err := e.Set(name, value); err != nil {
			return Event{}, err
		}
	}
	if missing := e.Missing(); missing != nil {
		a := missing[0]
		want := "a value"
		switch {
		case a.IsDate():
			want = "a date"
		case a.IsRule():
			want = "a rule"
		case a.Values != nil:
			want = orList(a.Values)
		}
		return Event{}, fmt.Errorf("%s needs %s=: expected %s", kind, a.Name, want)
	}
	return e, nil
}

func expectedAttributes(k Kind) string {
	all := k.Attributes()
	if len(all) == 0 {
		return "expected nothing after " + k.String()
	}
	var list []string
	for _, a := range all {
		list = append(list, a.Name+"=")
	}
	return "expected " + strings.Join(list, ", ")
}

func orList(values []Value) string {
	var list []string
	for _, v := range values {
		list = append(list, v.String())
	}
	return strings.Join(list, "/")
}

// nearestKind suggests the kind of event that a mistyped one most resembles.
func nearestKind(typed string) string {
	var all []string
	for _, k := range Kinds() {
		all = append(all, k.String())
	}
	if near := nearest(typed, all); near != "" {
		return "expected " + near + "?"
	}
	return "expected one that docs/case-file.md or `weald rules kinds` lists, such as request-received"
}

// SuggestRule suggests the rule that a mistyped one most resembles.
func SuggestRule(typed string) string {
	var all []string
	for _, r := range Catalogue {
		all = append(all, r.ID)
	}
	if near := nearest(typed, all); near != "" {
		return "expected " + near + "?"
	}
	return "expected a code or id that `weald rules` lists, such as B06 or issue-final-plan"
}

// nearest finds the name that differs from the typed one by the fewest letters
// or, if none is close, that shares the most words with it.
func nearest(typed string, all []string) (found string) {
	best := min(5, 1+len(typed)/2)
	for _, name := range all {
		if d := distance(typed, name, best); d < best {
			best, found = d, name
		}
	}
	if found != "" {
		return found
	}
	most := 1
	words := strings.Split(typed, "-")
	for _, name := range all {
		shared := 0
		for w := range strings.SplitSeq(name, "-") {
			if slices.Contains(words, w) {
				shared++
			}
		}
		if shared > most {
			most, found = shared, name
		}
	}
	return found
}

// distance is the number of letters to change, add or drop to turn a into b,
// or limit if it is more.
func distance(a, b string, limit int) int {
	if len(a) > 60 || len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// goodName refuses a name that could not stand on one line of a case file.
func goodName(s string) error {
	switch {
	case s == "" || len(s) > 200:
		return fmt.Errorf("found %d characters; expected a name of 1 to 200", len(s))
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return fmt.Errorf("%q: expected a name without line breaks, tabs or other control characters", s)
	}
	return nil
}

// quoted writes a name so that splitLine reads it back as it was.
func quoted(s string) string {
	awkward := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"#\\", r) }
	if s != "" && !strings.ContainsFunc(s, awkward) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
