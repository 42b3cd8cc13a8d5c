package sen2

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// What a byte may be.
const (
	space  = 1 << iota // space, tab, new line, return
	letter             // may start a name
	inName             // may stand in a name, other than a colon
	plain              // stands for itself in text, on the same line
)

var class = func() (c [256]uint8) {
	for b := range 128 {
		switch {
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_':
			c[b] = letter | inName
		case b >= '0' && b <= '9' || b == '-' || b == '.':
			c[b] = inName
		}
		if b >= ' ' && b != '<' && b != '&' && b != ']' || b == '\t' {
			c[b] |= plain
		}
	}
	for _, b := range " \t\r\n" {
		c[b] |= space
	}
	return c
}()

// next returns the next token, or io.EOF when the root element has ended and
// nothing but space and comments follows.
func (s *scanner) next() (t token, err error) {
	defer func() { s.slow = s.base + int64(s.pos) }()
	if !s.started {
		s.started = true
		if err := s.prologue(); err != nil {
			return 0, err
		}
	}
	if s.empty {
		s.empty = false
		return s.pop(), nil
	}
	for {
		s.at = s.pos
		ahead := s.peek(9)
		switch {
		case len(ahead) == 0:
			switch {
			case s.err != nil:
				return 0, s.fail("")
			case len(s.depth) > 0:
				return 0, s.fail("the file ends inside <%s>: expected </%s>", short(s.depth[len(s.depth)-1]), short(s.depth[len(s.depth)-1]))
			case !s.rooted:
				return 0, s.fail("the file holds no return: expected <Message>")
			}
			return 0, io.EOF
		case ahead[0] != '<':
			if len(s.depth) > 0 {
				return s.characters()
			}
			if err := s.outside(); err != nil {
				return 0, err
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

// outside passes over what stands outside the root element, which may only be
// space.
func (s *scanner) outside() error {
	for {
		b := s.buf[s.pos:s.end]
		i := 0
		for i < len(b) && class[b[i]]&space != 0 {
			i++
		}
		s.pos += i
		s.at = s.pos
		switch {
		case i == len(b):
			if !s.fill() {
				return nil
			}
		case b[i] == '<':
			return nil
		default:
			s.peek(160)
			found := s.buf[s.pos:min(s.end, s.pos+160)]
			if cut := bytes.IndexAny(found, "<\n"); cut > 0 {
				found = found[:cut]
			}
			if !s.rooted {
				return s.fail("this is not XML: expected <Message>, found %s", quote(found))
			}
			return s.fail("text after the end of the return: %s", quote(found))
		}
	}
}

// characters reads text up to the next tag.
func (s *scanner) characters() (token, error) {
	n := s.find("<", 0)
	if n < 0 {
		switch {
		case s.err != nil:
			return 0, s.fail("")
		case !s.eof:
			return 0, s.fail("more than a million characters without a tag")
		}
		n = s.end - s.pos
	}
	raw := s.buf[s.pos : s.pos+n]
	if i := bytes.Index(raw, []byte("]]>")); i >= 0 {
		return 0, s.failAt(s.pos+i, "“]]>” may not stand in text")
	}
	text, off, wrong := s.unescape(raw)
	if wrong != "" {
		return 0, s.failAt(s.pos+off, "%s", wrong)
	}
	s.text = text
	s.pos += n
	return textToken, nil
}

// pass steps over everything up to sep, however far it is, and over sep, and
// checks the characters on the way.
func (s *scanner) pass(sep, what string) error {
	line, column := s.place(s.at)
	for {
		b := s.buf[s.pos:s.end]
		i := bytes.Index(b, []byte(sep))
		n := i
		if i < 0 { // keep what may be the first half of sep or of a character
			n = max(0, len(b)-max(len(sep), utf8.UTFMax))
		}
		for i < 0 && n > 0 && !utf8.RuneStart(b[n]) {
			n--
		}
		if bad := badCharacter(b[:n]); bad >= 0 {
			return s.failAt(s.pos+bad, "a character that XML or %s does not allow (byte %#02x)", s.encoding, b[bad])
		}
		s.pos += n
		if i >= 0 {
			s.pos += len(sep)
			return nil
		}
		s.at = s.pos // what has been passed need not be kept
		if !s.fill() {
			if s.err != nil {
				return s.fail("")
			}
			return &SyntaxError{line, column, what}
		}
	}
}

func (s *scanner) comment() error {
	s.pos += 4
	if err := s.pass("--", "a comment is not closed: expected -->"); err != nil {
		return err
	}
	if c := s.peek(1); len(c) == 0 || c[0] != '>' {
		return s.fail("“--” may not stand inside a comment: expected -->")
	}
	s.pos++
	return nil
}

func (s *scanner) cdata() (token, error) {
	if len(s.depth) == 0 {
		return 0, s.fail("text outside the return")
	}
	n := s.find("]]>", 9)
	if n < 0 {
		return 0, s.fail("a CDATA section is not closed: expected ]]>")
	}
	raw := s.buf[s.pos+9 : s.pos+n]
	if i := badCharacter(raw); i >= 0 {
		return 0, s.failAt(s.pos+9+i, "a character that XML or %s does not allow (byte %#02x)", s.encoding, raw[i])
	}
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), newline), []byte("\r"), newline)
	}
	s.text = raw
	s.pos += n + 3
	return textToken, nil
}

