package sen2

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// wrap puts people into a return.
func wrap(people string) string {
	return "<Message>\n<Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header>\n<Persons>\n" + people + "\n</Persons>\n</Message>\n"
}

var hostile = []struct {
	name, file string
	line       int
	says       string
}{
	{"empty", "", 1, "holds no return"},
	{"only space", "\n\n  \n", 4, "holds no return"},
	{"CSV", "Surname,Forename\nA,B\n", 1, "this is not XML: expected <Message>, found “Surname,Forename”"},
	{"JSON", "\n{\"persons\": []}", 2, "this is not XML"},
	{"zip", "PK\x03\x04\x14\x00\x06\x00", 1, "zip file or an Excel workbook"},
	{"gzip", "\x1f\x8b\x08\x00", 1, "gzip"},
	{"UTF-16, little end first", "\xff\xfe<\x00M\x00", 1, "UTF-16"},
	{"UTF-16 without a mark", "\x00<\x00M", 1, "UTF-16"},
	{"another encoding", `<?xml version="1.0" encoding="Shift_JIS"?><Message/>`, 1, "“Shift_JIS”: expected UTF-8"},
	{"a mark and another encoding", "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Message/>", 1, "expected one or the other"},
	{"XML 1.1", `<?xml version="1.1"?><Message/>`, 1, "expected 1.0"},
	{"declaration in the middle", "<Message>\n<?xml version=\"1.0\"?></Message>", 2, "only at the start"},
	{"HTML", "<html>\n<head/></html>", 2, "not a SEN2 return: expected <Header> or <Persons>, found <head>"},
	{"another return", "<Message>\n<Children/>\n</Message>", 3, "expected <Persons> in <Message>, found none"},
	{"the return of 2022", "<Message><Header><CollectionDetails>\n<Year>2022</Year>", 2, "the return of 2022, which had other modules"},
	{"entity bomb", "<!DOCTYPE x [\n<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><Message>&b;</Message>", 1, "DOCTYPE"},
	{"external entity", "<Message>\n<!ENTITY x SYSTEM \"file:///etc/passwd\"></Message>", 2, "not allowed"},
	{"unknown entity", wrap("<Person><Surname>&nbsp;</Surname></Person>"), 4, "&nbsp; is not a character"},
	{"bare ampersand", wrap("<Person><Surname>Marks & Co</Surname></Person>"), 4, "must be written as &amp;"},
	{"reference to no character", wrap("<Person><Surname>&#0;</Surname></Person>"), 4, "&#0; is not a character"},
	{"reference to half a pair", wrap("<Person><Surname>&#xD800;</Surname></Person>"), 4, "is not a character"},
	{"tags that cross", wrap("<Person>\n<Surname>A</Forename></Person>"), 5, "</Forename> where </Surname> was expected"},
	{"capitals differ", wrap("<Person>\n<Surname>A</surname></Person>"), 5, "</surname> where </Surname> was expected"},
	{"cut short in a value", "<Message>\n<Header><CollectionDetails><Year>20", 2, "the file ends inside"},
	{"cut short in a tag", "<Message>\n<Persons", 2, "a tag is not closed"},
	{"cut short in a comment", "<Message>\n\n<!-- and so", 3, "a comment is not closed"},
	{"cut short in CDATA", "<Message>\n<![CDATA[ and so", 2, "CDATA section is not closed"},
	{"cut short in an instruction", "<Message>\n<?go on", 2, "<? is not closed"},
	{"attribute twice", "<Message>\n<Header a='1' a='2'/></Message>", 2, "given twice"},
	{"attribute without a value", "<Message>\n<Header a/></Message>", 2, "has no value"},
	{"attribute without quotation marks", "<Message>\n<Header a=1/></Message>", 2, "not in quotation marks"},
	{"less-than in an attribute", "<Message>\n<Header a='<'/></Message>", 2, "may not stand in the value"},
	{"attributes not parted", "<Message>\n<Header a='1'b='2'/></Message>", 2, "expected a space"},
	{"too many attributes", "<Message>\n<Header " + attributesOf(33) + "/></Message>", 2, "more than 32"},
	{"control character", wrap("<Person>\n<Surname>A\x07</Surname></Person>"), 5, "byte 0x07"},
	{"NUL", wrap("<Person>\n<Surname>A\x00</Surname></Person>"), 5, "byte 0x00"},
	{"not UTF-8", wrap("<Person>\n<Surname>Ren\xe9e</Surname></Person>"), 5, "byte 0xe9"},
	{"half a character at the end", "<Message>caf\xc3", 1, "byte 0xc3"},
	{"not UTF-8 in a comment", "<Message>\n<!-- \xe9 --></Message>", 2, "byte 0xe9"},
	{"U+FFFE", wrap("<Person>\n<Surname>\uFFFE</Surname></Person>"), 5, "does not allow"},
	{"two dashes in a comment", "<Message>\n<!-- a -- b --></Message>", 2, "“--” may not stand"},
	{"end of CDATA in text", wrap("<Person>\n<Surname>]]></Surname></Person>"), 5, "“]]>”"},
	{"two roots", wrap("") + "<Message/>", 7, "<Message> after the end"},
	{"text after the root", wrap("") + "more", 7, "text after the end of the return: “more”"},
	{"an end too many", wrap("") + "</Message>", 7, "ends nothing"},
	{"not a tag", "<Message>\n< Header/></Message>", 2, "is not a tag"},
	{"space in an end tag's name", "<Message>\n</ Message>", 2, "is not an end tag"},
	{"deep", "<Message>" + strings.Repeat("<a>", 80), 1, "more than 64 deep"},
	{"endless text", "<Message>\n" + strings.Repeat("A", window+10), 2, "a million characters"},
	{"endless tag", "<Message>\n<A" + strings.Repeat(" ", window+10), 2, "a tag is not closed"},
}

