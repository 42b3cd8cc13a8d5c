package weald

import (
	"bufio"
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "weald"

// impure says what the pure floors may not import, and what to do instead.
var impure = map[string]string{
	"database/sql": "return values; internal/store saves them",
	"log":          "return an error; the caller logs",
	"log/slog":     "return an error; the caller logs",
	"math/rand":    "take the randomness as an argument",
	"math/rand/v2": "take the randomness as an argument",
	"crypto/rand":  "take the randomness as an argument",
	"net/http":     "take bytes or values; internal/web speaks HTTP",
	"os":           "embed it, or take bytes",
	"os/exec":      "say what is to be done; cmd does it",
}

// pure is the highest floor that has no files, network, database or clock.
const pure = "3"

func TestFloors(t *testing.T) {
	floors := readFloors(t)
	seen := map[string]bool{}
	for pkg, imports := range goList(t) {
		if pkg == "" {
			continue // this package holds only tests of the building
		}
		floor, listed := floors[pkg]
		if !listed {
			t.Errorf("%s is not in floors.txt: say which floor it is on and what it may import", pkg)
			continue
		}
		seen[pkg] = true
		for _, problem := range crossings(pkg, floor, imports, floors) {
			t.Error(problem)
		}
		if floor.number != "-" && floor.number <= pure {
			forbidClock(t, pkg)
		}
		requireDoc(t, pkg)
	}
	for pkg := range floors {
		if !seen[pkg] {
			t.Errorf("floors.txt lists %s, which does not exist", pkg)
		}
	}
}

// crossings says which of a package's imports floors.txt does not allow.
func crossings(pkg string, f floor, imports []string, floors map[string]floor) (problems []string) {
	for _, imp := range imports {
		if why, ok := impure[imp]; ok && f.number != "-" && f.number <= pure {
			problems = append(problems, pkg+" is pure and imports "+imp+": "+why)
		}
		ours, ok := strings.CutPrefix(imp, module+"/")
		if !ok {
			continue
		}
		allowed := func(pattern string) bool { fits, _ := path.Match(pattern, ours); return fits }
		if !slices.ContainsFunc(f.may, allowed) {
			problems = append(problems, pkg+" imports "+ours+", which floors.txt does not allow")
		}
		if above := floors[ours]; f.number != "-" && (above.number == "-" || above.number > f.number) {
			problems = append(problems, pkg+" (floor "+f.number+") imports "+ours+", which is above it or for tests only")
		}
	}
	return problems
}

// The test itself notices each way of breaking a floor.
func TestFloorsNoticesACrossing(t *testing.T) {
	floors := map[string]floor{
		"calendar":         {"0", nil},
		"law":              {"0", []string{"calendar"}},
		"domain/casework":  {"2", []string{"law", "calendar"}},
		"internal/store":   {"4", []string{"domain/*", "law", "calendar"}},
		"internal/app":     {"5", []string{"internal/store", "domain/*"}},
		"internal/testkit": {"-", []string{"internal/app"}},
	}
	for _, v := range []struct{ pkg, imp, want string }{
		{"domain/casework", "weald/law", ""},
		{"internal/store", "weald/domain/casework", ""},
		{"internal/store", "database/sql", ""},
		{"internal/testkit", "weald/internal/app", ""},
		{"law", "weald/domain/casework", "does not allow"},
		{"domain/casework", "weald/internal/store", "above it"},
		{"domain/casework", "database/sql", "return values"},
		{"calendar", "os", "embed it"},
		{"internal/app", "weald/internal/testkit", "for tests only"},
	} {
		got := strings.Join(crossings(v.pkg, floors[v.pkg], []string{v.imp}, floors), "\n")
		if v.want == "" && got != "" || !strings.Contains(got, v.want) {
			t.Errorf("%s importing %s: %q, want %q", v.pkg, v.imp, got, v.want)
		}
	}
}

// forbidClock fails a pure package that asks what time it is.
func forbidClock(t *testing.T, pkg string) {
	t.Helper()
	for _, file := range sources(t, pkg) {
		if text, err := os.ReadFile(file); err != nil {
			t.Fatal(err)
		} else if bytes.Contains(text, []byte("time.Now(")) {
			t.Errorf("%s asks the time: take today's date as an argument", file)
		}
	}
}

// requireDoc fails a package that does not say what it is.
func requireDoc(t *testing.T, pkg string) {
	t.Helper()
	for _, file := range sources(t, pkg) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			t.Fatal(err)
		}
		if parsed.Doc != nil {
			return
		}
	}
	if len(sources(t, pkg)) > 0 {
		t.Errorf("%s has no package comment: say what it is for, what it is not, and where to start reading", pkg)
	}
}

func sources(t *testing.T, pkg string) (files []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(pkg, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if !strings.HasSuffix(f, "_test.go") {
			files = append(files, f)
		}
	}
	return files
}

type floor struct {
	number string
	may    []string
}

func readFloors(t *testing.T) map[string]floor {
	t.Helper()
	text, err := os.ReadFile("floors.txt")
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string]floor{}
	for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
		line, _, _ := strings.Cut(s.Text(), "#")
		if f := strings.Fields(line); len(f) > 1 {
			floors[f[1]] = floor{f[0], f[2:]}
		}
	}
	return floors
}

func goList(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	imports := map[string][]string{}
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		f := strings.Fields(s.Text())
		pkg := strings.TrimPrefix(strings.TrimPrefix(f[0], module), "/")
		imports[pkg] = f[1:]
	}
	return imports
}

// No page of a board can reach a child: not by what it imports, nor by what that
// does. What it is given are values, which a test of internal/app sees to.
func TestBoardsCannotReachAChild(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "./internal/web/board").Output()
	if err != nil {
		t.Fatal(err)
	}
	reached := strings.Fields(string(out))
	if !slices.Contains(reached, module+"/domain/measure") {
		t.Error("the pages of boards show no measures, so the test tests nothing")
	}
	for _, pkg := range []string{"internal/app", "internal/store", "internal/files", "domain/casework", "domain/child", "domain/plan", "domain/sen2", "domain/annexa", "domain/analysis", "internal/web/staff", "internal/web/dossier", "database/sql"} {
		if slices.Contains(reached, pkg) || slices.Contains(reached, module+"/"+pkg) {
			t.Errorf("internal/web/board reaches %s", pkg)
		}
	}
}
