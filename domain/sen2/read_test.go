package sen2

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"weald/calendar"

	"github.com/google/go-cmp/cmp"
)

// readAll reads a return and keeps its people.
func readAll(t testing.TB, file string) (Header, []*Person, []Finding) {
	t.Helper()
	var people []*Person
	h, findings, err := Read(strings.NewReader(file), func(p *Person) error {
		people = append(people, p.Clone())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h, people, findings
}

func sample(t testing.TB) []byte {
	t.Helper()
	file, err := os.ReadFile("testdata/return-2026-500.xml")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// The sample is counted by the standard library, which shares nothing with the
// reader, and the counts must agree.
func TestSampleCounts(t *testing.T) {
	var other struct {
		Persons []struct {
			Surname  string
			Requests []struct {
				ReceivedDate, RequestOutcome string
				Assessment                   *struct {
					AssessmentOutcome string
					Plan              *struct {
						StartDate, CeaseDate, CeaseReason string
						PlanDetail                        []struct{ URN, UKPRN, SENsetting string }
					} `xml:"NamedPlan"`
				}
				Active *struct {
					ReviewMeeting, LastReview, ReviewOutcome, ReviewDraft, PhaseTransferDueDate, PhaseTransferFinalDate, TransferLA string
					PlacementDetail                                                                                                 []struct{ URN, EntryDate, LeavingDate string }
					SENneed                                                                                                         []struct{ SENtype, SENtypeRank string }
				} `xml:"ActivePlans"`
			}
		} `xml:"Persons>Person"`
	}
	file := sample(t)
	if err := xml.Unmarshal(file, &other); err != nil {
		t.Fatal(err)
	}
	want, got := map[string]int{}, map[string]int{}
	add := func(m map[string]int, what string, is bool) {
		if is {
			m[what]++
		}
	}
	for _, p := range other.Persons {
		want["people"]++
		want["surname "+p.Surname]++
		for _, r := range p.Requests {
			want["request "+r.RequestOutcome]++
			want["received "+r.ReceivedDate]++
			if a := r.Assessment; a != nil {
				want["assessment "+a.AssessmentOutcome]++
				if n := a.Plan; n != nil {
					want["plans"]++
					want["start "+n.StartDate]++
					add(want, "ceased "+n.CeaseReason, n.CeaseDate != "")
					for _, d := range n.PlanDetail {
						want["named "+d.URN+d.UKPRN+d.SENsetting]++
					}
				}
			}
			if a := r.Active; a != nil {
				want["active"]++
				want["from "+a.TransferLA]++
				add(want, "review meetings", a.ReviewMeeting != "")
				add(want, "review decisions "+a.ReviewOutcome, a.LastReview != "")
				add(want, "amendment notices", a.ReviewDraft != "")
				want["due "+a.PhaseTransferDueDate]++
				want["final "+a.PhaseTransferFinalDate]++
				for _, d := range a.PlacementDetail {
					want["at "+d.URN+" "+d.EntryDate+" "+d.LeavingDate]++
				}
				for _, n := range a.SENneed {
					want["need "+n.SENtype+n.SENtypeRank]++
				}
			}
		}
	}
	h, findings, err := Read(bytes.NewReader(file), func(p *Person) error {
		got["people"]++
		got["surname "+p.Surname]++
		for _, r := range p.Requests {
			got["request "+r.Outcome]++
			got["received "+r.Received.String()]++
			if a := r.Assessment; a != nil {
				got["assessment "+a.Outcome]++
				if n := a.Plan; n != nil {
					got["plans"]++
					got["start "+n.Start.String()]++
					add(got, "ceased "+n.Reason, !n.CeasedOn.IsZero())
					for _, d := range n.Details {
						got["named "+d.URN+d.UKPRN+d.Setting]++
					}
				}
			}
			if a := r.Active; a != nil {
				got["active"]++
				got["from "+a.TransferLA]++
				add(got, "review meetings", !a.ReviewMeeting.IsZero())
				add(got, "review decisions "+a.ReviewOutcome, !a.LastReview.IsZero())
				add(got, "amendment notices", !a.ReviewDraft.IsZero())
				got["due "+a.TransferDue.String()]++
				got["final "+a.TransferFinal.String()]++
				for _, d := range a.Placements {
					got["at "+d.URN+" "+d.Entry.String()+" "+d.Leaving.String()]++
				}
				for _, n := range a.Needs {
					got["need "+n.Type+n.Rank]++
				}
			}
		}
		return nil
	})
	if err != nil || len(findings) > 0 {
		t.Errorf("%v, %v", findings, err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("encoding/xml -, Read +\n%s", d)
	}
	if got["people"] != 500 {
		t.Errorf("%d people", got["people"])
	}
	wantHeader := Header{Collection: "SEN2", Year: 2026, ReferenceDate: calendar.On(2026, 1, 15), SourceLevel: "L", LEA: "999", Software: "SYNTHETIC", Release: "0.1", Serial: "001", Written: "2026-01-20T10:00:00"}
	if h != wantHeader {
		t.Errorf("%+v", h)
	}
	if h, err := ReadHeader(bytes.NewReader(file[:2000])); h != wantHeader || err != nil {
		t.Errorf("%+v, %v", h, err)
	}
}

// The lines are those of an editor.
func TestPeopleKnowTheirLines(t *testing.T) {
	file := sample(t)
	lines := strings.Split(string(file), "\n")
	_, _, err := Read(bytes.NewReader(file), func(p *Person) error {
		check := func(line int, tag string) {
			if strings.TrimSpace(lines[line-1]) != tag {
				t.Errorf("person %d: line %d is %q, not %s", p.Number, line, lines[line-1], tag)
			}
		}
		check(p.Line, "<Person>")
		for _, r := range p.Requests {
			check(r.Line, "<Requests>")
			if r.Assessment != nil {
				check(r.Assessment.Line, "<Assessment>")
				if r.Assessment.Plan != nil {
					check(r.Assessment.Plan.Line, "<NamedPlan>")
					for _, d := range r.Assessment.Plan.Details {
						check(d.Line, "<PlanDetail>")
					}
				}
			}
			if r.Active != nil {
				check(r.Active.Line, "<ActivePlans>")
				for _, d := range r.Active.Placements {
					check(d.Line, "<PlacementDetail>")
				}
				for _, n := range r.Active.Needs {
					check(n.Line, "<SENneed>")
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// around puts an item into the elements in which it stands.
func around(it *Item, value string) string {
	s := "<" + it.Name + ">" + value + "</" + it.Name + ">"
	for e := it.in; e != unknown; e = elements[e].in {
		s = "<" + elements[e].name + ">" + s + "</" + elements[e].name + ">"
	}
	return s
}

// Every item is read, and into a field of its own.
func TestEveryItemHasItsPlace(t *testing.T) {
	seen := map[string]bool{}
	for i := range Items {
		it := &Items[i]
		value := "x" + fmt.Sprint(1000+i)
		switch {
		case it.Codes != nil:
			value = it.Codes[len(it.Codes)-1].Code
		case it.Date:
			value = calendar.On(2019, 5, 1+i).String()
		case it.slot == slotYear:
			value = "2025"
		}
		text := func(file string) string {
			var person *Person
			h, _, err := Read(strings.NewReader(file), func(p *Person) error { person = p.Clone(); return nil })
			var syntax *SyntaxError
			if err != nil && !errors.As(err, &syntax) {
				t.Fatal(err)
			}
			all, err := json.Marshal(map[string]any{"header": h, "person": person})
			if err != nil {
				t.Fatal(err)
			}
			return string(all)
		}
		with, without := text(around(it, value)), text(around(it, ""))
		field, rest := difference(without, with)
		if !strings.Contains(rest, value) {
			t.Errorf("%s in %s: %q was kept as %q", it.Name, it.Element(), value, rest)
		}
		if at := it.Element() + field; seen[at] {
			t.Errorf("%s in %s is kept in the place of another", it.Name, it.Element())
		} else {
			seen[at] = true
		}
		if it.Title == "" {
			t.Errorf("%s has no title", it.Name)
		}
	}
}

// difference returns what stands before the first difference of two texts, and
// what the second has from there.
func difference(a, b string) (before, rest string) {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return b[:i], b[max(0, i-2):]
}

func TestNamesAreFound(t *testing.T) {
	for i, name := range names[1:] {
		if got := nameOf([]byte(name)); int(got) != i+1 {
			t.Errorf("%s is number %d", name, got)
		}
	}
	for _, name := range []string{"", "x", "Surnamf", "SURNAME", "sendetail", "Requestz"} {
		if got := nameOf([]byte(name)); got != 0 {
			t.Errorf("%s is %s", name, names[got])
		}
	}
	if len(names) > 128 {
		t.Errorf("%d names", len(names))
	}
}

const inner = "<Person><PersonBirthDate>2015-05-02</PersonBirthDate><Requests>%s</Requests></Person>"

// What is not as the specification has it is found, with its item, and reading
// goes on.
func TestFindings(t *testing.T) {
	year := func(y, rest string) string { return strings.Replace(rest, "<Year>2026", "<Year>"+y, 1) }
	for _, c := range []struct {
		name, file string
		severity   Severity
		line       int
		person     int
		item, says string
	}{
		{"spelling", wrap("<Person>\n<Surname>A</Surname><FORENAME>B</FORENAME><Requests/></Person>"), Note, 5, 1, "Forename", "<FORENAME> was read as <Forename>"},
		{"setting's spelling", wrap(fmt.Sprintf(inner, "<ActivePlans><PlacementDetail>\n<SENSetting>EHE</SENSetting></PlacementDetail></ActivePlans>")), Note, 5, 1, "SENsetting", "<SENSetting>"},
		{"RES", wrap(fmt.Sprintf(inner, "<ActivePlans><PlacementDetail>\n<RES>A</RES></PlacementDetail></ActivePlans>")), Note, 5, 1, "Res", "<RES>"},
		{"WPB", wrap(fmt.Sprintf(inner, "<ActivePlans><PlacementDetail>\n<WPB>1</WPB></PlacementDetail></ActivePlans>")), Note, 5, 1, "WBP", "<WPB>"},
		{"PlanWPB", wrap(fmt.Sprintf(inner, "<Assessment><NamedPlan>\n<PlanWPB>1</PlanWPB></NamedPlan></Assessment>")), Note, 5, 1, "PlanWBP", "<PlanWPB>"},
		{"element's spelling", wrap("<PERSON>\n<Requests/></PERSON>"), Note, 4, 0, "Person", "<PERSON>"},
		{"prefix", wrap("<x:Person>\n<Requests/></x:Person>"), Note, 4, 0, "Person", "<x:Person>"},
		{"another root", strings.NewReplacer("<Message>", "<SEN2>", "</Message>", "</SEN2>").Replace(wrap("<Person><Requests/></Person>")), Note, 1, 0, "SEN2", "believed to be <Message>"},
		{"unknown element", wrap("<Person>\n<Shoe><Size>4</Size></Shoe><Requests/></Person>"), Query, 5, 1, "Shoe", "<Shoe> is not an element that <Person> may hold"},
		{"element in the wrong place", wrap("<Person>\n<Assessment/><Requests/></Person>"), Query, 5, 1, "Assessment", "not an element that <Person> may hold"},
		{"element in a value", wrap("<Person>\n<Surname>A<b>c</b></Surname><Requests/></Person>"), Query, 5, 1, "Surname", "<b> stands inside <Surname>"},
		{"stray text", wrap("<Person>\nAnn<Requests/></Person>"), Query, 5, 1, "Person", "“Ann” stands in <Person>"},
		{"no such day", wrap("<Person>\n<PersonBirthDate>2015-02-29</PersonBirthDate><Requests/></Person>"), Fault, 5, 1, "PersonBirthDate", "“2015-02-29” is not a day"},
		{"day first", wrap("<Person>\n<PersonBirthDate>02/05/2015</PersonBirthDate><Requests/></Person>"), Fault, 5, 1, "PersonBirthDate", "written as 2025-01-06"},
		{"day twice", wrap("<Person><PersonBirthDate>2015-05-02</PersonBirthDate>\n<PersonBirthDate>2015-05-03</PersonBirthDate><Requests/></Person>"), Fault, 5, 1, "PersonBirthDate", "given twice; the second, 2015-05-03, was not read"},
		{"value twice", wrap("<Person><UPN>A</UPN>\n<UPN>B</UPN><Requests/></Person>"), Fault, 5, 1, "UPN", "the second, “B”, was not read"},
		{"no such code", wrap(fmt.Sprintf(inner, "\n<RequestOutcome>Z</RequestOutcome>")), Fault, 5, 1, "RequestOutcome", "“Z” is not a value of RequestOutcome: expected Y, N, A, W or H"},
		{"indicator", wrap(fmt.Sprintf(inner, "\n<RYA>true</RYA>")), Fault, 5, 1, "RYA", "expected 1 or 0"},
		{"extended ethnicity", wrap("<Person>\n<Ethnicity>WCOR</Ethnicity><Requests/></Person>"), Query, 5, 1, "Ethnicity", "main codes"},
		{"too long", wrap("<Person>\n<Surname>" + strings.Repeat("a", 201) + "</Surname><Requests/></Person>"), Fault, 5, 1, "Surname", "201 bytes long"},
		{"no request", wrap("<Person></Person>"), Fault, 4, 1, "Requests", "has no request"},
		{"two assessments", wrap(fmt.Sprintf(inner, "<Assessment/>\n<Assessment/>")), Fault, 5, 1, "Assessment", "more often than <Requests> may hold it (1)"},
		{"three settings named", wrap(fmt.Sprintf(inner, "<Assessment><NamedPlan><PlanDetail/><PlanDetail/>\n<PlanDetail/></NamedPlan></Assessment>")), Query, 5, 1, "PlanDetail", "holds 3 <PlanDetail>; the guide allows 2"},
		{"three needs", wrap(fmt.Sprintf(inner, "<ActivePlans><SENneed/><SENneed/>\n<SENneed/></ActivePlans>")), Query, 5, 1, "SENneed", "holds 3"},
		{"requests without end", wrap("<Person>" + strings.Repeat("<Requests/>", mostOfOne) + "\n<Requests/></Person>"), Fault, 5, 1, "Requests", "(200)"},
		{"two headers", strings.Replace(wrap(""), "<Persons>", "<Header/><Persons>", 1), Fault, 3, 0, "Header", "more often"},
		{"no header", "<Message>\n<Persons/></Message>", Fault, 1, 0, "Header", "no header"},
		{"no people", strings.NewReplacer("<Persons>", "", "</Persons>", "").Replace(wrap("")), Fault, 1, 0, "Persons", "expected <Persons>, found none"},
		{"mark", "\xef\xbb\xbf" + wrap(""), Note, 1, 0, "Message", "byte order mark"},
		{"namespace", strings.Replace(wrap(""), "<Message>", "<Message xmlns='urn:x'>", 1), Note, 1, 0, "Message", "namespace “urn:x”"},
		{"Latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?>\n" + wrap(""), Note, 1, 0, "Message", "ISO-8859-1"},
		{"year is none", year("twenty", wrap("")), Fault, 2, 0, "Year", "“twenty” is not a year"},
		{"year to come", year("2031", wrap("")), Query, 2, 0, "Year", "specification of 2031 is not known"},
		{"reference date of another year", strings.Replace(wrap(""), "2026-01-15", "2025-01-16", 1), Query, 1, 0, "ReferenceDate", "16 January 2025 and the return is for 2026"},
		{"authority", strings.Replace(wrap(""), "999", "Kent", 1), Fault, 2, 0, "LEA", "“Kent” is not the three-digit number"},
		{"time of writing", strings.Replace(wrap(""), "<LEA>", "<DateTime>today</DateTime><LEA>", 1), Query, 2, 0, "DateTime", "“today”"},
		{"gender after 2023", wrap("<Person>\n<GenderCurrent>1</GenderCurrent><Requests/></Person>"), Query, 5, 1, "GenderCurrent", "not an item of the 2026 return"},
		{"sex in 2023", year("2023", wrap("<Person>\n<Sex>F</Sex><Requests/></Person>")), Query, 5, 1, "Sex", "not an item of the 2023 return"},
		{"Down syndrome before 2025", year("2024", wrap(fmt.Sprintf(inner, "<ActivePlans><SENneed>\n<SENtype>DS</SENtype></SENneed></ActivePlans>"))), Query, 5, 1, "SENtype", "DS is not a value of SENtype in the 2024 return"},
		{"attendance pattern", wrap(fmt.Sprintf(inner, "<ActivePlans><PlacementDetail>\n<AttendancePattern>1</AttendancePattern></PlacementDetail></ActivePlans>")), Query, 5, 1, "AttendancePattern", "not an item of the 2026"},
	} {
		_, _, findings := readAll(t, c.file)
		found := false
		for _, f := range findings {
			found = found || f.Severity == c.severity && f.Line == c.line && f.Person == c.person && f.Item == c.item && strings.Contains(f.What, c.says)
		}
		if !found {
			t.Errorf("%s: %+v; want %s, line %d, person %d, %s: %s", c.name, findings, c.severity, c.line, c.person, c.item, c.says)
		}
	}
}

// Order, empty items, extra space and line ends make no difference, and are
// worth no finding.
func TestAnyOrder(t *testing.T) {
	a := wrap(fmt.Sprintf(inner, "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>A</AssessmentOutcome></Assessment>"))
	b := wrap("<Person>\r\n<UPN></UPN><UPN/>\t<Requests><Assessment><AssessmentOutcome><![CDATA[A]]></AssessmentOutcome></Assessment><RequestOutcome> Y\r\n</RequestOutcome><ReceivedDate>2025-<!-- the feast -->01-06</ReceivedDate></Requests><PersonBirthDate>2015&#45;05-02</PersonBirthDate></Person>")
	_, one, _ := readAll(t, a)
	_, two, findings := readAll(t, b)
	if len(findings) > 0 {
		t.Error(findings)
	}
	for _, p := range []*Person{one[0], two[0]} {
		p.Requests[0].Line, p.Requests[0].Assessment.Line = 0, 0
	}
	if d := cmp.Diff(one, two); d != "" {
		t.Error(d)
	}
	last := "<Message><Persons><Person><Requests/></Person></Persons><Header><CollectionDetails><Year>2025</Year></CollectionDetails></Header></Message>"
	h, people, _ := readAll(t, last)
	if h.Year != 2025 || len(people) != 1 {
		t.Errorf("a header that follows: %+v, %d people", h, len(people))
	}
	if h, err := ReadHeader(strings.NewReader(last)); h.Year != 2025 || err != nil {
		t.Errorf("ReadHeader: %+v, %v", h, err)
	}
}

// A code that is none is kept as it was sent.
func TestUnknownCodesAreKept(t *testing.T) {
	_, people, _ := readAll(t, wrap(fmt.Sprintf(inner, "<RequestOutcome>Q</RequestOutcome>")))
	if people[0].Requests[0].Outcome != "Q" {
		t.Errorf("%+v", people[0].Requests[0])
	}
}

// A person cloned is not touched by the people who follow.
func TestCloneIsItsOwn(t *testing.T) {
	var clones []*Person
	var texts []string
	write := func(p *Person) string {
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if _, _, err := Read(bytes.NewReader(sample(t)), func(p *Person) error {
		clones = append(clones, p.Clone())
		texts = append(texts, write(p))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i, p := range clones {
		if got := write(p); got != texts[i] {
			t.Fatalf("person %d changed:\n%s\n%s", i+1, texts[i], got)
		}
	}
}

func TestAnErrorFromEachEndsTheReading(t *testing.T) {
	full := errors.New("full")
	n := 0
	_, _, err := Read(bytes.NewReader(sample(t)), func(p *Person) error {
		if n++; n == 3 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 3 {
		t.Errorf("%d people, %v", n, err)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	file := wrap("<Person><Requests/>" + strings.Repeat("<a/>", mostFindings+5) + "</Person>")
	_, _, findings := readAll(t, file)
	if n := len(findings); n != mostFindings+1 || findings[n-1].What != "5 more findings are not listed." {
		t.Errorf("%d findings, the last %v", n, findings[n-1])
	}
}

func TestDatesAreReadAsTheCalendarReadsThem(t *testing.T) {
	for y := 1895; y < 2205; y++ {
		for _, rest := range []string{"-02-28", "-02-29", "-02-30", "-12-31", "-01-01", "-04-31", "-06-30", "-13-01", "-00-10", "-01-00", "-1-1", "/01/01", "-0a-01"} {
			checkDate(t, fmt.Sprint(y)+rest)
		}
	}
}

func checkDate(t *testing.T, s string) {
	want, err := calendar.Parse(s)
	got, ok := parseDate([]byte(s))
	if ok != (err == nil) || ok && got != want {
		t.Errorf("%q: %v, %t; calendar says %v, %v", s, got, ok, want, err)
	}
}

func FuzzDate(f *testing.F) {
	f.Add("2025-01-06")
	f.Add("2024-02-29")
	f.Fuzz(func(t *testing.T, s string) { checkDate(t, s) })
}

// Whatever a file holds, it is read or refused, with places that are in it.
func FuzzRead(f *testing.F) {
	for _, h := range hostile {
		if len(h.file) < 1000 {
			f.Add([]byte(h.file))
		}
	}
	f.Add([]byte(wrap(fmt.Sprintf(inner, "<ReceivedDate>2025-01-06</ReceivedDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome><NamedPlan><StartDate>2025-05-01</StartDate></NamedPlan></Assessment><ActivePlans><ReviewMeeting>2025-11-01</ReviewMeeting></ActivePlans>"))))
	f.Fuzz(func(t *testing.T, file []byte) {
		lines := bytes.Count(file, []byte("\n")) + 1
		h, findings, err := Read(bytes.NewReader(file), func(p *Person) error {
			if p.Line < 1 || p.Line > lines {
				t.Errorf("person on line %d of %d", p.Line, lines)
			}
			return nil
		})
		var syntax *SyntaxError
		if err != nil && (!errors.As(err, &syntax) || syntax.Line < 1 || syntax.Line > lines || syntax.Column < 1) {
			t.Errorf("%v", err)
		}
		for _, f := range findings {
			if f.Line < 1 || f.Line > lines {
				t.Errorf("a finding on line %d of %d", f.Line, lines)
			}
		}
		if err != nil {
			return
		}
		_, _, err = Read(bytes.NewReader(file), func(p *Person) error {
			checkStory(t, p, h)
			return nil
		})
		if err != nil {
			t.Errorf("the second time: %v", err)
		}
	})
}

// repeated is the sample's people, over and over, as a return of n people.
func repeated(t testing.TB, n int) []byte {
	file := sample(t)
	start := bytes.Index(file, []byte("  <Person>"))
	end := bytes.LastIndex(file, []byte(" </Persons>"))
	var b bytes.Buffer
	b.Write(file[:start])
	for range n / 500 {
		b.Write(file[start:end])
	}
	b.Write(file[end:])
	return b.Bytes()
}

func BenchmarkRead(b *testing.B) {
	file := repeated(b, 20_000)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		_, findings, err := Read(bytes.NewReader(file), func(p *Person) error { n++; return nil })
		if err != nil || n != 20_000 || len(findings) > 0 {
			b.Fatal(n, findings, err)
		}
	}
}

// The floor under BenchmarkRead: tags and values, without keeping anything.
func BenchmarkScan(b *testing.B) {
	file := repeated(b, 20_000)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		s := newScanner(bytes.NewReader(file))
		_, err := s.next()
		for err == nil {
			if _, err = s.tag(); err == nil && len(s.depth) > 4 {
				s.leaf()
			}
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvents(b *testing.B) {
	var people []*Person
	h, _, err := Read(bytes.NewReader(sample(b)), func(p *Person) error { people = append(people, p.Clone()); return nil })
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range people {
			Events(p, h)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/500, "ns/person")
}

// Memory does not grow with the file.
func TestMemoryDoesNotGrow(t *testing.T) {
	read := func(n int) float64 {
		file := repeated(t, n)
		return testing.AllocsPerRun(1, func() {
			if _, _, err := Read(bytes.NewReader(file), func(*Person) error { return nil }); err != nil {
				t.Fatal(err)
			}
		})
	}
	few, many := read(500), read(5000)
	if many > few+2*4500/10 {
		t.Errorf("%.0f allocations for 500 people, %.0f for 5000", few, many)
	}
}
