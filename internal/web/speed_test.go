package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"weald/internal/app"
)

// BenchmarkPages answers the pages of a day's work, without a network between.
func BenchmarkPages(b *testing.B) {
	s := sample(b)
	h := s.handler
	in := httptest.NewRequest("POST", "/signin", strings.NewReader(url.Values{"as": {"amina"}}.Encode()))
	in.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, in)
	cookie := w.Result().Cookies()[0]
	for name, path := range map[string]string{"rules": "/rules", "work": "/work", "cases": "/cases", "pipeline": "/pipeline", "case": "/cases/" + s.first(app.CaseFilter{})} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest("GET", path, nil)
				r.AddCookie(cookie)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
				b.ReportMetric(float64(w.Body.Len())/1024, "KB")
			}
		})
	}
}
