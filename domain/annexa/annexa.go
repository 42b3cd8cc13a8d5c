// Package annexa is the two lists of children that Ofsted and the Care Quality
// Commission ask of a local area for an Area SEND inspection, known as Annex A:
// List 1, children and young people with an EHC plan, and List 2, which by its
// columns is those with special educational needs and no plan.
//
// The inspectorates' own text could not be had. The columns of List 1 follow it
// as others quote it, those of List 2 and the checks follow a public tool that
// councils use ([Rules]), and the rest of the checks are Weald's own and say so.
// The social care inspections' Annex A, with eleven lists, is another thing.
//
// It turns what a record knows of a child into a row ([Known.Row]), reads rows
// out of a workbook's cells ([Read]), gives them for one ([List.Cells]) and checks
// them ([Check]). It opens no files.
//
// Start reading at [Columns], then [Rules].
package annexa

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"weald/calendar"
	"weald/domain/sen2"
)

// A List is one of the two lists.
type List int

// Lists.
const (
	One List = 1 // with an EHC plan
	Two List = 2 // with special educational needs and no plan
)

// Sheet returns what the list's sheet is called.
func (l List) Sheet() string {
	if l == One {
		return "List_1"
	}
	return "List_2"
}

// Title says who is on the list. That of List 2 follows from its columns.
func (l List) Title() string {
	if l == One {
		return "children and young people with an EHC plan"
	}
	return "children and young people with special educational needs and no plan"
}

// The columns, by their place in [Columns].
const (
	uniqueID = iota
	upn
	uln
	born
	gender
	ethnicity
	issued
	updated
	reviewed
	need
	mainURN
	mainPhase
	otherPhase
	home
	suspensions
	exclusions
	absence
	premium
	socialCare
	socialTeam
	disability
	nColumns
)

// A Kind is what a column holds.
type Kind string

// Kinds.
const (
	Text    Kind = "text"
	Day     Kind = "day"
	Coded   Kind = "one of a list"
	Number  Kind = "whole number"
	Percent Kind = "percentage"
)

// A Column is one column of the lists.
type Column struct {
	Title  string // exact
	Kind   Kind
	Values []string // that it may hold, in order: a), b) and so on
	Two    bool     // List 2 has it, too
	Means  string   // what it holds, in words
	Waits  string   // what a record would have to tell for Weald to fill it in; "": it can
}

var (
	genders = []string{"Male", "Female", "Not known", "Not specified"}
	ethnics = []string{"WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT", "UNKNOWN"}
	needs   = []string{"SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH"}
	phases  = []string{"Nursery", "Primary", "Middle (deemed primary)", "Middle (deemed secondary)", "Secondary", "All-through", "Special", "Pupil referral unit/Alternative provision", "FE college"}
	yesNo   = []string{"Yes", "No"}
)

