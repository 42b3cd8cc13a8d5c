package casework

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"weald/law"
)

//go:embed examples
var exampleFiles embed.FS

// Examples returns the worked examples filed under a rule's id.
func Examples(rule *law.Rule) ([]*Example, error) {
	return readExamples("examples/" + rule.ID + ".txt")
}

// CaseStudies returns the longer worked cases W1 to W16, which show several
// rules at work in one child's life.
func CaseStudies() ([]*Example, error) { return readExamples("examples/case-studies.txt") }

func readExamples(file string) ([]*Example, error) {
	text, err := exampleFiles.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("no worked examples in %s", file)
	}
	return ReadCaseFile(file, string(text))
}

// ExampleFiles returns every file of worked examples, by name, for `weald
// clock` without a file.
func ExampleFiles() (map[string]string, []string) {
	files := map[string]string{}
	var names []string
	entries, _ := fs.ReadDir(exampleFiles, "examples")
	for _, e := range entries {
		text, err := exampleFiles.ReadFile("examples/" + e.Name())
		if err == nil {
			files[e.Name()] = string(text)
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return files, names
}
