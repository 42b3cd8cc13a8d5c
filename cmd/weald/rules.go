package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"weald/calendar"
	"weald/domain/casework"
	"weald/law"
)

// rulesCommand shows what Weald takes the law to be.
type rulesCommand struct {
	JSON     bool   `name:"json" help:"Print as JSON." xor:"form"`
	Markdown bool   `help:"Print every rule, choice, kind of event and process as docs/rules.md." xor:"form"`
	Choices  string `help:"Choices of the local area, as in draft-days=working." env:"WEALD_CHOICES"`
	Name     string `arg:"" optional:"" help:"A rule's code or id (B06, issue-final-plan), or: choices, kinds. Without one, a list."`
}

// Run implements the command.
func (c *rulesCommand) Run() error {
	practice := casework.DefaultPractice()
	if err := practice.Choose(c.Choices); err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch {
	case c.Markdown && c.Name != "":
		return fmt.Errorf("--markdown prints everything: leave out %q", c.Name)
	case c.Markdown:
		writeRulesPage(out)
		return nil
	case c.Name == "choices":
		return c.choices(out, practice)
	case c.Name == "kinds":
		return c.kinds(out)
	case c.Name == "":
		return c.list(out, casework.Catalogue)
	}
	rules := casework.RulesNamed(c.Name)
	if rules == nil {
		return fmt.Errorf("%q is not a rule: %s", c.Name, casework.SuggestRule(c.Name))
	}
	if c.JSON {
		return printJSON(out, jsonRules(rules))
	}
	for i, r := range rules {
		if i > 0 {
			fmt.Fprintln(out)
		}
		if err := writeRule(out, r, practice); err != nil {
			return err
		}
	}
	return nil
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// jsonRule is a rule as --json prints it.
type jsonRule struct {
	Rule       string          `json:"rule"`
	ID         string          `json:"id"`
	Duty       string          `json:"duty"`
	Family     string          `json:"family"`
	Owner      string          `json:"owner"`
	Nature     string          `json:"nature"`
	Limit      string          `json:"limit"`
	Force      string          `json:"force"`
	Binding    bool            `json:"binding"`
	Source     string          `json:"source"`
	URL        string          `json:"url"`
	Words      string          `json:"words"`
	Exceptions []jsonException `json:"exceptions"`
	See        []string        `json:"see"`
	Note       string          `json:"note"`
	Confidence string          `json:"confidence"`
	From       calendar.Date   `json:"in_force_from"`
	To         calendar.Date   `json:"in_force_to"`
	Checked    calendar.Date   `json:"last_checked"`
	Starts     []string        `json:"starts"`
	Meets      []string        `json:"meets"`
	Ends       []string        `json:"ends"`
}

type jsonException struct {
	Ground string `json:"ground"`
	Words  string `json:"words"`
	Source string `json:"source"`
}

func jsonRules(rules []*law.Rule) []jsonRule {
	all := []jsonRule{}
	for _, r := range rules {
		works := casework.WorkingsOf(r)
		j := jsonRule{
			Rule: r.Code, ID: r.ID, Duty: r.Duty, Family: r.Family, Owner: string(r.Owner), Nature: string(r.Nature), Limit: r.Limit.String(),
			Force: string(r.Force), Binding: r.Force.Binding(), Source: r.Source.String(), URL: url(r.Source), Words: r.Words, Note: r.Note,
			Confidence: string(r.Confidence), From: r.InForce.First, To: r.InForce.Last, Checked: r.Checked,
			Exceptions: []jsonException{}, See: []string{}, Starts: orNone(works.Starts), Meets: orNone(works.Meets), Ends: orNone(works.Ends),
		}
		for _, x := range r.Exceptions {
			j.Exceptions = append(j.Exceptions, jsonException{x.Ground, x.Words, x.Source.String()})
		}
		for _, s := range r.See {
			j.See = append(j.See, s.String())
		}
		all = append(all, j)
	}
	return all
}

func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func url(c law.Citation) string {
	if c.Work == nil {
		return ""
	}
	return c.Work.URL
}

func (c *rulesCommand) list(out io.Writer, rules []*law.Rule) error {
	if c.JSON {
		return printJSON(out, jsonRules(rules))
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, r := range rules {
		source := r.Source.String()
		if source == "" {
			source = "none"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.Code, r.ID, r.Limit, r.Force.Words(), source)
	}
	return w.Flush()
}

// writeRule prints one rule with its worked examples and what the clock makes of
// them.
func writeRule(out io.Writer, r *law.Rule, practice *casework.Practice) error {
	fmt.Fprintf(out, "%s %s\n%s\n\n", r.Code, r.ID, r.Duty)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, f := range facts(r) {
		fmt.Fprintf(w, "%s:\t%s\n", f.name, f.text)
	}
	if versions := versionsOf(r); len(versions) > 1 {
		for _, v := range versions {
			fmt.Fprintf(w, "Version:\t%s, %s\n", v.InForce, v.Limit)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	examples, err := casework.Examples(r)
	if err != nil {
		fmt.Fprintf(out, "\nNo worked examples are filed under %s.\n", r.ID)
		return nil
	}
	fmt.Fprintln(out, "\nWorked examples")
	clock := casework.NewClock(practice)
	for _, x := range examples {
		fmt.Fprintf(out, "\n= %s\n%s", x.Title, x.Case.Text())
		fmt.Fprintf(out, "today %s\n", x.Today)
		reading := clock.Read(&x.Case, x.Today)
		said := 0
		for i := range reading.Duties {
			if d := &reading.Duties[i]; d.Rule == r {
				said++
				fmt.Fprintf(out, "> %s\n  %s\n", d.Line(), d.Why(practice))
			}
		}
		for _, no := range reading.Refused {
			fmt.Fprintf(out, "refused: %s\n  %s\n", no.Event.String(), no.Why)
		}
		if said == 0 {
			fmt.Fprintf(out, "%s does not run.\n", r.Code)
		}
	}
	return nil
}

func versionsOf(r *law.Rule) (all []*law.Rule) {
	for _, v := range casework.Catalogue {
		if v.ID == r.ID {
			all = append(all, v)
		}
	}
	return all
}

type fact struct{ name, text string }

// facts is what a reader is told of a rule, in the order in which they need it.
// The words of the law are given in short and never as a quotation.
func facts(r *law.Rule) (all []fact) {
	add := func(name, text string) {
		if text != "" {
			all = append(all, fact{name, text})
		}
	}
	add("Time", r.Limit.String())
	add("Who", string(r.Owner))
	add("What it is", natureWords(r.Nature))
	add("Force", r.Force.Words())
	if !r.Source.IsZero() {
		add("Source", r.Source.String()+" <"+url(r.Source)+">")
	}
	add("In short", r.Words)
	add("For families", r.Family)
	works := casework.WorkingsOf(r)
	add("Starts with", strings.Join(works.Starts, ", or "))
	add("Met by", strings.Join(works.Meets, ", or "))
	add("Falls away with", strings.Join(works.Ends, ", or "))
	for _, x := range r.Exceptions {
		add("Exception", x.Ground+": "+x.Words+" ("+x.Source.String()+")")
	}
	if r.Nature == law.Deadline && r.Exceptions == nil && r.Force.Binding() {
		add("Exception", "none found")
	}
	add("Note", r.Note)
	for _, s := range r.See {
		add("See also", s.String())
	}
	add("Confidence", r.Confidence.Words())
	add("In force", r.InForce.String())
	checked := "not yet compared with the source"
	if !r.Checked.IsZero() {
		checked = r.Checked.Words()
	}
	add("Last checked", checked)
	return all
}

func natureWords(n law.Nature) string {
	switch n {
	case law.Floor:
		return "a floor: time that must be given; the day shown is the first on which the next step is lawful"
	case law.Right:
		return "a right: somebody may act until the last day"
	case law.Continuing:
		return "a duty that starts on a day and goes on"
	default:
		return "a deadline: it must be done by the last day"
	}
}

type jsonChoice struct {
	ID      string            `json:"id"`
	Issue   string            `json:"issue"`
	Reason  string            `json:"reason"`
	Default string            `json:"default"`
	Chosen  string            `json:"chosen"`
	Fixed   bool              `json:"fixed"`
	Options map[string]string `json:"options"`
}

func (c *rulesCommand) choices(out io.Writer, practice *casework.Practice) error {
	if c.JSON {
		var all []jsonChoice
		for i, choice := range casework.Choices {
			j := jsonChoice{choice.ID, choice.Issue, choice.Reason, choice.Options[0].ID, practice.Chosen(i).ID, choice.Fixed(), map[string]string{}}
			for _, o := range choice.Options {
				j.Options[o.ID] = o.Words
			}
			all = append(all, j)
		}
		return printJSON(out, all)
	}
	fmt.Fprintln(out, "Points on which the law is silent or sources differ, and how they are decided. A local\narea decides otherwise with the environment variable WEALD_CHOICES or with --choices:\n\n    WEALD_CHOICES=draft-days=working,waiver=refused weald clock case.txt")
	for i, choice := range casework.Choices {
		fmt.Fprintf(out, "\n%d. %s\n   %s\n   %s\n", i+1, choice.ID, choice.Issue, choice.Reason)
		for j, o := range choice.Options {
			mark := "  "
			if practice.Chosen(i) == o {
				mark = "* "
			}
			fmt.Fprintf(out, "   %s%s: %s%s\n", mark, o.ID, o.Words, optionNote(&choice, j))
		}
	}
	return nil
}

func optionNote(c *casework.Choice, i int) string {
	switch {
	case c.Fixed():
		return " (settled)"
	case i == 0:
		return " (default)"
	}
	return ""
}

type jsonKind struct {
	Kind       string          `json:"kind"`
	Group      string          `json:"group"`
	Label      string          `json:"label"`
	Family     string          `json:"family"`
	Attributes []jsonAttribute `json:"attributes"`
}

type jsonAttribute struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Holds    string   `json:"holds"`
	Values   []string `json:"values,omitempty"`
	Required bool     `json:"required"`
}

func (c *rulesCommand) kinds(out io.Writer) error {
	if c.JSON {
		var all []jsonKind
		for _, k := range casework.Kinds() {
			j := jsonKind{k.String(), string(k.Group()), k.Label(), k.Family(), []jsonAttribute{}}
			for _, a := range k.Attributes() {
				one := jsonAttribute{Name: a.Name, Label: a.Label, Holds: holds(a), Required: a.Required}
				for _, v := range a.Values {
					one.Values = append(one.Values, v.String())
				}
				j.Attributes = append(j.Attributes, one)
			}
			all = append(all, j)
		}
		return printJSON(out, all)
	}
	for i, g := range casework.Groups() {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, g)
		for _, k := range casework.Kinds() {
			if k.Group() == g {
				fmt.Fprintf(out, "  %s\n      %s\n", kindLine(k), k.Label())
			}
		}
	}
	return nil
}

func holds(a casework.Attribute) string {
	switch {
	case a.IsDate():
		return "date"
	case a.IsRule():
		return "rule"
	case a.IsIssues():
		return "issues"
	case a.Values != nil:
		return "word"
	default:
		return "name"
	}
}

// kindLine writes a kind with its attributes as a case file has them; those in
// brackets may be left out.
func kindLine(k casework.Kind) string {
	line := k.String()
	for _, a := range k.Attributes() {
		var what string
		switch holds(a) {
		case "date":
			what = "DATE"
		case "rule":
			what = "RULE"
		case "issues":
			what = "education,social-care,health"
		case "name":
			what = "NAME"
		default:
			var words []string
			for _, v := range a.Values {
				words = append(words, v.String())
			}
			what = strings.Join(words, "/")
		}
		if text := a.Name + "=" + what; a.Required {
			line += " " + text
		} else {
			line += " [" + text + "]"
		}
	}
	return line
}
