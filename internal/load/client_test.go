package load

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// The client reads what Go's own server writes: whole, with its length or in
// pieces, one after another on one connection, and keeps the cookie it is given.
func TestClientReadsAnswers(t *testing.T) {
	connections := map[string]bool{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /short", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "short ", r.Header.Get("Cookie")) })
	mux.HandleFunc("GET /long", func(w http.ResponseWriter, r *http.Request) {
		connections[r.RemoteAddr] = true
		for range 1000 {
			fmt.Fprint(w, strings.Repeat("x", 99), "\n")
			w.(http.Flusher).Flush()
		}
	})
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "weald", Value: r.PostFormValue("as"), Path: "/"})
		http.Redirect(w, r, "/on", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /close", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		fmt.Fprint(w, "bye")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	c, err := NewClient(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 3 {
		if a, err := c.PostForm("/form", url.Values{"as": {"amina"}}); err != nil || a.Status != 303 || a.Location != "/on" {
			t.Fatalf("%+v %v", a, err)
		}
		if a, err := c.Get("/long"); err != nil || a.Status != 200 || len(a.Body) != 100_000 {
			t.Fatalf("%d %d bytes %v", a.Status, len(a.Body), err)
		}
		if a, err := c.Get("/short"); err != nil || string(a.Body) != "short weald=amina" {
			t.Fatalf("%q %v", a.Body, err)
		}
	}
	if len(connections) != 1 {
		t.Errorf("%d connections", len(connections))
	}
	for range 2 {
		if a, err := c.Get("/close"); err != nil || string(a.Body) != "bye" {
			t.Errorf("%q %v", a.Body, err)
		}
	}
	if a, err := c.Get("/nowhere"); err != nil || a.Status != 404 {
		t.Errorf("%+v %v", a, err)
	}
}

// Whatever a service says, reading it ends, and what is called whole is as long
// as it was said to be.
func FuzzRead(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=b; Path=/\r\n\r\nok"))
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 303 See Other\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		c := &Client{in: bufio.NewReader(bytes.NewReader(said))}
		a, _, err := c.read()
		if err == nil && len(a.Body) > len(said) {
			t.Errorf("%d bytes were read out of %d", len(a.Body), len(said))
		}
	})
}

func TestMainForm(t *testing.T) {
	const page = `<form method="post" action="/signout"></form><main id="x"><form method="post" action="/a&amp;b" novalidate>` +
		`<input type="hidden" name="seen" value="3"> <input type="hidden" name="form" value="&lt;"></form><form method="post" action="/no"><input type="hidden" name="no" value=""></form></main>`
	f, err := mainForm([]byte(page))
	if err != nil || f.action != "/a&b" || f.fields.Encode() != "form=%3C&seen=3" {
		t.Errorf("%+v %v", f, err)
	}
	if _, err := mainForm([]byte(`<main></main>`)); err == nil {
		t.Error("a page without a form has one")
	}
}
