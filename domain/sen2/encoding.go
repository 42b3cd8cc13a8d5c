package sen2

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// prologue looks at the first bytes for what is no XML at all, and reads the XML
// declaration.
func (s *scanner) prologue() error {
	ahead := s.peek(8)
	switch {
	case bytes.HasPrefix(ahead, []byte("PK\x03\x04")):
		return s.fail("this is a zip file or an Excel workbook: expected the return itself, in XML")
	case bytes.HasPrefix(ahead, []byte("\x1F\x8B")):
		return s.fail("this is a gzip file: expected the return itself, in XML")
	case bytes.HasPrefix(ahead, []byte("\xD0\xCF\x11\xE0")):
		return s.fail("this is an old Excel or Word file: expected the return, in XML")
	case bytes.HasPrefix(ahead, []byte("%PDF")):
		return s.fail("this is a PDF: expected the return, in XML")
	case bytes.HasPrefix(ahead, []byte("\xFF\xFE")) || bytes.HasPrefix(ahead, []byte("\xFE\xFF")) || len(ahead) > 1 && (ahead[0] == 0) != (ahead[1] == 0):
		return s.fail("the file is in UTF-16: expected UTF-8, so save it as that")
	case bytes.HasPrefix(ahead, []byte("\xEF\xBB\xBF")):
		s.pos += 3
		s.marked = true
		s.lineStart = 3 // the mark is no character of the first line
	}
	if head := s.peek(6); len(head) < 6 || string(head[:5]) != "<?xml" || class[head[5]]&space == 0 {
		return nil
	}
	n := s.find("?>", 5)
	if n < 0 {
		return s.fail("the XML declaration is not closed: expected ?>")
	}
	attrs, off, wrong := attributes(s.buf[s.pos+5 : s.pos+n])
	if wrong != "" {
		return s.failAt(s.pos+5+off, "in the XML declaration: %s", wrong)
	}
	order := []string{"version", "encoding", "standalone"}
	for i, a := range attrs {
		for len(order) > 0 && order[0] != string(a.name) && i > 0 {
			order = order[1:]
		}
		if len(order) == 0 || order[0] != string(a.name) {
			return s.fail("the XML declaration: expected version, then encoding and standalone if they are given")
		}
		order = order[1:]
		switch value := string(a.value); {
		case string(a.name) == "version" && value != "1.0":
			return s.fail("this is XML version %s: expected 1.0", quote(a.value))
		case string(a.name) == "standalone" && value != "yes" && value != "no":
			return s.fail("standalone is %s: expected yes or no", quote(a.value))
		case string(a.name) == "encoding":
			s.encoding = value
		}
	}
	if len(attrs) == 0 {
		return s.fail("the XML declaration: expected a version")
	}
	if s.pos > 0 && !strings.EqualFold(s.encoding, "UTF-8") {
		return s.fail("the file says that its encoding is %s, but starts as UTF-8 does: expected one or the other", quote([]byte(s.encoding)))
	}
	var table *[128]rune
	switch strings.ToLower(s.encoding) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		s.encoding = "UTF-8"
	case "iso-8859-1", "latin1":
		table = &latin1
	case "windows-1252", "cp1252":
		table = &windows1252
	default:
		return s.fail("the file says that its encoding is %s: expected UTF-8, so save it as that", quote([]byte(s.encoding)))
	}
	s.pos += n + 2
	if table != nil {
		rest := bytes.Clone(s.buf[s.pos:s.end])
		s.end = s.pos
		s.r = &decoder{r: io.MultiReader(bytes.NewReader(rest), s.r), table: table}
		if s.eof {
			s.eof = false
			s.r.(*decoder).r = bytes.NewReader(rest)
		}
	}
	return nil
}

// A decoder turns an encoding of one byte a character into UTF-8. A byte that
// the encoding does not have is passed on as it is, and so found not to be UTF-8.
type decoder struct {
	r     io.Reader
	table *[128]rune
	raw   [8 << 10]byte
	out   []byte
	err   error
}

// Read implements [io.Reader].
func (d *decoder) Read(p []byte) (int, error) {
	for len(d.out) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		var n int
		n, d.err = d.r.Read(d.raw[:])
		d.out = d.out[:0]
		for _, c := range d.raw[:n] {
			switch {
			case c < 128:
				d.out = append(d.out, c)
			case d.table[c-128] == 0:
				d.out = append(d.out, c)
			default:
				d.out = utf8.AppendRune(d.out, d.table[c-128])
			}
		}
		if n == 0 && d.err == nil {
			return 0, nil
		}
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
}

// The upper halves of encodings of one byte a character.
var (
	latin1 = func() (t [128]rune) {
		for i := range t {
			t[i] = rune(128 + i)
		}
		return t
	}()
	windows1252 = func() (t [128]rune) {
		t = latin1
		copy(t[:], []rune{
			'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
			0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
		})
		return t
	}()
)
