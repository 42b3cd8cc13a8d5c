package casework

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"weald/law"
)

var rewrite = flag.Bool("rewrite", false, "rewrite the golden sentences; then read the difference")

// situations are told in testdata/why.txt: a name and perhaps a choice, a case,
// the rule asked about after ?, and the sentence that answers why.
func TestWhy(t *testing.T) {
	const file = "testdata/why.txt"
	golden, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var now strings.Builder
	n := 0
	for part := range strings.SplitSeq(strings.TrimSpace(string(golden)), "\n\n") {
		var text, said []string
		var asked, choices string
		for line := range strings.Lines(part) {
			line = strings.TrimSpace(line)
			switch line[0] {
			case '?':
				asked = strings.TrimSpace(line[1:])
			case '"':
				said = append(said, strings.Trim(line, `"`))
			case '!':
				choices = strings.TrimSpace(line[1:])
			default:
				text = append(text, line)
			}
		}
		n++
		p := DefaultPractice()
		if err := p.Choose(choices); err != nil {
			t.Fatal(err)
		}
		x, reading := read(t, p, strings.Join(text, "\n"))
		t.Run(x.Title, func(t *testing.T) {
			code, of, _ := strings.Cut(asked, " of=")
			i := slices.IndexFunc(reading.Duties, func(d Duty) bool { return d.Rule.Code == code && (of == "" || d.Of == of) })
			if i < 0 {
				t.Fatalf("%s does not run", asked)
			}
			d := &reading.Duties[i]
			got := d.Status.String() + ": " + d.Why(p)
			if want := strings.Join(said, " "); got != want && !*rewrite {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
			reads(t, d, got)
			now.WriteString(strings.Join(text, "\n") + "\n")
			if choices != "" {
				now.WriteString("! " + choices + "\n")
			}
			now.WriteString("? " + asked + "\n\"" + got + "\"\n\n")
		})
	}
	if n < 25 {
		t.Errorf("%d situations; expected 25 or more", n)
	}
	if *rewrite {
		if err := os.WriteFile(file, []byte(strings.TrimSpace(now.String())+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// reads checks what must hold of every such sentence.
func reads(t *testing.T, d *Duty, said string) {
	t.Helper()
	for _, bad := range []string{"..", "  ", " .", ",.", "%!", "eHC", "iCB", "nHS", "tribunal", "{on}", "a the", "on ."} {
		if strings.Contains(said, bad) {
			t.Errorf("%q in %s", bad, said)
		}
	}
	for s := range strings.SplitSeq(said, ". ") {
		if s == "" || !(s[0] >= 'A' && s[0] <= 'Z' || s[0] >= '0' && s[0] <= '9' || strings.HasPrefix(said, s)) {
			t.Errorf("a sentence starts with a small letter: %q", s)
		}
	}
	if d.Rule.Statutory() == strings.Contains(said, "not law") {
		t.Errorf("%s is %s: %s", d.Rule.Code, d.Rule.Force, said)
	}
	if source := d.Rule.Source.String(); !strings.Contains(said, source) {
		t.Errorf("does not cite %s: %s", source, said)
	}
}

// Every sentence about every rule reads as English, whatever the case.
func TestEveryExampleReadsWell(t *testing.T) {
	files, names := ExampleFiles()
	p := DefaultPractice()
	clock := NewClock(p)
	for _, name := range names {
		all, err := ReadCaseFile(name, files[name])
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range all {
			reading := clock.Read(&x.Case, x.Today)
			for i := range reading.Duties {
				reads(t, &reading.Duties[i], reading.Duties[i].Status.String()+": "+reading.Duties[i].Why(p))
			}
			for _, no := range reading.Refused {
				if why := no.Why.Error(); strings.Contains(why, "..") || strings.Contains(why, "  ") {
					t.Errorf("%s: %q", x.Title, why)
				}
			}
		}
	}
}

func TestEveryKindCanBeSaidInASentence(t *testing.T) {
	for _, k := range Kinds() {
		if c := clauses[k]; c == "" || !strings.Contains(c, "{on}") || strings.HasSuffix(c, ".") {
			t.Errorf("%s: %q", k, c)
		}
		if said := clause(k, NoValue, firstDay); !strings.Contains(said, " on 1 January 2018") {
			t.Errorf("%s: %q", k, said)
		}
	}
	for tr := range valueClauses {
		if !slices.ContainsFunc(tr.kind.Attributes(), func(a Attribute) bool { return slices.Contains(a.Values, tr.value) }) {
			t.Errorf("%s cannot say %s", tr.kind, tr.value)
		}
	}
	for _, f := range law.Forces {
		if s := inSentence(f.Words()); strings.HasPrefix(s, "nHS") || strings.HasPrefix(s, "tribunal") {
			t.Errorf("%q", s)
		}
	}
}
