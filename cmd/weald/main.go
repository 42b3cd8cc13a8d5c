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
}

// An exit is a command's result when it is not simply success or failure.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func main() {
	var c commands
	parser := kong.Must(&c, kong.Name("weald"), kong.Description("Runs a local area's SEND arrangements: every duty, by whom, by when and by what law."),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	k, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	err = k.Run()
	var status exit
	if errors.As(err, &status) {
		os.Exit(int(status))
	}
	k.FatalIfErrorf(err)
}
