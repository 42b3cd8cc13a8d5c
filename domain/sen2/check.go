package sen2

import (
	"slices"
	"strconv"
	"strings"

	"weald/law"
)

// Local is said wherever a check of a return is shown.
const Local = "local check, not a DfE rule"

// A Check asks one question of a return. None is the department's: its rules
// could not be had (see [NotCovered]).
type Check struct {
	Code       string // "S-033", as the specification numbers it; never reused
	Words      string // what is wrong when it finds something, in one sentence
	Level      Level
	Severity   Severity
	Milder     string     // when what it finds is only a query; "": never
	From       int        // the first return that it is asked of; 0: no bound
	Until      int        // the last
	Fields     []string   // the items it looks at
	Tolerance  *Tolerance // nil: it has none
	Source     string     // where the requirement was read
	Confidence law.Confidence
	Needs      string // what it needs besides the return: see [Options]

	find func(*at)
}

// A Tolerance is how much a check lets pass. Its source gives none, so the area
// may set another.
type Tolerance struct {
	Default float64 // zero: it must be set before the check runs
	Unit    string  // "per cent"
}

// A Level is the part of a return that a check looks at.
type Level string

// Levels.
const (
	OfHeader     Level = "header"
	OfArea       Level = "local authority"
	OfPerson     Level = "person"
	OfRequest    Level = "request"
	OfAssessment Level = "assessment"
	OfPlan       Level = "plan"
	OfDetail     Level = "named setting or placement"
	OfPlacement  Level = "placement"
	OfActive     Level = "active plan"
)

// What a check may need besides the return.
const (
	needsSettings = "the register of settings"
	needsLastYear = "last year's counts"
	needsReading  = "the file itself"
)

// Confidences in the source of a check: the department's own words as others
// quote them, one vendor's or reader's word, and a deduction.
const (
	quoted  = law.Secondary
	oneWord = law.Known
	deduced = law.Judged
)

// Checks are all the checks of the specification, in its order, and those of the
// UPN.
var Checks []*Check

// Readings are what the reader notices that no check of the specification
// covers.
var Readings = []*Check{
	{Code: spelling, Level: OfHeader, Severity: Note, Needs: needsReading, Confidence: oneWord, Source: "Spellings that other programs write",
		Words: "The file, an element or an item is not spelt as the specification has it; it was read all the same."},
	{Code: passedOver, Level: OfHeader, Severity: Query, Needs: needsReading, Confidence: oneWord, Source: "The shape of the 2025 return",
		Words: "An element or text stands where a return has none; it was not read."},
	{Code: unread, Level: OfPerson, Severity: Fault, Needs: needsReading, Confidence: quoted, Source: "Dates are ccyy-mm-dd",
		Words: "A value could not be read: it is not a day, or is longer than any value."},
	{Code: twice, Level: OfPerson, Severity: Fault, Needs: needsReading, Confidence: quoted, Source: "The shape of the 2025 return",
		Words: "A value or an element is given more often than it may be; the first was read."},
	{Code: noCode, Level: OfPerson, Severity: Fault, Needs: needsReading, Confidence: oneWord, Source: "The codes of each item",
		Words: "A value is not among the codes of its item, and no other check covers that item."},
	{Code: notOfYear, Level: OfPerson, Severity: Query, Needs: needsReading, Confidence: quoted, Source: "What changed from year to year",
		Words: "An item or code is not one of this year's return."},
	{Code: header, Level: OfHeader, Severity: Fault, Milder: "the header is there, and something in it is odd", Needs: needsReading, Confidence: oneWord, Source: "The shape of the 2025 return",
		Words: "The header is missing, or something in it is odd."},
}

func init() {
	Checks = slices.Concat(headerChecks, personChecks, requestChecks, assessmentChecks, planChecks, placeChecks, activeChecks, areaChecks)
	slices.SortStableFunc(Checks, func(a, b *Check) int {
		switch {
		case a.Code < b.Code:
			return -1
		case a.Code > b.Code:
			return 1
		}
		return 0
	})
}

// CheckNamed returns the check with a code, one of reading included, or nil.
func CheckNamed(code string) *Check {
	for _, list := range [][]*Check{Checks, Readings} {
		if i := slices.IndexFunc(list, func(c *Check) bool { return c.Code == code }); i >= 0 {
			return list[i]
		}
	}
	return nil
}

// In returns how severe a check is in a year's return, and whether it is asked
// of it at all.
func (c *Check) In(y *Year) (Severity, bool) {
	if y == nil {
		return c.Severity, true
	}
	if !within(y.Year, c.From, c.Until) {
		return "", false
	}
	if s := y.severities[c.Code]; s != "" {
		return s, true
	}
	return c.Severity, true
}

// Asked says of which returns a check is asked, and how severe it is in each, in
// words.
func (c *Check) Asked() string {
	var parts []string
	for i := 0; i < len(years); {
		s, asked := c.In(years[i])
		from := i
		for i++; i < len(years); i++ {
			if t, still := c.In(years[i]); t != s || still != asked {
				break
			}
		}
		first, last := years[from].Year, years[i-1].Year
		span := "in " + strconv.Itoa(first)
		switch {
		case from == 0 && i == len(years):
			span = "in every year"
		case i == len(years):
			span = "from " + strconv.Itoa(first)
		case from == 0:
			span = "until " + strconv.Itoa(last)
		case first != last:
			span = "from " + strconv.Itoa(first) + " to " + strconv.Itoa(last)
		}
		if asked {
			parts = append(parts, string(s)+" "+span)
		}
	}
	return strings.Join(parts, ", ")
}
