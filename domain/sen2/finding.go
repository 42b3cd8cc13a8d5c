package sen2

// A Finding is something noticed in a return, whether while it was read, by a
// check, or while events were made of it.
type Finding struct {
	Check    string // the check's code, "S-033"; "" for what only the events show
	Severity Severity
	Line     int    // in the file; 0: the return was not read from one
	Column   int    // 0: the line as a whole
	Person   int    // the person's place in the return, from 1; 0: the return itself
	Request  int    // which of the person's requests, from 1; 0: the person
	Index    int    // which setting, placement or need of it, from 1; 0: none of them
	Element  string // in which the item stands, if a check found it: "PlacementDetail"
	Item     string // "EntryDate"; the name of an element if that is what is wrong
	What     string
}

// A Severity is how much a finding matters.
type Severity string

// Severities.
const (
	Fault Severity = "error" // nothing is ready until it is put right
	Query Severity = "query" // somebody should look, and say why if it is so
	Note  Severity = "note"  // it was read, and was not quite as the specification says
)

// severityNamed returns a severity by its name, or "" if it names none.
func severityNamed(name string) Severity {
	switch s := Severity(name); s {
	case Fault, Query, Note:
		return s
	}
	return ""
}

// Codes of what the reader itself notices, which no check of the specification
// covers. See [Readings].
const (
	spelling   = "R-01"
	passedOver = "R-02"
	unread     = "R-03"
	twice      = "R-04"
	noCode     = "R-05"
	notOfYear  = "R-06"
	header     = "R-07"
)

// tooOften returns the check that covers an element which stands more often than
// its parent may hold it.
func tooOften(e element) string {
	switch e {
	case assessmentPart:
		return "S-011"
	case namedPlanPart:
		return "S-012"
	case activePlanPart:
		return "S-013"
	}
	return twice
}

// unlisted returns the code for a value that is not among an item's codes: "" if
// a check sees it in the value, or else the reader's own.
func (it *Item) unlisted(code string) string {
	switch it.slot {
	case slotSex, slotEthnicity, slotUPNUnknown, slotSource, slotWeek20, slotPB, slotOA, slotReason, slotSetting, slotReviewOutcome, slotType:
		return ""
	case slotOutcome, slotRank:
		return ""
	case slotRes:
		if it.in == namedPlanPart {
			return ""
		}
	}
	return code
}

// of reports whether an item is one of a year's return. Year 0 is not known.
func (it *Item) of(year int) bool { return within(year, it.From, it.Until) }

func (c *Code) of(year int) bool { return within(year, c.From, c.Until) }

func within(year, from, until int) bool {
	return year == 0 || year >= from && (until == 0 || year <= until)
}

func threeDigits(s string) bool { return len(s) == 3 && digitsOnly(s) }

func digitsOnly(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// A mark says where an item or an element stands in the file.
type mark struct {
	line, column uint32
	what         int16 // an item, as its index in Items plus one; an element, as its number below zero
	wrong        bool  // the value could not be read or was not as it should be
}

// marks are where everything of one person stands, in the file's order.
type marks []mark

func (m *marks) element(e element, line, column int) {
	*m = append(*m, mark{uint32(line), uint32(column), -int16(e), false})
}

func (m *marks) item(it *Item, line, column int, wrong bool) {
	*m = append(*m, mark{uint32(line), uint32(column), it.index + 1, wrong})
}

// find walks to the element of a request, the nth of its kind, and to the item in
// it. It returns the item's mark, or the element's if the item is not there; ok
// says which.
func (m marks) find(e element, request, n int, item string) (at mark, ok bool) {
	if e == headerPart { // its parts hold no item of the same name
		for _, k := range m {
			switch {
			case k.what == -int16(headerPart):
				at = k
			case k.what > 0 && Items[k.what-1].Name == item:
				return k, true
			}
		}
		return at, false
	}
	requests, held := 0, 0
	inside := e == personPart
	for _, k := range m {
		switch {
		case k.what == -int16(requestPart):
			requests++
			held = 0
			if inside = e == personPart || e == requestPart && requests == request; inside && e == requestPart {
				at = k
			}
		case k.what == -int16(e) && requests == request:
			if held++; held == max(n, 1) {
				at, inside = k, true
			} else {
				inside = false
			}
		case k.what > 0 && inside:
			if it := &Items[k.what-1]; it.in == e && it.Name == item {
				return k, true
			}
		}
	}
	return at, false
}