// Columns are the columns of List 1, in order. List 2 has those marked so.
var Columns = [nColumns]Column{
	uniqueID:    {Title: "Unique ID", Kind: Text, Two: true, Means: "the authority’s own number for the child"},
	upn:         {Title: "UPN", Kind: Text, Two: true, Means: "unique pupil number"},
	uln:         {Title: "ULN", Kind: Text, Two: true, Means: "unique learner number"},
	born:        {Title: "Date of birth", Kind: Day, Two: true, Means: "blank if there is none"},
	gender:      {Title: "Gender", Kind: Coded, Values: genders, Two: true},
	ethnicity:   {Title: "Ethnicity", Kind: Coded, Values: ethnics, Two: true, Means: "the school census code; UNKNOWN catches all others"},
	issued:      {Title: "Date initial EHC plan issued", Kind: Day},
	updated:     {Title: "Date updated EHC plan issued", Kind: Day, Means: "the day it was last amended; blank if never"},
	reviewed:    {Title: "Date EHC plan last reviewed", Kind: Day, Means: "the day of the last annual review; blank if there has been none"},
	need:        {Title: "SEN primary need", Kind: Coded, Values: needs, Two: true, Means: "the need ranked first in the SEN2 return; Down syndrome has no letter in the list and is put with other"},
	mainURN:     {Title: "Main education establishment – URN", Kind: Text, Two: true, Means: "six digits"},
	mainPhase:   {Title: "Main education establishment – phase", Kind: Coded, Values: phases, Two: true},
	otherPhase:  {Title: "Subsidiary education establishment – phase (dual registration)", Kind: Coded, Values: phases, Two: true, Waits: "which children are on the roll of two schools"},
	home:        {Title: "Elective home education", Kind: Coded, Values: yesNo},
	suspensions: {Title: "Suspensions", Kind: Number, Two: true, Means: "in the last six months, or the most recent that is known", Waits: "suspensions, from schools or the school census"},
	exclusions:  {Title: "Permanent exclusions", Kind: Number, Two: true, Means: "in the last six months, or the most recent that is known", Waits: "permanent exclusions, from schools or the school census"},
	absence:     {Title: "Absence", Kind: Percent, Two: true, Means: "sessions missed in the last six months, in percent, or the most recent that is known", Waits: "attendance, from schools"},
	premium:     {Title: "Pupil Premium", Kind: Coded, Values: yesNo, Two: true, Waits: "who has pupil premium, from schools"},
	socialCare:  {Title: "Known to children's social care?", Kind: Coded, Values: yesNo, Two: true, Waits: "who is known to children’s social care"},
	socialTeam:  {Title: "Which children's social care team?", Kind: Text, Two: true, Means: "the team most involved; blank if not known to social care", Waits: "which team of children’s social care is most involved"},
	disability:  {Title: "Does the child or young person have a disability?", Kind: Coded, Values: yesNo, Two: true, Means: "its list of values is not quoted anywhere; Yes and No are taken to be it", Waits: "whether the child has a disability, which is not the same as a need"},
}

// Of returns the places in [Columns] of a list's columns, in order.
func (l List) Of() (places []int) {
	for i := range Columns {
		if l == One || Columns[i].Two {
			places = append(places, i)
		}
	}
	return places
}

// Waiting returns the columns of a list that no record of Weald's can fill in
// yet.
func (l List) Waiting() (list []*Column) {
	for _, i := range l.Of() {
		if Columns[i].Waits != "" {
			list = append(list, &Columns[i])
		}
	}
	return list
}

// Answer returns a value as a list of the inspectorates has it: a) Male.
func (c *Column) Answer(value string) string {
	if i := slices.Index(c.Values, value); i >= 0 {
		return string(rune('a'+i)) + ") " + value
	}
	return ""
}

// value reads an answer: with its letter or without, whatever its capitals.
func (c *Column) value(text string) (string, bool) {
	letter, rest, lettered := strings.Cut(text, ")")
	rest = strings.TrimSpace(rest)
	for i, v := range c.Values {
		mark := string(rune('a' + i))
		switch {
		case strings.EqualFold(text, v):
			return v, true
		case lettered && strings.EqualFold(strings.TrimSpace(letter), mark) && (rest == "" || strings.EqualFold(rest, v)):
			return v, true
		case len(text) == 1 && strings.EqualFold(text, mark):
			return v, true
		}
	}
	return "", false
}

// A Row is one child on a list. A cell is the text in it; a day, 2025-01-06 or
// 06/01/2025.
type Row struct {
	Line  int // in the sheet; the titles are on line 1
	Cells [nColumns]string
	Child string // names the child to whoever built the row; "" in a file
}

// day reads a cell that holds a day: as a person writes it, day first, or as a
// spreadsheet holds it.
func (r *Row) day(column int) (calendar.Date, bool) { return readDay(r.Cells[column]) }

func readDay(text string) (calendar.Date, bool) {
	text, _, _ = strings.Cut(text, "T") // a day with a time
	if d, err := calendar.Parse(text); err == nil {
		return d, true
	}
	t, err := time.Parse("2/1/2006", text)
	if err != nil || t.Year() < 1900 || t.Year() > 2199 {
		return 0, false
	}
	return calendar.On(t.Year(), t.Month(), t.Day()), true
}

