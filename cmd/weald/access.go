package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"weald/domain/access"
)

// accessCommand prints who may see and do what.
type accessCommand struct{}

// Run implements the command.
func (c *accessCommand) Run() error {
	writeAccessPage(os.Stdout)
	return nil
}

// writeAccessPage writes docs/access.md.
func writeAccessPage(w io.Writer) {
	fmt.Fprint(w, `# Who may see and do what

<!-- Made by "weald access". Do not edit: change domain/access and run "make docs". -->

The policy itself: the service decides by these rows and nothing else. What no row
grants may not be done. A person acts in one capacity at a time. Which address
opens to whom is in internal/web/doors.txt, where a test tries each as everybody.

## What is granted

| What | Who | With which children | For what |
|---|---|---|---|
`)
	for _, rule := range access.Policy {
		for _, g := range rule.Grants {
			var who, with []string
			for _, r := range g.Roles {
				who = append(who, r.Label())
			}
			for _, r := range g.Relation {
				for _, row := range access.RelationWords {
					if row.Relation == r {
						with = append(with, row.Words)
					}
				}
			}
			fmt.Fprintf(w, "| %s (`%s`) | %s | %s | %s |\n", rule.Words, rule.Permission, strings.Join(who, ", "), cell(strings.Join(with, " Or: ")), g.Purpose.Words())
		}
	}
	fmt.Fprint(w, "\n## What takes it away again\n\n| When | From whom |\n|---|---|\n")
	for _, b := range access.Bars {
		fmt.Fprintf(w, "| %s | %s |\n", b.Words, b.Whom)
	}
	fmt.Fprint(w, "\n## Where that comes from\n\n| What somebody is to a child | Source |\n|---|---|\n")
	for _, row := range access.RelationWords {
		if row.Source != "" {
			fmt.Fprintf(w, "| %s | %s |\n", row.Words, row.Source)
		}
	}
}
