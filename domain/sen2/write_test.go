package sen2

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"weald/calendar"
)

// What is written is read again as it was, with nothing to say of its form.
func TestReadGivesWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := drawHeader(r)
		people := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) *Person { return drawPerson(r, h.Year) }), 0, 4).Draw(r, "people")
		var file bytes.Buffer
		w := NewWriter(&file, &h)
		for i, p := range people {
			p.Number = i + 1
			if err := w.Person(p); err != nil {
				r.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			r.Fatal(err)
		}
		var back []*Person
		got, findings, err := Read(bytes.NewReader(file.Bytes()), func(p *Person) error { back = append(back, p.Clone()); return nil })
		if err != nil {
			r.Fatalf("%v\n%s", err, file.String())
		}
		for _, f := range findings {
			if f.Severity == Note {
				r.Fatalf("of the form: %+v", f)
			}
		}
		// Where things stand in the file is not what they say.
		lines := cmp.Options{
			cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Person{}, Request{}, Assessment{}, NamedPlan{}, ActivePlan{}, Place{}, Placement{}, Need{}),
			cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Line" }, cmp.Ignore()),
		}
		if diff := cmp.Diff(people, back, lines...); diff != "" {
			r.Fatalf("%s\n%s", diff, file.String())
		}
		if diff := cmp.Diff(h, got, lines...); diff != "" {
			r.Fatal(diff)
		}
	})
}

// words draws text that the reader keeps whole: it trims white space and has a
// guard against the very long.
func words(r *rapid.T, name string) string {
	s := rapid.StringOfN(rapid.SampledFrom([]rune("abcXYZ 0189-'<>&\"]éßŁ漢🙂")), 0, 12, -1).Draw(r, name)
	return strings.TrimSpace(s)
}

func maybeDay(r *rapid.T, name string) calendar.Date {
	if rapid.Bool().Draw(r, name+" given") {
		return 0
	}
	return calendar.On(rapid.IntRange(1998, 2027).Draw(r, name), time.January, 1).AddDays(rapid.IntRange(0, 365).Draw(r, name+" day"))
}

func code(r *rapid.T, name string, codes ...string) string {
	return rapid.SampledFrom(append(codes, "")).Draw(r, name)
}

func drawHeader(r *rapid.T) Header {
	year := rapid.SampledFrom([]int{2023, 2024, 2025, 2026}).Draw(r, "year")
	return Header{Collection: "SEN2", Year: year, ReferenceDate: CensusDays[year], LEA: "999", Software: words(r, "software"), Release: "1", Serial: "001",
		Written: "2026-02-01T09:00:00", DMO: code(r, "dmo", "Yes", "No")}
}

func drawPerson(r *rapid.T, year int) *Person {
	p := &Person{Surname: words(r, "surname"), Forename: words(r, "forename"), Born: maybeDay(r, "born"), Ethnicity: code(r, "ethnicity", "WBRI", "CHNE"),
		PostCode: words(r, "postcode"), UPN: words(r, "upn"), UPNUnknown: code(r, "unknown", "UN1", "UN9")}
	if year < 2024 {
		p.Gender = code(r, "gender", "1", "2")
	} else {
		p.Sex = code(r, "sex", "M", "F")
	}
	p.Requests = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) Request { return drawRequest(r, year) }), 1, 3).Draw(r, "requests")
	return p
}

func drawRequest(r *rapid.T, year int) Request {
	q := Request{Received: maybeDay(r, "received"), RYA: code(r, "rya", "0", "1"), Outcome: code(r, "outcome", "Y", "N", "A", "W", "H"), OutcomeOn: maybeDay(r, "outcome on"), Exported: code(r, "exported", "301")}
	if year >= 2025 {
		q.Source = code(r, "source", "1", "5")
	}
	if rapid.Bool().Draw(r, "assessed") {
		a := &Assessment{Outcome: code(r, "outcome", "Y", "N"), OutcomeOn: maybeDay(r, "assessed on"), Week20: code(r, "week20", "0", "1"), OtherTribunal: code(r, "other", "1")}
		if rapid.Bool().Draw(r, "plan") {
			a.Plan = &NamedPlan{Start: maybeDay(r, "start"), Res: code(r, "res", "A"), WBP: words(r, "wbp"), PB: code(r, "pb", "0", "1"), DP: words(r, "dp"), CeasedOn: maybeDay(r, "ceased"), Reason: code(r, "reason", "1", "9")}
			a.Plan.Details = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) PlanDetail { return PlanDetail{drawPlace(r)} }), 0, 2).Draw(r, "details")
		}
		q.Assessment = a
	}
	if rapid.Bool().Draw(r, "active") {
		a := &ActivePlan{TransferLA: code(r, "from", "886"), LastReview: maybeDay(r, "last")}
		if year >= 2024 {
			a.ReviewMeeting, a.ReviewOutcome = maybeDay(r, "meeting"), code(r, "decision", "A", "M")
		}
		a.Placements = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) Placement {
			return Placement{Place: drawPlace(r), Entry: maybeDay(r, "entry"), Leaving: maybeDay(r, "leaving"), Res: code(r, "res", "B")}
		}), 0, 3).Draw(r, "placements")
		a.Needs = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) Need {
			return Need{Type: code(r, "need", "ASD", "SEMH"), Rank: code(r, "rank", "1", "2")}
		}), 0, 2).Draw(r, "needs")
		q.Active = a
	}
	return q
}

func drawPlace(r *rapid.T) Place {
	return Place{URN: code(r, "urn", "118288"), UKPRN: code(r, "ukprn", "10003763"), Setting: code(r, "setting", "EHE", "OLA"), Other: words(r, "more"), Rank: code(r, "rank", "1", "2"), Unit: code(r, "unit", "0", "1"), Resourced: code(r, "resourced", "0")}
}

// Nothing is written that no reader could take.
func TestWriterRefusesWhatXMLForbids(t *testing.T) {
	for name, bad := range map[string]string{"a control character": "a\x01b", "broken UTF-8": "a\xffb", "a non-character": "a\ufffeb"} {
		w := NewWriter(&bytes.Buffer{}, &Header{Year: 2026})
		if err := w.Person(&Person{Surname: bad}); err == nil || !strings.HasPrefix(err.Error(), "Surname: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A return holds the items of its own year and no others.
func TestWriterKeepsToTheYear(t *testing.T) {
	p := &Person{Sex: "F", Gender: "2", Requests: []Request{{Source: "1"}}}
	for year, want := range map[int]struct{ has, not string }{2023: {"<GenderCurrent>", "<Sex>"}, 2024: {"<Sex>", "<RequestSource>"}, 2026: {"<RequestSource>", "<GenderCurrent>"}} {
		var file bytes.Buffer
		w := NewWriter(&file, &Header{Year: year})
		if err := w.Person(p); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(file.String()+mustClose(t, w, &file), want.has) || strings.Contains(file.String(), want.not) {
			t.Errorf("%d:\n%s", year, file.String())
		}
	}
}

func mustClose(t *testing.T, w *Writer, file *bytes.Buffer) string {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}
