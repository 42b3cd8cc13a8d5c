package app

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/measure"
	"weald/internal/store"
)

var boardMember = access.User{ID: "grace", Name: "Grace Adeyemi", Role: access.Board}

// anew counts every case from its journal.
func (a *Measures) anew(t *testing.T) *measure.Book {
	t.Helper()
	slots, born := map[store.ChildID]int32{}, map[store.ChildID]calendar.Date{}
	err := a.read(ctx, func(l *caseload) error {
		for id, slot := range l.slots {
			slots[id], born[id] = slot, l.lines[slot].Born
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	book, err := a.countPast(ctx, 0, a.today(), slots, born)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// Figures kept up to date with every event are those of counting every journal
// anew.
func TestMeasuresKeptUpAreThoseCountedAnew(t *testing.T) {
	c := fresh(t)
	load(t, c)
	a := &Measures{Core: c}
	check := func(when string) {
		t.Helper()
		book := a.anew(t)
		counted := 0
		err := a.Look(ctx, program, 0, func(live *measure.Book) error {
			for _, d := range measure.Definitions {
				if !d.Counted() {
					continue
				}
				for _, m := range measure.Months(a.today(), 60) {
					if got, want := live.Value(d, m), book.Value(d, m); got != want {
						t.Errorf("%s: %s in %s: kept %+v, counted anew %+v", when, d.Code, m.First, got, want)
					} else if got.Num+got.Den > 0 {
						counted++
					}
				}
			}
			return nil
		})
		if err != nil || counted < 100 {
			t.Fatalf("%s: %d figures, %v", when, counted, err)
		}
	}
	check("loaded")
	id := ffion(t, c)
	check("asked for")
	acts := &Casework{c}
	for _, line := range []string{"2026-10-19 decision-to-assess-sent decision=no"} {
		if err := acts.Record(ctx, officer, id, Recording{Event: event(t, line), Seen: Unseen}); err != nil {
			t.Fatal(err)
		}
	}
	check("refused")
}

// A figure is the number of rows that it leads to, for every measure and group.
func TestFiguresOpenToAsManyAsTheyCount(t *testing.T) {
	c := fresh(t)
	load(t, c)
	a := &Measures{Core: c}
	opened := 0
	for _, d := range measure.Definitions {
		if !d.Counted() {
			continue
		}
		for _, cut := range measure.Cuts {
			asked := measure.Asked{Cut: cut, Span: measure.CalendarYear, On: calendar.On(2025, 6, 1)}
			one, err := a.Detail(ctx, program, d.Code, asked)
			if err != nil {
				t.Fatal(err)
			}
			for _, g := range append(one.Groups, measure.Group{Value: one.Value}) {
				b, err := a.Behind(ctx, program, BehindAsked{Asked: asked, Code: d.Code, Group: g.Key})
				if err != nil {
					t.Fatal(err)
				}
				num, den := 0, 0
				for _, r := range b.Rows {
					if r.Num {
						num++
					}
					if r.Den {
						den++
					}
				}
				want := [2]int{g.Value.Num, g.Value.Den}
				switch {
				case d.Code == "I010":
					num = want[0] // it counts weeks, and its rows are children
				case d.State() && d.Share():
					num -= den
				}
				if got := [2]int{num, den}; got != want || b.Value != g.Value {
					t.Errorf("%s, %s %q says %v and opens to %v", d.Code, cut, g.Label, want, got)
				}
				if g.Value.Num > 0 {
					opened++
				}
			}
		}
	}
	if opened < 50 {
		t.Errorf("only %d figures were opened", opened)
	}
}

// Whoever sits on a board sees measures and no child; nobody else than those who
// may see them sees either.
func TestBoardsSeeValuesAlone(t *testing.T) {
	c := fresh(t)
	load(t, c)
	a := &Measures{Core: c}
	if _, err := a.Overview(ctx, boardMember, measure.Asked{}); err != nil {
		t.Error(err)
	}
	if _, err := a.Behind(ctx, boardMember, BehindAsked{Code: "I001"}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a board member opens a figure: %v", err)
	}
	family := access.User{ID: "f", Name: "F", Role: access.Family}
	if _, err := a.Overview(ctx, family, measure.Asked{}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a family sees measures: %v", err)
	}
	if _, err := a.Detail(ctx, family, "I001", measure.Asked{}); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a family sees a measure: %v", err)
	}
	// by the type of what they are given, too
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		if seen[of] {
			return
		}
		seen[of] = true
		if path := of.PkgPath(); strings.HasPrefix(path, "weald/") && path != "weald/domain/measure" && path != "weald/calendar" {
			t.Errorf("what a board is given holds %s", of)
		}
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			walk(of.Elem())
		case reflect.Map:
			walk(of.Key())
			walk(of.Elem())
		case reflect.Struct:
			for i := range of.NumField() {
				walk(of.Field(i).Type)
			}
		}
	}
	walk(reflect.TypeFor[measure.Overview]())
	walk(reflect.TypeFor[measure.Detail]())
}

// As known on a past day means that what was recorded later is not counted,
// whenever it happened.
func TestMeasuresAsKnownOnAPastDay(t *testing.T) {
	c := fresh(t)
	id := ffion(t, c)
	a := &Measures{Core: c}
	year := measure.Asked{Span: measure.CalendarYear, On: calendar.On(2026, 6, 1)}
	now, err := a.Detail(ctx, program, "I005", year)
	if err != nil {
		t.Fatal(err)
	}
	if now.Value.Den != 1 {
		t.Errorf("%s has asked, and %+v is counted", id, now.Value)
	}
	year.Known = calendar.On(2026, 1, 5)
	then, err := a.Detail(ctx, program, "I005", year)
	if err != nil {
		t.Fatal(err)
	}
	if then.Value.Den != 0 {
		t.Errorf("before it was recorded, %+v was known", then.Value)
	}
}

// An attacker with every table that is shown to a board cannot work out a figure
// that is hidden: for each there are tables with other figures that show the same.
func TestHiddenGroupsCannotBeWorkedOut(t *testing.T) {
	c := fresh(t)
	load(t, c)
	a := &Measures{Core: c}
	hidden, shown := 0, 0
	for _, d := range measure.Definitions {
		if !d.Counted() {
			continue
		}
		for _, on := range []calendar.Date{calendar.On(2025, 2, 1), calendar.On(2025, 5, 1), calendar.On(2025, 8, 1), calendar.On(2025, 11, 1)} {
			for _, cut := range publicCuts {
				asked := measure.Asked{Cut: cut, On: on}
				got, err := a.Detail(ctx, boardMember, d.Code, asked)
				if err != nil {
					t.Fatal(err)
				}
				asked.Span, asked.On = measure.Quarter, got.CutOver.First
				true_, err := a.Detail(ctx, program, d.Code, asked)
				if err != nil {
					t.Fatal(err)
				}
				attack(t, d, got, true_, &hidden, &shown)
			}
		}
	}
	if hidden < 20 || shown < 20 {
		t.Errorf("%d hidden and %d shown: the attack attacks nothing", hidden, shown)
	}
}

// attack takes the shown groups from the whole, which everybody may see. What is
// left must be of two groups or more and of no few.
func attack(t *testing.T, d *measure.Definition, got, want *measure.Detail, hidden, shown *int) {
	t.Helper()
	of := map[string]measure.Value{}
	left := []int{}
	left = append(left, parts(d, want.Value)...)
	for _, g := range want.Groups {
		of[g.Key] = g.Value
	}
	secret := 0
	for _, g := range got.Groups {
		if g.Hidden {
			secret++
			*hidden++
			continue
		}
		*shown++
		if g.Value != of[g.Key] {
			t.Errorf("%s: %s is shown as %+v and is %+v", d.Code, g.Label, g.Value, of[g.Key])
		}
		for i, n := range parts(d, g.Value) {
			left[i] -= n
			if n > 0 && n < FewestShown {
				t.Errorf("%s: %s shows %d", d.Code, g.Label, n)
			}
		}
	}
	sum := 0
	for _, n := range left {
		sum += n
	}
	switch {
	case len(got.Groups) == 0:
	case secret == 0 && sum != 0 && d.Added():
		t.Errorf("%s by %s: nothing is hidden and %v is left over", d.Code, got.Cut, left)
	case secret == 1:
		t.Errorf("%s by %s: one group is hidden, and is %v", d.Code, got.Cut, left)
	}
}
