package sen2

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// A SyntaxError says where a file stops being the XML that a return is made of.
type SyntaxError struct {
	Line   int
	Column int // in characters, from 1
	What   string
}

// Error gives the place and what was wrong.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.What)
}

// tokens that a scanner returns.
type token uint8

const (
	startToken token = iota // an element starts
	endToken                // the element last started and not ended ends
	textToken               // characters between tags
)

// Bounds on what a return may hold, so that no file takes more memory or time
// than its size warrants.
const (
	window        = 1 << 20 // of one tag, or of text without a tag
	mostDepth     = 64
	mostAttribute = 32
	longLine      = 4096 // in bytes, longer than any written by hand
	mostNames     = 1000 // of unknown elements kept for their end tags
)

// A scanner reads XML as a stream, in memory that does not grow with the file.
// It is strict: what is not well-formed is an error with its place. Declarations
// of types and entities are refused.
//
// tag and leaf are the quick way through a file that is written as returns are:
// tags without attributes, short values. Anything else they leave to next, which
// reads everything. Nothing is passed over unchecked by either: the quick way
// takes only bytes that it knows to be lawful where they stand.
type scanner struct {
	r       io.Reader
	buf     []byte // the window on the file
	pos     int    // the next byte to read
	end     int    // the end of what is in buf
	at      int    // where the token last returned starts
	eof     bool
	err     error // from the reader
	started bool
	rooted  bool // the root element has been seen
	empty   bool // a start token for <x/> is owed its end

	depth []string // names of the open elements
	name  string   // of the element that started or ended
	id    nameID   // its name, if it is the specification's
	text  []byte   // of a text token, with references replaced; valid until the next token
	spare []byte   // where text is put together
	kept  map[string]string

	line      int   // of buf[mark]
	mark      int   // up to where lines have been counted
	base      int64 // where buf[0] stands in the file
	lineStart int64 // where the line of buf[mark] starts in the file
	slow      int64 // up to where in the file next has read: a line that it touched may hold more bytes than characters
	encoding  string
	marked    bool   // the file began with a byte order mark
	namespace string // of the root element, "" if it has none
}

func newScanner(r io.Reader) *scanner {
	return &scanner{r: r, buf: make([]byte, 64<<10), line: 1, kept: map[string]string{}, encoding: "UTF-8"}
}

// lineAt returns the line of buf[at], which must not be before a place asked for
// already. It counts each new line once.
func (s *scanner) lineAt(at int) int {
	if at > s.mark {
		passed := s.buf[s.mark:at]
		if n := bytes.Count(passed, newline); n > 0 {
			s.line += n
			s.lineStart = s.base + int64(s.mark+bytes.LastIndexByte(passed, '\n')+1)
		}
		s.mark = at
	}
	return s.line
}

var newline = []byte{'\n'}

// place returns the line and column of buf[at], under the same rule as lineAt.
// A column is in characters or, far along a line, in bytes.
func (s *scanner) place(at int) (line, column int) {
	line = s.lineAt(at)
	from := s.lineStart - s.base
	if from >= 0 && at-int(from) <= longLine && int(from) <= at {
		return line, utf8.RuneCount(s.buf[from:at]) + 1
	}
	return line, int(int64(at) - from + 1)
}

// fail is an error at the next byte to read.
func (s *scanner) fail(format string, args ...any) error { return s.failAt(s.pos, format, args...) }

func (s *scanner) failAt(at int, format string, args ...any) error {
	if s.err != nil {
		line, _ := s.place(at)
		return fmt.Errorf("line %d: reading the file: %w", line, s.err)
	}
	line, column := s.place(at)
	return &SyntaxError{line, column, fmt.Sprintf(format, args...)}
}

// fill reads more, keeping the token in hand and what has not been used. It
// reports whether there is more to use.
func (s *scanner) fill() bool {
	if s.eof {
		return false
	}
	if keep := min(s.at, s.pos); keep > 0 {
		s.lineAt(keep)
		if start := int(s.lineStart - s.base); start >= 0 && keep-start <= longLine {
			keep = min(keep, start) // for the column of an error
		}
		copy(s.buf, s.buf[keep:s.end])
		s.base += int64(keep)
		s.pos, s.at, s.end, s.mark = s.pos-keep, s.at-keep, s.end-keep, s.mark-keep
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= window {
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.eof = true
			if !errors.Is(err, io.EOF) {
				s.err = err
			}
		}
		if n > 0 || s.eof {
			return n > 0
		}
	}
	s.err, s.eof = io.ErrNoProgress, true
	return false
}

