package weald_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The Go that templ makes of the pages is committed, so that building needs no
// generator. It must be what the templates say.
func TestPagesAreMadeFromTheirTemplates(t *testing.T) {
	const made = "_templ.go"
	here, there := "internal", t.TempDir()
	committed := map[string]bool{}
	err := filepath.WalkDir(here, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == "node_modules":
			return filepath.SkipDir
		case strings.HasSuffix(path, made):
			committed[path] = true
		case strings.HasSuffix(path, ".templ"):
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			to := filepath.Join(there, path)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
			return os.WriteFile(to, text, 0o644)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "-C", "tools", "run", "./pages", there).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// Errors at run time name the template's file, by the folder in which templ
	// was run: that much may differ.
	folder := regexp.MustCompile("FileName: `[^`]*/")
	read := func(path string) string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v (run make generate)", err)
		}
		return folder.ReplaceAllString(string(text), "FileName: `")
	}
	err = filepath.WalkDir(filepath.Join(there, here), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, made) {
			return err
		}
		mine, err := filepath.Rel(there, path)
		if err != nil {
			return err
		}
		delete(committed, mine)
		if read(mine) != read(path) {
			t.Errorf("%s is not what its template makes: run make generate", mine)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for path := range committed {
		t.Errorf("%s has no template: remove it", path)
	}
}
