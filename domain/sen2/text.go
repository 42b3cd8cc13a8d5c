package sen2

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// unescape checks characters and replaces references. The result may be raw
// itself. If something is wrong it says where and what.
func (s *scanner) unescape(raw []byte) (text []byte, off int, wrong string) {
	if i := badCharacter(raw); i >= 0 {
		return nil, i, fmt.Sprintf("a character that XML or %s does not allow (byte %#02x)", s.encoding, raw[i])
	}
	if bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, '\r') < 0 {
		return raw, 0, ""
	}
	out := s.spare[:0]
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '\r': // XML reads a return, alone or before a new line, as a new line
			out = append(out, '\n')
			if i++; i < len(raw) && raw[i] == '\n' {
				i++
			}
		case '&':
			semi := bytes.IndexByte(raw[i:min(len(raw), i+40)], ';')
			if semi < 0 {
				return nil, i, "“&” must be written as &amp;"
			}
			r, ok := reference(string(raw[i+1 : i+semi]))
			if !ok {
				return nil, i, "&" + short(string(raw[i+1:i+semi])) + "; is not a character that a return may use"
			}
			out = utf8.AppendRune(out, r)
			i += semi + 1
		default:
			out = append(out, c)
			i++
		}
	}
	s.spare = out
	return out, 0, ""
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
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !allowed(rune(n)) {
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

type attribute struct {
	name, value []byte
	off         int // where the value stands
}

// attributes reads name="value" pairs; wrong says in words what is not right,
// and off where.
func attributes(b []byte) (list []attribute, off int, wrong string) {
	whole := len(b)
	for {
		trimmed := trimLeft(b)
		off = whole - len(trimmed)
		if len(trimmed) == 0 {
			return list, 0, ""
		}
		if len(trimmed) == len(b) {
			return nil, off, "expected a space between attributes"
		}
		b = trimmed
		n := nameAt(b)
		if n == 0 {
			return nil, off, "expected an attribute's name, found " + quote(b)
		}
		name := b[:n]
		b = trimLeft(b[n:])
		if len(b) == 0 || b[0] != '=' {
			return nil, off, "the attribute " + short(string(name)) + " has no value"
		}
		b = trimLeft(b[1:])
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			return nil, off, "the value of " + short(string(name)) + " is not in quotation marks"
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return nil, off, "a quotation mark is not closed"
		}
		value := b[1 : 1+end]
		if bytes.IndexByte(value, '<') >= 0 {
			return nil, off, "“<” may not stand in the value of " + short(string(name))
		}
		for _, a := range list {
			if bytes.Equal(a.name, name) {
				return nil, off, "the attribute " + short(string(name)) + " is given twice"
			}
		}
		if len(list) == mostAttribute {
			return nil, off, fmt.Sprintf("more than %d attributes", mostAttribute)
		}
		list = append(list, attribute{name, value, whole - len(b) + 1})
		b = b[end+2:]
	}
}

// isSpace reports whether there is nothing but space.
func isSpace(b []byte) bool { return len(trimLeft(b)) == 0 }

func trimLeft(b []byte) []byte {
	for len(b) > 0 && class[b[0]]&space != 0 {
		b = b[1:]
	}
	return b
}

func trim(b []byte) []byte {
	b = trimLeft(b)
	for len(b) > 0 && class[b[len(b)-1]]&space != 0 {
		b = b[:len(b)-1]
	}
	return b
}

// nameAt returns how long the name at the start of b is; 0 when there is none.
// A colon may part it once, as in a namespace's prefix. XML allows letters beyond
// these; no return has them.
func nameAt(b []byte) int {
	n, colons := 0, 0
	first := true // each part of a name starts with a letter
	for ; n < len(b); n++ {
		switch c := class[b[n]]; {
		case b[n] == ':' && !first && colons == 0:
			colons++
			first = true
			continue
		case c&letter != 0 || c&inName != 0 && !first:
			first = false
			continue
		}
		break
	}
	if first {
		return 0
	}
	return n
}

func quote(b []byte) string { return "“" + short(string(trim(b))) + "”" }

// short keeps a message readable whatever the file holds.
func short(s string) string {
	if badCharacter([]byte(s)) >= 0 {
		clean := []rune(s)
		for i, r := range clean {
			if !allowed(r) {
				clean[i] = utf8.RuneError
			}
		}
		s = string(clean)
	}
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
