package sen2

import (
	"fmt"
)

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
	wrong := r.store(it, value)
	if r.refused != nil {
		return r.refused
	}
	if wrong.what == "" && !it.of(r.header.Year) {
		wrong = trouble{notOfYear, Query, fmt.Sprintf("%s is not an item of the %d return.", it.Name, r.header.Year)}
	}
	if r.checked {
		if line == 0 {
			line, column = r.scan.here()
		}
		to := &r.stands
		if r.open {
			to = &r.marks
		}
		to.item(it, line, column, wrong.what != "")
	}
	if wrong.what != "" && (wrong.code != "" || !r.checked) {
		if line == 0 {
			line, column = r.scan.place(r.scan.at)
		}
		r.tell(Finding{Check: wrong.code, Severity: wrong.severity, Line: line, Column: column, Element: it.Element(), Item: it.Name, What: wrong.what})
	}
	return nil
}

// A trouble is what is wrong with a value: the code of the check that covers it,
// or "" if that check sees it in the value.
type trouble struct {
	code     string
	severity Severity
	what     string
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
			r.find(passedOver, Query, line, column, it.Name, "<%s> stands inside <%s>, which holds only text; it was not read.", short(r.scan.name), it.Name)
			if err := r.children(unknown); err != nil {
				return nil, err
			}
		}
	}
}
