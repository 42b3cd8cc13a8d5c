package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics count how the service is doing. They name pages by the pattern of
// their address and nobody by anything, so they hold nothing of a child. Their
// names are OpenTelemetry's, as Prometheus writes them.
type Metrics struct {
	all      *prometheus.Registry
	requests *prometheus.HistogramVec
	active   prometheus.Gauge
}

// A RecordWork is how busy the record's writer is.
type RecordWork struct {
	Waiting int64 // changes begun and not yet committed
	Changes int64 // changes committed since the program started
	Commits int64 // commits that it took
}

// NewMetrics returns metrics of a service, of the program, and of its record,
// whose work is asked for whenever they are read.
func NewMetrics(record func() RecordWork) *Metrics {
	m := &Metrics{
		all: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_server_request_duration_seconds", Help: "How long requests took, by the pattern of their address and the status of the answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"http_request_method", "http_route", "http_response_status_code"}),
		active: prometheus.NewGauge(prometheus.GaugeOpts{Name: "http_server_active_requests", Help: "Requests being answered."}),
	}
	m.all.MustRegister(m.requests, m.active, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "weald_record_changes_waiting", Help: "Changes to the record that are begun and not yet committed."},
			func() float64 { return float64(record().Waiting) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "weald_record_changes_total", Help: "Changes to the record that were committed."},
			func() float64 { return float64(record().Changes) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "weald_record_commits_total", Help: "Commits of the record: changes that wait together share one."},
			func() float64 { return float64(record().Commits) }))
	return m
}

// Handler serves the metrics at /metrics. It asks nobody who they are: serve it
// where only those who watch the service can reach it.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.all, promhttp.HandlerOpts{}))
	return mux
}

// begin counts a request as being answered. A nil Metrics counts nothing.
func (m *Metrics) begin() {
	if m != nil {
		m.active.Inc()
	}
}

// end counts a request as answered.
func (m *Metrics) end(method, pattern string, status int, took time.Duration) {
	if m == nil {
		return
	}
	m.active.Dec()
	if _, path, found := strings.Cut(pattern, " "); found { // as in "GET /due"
		pattern = path
	}
	m.requests.WithLabelValues(knownMethod(method), pattern, strconv.Itoa(status)).Observe(took.Seconds())
}

// knownMethod keeps whatever a stranger calls a method out of the labels.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "_OTHER"
}
