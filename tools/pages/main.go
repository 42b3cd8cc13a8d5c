// Pages makes the pages' Go from their templates: templ writes it, and this puts
// internal/web/fill in the place of those of templ's own helpers that take
// several allocations for every piece of text. What a page says stays the same.
//
//	go -C tools run ./pages ../internal/web
package main

import (
	"bytes"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("pages: say under which folder the templates are")
	}
	if err := run(os.Args[1]); err != nil {
		log.Fatal("pages: ", err)
	}
}

func run(folder string) error {
	templ := exec.Command("go", "tool", "templ", "generate", "-path", folder)
	templ.Stdout, templ.Stderr = os.Stdout, os.Stderr
	if err := templ.Run(); err != nil {
		return err
	}
	return filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_templ.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		filled := fill(text)
		if bytes.Equal(filled, text) {
			return nil
		}
		return os.WriteFile(path, filled, 0o644)
	})
}

// swaps are templ's helpers, as the Go that it writes calls them, and ours.
var swaps = []struct {
	theirs *regexp.Regexp
	ours   string
}{
	{regexp.MustCompile(`templ\.CSSClasses\((templ_[0-9a-z]+_Var[0-9]+)\)\.String\(\)`), `templfill.Classes($1)`},
	{regexp.MustCompile(`templ\.RenderCSSItems\(`), `templfill.Styles(`},
	{regexp.MustCompile(`templ\.JoinStringErrs\(`), `templfill.Text(`},
	{regexp.MustCompile(`templ\.RenderAttributes\(`), `templfill.Attributes(`},
}

var imported = []byte("import \"github.com/a-h/templ\"\n")

// fill swaps the helpers in one file.
func fill(text []byte) []byte {
	filled := text
	for _, s := range swaps {
		filled = s.theirs.ReplaceAll(filled, []byte(s.ours))
	}
	if bytes.Equal(filled, text) || bytes.Contains(text, []byte(`"weald/internal/web/fill"`)) {
		return filled
	}
	return bytes.Replace(filled, imported, append(imported[:len(imported):len(imported)], "import templfill \"weald/internal/web/fill\"\n"...), 1)
}
