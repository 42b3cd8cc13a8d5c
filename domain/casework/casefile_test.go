package casework

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestBrokenFilesSayWhatIsWrong(t *testing.T) {
	for _, test := range []struct {
		name, text string
		errors     []string
	}{
		{"a mistyped kind", "2026-01-05 request-recieved", []string{`f.txt:1: "request-recieved" is not a kind of event: expected request-received?`}},
		{"a kind with other words", "2026-01-05 plan-final-sent", []string{`f.txt:1: "plan-final-sent" is not a kind of event: expected plan-finalised?`}},
		{"a kind from nowhere", "2026-01-05 hello", []string{`f.txt:1: "hello" is not a kind of event: expected one that docs/case-file.md`}},
		{"no kind", "2026-01-05", []string{`f.txt:1: found no kind of event after the date; expected one such as request-received`}},
		{"an impossible day", "2026-02-30 request-received", []string{`f.txt:1: "2026-02-30" is not a date like 2025-01-06: expected a date, =, >, #, born, closed or today`}},
		{"a date the other way round", "05-01-2026 request-received", []string{`"05-01-2026" is not a date like 2025-01-06`}},
		{"a year long ago", "0205-01-05 request-received", []string{`"0205-01-05" is not in the years 1900 to 2199`}},
		{"a line of prose", "the family asked", []string{`"the" is not a date`}},
		{"an attribute of another kind", "2026-01-05 request-received decision=yes", []string{`request-received does not say decision=: expected source=`}},
		{"an attribute of a kind with none", "2026-01-05 draft-served to=family", []string{`draft-served does not say to=: expected nothing after draft-served`}},
		{"a value of another attribute", "2026-01-05 request-received source=cat", []string{`source=cat: expected parent/young-person/school/post-16/health/social-care/other`}},
		{"an attribute left out", "2026-01-05 decision-to-assess-sent", []string{`decision-to-assess-sent needs decision=: expected yes/no`}},
		{"a day left out", "2026-01-05 review-scheduled", []string{`review-scheduled needs meeting=: expected a date`}},
		{"a bad day in an attribute", "2026-01-05 review-scheduled meeting=soon", []string{`meeting: "soon" is not a date like 2025-01-06`}},
		{"no equals sign", "2026-01-05 decision-to-assess-sent yes", []string{`"yes" is not name=value: expected decision=`}},
		{"an attribute twice", "2026-01-05 decision-to-assess-sent decision=yes decision=no", []string{`decision= is given twice: expected it once`}},
		{"an unknown rule in an exception", "2026-01-05 exception-recorded rule=isue-final-plan ground=absent", []string{`rule=isue-final-plan is not a rule: expected issue-final-plan?`}},
		{"issues that are not", "2026-01-05 mediation-requested issues=education;health", []string{`issues=education;health: expected education, social-care or health, with commas between`}},
		{"an empty name", `2026-01-05 advice-received body=""`, []string{`body: found 0 characters; expected a name of 1 to 200`}},
		{"a name with a tab in it", "2026-01-05 advice-received body=\"a\tb\"", []string{`expected a name without line breaks, tabs or other control characters`}},
		{"an open quotation mark", `2026-01-05 advice-received body="Oak`, []string{`found a quotation mark that is not closed; expected another before the end of the line`}},
		{"no title", "=", []string{`f.txt:1: found no title after =; expected = TITLE`}},
		{"bytes that are not text", "= \xff", []string{`f.txt:1: found bytes that are not UTF-8 text; expected a line of text`}},
		{"born twice", "born 2015-05-02\nborn 2015-05-03", []string{`f.txt:2: found a second born; expected it once in a case`}},
		{"today twice", "today 2026-05-02\ntoday 2026-05-03", []string{`f.txt:2: found a second today`}},
		{"born without a day", "born", []string{`found 1 word; expected born DATE`}},
		{"a closure without a name", "closed 2026-07-23 2026-09-02", []string{`found 3 words; expected closed "SETTING" FIRST-CLOSED-DAY DAY-IT-REOPENS`}},
		{"a closure back to front", "closed Oak 2026-09-02 2026-07-23", []string{`re-opens on 2026-07-23, having closed on 2026-09-02; expected it to re-open on a later day`}},
		{"an expectation of nothing", ">", []string{`found ""; expected > RULE [of=VALUE] STATUS`}},
		{"an expectation of no rule", "> Z99 running", []string{`"Z99" is not a rule: expected a code or id that`}},
		{"an expectation of a mistyped rule", "> issue-finl-plan running", []string{`"issue-finl-plan" is not a rule: expected issue-final-plan?`}},
		{"an expectation without a status", "> B02 of=School", []string{`found no status after "of=School"; expected`}},
		{"an expectation of no status", "> B06 done", []string{`"done" is not a status: expected running, met, late, overdue, excused, not-before, superseded, void`}},
		{"an expectation without its day", "> B06 met, due", []string{`found no date after due; expected`}},
		{"an expectation with a bad day", "> B06 met, due Friday", []string{`"Friday" is not a date`}},
		{"an expectation of lateness in words", "> B06 late, due 2026-01-05, two days late", []string{`"two" is not a number of days`}},
		{"an expectation that goes on", "> B06 met, due 2026-01-05, as it should be", []string{`"as it should be" is not understood`}},
		{"several mistakes", "= One\n2026-01-05 request-recieved\n> B06 done\n\n= Two\n2026-13-05 request-received\nborn yesterday",
			[]string{"f.txt:2: ", "f.txt:3: ", "f.txt:6: ", "f.txt:7: "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			all, err := ReadCaseFile("f.txt", test.text)
			var wrong FileErrors
			if all != nil || !errors.As(err, &wrong) {
				t.Fatalf("%d cases and %v", len(all), err)
			}
			if len(wrong) != len(test.errors) {
				t.Errorf("%d errors; expected %d: %v", len(wrong), len(test.errors), wrong)
			}
			lines := strings.Split(err.Error(), "\n")
			for i, want := range test.errors {
				if i < len(lines) && !strings.Contains(lines[i], want) {
					t.Errorf("found    %s\nexpected %s", lines[i], want)
				}
			}
			for _, line := range lines {
				if !strings.HasPrefix(line, "f.txt:") || !strings.Contains(line, "expected") && !strings.Contains(line, "date like 2025-01-06") && !strings.Contains(line, "years 1900 to 2199") {
					t.Errorf("does not say where, or what was expected: %s", line)
				}
			}
		})
	}
}

