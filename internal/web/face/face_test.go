package face

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"
)

func TestSeeOtherStaysHere(t *testing.T) {
	for to, want := range map[string]string{"/your/abc": "/your/abc", "https://evil.example": "/", "//evil.example": "/", `/\evil.example`: "/", "": "/", "your": "/"} {
		w := httptest.NewRecorder()
		if SeeOther(w, to); w.Code != 303 || w.Header().Get("Location") != want {
			t.Errorf("%q leads to %q with %d", to, w.Header().Get("Location"), w.Code)
		}
	}
}

// One very long page holds nobody up for long, and somebody who has gone away is
// not waited for.
func TestATurnIsWaitedForOnlyAMoment(t *testing.T) {
	long, done := make(chan struct{}), make(chan error)
	for range cap(turns) {
		begun := make(chan struct{})
		go func() {
			done <- inTurn(context.Background(), func() error { close(begun); <-long; return nil })
		}()
		<-begun
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := inTurn(gone, func() error { t.Error("a page was made for nobody"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who went away: %v", err)
	}
	made := false
	if err := inTurn(t.Context(), func() error { made = true; return nil }); err != nil || !made {
		t.Errorf("made: %t, %v", made, err)
	}
	close(long)
	for range cap(turns) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if len(turns) != 0 {
		t.Errorf("%d turns are kept", len(turns))
	}
}
