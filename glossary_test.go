// Package weald_test holds the whole building to what its documents say.
package weald_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every exported type of domain/ is in GLOSSARY.md, as package.Type or, for a
// package whose words are another's, as package.*.
func TestGlossaryHasEveryDomainNoun(t *testing.T) {
	page, err := os.ReadFile("GLOSSARY.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("domain/*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			types, ok := d.(*ast.GenDecl)
			if !ok || types.Tok != token.TYPE {
				continue
			}
			for _, spec := range types.Specs {
				name := spec.(*ast.TypeSpec).Name
				noun := parsed.Name.Name + "." + name.Name
				if name.IsExported() && !strings.Contains(string(page), "`"+noun+"`") && !strings.Contains(string(page), "`"+parsed.Name.Name+".*`") {
					t.Errorf("%s declares %s, which GLOSSARY.md does not have", file, noun)
				}
			}
		}
	}
}

// What GLOSSARY.md says is in code is there.
func TestGlossaryNamesWhatExists(t *testing.T) {
	page, err := os.ReadFile("GLOSSARY.md")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]bool{}
	for _, pattern := range []string{"domain/*/*.go", "law/*.go", "calendar/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			declared[parsed.Name.Name+".*"] = true
			for _, d := range parsed.Decls {
				list, ok := d.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, spec := range list.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						declared[parsed.Name.Name+"."+s.Name.Name] = true
					case *ast.ValueSpec:
						for _, n := range s.Names {
							declared[parsed.Name.Name+"."+n.Name] = true
						}
					}
				}
			}
		}
	}
	for i, quoted := range strings.Split(string(page), "`") {
		pkg, _, dotted := strings.Cut(quoted, ".")
		if i%2 == 1 && dotted && declared[pkg+".*"] && !declared[quoted] {
			t.Errorf("GLOSSARY.md names %s, which does not exist", quoted)
		}
	}
}
