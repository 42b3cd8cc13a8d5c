package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"weald/domain/sen2"
)

// sen2CheckCommand checks a return.
type sen2CheckCommand struct {
	JSON      bool               `name:"json" help:"Print each finding as a line of JSON, and what was counted as the last."`
	Year      int                `help:"The census year being prepared; without it, the header's."`
	LA        string             `name:"la" help:"The council's own three-digit number; without it, the header's." placeholder:"NUMBER"`
	Settings  string             `help:"The register of settings, in CSV, from “Get information about schools”. Without it, checks that need it are not run." placeholder:"FILE"`
	LastYear  string             `help:"Last year's return, in XML, to compare counts with." placeholder:"FILE"`
	Tolerance map[string]float64 `help:"How much a check lets pass, as in S-040=15." placeholder:"CHECK=NUMBER"`
	AllowS    bool               `name:"allow-s" help:"Allow assessment outcome S, which one supplier writes."`
	First     int                `help:"How many findings of each check to print." default:"5"`
	File      string             `arg:"" help:"A SEN2 return, in XML; - reads it from standard input."`
}

// Run implements the command. The exit status is 0 when there is no error, 1 when
// there is one, and 2 when the file cannot be read.
func (c *sen2CheckCommand) Run() error {
	errorsFound, err := c.run(os.Stdin, os.Stdout)
	switch {
	case err != nil:
		fmt.Fprintf(os.Stderr, "%s: %v\n", c.File, err)
		return exit(2)
	case errorsFound > 0:
		return exit(1)
	}
	return nil
}

// run checks the file and prints what is found. It returns how many errors there
// are.
func (c *sen2CheckCommand) run(stdin io.Reader, stdout io.Writer) (int, error) {
	options, err := c.options()
	if err != nil {
		return 0, err
	}
	in := stdin
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		in = file
	}
	out := bufio.NewWriter(stdout)
	defer out.Flush()
	if c.JSON {
		return c.lines(in, out, options)
	}
	first := map[string][]sen2.Finding{}
	report, err := sen2.CheckFile(in, options, func(f sen2.Finding) {
		if len(first[f.Check]) < c.First {
			first[f.Check] = append(first[f.Check], f)
		}
	})
	c.print(out, report, first)
	return report.Errors, err
}

func (c *sen2CheckCommand) options() (o sen2.Options, err error) {
	o = sen2.Options{Year: c.Year, LA: c.LA, Tolerances: c.Tolerance, AllowS: c.AllowS}
	for code := range c.Tolerance {
		if check := sen2.CheckNamed(code); check == nil || check.Tolerance == nil {
			return o, fmt.Errorf("%q is no check with a tolerance", code)
		}
	}
	if c.Year != 0 && sen2.InYear(c.Year) == nil {
		return o, fmt.Errorf("nothing is known of the %d return", c.Year)
	}
	if c.Settings != "" {
		file, err := os.Open(c.Settings)
		if err != nil {
			return o, err
		}
		defer file.Close()
		if o.Settings, err = sen2.ReadRegister(file); err != nil {
			return o, err
		}
	}
	if c.LastYear != "" {
		file, err := os.Open(c.LastYear)
		if err != nil {
			return o, err
		}
		defer file.Close()
		last, err := sen2.CheckFile(file, sen2.Options{}, func(sen2.Finding) {})
		if err != nil {
			return o, fmt.Errorf("%s: %w", c.LastYear, err)
		}
		o.LastYear = &last.Counts
	}
	return o, nil
}

// print writes the findings for a reader, grouped by check: errors first, and of
// those the most frequent.
func (c *sen2CheckCommand) print(out io.Writer, report *sen2.Report, first map[string][]sen2.Finding) {
	h := report.Header
	fmt.Fprintf(out, "%s: the %d return of local authority %s, %d %s. Each check is a %s.\n", c.File, h.Year, h.LEA, report.People, plural(report.People, "person", "people"), sen2.Local)
	rank := map[sen2.Severity]int{sen2.Fault: 0, sen2.Query: 1, sen2.Note: 2}
	codes := make([]string, 0, len(report.Found))
	for code := range report.Found {
		codes = append(codes, code)
	}
	worst := func(code string) int {
		w := len(rank)
		for _, f := range first[code] {
			w = min(w, rank[f.Severity])
		}
		return w
	}
	slices.SortFunc(codes, func(a, b string) int {
		if x := worst(a) - worst(b); x != 0 {
			return x
		}
		if x := report.Found[b] - report.Found[a]; x != 0 {
			return x
		}
		return strings.Compare(a, b)
	})
	for _, code := range codes {
		check, n := sen2.CheckNamed(code), report.Found[code]
		fmt.Fprintf(out, "\n%s, %d %s: %s\n", code, n, plural(n, "time", "times"), check.Words)
		for _, f := range first[code] {
			fmt.Fprintf(out, "  %s\n", findingLine(f))
		}
		if more := n - len(first[code]); more > 0 && len(first[code]) > 0 {
			fmt.Fprintf(out, "  and %d more\n", more)
		}
	}
	fmt.Fprintln(out)
	for _, n := range report.NotRun {
		fmt.Fprintf(out, "Not run: %s, because %s.\n", n.Check.Code, n.Because)
	}
	fmt.Fprintf(out, "%d %s, %d %s, %d %s.\n", report.Errors, plural(report.Errors, "error", "errors"),
		report.Query, plural(report.Query, "query", "queries"), report.Notes, plural(report.Notes, "note", "notes"))
}

// findingLine says where a finding is and what it is.
func findingLine(f sen2.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "line %d", f.Line)
	if f.Column > 0 {
		fmt.Fprintf(&b, ":%d", f.Column)
	}
	if f.Person > 0 {
		fmt.Fprintf(&b, ", person %d", f.Person)
	}
	fmt.Fprintf(&b, ", %s: %s: %s", f.Item, f.Severity, f.What)
	return b.String()
}

// A findingJSON is a finding as --json prints it.
type findingJSON struct {
	Check    string        `json:"check"`
	Severity sen2.Severity `json:"severity"`
	Line     int           `json:"line"`
	Column   int           `json:"column,omitempty"`
	Person   int           `json:"person,omitempty"`
	Request  int           `json:"request,omitempty"`
	Index    int           `json:"index,omitempty"`
	Element  string        `json:"element,omitempty"`
	Item     string        `json:"item"`
	What     string        `json:"what"`
}

// lines writes every finding as it is made.
func (c *sen2CheckCommand) lines(in io.Reader, out io.Writer, o sen2.Options) (int, error) {
	write := json.NewEncoder(out)
	write.SetEscapeHTML(false)
	var broken error
	report, err := sen2.CheckFile(in, o, func(f sen2.Finding) {
		if broken == nil {
			broken = write.Encode(findingJSON(f))
		}
	})
	if err != nil {
		var syntax *sen2.SyntaxError
		if errors.As(err, &syntax) {
			broken = errors.Join(broken, write.Encode(map[string]any{"unreadable": syntax.What, "line": syntax.Line, "column": syntax.Column}))
		}
		return report.Errors, errors.Join(err, broken)
	}
	notRun := map[string]string{}
	for _, n := range report.NotRun {
		notRun[n.Check.Code] = n.Because
	}
	return report.Errors, errors.Join(broken, write.Encode(map[string]any{
		"year": report.Header.Year, "authority": report.Header.LEA, "people": report.People, "found": report.Found,
		"errors": report.Errors, "queries": report.Query, "notes": report.Notes, "notRun": notRun, "words": sen2.Local,
	}))
}
