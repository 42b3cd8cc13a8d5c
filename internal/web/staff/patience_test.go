package staff

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"
)

// A request that carries much may take longer than others as long as it gets on;
// one that stands still, or never ends, is given up.
func TestPatience(t *testing.T) {
	const between = 300 * time.Millisecond
	heard := make(chan error, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := io.Copy(io.Discard, newPatience(w, between, 5*between).body(r.Body))
		heard <- err
	}))
	server.Config.ReadTimeout = between / 2 // as for any other request
	server.Start()
	defer server.Close()
	for name, v := range map[string]struct {
		pieces int
		pause  time.Duration
		lost   bool
	}{
		"slow and steady": {8, between / 4, false},
		"stands still":    {2, 3 * between, true},
		"never ends":      {40, between / 4, true},
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", v.pieces); err != nil {
			t.Fatal(err)
		}
		for range v.pieces {
			time.Sleep(v.pause)
			if _, err := conn.Write([]byte("x")); err != nil {
				break // given up
			}
		}
		err = <-heard
		_ = conn.Close()
		if v.lost != errors.Is(err, os.ErrDeadlineExceeded) || !v.lost && err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A name that a browser is told holds nothing that ends it early, and comes back
// in full.
func TestDisposition(t *testing.T) {
	for name, want := range map[string]string{
		"plan.pdf":       `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`,
		"Zoë’s plan.pdf": `attachment; filename="Zo__s plan.pdf"; filename*=UTF-8''Zo%C3%AB%E2%80%99s%20plan.pdf`,
		"a\"\r\nb\\%41":  `attachment; filename="a___b__41"; filename*=UTF-8''a%22%0D%0Ab%5C%2541`,
		"a+b;c'd.pdf":    `attachment; filename="a+b;c'd.pdf"; filename*=UTF-8''a%2Bb%3Bc%27d.pdf`,
	} {
		if got := disposition("attachment", name); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

// Sizes are written as a computer's own list of files has them.
func TestSizeWords(t *testing.T) {
	var all bytes.Buffer
	for _, n := range []int64{1, 39, 1023, 1024, 1<<20 - 1, 1 << 20, 5_500_000, 100 << 20} {
		all.WriteString(sizeWords(n) + "; ")
	}
	if want := "1 byte; 39 bytes; 1,023 bytes; 1 KB; 1.0 MB; 1.0 MB; 5.2 MB; 100.0 MB; "; all.String() != want {
		t.Errorf("%q, want %q", all.String(), want)
	}
}
