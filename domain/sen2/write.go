package sen2

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"weald/calendar"
)

// A Writer writes a return as a stream: a header, people, and [Writer.Close]. It
// writes items in the order of [Items], those of the header's year only, and
// leaves empty ones out. It keeps nothing of the people behind it.
type Writer struct {
	out   *bufio.Writer
	year  int
	items [nElements][]*Item // of the year, by element
	depth int
	err   error
}

// NewWriter writes the header and makes ready for people.
func NewWriter(out io.Writer, h *Header) *Writer {
	w := newWriter(out, h.Year, 64<<10)
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.open(message)
	w.open(headerPart)
	w.open(collectionDetails)
	w.value(w.item(collectionDetails, slotCollection), h.Collection)
	if h.Year != 0 {
		w.value(w.item(collectionDetails, slotYear), strconv.Itoa(h.Year))
	}
	w.day(w.item(collectionDetails, slotReferenceDate), h.ReferenceDate)
	w.shut(collectionDetails)
	w.open(sourceDetails)
	for _, it := range w.items[sourceDetails] {
		w.value(it, *h.text(it.slot))
	}
	w.shut(sourceDetails)
	for _, it := range w.items[headerPart] {
		w.value(it, *h.text(it.slot))
	}
	w.shut(headerPart)
	w.open(personsPart)
	return w
}

func newWriter(out io.Writer, year, size int) *Writer {
	w := &Writer{out: bufio.NewWriterSize(out, size), year: year}
	for i := range Items {
		it := &Items[i]
		if year >= it.From && (it.Until == 0 || year <= it.Until) {
			w.items[it.in] = append(w.items[it.in], it)
		}
	}
	return w
}

// Person writes one person. A value that no file can hold, because XML forbids
// one of its characters, is an error that names the item; nothing of the person
// may be relied on then.
func (w *Writer) Person(p *Person) error {
	w.open(personPart)
	w.fill(personPart, p.text, func(slot) *calendar.Date { return &p.Born }, p.More)
	for i := range p.Requests {
		w.request(&p.Requests[i])
	}
	w.shut(personPart)
	return w.err
}

// Close ends the return. It does not close what is written to.
func (w *Writer) Close() error {
	w.shut(personsPart)
	w.shut(message)
	if err := w.out.Flush(); w.err == nil {
		w.err = err
	}
	return w.err
}

func (w *Writer) request(r *Request) {
	w.open(requestPart)
	w.fill(requestPart, r.text, r.date, nil)
	if a := r.Assessment; a != nil {
		w.open(assessmentPart)
		w.fill(assessmentPart, a.text, func(slot) *calendar.Date { return &a.OutcomeOn }, nil)
		if p := a.Plan; p != nil {
			w.open(namedPlanPart)
			w.fill(namedPlanPart, p.text, p.date, nil)
			for i := range p.Details {
				w.open(planDetailPart)
				w.fill(planDetailPart, p.Details[i].text, nil, nil)
				w.shut(planDetailPart)
			}
			w.shut(namedPlanPart)
		}
		w.shut(assessmentPart)
	}
	if a := r.Active; a != nil {
		w.open(activePlanPart)
		w.fill(activePlanPart, a.text, a.date, nil)
		for i := range a.Placements {
			w.open(placementPart)
			w.fill(placementPart, a.Placements[i].text, a.Placements[i].date, nil)
			w.shut(placementPart)
		}
		for i := range a.Needs {
			w.open(needPart)
			w.fill(needPart, a.Needs[i].text, nil, nil)
			w.shut(needPart)
		}
		w.shut(activePlanPart)
	}
	w.shut(requestPart)
}

// fill writes the items of an element.
func (w *Writer) fill(e element, text func(slot) *string, date func(slot) *calendar.Date, more []More) {
	for _, it := range w.items[e] {
		switch {
		case it.slot == slotMore:
			for _, m := range more {
				if m.Element == elements[e].name && m.Item == it.Name {
					w.value(it, m.Value)
				}
			}
		case it.Date:
			w.day(it, *date(it.slot))
		default:
			w.value(it, *text(it.slot))
		}
	}
}

func (w *Writer) item(e element, s slot) *Item {
	for _, it := range w.items[e] {
		if it.slot == s {
			return it
		}
	}
	return nil
}

func (w *Writer) day(it *Item, d calendar.Date) {
	if !d.IsZero() {
		w.value(it, d.String())
	}
}

func (w *Writer) value(it *Item, s string) {
	if it == nil || s == "" {
		return
	}
	w.indent()
	w.raw("<" + it.Name + ">")
	if err := w.escape(s); err != nil && w.err == nil {
		w.err = fmt.Errorf("%s: %w", it.Name, err)
	}
	w.raw("</" + it.Name + ">\n")
}

func (w *Writer) open(e element) {
	w.indent()
	w.raw("<" + elements[e].name + ">\n")
	w.depth++
}

func (w *Writer) shut(e element) {
	w.depth--
	w.indent()
	w.raw("</" + elements[e].name + ">\n")
}

func (w *Writer) indent() { w.raw(spaces[:min(w.depth, len(spaces))]) }

const spaces = "        "

func (w *Writer) raw(s string) {
	if _, err := w.out.WriteString(s); err != nil && w.err == nil {
		w.err = err
	}
}

// escape writes text as XML holds it. A carriage return is written as a
// reference, because readers turn a bare one into a line feed.
func (w *Writer) escape(s string) error {
	from := 0
	for i := 0; i < len(s); {
		c, n := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			if c, n = utf8.DecodeRuneInString(s[i:]); c == utf8.RuneError && n == 1 {
				return fmt.Errorf("%q is not UTF-8", s)
			}
		}
		with := ""
		switch {
		case c == '&':
			with = "&amp;"
		case c == '<':
			with = "&lt;"
		case c == '>':
			with = "&gt;"
		case c == '\r':
			with = "&#13;"
		case c < ' ' && c != '\t' && c != '\n', c == 0xFFFE, c == 0xFFFF:
			return fmt.Errorf("%q holds a character that XML does not allow", s)
		}
		if with != "" {
			w.raw(s[from:i])
			w.raw(with)
			from = i + n
		}
		i += n
	}
	w.raw(s[from:])
	return nil
}
