package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weald/domain/sen2"
)

// checked runs the command on a file's content, from a file and from standard
// input, which must say the same. The status is the command's.
func checked(t *testing.T, c sen2CheckCommand, content string) (out string, status int) {
	t.Helper()
	c.File = filepath.Join(t.TempDir(), "return.xml")
	if err := os.WriteFile(c.File, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if c.First == 0 {
		c.First = 5
	}
	run := func() (string, int, string) {
		var b bytes.Buffer
		n, err := c.run(strings.NewReader(content), &b)
		text := strings.Replace(b.String(), c.File+": the", "FILE: the", 1)
		switch {
		case err != nil:
			return text, 2, err.Error()
		case n > 0:
			return text, 1, ""
		}
		return text, 0, ""
	}
	out, status, said := run()
	name := c.File
	c.File = "-"
	piped, s, _ := run()
	if piped != out || s != status {
		t.Errorf("%s gives %d, %s; standard input gives %d, %s", name, status, out, s, piped)
	}
	return out + said, status
}

// Twenty mistakes are planted in a file, and all are named: by check, person,
// item and line. Nothing else is found in it but what follows from them.
func TestPlantedMistakes(t *testing.T) {
	file, err := os.ReadFile("../../domain/sen2/testdata/planted.xml")
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("../../domain/sen2/testdata/planted.txt")
	if err != nil {
		t.Fatal(err)
	}
	out, status := checked(t, sen2CheckCommand{JSON: true}, string(file))
	if status != 1 {
		t.Errorf("exit status %d", status)
	}
	found := map[string]bool{}
	lines := bufio.NewScanner(strings.NewReader(out))
	for lines.Scan() {
		var f findingJSON
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			t.Fatal(err)
		}
		found[fmt.Sprintf("%s %d %s %d", f.Check, f.Person, f.Item, f.Line)] = true
	}
	planted := 0
	for line := range strings.Lines(string(list)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			if planted++; !found[line] {
				t.Errorf("%s is not found: %v", line, found)
			}
		}
	}
	if planted != 20 {
		t.Errorf("%d mistakes are planted", planted)
	}
	text, _ := checked(t, sen2CheckCommand{}, string(file))
	for _, want := range []string{"FILE: the 2026 return of local authority 999, 20 people. Each check is a local check, not a DfE rule.", "\nS-033, 1 time: The outcome is Y or N, and its day is missing.\n  line ", ", person 7, RequestOutcomeDate: error: The outcome is Y, and RequestOutcomeDate is not given.", "Not run: S-085, because no register of settings was given."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestExitStatuses(t *testing.T) {
	sound := sen2.SoundReturn()
	swap := strings.NewReplacer
	for _, c := range []struct {
		name, file string
		status     int
		says       string
	}{
		{"sound", sound, 0, "0 errors, 0 queries, 0 notes."},
		{"a query", strings.Replace(sound, "<DMO>Yes</DMO>", "", 1), 0, "1 query"},
		{"an error", strings.Replace(sound, ">F<", ">X<", 1), 1, "S-021"},
		{"entity bomb", `<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Message>&b;</Message>`, 2, "line 1, column 22:"},
		{"zip", "PK\x03\x04\x14\x00\x06\x00", 2, "zip"},
		{"UTF-16", "\xff\xfe<\x00M\x00e\x00", 2, "UTF-16"},
		{"cut short", sound[:len(sound)/2], 2, "the file ends inside"},
		{"nothing", "", 2, "holds no return"},
		{"byte order mark", "\xef\xbb\xbf" + sound, 0, "byte order mark"},
		{"namespace", strings.Replace(sound, "<Message>", `<Message xmlns="urn:sen2">`, 1), 0, "namespace"},
		{"no people", sound[:strings.Index(sound, " <Persons>")] + "</Message>", 1, "expected <Persons>, found none"},
		{"no header", sound[:strings.Index(sound, " <Header>")] + sound[strings.Index(sound, " <Persons>"):], 1, "no header"},
		{"unknown element", strings.Replace(sound, "<Persons>", "<Persons><Shoe/>", 1), 0, "line 21:11, Shoe: query: <Shoe> is not an element"},
		{"Latin-1", swap(`encoding="UTF-8"`, `encoding="ISO-8859-1"`, "Ida", "Zo\xeb").Replace(sound), 0, "ISO-8859-1"},
	} {
		if out, status := checked(t, sen2CheckCommand{}, c.file); status != c.status || !strings.Contains(out, c.says) {
			t.Errorf("%s: exit status %d, not %d; %q is not in\n%s", c.name, status, c.status, c.says, out)
		}
	}
	if _, err := (&sen2CheckCommand{File: "no-such-file"}).run(nil, &bytes.Buffer{}); err == nil {
		t.Error("a file that is not there was read")
	}
}

// What a person knows besides the return comes from options.
func TestCheckOptions(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	register := write("edubase.csv", "URN,TypeOfEstablishment (name)\n100001,Community school\n100002,Online provider\n")
	last := write("last.xml", sen2.SoundReturn())
	c := sen2CheckCommand{Year: 2025, LA: "998", Settings: register, LastYear: last, Tolerance: map[string]float64{"S-102": 1}}
	out, status := checked(t, c, sen2.SoundReturn())
	for _, want := range []string{"S-001, 1 time", "S-002, 1 time", "S-089, 1 time"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if status != 1 || !strings.Contains(out, "There are 0 plans issued in the year; last year's return had 1.") || strings.Contains(out, "Not run: S-08") {
		t.Errorf("exit status %d\n%s", status, out)
	}
	for _, c := range []sen2CheckCommand{{Year: 1999}, {Tolerance: map[string]float64{"S-020": 1}}, {Settings: last}, {LastYear: register}, {LastYear: "no-such-file"}, {Settings: "no-such-file"}} {
		if _, status := checked(t, c, sen2.SoundReturn()); status != 2 {
			t.Errorf("%+v: exit status %d", c, status)
		}
	}
}

func TestEveryFindingIsALineOfJSON(t *testing.T) {
	out, _ := checked(t, sen2CheckCommand{JSON: true}, strings.Replace(sen2.SoundReturn(), ">F<", ">X<", 1))
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], `{"check":"S-021","severity":"error","line":26,"column":9,"person":1,`) {
		t.Errorf("%s", out)
	}
	var last struct{ Found map[string]int }
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Found["S-021"] != 1 {
		t.Errorf("%s, %v", lines[len(lines)-1], err)
	}
	if slices.Contains(lines, "") {
		t.Error("an empty line")
	}
}
