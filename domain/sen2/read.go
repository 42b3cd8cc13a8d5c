package sen2

import (
	"errors"
	"fmt"
	"io"
	"strings"
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
	var findings []Finding
	unsaid := 0
	r := newReader(in)
	r.each = func() error { return each(r.person) }
	r.found = func(f Finding) {
		if len(findings) == mostFindings {
			unsaid++
			return
		}
		findings = append(findings, f)
	}
	err := r.read()
	if unsaid > 0 {
		findings = append(findings, Finding{Severity: Note, Line: r.scan.line, Item: "Message", What: fmt.Sprintf("%d more findings are not listed.", unsaid)})
	}
	return r.header, findings, err
}

// ReadHeader reads no further than the header, if it comes first as it should.
// Findings are left to [Read].
func ReadHeader(in io.Reader) (Header, error) {
	r := newReader(in)
	r.headerOnly = true
	if err := r.read(); !errors.Is(err, errHeaderRead) {
		return r.header, err
	}
	return r.header, nil
}

var errHeaderRead = errors.New("the header has been read")

type reader struct {
	scan       *scanner
	each       func() error  // what is done with a person who has been read
	found      func(Finding) // what is done with a finding
	checked    bool          // checks follow, so what they see in the values is left to them
	header     Header
	headerOnly bool
	rootKnown  bool // the root element is <Message>
	hasHeader  bool
	hasPersons bool
	number     int // people so far
	refused    error
	stands     marks // where the header's items stand

	*frame
	open    bool // a person is being read
	request *Request
	place   *Place
	placed  *Placement
	need    *Need

	strings strings.Builder // what people's strings are cut from
	long    []byte          // where a value that is not plain is put together
	more    string
}

func newReader(in io.Reader) *reader {
	return &reader{scan: newScanner(in), frame: newFrame(), each: func() error { return nil }, found: func(Finding) {}}
}

// A frame holds one person while they are read, and is used again for another.
type frame struct {
	person      *Person
	marks       marks // where everything of the person stands
	assessments spares[Assessment]
	plans       spares[NamedPlan]
	actives     spares[ActivePlan]
}

func newFrame() *frame { return &frame{person: &Person{}, marks: make(marks, 0, 64)} }

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

// find tells of something noticed. The code is that of the check which covers
// it: one of the specification's, or one of reading itself.
func (r *reader) find(code string, s Severity, line, column int, item, format string, args ...any) {
	r.tell(Finding{Check: code, Severity: s, Line: line, Column: column, Item: item, What: fmt.Sprintf(format, args...)})
}

func (r *reader) tell(f Finding) {
	if r.open {
		f.Person, f.Request = r.number, len(r.person.Requests)
	}
	r.found(f)
}

// leave tells of something that a check sees in the values too, unless checks
// follow.
func (r *reader) leave(s Severity, line, column int, item, format string, args ...any) {
	if !r.checked {
		r.find("", s, line, column, item, format, args...)
	}
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
		r.find(spelling, Note, line, 0, short(root), "The root element is <%s>; the department's is believed to be <Message>.", short(root))
	}
	if r.scan.encoding != "UTF-8" {
		r.find(spelling, Note, 1, 0, short(root), "The file is in %s and was read so; UTF-8 is usual.", r.scan.encoding)
	}
	if r.scan.marked {
		r.find(spelling, Note, 1, 0, short(root), "The file begins with a byte order mark, which XML allows and few programs write.")
	}
	if r.scan.namespace != "" {
		r.find(spelling, Note, line, 0, short(root), "The return is in the namespace %s; none is known to be used.", shown(r.scan.namespace))
	}
	if err := r.children(message); err != nil {
		return err
	}
	switch {
	case !r.hasPersons && strings.EqualFold(r.header.Collection, "SEN2"):
		r.find(header, Fault, line, 0, "Persons", "The return has no people: expected <Persons>, found none.")
	case !r.hasPersons:
		return r.scan.fail("this is not a SEN2 return: expected <Persons> in <%s>, found none", short(root))
	case !r.hasHeader:
		r.find(header, Fault, line, 0, "Header", "The return has no header, so its year and authority are not known.")
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
			r.leave(Fault, line, 0, missing.item, "The header gives no %s that could be read.", missing.item)
		}
	}
	if day := r.header.ReferenceDate; !day.IsZero() && r.header.Year != 0 && day.Year() != r.header.Year {
		r.find(header, Query, line, 0, "ReferenceDate", "The reference date is %s and the return is for %d.", day.Words(), r.header.Year)
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
				r.find(passedOver, Query, line, column, elements[e].name, "The text %s stands in <%s>, outside any item; it was not read.", quote(r.scan.text), elements[e].name)
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
	r.find(passedOver, Query, line, column, short(r.scan.name), "<%s> is not an element that <%s> may hold; it was not read.", short(r.scan.name), elements[parent].name)
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
	r.find(spelling, Note, line, column, names[id], "<%s> was read as <%s>, which is how the specification spells it.", short(name), names[id])
	return id
}

// nested reads an element that holds others.
func (r *reader) nested(parent, e element) error {
	line, column := r.scan.here()
	if most, held := r.holds(e); held >= most {
		r.find(tooOften(e), Fault, line, 0, elements[e].name, "<%s> is here more often than <%s> may hold it (%d); it was not read.", elements[e].name, elements[parent].name, most)
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
	switch {
	case r.checked && r.open:
		r.marks.element(e, line, column)
	case r.checked:
		r.stands.element(e, line, column)
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
		r.leave(Query, line, 0, elements[e].name, "<%s> holds %d <%s>; the guide allows %d.", elements[elements[e].in].name, n, elements[e].name, most)
	}
}

func (r *reader) readPerson(line int) error {
	r.number++
	r.assessments.used, r.plans.used, r.actives.used = 0, 0, 0
	*r.person = Person{Line: line, Number: r.number, Requests: r.person.Requests[:0], More: r.person.More[:0]}
	r.marks = r.marks[:0]
	r.open = true
	if err := r.children(personPart); err != nil {
		return err
	}
	if len(r.person.Requests) == 0 {
		r.leave(Fault, line, 0, "Requests", "The person has no request.")
	}
	r.open = false
	return r.each()
}
