package web

import (
	"reflect"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
)

// What a session keeps comes back, however it was kept, and only words are kept.
func TestSessionsKeepWords(t *testing.T) {
	until := time.Date(2026, 11, 23, 20, 0, 0, 123456789, time.UTC)
	for _, values := range []map[string]any{{}, {"user": "amina", "then": "/cases?q=É&sort=name", "told": "Recorded: “plan” \x00 <b>"}} {
		for _, codec := range []scs.Codec{words{}, scs.GobCodec{}} {
			kept, err := codec.Encode(until, values)
			if err != nil {
				t.Fatal(err)
			}
			at, back, err := words{}.Decode(kept)
			if err != nil || !at.Equal(until) || !reflect.DeepEqual(back, values) {
				t.Errorf("%T: %s %v, want %s %v: %v", codec, at, back, until, values, err)
			}
		}
	}
	if _, err := (words{}).Encode(until, map[string]any{"n": 3}); err == nil {
		t.Error("a number was kept")
	}
	for _, broken := range []string{"", "{", "x"} {
		if _, _, err := (words{}).Decode([]byte(broken)); err == nil {
			t.Errorf("%q was read", broken)
		}
	}
}
