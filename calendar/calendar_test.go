package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Twenty-one sums worked by hand.
func TestCounting(t *testing.T) {
	ew := EnglandAndWales
	appeal := func(s string) Date { return ew.RollTribunal(day(t, s)) }
	for i, v := range []struct {
		got  Date
		want string
	}{
		{Within(6, Weeks).LastDay(day(t, "2026-09-07"), ew), "2026-10-19"},
		{Within(16, Weeks).LastDay(day(t, "2026-09-07"), ew), "2026-12-28"},
		{Within(20, Weeks).LastDay(day(t, "2026-09-07"), ew), "2027-01-25"},
		{Within(20, Weeks).LastDay(day(t, "2027-10-12"), ew), "2028-02-29"},
		{BeginningWith(15, Days).LastDay(day(t, "2026-12-24"), ew), "2027-01-07"},
		{Within(15, Days).LastDay(day(t, "2027-03-05"), ew), "2027-03-20"},
		{Within(2, Months).LastDay(day(t, "2026-12-31"), ew), "2027-02-28"},
		{Within(2, Months).LastDay(day(t, "2027-12-29"), ew), "2028-02-29"},
		{Within(1, Months).LastDay(day(t, "2028-01-31"), ew), "2028-02-29"},
		{BeginningWith(12, Months).LastDay(day(t, "2024-02-29"), ew), "2025-02-28"},
		{BeginningWith(12, Months).LastDay(day(t, "2024-03-01"), ew), "2025-02-28"},
		{BeginningWith(12, Months).LastDay(day(t, "2023-03-01"), ew), "2024-02-29"},
		{BeginningWith(12, Months).LastDay(day(t, "2025-02-28"), ew), "2026-02-27"},
		{BeginningWith(3, Months).LastDay(day(t, "2026-11-27"), ew), "2027-02-26"},
		{Within(3, WorkingDays).LastDay(day(t, "2026-12-23"), ew), "2026-12-30"},
		{BeginningWith(15, WorkingDays).LastDay(day(t, "2026-11-12"), ew), "2026-12-02"},
		{Within(30, TribunalDays).LastDay(day(t, "2026-07-01"), ew), "2026-09-10"},
		{Within(30, TribunalDays).LastDay(day(t, "2026-12-01"), ew), "2027-01-20"},
		{appeal("2026-08-22"), "2026-09-01"},
		{appeal("2026-12-27"), "2027-01-04"},
		{appeal("2027-02-28"), "2027-03-01"},
	} {
		if v.got.String() != v.want {
			t.Errorf("vector %d: got %s, want %s", i+1, v.got, v.want)
		}
	}
}

// Each form of words is counted its own way, here from Monday 7 September 2026.
func TestWordingPicksTheCount(t *testing.T) {
	from := day(t, "2026-09-07")
	for _, v := range []struct {
		limit Limit
		last  string
		words string
	}{
		{Within(6, Weeks), "2026-10-19", "within 6 weeks"},
		{BeginningWith(15, Days).AtLeast(), "2026-09-21", "at least 15 days, counting the first day"},
		{BeginningWith(15, WorkingDays), "2026-09-25", "within 15 working days, counting the first day"},
		{BeginningWith(12, Months), "2027-09-06", "within 12 months, counting the first day"},
		{Before(2, Weeks), "2026-08-24", "at least 2 weeks before"},
		{BeforeDate(15, time.February), "2026-02-14", "before 15 February"},
		{Within(30, TribunalDays), "2026-10-19", "within 30 Tribunal working days"},
		{SameDay(), "2026-09-07", "at once"},
		{Limit{}, "", "no set time"},
	} {
		if got := v.limit.LastDay(from, EnglandAndWales).String(); got != v.last {
			t.Errorf("%s: got %s, want %s", v.words, got, v.last)
		}
		if got := v.limit.String(); got != v.words {
			t.Errorf("got %q, want %q", got, v.words)
		}
	}
	if got := Before(2, Weeks).Clear(from, EnglandAndWales); got.String() != "2026-08-23" {
		t.Errorf("clear days: got %s", got)
	}
	if got := Before(5, Months).LastDay(day(t, "2028-01-10"), EnglandAndWales); got.String() != "2027-08-10" {
		t.Errorf("five months before: got %s", got)
	}
}

