package sen2

import (
	"fmt"
	"io"
	"strings"
)

// Fragment writes one person alone, in the items of a year, as a record keeps
// what was said of them.
func Fragment(p *Person, year int) (string, error) {
	var b strings.Builder
	w := newWriter(&b, year, 2<<10)
	if err := w.Person(p); err != nil {
		return "", err
	}
	err := w.out.Flush()
	return b.String(), err
}

// ReadFragments reads people that [Fragment] wrote, one after another, as next
// hands them on; next returns "" at the end. The person handed to each is used
// again for the next.
func ReadFragments(next func() string, each func(*Person) error) error {
	_, _, err := Read(&fragments{next: next, now: "<Message><Header/><Persons>"}, each)
	if err != nil {
		return fmt.Errorf("reading what was said of a child: %w", err)
	}
	return nil
}

// fragments make one return of many.
type fragments struct {
	next  func() string
	now   string
	ended bool
}

func (f *fragments) Read(p []byte) (int, error) {
	for f.now == "" {
		if f.ended {
			return 0, io.EOF
		}
		if f.now = f.next(); f.now == "" {
			f.now, f.ended = "</Persons></Message>", true
		}
	}
	n := copy(p, f.now)
	f.now = f.now[n:]
	return n, nil
}
