package face

import (
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
