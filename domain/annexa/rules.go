package annexa

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"weald/calendar"
	"weald/domain/sen2"
)

// A Severity is how much a finding matters.
type Severity string

// Severities.
const (
	Error Severity = "error" // to be put right before the list is sent
	Query Severity = "query" // it may be right, and somebody should look
)

// A Rule is something that a list is checked for.
type Rule struct {
	Code      string // 101a is also 201a on List 2; Weald's own begin with W
	Lists     []List
	Severity  Severity
	Stated    bool // the severity is in the words of the source; otherwise it is Weald's choice
	Message   string
	Condition string // when it is raised, in words
	Columns   []int
	Own       bool // Weald's own and nobody else's

	row  func(*Row, calendar.Date) string // what is wrong; "": nothing
	list func([]Row) map[int]string       // by place in the list
	book func(*Book) map[List]map[int]string
}

// Source says whose rule it is.
func (r *Rule) Source() string {
	if r.Own {
		return "Weald’s own check"
	}
	return "as a public tool checks it (Data to Insight, Annex A SEND validator, April 2025); not the inspectorates’ own rule"
}

// CodeOn returns what the rule is called on a list.
func (r *Rule) CodeOn(l List) string {
	if l == Two && !r.Own {
		return "2" + r.Code[1:]
	}
	return r.Code
}

// A Book is both lists, and the day on which they are taken.
type Book struct {
	On   calendar.Date // the inspection's reference date
	Rows map[List][]Row
}

// A Finding is one place where a list falls short of a rule.
type Finding struct {
	Rule   *Rule
	List   List
	Line   int
	Column string // the first of the rule's columns
	Value  string // what stands there
	What   string
	Child  string // as the row has it
}

// Code returns what the rule is called on the finding's list.
func (f *Finding) Code() string { return f.Rule.CodeOn(f.List) }

var both, first = []List{One, Two}, []List{One}

func blank(column int) func(*Row, calendar.Date) string {
	return func(r *Row, _ calendar.Date) string {
		if r.Cells[column] != "" {
			return ""
		}
		return Columns[column].Title + " is blank."
	}
}

// age returns how old a child is on the day; -1 if it is not known or they are
// not born yet.
func (r *Row) age(on calendar.Date) int {
	d, ok := r.day(born)
	if !ok || d.After(on) {
		return -1
	}
	return calendar.Age(d, on)
}

func future(column int) func(*Row, calendar.Date) string {
	return func(r *Row, on calendar.Date) string {
		if d, ok := r.day(column); ok && d.After(on) {
			return fmt.Sprintf("%s is %s, after the reference date, %s.", Columns[column].Title, d.Words(), on.Words())
		}
		return ""
	}
}

func after(early, late int) func(*Row, calendar.Date) string {
	return func(r *Row, _ calendar.Date) string {
		a, ok := r.day(early)
		b, ok2 := r.day(late)
		if ok && ok2 && a.After(b) {
			return fmt.Sprintf("%s is %s, after %s, %s.", Columns[early].Title, a.Words(), Columns[late].Title, b.Words())
		}
		return ""
	}
}

// schoolAge reports whether a child is from 5 to 15, the ages of the tool's rule.
func (r *Row) schoolAge(on calendar.Date) bool { age := r.age(on); return age >= 5 && age < 16 }