func attributesOf(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(" a")
		b.WriteByte(byte('a' + i%26))
		b.WriteByte(byte('a' + i/26))
		b.WriteString("=''")
	}
	return b.String()
}

// A file that cannot be read gives one error, with its line and what is wrong,
// however the file comes in.
func TestHostileFiles(t *testing.T) {
	for _, h := range hostile {
		for how, in := range map[string]io.Reader{
			"whole":           strings.NewReader(h.file),
			"in halves":       iotest.HalfReader(strings.NewReader(h.file)),
			"with its end":    iotest.DataErrReader(strings.NewReader(h.file)),
			"byte after byte": iotest.OneByteReader(strings.NewReader(h.file)),
		} {
			_, _, err := Read(in, func(*Person) error { return nil })
			var syntax *SyntaxError
			if !errors.As(err, &syntax) {
				t.Errorf("%s, %s: error %v", h.name, how, err)
				continue
			}
			if syntax.Line != h.line || !strings.Contains(syntax.What, h.says) {
				t.Errorf("%s, %s: line %d, %q; want line %d, %q", h.name, how, syntax.Line, syntax.What, h.line, h.says)
			}
		}
	}
}

func TestErrorsNameTheColumn(t *testing.T) {
	for file, want := range map[string]int{
		"<Message>&x;":                        10,
		"\xef\xbb\xbf<Message>&x;":            10,
		"<Message>\n  é&x;":                   4,
		"<Message>\r\n\r\n<Header a='&x;'/>":  12,
		"<Message>\n<!-- é -->\n <a></b>":     5,
		"<Message>" + blanks(90_000) + "\n &": 2,
		"<Message>" + blanks(90_000) + " <":   90_011,
	} {
		_, _, err := Read(strings.NewReader(file), nil)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) || syntax.Column != want {
			t.Errorf("%.30q: %v; want column %d", file, err, want)
		}
	}
}

func blanks(n int) string { return strings.Repeat(" ", n) }

func TestReadingErrorIsNotASyntaxError(t *testing.T) {
	broken := errors.New("the disk is broken")
	for _, start := range []string{"", "<Message>", "<Message><Hea", "<Message><!-- ", "<Message>text", wrap("")} {
		_, _, err := Read(io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken)), nil)
		var syntax *SyntaxError
		if !errors.Is(err, broken) || errors.As(err, &syntax) {
			t.Errorf("after %q: %v", start, err)
		}
	}
}

