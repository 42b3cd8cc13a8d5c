package calendar

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

//go:embed holidays/bank-holidays.json
var bankHolidaysFile []byte

// A Holiday is one bank holiday.
type Holiday struct {
	On   Date
	Name string
}

// Holidays says which days are working days: not a Saturday, a Sunday or one of
// its holidays. It is built once and then only read, by index, so that a limit
// in working days costs no more than one in weeks.
type Holidays struct {
	version string
	covers  Period
	list    []Holiday

	working  dayIndex // Monday to Friday, less holidays
	tribunal dayIndex // the same, less 25 December to 1 January and August
}

// EnglandAndWales is the official list for England and Wales. Christmas Day and
// Good Friday are on it.
var EnglandAndWales = mustLoad("England and Wales", "england-and-wales")

// UnitedKingdom is every day that is a bank holiday in any part of the United
// Kingdom, which the Freedom of Information Act 2000, section 10(6) leaves out.
var UnitedKingdom = mustLoad("United Kingdom", "england-and-wales", "scotland", "northern-ireland")

func mustLoad(name string, divisions ...string) *Holidays {
	h, err := ReadHolidays(bankHolidaysFile, name, divisions...)
	if err != nil {
		panic("calendar: the built-in bank holidays cannot be read: " + err.Error())
	}
	return h
}

// ReadHolidays reads GOV.UK's bank-holidays.json and joins the named divisions
// ("england-and-wales", "scotland", "northern-ireland").
func ReadHolidays(file []byte, name string, divisions ...string) (*Holidays, error) {
	var read map[string]struct {
		Events []struct {
			Title string
			Date  Date
		}
	}
	if err := json.Unmarshal(file, &read); err != nil {
		return nil, fmt.Errorf("bank holidays: %w", err)
	}
	var list []Holiday
	for _, division := range divisions {
		events := read[division].Events
		if len(events) == 0 {
			return nil, fmt.Errorf("bank holidays: no days for %q", division)
		}
		for _, e := range events {
			list = append(list, Holiday{e.Date, strings.ReplaceAll(e.Title, "’", "'")})
		}
	}
	return newHolidays(name, "GOV.UK list", list), nil
}

// newHolidays sorts the list, drops days named twice and builds the tables.
func newHolidays(name, source string, list []Holiday) *Holidays {
	slices.SortStableFunc(list, func(a, b Holiday) int { return int(a.On - b.On) })
	list = slices.CompactFunc(list, func(a, b Holiday) bool { return a.On == b.On })
	h := &Holidays{list: list}
	h.covers = Period{On(list[0].On.Year(), time.January, 1), On(list[len(list)-1].On.Year(), time.December, 31)}
	h.version = fmt.Sprintf("%s, %s of %d days, %d to %d", name, source, len(list), h.covers.First.Year(), h.covers.Last.Year())
	off := make(map[Date]bool, len(list))
	for _, day := range list {
		off[day.On] = true
	}
	h.working = indexDays(func(d Date) bool { return weekday(d) && !off[d] })
	h.tribunal = indexDays(func(d Date) bool { return weekday(d) && !off[d] && !tribunalRest(d) })
	return h
}

// With returns the calendar with one-off holidays added, such as one that a
// proclamation has made and the official file does not yet hold.
func (h *Holidays) With(extra ...Holiday) *Holidays {
	if len(extra) == 0 {
		return h
	}
	name, _, _ := strings.Cut(h.version, ",")
	more := newHolidays(name, "GOV.UK list with local additions", append(slices.Clone(h.list), extra...))
	return more
}

// Version names the calendar, so that a date counted with it can be checked.
func (h *Holidays) Version() string { return h.version }

// Covers is the years for which bank holidays are known. Beyond them only
// weekends are left out, and a page that shows such a date says so.
func (h *Holidays) Covers() Period { return h.covers }

// List returns the holidays within a period, in order.
func (h *Holidays) List(p Period) []Holiday {
	from, _ := slices.BinarySearchFunc(h.list, p.First, func(a Holiday, d Date) int { return int(a.On - d) })
	var in []Holiday
	for _, day := range h.list[from:] {
		if !p.Contains(day.On) {
			break
		}
		in = append(in, day)
	}
	return in
}