// Days that calendar libraries get wrong: added, moved or one-off holidays.
func TestHolidaysOfEnglandAndWales(t *testing.T) {
	for s, holiday := range map[string]bool{
		"2012-05-28": false, "2012-06-04": true, "2012-06-05": true, // Diamond Jubilee moved the spring holiday
		"2020-05-04": false, "2020-05-08": true, // VE day
		"2022-05-30": false, "2022-06-02": true, "2022-06-03": true, // Platinum Jubilee
		"2022-09-19": true,                     // State Funeral
		"2023-05-08": true,                     // Coronation
		"2021-12-27": true, "2021-12-28": true, // both days in lieu
		"2026-12-28": true, "2026-12-29": false,
	} {
		if got := !EnglandAndWales.IsWorkingDay(day(t, s)); got != holiday {
			t.Errorf("%s: holiday is %v, want %v", s, got, holiday)
		}
	}
	// 2 January is a holiday in Scotland alone, 12 July in Northern Ireland.
	for _, s := range []string{"2025-01-02", "2024-07-12"} {
		if !EnglandAndWales.IsWorkingDay(day(t, s)) || UnitedKingdom.IsWorkingDay(day(t, s)) {
			t.Errorf("%s is a working day in England and Wales and not UK-wide", s)
		}
	}
}

// A holiday proclaimed after the file was made can be added, and is named.
func TestOneOffHoliday(t *testing.T) {
	extra := EnglandAndWales.With(Holiday{day(t, "2027-07-15"), "A national day"})
	if extra.IsWorkingDay(day(t, "2027-07-15")) || !EnglandAndWales.IsWorkingDay(day(t, "2027-07-15")) {
		t.Error("the added day must be a holiday in the new calendar only")
	}
	if extra.Version() == EnglandAndWales.Version() {
		t.Error("the versions must differ")
	}
	if got := Within(3, WorkingDays).LastDay(day(t, "2027-07-13"), extra).String(); got != "2027-07-19" {
		t.Errorf("got %s", got)
	}
}

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	for d := On(1890, time.January, 1); d < On(2210, time.January, 1); d++ {
		y, m, dd := d.Parts()
		std := time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)
		if sy, sm, sd := std.Date(); sy != y || sm != m || sd != dd || std.Weekday() != d.Weekday() || On(y, m, dd) != d {
			t.Fatalf("day %d is %d-%d-%d %s", d, y, m, dd, d.Weekday())
		}
	}
	if On(2025, 14, 31) != On(2026, 3, 3) || On(2025, 0, 1) != On(2024, 12, 1) {
		t.Error("On must normalise months")
	}
}

func TestParse(t *testing.T) {
	for _, bad := range []string{"", "2025-02-29", "2025-13-01", "2025-1-1", "30-02-2026", "2025-00-10", "0205-01-01", "2025/01/01", "2025-01-00", "+025-01-01"} {
		if d, err := Parse(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.IntRange(int(Earliest), int(Latest)).Draw(t, "day"))
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Fatalf("%s came back as %s, %v", d, back, err)
		}
		text, _ := json.Marshal(d)
		var back Date
		if err := json.Unmarshal(text, &back); err != nil || back != d {
			t.Fatalf("%s in JSON came back as %s, %v", d, back, err)
		}
	})
}

var limits = []Limit{
	Within(6, Weeks), Within(20, Weeks), Within(15, Days), Within(1, Months), Within(2, Months).RolledByTribunal(),
	BeginningWith(15, Days), BeginningWith(3, Months), BeginningWith(12, Months), Within(3, WorkingDays),
	BeginningWith(15, WorkingDays), Within(30, TribunalDays), Within(28, Days).RolledByTribunal(), Within(1, Months).Rolled(), SameDay(),
}

