package app

import (
	"bytes"
	"os"
	"strings"
	"testing"

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
	done, err := (&Returns{c}).Load(ctx, data, "return-2026-500.xml", file, []string{"East", "Mid", "West"})
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
		if _, err := (&Returns{c}).Load(ctx, data, "broken.xml", bytes.NewReader(text), nil); err == nil {
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
