package app

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"weald/internal/files"
	"weald/internal/store"
)

const sample = "../../domain/sen2/testdata/return-2026-500.xml"

func load(t testing.TB, c *Core) *Loaded {
	t.Helper()
	file, err := os.Open(sample)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	done, err := (&Returns{Core: c}).Load(ctx, data, "return-2026-500.xml", file, []string{"East", "Mid", "West"})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// A return becomes children with events that say where they came from.
func TestLoadingAReturn(t *testing.T) {
	c := fresh(t)
	done := load(t, c)
	if done.Already || done.Load.People != 500 || done.Load.Year != 2026 || done.Load.Authority != "999" || done.Load.Events == 0 {
		t.Errorf("%+v", done.Load)
	}
	for _, f := range done.Findings {
		t.Errorf("line %d, person %d, %s: %s", f.Line, f.Person, f.Item, f.What)
	}
	work, err := (&Casework{c}).Cases(ctx, officer, CaseFilter{}, SortDue, "")
	if err != nil {
		t.Fatal(err)
	}
	if n := work.Total.Children; n != 500 || len(work.Rows) != PageSize || len(work.Teams) != 3 {
		t.Errorf("%d children, %d rows, %d teams", n, len(work.Rows), len(work.Teams))
	}
	f, err := (&Casework{c}).Case(ctx, officer, work.Rows[0].ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range f.Entries {
		if !strings.HasPrefix(e.Provenance, "the 2026 SEN2 return of 999, person ") || !strings.Contains(e.Provenance, "line ") {
			t.Errorf("an event from nowhere: %q", e.Provenance)
		}
	}
	if len(f.Reading.Refused) > 0 {
		t.Errorf("refused: %v", f.Reading.Refused)
	}
}

// The same file is not loaded twice.
func TestLoadingTwiceChangesNothing(t *testing.T) {
	c := fresh(t)
	first := load(t, c)
	again := load(t, c)
	if !again.Already || again.Load.ID != first.Load.ID {
		t.Errorf("%+v", again)
	}
	n := 0
	err := c.db.Read(ctx, func(tx *store.Tx) error {
		return tx.Children(ctx, func(*store.Child) error { n++; return nil })
	})
	if err != nil || n != 500 {
		t.Errorf("%d children, %v", n, err)
	}
}

// A file that breaks off leaves nothing behind.
func TestBrokenReturnLeavesNothing(t *testing.T) {
	c := fresh(t)
	whole, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{
		"cut short": whole[:len(whole)/2],
		"not XML":   []byte("Name,Born\nA,B\n"),
		"empty":     nil,
	} {
		if _, err := (&Returns{Core: c}).Load(ctx, data, "broken.xml", bytes.NewReader(text), nil); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
	err = c.db.Read(ctx, func(tx *store.Tx) error {
		loads, err := tx.Loads(ctx)
		if len(loads) != 0 {
			t.Errorf("%d loads were kept", len(loads))
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// two is a return of two people in the shape of the third test person's.
func two(people ...string) string {
	return `<?xml version="1.0"?><Message><Header><CollectionDetails><Collection>SEN2</Collection><Year>2026</Year><ReferenceDate>2026-01-15</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header><Persons>` +
		strings.Join(people, "") + `</Persons></Message>`
}

func person(surname, forename, born, upn, received, started string) string {
	return `<Person><Surname>` + surname + `</Surname><Forename>` + forename + `</Forename><PersonBirthDate>` + born + `</PersonBirthDate><Sex>F</Sex><UPN>` + upn + `</UPN><Requests><ReceivedDate>` + received +
		`</ReceivedDate><RequestOutcomeDate>2025-02-14</RequestOutcomeDate><RequestOutcome>Y</RequestOutcome><Assessment><AssessmentOutcome>Y</AssessmentOutcome><AssessmentOutcomeDate>` + started +
		`</AssessmentOutcomeDate><NamedPlan><StartDate>` + started + `</StartDate></NamedPlan></Assessment><ActivePlans><SENneed><SENtype>ASD</SENtype><SENtypeRank>1</SENtypeRank></SENneed></ActivePlans></Requests></Person>`
}

// A record that is lived in takes from a return what it lacks, keeps what it
// says otherwise, and asks about whoever may be somebody it has.
func TestLoadingIntoALivingRecord(t *testing.T) {
	c := fresh(t)
	returns := &Returns{Core: c}
	first := two(person("Oak", "Ash", "2015-03-04", "", "2025-01-06", "2025-05-20"), person("Elm", "Rowan", "2014-03-04", "H801200001001", "2025-01-06", "2025-05-20"))
	if _, err := returns.Load(ctx, data, "first.xml", strings.NewReader(first), nil); err != nil {
		t.Fatal(err)
	}
	second := two(
		person("Oak", "Ash", "2015-03-04", "G801200001002", "2025-01-06", "2025-05-21"),   // a number is new; the plan's day contradicts
		person("Elm", "Rowan", "2014-03-04", "H801200001009", "2025-01-06", "2025-05-20"), // another number: a former one?
		person("Yew", "Hazel", "2013-06-07", "J801200001003", "2025-01-06", "2025-06-03"), // new
	)
	try, err := returns.TryLoad(ctx, data, "second.xml", strings.NewReader(second))
	if err != nil {
		t.Fatal(err)
	}
	items := func(lines []LoadLine) (all []string) {
		for _, l := range lines {
			all = append(all, l.Who+" "+l.Item)
		}
		return all
	}
	want := func(v *Loaded) {
		t.Helper()
		if got := strings.Join(items(v.Made), ", "); got != "Hazel Yew " {
			t.Errorf("made: %q", got)
		}
		if got := strings.Join(items(v.Changed), ", "); got != "Ash Oak UPN" {
			t.Errorf("changed: %q", got)
		}
		if got := strings.Join(items(v.Against), ", "); got != "Ash Oak StartDate" {
			t.Errorf("contradicted: %q", got)
		}
		if got := strings.Join(items(v.Waiting), ", "); got != "Rowan Elm " {
			t.Errorf("waiting: %q", got)
		}
	}
	want(try)
	children := func() int {
		t.Helper()
		v, err := (&Casework{c}).Cases(ctx, officer, CaseFilter{}, SortName, "")
		if err != nil {
			t.Fatal(err)
		}
		return v.Total.Children
	}
	if n := children(); n != 2 {
		t.Fatalf("a load that was only tried left %d children", n)
	}
	done, err := returns.Load(ctx, data, "second.xml", strings.NewReader(second), nil)
	if err != nil {
		t.Fatal(err)
	}
	want(done)
	if n := children(); n != 3 {
		t.Errorf("%d children", n)
	}
	load, waits, err := returns.Waiting(ctx, data, done.Load.ID)
	if err != nil || load.Name != "second.xml" || len(waits) != 1 || len(waits[0].Candidates) != 1 || waits[0].Candidates[0].Forename != "Rowan" {
		t.Fatalf("%+v %v", waits, err)
	}
	if _, err := returns.Decide(ctx, data, done.Load.ID, waits[0].N, "somebody else"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a child who was no candidate: %v", err)
	}
	if _, err := returns.Decide(ctx, data, done.Load.ID, waits[0].N, AnotherChild); err != nil {
		t.Fatal(err)
	}
	if n := children(); n != 4 {
		t.Errorf("%d children after it was said that one is another", n)
	}
	if _, waits, err = returns.Waiting(ctx, data, done.Load.ID); err != nil || len(waits) != 0 {
		t.Errorf("still waiting: %v %v", waits, err)
	}
}

// A load is taken back whole, or not at all, and then says why.
func TestUndoingALoad(t *testing.T) {
	c := fresh(t)
	returns := &Returns{Core: c}
	load := func(name, text string) *Loaded {
		t.Helper()
		done, err := returns.Load(ctx, data, name, strings.NewReader(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	names := func() string {
		t.Helper()
		v, err := (&Casework{c}).Cases(ctx, officer, CaseFilter{}, SortName, "")
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, r := range v.Rows {
			all = append(all, r.Surname+" "+r.UPN)
		}
		return strings.Join(all, ", ")
	}
	load("first.xml", two(person("Oak", "Ash", "2015-03-04", "", "2025-01-06", "2025-05-20")))
	text := two(person("Oak", "Ash", "2015-03-04", "G801200001002", "2023-01-09", "2025-05-20"), person("Yew", "Hazel", "2013-06-07", "J801200001003", "2025-01-06", "2025-06-03"))
	second := load("second.xml", text)
	if got := names(); got != "Oak G801200001002, Yew J801200001003" {
		t.Fatalf("after both: %s", got)
	}
	if n, err := returns.Undo(ctx, data, second.Load.ID, "the wrong file"); err != nil || n != 1 {
		t.Fatalf("%d children, %v", n, err)
	}
	if got := names(); got != "Oak " {
		t.Errorf("after it was undone: %s", got)
	}
	if _, err := returns.Undo(ctx, data, second.Load.ID, "again"); !errors.Is(err, ErrNotFound) {
		t.Errorf("undone twice: %v", err)
	}
	third := load("second.xml", text) // the same file may come again
	if third.Already {
		t.Fatal("a file that was undone counts as loaded")
	}
	v, err := (&Casework{c}).Cases(ctx, officer, CaseFilter{Search: "Yew"}, SortName, "")
	if err != nil || len(v.Rows) != 1 {
		t.Fatalf("%+v %v", v, err)
	}
	if err := c.db.Write(ctx, officer, func(tx *store.Tx) error {
		return errors.Join(tx.AddNote(ctx, v.Rows[0].ID, "The family rang."), tx.Audit(ctx, "wrote a note", string(v.Rows[0].ID), ""))
	}); err != nil {
		t.Fatal(err)
	}
	var blocked *InTheWay
	if _, err := returns.Undo(ctx, data, third.Load.ID, "the wrong file"); !errors.As(err, &blocked) || len(blocked.Obstacles) != 1 || blocked.Obstacles[0].What != "notes" || blocked.Obstacles[0].Name != "Hazel Yew" {
		t.Errorf("a note was built upon it: %v", err)
	}
	if got := names(); got != "Oak G801200001002, Yew J801200001003" {
		t.Errorf("refused, and yet something changed: %s", got)
	}
}

// A return that was sent and not loaded goes after a day, with its bytes.
func TestHeldReturnsGoAfterADay(t *testing.T) {
	c := fresh(t)
	folder, err := files.NewFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	returns := &Returns{Core: c, Files: folder}
	text := two(person("Oak", "Ash", "2015-03-04", "", "2025-01-06", "2025-05-20"))
	c.db.SetClock(func() time.Time { return time.Now().Add(-25 * time.Hour) })
	tried, err := returns.Hold(ctx, data, "old.xml", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c.db.SetClock(time.Now)
	young, err := returns.Hold(ctx, data, "young.xml", strings.NewReader(text+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := returns.ForgetHeld(ctx, program); err != nil {
		t.Fatal(err)
	}
	for digest, want := range map[string]bool{tried.Load.Digest: false, young.Load.Digest: true} {
		if there, err := folder.Exists(ctx, digest); err != nil || there != want {
			t.Errorf("%.8s is kept: %v %v", digest, there, err)
		}
	}
	if _, err := returns.LoadHeld(ctx, data, tried.Load.Digest, nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("a return that went: %v", err)
	}
}
