package app

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/annexa"
	"weald/domain/sen2"
	"weald/internal/sheet"
)

// The lists of a loaded return: what the workbook says, read again, is what the
// record says, and the checks find the same.
func TestListsForAnInspectionReadBack(t *testing.T) {
	c := fresh(t)
	load(t, c)
	a := &Inspections{Core: c}
	on := calendar.On(2026, 6, 1)
	lists, err := a.AnnexA(ctx, data, on, false)
	if err != nil {
		t.Fatal(err)
	}
	if n, m := len(lists.Rows[annexa.One]), len(lists.Rows[annexa.Two]); n < 300 || m == 0 {
		t.Fatalf("%d and %d children", n, m)
	}
	if again, err := a.AnnexA(ctx, data, on, true); err != nil || &again.Found[0] != &lists.Found[0] {
		t.Error("the same lists were built twice")
	}
	var b bytes.Buffer
	if err := a.AnnexAOut(ctx, data, on, &b); err != nil {
		t.Fatal(err)
	}
	read, notes, err := ReadAnnexA("annex a.xlsx", bytes.NewReader(b.Bytes()), int64(b.Len()), on)
	if err != nil || len(notes) > 0 {
		t.Fatal(notes, err)
	}
	for _, l := range []annexa.List{annexa.One, annexa.Two} {
		for i := range lists.Rows[l] {
			want := lists.Rows[l][i]
			want.Child = ""
			if got := read.Rows[l][i]; got != want {
				t.Fatalf("%s, line %d: %+v, want %+v", l.Sheet(), want.Line, got, want)
			}
		}
	}
	if len(read.Found) != len(lists.Found) {
		t.Errorf("%d findings of the file, %d of the record", len(read.Found), len(lists.Found))
	}
	if _, _, err := ReadAnnexA("a.xlsx", strings.NewReader("PK\x03\x04"), 4, on); err == nil {
		t.Error("a damaged workbook was read")
	} else if refused := new(sheet.Refused); !errors.As(err, &refused) {
		t.Errorf("a damaged workbook: %v", err)
	}
}

// A change to the record changes the lists.
func TestListsFollowTheRecord(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	a := &Inspections{Core: c}
	sizes := func() [2]int {
		lists, err := a.AnnexA(ctx, data, c.Today(), true)
		if err != nil {
			t.Fatal(err)
		}
		return [2]int{len(lists.Rows[annexa.One]), len(lists.Rows[annexa.Two])}
	}
	before := sizes()
	record(t, c, id, c.Today().String()+" deceased")
	if lists, err := a.AnnexA(ctx, data, c.Today(), false); err != nil || lists.Ago == 0 {
		t.Errorf("built again at once, or not said to be old: %v, %v", lists.Ago, err)
	}
	if after := sizes(); before == after || after != [2]int{} {
		t.Errorf("from %v to %v", before, after)
	}
	if _, err := a.AnnexA(ctx, officer, c.Today(), false); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer took the lists: %v", err)
	}
}

func TestWhereabouts(t *testing.T) {
	for fact, want := range map[string][2]string{
		"":                                  {},
		"URN 900001, from 1 September 2024": {"900001", "No"},
		"URN 900001, from 1 September 2020, to 31 August 2024": {},
		"In a SEN unit":                    {"", "No"},
		sen2.SettingTypes.Meaning("EHE"):   {"", "Yes"},
		"UKPRN 10001234, from 1 June 2024": {"", "No"},
	} {
		if urn, home := whereabouts(fact); [2]string{urn, home} != want {
			t.Errorf("%q: %q, %q", fact, urn, home)
		}
	}
}
