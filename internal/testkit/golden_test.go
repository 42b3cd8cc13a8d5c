package testkit

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A listener hears what a test would be told.
type listener struct {
	testing.TB
	heard string
}

func (l *listener) Helper()                           {}
func (l *listener) Errorf(format string, args ...any) { l.heard += fmt.Sprintf(format, args...) }
func (l *listener) Fatalf(format string, args ...any) { l.Errorf(format, args...) }

func TestGoldenFileIsWrittenAndThenHeldTo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "golden", "page.html")
	t.Setenv("WEALD_GOLDEN", "1")
	Golden(t, file, "one\ntwo\nthree\n")
	if got, err := os.ReadFile(file); err != nil || string(got) != "one\ntwo\nthree\n" {
		t.Fatalf("wrote %q %v", got, err)
	}

	t.Setenv("WEALD_GOLDEN", "")
	Golden(t, file, "one\ntwo\nthree\n")

	var l listener
	Golden(&l, file, "one\nTWO\nthree\n")
	for _, want := range []string{"make golden", "page.html", `-`, `"two"`, `+`, `"TWO"`} {
		if !strings.Contains(l.heard, want) {
			t.Errorf("the difference does not say %s:\n%s", want, l.heard)
		}
	}
}

func TestMissingGoldenFileSaysHowToMakeIt(t *testing.T) {
	t.Setenv("WEALD_GOLDEN", "")
	var l listener
	Golden(&l, filepath.Join(t.TempDir(), "page.html"), "one")
	if !strings.Contains(l.heard, "run make golden") {
		t.Errorf("said %q", l.heard)
	}
}
