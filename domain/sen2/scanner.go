package sen2

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// A SyntaxError says where a file stops being the XML that a return is made of.
type SyntaxError struct {
	Line int
	What string
}

// Error gives the line and what was wrong.
func (e *SyntaxError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.What) }

// tokens that a scanner returns.
type token uint8

const (
	startToken token = iota // an element starts
	endToken                // the element last started and not ended ends
	textToken               // characters between tags
)

// A scanner reads XML as a stream, in memory that does not grow with the file.
// It is strict: what is not well-formed is an error with its line. Declarations
// of types and entities are refused, so that no file can make it do more work
// than its size.
type scanner struct {
	r      io.Reader
	buf    []byte
	pos    int // the next byte to read
	end    int // the end of what is in buf
	line   int
	eof    bool
	err    error
	depth  []string // names of the open elements
	name   string   // of the element that started or ended
	text   []byte   // of a text token, with entities replaced; valid until the next token
	empty  bool     // a start token for <x/> is owed its end
	rooted bool     // the root element has been seen
	names  map[string]string
	first  bool
}

// window bounds one token: a return's values are short, so a longer run of text
// without a tag is not a return.
const window = 1 << 20

func newScanner(r io.Reader) *scanner {
	return &scanner{r: r, buf: make([]byte, 64<<10), line: 1, names: map[string]string{}, first: true}
}

func (s *scanner) fail(format string, args ...any) error {
	return &SyntaxError{s.line, fmt.Sprintf(format, args...)}
}

