package sen2

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"weald/calendar"
)

// Bounds on what one file may make the reader keep.
const (
	mostFindings = 100_000 // further ones are counted
	mostOfOne    = 200     // requests of a person, settings of a plan, needs
	longest      = 200     // of a value, in bytes
)

// Read reads a return as a stream and calls each for every person, in order. It
// reads elements in any order, and spellings that other programs use with a
// note; it goes on after an item that it cannot read. A file that is not
// well-formed, or is not a return, is a [*SyntaxError] that names the place and
// what was expected; an error from each ends the reading.
//
// The person handed to each is used again for the next: see [Person.Clone]. Its
// strings may be kept.
func Read(in io.Reader, each func(*Person) error) (Header, []Finding, error) {
	r := &reader{scan: newScanner(in), each: each}
	err := r.read()
	if r.unsaid > 0 {
		r.findings = append(r.findings, Finding{Note, r.scan.line, 0, 0, "Message", fmt.Sprintf("%d more findings are not listed.", r.unsaid)})
	}
	return r.header, r.findings, err
}

// ReadHeader reads no further than the header, if it comes first as it should.
// Findings are left to [Read].
func ReadHeader(in io.Reader) (Header, error) {
	r := &reader{scan: newScanner(in), each: func(*Person) error { return nil }, headerOnly: true}
	if err := r.read(); !errors.Is(err, errHeaderRead) {
		return r.header, err
	}
	return r.header, nil
}

var errHeaderRead = errors.New("the header has been read")

type reader struct {
	scan       *scanner
	each       func(*Person) error
	header     Header
	headerOnly bool
	rootKnown  bool // the root element is <Message>
	hasHeader  bool
	hasPersons bool
	number     int // people so far
	refused    error
	findings   []Finding
	unsaid     int

	person  Person
	open    bool // a person is being read
	request *Request
	place   *Place
	placed  *Placement
	need    *Need

	assessments spares[Assessment]
	plans       spares[NamedPlan]
	actives     spares[ActivePlan]
	strings     strings.Builder // what people's strings are cut from
	long        []byte          // where a value that is not plain is put together
	more        string
}

// spares are structs that one person after another uses.
type spares[T any] struct {
	all  []*T
	used int
}

func (s *spares[T]) next() *T {
	if s.used == len(s.all) {
		s.all = append(s.all, new(T))
	}
	s.used++
	return s.all[s.used-1]
}

func (r *reader) find(s Severity, line, column int, item, format string, args ...any) {
	if len(r.findings) == mostFindings {
		r.unsaid++
		return
	}
	n := 0
	if r.open {
		n = r.number
	}
	r.findings = append(r.findings, Finding{s, line, column, n, item, fmt.Sprintf(format, args...)})
}

