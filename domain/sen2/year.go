package sen2

import (
	"bufio"
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/law"
)

//go:embed years/*.txt
var yearFiles embed.FS

// A Year is one year's return: its days, and what is particular to it. Each is
// read from a file of its own under years/, which says only what changed, so
// that the next return is a new file and no new code.
type Year struct {
	Year        int
	Census      calendar.Date // the caseload is counted on this day
	Deadline    calendar.Date // the last day to submit; zero: not known
	Residential []Residential // what the residential codes may mean; none: not known
	Changed     []string      // what the file says: items and codes that came or went
	Unknown     []string      // what was not found, in words
	Known       bool          // the shape of this return is known, not its days alone
	Read        string        // where it was read
	Confidence  law.Confidence

	severities map[string]Severity
}

// Residential is one reading of the residential codes.
type Residential struct {
	Name   string // "published"
	Bands  []Band
	Source string
}

// A Band is a residential code and the weeks a year that it covers.
type Band struct {
	Code        string
	First, Last int
}

// Code returns the code for a number of weeks a year, or "" if none covers it.
func (r Residential) Code(weeks int) string {
	for _, b := range r.Bands {
		if weeks >= b.First && weeks <= b.Last {
			return b.Code
		}
	}
	return ""
}

// Reading returns the reading of the residential codes of a given name, or the
// file's first when the name is "". It is false when there is none.
func (y *Year) Reading(name string) (Residential, bool) {
	for _, r := range y.Residential {
		if name == "" || r.Name == name {
			return r, true
		}
	}
	return Residential{}, false
}

// Period is the calendar year whose events the return tells: the one before
// census day.
func (y *Year) Period() calendar.Period {
	return calendar.Period{First: calendar.On(y.Year-1, 1, 1), Last: calendar.On(y.Year-1, 12, 31)}
}

// DeadlineWords gives the deadline, or says that it is not known.
func (y *Year) DeadlineWords() string {
	if y.Deadline.IsZero() {
		return "not known"
	}
	return y.Deadline.Words()
}

// ChangedWords says what came or went with this return, as far as is known.
func (y *Year) ChangedWords() string {
	switch {
	case len(y.Unknown) > 0 && !y.Known:
		return strings.Join(y.Unknown, " ")
	case len(y.Changed) == 0:
		return "nothing known"
	}
	return strings.Join(y.Changed, ", ")
}

// CensusDays are the days on which each return counts the caseload.
var CensusDays map[int]calendar.Date

var years []*Year // oldest first

// Years returns every year of which anything is known, oldest first.
func Years() []*Year { return slices.Clone(years) }

// InYear returns the year of a return, or nil when nothing is known of it.
func InYear(year int) *Year {
	if i := slices.IndexFunc(years, func(y *Year) bool { return y.Year == year }); i >= 0 {
		return years[i]
	}
	return nil
}

// latest returns the last year whose shape is known.
func latest() *Year {
	for _, y := range slices.Backward(years) {
		if y.Known {
			return y
		}
	}
	return nil
}

// readYears reads every year's file, and bounds items and codes by them.
func readYears(files fs.FS) error {
	found, err := fs.Glob(files, "years/*.txt")
	if err != nil {
		return err
	}
	slices.Sort(found)
	years, CensusDays = nil, map[int]calendar.Date{}
	severities := map[string]Severity{}
	for _, file := range found {
		text, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(strings.TrimSuffix(path.Base(file), ".txt"))
		if err != nil {
			return fmt.Errorf("%s is not named after a year", file)
		}
		y := &Year{Year: n, Known: true, severities: maps.Clone(severities)}
		lines := bufio.NewScanner(strings.NewReader(string(text)))
		for i := 1; lines.Scan(); i++ {
			if err := y.line(strings.TrimSpace(lines.Text())); err != nil {
				return fmt.Errorf("%s:%d: %w", file, i, err)
			}
		}
		if y.Census.IsZero() {
			return fmt.Errorf("%s gives no census day", file)
		}
		severities = y.severities
		years = append(years, y)
		CensusDays[n] = y.Census
	}
	return nil
}

// line reads one line of a year's file.
func (y *Year) line(text string) (err error) {
	if text == "" || text[0] == '#' {
		return nil
	}
	word, rest, _ := strings.Cut(text, " ")
	before, after, _ := strings.Cut(rest, "|")
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	switch word {
	case "census":
		y.Census, err = calendar.Parse(before)
	case "deadline":
		y.Deadline, err = calendar.Parse(before)
	case "read":
		y.Read = rest
	case "confidence":
		y.Confidence = law.Confidence(before)
	case "unknown":
		y.Unknown = append(y.Unknown, after)
		y.Known = y.Known && before != "shape"
	case "severity":
		code, s, _ := strings.Cut(before, " ")
		y.severities[code] = severityNamed(s)
		if y.severities[code] == "" {
			err = fmt.Errorf("%q is no severity: expected error, query or note", s)
		}
	case "residential":
		err = y.residential(before, after)
	case "item":
		err = y.item(before, after)
		y.Changed = append(y.Changed, "new item "+before)
	case "drop":
		err = y.drop(before)
		y.Changed = append(y.Changed, "no more "+before)
	case "code":
		err = y.code(before, after)
		y.Changed = append(y.Changed, "new code "+before)
	default:
		err = fmt.Errorf("%q begins no line of a year's file", word)
	}
	return err
}

