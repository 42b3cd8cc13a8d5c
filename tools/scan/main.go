// Scan looks for mistakes in the code without running it: with staticcheck, with
// gosec and, where its list of known vulnerabilities can be reached, with
// govulncheck. What they say is a failure unless exceptions.txt says why it is
// none; so is an exception that nothing needs any more.
//
//	go -C tools/scan run . ../..
package main

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/securego/gosec/v2"
	"github.com/securego/gosec/v2/analyzers"
	"github.com/securego/gosec/v2/rules"
	"golang.org/x/vuln/scan"
	"honnef.co/go/tools/lintcmd"
	"honnef.co/go/tools/simple"
	"honnef.co/go/tools/staticcheck"
	"honnef.co/go/tools/stylecheck"
	"honnef.co/go/tools/unused"
)

//go:embed exceptions.txt
var exceptions string

func main() {
	if len(os.Args) == 3 && os.Args[1] == "staticcheck" {
		lint(os.Args[2])
	}
	found, err := everything(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "scan:", err)
		os.Exit(2)
	}
	for _, f := range found {
		fmt.Println(f)
	}
	if len(found) > 0 {
		os.Exit(1)
	}
}

// A finding is one thing that a scanner says.
type finding struct {
	File string
	Line int
	Code string
	What string
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d: %s (%s)", f.File, f.Line, f.What, f.Code)
}

// An exception says why the findings of one code, in the files of a pattern, are
// no mistakes.
type exception struct {
	code, files, why string
	used             bool
}

// everything returns what is found in the code under a folder and is not
// excepted.
func everything(root string) (left []finding, err error) {
	if root, err = filepath.Abs(root); err != nil {
		return nil, err
	}
	var all, secure []finding
	var one, two error
	var wait sync.WaitGroup
	wait.Go(func() { all, one = staticchecked(root) })
	wait.Go(func() { secure, two = gosecured(root) })
	wait.Wait()
	if err := errors.Join(one, two, vulnerabilities(root)); err != nil {
		return nil, err
	}
	excepted, err := readExceptions(exceptions)
	if err != nil {
		return nil, err
	}
	for _, f := range append(all, secure...) {
		i := slices.IndexFunc(excepted, func(e exception) bool { return e.code == f.Code && e.covers(f.File) })
		if i < 0 {
			left = append(left, f)
			continue
		}
		excepted[i].used = true
	}
	for i, e := range excepted {
		if !e.used {
			left = append(left, finding{"tools/scan/exceptions.txt", i + 1, e.code, "nothing in " + e.files + " needs this exception: take it out"})
		}
	}
	slices.SortFunc(left, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code))
	})
	return slices.Compact(left), nil
}

// covers reports whether a file is one of those excepted: "a/..." is all that is
// under a.
func (e *exception) covers(file string) bool {
	if folder, all := strings.CutSuffix(e.files, "..."); all {
		return strings.HasPrefix(file, folder)
	}
	is, err := path.Match(e.files, file)
	return err == nil && is
}

func readExceptions(text string) (all []exception, err error) {
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case len(words) < 6:
			return nil, fmt.Errorf("exceptions.txt: say why, in %q", line)
		default:
			all = append(all, exception{code: words[0], files: words[1], why: strings.Join(words[2:], " ")})
		}
	}
	return all, nil
}

// lint is staticcheck itself, run in a process of its own because it ends one.
func lint(root string) {
	if err := os.Chdir(root); err != nil {
		log.Fatal(err)
	}
	c := lintcmd.NewCommand("staticcheck")
	c.AddAnalyzers(simple.Analyzers...)
	c.AddAnalyzers(staticcheck.Analyzers...)
	c.AddAnalyzers(stylecheck.Analyzers...)
	c.AddAnalyzers(unused.Analyzer)
	c.ParseFlags([]string{"-f", "json", "./..."})
	c.Run()
}

func staticchecked(root string) (all []finding, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	run := exec.Command(self, "staticcheck", root)
	var out, said bytes.Buffer
	run.Stdout, run.Stderr = &out, &said
	if err := run.Run(); err != nil && out.Len() == 0 { // it fails, too, when it has found something
		return nil, fmt.Errorf("staticcheck: %w: %s", err, said.String())
	}
	for lines := json.NewDecoder(&out); ; {
		var f struct {
			Code, Message string
			Location      struct {
				File string
				Line int
			}
		}
		if err := lines.Decode(&f); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, finding{within(root, f.Location.File), f.Location.Line, f.Code, f.Message})
	}
}

// gosecured leaves out tests and the tools that only make and test Weald: they
// are never where anybody else is.
func gosecured(root string) (all []finding, err error) {
	names, err := exec.Command("go", "-C", root, "list", "-f", "{{.Dir}}", "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("listing the packages: %w", err)
	}
	var folders []string
	for dir := range strings.Lines(string(names)) {
		if in := within(root, strings.TrimSpace(dir)); !strings.HasPrefix(in, "internal/testkit") && !strings.HasPrefix(in, "bench") {
			folders = append(folders, strings.TrimSpace(dir))
		}
	}
	if err := os.Chdir(root); err != nil {
		return nil, err
	}
	quiet := log.New(io.Discard, "", 0)
	a := gosec.NewAnalyzer(gosec.NewConfig(), false, true, false, 2, quiet)
	a.LoadRules(rules.Generate(false).RulesInfo())
	a.LoadAnalyzers(analyzers.Generate(false).AnalyzersInfo())
	if err := a.Process(nil, folders...); err != nil {
		return nil, fmt.Errorf("gosec: %w", err)
	}
	issues, seen, failed := a.Report()
	for file, errs := range failed {
		return nil, fmt.Errorf("gosec: %s: %v", file, errs)
	}
	if seen.NumFiles == 0 {
		return nil, errors.New("gosec looked at nothing")
	}
	for _, i := range issues {
		first, _, _ := strings.Cut(i.Line, "-")
		line, err := strconv.Atoi(first)
		if err != nil {
			return nil, fmt.Errorf("gosec: line %q", i.Line)
		}
		all = append(all, finding{within(root, i.File), line, i.RuleID, i.What})
	}
	return all, nil
}

// vulnerabilities asks which known vulnerabilities the code can meet. Without
// its list it says so, and that is no failure.
func vulnerabilities(root string) error {
	var out, said bytes.Buffer
	c := scan.Command(context.Background(), "-C", root, "./...")
	c.Stdout, c.Stderr = &out, &said
	if err := c.Start(); err != nil {
		return err
	}
	err := c.Wait()
	text := out.String() + said.String()
	switch {
	case err == nil:
		fmt.Println("govulncheck: no known vulnerability is met")
	case strings.Contains(text+err.Error(), "fetching vulnerabilities"):
		fmt.Println("govulncheck: its list of known vulnerabilities cannot be reached from here, so nothing was looked up")
	default:
		return fmt.Errorf("govulncheck: %w\n%s", err, text)
	}
	return nil
}

func within(root, file string) string {
	if in, err := filepath.Rel(root, file); err == nil {
		return filepath.ToSlash(in)
	}
	return file
}
