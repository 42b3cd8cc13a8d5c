package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"weald/domain/sen2"
)

// sen2NotCoveredCommand prints what is not known of the return.
type sen2NotCoveredCommand struct {
	Markdown bool `help:"Print as docs/sen2-not-covered.md."`
}

// Run implements the command.
func (c *sen2NotCoveredCommand) Run() error {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if c.Markdown {
		writeNotCoveredPage(out)
		return nil
	}
	for _, g := range sen2.NotCovered() {
		fmt.Fprintf(out, "%s\n  %s\n  Where to obtain it: %s\n\n", g.Title, g.Why, g.Where)
	}
	return nil
}

// writeNotCoveredPage writes docs/sen2-not-covered.md, which a test compares.
func writeNotCoveredPage(out io.Writer) {
	fmt.Fprint(out, `# What Weald does not know of the SEN2 return

<!-- Made by "weald sen2 not-covered --markdown". Do not edit: change domain/sen2/not-covered.txt and the years' files, and run "make docs". -->

Nothing below is checked or guessed. Before a council submits, a person should read the specification itself.

`)
	for _, g := range sen2.NotCovered() {
		fmt.Fprintf(out, "* **%s.** %s Where to obtain it: %s\n", g.Title, g.Why, g.Where)
	}
	fmt.Fprint(out, "\n## Year by year\n\n| Return | Census day | Deadline | What changed, as far as is known | Read in |\n|---|---|---|---|---|\n")
	for _, y := range sen2.Years() {
		fmt.Fprintf(out, "| %d | %s | %s | %s | %s |\n", y.Year, y.Census.Words(), y.DeadlineWords(), y.ChangedWords(), y.Read)
	}
}
