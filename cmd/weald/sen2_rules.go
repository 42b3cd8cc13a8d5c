package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"weald/domain/sen2"
	"weald/internal/sheet"
)

// sen2RulesCommand shows which of the department's own rules local checks cover.
type sen2RulesCommand struct {
	Answers string `help:"A file that says which checks cover which rule: RULE = S-033 S-035, or RULE = none, a line each, with notes after #." placeholder:"FILE"`
	Ask     bool   `help:"Print such a file, with what is proposed, to be mended by a person."`
	JSON    bool   `name:"json" help:"Print as JSON."`
	File    string `arg:"" help:"The department's spreadsheet of rules (ODS, XLSX or CSV), which you have downloaded."`
}

// Run implements the command. A file that cannot be read gives exit status 2.
func (c *sen2RulesCommand) Run() error {
	lists, err := c.read()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", c.File, err)
		return exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch {
	case c.JSON:
		return json.NewEncoder(out).Encode(lists)
	case c.Ask:
		ask(out, lists)
	default:
		showRules(out, lists)
	}
	return nil
}

// read reads every sheet that holds a list of rules.
func (c *sen2RulesCommand) read() ([]*sen2.OfficialRules, error) {
	file, err := os.Open(c.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	tables, err := sheet.Read(c.File, file, info.Size())
	if err != nil {
		return nil, err
	}
	var lists []*sen2.OfficialRules
	var none []error
	for _, t := range tables {
		list, err := sen2.ReadOfficial(t.Name, t.Rows)
		if err != nil {
			none = append(none, fmt.Errorf("sheet %q: %w", t.Name, err))
			continue
		}
		lists = append(lists, list)
	}
	if len(lists) == 0 {
		return nil, errors.Join(none...)
	}
	if c.Answers != "" {
		text, err := os.ReadFile(c.Answers)
		if err != nil {
			return nil, err
		}
		if err := confirm(lists, string(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Answers, err)
		}
	}
	return lists, nil
}

// confirm gives answers to the only list, or to the largest of several.
func confirm(lists []*sen2.OfficialRules, text string) error {
	largest := lists[0]
	for _, l := range lists {
		if len(l.Rules) > len(largest.Rules) {
			largest = l
		}
	}
	return largest.Confirm(text)
}

func showRules(out io.Writer, lists []*sen2.OfficialRules) {
	for _, l := range lists {
		count := map[sen2.State]int{}
		for _, r := range l.Rules {
			count[r.State()]++
		}
		fmt.Fprintf(out, "%s: %d rules; %d covered by a local check, %d to be confirmed, %d not covered.\n", l.Sheet, len(l.Rules), count[sen2.CoveredBy], count[sen2.Unanswered], count[sen2.NoCheck])
		for _, r := range l.Rules {
			fmt.Fprintf(out, "\n%s: %s\n", r.Name, ruleState(r))
			for i, cell := range r.Cells {
				if cell != "" {
					fmt.Fprintf(out, "  %s: %s\n", l.Columns[i], strings.Join(strings.Fields(cell), " "))
				}
			}
			for _, p := range r.Proposed {
				if r.State() == sen2.Unanswered {
					fmt.Fprintf(out, "  proposed: %s, because %s: %s\n", p.Check.Code, p.Why, p.Check.Words)
				}
			}
		}
		fmt.Fprintln(out)
	}
}

func ruleState(r *sen2.OfficialRule) string {
	text := string(r.State())
	if len(r.Covered) > 0 {
		text += " by " + strings.Join(r.Covered, ", ")
	}
	if r.Note != "" {
		text += " (" + r.Note + ")"
	}
	return text
}

// ask prints a file of answers for a person to mend.
func ask(out io.Writer, lists []*sen2.OfficialRules) {
	fmt.Fprintln(out, "# Which local checks cover each rule. What is here is proposed by the items that both are about:\n# mend it, take the # away from a line that you confirm, and write none where nothing covers a rule.")
	for _, l := range lists {
		for _, r := range l.Rules {
			codes := []string{"none"}
			if len(r.Proposed) > 0 {
				codes = codes[:0]
				for _, p := range r.Proposed {
					codes = append(codes, p.Check.Code)
				}
			}
			fmt.Fprintf(out, "# %s = %s\n", r.Name, strings.Join(codes, " "))
		}
	}
}
