package synth_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"weald/calendar"
	"weald/domain/access"
	"weald/domain/casework"
	"weald/internal/app"
	"weald/internal/store"
	"weald/internal/synth"
	"weald/internal/testkit/postgres"

	"github.com/google/go-cmp/cmp"
)

var (
	today   = calendar.On(2026, 11, 23)
	program = access.User{ID: "weald", Name: "Weald", Role: access.Program}
)

func area(t testing.TB, o synth.Options) *synth.Area {
	t.Helper()
	if o.Today.IsZero() {
		o.Today = today
	}
	a, err := synth.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// begin makes an area in a new record.
func begin(t testing.TB, where string, a *synth.Area) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	core := app.New(db, a.Practice, func() calendar.Date { return a.Today })
	err = (&app.Beginnings{Core: core}).Begin(context.Background(), program, a.Beginning(), func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// digest sums up everything in a record that the seed decides: all but who made
// it when.
func digest(t testing.TB, db *store.DB) string {
	t.Helper()
	sum := sha256.New()
	err := db.Read(context.Background(), func(tx *store.Tx) error {
		ctx := context.Background()
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		settings, err := tx.Settings(ctx)
		if err != nil {
			return err
		}
		slices.SortFunc(people, func(a, b store.Person) int { return strings.Compare(a.ID, b.ID) }) // engines sort accented letters each their own way
		slices.SortFunc(settings, func(a, b store.Setting) int { return strings.Compare(a.ID, b.ID) })
		fmt.Fprintln(sum, people, settings)
		return tx.Lines(ctx, 0, func(l *store.Line) error {
			entries, err := tx.Journal(ctx, l.ID)
			if err != nil {
				return err
			}
			facts, err := tx.Facts(ctx, l.ID)
			if err != nil {
				return err
			}
			contacts, err := tx.Contacts(ctx, l.ID)
			fmt.Fprintln(sum, *l, entries, facts, contacts)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

func TestOneSeedMakesOneArea(t *testing.T) {
	sqlite := func() string { return filepath.Join(t.TempDir(), "record.db") }
	first := digest(t, begin(t, sqlite(), area(t, synth.Options{Seed: 7, Plans: 300})))
	if again := digest(t, begin(t, sqlite(), area(t, synth.Options{Seed: 7, Plans: 300}))); again != first {
		t.Error("the same seed made another area")
	}
	if postgres := digest(t, begin(t, postgres.Fresh(t), area(t, synth.Options{Seed: 7, Plans: 300}))); postgres != first {
		t.Error("the same seed made another area in PostgreSQL")
	}
	if other := digest(t, begin(t, sqlite(), area(t, synth.Options{Seed: 8, Plans: 300}))); other == first {
		t.Error("another seed made the same area")
	}
}

// Every event is one that the law allows where it stands, of every child, on
// days of different kinds.
func TestEveryEventIsLawful(t *testing.T) {
	for _, on := range []calendar.Date{today, calendar.On(2021, 1, 1), calendar.On(2024, 2, 29), calendar.On(2026, 1, 2), calendar.On(2027, 2, 28), calendar.On(2027, 8, 30), calendar.On(2028, 12, 31)} {
		a := area(t, synth.Options{Seed: 1, Plans: 1500, Today: on})
		clock := casework.NewClock(a.Practice)
		inForce := 0
		for i := range a.Children() {
			n := a.Child(i)
			journal := store.Events(n.Entries)
			k := casework.Case{Born: n.Child.Born, Events: journal.Events(0)}
			reading := clock.Read(&k, on)
			for _, r := range reading.Refused {
				t.Errorf("%s: %s of %s: %s", on, r.Event.String(), n.Child.Name(), r.Why.Because)
			}
			if len(k.Events) == 0 {
				t.Errorf("%s: nothing happened to %s", on, n.Child.Name())
			}
			for j, e := range n.Entries {
				if e.Event.On > on || e.Recorded > on || e.Recorded < e.Event.On || j > 0 && e.At < n.Entries[j-1].At {
					t.Errorf("%s: %s of %s recorded %s at %s", on, e.Event.String(), n.Child.Name(), e.Recorded, e.At)
				}
			}
			switch reading.State("plan") {
			case casework.InForce, casework.PlanAmending, casework.CeaseConsult, casework.KeptInDetention:
				inForce++
			}
		}
		if inForce != 1500 {
			t.Errorf("%s: %d plans are in force, not 1500", on, inForce)
		}
	}
}

// Each written story ends as it says it does, is in every area whatever its
// seed, and is lawful on whatever day the area is made.
func TestStories(t *testing.T) {
	clock := casework.NewClock(casework.DefaultPractice())
	for _, s := range synth.Stories() {
		if s.Words == "" || s.Team == "" {
			t.Errorf("%s has no story", s.Name)
		}
		reading := clock.Read(&s.Example.Case, s.Example.Today)
		if len(reading.Refused) > 0 {
			t.Errorf("%s: %s", s.Name, reading.Refused[0].Why.Because)
		}
		for _, w := range s.Example.Wants {
			if unmet := w.Unmet(reading.Duties); unmet != "" {
				t.Errorf("%s: %s: %s", s.Name, w.Text, unmet)
			}
		}
	}
}

// Numbers that others give are right by their own check, and nobody's.
func TestNumbersAreValidAndNobodys(t *testing.T) {
	a := area(t, synth.Options{Plans: 2000})
	seen := map[string]string{}
	once := func(kind, number, of string) {
		if number == "" {
			return
		}
		if was, ok := seen[kind+number]; ok {
			t.Errorf("%s %s is %s’s and %s’s", kind, number, was, of)
		}
		seen[kind+number] = of
	}
	twins, siblings, long, accented, sameName := 0, 0, 0, 0, 0
	var before app.Newcomer
	names := map[string]int{}
	for i := range a.Children() {
		n := a.Child(i)
		c := n.Child
		once("ID", string(c.ID), c.Name())
		once("reference", c.Reference, c.Name())
		once("NHS number", c.NHS, c.Name())
		once("UPN", c.UPN, c.Name())
		once("ULN", c.ULN, c.Name())
		if c.NHS != "" && (!strings.HasPrefix(c.NHS, "999") || weighted(c.NHS)%11 != 0) {
			t.Errorf("NHS number %s", c.NHS)
		}
		if c.UPN != "" && !validUPN(c.UPN) {
			t.Errorf("UPN %s", c.UPN)
		}
		if c.ULN != "" && (len(c.ULN) != 10 || weighted(c.ULN)%11 != 10) {
			t.Errorf("ULN %s", c.ULN)
		}
		for _, p := range n.Contacts {
			if !strings.HasSuffix(p.Email, "example.org") || !strings.HasPrefix(p.Phone, "07700 900") && !strings.HasPrefix(p.Phone, "01632 960") {
				t.Errorf("%s: %s %s", p.Name, p.Email, p.Phone)
			}
		}
		if len(n.Contacts) > 3 {
			t.Errorf("%s has %d contacts", c.Name(), len(n.Contacts))
		}
		if i > 0 && len(n.Contacts) > 0 && cmp.Equal(n.Contacts, before.Contacts) {
			if c.Born == before.Child.Born {
				twins++
			} else {
				siblings++
			}
			if c.Name() == before.Child.Name() {
				t.Errorf("two children of one family are called %s", c.Name())
			}
		}
		if len(c.Name()) > 30 {
			long++
		}
		if len(c.Name()) != len([]rune(c.Name())) {
			accented++
		}
		if names[c.Name()]++; names[c.Name()] == 2 {
			sameName++
		}
		before = n
	}
	if twins < 3 || siblings < 30 || long < 2 || accented < 50 || sameName < 10 {
		t.Errorf("%d twins, %d brothers and sisters, %d long names, %d accented, %d shared", twins, siblings, long, accented, sameName)
	}
}

// weighted sums ten digits, the first times 10 and the last times 1.
func weighted(number string) (sum int) {
	for i, c := range number {
		sum += int(c-'0') * (10 - i)
	}
	return sum
}

// validUPN checks the letter: the digits, each times its place from 2 to 13, by
// 23.
func validUPN(upn string) bool {
	sum := 0
	for i, c := range upn[1:] {
		sum += int(c-'0') * (i + 2)
	}
	return len(upn) == 13 && "ABCDEFGHJKLMNPQRTUVWXYZ"[sum%23] == upn[0]
}

// An area keeps its shape from the smallest to the largest, and its officers
// their caseloads.
func TestNumbersScale(t *testing.T) {
	for _, plans := range []int{200, 19_194, 640_000} {
		a := area(t, synth.Options{Plans: plans})
		if share := float64(a.Children()) / float64(plans); share < 1.5 || share > 1.8 {
			t.Errorf("%d plans: %d children", plans, a.Children())
		}
		officers := 0
		for _, p := range a.People() {
			if p.Role == string(access.Officer) {
				officers++
			}
		}
		if each := plans / officers; plans > 10_000 && (each < 150 || each > 220) {
			t.Errorf("%d plans: %d officers with %d plans each", plans, officers, each)
		}
		for _, i := range []int{0, a.Children() / 2, a.Children() - 1} {
			if n := a.Child(i); n.Child.ID == "" || len(n.Entries) == 0 {
				t.Errorf("%d plans: child %d: %+v", plans, i, n.Child)
			}
		}
	}
	for _, o := range []synth.Options{{Plans: 199, Today: today}, {Plans: 640_001, Today: today}, {Today: calendar.On(2019, 1, 1)}, {Today: calendar.On(2099, 1, 1)}} {
		if _, err := synth.New(o); err == nil {
			t.Errorf("an area was made of %+v", o)
		}
	}
}
