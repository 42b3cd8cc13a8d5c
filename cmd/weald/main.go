// Weald runs a local area's SEND arrangements. This program is all of it: the
// service, the commands and the record's upkeep.
//
// Start reading at [commands].
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/alecthomas/kong"
)

// commands is everything the program does, one field a command.
type commands struct {
	Clock clockCommand `cmd:"" help:"Print every duty of the cases in a case file and check what it expects."`
	Rules rulesCommand `cmd:"" help:"Show what the law is taken to be: every rule, choice and kind of event."`

	Plan struct {
		Check     planCheckCommand     `cmd:"" help:"Ask plans in JSON every question that a program can answer. Status 0: nothing found; 1: something; 2: not a plan."`
		Questions planQuestionsCommand `cmd:"" help:"List what is asked, and on what each question stands."`
		Example   planExampleCommand   `cmd:"" help:"Print a sound plan of nobody, to learn the form from."`
		PDF       planPDFCommand       `cmd:"" name:"pdf" help:"Print every plan in force, or the final plans of a year, each to a tagged PDF. It can be stopped and gone on with."`
	} `cmd:"" help:"EHC plans: as files to check, and out of the record as PDF."`

	Serve   serveCommand   `cmd:"" help:"Serve the pages."`
	Demo    demoCommand    `cmd:"" help:"Make a pretend local area in an empty record."`
	Migrate migrateCommand `cmd:"" help:"Bring the record's schema up to date."`
	Rebuild rebuildCommand `cmd:"" help:"Work out every child's duties again from their events."`
	Backup  backupCommand  `cmd:"" help:"Write the whole record to a file, while the service runs."`
	Restore restoreCommand `cmd:"" help:"Put a backup into an empty record."`
	Config  configCommand  `cmd:"" help:"Print the settings."`

	Keys struct {
		New    newKeyCommand `cmd:"" help:"Make a key and print it."`
		Rotate rotateCommand `cmd:"" help:"Seal with the first key whatever is not, while the service runs. Stopped, it goes on the next time."`
	} `cmd:"" help:"The keys by which the most sensitive fields are encrypted."`
	Retention     retentionCommand     `cmd:"" help:"List the records that are due for review, by the local area's own rule."`
	SubjectAccess subjectAccessCommand `cmd:"" help:"Write everything kept about one child to a zip file: to be read, for machines, and the documents."`

	Bench struct {
		Web   benchWebCommand   `cmd:"" help:"Measure how fast the pages answer many people at once, and events are recorded."`
		Sen2  benchSen2Command  `cmd:"" name:"sen2" help:"Measure how fast returns are checked, beside other programs where they are installed."`
		Fixed benchFixedCommand `cmd:"" hidden:"" help:"Serve an answer that never changes, to be measured against."`
	} `cmd:"" help:"Measure Weald."`
	Access   accessCommand   `cmd:"" help:"Who may see and do what, as docs/access.md has it."`
	Audit    auditCommand    `cmd:"" help:"Who did and saw what: that nobody has changed it since."`
	Measures measuresCommand `cmd:"" help:"What each number means and, counted from the record, what it is."`
	Ledger   ledgerCommand   `cmd:"" help:"Look at every event at once: plans by month with their waits, and events by team and kind."`
	Sen2     struct {
		Build      sen2BuildCommand      `cmd:"" help:"Build the statutory return of a year from the record."`
		Check      sen2CheckCommand      `cmd:"" help:"Check a SEN2 return: every finding by person, item and line. Exit status 0: no error; 1: some; 2: unreadable."`
		Load       sen2LoadCommand       `cmd:"" help:"Load a SEN2 return into the record, as dated events."`
		Rules      sen2RulesCommand      `cmd:"" help:"Show which of the department's own rules, from its spreadsheet, local checks cover."`
		NotCovered sen2NotCoveredCommand `cmd:"" help:"Print what is not known of the return, why, and where to obtain it."`
		Stats      sen2StatsCommand      `cmd:"" help:"Count the published measures of a return, from its file alone."`
		Convert    sen2ConvertCommand    `cmd:"" help:"Turn a return from one form into another: XML, CSV files or a workbook."`
		Undo       sen2UndoCommand       `cmd:"" help:"Take a loaded return back, as long as nothing was built upon it."`
	} `cmd:"" name:"sen2" help:"The statutory return."`
	AnnexA struct {
		Build annexaBuildCommand `cmd:"" help:"Write the lists for an inspection from the record, and check them."`
		Check annexaCheckCommand `cmd:"" help:"Check a workbook of the lists."`
	} `cmd:"" name:"annex-a" help:"The lists of children that an Area SEND inspection asks for."`
	Account struct {
		Add   accountAddCommand   `cmd:"" help:"Let somebody sign in."`
		Close accountCloseCommand `cmd:"" help:"Let somebody in no more, and sign them out everywhere."`
	} `cmd:"" help:"Who may sign in."`
	Export struct {
		Cases exportCasesCommand `cmd:"" help:"Write every child's events as a case file, without names, for weald clock."`
	} `cmd:"" help:"Take things out of the record."`
}

// An exit is a command's result when it is not simply success or failure.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func main() {
	var c commands
	parser := kong.Must(&c, kong.Name("weald"), kong.Description("Runs a local area's SEND arrangements: every duty, by whom, by when and by what law."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	k, err := parser.Parse(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "weald: %v\nweald --help lists what there is.\n", err)
		os.Exit(2)
	}
	err = k.Run()
	var status exit
	if errors.As(err, &status) {
		os.Exit(int(status))
	}
	k.FatalIfErrorf(err)
}