// Rules are every check, in order. The tool tests ages without the birthday
// itself; here a child is of an age from the birthday on.
var Rules = []Rule{
	{Code: "101a", Lists: both, Severity: Error, Message: "Missing personal information: date of birth", Condition: "it is blank", Columns: []int{born}, row: blank(born)},
	{Code: "101b", Lists: both, Severity: Error, Message: "Missing personal information: gender", Condition: "it is blank", Columns: []int{gender}, row: blank(gender)},
	{Code: "101c", Lists: both, Severity: Error, Message: "Missing personal information: ethnicity", Condition: "it is blank", Columns: []int{ethnicity}, row: blank(ethnicity)},
	{Code: "101d", Lists: both, Severity: Error, Message: "Missing personal information: SEN primary need", Condition: "it is blank", Columns: []int{need}, row: blank(need)},
	{Code: "102a", Lists: both, Severity: Query, Stated: true, Message: "Age is 25", Condition: "25 on the reference date", Columns: []int{born}, row: func(r *Row, on calendar.Date) string {
		if r.age(on) == 25 {
			return "The young person is 25."
		}
		return ""
	}},
	{Code: "102b", Lists: both, Severity: Error, Stated: true, Message: "Age is 26 or over", Condition: "26 or over on the reference date", Columns: []int{born}, row: func(r *Row, on calendar.Date) string {
		if age := r.age(on); age >= 26 {
			return fmt.Sprintf("The young person is %d.", age)
		}
		return ""
	}},
	{Code: "103", Lists: both, Severity: Query, Message: "No disability status given", Condition: "it is blank", Columns: []int{disability}, row: blank(disability)},
	{Code: "105a", Lists: both, Severity: Query, Stated: true, Message: "Date of birth is in the future", Condition: "after the reference date", Columns: []int{born}, row: future(born)},
	{Code: "105b", Lists: first, Severity: Query, Stated: true, Message: "Date initial EHC plan issued is in the future", Condition: "after the reference date", Columns: []int{issued}, row: future(issued)},
	{Code: "105c", Lists: first, Severity: Query, Stated: true, Message: "Date updated EHC plan issued is in the future", Condition: "after the reference date", Columns: []int{updated}, row: future(updated)},
	{Code: "105d", Lists: first, Severity: Query, Stated: true, Message: "Date EHC plan last reviewed is in the future", Condition: "after the reference date", Columns: []int{reviewed}, row: future(reviewed)},
	{Code: "106a", Lists: first, Severity: Error, Message: "Initial EHC plan date is after the updated date", Condition: "both are given and the first is later", Columns: []int{issued, updated}, row: after(issued, updated)},
	{Code: "106b", Lists: first, Severity: Error, Message: "Initial EHC plan date is after the date last reviewed", Condition: "both are given and the first is later", Columns: []int{issued, reviewed}, row: after(issued, reviewed)},
	{Code: "107", Lists: both, Severity: Error, Message: "Child aged 6 or over with no UPN and no ULN", Condition: "6 or over, and both are blank; a SEN2 code for why there is none counts as given", Columns: []int{upn, uln}, row: func(r *Row, on calendar.Date) string {
		if r.age(on) >= 6 && r.Cells[upn] == "" && r.Cells[uln] == "" {
			return "The child is 6 or over and has no UPN, no ULN and no code for why."
		}
		return ""
	}},
	{Code: "108a", Lists: both, Severity: Error, Message: "School-aged child with no main or subsidiary education establishment", Condition: "from 5 to 15, the main URN and the subsidiary phase both blank, and not marked as home educated (List 2 has no column for that)", Columns: []int{mainURN, otherPhase}, row: func(r *Row, on calendar.Date) string {
		if v, _ := Columns[home].value(r.Cells[home]); r.schoolAge(on) && r.Cells[mainURN] == "" && r.Cells[otherPhase] == "" && v != "Yes" {
			return "The child is of school age and no establishment is given."
		}
		return ""
	}},
	{Code: "108b", Lists: both, Severity: Error, Message: "School-aged child with a subsidiary education establishment and no main one", Condition: "from 5 to 15, a subsidiary phase and no main URN", Columns: []int{mainURN, otherPhase}, row: func(r *Row, on calendar.Date) string {
		if r.schoolAge(on) && r.Cells[mainURN] == "" && r.Cells[otherPhase] != "" {
			return "A subsidiary establishment is given and no main one."
		}
		return ""
	}},
	{Code: "109", Lists: both, Severity: Error, Message: "Duplicated UPN: only the most recent plan is wanted", Condition: "the same UPN on more than one row", Columns: []int{upn}, list: func(rows []Row) map[int]string {
		return repeated(rows, upn, func(v string) bool { return sen2.UPNReasons.Meaning(v) != "" })
	}},

	{Code: "W01", Own: true, Lists: both, Severity: Error, Message: "A value that its list does not have", Condition: "a column with a list of values holds another", Columns: codedColumns(), row: func(r *Row, _ calendar.Date) string {
		return everyColumn(r, Coded, func(c *Column, text string) string {
			if _, ok := c.value(text); ok {
				return ""
			}
			if len(c.Values) > 4 {
				return fmt.Sprintf("%s: “%s” is not one of its %d values, %s to %s.", c.Title, text, len(c.Values), c.Values[0], c.Values[len(c.Values)-1])
			}
			return fmt.Sprintf("%s: “%s” is not one of %s.", c.Title, text, strings.Join(c.Values, ", "))
		})
	}},
	{Code: "W02", Own: true, Lists: both, Severity: Error, Message: "A day that cannot be read", Condition: "a column of days holds something else; it is not taken for blank", Columns: []int{born, issued, updated, reviewed}, row: func(r *Row, _ calendar.Date) string {
		return everyColumn(r, Day, func(c *Column, text string) string {
			if _, ok := readDay(text); ok {
				return ""
			}
			return fmt.Sprintf("%s: “%s” is not a day written as 06/01/2025.", c.Title, text)
		})
	}},
	{Code: "W03", Own: true, Lists: both, Severity: Error, Message: "URN is not six digits", Condition: "given, and not six digits", Columns: []int{mainURN}, row: shape(mainURN, "six digits", func(s string) bool { return len(s) == 6 && digits(s) })},
	{Code: "W04", Own: true, Lists: both, Severity: Error, Message: "Not a whole number", Condition: "suspensions or permanent exclusions given, and not a whole number from 0", Columns: []int{suspensions, exclusions}, row: func(r *Row, _ calendar.Date) string {
		return everyColumn(r, Number, func(c *Column, text string) string {
			if n, err := strconv.Atoi(text); err == nil && n >= 0 {
				return ""
			}
			return fmt.Sprintf("%s: “%s” is not a whole number.", c.Title, text)
		})
	}},
	{Code: "W05", Own: true, Lists: both, Severity: Error, Message: "Absence is not a percentage", Condition: "given, and not a number from 0 to 100", Columns: []int{absence}, row: shape(absence, "a number from 0 to 100", func(s string) bool {
		f, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
		return err == nil && f >= 0 && f <= 100
	})},
	{Code: "W06", Own: true, Lists: both, Severity: Query, Message: "UPN has not the shape of one", Condition: "given, not a SEN2 code for why there is none, and not a letter with 11 digits and a digit or letter", Columns: []int{upn}, row: shape(upn, "a unique pupil number", isUPN)},
	{Code: "W07", Own: true, Lists: both, Severity: Query, Message: "ULN is not ten digits", Condition: "given, and not ten digits", Columns: []int{uln}, row: shape(uln, "ten digits", func(s string) bool { return len(s) == 10 && digits(s) })},
	{Code: "W08", Own: true, Lists: both, Severity: Error, Message: "Unique ID is blank", Condition: "it is blank", Columns: []int{uniqueID}, row: blank(uniqueID)},
	{Code: "W09", Own: true, Lists: both, Severity: Error, Message: "Unique ID is on more than one row", Condition: "the same on more than one row of a list", Columns: []int{uniqueID}, list: func(rows []Row) map[int]string {
		return repeated(rows, uniqueID, func(string) bool { return false })
	}},
	{Code: "W10", Own: true, Lists: first, Severity: Error, Message: "No date on which the plan was issued", Condition: "it is blank", Columns: []int{issued}, row: blank(issued)},
	{Code: "W11", Own: true, Lists: both, Severity: Query, Message: "Social care team and whether known to social care disagree", Condition: "a team is given and known to social care is not Yes", Columns: []int{socialTeam, socialCare}, row: func(r *Row, _ calendar.Date) string {
		if v, _ := Columns[socialCare].value(r.Cells[socialCare]); r.Cells[socialTeam] != "" && v != "Yes" {
			return "A team is given, and the child is not marked as known to children’s social care."
		}
		return ""
	}},
	{Code: "W12", Own: true, Lists: []List{Two}, Severity: Error, Message: "The child is on both lists", Condition: "the same Unique ID or UPN is on List 1", Columns: []int{uniqueID, upn}, book: onBoth},
	{Code: "W13", Own: true, Lists: both, Severity: Query, Message: "A main establishment and no phase, or a phase and no establishment", Condition: "one of the main URN and the main phase is blank", Columns: []int{mainURN, mainPhase}, row: func(r *Row, _ calendar.Date) string {
		switch {
		case r.Cells[mainURN] != "" && r.Cells[mainPhase] == "":
			return "The main establishment has a URN and no phase."
		case r.Cells[mainURN] == "" && r.Cells[mainPhase] != "":
			return "The main establishment has a phase and no URN."
		}
		return ""
	}},
}

