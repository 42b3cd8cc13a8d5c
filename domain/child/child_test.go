package child

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"weald/calendar"
)

func TestNumbers(t *testing.T) {
	for _, v := range []struct {
		read        func(string) (string, error)
		typed, want string
		wrong       string
	}{
		{ParseNHS, "943 476 5919", "9434765919", ""},
		{ParseNHS, "943-476-5919", "9434765919", ""},
		{ParseNHS, "", "", ""},
		{ParseNHS, "943 476 5918", "", "a digit is wrong"},
		{ParseNHS, "943 467 5919", "", "changed places"},
		{ParseNHS, "943 476 591", "", "10 digits"},
		{ParseNHS, "943 476 591O", "", "digits only"},
		{ParseUPN, "y001100025001", "Y001100025001", ""},
		{ParseUPN, "Y 001 1000 25 001", "Y001100025001", ""},
		{ParseUPN, "Z001100025001", "", "is wrong"},
		{ParseUPN, "I001100025001", "", "never with I"},
		{ParseUPN, "Y00110002500", "", "13 characters"},
		{ParseUPN, "T0011X0025001", "", "digits after"},
		{ParseUPN, "K00110002500B", "K00110002500B", ""},
		{ParseULN, "9900000011", "9900000011", ""},
		{ParseULN, "99000", "", "10 digits"},
		{ParsePostcode, "sw1a1aa", "SW1A 1AA", ""},
		{ParsePostcode, " m1  1ae ", "M1 1AE", ""},
		{ParsePostcode, "zz99 3vz", "ZZ99 3VZ", ""},
		{ParsePostcode, "SW1A", "", "full postcode"},
		{ParsePostcode, "1SW 1AA", "", "full postcode"},
	} {
		got, err := v.read(v.typed)
		if got != v.want || (err == nil) != (v.wrong == "") || err != nil && !strings.Contains(err.Error(), v.wrong) {
			t.Errorf("%q reads as %q, %v; want %q, %s", v.typed, got, err, v.want, v.wrong)
		}
	}
}

