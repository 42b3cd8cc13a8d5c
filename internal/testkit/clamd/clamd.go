// Package clamd is a small server that speaks the part of clamd's protocol that
// Weald asks of a virus scanner, on a real socket. It knows one virus: the test
// file that every scanner knows. It is for tests alone.
//
// Start reading at [Start].
package clamd

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"testing"
)

// MostBytes is the most that it takes, as StreamMaxLength is for clamd.
const MostBytes = 1 << 20

const test = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE"

// A Server is a running scanner.
type Server struct {
	Address string // as a setting names it: tcp://host:port or unix:///path

	listener net.Listener
	mu       sync.Mutex
	say      string
	seen     int
}

// Start starts a scanner on "tcp" or "unix"; file is its socket if on "unix". It
// ends with the test.
func Start(t testing.TB, network, file string) *Server {
	t.Helper()
	at := "127.0.0.1:0"
	if network == "unix" {
		at = file
	}
	l, err := net.Listen(network, at)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Address: network + "://" + l.Addr().String(), listener: l}
	t.Cleanup(s.Stop)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(c)
		}
	}()
	return s
}

// Stop stops it: nobody is there any more.
func (s *Server) Stop() { _ = s.listener.Close() }

// Say has it answer everything with these words; "" has it look again.
func (s *Server) Say(words string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.say = words
}

// Seen is how many files it was handed.
func (s *Server) Seen() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

func (s *Server) serve(c net.Conn) {
	defer c.Close()
	command := make([]byte, len("zINSTREAM\x00"))
	if _, err := io.ReadFull(c, command); err != nil || string(command) != "zINSTREAM\x00" {
		_, _ = c.Write([]byte("UNKNOWN COMMAND\x00"))
		return
	}
	var all bytes.Buffer
	for {
		var n uint32
		if err := binary.Read(c, binary.BigEndian, &n); err != nil {
			return
		}
		if n == 0 {
			break
		}
		if all.Len()+int(n) > MostBytes {
			_, _ = c.Write([]byte("INSTREAM size limit exceeded. ERROR\x00"))
			return // and it hangs up
		}
		if _, err := io.CopyN(&all, c, int64(n)); err != nil {
			return
		}
	}
	s.mu.Lock()
	answer := s.say
	s.seen++
	s.mu.Unlock()
	switch {
	case answer != "":
	case bytes.Contains(all.Bytes(), []byte(test)):
		answer = "stream: Eicar-Test-Signature FOUND\x00"
	default:
		answer = "stream: OK\x00"
	}
	_, _ = c.Write([]byte(answer))
}