// residential reads "published A 38-51 B 52".
func (y *Year) residential(text, source string) error {
	words := strings.Fields(text)
	r := Residential{Source: source}
	for i, w := range words {
		switch {
		case i == 0:
			r.Name = w
		case i%2 == 1:
			r.Bands = append(r.Bands, Band{Code: w})
		default:
			b := &r.Bands[len(r.Bands)-1]
			first, last, two := strings.Cut(w, "-")
			if !two {
				last = first
			}
			var err1, err2 error
			b.First, err1 = strconv.Atoi(first)
			b.Last, err2 = strconv.Atoi(last)
			if err := cmp.Or(err1, err2); err != nil {
				return err
			}
		}
	}
	if len(words) < 3 || len(words)%2 == 0 {
		return fmt.Errorf("%q: expected a name, then codes and weeks by turns", text)
	}
	y.Residential = append(y.Residential, r)
	return nil
}

// itemAt finds "Person/Sex".
func itemAt(where string) (*Item, element, string) {
	parent, name, _ := strings.Cut(where, "/")
	for e := range elements {
		if elements[e].name != parent || parent == "" {
			continue
		}
		for i := range Items {
			if Items[i].in == element(e) && Items[i].Name == name {
				return &Items[i], element(e), name
			}
		}
		return nil, element(e), name
	}
	return nil, unknown, name
}

// item says that an item is new in a year. One that the program does not know is
// given its title and, if it has any, its codes: “Colour | Favourite colour | R
// Red; G Green”. It is read and held to its codes, and kept among
// [Person.More].
func (y *Year) item(where, about string) error {
	it, in, name := itemAt(where)
	if it == nil {
		if in == unknown || name == "" {
			return fmt.Errorf("%q names no element of a return and item in it", where)
		}
		title, codes, _ := strings.Cut(about, "|")
		made := Item{Name: name, Title: strings.TrimSpace(title), in: in, slot: slotMore}
		for c := range strings.SplitSeq(codes, ";") {
			if code, meaning, ok := strings.Cut(strings.TrimSpace(c), " "); ok {
				made.Codes = append(made.Codes, Code{Code: code, Meaning: meaning})
			}
		}
		Items = append(Items, made)
		it = &Items[len(Items)-1]
	}
	it.From = y.Year
	return nil
}

// drop says that an item is gone from a year on.
func (y *Year) drop(where string) error {
	it, _, _ := itemAt(where)
	if it == nil {
		return fmt.Errorf("%q is no item", where)
	}
	it.Until = y.Year - 1
	return nil
}

// code says that a code is new in a year: of one item, “PlacementDetail/SENsetting
// OTH”, or of every item of a name.
func (y *Year) code(what, meaning string) error {
	where, code, ok := strings.Cut(what, " ")
	if !ok {
		return fmt.Errorf("%q: expected an item and a code", what)
	}
	if it, _, _ := itemAt(where); it != nil {
		it.Codes = y.with(it.Codes, code, meaning)
		return nil
	}
	found := false
	for i := range Items {
		if it := &Items[i]; it.Name == where && len(it.Codes) > 0 {
			longer := y.with(it.Codes, code, meaning)
			for _, list := range codeLists {
				if len(*list) > 0 && &(*list)[0] == &it.Codes[0] {
					*list = longer
				}
			}
			it.Codes, found = longer, true
		}
	}
	if !found {
		return fmt.Errorf("%q is no item with codes", where)
	}
	return nil
}

func (y *Year) with(list Codes, code, meaning string) Codes {
	list = slices.Clone(list)
	i := slices.IndexFunc(list, func(c Code) bool { return c.Code == code })
	if i < 0 {
		if i = len(list); i > 0 && list[i-1].Code == "OTH" {
			i-- // “other” stays last
		}
		list = slices.Insert(list, i, Code{Code: code})
	}
	list[i].From, list[i].Meaning = y.Year, cmp.Or(meaning, list[i].Meaning)
	return list
}

// codeLists are the lists that a year's file may make longer.
var codeLists = []*Codes{&Sexes, &Ethnicities, &UPNReasons, &RequestSources, &RequestOutcomes, &AssessmentOutcomes,
	&ResidentialCodes, &CeaseReasons, &ReviewOutcomes, &SettingTypes, &NeedTypes}
