package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weald/domain/annexa"
	"weald/internal/app"
)

// The exit status says whether lists can be sent: 0, have errors: 1, or cannot
// be read: 2.
func TestAnnexACheckExits(t *testing.T) {
	dir := t.TempDir()
	good, err := annexa.Rules[0].Examples()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"good.xlsx": 0, "bad.xlsx": 1, "other.xlsx": 2, "old.xls": 2} {
		path := filepath.Join(dir, name)
		var b bytes.Buffer
		switch name {
		case "good.xlsx":
			err = app.WriteAnnexA(&b, &good[1].Book)
		case "bad.xlsx":
			err = app.WriteAnnexA(&b, &good[0].Book)
		case "other.xlsx":
			b.WriteString("PK\x03\x04")
		default:
			b.WriteString("\xD0\xCF\x11\xE0")
		}
		if err = errors.Join(err, os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
			t.Fatal(err)
		}
		for _, json := range []bool{false, true} {
			var status exit
			err := (&annexaCheckCommand{File: path, On: "2026-06-01", JSON: json}).Run()
			if err != nil && !errors.As(err, &status) {
				t.Fatal(err)
			}
			if int(status) != want {
				t.Errorf("%s: exit %d, want %d", name, status, want)
			}
		}
	}
	if err := (&annexaCheckCommand{File: "x", On: "1 June"}).Run(); err == nil || !strings.Contains(err.Error(), "2") {
		t.Errorf("a day that is none: %v", err)
	}
}