// A limit that runs forward never ends before its event, and a later event
// never brings the last day forward.
func TestLimitsRunForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(limits).Draw(t, "limit")
		a := On(2012, time.January, 1) + Date(rapid.IntRange(0, 6200).Draw(t, "day"))
		b := a + Date(rapid.IntRange(0, 800).Draw(t, "gap"))
		if l.LastDay(a, EnglandAndWales) < a {
			t.Fatalf("%s from %s ends on %s", l, a, l.LastDay(a, EnglandAndWales))
		}
		if l.LastDay(b, EnglandAndWales) < l.LastDay(a, EnglandAndWales) {
			t.Fatalf("%s from %s ends before %s from %s", l, b, l, a)
		}
	})
}

// Rolling never goes back, and keeps order: the later of two rolled days is the
// later of the two, rolled. Rolling twice is rolling once, except where the
// Tribunal's rule moves a weekend just before August or Christmas to a working
// day within them.
func TestRolling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := On(2012, time.January, 1) + Date(rapid.IntRange(0, 6200).Draw(t, "a"))
		b := On(2012, time.January, 1) + Date(rapid.IntRange(0, 6200).Draw(t, "b"))
		ew := EnglandAndWales
		for _, roll := range []func(Date) Date{ew.Roll, ew.RollTribunal} {
			if roll(a) < a || max(roll(a), roll(b)) != roll(max(a, b)) {
				t.Fatalf("rolling %s and %s", a, b)
			}
		}
		if ew.Roll(ew.Roll(a)) != ew.Roll(a) {
			t.Fatalf("rolling %s twice", a)
		}
		intoRest := !tribunalRest(a) && !ew.IsWorkingDay(a) && tribunalRest(ew.Roll(a))
		if once := ew.RollTribunal(a); !intoRest && ew.RollTribunal(once) != once {
			t.Fatalf("rolling %s twice", a)
		}
	})
	// Saturday 31 July 2027 is not in August; the next working day is.
	if got := EnglandAndWales.RollTribunal(day(t, "2027-07-31")); got.String() != "2027-08-02" {
		t.Errorf("31 July 2027 moves to %s", got)
	}
}

// Absurd dates are counted without a panic.
func TestFarDates(t *testing.T) {
	for _, l := range limits {
		for _, d := range []Date{-1 << 30, 0, Earliest, Latest, 1 << 30} {
			l.LastDay(d, EnglandAndWales)
			_ = l.Sum(d, EnglandAndWales)
		}
	}
}

