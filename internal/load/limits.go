package load

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

// Flushes returns how many times in a second the disk under a folder takes 512
// bytes and says that it has them: no single writer can record faster without
// recording several things at once.
func Flushes(folder string, long time.Duration) (perSecond float64, err error) {
	f, err := os.CreateTemp(folder, "flushes-")
	if err != nil {
		return 0, fmt.Errorf("measuring the disk: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	block := make([]byte, 512)
	start, n := time.Now(), 0
	for ; time.Since(start) < long; n++ {
		if _, err := f.Write(block); err != nil {
			return 0, fmt.Errorf("measuring the disk: %w", err)
		}
		if err := f.Sync(); err != nil {
			return 0, fmt.Errorf("measuring the disk: %w", err)
		}
	}
	return float64(n) / time.Since(start).Seconds(), nil
}

// fixedSize is the length of the fixed answer, in bytes: about that of a page.
const fixedSize = 12 << 10

// ServeFixed answers every request with the same 12 KB and does nothing else. It
// is the most that a page can come to on the machine with Go's HTTP server.
func ServeFixed(ctx context.Context, say func(address string)) error {
	body := make([]byte, fixedSize)
	for i := range body {
		body[i] = "abcdefghijklmnop"[i%16]
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write(body) // the reader has gone away: nothing to do
	})}
	go func() {
		<-ctx.Done()
		_ = server.Close() // nothing under way matters
	}()
	say("http://" + listener.Addr().String())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Fixed is the workload that [ServeFixed] answers.
func Fixed() *Workload {
	return &Workload{Name: "fixed", Words: "A fixed answer of 12 KB: the limit of HTTP", Ready: func(v *Visitor) (func() error, error) {
		return func() error {
			a, err := v.Get("/")
			if err == nil && (a.Status != 200 || len(a.Body) != fixedSize) {
				err = fmt.Errorf("load: answered %d, %d bytes", a.Status, len(a.Body))
			}
			return err
		}, nil
	}}
}
