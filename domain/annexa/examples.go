package annexa

import (
	"embed"
	"fmt"
	"strings"

	"weald/calendar"
)

//go:embed examples
var exampleFiles embed.FS

// An Example is rows that a rule finds fault with, or does not.
type Example struct {
	Title string
	Book  Book
	List  List
	Finds bool // the rule it is filed under is raised
}

// whole is a row that no rule finds fault with.
var whole = [nColumns]string{
	uniqueID: "A1", upn: "A123456789012", born: "01/09/2015", gender: "b) Female", ethnicity: "a) WBRI", issued: "01/03/2021", reviewed: "10/02/2026", need: "k) ASD",
	mainURN: "900001", mainPhase: "b) Primary", home: "b) No", suspensions: "0", exclusions: "0", absence: "4.5", premium: "b) No", socialCare: "b) No", disability: "a) Yes",
}

// Examples returns the worked examples of a rule. A file of them reads:
//
//	= Issued after the last review
//	list 1 on 2026-06-01
//	Date initial EHC plan issued: 11/02/2026
//	> raised
//
// A cell that is not named is that of a row without fault; a line "+" begins
// another row, with another number.
func (r *Rule) Examples() ([]Example, error) {
	file := "examples/" + r.Code + ".txt"
	text, err := exampleFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("no worked examples in %s", file)
	}
	var all []Example
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if err := readExampleLine(&all, line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n+1, err)
		}
	}
	return all, nil
}

func readExampleLine(all *[]Example, line string) error {
	if title, ok := strings.CutPrefix(line, "= "); ok {
		*all = append(*all, Example{Title: title})
		return nil
	}
	if line == "" {
		return nil
	}
	if len(*all) == 0 {
		return fmt.Errorf("expected = and a title")
	}
	e := &(*all)[len(*all)-1]
	var on string
	switch l := &e.List; {
	case line == "> raised":
		e.Finds = true
		return nil
	case line == "> not raised":
		return nil
	case e.Book.Rows == nil:
		if _, err := fmt.Sscanf(line, "list %d on %s", (*int)(l), &on); err != nil {
			return fmt.Errorf("expected list 1 on 2026-06-01: %w", err)
		}
		day, err := calendar.Parse(on)
		if err != nil {
			return err
		}
		e.Book = Book{On: day, Rows: map[List][]Row{*l: {{Line: 2, Cells: whole}}}}
		return nil
	}
	l := e.List
	if line == "+ on the other list" {
		e.Book.Rows[3-l] = []Row{{Line: 2, Cells: whole}}
		return nil
	}
	rows := e.Book.Rows[l]
	if line == "+" {
		next := Row{Line: len(rows) + 2, Cells: whole}
		next.Cells[uniqueID], next.Cells[upn] = "A2", "A123456789013"
		e.Book.Rows[l] = append(rows, next)
		return nil
	}
	for i := range Columns {
		if value, ok := strings.CutPrefix(line, Columns[i].Title+":"); ok {
			rows[len(rows)-1].Cells[i] = strings.TrimSpace(value)
			return nil
		}
	}
	return fmt.Errorf("%q is no column", line)
}