// Cells returns a row as a list's sheet has it: each cell text, a day, a number
// or nil. What is not the day or the number that it should be stays text.
func (l List) Cells(r *Row) []any {
	var cells []any
	for _, i := range l.Of() {
		text := r.Cells[i]
		var cell any = text
		switch Columns[i].Kind {
		case Day:
			if d, ok := readDay(text); ok {
				cell = d
			}
		case Number:
			if n, err := strconv.Atoi(text); err == nil {
				cell = n
			}
		case Percent:
			if f, err := strconv.ParseFloat(text, 64); err == nil && f-f == 0 {
				cell = f
			}
		}
		if text == "" {
			cell = nil
		}
		cells = append(cells, cell)
	}
	return cells
}

// Known is what a record knows of a child on the reference date. What it does
// not know is left out, and stays blank.
type Known struct {
	Child     string // names the child to whoever asks
	UniqueID  string
	UPN, ULN  string
	Born      calendar.Date
	Sex       string // as the SEN2 return codes it
	Ethnicity string // the school census code
	Issued    calendar.Date
	Updated   calendar.Date
	Reviewed  calendar.Date
	Need      string // as the SEN2 return codes it
	URN       string
	Type      string // of the setting, as the register of schools names it
	Phase     string // of the setting, as the register names it
	Home      string // Yes or No; "" if it is not known
}

// Row returns a child's row of a list.
func (k *Known) Row(l List) Row {
	r := Row{Child: k.Child}
	c := &r.Cells
	c[uniqueID], c[upn], c[uln], c[mainURN] = k.UniqueID, k.UPN, k.ULN, k.URN
	for column, d := range map[int]calendar.Date{born: k.Born, issued: k.Issued, updated: k.Updated, reviewed: k.Reviewed} {
		if !d.IsZero() {
			c[column] = d.String()
		}
	}
	c[gender] = Columns[gender].Answer(map[string]string{"M": "Male", "F": "Female"}[k.Sex])
	c[ethnicity] = Columns[ethnicity].Answer(k.Ethnicity)
	if k.Ethnicity != "" && c[ethnicity] == "" {
		c[ethnicity] = Columns[ethnicity].Answer("UNKNOWN")
	}
	code := k.Need
	if code == "DS" {
		code = "OTH"
	}
	c[need] = Columns[need].Answer(code)
	c[mainPhase] = Columns[mainPhase].Answer(phaseOf(k.Type, k.Phase))
	c[home] = Columns[home].Answer(k.Home)
	for i := range Columns {
		if l == Two && !Columns[i].Two {
			c[i] = ""
		}
	}
	return r
}

// phaseOf names a setting's phase in the words of the list, from the register's
// type and phase. A type that says special, alternative or further education
// comes before the phase, which for these is often “not applicable”. It is empty
// when neither tells.
func phaseOf(kind, phase string) string {
	kind, phase = strings.ToLower(kind), strings.ToLower(phase)
	switch {
	case strings.Contains(kind, "special") && !strings.Contains(kind, "post 16"):
		return "Special"
	case strings.Contains(kind, "pupil referral"), strings.Contains(kind, "alternative provision"):
		return "Pupil referral unit/Alternative provision"
	case kind == "further education", kind == "sixth form centres", strings.Contains(kind, "special post 16"):
		return "FE college"
	}
	switch phase {
	case "nursery", "primary", "secondary":
		return strings.ToUpper(phase[:1]) + phase[1:]
	case "middle deemed primary":
		return "Middle (deemed primary)"
	case "middle deemed secondary":
		return "Middle (deemed secondary)"
	case "all-through":
		return "All-through"
	case "16 plus":
		return "FE college"
	}
	return ""
}

// EthnicityCode returns the school census code of an ethnicity in the words in
// which a return's facts are kept; the words themselves if no code has them.
func EthnicityCode(words string) string {
	for _, c := range sen2.Ethnicities {
		if c.Meaning == words {
			return c.Code
		}
	}
	return words
}
