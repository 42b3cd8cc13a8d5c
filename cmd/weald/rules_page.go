package main

import (
	"fmt"
	"io"
	"strings"

	"weald/domain/casework"
	"weald/law"
)

// writeRulesPage writes docs/rules.md.
func writeRulesPage(w io.Writer) {
	fmt.Fprint(w, `# Rules

<!-- Made by "weald rules --markdown". Do not edit: change the rule and run "make docs". -->

What Weald takes the law to be: every duty, floor and right that its clock counts,
where each comes from, and how surely its source was read. It is not legal advice.

* "In short" gives the sense of the law in our words. It is not a quotation; follow the source for the text.
* Only Acts, regulations, Tribunal rules and directions, and judgments can be breached. Guidance, policy and local targets are marked "not law" and are never counted as breaches.
* Each rule's worked examples are folded under it, as case files. The tests run them. `+"`weald rules B06`"+` prints a rule with its examples and the reasons for each day.
* [case-file.md](case-file.md) describes how cases are written.

`)
	groups := casework.Sections()
	fmt.Fprint(w, "## Contents\n\n")
	for _, g := range groups {
		fmt.Fprintf(w, "* [%s](#%s)\n", g.Name, anchor(g.Name))
	}
	fmt.Fprint(w, "* [Choices](#choices)\n* [Processes](#processes)\n\n")
	for _, g := range groups {
		fmt.Fprintf(w, "## %s\n\n| Code | Rule | Time | Force | Source |\n|---|---|---|---|---|\n", g.Name)
		for _, r := range g.Rules {
			fmt.Fprintf(w, "| %s | [%s](#%s) | %s | %s | %s |\n", r.Code, r.ID, anchor(r.Code+" "+r.ID), r.Limit, r.Force.Words(), cell(r.Source.String()))
		}
		fmt.Fprintln(w)
		for _, r := range g.Rules {
			fmt.Fprintf(w, "### %s %s\n\n%s\n\n", r.Code, r.ID, r.Duty)
			for _, f := range facts(r) {
				fmt.Fprintf(w, "* **%s**: %s\n", f.name, f.text)
			}
			fmt.Fprintln(w)
			writeExamples(w, r)
		}
	}
	fmt.Fprint(w, "## Choices\n\nPoints on which the law is silent or sources differ. A local area that decides otherwise sets the environment variable `WEALD_CHOICES`, as in `draft-days=working,waiver=refused`.\n\n| # | Choice | Issue | Options | Why |\n|---|---|---|---|---|\n")
	for i, c := range casework.Choices {
		var options []string
		for j, o := range c.Options {
			options = append(options, "`"+o.ID+"`: "+o.Words+optionNote(&c, j))
		}
		fmt.Fprintf(w, "| %d | `%s` | %s | %s | %s |\n", i+1, c.ID, cell(c.Issue), cell(strings.Join(options, "; ")), cell(c.Reason))
	}
	fmt.Fprint(w, "\n## Processes\n\nSeveral run at once for one child. An arrow is marked with the events that may take a process along it. Three states come with time and have no arrow: deciding whether to make a plan, once all advice is in or its time has passed; and a refusal closed, or a dispute out of time, once the time to appeal is over.\n")
	for _, p := range casework.Processes {
		fmt.Fprintf(w, "\n### %s\n\n%s.\n\n```mermaid\n%s```\n", p.Label, p.Source, p.Diagram())
	}
}

// writeExamples writes a rule's worked examples, folded away.
func writeExamples(w io.Writer, r *law.Rule) {
	examples, err := casework.Examples(r)
	if err != nil {
		return // none is filed; a test asks for them
	}
	fmt.Fprintf(w, "<details><summary>Worked examples (%d)</summary>\n\n```\n", len(examples))
	for i, x := range examples {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprint(w, x.Text())
	}
	fmt.Fprint(w, "```\n\n</details>\n\n")
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// anchor is the name that a heading gets as the target of a link.
func anchor(heading string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r == ' ':
			return '-'
		}
		return -1
	}
	return strings.Map(keep, heading)
}
