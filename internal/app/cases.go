package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/store"
	"weald/law"
)

// A Band is how near a child's next duty is. Together the bands hold every child
// once.
type Band string

// Bands.
const (
	AnyBand     Band = ""
	OverdueBand Band = "overdue"
	SoonBand    Band = "soon"  // due today or within four weeks
	LaterBand   Band = "later" // due after that
	NoDutyBand  Band = "none"  // nothing is due
)

// Bands is every band, in the order of their numbers.
var Bands = [nBands]Band{OverdueBand, SoonBand, LaterBand, NoDutyBand}

// soonDays is how far ahead a duty counts as due soon: four weeks. It is a way
// of sorting work and no rule of law.
const soonDays = 28

// An Age is how long a case has waited: from the request while it is on its way
// to a plan, from the beginning of its stage afterwards.
type Age struct {
	Name  string // in addresses
	Label string
	Weeks int // up to and with so many; 0: any longer
}

// Ages is every age band, the youngest first. A case whose wait the record does
// not tell has the last.
var Ages = []Age{
	{"0-6", "Up to 6 weeks", 6},
	{"6-12", "6 to 12", 12},
	{"12-16", "12 to 16", 16},
	{"16-20", "16 to 20", 20},
	{"20-26", "20 to 26", 26},
	{"26-52", "26 to 52", 52},
	{"52-", "Over 52 weeks", 0},
	{"unknown", "Not known", 0},
}

func ageBand(since, today calendar.Date) uint8 {
	if since.IsZero() {
		return uint8(len(Ages) - 1)
	}
	days := since.DaysUntil(today)
	for i, a := range Ages {
		if a.Weeks == 0 || days <= 7*a.Weeks {
			return uint8(i)
		}
	}
	return uint8(len(Ages) - 1)
}

// A CaseFilter picks children. The zero filter picks all; [Absent] picks those
// that have none of a thing.
type CaseFilter struct {
	Search                               string // see [child.Index]
	Stage                                casework.Stage
	Officer                              string // the person's ID
	Team, District, Need, Setting, Older string // names, codes, the setting's ID, an age's name
	Band                                 Band

	Viewer string // set by the service: whose list it is, when there are children whom they may not see
}

// Absent picks, in a filter, those who have none.
const Absent = "none"

// A Sort is the order of a list.
type Sort string

// Sorts.
const (
	SortDue     Sort = ""        // what is due first comes first
	SortName    Sort = "name"    // by surname
	SortWaiting Sort = "waiting" // who has waited longest comes first
	SortBorn    Sort = "born"    // the oldest first
)

// Sorts is every sort.
var Sorts = []Sort{SortDue, SortName, SortWaiting, SortBorn}

// A CaseRow is a child on one line of a list.
type CaseRow struct {
	*store.Line
	Next     *store.Duty // the duty that comes next; nil: nothing is due
	Rule     *law.Rule   // that duty's rule
	Days     int         // days to go; below zero, days overdue
	Overdue  int         // how many duties are overdue
	Who      string      // the name of the person who has the case
	Place    string      // the setting's name
	Waiting  calendar.Date
	Reason   string // why a search found it
	Breaches int
}

// An Option is a value of a filter, and what choosing it gives under the other
// filters.
type Option struct {
	Value, Label string
	Children     int
}

// A CaseList is a page of a list of cases.
type CaseList struct {
	Today, Soon calendar.Date
	Filter      CaseFilter
	Sort        Sort
	Rows        []CaseRow
	Next        string // where the next page starts; "" when this is the last
	Total       Tally  // of those that the filter picks
	Bands       [nBands]Tally
	Everybody   int // children in the record
	Officers    []Option
	Teams       []Option
	Districts   []Option
	Needs       []Option
	Stages      []Option
	SettingName string
	Nearest     bool // the search found more than it lists
}

// PageSize is how many children a page of a list holds.
const PageSize = 50

// Cases returns a page of the children that a filter picks, after a place that
// an earlier page gave as its Next.
func (a *Casework) Cases(ctx context.Context, by access.User, f CaseFilter, sort Sort, after string) (*CaseList, error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	list := &CaseList{Filter: f, Sort: sort}
	err := a.read(ctx, func(l *caseload) error {
		f := l.seenBy(by, f)
		list.Today, list.Soon, list.Everybody = l.today, l.today+soonDays, len(l.lines)
		found, more := l.search(f.Search)
		list.Nearest = more
		counts := l.counts(f, found)
		for b := range Bands {
			list.Bands[b] = counts.bands[b]
		}
		list.Total = counts.total
		list.Stages, list.Officers, list.Teams, list.Districts, list.Needs = counts.stages, counts.officers, counts.teams, counts.districts, counts.needs
		if s := l.settings[f.Setting]; s != nil {
			list.SettingName = s.Name
		}
		list.Rows, list.Next = l.page(f, found, sort, after, PageSize)
		return nil
	})
	return list, err
}

