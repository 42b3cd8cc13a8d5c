package app

import (
	"errors"
	"strings"
	"testing"

	"weald/domain/access"
	"weald/domain/sen2"
	"weald/internal/store"
	"weald/law"
)

// readiness is of a record into which the sample was loaded.
func readiness(t *testing.T) *Readiness {
	t.Helper()
	c := fresh(t)
	load(t, c)
	return &Readiness{Core: c, LA: "999"}
}

var manager2 = access.User{ID: "second", Name: "Second", Role: access.Manager}

func refusedSaying(t *testing.T, err error, says string) {
	t.Helper()
	var no *law.Refusal
	if !errors.As(err, &no) || !strings.Contains(no.Because, says) {
		t.Errorf("%v, want a refusal that says %q", err, says)
	}
}

// What is found in the return that the record makes is whose it is, and a key
// stays a finding's as long as it says the same.
func TestReadinessFindsWhose(t *testing.T) {
	a := readiness(t)
	r, err := a.Look(ctx, officer, 2026)
	if err != nil {
		t.Fatal(err)
	}
	if r.Report.People < 300 || len(r.Found) == 0 || r.Digest == "" {
		t.Fatalf("%d people, %d findings", r.Report.People, len(r.Found))
	}
	keys := map[string]bool{}
	for i := range r.Found {
		f := &r.Found[i]
		if f.Person > 0 && (f.Child == "" || f.Name == "" || f.Team == "") || f.Line != 0 {
			t.Errorf("%+v", f)
		}
		if keys[f.Key] {
			t.Errorf("%+v has the key of another", f)
		}
		keys[f.Key] = true
		if r.Finding(f.Key) != f {
			t.Errorf("%s is not found by its key", f.Key)
		}
	}
	again, err := a.check(ctx, 2026)
	if err != nil || again.Digest != r.Digest || len(again.Found) != len(r.Found) || again.Found[0].Key != r.Found[0].Key {
		t.Errorf("built again it is another, %v", err)
	}
	same, err := a.Look(ctx, officer, 2026)
	if err != nil || same != r {
		t.Error("it was built again though nothing had changed")
	}
	if _, err := a.Look(ctx, access.User{}, 2026); !errors.Is(err, ErrNotAllowed) {
		t.Error(err)
	}
	var no *NoYear
	if _, err := a.Look(ctx, officer, 2022); !errors.As(err, &no) {
		t.Error(err)
	}
}

// A query stands with a note, which may be taken back and stays in the record.
func TestAQueryIsExplained(t *testing.T) {
	a := readiness(t)
	r, err := a.Look(ctx, officer, 2026)
	if err != nil {
		t.Fatal(err)
	}
	var query *ReturnFound
	for i := range r.Found {
		if r.Found[i].Severity == sen2.Query && r.Found[i].Child != "" {
			query = &r.Found[i]
		}
	}
	note := func() *store.ReturnAct {
		acts, err := a.Acts(ctx, officer, r)
		if err != nil {
			t.Fatal(err)
		}
		return acts.Note(query)
	}
	for range 2 { // the second sending keeps nothing more
		if err := a.Explain(ctx, officer, 2026, query.Key, "The school was shut.", "once"); err != nil {
			t.Fatal(err)
		}
	}
	n := note()
	if n == nil || n.Note != "The school was shut." || n.ByID != officer.ID {
		t.Fatalf("%+v", n)
	}
	if err := a.TakeBack(ctx, officer, n.ID, "It was open.", "back"); err != nil || note() != nil {
		t.Errorf("%v, %+v", err, note())
	}
	if err := a.Explain(ctx, data, 2026, query.Check, "All of them were asked about.", "all"); err != nil || note() == nil || note().Note != "All of them were asked about." {
		t.Errorf("%v, %+v", err, note())
	}
	if err := a.Explain(ctx, officer, 2026, "no-such-key", "x", "x"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if err := a.Explain(ctx, inspector, 2026, query.Key, "x", "y"); !errors.Is(err, ErrNotAllowed) {
		t.Error(err)
	}
	if err := a.TakeBack(ctx, inspector, "all", "x", "z"); !errors.Is(err, ErrNotAllowed) {
		t.Error(err)
	}
	if err := a.TakeBack(ctx, officer, "back", "x", "z"); !errors.Is(err, ErrNotFound) {
		t.Error("what was taken back was taken back again:", err)
	}
}

// Two different people sign what both have seen, and no error may stand.
func TestTwoPeopleSign(t *testing.T) {
	a := readiness(t)
	r, err := a.Look(ctx, data, 2026)
	if err != nil {
		t.Fatal(err)
	}
	if r.Report.Errors > 0 {
		r.Report.Errors = 0 // the sample has one: a plan that starts after census day
	}
	if err := a.Sign(ctx, officer, 2026, r.Digest, "0"); !errors.Is(err, ErrNotAllowed) {
		t.Error(err)
	}
	refusedSaying(t, a.Sign(ctx, data, 2026, "another", "0"), "has changed since you looked")
	if err := a.Sign(ctx, data, 2026, r.Digest, "1"); err != nil {
		t.Fatal(err)
	}
	refusedSaying(t, a.Sign(ctx, data, 2026, r.Digest, "2"), "must be another person’s")
	if err := a.Sign(ctx, manager2, 2026, r.Digest, "3"); err != nil {
		t.Fatal(err)
	}
	acts, err := a.Acts(ctx, data, r)
	if err != nil || len(acts.Signed) != 2 {
		t.Errorf("%+v, %v", acts, err)
	}
	refusedSaying(t, a.Sign(ctx, access.User{ID: "third", Name: "Third", Role: access.DataTeam}, 2026, r.Digest, "4"), "Two people have signed")
	if err := a.TakeBack(ctx, officer, "1", "Wrong.", "5"); !errors.Is(err, ErrNotAllowed) {
		t.Error(err)
	}
	if err := a.TakeBack(ctx, data, "1", "A child was left out.", "6"); err != nil {
		t.Error(err)
	}
	r.Report.Errors = 1
	refusedSaying(t, a.Sign(ctx, data, 2026, r.Digest, "7"), "while errors stand: there are 1")
	r.Digest = "changed"
	if acts, err = a.Acts(ctx, data, r); err != nil || len(acts.Signed) != 0 || len(acts.Superseded) != 1 {
		t.Errorf("%+v, %v", acts, err)
	}
}

// Taking the return out is kept.
func TestTakingTheReturnOutIsKept(t *testing.T) {
	a := readiness(t)
	built, err := a.Out(ctx, data, 2026)
	if err != nil || len(built.People) == 0 || built.Header.LEA != "999" || built.Header.Written == "" {
		t.Fatalf("%+v, %v", built, err)
	}
	if _, err := a.Out(ctx, officer, 2026); !errors.Is(err, ErrNotAllowed) {
		t.Error(err)
	}
}
