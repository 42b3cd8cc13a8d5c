package web

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"weald/internal/app"
	"weald/internal/assets"
)

// Metrics count requests by the pattern of their address, and hold nothing that
// names a child, whatever was asked for. The service itself does not serve them.
func TestMetricsNameNobody(t *testing.T) {
	s := sample(t)
	set, err := assets.Open()
	if err != nil {
		t.Fatal(err)
	}
	m := NewMetrics(func() RecordWork { return RecordWork(s.db.Work()) })
	watched := httptest.NewServer(New(s.core, s.db.Sessions(), func(r *http.Request) error { return s.db.Ready(r.Context()) }, set,
		slog.New(slog.NewTextHandler(io.Discard, nil)), Options{Area: "Westmarch", Demo: true, Personas: Personas, Metrics: m, Documents: s.documents}).Handler())
	defer watched.Close()
	s.url = watched.URL
	amina := s.as("amina")
	cases, err := (&app.Casework{Core: s.core}).CaseFile(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(cases, "= "), "\n")
	for range 3 {
		s.get(amina, "/cases/"+id)
	}
	s.get(amina, "/cases/nobody")
	s.get(amina, "/nowhere/"+id)
	s.get(amina, set.Path("weald.css"))
	req, err := http.NewRequest("STRANGE-"+id, s.url+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := amina.Do(req); err != nil {
		t.Fatal(err)
	} else {
		_ = r.Body.Close()
	}
	if status, _, _ := s.get(amina, "/metrics"); status != http.StatusNotFound {
		t.Errorf("the service serves its metrics: %d", status)
	}

	watched.Close() // it waits for what is still being answered
	r := httptest.NewRecorder()
	m.Handler().ServeHTTP(r, httptest.NewRequest("GET", "/metrics", nil))
	text := r.Body.String()
	for _, want := range []string{
		`http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/cases/{id}"} 3`,
		`http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="404",http_route="/cases/{id}"} 1`,
		`http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/assets/"} 1`,
		`http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="303",http_route="/signin"} 1`,
		`http_request_method="_OTHER"`,
		"http_server_active_requests 0\n", "weald_record_changes_waiting 0\n", "weald_record_changes_total ", "weald_record_commits_total ", "go_goroutines ", "go_memstats_heap_alloc_bytes ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in:\n%s", want, grep(text, "http_server"))
		}
	}
	for _, name := range []string{id, "Surname", "nowhere", "amina"} {
		if strings.Contains(text, name) {
			t.Errorf("the metrics hold %q", name)
		}
	}
}

func grep(text, word string) string {
	var b bytes.Buffer
	for line := range strings.Lines(text) {
		if strings.Contains(line, word) && !strings.Contains(line, "_bucket") {
			b.WriteString(line)
		}
	}
	return b.String()
}
