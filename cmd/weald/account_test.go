package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// The first person of a service is let in from the command line, and anybody is
// shut out there.
func TestAccounts(t *testing.T) {
	record := filepath.Join(t.TempDir(), "record.db")
	if status, out, log := run(t, "", "account", "add", "sam@westmarch.example", "--name", "Sam Vale", "--role", "manager", "--record", record); status != 0 || !strings.Contains(out, "Sam Vale may sign in") {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	for _, v := range []struct{ email, role, says string }{
		{"Sam@Westmarch.example", "officer", "Somebody else signs in with that email address"},
		{"sam", "officer", "not an email address"},
		{"tom@westmarch.example", "program", "--role"},
	} {
		if status, _, log := run(t, "", "account", "add", v.email, "--name", "Other", "--role", v.role, "--record", record); status == 0 || !strings.Contains(log, v.says) {
			t.Errorf("%s as %s: %d: %s", v.email, v.role, status, log)
		}
	}
	if status, out, log := run(t, "", "account", "close", "SAM@westmarch.example", "--record", record); status != 0 || !strings.Contains(out, "signed out everywhere") {
		t.Errorf("%d: %s%s", status, out, log)
	}
	if status, _, log := run(t, "", "account", "close", "nobody@westmarch.example", "--record", record); status == 0 || !strings.Contains(log, "nobody has an account") {
		t.Errorf("%d: %s", status, log)
	}
}