func TestFold(t *testing.T) {
	for typed, want := range map[string]string{
		"O'Brien": "obrien", "O’BRIEN": "obrien", "Smith-Jones": "smith jones", "Zoë": "zoe", "Łukasz": "lukasz", "Øyvind  Strauß": "oyvind strauss",
		"St. John": "st john", "": "", "  ": "", "İbrahim": "ibrahim", "Nguyễn": "nguyen", "Иван": "иван",
	} {
		if got := Fold(typed); got != want {
			t.Errorf("%q folds to %q, want %q", typed, got, want)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, v := range []struct {
		a, b      string
		forenames bool
		near      bool
	}{
		{"O'Brien", "Obrien", false, true}, {"O'Brien", "Obrian", false, true}, {"Obrien", "Obrian", false, true},
		{"Mohamed", "Muhammad", true, true}, {"Mohammed", "Mohamed", true, true}, {"Mo", "Muhammad", true, true},
		{"Liz", "Elizabeth", true, true}, {"Liz", "Elizabeth", false, false},
		{"Smith-Jones", "Jones", false, true}, {"Smith Jones", "Smith-Jones", false, true}, {"Mac Donald", "MacDonald", false, true},
		{"Katherine", "Catherine", true, true}, {"Steven", "Stephen", true, true}, {"Jhon", "John", true, true},
		{"Smith", "Smyth", false, true}, {"Ali", "Amy", true, false}, {"Smith", "Jones", false, false}, {"Oliver", "Amelia", true, false}, {"", "Amy", true, false},
	} {
		if got := Alike(v.a, v.b, v.forenames) >= near; got != v.near {
			t.Errorf("%q and %q alike: %v (%d), want %v", v.a, v.b, got, Alike(v.a, v.b, v.forenames), v.near)
		}
	}
}

func day(y int, m time.Month, d int) calendar.Date { return calendar.On(y, m, d) }

// village is children who are hard to tell apart.
func village() *Index {
	x := NewIndex()
	for id, e := range map[string]Entry{
		"obrien":   {Surname: "O'Brien", Forename: "Niamh", Born: day(2015, 4, 1), UPN: "Y001100025001", Reference: "WM-012345", Postcode: "SW1A 1AA", NHS: "9434765919"},
		"mohammed": {Surname: "Ali", Forename: "Mohammed", Born: day(2012, 2, 3), ULN: "9900000011", Reference: "WM-000777"},
		"amelia":   {Surname: "Smith", Forename: "Amelia", Born: day(2018, 7, 9), Postcode: "SW1A 1AA", ContactNames: []string{"Grace Okafor"}},
		"twin":     {Surname: "Smith", Forename: "Oliver", Born: day(2018, 7, 9), Postcode: "SW1A 1AA"},
		"double":   {Surname: "Smith-Jones", Forename: "Elizabeth", Born: day(2016, 11, 30)},
		"swapped":  {Surname: "Thomas", Forename: "Smith", Born: day(2011, 12, 24)},
		"macd":     {Surname: "Mac Donald", Forename: "Ewan", Born: day(2010, 1, 31)},
		"lukasz":   {Surname: "Wójcik", Forename: "Łukasz", Born: day(2013, 5, 6)},
	} {
		x.Put(id, e)
	}
	return x
}

func TestSearchFindsWhoWasMeant(t *testing.T) {
	x := village()
	for _, v := range []struct{ typed, id, reason string }{
		{"O'Brien", "obrien", "same surname"},
		{"obrien", "obrien", "same surname"},
		{"Obrian", "obrien", "surname nearly the same"},
		{"o brien niamh", "obrien", "same name"},
		{"Niamh O’Brien", "obrien", "same name"},
		{"brien", "obrien", ""},
		{"mohamed", "mohammed", "“mohamed” may be short for, or a form of, “Mohammed”"},
		{"Muhammad Ali", "mohammed", ""},
		{"mo ali", "mohammed", ""},
		{"ali mohammed", "mohammed", "same name"},
		{"03/02/2012", "mohammed", "same birth date"},
		{"3 Feb 2012", "mohammed", "same birth date"},
		{"3rd February 2012", "mohammed", "same birth date"},
		{"February 3, 2012", "mohammed", "same birth date"},
		{"2012-02-03", "mohammed", "same birth date"},
		{"03022012", "mohammed", "same birth date"},
		{"3.2.12", "mohammed", "same birth date"},
		{"2/3/2012", "mohammed", "birth date with day and month the other way round"},
		{"ali 3/2/2013", "mohammed", "birth date with one digit different, same surname"},
		{"Ali 2012", "mohammed", "born in 2012, same surname"},
		{"Y001100025001", "obrien", "same UPN"},
		{"y 0011 0002 5001", "obrien", "same UPN"},
		{"Y001100025010", "obrien", "UPN with one slip"},
		{"9434765919", "obrien", "same NHS number"},
		{"943 476 5919", "obrien", "same NHS number"},
		{"943 476 5991", "obrien", "NHS number with one slip"},
		{"9900000011", "mohammed", "same ULN"},
		{"WM-012345", "obrien", "same reference"},
		{"wm12345", "obrien", "same reference"},
		{"12345", "obrien", "same reference"},
		{"12354", "obrien", "reference with one slip"},
		{"777", "mohammed", "same reference"},
		{"sw1a1aa amelia", "amelia", "same postcode, same forename"},
		{"liz smith jones", "double", ""},
		{"smithjones", "double", "same surname"},
		{"macdonald", "macd", "same surname"},
		{"Mcdonald", "macd", ""},
		{"wojcik", "lukasz", "same surname"},
		{"lukasz wojick", "lukasz", ""},
		{"okafor", "amelia", "name of a contact"},
		{"Amelia Smtih", "amelia", ""},
		{"Smith Amelia", "amelia", "same name"},
	} {
		hits := x.Search(v.typed, 5)
		if len(hits) == 0 || hits[0].ID != v.id || v.reason != "" && hits[0].Reason != v.reason {
			t.Errorf("%q finds %+v, want %s first: %s", v.typed, hits, v.id, v.reason)
		}
	}
	for _, nothing := range []string{"", "   ", "xqzvwk", "12/13/2", "??", "Z999999999999"} {
		if hits := x.Search(nothing, 5); len(hits) != 0 {
			t.Errorf("%q finds %+v", nothing, hits)
		}
	}
	if hits := x.Search("smith", 1); len(hits) != 1 {
		t.Errorf("one hit was asked for, and %d came", len(hits))
	}
}

// Whoever has the name alone comes before whoever has it among others, as typed
// or nearly.
func TestAWholeNameComesBeforeAPart(t *testing.T) {
	x := NewIndex()
	x.Put("part", Entry{Surname: "Lewis-O’Brien", Forename: "Florence"})
	x.Put("whole", Entry{Surname: "O’Brien", Forename: "Zara"})
	for _, typed := range []string{"obrien", "obrian", "obr", "o brien"} {
		if hits := x.Search(typed, 2); len(hits) != 2 || hits[0].ID != "whole" {
			t.Errorf("%q finds %+v", typed, hits)
		}
	}
}

func TestCompare(t *testing.T) {
	amy := Entry{Surname: "Smith", Forename: "Amelia", Born: day(2018, 3, 9), Postcode: "SW1A 1AA", NHS: "9434765919"}
	with := func(change func(*Entry)) *Entry { e := amy; change(&e); return &e }
	for _, v := range []struct {
		name  string
		other *Entry
		want  Relation
		words string
	}{
		{"the same", with(func(e *Entry) {}), SameChild, "same NHS number"},
		{"no number", with(func(e *Entry) { e.NHS = "" }), SameChild, "same birth date, same name"},
		{"a slip in the name", with(func(e *Entry) { e.NHS, e.Surname = "", "Smyth" }), SameChild, "name nearly the same"},
		{"a short form", with(func(e *Entry) { e.NHS, e.Forename = "", "Millie" }), SameChild, "another form"},
		{"day and month turned", with(func(e *Entry) { e.NHS, e.Born = "", day(2018, 9, 3) }), SameChild, "other way round"},
		{"names turned", with(func(e *Entry) { e.NHS, e.Surname, e.Forename = "", "Amelia", "Smith" }), SameChild, "surname and forename the other way round"},
		{"another NHS number", with(func(e *Entry) { e.NHS = "9990000018" }), PerhapsSame, "but another NHS number"},
		{"a digit of the birth date", with(func(e *Entry) { e.NHS, e.Born, e.Surname = "", day(2019, 3, 9), "Smyth" }), PerhapsSame, "one digit"},
		{"no birth date", with(func(e *Entry) { e.NHS, e.Born = "", 0 }), PerhapsSame, "not known"},
		{"a twin", with(func(e *Entry) { e.NHS, e.Forename = "", "Oliver" }), Sibling, "twin"},
		{"a twin who lives elsewhere", with(func(e *Entry) { e.NHS, e.Forename, e.Postcode = "", "Oliver", "" }), Sibling, "twin"},
		{"a brother", with(func(e *Entry) { e.NHS, e.Forename, e.Born = "", "Oliver", day(2015, 1, 20) }), Sibling, "brother or sister"},
		{"a new surname", with(func(e *Entry) { e.NHS, e.Surname = "", "Okafor" }), PerhapsSame, "same forename"},
		{"a neighbour", with(func(e *Entry) { e.NHS, e.Surname, e.Forename, e.Born = "", "Okafor", "Grace", day(2014, 6, 6) }), Unrelated, ""},
		{"a namesake", with(func(e *Entry) { e.NHS, e.Postcode, e.Born = "", "", day(2009, 6, 6) }), Unrelated, ""},
	} {
		if got := Compare(&amy, v.other); got.Relation != v.want || !strings.Contains(got.Reason, v.words) {
			t.Errorf("%s: %+v, want %s: %s", v.name, got, v.want, v.words)
		}
	}
}

func TestMatchPutsTheSameChildBeforeTheFamily(t *testing.T) {
	hits := village().Match(Entry{Surname: "Smyth", Forename: "Amelia", Born: day(2018, 9, 7), Postcode: "sw1a1aa"}, 10)
	if len(hits) < 2 || hits[0].ID != "amelia" || hits[0].Relation != SameChild || hits[1].ID != "twin" || hits[1].Relation != Sibling {
		t.Errorf("%+v", hits)
	}
}

func TestAnIndexForgetsAndChanges(t *testing.T) {
	x := village()
	before := x.Search("smith", 10)
	x.Put("amelia", Entry{Surname: "Okonkwo", Forename: "Amelia", Born: day(2018, 7, 10), Postcode: "SW1A 2AA"})
	if hits := x.Search("smith 9/7/2018", 1); len(hits) == 0 || hits[0].ID != "twin" {
		t.Errorf("a changed name is still found: %+v", hits)
	}
	if hits := x.Search("Okonkwo", 1); len(hits) != 1 || hits[0].ID != "amelia" {
		t.Errorf("a new name is not found: %+v", hits)
	}
	x.Remove("obrien")
	x.Remove("nobody")
	if hits := x.Search("SW1A 1AA", 9); len(hits) != 1 || hits[0].ID != "twin" {
		t.Errorf("who is left at a postcode: %+v", hits)
	}
	x.Put("amelia", Entry{Surname: "Smith", Forename: "Amelia", Born: day(2018, 7, 9), Postcode: "SW1A 1AA", ContactNames: []string{"Grace Okafor"}})
	if after := x.Search("smith", 10); len(after) != len(before) || after[0] != before[0] {
		t.Errorf("put back as it was, it finds %+v, not %+v", after, before)
	}
	if x.Len() != 7 {
		t.Errorf("%d children", x.Len())
	}
}

func anEntry(t *rapid.T) Entry {
	pick := func(label string, all ...string) string { return rapid.SampledFrom(all).Draw(t, label) }
	e := Entry{
		Surname:  pick("surname", "Smith", "Smyth", "O'Brien", "Obrian", "Smith-Jones", "Jones", "de la Cruz", "Ng", "Łuk", "Okafor"),
		Forename: pick("forename", "Amelia", "Amy", "Millie", "Oliver", "Mohammed", "Muhammad", "Jo", "Smith", "Anne-Marie", "Marie"),
		Postcode: pick("postcode", "", "SW1A 1AA", "M1 1AE"),
		NHS:      pick("nhs", "", "9434765919", "9990000018"),
		UPN:      pick("upn", "", "Y001100025001"),
	}
	if rapid.Bool().Draw(t, "born") {
		e.Born = day(rapid.IntRange(2010, 2012).Draw(t, "y"), time.Month(rapid.IntRange(1, 12).Draw(t, "m")), rapid.IntRange(1, 28).Draw(t, "d"))
	}
	if rapid.Bool().Draw(t, "contact") {
		e.ContactNames = []string{pick("contact name", "Grace Okafor", "Anne Smith")}
	}
	return e
}

func TestALikenessIsTheSameBothWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anEntry(t), anEntry(t)
		if x, y := Compare(&a, &b), Compare(&b, &a); x != y {
			t.Fatalf("%+v\n%+v", x, y)
		}
		if x := Compare(&a, &a); !a.Born.IsZero() && x.Relation != SameChild {
			t.Fatalf("not like itself: %+v", x)
		}
	})
}

func TestTheExactNameComesFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := NewIndex()
		all := rapid.SliceOfN(rapid.Custom(anEntry), 1, 30).Draw(t, "children")
		for i, e := range all {
			x.Put(string(rune('a'+i)), e)
		}
		one := all[0]
		typed := one.Forename + " " + one.Surname
		hits := x.Search(typed, 30)
		if len(hits) == 0 {
			t.Fatalf("%q finds nobody", typed)
		}
		top := x.entries[x.slots[hits[0].ID]]
		words := func(e *Entry) string { return Fold(e.Forename + e.Surname) }
		if words(&top.Entry) != words(&one) && Fold(top.Surname+top.Forename) != words(&one) {
			t.Fatalf("%q finds %s %s first: %+v", typed, top.Forename, top.Surname, hits)
		}
		for i := range hits {
			if i > 0 && hits[i].Score > hits[i-1].Score {
				t.Fatalf("out of order: %+v", hits)
			}
		}
	})
}

func TestAnIndexIsAsIfMadeAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, want := NewIndex(), map[string]Entry{}
		ids := []string{"a", "b", "c", "d", "e"}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			id := rapid.SampledFrom(ids).Draw(t, "id")
			if rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
				x.Remove(id)
				delete(want, id)
			} else {
				e := anEntry(t)
				x.Put(id, e)
				want[id] = e
			}
		}
		fresh := NewIndex()
		for _, id := range ids {
			if e, ok := want[id]; ok {
				fresh.Put(id, e)
			}
		}
		for _, q := range []string{"smith", "marie", "SW1A 1AA", "9434765919", "Y001100025001", "amelia 2011", "okafor"} {
			a, b := x.Search(q, 9), fresh.Search(q, 9)
			if len(a) != len(b) {
				t.Fatalf("%q: %+v and anew %+v", q, a, b)
			}
			for i := range a {
				if a[i] != b[i] {
					t.Fatalf("%q: %+v and anew %+v", q, a, b)
				}
			}
		}
	})
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"O'Brien 3/2/2012", "3rd of feb 12", "Y 0011 0002 5001", "SW1A1AA", "wm-1/2", "00/00/0000", "Łukasz \x80", "ａｂ １２", "99999999999999999999"} {
		f.Add(s)
	}
	x := village()
	f.Fuzz(func(t *testing.T, q string) {
		hits := x.Search(q, 4)
		for i, h := range hits {
			if h.Reason == "" || h.Score < 1 || h.Score > 100 || i > 0 && h.Score > hits[i-1].Score {
				t.Fatalf("%q: %+v", q, hits)
			}
		}
		x.Match(Entry{Surname: q, Forename: q, Postcode: q, NHS: q, Born: day(2018, 7, 9), ContactNames: []string{q}}, 4)
		e := Entry{Surname: q, Forename: q, UPN: q, Reference: q, ContactNames: []string{q, q}}
		before := x.Len()
		x.Put("fuzz", e)
		x.Remove("fuzz")
		if x.Len() != before {
			t.Fatal("not forgotten")
		}
		for _, read := range []func(string) (string, error){ParseNHS, ParseUPN, ParseULN, ParsePostcode} {
			if n, err := read(q); err == nil {
				if again, err := read(n); again != n || err != nil {
					t.Fatalf("%q reads as %q and then as %q, %v", q, n, again, err)
				}
			}
		}
	})
}
