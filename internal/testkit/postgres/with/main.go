// With runs a command with a PostgreSQL server beside it, whose address it finds
// in TEST_POSTGRES. The server ends with the command. If TEST_POSTGRES names a
// server already, that one is used.
//
//	go run ./internal/testkit/postgres/with go test ./...
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"weald/internal/testkit/postgres"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(command []string) int {
	if len(command) == 0 {
		fmt.Fprintln(os.Stderr, "usage: with <command> …")
		return 2
	}
	if os.Getenv("TEST_POSTGRES") == "" {
		address, stop, err := postgres.Start()
		if err != nil {
			fmt.Fprintln(os.Stderr, "no PostgreSQL:", err, "(run make tools, or name a server in TEST_POSTGRES)")
			return 1
		}
		defer stop()
		if err := os.Setenv("TEST_POSTGRES", address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	c := exec.Command(command[0], command[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := c.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	go func() {
		for s := range signals {
			if s != os.Interrupt { // the command hears Ctrl-C itself
				_ = c.Process.Signal(s)
			}
		}
	}()
	err := c.Wait()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &ended) && ended.ExitCode() > 0:
		return ended.ExitCode()
	default:
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
}
