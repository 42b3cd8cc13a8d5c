// Package message is what people are told outside the pages: the wording, and
// how it is sent. What it tells is decided elsewhere; it keeps nothing.
//
// Wording is in the folder of that name, one file a message: the first line is
// the subject. Start reading at [Sender].
package message

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"text/template"
	"time"

	"github.com/wneessen/go-mail"
)

// A Message is one email.
type Message struct {
	To      string // an address
	Subject string
	Text    string
}

// A Sender sends messages.
type Sender interface {
	// Send hands a message on. That it returns nil says that the next has it, and
	// not that it has arrived.
	Send(ctx context.Context, m Message) error
}

// SMTP sends by a mail server.
type SMTP struct {
	Server   string // host:port
	From     string // the sender's address, with a name if it has one: Weald <weald@example.gov.uk>
	User     string // "": the server asks for none
	Password string
	Plain    bool // the server does not encrypt: only for one on this machine
}

// sendFor is how long a message may take to be handed on.
const sendFor = 30 * time.Second

// Send implements [Sender].
func (s *SMTP) Send(ctx context.Context, m Message) error {
	host, port, err := net.SplitHostPort(s.Server)
	if err != nil {
		return fmt.Errorf("the mail server %q is not like mail.example.gov.uk:587: %w", s.Server, err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return fmt.Errorf("the mail server's port %q is no number", port)
	}
	letter := mail.NewMsg()
	// What cannot be an address is refused here: it may not add lines to the head.
	if err := letter.From(s.From); err != nil {
		return errors.New("the sender's address cannot be used")
	}
	if err := letter.To(m.To); err != nil {
		return errors.New("the receiver's address cannot be used") // and is not put in the log
	}
	letter.Subject(m.Subject)
	letter.SetBodyString(mail.TypeTextPlain, m.Text)
	letter.SetGenHeader("Auto-Submitted", "auto-generated") // so that nobody's absence is told to a machine
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(sendFor), mail.WithTLSPolicy(mail.TLSMandatory)}
	switch {
	case s.Plain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case number == 465:
		options = append(options, mail.WithSSL())
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		return fmt.Errorf("reaching the mail server: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendFor)
	defer cancel()
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		var no *mail.SendError
		if errors.As(err, &no) { // the server may repeat the address
			return fmt.Errorf("the mail server did not take it: %s", no.Reason)
		}
		return fmt.Errorf("reaching the mail server: %w", err)
	}
	return nil
}

//go:embed wording/*.txt
var wording embed.FS

var words = template.Must(template.New("").Option("missingkey=error").ParseFS(wording, "wording/*.txt"))

// Write writes a message from its wording: "code" is wording/code.txt. The words
// that go into it are a struct's fields.
func Write(name, to string, with any) (Message, error) {
	var b strings.Builder
	if err := words.ExecuteTemplate(&b, name+".txt", with); err != nil {
		return Message{}, fmt.Errorf("wording %s: %w", name, err)
	}
	subject, text, _ := strings.Cut(b.String(), "\n")
	return Message{To: to, Subject: strings.TrimSpace(subject), Text: strings.TrimSpace(text) + "\n"}, nil
}

// A Code is what the wording of a code to sign in needs.
type Code struct {
	Area    string // whose service it is
	Digits  string // the code, as it is to be read
	Minutes int    // for how long it works
	Address string // of the service
}

// A Task is what the wording of a link to one task needs. It says nothing of any
// child: mail is read by others than its receiver.
type Task struct {
	Area  string // whose service it is
	Who   string // who asks
	Until string // the last day on which the link works
	Link  string
}

// A Welcome is what the wording for somebody newly let in needs. It names no
// child.
type Welcome struct {
	Area    string // whose service it is
	Who     string // who let them in
	As      string // as what: "SENCO at Elm Primary School"
	Address string // of the service
}
