package files

import (
	"bytes"
	"context"
	"errors"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"weald/internal/testkit/clamd"
)

const eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

func TestScanner(t *testing.T) {
	ctx := context.Background()
	for _, network := range []string{"tcp", "unix"} {
		server := clamd.Start(t, network, filepath.Join(t.TempDir(), "clamd"))
		s, err := NewScanner(server.Address)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range []struct{ holds, found string }{
			{"", ""}, {"Dear Zoë", ""}, {eicar, "Eicar-Test-Signature"},
			{strings.Repeat("a", 3*scanPiece), ""}, {strings.Repeat("a", scanPiece-10) + eicar, "Eicar-Test-Signature"},
		} {
			found, err := s.Scan(ctx, strings.NewReader(v.holds))
			if err != nil || found != v.found {
				t.Errorf("%s, %d bytes: %q, want %q: %v", network, len(v.holds), found, v.found, err)
			}
		}
		var unfit *Unfit
		if _, err := s.Scan(ctx, bytes.NewReader(make([]byte, clamd.MostBytes+1))); !errors.As(err, &unfit) {
			t.Errorf("%s, too large: %v", network, err)
		}
		broken := errors.New("broken")
		if _, err := s.Scan(ctx, iotest.ErrReader(broken)); !errors.Is(err, broken) || errors.Is(err, ErrUnjudged) {
			t.Errorf("%s, a reader that breaks: %v", network, err)
		}
		server.Say("stream: Can't allocate memory ERROR\x00")
		if _, err := s.Scan(ctx, strings.NewReader("a")); !errors.Is(err, ErrUnjudged) {
			t.Errorf("%s, an error: %v", network, err)
		}
		server.Stop()
		if _, err := s.Scan(ctx, strings.NewReader("a")); !errors.Is(err, ErrUnjudged) {
			t.Errorf("%s, nobody there: %v", network, err)
		}
	}
}

// A scanner that is silent is waited for no longer than whoever asks waits.
func TestScannerThatIsSilent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := NewScanner("tcp://" + l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	ctx, done := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer done()
	if _, err := s.Scan(ctx, strings.NewReader("a")); !errors.Is(err, ErrUnjudged) {
		t.Error(err)
	}
}

func TestScannerAddresses(t *testing.T) {
	for _, bad := range []string{"", "localhost:3310", "tcp://", "tcp://host", "unix://relative", "http://host:1"} {
		if _, err := NewScanner(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