func TestSums(t *testing.T) {
	for want, v := range map[string]struct {
		l    Limit
		from string
	}{
		"7 September 2026 + 42 days (6 weeks) = 19 October 2026.":                                                                                                       {Within(6, Weeks), "2026-09-07"},
		"Counting 24 December 2026 as the first day, 15 days end on 7 January 2027.":                                                                                    {BeginningWith(15, Days), "2026-12-24"},
		"Counting 3 working days after 23 December 2026, the last is 30 December 2026; weekends and Christmas Day (25 December), Boxing Day (28 December) not counted.": {Within(3, WorkingDays), "2026-12-23"},
		"2 months after 22 June 2026 is 22 August 2026, which moves to 1 September 2026, the next working day under the Tribunal's rules.":                              {Within(2, Months).RolledByTribunal(), "2026-06-22"},
		"It must be done before 15 February 2027, so the last day is 14 February 2027.":                                                                                 {BeforeDate(15, time.February), "2027-09-01"},
		"12 months starting with 29 February 2024 end on 28 February 2025.":                                                                                             {BeginningWith(12, Months), "2024-02-29"},
		"Counting 3 working days after 28 December 2028, the last is 2 January 2029; weekends not counted; bank holidays after 2028 are not yet published.":             {Within(3, WorkingDays), "2028-12-28"},
	} {
		if got := v.l.Sum(day(t, v.from), EnglandAndWales); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

func TestEndOfCompulsorySchoolAge(t *testing.T) {
	for born, want := range map[string]string{
		"2010-11-05": "2027-06-25",
		"2010-08-31": "2026-06-26", // 16 at the end of August
		"2010-09-01": "2027-06-25", // 16 on the first day of the next school year
		"2008-02-29": "2024-06-28",
	} {
		if got := EndOfCompulsorySchoolAge(day(t, born)); got.String() != want {
			t.Errorf("born %s: got %s, want %s", born, got, want)
		}
	}
}

func TestYearsAndAges(t *testing.T) {
	if p := AcademicYear(day(t, "2027-08-31")); YearName(p) != "2026 to 2027" || p.First != day(t, "2026-09-01") {
		t.Errorf("academic year: %v", p)
	}
	if p := FinancialYear(day(t, "2027-03-31")); p != (Period{day(t, "2026-04-01"), day(t, "2027-03-31")}) {
		t.Errorf("financial year: %v", p)
	}
	if Age(day(t, "2008-02-29"), day(t, "2026-02-28")) != 17 || Age(day(t, "2008-02-29"), day(t, "2026-03-01")) != 18 {
		t.Error("a leap day child is a year older on 1 March")
	}
	if Birthday(day(t, "2008-02-29"), 18) != day(t, "2026-03-01") {
		t.Error("birthday of a leap day child")
	}
}

func TestSchoolCalendar(t *testing.T) {
	s := &SchoolCalendar{
		Terms: []Period{{day(t, "2026-04-13"), day(t, "2026-07-22")}, {day(t, "2026-09-02"), day(t, "2026-12-18")}},
		Shut:  []Period{{day(t, "2026-05-25"), day(t, "2026-05-29")}},
	}
	ew := EnglandAndWales
	if s.IsSchoolDay(day(t, "2026-05-04"), ew) || s.IsSchoolDay(day(t, "2026-05-26"), ew) || !s.IsSchoolDay(day(t, "2026-05-05"), ew) {
		t.Error("school days")
	}
	if d, ok := s.SchoolDaysAfter(day(t, "2026-07-21"), 6, ew); !ok || d.String() != "2026-09-08" {
		t.Errorf("six school days after 21 July: %s %v", d, ok)
	}
	if _, ok := s.SchoolDaysAfter(day(t, "2026-12-17"), 6, ew); ok {
		t.Error("the calendar ends first")
	}
	if term, ok := s.NextTerm(day(t, "2026-07-01")); !ok || term.First != day(t, "2026-09-02") {
		t.Error("next term")
	}
	var long []Closure
	for _, c := range s.Closures() {
		if c.Long() {
			long = append(long, c)
		}
	}
	want := Closure{day(t, "2026-07-23"), day(t, "2026-09-02")}
	if len(long) != 1 || long[0] != want || long[0].AdviceWindow() != (Period{day(t, "2026-07-16"), day(t, "2026-08-26")}) {
		t.Errorf("long closures: %v", long)
	}
}

// Dating many days at once gives what dating each would.
func TestLastDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(limits).Draw(t, "limit")
		days := rapid.SliceOfN(rapid.IntRange(int(indexFirst)-2000, int(indexLast)+2000), 1, 50).Draw(t, "days")
		from, got, left := make([]Date, len(days)), make([]Date, len(days)), make([]int32, len(days))
		for i, d := range days {
			from[i] = Date(d)
		}
		l.LastDays(got, from, EnglandAndWales)
		today := On(2024, time.May, 4)
		EnglandAndWales.WorkingDaysLeft(left, today, from)
		for i, d := range from {
			if got[i] != l.LastDay(d, EnglandAndWales) {
				t.Fatalf("%s from %s: %s at once, %s alone", l, d, got[i], l.LastDay(d, EnglandAndWales))
			}
			if want := EnglandAndWales.WorkingDays(Period{today + 1, clamp(d)}); int(left[i]) != want {
				t.Fatalf("%d working days left to %s, want %d", left[i], d, want)
			}
		}
	})
}