// CasesOut returns every child that a filter picks, in order, to be taken out of
// the service. That it was taken is kept.
func (a *Casework) CasesOut(ctx context.Context, by access.User, f CaseFilter, sort Sort, as string) (rows []CaseRow, err error) {
	if err := may(by, access.CaseSee); err != nil {
		return nil, err
	}
	err = a.read(ctx, func(l *caseload) error {
		f := l.seenBy(by, f)
		found, _ := l.search(f.Search)
		rows, _ = l.page(f, found, sort, "", len(l.lines)+1)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rows, a.tookOut(ctx, by, "took a list of cases out", fmt.Sprintf("%d children as %s", len(rows), as))
}

// tookOut keeps that a list was taken out of the service.
func (a *Casework) tookOut(ctx context.Context, by access.User, act, detail string) error {
	return a.db.Write(ctx, by, func(tx *store.Tx) error { return tx.Audit(ctx, act, "", detail) })
}

// A test is a filter as cells are asked it.
type test struct {
	asks    []ask
	band    uint8
	anyBand bool
	age     uint8
	anyAge  bool
	found   map[int32]bool // by the search; nil: everybody
	none    bool           // nothing can pass: it names what is not there
	hidden  map[int32]bool // whom the one who asks may not see
}

// An ask is a word that a cell must have.
type ask struct {
	column int
	number uint16
}

func (l *caseload) test(f *CaseFilter, found []hit) test {
	t := test{anyBand: true, anyAge: true}
	for w, word := range [nWords]string{string(f.Stage), f.Officer, f.Team, f.District, f.Need, f.Setting} {
		if word == "" {
			continue
		}
		one := ask{column: w}
		if word != Absent {
			n, ok := l.words[w].numbers[word]
			one.number, t.none = n, t.none || !ok
		}
		t.asks = append(t.asks, one)
	}
	if at := slices.Index(Bands[:], f.Band); at >= 0 {
		t.band, t.anyBand = uint8(at), false
	}
	if at := slices.IndexFunc(Ages, func(a Age) bool { return a.Name == f.Older }); at >= 0 {
		t.age, t.anyAge = uint8(at), false
	}
	t.hidden = l.hidden(f.Viewer)
	if f.Search != "" {
		t.found = make(map[int32]bool, len(found))
		for _, h := range found {
			t.found[h.slot] = true
		}
	}
	return t
}

// misses counts the parts of a filter that a cell fails, and says which was the
// last of them: a word's number, or nWords for the band.
func (t *test) misses(slot int32, c *cell) (n, which int) {
	for _, a := range t.asks {
		if c.words[a.column] != a.number {
			n, which = n+1, a.column
		}
	}
	if !t.anyBand && c.band != t.band {
		n, which = n+1, nWords
	}
	if !t.anyAge && c.age != t.age || t.none || t.found != nil && !t.found[slot] || t.hidden != nil && t.hidden[slot] {
		n, which = n+2, 0
	}
	return n, which
}

// A hit is a child that a search found.
type hit struct {
	slot   int32
	reason string
}

// page returns the rows after a place in a list.
func (l *caseload) page(f CaseFilter, found []hit, sort Sort, after string, size int) (rows []CaseRow, next string) {
	t := l.test(&f, found)
	take := func(slot int32, reason string) bool {
		if n, _ := t.misses(slot, &l.cells[slot]); n > 0 {
			return true
		}
		if len(rows) == size {
			next = l.markAfter(rows[size-1].ID)
			return false
		}
		row := l.row(slot)
		row.Reason = reason
		rows = append(rows, row)
		return true
	}
	if f.Search != "" && sort == SortDue { // the likeliest first
		at := 0
		if slot, _, ok := l.readMark(after); ok {
			at = slices.IndexFunc(found, func(h hit) bool { return h.slot == slot }) + 1
		}
		for _, h := range found[at:] {
			if !take(h.slot, h.reason) {
				break
			}
		}
		return rows, next
	}
	reasons := map[int32]string{}
	for _, h := range found {
		reasons[h.slot] = h.reason
	}
	by := &l.orders[max(0, slices.Index(Sorts, sort))]
	at := 0
	if slot, was, ok := l.readMark(after); ok {
		place, there := by.find(l, l.lines[slot], &was)
		if at = place; there {
			at++
		}
	}
	for _, slot := range by.slots[at:] {
		if !take(slot, reasons[slot]) {
			break
		}
	}
	return rows, next
}

// markAfter names the place after a child in every order, even if the child is
// elsewhere in it by the time the next page is asked for.
func (l *caseload) markAfter(id store.ChildID) string {
	c := &l.cells[l.slots[id]]
	return fmt.Sprintf("%d.%d.%s", c.due, c.since, id)
}

func (l *caseload) readMark(after string) (slot int32, was cell, ok bool) {
	due, rest, _ := strings.Cut(after, ".")
	since, id, _ := strings.Cut(rest, ".")
	if slot, ok = l.slots[store.ChildID(id)]; !ok {
		return 0, was, false
	}
	was = l.cells[slot]
	if n, err := strconv.ParseInt(due, 10, 32); err == nil {
		was.due = calendar.Date(n)
	}
	if n, err := strconv.ParseInt(since, 10, 32); err == nil {
		was.since = calendar.Date(n)
	}
	return slot, was, true
}

func (l *caseload) row(slot int32) CaseRow {
	line, c := l.lines[slot], &l.cells[slot]
	row := CaseRow{Line: line, Next: nextDuty(line), Overdue: int(c.overdue), Breaches: int(c.breaches), Waiting: c.since}
	if row.Next != nil {
		row.Rule, row.Days = casework.RuleNamed(row.Next.Rule), l.today.DaysUntil(row.Next.Due)
	}
	if p := l.people[line.Officer]; p != nil {
		row.Who = p.Name
	}
	if s := l.settings[line.Setting]; s != nil {
		row.Place = s.Name
	}
	return row
}

// maxFound bounds what a search finds. Whoever is not among so many is found by
// typing more.
const maxFound = 200

// search finds children by what somebody typed, the likeliest first, and reports
// whether there were more.
func (l *caseload) search(query string) (found []hit, more bool) {
	if query == "" {
		return nil, false
	}
	for _, h := range l.known.Search(query, maxFound+1) {
		if len(found) == maxFound {
			return found, true
		}
		found = append(found, hit{l.slots[store.ChildID(h.ID)], h.Reason})
	}
	return found, false
}
