package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"weald/domain/access"
	"weald/internal/app"
	"weald/internal/testkit/browser"
)

// chromium writes a program that runs the browser of the tests with what it
// needs, after doing something first.
func chromium(t *testing.T, first string) string {
	t.Helper()
	path, env := browser.Chromium(t)
	script := "#!/bin/sh\n" + first + "\n"
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		script += fmt.Sprintf("export %s='%s'\n", name, value)
	}
	script += fmt.Sprintf("exec '%s' --no-sandbox \"$@\"\n", path)
	file := filepath.Join(t.TempDir(), "chromium")
	if err := os.WriteFile(file, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

// pretend makes a small pretend area and returns its record.
func pretend(t *testing.T) string {
	t.Helper()
	record := filepath.Join(t.TempDir(), "record.db")
	if status, out, log := run(t, "", "demo", "--record", record, "--scale", "200"); status != 0 {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	return record
}

// table reads the table beside the plans, without its titles.
func table(t *testing.T, folder string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, planIndex))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\uFEFF")))).ReadAll()
	if err != nil || rows[0][0] != "File" {
		t.Fatalf("%v: %q", err, rows)
	}
	return rows[1:]
}

// takenOut counts the audit entries of plans taken out.
func takenOut(t *testing.T, record string) int {
	t.Helper()
	ctx := context.Background()
	db, core, err := (&recordFlags{Record: record}).open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, _, err := (&app.Audits{Core: core}).Search(ctx, access.User{ID: "kay", Name: "Kay", Role: access.Manager}, app.AuditFilter{Words: "took the plan out"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, r := range rows {
		if r.Act == "took the plan out" { // looking for it is in the audit too
			n++
		}
	}
	return n
}

// Every plan in force is printed to a file of its own, with a table; a run that
// was cut short goes on with what is not there, and each plan that is taken out is
// in the audit.
func TestPlansToPDF(t *testing.T) {
	record, folder := pretend(t), filepath.Join(t.TempDir(), "new", "plans")
	args := []string{"plan", "pdf", "--record", record, "--out", folder, "--area", "Westmarch", "--chromium", chromium(t, "")}
	status, out, log := run(t, "", args...)
	rows := table(t, folder)
	if status != 0 || len(rows) < 4 || !strings.Contains(out, fmt.Sprintf("%d plans in force on ", len(rows))) || !strings.Contains(log, fmt.Sprintf("1 of %d plans, about ", len(rows))) {
		t.Fatalf("%d: %s%s: %d rows", status, out, log, len(rows))
	}
	made := map[string]time.Time{}
	for _, row := range rows {
		file := filepath.Join(folder, row[0])
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil || !bytes.HasPrefix(text, []byte("%PDF-")) || !bytes.Contains(text, []byte("/StructTreeRoot")) || fmt.Sprint(len(text)) != row[10] || row[9] != "Yes" {
			t.Errorf("%q: %v", row, err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("others can read %s: %v", row[0], info.Mode())
		}
		if strings.Contains(row[0], row[3]) || strings.Contains(row[0], row[4]) {
			t.Errorf("%s names the child", row[0])
		}
		made[row[0]] = info.ModTime()
	}
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("others can look into the folder: %v, %v", info.Mode(), err)
	}
	if n := takenOut(t, record); n != len(rows) {
		t.Errorf("%d plans were taken out, and %d are in the audit", len(rows), n)
	}

	// As a killed run leaves it: one not made, half a file, and no table.
	gone, half := rows[0][0], filepath.Join(folder, rows[0][0]+".part-123")
	if err := os.Remove(filepath.Join(folder, gone)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(folder, planIndex)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(half, []byte("%PDF-"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, log = run(t, "", args...)
	if status != 0 || !strings.Contains(out, "1 of them printed now") || !strings.Contains(log, fmt.Sprintf("%d of them are there already", len(rows)-1)) {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	if again := table(t, folder); len(again) != len(rows) || again[0][0] != gone {
		t.Errorf("the table is %q", again)
	}
	for name, at := range made {
		if info, err := os.Stat(filepath.Join(folder, name)); err != nil || (info.ModTime() == at) == (name == gone) {
			t.Errorf("%s: made again, or not made: %v", name, err)
		}
	}
	if _, err := os.Stat(half); err == nil {
		t.Error("half a file is still there")
	}
	if n := takenOut(t, record); n != len(rows)+1 {
		t.Errorf("%d in the audit, want one more than %d", n, len(rows))
	}

	// A year's are those issued in it.
	year := rows[0][8][:4]
	status, out, log = run(t, "", "plan", "pdf", "--record", record, "--out", folder+"-year", "--year", year, "--chromium", chromium(t, ""))
	if status != 0 || !strings.Contains(out, "issued in "+year) {
		t.Fatalf("%d: %s%s", status, out, log)
	}
	for _, row := range table(t, folder+"-year") {
		if !strings.HasPrefix(row[8], year) {
			t.Errorf("%q was not issued in %s", row, year)
		}
	}
}

// A run that is stopped leaves no half files, says how to go on, and is gone on
// with.
func TestPlansToPDFStopped(t *testing.T) {
	record, folder := pretend(t), filepath.Join(t.TempDir(), "plans")
	begun := filepath.Join(t.TempDir(), "begun")
	slow := exec.Command(weald, "plan", "pdf", "--record", record, "--out", folder, "--chromium", chromium(t, "touch '"+begun+"'; sleep 3"))
	var log bytes.Buffer
	slow.Stderr = &log
	if err := slow.Start(); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if _, err := os.Stat(begun); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if status, _, log := run(t, "", "plan", "pdf", "--record", record, "--out", folder, "--chromium", chromium(t, "")); status != 2 || !strings.Contains(log, "another run is writing to") {
		t.Errorf("two runs at once: %d: %s", status, log)
	}
	if err := slow.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = slow.Wait() // its status says
	if slow.ProcessState.ExitCode() != 1 || !strings.Contains(log.String(), "Give the same command to go on") {
		t.Errorf("%d: %s", slow.ProcessState.ExitCode(), log.String())
	}
	if half, _ := filepath.Glob(filepath.Join(folder, "*.part-*")); len(half) > 0 {
		t.Errorf("half made: %q", half)
	}
	if _, err := os.Stat(filepath.Join(folder, planIndex)); err == nil {
		t.Error("there is a table of a run that was stopped")
	}
	if status, out, log := run(t, "", "plan", "pdf", "--record", record, "--out", folder, "--chromium", chromium(t, "")); status != 0 {
		t.Errorf("%d: %s%s", status, out, log)
	}
}

// What cannot be done is refused before anything is taken out, and in words.
func TestPlansToPDFRefused(t *testing.T) {
	record, dir := pretend(t), t.TempDir()
	file, full, link := filepath.Join(dir, "file"), filepath.Join(dir, "full"), filepath.Join(dir, "link")
	for _, err := range []error{os.WriteFile(file, nil, 0o600), os.Mkdir(full, 0o700), os.WriteFile(filepath.Join(full, "holiday.jpg"), nil, 0o600), os.Mkdir(link, 0o700), os.Symlink(file, filepath.Join(link, planIndex))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("WEALD_CHROMIUM", "/bin/false")
	for _, v := range []struct {
		name, want string
		args       []string
	}{
		{"a file", "is a file: name a folder", []string{"--record", record, "--out", file}},
		{"beneath a file", "cannot be made", []string{"--record", record, "--out", filepath.Join(file, "plans")}},
		{"no place to write", "the folder for the plans cannot be made", []string{"--record", record, "--out", "/proc/plans"}},
		{"another's folder", "holds holiday.jpg, which is no plan of this run", []string{"--record", record, "--out", full}},
		{"a link out of the folder", "holds plans.csv, which is no plan of this run", []string{"--record", record, "--out", link}},
		{"before there were plans", "--year is a calendar year from 2014", []string{"--record", record, "--out", full, "--year", "1999"}},
		{"a year to come", "--year is a calendar year from 2014", []string{"--record", record, "--out", full, "--year", "2999"}},
		{"no plans in words", "so nothing was written", []string{"--record", record, "--out", filepath.Join(dir, "none"), "--year", "2014"}},
		{"no record", "there is no record", []string{"--record", filepath.Join(dir, "no.db"), "--out", filepath.Join(dir, "none")}},
	} {
		if status, out, log := run(t, "", append([]string{"plan", "pdf"}, v.args...)...); status != 2 || out != "" || !strings.Contains(log, v.want) {
			t.Errorf("%s: %d: %s%s", v.name, status, out, log)
		}
	}
	for _, path := range []string{filepath.Join(dir, "none"), filepath.Join(dir, "no.db")} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s was made", path)
		}
	}
	if n := takenOut(t, record); n != 0 {
		t.Errorf("%d plans were taken out", n)
	}
	// A browser that does not start: what failed is said, and the rest not tried.
	broken := filepath.Join(dir, "broken")
	if status, out, log := run(t, "", "plan", "pdf", "--record", record, "--out", broken); status != 1 || out != "" || !strings.Contains(log, "5 in a row could not be printed") {
		t.Errorf("a browser that does not start: %d: %s%s", status, out, log)
	}
	if left, err := os.ReadDir(broken); err != nil || len(left) > 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	t.Setenv("WEALD_CHROMIUM", "")
	t.Setenv("PATH", dir)
	if status, _, log := run(t, "", "plan", "pdf", "--record", record, "--out", broken); status != 2 || !strings.Contains(log, "there is no Chromium here") {
		t.Errorf("no browser: %d: %s", status, log)
	}
}
