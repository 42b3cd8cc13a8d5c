// Package testkit is what tests share: frozen time and golden files. It is for
// tests only. A real browser and a real PostgreSQL are in the packages under it.
package testkit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weald/calendar"

	"github.com/google/go-cmp/cmp"
)

// Today is the day on which tests are set: a Monday.
var Today = calendar.On(2026, time.November, 23)

// Now is the moment at which tests are set: the morning of [Today].
var Now = time.Date(2026, time.November, 23, 9, 30, 0, 0, time.UTC)

// Golden compares what a test made with the file that holds what it should be.
// With WEALD_GOLDEN=1 it writes the file instead; then somebody reads the diff.
func Golden(t testing.TB, file, got string) {
	t.Helper()
	if os.Getenv("WEALD_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run make golden, then read what it wrote)", err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s differs (run make golden if the change is meant):\n%s", file, d)
	}
}
