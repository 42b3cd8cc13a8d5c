package files

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// A Scanner asks a virus scanner that speaks clamd's protocol, as ClamAV does,
// whether a file is fit to be kept. It may be used by many at once.
type Scanner struct{ network, address string }

// NewScanner returns the scanner at tcp://host:port or unix:///path/to/socket.
// Nothing is asked of it yet.
func NewScanner(where string) (*Scanner, error) {
	if address, ok := strings.CutPrefix(where, "tcp://"); ok {
		if _, _, err := net.SplitHostPort(address); err == nil {
			return &Scanner{"tcp", address}, nil
		}
	}
	if path, ok := strings.CutPrefix(where, "unix://"); ok && strings.HasPrefix(path, "/") {
		return &Scanner{"unix", path}, nil
	}
	return nil, errors.New("documents: the virus scanner must be written tcp://host:port or unix:///path/to/socket")
}

// ErrUnjudged is returned when the scanner did not say whether a file is fit.
var ErrUnjudged = errors.New("files: the virus scanner did not answer")

const (
	scanQuiet = 30 * time.Second // how long it may take over any one step
	scanPiece = 64 << 10         // bytes sent at a time
)

// Scan hands over all that r holds and returns what the scanner found in it, ""
// for nothing. It is an [Unfit] when the scanner will not take so much, and
// [ErrUnjudged] when it gives no answer; errors of r's are returned as they are.
func (s *Scanner) Scan(ctx context.Context, r io.Reader) (found string, err error) {
	unjudged := func(err error) (string, error) { return "", fmt.Errorf("%w: %w", ErrUnjudged, err) }
	c, err := (&net.Dialer{Timeout: scanQuiet}).DialContext(ctx, s.network, s.address)
	if err != nil {
		return unjudged(err)
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	send := func(b []byte) error {
		_ = c.SetDeadline(time.Now().Add(scanQuiet)) // a connection that takes no deadline fails when it is used
		_, err := c.Write(b)
		return err
	}
	if err := send([]byte("zINSTREAM\x00")); err != nil {
		return unjudged(err)
	}
	// Its answer may come before it has everything, and then it hangs up.
	answered := make(chan answer, 1)
	go func() {
		said, err := bufio.NewReader(io.LimitReader(c, 4096)).ReadString(0)
		answered <- answer{strings.Trim(said, "\x00\r\n "), err}
	}()
	piece := make([]byte, 4+scanPiece)
	for end := false; !end && len(answered) == 0; {
		n, err := io.ReadFull(r, piece[4:])
		if end = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF); err != nil && !end {
			return "", err
		}
		binary.BigEndian.PutUint32(piece, uint32(n))
		if n > 0 && send(piece[:4+n]) != nil || end && send([]byte{0, 0, 0, 0}) != nil {
			break
		}
	}
	a := <-answered
	if a.said == "" {
		return unjudged(a.err)
	}
	return verdict(a.said)
}

type answer struct {
	said string
	err  error
}

// verdict reads the scanner's answer.
func verdict(said string) (found string, err error) {
	_, what, ok := strings.Cut(said, ": ")
	switch {
	case ok && what == "OK":
		return "", nil
	case ok && strings.HasSuffix(what, " FOUND"):
		return strings.TrimSuffix(what, " FOUND"), nil
	case strings.Contains(said, "size limit exceeded"):
		return "", &Unfit{Why: "is larger than the virus scanner takes. Make it smaller, or split it, and add the parts."}
	}
	return "", fmt.Errorf("%w: it said %.100q", ErrUnjudged, said)
}
