package store

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"
)

// Undoing a load looks at everything that refers to a child: a new table has to
// say whether it goes with the child or stands in the way.
func TestUndoKnowsWhatRefersToAChild(t *testing.T) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	of := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\);`)
	known := slices.Concat(madeWithChild, builtUponChild)
	for _, file := range files {
		text, err := fs.ReadFile(migrations, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range of.FindAllStringSubmatch(string(text), -1) {
			if regexp.MustCompile(`REFERENCES children \(id\)`).MatchString(m[2]) && !slices.Contains(known, m[1]) {
				t.Errorf("%s: %s refers to children: put it in madeWithChild or builtUponChild", file, m[1])
			}
		}
	}
}
