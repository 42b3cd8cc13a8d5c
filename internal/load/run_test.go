package load

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"
)

// A service that stalls once is charged for every request that waited, when a
// rate was asked for.
func TestRunChargesForWaiting(t *testing.T) {
	stalled := time.Now().Add(300 * time.Millisecond)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if wait := time.Until(stalled); wait > 0 && wait < 200*time.Millisecond {
			time.Sleep(wait)
		}
		fmt.Fprint(w, "ok")
	}))
	defer server.Close()
	get := &Workload{Name: "get", Words: "get", Ready: func(v *Visitor) (func() error, error) {
		return func() error { _, err := v.Get("/"); return err }, nil
	}}
	r, err := Run(context.Background(), Plan{Address: server.URL, Connections: 2, For: time.Second, Rate: 200}, get)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(r.Took); n < 190 || n > 200 || r.Errors != 0 || r.Rate() < 180 {
		t.Errorf("%d answers, %.0f a second, and %d errors, want 200 and none: %v", n, r.Rate(), r.Errors, r.Err)
	}
	// 40 of the 200 fell due while it stalled.
	if late := r.Quantile(0.9); late < 50*time.Millisecond {
		t.Errorf("one in ten waited only %s", late)
	}
}

// A mixture is made up as its weights say, and each part is measured by itself.
func TestMix(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") }))
	defer server.Close()
	of := func(name string, wrong error) *Workload {
		return &Workload{Name: name, Words: name, Ready: func(v *Visitor) (func() error, error) {
			return func() error {
				if _, err := v.Get("/"); err != nil {
					return err
				}
				return wrong
			}, nil
		}}
	}
	wrong := errors.New("wrong")
	r, err := Run(context.Background(), Plan{Address: server.URL, Connections: 4, For: 200 * time.Millisecond}, Mix("mix", []*Workload{of("a", nil), of("b", nil), of("c", wrong)}, []int{1, 3, 1}))
	if err != nil {
		t.Fatal(err)
	}
	a, b := len(r.Parts[0].Took), len(r.Parts[1].Took)
	if a == 0 || b < 2*a || b > 4*a || a+b != len(r.Took) || len(r.Parts[2].Took) != 0 {
		t.Errorf("%d and %d of %d, and %d that failed", a, b, len(r.Took), len(r.Parts[2].Took))
	}
	if r.Errors == 0 || !errors.Is(r.Err, wrong) {
		t.Errorf("%d errors: %v", r.Errors, r.Err)
	}
}

func TestStartSaysWhyItDidNot(t *testing.T) {
	_, err := Start(context.Background(), filepath.Join(t.TempDir(), "log"), "sh", "-c", "echo the record is locked; exit 1")
	if err == nil || !errors.As(err, new(interface{ ExitCode() int })) {
		t.Fatalf("%v", err)
	}
	if got := err.Error(); got != "sh did not start: exit status 1\nthe record is locked" {
		t.Errorf("%q", got)
	}
}

func TestFlushes(t *testing.T) {
	if n, err := Flushes(t.TempDir(), 20*time.Millisecond); err != nil || n <= 0 {
		t.Errorf("%f %v", n, err)
	}
}