// find returns how far ahead sep is, reading on until it is found.
func (s *scanner) find(sep string, from int) int {
	for {
		if from <= s.end-s.pos {
			if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(sep)); i >= 0 {
				return from + i
			}
		}
		from = max(from, s.end-s.pos-len(sep)+1)
		if !s.fill() {
			return -1
		}
	}
}

// peek returns the next n bytes, or fewer at the end.
func (s *scanner) peek(n int) []byte {
	for s.end-s.pos < n && s.fill() {
	}
	return s.buf[s.pos:min(s.end, s.pos+n)]
}

// tag returns the next start or end of an element, or text that is not space.
func (s *scanner) tag() (token, error) {
	if s.empty {
		s.empty = false
		return s.pop(), nil
	}
	if s.mark != s.pos {
		s.lineAt(s.pos)
	}
	b := s.buf[s.pos:s.end]
	i := 0
	for {
		for i < len(b) && class[b[i]]&space != 0 {
			if b[i] == '\n' {
				s.line++
				s.lineStart = s.base + int64(s.pos+i+1)
			}
			i++
		}
		s.mark = s.pos + i
		if i < len(b) || len(s.depth) == 0 {
			break
		}
		s.pos += i
		s.at = s.pos
		if i = 0; !s.fill() {
			break
		}
		b = s.buf[s.pos:s.end]
	}
	if i+2 < len(b) && b[i] == '<' && len(s.depth) > 0 {
		if b[i+1] == '/' {
			open := s.depth[len(s.depth)-1]
			if n := i + 2 + len(open); n < len(b) && b[n] == '>' && string(b[i+2:n]) == open {
				s.at = s.pos + i
				s.pos += n + 1
				s.mark = s.pos // a name holds no new line
				return s.pop(), nil
			}
		} else if class[b[i+1]]&letter != 0 {
			n := i + 2
			for n < len(b) && class[b[n]]&inName != 0 {
				n++
			}
			if n < len(b) && b[n] == '>' && len(s.depth) < mostDepth {
				if id := nameOf(b[i+1 : n]); id != 0 {
					s.at = s.pos + i
					s.pos += n + 1
					s.mark = s.pos
					s.id, s.name = id, names[id]
					s.depth = append(s.depth, s.name)
					return startToken, nil
				}
			}
		}
	}
	for {
		s.pos += i
		t, err := s.next()
		if err != nil || t != textToken || !isSpace(s.text) {
			return t, err
		}
		i = 0
	}
}

// leaf returns the text of the element that has just started, and ends it, when
// it is plain text in plain ASCII. Otherwise it does nothing.
func (s *scanner) leaf() (text []byte, ok bool) {
	if s.empty {
		s.empty = false
		s.pop()
		return nil, true
	}
	b := s.buf[s.pos:s.end]
	i := 0
	for i < len(b) && class[b[i]]&plain != 0 {
		i++
	}
	open := s.depth[len(s.depth)-1]
	n := i + 2 + len(open)
	if n >= len(b) || b[i] != '<' || b[i+1] != '/' || b[n] != '>' || string(b[i+2:n]) != open {
		return nil, false
	}
	s.at = s.pos
	if s.mark == s.pos {
		s.mark += n + 1 // nor does a plain value
	}
	s.pos += n + 1
	s.pop()
	return b[:i], true
}

// here returns the line and column of the token in hand, as place does, and
// quickly where tag and leaf have counted the lines.
func (s *scanner) here() (line, column int) {
	if s.mark < s.at || s.slow > s.lineStart {
		return s.place(s.at)
	}
	return s.line, int(s.base+int64(s.at)-s.lineStart) + 1
}

func (s *scanner) pop() token {
	s.name = s.depth[len(s.depth)-1]
	s.depth = s.depth[:len(s.depth)-1]
	return endToken
}
