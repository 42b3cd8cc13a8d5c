package sen2

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
)

// An element is a place in the return that holds others.
type element uint8

const (
	nowhere element = iota
	root
	header
	collection
	source
	persons
	person
	request
	assessment
	namedPlan
	planDetail
	activePlan
	placement
	need
	unknown // an element that the specification does not have; all inside it is skipped
)

var elementNames = [...]string{"", "Message", "Header", "CollectionDetails", "Source", "Persons", "Person", "Requests", "Assessment", "NamedPlan", "PlanDetail", "ActivePlans", "PlacementDetail", "SENneed", ""}

// inside says which elements may stand in which.
var inside = map[element][]element{
	root:       {header, persons},
	header:     {collection, source},
	persons:    {person},
	person:     {request},
	request:    {assessment, activePlan},
	assessment: {namedPlan},
	namedPlan:  {planDetail},
	activePlan: {placement, need},
}

// most says how many of an element its parent may hold; 0: any number.
var most = map[element]int{assessment: 1, namedPlan: 1, planDetail: 2, activePlan: 1, need: 2}

// items lists the items of each element as the specification spells them, and
// where each is kept.
var items = map[element]map[string]func(*reader) any{
	collection: {
		"Collection":    func(r *reader) any { return &r.header.Collection },
		"Year":          func(r *reader) any { return &r.header.Year },
		"ReferenceDate": func(r *reader) any { return &r.header.ReferenceDate },
	},
	source: {
		"SourceLevel": func(r *reader) any { return &r.skip }, "LEA": func(r *reader) any { return &r.header.LEA },
		"SoftwareCode": func(r *reader) any { return &r.header.Software }, "Release": func(r *reader) any { return &r.header.Release },
		"SerialNo": func(r *reader) any { return &r.header.Serial }, "DateTime": func(r *reader) any { return &r.header.Written },
	},
	// Where these three stand in the file is not known: they are read anywhere
	// in the header and nothing is made of them yet.
	header: {"DMO": func(r *reader) any { return &r.skip }, "DCO": func(r *reader) any { return &r.skip }, "DSCO": func(r *reader) any { return &r.skip }},
	person: {
		"Surname": func(r *reader) any { return &r.person.Surname }, "Forename": func(r *reader) any { return &r.person.Forename },
		"PersonBirthDate": func(r *reader) any { return &r.person.Born }, "Sex": func(r *reader) any { return &r.person.Sex },
		"Ethnicity": func(r *reader) any { return &r.person.Ethnicity }, "PostCode": func(r *reader) any { return &r.person.PostCode },
		"UPN": func(r *reader) any { return &r.person.UPN }, "UniqueLearnerNumber": func(r *reader) any { return &r.person.ULN },
		"UPNunknown": func(r *reader) any { return &r.person.UPNUnknown },
	},
	request: {
		"ReceivedDate": func(r *reader) any { return &r.request().Received }, "RequestSource": func(r *reader) any { return &r.request().Source },
		"RYA": func(r *reader) any { return &r.request().RYA }, "RequestOutcomeDate": func(r *reader) any { return &r.request().OutcomeOn },
		"RequestOutcome": func(r *reader) any { return &r.request().Outcome }, "RequestMediation": func(r *reader) any { return &r.request().Mediation },
		"RequestTribunal": func(r *reader) any { return &r.request().Tribunal }, "Exported": func(r *reader) any { return &r.request().Exported },
	},
	assessment: {
		"AssessmentOutcome":     func(r *reader) any { return &r.request().Assessment.Outcome },
		"AssessmentOutcomeDate": func(r *reader) any { return &r.request().Assessment.OutcomeOn },
		"AssessmentMediation":   func(r *reader) any { return &r.request().Assessment.Mediation },
		"AssessmentTribunal":    func(r *reader) any { return &r.request().Assessment.Tribunal },
		"OtherMediation":        func(r *reader) any { return &r.request().Assessment.OtherMediation },
		"OtherTribunal":         func(r *reader) any { return &r.request().Assessment.OtherTribunal },
		"Week20":                func(r *reader) any { return &r.request().Assessment.Week20 },
	},
	namedPlan: {
		"StartDate": func(r *reader) any { return &r.plan().Start }, "PlanRes": func(r *reader) any { return &r.plan().Res },
		"PlanWBP": func(r *reader) any { return &r.plan().WBP }, "PB": func(r *reader) any { return &r.plan().PB },
		"OA": func(r *reader) any { return &r.plan().OA }, "DP": func(r *reader) any { return &r.plan().DP },
		"CeaseDate": func(r *reader) any { return &r.plan().CeasedOn }, "CeaseReason": func(r *reader) any { return &r.plan().Reason },
	},
	planDetail: placeItems,
	activePlan: {
		"TransferLA": func(r *reader) any { return &r.request().Active.TransferLA }, "ReviewMeeting": func(r *reader) any { return &r.request().Active.ReviewMeeting },
		"ReviewOutcome": func(r *reader) any { return &r.request().Active.ReviewOutcome }, "ReviewDraft": func(r *reader) any { return &r.request().Active.ReviewDraft },
		"PhaseTransferDueDate":   func(r *reader) any { return &r.request().Active.TransferDue },
		"PhaseTransferFinalDate": func(r *reader) any { return &r.request().Active.TransferFinal },
		"LastReview":             func(r *reader) any { return &r.request().Active.LastReview },
		"Res":                    func(r *reader) any { return &r.request().Active.Res }, "WBP": func(r *reader) any { return &r.request().Active.WBP },
	},
	placement: placeItems,
	need: {
		"SENtype":     func(r *reader) any { return &r.need().Type },
		"SENtypeRank": func(r *reader) any { return &r.need().Rank },
	},
}

