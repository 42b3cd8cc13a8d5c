package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// weald is the program, built once for the tests that run it as its users do.
var weald string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "weald-cmd-")
	if err != nil {
		panic(err)
	}
	weald = filepath.Join(dir, "weald")
	if out, err := exec.Command("go", "build", "-o", weald, ".").CombinedOutput(); err != nil {
		panic(err.Error() + "\n" + string(out))
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// run runs the program and returns its exit status and what it printed.
func run(t *testing.T, input string, args ...string) (status int, out, log string) {
	t.Helper()
	cmd := exec.Command(weald, args...)
	cmd.Stdin = strings.NewReader(input)
	var o, l bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &l
	var ended *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), o.String(), l.String()
}

const lateByADay = `= A plan sent the next day is late
2026-09-07 request-received source=parent
2026-10-12 decision-to-assess-sent decision=yes
2027-01-26 plan-finalised
> B06 late, due 2027-01-25, 1 days late
`

func TestClock(t *testing.T) {
	for _, v := range []struct {
		name, input string
		args        []string
		status      int
		out, log    string
	}{
		{"every expectation holds", lateByADay, []string{"clock", "-"}, 0, "B06 issue-final-plan late, due 2027-01-25, 1 day late", "1 of 1 expectations hold"},
		{"one does not", strings.Replace(lateByADay, "1 days", "2 days", 1), []string{"clock", "-"}, 1, "B06", "-:5: A plan sent the next day is late: expected B06 late, due 2027-01-25, 2 days late, found B06"},
		{"a broken file", "= X\n2026-02-30 request-received\n2026-09-07 request-recieved\n", []string{"clock", "-"}, 2, "", "-:3:"},
		{"another day", lateByADay, []string{"clock", "--today", "2026-10-20", "-"}, 1, "B06 issue-final-plan running, due 2027-01-25", ""},
		{"no such file", "", []string{"clock", "nowhere.txt"}, 2, "", "nowhere.txt"},
		{"a bad day", "", []string{"clock", "--today", "tomorrow", "-"}, 2, "", "tomorrow"},
		{"a choice of the local area", "2026-12-24 draft-served\n> B05 not-before, due 2027-01-19\n", []string{"clock", "--choices", "draft-days=working", "-"}, 0, "B05", ""},
		{"a one-off bank holiday", "2027-07-13 mediation-adviser-contacted wants=no\n> M03 running, due 2027-07-19\n", []string{"clock", "--holidays", "2027-07-15 National day", "-"}, 0, "M03", ""},
		{"a bank holiday that is no day", "", []string{"clock", "--holidays", "2027-07-35", "-"}, 2, "", "2027-07-35"},
		{"a refused exception leaves the duty as it was", "2026-09-07 request-received\n2026-10-01 exception-recorded rule=B06 ground=absent from=2026-09-10 to=2026-09-20\n> B06 running, due 2027-01-25\n", []string{"clock", "-"}, 0, "B06", "-:2: refused: "},
		{"nothing", "", []string{"clock", "-"}, 0, "", "0 cases"},
	} {
		t.Run(v.name, func(t *testing.T) {
			status, out, log := run(t, v.input, v.args...)
			if status != v.status {
				t.Errorf("exit status %d, want %d", status, v.status)
			}
			if !strings.Contains(out, v.out) {
				t.Errorf("printed %q, want %q in it", out, v.out)
			}
			if !strings.Contains(log, v.log) {
				t.Errorf("said %q, want %q in it", log, v.log)
			}
		})
	}
}

// Without a file the clock reads every worked example, and every one holds.
func TestClockOnTheExamples(t *testing.T) {
	status, _, log := run(t, "", "clock")
	if status != 0 {
		t.Errorf("exit status %d: %s", status, log)
	}
}

