package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The audit verifies, its heads can be kept elsewhere, and a cut end is found by
// them.
func TestAuditVerify(t *testing.T) {
	record := filepath.Join(t.TempDir(), "area.db")
	if status, out, log := run(t, "", "demo", "--record", record, "--scale", "200"); status != 0 {
		t.Fatal(out, log)
	}
	status, out, log := run(t, "", "audit", "verify", "--record", record)
	if status != 0 || !strings.Contains(out, "are as they were written") {
		t.Fatal(status, out, log)
	}
	status, heads, log := run(t, "", "audit", "verify", "--record", record, "--heads")
	if status != 0 || len(strings.Fields(heads)) < 3 {
		t.Fatal(status, heads, log)
	}
	kept := filepath.Join(t.TempDir(), "heads.txt")
	line, _, _ := strings.Cut(heads, " ")
	for text, want := range map[string]string{heads: "", line + " 9999 x\n": "which had come to number 9999", "GONEGONEGONE 3 x\n": "GONEGONEGONE is gone", "nonsense": "is not like"} {
		if err := os.WriteFile(kept, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		status, _, log := run(t, "", "audit", "verify", "--record", record, "--against", kept)
		if (status == 0) != (want == "") || !strings.Contains(log, want) {
			t.Errorf("%q: %d %s", text, status, log)
		}
	}
}