var placeItems = map[string]func(*reader) any{
	"URN": func(r *reader) any { return &r.place().URN }, "UKPRN": func(r *reader) any { return &r.place().UKPRN },
	"SENsetting": func(r *reader) any { return &r.place().Setting }, "SENSettingOther": func(r *reader) any { return &r.place().Other },
	"PlacementRank": func(r *reader) any { return &r.place().Rank }, "EntryDate": func(r *reader) any { return &r.place().Entry },
	"LeavingDate": func(r *reader) any { return &r.place().Leaving }, "SENunitIndicator": func(r *reader) any { return &r.place().Unit },
	"ResourcedProvisionIndicator": func(r *reader) any { return &r.place().Resource }, "Res": func(r *reader) any { return &r.place().Res },
	"WBP": func(r *reader) any { return &r.place().WBP }, "AttendancePattern": func(r *reader) any { return &r.place().Pattern },
}

// variants are spellings of items seen in other people's files.
var variants = map[string]string{
	"wpb": "WBP", "planwpb": "PlanWBP", "gendercurrent": "Sex", "attendancepatttern": "AttendancePattern", "uln": "UniqueLearnerNumber",
}

// A field is an item as the reader looks it up: its right spelling and whether
// this spelling is right.
type field struct {
	item string
	at   func(*reader) any
}

// fields finds an item of an element by its spelling in lower case.
var fields = func() map[element]map[string]field {
	all := map[element]map[string]field{}
	for e, list := range items {
		all[e] = map[string]field{}
		for name, at := range list {
			all[e][strings.ToLower(name)] = field{name, at}
		}
		for variant, name := range variants {
			if at, ok := list[name]; ok {
				all[e][variant] = field{name, at}
			}
		}
	}
	return all
}()

type reader struct {
	scan     *scanner
	each     func(*Person) error
	header   Header
	person   *Person
	number   int
	findings []Finding
	counts   []map[element]int
	places   *[]Place // where a PlanDetail or PlacementDetail is being read
	skip     string
}

func (r *reader) request() *Request { return &r.person.Requests[len(r.person.Requests)-1] }
func (r *reader) plan() *NamedPlan  { return r.request().Assessment.Plan }
func (r *reader) place() *Place     { return &(*r.places)[len(*r.places)-1] }
func (r *reader) need() *Need {
	needs := r.request().Active.Needs
	return &needs[len(needs)-1]
}

// mostFindings bounds what is kept about one file, so that a file with a mistake
// on every line does not fill the memory. Further faults are counted.
const mostFindings = 100_000

func (r *reader) find(s Severity, line int, item, format string, args ...any) {
	if len(r.findings) < mostFindings {
		n := 0
		if r.person != nil {
			n = r.number
		}
		r.findings = append(r.findings, Finding{s, line, n, item, fmt.Sprintf(format, args...)})
	}
}

// Read reads a return as a stream and calls each for every person, in order. It
// reads elements in any order and known spellings with a note, and goes on after
// an item that it cannot read. A file that is not well-formed, or not a return,
// is an error that names the line; so is an error from each.
//
// The person handed to each belongs to the reader and is used again.
func Read(in io.Reader, each func(*Person) error) (Header, []Finding, error) {
	r := &reader{scan: newScanner(in), each: each}
	err := r.read()
	return r.header, r.findings, err
}