// fill reads more, keeping what has not been used. It reports whether there is
// more to use.
func (s *scanner) fill() bool {
	if s.eof {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= window {
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for tries := 0; tries < 100; tries++ {
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
	s.err = io.ErrNoProgress
	s.eof = true
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

func (s *scanner) skip(n int) {
	s.line += bytes.Count(s.buf[s.pos:s.pos+n], []byte{'\n'})
	s.pos += n
}

// next returns the next token, or io.EOF when the root element has ended and
// nothing but space and comments follows.
func (s *scanner) next() (token, error) {
	if s.first {
		s.first = false
		if err := s.prologue(); err != nil {
			return 0, err
		}
	}
	if s.empty {
		s.empty = false
		return s.pop()
	}
	for {
		if s.err != nil {
			return 0, fmt.Errorf("line %d: reading the file: %w", s.line, s.err)
		}
		ahead := s.peek(9)
		switch {
		case len(ahead) == 0:
			switch {
			case s.err != nil:
				continue
			case len(s.depth) > 0:
				return 0, s.fail("the file ends inside <%s>", s.depth[len(s.depth)-1])
			case !s.rooted:
				return 0, s.fail("the file is empty: expected a SEN2 return in XML")
			}
			return 0, io.EOF
		case ahead[0] != '<':
			t, err := s.characters()
			if err != nil || len(s.depth) > 0 {
				return t, err
			}
		case bytes.HasPrefix(ahead, []byte("<!--")):
			if err := s.comment(); err != nil {
				return 0, err
			}
		case bytes.HasPrefix(ahead, []byte("<![CDATA[")):
			return s.cdata()
		case bytes.HasPrefix(ahead, []byte("<!")):
			return 0, s.fail("declarations such as <!DOCTYPE or <!ENTITY are not allowed in a return")
		case bytes.HasPrefix(ahead, []byte("<?")):
			if err := s.instruction(); err != nil {
				return 0, err
			}
		case bytes.HasPrefix(ahead, []byte("</")):
			return s.endTag()
		default:
			return s.startTag()
		}
	}
}

// prologue looks at the first bytes for what is no XML in UTF-8 at all, and
// reads the XML declaration.
func (s *scanner) prologue() error {
	ahead := s.peek(4)
	switch {
	case bytes.HasPrefix(ahead, []byte("PK")):
		return s.fail("this is a zip file: take the return out of it first")
	case bytes.HasPrefix(ahead, []byte{0xFF, 0xFE}) || bytes.HasPrefix(ahead, []byte{0xFE, 0xFF}) || len(ahead) > 1 && (ahead[0] == 0 || ahead[1] == 0):
		return s.fail("the file is in UTF-16: save it as UTF-8")
	case bytes.HasPrefix(ahead, []byte("\xEF\xBB\xBF")):
		s.pos += 3
	}
	if head := s.peek(6); len(head) == 6 && string(head[:5]) == "<?xml" && isSpace(head[5]) {
		n := s.find("?>", 5)
		if n < 0 {
			return s.fail("the XML declaration is not closed")
		}
		decl := s.buf[s.pos+5 : s.pos+n]
		attrs, err := attributes(decl)
		if err != "" {
			return s.fail("the XML declaration: %s", err)
		}
		for _, a := range attrs {
			switch {
			case a.name == "version" && a.value != "1.0":
				return s.fail("XML version %q: expected 1.0", a.value)
			case a.name == "encoding" && !utf8Name(a.value):
				return s.fail("the file says its encoding is %s: save it as UTF-8", a.value)
			}
		}
		if len(attrs) == 0 || attrs[0].name != "version" {
			return s.fail("the XML declaration gives no version")
		}
		s.skip(n + 2)
	}
	return nil
}

func utf8Name(s string) bool {
	switch string(bytes.ToLower([]byte(s))) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return true
	}
	return false
}

func (s *scanner) pop() (token, error) {
	s.name = s.depth[len(s.depth)-1]
	s.depth = s.depth[:len(s.depth)-1]
	return endToken, nil
}

// characters reads text up to the next tag.
func (s *scanner) characters() (token, error) {
	n := s.find("<", 0)
	if n < 0 {
		if !s.eof && s.err == nil {
			return 0, s.fail("more than a million characters without a tag")
		}
		n = s.end - s.pos
	}
	raw := s.buf[s.pos : s.pos+n]
	if len(s.depth) == 0 {
		if len(bytes.Trim(raw, " \t\r\n")) > 0 {
			if !s.rooted {
				return 0, s.fail("expected a SEN2 return in XML, found %s", quote(raw))
			}
			return 0, s.fail("text after the end of the return: %s", quote(raw))
		}
		s.skip(n)
		return textToken, nil
	}
	if i := bytes.Index(raw, []byte("]]>")); i >= 0 {
		return 0, s.fail("“]]>” is not allowed in text")
	}
	text, err := s.unescape(raw)
	if err != nil {
		return 0, err
	}
	s.text = text
	s.skip(n)
	return textToken, nil
}

// unescape checks characters and replaces references. The result may be raw
// itself.
func (s *scanner) unescape(raw []byte) ([]byte, error) {
	if i := badCharacter(raw); i >= 0 {
		s.line += bytes.Count(raw[:i], []byte{'\n'})
		return nil, s.fail("a character that XML or UTF-8 does not allow (byte %#x)", raw[i])
	}
	amp := bytes.IndexByte(raw, '&')
	if amp < 0 && bytes.IndexByte(raw, '\r') < 0 {
		return raw, nil
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '\r': // XML reads a return, alone or before a new line, as a new line
			out = append(out, '\n')
			if i++; i < len(raw) && raw[i] == '\n' {
				i++
			}
		case '&':
			semi := bytes.IndexByte(raw[i:], ';')
			if semi < 0 {
				return nil, s.fail("“&” must be written as &amp;")
			}
			r, ok := reference(string(raw[i+1 : i+semi]))
			if !ok {
				return nil, s.fail("&%s; is not a character that a return may use", short(string(raw[i+1:i+semi])))
			}
			out = utf8.AppendRune(out, r)
			i += semi + 1
		default:
			out = append(out, c)
			i++
		}
	}
	return out, nil
}

func reference(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "apos":
		return '\'', true
	case "quot":
		return '"', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	if digits == "" || digits[0] == '+' || digits[0] == '-' || digits[0] == '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !allowed(rune(n)) || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}

// allowed reports whether XML 1.0 allows a character.
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// badCharacter returns the place of the first byte that is not UTF-8 or not
// allowed in XML, or -1.
func badCharacter(b []byte) int {
	for i := 0; i < len(b); {
		if c := b[i]; c < utf8.RuneSelf {
			if c < 0x20 && c != '\t' && c != '\n' && c != '\r' {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 || !allowed(r) {
			return i
		}
		i += n
	}
	return -1
}

func (s *scanner) comment() error {
	n := s.find("--", 4)
	if n < 0 {
		return s.fail("a comment is not closed")
	}
	if i := badCharacter(s.buf[s.pos : s.pos+n]); i >= 0 {
		return s.fail("a character that XML or UTF-8 does not allow in a comment")
	}
	s.skip(n + 2)
	if c := s.peek(1); len(c) == 0 || c[0] != '>' {
		return s.fail("“--” is not allowed inside a comment")
	}
	s.skip(1)
	return nil
}

func (s *scanner) cdata() (token, error) {
	if len(s.depth) == 0 {
		return 0, s.fail("text outside the return")
	}
	n := s.find("]]>", 9)
	if n < 0 {
		return 0, s.fail("a CDATA section is not closed")
	}
	raw := s.buf[s.pos+9 : s.pos+n]
	if badCharacter(raw) >= 0 {
		return 0, s.fail("a character that XML or UTF-8 does not allow")
	}
	s.text = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	s.skip(n + 3)
	return textToken, nil
}

// instruction skips a processing instruction.
func (s *scanner) instruction() error {
	n := s.find("?>", 2)
	if n < 0 {
		return s.fail("<? is not closed by ?>")
	}
	body := s.buf[s.pos+2 : s.pos+n]
	target := nameAt(body)
	switch {
	case target == 0:
		return s.fail("<? is not followed by a name")
	case len(body) > target && !isSpace(body[target]):
		return s.fail("<?%s is not followed by a space", body[:target])
	case bytes.EqualFold(body[:target], []byte("xml")):
		return s.fail("an XML declaration may stand only at the start of the file")
	case badCharacter(body) >= 0:
		return s.fail("a character that XML or UTF-8 does not allow")
	}
	s.skip(n + 2)
	return nil
}

func (s *scanner) endTag() (token, error) {
	n := s.find(">", 2)
	if n < 0 {
		return 0, s.fail("a tag is not closed")
	}
	body := s.buf[s.pos+2 : s.pos+n]
	long := nameAt(body)
	if long == 0 || len(bytes.Trim(body[long:], " \t\r\n")) > 0 {
		return 0, s.fail("%s is not an end tag", quote(s.buf[s.pos:s.pos+n+1]))
	}
	if len(s.depth) == 0 {
		return 0, s.fail("</%s> ends nothing", short(string(body[:long])))
	}
	if open := s.depth[len(s.depth)-1]; open != string(body[:long]) {
		return 0, s.fail("</%s> where </%s> was expected", short(string(body[:long])), open)
	}
	s.skip(n + 1)
	return s.pop()
}

func (s *scanner) startTag() (token, error) {
	n, at := 0, 1
	for { // a > inside quotation marks does not close the tag
		if n = s.find(">", at); n < 0 {
			return 0, s.fail("a tag is not closed")
		}
		if !openQuote(s.buf[s.pos+1 : s.pos+n]) {
			break
		}
		at = n + 1
	}
	body := s.buf[s.pos+1 : s.pos+n]
	closed := len(body) > 0 && body[len(body)-1] == '/'
	if closed {
		body = body[:len(body)-1]
	}
	long := nameAt(body)
	if long == 0 {
		return 0, s.fail("%s is not a tag", quote(s.buf[s.pos:s.pos+n+1]))
	}
	if rest := body[long:]; len(rest) > 0 {
		if !isSpace(rest[0]) {
			return 0, s.fail("%s is not a tag", quote(s.buf[s.pos:s.pos+n+1]))
		}
		attrs, err := attributes(rest)
		if err != "" {
			return 0, s.fail("in <%s>: %s", short(string(body[:long])), err)
		}
		for _, a := range attrs {
			if _, err := s.unescape([]byte(a.value)); err != nil {
				return 0, err
			}
		}
	}
	if len(s.depth) == 0 && s.rooted {
		return 0, s.fail("<%s> after the end of the return", short(string(body[:long])))
	}
	if len(s.depth) >= 64 {
		return 0, s.fail("elements stand more than 64 deep")
	}
	s.rooted = true
	s.name = s.intern(body[:long])
	s.depth = append(s.depth, s.name)
	s.empty = closed
	s.skip(n + 1)
	return startToken, nil
}

// intern keeps one copy of each name, and not of names beyond reason.
func (s *scanner) intern(name []byte) string {
	if kept, ok := s.names[string(name)]; ok {
		return kept
	}
	kept := string(name)
	if len(s.names) < 1000 {
		s.names[kept] = kept
	}
	return kept
}

// openQuote reports whether a quotation mark is still open at the end of a tag's
// inside.
func openQuote(b []byte) bool {
	var open byte
	for _, c := range b {
		switch {
		case open != 0 && c == open:
			open = 0
		case open == 0 && (c == '"' || c == '\''):
			open = c
		}
	}
	return open != 0
}

type attribute struct{ name, value string }

// attributes reads name="value" pairs; err says in words what is wrong.
func attributes(b []byte) (list []attribute, err string) {
	for {
		trimmed := bytes.TrimLeft(b, " \t\r\n")
		if len(trimmed) == 0 {
			return list, ""
		}
		if len(trimmed) == len(b) {
			return nil, "attributes must be parted by a space"
		}
		b = trimmed
		n := nameAt(b)
		if n == 0 {
			return nil, "expected an attribute's name, found " + quote(b)
		}
		name := string(b[:n])
		b = bytes.TrimLeft(b[n:], " \t\r\n")
		if len(b) == 0 || b[0] != '=' {
			return nil, "the attribute " + short(name) + " has no value"
		}
		b = bytes.TrimLeft(b[1:], " \t\r\n")
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			return nil, "the value of " + short(name) + " is not in quotation marks"
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return nil, "a quotation mark is not closed"
		}
		value := string(b[1 : 1+end])
		if bytes.IndexByte(b[1:1+end], '<') >= 0 {
			return nil, "“<” is not allowed in the value of " + short(name)
		}
		for _, a := range list {
			if a.name == name {
				return nil, "the attribute " + short(name) + " is given twice"
			}
		}
		list = append(list, attribute{name, value})
		b = b[end+2:]
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// nameAt returns how long the name at the start of b is; 0 when there is none.
// A colon may part it once, as in a namespace's prefix.
func nameAt(b []byte) int {
	n, colons := 0, 0
	for ; n < len(b); n++ {
		c := b[n]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		later := c >= '0' && c <= '9' || c == '-' || c == '.'
		after := n > 0 && b[n-1] != ':' // a name, and each part of it, starts with a letter
		if c == ':' && after {
			colons++
			continue
		}
		if !letter && !(later && after) {
			break
		}
	}
	if colons > 1 || n > 0 && b[n-1] == ':' {
		return 0
	}
	return n
}

func quote(b []byte) string { return "“" + short(string(bytes.TrimSpace(b))) + "”" }

// short keeps a message readable whatever the file holds.
func short(s string) string {
	if !utf8.ValidString(s) {
		s = string(bytes.ToValidUTF8([]byte(s), []byte("�")))
	}
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