// instruction passes over a processing instruction.
func (s *scanner) instruction() error {
	ahead := s.peek(128)[2:]
	target := nameAt(ahead)
	switch {
	case target == 0:
		return s.fail("<? is not followed by a name")
	case bytes.EqualFold(ahead[:target], []byte("xml")):
		return s.fail("an XML declaration may stand only at the start of the file")
	case len(ahead) > target && class[ahead[target]]&space == 0 && !bytes.HasPrefix(ahead[target:], []byte("?>")):
		return s.fail("<?%s is not followed by a space", short(string(ahead[:target])))
	}
	s.pos += 2 + target
	return s.pass("?>", "<? is not closed: expected ?>")
}

func (s *scanner) endTag() (token, error) {
	n := s.find(">", 2)
	if n < 0 {
		return 0, s.fail("a tag is not closed: expected >")
	}
	body := s.buf[s.pos+2 : s.pos+n]
	long := nameAt(body)
	if long == 0 || !isSpace(body[long:]) {
		return 0, s.fail("%s is not an end tag", quote(s.buf[s.pos:s.pos+n+1]))
	}
	if len(s.depth) == 0 {
		return 0, s.fail("</%s> ends nothing", short(string(body[:long])))
	}
	if open := s.depth[len(s.depth)-1]; open != string(body[:long]) {
		return 0, s.fail("</%s> where </%s> was expected", short(string(body[:long])), short(open))
	}
	s.pos += n + 1
	return s.pop(), nil
}

func (s *scanner) startTag() (token, error) {
	n := s.tagEnd()
	if n < 0 {
		return 0, s.fail("a tag is not closed: expected >")
	}
	body := s.buf[s.pos+1 : s.pos+n]
	closed := len(body) > 0 && body[len(body)-1] == '/'
	if closed {
		body = body[:len(body)-1]
	}
	long := nameAt(body)
	if long == 0 || long < len(body) && class[body[long]]&space == 0 {
		return 0, s.fail("%s is not a tag", quote(s.buf[s.pos:s.pos+n+1]))
	}
	attrs, off, wrong := attributes(body[long:])
	if wrong != "" {
		return 0, s.failAt(s.pos+1+long+off, "in <%s>: %s", short(string(body[:long])), wrong)
	}
	for _, a := range attrs {
		if _, off, wrong := s.unescape(a.value); wrong != "" {
			return 0, s.failAt(s.pos+1+long+a.off+off, "%s", wrong)
		}
	}
	switch {
	case len(s.depth) == 0 && s.rooted:
		return 0, s.fail("<%s> after the end of the return", short(string(body[:long])))
	case len(s.depth) >= mostDepth:
		return 0, s.fail("elements stand more than %d deep", mostDepth)
	}
	for _, a := range attrs {
		if !s.rooted && (string(a.name) == "xmlns" || bytes.HasPrefix(a.name, []byte("xmlns:"))) {
			s.namespace = string(a.value)
		}
	}
	s.rooted = true
	s.id = nameOf(body[:long])
	if s.id != 0 {
		s.name = names[s.id]
	} else {
		s.name = s.keep(body[:long])
	}
	s.depth = append(s.depth, s.name)
	s.empty = closed
	s.pos += n + 1
	return startToken, nil
}

// tagEnd returns how far ahead the > is that closes a tag: one inside quotation
// marks does not.
func (s *scanner) tagEnd() int {
	var open byte
	for i := 1; ; {
		b := s.buf[s.pos:s.end]
		for ; i < len(b); i++ {
			switch c := b[i]; {
			case open != 0:
				if c == open {
					open = 0
				}
			case c == '"' || c == '\'':
				open = c
			case c == '>':
				return i
			}
		}
		if !s.fill() {
			return -1
		}
	}
}

// keep returns one copy of each name, and not of names beyond reason.
func (s *scanner) keep(name []byte) string {
	if kept, ok := s.kept[string(name)]; ok {
		return kept
	}
	kept := string(name)
	if len(s.kept) < mostNames {
		s.kept[kept] = kept
	}
	return kept
}
