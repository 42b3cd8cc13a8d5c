// Package mailbox gives tests a real mail server. It is for tests only.
//
// Start reading at [Open].
package mailbox

import (
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// A Box is a mail server that keeps what it is given.
type Box struct {
	Server string // host:port

	t    testing.TB
	lock sync.Mutex
	all  []Letter
}

// A Letter is an email that arrived.
type Letter struct{ To, Subject, Text string }

// Open starts a mail server that ends with the test.
func Open(t testing.TB) *Box {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &Box{t: t, Server: listener.Addr().String()}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{box: b}, nil }))
	server.Domain = "localhost"
	go func() { _ = server.Serve(listener) }() // ends when the server is closed
	t.Cleanup(func() { _ = server.Close() })
	return b
}

// Letters returns every letter that has come for an address.
func (b *Box) Letters(to string) (all []Letter) {
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, l := range b.all {
		if strings.EqualFold(l.To, to) {
			all = append(all, l)
		}
	}
	return all
}

// Await returns the letter that is an address's n-th, from 1, once it has come.
func (b *Box) Await(to string, n int) Letter {
	b.t.Helper()
	for range 200 {
		if all := b.Letters(to); len(all) >= n {
			return all[n-1]
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.t.Fatalf("letter %d for %s has not come", n, to)
	return Letter{}
}

// session is one connection to the server.
type session struct {
	box *Box
	to  []string
}

func (s *session) Reset()        { s.to = nil }
func (s *session) Logout() error { return nil }

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	body := m.Body
	if strings.EqualFold(m.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(m.Body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err
	}
	s.box.lock.Lock()
	defer s.box.lock.Unlock()
	for _, to := range s.to {
		s.box.all = append(s.box.all, Letter{to, subject, strings.ReplaceAll(string(text), "\r\n", "\n")})
	}
	return nil
}