// Comments, instructions and space may be longer than the window.
func TestLongPassagesAreSteppedOver(t *testing.T) {
	long := strings.Repeat("lang – ", 300_000)
	file := "<?pi " + long + "?><!--" + long + "-->" + strings.Replace(wrap("<Person/>"), "<Persons>", "<Persons>"+strings.Repeat("\n", 2_000_000)+"<!--"+long+"-->", 1)
	people := 0
	_, findings, err := Read(strings.NewReader(file), func(p *Person) error {
		if people++; p.Line != 2_000_004 {
			t.Errorf("the person is on line %d", p.Line)
		}
		return nil
	})
	if err != nil || people != 1 || len(findings) != 1 {
		t.Errorf("%d people, %v, %v", people, findings, err)
	}
}

func TestOtherEncodings(t *testing.T) {
	for declared, text := range map[string]string{
		"ISO-8859-1": "Ren\xe9e", "windows-1252": "Ren\xe9e \x80\x92", "Windows-1252": "\x80", "latin1": "\xff", "us-ascii": "A", "UTF-8": "Renée",
	} {
		want := map[string]string{"Ren\xe9e": "Renée", "Ren\xe9e \x80\x92": "Renée €’", "\x80": "€", "\xff": "ÿ", "A": "A", "Renée": "Renée"}[text]
		file := `<?xml version="1.0" encoding="` + declared + `"?>` + wrap("<Person><Surname>"+text+"</Surname><Requests/></Person>")
		for _, in := range []io.Reader{strings.NewReader(file), iotest.OneByteReader(strings.NewReader(file)), iotest.DataErrReader(strings.NewReader(file))} {
			got := ""
			_, findings, err := Read(in, func(p *Person) error { got = p.Surname; return nil })
			if err != nil || got != want {
				t.Errorf("%s: %q, %v", declared, got, err)
			}
			if plain := declared == "us-ascii" || declared == "UTF-8"; plain != (len(findings) == 0) {
				t.Errorf("%s: %v", declared, findings)
			}
		}
	}
	_, _, err := Read(strings.NewReader(`<?xml version="1.0" encoding="windows-1252"?>`+wrap("<Person><Surname>\x81</Surname></Person>")), nil)
	if err == nil || !strings.Contains(err.Error(), "windows-1252 does not allow (byte 0x81)") {
		t.Errorf("a byte that the encoding does not have: %v", err)
	}
}

// A piece is a tag or the text between two tags, for comparing readers.
type piece struct{ Tag, Text string }

// oracle reads a file with the standard library, which knows XML but is slow.
func oracle(file []byte) (list []piece, err error) {
	d := xml.NewDecoder(bytes.NewReader(file))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(label) {
		case "utf-8", "utf8", "ascii", "us-ascii":
			return in, nil
		}
		return nil, errors.New("another encoding")
	}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return list, nil
		} else if err != nil {
			return list, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			list = append(list, piece{Tag: "<" + t.Name.Local})
		case xml.EndElement:
			list = append(list, piece{Tag: "/" + t.Name.Local})
		case xml.CharData:
			if len(list) > 0 {
				list = addText(list, string(t))
			}
		}
	}
}

func addText(list []piece, text string) []piece {
	if list[len(list)-1].Tag != "" {
		list = append(list, piece{})
	}
	list[len(list)-1].Text += text
	return list
}

// pieces reads a file with the scanner, as quickly as it can or not.
func pieces(s *scanner, quick bool) (list []piece, err error) {
	local := func() string { return s.name[strings.IndexByte(s.name, ':')+1:] }
	for {
		next := s.next
		if quick && len(list) > 0 {
			next = s.tag
		}
		t, err := next()
		if err == io.EOF {
			return list, nil
		} else if err != nil {
			return list, err
		}
		switch t {
		case startToken:
			list = append(list, piece{Tag: "<" + local()})
			if quick {
				if text, ok := s.leaf(); ok {
					if len(text) > 0 {
						list = addText(list, string(text))
					}
					list = append(list, piece{Tag: "/" + local()})
				}
			}
		case endToken:
			list = append(list, piece{Tag: "/" + local()})
		case textToken:
			if len(s.text) > 0 {
				list = addText(list, string(s.text))
			}
		}
	}
}

