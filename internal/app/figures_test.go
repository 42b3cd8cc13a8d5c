package app

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"weald/domain/published"
)

// The measures of the record's return are those of the same return as a file.
func TestMeasuresOfTheRecordAreThoseOfItsFile(t *testing.T) {
	c := fresh(t)
	load(t, c)
	f := &Figures{Core: c}
	counted, err := f.Of(ctx, data, 2026, false)
	if err != nil {
		t.Fatal(err)
	}
	built, err := (&Returns{Core: c}).Build(ctx, data, Wanted{Year: 2026})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := built.Write(&file); err != nil {
		t.Fatal(err)
	}
	results, _, _, err := published.Count(bytes.NewReader(file.Bytes()), func(string) (string, bool) { return "", false })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(results, counted.Results, cmpopts.IgnoreUnexported(published.Measure{})); diff != "" {
		t.Error(diff)
	}
	if counted.Authority != "999" {
		t.Errorf("the authority is %q", counted.Authority)
	}
	if again, err := f.Of(ctx, data, 2026, true); err != nil || again.Analysis != counted.Analysis || again.Ago != 0 {
		t.Error("the same return was counted twice")
	}
	ffion(t, c)
	if soon, err := f.Of(ctx, data, 2026, false); err != nil || soon.Analysis != counted.Analysis || soon.Ago == 0 {
		t.Error("counted again at once, or not said to be old")
	}
	if again, err := f.Of(ctx, data, 2026, true); err != nil || again.Analysis == counted.Analysis || again.Ago != 0 {
		t.Error("a changed record was not counted again")
	}
	if _, err := f.Of(ctx, officer, 2026, false); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an officer saw the figures: %v", err)
	}
	if _, err := f.Of(ctx, data, 1999, false); !errors.Is(err, ErrNotFound) {
		t.Errorf("1999: %v", err)
	}
}