func (r *reader) read() error {
	t, err := r.scan.next()
	if err != nil {
		return err
	}
	if t != startToken {
		return r.scan.fail("expected <Message>")
	}
	root, line := r.scan.name, r.scan.lineAt(r.scan.at)
	r.rootKnown = layout[unknown][r.scan.id] == -int16(message)
	if !r.rootKnown {
		r.find(Note, line, 0, short(root), "The root element is <%s>; the department's is believed to be <Message>.", short(root))
	}
	if r.scan.encoding != "UTF-8" {
		r.find(Note, 1, 0, short(root), "The file is in %s and was read so; UTF-8 is usual.", r.scan.encoding)
	}
	if err := r.children(message); err != nil {
		return err
	}
	switch {
	case !r.hasPersons:
		return r.scan.fail("this is not a SEN2 return: expected <Persons> in <%s>, found none", short(root))
	case !r.hasHeader:
		r.find(Fault, line, 0, "Header", "The return has no header, so its year and authority are not known.")
	}
	for err == nil {
		_, err = r.scan.next()
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	if r.hasHeader {
		r.checkHeader(line)
	}
	return nil
}

// checkHeader looks at what the header lacks once the whole file has been read.
func (r *reader) checkHeader(line int) {
	for _, missing := range []struct {
		is   bool
		item string
	}{{r.header.Year == 0, "Year"}, {r.header.LEA == "", "LEA"}, {r.header.ReferenceDate.IsZero(), "ReferenceDate"}} {
		if missing.is {
			r.find(Fault, line, 0, missing.item, "The header gives no %s that could be read.", missing.item)
		}
	}
	if day := r.header.ReferenceDate; !day.IsZero() && r.header.Year != 0 && day.Year() != r.header.Year {
		r.find(Query, line, 0, "ReferenceDate", "The reference date is %s and the return is for %d.", day.Words(), r.header.Year)
	}
}

// children reads what an element holds, to its end tag.
func (r *reader) children(e element) error {
	for {
		t, err := r.scan.tag()
		if err != nil {
			return err
		}
		switch t {
		case startToken:
			if err := r.child(e); err != nil {
				return err
			}
		case endToken:
			return nil
		case textToken:
			if e != unknown {
				line, column := r.scan.place(r.scan.at)
				r.find(Query, line, column, elements[e].name, "The text %s stands in <%s>, outside any item; it was not read.", quote(r.scan.text), elements[e].name)
			}
		}
	}
}

// child reads one element that stands in another.
func (r *reader) child(parent element) error {
	id := r.scan.id
	if id == 0 && parent != unknown {
		id = r.otherSpelling(parent)
	}
	if parent == unknown {
		return r.children(unknown)
	}
	switch what := layout[parent][id]; {
	case what > 0:
		return r.item(&Items[what-1])
	case what < 0:
		return r.nested(parent, element(-what))
	}
	if parent == message && !r.rootKnown {
		return r.scan.failAt(r.scan.at, "this is not a SEN2 return: expected <Header> or <Persons>, found <%s>", short(r.scan.name))
	}
	line, column := r.scan.place(r.scan.at)
	r.find(Query, line, column, short(r.scan.name), "<%s> is not an element that <%s> may hold; it was not read.", short(r.scan.name), elements[parent].name)
	return r.children(unknown)
}

// otherSpelling finds a name whatever its capitals and prefix, or one that other
// programs use.
func (r *reader) otherSpelling(parent element) nameID {
	name := r.scan.name
	id := folded[strings.ToLower(name[strings.IndexByte(name, ':')+1:])]
	if layout[parent][id] == 0 {
		return 0
	}
	line, column := r.scan.place(r.scan.at)
	r.find(Note, line, column, names[id], "<%s> was read as <%s>, which is how the specification spells it.", short(name), names[id])
	return id
}

// nested reads an element that holds others.
func (r *reader) nested(parent, e element) error {
	line := r.scan.lineAt(r.scan.at)
	if most, held := r.holds(e); held >= most {
		r.find(Fault, line, 0, elements[e].name, "<%s> is here more often than <%s> may hold it (%d); it was not read.", elements[e].name, elements[parent].name, most)
		return r.children(unknown)
	}
	switch e {
	case headerPart:
		r.hasHeader = true
	case personsPart:
		r.hasPersons = true
	case personPart:
		return r.readPerson(line)
	case requestPart:
		r.person.Requests = append(r.person.Requests, Request{Line: line})
		r.request = &r.person.Requests[len(r.person.Requests)-1]
	case assessmentPart:
		a := r.assessments.next()
		*a = Assessment{Line: line}
		r.request.Assessment = a
	case namedPlanPart:
		p := r.plans.next()
		*p = NamedPlan{Line: line, Details: p.Details[:0]}
		r.request.Assessment.Plan = p
	case planDetailPart:
		list := &r.request.Assessment.Plan.Details
		*list = append(*list, PlanDetail{Place{Line: line}})
		r.place = &(*list)[len(*list)-1].Place
		r.many(line, e, len(*list), 2)
	case activePlanPart:
		a := r.actives.next()
		*a = ActivePlan{Line: line, Placements: a.Placements[:0], Needs: a.Needs[:0]}
		r.request.Active = a
	case placementPart:
		list := &r.request.Active.Placements
		*list = append(*list, Placement{Place: Place{Line: line}})
		r.placed = &(*list)[len(*list)-1]
		r.place = &r.placed.Place
	case needPart:
		list := &r.request.Active.Needs
		*list = append(*list, Need{Line: line})
		r.need = &(*list)[len(*list)-1]
		r.many(line, e, len(*list), 2)
	}
	if err := r.children(e); err != nil {
		return err
	}
	if e == headerPart && r.headerOnly {
		return errHeaderRead
	}
	return nil
}

// holds returns how many of an element its parent may hold, as far as the reader
// is concerned, and how many it holds so far.
func (r *reader) holds(e element) (most, held int) {
	one := func(has bool) (int, int) {
		if has {
			return 1, 1
		}
		return 1, 0
	}
	switch e {
	case headerPart:
		return one(r.hasHeader)
	case personsPart:
		return one(r.hasPersons)
	case requestPart:
		return mostOfOne, len(r.person.Requests)
	case assessmentPart:
		return one(r.request.Assessment != nil)
	case namedPlanPart:
		return one(r.request.Assessment.Plan != nil)
	case activePlanPart:
		return one(r.request.Active != nil)
	case planDetailPart:
		return mostOfOne, len(r.request.Assessment.Plan.Details)
	case placementPart:
		return mostOfOne, len(r.request.Active.Placements)
	case needPart:
		return mostOfOne, len(r.request.Active.Needs)
	}
	return 1, 0
}

// many notes one more of an element than the guide allows. It is kept.
func (r *reader) many(line int, e element, n, most int) {
	if n > most {
		r.find(Query, line, 0, elements[e].name, "<%s> holds %d <%s>; the guide allows %d.", elements[elements[e].in].name, n, elements[e].name, most)
	}
}

func (r *reader) readPerson(line int) error {
	r.number++
	r.assessments.used, r.plans.used, r.actives.used = 0, 0, 0
	r.person = Person{Line: line, Number: r.number, Requests: r.person.Requests[:0], More: r.person.More[:0]}
	r.open = true
	if err := r.children(personPart); err != nil {
		return err
	}
	if len(r.person.Requests) == 0 {
		r.find(Fault, line, 0, "Requests", "The person has no request.")
	}
	r.open = false
	return r.each(&r.person)
}

// item reads an item's value and keeps it.
func (r *reader) item(it *Item) error {
	var line, column int // known early only when the value is not plain
	value, ok := r.scan.leaf()
	if !ok {
		line, column = r.scan.place(r.scan.at)
		var err error
		if value, err = r.longValue(it); err != nil {
			return err
		}
	}
	if len(value) > 0 && (value[0] <= ' ' || value[len(value)-1] <= ' ') {
		value = trim(value)
	}
	if len(value) == 0 {
		return nil // an empty item is an item left out
	}
	wrong, severity := r.store(it, value)
	if r.refused != nil {
		return r.refused
	}
	if wrong == "" && r.header.Year != 0 && (r.header.Year < it.From || it.Until != 0 && r.header.Year > it.Until) {
		wrong, severity = fmt.Sprintf("%s is not an item of the %d return.", it.Name, r.header.Year), Query
	}
	if wrong != "" {
		if line == 0 {
			line, column = r.scan.place(r.scan.at)
		}
		r.find(severity, line, column, it.Name, "%s", wrong)
	}
	return nil
}

// longValue reads a value that leaf does not: one with letters beyond ASCII,
// references, CDATA, comments or elements.
func (r *reader) longValue(it *Item) ([]byte, error) {
	r.long = r.long[:0]
	for {
		t, err := r.scan.next()
		if err != nil {
			return nil, err
		}
		switch t {
		case endToken:
			return r.long, nil
		case textToken:
			if len(r.long) <= window { // longer than any value already
				r.long = append(r.long, r.scan.text...)
			}
		case startToken:
			line, column := r.scan.place(r.scan.at)
			r.find(Query, line, column, it.Name, "<%s> stands inside <%s>, which holds only text; it was not read.", short(r.scan.name), it.Name)
			if err := r.children(unknown); err != nil {
				return nil, err
			}
		}
	}
}

// store keeps a value, and says what is wrong with it. A code that is not in the
// list is kept, because what was sent should be seen; a date that is none cannot
// be.
func (r *reader) store(it *Item, value []byte) (wrong string, s Severity) {
	if len(value) > longest {
		return fmt.Sprintf("%s is %d bytes long, which no value is; it was not read.", it.Name, len(value)), Fault
	}
	if it.Date {
		at := r.date(it)
		on, ok := parseDate(value)
		switch {
		case !ok:
			return fmt.Sprintf("%s is not a day from 1900 to 2199 written as 2025-01-06.", quote(value)), Fault
		case !at.IsZero():
			return fmt.Sprintf("%s is given twice; the second, %s, was not read.", it.Name, on), Fault
		}
		*at = on
		return "", ""
	}
	if it.slot == slotYear {
		return r.year(value)
	}
	at := r.text(it)
	if *at != "" {
		return fmt.Sprintf("%s is given twice; the second, %s, was not read.", it.Name, quote(value)), Fault
	}
	for i := range it.Codes {
		if c := &it.Codes[i]; c.Code == string(value) {
			*at = c.Code
			if r.header.Year != 0 && (r.header.Year < c.From || c.Until != 0 && r.header.Year > c.Until) {
				return fmt.Sprintf("%s is not a value of %s in the %d return.", c.Code, it.Name, r.header.Year), Query
			}
			return "", ""
		}
	}
	*at = r.keep(value)
	switch {
	case it.Open:
		return fmt.Sprintf("%s is not among the main codes of %s.", quote(value), it.Name), Query
	case it.Codes != nil:
		return fmt.Sprintf("%s is not a value of %s: expected %s.", quote(value), it.Name, it.Codes.list()), Fault
	case it.in == sourceDetails:
		return r.source(it, *at)
	}
	return "", ""
}

// list names the codes for a message.
func (c Codes) list() string {
	var b strings.Builder
	for i := range c {
		switch {
		case i > 0 && i == len(c)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(c[i].Code)
	}
	return b.String()
}

func (r *reader) year(value []byte) (wrong string, s Severity) {
	n, err := strconv.Atoi(string(value))
	switch {
	case r.header.Year != 0:
		return fmt.Sprintf("Year is given twice; the second, %s, was not read.", quote(value)), Fault
	case err != nil || n < 1900 || n > 2199:
		return fmt.Sprintf("%s is not a year.", quote(value)), Fault
	case n < 2023:
		r.refused = r.scan.failAt(r.scan.at, "this is the return of %d, which had other modules: expected one of 2023 or later", n)
		return "", ""
	}
	r.header.Year = n
	switch {
	case r.hasPersons:
		return "The header follows the people, so items were not held to the year's specification.", Note
	case InYear(n) == nil || !InYear(n).Known:
		return fmt.Sprintf("The specification of %d is not known; the return was read as the latest one known.", n), Query
	}
	return "", ""
}

func (r *reader) source(it *Item, value string) (wrong string, s Severity) {
	switch it.slot {
	case slotLEA:
		if len(value) != 3 || strings.Trim(value, "0123456789") != "" {
			return quote([]byte(value)) + " is not the three-digit number of a local authority.", Fault
		}
	case slotWritten:
		if _, err := time.Parse("2006-01-02T15:04:05", value); err != nil {
			return quote([]byte(value)) + " is not a day and time written as 2025-01-20T10:00:00.", Query
		}
	}
	return "", ""
}

// keep copies a value. Values are cut from long strings, so that a person costs
// no memory of its own; a string cut from a builder is never written again.
func (r *reader) keep(value []byte) string {
	if r.strings.Cap()-r.strings.Len() < len(value) {
		r.strings = strings.Builder{}
		r.strings.Grow(16 << 10)
	}
	from := r.strings.Len()
	r.strings.Write(value)
	return r.strings.String()[from:]
}

// parseDate reads what [calendar.Parse] reads, from bytes.
func parseDate(b []byte) (calendar.Date, bool) {
	if len(b) != 10 || b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	var digits [8]byte
	copy(digits[:4], b)
	digits[4], digits[5], digits[6], digits[7] = b[5], b[6], b[8], b[9]
	for i, c := range digits {
		if digits[i] = c - '0'; digits[i] > 9 {
			return 0, false
		}
	}
	year := int(digits[0])*1000 + int(digits[1])*100 + int(digits[2])*10 + int(digits[3])
	month, day := int(digits[4])*10+int(digits[5]), int(digits[6])*10+int(digits[7])
	if year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 {
		return 0, false
	}
	if day > 28 && calendar.On(year, time.Month(month), day).Day() != day {
		return 0, false
	}
	return calendar.On(year, time.Month(month), day), true
}