// squeeze drops space, which the quick way does not keep between tags, and what
// stands after the root, where only space is allowed.
func squeeze(list []piece) (squeezed []piece) {
	for _, p := range list {
		if p.Text = strings.NewReplacer(" ", "", "\t", "", "\n", "", "\r", "").Replace(p.Text); p.Tag != "" || p.Text != "" {
			squeezed = append(squeezed, p)
		}
	}
	return squeezed
}

// exact drops only the space after the root.
func exact(list []piece) []piece {
	if n := len(list); n > 0 && list[n-1].Tag == "" {
		list = list[:n-1]
	}
	return list
}

// What the standard library refuses the scanner refuses, and what the scanner
// takes has the same text. It is stricter than the standard library, which
// allows: an attribute given twice or not parted by a space; a second root, and
// text outside the root; DOCTYPE and ENTITY, read past; references to characters
// that XML does not have (&#xD800;), read as U+FFFD; wrong characters in
// comments and instructions; XML declarations in the middle or without a
// version; names with letters beyond ASCII, or with a colon at an end.
// It is wider in one thing: it reads ISO-8859-1 and Windows-1252 unaided.
func compare(t *testing.T, file []byte) {
	for _, quick := range []bool{false, true} {
		s := newScanner(bytes.NewReader(file))
		got, err := pieces(s, quick)
		if s.encoding != "UTF-8" {
			return
		}
		small := newScanner(iotest.HalfReader(bytes.NewReader(file)))
		small.buf = make([]byte, 16) // moves and grows all the time
		again, err2 := pieces(small, quick)
		if (err == nil) != (err2 == nil) || err != nil && err.Error() != err2.Error() {
			t.Fatalf("quick %t: %v, but %v through a small window", quick, err, err2)
		}
		if err != nil {
			continue
		}
		want, wrong := oracle(file)
		if wrong != nil {
			t.Fatalf("quick %t: taken, and encoding/xml says: %v", quick, wrong)
		}
		tidy := exact
		if quick {
			tidy = squeeze
		}
		if d := cmp.Diff(tidy(want), tidy(got)); d != "" {
			t.Fatalf("quick %t: encoding/xml -, scanner +\n%s", quick, d)
		}
		if d := cmp.Diff(squeeze(got), squeeze(again)); d != "" {
			t.Fatalf("quick %t: small window +\n%s", quick, d)
		}
	}
}

var lawful = []string{
	"<a/>",
	"<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\r\n<!-- c --><?pi x?><a b = '1>2' c=\"it's &lt;\" >x</a >\n<!-- after -->\n",
	"\xef\xbb\xbf<a>\r\n<b>\r</b>]] &amp;&#65;&#x41;&quot;&apos;&gt; é 😀 <![CDATA[<&>]]]]><![CDATA[>\r\n]]></a>",
	"<n:a xmlns:n='u'><n:b/></n:a>",
	"<a>x<!-- - -->y<?p?> z </a>",
	wrap("<Person><Surname>O&apos;Neill]</Surname><Forename> Zoë </Forename><UPN/><UPN></UPN><surname>a</surname></Person>"),
}

func TestScannerAgreesWithTheStandardLibrary(t *testing.T) {
	for _, file := range lawful {
		if _, err := pieces(newScanner(strings.NewReader(file)), false); err != nil {
			t.Errorf("%q: %v", file, err)
		}
		compare(t, []byte(file))
	}
	for _, h := range hostile {
		compare(t, []byte(h.file))
	}
	sample, err := os.ReadFile("testdata/return-2026-500.xml")
	if err != nil {
		t.Fatal(err)
	}
	compare(t, sample)
	compare(t, bytes.ReplaceAll(sample, []byte("\n"), []byte("\r\n")))
}

func FuzzScanner(f *testing.F) {
	for _, file := range lawful {
		f.Add([]byte(file))
	}
	for _, h := range hostile {
		if len(h.file) < 1000 {
			f.Add([]byte(h.file))
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) { compare(t, file) })
}
