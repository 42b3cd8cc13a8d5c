package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"weald/domain/plan"
)

// planCheckCommand checks plans in files.
type planCheckCommand struct {
	JSON  bool     `name:"json" help:"Print as JSON."`
	Files []string `arg:"" name:"file" help:"Plans in JSON (docs/plan.schema.json); - is standard input."`
}

// Run implements the command. Its exit status is 0 when nothing is found, 1 when
// something is, and 2 when a file is not a plan.
func (c *planCheckCommand) Run() error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	status := exit(0)
	all := []jsonPlan{}
	for _, file := range c.Files {
		text, err := planText(file)
		if err != nil {
			return err
		}
		p, err := plan.Read(text, plan.Templates)
		if err != nil {
			fmt.Fprintf(os.Stderr, "weald: %s is not a plan as Weald reads them:\n%v\n", file, err)
			status = 2
			continue
		}
		found := plan.Check(p, plan.DefaultMeasure)
		if len(found) > 0 && status == 0 {
			status = 1
		}
		if c.JSON {
			all = append(all, foundJSON(file, found))
		} else {
			writeFindings(out, file, p, found)
		}
	}
	if c.JSON {
		if err := printJSON(out, all); err != nil {
			return err
		}
	}
	if status != 0 {
		return status
	}
	return nil
}

func planText(file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, plan.MostBytes+1))
	}
	return os.ReadFile(file)
}

func writeFindings(out io.Writer, file string, p *plan.Plan, all []plan.Finding) {
	gates := len(plan.Gates(all, plan.Final))
	switch {
	case len(all) == 0:
		fmt.Fprintf(out, "%s: %d lines, nothing found. Whether provision is enough, and lawful, is for people.\n", file, p.Count())
		return
	case gates > 0:
		fmt.Fprintf(out, "%s: %d lines, %d findings. %d of them keep it from being issued as final.\n", file, p.Count(), len(all), gates)
	default:
		fmt.Fprintf(out, "%s: %d lines, %d findings, none of which keeps it from being issued as final.\n", file, p.Count(), len(all))
	}
	for i := range all {
		f := &all[i]
		mark := ""
		if f.Question.Gate {
			mark = " [gate]"
		}
		fmt.Fprintf(out, "\n%s: %s%s\n", f.Where(), f.Question.ID, mark)
		if f.Words != "" {
			fmt.Fprintf(out, "    at %d: “%s”\n", f.From, f.Words)
		}
		fmt.Fprintf(out, "    %s\n    %s\n    %s\n", f.What, f.Better, f.Question.Standing())
	}
}

// jsonPlan is what is found in a plan as --json prints it.
type jsonPlan struct {
	File     string        `json:"file"`
	Gates    int           `json:"gates"`
	Findings []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	Question   string `json:"question"`
	Asks       string `json:"asks"`
	Audit      int    `json:"audit,omitempty"`
	Gate       bool   `json:"gate"`
	Law        bool   `json:"law"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"`
	Section    string `json:"section,omitempty"`
	Line       string `json:"line,omitempty"`
	Field      string `json:"field,omitempty"`
	From       int    `json:"from"`
	To         int    `json:"to"`
	Words      string `json:"words,omitempty"`
	What       string `json:"what"`
	Better     string `json:"better"`
}

func foundJSON(file string, all []plan.Finding) jsonPlan {
	j := jsonPlan{File: file, Gates: len(plan.Gates(all, plan.Final)), Findings: []jsonFinding{}}
	for i := range all {
		f, q := &all[i], all[i].Question
		j.Findings = append(j.Findings, jsonFinding{q.ID, q.Duty, q.Audit, q.Gate, q.Force.Binding(), q.Standing(), string(q.Confidence),
			f.Section, f.Line, f.Field, f.From, f.To, f.Words, f.What, f.Better})
	}
	return j
}

// planQuestionsCommand lists what is asked of plans.
type planQuestionsCommand struct{}

// Run implements the command.
func (c *planQuestionsCommand) Run() error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, q := range plan.Questions {
		kind := ""
		if q.Gate {
			kind = " [gate: a final plan cannot be issued while it finds anything]"
		}
		fmt.Fprintf(out, "%s%s\n    %s\n    %s. %s.\n", q.ID, kind, q.Duty, q.Standing(), strings.TrimSuffix(q.Confidence.Words(), "."))
		if q.Note != "" {
			fmt.Fprintf(out, "    %s\n", q.Note)
		}
	}
	return nil
}

// planExampleCommand prints a plan to learn the form from.
type planExampleCommand struct{}

// Run implements the command.
func (c *planExampleCommand) Run() error {
	_, err := os.Stdout.Write(plan.ExampleJSON)
	return err
}
