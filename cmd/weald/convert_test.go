package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A return goes from XML into each form and comes back the same, as far as the
// form holds it.
func TestConvertedReturnsComeBack(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	convert := func(c sen2ConvertCommand) []byte {
		t.Helper()
		if err := c.Run(); err != nil {
			t.Fatalf("%+v: %v", c, err)
		}
		if filepath.Ext(c.Out) != ".xml" {
			return nil
		}
		text, err := os.ReadFile(c.Out)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	whole := convert(sen2ConvertCommand{In: sampleReturn, Out: in("whole.xml")})
	convert(sen2ConvertCommand{In: sampleReturn, Out: in("template.xlsx")})
	convert(sen2ConvertCommand{In: sampleReturn, Out: in("nine")})
	for _, form := range []string{"template.xlsx", "nine"} {
		if back := convert(sen2ConvertCommand{In: in(form), Out: in(form + ".xml")}); !bytes.Equal(back, whole) {
			t.Errorf("%s did not come back the same", form)
		}
	}
	convert(sen2ConvertCommand{In: sampleReturn, Out: in("five"), Form: "analysts"})
	convert(sen2ConvertCommand{In: sampleReturn, Out: in("five.xlsx"), Form: "analysts"})
	a := convert(sen2ConvertCommand{In: in("five"), Out: in("a.xml"), Year: 2026, LEA: "999"})
	b := convert(sen2ConvertCommand{In: in("five.xlsx"), Out: in("b.xml"), Year: 2026, LEA: "999"})
	if !bytes.Equal(a, b) || len(a) >= len(whole) {
		t.Error("five files and five sheets differ, or hold more than they can")
	}
	for _, form := range []string{"nine", "template.xlsx"} {
		results, _, _, err := (&sen2StatsCommand{File: in(form)}).count(nil)
		if err != nil || results.Find("plans").Figures[0].Count != 387 {
			t.Errorf("%s is not counted as the return is: %v", form, err)
		}
	}
	nameless := convert(sen2ConvertCommand{In: sampleReturn, Out: in("nameless.xml"), NoNames: true})
	for _, told := range []string{"Surname", "Forename", "PostCode", "<UPN>", "UniqueLearnerNumber", "2006-09-15"} {
		if !bytes.Contains(whole, []byte(told)) && told != "UniqueLearnerNumber" || bytes.Contains(nameless, []byte(told)) {
			t.Errorf("without names, %s is told", told)
		}
	}
	if !bytes.Contains(nameless, []byte("2006-09-01")) {
		t.Error("a birth date is not on the first of its month")
	}
	if err := os.WriteFile(in("other.csv"), []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var status exit
	if err := (&sen2ConvertCommand{In: in("other.csv"), Out: in("other.xml")}).Run(); !errors.As(err, &status) || status != 2 {
		t.Errorf("a file of no form: %v", err)
	}
}
