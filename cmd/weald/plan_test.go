package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/plan"
)

// weald plan check says what is wrong, where and on what that stands, and ends
// with 0, 1 or 2.
func TestPlanCheck(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "weald")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	run := func(text []byte, args ...string) (status int, out, problems string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "plan.json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(bin, append([]string{"plan", "check", file}, args...)...)
		var o, e bytes.Buffer
		c.Stdout, c.Stderr = &o, &e
		_ = c.Run() // the status says
		return c.ProcessState.ExitCode(), o.String(), e.String()
	}
	if status, out, _ := run(plan.ExampleJSON); status != 0 || !strings.Contains(out, "nothing found") {
		t.Errorf("%d: %s", status, out)
	}
	vague := bytes.Replace(plan.ExampleJSON, []byte("20 minutes of phonics on each school day"), []byte("Phonics for Oliver as required"), 1)
	status, out, _ := run(vague)
	for _, want := range []string{"1 of them keep", "Section F, line f-3: another-name [gate]", "“Oliver”", "Section F, line f-3: provision-vague", "“as required”", "9.69: statutory guidance, not law"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if status != 1 {
		t.Errorf("status %d", status)
	}
	status, out, _ = run(vague, "--json")
	var all []jsonPlan
	if err := json.Unmarshal([]byte(out), &all); err != nil || status != 1 || len(all) != 1 || all[0].Gates != 1 || all[0].Findings[0].Words != "Oliver" {
		t.Errorf("%d, %v: %s", status, err, out)
	}
	if status, _, problems := run([]byte("{}")); status != 2 || !strings.Contains(problems, "template") {
		t.Errorf("%d: %s", status, problems)
	}
}