// IsWorkingDay reports whether d is neither a weekend day nor a bank holiday.
func (h *Holidays) IsWorkingDay(d Date) bool { return h.working.is(d) }

// IsTribunalDay reports whether d counts towards time under the Tribunal's
// rules: a working day outside August and 25 December to 1 January.
func (h *Holidays) IsTribunalDay(d Date) bool { return h.tribunal.is(d) }

// WorkingDays counts the working days in a closed period, ends included.
func (h *Holidays) WorkingDays(p Period) int {
	if p.Days() == 0 {
		return 0
	}
	return h.working.upTo(p.Last) - h.working.upTo(p.First-1)
}

// WorkingDayBefore returns the last working day before d.
func (h *Holidays) WorkingDayBefore(d Date) Date {
	return h.working.days[min(max(h.working.upTo(d-1)-1, 0), len(h.working.days)-1)]
}

// WorkingDaysLeft writes to dst how many working days lie after today up to and
// including each due day; 0 for a day that has passed.
func (h *Holidays) WorkingDaysLeft(dst []int32, today Date, due []Date) {
	count, first, now := h.working.count, indexFirst, int32(h.working.upTo(today))
	dst = dst[:len(due)]
	for i, d := range due {
		at := uint(d - first)
		if at >= uint(len(count)) {
			at = uint(clamp(d) - first)
		}
		dst[i] = max(0, count[at]-now)
	}
}

// Roll returns d, or the next working day if d is not one.
func (h *Holidays) Roll(d Date) Date { return h.working.after(d-1, 1) }

// RollTribunal returns the day on which time that runs out on d runs out under
// the Tribunal's rules. A day in August or from 25 December to 1 January moves to
// the first working day after them. Another day that is not a working day moves
// to the next one, even if that lies in August: so a weekend just before August
// moves only to its first Monday.
//
// Tribunal Procedure (First-tier Tribunal) (HESC Chamber) Rules 2008, rule 12.
func (h *Holidays) RollTribunal(d Date) Date {
	if tribunalRest(d) {
		return h.tribunal.after(d-1, 1)
	}
	return h.Roll(d)
}

func weekday(d Date) bool { w := d.Weekday(); return w != time.Saturday && w != time.Sunday }

// tribunalRest reports whether rule 12(3) leaves the day out.
func tribunalRest(d Date) bool {
	_, m, day := d.Parts()
	return m == time.August || m == time.December && day >= 25 || m == time.January && day == 1
}

// A dayIndex answers "the nth such day after" in two array reads.
type dayIndex struct {
	count []int32 // count[i]: such days from indexFirst up to and including indexFirst+i
	days  []Date  // the such days, in order
}

// The index reaches a little beyond the dates that Parse reads, so that limits
// which end outside them still count.
var (
	indexFirst = Earliest - 400
	indexLast  = Latest + 1200
)

func indexDays(is func(Date) bool) dayIndex {
	x := dayIndex{count: make([]int32, indexLast-indexFirst+1)}
	for d := indexFirst; d <= indexLast; d++ {
		if is(d) {
			x.days = append(x.days, d)
		}
		x.count[d-indexFirst] = int32(len(x.days))
	}
	return x
}

// clamp keeps arithmetic on absurd dates inside the table.
func clamp(d Date) Date { return min(max(d, indexFirst), indexLast) }

// upTo counts such days up to and including d.
func (x *dayIndex) upTo(d Date) int { return int(x.count[clamp(d)-indexFirst]) }

// after returns the nth such day after d, n being 1 or more.
func (x *dayIndex) after(d Date, n int) Date {
	i := x.upTo(d) + n - 1
	return x.days[min(max(i, 0), len(x.days)-1)]
}

// afterEach writes to dst the nth such day after each of from.
func (x *dayIndex) afterEach(dst, from []Date, n int) {
	count, days, first := x.count, x.days, indexFirst
	for i, d := range from {
		at, day := uint(d-first), uint(n-1)
		if at < uint(len(count)) {
			day += uint(count[at])
		}
		if at >= uint(len(count)) || day >= uint(len(days)) {
			dst[i] = x.after(d, n)
			continue
		}
		dst[i] = days[day]
	}
}

func (x *dayIndex) is(d Date) bool { return x.upTo(d) != x.upTo(d-1) }