func TestClockAsJSON(t *testing.T) {
	status, out, _ := run(t, lateByADay+"= Another\n2026-10-12 decision-to-assess-sent decision=no\n", "clock", "--json", "-")
	if status != 0 {
		t.Fatalf("exit status %d", status)
	}
	var cases []struct {
		Title  string
		State  map[string]string
		Duties []struct {
			Rule, ID, Status, Due, Force, Source, Words, Why string
			DoneOn                                           string `json:"done_on"`
			DaysLate                                         int    `json:"days_late"`
			Rights                                           []struct{ Provision, LastDay string }
		}
	}
	if err := json.Unmarshal([]byte(out), &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 2 || cases[0].State["plan"] != "IN_FORCE" || cases[1].State["assessment"] != "REFUSED_ASSESS" {
		t.Fatalf("%+v", cases)
	}
	for _, d := range cases[0].Duties {
		if d.Rule == "B06" && (d.ID != "issue-final-plan" || d.Status != "late" || d.Due != "2027-01-25" || d.DoneOn != "2027-01-26" || d.DaysLate != 1 ||
			d.Force != "regulation" || d.Source != "SEND Regulations 2014, regulation 13(2)" || d.Words == "" || !strings.Contains(d.Why, "140 days")) {
			t.Errorf("%+v", d)
		}
	}
	rights := 0
	for _, d := range cases[1].Duties {
		if d.Rule == "D01" && len(d.Rights) == 1 && d.Rights[0].Provision == "51(2)(a)" {
			rights++
		}
	}
	if rights != 1 {
		t.Errorf("the right to appeal the refusal is not there: %+v", cases[1].Duties)
	}
	if _, out, _ := run(t, "", "clock", "--json", "-"); strings.TrimSpace(out) != "[]" {
		t.Errorf("no cases: %q", out)
	}
}

// A return goes into a record from the command line, and comes out as cases in
// which the clock finds the same.
func TestLoadAndExport(t *testing.T) {
	record := filepath.Join(t.TempDir(), "folder", "record.db")
	load := []string{"sen2", "load", "--record", record, "../../domain/sen2/testdata/return-2026-500.xml"}
	if status, out, log := run(t, "", load...); status != 0 || !strings.Contains(out, "500 people") {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	if status, out, _ := run(t, "", load...); status != 0 || !strings.Contains(out, "was loaded before") {
		t.Errorf("again: %d: %s", status, out)
	}
	if status, out, _ := run(t, "", "rebuild", "--record", record); status != 0 || !strings.Contains(out, "500 children") {
		t.Errorf("rebuild: %d: %s", status, out)
	}
	status, cases, _ := run(t, "", "export", "cases", "--record", record)
	if status != 0 || strings.Contains(cases, "Surname") {
		t.Fatalf("export: %d, or it holds names", status)
	}
	if status, out, log := run(t, cases, "clock", "-"); status != 0 || !strings.Contains(out, "overdue") || strings.Contains(log, "refused") {
		t.Errorf("clock: %d: %s", status, log)
	}
	broken := filepath.Join(t.TempDir(), "broken.xml")
	if err := os.WriteFile(broken, []byte("<Message>\n<Persons>\n<Person></Persons>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, log := run(t, "", "sen2", "load", "--record", record, broken); status != 2 || !strings.Contains(log, "line 3") {
		t.Errorf("a broken return: %d: %s", status, log)
	}
}

// A backup goes into another record and is the same record there.
func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	one, two, file := filepath.Join(dir, "one.db"), filepath.Join(dir, "two.db"), filepath.Join(dir, "backup")
	for _, args := range [][]string{
		{"sen2", "load", "--record", one, "../../domain/sen2/testdata/return-2026-500.xml"},
		{"backup", "--record", one, file},
		{"restore", "--record", two, file},
	} {
		if status, out, log := run(t, "", args...); status != 0 {
			t.Fatalf("%v: %d: %s%s", args, status, out, log)
		}
	}
	_, before, _ := run(t, "", "export", "cases", "--record", one)
	_, after, _ := run(t, "", "export", "cases", "--record", two)
	if before == "" || before != after {
		t.Errorf("the restored record differs: %d and %d characters", len(before), len(after))
	}
	if status, _, log := run(t, "", "restore", "--record", two, file); status == 0 || !strings.Contains(log, "not empty") {
		t.Errorf("restored over a record: %d: %s", status, log)
	}
	left, err := filepath.Glob(file + ".part-*")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// Every setting is in the README, and is what the program reads.
func TestSettings(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, out, _ := run(t, "", "config")
	for _, s := range settings {
		if !strings.Contains(string(readme), "`"+s.name+"`") || !strings.Contains(out, s.name) {
			t.Errorf("%s is not in the README, or not printed by weald config", s.name)
		}
	}
}

// The commands that the README shows are run, so that it stays true.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	var example strings.Builder
	for line := range strings.Lines(string(text)) {
		indented, code := strings.CutPrefix(strings.TrimRight(line, "\n"), "    ")
		if !code {
			continue
		}
		if strings.HasPrefix(indented, "=") || strings.HasPrefix(indented, "20") || strings.HasPrefix(indented, ">") {
			example.WriteString(indented + "\n")
		}
		command, ok := strings.CutPrefix(indented, "go run ./cmd/weald ")
		if !ok || strings.Contains(command, "FILE") {
			continue
		}
		command, _, _ = strings.Cut(command, "  ") // what follows says what it does
		if status, _, log := run(t, "", strings.Fields(command)...); status != 0 {
			t.Errorf("weald %s: exit status %d: %s", command, status, log)
		}
		ran++
	}
	if ran < 3 {
		t.Errorf("only %d commands were found in the README", ran)
	}
	if status, _, log := run(t, example.String(), "clock", "-"); status != 0 || !strings.Contains(log, "1 of 1") {
		t.Errorf("the README's example: %d: %s", status, log)
	}
}