// NotChecked are rules of the tool's own sheet that need what the lists do not
// have.
var NotChecked = []string{
	"104: no case-worker given. Neither list asks for it.",
	"112: date of death given. Neither list asks for it.",
}

func codedColumns() (places []int) {
	for i := range Columns {
		if Columns[i].Kind == Coded {
			places = append(places, i)
		}
	}
	return places
}

// everyColumn asks of each column of a kind that holds something.
func everyColumn(r *Row, k Kind, wrong func(*Column, string) string) string {
	var all []string
	for i := range Columns {
		if c := &Columns[i]; c.Kind == k && r.Cells[i] != "" {
			if what := wrong(c, r.Cells[i]); what != "" {
				all = append(all, what)
			}
		}
	}
	return strings.Join(all, " ")
}

func shape(column int, words string, is func(string) bool) func(*Row, calendar.Date) string {
	return func(r *Row, _ calendar.Date) string {
		if text := r.Cells[column]; text != "" && !is(text) {
			return fmt.Sprintf("%s: “%s” is not %s.", Columns[column].Title, text, words)
		}
		return ""
	}
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// isUPN reports whether a text has the shape of a UPN: a letter, eleven digits,
// and a digit or, in a temporary one, a letter. The check letter is the business
// of the return.
func isUPN(s string) bool {
	if sen2.UPNReasons.Meaning(s) != "" {
		return true
	}
	last := len(s) - 1
	return len(s) == 13 && letter(s[0]) && digits(s[1:last]) && (letter(s[last]) || digits(s[last:]))
}

func letter(c byte) bool { return c >= 'A' && c <= 'Z' }

// repeated finds rows that share a value, but for those that may be shared.
func repeated(rows []Row, column int, shared func(string) bool) map[int]string {
	at := map[string][]int{}
	for i := range rows {
		if v := rows[i].Cells[column]; v != "" && !shared(v) {
			at[v] = append(at[v], i)
		}
	}
	found := map[int]string{}
	for v, places := range at {
		if len(places) < 2 {
			continue
		}
		for _, i := range places {
			found[i] = fmt.Sprintf("%s %s is on %d rows.", Columns[column].Title, v, len(places))
		}
	}
	return found
}

func onBoth(b *Book) map[List]map[int]string {
	seen := map[string]bool{}
	for i := range b.Rows[One] {
		c := &b.Rows[One][i].Cells
		seen["i"+c[uniqueID]], seen["u"+c[upn]] = c[uniqueID] != "", c[upn] != "" && sen2.UPNReasons.Meaning(c[upn]) == ""
	}
	found := map[int]string{}
	for i := range b.Rows[Two] {
		if c := &b.Rows[Two][i].Cells; seen["i"+c[uniqueID]] || seen["u"+c[upn]] {
			found[i] = "The child is on List 1 as well."
		}
	}
	return map[List]map[int]string{Two: found}
}

// Check returns what every rule finds, by list, line and rule.
func Check(b *Book) (all []Finding) {
	for _, l := range both {
		rows := b.Rows[l]
		var found []Finding
		add := func(rule *Rule, i int, what string) {
			found = append(found, Finding{rule, l, rows[i].Line, Columns[rule.Columns[0]].Title, rows[i].Cells[rule.Columns[0]], what, rows[i].Child})
		}
		for n := range Rules {
			rule := &Rules[n]
			if !slices.Contains(rule.Lists, l) {
				continue
			}
			var placed map[int]string
			switch {
			case rule.row != nil:
				for i := range rows {
					if what := rule.row(&rows[i], b.On); what != "" {
						add(rule, i, what)
					}
				}
			case rule.list != nil:
				placed = rule.list(rows)
			default:
				placed = rule.book(b)[l]
			}
			for i := range rows {
				if what := placed[i]; what != "" {
					add(rule, i, what)
				}
			}
		}
		slices.SortStableFunc(found, func(a, b Finding) int { return a.Line - b.Line })
		all = append(all, found...)
	}
	return all
}
