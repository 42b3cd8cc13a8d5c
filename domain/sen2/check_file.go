package sen2

import (
	"cmp"
	"io"
)

// A batch is people who have been read and are to be checked, with what was
// noticed while they were read.
type batch struct {
	header Header
	frames []*frame
	used   int
	noted  []Finding
}

// People in a batch, and batches between the reader and the checks.
const (
	together  = 64
	batches   = 4
	mostNoted = 4096 // findings of the reader's that a batch may hold
)

// CheckFile reads a return and asks every check of it. Each finding is given to
// found as it is made, with its line; found is not called from two places at
// once. A file that is not a return is a [*SyntaxError], as for [Read], and the
// report then tells of what was read until there.
//
// Reading and checking go side by side, in memory that does not grow with the
// file but for the 36 bytes or so a person by which doubles are found.
func CheckFile(in io.Reader, o Options, found func(Finding)) (*Report, error) {
	full, free := make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		b := &batch{frames: make([]*frame, together)}
		for i := range b.frames {
			b.frames[i] = newFrame()
		}
		free <- b
	}
	r := newReader(in)
	r.checked = true
	into := <-free
	hand := func() {
		into.header = r.header
		full <- into
		into = <-free
		into.used, into.noted = 0, into.noted[:0]
	}
	r.frame = into.frames[0]
	r.each = func() error {
		if into.used++; into.used == together {
			hand()
		}
		r.frame = into.frames[into.used]
		return nil
	}
	r.found = func(f Finding) {
		if into.noted = append(into.noted, f); len(into.noted) < mostNoted {
			return
		}
		ahead := <-free // one person's findings need not wait for the rest of the batch
		ahead.header, ahead.used = r.header, 0
		ahead.noted, into.noted = into.noted, ahead.noted[:0]
		full <- ahead
	}
	var failed error
	go func() {
		failed = r.read()
		into.header = r.header
		full <- into
		close(full)
	}()

	var c *Checker
	for b := range full {
		if c == nil {
			c = NewChecker(b.header, o, found)
		}
		for _, f := range b.noted {
			c.noted(f)
		}
		for _, f := range b.frames[:b.used] {
			c.check(f.person, f.marks)
		}
		free <- b
	}
	c.late(r.header)
	return c.finish(r.stands), failed
}

// noted counts what the reader noticed. One that a check covers is as severe as
// the check.
func (c *Checker) noted(f Finding) {
	if check := CheckNamed(f.Check); check != nil && f.Check[0] == 'S' {
		if s, asked := check.In(c.year); asked {
			f.Severity = s
		}
	}
	c.record(f)
}

// late takes the header of a file in which it follows the people. Their checks
// were of the year being prepared or the latest known.
func (c *Checker) late(h Header) {
	c.header, c.report.Header = h, h
	c.own = cmp.Or(c.options.LA, h.LEA)
}