func (r *reader) read() error {
	t, err := r.scan.next()
	for err == nil && t == textToken {
		t, err = r.scan.next()
	}
	if err != nil {
		return err
	}
	if !strings.EqualFold(r.scan.name, "Message") {
		r.find(Note, r.scan.line, r.scan.name, "The root element is <%s>; the department's is <Message>.", short(r.scan.name))
	}
	r.counts = append(r.counts, map[element]int{})
	if err := r.children(root); err != nil {
		return err
	}
	if n := r.counts[0]; n[persons] == 0 {
		return &SyntaxError{r.scan.line, "this is not a SEN2 return: it has no <Persons>"}
	} else if n[header] == 0 {
		r.find(Fault, 1, "Header", "The return has no header, so its year and authority are not known.")
	}
	for {
		if t, err = r.scan.next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// children reads what an element holds, to its end tag.
func (r *reader) children(e element) error {
	for {
		t, err := r.scan.next()
		if err != nil {
			return err
		}
		switch t {
		case endToken:
			return nil
		case textToken:
			if text := strings.TrimSpace(string(r.scan.text)); text != "" && e != unknown {
				r.find(Query, r.scan.line, elementNames[e], "The text “%s” stands in <%s>, outside any item.", short(text), elementNames[e])
			}
		case startToken:
			if err := r.child(e); err != nil {
				return err
			}
		}
	}
}

// child reads one element that stands in another.
func (r *reader) child(parent element) error {
	line, name := r.scan.line, r.scan.name
	lower := strings.ToLower(name[strings.IndexByte(name, ':')+1:])
	for _, e := range inside[parent] {
		if !strings.EqualFold(elementNames[e], lower) {
			continue
		}
		return r.nested(parent, e, line)
	}
	if f, ok := fields[parent][lower]; ok {
		if f.item != name {
			r.find(Note, line, f.item, "<%s> is read as <%s>, which is how the specification spells it.", short(name), f.item)
		}
		return r.item(f, line)
	}
	if parent != unknown {
		r.find(Query, line, short(name), "<%s> is not an item of <%s>; it was not read.", short(name), elementNames[parent])
	}
	return r.children(unknown)
}

// nested reads an element that holds others.
func (r *reader) nested(parent, e element, line int) error {
	counts := r.counts[len(r.counts)-1]
	counts[e]++
	if m := most[e]; m > 0 && counts[e] > m {
		r.find(Fault, line, elementNames[e], "<%s> may hold %d <%s>; this is number %d and was not read.", elementNames[parent], m, elementNames[e], counts[e])
		return r.children(unknown)
	}
	switch e {
	case person:
		r.number++
		if r.person == nil {
			r.person = &Person{}
		}
		*r.person = Person{Line: line, Number: r.number, Requests: r.person.Requests[:0]}
	case request:
		r.person.Requests = append(r.person.Requests, Request{Line: line})
	case assessment:
		r.request().Assessment = &Assessment{Line: line}
	case namedPlan:
		r.request().Assessment.Plan = &NamedPlan{Line: line}
	case planDetail:
		r.places = &r.plan().Places
		*r.places = append(*r.places, Place{Line: line})
	case activePlan:
		r.request().Active = &ActivePlan{Line: line}
	case placement:
		r.places = &r.request().Active.Places
		*r.places = append(*r.places, Place{Line: line})
	case need:
		r.request().Active.Needs = append(r.request().Active.Needs, Need{})
	}
	r.counts = append(r.counts, map[element]int{})
	err := r.children(e)
	r.counts = r.counts[:len(r.counts)-1]
	if err != nil || e != person {
		return err
	}
	if len(r.person.Requests) == 0 {
		r.find(Fault, line, "Requests", "The person has no request.")
	}
	err = r.each(r.person)
	return err
}

// item reads an item's text and keeps it.
func (r *reader) item(f field, line int) error {
	text := ""
	for {
		t, err := r.scan.next()
		if err != nil {
			return err
		}
		if t == endToken {
			break
		}
		if t == startToken {
			r.find(Query, r.scan.line, f.item, "<%s> stands inside <%s>, which holds only text; it was not read.", short(r.scan.name), f.item)
			if err := r.children(unknown); err != nil {
				return err
			}
			continue
		}
		text += string(r.scan.text)
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return nil // an empty item is an item left out
	}
	if allowed, ok := coded[f.item]; ok && !slices.Contains(strings.Fields(allowed), text) {
		r.find(Fault, line, f.item, "“%s” is not a value of %s: expected %s.", short(text), f.item, strings.ReplaceAll(allowed, " ", ", "))
		return nil
	}
	if len(text) > 200 {
		r.find(Fault, line, f.item, "%s is %d characters long, which no value is; it was not read.", f.item, len(text))
		return nil
	}
	switch at := f.at(r).(type) {
	case *string:
		if *at != "" && at != &r.skip {
			r.find(Fault, line, f.item, "%s is given twice; the second, “%s”, was not read.", f.item, short(text))
			return nil
		}
		*at = text
	case *int:
		n, err := strconv.Atoi(text)
		if err != nil || n < 2022 || n > 2100 {
			r.find(Fault, line, f.item, "“%s” is not a collection year.", short(text))
			return nil
		}
		*at = n
	case *calendar.Date:
		d, err := calendar.Parse(text)
		if err != nil {
			r.find(Fault, line, f.item, "%s: “%s” is not a date like 2025-01-06.", f.item, short(text))
			return nil
		}
		if !at.IsZero() {
			r.find(Fault, line, f.item, "%s is given twice; the second, %s, was not read.", f.item, d)
			return nil
		}
		*at = d
	}
	return nil
}
