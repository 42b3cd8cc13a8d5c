package message

import (
	"context"
	"strings"
	"testing"

	"weald/internal/testkit/mailbox"
)

// A message arrives as it was written, at a real mail server.
func TestMessageArrives(t *testing.T) {
	box := mailbox.Open(t)
	s := &SMTP{Server: box.Server, From: "Westmarch <weald@westmarch.example>", Plain: true}
	m := Message{To: "zoe@example.org", Subject: "Grüße: Zoë’s code", Text: "Your code is 1234 5678\n\n" + strings.Repeat("A long line of words that goes on. ", 40) + "\nŁódź\n.\nend\n"}
	if err := s.Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	if got := box.Await(m.To, 1); got.Subject != m.Subject || strings.TrimSpace(got.Text) != strings.TrimSpace(m.Text) {
		t.Errorf("sent %+v\n got %+v", m, got)
	}
}

// Nothing is sent without encryption unless the server is said to be on this
// machine, and no error names whom it was for.
func TestMessageIsNotSent(t *testing.T) {
	box := mailbox.Open(t)
	for name, v := range map[string]struct {
		s *SMTP
		m Message
	}{
		"a server that does not encrypt":  {&SMTP{Server: box.Server, From: "weald@westmarch.example"}, Message{To: "zoe@example.org"}},
		"no server":                       {&SMTP{Server: "127.0.0.1:1", From: "weald@westmarch.example", Plain: true}, Message{To: "zoe@example.org"}},
		"no port":                         {&SMTP{Server: "localhost", From: "weald@westmarch.example", Plain: true}, Message{To: "zoe@example.org"}},
		"more lines in the address":       {&SMTP{Server: box.Server, From: "weald@westmarch.example", Plain: true}, Message{To: "zoe@example.org\r\nBcc: other@example.org"}},
		"more lines in the sender's":      {&SMTP{Server: box.Server, From: "weald@westmarch.example\r\nBcc: other@example.org", Plain: true}, Message{To: "zoe@example.org"}},
		"a receiver that is not anything": {&SMTP{Server: box.Server, From: "weald@westmarch.example", Plain: true}, Message{To: "zoe"}},
	} {
		err := v.s.Send(context.Background(), v.m)
		if err == nil {
			t.Errorf("%s: sent", name)
		} else if strings.Contains(err.Error(), "zoe") {
			t.Errorf("%s: the error names the receiver: %v", name, err)
		}
	}
	if n := len(box.Letters("zoe@example.org")) + len(box.Letters("other@example.org")); n != 0 {
		t.Errorf("%d letters came", n)
	}
}

// What people are told, word by word.
func TestWording(t *testing.T) {
	m, err := Write("code", "zoe@example.org", Code{Area: "Westmarch", Digits: "1234 5678", Minutes: 10, Address: "https://send.westmarch.example"})
	if err != nil || m.To != "zoe@example.org" || m.Subject != "Your code to sign in" || !strings.HasPrefix(m.Text, "Your code is 1234 5678\n") || !strings.Contains(m.Text, "works for 10 minutes") || !strings.HasSuffix(m.Text, "https://send.westmarch.example\n") {
		t.Errorf("%+v %v", m, err)
	}
	m, err = Write("task", "zoe@example.org", Task{Area: "Westmarch", Who: "Amina Yusuf", Until: "11 January 2027", Link: "https://send.westmarch.example/task/AB"})
	if err != nil || m.Subject != "Westmarch asks you for advice" || !strings.Contains(m.Text, "\nhttps://send.westmarch.example/task/AB\n") || !strings.Contains(m.Text, "until 11 January 2027.") {
		t.Errorf("%+v %v", m, err)
	}
	if _, err := Write("nothing", "", nil); err == nil {
		t.Error("a message without wording")
	}
	for _, long := range []string{m.Text} {
		for sentence := range strings.SplitSeq(strings.ReplaceAll(long, "\n", " "), ". ") {
			if n := len(strings.Fields(sentence)); n > 25 {
				t.Errorf("a sentence of %d words: %s", n, sentence)
			}
		}
	}
}
