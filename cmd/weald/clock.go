package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"weald/calendar"
	"weald/domain/casework"
	"weald/law"
)

// clockCommand reads a case file. Its exit status is 0 when every expectation
// holds, 1 when one does not, and 2 when the file cannot be read.
type clockCommand struct {
	Today dateFlag `help:"The day on which to look, instead of the file's own." placeholder:"DATE"`
	JSON  bool     `name:"json" help:"Print an array of cases."`
	practiceFlags
	File string `arg:"" optional:"" help:"A case file, or - for standard input. Without one, the worked examples that come with Weald."`
}

// A dateFlag is a date given on the command line.
type dateFlag struct{ calendar.Date }

// jsonCase and jsonDuty are what --json prints.
type jsonCase struct {
	Title   string            `json:"title"`
	Today   calendar.Date     `json:"today"`
	State   map[string]string `json:"state"`
	Duties  []jsonDuty        `json:"duties"`
	Rights  []jsonRight       `json:"rights"`
	Refused []jsonRefused     `json:"refused,omitempty"`
}

type jsonDuty struct {
	Rule     string      `json:"rule"`
	ID       string      `json:"id"`
	Of       string      `json:"of,omitempty"`
	Status   string      `json:"status"`
	Due      string      `json:"due"`
	Warn     string      `json:"warn,omitempty"`
	DoneOn   string      `json:"done_on"`
	DaysLate int         `json:"days_late"`
	Owner    string      `json:"owner"`
	Nature   string      `json:"nature"`
	Force    string      `json:"force"`
	Source   string      `json:"source"`
	Words    string      `json:"words"`
	Why      string      `json:"why"`
	Rights   []jsonRight `json:"rights"`
}

type jsonRight struct {
	Provision   string `json:"provision"`
	Against     string `json:"against"`
	Holder      string `json:"holder"`
	DecidedOn   string `json:"decided_on"`
	LastDay     string `json:"last_day"`
	Certificate bool   `json:"certificate_needed"`
}

type jsonRefused struct {
	Line   int    `json:"line"`
	Event  string `json:"event"`
	Why    string `json:"why"`
	Source string `json:"source,omitempty"`
}

// Run implements the command.
func (c *clockCommand) Run() error {
	practice, err := c.practice()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	run := clockRun{clockCommand: c, clock: casework.NewClock(practice), out: out, log: os.Stderr}
	files, names := map[string]string{}, []string{c.File}
	switch c.File {
	case "":
		files, names = casework.ExampleFiles()
	case "-":
		text, err := io.ReadAll(os.Stdin)
		if err != nil {
			return fmt.Errorf("reading standard input: %w", err)
		}
		files[c.File] = string(text)
	default:
		text, err := os.ReadFile(c.File)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return exit(2)
		}
		files[c.File] = string(text)
	}
	for _, name := range names {
		run.file(name, files[name])
	}
	run.finish(len(names))
	if err := out.Flush(); err != nil {
		return err
	}
	if run.status != 0 {
		return run.status
	}
	return nil
}

type clockRun struct {
	*clockCommand
	clock  *casework.Clock
	out    *bufio.Writer
	log    io.Writer
	status exit

	cases                    []jsonCase
	read, wants, unmet, many int
	owed, shut               int
}

func (r *clockRun) file(name, text string) {
	examples, err := casework.ReadCaseFile(name, text)
	if err != nil {
		fmt.Fprintln(r.log, err)
		r.status = 2
		return
	}
	for _, x := range examples {
		today := x.Today
		if !r.Today.IsZero() {
			today = r.Today.Date
		}
		reading := r.clock.Read(&x.Case, today)
		r.print(x, &reading, len(examples) > 1 || r.File == "")
		for _, no := range reading.Refused {
			fmt.Fprintf(r.log, "%s:%d: refused: %v\n", name, x.LineOf(no.Index), no.Why)
		}
		for i := range x.Wants {
			r.wants++
			if why := x.Wants[i].Unmet(reading.Duties); why != "" {
				r.unmet++
				r.status = max(r.status, 1)
				fmt.Fprintf(r.log, "%s:%d: %s: %s\n", name, x.Wants[i].Line, x.Title, why)
			}
		}
		r.read++
	}
}

func (r *clockRun) print(x *casework.Example, reading *casework.Reading, titled bool) {
	for i := range reading.Duties {
		d := &reading.Duties[i]
		r.many++
		if d.Status == casework.Overdue && d.Rule.Nature == law.Right {
			r.shut++
		} else if d.Status == casework.Overdue {
			r.owed++
		}
	}
	if r.JSON {
		r.cases = append(r.cases, r.jsonCase(x, reading))
		return
	}
	if titled && x.Title != "" {
		fmt.Fprintf(r.out, "= %s\n", x.Title)
	}
	for i := range reading.Duties {
		fmt.Fprintln(r.out, reading.Duties[i].Line())
	}
}

func (r *clockRun) jsonCase(x *casework.Example, reading *casework.Reading) jsonCase {
	j := jsonCase{Title: x.Title, Today: reading.Today, State: map[string]string{}, Duties: []jsonDuty{}, Rights: jsonRights(reading.Rights)}
	for i, s := range reading.States() {
		j.State[casework.Processes[i].Name] = s.String()
	}
	for i := range reading.Duties {
		d := &reading.Duties[i]
		j.Duties = append(j.Duties, jsonDuty{
			Rule: d.Rule.Code, ID: d.Rule.ID, Of: d.Of, Status: d.Status.String(), Due: d.Due.String(), Warn: d.Warn.String(),
			DoneOn: d.Done.String(), DaysLate: d.Late, Owner: string(d.Rule.Owner), Nature: string(d.Rule.Nature), Force: string(d.Rule.Force),
			Source: d.Rule.Source.String(), Words: d.Rule.Words, Why: d.Why(r.clock.Practice), Rights: jsonRights(reading.RightsFrom(d)),
		})
	}
	for _, no := range reading.Refused {
		j.Refused = append(j.Refused, jsonRefused{x.LineOf(no.Index), no.Event.String(), no.Why.Because, no.Why.Source.String()})
	}
	return j
}

func jsonRights(rights []casework.Right) []jsonRight {
	all := []jsonRight{}
	for _, a := range rights {
		all = append(all, jsonRight{a.Ground.String(), a.Ground.Words(), a.Holder, a.Decided.String(), a.LastDay.String(), a.Certificate})
	}
	return all
}

// finish prints the JSON array, and for people a sentence on standard error.
func (r *clockRun) finish(files int) {
	if r.JSON {
		enc := json.NewEncoder(r.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		if r.cases == nil {
			r.cases = []jsonCase{}
		}
		if err := enc.Encode(r.cases); err != nil {
			fmt.Fprintln(r.log, err)
			r.status = 2
		}
	}
	if r.status == 2 {
		return
	}
	fmt.Fprintf(r.log, "%d %s, %d %s: %d overdue, and %d rights whose time has passed. %d of %d expectations hold.\n",
		r.read, plural(r.read, "case", "cases"), r.many, plural(r.many, "duty", "duties"), r.owed, r.shut, r.wants-r.unmet, r.wants)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