func TestFileIsReadAsWritten(t *testing.T) {
	all, err := ReadCaseFile("f.txt", "\ufeff# a comment\r\n"+
		"born 2015-05-02\r\n"+
		"2026-10-12 decision-to-assess-sent   decision=yes # on time\r\n"+
		"2026-09-07\trequest-received source=parent\r\n"+
		"> B06 running, due 2027-01-25\n"+
		"\n= Second: \"quoted\"\n"+
		`closed "Oak \"Lower\" School" 2026-07-23 2026-09-02`+"\n"+
		"2026-07-17 advice-requested type=b body=\"Oak \\\"Lower\\\" School\"\n"+
		"today 2026-09-01\n"+
		"> B02 give-advice of=\"Oak \\\"Lower\\\" School\" overdue, due 2026-08-28, 4 days late\n"+
		"> give-advice overdue\n"+
		"= Third, with nothing in it")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 3 || all[0].Title != "" || all[1].Title != `Second: "quoted"` || all[1].Line != 7 {
		t.Fatalf("%d cases, %+v", len(all), all)
	}
	first := all[0].Case
	if first.Events[0].Kind != RequestReceived || all[0].LineOf(0) != 4 || all[0].LineOf(1) != 3 || all[0].Today != first.Events[1].On {
		t.Errorf("events out of order: %+v", all[0])
	}
	for _, x := range all {
		reading := NewClock(DefaultPractice()).Read(&x.Case, x.Today)
		for i := range x.Wants {
			if why := x.Wants[i].Unmet(reading.Duties); why != "" {
				t.Error(why)
			}
		}
	}
	if all[1].Case.Closures[0].Setting != `Oak "Lower" School` {
		t.Errorf("%q", all[1].Case.Closures[0].Setting)
	}
}

func TestUnmetExpectationSaysWhatWasFound(t *testing.T) {
	for want, said := range map[string]string{
		"> B06 met":                                 "expected B06 met, found B06 issue-final-plan running, due 2027-01-25",
		"> B06 running, due 2027-01-26":             "expected B06 running, due 2027-01-26, found B06 issue-final-plan running, due 2027-01-25",
		"> C12 running":                             "expected C12 running, found no such duty",
		"> B06 running, due 2027-01-25, 1 day late": "expected B06 running, due 2027-01-25, 1 day late, found B06",
	} {
		x, reading := read(t, DefaultPractice(), "2026-09-07 request-received\n"+want)
		if got := x.Wants[0].Unmet(reading.Duties); !strings.HasPrefix(got, said) {
			t.Errorf("found %q; expected %q", got, said)
		}
	}
}

// Whatever is read never panics the reader or the clock, and what can be read
// is written so that it reads back the same.
func FuzzReadCaseFile(f *testing.F) {
	files, names := ExampleFiles()
	for _, name := range names {
		f.Add(files[name])
	}
	for _, k := range Kinds() {
		line := "2026-01-05 " + k.String()
		for _, a := range k.Attributes() {
			switch {
			case a.Values != nil:
				line += fmt.Sprintf(" %s=%s", a.Name, a.Values[0])
			case a.IsDate():
				line += fmt.Sprintf(" %s=2026-02-05", a.Name)
			case a.IsRule():
				line += " rule=B06"
			case a.IsIssues():
				line += " issues=health,education"
			default:
				line += fmt.Sprintf(` %s="A \"b\" \\ c"`, a.Name)
			}
		}
		f.Add("= " + k.Label() + "\nborn 2015-05-02\nclosed Oak 2026-07-23 2026-09-02\n" + line + "\ntoday 2026-03-01\n> B06 running, due 2026-03-01, 2 days late\n")
	}
	f.Add("\ufeff=\x00\r\n> B02 of=\"a,\" met,")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := ReadCaseFile("fuzz", text)
		if err != nil {
			if len(all) > 0 || err.Error() == "" {
				t.Fatalf("%d cases and %q", len(all), err)
			}
			return
		}
		p := DefaultPractice()
		clock := NewClock(p)
		for _, x := range all {
			written := x.Text()
			again, err := ReadCaseFile("again", written)
			switch {
			case err != nil:
				t.Fatalf("wrote %q and could not read it: %v", written, err)
			case len(again) == 0 && written == "":
			case len(again) != 1 || again[0].Text() != written:
				t.Fatalf("wrote %q and read back %d cases, %q", written, len(again), again[0].Text())
			}
			reading := clock.Read(&x.Case, x.Today)
			for i := range reading.Duties {
				if reading.Duties[i].Why(p) == "" {
					t.Fatal("a duty without a reason")
				}
			}
			for i := range x.Wants {
				x.Wants[i].Unmet(reading.Duties)
			}
		}
	})
}
